//! Names of models and tables as words that can be compared: `DamagePhoto` and `damage_photos` are one.

/// The words of a name in camel case, snake case or both, in lower case: `HTTPPort_no` is `http`, `port`, `no`.
pub(super) fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(humps).map(str::to_lowercase).collect()
}

/// The words of a name in camel case: each starts with a capital behind a small letter, or in front of one.
fn humps(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices();
        let (_, mut before) = characters.next()?;
        let mut starts_word = |(at, c): &(usize, char)| {
            let next_is_lower =
                || rest.get(at + c.len_utf8()..).is_some_and(|next| next.starts_with(char::is_lowercase));
            let starts = c.is_uppercase() && (!before.is_uppercase() || next_is_lower());
            before = *c;
            starts
        };
        let end = characters.find(|one| starts_word(one)).map_or(rest.len(), |(at, _)| at);
        let (word, behind) = rest.split_at_checked(end)?;
        rest = behind;
        Some(word)
    })
}

/// A name in snake case.
pub fn snake_case(name: &str) -> String {
    words(name).join("_")
}

/// What is the same for the singular and the plural of a name: each word without the endings that a plural has.
pub(super) fn stem(words: &[String]) -> String {
    words.iter().map(|word| word_stem(word)).collect()
}

/// What all forms of a name have in common: `DamagePhoto` and `damage_photos` are one.
pub fn name_stem(name: &str) -> String {
    stem(&words(name))
}

/// Plurals that no rule makes.
const IRREGULAR: [(&str, &str); 22] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("vertices", "vertex"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("appendices", "appendix"),
    ("data", "datum"),
    ("media", "medium"),
    ("curricula", "curriculum"),
    ("axes", "axis"),
    ("alumni", "alumnus"),
    ("stimuli", "stimulus"),
    ("cacti", "cactus"),
    ("oxen", "ox"),
];

/// Takes endings off as long as there are any, so that both forms end the same: `analysis` and `analyses`, `status`
/// and `statuses`, `leaf` and `leaves`. The stem need not be a word.
fn word_stem(word: &str) -> String {
    let mut stem = IRREGULAR.iter().find(|(plural, _)| *plural == word).map_or(word, |(_, one)| one).to_owned();
    let endings = [
        ("ies", "y"),
        ("ie", "y"),
        ("ves", "f"),
        ("ve", "f"),
        ("fe", "f"),
        ("ses", "s"),
        ("se", "s"),
        ("xes", "x"),
        ("xe", "x"),
        ("zes", "z"),
        ("ze", "z"),
        ("ches", "ch"),
        ("che", "ch"),
        ("shes", "sh"),
        ("she", "sh"),
        ("oes", "o"),
        ("oe", "o"),
        ("zz", "z"),
        ("is", ""),
        ("s", ""),
    ];
    while let Some((ending, kept)) = endings.iter().find(|(ending, _)| {
        // What is left must still tell words apart.
        stem.ends_with(ending) && stem.chars().count() >= ending.len() + 2 && !(*ending == "s" && stem.ends_with("ss"))
    }) {
        stem.truncate(stem.len() - ending.len());
        stem.push_str(kept);
    }
    stem
}

/// A likely plural of a name in `snake_case`.
pub fn plural(name: &str) -> String {
    let before = name.chars().rev().nth(1);
    let is_vowel = before.is_some_and(|c| "aeiou".contains(c));
    match name.strip_suffix('y') {
        Some(start) if !is_vowel => format!("{start}ies"),
        _ if name.ends_with(['s', 'x', 'z']) || name.ends_with("ch") || name.ends_with("sh") => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("WaitingListEntry"), ["waiting", "list", "entry"]);
        assert_eq!(words("HTTPPort_no"), ["http", "port", "no"]);
        assert_eq!(snake_case("step1Loss"), "step1_loss");
        assert_eq!(snake_case("gpuURL"), "gpu_url");
    }

    #[test]
    fn singular_and_plural_have_one_stem() {
        for (one, many) in [
            ("Entry", "entries"),
            ("Box", "boxes"),
            ("Status", "statuses"),
            ("Analysis", "analyses"),
            ("Leaf", "leaves"),
            ("Archive", "archives"),
            ("Case", "cases"),
            ("Cache", "caches"),
            ("Movie", "movies"),
            ("Menu", "menus"),
            ("Lens", "lenses"),
            ("Quiz", "quizzes"),
            ("Person", "people"),
            ("PostTag", "posts_tags"),
            ("Address", "addresses"),
            ("Photo", "photos"),
            ("Hero", "heroes"),
            ("Index", "indices"),
            ("Index", "indexes"),
            ("Datum", "data"),
            ("SocialMedia", "social_media"),
            ("Axis", "axes"),
            ("Series", "series"),
            ("MetricsPoint", "metrics_points"),
        ] {
            assert_eq!(stem(&words(one)), stem(&words(many)), "{one} {many}");
        }
        for (one, other) in [("Post", "ports"), ("User", "uses"), ("Bike", "bikers"), ("Plot", "pilots")] {
            assert_ne!(stem(&words(one)), stem(&words(other)), "{one} {other}");
        }
    }

    #[test]
    fn plurals() {
        assert_eq!(["entry", "box", "day", "plot"].map(plural), ["entries", "boxes", "days", "plots"]);
    }
}
