use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::diagnostics::Location;
use crate::text::{SourceFile, Span};

use super::discovery::FILE_NAMES;

/// Most problems that are kept; a file full of nonsense must not fill a terminal.
const MOST_PROBLEMS: usize = 50;

/// Why there is no configuration.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file, or a folder on the way to it, cannot be read.
    #[error("cannot read `{}`: {cause}", path.display())]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// One folder has two configuration files.
    #[error("`{}` has both `{}` and `{}`; keep one", folder.display(), FILE_NAMES[0], FILE_NAMES[1])]
    Ambiguous {
        /// The folder.
        folder: PathBuf,
    },
    /// The file or the command line says what cannot be followed.
    #[error("{}", listed(problems, *more))]
    Invalid {
        /// What is wrong, the command line's first, then in the order of the file; never empty.
        problems: Vec<Problem>,
        /// Number of further problems that were not kept.
        more: usize,
    },
}

impl ConfigError {
    pub(super) fn unreadable(path: &Path, cause: io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), cause }
    }

    /// The problems with a place; empty when the file could not be read at all.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Invalid { problems, .. } => problems,
            Self::Unreadable { .. } | Self::Ambiguous { .. } => &[],
        }
    }
}

fn listed(problems: &[Problem], more: usize) -> String {
    let mut lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

/// One thing that is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was said.
    pub origin: Origin,
    /// What is wrong, without a final full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Where a setting was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the configuration file.
    File(Location),
    /// On the command line, with this flag, such as `--select`.
    Flag(&'static str),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Origin::File(at) => write!(f, "{}:{}:{}: {}", at.path, at.start.line, at.start.column, self.message)?,
            Origin::Flag(flag) => write!(f, "{flag}: {}", self.message)?,
        }
        self.help.iter().try_for_each(|help| write!(f, "; {help}"))
    }
}

/// Where a value comes from while it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Flag(&'static str),
    File(Span),
}

/// What a check says against one value, wherever that stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Objection {
    pub message: String,
    pub help: Option<String>,
}

impl Objection {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Says what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Collects what is wrong.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems {
    found: Vec<(Place, Objection)>,
    more: usize,
}

impl Problems {
    pub(super) fn add(&mut self, place: Place, objection: Objection) {
        if self.are_full() {
            self.more += 1;
        } else {
            self.found.push((place, objection));
        }
    }

    /// Whether further problems are only counted.
    pub(super) fn are_full(&self) -> bool {
        self.found.len() >= MOST_PROBLEMS
    }

    /// The value of `checked`, or nothing and one problem more.
    pub(super) fn take<T>(&mut self, place: Place, checked: Result<T, Objection>) -> Option<T> {
        checked.map_err(|objection| self.add(place, objection)).ok()
    }

    /// All problems in order, as an error; fine when there is none. `file` is what the spans belong to.
    pub(super) fn into_result(mut self, file: &SourceFile) -> Result<(), ConfigError> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort();
        let located = |(place, Objection { message, help })| {
            let origin = match place {
                Place::File(span) => Origin::File(Location::of(file, span)),
                Place::Flag(flag) => Origin::Flag(flag),
            };
            Problem { origin, message, help }
        };
        Err(ConfigError::Invalid { problems: self.found.into_iter().map(located).collect(), more: self.more })
    }
}
