//! JSON whose raw bytes are as harmless as its parsed text is exact.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::is_harmful;

/// Writes `value` as JSON, indented by two spaces, with a line feed at the end.
///
/// In strings, [harmful](is_harmful) characters and the `[` of a build log command are written as
/// `\u` escapes: a parser reads the same text, a terminal or a build log sees nothing to act on.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Harmless(PrettyFormatter::new()));
    value.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

/// Writes `value` on one line, as [`write`] does otherwise.
pub fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Harmless(CompactFormatter));
    value.serialize(&mut serializer)?;
    out.write_all(b"\n")
}

struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        // Quotes, backslashes and C0 controls end a fragment, so that a marker is never cut in two.
        for (at, character) in fragment.char_indices().filter(|&(at, found)| needs_escape(fragment, at, found)) {
            writer.write_all(fragment.get(written..at).unwrap_or_default().as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at.saturating_add(character.len_utf8());
        }
        writer.write_all(fragment.get(written..).unwrap_or_default().as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

fn needs_escape(text: &str, at: usize, character: char) -> bool {
    match character {
        '[' => ends_in_marker(text.get(..at).unwrap_or_default()),
        other => is_harmful(other),
    }
}

/// Whether `before` ends in `##` or `##word`, so that a `[` behind it would make a command.
fn ends_in_marker(before: &str) -> bool {
    before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric()).ends_with("##")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{assert_harmless, hostile};
    use super::*;

    fn json(text: &str) -> String {
        let mut out = Vec::new();
        write(&text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn harmful_characters_are_escaped() {
        assert_eq!(json("a\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041}é"), "\"a\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41é\"\n");
        assert_eq!(json("##[x] ##vso[y] #[z"), "\"##\\u005bx] ##vso\\u005by] #[z\"\n");
    }

    #[test]
    fn a_line_is_a_line() {
        let mut out = Vec::new();
        write_line(&serde_json::json!({ "a": ["\u{1b}", { "b": [] }] }), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"a\":[\"\\u001b\",{\"b\":[]}]}\n");
    }

    #[test]
    fn json_is_indented_by_two_spaces() {
        let mut out = Vec::new();
        write(&serde_json::json!({ "a": [1, { "b": [] }] }), &mut out).unwrap();
        let expected = "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ]\n}\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn a_parser_reads_what_was_written(text in hostile()) {
            let written = json(&text);
            assert_harmless(&written);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
