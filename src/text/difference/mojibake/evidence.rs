//! Telling damage from ordinary text that happens to look like it.
//!
//! Accented capitals do stand before quotes, dashes, footnote marks and other letters (`CAFÉ…`, `KŘÍŽ`,
//! `Úžas`), and accented small letters before two closing marks (`«café…»`, `« voilà »` with no-break
//! spaces). Such a sequence counts as damage only when its neighbours rule ordinary text out.

/// The characters on both sides of a sequence.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) previous: Option<char>,
    pub(super) next: Option<char>,
}

impl Context {
    fn follows(self, test: fn(char) -> bool) -> bool {
        self.previous.is_some_and(test)
    }

    fn precedes(self, test: fn(char) -> bool) -> bool {
        self.next.is_some_and(test)
    }
}

/// Whether the damaged reading of `lead` and `tail` is the only sensible one.
pub(super) fn is_certain(lead: char, tail: &[char], context: Context) -> bool {
    match (lead, tail) {
        ('Â', &[mark]) => is_certain_sign(mark, context),
        ('Ã', &[mark]) => is_certain_western(mark, context),
        // Both stand before marks in ordinary text: `3×½`, `„Spaß“`.
        ('×' | 'ß', _) => false,
        (_, &[mark]) => is_certain_letter(mark, context),
        ('â', _) => {
            let is_word_end = context.follows(char::is_alphabetic);
            let is_quoted = context.follows(is_quote) && tail.first().copied().is_some_and(is_quote);
            !(looks_ordinary(tail) && (is_word_end || is_quoted))
        }
        _ => !looks_ordinary(tail),
    }
}

/// Whether all of `tail` may follow a word. Daggers do not count: behind `â` they are what arrows become.
fn looks_ordinary(tail: &[char]) -> bool {
    // A no-break space ends a French word before any sign: `à §3`.
    tail.first() == Some(&'\u{a0}')
        || tail.iter().all(|&c| is_punctuation(c) || (is_mark(c) && !matches!(c, '†' | '‡')))
}

/// `Â` before a sign of Latin-1: `Â°`, `Â©`, `Â` and a no-break space.
fn is_certain_sign(mark: char, context: Context) -> bool {
    !is_punctuation(mark)
        || context.follows(|c| c.is_lowercase() || c.is_numeric())
        || (context.precedes(char::is_alphanumeric) && !context.follows(char::is_alphabetic))
}

/// `Ã` before what is left of an accented Western letter: `Ã©`, `Ã–`.
fn is_certain_western(mark: char, context: Context) -> bool {
    let starts_word = !context.follows(char::is_alphabetic);
    if context.follows(char::is_lowercase) || (starts_word && context.precedes(char::is_lowercase)) {
        return true;
    }
    match mark {
        '–' | '—' => starts_word,
        // A quote between two letters is no quote; an apostrophe may be.
        '‘' | '“' | '”' | '«' | '»' | '‹' | '›' | '„' | '‚' | '•' => {
            context.precedes(char::is_alphabetic)
        }
        _ if is_punctuation(mark) => false,
        _ if is_mark(mark) => starts_word || context.precedes(char::is_lowercase),
        _ => true,
    }
}

/// Any other capital before one character: Central European, Turkish, Greek, Cyrillic, Arabic letters.
fn is_certain_letter(mark: char, context: Context) -> bool {
    if context.follows(char::is_lowercase) {
        return true;
    }
    if is_letter(mark) {
        return false;
    }
    // `Ø` and `Å` are words: dashes, ellipses and apostrophes may follow, a quote before a letter may not.
    if is_punctuation(mark) || is_mark(mark) {
        let may_follow_a_word = matches!(mark, '–' | '—' | '…' | '’' | '\u{a0}' | '\u{ad}');
        let starts_word = !context.follows(char::is_alphabetic);
        return !may_follow_a_word && starts_word && context.precedes(char::is_lowercase);
    }
    true
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '‘' | '’' | '“' | '”' | '«' | '»' | '‹' | '›' | '„' | '‚')
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '…' | '–' | '—' | '•' | '\u{a0}' | '\u{ad}') || (is_quote(c) && !c.is_ascii())
}

/// Signs that are set behind words: trade marks, ordinals, footnotes.
fn is_mark(c: char) -> bool {
    matches!(c, '™' | '®' | '©' | '°' | 'ª' | 'º' | '¹' | '²' | '³' | '†' | '‡')
}

fn is_letter(c: char) -> bool {
    matches!(c, 'Š' | 'Ž' | 'Œ' | 'Ÿ' | 'š' | 'ž' | 'œ')
}
