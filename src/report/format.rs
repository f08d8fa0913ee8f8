use std::fmt;
use std::io::{self, BufWriter, Write};
use std::str::FromStr;

use super::{Setting, concise, github, gitlab, json, junit, markdown, rdjson, sarif, text};
use crate::diagnostics::{Level, Report};

/// A format that a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people: source lines, checklist, fidelity, summary.
    Text,
    /// For people and editors: one line a finding.
    Concise,
    /// For programs: everything there is.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For GitHub Actions: annotations, as workflow commands.
    Github,
    /// For GitLab: Code Quality.
    Gitlab,
    /// For build servers: a test case a finding.
    Junit,
    /// For reviewdog: Reviewdog Diagnostic Format.
    Rdjson,
    /// For people: the summary of a job or a comment, in GitHub's Markdown.
    Markdown,
}

/// What of a report is written, and how. Formats for programs always hold everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether ANSI colours are written.
    pub colour: bool,
    /// Columns to stay within, as far as single words allow; at least [`Options::NARROWEST`] are used.
    pub width: usize,
    /// How much is said.
    pub detail: Detail,
    /// How many findings each rule has, before the summary.
    pub statistics: bool,
}

/// How much the formats for people say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Errors and warnings, nothing else.
    Quiet,
    /// Errors and warnings, the checklist, the fidelity, and a summary that counts the notes.
    #[default]
    Normal,
    /// The notes as well.
    Verbose,
}

/// No format has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownFormat {
    name: String,
}

impl Options {
    /// The least number of columns that text is laid out for.
    pub const NARROWEST: usize = 40;

    /// Whether findings of `level` are written one by one in the formats for people.
    pub(super) fn shows(&self, level: Level) -> bool {
        self.detail == Detail::Verbose || level > Level::Note
    }

    /// Whether there is more than findings.
    pub(super) fn shows_overview(&self) -> bool {
        self.detail != Detail::Quiet
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { colour: false, width: 80, detail: Detail::default(), statistics: false }
    }
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Rdjson,
        Self::Markdown,
    ];

    /// Whether it needs the texts of the files that findings point into: for what stands around a place, or for the
    /// places of a fix.
    pub fn shows_texts(self) -> bool {
        matches!(self, Self::Sarif | Self::Rdjson)
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Markdown => "markdown",
        }
    }

    /// Writes `report` to `out`, buffered and flushed.
    pub fn write(
        self,
        report: &Report,
        setting: &Setting<'_>,
        options: &Options,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        match self {
            Self::Text => text::write(report, options, &mut out)?,
            Self::Concise => concise::write(report, options, &mut out)?,
            Self::Json => json::write(report, &mut out)?,
            Self::Sarif => sarif::write(report, setting, &mut out)?,
            Self::Github => github::write(report, setting, options, &mut out)?,
            Self::Gitlab => gitlab::write(report, setting, &mut out)?,
            Self::Junit => junit::write(report, setting, &mut out)?,
            Self::Rdjson => rdjson::write(report, setting, &mut out)?,
            Self::Markdown => markdown::write(report, setting, &mut out)?,
        }
        out.flush()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

impl UnknownFormat {
    /// The format that was probably meant.
    fn nearest(&self) -> Option<Format> {
        // Above 0.7 the measure accepts a slip or two (`jsn`, `cocnise`), but no other word.
        let likeness = |format: Format| strsim::jaro_winkler(format.name(), &self.name.to_lowercase());
        let near = Format::ALL.into_iter().filter(|&format| likeness(format) > 0.7);
        near.max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)))
    }
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no report format", super::sanitise::line(&self.name))?;
        if let Some(format) = self.nearest() {
            write!(f, "; did you mean `{format}`?")?;
        }
        f.write_str(" (formats: ")?;
        for (number, format) in Format::ALL.into_iter().enumerate() {
            write!(f, "{}`{format}`", if number == 0 { "" } else { ", " })?;
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_right_name() {
        let error = |name: &str| name.parse::<Format>().unwrap_err().to_string();
        let formats =
            "(formats: `text`, `concise`, `json`, `sarif`, `github`, `gitlab`, `junit`, `rdjson`, `markdown`)";
        assert_eq!(error("JSN"), format!("`JSN` is no report format; did you mean `json`? {formats}"));
        assert_eq!(error("sarfi"), format!("`sarfi` is no report format; did you mean `sarif`? {formats}"));
        for unknown in ["pdf", "html", ""] {
            assert_eq!(error(unknown), format!("`{unknown}` is no report format {formats}"));
        }
    }
}
