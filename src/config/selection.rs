use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Level;

use super::level::LevelSetting;

/// Which rules run, and at which level: what the file says, and what the command line says over it.
///
/// 1. Only selected rules run: those that `--select` names, by their id or their group; without that flag, those that
///    the file's `select` names; without either, all.
/// 2. A selected rule gets the first of these that there is: what the command line says of the rule, of its group, what
///    the file says of the rule, of its group (in each place `levels` before `ignore`, which is the same as `off`);
///    then its own default level.
/// 3. An `off` of step 2 does not count against a selection that is more specific (the rule's own name selected, its
///    group turned off), nor does an `off` of the file against a `--select` of that very name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    pub(super) command_line: Layer,
    pub(super) file: Layer,
}

/// What one place says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layer {
    /// Rules and groups to run; `None` when the place does not say.
    pub select: Option<BTreeSet<String>>,
    /// Rules and groups not to run.
    pub ignore: BTreeSet<String>,
    /// Rules and groups with a level.
    pub levels: BTreeMap<String, LevelSetting>,
}

/// How closely a name fits a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Any,
    Group,
    Rule,
}

impl Layer {
    /// What the place says of `name`, if anything.
    fn setting(&self, name: &str) -> Option<LevelSetting> {
        self.levels.get(name).copied().or_else(|| self.ignore.contains(name).then_some(LevelSetting::Off))
    }
}

impl Selection {
    /// The level at which the rule `rule` of `group` reports, or `None` when it does not run. `default` is the rule's
    /// own level.
    pub fn level_of(&self, rule: &str, group: &str, default: Level) -> Option<Level> {
        let names = [(Fit::Rule, rule), (Fit::Group, group)];
        let (selects, selected_by_flag) =
            self.command_line.select.as_ref().map_or((self.file.select.as_ref(), false), |names| (Some(names), true));
        let selected = match selects {
            Some(selects) => names.iter().find(|(_, name)| selects.contains(*name)).map(|(fit, _)| *fit)?,
            None => Fit::Any,
        };
        for (layer, is_file) in [(&self.command_line, false), (&self.file, true)] {
            for (fit, name) in names {
                let outweighed = match (selected_by_flag, is_file) {
                    (true, true) => selected >= fit,
                    (false, false) => false,
                    _ => selected > fit,
                };
                match layer.setting(name) {
                    None => {}
                    Some(LevelSetting::Off) if outweighed => {}
                    Some(setting) => return setting.level(),
                }
            }
        }
        Some(default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `select=a,b ignore=c levels=d:note,e:off`.
    fn layer(text: &str) -> Layer {
        let mut layer = Layer::default();
        for (key, values) in text.split_whitespace().filter_map(|part| part.split_once('=')) {
            let names = values.split(',').map(str::to_owned);
            match key {
                "select" => layer.select = Some(names.collect()),
                "ignore" => layer.ignore = names.collect(),
                "levels" => {
                    for (name, level) in values.split(',').filter_map(|value| value.split_once(':')) {
                        layer.levels.insert(name.to_owned(), LevelSetting::parse(level).unwrap());
                    }
                }
                other => panic!("{other}"),
            }
        }
        layer
    }

    #[test]
    fn precedence() {
        // File, command line, and the level of the rule `swr` of the group `stack`, an error by default.
        let table = [
            ("", "", "error"),
            ("select=stack", "", "error"),
            ("select=swr", "", "error"),
            ("select=database", "", "off"),
            ("ignore=swr", "", "off"),
            ("ignore=stack", "", "off"),
            ("ignore=database", "", "error"),
            ("levels=swr:note", "", "note"),
            ("levels=stack:note", "", "note"),
            ("levels=stack:off", "", "off"),
            // The rule's own name wins over its group's.
            ("levels=stack:off,swr:warning", "", "warning"),
            ("levels=stack:note,swr:off", "", "off"),
            ("ignore=stack levels=swr:warning", "", "warning"),
            ("select=swr ignore=stack", "", "error"),
            ("select=stack ignore=swr", "", "off"),
            // Of the same name: `levels`, then `ignore`, then `select`.
            ("select=stack ignore=stack", "", "off"),
            ("ignore=swr levels=swr:note", "", "note"),
            // A level selects nothing.
            ("select=database levels=swr:error", "", "off"),
            // The command line wins over the file.
            ("levels=swr:note", "levels=swr:warning", "warning"),
            ("levels=swr:note", "levels=stack:warning", "warning"),
            ("levels=swr:note", "ignore=stack", "off"),
            ("ignore=swr", "levels=swr:warning", "warning"),
            ("ignore=swr", "levels=stack:warning", "warning"),
            ("select=database", "select=stack", "error"),
            ("select=stack", "select=database", "off"),
            ("select=swr", "ignore=stack", "off"),
            ("select=database", "levels=swr:error", "off"),
            ("levels=swr:note", "select=stack", "note"),
            // A selection on the command line turns on what the file turned off by that name or its group's …
            ("ignore=stack", "select=stack", "error"),
            ("ignore=swr", "select=swr", "error"),
            ("ignore=stack", "select=swr", "error"),
            ("levels=swr:off,stack:note", "select=swr", "note"),
            // … but not what it turned off by a closer name.
            ("ignore=swr", "select=stack", "off"),
            ("", "select=swr ignore=stack", "error"),
            ("", "select=stack ignore=stack", "off"),
        ];
        for (file, command_line, expected) in table {
            let selection = Selection { file: layer(file), command_line: layer(command_line) };
            let level = selection.level_of("swr", "stack", Level::Error);
            assert_eq!(level.map_or("off", Level::name), expected, "file `{file}`, command line `{command_line}`");
        }
    }
}
