use std::collections::HashSet;
use std::hash::Hash;
use std::sync::LazyLock;

use regex::Regex;

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::markdown::{Prose, Role};
use crate::spec::schema::Table;
use crate::spec::{Database, section_key};
use crate::text::Span;

pub(super) const CHECK: Check = Check { rules: &["count-mismatch"], run };

/// What a document counts of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Tables,
    Features,
    Sections,
}

/// `7 new database tables`, `15 functional requirements`, `Total Sections: 7`, with what stands in front.
static CLAIM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = r"(?P<number>[0-9]{1,3}|(?i-u:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))";
    let kind = r"(?:(?:database|PostgreSQL|Supabase|SQL|DB)[ \t]+)?";
    // Without "new" they may be anybody's, unless it is said that they are created.
    let created = r"(?i-u:creates?|creating|adds?|adding|introduces?|introducing)[ \t]+(?i-u:only[ \t]+)?";
    let plain = format!(r"(?P<created>(?i-u:{kind}tables))");
    let tables = format!(r"(?i-u:new[ \t]+{kind}tables?|new[ \t]+(?:database[ \t]+)?models?)");
    let features = r"(?i-u:functional[ \t]+requirements?|FRs)";
    let sections = r"(?i-u:(?:integrated[ \t]+|main[ \t]+|major[ \t]+)?sections)";
    let counted = format!(r"(?P<tables>{tables})|(?P<features>{features})|(?P<sections>{sections})");
    let own = number.replace("number", "number_created");
    Regex::new(&format!(r"(?:{created}{own}[ \t]+{plain}|{number}[ \t]+(?:{counted}))(?-u:\b)")).ok()
});

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(regex) = CLAIM.as_ref().filter(|_| cx.is_on("count-mismatch") && cx.pair.only_section.is_none()) else {
        return;
    };
    let document = cx.pair.integrated.document;
    for prose in &document.prose {
        // Plain words, so that emphasis inside a claim does not hide it.
        let plain = document.plain(prose);
        for found in regex.captures_iter(&plain) {
            let number = found.name("number").or_else(|| found.name("number_created"));
            let (Some(whole), Some(number)) = (found.get(0), number) else { continue };
            let claim = plain.get(number.start()..whole.end()).unwrap_or("");
            let counted = match (found.name("tables").or_else(|| found.name("created")), found.name("features")) {
                (Some(_), _) => Counted::Tables,
                (_, Some(_)) => Counted::Features,
                _ => Counted::Sections,
            };
            let claimed = value(number.as_str());
            let before = plain.get(..number.start()).unwrap_or("");
            let behind = plain.get(whole.end()..).unwrap_or("");
            if !is_exact(before, behind) || is_preserved(cx, prose) || !is_about_the_document(cx, prose, counted) {
                continue;
            }
            let Some(actual) = actual(cx, counted).filter(|actual| Some(*actual) != claimed) else { continue };
            if counted == Counted::Features && claimed == Some(actual + skipped(cx)) {
                continue;
            }
            findings.extend(claimed.and_then(|claimed| finding(cx, prose, claim, number.as_str(), (claimed, actual))));
        }
    }
}

fn finding(
    cx: &Context<'_, '_>,
    prose: &Prose,
    claim: &str,
    number: &str,
    (claimed, actual): (usize, usize),
) -> Option<Finding> {
    let document = cx.pair.integrated.document;
    let raw = document.slice(prose.span);
    let at = raw.find(claim).or_else(|| raw.find(number)).unwrap_or(0);
    let length = if raw.contains(claim) { claim.len() } else { number.len() };
    let span = Span::new(prose.span.start + at, prose.span.start + at + length);
    let what = claim.split_once(char::is_whitespace).map_or(claim, |(_, what)| what).trim();
    let message = format!("the document says `{claim}`, and has {actual}");
    let help = if claimed > actual { "correct the number, or restore what is missing" } else { "correct the number" };
    Some(cx.finding("count-mismatch", span, message)?.help(help).subject(format!("{claimed} {what}")))
}

/// `~7`, `about 10`, `8-10`, `at least 3`, `7+` claim nothing; `2.5` and `FR-3` are other numbers.
fn is_exact(before: &str, behind: &str) -> bool {
    let trimmed = before.trim_end();
    let glued = before.len() == trimmed.len()
        && trimmed.ends_with(['~', '-', '–', '.', '≈', '<', '>', '≤', '≥', '+', '/', '#', '_']);
    let signs = trimmed.ends_with(['~', '≈', '<', '>', '≤', '≥', '–']);
    let words: Vec<String> = trimmed
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(2)
        .map(str::to_lowercase)
        .collect();
    let vague = [
        "about", "approximately", "around", "roughly", "least", "most", "than", "to", "nearly", "almost", "over",
        "first", "next", "remaining", "other", "another", "of", "or", "last", "these", "those", "section", "sections",
        "under", "previous", "up",
    ];
    let hedged = words.first().is_some_and(|word| vague.contains(&word.as_str()));
    let is_partial = behind.trim_start().to_lowercase();
    let partial = [
        "so far",
        "(so far",
        "per ",
        "each",
        "in section",
        "for section",
        "of the",
        "in this section",
        "for this section",
        "at most",
        "or more",
    ];
    !glued && !signs && !hedged && !partial.iter().any(|start| is_partial.starts_with(start))
}

/// Text of the source, such as a criterion, keeps its numbers.
fn is_preserved(cx: &Context<'_, '_>, prose: &Prose) -> bool {
    let Some(feature) =
        cx.pair.integrated.feature_at(prose.span.start).and_then(|place| cx.pair.integrated.feature(place))
    else {
        return false;
    };
    [feature.description, feature.criteria]
        .into_iter()
        .flatten()
        .any(|value| value.span.encloses(prose.span) || value.label.span.overlaps(prose.span))
}

/// A count inside a section speaks of that section, unless it is the only one; headings name things.
fn is_about_the_document(cx: &Context<'_, '_>, prose: &Prose, counted: Counted) -> bool {
    let spec = &cx.pair.integrated;
    let in_section = spec.section_at(prose.span.start).is_some() && spec.sections.len() > 1;
    let is_total = match counted {
        // What a section adds is counted where all tables stand in it; else the sum is somebody else's.
        Counted::Tables => !in_section || all_tables_in_section(cx, prose),
        Counted::Features | Counted::Sections => !in_section,
    };
    is_total && prose.role != Role::Heading
}

fn all_tables_in_section(cx: &Context<'_, '_>, prose: &Prose) -> bool {
    let spec = &cx.pair.integrated;
    let section = spec.section_at(prose.span.start);
    let database = Database::of_pair(cx.pair, &cx.config.exposed_schemas);
    let tables = database.schema.tables.iter().filter(|table| !table.temporary);
    let mut places = tables.filter_map(|table| database.judged_place(table.created));
    places.all(|place| spec.section_at(place.start) == section)
}

/// What there is; `None` where nothing of the kind is recognised, so that nothing can be said.
fn actual(cx: &Context<'_, '_>, counted: Counted) -> Option<usize> {
    let spec = &cx.pair.integrated;
    let count = match counted {
        Counted::Tables => {
            let schema = cx.pair.schema(&cx.config.exposed_schemas);
            let is_new = |table: &&Table| cx.pair.is_own(table.created) && !table.temporary;
            schema.tables.iter().filter(is_new).filter(|table| table.partition_of.is_none()).count()
        }
        Counted::Features => distinct(spec.features().map(|(_, feature)| feature.id.as_str())),
        // A section that stands there twice is one.
        Counted::Sections => distinct(spec.sections.iter().map(|section| section_key(&section.number))),
    };
    (count > 0).then_some(count)
}

/// Features that the spec says it leaves out: a total may count them with the others.
fn skipped(cx: &Context<'_, '_>) -> usize {
    let spec = &cx.pair.integrated;
    let bodies: HashSet<&str> = spec.features().map(|(_, feature)| feature.id.as_str()).collect();
    distinct(spec.skips.iter().map(|(_, skip)| skip.id.as_str()).filter(|id| !bodies.contains(id)))
}

fn distinct<T: Eq + Hash>(all: impl Iterator<Item = T>) -> usize {
    all.collect::<HashSet<T>>().len()
}

fn value(number: &str) -> Option<usize> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    number.parse().ok().or_else(|| words.iter().position(|word| number.eq_ignore_ascii_case(word)).map(|at| at + 1))
}
