//! XML 1.0 (<https://www.w3.org/TR/xml/#charsets>).

use std::fmt::Write as _;

use super::line;

/// `text` as one harmless line, for the content of an element or a quoted attribute value. Characters that XML forbids
/// are made visible like other harmful ones.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in line(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Controls are gone already.
            '\u{fffe}' | '\u{ffff}' => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{assert_harmless, hostile};
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            text("]]></a><b c=\"d\" e='f'>&amp;"),
            "]]&gt;&lt;/a&gt;&lt;b c=&quot;d&quot; e=&#39;f&#39;&gt;&amp;amp;"
        );
        assert_eq!(text("\0\u{1b}\u{fffe}"), "\\u{0}\\u{1b}\\u{fffe}");
    }

    proptest! {
        #[test]
        fn no_text_is_markup(hostile in hostile()) {
            let escaped = text(&hostile);
            assert_harmless(&escaped);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let allowed = |c: char| matches!(c, ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            prop_assert!(escaped.chars().all(allowed));
        }
    }
}
