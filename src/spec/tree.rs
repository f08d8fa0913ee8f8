//! Files as a drawn tree of folders shows them.

use super::code::is_script_path;

/// One file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TreeFile<'t> {
    /// The path: the folders above it, from `src` on where there is one.
    pub path: String,
    /// What stands behind the name.
    pub remark: &'t str,
}

/// Deepest nesting that is followed.
const DEEPEST: usize = 32;

/// The scripts that a tree of files shows. Each line holds one name, further right than the folder that it lies in.
pub(super) fn files(text: &str) -> Vec<TreeFile<'_>> {
    let mut folders: Vec<(usize, &str)> = Vec::new();
    let mut files = Vec::new();
    for line in text.lines() {
        let is_rule = |c: char| c.is_whitespace() || "│├└─┬|+`\\-•*".contains(c);
        let rest = line.trim_start_matches(is_rule);
        let column = line.chars().count() - rest.chars().count();
        let name = rest.split(|c: char| c.is_whitespace() || c == '`' || c == ',').next().unwrap_or("");
        if name.is_empty() {
            continue;
        }
        while folders.last().is_some_and(|&(own, _)| own >= column) {
            folders.pop();
        }
        let ends = |c: char| c.is_whitespace() || "`,;()".contains(c);
        // A line of prose, or a list, may name several files.
        let others = rest.get(name.len()..).unwrap_or("").split(ends);
        let others = others.filter(|word| word.contains('/') && is_script_path(word));
        let others: Vec<_> = others.map(|word| TreeFile { path: word.to_owned(), remark: "" }).collect();
        if is_script_path(name) {
            let above = folders.iter().map(|&(_, folder)| folder);
            let path = above.chain([name]).collect::<Vec<_>>().join("/");
            let path = path.rfind("/src/").and_then(|at| path.get(at + 1..)).map_or(path.clone(), str::to_owned);
            files.push(TreeFile { path, remark: rest.get(name.len()..).unwrap_or("").trim() });
        } else if folders.len() < DEEPEST {
            folders.push((column, name.trim_start_matches("./").trim_end_matches('/')));
        }
        files.extend(others);
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        files(text).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn files_lie_in_the_folders_above_them() {
        let drawn = "ferry-desk/\n├── src/\n│   ├── app/\n│   │   └── (desk)/\n│   │       └── page.tsx\n│   └── lib/\n│       └── tides.ts   # high()\n└── README.md\n";
        assert_eq!(paths(drawn), ["src/app/(desk)/page.tsx", "src/lib/tides.ts"]);
        assert_eq!(files(drawn).last().map(|file| file.remark), Some("# high()"));
        assert_eq!(
            paths("src\n  lib\n    tides.ts\n  hooks\n    use-ebb.ts\n"),
            ["src/lib/tides.ts", "src/hooks/use-ebb.ts"]
        );
        assert_eq!(
            paths("src/components/ui/\n|-- badge.tsx\n|-- card.tsx"),
            ["src/components/ui/badge.tsx", "src/components/ui/card.tsx"]
        );
        assert_eq!(paths("src/lib/tides.ts\nsrc/lib/ebb.ts"), ["src/lib/tides.ts", "src/lib/ebb.ts"]);
        assert_eq!(paths("New: src/lib/tides.ts, src/lib/ebb.ts"), ["src/lib/tides.ts", "src/lib/ebb.ts"]);
        assert!(paths("").is_empty());
    }
}
