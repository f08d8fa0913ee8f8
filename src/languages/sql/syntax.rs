//! The parser's tree, read with offsets of the text that the statement came from.

use squawk_parser::SyntaxKind;

use super::literals::{self, Decoded};
use super::text_map::TextMap;
use super::tree::{Node, Token};
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

pub(super) fn child(node: Node<'_>, kind: SyntaxKind) -> Option<Node<'_>> {
    node.children().find(|child| child.kind() == kind)
}

pub(super) fn children(node: Node<'_>, kind: SyntaxKind) -> impl Iterator<Item = Node<'_>> {
    node.children().filter(move |child| child.kind() == kind)
}

pub(super) fn has_child(node: Node<'_>, kind: SyntaxKind) -> bool {
    child(node, kind).is_some()
}

/// Whether a node of this kind is the type of a column, a parameter or a cast.
pub(super) fn is_type(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        SyntaxKind::PATH_TYPE
            | SyntaxKind::ARRAY_TYPE
            | SyntaxKind::VARCHAR_TYPE
            | SyntaxKind::CHARACTER_TYPE
            | SyntaxKind::BIT_TYPE
            | SyntaxKind::BIT_VARYING_TYPE
            | SyntaxKind::DOUBLE_TYPE
            | SyntaxKind::TIME_TYPE
            | SyntaxKind::TIMESTAMP_TYPE
            | SyntaxKind::INTERVAL_TYPE
    )
}

/// Whether `kind` is one of the node's own tokens.
pub(super) fn has_token(node: Node<'_>, kind: SyntaxKind) -> bool {
    node.own_tokens().any(|token| token.kind() == kind)
}

/// The words of the node in upper case, joined by single blanks.
pub(super) fn words(node: Node<'_>) -> String {
    let words: Vec<_> = node.tokens().take(16).map(|token| token.text().to_ascii_uppercase()).collect();
    words.join(" ")
}

impl Source<'_> {
    /// The node's place in the text that the caller gave.
    pub(super) fn span(&self, node: Node<'_>) -> Span {
        self.map.span(node.span())
    }

    /// From the start of `node` to the end of `last`, which lies in it or behind it.
    pub(super) fn head(&self, node: Node<'_>, last: Node<'_>) -> Span {
        self.map.span(Span::new(node.span().start, last.span().end))
    }

    pub(super) fn token_span(&self, token: Token<'_>) -> Span {
        self.map.span(token.span())
    }

    /// The token's text as the caller gave it: the tree may have been made of a text with blanks in its place.
    pub(super) fn token_text(&self, token: Token<'_>) -> &str {
        token.span().of(self.text)
    }

    fn is_placeholder(&self, token: Token<'_>) -> bool {
        self.replaced.iter().any(|replaced| replaced.overlaps(token.span()))
    }

    fn name_of(&self, token: Token<'_>) -> Option<Name> {
        let source = self.token_text(token);
        // A backtick that was turned into a quote is still a backtick here.
        let quoted = source.strip_prefix('`').and_then(|inner| inner.strip_suffix('`'));
        let name = match quoted {
            Some(inner) => Name::computed(inner, self.token_span(token)),
            None => Name::new(source, self.token_span(token)),
        };
        (!self.is_placeholder(token) && !name.value.is_empty()).then_some(name)
    }

    /// The name that `node` consists of (its first token); `None` for a placeholder.
    pub(super) fn name(&self, node: Node<'_>) -> Option<Name> {
        self.name_of(node.tokens().next()?)
    }

    /// The name in the first child of one of `kinds`.
    pub(super) fn child_name(&self, node: Node<'_>, kind: SyntaxKind) -> Option<Name> {
        self.name(child(node, kind)?)
    }

    /// All names in the children of `kind`.
    pub(super) fn child_names(&self, node: Node<'_>, kind: SyntaxKind) -> Vec<Name> {
        children(node, kind).filter_map(|child| self.name(child)).collect()
    }

    /// The name with its schema in the first path inside `node`; `None` when a part is missing or a placeholder.
    pub(super) fn qualified(&self, node: Node<'_>) -> Option<QualifiedName> {
        let path = node.descendants().find(|node| matches!(node.kind(), SyntaxKind::PATH | SyntaxKind::PATH_REF))?;
        self.dotted(path)
    }

    /// The name with its schema that the tokens of `node` spell.
    pub(super) fn dotted(&self, node: Node<'_>) -> Option<QualifiedName> {
        let mut parts: Vec<Name> = Vec::new();
        for token in node.tokens().take(6) {
            match token.kind() {
                SyntaxKind::DOT => {}
                SyntaxKind::L_PAREN | SyntaxKind::STAR => break,
                _ => parts.push(self.name_of(token)?),
            }
        }
        let name = parts.pop()?;
        let schema = parts.pop();
        let span = schema.as_ref().map_or(name.span, |schema| schema.span.join(name.span));
        Some(QualifiedName { schema, name, span })
    }

    /// The qualified name in the first child of `kind`.
    pub(super) fn child_qualified(&self, node: Node<'_>, kind: SyntaxKind) -> Option<QualifiedName> {
        self.qualified(child(node, kind)?)
    }

    /// The qualified names in all children of `kind`.
    pub(super) fn child_qualifieds(&self, node: Node<'_>, kind: SyntaxKind) -> Vec<QualifiedName> {
        children(node, kind).filter_map(|child| self.qualified(child)).collect()
    }

    /// The value of a string constant, with its bytes mapped to offsets in [`Source::text`]. Constants in several parts
    /// (on lines of their own) are one.
    pub(super) fn string(&self, node: Node<'_>) -> Option<Decoded> {
        let mut whole: Option<Decoded> = None;
        for token in node.tokens() {
            let part = literals::decode(self.token_text(token))?;
            let start = token.span().start;
            let before = whole.get_or_insert_with(|| Decoded { value: String::new(), runs: Vec::new() });
            let length = before.value.len();
            before.runs.extend(part.runs.iter().map(|&(value, source)| (length + value, start + source)));
            before.value.push_str(&part.value);
        }
        whole
    }
}
