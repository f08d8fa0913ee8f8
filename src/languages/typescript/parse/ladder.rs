use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use super::blank::{blanked, comment_gaps, elisions, prose};
use super::close::{Closing, closings};
use crate::languages::typescript::extract;
use crate::languages::typescript::model::{Confidence, Facts, Gap, GapKind};
use crate::languages::typescript::tokens::{Token, tokens};
use crate::text::Span;

/// What a fragment is put into so that it becomes a program: before and behind it.
const WRAPS: &[(&str, &str)] = &[("class _ {", "\n}"), ("({", "\n})"), ("(", "\n)"), ("async function _() {", "\n}")];

/// Longest text that is taken for a fragment of something, in bytes.
const FRAGMENT: usize = 32 << 10;

/// Repairs a text step by step until the parser has nothing to say against it.
#[derive(Default)]
pub(super) struct Ladder {
    allocator: Allocator,
}

/// One rung: a repaired text.
struct Rung<'a> {
    text: &'a str,
    /// Bytes that were put before the original text.
    shift: usize,
    /// Length of the original text that is parsed.
    kept: usize,
    /// Length of the original text.
    len: usize,
    confidence: Confidence,
    /// Where code was left out; `None` when only the parser's comments can tell.
    gaps: Option<&'a [Gap]>,
}

impl Ladder {
    /// The facts of the first rung that parses without any diagnostic; `None` when none does.
    ///
    /// A diagnostic of any kind counts as failure: after some of them the tree is silently truncated.
    pub(super) fn climb(&mut self, text: &str) -> Option<Facts> {
        let whole =
            Rung { text, shift: 0, kept: text.len(), len: text.len(), confidence: Confidence::Parsed, gaps: None };
        if let Some(facts) = self.step(&whole) {
            return Some(facts);
        }
        let all: Vec<Token> = tokens(text).collect();
        let closings = closings(text, &all);
        let comments = all.iter().filter(|token| token.is_comment()).map(|token| token.span);
        let mut gaps = comment_gaps(text, comments);
        let mut base = text.to_owned();
        for stretches in [elisions(text, &all), prose(text, &all)] {
            if !stretches.is_empty() {
                base = blanked(&base, &stretches);
                gaps.extend(stretches.iter().map(|stretch| stretch.gap));
                gaps.sort_by_key(|gap| gap.span);
                let rung = Rung { text: &base, confidence: Confidence::Repaired, gaps: Some(&gaps), ..whole };
                if let Some(facts) = self.step(&rung) {
                    return Some(facts);
                }
            }
            if let Some(facts) = self.close(&base, &gaps, &closings) {
                return Some(facts);
            }
        }
        self.wrap(&base, gaps, closings.first())
    }

    fn close(&mut self, base: &str, gaps: &[Gap], closings: &[Closing]) -> Option<Facts> {
        closings.iter().find_map(|closing| {
            let kept = base.get(..closing.cut)?;
            let text = format!("{kept}{}", closing.suffix);
            let mut gaps: Vec<Gap> = gaps.iter().copied().filter(|gap| gap.span.end <= closing.cut).collect();
            gaps.push(Gap { span: Span::new(closing.cut, base.len()), kind: GapKind::Truncation });
            let mut facts = self.step(&Rung {
                text: &text,
                shift: 0,
                kept: closing.cut,
                len: base.len(),
                confidence: Confidence::Repaired,
                gaps: Some(&gaps),
            })?;
            let cut: Vec<Token> = tokens(base).skip_while(|token| token.span.start < closing.cut).collect();
            facts.append(super::scanned::scanned(base, &cut));
            Some(facts)
        })
    }

    fn wrap(&mut self, base: &str, mut gaps: Vec<Gap>, closing: Option<&Closing>) -> Option<Facts> {
        if base.len() > FRAGMENT {
            return None;
        }
        let end = closing.map_or("", |closing| closing.suffix.as_str());
        if closing.is_some() {
            gaps.push(Gap { span: Span::empty(base.len()), kind: GapKind::Truncation });
        }
        WRAPS.iter().find_map(|(before, behind)| {
            let text = format!("{before}{base}{end}{behind}");
            self.step(&Rung {
                text: &text,
                shift: before.len(),
                kept: base.len(),
                len: base.len(),
                confidence: Confidence::Repaired,
                gaps: Some(&gaps),
            })
        })
    }

    /// The facts of one rung, as TSX or else as TypeScript (where `<T>value` is a cast).
    fn step(&mut self, rung: &Rung<'_>) -> Option<Facts> {
        let dialects: &[SourceType] =
            if rung.text.contains('<') { &[SourceType::tsx(), SourceType::ts()] } else { &[SourceType::tsx()] };
        dialects.iter().find_map(|&dialect| self.parse(rung, dialect))
    }

    fn parse(&mut self, rung: &Rung<'_>, dialect: SourceType) -> Option<Facts> {
        self.allocator.reset();
        let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
        let parsed = Parser::new(&self.allocator, rung.text, dialect).with_options(options).parse();
        if parsed.panicked || !parsed.diagnostics.is_empty() {
            return None;
        }
        let comments = parsed.program.comments.iter();
        let comments = comments.map(|comment| Span::new(comment.span.start as usize, comment.span.end as usize));
        let gaps = rung.gaps.map_or_else(|| comment_gaps(rung.text, comments), <[Gap]>::to_vec);
        let semantic = SemanticBuilder::new().build(&parsed.program).semantic;
        let place = extract::Place { shift: rung.shift, kept: rung.kept, len: rung.len };
        let mut facts = extract::facts(&parsed.program, semantic.scoping(), place, gaps);
        facts.confidence = rung.confidence;
        Some(facts)
    }
}
