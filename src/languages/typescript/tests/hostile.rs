use std::time::{Duration, Instant};

use crate::languages::typescript::{PARSE_LIMIT, parse, tokens};

/// Stretches that are repeated up to the limit: deep nesting, and what could make a scan start over and over.
const STRETCHES: &[&str] = &[
    "(",
    "[",
    "{",
    "f(",
    "a?(b):c=>",
    "!",
    "- ",
    "<a>",
    "<",
    "`${",
    "`",
    "\\`",
    "'\\",
    "\"",
    "/[ =",
    "= / ",
    "x=>",
    "if(x)",
    "if(x){}else ",
    "a.b().",
    "a.",
    "a()()",
    "new ",
    "await ",
    "typeof ",
    "a+",
    "a**",
    "a?b:",
    "a&&",
    "a,",
    "function f(){",
    "class A{m(){",
    "type A=B<",
    "a as b ",
    "x!",
    "import {",
    "import a from 'a';",
    "export {",
    "export {a,",
    "export const {a,",
    "import {a,",
    "the a b\n",
    "import a, {",
    "export const GET = f(",
    "export function GET(){}",
    "...",
    "…",
    "// ...\n",
    "/*",
    "{...a,",
    "f({a:",
    "f([",
    "const x = {a:",
    "q=q.eq('a',b);",
    ".from('x')",
    "supabase.from('t').eq('a', 1)\n",
    "if(a)return a;",
    "<T>(",
    "async()=>{",
    "const{a:",
    "let[",
    "a[",
    "@a ",
    "a:",
    "for(;;)",
    "do ",
    "try{",
    "switch(a){case 0:",
    "({",
    "}{",
    ")(",
    "<A b={",
    "<A><B/>",
    "</a>",
    "a.b`${",
    "?.a",
    "\u{feff}",
    "\u{2028}",
    "é",
    "#",
    "1e",
    "0x",
    "//",
    "\r",
    "a\n",
    "const [a] = await Promise.all([",
    "a = b ? c : ",
    "x = y ?? ",
    "keyof ",
    "infer ",
    "A extends B ? C : ",
    "A|",
    "A[]",
    "static{",
    "get a(){",
    "enum A{",
    "namespace A{",
    "declare module 'a'{",
    "f<(a=",
    "({a=",
    "f<{a:(b=",
    "a?async(b):c=>",
    "let q = supabase.from('a'); q = q.eq('b', 1);",
    "(await ",
    "({a}) => ",
];

#[test]
fn hostile_texts_end_in_time() {
    // Unoptimised code would take minutes for the full length.
    let sizes =
        if cfg!(debug_assertions) { [PARSE_LIMIT / 16, PARSE_LIMIT / 8] } else { [PARSE_LIMIT, PARSE_LIMIT + 4096] };
    let mut slow = Vec::new();
    for stretch in STRETCHES {
        for size in sizes {
            let text = stretch.repeat(size / stretch.len());
            let start = Instant::now();
            let facts = parse(&text);
            let took = start.elapsed();
            if took > Duration::from_millis(300) {
                slow.push((took, *stretch, facts.confidence));
            }
        }
    }
    slow.sort_by_key(|(took, ..)| std::cmp::Reverse(*took));
    for (took, stretch, confidence) in &slow {
        println!("{took:>10.1?} {stretch:?} {confidence:?}");
    }
    // On a busy machine only what is not linear takes longer.
    assert!(slow.iter().all(|(took, ..)| *took < Duration::from_secs(10)));
}

#[test]
fn tokens_cover_the_text_in_order() {
    for stretch in STRETCHES {
        let text = stretch.repeat(200);
        let mut at = 0;
        for token in tokens(&text) {
            assert!(token.span.start >= at && token.span.end > token.span.start, "{stretch:?}");
            assert!(!token.text(&text).is_empty(), "{stretch:?}: on character borders");
            let between = text.get(at..token.span.start).unwrap();
            assert!(between.chars().all(|c| c.is_whitespace() || c == '\u{feff}'), "{stretch:?}");
            at = token.span.end;
        }
    }
}
