use super::feature;
use crate::markdown::{Document, InlineKind, Role, Spanned};
use crate::text::Span;

/// A development task: `**T-2.1: Booking API** (4 hours)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The id, such as `T-2.1`.
    pub id: String,
    /// Where it stands: from the id to the end of its line.
    pub span: Span,
}

impl Spanned for Task {
    fn span(&self) -> Span {
        self.span
    }
}

/// The tasks that stand at the start of a line, item, heading or table cell. A task that another one merely names
/// (`T-1.1 completed`) counts only where it is not defined otherwise, so the first place of each id wins.
pub(super) fn find(document: &Document<'_>) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for prose in &document.prose {
        let is_definition = |strong: bool| strong || matches!(prose.role, Role::Heading | Role::Cell { column: 0, .. });
        let mut at_start = true;
        for inline in document.inlines_of(prose) {
            let strong = inline.strong;
            if at_start && (is_definition(strong) || is_titled(document.slice(inline.span))) {
                let line = Span::new(inline.span.start, document.file.line_at(inline.span.start).end);
                if let Some(id) = id(document.slice(line)) {
                    tasks.push(Task { id: id.to_owned(), span: line });
                }
            }
            at_start = inline.kind == InlineKind::LineBreak;
        }
    }
    tasks
}

/// The id that a line starts with, marks and the word `Task` aside.
fn id(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let named = bare.strip_prefix("Task").filter(|rest| rest.starts_with([' ', '\t']));
    let bare = named.unwrap_or(bare).trim_start_matches([' ', '\t']);
    let number = feature::number(bare.strip_prefix("T-")?)?;
    let end = "T-".len() + number.len();
    let rest = bare.get(end..)?;
    let suffix = usize::from(rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let is_whole = !rest.get(suffix..)?.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    bare.get(..end + suffix).filter(|_| is_whole)
}

/// `T-1.1: Title`, `T-1.1 - Title` and `T-1.1 Title`, but not `T-1.1 completed`.
fn is_titled(text: &str) -> bool {
    let text = text.strip_prefix("Task ").unwrap_or(text);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    rest.trim_start().starts_with([':', '-', '–', '—', '|']) || rest.trim_start().starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn tasks_at_line_starts() {
        let text = "**T-1.1: Berths** (4 h)\n\n- **T-1.2**: Boats\n- T-1.3: Ropes\n- T-1.1 completed\n- see T-1.4: x\n\n#### T-2.1 Mooring\n\n| T-3.1 | x |\n|---|---|\n| T-3.2 | y |\n";
        let file = SourceFile::new("a.md", text.into());
        let ids: Vec<_> = find(&Document::new(&file)).into_iter().map(|task| task.id).collect();
        assert_eq!(ids, ["T-1.1", "T-1.2", "T-1.3", "T-2.1", "T-3.1", "T-3.2"]);
    }
}
