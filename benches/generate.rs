//! Writes the benchmarks' documents to a folder: `cargo bench --bench generate -- DIR`.
//!
//! Without a folder (as `cargo bench` runs it among the others) it writes nothing.

mod generator;

use std::error::Error;
use std::fs;
use std::path::Path;

use generator::{Shape, migration, notes, pair};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else { return Ok(()) };
    let folder = Path::new(&folder);
    write_pair(&folder.join("tiny"), Shape { sections: 1, features: 1, criteria: 2, sentences: 1, ..Shape::PAIR })?;
    write_pair(&folder.join("pair"), Shape::PAIR)?;
    write_pair(&folder.join("long"), Shape::long(100))?;
    write_pair(&folder.join("faulty"), Shape { faults: 2_500, ..Shape::long(125) })?;
    for spec in 0..6 {
        write_pair(&folder.join("repository").join(format!("spec-{spec}")), Shape::PAIR)?;
    }
    for number in 0..2_600 {
        let place = folder.join("repository").join(format!("notes-{}", number % 26));
        write(&place.join(format!("{number}.md")), &notes(number, 22_000))?;
    }
    for number in 0..200 {
        write(&folder.join("migrations").join(format!("2025{number:010}_loans.sql")), &migration(number))?;
    }
    for number in 0..100 {
        write_pair(&folder.join("many").join(number.to_string()), Shape::long(13))?;
    }
    Ok(())
}

fn write_pair(folder: &Path, shape: Shape) -> Result<(), Box<dyn Error>> {
    let pair = pair(shape);
    write(&folder.join("source.md"), &pair.source)?;
    write(&folder.join("integrated.md"), &pair.integrated)
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
