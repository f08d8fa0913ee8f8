//! From files to a report: workspace → spec → checks → findings → report.

mod accepted;
mod members;
mod migrations;
mod part;
mod repair;
mod since;
mod source;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

pub use self::accepted::{Acceptance, Unused};
use self::migrations::Existing;
use self::part::Part;
pub use self::repair::{RepairedFile, Repairs};
pub use self::since::Older;
use self::source::{SourceFound, no_source};
use crate::checks::{Active, Context, RuleSet, apply_suppressions, checklist, checks, fidelity};
use crate::config::{Config, Pair};
use crate::diagnostics::{Finding, Location, Problem, Report};
use crate::markdown::Document;
use crate::spec::{Codebase, Spec, SpecKind, SpecPair, looks_integrated};
use crate::text::SourceFile;
use crate::workspace::{discover, is_sql, read_if, shown};

/// What is to be checked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files and folders to look through for integrated specs and SQL migrations.
    pub paths: Vec<PathBuf>,
    /// An integrated spec named outright, which is checked alone.
    pub spec: Option<PathBuf>,
    /// Its source; else the configuration or its header says.
    pub source: Option<PathBuf>,
    /// The inventory; else the configuration says.
    pub inventory: Option<PathBuf>,
    /// Whether a named file may be something else than a spec, a source or an inventory; it is then passed over.
    pub allow_other: bool,
    /// An integrated spec that was read already, from standard input.
    pub stdin: Option<SourceFile>,
    /// Whether the report keeps the texts of the files that its findings point into; most formats need none.
    pub keep_texts: bool,
}

/// Rules and configuration, ready for any number of files.
#[derive(Debug)]
pub struct Checker {
    rules: Arc<RuleSet>,
    config: Config,
    active: Active,
    codebase: Option<Codebase>,
    trouble: Option<Problem>,
    here: PathBuf,
    existing: OnceLock<Vec<Existing>>,
}

/// What goes with a spec because the command line says so.
#[derive(Clone, Copy, Debug)]
struct Given<'r> {
    source: Option<&'r Path>,
    inventory: Option<&'r Path>,
}

impl Checker {
    /// Puts rules and configuration together. `here` is the working directory: paths are shown relative to it.
    pub fn new(rules: RuleSet, config: Config, here: PathBuf) -> Self {
        Self::with_rules(Arc::new(rules), config, here)
    }

    fn with_rules(rules: Arc<RuleSet>, config: Config, here: PathBuf) -> Self {
        let active = Active::new(&rules, &config);
        let opened = config.codebase.as_ref().map(|path| (path, Codebase::open(&path.value)));
        let (codebase, trouble) = match opened {
            Some((_, Ok(codebase))) => (Some(codebase), None),
            Some((path, Err(error))) => {
                let name = shown(&path.value, &here);
                (None, Some(Problem::new(name, format!("the codebase cannot be opened: {error}"))))
            }
            None => (None, None),
        };
        Self { rules, config, active, codebase, trouble, here, existing: OnceLock::new() }
    }

    /// The rules, those of the project included.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The working directory, which paths are shown relative to.
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// Checks what `request` names. Files are read and checked in parallel on the current thread pool; the report is
    /// the same whatever the number of threads.
    pub fn check(&self, request: Request) -> Report {
        let (jobs, mut problems) = self.jobs(&request);
        let (source, inventory) = (request.source.clone(), request.inventory.clone());
        let given = Given { source: source.as_deref(), inventory: inventory.as_deref() };
        let (sets, troubles) = self.migrations(&request);
        problems.extend(troubles);
        problems.extend(self.trouble.clone());
        self.prepare_existing();
        let keep_texts = request.keep_texts;
        let settled = |part: Option<Part>| part.map(|part| part.settled(keep_texts));
        let mut parts: Vec<Result<Option<Part>, Problem>> = Vec::new();
        if let Some(file) = request.stdin.map(Arc::new) {
            let path = Path::new(file.path());
            let check = || {
                if is_sql(path) {
                    return Ok(Some(self.check_sql(&[(Arc::clone(&file), true)])));
                }
                self.check_file(&file, Some(path), true, given)
            };
            parts.push(guarded(file.path(), check).map(settled));
        }
        // One by one: specs lie side by side among thousands of other files, and must not fall to one thread.
        parts.par_extend(jobs.par_iter().with_max_len(1).map(|job| self.run(job, given).map(settled)));
        let checked: Vec<_> = sets.par_iter().map(|set| self.check_migrations(set)).collect();
        for (part, troubles) in checked {
            parts.push(Ok(Some(part.settled(keep_texts))));
            problems.extend(troubles);
        }
        part::gather(parts, problems)
    }

    /// The files to look at. Without paths, the pairs of the configuration, or else the working directory.
    fn jobs(&self, request: &Request) -> (Vec<Job>, Vec<Problem>) {
        if let Some(spec) = &request.spec {
            return (vec![Job { path: spec.clone(), is_spec: true, is_named: true }], Vec::new());
        }
        if request.stdin.is_some() {
            return (Vec::new(), Vec::new());
        }
        let has_pairs = !self.config.pairs.is_empty();
        let paths = if request.paths.is_empty() {
            let start = if has_pairs { self.config.folder.clone() } else { self.here.clone() };
            vec![start]
        } else {
            request.paths.clone()
        };
        let (candidates, problems) = discover(&paths, &self.config, &self.here);
        let job = |candidate: crate::workspace::Candidate| self.job(candidate.path, candidate.is_named);
        let only_pairs = request.paths.is_empty() && has_pairs;
        let jobs = candidates.into_iter().map(job).filter(|job| job.is_spec || !only_pairs).collect();
        let jobs = self.with_renderings(jobs, request.allow_other);
        (jobs, problems)
    }

    fn pair_of(&self, path: &Path) -> Option<&Pair> {
        if self.config.pairs.is_empty() {
            return None;
        }
        let absolute = self.here.join(path);
        self.config.pair_of(absolute.strip_prefix(&self.config.folder).unwrap_or(&absolute))
    }

    fn run(&self, job: &Job, given: Given<'_>) -> Result<Option<Part>, Problem> {
        let name = shown(&job.path, &self.here);
        let may_be_spec = |text: &[u8]| job.is_spec || looks_integrated(text);
        let Some(file) = read_if(&job.path, &name, self.config.max_file_size, may_be_spec)? else {
            return if job.is_named { Err(no_spec(&name)) } else { Ok(None) };
        };
        let file = Arc::new(file);
        let part = guarded(&name, || self.check_file(&file, Some(&job.path), job.is_spec, given))?;
        if part.is_none() && job.is_named { Err(no_spec(&name)) } else { Ok(part) }
    }

    /// Checks one file; `None` where it is no integrated spec after all. `path` is where it is, or where the text of
    /// standard input would be: what belongs to it is looked for from there.
    fn check_file(
        &self,
        file: &Arc<SourceFile>,
        path: Option<&Path>,
        is_spec: bool,
        given: Given<'_>,
    ) -> Result<Option<Part>, Problem> {
        let document = Document::new(file);
        let integrated = Spec::read(&document, SpecKind::Integrated);
        if !is_spec && !integrated.is_integrated() {
            return Ok(None);
        }
        let mut trouble = None;
        let source_file = match self.source_of(&integrated, path, given.source)? {
            SourceFound::File(file) => Some(file),
            SourceFound::Finding { message, help } => {
                trouble = Some((message, help));
                None
            }
        };
        let inventory_file = self.inventory_of(path, given.inventory)?;
        let mut part = self.check_texts(integrated, source_file.as_ref(), inventory_file.as_ref(), trouble);
        let others = [source_file, inventory_file].into_iter().flatten().map(Arc::new);
        part.files = std::iter::once(Arc::clone(file)).chain(others).collect();
        Ok(Some(part))
    }

    /// Checks texts that are there already, without looking for anything: for rule pages' examples and for editors.
    pub fn check_pair(
        &self,
        spec: &SourceFile,
        source: Option<&SourceFile>,
        inventory: Option<&SourceFile>,
    ) -> Vec<Finding> {
        let document = Document::new(spec);
        let integrated = Spec::read(&document, SpecKind::Integrated);
        let trouble = source.is_none().then(no_source);
        Report::new(self.check_texts(integrated, source, inventory, trouble).findings).findings
    }

    /// `trouble` is what is wrong with the source, if something is: message and help.
    fn check_texts<'d>(
        &self,
        integrated: Spec<'d>,
        source: Option<&'d SourceFile>,
        inventory: Option<&'d SourceFile>,
        mut trouble: Option<(String, String)>,
    ) -> Part {
        let source_document = source.map(Document::new);
        let inventory_document = inventory.map(Document::new);
        let mut source_spec = source_document.as_ref().map(|document| Spec::read(document, SpecKind::Source));
        if let Some(spec) = source_spec.take_if(|spec| spec.features().next().is_none() && spec.sections.is_empty()) {
            let message = format!(
                "nothing is recognised in the source `{}`: it has no section and no feature",
                spec.document.file.path()
            );
            trouble = Some((
                message,
                "name the structured spec, with `## SECTION N:` and `#### FR-1.1:` headings".to_owned(),
            ));
        }
        let skippable = |id: &str, _section: &str| self.config.skippable_features.cover(id);
        let pair = SpecPair::new(integrated, source_spec, inventory_document.as_ref(), &skippable);
        let pair = pair.on_top_of(&self.scene());
        self.judge(&pair, trouble)
    }

    fn judge(&self, pair: &SpecPair<'_>, trouble: Option<(String, String)>) -> Part {
        let codebase = self.codebase.as_ref();
        let cx = Context { pair, codebase, config: &self.config, rules: &self.rules, active: &self.active };
        let mut findings = Vec::new();
        if let Some((message, help)) = trouble {
            let header = pair.integrated.header_field(&["Source Document", "Source"]).map(|(place, _)| place);
            let place = Location::of(pair.integrated.document.file, header.unwrap_or(pair.title_place()));
            findings.extend(self.active.finding("source-not-found", place, message).map(|finding| finding.help(help)));
        }
        for check in checks() {
            (check.run)(&cx, &mut findings);
        }
        let mut suppressed = 0;
        for spec in std::iter::once(&pair.integrated).chain(&pair.source) {
            suppressed += apply_suppressions(spec.document, &self.rules, &self.active, &mut findings);
        }
        let checklist = checklist(pair, &self.active, &findings);
        Part {
            findings,
            checklist,
            fidelity: fidelity(pair, &self.config.exposed_schemas),
            suppressed,
            is_spec: true,
            ..Part::default()
        }
    }
}

/// A file to look at.
#[derive(Debug)]
struct Job {
    path: PathBuf,
    /// Whether it is a spec whatever it looks like: named as one, or by a pair of the configuration.
    is_spec: bool,
    is_named: bool,
}

fn no_spec(name: &str) -> Problem {
    Problem::new(
        name,
        "this is no integrated spec: its title does not say so, and no section heading ends in `- INTEGRATED`; name it with `--spec` to check it all the same",
    )
}

/// A panic is a defect of ours; it must neither end the run nor pass for a clean file.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    let message = "the check broke off; this is a defect of speclint, please report it with the file";
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Problem::new(name, message)))
}
