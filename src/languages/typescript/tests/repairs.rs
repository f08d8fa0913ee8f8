use proptest::prelude::*;

use crate::languages::typescript::{Confidence, GapKind, parse, tokens};

#[test]
fn elisions_are_blanked() {
    for text in [
        "import { a } from 'a';\nexport async function GET() {\n  ...\n  await supabase.from('boats').select();\n}",
        "import { a } from 'a';\nconst x = { one: 1, … };\nawait supabase.from('boats').select();",
        "import { a } from 'a';\nfunction f(...) { ...existing checks... }\nawait supabase.from('boats').select();",
        "import { a } from 'a';\nconst x: Map<...> = ...;\nawait supabase.from('boats').select();",
    ] {
        let facts = parse(text);
        assert_eq!(facts.confidence, Confidence::Repaired, "{text}");
        assert!(facts.gaps.iter().all(|gap| gap.kind == GapKind::Elision) && !facts.gaps.is_empty());
        assert_eq!(facts.queries[0].name.as_ref().unwrap().span.of(text), "boats", "offsets are kept");
        assert_eq!(facts.imports.len(), 1);
    }
}

#[test]
fn spreads_are_no_elisions() {
    let text =
        "const a = [...b, ...c()];\nconst d = { ...e, ...(f ? g : {}) };\nfunction h(...rest: string[]) {}\nh(...a);";
    let facts = parse(text);
    assert_eq!((facts.confidence, facts.gaps.len()), (Confidence::Parsed, 0));
}

#[test]
fn eliding_comments_are_gaps() {
    for (comment, gaps) in [
        ("// ...", 1),
        ("// … as above", 1),
        ("/* ... */", 1),
        ("// rest of the form...", 1),
        ("// fields omitted", 1),
        ("// Loads the boats...", 0),
        ("// boats", 0),
    ] {
        assert_eq!(parse(&format!("a();\n{comment}\nb();")).gaps.len(), gaps, "{comment}");
    }
}

#[test]
fn truncated_ends_are_closed() {
    for end in
        ["", " if (x", " const y =", " await supabase.from('berths').select('id, na", " log(`a ${b", " // and so"]
    {
        let text = format!(
            "export async function GET(request) {{\n  const {{ response }} = await requireAuth(request);\n  if (response) return response;\n {end}"
        );
        let facts = parse(&text);
        assert_eq!(facts.confidence, Confidence::Repaired, "{end}");
        assert!(facts.handlers[0].function.is_some());
        assert!(facts.guard(&facts.handlers[0], "requireAuth").unwrap().returns_result);
        assert!(facts.gaps.iter().any(|gap| gap.kind == GapKind::Truncation));
        assert_eq!(facts.queries.len(), usize::from(end.contains("berths")), "{end}");
    }
}

#[test]
fn fragments_are_wrapped() {
    for text in [
        "  async load(id: string) {\n    return this.db.from('boats').select();\n  }",
        "queryFn: async () => fetch('/api/boats'),\nretry: await s.from('boats').select(),",
        "{ \"a\": s.from('boats').select() }",
    ] {
        let facts = parse(text);
        assert_eq!(facts.confidence, Confidence::Repaired, "{text}");
        assert_eq!(facts.queries[0].name.as_ref().unwrap().span.of(text), "boats");
    }
}

#[test]
fn prose_is_no_code() {
    let facts = parse(
        "Call the supabase.from('boats') query first, then import the module from 'x' and use fetch('/api/a').\nDon't forget to export it # see below",
    );
    assert_eq!(facts.confidence, Confidence::Scanned);
    assert!(
        facts.imports.is_empty() && facts.exports.is_empty() && facts.queries.is_empty() && facts.fetches.is_empty()
    );
}

#[test]
fn tokens_tell_strings_templates_comments_and_jsx_text() {
    let text = "const a = /['\"]/g.test(b) ? `x ${c['d']} y` : <p>Don't {e} can't</p>; // it's 'f'\n/* \"g\" */";
    let seen: Vec<_> = tokens(text).map(|token| format!("{:?} {}", token.kind, token.content(text))).collect();
    for expected in [
        "Regex /['\"]/g",
        "Template x ",
        "String d",
        "Template  y",
        "JsxText Don't",
        "JsxText can't",
        "LineComment  it's 'f'",
        "BlockComment  \"g\" ",
        "Identifier e",
    ] {
        assert!(seen.iter().any(|own| own == expected), "{expected}: {seen:?}");
    }
    assert!(!seen.iter().any(|own| own == "String f" || own == "String g"));
}

#[test]
fn an_elision_that_stands_for_a_value_keeps_spans_on_character_borders() {
    for text in ["{….storagefrom('t')", "const x = …;", "const x = ... é …;\ncall(…, …).then(… => a);"] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn any_tokens_are_read(parts in proptest::collection::vec(prop::sample::select(PARTS), 0..40)) {
        check(&parts.concat());
    }
}

const PARTS: &[&str] = &[
    "import ",
    "export ",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "`",
    "${",
    "'",
    "\"",
    "/",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "...",
    "…",
    "a",
    "GET",
    "await ",
    "function ",
    "const ",
    "=",
    "=>",
    ",",
    ";",
    ":",
    ".",
    "?.",
    "from('t')",
    ".select('a, b(c)')",
    "new ",
    "fetch(`/a/${b}`)",
    "NextResponse.json(",
    "{ data, error }",
    "é",
    "\\",
    "#",
    "<A",
    "</A>",
    "/>",
    "type ",
    " as ",
    "return ",
    "supabase",
    ".storage",
    "'use client'",
    "require('x')",
    "process.env.X",
];

/// Whatever the text, every span of the facts lies inside it and on character borders.
pub(super) fn check(text: &str) {
    let facts = parse(text);
    let inside = |span: crate::text::Span| text.get(span.start..span.end).is_some();
    for call in &facts.calls {
        assert!(inside(call.span), "{text:?} {call:?}");
        assert!(call.links.iter().all(|link| inside(link.span)), "{text:?} {call:?}");
    }
    assert!(facts.imports.iter().all(|one| inside(one.span) && inside(one.module.span)), "{text:?}");
    assert!(facts.exports.iter().all(|one| inside(one.span) && inside(one.name.span)), "{text:?}");
    assert!(facts.handlers.iter().all(|one| inside(one.line)), "{text:?}");
    assert!(facts.functions.iter().all(|one| inside(one.span) && inside(one.body)), "{text:?}");
    assert!(facts.queries.iter().flat_map(|one| &one.columns).all(|one| inside(one.name.span)), "{text:?}");
    assert!(facts.gaps.iter().all(|one| inside(one.span)), "{text:?} {:?}", facts.gaps);
    assert!(facts.components.iter().chain(&facts.types).chain(&facts.tags).all(|one| inside(one.span)), "{text:?}");
}
