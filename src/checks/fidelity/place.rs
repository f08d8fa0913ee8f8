use crate::checks::Context;
use crate::text::Span;

/// Where something that the source defines and the integrated spec lacks should stand.
pub(super) struct Place {
    /// The heading of the feature that should define it, else that of the section, else the title.
    pub span: Span,
    /// The feature's id in the source.
    pub feature: Option<String>,
    /// The section's number in the source.
    pub section: Option<String>,
}

impl Place {
    /// Where what stands at `offset` of the source should stand.
    pub(super) fn of(cx: &Context<'_, '_>, offset: usize) -> Self {
        let (Some(source), Some(trace)) = (&cx.pair.source, &cx.pair.trace) else {
            return Self { span: cx.pair.title_place(), feature: None, section: None };
        };
        let feature_place = source.feature_at(offset);
        let feature = feature_place.and_then(|place| source.feature(place));
        let target = feature_place
            .and_then(|place| trace.features.iter().find(|trace| trace.source == place))
            .and_then(|trace| trace.target.or(trace.likely))
            .and_then(|target| cx.pair.integrated.feature(target));
        let section = source.section_at(offset);
        let number = section.and_then(|index| source.sections.get(index)).map(|section| section.number.clone());
        let span = match (target, section) {
            (Some(target), _) => target.place,
            (None, Some(section)) => cx.pair.place_of_section(section),
            (None, None) => cx.pair.title_place(),
        };
        Self { span, feature: feature.map(|feature| feature.id.clone()), section: number }
    }
}
