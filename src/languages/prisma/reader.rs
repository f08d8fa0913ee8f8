use super::member::{attributes, field, parentheses};
use super::{Enum, Model, PrismaText, blank};
use crate::text::Span;

/// The block that is being read.
enum Block {
    Model(Model),
    Enum(Enum),
    /// `datasource`, `generator`, `view`, `type`: nothing of it is kept.
    Other,
}

/// Lines of a text, one after the other.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Lines<'_> {
    /// The next line without the blanks around it, and where the one behind it starts.
    fn peek(&self) -> Option<(Span, usize)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        Some((trimmed(self.text, Span::new(self.at, self.at + length)), self.at + length))
    }

    fn next(&mut self) -> Option<Span> {
        let (line, behind) = self.peek()?;
        self.at = behind;
        Some(line)
    }

    /// `line` with the lines behind it that its open parentheses go on in. A line that looks like the next member ends
    /// them: they were never closed.
    fn joined(&mut self, line: Span) -> Span {
        let mut whole = line;
        let mut open = parentheses(line.of(self.text));
        while open > 0 {
            let Some((next, behind)) = self.peek() else { break };
            let text = next.of(self.text);
            if text.starts_with('}') || starts_member(text) || opener(text).is_some() {
                break;
            }
            open += parentheses(text);
            whole.end = next.end.max(whole.end);
            self.at = behind;
        }
        whole
    }
}

pub(super) fn read(text: &str) -> PrismaText {
    let text = blank::without_comments(text);
    let mut lines = Lines { text: &text, at: 0 };
    let mut read = PrismaText::default();
    let mut block: Option<Block> = None;
    while let Some(mut line) = lines.next() {
        if let Some((opened, length)) = opener(line.of(&text)) {
            // A block that was not closed ends where the next one starts.
            close(&mut read, block.replace(opened.at(line.start)));
            line = trimmed(&text, Span::new(line.start + length, line.end));
        }
        let Some(open) = &mut block else { continue };
        let closes = line.of(&text).ends_with('}');
        if closes {
            line = trimmed(&text, Span::new(line.start, line.end - 1));
        } else {
            line = lines.joined(line);
        }
        add(open, &text, line);
        if closes {
            close(&mut read, block.take());
        }
    }
    close(&mut read, block);
    read
}

fn trimmed(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let start = span.start + (whole.len() - whole.trim_start().len());
    Span::new(start, start + whole.trim().len())
}

/// The block that a line opens, and the length of what opens it, the brace included.
fn opener(line: &str) -> Option<(Block, usize)> {
    let mut words = line.split_whitespace();
    let keyword = words.next()?;
    if !["model", "enum", "view", "type", "datasource", "generator"].contains(&keyword) {
        return None;
    }
    let name_at = line.get(keyword.len()..)?.find(|c: char| !c.is_whitespace())? + keyword.len();
    let behind = line.get(name_at..)?;
    let length = behind.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(behind.len());
    let (name, rest) = behind.split_at_checked(length)?;
    let rest_start = rest.trim_start();
    // The brace may stand on the next line; a field of this name has a type behind it.
    if name.is_empty() || !(rest_start.is_empty() || rest_start.starts_with('{')) {
        return None;
    }
    let head_end = name_at + length;
    let brace = rest.find('{').map_or(0, |at| at + 1);
    let block = match keyword {
        "model" => Block::Model(Model {
            name: name.to_owned(),
            head: Span::new(0, head_end),
            fields: Vec::new(),
            attributes: Vec::new(),
        }),
        "enum" => Block::Enum(Enum { name: name.to_owned(), values: Vec::new() }),
        _ => Block::Other,
    };
    Some((block, head_end + brace))
}

impl Block {
    /// The block, opened at `offset`.
    fn at(mut self, offset: usize) -> Self {
        if let Self::Model(model) = &mut self {
            model.head = model.head.shifted(offset);
        }
        self
    }
}

/// Whether a line looks like a field or an attribute of a block: `userId String`, `@@index(…)`.
fn starts_member(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
    line.starts_with("@@")
        || words.next().is_some_and(is_name)
            && words.next().is_some_and(|ty| ty.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn add(block: &mut Block, text: &str, member: Span) {
    let line = member.of(text);
    match block {
        Block::Model(model) if line.starts_with("@@") => model.attributes.extend(attributes(line, member.start)),
        Block::Model(model) => model.fields.extend(field(line, member.start)),
        Block::Enum(values) => {
            let is_value = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
            let words = line.split_whitespace().map(|word| word.trim_end_matches(','));
            values.values.extend(words.take_while(is_value).filter(|word| !word.is_empty()).map(str::to_owned));
        }
        Block::Other => {}
    }
}

fn close(read: &mut PrismaText, block: Option<Block>) {
    match block {
        Some(Block::Model(model)) => read.models.push(model),
        Some(Block::Enum(values)) => read.enums.push(values),
        Some(Block::Other) | None => {}
    }
}
