//! Markdown's inline delimiters, backslash escapes, and HTML entities.

/// `text` without emphasis, code and strike-through delimiters and backslash escapes, basic entities decoded.
///
/// Not a parser: whole runs of delimiters are judged by their neighbours. What Markdown does not read as a
/// delimiter stays: a run between blanks (`2 * 3`), `_` within a word (`user_id`), a single `~` (`~5 s`),
/// a backslash before a letter or digit; so does `*` between digits (`2*3`).
pub(super) fn without_formatting(text: &str) -> String {
    decode_entities(&without_delimiters(text))
}

fn is_delimiter(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '~' | '\\')
}

fn without_delimiters(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut previous = None;
    while let Some((plain, run_on)) = rest.find(is_delimiter).and_then(|at| rest.split_at_checked(at)) {
        kept.push_str(plain);
        previous = plain.chars().next_back().or(previous);
        let run_len = run_on.find(|c| !is_delimiter(c)).unwrap_or(run_on.len());
        let (run, behind) = run_on.split_at_checked(run_len).unwrap_or((run_on, ""));
        keep_of_run(run, previous, behind.chars().next(), &mut kept);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// Pushes the characters of a run of delimiters that are none.
fn keep_of_run(run: &str, previous: Option<char>, next: Option<char>, kept: &mut String) {
    if previous.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace) {
        let is_backslash = |c: char| c == '\\';
        let has_others = !run.chars().all(is_backslash);
        return kept.extend(run.chars().filter(|&c| !(has_others && is_backslash(c))));
    }
    let both = |test: fn(char) -> bool| previous.is_some_and(test) && next.is_some_and(test);
    let in_word = both(char::is_alphanumeric);
    let in_number = both(|c| c.is_ascii_digit());
    let one_tilde = run.matches('~').count() == 1;
    let last = run.len() - 1;
    kept.extend(run.char_indices().filter_map(|(at, c)| {
        let is_text = match c {
            '_' => in_word,
            '*' => in_number,
            '~' => one_tilde,
            '\\' => at == last && next.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        is_text.then_some(c)
    }));
}

const ENTITIES: [(&str, char); 6] =
    [("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("apos;", '\''), ("#39;", '\''), ("nbsp;", ' ')];

/// Decodes `&lt;` and the like, also when escaped several times over (`&amp;lt;`).
fn decode_entities(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, entity)) = rest.split_once('&') {
        decoded.push_str(plain);
        let named = entity.trim_start_matches("amp;");
        let known = ENTITIES.iter().find_map(|(name, c)| Some((*c, named.strip_prefix(name)?)));
        let (character, behind) = known.unwrap_or(('&', named));
        decoded.push(character);
        rest = behind;
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_escapes_vanish() {
        for (text, plain) in [
            ("**bold** and _it_ and `code`", "bold and it and code"),
            ("~~gone~~", "gone"),
            ("user\\_id \\[x\\] \\*", "user_id [x] *"),
            ("a &lt; b &amp;amp; c &amp;gt; d&nbsp;e", "a < b & c > d e"),
            ("un*frigging*real", "unfriggingreal"),
        ] {
            assert_eq!(without_formatting(text), plain, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_delimiter_stays() {
        for text in ["2 * 3", "2*3", "user_id", "~5 s", "C:\\dir", "* item", "AT&T; &x", "a & b"] {
            assert_eq!(without_formatting(text), text);
        }
    }
}
