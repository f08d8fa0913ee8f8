use crate::text::Span;

/// What a comment such as `speclint-disable-next-line no-swr -- quoted from the minutes` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// How far it reaches.
    pub scope: Scope,
    /// The rules or groups that it names, as written.
    pub rules: Vec<String>,
    /// What stands behind `--`; `None` where nothing does.
    pub reason: Option<String>,
}

/// How far a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `speclint-disable-next-line`: the next line that is neither blank nor a suppression.
    NextLine,
    /// `speclint-disable`: up to `speclint-enable` of the same rule, or the end of the file.
    From,
    /// `speclint-enable`
    Until,
    /// `speclint-disable-file`
    File,
}

/// What every suppression starts with.
pub const SUPPRESSION_PREFIX: &str = "speclint-";

impl Suppression {
    /// Reads a comment, with or without its markers (`<!-- -->`, `--`, `//`, `/* */`, `#`); `None` where it is no
    /// suppression.
    pub fn read(comment: &str, span: Span) -> Option<Self> {
        let markers = ["<!--", "--", "//", "/*", "#"];
        let comment = comment.trim();
        let text = markers.iter().find_map(|marker| comment.strip_prefix(marker)).unwrap_or(comment);
        let text = text.trim_end_matches("-->").trim_end_matches("*/").trim();
        let text = text.strip_prefix(SUPPRESSION_PREFIX)?;
        let (word, rest) = text.split_once(|c: char| c.is_whitespace()).unwrap_or((text, ""));
        let scope = match word {
            "disable-next-line" => Scope::NextLine,
            "disable" => Scope::From,
            "enable" => Scope::Until,
            "disable-file" => Scope::File,
            _ => return None,
        };
        let (rules, reason) = rest.split_once("--").unwrap_or((rest, ""));
        let names = rules.split(|c: char| c.is_whitespace() || c == ',').filter(|name| !name.is_empty());
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(str::to_owned);
        Some(Self { span, scope, rules: names.map(str::to_owned).collect(), reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Option<(Scope, Vec<String>, Option<String>)> {
        Suppression::read(comment, Span::default()).map(|s| (s.scope, s.rules, s.reason))
    }

    #[test]
    fn all_comment_styles() {
        let expected = Some((Scope::NextLine, vec!["no-swr".to_owned()], Some("a -- b".to_owned())));
        for comment in [
            "<!-- speclint-disable-next-line no-swr -- a -- b -->",
            "-- speclint-disable-next-line no-swr -- a -- b",
            "// speclint-disable-next-line no-swr -- a -- b",
            "/* speclint-disable-next-line no-swr -- a -- b */",
        ] {
            assert_eq!(read(comment), expected, "{comment}");
        }
    }

    #[test]
    fn several_rules_and_no_reason() {
        let (scope, rules, reason) = read("<!-- speclint-disable no-swr, stack -->").unwrap();
        assert_eq!((scope, rules.len(), reason), (Scope::From, 2, None));
        assert_eq!(read("<!-- speclint-what no-swr -->"), None);
        assert_eq!(read("<!-- about speclint-disable -->"), None);
    }
}
