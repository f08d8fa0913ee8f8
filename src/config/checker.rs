use std::collections::{BTreeMap, BTreeSet};

use crate::text::Span;

use super::KnownRules;
use super::error::{Objection, Place, Problems};
use super::level::LevelSetting;
use super::pattern::checked;
use super::placed::Placed;
use super::raw::{RawConfig, Text};
use super::resolve::Overrides;
use super::selection::Layer;

/// Most entries of a list or table: their patterns and suggestions take time.
const MOST_ENTRIES: usize = 500;

/// One text to check, and where it was written.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub place: Place,
    pub text: &'t str,
}

/// The entries of a list of the file, or of an optional value.
pub(super) fn in_file<'t>(texts: impl IntoIterator<Item = &'t Text>) -> impl Iterator<Item = Entry<'t>> {
    texts.into_iter().map(|text| Entry { place: Place::File(text.span), text: &text.value })
}

/// The values of a flag.
pub(super) fn by_flag<'t>(
    flag: &'static str,
    texts: impl IntoIterator<Item = &'t String>,
) -> impl Iterator<Item = Entry<'t>> {
    texts.into_iter().map(move |text| Entry { place: Place::Flag(flag), text })
}

/// Reads values, and collects what is wrong with those that cannot be read.
pub(super) struct Checker<'a> {
    pub rules: &'a KnownRules<'a>,
    pub problems: Problems,
}

impl Checker<'_> {
    /// What `read` makes of each entry.
    pub(super) fn list<'t, T>(
        &mut self,
        entries: impl IntoIterator<Item = Entry<'t>>,
        read: impl Fn(&'t str) -> Result<T, Objection>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for (number, entry) in entries.into_iter().enumerate() {
            if number == MOST_ENTRIES {
                self.problems.add(entry.place, Objection::new(format!("more than {MOST_ENTRIES} entries")));
                break;
            }
            values.extend(self.problems.take(entry.place, read(entry.text)));
        }
        values
    }

    /// What `read` makes of the entry, if there is one.
    pub(super) fn value<'t, T>(
        &mut self,
        entry: impl IntoIterator<Item = Entry<'t>>,
        read: impl Fn(&'t str) -> Result<T, Objection>,
    ) -> Option<T> {
        self.list(entry, read).pop()
    }

    /// What `read` makes of `value`, with its place.
    pub(super) fn placed<V, T>(
        &mut self,
        value: Option<&Placed<V>>,
        read: impl Fn(&V) -> Result<T, Objection>,
    ) -> Option<Placed<T>> {
        let value = value?;
        let checked = self.problems.take(Place::File(value.span), read(&value.value))?;
        Some(value.with(checked))
    }

    /// What the file says of the rules.
    pub(super) fn file_layer(&mut self, raw: &RawConfig) -> Layer {
        let levels = raw.levels.iter().map(|(name, level)| {
            let name = Entry { place: Place::File(Span::from(name.span())), text: name.get_ref() };
            (name, Entry { place: Place::File(level.span), text: &level.value })
        });
        Layer {
            select: raw.select.as_ref().map(|select| {
                if select.value.is_empty() {
                    let objection = Objection::new("`select` is empty, so that no rule would run");
                    self.problems.add(Place::File(select.span), objection.help("leave it out to run all rules"));
                }
                self.names(in_file(&select.value))
            }),
            ignore: self.names(in_file(&raw.ignore)),
            levels: self.levels(levels),
        }
    }

    /// What the command line says of the rules.
    pub(super) fn command_line_layer(&mut self, overrides: &Overrides) -> Layer {
        let parts: Vec<_> = self.list(by_flag("--level", &overrides.levels), |text| {
            text.split_once('=').ok_or_else(|| Objection::new(format!("`{text}` is no `RULE=LEVEL`")))
        });
        let entry = |text| Entry { place: Place::Flag("--level"), text };
        Layer {
            select: (!overrides.select.is_empty()).then(|| self.names(by_flag("--select", &overrides.select))),
            ignore: self.names(by_flag("--ignore", &overrides.ignore)),
            levels: self.levels(parts.into_iter().map(|(name, level)| (entry(name), entry(level)))),
        }
    }

    fn names<'t>(&mut self, entries: impl IntoIterator<Item = Entry<'t>>) -> BTreeSet<String> {
        let rules = self.rules;
        self.list(entries, |name| rule_name(name, rules)).into_iter().collect()
    }

    fn levels<'t>(
        &mut self,
        entries: impl IntoIterator<Item = (Entry<'t>, Entry<'t>)>,
    ) -> BTreeMap<String, LevelSetting> {
        let rules = self.rules;
        let mut levels = BTreeMap::new();
        for (name, level) in entries {
            let name = self.value([name], |name| rule_name(name, rules));
            let level = self.value([level], LevelSetting::parse);
            levels.extend(name.zip(level));
        }
        levels
    }
}

fn rule_name(name: &str, rules: &KnownRules<'_>) -> Result<String, Objection> {
    let name = checked(name)?;
    if rules.contains(name) {
        return Ok(name.to_owned());
    }
    let help = rules.closest(name).map_or_else(
        || "`speclint rules` lists the rules and their groups".to_owned(),
        |rule| format!("did you mean `{rule}`?"),
    );
    Err(Objection::new(format!("unknown rule `{name}`")).help(help))
}
