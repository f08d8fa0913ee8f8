use super::*;
use crate::checks::page::PAGES;
use crate::markdown::Document;
use crate::text::SourceFile;

/// The lines of `tests/stack/lines.txt`: verdict, rule, what governs the line, the line.
fn cases() -> impl Iterator<Item = [&'static str; 4]> {
    include_str!("../../../tests/stack/lines.txt").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.splitn(4, '\t');
        Some([parts.next()?, parts.next()?, parts.next()?, parts.next()?])
    })
}

/// The document in which the line of a case stands.
fn document_of(context: &str, line: &str) -> String {
    let (kind, governor) = context.split_once(": ").unwrap_or(("-", ""));
    let is_comment =
        line.trim_start().starts_with("//") || line.trim_start().starts_with("--") || line.starts_with("/*");
    match kind {
        "heading" => format!("### {governor}\n\n{line}\n"),
        "label" => format!("**{governor}**:\n\n{line}\n"),
        "lead" => format!("{governor}\n\n{line}\n"),
        "table-header" => {
            let columns = governor.split('|').count();
            format!("| {governor} |\n|{}\n{line}\n", "---|".repeat(columns))
        }
        _ if is_comment => format!("```{}\n{line}\n```\n", if line.starts_with("--") { "sql" } else { "ts" }),
        _ if line.starts_with('|') => format!("| A | B | C |\n|---|---|---|\n{line}\n"),
        _ => format!("{line}\n"),
    }
}

fn verdict(engine: &StackEngine, rule: &str, text: &str) -> Option<Verdict> {
    let file = SourceFile::new("a.md", text.into());
    let document = Document::new(&file);
    let mut reader = Reader::new(&document, &engine.allowed);
    let page = engine.ids.iter().position(|id| id == rule).unwrap();
    let hits = engine.matcher.find(text);
    hits.into_iter().filter(|hit| hit.page == page).filter_map(|hit| reader.judge(hit)).max()
}

#[test]
fn usages_and_mentions_are_told_apart() {
    let engine = StackEngine::new(PAGES.iter());
    let (mut total, mut wrong) = (0, Vec::new());
    for [expected, rule, context, line] in cases() {
        let found = verdict(&engine, rule, &document_of(context, line));
        let expected = if expected == "usage" { Verdict::Usage } else { Verdict::Mention };
        total += 1;
        if found != Some(expected) {
            wrong.push(format!("{expected:?}, found {found:?}: [{context}] {line}"));
        }
    }
    assert!(total >= 150, "{total} lines");
    assert!(wrong.is_empty(), "{} of {total} lines:\n{}", wrong.len(), wrong.join("\n"));
}
