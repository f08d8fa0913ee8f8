//! Makes documents of the real shapes, of any size, the same bytes each time: a lending shop for instruments, with as many
//! sections, features, tables, routes and faults as asked for.
#![allow(dead_code, reason = "each benchmark uses the part that it needs")]
#![allow(clippy::indexing_slicing, reason = "the indexes are drawn below the lengths")]

mod code;
mod prose;

use std::fmt::Write as _;

use self::prose::Words;

/// How large a spec pair is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Sections.
    pub(crate) sections: usize,
    /// Features of each section.
    pub(crate) features: usize,
    /// Acceptance criteria of each feature.
    pub(crate) criteria: usize,
    /// Sentences of each description.
    pub(crate) sentences: usize,
    /// How many features have a fault of each kind: a changed criterion, a forgotten policy, a forbidden package.
    pub(crate) faults: usize,
    /// Suppression comments, each with its finding.
    pub(crate) suppressions: usize,
    /// How deep the list in each section nests.
    pub(crate) nesting: usize,
}

impl Shape {
    /// About 100 KB for the integrated spec, as real ones have.
    pub(crate) const PAIR: Self =
        Self { sections: 5, features: 4, criteria: 6, sentences: 4, faults: 0, suppressions: 0, nesting: 3 };

    /// The pair, `times` as many sections long.
    pub(crate) const fn long(times: usize) -> Self {
        Self { sections: Self::PAIR.sections * times, ..Self::PAIR }
    }
}

/// A source spec and its integrated spec.
pub(crate) struct Pair {
    /// The source.
    pub(crate) source: String,
    /// The integrated spec; its header names `source.md`.
    pub(crate) integrated: String,
}

/// A pair of a shape.
pub(crate) fn pair(shape: Shape) -> Pair {
    Pair { source: source(shape), integrated: integrated(shape) }
}

fn source(shape: Shape) -> String {
    let mut text = String::from("# Instrument Loans - Structured Specification\n\n**Version:** 1.0\n\n---\n");
    for section in 1..=shape.sections {
        let name = prose::section_name(section);
        let _ = write!(text, "\n## SECTION {section}: {name}\n\n### Overview\n\n");
        let _ = write!(text, "**Section Purpose:** {}\n\n", prose::purpose(section));
        let _ = write!(text, "**User Value:** {}\n\n### Features & Requirements\n", prose::user_value(section));
        for feature in 1..=shape.features {
            feature_head(&mut text, shape, section, feature);
            let _ = write!(text, "\n{}\n", code::prisma_model(section, feature));
            feature_criteria(&mut text, shape, section, feature, false);
        }
        tasks(&mut text, shape, section);
    }
    text
}

fn integrated(shape: Shape) -> String {
    let mut text = String::from(
        "# Instrument Loans - Integrated Extension Specification\n\n\
        **Version:** 1.0 (Integrated)\n**Source Document:** `source.md`\n**Integration Date:** 2025-05-05\n\
        **Framework:** Next.js 15 (App Router)\n**Infrastructure:** Supabase\n**Status:** Ready\n\n---\n",
    );
    let mut faults = shape.faults;
    let mut suppressions = shape.suppressions;
    for section in 1..=shape.sections {
        let name = prose::section_name(section);
        let _ = write!(text, "\n## SECTION {section}: {name} - INTEGRATED\n\n### Overview\n\n");
        let _ = write!(text, "**Section Purpose:** {}\n\n", prose::purpose(section));
        let _ = write!(text, "**User Value:** {}\n\n", prose::user_value(section));
        text.push_str("### Dependencies\n\n**Codebase Infrastructure Used:**\n\n- Authentication: `requireAuth()` (not NextAuth)\n");
        for depth in 1..=shape.nesting {
            let _ = writeln!(text, "{}- Table level {depth} of the store, instead of Prisma", "  ".repeat(depth));
        }
        text.push_str("\n**Previous Section Prerequisites:**\n\n- None\n\n### Features & Requirements\n");
        for feature in 1..=shape.features {
            let is_faulty = faults > 0;
            faults = faults.saturating_sub(1);
            feature_head(&mut text, shape, section, feature);
            text.push_str("\n**Implementation (INTEGRATED)**:\n\n");
            if suppressions > 0 {
                suppressions -= 1;
                text.push_str("<!-- speclint-disable-next-line no-bullmq-redis -- the minutes say so -->\n");
                text.push_str("The queue runs on Redis.\n\n");
            }
            text.push_str(&code::migration_fence(section, feature, is_faulty));
            text.push_str(&code::route_fence(section, feature, is_faulty));
            text.push_str(&code::view_fence(section, feature));
            feature_criteria(&mut text, shape, section, feature, is_faulty);
        }
        tasks(&mut text, shape, section);
        let _ = write!(text, "\n## END OF SECTION {section}\n\n**Section Summary:** {name} is built.\n\n");
        text.push_str("**Available for Next Section:**\n\n- The tables above\n");
    }
    text.push_str("\n---\n\n**Document Status:** Complete\n**Next Step:** Segmentation\n");
    text
}

fn feature_head(text: &mut String, shape: Shape, section: usize, feature: usize) {
    let title = prose::feature_title(section, feature);
    let _ = write!(text, "\n#### FR-{section}.{feature}: {title}\n\n**Type:** Full-Stack Feature\n\n**Description:** ");
    let mut words = Words::new(section * 1000 + feature);
    for _ in 0..shape.sentences {
        words.sentence(text);
        text.push(' ');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

fn feature_criteria(text: &mut String, shape: Shape, section: usize, feature: usize, faulty: bool) {
    text.push_str("\n**Acceptance Criteria:**\n\n");
    let mut words = Words::new(section * 1000 + feature + 500);
    for criterion in 1..=shape.criteria {
        let _ = write!(text, "{criterion}. ");
        words.sentence(text);
        if faulty && criterion == 1 {
            text.push_str(" Or so.");
        }
        text.push('\n');
    }
}

fn tasks(text: &mut String, shape: Shape, section: usize) {
    text.push_str("\n### Development Tasks\n\n");
    for task in 1..=shape.features {
        let _ = writeln!(text, "- **T-{section}.{task}**: Build {}", prose::feature_title(section, task));
    }
}

/// A migration of about 1 KB.
pub(crate) fn migration(number: usize) -> String {
    code::migration(number, 1, false)
}

/// Markdown that is no spec: notes of about `bytes` bytes. One of four speaks of a technology that specs must not use.
pub(crate) fn notes(number: usize, bytes: usize) -> String {
    let mut text = format!("# Notes {number}\n\n");
    let mut words = Words::new(number);
    while text.len() < bytes {
        for _ in 0..6 {
            words.sentence(&mut text);
            text.push(' ');
        }
        if number.is_multiple_of(4) {
            text.push_str("The old service keeps its jobs in Redis and its models in Prisma. ");
        }
        text.push_str("\n\n- one\n- two\n\n```ts\nconst a = await load('x');\n```\n\n");
    }
    text
}
