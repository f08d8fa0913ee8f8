use annotate_snippets::renderer::{DEFAULT_LINE_NUM_STYLE, Style};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use unicode_width::UnicodeWidthStr;

use super::layout::wrap;
use super::{sanitise, window};
use crate::diagnostics::{Finding, Level, Location};
use crate::report::Options;
use crate::report::summary::count;

/// Most related places shown for one finding.
const MOST_RELATED: usize = 5;
/// Columns beside a source line, its number aside: the bar with its spaces, and the mark of several lines.
const BESIDE: usize = 3 + 2;

/// The renderer's idea of the width: lines are cut to fit before it sees them, and must not be cut again.
const UNCUT: usize = 10_000;

/// Draws findings with their source lines.
pub(super) struct Block {
    renderer: Renderer,
    arrow: Style,
    width: usize,
}

impl Block {
    pub(super) fn new(options: &Options) -> Self {
        let width = options.width.max(Options::NARROWEST);
        let (renderer, arrow) = if options.colour {
            (Renderer::styled(), DEFAULT_LINE_NUM_STYLE)
        } else {
            (Renderer::plain(), Style::new())
        };
        Self { renderer: renderer.term_width(UNCUT), arrow, width }
    }

    /// The finding: level, rule and message; its place; what to do; related places. Without a line feed at the end.
    pub(super) fn render(&self, finding: &Finding) -> String {
        let level = match finding.level {
            Level::Error => Title::ERROR,
            Level::Warning => Title::WARNING,
            Level::Note => Title::NOTE,
        };
        let rule = sanitise::line(&finding.rule);
        let name = format!("{}[{rule}]: ", finding.level);
        let message = self.wrapped(&finding.message, name.width());
        let title = self.draw(&Group::with_title(level.clone().primary_title(message).id(rule)));
        let place = self.place(&finding.location, level, AnnotationKind::Primary, finding.help.as_deref());
        let mut parts = vec![title, place];
        for related in finding.related.iter().take(MOST_RELATED) {
            let message = self.wrapped(&related.message, "note: ".len());
            parts.push(self.draw(&Group::with_title(Title::NOTE.primary_title(message))));
            parts.push(self.place(&related.location, Title::NOTE, AnnotationKind::Context, None));
        }
        let left_out = finding.related.len().saturating_sub(MOST_RELATED);
        if left_out > 0 {
            let message = format!("{} more; `json` lists all", count(left_out, "place"));
            parts.push(self.draw(&Group::with_title(Title::NOTE.primary_title(message))));
        }
        parts.join("\n")
    }

    /// `-->` with the place, then its lines with the mark, then `help`.
    ///
    /// The arrow's line is ours: the renderer would count the column in the excerpt, which is neither
    /// the whole line nor, where something was sanitised, the line as it stands in the file.
    fn place(&self, place: &Location, level: Title<'_>, kind: AnnotationKind, help: Option<&str>) -> String {
        let lines = place.excerpt.text.split('\n').count();
        let last_line = place.excerpt.first_line.saturating_add(lines).saturating_sub(1);
        let digits = last_line.to_string().len();
        let goes_on = (place.end.line > last_line).then(|| format!("… to line {}", place.end.line));
        let label = goes_on.as_ref().map_or(0, |label| label.width().saturating_add(1));
        let room = self.width.saturating_sub(digits).saturating_sub(BESIDE).saturating_sub(label);
        let shown = window::fit(&sanitise::excerpt(&place.excerpt), is_cut_before(place), room);

        let annotation = kind.span(shown.marked.into()).label(goes_on);
        let snippet = Snippet::source(shown.text).line_start(place.excerpt.first_line).fold(false);
        let mut group = Group::with_level(level).element(snippet.annotation(annotation));
        if let Some(help) = help {
            let indent = digits.saturating_add(" = help: ".len());
            group = group.element(Title::HELP.message(self.wrapped(help, indent)));
        }
        let (path, at) = (sanitise::line(&place.path), place.start);
        let arrow = format!("{}-->{}", self.arrow.render(), self.arrow.render_reset());
        format!("{:digits$}{arrow} {path}:{}:{}\n{}", "", at.line, at.column, self.draw(&group))
    }

    /// Untrusted `text`, wrapped to stand behind `indent` columns.
    fn wrapped(&self, text: &str, indent: usize) -> String {
        wrap(&sanitise::line(text), self.width.saturating_sub(indent).max(Options::NARROWEST / 2))
    }

    fn draw(&self, group: &Group<'_>) -> String {
        self.renderer.render(std::slice::from_ref(group))
    }
}

/// Whether the excerpt's first line lacks its beginning.
fn is_cut_before(place: &Location) -> bool {
    let before = place.excerpt.text.get(..place.excerpt.marked.start).unwrap_or_default();
    place.start.column > before.chars().count().saturating_add(1)
}
