//! A text cut into statements, as psql cuts it, with recovery where psql would read on to the end.

use super::Direction;
use super::lexer::{Lexer, Token, TokenKind};
use super::words;
use crate::text::Span;

/// One stretch of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// From the first to the last token, without the semicolon.
    pub(crate) span: Span,
    /// The tokens, without the semicolon.
    pub(crate) tokens: Vec<Token>,
    pub(crate) direction: Direction,
    /// A server would not see this as a statement of its own: a quote or a bracket before it is open.
    pub(crate) swallowed: bool,
    pub(crate) ending: Ending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Statement,
    /// Lines that are no SQL.
    Prose,
    /// A psql command, from the backslash to the end of its line.
    Command,
}

/// How a piece ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// At a semicolon, or at a psql command that sends it.
    Complete,
    /// At the end of the text, with no bracket open.
    EndOfText,
    /// At the end of the text, inside a bracket.
    BreaksOff,
    /// Where the next statement starts without a semicolon before it.
    NextStatement,
}

/// Cuts a text into pieces, one at a time.
#[derive(Debug)]
pub(crate) struct Splitter<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    /// A token that was read and belongs to the next piece.
    pending: Option<Token>,
    direction: Direction,
    /// Brackets that psql still counts as open, whatever we made of them.
    open_for_psql: usize,
    /// A quote that nothing closes was seen: for a server all that follows is part of it.
    open_quote: bool,
    /// The statement before had no semicolon: for a server the next one is part of it.
    joined: bool,
    /// No line that ends data lies ahead; it need not be looked for again.
    no_data_end: bool,
}

/// State of the statement that is being read.
#[derive(Debug, Default)]
struct Current {
    tokens: Vec<Token>,
    brackets: usize,
    /// Depth of `BEGIN ATOMIC … END` in a routine.
    blocks: usize,
    words: usize,
    routine: bool,
    nests_statements: bool,
    swallowed: bool,
}

impl<'t> Splitter<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            lexer: Lexer::new(text),
            pending: None,
            direction: Direction::Up,
            open_for_psql: 0,
            open_quote: false,
            joined: false,
            no_data_end: false,
        }
    }

    /// Takes what was open as closed: the statement that left it open holds an elision, which a reader fills in.
    pub(crate) fn forgive(&mut self) {
        self.open_for_psql = 0;
        self.open_quote = false;
        self.joined = false;
    }

    fn token(&mut self) -> Option<Token> {
        self.pending.take().or_else(|| self.lexer.next())
    }

    fn piece(&self, kind: PieceKind, tokens: Vec<Token>, swallowed: bool, ending: Ending) -> Piece {
        let solid = || tokens.iter().filter(|token| !token.is_comment());
        let start = solid().next().map_or(0, |token| token.span.start);
        let end = solid().next_back().map_or(start, |token| token.span.end);
        Piece { kind, span: Span::new(start, end), tokens, direction: self.direction, swallowed, ending }
    }

    /// The rest of the line from `start` on, as one piece; the lexer goes on behind it.
    fn line_piece(&mut self, kind: PieceKind, start: usize) -> Piece {
        let rest = self.text.get(start..).unwrap_or("");
        let line = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        // A semicolon in a line of prose is one for the server, too.
        let semicolon = memchr::memchr(b';', rest.as_bytes().get(..line).unwrap_or_default());
        let length = semicolon.filter(|_| kind == PieceKind::Prose).map_or(line, |at| at + 1);
        self.lexer.skip_to(start + length);
        let span = Span::new(start, start + rest.get(..length).unwrap_or(rest).trim_end().len());
        let swallowed = self.open_quote || self.open_for_psql > 0;
        Piece { kind, span, tokens: Vec::new(), direction: self.direction, swallowed, ending: Ending::Complete }
    }

    /// Jumps over the data of `COPY … FROM stdin`, when the line that ends them is there.
    fn skip_copy_data(&mut self) {
        if self.no_data_end {
            return;
        }
        let start = self.lexer.position();
        let rest = self.text.get(start..).unwrap_or("");
        let mut at = start;
        for line in rest.split_inclusive('\n') {
            at += line.len();
            if line.trim_end() == "\\." {
                self.lexer.skip_to(at);
                return;
            }
        }
        self.no_data_end = true;
    }

    fn note_direction(&mut self, comment: Token) {
        if let Some(direction) = direction(comment.span.of(self.text)) {
            self.direction = direction;
        }
    }

    /// Whether only blanks stand before `offset` on its line.
    fn starts_line(&self, offset: usize) -> bool {
        let before = self.text.get(..offset).unwrap_or("");
        before.trim_end_matches([' ', '\t', '\u{feff}']).ends_with(['\n', '\r'])
    }

    fn starts_definition(&self, token: Token) -> bool {
        token.kind == TokenKind::Word
            && words::starts_definition(self.text.get(token.span.start..).unwrap_or(""))
            && self.starts_line(token.span.start)
    }
}

impl Iterator for Splitter<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut current = Current::default();
        while let Some(token) = self.token() {
            if token.is_comment() {
                self.note_direction(token);
                if !current.tokens.is_empty() {
                    current.tokens.push(token);
                }
                continue;
            }
            let rest = self.text.get(token.span.end..).unwrap_or("");
            if token.is_symbol('\\') && rest.starts_with(';') {
                // `\;` ends a statement that psql sends together with the next one.
                continue;
            }
            if token.is_symbol('\\') {
                if !current.tokens.is_empty() && !sends_buffer(self.text.get(token.span.end..).unwrap_or("")) {
                    self.line_piece(PieceKind::Command, token.span.start);
                    continue;
                }
                if !current.tokens.is_empty() {
                    self.pending = Some(token);
                    return Some(self.finish(current, Ending::Complete));
                }
                return Some(self.line_piece(PieceKind::Command, token.span.start));
            }
            if current.tokens.is_empty() {
                current.swallowed = self.open_quote || self.open_for_psql > 0 || self.joined;
                if token.is_symbol(';') {
                    continue;
                }
                if words::is_prose(self.text.get(token.span.start..).unwrap_or("")) {
                    return Some(self.line_piece(PieceKind::Prose, token.span.start));
                }
            } else if !current.nests_statements && self.starts_definition(token) {
                self.pending = Some(token);
                self.joined = true;
                return Some(self.finish(current, Ending::NextStatement));
            }
            if self.push(&mut current, token) {
                self.joined = false;
                let copies = words::copies_from_stdin(self.text, &current.tokens);
                let piece = self.finish(current, Ending::Complete);
                if copies {
                    self.skip_copy_data();
                }
                return Some(piece);
            }
        }
        if current.tokens.is_empty() {
            return None;
        }
        let ending = if current.brackets > 0 { Ending::BreaksOff } else { Ending::EndOfText };
        Some(self.finish(current, ending))
    }
}

impl Splitter<'_> {
    fn finish(&self, current: Current, ending: Ending) -> Piece {
        self.piece(PieceKind::Statement, current.tokens, current.swallowed, ending)
    }

    /// Takes `token` into the statement; true when it ends it.
    fn push(&mut self, current: &mut Current, token: Token) -> bool {
        match token.kind {
            TokenKind::Symbol('(') => {
                current.brackets += 1;
                self.open_for_psql += 1;
            }
            TokenKind::Symbol(')') => {
                current.brackets = current.brackets.saturating_sub(1);
                self.open_for_psql = self.open_for_psql.saturating_sub(1);
            }
            TokenKind::Symbol(';') if current.brackets == 0 && current.blocks == 0 => return true,
            TokenKind::Unclosed => self.open_quote = true,
            TokenKind::Word => current.note_word(token.span.of(self.text)),
            _ => {}
        }
        current.tokens.push(token);
        false
    }
}

impl Current {
    /// Follows psql: inside a routine, `BEGIN` and `CASE` open a block in which semicolons do not end the statement.
    fn note_word(&mut self, word: &str) {
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        match self.words {
            0 => self.nests_statements = is("EXPLAIN") || is("PREPARE"),
            1 => self.nests_statements |= is("SCHEMA"),
            _ => {}
        }
        if self.words <= 3 && (is("FUNCTION") || is("PROCEDURE")) {
            self.routine = true;
        }
        self.words += 1;
        if self.routine && self.brackets == 0 {
            if is("BEGIN") || (is("CASE") && self.blocks > 0) {
                self.blocks += 1;
            } else if is("END") {
                self.blocks = self.blocks.saturating_sub(1);
            }
        }
    }
}

/// Whether the psql command at the start of `text` (behind its backslash) sends what was typed so far.
fn sends_buffer(text: &str) -> bool {
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    matches!(word.as_str(), "g" | "gx" | "gexec" | "gset" | "gdesc" | "crosstabview" | "watch" | "bind" | "q" | "quit")
}

/// The section of a two-way migration that a comment opens.
fn direction(comment: &str) -> Option<Direction> {
    let mut words = comment.strip_prefix("--")?.split_whitespace();
    match (words.next()?, words.next()) {
        ("migrate:down", _) => Some(Direction::Down),
        ("migrate:up", _) => Some(Direction::Up),
        ("+goose" | "+migrate", Some(section)) if section.eq_ignore_ascii_case("down") => Some(Direction::Down),
        ("+goose" | "+migrate", Some(section)) if section.eq_ignore_ascii_case("up") => Some(Direction::Up),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
