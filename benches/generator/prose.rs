//! Sentences, the same ones each time.

const NOUNS: [&str; 16] = [
    "instrument", "lender", "case", "deposit", "string", "bow", "teacher", "rehearsal", "repair", "receipt", "reed",
    "valve", "shelf", "reminder", "label", "inspection",
];
const VERBS: [&str; 8] = ["shows", "lists", "returns", "keeps", "checks", "counts", "marks", "prints"];
const ENDS: [&str; 8] = [
    "within two seconds",
    "for each lender",
    "before the loan starts",
    "after the return",
    "in the order of dates",
    "with the name of the teacher",
    "once a week",
    "on the same page",
];

/// Sentences drawn from a seed with the constants of a 64-bit linear congruential generator
/// (Knuth, The Art of Computer Programming, volume 2).
pub(super) struct Words(u64);

impl Words {
    /// Starts from a seed.
    pub(super) fn new(seed: usize) -> Self {
        let mut words = Self(seed as u64);
        words.draw(1);
        words
    }

    fn draw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    /// Adds one sentence to `text`.
    pub(super) fn sentence(&mut self, text: &mut String) {
        let number = self.draw(40) + 2;
        let parts = [
            "The ",
            NOUNS[self.draw(16)],
            " page ",
            VERBS[self.draw(8)],
            " the ",
            NOUNS[self.draw(16)],
            " of each ",
            NOUNS[self.draw(16)],
            " ",
            ENDS[self.draw(8)],
            ", at most ",
            &number.to_string(),
            " times.",
        ];
        text.extend(parts);
    }
}

/// Name of a section.
pub(super) fn section_name(section: usize) -> String {
    let noun = NOUNS[section % 16];
    format!("The {noun} book {section}")
}

/// Purpose of a section.
pub(super) fn purpose(section: usize) -> String {
    let mut text = String::new();
    Words::new(section + 77).sentence(&mut text);
    text
}

/// User value of a section.
pub(super) fn user_value(section: usize) -> String {
    let mut text = String::new();
    Words::new(section + 99).sentence(&mut text);
    text
}

/// Title of a feature.
pub(super) fn feature_title(section: usize, feature: usize) -> String {
    format!("The {} register {section} of shelf {feature}", NOUNS[(section * 7 + feature) % 16])
}
