use std::sync::Arc;

use super::{Fingerprint, Fix, Level, Location};

/// One broken promise: what, where, why and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule, such as `no-prisma`.
    pub rule: Arc<str>,
    /// How bad it is.
    pub level: Level,
    /// Number of the checklist item that the rule serves, 1 to 15.
    pub item: Option<u8>,
    /// One sentence without a final full stop; names are in backticks.
    pub message: String,
    /// Where it stands, or should stand.
    pub location: Location,
    /// Number of the section, as in `## SECTION 2`.
    pub section: Option<String>,
    /// Id of the feature, such as `FR-2.1`.
    pub feature: Option<String>,
    /// Other places that explain it, the source's line first.
    pub related: Vec<Related>,
    /// What to do.
    pub help: Option<String>,
    /// What the finding is about (a feature id, a table, the words found), free of line numbers:
    /// it identifies the finding across edits.
    pub subject: String,
    /// Digests of the texts that it is about, here and in the source, where they are not those of its places; set by
    /// [`Finding::about`].
    pub texts: Option<[Fingerprint; 2]>,
    /// What repairs it, where speclint can: edits of the file that [`Finding::location`] names.
    pub fix: Option<Fix>,
    /// Recognises the finding after unrelated edits; set by [`Finding::identify`].
    pub fingerprint: Fingerprint,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What stands there.
    pub message: String,
}

impl Finding {
    /// A finding of `rule` at `location`; the rest is added by the methods below.
    pub fn new(rule: impl Into<Arc<str>>, level: Level, location: Location, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            rule: rule.into(),
            level,
            item: None,
            location,
            section: None,
            feature: None,
            related: Vec::new(),
            help: None,
            subject: message.clone(),
            message,
            texts: None,
            fix: None,
            fingerprint: Fingerprint::of([]),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names what the finding is about; without it, the message does.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Offers what repairs it, where there is something.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Names the texts that the finding is about, here and in the source; one that is not there is empty. Without it,
    /// they are the lines of its places. A finding whose texts have changed is another one: a baseline that accepted
    /// the old one does not silence it.
    #[must_use]
    pub fn about(mut self, here: &str, source: &str) -> Self {
        self.texts = Some([here, source].map(|text| Fingerprint::of([text])));
        self
    }

    /// Digests of the texts that the finding is about, here and in the source.
    pub fn text_digests(&self) -> [Fingerprint; 2] {
        self.texts.unwrap_or_else(|| {
            let related = self.related.iter().map(|related| related.location.excerpt.text.as_str());
            [Fingerprint::of([self.location.excerpt.text.as_str()]), Fingerprint::of(related)]
        })
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related { location, message: message.into() });
        self
    }

    /// Names the feature that the finding belongs to.
    #[must_use]
    pub fn feature(mut self, id: impl Into<String>) -> Self {
        self.feature = Some(id.into());
        self
    }

    /// Names the section that the finding belongs to.
    #[must_use]
    pub fn section(mut self, number: impl Into<String>) -> Self {
        self.section = Some(number.into());
        self
    }

    /// Sets another level than the rule's.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Order of all reports: file, position, rule, then whatever makes it total.
    pub fn sort_key(&self) -> impl Ord + '_ {
        (&self.location.path, self.location.span, &self.rule, &self.message, &self.subject)
    }

    /// Sets the fingerprint. `ordinal` counts the findings of the same rule, file and subject before this one.
    pub fn identify(&mut self, ordinal: usize) {
        let feature = self.feature.as_deref().unwrap_or("");
        self.fingerprint =
            Fingerprint::of([&*self.rule, &*self.location.path, feature, &self.subject, &ordinal.to_string()]);
    }
}
