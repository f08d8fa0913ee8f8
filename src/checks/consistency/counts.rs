use std::collections::HashSet;
use std::hash::Hash;

use crate::checks::{Check, Context};
use crate::diagnostics::Finding;
use crate::markdown::{Prose, Role};
use crate::spec::schema::Table;
use crate::spec::{Database, section_key};
use crate::text::{Span, contains_ignore_ascii_case};

pub(super) const CHECK: Check = Check { rules: &["count-mismatch"], run };

/// What a document counts of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Tables,
    Features,
    Sections,
}

/// A count that a sentence states: `7 new database tables`, `15 functional requirements`, `creates only two tables`.
struct Claim {
    number: Span,
    /// From the number to the last word.
    whole: Span,
    counted: Counted,
}

/// The claims of a sentence in plain words.
fn claims(plain: &str) -> Vec<Claim> {
    let is_blank = |c: char| c == ' ' || c == '\t';
    if !NOUNS.iter().any(|noun| contains_ignore_ascii_case(plain, noun)) {
        return Vec::new();
    }
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for word in plain.split(is_blank) {
        if !word.is_empty() {
            words.push((start, word));
        }
        start += word.len() + 1;
    }
    let claim = |(index, &(at, word)): (usize, &(usize, &str))| {
        let number = number_at_end(word)?;
        let behind = words.get(index + 1..)?;
        let (counted, length) = counted(behind, words.get(..index)?)?;
        let &(last, noun) = behind.get(length.checked_sub(1)?)?;
        let number = Span::new(at + word.len() - number.len(), at + word.len());
        Some(Claim { number, whole: Span::new(number.start, last + letters(noun).len()), counted })
    };
    words.iter().enumerate().filter_map(claim).collect()
}

/// What every claim ends in. Most sentences have none of these, and are done with so.
const NOUNS: [&str; 5] = ["table", "model", "requirement", "frs", "sections"];

/// Numbers that are written as words.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The number that a word ends in: at most three digits, or a word up to twelve.
fn number_at_end(word: &str) -> Option<&str> {
    let digits = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return word.get(word.len() - digits.min(3)..);
    }
    let letters = word.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let is_number = |word: &&str| NUMBERS.iter().any(|number| number.eq_ignore_ascii_case(word));
    word.get(word.len() - letters..).filter(is_number)
}

/// The letters that a word starts with: what is left of it without the punctuation of its sentence.
fn letters(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let is_whole = !word.get(end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    word.get(..end).filter(|_| is_whole).unwrap_or_default()
}

/// What the words behind a number count, and how many words say so.
fn counted(behind: &[(usize, &str)], before: &[(usize, &str)]) -> Option<(Counted, usize)> {
    // All words but the last stand alone, as written.
    let full = |index: usize| behind.get(index).map_or("", |&(_, word)| word);
    let is = |word: &str, names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    let ends = |index: usize, names: &[&str]| is(letters(full(index)), names);
    let kinds = ["database", "postgresql", "supabase", "sql", "db"];
    let kind = |index: usize| usize::from(is(full(index), &kinds));
    let model = 1 + usize::from(is(full(1), &["database"]));
    let adjective = usize::from(is(full(0), &["integrated", "main", "major"]));
    let is_new = is(full(0), &["new"]);
    if is_new && ends(1 + kind(1), &["table", "tables"]) {
        Some((Counted::Tables, 2 + kind(1)))
    } else if is_new && ends(model, &["model", "models"]) {
        Some((Counted::Tables, model + 1))
    } else if is(full(0), &["functional"]) && ends(1, &["requirement", "requirements"]) {
        Some((Counted::Features, 2))
    } else if ends(0, &["frs"]) {
        Some((Counted::Features, 1))
    } else if ends(adjective, &["sections"]) {
        Some((Counted::Sections, adjective + 1))
    } else if ends(kind(0), &["tables"]) && says_created(before) {
        // Without "new" they may be anybody's, unless it is said that they are created.
        Some((Counted::Tables, kind(0) + 1))
    } else {
        None
    }
}

/// Whether the words right before a number say that something is created: `creates`, `adds only`.
fn says_created(before: &[(usize, &str)]) -> bool {
    let last = |back: usize| before.len().checked_sub(back).and_then(|index| before.get(index)).map_or("", |own| own.1);
    let verb = if last(1).eq_ignore_ascii_case("only") { last(2) } else { last(1) };
    let verbs = ["create", "creates", "creating", "add", "adds", "adding", "introduce", "introduces", "introducing"];
    let verb = verb.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    verbs.iter().any(|own| own.eq_ignore_ascii_case(verb))
}

fn run(cx: &Context<'_, '_>, findings: &mut Vec<Finding>) {
    if !cx.is_on("count-mismatch") || cx.pair.only_section.is_some() {
        return;
    }
    let document = cx.pair.integrated.document;
    for prose in &document.prose {
        // Plain words, so that emphasis inside a claim does not hide it.
        let plain = document.plain(prose);
        for Claim { number, whole, counted } in claims(&plain) {
            let (claim, number) = (whole.of(&plain), number.of(&plain));
            let claimed = value(number);
            let before = plain.get(..whole.start).unwrap_or("");
            let behind = plain.get(whole.end..).unwrap_or("");
            if !is_exact(before, behind) || is_preserved(cx, prose) || !is_about_the_document(cx, prose, counted) {
                continue;
            }
            let Some(actual) = actual(cx, counted).filter(|actual| Some(*actual) != claimed) else { continue };
            if counted == Counted::Features && claimed == Some(actual + skipped(cx)) {
                continue;
            }
            findings.extend(claimed.and_then(|claimed| finding(cx, prose, claim, number, (claimed, actual))));
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
    number.parse().ok().or_else(|| NUMBERS.iter().position(|word| number.eq_ignore_ascii_case(word)).map(|at| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(plain: &str) -> Vec<(&str, Counted)> {
        claims(plain).into_iter().map(|claim| (claim.whole.of(plain), claim.counted)).collect()
    }

    #[test]
    fn claims_are_numbers_with_what_they_count() {
        assert_eq!(found("It has (7 new database tables)."), [("7 new database tables", Counted::Tables)]);
        assert_eq!(
            found("Three new models, 12 FRs"),
            [("Three new models", Counted::Tables), ("12 FRs", Counted::Features)]
        );
        assert_eq!(
            found("15 Functional Requirements in 4 main sections."),
            [("15 Functional Requirements", Counted::Features), ("4 main sections", Counted::Sections)]
        );
        assert_eq!(found("The migration creates only two Supabase tables"), [("two Supabase tables", Counted::Tables)]);
    }

    #[test]
    fn other_numbers_claim_nothing() {
        for text in ["7 tables are joined", "someone new tables", "4 sectional sofas", "7 new tablespaces", "12", ""] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
