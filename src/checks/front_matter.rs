//! The TOML between the `+++` lines of a rule page. Shared with the build script, so it knows nothing of the crate.

use serde::Deserialize;

/// Names of the levels.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelName {
    /// `error`
    Error,
    /// `warning`
    Warning,
    /// `note`
    Note,
}

/// Names of the engines.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineName {
    /// A forbidden technology, described by data.
    Stack,
    /// A rule in Rust.
    Native,
}

macro_rules! front_matter {
    ($($(#[$doc:meta])* $field:ident),* $(,)?) => {
        /// What a page says of its rule. The lists are the data of the stack engine; each may be empty.
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct FrontMatter {
            /// The default level.
            pub level: LevelName,
            /// The checklist item, 1 to 15.
            pub item: Option<u8>,
            /// What decides the rule.
            pub engine: EngineName,
            /// What must hold, in one line.
            pub summary: String,
            /// What `--fix` does about a finding, in one line; empty where it does nothing.
            #[serde(default)]
            pub fix: String,
            /// What `--unsafe-fixes` does about a finding; empty where it does nothing.
            #[serde(default)]
            pub unsafe_fix: String,
            /// What people call the forbidden technology.
            #[serde(default)]
            pub name: String,
            /// What to do instead.
            #[serde(default)]
            pub help: String,
            $($(#[$doc])* #[serde(default)] pub $field: Vec<String>,)*
        }

        impl FrontMatter {
            /// The lists with their names.
            pub fn lists(&self) -> Vec<(&'static str, &[String])> {
                vec![$((stringify!($field), &self.$field)),*]
            }
        }
    };
}

front_matter! {
    /// Whole words of prose, case as written.
    words,
    /// Whole words of prose, whatever the case.
    words_any_case,
    /// Phrases in which a word means something else, whatever the case.
    except,
    /// Packages; `*` stands for any text.
    packages,
    /// Tokens of code; `*` stands for letters, digits and `_`; `name.*` is an access to a member of `name`.
    identifiers,
    /// Environment variables; `*` stands for letters, digits and `_`.
    variables,
    /// Paths, matched at the end of a longer path; `*` stands for any text.
    paths,
    /// Addresses, matched at their beginning; `*` stands for any text.
    urls,
    /// Languages of fences.
    fences,
    /// Commands of a shell.
    commands,
    /// Names that may take its place: what stands right of an arrow or in a replacement column.
    replacement,
}

/// Splits a page into front matter and documentation.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("+++")?.trim_start_matches('\r').strip_prefix('\n')?;
    let (front, body) = rest.split_once("\n+++")?;
    Some((front, body.split_once('\n').map_or("", |(_, body)| body)))
}
