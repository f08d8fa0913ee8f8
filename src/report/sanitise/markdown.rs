//! Markdown as GitHub renders it, which links more than `CommonMark` does: bare addresses, `@names`, `#1`, `GH-1`.
//!
//! Text between backticks becomes a code span, in which nothing is linked; all other text loses its meaning as markup.

use super::line;

/// Stands between a sign and the name behind it, so that they are no mention. It cannot be seen.
const APART: &str = "&#8203;";

/// `text` as inline Markdown that shows the very text, with parts in backticks as code.
pub fn inline(text: &str) -> String {
    converted(text, false)
}

/// `text` as [`inline`] Markdown, for the cell of a table.
pub fn cell(text: &str) -> String {
    converted(text, true)
}

/// All of `text` as a code span.
pub fn code(text: &str) -> String {
    let mut out = String::new();
    push_code(&line(text), false, &mut out);
    out
}

/// All of `text` as a code element in HTML.
pub fn html_code(text: &str) -> String {
    format!("<code>{}</code>", super::xml::text(text))
}

fn converted(text: &str, in_table: bool) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some((before, after)) = rest.split_once('`') {
        push_plain(before, &mut out);
        let Some((inside, behind)) = after.split_once('`') else {
            out.push_str("\\`");
            rest = after;
            continue;
        };
        push_code(inside, in_table, &mut out);
        rest = behind;
    }
    push_plain(rest, &mut out);
    out
}

/// Text outside code: each sign that could be markup is escaped.
fn push_plain(text: &str, out: &mut String) {
    let mut last = [' '; 2];
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A line feed of ours may stand before the text, and such a sign would start a list.
            '@' | '#' => {
                out.push('\\');
                out.push(character);
                out.push_str(APART);
            }
            '-' if last.map(|letter| letter.to_ascii_lowercase()) == ['g', 'h'] => {
                out.push('-');
                out.push_str(APART);
            }
            sign if sign.is_ascii_punctuation() && !matches!(sign, ',' | ';' | '\'' | '"' | '/' | '?' | '%') => {
                out.push('\\');
                out.push(sign);
            }
            other => out.push(other),
        }
        last = [last[1], character];
    }
}

/// A code span whose fence is longer than any backticks inside.
fn push_code(text: &str, in_table: bool, out: &mut String) {
    if text.is_empty() {
        return;
    }
    let runs = text.split(|sign| sign != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).saturating_add(1));
    // One space at each end belongs to the fence where both ends have one.
    let pads = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if pads { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    if in_table {
        out.push_str(&text.replace('|', "\\|"));
    } else {
        out.push_str(text);
    }
    out.push_str(pad);
    out.push_str(&fence);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::super::tests::{assert_harmless, hostile};
    use super::*;

    /// Text that `markdown` shows; fails where it is anything but text and code in one paragraph.
    fn shown(markdown: &str) -> String {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                other => panic!("{other:?} in {markdown:?}"),
            }
        }
        text
    }

    #[test]
    fn backticks_are_code_and_all_else_is_text() {
        assert_eq!(inline("table `a|b` is *gone*"), "table `a|b` is \\*gone\\*");
        assert_eq!(cell("a|`b|c`"), "a\\|`b\\|c`");
        assert_eq!(inline("odd ` one"), "odd \\` one");
        assert_eq!(inline("![x](https://a.b)<img>"), "\\!\\[x\\]\\(https\\://a\\.b\\)&lt;img&gt;");
        assert_eq!(inline("@user #12 GH-12"), "\\@&#8203;user \\#&#8203;12 GH-&#8203;12");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(html_code("</code><script>"), "<code>&lt;/code&gt;&lt;script&gt;</code>");
    }

    proptest! {
        #[test]
        fn no_text_is_markup(text in hostile_markdown()) {
            let inline = inline(&text);
            assert_harmless(&inline);
            let visible = format!("x {}", line(&text)).replace('`', "").replace(' ', "");
            prop_assert_eq!(shown(&format!("x {inline}")).replace(['\u{200b}', ' '], "").replace('`', ""), visible);
            prop_assert!(!cell(&text).replace("\\|", "").contains('|'));
        }

        #[test]
        fn code_is_code(text in hostile_markdown()) {
            let clean = line(&text);
            prop_assume!(!clean.trim().is_empty());
            prop_assert_eq!(shown(&format!("x {}", code(&text))), format!("x {clean}"));
        }
    }

    fn hostile_markdown() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            hostile(),
            prop::sample::select(
                &[
                    "`", "``", "|", "![a](b)", "[a](http://b)", "<https://a.b>", "https://a.b", "www.a.b", "a@b.cd",
                    "@user", "#12", "user/repo#1", "GH-1", "</details>", "<script>", "&lt;", "&#64;", "***", "~~",
                    "$x$", "- ", "1. ", "> ", "[^1]", "\\", ":smile:", "| --- |", "=", "{", "}",
                ][..]
            )
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
    }
}
