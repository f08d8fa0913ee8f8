//! The parser's tree, read with offsets of the text that the statement came from.

use squawk_syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};

use super::literals::{self, Decoded};
use super::text_map::TextMap;
use super::{Name, QualifiedName};
use crate::text::Span;

/// What is needed to turn a node into facts.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// The statement before anything was blanked out; the tree's offsets are offsets into it.
    pub(super) text: &'a str,
    pub(super) map: &'a TextMap,
    /// Placeholders, as spans in `text`.
    pub(super) replaced: &'a [Span],
    /// How many bodies lie around this text.
    pub(super) depth: usize,
}

/// Whether a token is white space or a comment.
pub(super) fn is_trivia(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::WHITESPACE | SyntaxKind::COMMENT)
}

pub(super) fn child(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    node.children().find(|child| child.kind() == kind)
}

pub(super) fn children(node: &SyntaxNode, kind: SyntaxKind) -> impl Iterator<Item = SyntaxNode> {
    node.children().filter(move |child| child.kind() == kind)
}

pub(super) fn has_child(node: &SyntaxNode, kind: SyntaxKind) -> bool {
    child(node, kind).is_some()
}

/// Whether `kind` is one of the node's own tokens.
pub(super) fn has_token(node: &SyntaxNode, kind: SyntaxKind) -> bool {
    own_tokens(node).any(|token| token.kind() == kind)
}

/// The node's own tokens, without those of its children.
pub(super) fn own_tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.children_with_tokens().filter_map(SyntaxElement::into_token).filter(|token| !is_trivia(token.kind()))
}

/// All tokens in the node, without white space and comments.
pub(super) fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.descendants_with_tokens().filter_map(SyntaxElement::into_token).filter(|token| !is_trivia(token.kind()))
}

/// The words of the node in upper case, joined by single blanks.
pub(super) fn words(node: &SyntaxNode) -> String {
    let words: Vec<_> = tokens(node).take(16).map(|token| token.text().to_ascii_uppercase()).collect();
    words.join(" ")
}

impl Source<'_> {
    /// The node's place in the statement, without blanks and comments at its ends.
    fn local_span(node: &SyntaxNode) -> Span {
        let solid = |token: &SyntaxToken| !is_trivia(token.kind()) && !token.text().is_empty();
        let range = node.text_range();
        let mut first = node.first_token();
        while let Some(token) = first.as_ref().filter(|token| !solid(token) && token.text_range().end() < range.end()) {
            first = token.next_token();
        }
        let mut last = node.last_token();
        while let Some(token) =
            last.as_ref().filter(|token| !solid(token) && token.text_range().start() > range.start())
        {
            last = token.prev_token();
        }
        let start = first.map_or(range.start(), |token| token.text_range().start());
        let end = last.map_or(range.end(), |token| token.text_range().end());
        Span::new(start.into(), end.into())
    }

    /// The node's place in the text that the caller gave.
    pub(super) fn span(&self, node: &SyntaxNode) -> Span {
        self.map.span(Self::local_span(node))
    }

    /// From the start of `node` to the end of `last`, which lies in it or behind it.
    pub(super) fn head(&self, node: &SyntaxNode, last: &SyntaxNode) -> Span {
        self.map.span(Span::new(Self::local_span(node).start, Self::local_span(last).end))
    }

    pub(super) fn token_span(&self, token: &SyntaxToken) -> Span {
        let range = token.text_range();
        self.map.span(Span::new(range.start().into(), range.end().into()))
    }

    /// The token's text as the caller gave it: the tree may have been made of a text with blanks in its place.
    pub(super) fn token_text(&self, token: &SyntaxToken) -> &str {
        let range = token.text_range();
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or("")
    }

    fn is_placeholder(&self, token: &SyntaxToken) -> bool {
        let range = token.text_range();
        let span = Span::new(range.start().into(), range.end().into());
        self.replaced.iter().any(|replaced| replaced.overlaps(span))
    }

    fn name_of(&self, token: &SyntaxToken) -> Option<Name> {
        let source = self.token_text(token);
        // A backtick that was turned into a quote is still a backtick here.
        let quoted = source.strip_prefix('`').and_then(|inner| inner.strip_suffix('`'));
        let name = match quoted {
            Some(inner) => Name { quoted: true, ..Name::computed(inner, self.token_span(token)) },
            None => Name::new(source, self.token_span(token)),
        };
        (!self.is_placeholder(token) && !name.value.is_empty()).then_some(name)
    }

    /// The name that `node` consists of (its first token); `None` for a placeholder.
    pub(super) fn name(&self, node: &SyntaxNode) -> Option<Name> {
        self.name_of(&tokens(node).next()?)
    }

    /// The name in the first child of one of `kinds`.
    pub(super) fn child_name(&self, node: &SyntaxNode, kind: SyntaxKind) -> Option<Name> {
        self.name(&child(node, kind)?)
    }

    /// All names in the children of `kind`.
    pub(super) fn child_names(&self, node: &SyntaxNode, kind: SyntaxKind) -> Vec<Name> {
        children(node, kind).filter_map(|child| self.name(&child)).collect()
    }

    /// The name with its schema in the first path inside `node`; `None` when a part is missing or a placeholder.
    pub(super) fn qualified(&self, node: &SyntaxNode) -> Option<QualifiedName> {
        let path = node.descendants().find(|node| matches!(node.kind(), SyntaxKind::PATH | SyntaxKind::PATH_REF))?;
        self.dotted(&path)
    }

    /// The name with its schema that the tokens of `node` spell.
    pub(super) fn dotted(&self, node: &SyntaxNode) -> Option<QualifiedName> {
        let mut parts: Vec<Name> = Vec::new();
        for token in tokens(node).take(6) {
            match token.kind() {
                SyntaxKind::DOT => {}
                SyntaxKind::L_PAREN | SyntaxKind::STAR => break,
                _ => parts.push(self.name_of(&token)?),
            }
        }
        let name = parts.pop()?;
        let schema = parts.pop();
        let span = schema.as_ref().map_or(name.span, |schema| schema.span.join(name.span));
        Some(QualifiedName { schema, name, span })
    }

    /// The qualified name in the first child of `kind`.
    pub(super) fn child_qualified(&self, node: &SyntaxNode, kind: SyntaxKind) -> Option<QualifiedName> {
        self.qualified(&child(node, kind)?)
    }

    /// The qualified names in all children of `kind`.
    pub(super) fn child_qualifieds(&self, node: &SyntaxNode, kind: SyntaxKind) -> Vec<QualifiedName> {
        children(node, kind).filter_map(|child| self.qualified(&child)).collect()
    }

    /// The value of a string constant, with its bytes mapped to offsets in [`Source::text`]. Constants in several parts
    /// (on lines of their own) are one.
    pub(super) fn string(&self, node: &SyntaxNode) -> Option<Decoded> {
        let mut whole: Option<Decoded> = None;
        for token in tokens(node) {
            let part = literals::decode(self.token_text(&token))?;
            let start = usize::from(token.text_range().start());
            let before = whole.get_or_insert_with(|| Decoded { value: String::new(), runs: Vec::new() });
            let length = before.value.len();
            before.runs.extend(part.runs.iter().map(|&(value, source)| (length + value, start + source)));
            before.value.push_str(&part.value);
        }
        whole
    }
}
