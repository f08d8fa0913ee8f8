//! What a template leaves behind, told from what code and Markdown put in brackets.

use crate::text::strip_prefix_ignore_ascii_case;

/// How the marker starts that a scaffold leaves where a person must write: `[FILL IN: what is to be written]`.
pub const MARKER: &str = "[FILL IN:";

/// Words that an instruction in brackets is made of.
const INSTRUCTIONS: [&str; 44] = [
    "transformed", "current", "insert", "add", "your", "name", "title", "date", "description", "describe", "list",
    "same", "copy", "copied", "exact", "unchanged", "continue", "continued", "continues", "remaining", "placeholder",
    "todo", "tbd", "tbc", "fill", "specify", "value", "number", "version", "project", "feature", "section", "source",
    "original", "content", "details", "see", "repeat", "similar", "omitted", "truncated", "path", "yyyy", "example",
];

/// Whether the value of a field is none yet: empty, in brackets, or a mark such as `TBD`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let bare = value.trim().trim_matches(['*', '_', '`', '"']).trim();
    let upper = bare.to_uppercase();
    let marks = [
        "TBD", "TODO", "TBC", "N/A", "XXX", "???", "...", "…", "-", "YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "X.Y",
        "X.X",
    ];
    let bracketed = bare.starts_with(['[', '<', '{']) && bare.ends_with([']', '>', '}']) && !bare.contains("](");
    bare.is_empty() || marks.contains(&upper.as_str()) || bracketed || upper.starts_with('[') && upper.contains("YYYY")
}

/// Whether the text between two brackets is an instruction to a writer: words, the first in capitals or one of those
/// that instructions are made of. Code (`id`, `...slug`, `0`), marks (`x`) and remarks of an editor (`sic`) are none.
pub(super) fn is_instruction(inside: &str) -> bool {
    let inside = inside.trim();
    let is_code = inside.contains(['=', ';', '<', '>', '\'', '"', '|', '{', '}', '$', '\\', '@', '#', '^'])
        || inside.starts_with("...")
        || inside.starts_with(|c: char| !c.is_alphabetic());
    if is_code || inside.len() > 300 {
        return false;
    }
    let words: Vec<String> = inside
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let known = words.iter().filter(|word| INSTRUCTIONS.contains(&word.as_str())).count();
    let starts_upper = inside.starts_with(char::is_uppercase);
    match words.len() {
        0 => false,
        1 => {
            matches!(
                words.first().map(String::as_str),
                Some("todo" | "tbd" | "tbc" | "placeholder" | "continued" | "truncated" | "omitted")
            ) && starts_upper
        }
        _ => starts_upper && known > 0,
    }
}

/// Whether the text of a paragraph that is all in brackets says what ought to stand there: `[Explanation of the queue]`. A
/// button has fewer words, or more capitals.
pub(super) fn is_announced_text(inside: &str) -> bool {
    let mut words = inside.split_whitespace();
    let starts_upper = words.next().is_some_and(|first| first.starts_with(char::is_uppercase));
    let rest: Vec<&str> = words.collect();
    let is_text = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == ',' || c == '-');
    starts_upper && rest.len() >= 3 && rest.iter().all(is_text)
}

/// Whether the text between two brackets inside a sentence is an instruction. There, "[Add plot]" and "[Copy link]" are as
/// likely the buttons of a page: it takes two words of instructions, or one that no button has.
pub(super) fn is_instruction_in_sentence(inside: &str) -> bool {
    let words: Vec<String> =
        inside.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let known = words.iter().filter(|word| INSTRUCTIONS.contains(&word.as_str()) || *word == "here").count();
    let starts_so = words.first().is_some_and(|word| {
        ["transformed", "current", "todo", "tbd", "tbc", "placeholder", "copied", "continued"].contains(&word.as_str())
    });
    is_instruction(inside) && (known > 1 || starts_so)
}

/// Whether a sentence announces that something is left out for want of room.
pub(super) fn announces_elision(sentence: &str) -> bool {
    if !has_cue(sentence) {
        return false;
    }
    let text = sentence.to_lowercase();
    let cause = ["due to", "because of", "given", "owing to", "for reasons of"];
    let room = [
        "length constraint",
        "space constraint",
        "token limit",
        "length limit",
        "size constraint",
        "context limit",
        "character limit",
        "output limit",
        "response length",
        "space limit",
        "token constraint",
        "length restriction",
        "brevity",
    ];
    let by_cause = room.iter().any(|room| text.contains(room)) && cause.iter().any(|cause| text.contains(cause));
    let left_out = [
        "omitted for",
        "truncated for",
        "shortened for",
        "abbreviated for",
        "abridged for",
        "left out for",
        "not shown for",
        "removed for",
        "condensed for",
        "skipped for",
    ];
    let for_room = left_out.iter().any(|phrase| {
        text.find(phrase).and_then(|at| text.get(at + phrase.len()..)).is_some_and(|rest| {
            ["brevity", "space", "length", "conciseness", "clarity", "readability"]
                .iter()
                .any(|why| rest.trim_start().starts_with(why))
        })
    });
    let is_short = ["brevity", "conciseness", "to save space"].iter().any(|why| text.contains(why));
    let is_left_out =
        ["omitted", "skipped", "left out", "shortened", "truncated", "not shown", "abbreviated", "abridged"];
    let is_cut = is_short && is_left_out.iter().any(|word| text.contains(word));
    // "the remaining sections follow the same pattern"
    let is_rest = ["remaining ", "the other ", "the rest "].iter().any(|rest| text.contains(rest));
    let same = ["follow the same", "follows the same", "following the same", "are transformed the same way"];
    // "the rest of this section has been truncated"
    let has_room = ["section", "document", "specification", "response", "spec "].iter().any(|part| text.contains(part));
    let is_broken_off = is_rest
        && has_room
        && ["been truncated", "been omitted", "is truncated", "is omitted", "are omitted"]
            .iter()
            .any(|cut| text.contains(cut));
    by_cause || for_room || is_cut || is_broken_off || (is_rest && same.iter().any(|phrase| text.contains(phrase)))
}

/// Whether a word begins as those do without which no sentence announces an elision. Most sentences have none, and are
/// done with here.
fn has_cue(sentence: &str) -> bool {
    let is_cue = |word: &[u8]| {
        let cues: &[&str] = match word.first().map(u8::to_ascii_lowercase) {
            Some(b'a') => &["abbreviated", "abridged"],
            Some(b'b') => &["brevity"],
            Some(b'c') => &["concise", "condensed", "constraint"],
            Some(b'l') => &["left", "length", "limit"],
            Some(b'o') => &["omitted", "other"],
            Some(b'r') => &["remaining", "removed", "rest"],
            Some(b's') => &["save", "shortened", "shown", "skipped"],
            Some(b't') => &["truncated"],
            _ => return false,
        };
        let begins = |cue: &&str| word.get(..cue.len()).is_some_and(|start| start.eq_ignore_ascii_case(cue.as_bytes()));
        cues.iter().any(begins)
    };
    sentence.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).any(is_cue)
}

/// Whether a line of prose stands for text that is not there: `... (continued)`, `TBD`, `{{IMPLEMENTATION}}`.
pub(super) fn is_prose_elision(line: &str) -> bool {
    let bare = line.trim().trim_matches(['*', '_', '(', ')', '[', ']', ' ']);
    let marks = ["TBD", "TODO", "TBC", "TO BE DEFINED", "TO BE DONE"];
    let is_slot = bare
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|slot| !slot.contains(['{', '.', '(']));
    let dotted = bare.starts_with("...") || bare.starts_with('…') || bare.ends_with("...") || bare.ends_with('…');
    let whole = line.trim().trim_matches(['*', '_']);
    let is_remark = whole.starts_with('(') && whole.ends_with(')');
    let is_due = strip_prefix_ignore_ascii_case(bare, "to be ").is_some();
    let words: Vec<String> = if dotted || is_remark || is_due {
        bare.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    } else {
        Vec::new()
    };
    let rest = ["rest", "remaining", "continued", "truncated", "omitted", "continues"];
    let is_rest = dotted && words.len() <= 8 && words.iter().any(|word| rest.contains(&word.as_str()));
    // "(section truncated)", "(continued in part 2)"
    let cut = ["continued", "truncated", "omitted"];
    let ends = [words.first(), words.last()];
    let is_cut = is_remark && words.len() <= 6 && ends.iter().flatten().any(|word| cut.contains(&word.as_str()));
    let is_mark = marks.iter().any(|mark| bare.eq_ignore_ascii_case(mark));
    // "TODO: describe the job", "To be completed"
    let is_noted = ["TODO:", "TBD:", "FIXME:"].iter().any(|mark| bare.starts_with(mark));
    let is_due = is_due && words.len() == 3;
    is_mark || is_noted || is_due || is_slot || is_rest || is_cut
}

/// Whether a comment in code stands for code that is not there: dots with words about a rest.
pub(super) fn is_code_elision(comment: &str) -> bool {
    let text = comment
        .trim_start_matches(['/', '*', '-', '#', ' ', '{'])
        .trim_end_matches(['/', '*', ' ', '}'])
        .to_lowercase();
    let dotted = text.starts_with("...") || text.starts_with('…') || text.ends_with("...") || text.ends_with('…');
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let rest = ["rest", "remaining", "similar", "omitted", "implementation", "continued", "truncated", "same"];
    let others = ["other", "more", "additional", "further"];
    let keeps = ["existing", "unchanged"];
    let leads = text.starts_with("...") || text.starts_with('…');
    let is_rest = dotted && words.iter().any(|word| rest.contains(word));
    // "... other columns"
    let is_others = leads && words.first().is_some_and(|word| others.contains(word));
    // "remaining handlers omitted"
    let is_cut = words.last().is_some_and(|word| matches!(*word, "omitted" | "truncated"))
        && words.iter().take(2).any(|word| matches!(*word, "rest" | "remaining" | "other" | "others"));
    // "your code here", "add remaining policies here"
    let is_slot = words.len() >= 3
        && words.last() == Some(&"here")
        && words.first().is_some_and(|word| matches!(*word, "your" | "add" | "insert" | "put" | "place"));
    let is_short = words.len() <= 12 && !words.iter().any(|word| keeps.contains(word));
    is_short && (is_rest || is_others || is_cut || is_slot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_and_code() {
        for text in [
            "Transformed SQL migration with RLS",
            "Current Date",
            "CONTINUED IN THE NEXT PART",
            "Add the policies of the table here",
            "Project Name",
            "TODO",
        ] {
            assert!(is_instruction(text), "{text}");
        }
        for text in [
            "id", "...slug", "x", " ", "0", "string, number", "3, 7", "sic", "Cancel", "Start Training", "'new'", "^1",
            "Conservative",
        ] {
            assert!(!is_instruction(text), "{text}");
        }
    }

    #[test]
    fn buttons_in_a_sentence() {
        for text in ["Add plot", "Copy link", "Plot number", "Save changes", "See all", "Your plots"] {
            assert!(!is_instruction_in_sentence(text), "{text}");
        }
        for text in ["Current Date", "Transformed SQL", "Insert description here", "Project Name"] {
            assert!(is_instruction_in_sentence(text), "{text}");
        }
    }

    #[test]
    fn lines_that_stand_for_text() {
        for line in [
            "(continued in part 2)",
            "*(Section truncated)*",
            "TODO: describe the job",
            "_[To be completed]_",
            "TBD",
            "... (remaining routes)",
        ] {
            assert!(is_prose_elision(line), "{line}");
        }
        for line in ["To be first is nice", "Todo lists are shown", "The name is cut (…)"] {
            assert!(!is_prose_elision(line), "{line}");
        }
    }

    #[test]
    fn elisions() {
        for text in [
            "Due to length constraints, the rest follows.",
            "Handlers are omitted for brevity.",
            "The rest of this section has been truncated.",
        ] {
            assert!(announces_elision(text), "{text}");
        }
        for text in
            ["The name has a length constraint of 80 characters.", "For brevity, the label prints its number only."]
        {
            assert!(!announces_elision(text), "{text}");
        }
        assert!(is_code_elision("// ... remaining code omitted for brevity"));
        assert!(is_code_elision("-- ... similar policies for the other tables"));
        for comment in ["-- ... other columns", "/* remaining handlers omitted */", "// Your code here"] {
            assert!(is_code_elision(comment), "{comment}");
        }
        assert!(!is_code_elision("// ... existing imports"));
        assert!(!is_code_elision("// other columns are nullable"));
        assert!(!is_code_elision("// remaining rows are archived"));
        assert!(!is_code_elision("// waits for the rest of the crew"));
    }

    #[test]
    fn fields() {
        for text in ["", "[Current Date]", "TBD", "YYYY-MM-DD", "<version>"] {
            assert!(is_placeholder(text), "{text}");
        }
        assert!(!is_placeholder("[source.md](source.md)"));
        assert!(!is_placeholder("1.0 (Integrated)"));
    }
}
