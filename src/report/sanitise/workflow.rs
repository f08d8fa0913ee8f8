//! Workflow commands of GitHub Actions, `::error file=…::message`
//! (<https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>).

use super::line;

/// Text behind the second `::` of a command: one harmless line in which `%` is written `%25`.
pub fn data(text: &str) -> String {
    line(text).replace('%', "%25")
}

/// The value of a property, such as a path: `%`, `:` and `,` are escaped, and line feeds and carriage returns too, so
/// that the runner reads the very name; other harmful characters are made visible as by [`line`].
pub fn property(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for part in text.split_inclusive(['\n', '\r']) {
        let (part, end) = match (part.strip_suffix('\n'), part.strip_suffix('\r')) {
            (Some(part), _) => (part, "%0A"),
            (_, Some(part)) => (part, "%0D"),
            _ => (part, ""),
        };
        escaped.push_str(&line(part).replace('%', "%25").replace(':', "%3A").replace(',', "%2C"));
        escaped.push_str(end);
    }
    escaped
}

/// What stands for a line feed in a command's data, between texts that are escaped each.
pub const LINE_FEED: &str = "%0A";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{assert_harmless, hostile};
    use super::*;

    #[test]
    fn what_ends_a_property_or_a_command_is_escaped() {
        assert_eq!(property("a,b:c%0A.md"), "a%2Cb%3Ac%250A.md");
        assert_eq!(property("a\r\n::error title=x::y"), "a%0D%0A\\%3A%3Aerror title=x%3A%3Ay");
        assert_eq!(property("\u{1b}[m\u{202e}"), "\\u{1b}[m\\u{202e}");
        assert_eq!(data("100%\n::error::x"), "100%25\\n::error::x");
        assert_eq!(data("::error::x ##[error]y"), "\\::error::x ##\\[error]y");
    }

    proptest! {
        #[test]
        fn no_text_leaves_its_place(text in hostile()) {
            let (data, property) = (data(&text), property(&text));
            assert_harmless(&format!("::error file={property}::{data}").replacen("::", "", 1));
            prop_assert!(!property.contains([':', ',', '\n', '\r']));
            prop_assert!(!data.contains(['\n', '\r']));
        }
    }
}
