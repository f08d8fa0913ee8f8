//! Times of whole checks inside one process: `cargo bench --bench check`. Compare within one run, never across machines.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints what it counts"
)]

mod generator;

use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use generator::{Shape, migration, notes, pair};
use speclint::checks::RuleSet;
use speclint::config::{Draft, Overrides};
use speclint::text::SourceFile;
use speclint::{Checker, Request};

fn main() {
    divan::main();
}

fn checker() -> Checker {
    let rules = RuleSet::new(Vec::new()).expect("the built-in rules have names of their own");
    let config = Draft::defaults(PathBuf::new()).resolve(&rules.known(), &Overrides::default());
    Checker::new(rules, config.expect("the defaults are sound"), PathBuf::new())
}

/// A pair of about 100 KB and one of about 10 MB.
#[divan::bench(args = [1, 100])]
fn documents(bencher: Bencher, times: usize) {
    let pair = pair(Shape::long(times));
    let checker = checker();
    let file = |name: &str, text: &str| SourceFile::new(name, text.as_bytes().to_vec());
    let (spec, source) = (file("integrated.md", &pair.integrated), file("source.md", &pair.source));
    let bytes = BytesCount::new(pair.integrated.len() + pair.source.len());
    bencher.counter(bytes).bench(|| checker.check_pair(&spec, Some(&source), None));
}

/// A repository of Markdown files of which few are specs.
#[divan::bench]
fn repository(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pair = pair(Shape::PAIR);
    write(&folder.path().join("specs/source.md"), &pair.source);
    write(&folder.path().join("specs/integrated.md"), &pair.integrated);
    for number in 0..500 {
        write(&folder.path().join(format!("notes/{number}.md")), &notes(number, 20_000));
    }
    on_disk(bencher, folder.path());
}

/// A folder of migrations.
#[divan::bench]
fn migrations(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for number in 0..200 {
        write(&folder.path().join(format!("migrations/{number:04}_loans.sql")), &migration(number));
    }
    on_disk(bencher, folder.path());
}

fn on_disk(bencher: Bencher, folder: &Path) {
    let checker = checker();
    bencher.bench(|| checker.check(Request { paths: vec![folder.to_path_buf()], ..Request::default() }));
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
