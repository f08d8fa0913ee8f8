//! Turns the rule pages in `checks/` into static tables, so that the program parses none of them at start-up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/checks/front_matter.rs"]
#[allow(unreachable_pub, reason = "the crate compiles the same file as a module of its own")]
mod front_matter;

use front_matter::{FrontMatter, split};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=checks");
    println!("cargo::rerun-if-changed=src/checks/front_matter.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("checks");
    let mut pages = BTreeMap::new();
    for group in fs::read_dir(&root)? {
        let group = group?.path();
        for page in fs::read_dir(&group)? {
            let page = page?.path();
            let generated = generate(&group, &page).map_err(|error| format!("{}: {error}", page.display()))?;
            pages.insert(stem(&page), generated);
        }
    }
    let mut code = String::from("/// The pages in `checks/`, sorted by id.\npub static PAGES: &[Page] = &[\n");
    for page in pages.values() {
        code.push_str(page);
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("pages.rs"), code)?;
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn generate(group: &Path, page: &Path) -> Result<String, Failure> {
    let text = fs::read_to_string(page)?;
    let (front, _) = split(&text).ok_or("no front matter between `+++` lines")?;
    let front: FrontMatter = toml::from_str(front)?;
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| format!("Cow::Borrowed({item:?})")).collect();
        format!("Cow::Borrowed(&[{}])", items.join(", "))
    };
    let mut code = String::new();
    writeln!(code, "Page {{ id: Cow::Borrowed({:?}), group: Cow::Borrowed({:?}),", stem(page), stem(group))?;
    writeln!(code, "level: Level::{:?}, item: {:?}, engine: Engine::{:?},", front.level, front.item, front.engine)?;
    writeln!(
        code,
        "summary: Cow::Borrowed({:?}), text: Cow::Borrowed(include_str!({:?})),",
        front.summary,
        page.to_string_lossy()
    )?;
    writeln!(code, "fix: Cow::Borrowed({:?}), unsafe_fix: Cow::Borrowed({:?}),", front.fix, front.unsafe_fix)?;
    writeln!(code, "stack: Stack {{ name: Cow::Borrowed({:?}), help: Cow::Borrowed({:?}),", front.name, front.help)?;
    for (key, items) in front.lists() {
        writeln!(code, "{key}: {},", list(items))?;
    }
    writeln!(code, "}} }},")?;
    Ok(code)
}
