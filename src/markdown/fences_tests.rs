use super::*;

/// Each fence as `info|content|closed`.
fn fences(text: &str) -> Vec<String> {
    let scan = scan(text, 0);
    let show = |fence: &Fence| {
        let inner = fence.text(text);
        format!("{}|{}|{}", fence.info.of(text), inner.text.replace(['\r', '\n'], "/"), fence.closed)
    };
    scan.fences.iter().map(show).collect()
}

#[test]
fn closed_fences() {
    assert_eq!(fences("a\n```sql\nx\n```\nb\n~~~\ny\n~~~\n"), ["sql|x/|true", "|y/|true"]);
    assert_eq!(fences("- a\n   ```ts\n   x\n     y\n   ```\n"), ["ts|x/  y/|true"]);
    assert_eq!(fences("> ```\n> x\n> ```\nb"), ["|x/|true"]);
    assert_eq!(fences("```\r\nx\r\n```\r\n"), ["|x//|true"]);
}

#[test]
fn a_heading_ends_an_open_fence() {
    let text = "```sql\nCREATE TABLE a ();\n\n#### FR-1.2: Next\n\n```ts\nx\n```\n";
    assert_eq!(fences(text), ["sql|CREATE TABLE a ();//|false", "ts|x/|true"]);
    assert_eq!(scan(text, 0).headings.len(), 1);
}

#[test]
fn an_opener_ends_an_open_fence() {
    assert_eq!(fences("```sql\na\n```ts\nx\n```\n"), ["sql|a/|false", "ts|x/|true"]);
}

#[test]
fn a_cut_fence_does_not_turn_a_bare_fence_inside_out() {
    let text = "```ts\nconst a = 1;\n## SECTION 2: Moorings\n```\nlayout\n```\nend\n";
    assert_eq!(fences(text), ["ts|const a = 1;/|false", "|layout/|true"]);
}

#[test]
fn a_quoted_template_stays_whole() {
    let heredoc = "```bash\ncat <<X\n## SECTION 3: x\nX\n```\n\n```\nlayout\n```\n";
    assert_eq!(fences(heredoc).len(), 2);
    assert_eq!(scan(heredoc, 0).headings.len(), 0);
    let longer = "````markdown\n## SECTION 1: x\n```sql\na\n```\n````\n## SECTION 2: y\n";
    assert_eq!(fences(longer), ["markdown|## SECTION 1: x/```sql/a/```/|true"]);
    assert_eq!(scan(longer, 0).headings.len(), 1);
    let tilde = "~~~markdown\n```sql\na\n```\n~~~\n";
    assert_eq!(fences(tilde).len(), 1);
}

#[test]
fn a_longer_fence_that_is_never_closed_recovers_too() {
    assert_eq!(fences("````markdown\n# T\n```sql\na\n```\n").len(), 2);
}

#[test]
fn a_cut_fence_ends_where_the_code_does() {
    let text =
        "```ts\nconst a = 1;\n\n**Acceptance Criteria:**\n\n- a\n\n### Testing Strategy\n\n## END OF SECTION 1\n";
    assert_eq!(fences(text), ["ts|const a = 1;//|false"]);
    assert_eq!(fences("```sql\nSELECT 1;\n\n---\n\nText\n"), ["sql|SELECT 1;//|false"]);
    assert_eq!(fences("1. a\n\n   ```ts\n   x\n\n2. b\n\n```ts\ny\n```\n"), ["ts|x//|false", "ts|y/|true"]);
    // A template is Markdown all the way.
    assert_eq!(fences("```markdown\n**A:** b\n## END OF SECTION 1\n"), ["markdown|**A:** b/|false"]);
}

#[test]
fn an_open_fence_at_the_end_is_not_closed() {
    assert_eq!(fences("```sql\na"), ["sql|a|false"]);
    assert_eq!(fences("```"), ["||false"]);
}

#[test]
fn a_comment_hides_what_it_holds_and_an_open_one_nothing() {
    let scan_closed = scan("<!--\n#### FR-1.1: a\n```\n-->\n#### FR-1.2: b\n", 0);
    assert_eq!((scan_closed.headings.len(), scan_closed.fences.len(), scan_closed.comments.len()), (1, 0, 1));
    let scan_open = scan("<!-- open\n#### FR-1.1: a\n", 0);
    assert_eq!((scan_open.headings.len(), scan_open.comments.len()), (1, 0));
}

#[test]
fn hostile_runs_stay_linear() {
    for unit in [
        "```\n## SECTION 1: x\n",
        "```sql\n",
        "~~~a\n```b\n",
        "<!--\n",
        "````a\n```\n",
        "> ```\n",
        "```\n**A:**\n~~~b\n",
        "    ```\n**A:**\n",
    ] {
        scan(&unit.repeat(50_000), 0);
    }
}
