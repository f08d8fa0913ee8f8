//! Rule pages as values: what they define, and reading those of a project's own.

use std::borrow::Cow;

use super::front_matter::{EngineName, FrontMatter, LevelName, split};
use crate::diagnostics::Level;

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// A rule page: definition, documentation and tested examples of one rule.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rule's id: the file's name without `.md`.
    pub id: Cow<'static, str>,
    /// The rule's group: the folder's name.
    pub group: Cow<'static, str>,
    /// The default level.
    pub level: Level,
    /// The checklist item that the rule serves, 1 to 15.
    pub item: Option<u8>,
    /// What decides the rule.
    pub engine: Engine,
    /// What must hold, in one line.
    pub summary: Cow<'static, str>,
    /// What `--fix` does about a finding, in one line; empty where it does nothing.
    pub fix: Cow<'static, str>,
    /// What `--unsafe-fixes` does about a finding; empty where it does nothing.
    pub unsafe_fix: Cow<'static, str>,
    /// The whole file.
    pub text: Cow<'static, str>,
    /// The data of the stack engine; empty for native rules.
    pub stack: Stack,
}

/// What decides a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A forbidden technology, described by the page's data.
    Stack,
    /// Rust code.
    Native,
}

/// Strings that are part of the program or were read from a page of the user's.
pub type Strings = Cow<'static, [Cow<'static, str>]>;

/// The data of a forbidden technology. See `front_matter.rs` for what each list means.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is described where pages are read")]
pub struct Stack {
    pub name: Cow<'static, str>,
    pub help: Cow<'static, str>,
    pub words: Strings,
    pub words_any_case: Strings,
    pub except: Strings,
    pub packages: Strings,
    pub identifiers: Strings,
    pub variables: Strings,
    pub paths: Strings,
    pub urls: Strings,
    pub fences: Strings,
    pub commands: Strings,
    pub replacement: Strings,
}

/// Why a page of the user's cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// No TOML between `+++` lines at the top.
    #[error("the page does not start with front matter between `+++` lines")]
    NoFrontMatter,
    /// The front matter is no valid TOML, or has keys that pages do not have.
    #[error("the front matter is not valid: {0}")]
    FrontMatter(#[from] Box<toml::de::Error>),
    /// Only rules that are data can be added from outside.
    #[error("`engine` must be \"stack\": other rules are part of the program")]
    NotData,
    /// A stack rule that looks for nothing can never fire.
    #[error("the page names no words, packages, identifiers, variables, paths, fences or commands to look for")]
    Empty,
}

impl Page {
    /// Reads a page that a project adds. `id` and `group` come from its path.
    pub fn read(id: &str, group: &str, text: String) -> Result<Self, PageError> {
        let (front, _) = split(&text).ok_or(PageError::NoFrontMatter)?;
        let front: FrontMatter = toml::from_str(front).map_err(Box::new)?;
        if matches!(front.engine, EngineName::Native) {
            return Err(PageError::NotData);
        }
        if front.lists().iter().all(|(key, list)| list.is_empty() || matches!(*key, "replacement" | "except")) {
            return Err(PageError::Empty);
        }
        Ok(Self {
            id: Cow::Owned(id.to_owned()),
            group: Cow::Owned(group.to_owned()),
            level: match front.level {
                LevelName::Error => Level::Error,
                LevelName::Warning => Level::Warning,
                LevelName::Note => Level::Note,
            },
            item: front.item,
            engine: Engine::Stack,
            summary: Cow::Owned(front.summary.clone()),
            // A page cannot add a fix; what it says of one would not be true.
            fix: Cow::Borrowed(""),
            unsafe_fix: Cow::Borrowed(""),
            stack: Stack::from(front),
            text: Cow::Owned(text),
        })
    }

    /// The documentation: the page without front matter.
    pub fn documentation(&self) -> &str {
        split(&self.text).map_or("", |(_, body)| body).trim()
    }

    /// The documentation without its title and its examples: what the rule reports, why, and how to fix it.
    pub fn guidance(&self) -> &str {
        let text = self.documentation();
        let end = ["\n## Fails", "\n## Passes"].iter().filter_map(|heading| text.find(heading)).min();
        let text = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
        let without_title = text.strip_prefix("# ").map(|rest| rest.split_once('\n').map_or("", |(_, rest)| rest));
        without_title.unwrap_or(text).trim()
    }

    /// Where the page can be read; `None` for a page of a project's own.
    pub fn address(&self) -> Option<String> {
        let is_built_in = matches!(self.text, Cow::Borrowed(_));
        is_built_in.then(|| format!("{}/blob/main/checks/{}/{}.md", env!("CARGO_PKG_REPOSITORY"), self.group, self.id))
    }
}

impl From<FrontMatter> for Stack {
    fn from(data: FrontMatter) -> Self {
        let list = |items: Vec<String>| Cow::Owned(items.into_iter().map(Cow::Owned).collect());
        Self {
            name: Cow::Owned(data.name),
            help: Cow::Owned(data.help),
            words: list(data.words),
            words_any_case: list(data.words_any_case),
            except: list(data.except),
            packages: list(data.packages),
            identifiers: list(data.identifiers),
            variables: list(data.variables),
            paths: list(data.paths),
            urls: list(data.urls),
            fences: list(data.fences),
            commands: list(data.commands),
            replacement: list(data.replacement),
        }
    }
}
