//! What a single line can be before any Markdown is parsed.

use crate::text::strip_prefix_ignore_ascii_case;

/// The parts of a line that decide about fences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineStart<'t> {
    /// Number of block quote markers in front.
    pub quote: usize,
    /// Columns of white space behind the quote markers; a tab counts to the next multiple of four.
    pub indent: usize,
    /// The rest of the line, from its first character that is neither quote marker nor white space.
    pub rest: &'t str,
    /// Bytes in front of `rest`.
    pub offset: usize,
}

impl<'t> LineStart<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        let mut quote = 0;
        let mut indent: usize = 0;
        let mut offset = 0;
        for byte in line.bytes() {
            match byte {
                b' ' => indent += 1,
                b'\t' => indent += 4 - indent % 4,
                b'>' if indent < 4 => {
                    quote += 1;
                    indent = 0;
                    offset += 1;
                    continue;
                }
                _ => break,
            }
            offset += 1;
        }
        // One space behind a quote marker belongs to the marker.
        if quote > 0 {
            indent = indent.saturating_sub(1);
        }
        Self { quote, indent, rest: line.get(offset..).unwrap_or("").trim_end(), offset }
    }
}

/// A line that can open or close a fenced code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FenceLine<'t> {
    /// `` ` `` or `~`.
    pub marker: u8,
    /// How many markers stand in a row; three at least.
    pub length: usize,
    /// The info string, trimmed; empty on a closing line.
    pub info: &'t str,
}

impl<'t> FenceLine<'t> {
    /// Reads the rest of a line, as [`LineStart::rest`] gives it.
    pub(super) fn of(rest: &'t str) -> Option<Self> {
        let marker = *rest.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = rest.bytes().take_while(|&byte| byte == marker).count();
        let info = rest.get(length..)?.trim();
        // CommonMark: the info string of a backtick fence holds no backtick; else it is inline code.
        (length >= 3 && !(marker == b'`' && info.contains('`'))).then_some(Self { marker, length, info })
    }
}

/// Whether a line at column 0 is one of the headings at which the model recovers:
/// `## SECTION N:`, `## END OF SECTION` (also with three marks), `#### FR-1.2`.
pub(super) fn is_structural(line: &str) -> bool {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    let Some(rest) = line.get(hashes..).filter(|rest| rest.starts_with([' ', '\t'])) else { return false };
    let rest = rest.trim_start().trim_start_matches('*');
    match hashes {
        2 | 3 if strip_prefix_ignore_ascii_case(rest, "END OF SECTION").is_some() => true,
        2 => strip_prefix_ignore_ascii_case(rest, "SECTION ").is_some_and(|number| {
            number
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                .trim_start()
                .starts_with([':', '-', '–', '—'])
                && number.contains(|c: char| c.is_ascii_digit())
        }),
        4 => strip_prefix_ignore_ascii_case(rest, "FR-").is_some_and(|id| id.starts_with(|c: char| c.is_ascii_digit())),
        _ => false,
    }
}

/// Whether a line at column 0 is Markdown whatever language surrounds it: a heading of two to six marks with a word in
/// capitals, a line that starts with a label or an endpoint in bold type, or, `behind_blank`, a thematic break of dashes.
pub(super) fn is_surely_markup(line: &str, behind_blank: bool) -> bool {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if hashes > 0 {
        let rest = line.get(hashes..).unwrap_or("");
        return (3..=6).contains(&hashes)
            && rest.strip_prefix(' ').is_some_and(|name| name.starts_with(char::is_uppercase));
    }
    if let Some(rest) = line.strip_prefix("**") {
        let Some((name, behind)) = rest.split_once("**") else { return false };
        let is_label = name.trim_end().ends_with([':', '：']) || behind.trim_start().starts_with([':', '：', '(']);
        let is_alone = behind.trim().is_empty() || name.contains(" /api/") || name.contains(" `/api/");
        return name.starts_with(|c: char| !c.is_whitespace() && c != '*') && (is_label || is_alone);
    }
    behind_blank && line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_indentation_are_counted() {
        let start = LineStart::of("> >   ```sql \r");
        assert_eq!((start.quote, start.indent, start.rest), (2, 2, "```sql"));
        let start = LineStart::of("\t- x");
        assert_eq!((start.quote, start.indent, start.rest, start.offset), (0, 4, "- x", 1));
    }

    #[test]
    fn fence_lines() {
        assert_eq!(FenceLine::of("```sql"), Some(FenceLine { marker: b'`', length: 3, info: "sql" }));
        assert_eq!(FenceLine::of("~~~~ a `b`"), Some(FenceLine { marker: b'~', length: 4, info: "a `b`" }));
        assert_eq!(FenceLine::of("```code``` in a sentence"), None);
        assert_eq!(FenceLine::of("``"), None);
    }

    #[test]
    fn markup_that_no_code_looks_like() {
        for line in ["### Testing Strategy", "**Acceptance Criteria:**", "**File**: `a.ts`", "**GET /api/a** lists."] {
            assert!(is_surely_markup(line, false), "{line}");
        }
        for line in ["## install the tools", "### a comment", "** 2", "/** text **/", "---", "a ** b ** c"] {
            assert!(!is_surely_markup(line, false), "{line}");
        }
        assert!(is_surely_markup("---", true));
    }

    #[test]
    fn structural_headings() {
        for line in [
            "## SECTION 2: Berths",
            "## Section 12 - Berths",
            "#### FR-1.2: Title",
            "### END OF SECTION 3",
            "## SECTION E02: x",
        ] {
            assert!(is_structural(line), "{line}");
        }
        for line in
            ["### Section 1: in a plan", "## SECTIONS", "## SECTION plan: x", "#### FR-x", "##SECTION 1:", "# FR-1"]
        {
            assert!(!is_structural(line), "{line}");
        }
    }
}
