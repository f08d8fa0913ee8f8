//! What the parser makes of a text: a tree, as one list in the order of the text.
//!
//! The parser's own nodes are reference-counted and read by cursors that are allocated for each step. Facts are read in
//! many small steps, so the parser's steps are written down as they come: a node is an index, and a step an addition.

use squawk_parser::{EntryPoint, LexedStr, StrStep, SyntaxKind};

use crate::text::Span;

/// The tree of one text.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// The text that was parsed.
    text: &'a str,
    /// The root, and behind each node all that it holds.
    elements: Vec<Element>,
    /// The parser, or the lexer before it, has objected to something.
    has_errors: bool,
}

#[derive(Clone, Copy, Debug)]
struct Element {
    kind: SyntaxKind,
    is_token: bool,
    start: u32,
    end: u32,
    /// Index behind the element and all that it holds.
    next: u32,
}

impl<'a> Tree<'a> {
    /// The tree of statements.
    pub(super) fn of_sql(text: &'a str) -> Self {
        Self::parse(text, EntryPoint::SourceFile)
    }

    /// The tree of the body of a routine.
    pub(super) fn of_plpgsql(text: &'a str) -> Self {
        Self::parse(text, EntryPoint::Plpgsql)
    }

    fn parse(text: &'a str, entry: EntryPoint) -> Self {
        let lexed = LexedStr::new(text);
        let output = entry.parse(&lexed.to_input());
        let mut has_errors = lexed.errors().next().is_some();
        let mut elements: Vec<Element> = Vec::with_capacity(text.len() / 4);
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        lexed.intersperse_trivia(&output, &mut |step| match step {
            StrStep::Enter { kind } => {
                open.push(elements.len());
                elements.push(Element { kind, is_token: false, start: at, end: at, next: u32::MAX });
            }
            StrStep::Token { kind, text } => {
                let (start, next) = (at, in_32_bits(elements.len() + 1));
                at += in_32_bits(text.len());
                elements.push(Element { kind, is_token: true, start, end: at, next });
            }
            StrStep::Exit => {
                let next = in_32_bits(elements.len());
                if let Some(node) = open.pop().and_then(|node| elements.get_mut(node)) {
                    (node.end, node.next) = (at, next);
                }
            }
            StrStep::Error { .. } => has_errors = true,
        });
        Self { text, elements, has_errors }
    }

    /// The text that was parsed.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the parser, or the lexer before it, has objected to something.
    pub(super) fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// The node that holds all others.
    pub(super) fn root(&self) -> Node<'_> {
        Node { tree: self, at: 0 }
    }

    fn element(&self, at: usize) -> Element {
        let none = Element { kind: SyntaxKind::ERROR, is_token: false, start: 0, end: 0, next: 0 };
        self.elements.get(at).copied().unwrap_or(none)
    }
}

/// The parser counts in 32 bits, too.
fn in_32_bits(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Element {
    fn is_trivia(self) -> bool {
        matches!(self.kind, SyntaxKind::WHITESPACE | SyntaxKind::COMMENT)
    }

    fn is_empty(self) -> bool {
        self.start == self.end
    }

    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    tree: &'t Tree<'t>,
    at: usize,
}

impl<'t> Node<'t> {
    fn element(self) -> Element {
        self.tree.element(self.at)
    }

    pub(super) fn kind(self) -> SyntaxKind {
        self.element().kind
    }

    /// The elements right below the node, with their indices.
    fn below(self) -> impl Iterator<Item = (usize, Element)> {
        let end = self.element().next as usize;
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let element = self.tree.elements.get(at).filter(|_| at < end)?;
            let here = at;
            at = element.next as usize;
            Some((here, *element))
        })
    }

    /// All elements in the node, itself included, with their indices.
    fn within(self) -> impl Iterator<Item = (usize, Element)> {
        let end = self.element().next as usize;
        let elements = self.tree.elements.get(self.at..end).unwrap_or_default();
        elements.iter().enumerate().map(move |(number, element)| (self.at + number, *element))
    }

    /// The nodes right below this one.
    pub(super) fn children(self) -> impl Iterator<Item = Node<'t>> {
        let nodes = self.below().filter(|(_, element)| !element.is_token);
        nodes.map(move |(at, _)| Node { tree: self.tree, at })
    }

    /// The node and all nodes in it.
    pub(super) fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        let nodes = self.within().filter(|(_, element)| !element.is_token);
        nodes.map(move |(at, _)| Node { tree: self.tree, at })
    }

    /// The node's own tokens, without those of its children, white space and comments.
    pub(super) fn own_tokens(self) -> impl Iterator<Item = Token<'t>> {
        let tokens = self.below().filter(|(_, element)| element.is_token && !element.is_trivia());
        tokens.map(move |(_, element)| Token { tree: self.tree, element })
    }

    /// All tokens in the node, without white space and comments.
    pub(super) fn tokens(self) -> impl Iterator<Item = Token<'t>> {
        let tokens = self.within().filter(|(_, element)| element.is_token && !element.is_trivia());
        tokens.map(move |(_, element)| Token { tree: self.tree, element })
    }

    /// The node's place in the text, without blanks and comments at its ends. Where an empty node, which stands for
    /// what is missing, comes before the first or behind the last word, they are left as they are.
    pub(super) fn span(self) -> Span {
        let whole = self.element();
        let inner = self.at + 1..whole.next as usize;
        // The first element that settles where an end lies: a token with a text of its own, or an empty node.
        let end = |elements: &mut dyn Iterator<Item = usize>| {
            elements
                .map(|at| self.tree.element(at))
                .find(|element| if element.is_token { !element.is_trivia() } else { element.is_empty() })
                .filter(|element| element.is_token)
        };
        let start = end(&mut inner.clone()).map_or(whole.start, |token| token.start);
        let end = end(&mut inner.rev()).map_or(whole.end, |token| token.end);
        Span::new(start as usize, end as usize)
    }
}

/// A token of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    tree: &'t Tree<'t>,
    element: Element,
}

impl<'t> Token<'t> {
    pub(super) fn kind(self) -> SyntaxKind {
        self.element.kind
    }

    pub(super) fn span(self) -> Span {
        self.element.span()
    }

    /// The token as the parser saw it.
    pub(super) fn text(self) -> &'t str {
        self.span().of(self.tree.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_the_tree_in_order() {
        let text = "SELECT a, /* b */ f(1) FROM t";
        let tree = Tree::of_sql(text);
        let select = tree.root().children().next().unwrap();
        let shown = |nodes: Vec<Node<'_>>| nodes.iter().map(|node| node.span().of(text)).collect::<Vec<_>>().join("|");
        assert_eq!(shown(select.children().collect()), "SELECT a, /* b */ f(1)|FROM t");
        let calls = select.descendants().filter(|node| node.kind() == SyntaxKind::CALL_EXPR);
        assert_eq!(shown(calls.collect()), "f(1)");
        assert_eq!(select.tokens().map(Token::text).collect::<String>(), "SELECTa,f(1)FROMt");
        let from = select.children().last().unwrap();
        assert_eq!(from.own_tokens().map(Token::text).collect::<Vec<_>>(), ["FROM"]);
    }

    #[test]
    fn blanks_at_the_ends_are_no_part_of_a_node() {
        let text = " -- all\n SELECT 1 -- end\n";
        let tree = Tree::of_sql(text);
        assert_eq!(tree.root().span().of(text), "SELECT 1");
    }
}
