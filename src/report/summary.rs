//! The last line of the formats for people.

use super::Options;
use crate::diagnostics::{Level, Summary};

impl Summary {
    /// One line, such as `Checked 2 files (1 spec): 3 errors, 1 warning, 4 notes (shown with --verbose)`.
    pub(super) fn sentence(&self, options: &Options) -> String {
        let specs = if self.specs == 0 { String::new() } else { format!(" ({})", count(self.specs, "spec")) };
        let mut parts = Vec::new();
        if self.errors == 0 && self.warnings == 0 && self.notes == 0 {
            parts.push("no findings".to_owned());
        } else {
            parts.push(count(self.errors, "error"));
            parts.push(count(self.warnings, "warning"));
        }
        if self.notes > 0 {
            let hint = if options.shows(Level::Note) { "" } else { " (shown with --verbose)" };
            parts.push(format!("{}{hint}", count(self.notes, "note")));
        }
        if self.suppressed > 0 {
            parts.push(format!("{} suppressed", self.suppressed));
        }
        if self.unused_baseline_entries > 0 {
            let entries = if self.unused_baseline_entries == 1 { "entry" } else { "entries" };
            parts.push(format!("{} unused baseline {entries}", self.unused_baseline_entries));
        }
        if let Some(fixed) = self.fixed {
            parts.push(format!("{fixed} fixed"));
        }
        format!("Checked {}{specs}: {}", count(self.files, "file"), parts.join(", "))
    }
}

/// `number` and `noun`, in the plural where it is due.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::Detail;
    use super::*;

    #[test]
    fn the_sentence_says_what_was_checked_and_found() {
        let none = Summary { files: 1, specs: 1, ..Summary::default() };
        assert_eq!(none.sentence(&Options::default()), "Checked 1 file (1 spec): no findings");
        let no_spec = Summary { files: 3, ..Summary::default() };
        assert_eq!(no_spec.sentence(&Options::default()), "Checked 3 files: no findings");
        let notes = Summary { files: 2, specs: 1, notes: 4, suppressed: 1, ..Summary::default() };
        assert_eq!(
            notes.sentence(&Options::default()),
            "Checked 2 files (1 spec): 0 errors, 0 warnings, 4 notes (shown with --verbose), 1 suppressed"
        );
        let verbose = Options { detail: Detail::Verbose, ..Options::default() };
        assert_eq!(
            Summary { errors: 1, warnings: 2, ..notes }.sentence(&verbose),
            "Checked 2 files (1 spec): 1 error, 2 warnings, 4 notes, 1 suppressed"
        );
        let fixed = Summary { files: 1, specs: 1, fixed: Some(3), ..Summary::default() };
        assert_eq!(fixed.sentence(&Options::default()), "Checked 1 file (1 spec): no findings, 3 fixed");
    }
}
