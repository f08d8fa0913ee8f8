//! The last line of the formats for people.

use super::{Options, Summary};

impl Summary {
    /// One line, such as `Checked 1 spec (2 files): 3 errors, 1 warning, 4 notes (shown with --verbose)`.
    pub(super) fn sentence(&self, options: &Options) -> String {
        let scope = format!("Checked {} ({})", count(self.specs, "spec"), count(self.files, "file"));
        let mut parts = Vec::new();
        if self.errors == 0 && self.warnings == 0 && self.notes == 0 {
            parts.push("no findings".to_owned());
        } else {
            parts.push(count(self.errors, "error"));
            parts.push(count(self.warnings, "warning"));
        }
        if self.notes > 0 {
            let hint = if options.verbose { "" } else { " (shown with --verbose)" };
            parts.push(format!("{}{hint}", count(self.notes, "note")));
        }
        if self.suppressed > 0 {
            parts.push(format!("{} suppressed", self.suppressed));
        }
        format!("{scope}: {}", parts.join(", "))
    }
}

/// `number` and `noun`, in the plural where it is due.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_what_was_checked_and_found() {
        let none = Summary { files: 1, specs: 1, ..Summary::default() };
        assert_eq!(none.sentence(&Options::default()), "Checked 1 spec (1 file): no findings");
        let notes = Summary { files: 2, specs: 1, notes: 4, suppressed: 1, ..Summary::default() };
        assert_eq!(
            notes.sentence(&Options::default()),
            "Checked 1 spec (2 files): 0 errors, 0 warnings, 4 notes (shown with --verbose), 1 suppressed"
        );
        let verbose = Options { verbose: true, ..Options::default() };
        assert_eq!(
            Summary { errors: 1, warnings: 2, ..notes }.sentence(&verbose),
            "Checked 1 spec (2 files): 1 error, 2 warnings, 4 notes, 1 suppressed"
        );
    }
}
