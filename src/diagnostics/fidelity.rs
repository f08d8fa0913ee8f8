use std::sync::Arc;

/// What became of a source's content in one integrated spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fidelity {
    /// Path of the integrated spec, as findings show it.
    pub spec: Arc<str>,
    /// The source's sections.
    pub sections: Tally,
    /// The source's features.
    pub features: Tally,
    /// The source's acceptance criteria.
    pub criteria: Tally,
    /// The source's endpoints.
    pub endpoints: Tally,
    /// The source's Prisma models.
    pub models: Tally,
    /// The source's development tasks.
    pub tasks: Tally,
}

impl Fidelity {
    /// The kinds of content with what people call them.
    pub fn kinds(&self) -> [(&'static str, Tally); 6] {
        [
            ("sections", self.sections),
            ("features", self.features),
            ("criteria", self.criteria),
            ("endpoints", self.endpoints),
            ("models", self.models),
            ("tasks", self.tasks),
        ]
    }
}

/// The fates of one kind of content; `total` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many the source has.
    pub total: usize,
    /// Found where they belong, unchanged.
    pub kept: usize,
    /// Found unchanged elsewhere or under another id.
    pub moved: usize,
    /// Found, but different.
    pub changed: usize,
    /// Left out for a stated reason.
    pub skipped: usize,
    /// Gone.
    pub missing: usize,
}
