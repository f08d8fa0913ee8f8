use std::collections::{BTreeMap, BTreeSet};

/// What is known of one module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// Names that it exports.
    pub symbols: BTreeSet<String>,
    /// Whether `symbols` are all of them.
    pub complete: bool,
}

/// Modules by their [`module_key`].
pub type Modules = BTreeMap<String, Module>;

/// Extensions of files that can be imported by name.
const EXTENSIONS: [&str; 9] = ["d.ts", "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];

/// What all spellings of a module of the codebase have in common: `@/lib/auth`, `src/lib/auth.ts`, `/lib/auth` and
/// `~/lib/auth/index` are one. `None` where the text is no such path.
pub fn module_key(path: &str) -> Option<String> {
    let mut rest = path.trim();
    loop {
        let shorter = ["@/", "~/", "./", "/"].iter().find_map(|prefix| rest.strip_prefix(prefix));
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest = rest.strip_prefix("src/").unwrap_or(rest);
    rest = EXTENSIONS.iter().find_map(|own| rest.strip_suffix(own)?.strip_suffix('.')).unwrap_or(rest);
    rest = rest.strip_suffix("/index").unwrap_or(rest);
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '(' | ')' | '[' | ']' | '@' | '$');
    let is_path = !rest.is_empty() && !rest.ends_with('/') && rest.chars().all(is_plain);
    (is_path && rest.split('/').all(|part| !part.is_empty() && part != "..")).then(|| rest.to_owned())
}

/// The file name of a module without its folders.
pub(super) fn stem(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// `DropdownMenu` as a file name: `dropdown-menu`. Each capital behind a small letter starts a word.
pub(super) fn kebab_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_small = false;
    for c in name.chars() {
        if c.is_uppercase() && before_small {
            out.push('-');
        }
        before_small = c.is_lowercase() || c.is_ascii_digit();
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_module_are_one() {
        for path in ["@/lib/tides", "src/lib/tides.ts", "/lib/tides.tsx", "./src/lib/tides/index.ts", "~/lib/tides"] {
            assert_eq!(module_key(path).as_deref(), Some("lib/tides"), "{path}");
        }
        assert_eq!(module_key("@/app/(harbour)/page.tsx").as_deref(), Some("app/(harbour)/page"));
        for path in ["@/", "@/*", "@/../etc/x", "src/lib/", "a b"] {
            assert_eq!(module_key(path), None, "{path}");
        }
    }

    #[test]
    fn components_have_file_names() {
        assert_eq!(kebab_case("DropdownMenu"), "dropdown-menu");
        assert_eq!(kebab_case("InputOTP"), "input-otp");
    }
}
