use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::checker::{Checker, by_flag, in_file};
use super::error::{Objection, Place};
use super::feature::feature_glob;
use super::level::{FailOn, LevelSetting};
use super::pattern::{checked, exclusion, relative_path};
use super::raw::{RawPair, RawSize, Text};
use super::route::RoutePattern;
use super::size::bytes_of;
use super::{
    Config, ConfigError, Draft, KnownRules, Pair, PathPattern, PathSet, Placed, PublicRoutes, Selection,
    SkippableFeatures,
};

/// Most spec pairs.
const MOST_PAIRS: usize = 500;
/// Most threads; more would only cost memory.
const MOST_THREADS: i64 = 256;
/// Largest file that is read unless the configuration says otherwise: 64 MiB.
const DEFAULT_MAX_FILE_SIZE: u64 = 64 << 20;
/// The schema that Supabase's API exposes from the start.
const DEFAULT_SCHEMA: &str = "public";
/// Section 1 is the foundation: what the codebase already has.
const DEFAULT_SKIPPABLE: &str = "FR-1.*";
/// A forbidden technology that is named but not used breaks no promise.
const DEFAULT_MENTIONS: LevelSetting = LevelSetting::Note;

/// What the command line says over the file, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Values of `--select`: rules or groups; empty when the flag was not given.
    pub select: Vec<String>,
    /// Values of `--ignore`: rules or groups.
    pub ignore: Vec<String>,
    /// Values of `--level`: `RULE=LEVEL`; of two for the same name, the later one counts.
    pub levels: Vec<String>,
    /// Value of `--fail-on`.
    pub fail_on: Option<String>,
    /// Value of `--threads`.
    pub threads: Option<String>,
    /// Value of `--baseline`, relative to the working directory.
    pub baseline: Option<PathBuf>,
}

impl Draft {
    /// Checks every value, and every rule name against `rules`, and puts `overrides` on top.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] with all that is wrong with the file and the flags.
    pub fn resolve(self, rules: &KnownRules<'_>, overrides: &Overrides) -> Result<Config, ConfigError> {
        let Self { file, folder, raw, problems } = self;
        let mut checker = Checker { rules, problems };
        let c = &mut checker;
        let fail_on = c.value(in_file(&raw.fail_on), FailOn::parse);
        let threads = c.placed(raw.threads.as_ref(), |count| thread_count(*count));
        let baseline = c.path(&folder, raw.baseline.as_ref());
        let max_file_size = c.placed(raw.max_file_size.as_ref(), file_size);
        let config = Config {
            selection: Selection { command_line: c.command_line_layer(overrides), file: c.file_layer(&raw) },
            fail_on: c.value(by_flag("--fail-on", &overrides.fail_on), FailOn::parse).or(fail_on).unwrap_or_default(),
            threads: c
                .value(by_flag("--threads", &overrides.threads), |text| thread_count(text.parse().unwrap_or(0)))
                .or(threads.map(|threads| threads.value)),
            baseline: overrides.baseline.clone().or(baseline.map(|baseline| baseline.value)),
            pairs: c.pairs(&raw.pairs),
            exclude: c.excluded(&raw.exclude),
            checks: raw.checks.iter().filter_map(|text| c.path(&folder, Some(text))).collect(),
            migrations: c.path(&folder, raw.migrations.as_ref()),
            codebase: c.path(&folder, raw.codebase.as_ref()),
            exposed_schemas: match &raw.exposed_schemas {
                Some(schemas) => c.list(in_file(schemas), |name| checked(name).map(str::to_owned)),
                None => vec![DEFAULT_SCHEMA.to_owned()],
            },
            public_routes: PublicRoutes::new(c.list(in_file(&raw.public_routes), RoutePattern::parse)),
            async_clients: c.list(in_file(&raw.async_clients), identifier),
            mentions: c.value(in_file(&raw.mentions), LevelSetting::parse).unwrap_or(DEFAULT_MENTIONS).level(),
            skippable_features: c.skippable(raw.skippable_features.as_deref()),
            max_file_size: max_file_size.map_or(DEFAULT_MAX_FILE_SIZE, |size| size.value),
            folder,
            file,
        };
        checker.problems.into_result(&config.file)?;
        Ok(config)
    }
}

impl Checker<'_> {
    fn path(&mut self, folder: &Path, text: Option<&Text>) -> Option<Placed<PathBuf>> {
        self.placed(text, |text| relative_path(text).map(|path| folder.join(path)))
    }

    fn pairs(&mut self, pairs: &[RawPair]) -> Vec<Pair> {
        if let Some(pair) = pairs.get(MOST_PAIRS) {
            self.problems.add(Place::File(pair.spec.span), Objection::new(format!("more than {MOST_PAIRS} pairs")));
        }
        let mut read = |text: Option<&Text>| self.placed(text, |text| PathPattern::new(text));
        let pair = |pair: &RawPair| {
            let (spec, source) = (read(Some(&pair.spec)), read(pair.source.as_ref()));
            Some(Pair { inventory: read(pair.inventory.as_ref()), spec: spec?, source })
        };
        pairs.iter().take(MOST_PAIRS).filter_map(pair).collect()
    }

    fn excluded(&mut self, patterns: &[Text]) -> PathSet {
        let globs = self.list(in_file(patterns), exclusion).into_iter().flatten();
        self.set(patterns, PathSet::new(globs))
    }

    fn skippable(&mut self, patterns: Option<&[Text]>) -> SkippableFeatures {
        let Some(patterns) = patterns else {
            return feature_glob(DEFAULT_SKIPPABLE).and_then(|glob| SkippableFeatures::new([glob])).unwrap_or_default();
        };
        let globs = self.list(in_file(patterns), feature_glob);
        self.set(patterns, SkippableFeatures::new(globs))
    }

    /// The set, or one problem at its first pattern.
    fn set<T: Default>(&mut self, patterns: &[Text], set: Result<T, Objection>) -> T {
        let span = patterns.first().map(|text| text.span).unwrap_or_default();
        self.problems.take(Place::File(span), set).unwrap_or_default()
    }
}

fn identifier(text: &str) -> Result<String, Objection> {
    let text = checked(text)?;
    if text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$') {
        return Ok(text.to_owned());
    }
    Err(Objection::new(format!("`{text}` is no function name")).help("write the name only, as in `createClient`"))
}

fn thread_count(count: i64) -> Result<NonZeroUsize, Objection> {
    let allowed = Some(count).filter(|count| *count <= MOST_THREADS);
    allowed.and_then(|count| usize::try_from(count).ok()).and_then(NonZeroUsize::new).ok_or_else(|| {
        Objection::new(format!("use 1 to {MOST_THREADS} threads")).help("leave it out for one thread a processor")
    })
}

fn file_size(size: &RawSize) -> Result<u64, Objection> {
    let bytes = match size {
        RawSize::Bytes(bytes) => u64::try_from(*bytes).ok(),
        RawSize::Text(text) => bytes_of(text),
    };
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| {
        Objection::new("this is no file size").help("write a number of bytes, or a number and a unit as in `64 MiB`")
    })
}
