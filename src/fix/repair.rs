use std::collections::BTreeSet;

use super::judge::{identity, is_better};
use super::patch::Patch;
use super::select::{Choice, edits_in, select};
use crate::diagnostics::{Applicability, Finding};

/// Most passes. Fixes at the same place are applied one a pass.
const MOST_PASSES: usize = 32;

/// Most checks of the same files: what is still in doubt then is left as it is.
const MOST_CHECKS: usize = 96;

/// The findings of the present texts of all files, in the order of the report.
pub type Check<'c, E> = dyn Fn(&[String]) -> Result<Vec<Finding>, E> + 'c;

/// What became of files.
#[derive(Clone, Debug)]
pub struct Repair<'t> {
    /// The files with all edits, in the order given.
    pub patches: Vec<Patch<'t>>,
    /// How many findings were repaired in each.
    pub fixed: Vec<usize>,
}

/// A state of the files with what a check says of it.
struct State<'t> {
    patches: Vec<Patch<'t>>,
    findings: Vec<Finding>,
}

/// Applies the fixes that `check` offers, at least as sure as `least`, until none is left.
///
/// `files` are the names that findings use and the texts; `check` takes their present texts in the same order and gives
/// the findings in the order of the report. Findings in other files are left alone.
///
/// # Errors
/// The first error of `check`.
pub fn repair<'t, E>(files: &[(&str, &'t str)], least: Applicability, check: &Check<'_, E>) -> Result<Repair<'t>, E> {
    let patches: Vec<Patch<'t>> = files.iter().map(|(_, text)| Patch::new(text)).collect();
    let findings = check(&texts(&patches))?;
    let mut repairer =
        Repairer { names: files.iter().map(|(name, _)| *name).collect(), check, checks: 1, rejected: BTreeSet::new() };
    let mut state = State { patches, findings };
    let mut fixed = vec![0; files.len()];
    for _ in 0..MOST_PASSES {
        let choices = repairer.choose(&state, least);
        if choices.is_empty() {
            break;
        }
        let (next, accepted) = repairer.settle(state, choices)?;
        state = next;
        for (index, count) in fixed.iter_mut().enumerate() {
            *count += accepted.iter().filter(|choice| choice.file == index).count();
        }
    }
    Ok(Repair { patches: state.patches, fixed })
}

fn texts(patches: &[Patch<'_>]) -> Vec<String> {
    patches.iter().map(Patch::text).collect()
}

struct Repairer<'r, E> {
    names: Vec<&'r str>,
    check: &'r Check<'r, E>,
    checks: usize,
    /// Findings whose fixes did no good.
    rejected: BTreeSet<String>,
}

impl<E> Repairer<'_, E> {
    fn choose(&self, state: &State<'_>, least: Applicability) -> Vec<Choice> {
        let texts = texts(&state.patches);
        let files: Vec<(&str, &str)> = self.names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
        select(&state.findings, &files, least, |finding| !self.rejected.contains(&identity(finding)))
    }

    /// Applies as many of `choices` as do good. Where all together do not, halves of them are tried, down to single
    /// ones. Returns the new state and those that were applied.
    fn settle<'t>(&mut self, state: State<'t>, choices: Vec<Choice>) -> Result<(State<'t>, Vec<Choice>), E> {
        let mut accepted: Vec<Choice> = Vec::new();
        let mut best: Option<State<'t>> = None;
        let mut batches = vec![choices];
        while let Some(batch) = batches.pop() {
            let trial: Vec<Choice> = accepted.iter().chain(&batch).copied().collect();
            if let Some(next) = self.attempt(&state, &trial)? {
                accepted = trial;
                best = Some(next);
            } else if batch.len() > 1 && self.checks < MOST_CHECKS {
                let (first, second) = batch.split_at(batch.len() / 2);
                batches.push(second.to_vec());
                batches.push(first.to_vec());
            } else {
                let findings = batch.iter().filter_map(|choice| state.findings.get(choice.finding));
                self.rejected.extend(findings.map(identity));
            }
        }
        Ok((best.unwrap_or(state), accepted))
    }

    /// The state after `choices`, where it is better than before.
    fn attempt<'t>(&mut self, state: &State<'t>, choices: &[Choice]) -> Result<Option<State<'t>>, E> {
        if self.checks >= MOST_CHECKS {
            return Ok(None);
        }
        let patch = |(file, patch): (usize, &Patch<'t>)| patch.with(&edits_in(&state.findings, choices, file));
        let Some(patches) = state.patches.iter().enumerate().map(patch).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        self.checks += 1;
        let findings = (self.check)(&texts(&patches))?;
        Ok(is_better(&state.findings, choices, &findings).then_some(State { patches, findings }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Edit, Fix, Level, Location};
    use crate::text::{SourceFile, Span};

    /// A rule against the letter `x`, whose fix writes what `replacement` says.
    fn letters(text: &str, replacement: &str) -> Vec<Finding> {
        let file = SourceFile::new("a.md", text.into());
        let places = text.match_indices('x').map(|(at, _)| Span::new(at, at + 1));
        let finding = |span| {
            let finding = Finding::new("no-x", Level::Error, Location::of(&file, span), "x");
            finding.fix(Fix::safe("replace", vec![Edit::replace(span, replacement)]))
        };
        places.map(finding).collect()
    }

    fn repaired(text: &str, replacement: &str) -> (String, usize) {
        let check = |texts: &[String]| Ok::<_, ()>(letters(&texts[0], replacement));
        let repair = repair(&[("a.md", text)], Applicability::Safe, &check).unwrap();
        (repair.patches[0].text(), repair.fixed[0])
    }

    #[test]
    fn fixes_are_applied_until_none_is_left() {
        assert_eq!(repaired("axbxxc", "y"), ("aybyyc".to_owned(), 3), "neighbours take turns");
    }

    #[test]
    fn a_fix_that_does_no_good_is_taken_back() {
        assert_eq!(repaired("axb", "xx"), ("axb".to_owned(), 0));
        assert_eq!(repaired("axb", "xz"), ("axb".to_owned(), 0), "it would go on for ever");
    }

    #[test]
    fn a_bad_fix_does_not_keep_the_good_ones_out() {
        let check = |texts: &[String]| {
            let mut findings = letters(&texts[0], "y");
            for finding in findings.iter_mut().filter(|finding| finding.location.span.start == 2) {
                finding.subject = "bad".to_owned();
                finding.fix = Some(Fix::safe("worse", vec![Edit::replace(finding.location.span, "x!x")]));
            }
            Ok::<_, ()>(findings)
        };
        let repair = repair(&[("a.md", "x x x x")], Applicability::Safe, &check).unwrap();
        assert_eq!((repair.patches[0].text().as_str(), repair.fixed[0]), ("y x y y", 3));
    }
}
