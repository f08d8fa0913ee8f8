//! Classes of English words that the clause grammar goes by: closed classes and the few verbs of use and removal.

/// Negators in front of verbs.
pub(super) const NOT: &[&str] = &[
    "not", "never", "cannot", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't",
    "wouldn't", "can't", "couldn't", "shouldn't", "mustn't", "needn't", "hasn't", "haven't", "dont", "doesnt", "don’t",
    "doesn’t", "didn’t", "isn’t", "aren’t", "wasn’t", "weren’t", "won’t", "can’t", "shouldn’t", "mustn’t", "neither",
    "nothing", "nowhere", "nobody", "none",
];
/// Negators in front of nouns.
pub(super) const NO: &[&str] = &["no", "without", "nor", "zero", "w/o", "sans", "non"];
/// Words that put what follows in second place.
pub(super) const INSTEAD: &[&str] =
    &["instead", "contrast", "rather", "lieu", "opposed", "unlike", "versus", "vs", "place"];
/// Verbs that remove, with all forms that are used.
pub(super) const REMOVE: &[&str] = &[
    "replace", "replaces", "replaced", "replacing", "remove", "removes", "removed", "removing", "drop", "drops",
    "dropped", "dropping", "eliminate", "eliminates", "eliminated", "eliminating", "avoid", "avoids", "avoided",
    "avoiding", "retire", "retires", "retired", "retiring", "supersede", "supersedes", "superseded", "superseding",
    "deprecate", "deprecates", "deprecated", "abandon", "abandons", "abandoned", "omit", "omits", "omitted", "exclude",
    "excludes", "excluded", "excluding", "delete", "deletes", "deleted", "forbid", "forbids", "forbidden", "ban",
    "bans", "banned", "prohibit", "prohibits", "prohibited", "disallow", "disallowed", "disallows", "swap", "swaps",
    "swapped", "swapping", "substitute", "substitutes", "substituted", "discard", "discards", "discarded", "uninstall",
    "uninstalls", "uninstalled", "ditch", "ditched", "strip", "stripped", "obviate", "obviates", "reject", "rejects",
    "rejected", "decommission", "decommissioned", "displace", "displaces", "displaced", "block", "blocks", "blocked",
    "refuse", "refuses", "refrain", "skip", "skips", "skipped",
];
/// What is said of something that is not there.
pub(super) const ABSENT: &[&str] = &[
    "unused", "unnecessary", "absent", "gone", "obsolete", "redundant", "superfluous", "unneeded", "unsupported",
    "disallowed", "out", "n/a",
];
/// Verbs that undo a negation: what must not be forgotten is wanted.
pub(super) const OMIT: &[&str] = &[
    "forget", "skip", "omit", "remove", "drop", "miss", "neglect", "hesitate", "fail", "disable", "replace", "avoid",
    "delete", "lose", "uninstall", "overlook", "bypass", "break", "touch", "change", "leave", "removed", "replaced",
    "dropped", "deleted", "skipped", "omitted", "forgotten", "disabled", "optional", "eliminate", "abandon", "retire",
];
/// Verbs of use and existence: the predicate of a name that is or is not part of the design.
pub(super) const USE: &[&str] = &[
    "use", "used", "using", "need", "needed", "needs", "require", "required", "requires", "exist", "exists", "appear",
    "appears", "import", "imported", "imports", "install", "installed", "include", "included", "create", "created",
    "add", "added", "necessary", "available", "present", "part", "involved", "applicable", "allowed", "permitted",
    "option", "configured", "deployed", "provisioned", "carried", "introduced", "adopted", "applies", "apply",
    "anymore", "wanted", "longer", "shipped", "ships", "built", "set", "touched", "referenced", "called", "run",
    "runs", "acceptable", "missed",
];
/// Verbs in the present, infinitive or gerund that start a predicate of their own in specs.
pub(super) const VERBS: &[&str] = &[
    "use", "uses", "using", "used", "add", "adds", "install", "installs", "run", "runs", "call", "calls", "store",
    "stores", "keep", "keeps", "build", "builds", "create", "creates", "read", "reads", "write", "writes", "send",
    "sends", "fetch", "fetches", "load", "loads", "queue", "queues", "push", "pushes", "pull", "pulls", "handle",
    "handles", "manage", "manages", "let", "lets", "make", "makes", "put", "puts", "set", "sets", "get", "gets",
    "wrap", "wraps", "take", "takes", "rely", "relies", "go", "goes", "implement", "implements", "configure",
    "configures", "import", "imports", "query", "queries", "upload", "uploads", "cache", "caches", "schedule",
    "schedules", "process", "processes", "serve", "serves", "provide", "provides", "need", "needs", "require",
    "requires", "come", "comes", "stay", "stays", "work", "works", "deliver", "delivers", "support", "supports",
    "hold", "holds", "drive", "drives", "power", "powers", "back", "backs", "connect", "connects", "save", "saves",
    "remain", "remains", "persist", "persists", "poll", "polls", "trigger", "triggers", "do", "does", "is", "are",
    "was", "were", "has", "have", "had", "will", "must", "should", "can", "may", "shall", "would", "could",
];
/// Verbs that help another one: they also stand behind the last name of a list ("neither X nor Y is used").
pub(super) const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "must", "should", "can", "may", "shall", "would",
    "could", "do", "does",
];
/// Finite verbs that end the reach of `no` and `without`.
pub(super) const FINITE: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "must", "should", "can", "may", "shall", "would",
    "could", "does", "do", "uses", "use", "needs", "stores", "runs", "handles", "keeps", "reads", "writes", "goes",
    "comes", "gets", "provides", "ensures", "manages", "relies",
];
/// Words that start a clause of their own.
pub(super) const SUBORDINATORS: &[&str] = &[
    "because", "since", "as", "while", "when", "whenever", "if", "so", "which", "that", "until", "unless", "but",
    "although", "though", "where", "once", "yet", "whereas", "except",
];
/// Prepositions that introduce the means: what follows is used.
pub(super) const MEANS: &[&str] = &["with", "via", "through", "by", "using", "into", "onto"];
/// Prepositions that may stand between a verb of removal's noun and the name: "the need for X".
pub(super) const NEED: &[&str] = &[
    "need", "needs", "dependency", "dependencies", "dependence", "use", "usage", "usages", "requirement", "reliance",
    "reference", "references", "call", "calls", "import", "imports", "trace", "traces", "rid", "all", "any", "every",
    "code", "mention", "mentions", "remnants", "uses",
];
/// Words that say where a design came from.
pub(super) const PROVENANCE: &[&str] =
    &["original", "originally", "previously", "formerly", "former", "legacy", "old", "was", "were", "initially"];
/// Where something stays that is not part of the design.
pub(super) const ASIDE: &[&str] = &["behind", "out", "away", "outside", "elsewhere"];
/// Verbs that say that something stays.
pub(super) const KEEP: &[&str] = &[
    "keep", "keeps", "kept", "keeping", "retain", "retains", "retained", "reuse", "reuses", "still", "continue",
    "continues", "remain", "remains", "stay", "stays", "preserve", "preserves",
];
/// Verbs of moving from one technology to another.
pub(super) const MIGRATE: &[&str] = &[
    "migrate", "migrates", "migrated", "migrating", "migration", "switch", "switches", "switched", "switching",
    "transition", "transitions", "transitioned", "transitioning", "convert", "converts", "converted", "converting",
    "conversion", "port", "ports", "ported", "porting", "move", "moves", "moved", "moving", "change", "changed",
    "changes", "changing", "transform", "transforms", "transformed", "transforming", "translate", "translates",
    "translated", "translating", "transformation", "translation", "adapt", "adapts", "adapted", "map", "maps",
    "mapped", "mapping", "derived", "rewrite", "rewritten", "rewrites", "refactored", "refactor", "go", "went", "come",
    "rename", "renames", "renamed", "renaming", "came", "turn", "turned", "turns", "become", "becomes", "became",
    "away", "departure",
];
/// Verbs of thinking about something, before "but" says what was chosen.
pub(super) const CONSIDER: &[&str] =
    &["considered", "evaluated", "weighed", "discussed", "examined", "compared", "proposed", "suggested", "tried"];
/// Nouns for what stands in another's place.
pub(super) const SUBSTITUTES: &[&str] = &[
    "replacement", "replacements", "alternative", "alternatives", "substitute", "substitutes", "successor",
    "equivalent", "equivalents", "counterpart", "counterparts", "stand-in", "analogue", "analog", "similar",
    "analogous", "comparable", "corresponding", "corresponds", "akin", "like",
];
/// Verbs of preference, which give `over` its meaning.
pub(super) const PREFER: &[&str] =
    &["prefer", "prefers", "preferred", "chosen", "choose", "chose", "chooses", "favour", "favor", "pick", "picked"];
/// Words that join names.
pub(super) const AND: &[&str] = &["and", "or", "nor", "as", "well", "plus", "und"];
/// Verbs of being used to tell when something is gone.
pub(super) const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "being", "gets", "got", "get", "has", "have"];
/// What makes `without X` say that X is needed.
pub(super) const INABILITY: &[&str] =
    &["impossible", "unable", "useless", "fails", "fail", "breaks", "break", "stops", "hardly", "barely", "incomplete"];
/// What happens to a request that lacks something: `without X the handler answers 401`.
pub(super) const REFUSED: &[&str] = &[
    "400", "401", "403", "404", "500", "503", "fails", "fail", "failed", "rejected", "denied", "refused", "rejects",
    "refuses", "redirects", "redirected", "throws", "crashes", "breaks", "stops", "unusable", "impossible",
];
/// Nouns for trouble with a thing: who avoids that keeps the thing.
pub(super) const TROUBLE: &[&str] = &[
    "outage", "outages", "error", "errors", "failure", "failures", "timeout", "timeouts", "downtime", "conflict",
    "conflicts", "deadlock", "deadlocks", "overload", "bottleneck", "bottlenecks", "latency", "evictions", "races",
];
/// What `out` makes a removal of: `ruled out`, `left out`, `phased out`.
pub(super) const OUT: &[&str] = &[
    "rule", "rules", "ruled", "leave", "leaves", "left", "leaving", "phase", "phases", "phased", "taken", "thrown",
    "drops", "factored", "weeded", "swapped", "designed", "taking",
];
/// Nouns for the design that an integrated spec was made from.
pub(super) const DESIGN: &[&str] = &[
    "spec", "specification", "design", "version", "implementation", "document", "plan", "architecture", "stack",
    "source", "infrastructure", "wireframe", "proposal", "draft", "concept", "setup", "approach",
];
