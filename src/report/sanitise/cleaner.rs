use std::fmt::Write as _;

use super::is_harmful;

/// Writes one line, character by character, changing what could do harm.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    out: String,
    /// Whether the line has more than white space so far.
    begun: bool,
    marker: Marker,
    last: Option<char>,
}

/// How far the line has come towards `##[` or `##word[`.
#[derive(Debug, Default, PartialEq, Eq)]
enum Marker {
    #[default]
    None,
    Hash,
    Hashes,
    Word,
}

impl Cleaner {
    /// Writes `character`; `next` is the one behind it.
    pub(super) fn push(&mut self, character: char, next: Option<char>) {
        if is_harmful(character) || self.is_stray_joiner(character) {
            self.push_escape(character);
        } else {
            self.guard_start(character, next);
            self.guard_marker(character);
            self.out.push(character);
        }
        self.last = Some(character);
    }

    /// Starts the next line.
    pub(super) fn break_line(&mut self) {
        *self = Self { out: std::mem::take(&mut self.out), ..Self::default() };
        self.out.push('\n');
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn push_escape(&mut self, character: char) {
        match character {
            '\n' => self.out.push_str("\\n"),
            '\r' => self.out.push_str("\\r"),
            '\t' => self.out.push_str("\\t"),
            other => {
                // Writing to a string cannot fail.
                let _ = write!(self.out, "\\u{{{:x}}}", u32::from(other));
            }
        }
        self.begun = true;
        self.marker = Marker::None;
    }

    /// A joiner belongs between letters of a script or parts of an emoji. Elsewhere it only hides
    /// what stands around it, and renderers drop it.
    fn is_stray_joiner(&self, character: char) -> bool {
        let joins = |last| !char::is_ascii(&last) && !last.is_whitespace() && !is_harmful(last) && !is_joiner(last);
        is_joiner(character) && !self.last.is_some_and(joins)
    }

    fn guard_start(&mut self, character: char, next: Option<char>) {
        // At the end of the text a colon may follow, as it does behind a path.
        if !self.begun && character == ':' && matches!(next, Some(':') | None) {
            self.out.push('\\');
        }
        self.begun |= !character.is_whitespace();
    }

    fn guard_marker(&mut self, character: char) {
        let inside = matches!(self.marker, Marker::Hashes | Marker::Word);
        if inside && character == '[' {
            self.out.push('\\');
        }
        self.marker = match character {
            '#' if self.marker == Marker::None || self.marker == Marker::Word => Marker::Hash,
            '#' => Marker::Hashes,
            letter if inside && letter.is_ascii_alphanumeric() => Marker::Word,
            _ => Marker::None,
        };
    }
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}
