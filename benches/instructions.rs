//! Counts instructions of whole runs under callgrind: `cargo bench --bench instructions`.
//!
//! Times differ from machine to machine and from run to run, instructions hardly do. Two things must hold: a few runs
//! stay within the budget in `benches/budget.toml`, and a document that doubles in any dimension costs less than
//! [`MOST_GROWTH`] times as much. Skips, and says so, where valgrind is not installed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints what it counts"
)]

mod generator;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use generator::{Shape, migration, notes, pair};

/// Most growth of the instructions when a dimension doubles; linear work stays at 2, and small inputs below it.
const MOST_GROWTH: f64 = 2.6;
/// How far above its budget a run may be, as a share of it.
const TOLERANCE: f64 = 0.05;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<ExitCode> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is not installed");
        return Ok(ExitCode::SUCCESS);
    }
    let folder = tempfile::tempdir()?;
    let budget: BTreeMap<String, u64> = toml::from_str(include_str!("budget.toml"))?;
    let kept = within_budget(folder.path(), &budget)?;
    let linear = linear_growth(folder.path())?;
    Ok(if kept && linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn within_budget(folder: &Path, budget: &BTreeMap<String, u64>) -> Result<bool> {
    let tiny = Shape { sections: 1, features: 1, criteria: 2, sentences: 1, ..Shape::PAIR };
    write_pair(&folder.join("tiny"), tiny)?;
    write_pair(&folder.join("pair"), Shape::PAIR)?;
    println!("{:<12} {:>14} {:>14}   of its budget", "run", "instructions", "budget");
    let mut holds = true;
    for (name, &most) in budget {
        let count = match name.as_str() {
            "version" => instructions(&["--version"], folder)?,
            other => instructions(&["check", "--threads", "1", "integrated.md"], &folder.join(other))?,
        };
        let share = ratio(count, most);
        let verdict = if share > 1.0 + TOLERANCE { "  TOO MUCH" } else { "" };
        println!("{name:<12} {count:>14} {most:>14}   {share:.3}{verdict}");
        holds &= verdict.is_empty();
    }
    Ok(holds)
}

/// A document, or a folder of them, that can be made `n` times as large.
type Dimension = (&'static str, fn(usize, &Path) -> Result<()>);

const DIMENSIONS: [Dimension; 9] = [
    ("length", |n, at| write_pair(at, Shape { sections: 4 * n, ..Shape::PAIR })),
    ("features", |n, at| write_pair(at, Shape { sections: 1, features: 16 * n, ..Shape::PAIR })),
    ("criteria", |n, at| write_pair(at, Shape { sections: 1, features: 2, criteria: 200 * n, ..Shape::PAIR })),
    ("prose", |n, at| write_pair(at, Shape { sections: 1, features: 2, sentences: 400 * n, ..Shape::PAIR })),
    ("findings", |n, at| write_pair(at, Shape { sections: 1, features: 16 * n, faults: 16 * n, ..Shape::PAIR })),
    ("suppressions", |n, at| {
        write_pair(at, Shape { sections: 1, features: 16 * n, suppressions: 16 * n, ..Shape::PAIR })
    }),
    ("nesting", |n, at| write_pair(at, Shape { sections: 1, features: 1, nesting: 50 * n, ..Shape::PAIR })),
    ("tables", |n, at| {
        let sql: String = (0..32 * n).map(migration).collect();
        write(&at.join("integrated.sql"), &sql)
    }),
    ("files", |n, at| {
        write_pair(at, Shape { sections: 1, ..Shape::PAIR })?;
        (0..100 * n).try_for_each(|number| write(&at.join(format!("{number}.md")), &notes(number, 4_000)))
    }),
];

fn linear_growth(folder: &Path) -> Result<bool> {
    println!("\n{:<12} {:>14} {:>14} {:>14}   growth per doubling", "dimension", "n", "2n", "4n");
    let mut holds = true;
    for (name, make) in DIMENSIONS {
        let mut counts = Vec::new();
        for size in [1, 2, 4] {
            let place = folder.join(name).join(size.to_string());
            make(size, &place)?;
            counts.push(instructions(&["check", "--threads", "1", "--fail-on", "never", "."], &place)?);
        }
        let growth: Vec<f64> = counts.windows(2).map(|pair| ratio(pair[1], pair[0])).collect();
        let verdict = if growth.iter().any(|&growth| growth > MOST_GROWTH) { "  TOO MUCH" } else { "" };
        let [once, twice, fourfold] = counts[..] else { continue };
        println!("{name:<12} {once:>14} {twice:>14} {fourfold:>14}   {:.2} {:.2}{verdict}", growth[0], growth[1]);
        holds &= verdict.is_empty();
    }
    Ok(holds)
}

/// Instructions that one run of the program takes in `folder`, all threads together.
fn instructions(arguments: &[&str], folder: &Path) -> Result<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env!("CARGO_BIN_EXE_speclint"));
    let output = valgrind.args(arguments).current_dir(folder).env("COLUMNS", "80").output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code().is_none_or(|code| code > 1) {
        return Err(format!("speclint {}: {}\n{said}", arguments.join(" "), output.status).into());
    }
    let collected = said.lines().find_map(|line| line.split_once("Collected :").map(|(_, count)| count.trim()));
    Ok(collected.ok_or("callgrind says no count")?.parse()?)
}

#[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
fn ratio(count: u64, of: u64) -> f64 {
    count as f64 / of as f64
}

fn write_pair(folder: &Path, shape: Shape) -> Result<()> {
    let pair = pair(shape);
    write(&folder.join("source.md"), &pair.source)?;
    write(&folder.join("integrated.md"), &pair.integrated)
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
