//! Whole files: what each key means, and what is said of what is wrong.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::diagnostics::Level;
use crate::text::SourceFile;

const RULES: [(&str, &str); 5] = [
    ("no-prisma", "stack"),
    ("no-swr", "stack"),
    ("rls-enabled", "database"),
    ("feature-missing", "fidelity"),
    ("unclosed-fence", "document"),
];

fn resolve(text: &str, overrides: &Overrides) -> Result<Config, ConfigError> {
    Draft::parse(SourceFile::new("speclint.toml", text.into()), "shop").resolve(&RULES.into_iter().collect(), overrides)
}

fn errors(text: &str) -> String {
    resolve(text, &Overrides::default()).unwrap_err().to_string()
}

#[test]
fn print() {
    for t in [
        "exlude = []\nfail_on = \"error\"\nfoo = 1\n",
        "[[pairs]]\nspec = \"a.md\"\nsorce = \"b.md\"\nexclude = []\n",
        "[levels]\nno-prsima = \"note\"\nno-swr = \"eror\"\nmentions = \"off\"\nstack = 3",
        "exclude = \"a\"\nthreads = \"4\"\nselect = [1, \"no-swr\"]\nmax-file-size = true\nlevels = 3\npairs = [3]",
        "[[pairs]]\nsource = \"a\"\n",
        "pairs = \"x\"",
        "exclude = [\n\"a\nb = 3\nb = = 4\nb = 1",
        "a = 1\na = 2",
        "[[pairs]]\nspec = \"/a.md\"\nsource=\"a[.md\"\ninventory=\"a\\\\b.md\"",
        "select = []\nignore = [\"kubernetes\", \"stak\"]\nmentions = \"of\"\nfail-on = \"off\"",
        "threads = 0\nmax-file-size = \"6 TiB\"\nskippable-features=[\"1.*\"]\npublic-routes=[\"get /a\", \"a\"]\nasync-clients=[\"createClient()\"]\nexposed-schemas=[\"\"]",
        "threads = -1\nmax-file-size = 0",
        "\u{feff}threads = -1\nmax-file-size = 0",
    ] {
        eprintln!("-----\n{t}\n--\n{}", errors(t));
    }
}
