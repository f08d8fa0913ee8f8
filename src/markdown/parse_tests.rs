use super::*;
use proptest::prelude::*;

fn read(text: &str, check: impl FnOnce(&Document<'_>)) {
    let file = SourceFile::new("a.md", text.into());
    check(&Document::new(&file));
}

fn headings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    read(text, |document| {
        found = document.headings.iter().map(|h| format!("{} {}", h.level, document.slice(h.text))).collect();
    });
    found
}

#[test]
fn headings_of_all_shapes() {
    assert_eq!(
        headings("\u{feff}# Title #\n\nTop\n===\n\n#### FR-1.1: A `b` *c*\r\n"),
        ["1 Title", "1 Top", "4 FR-1.1: A `b` *c*"]
    );
    assert_eq!(headings("text\n---\nmore"), Vec::<String>::new(), "a rule right below a line is no underline");
    assert_eq!(headings("> ## SECTION 1: quoted\n\n- # item\n"), Vec::<String>::new());
}

#[test]
fn an_open_html_block_ends_at_a_structural_heading() {
    assert_eq!(headings("<pre>\nnever closed\n## SECTION 2: Moorings\n"), ["2 SECTION 2: Moorings"]);
    read("<details>\n```sql\nselect 1;\n```\n</details>\n", |document| assert_eq!(document.fences.len(), 1));
}

#[test]
fn lists_know_their_lead_and_their_parents() {
    read("What is **not** built:\n\n- a\n  - b\n- c\n", |document| {
        let lead = document.lists[0].lead.map(|lead| document.plain(&document.prose[lead]));
        assert_eq!(lead.as_deref(), Some("What is not built:"));
        assert_eq!(document.items[1].parent, Some(0));
        assert_eq!(document.items.iter().map(|item| item.depth).collect::<Vec<_>>(), [0, 1, 0]);
    });
}

#[test]
fn a_fence_does_not_end_its_list() {
    read("1. a\n   ```sql\nx\n   ```\n2. b\n", |document| {
        assert_eq!(document.lists.len(), 1);
        assert_eq!(document.fences.len(), 1);
    });
}

#[test]
fn tables_have_rows_of_cells() {
    read("| A | B |\n|---|---|\n| x | ~~y~~ |\n", |document| {
        let cells: Vec<_> =
            document.tables[0].rows[1].iter().map(|&cell| document.plain(&document.prose[cell])).collect();
        assert_eq!(cells, ["x", "y"]);
        assert!(document.inlines.iter().any(|part| part.struck));
    });
}

#[test]
fn an_indentation_that_ends_inside_a_hidden_character() {
    read("<!--## SECTION 1: a\n```é-->1", |document| {
        let parts: Vec<_> = document.inlines.iter().map(|part| document.slice(part.span)).collect();
        assert_eq!(parts, ["-->1"], "the run starts at the next character");
    });
}

#[test]
fn comments_are_found_in_line_and_alone() {
    read("a <!-- one --> b\n\n<!-- two\nlines -->\n", |document| {
        let texts: Vec<_> = document.comments.iter().map(|c| document.slice(c.span)).collect();
        assert_eq!(texts, ["<!-- one -->", "<!-- two\nlines -->"]);
    });
}

proptest! {
    #[test]
    fn any_text_gives_spans_inside_it(text in "([#>*`~ \\-\n\t|<!a1é:.()\\[\\]]|```|## SECTION 1: a\n|<!--|-->|\\*\\*A\\*\\*: ){0,80}") {
        read(&text, |document| {
            let spans = document.headings.iter().map(|h| h.span)
                .chain(document.inlines.iter().map(|i| i.span))
                .chain(document.fences.iter().flat_map(|f| [f.span, f.opener, f.info, f.content]))
                .chain(document.labels.iter().flat_map(|l| [l.span, l.name, l.value]))
                .chain(document.comments.iter().map(|c| c.span));
            for span in spans {
                assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
            }
            for fence in &document.fences {
                let inner = fence.text(&text);
                for at in (0..=inner.text.len()).filter(|&at| inner.text.is_char_boundary(at)) {
                    let place = inner.in_file(Span::empty(at));
                    assert!(text.is_char_boundary(place.start), "{at} in {text:?}");
                }
            }
        });
    }
}
