//! From a text to its statements.

use std::borrow::Cow;

use squawk_parser::SyntaxKind;

use super::facts::{Direction, Problem, ProblemKind, PsqlDirective, Standing, Statement, StatementKind};
use super::lexer::{Lexer, Token, TokenKind};
use super::psql::{Effect, Psql};
use super::split::{Ending, Piece, PieceKind, Splitter};
use super::syntax::Source;
use super::text_map::TextMap;
use super::tree::Tree;
use super::{SqlText, limits, read, repair, spacing, validation};
use crate::text::Span;

/// Reads `text`, all of it in one direction of time: the statements of a file or a fence.
pub(super) fn text(text: &str) -> SqlText {
    let mut parsed = SqlText::default();
    nested(text, &TextMap::shift(0), 0, &mut parsed);
    parsed.problems.sort_by_key(|problem| (problem.span, problem.kind));
    parsed
}

/// Reads a text that `map` places in another one, `depth` bodies deep.
pub(super) fn nested(text: &str, map: &TextMap, depth: usize, parsed: &mut SqlText) {
    let mut reader = Reader { text, map, depth, psql: Psql::default(), parsed };
    let mut prose: Option<Span> = None;
    let mut splitter = Splitter::new(text);
    while let Some(piece) = splitter.next() {
        if piece.kind == PieceKind::Prose {
            prose = Some(prose.map_or(piece.span, |before| before.join(piece.span)));
            continue;
        }
        reader.prose(prose.take());
        reader.parsed.breaks_off = piece.ending == Ending::BreaksOff;
        match piece.kind {
            PieceKind::Command => reader.command(&piece),
            _ if !reader.psql.active() => {}
            _ => {
                let standing = reader.statement(&piece);
                if standing == Standing::Elided && piece.ending == Ending::NextStatement {
                    splitter.forgive();
                }
            }
        }
    }
    reader.prose(prose);
}

struct Reader<'a> {
    text: &'a str,
    map: &'a TextMap,
    depth: usize,
    psql: Psql,
    parsed: &'a mut SqlText,
}

impl Reader<'_> {
    fn prose(&mut self, span: Option<Span>) {
        let Some(span) = span else { return };
        self.parsed.problems.push(Problem {
            kind: ProblemKind::Prose,
            span: self.map.span(span),
            message: "text that is no SQL".to_owned(),
            help: Some("put it into a comment".to_owned()),
        });
    }

    fn push(&mut self, piece: &Piece, standing: Standing, kind: StatementKind) {
        let span = self.map.span(piece.span);
        self.parsed.statements.push(Statement { span, standing, direction: piece.direction, kind });
    }

    fn command(&mut self, piece: &Piece) {
        match self.psql.obey(piece.span.of(self.text)) {
            Effect::Nothing => {}
            Effect::Directive(directive) => self.push(piece, Standing::Sound, StatementKind::Psql(directive)),
            Effect::RunResult => self.run_result(),
        }
    }

    /// `\gexec`: the query before it is read again, as one whose result is run.
    fn run_result(&mut self) {
        let Some(query) = self.parsed.statements.last_mut() else { return };
        let source = query.span.of(self.text).to_owned();
        let map = self.map.compose(&[(0, query.span.start)]);
        let tree = Tree::of_sql(&source);
        let source = Source { text: &source, map: &map, replaced: &[], depth: self.depth };
        query.kind = match read::statement_node(tree.root()) {
            Some(node) => read::run_result(&source, node),
            None => StatementKind::Other,
        };
    }

    fn statement(&mut self, piece: &Piece) -> Standing {
        if let Some(mut problem) = limits::exceeded(self.text, &piece.tokens, piece.span) {
            problem.span = self.map.span(problem.span);
            self.parsed.problems.push(problem);
            self.push(piece, Standing::Broken, StatementKind::Other);
            return Standing::Broken;
        }
        let (source, map, tokens) = self.prepared(piece);
        let read = Attempt { source: &source, map: &map, tokens: &tokens, depth: self.depth, piece }.read();
        let quiet = piece.swallowed;
        self.parsed
            .problems
            .extend(read.problems.into_iter().filter(|problem| !quiet || problem.kind == ProblemKind::Dialect));
        let standing = if quiet { Standing::Swallowed } else { read.standing };
        self.push(piece, standing, read.kind);
        read.standing
    }

    /// The statement as it is parsed: with psql's variables in place, and with blanks where it has none for long.
    fn prepared(&self, piece: &Piece) -> (Cow<'_, str>, TextMap, Vec<Token>) {
        let start = piece.span.start;
        let mut source = Cow::Borrowed(piece.span.of(self.text));
        let mut map = self.map.compose(&[(0, start)]);
        let mut tokens: Vec<Token> = piece.tokens.iter().map(|token| shifted_back(*token, start)).collect();
        if let Some((expanded, runs)) = self.psql.interpolate(self.text, piece.span, &piece.tokens) {
            tokens = Lexer::new(&expanded).collect();
            map = self.map.compose(&runs);
            source = Cow::Owned(expanded);
        }
        if let Some((loose, runs)) = spacing::loosen(&source, &tokens) {
            tokens = Lexer::new(&loose).collect();
            map = map.compose(&runs);
            source = Cow::Owned(loose);
        }
        (source, map, tokens)
    }
}

fn shifted_back(token: Token, offset: usize) -> Token {
    let span = Span::new(token.span.start.saturating_sub(offset), token.span.end.saturating_sub(offset));
    Token { kind: token.kind, span }
}

/// One statement on its way to the parser.
struct Attempt<'a> {
    source: &'a str,
    map: &'a TextMap,
    tokens: &'a [Token],
    depth: usize,
    piece: &'a Piece,
}

struct Outcome {
    standing: Standing,
    kind: StatementKind,
    problems: Vec<Problem>,
}

impl Attempt<'_> {
    fn read(&self) -> Outcome {
        let hollow = self.hollow();
        let (text, replaced, mut problems) = match repair::dialect(&hollow, self.tokens) {
            Some((repaired, problems)) => (Cow::Owned(repaired.text), repaired.replaced, problems),
            None => (hollow, Vec::new(), Vec::new()),
        };
        for problem in &mut problems {
            problem.span = self.map.span(problem.span);
        }
        let dialect = !problems.is_empty();
        let tree = Tree::of_sql(&text);
        let error = self.first_error(&tree);
        let joined = self.piece.ending == Ending::NextStatement;
        if error.is_none() && joined && !dialect {
            let end = self.tokens.iter().rfind(|token| !token.is_comment()).map_or(Span::empty(0), |token| token.span);
            problems.push(self.problem(end, "a semicolon is missing behind this statement".to_owned()));
            return self.outcome(&tree, &replaced, Standing::Broken, problems);
        }
        if error.is_none() && !dialect {
            return self.outcome(&tree, &replaced, Standing::Sound, problems);
        }
        if error.is_some()
            && let Some(repaired) = repair::placeholders(&text, self.tokens)
        {
            let standing = if dialect { Standing::Broken } else { Standing::Elided };
            let tree = Tree::of_sql(&repaired.text);
            return self.outcome(&tree, &repaired.replaced, standing, problems);
        }
        if !dialect {
            problems.extend(error);
        }
        let breaks_off = self.piece.ending == Ending::BreaksOff && !dialect;
        self.outcome(&tree, &replaced, if breaks_off { Standing::Elided } else { Standing::Broken }, problems)
    }

    /// The statement with the texts of bodies blanked out: they are read on their own, within their own limits.
    fn hollow(&self) -> Cow<'_, str> {
        let mut bytes: Option<Vec<u8>> = None;
        let routine = self
            .tokens
            .iter()
            .filter(|token| !token.is_comment())
            .take(4)
            .any(|token| ["FUNCTION", "PROCEDURE", "DO"].iter().any(|word| token.is_word(self.source, word)));
        for token in self.tokens {
            let inner = match token.kind {
                TokenKind::DollarText => super::lexer::dollar_tag(token.span.of(self.source)).unwrap_or(1),
                TokenKind::Text { .. } if routine => token.span.of(self.source).find('\'').map_or(1, |at| at + 1),
                // The server ends a comment at a carriage return, the parser only at a line feed.
                TokenKind::LineComment if ends_at_return(self.source, token.span.end) => 0,
                TokenKind::Symbol('\0') => 0,
                _ => continue,
            };
            let closing = if token.kind == TokenKind::DollarText { inner } else { inner.min(1) };
            let inside = token.span.start + inner..token.span.end.saturating_sub(closing);
            if let Some(slot) = bytes.get_or_insert_with(|| self.source.as_bytes().to_vec()).get_mut(inside) {
                slot.fill(b' ');
            }
        }
        match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(hollow) => Cow::Owned(hollow),
            None => Cow::Borrowed(self.source),
        }
    }

    /// The first error. It is enough: those behind it mostly follow from it.
    fn first_error(&self, tree: &Tree<'_>) -> Option<Problem> {
        if let Some(error) = validation::first_error(tree) {
            return Some(self.error(error.message(), error.range()));
        }
        let empty = tree.root().children().all(|node| node.kind() == SyntaxKind::EMPTY_STMT);
        empty.then(|| self.problem(self.piece_span(), "this is no statement".to_owned()))
    }

    fn piece_span(&self) -> Span {
        self.tokens.first().map_or(Span::empty(0), |token| token.span)
    }

    fn problem(&self, span: Span, message: String) -> Problem {
        Problem { kind: ProblemKind::Syntax, span: self.map.span(span), message, help: None }
    }

    /// The parser points between two tokens; a person wants to see the one that it stumbled over.
    fn error(&self, message: &str, range: impl Into<std::ops::Range<u32>>) -> Problem {
        let range: std::ops::Range<u32> = range.into();
        let start = range.start as usize;
        let solid = || self.tokens.iter().filter(|token| !token.is_comment());
        let at = solid().find(|token| token.span.end > start).or_else(|| solid().next_back());
        let found = at.map(|token| token.span.of(self.source)).unwrap_or_default();
        let end = at.is_none_or(|token| token.span.end <= start);
        let message = if end {
            format!("syntax error at the end of the statement: {}", plain(message))
        } else {
            let shown: String = found.chars().take(40).collect();
            format!("syntax error at or near `{shown}`: {}", plain(message))
        };
        self.problem(at.map_or(Span::empty(start), |token| token.span), message)
    }

    fn outcome(&self, tree: &Tree<'_>, replaced: &[Span], standing: Standing, mut problems: Vec<Problem>) -> Outcome {
        let source = Source { text: self.source, map: self.map, replaced, depth: self.depth };
        let node = read::statement_node(tree.root());
        let mut kind = node.and_then(|node| read::statement(&source, node)).unwrap_or(StatementKind::Other);
        let mut standing = standing;
        if let Some(node) = node {
            let rejected = read::rejected(&source, node, &kind, standing == Standing::Sound);
            if !rejected.is_empty() {
                standing = Standing::Broken;
                problems.extend(rejected);
            }
        }
        if let StatementKind::CreateTable(table) = &mut kind {
            table.elided |= standing == Standing::Elided;
        }
        if kind == StatementKind::Psql(PsqlDirective::Quit) || self.piece.direction == Direction::Down {
            standing = if standing == Standing::Broken { standing } else { Standing::Sound };
        }
        Outcome { standing, kind, problems }
    }
}

/// Whether a carriage return without a line feed stands at `offset`.
fn ends_at_return(text: &str, offset: usize) -> bool {
    text.get(offset..).is_some_and(|rest| rest.starts_with('\r') && !rest.starts_with("\r\n"))
}

/// The parser's words without the names of its token kinds.
fn plain(message: &str) -> String {
    let name = |word: &'_ str| match word {
        "COMMA" => "a comma".to_owned(),
        "SEMICOLON" => "a semicolon".to_owned(),
        "L_PAREN" => "`(`".to_owned(),
        "R_PAREN" => "`)`".to_owned(),
        "IDENT" => "a name".to_owned(),
        _ => word.strip_suffix("_KW").unwrap_or(word).to_owned(),
    };
    let words: Vec<_> = message.split(' ').map(name).collect();
    let text = words.join(" ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
