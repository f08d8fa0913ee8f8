//! Findings that are accepted for now.
//!
//! A baseline is text: a line that says what it is and which version, then one JSON object a line for each accepted
//! finding, sorted. There is no count and no line number in it, so that two branches that add or drop entries merge.
//! Two findings that are alike have two entries that are alike.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, Fingerprint};

/// The version that is written and read.
const VERSION: u64 = 1;

/// One accepted finding: what it is, and the digests of the texts that it is about. When one of these changes, the
/// entry fits no longer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Path of the file, relative to the repository's root, with `/`.
    pub file: String,
    /// Id of the rule.
    pub rule: String,
    /// Id of the feature, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// What the finding is about.
    pub subject: String,
    /// Digest of the text here.
    pub text: Fingerprint,
    /// Digest of the text in the source, or of the other places.
    pub source: Fingerprint,
}

/// The accepted findings of a project, each with its line in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<(Entry, usize)>,
}

/// A baseline that is not followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct BaselineError {
    /// 1-based number of the line.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// A baseline while findings are held against it: each entry accepts one finding.
#[derive(Clone, Debug)]
pub struct Matching<'b> {
    /// Numbers of the lines that are left, the first one last.
    left: BTreeMap<&'b Entry, Vec<usize>>,
}

/// The first line of a baseline.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    #[serde(rename = "speclint-baseline")]
    version: u64,
}

/// The first line of the baselines that are written.
const HEADER: Header = Header { version: VERSION };

impl Entry {
    /// The entry that accepts `finding`, whose file is called `file` in the baseline.
    pub fn of(finding: &Finding, file: String) -> Self {
        let [text, source] = finding.text_digests();
        let (rule, feature) = (finding.rule.to_string(), finding.feature.clone());
        Self { file, rule, feature, subject: finding.subject.clone(), text, source }
    }
}

impl Baseline {
    /// A baseline of these entries.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort();
        // The header is line 1.
        Self { entries: entries.into_iter().zip(2..).collect() }
    }

    /// Reads the text of a baseline. The order of the entries and blank lines do not matter.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let (first, line) = lines.next().unwrap_or(("", 1));
        let header: Header = Some(first)
            .filter(|first| first.trim_start().starts_with('{'))
            .and_then(|first| serde_json::from_str(first).ok())
            .ok_or_else(|| {
                let message =
                    format!("this is no baseline: its first line must be `{{\"speclint-baseline\":{VERSION}}}`");
                BaselineError { line, message }
            })?;
        if header.version != VERSION {
            let message = format!(
                "the baseline has version {}, and this program knows version {VERSION}; update speclint, or write the baseline anew",
                header.version
            );
            return Err(BaselineError { line, message });
        }
        let entry = |(text, line)| match read(text) {
            Ok(entry) => Ok((entry, line)),
            Err(message) => Err(BaselineError { line, message }),
        };
        Ok(Self { entries: lines.map(entry).collect::<Result<_, _>>()? })
    }

    /// The first line of the file, to be written as JSON; the [entries](Baseline::entries) follow, one a line.
    pub fn header() -> impl Serialize {
        HEADER
    }

    /// The entries; those of [`Baseline::new`] are sorted.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(|(entry, _)| entry)
    }

    /// Begins to hold findings against it.
    pub fn matching(&self) -> Matching<'_> {
        let mut left: BTreeMap<&Entry, Vec<usize>> = BTreeMap::new();
        for (entry, line) in self.entries.iter().rev() {
            left.entry(entry).or_default().push(*line);
        }
        Matching { left }
    }
}

impl<'b> Matching<'b> {
    /// Whether an entry accepts the finding that `entry` stands for. The entry that does is used up.
    pub fn take(&mut self, entry: &Entry) -> bool {
        self.left.get_mut(entry).is_some_and(|lines| lines.pop().is_some())
    }

    /// The entries that have accepted nothing, with their lines, in the order of the file.
    pub fn unused(self) -> Vec<(&'b Entry, usize)> {
        let left = self.left.into_iter().flat_map(|(entry, lines)| lines.into_iter().map(move |line| (entry, line)));
        let mut unused: Vec<_> = left.collect();
        unused.sort_by_key(|(_, line)| *line);
        unused
    }
}

fn read(text: &str) -> Result<Entry, String> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| text.starts_with(marker)) {
        return Err("a conflict of a merge was left here: keep the lines of both sides, without the markers".to_owned());
    }
    if !text.trim_start().starts_with('{') {
        return Err("this is no entry of a baseline: it is no JSON object".to_owned());
    }
    // serde_json counts lines of its own, and there is only one.
    let plain = |error: serde_json::Error| {
        let message = error.to_string();
        let end = message.rfind(" at line ").unwrap_or(message.len());
        format!("this is no entry of a baseline: {}", message.get(..end).unwrap_or_default())
    };
    serde_json::from_str(text).map_err(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(file: &str, subject: &str) -> Entry {
        let digest = Fingerprint::of([subject]);
        let (file, subject) = (file.to_owned(), subject.to_owned());
        Entry { file, rule: "no-swr".to_owned(), feature: None, subject, text: digest, source: Fingerprint::of([]) }
    }

    fn written(baseline: &Baseline) -> String {
        let entries = baseline.entries().map(|entry| serde_json::to_string(entry).unwrap());
        let lines = std::iter::once(serde_json::to_string(&Baseline::header()).unwrap()).chain(entries);
        lines.map(|line| line + "\n").collect()
    }

    #[test]
    fn a_baseline_is_a_header_and_sorted_lines() {
        let baseline = Baseline::new([entry("b.md", "usage SWR"), entry("a.md", "usage SWR")]);
        insta::assert_snapshot!(written(&baseline), @r#"
        {"speclint-baseline":1}
        {"file":"a.md","rule":"no-swr","subject":"usage SWR","text":"c2b24e4dff5d5b1b","source":"cbf29ce484222325"}
        {"file":"b.md","rule":"no-swr","subject":"usage SWR","text":"c2b24e4dff5d5b1b","source":"cbf29ce484222325"}
        "#);
    }

    #[test]
    fn twins_are_accepted_one_by_one() {
        let baseline = Baseline::new([entry("a.md", "x"), entry("a.md", "x"), entry("b.md", "x")]);
        let mut matching = baseline.matching();
        assert_eq!([(); 3].map(|()| matching.take(&entry("a.md", "x"))), [true, true, false]);
        assert!(!matching.take(&entry("b.md", "y")));
        assert_eq!(matching.unused(), [(&entry("b.md", "x"), 4)]);
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_line() {
        let good = "{\"rule\":\"r\",\"file\":\"f\",\"subject\":\"s\",\"text\":\"0123456789abcdef\",\"source\":\"0123456789abcdef\"}";
        let error = |text: &str| Baseline::parse(text).unwrap_err().to_string();
        let behind = |line: &str| error(&format!("{{\"speclint-baseline\":1}}\r\n{good}\r\n{line}\r\n"));
        insta::assert_snapshot!([
            error(""),
            error("\n{}"),
            error("{\"speclint-baseline\":2}\nwhatever"),
            error(&format!("{good}\n")),
            behind("<<<<<<< HEAD"),
            behind("{"),
            behind("[1]"),
            behind(&good.replace("rule", "rules")),
            behind(&good.replace("0123456789abcdef", "0123")),
        ].join("\n"), @r#"
        line 1: this is no baseline: its first line must be `{"speclint-baseline":1}`
        line 2: this is no baseline: its first line must be `{"speclint-baseline":1}`
        line 1: the baseline has version 2, and this program knows version 1; update speclint, or write the baseline anew
        line 1: this is no baseline: its first line must be `{"speclint-baseline":1}`
        line 3: a conflict of a merge was left here: keep the lines of both sides, without the markers
        line 3: this is no entry of a baseline: EOF while parsing an object
        line 3: this is no entry of a baseline: it is no JSON object
        line 3: this is no entry of a baseline: unknown field `rules`, expected one of `file`, `rule`, `feature`, `subject`, `text`, `source`
        line 3: this is no entry of a baseline: a digest has 16 lower-case hexadecimal digits
        "#);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(subjects in prop::collection::vec("\\PC{0,8}", 0..6)) {
            let baseline = Baseline::new(subjects.iter().map(|subject| entry(subject, subject)));
            prop_assert_eq!(Baseline::parse(&written(&baseline)), Ok(baseline));
        }

        #[test]
        fn no_text_makes_it_panic(text in "(\\PC|\n|\r){0,80}") {
            let _ = Baseline::parse(&format!("{{\"speclint-baseline\":1}}\n{text}"));
        }
    }
}
