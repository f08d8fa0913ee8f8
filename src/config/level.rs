use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostics::Level;

use super::error::Objection;
use super::rules::{closest, listing};

/// What a rule can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Level")]
pub(super) enum LevelSetting {
    /// A broken promise.
    Error,
    /// A reviewer would ask about it.
    Warning,
    /// Worth knowing; nothing to repair.
    Note,
    /// Not reported.
    Off,
}

impl LevelSetting {
    const ALL: [(&str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("note", Self::Note), ("off", Self::Off)];

    pub(super) fn parse(name: &str) -> Result<Self, Objection> {
        choose(name, &Self::ALL)
    }

    /// The level; `None` is off.
    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Off => None,
        }
    }
}

/// Lowest level of a finding that makes a run fail (exit code 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Note,
    /// No finding.
    Never,
}

impl FailOn {
    const ALL: [(&str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("note", Self::Note), ("never", Self::Never)];

    pub(super) fn parse(name: &str) -> Result<Self, Objection> {
        choose(name, &Self::ALL)
    }

    /// Whether a finding of `level` makes the run fail.
    pub fn is_reached_by(self, level: Level) -> bool {
        match self {
            Self::Error => level >= Level::Error,
            Self::Warning => level >= Level::Warning,
            Self::Note => level >= Level::Note,
            Self::Never => false,
        }
    }
}

fn choose<T: Copy>(name: &str, choices: &[(&str, T)]) -> Result<T, Objection> {
    if let Some((_, value)) = choices.iter().find(|(choice, _)| *choice == name) {
        return Ok(*value);
    }
    let names = choices.iter().map(|(choice, _)| *choice);
    let help = closest(name, names.clone())
        .map_or_else(|| format!("use {}", listing(names)), |choice| format!("did you mean `{choice}`?"));
    Err(Objection::new(format!("`{name}` is no level")).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_fails_from_its_level_upwards() {
        let failing = |fail_on: FailOn| {
            [Level::Note, Level::Warning, Level::Error].into_iter().filter(move |level| fail_on.is_reached_by(*level))
        };
        assert_eq!(failing(FailOn::Error).count(), 1);
        assert_eq!(failing(FailOn::Warning).count(), 2);
        assert_eq!(failing(FailOn::Note).count(), 3);
        assert_eq!(failing(FailOn::Never).count(), 0);
    }

    #[test]
    fn the_names_read_by_serde_and_by_hand_are_the_same() {
        for (name, setting) in LevelSetting::ALL {
            assert_eq!(serde_json::to_value(setting).unwrap(), name);
        }
        for (name, fail_on) in FailOn::ALL {
            assert_eq!(serde_json::to_value(fail_on).unwrap(), name);
        }
    }

    #[test]
    fn a_slip_gets_a_suggestion_and_a_guess_the_choices() {
        let help = |name| LevelSetting::parse(name).unwrap_err().help.unwrap();
        assert_eq!(help("eror"), "did you mean `error`?");
        assert_eq!(help("fatal"), "use `error`, `warning`, `note`, `off`");
        assert_eq!(FailOn::parse("never"), Ok(FailOn::Never));
    }
}
