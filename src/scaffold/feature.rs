use super::draft::{Draft, marker};
use super::implementation;
use super::plan::{Home, Plan};
use crate::spec::{Feature, FeatureIndex, Shape};

/// A feature: its texts as the source has them, and between them what is built.
pub(super) fn write(draft: &mut Draft<'_>, plan: &Plan<'_>, place: FeatureIndex, feature: &Feature<'_>) {
    let document = plan.source.document;
    draft.heading(4, &format!("{}: {}", feature.id, document.slice(feature.short_title)));
    if feature.shape == Shape::Body {
        let open = |name: &str| format!("**{name}:** {}", marker("the source does not say"));
        match &feature.kind {
            Some(kind) => draft.preserved("Type", kind),
            None => draft.paragraph(&open("Type")),
        }
        match &feature.description {
            Some(description) => draft.preserved("Description", description),
            None => draft.paragraph(&open("Description")),
        }
    }
    draft.paragraph("**Implementation (INTEGRATED)**:");
    let home = Home::Feature(place);
    let wrote = implementation::write(draft, plan, home);
    draft.paragraph(&marker(if wrote {
        "what else this feature needs: pages, components, rules of its own"
    } else {
        "how this feature is built on the codebase"
    }));
    if let Some(criteria) = &feature.criteria {
        draft.preserved("Acceptance Criteria", criteria);
    }
    draft.rule();
}
