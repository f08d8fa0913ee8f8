use crate::text::Span;

/// What repairs a finding: edits of the file that the finding's location names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a request: "put the source's bytes back".
    pub title: String,
    /// Whether it is applied without a second look.
    pub applicability: Applicability,
    /// What is to be changed, in order of [`Edit::span`]; the spans do not overlap. All of them are applied, or none.
    pub edits: Vec<Edit>,
}

/// How sure it is that a fix is what the author wants. Ordered: `Unsafe < Safe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// A choice that a person should look at: it may not be what the author has in mind.
    Unsafe,
    /// The only way to keep the promise that is broken, or one that changes nothing else.
    Safe,
}

/// A stretch of bytes and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is taken out, as bytes of the file; empty where something is only put in.
    pub span: Span,
    /// What is put there; empty where something is only taken out.
    pub replacement: String,
}

impl Fix {
    /// A fix that `--fix` applies.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Safe, edits)
    }

    /// A fix that is applied with `--unsafe-fixes` only.
    pub fn risky(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Unsafe, edits)
    }

    fn new(title: impl Into<String>, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        Self { title: title.into(), applicability, edits }
    }
}

impl Edit {
    /// Puts `replacement` in the place of `span`.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Puts `text` before the byte at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::empty(offset), text)
    }

    /// Takes `span` out.
    pub fn remove(span: Span) -> Self {
        Self::replace(span, "")
    }
}
