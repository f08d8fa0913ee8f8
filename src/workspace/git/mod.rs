//! What git knows: which commit a change started from, which lines it touched, and what the files were before.
//!
//! The `git` program is the source of truth. It is run so that neither the repository's content nor its settings make it
//! run anything else: no external diff, no text conversion, no hooks, no file system monitor, no pager; and so that its
//! output can be read without guessing: names end in NUL and are not quoted.

mod changes;
mod command;
mod tree;

use std::path::{Path, PathBuf};

pub use changes::{Changes, Lines};
use command::Git;

/// Why git could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// There is no `git` program.
    #[error("the program `git` cannot be run ({0}); it is needed to find out what has changed")]
    NoGit(String),
    /// The folder is in no repository, or git will not read it.
    #[error("the working directory is in no git repository: {0}")]
    NoRepository(String),
    /// A text that cannot name a commit.
    #[error("`{0}` is no name of a commit")]
    NoName(String),
    /// A name that means nothing here.
    #[error("`{name}` names no commit here{}", shallow_hint(*.is_shallow))]
    NoCommit {
        /// The name.
        name: String,
        /// Whether the history was cut off.
        is_shallow: bool,
    },
    /// Two histories without a common commit.
    #[error("`{name}` and HEAD have no commit in common{}", shallow_hint(*.is_shallow))]
    NoMergeBase {
        /// The name.
        name: String,
        /// Whether the history was cut off.
        is_shallow: bool,
    },
    /// The files of another commit cannot be laid out.
    #[error("the files of the merge base cannot be written: {0}")]
    Copy(String),
    /// A repository without a commit.
    #[error("the repository has no commit yet: there is nothing to compare with")]
    NoHead,
    /// git failed.
    #[error("`git {command}` failed: {message}")]
    Failed {
        /// The subcommand.
        command: String,
        /// What git said.
        message: String,
    },
}

/// A repository with a working tree.
#[derive(Clone, Debug)]
pub struct Repository {
    git: Git,
}

fn shallow_hint(is_shallow: bool) -> &'static str {
    if is_shallow {
        "; the clone is shallow: fetch the history first (`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout)"
    } else {
        ""
    }
}

impl Repository {
    /// The repository that the folder `here` lies in.
    ///
    /// # Errors
    /// No `git` program, no repository, or one without a working tree.
    pub fn open(here: &Path) -> Result<Self, GitError> {
        let git = Git::new(here.to_path_buf());
        let top = git.run(&["rev-parse", "--show-toplevel"]).map_err(|error| match error {
            GitError::Failed { message, .. } => GitError::NoRepository(message),
            other => other,
        })?;
        let top = top.strip_suffix(b"\n").unwrap_or(&top);
        Ok(Self { git: Git::new(command::path_of(top)) })
    }

    /// The folder at the top of the working tree.
    pub fn root(&self) -> &Path {
        self.git.folder()
    }

    /// The commit at which the history of HEAD and that of `name` (a branch, a tag, a commit) parted.
    ///
    /// # Errors
    /// A name that is no name or names nothing, histories that have nothing in common or are cut off, and no commit at all.
    pub fn merge_base(&self, name: &str) -> Result<String, GitError> {
        if name.is_empty() || name.starts_with('-') || name.contains(|c: char| c.is_control()) {
            return Err(GitError::NoName(name.to_owned()));
        }
        let is_shallow = || self.git.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|text| text == "true");
        let commit = |name: &str| {
            let name = format!("{name}^{{commit}}");
            self.git.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])
        };
        let head = commit("HEAD").map_err(|_| GitError::NoHead)?;
        let other = commit(name).map_err(|_| GitError::NoCommit { name: name.to_owned(), is_shallow: is_shallow() })?;
        self.git
            .line(&["merge-base", &other, &head])
            .map_err(|_| GitError::NoMergeBase { name: name.to_owned(), is_shallow: is_shallow() })
    }

    /// What has changed since `commit`, uncommitted changes and untracked files included.
    ///
    /// # Errors
    /// git failed.
    pub fn changes(&self, commit: &str) -> Result<Changes<'_>, GitError> {
        Changes::read(&self.git, commit)
    }

    /// Writes the files of the commit of `changes` for which `wanted` is true into `folder`, as git has them: no filter is run, no link is
    /// made, and no file is larger than `limit` bytes. A file that was renamed since stands under its new name; a Markdown
    /// file also under its old one, by which others may call it.
    ///
    /// # Errors
    /// git failed, or a file cannot be written.
    pub fn extract(
        &self,
        changes: &Changes<'_>,
        wanted: impl Fn(&Path) -> bool,
        limit: u64,
        folder: &Path,
    ) -> Result<(), GitError> {
        let mut files: Vec<(String, PathBuf)> = Vec::new();
        for file in changes.tree() {
            let new = changes.new_name(&file.path);
            let is_markdown = file.path.extension().is_some_and(|kind| kind != "sql");
            if new.is_none_or(|new| file.path.file_name() != new.file_name() && is_markdown) {
                files.push((file.object.clone(), file.path.clone()));
            }
            files.extend(new.map(|new| (file.object.clone(), new.to_path_buf())));
        }
        files.retain(|(_, path)| wanted(path));
        tree::write(&self.git, &files, limit, folder)
    }
}
