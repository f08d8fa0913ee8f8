use super::cursor::Cursor;
use super::values::range;
use crate::languages::typescript::model::{
    Export, ExportKind, Facts, Handler, Import, ImportKind, ImportedName, Link, Name, is_method,
};
use crate::text::Span;

/// Most tokens of a broken import clause.
const CLAUSE: usize = 200;

/// `import … from 'x'`, `import 'x'` or `import('x')` whose keyword stands at `at`.
pub(super) fn import(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    if at.checked_sub(1).is_some_and(|before| cursor.is_dot(before)) {
        return;
    }
    if cursor.is(at + 1, "(") {
        if let Some(module) = cursor.string(at + 2) {
            let span = range(cursor, at, at + 2);
            facts.imports.push(Import { span, kind: ImportKind::Dynamic, module, names: Vec::new(), type_only: false });
        }
        return;
    }
    let type_only = cursor.is(at + 1, "type") && !cursor.is(at + 2, "from") && !cursor.is(at + 2, ",");
    let start = if type_only { at + 2 } else { at + 1 };
    if let Some((end, names)) = clause(cursor, start, type_only).or_else(|| broken_clause(cursor, start, type_only))
        && let Some(module) = cursor.string(end)
    {
        let span = range(cursor, at, end);
        facts.imports.push(Import { span, kind: ImportKind::Static, module, names, type_only });
    }
}

/// What stands between `import` and the module, and the index of the module.
fn clause(cursor: &Cursor<'_>, at: usize, type_only: bool) -> Option<(usize, Vec<ImportedName>)> {
    let mut names = Vec::new();
    let mut next = at;
    if cursor.string(next).is_some() {
        return Some((next, names));
    }
    if let Some(local) = cursor.name(next).filter(|_| !cursor.is(next, "from")) {
        names.push(ImportedName { imported: Name::new("default", local.span), local, type_only });
        next += 1;
        if cursor.is(next, ",") {
            next += 1;
        }
    }
    if cursor.is(next, "*") && cursor.is(next + 1, "as") {
        if let Some(local) = cursor.name(next + 2) {
            names.push(ImportedName { imported: Name::new("*", cursor.span(next)), local, type_only });
        }
        next += 3;
    } else if cursor.is(next, "{") {
        let close = cursor.partner(next)?;
        names.extend(specifiers(cursor, next, close, type_only));
        next = close + 1;
    }
    (cursor.is(next, "from") && cursor.string(next + 1).is_some()).then_some((next + 1, names))
}

/// The same where a brace is lost: `import a, b } from 'x'`.
fn broken_clause(cursor: &Cursor<'_>, at: usize, type_only: bool) -> Option<(usize, Vec<ImportedName>)> {
    let is_part = |at: usize| cursor.word(at).is_some() || ["{", "}", ","].iter().any(|part| cursor.is(at, part));
    let from = (at..cursor.len()).take(CLAUSE).take_while(|&at| is_part(at)).find(|&at| cursor.is(at, "from"))?;
    let has_brace = (at..from).any(|at| cursor.is(at, "{") || cursor.is(at, "}"));
    let open = if cursor.is(at, "{") { at } else { at.checked_sub(1)? };
    (has_brace && cursor.string(from + 1).is_some()).then(|| (from + 1, specifiers(cursor, open, from, type_only)))
}

/// `{ a, b as c, type D }`; for an export the local name is the one outside.
fn specifiers(cursor: &Cursor<'_>, open: usize, close: usize, type_only: bool) -> Vec<ImportedName> {
    let mut names = Vec::new();
    let mut at = open + 1;
    while at < close {
        let own_type = cursor.is(at, "type") && cursor.word(at + 1).is_some() && !cursor.is(at + 1, "as");
        if own_type {
            at += 1;
        }
        if let Some(imported) = cursor.name(at) {
            let renamed = if cursor.is(at + 1, "as") { cursor.name(at + 2) } else { None };
            let local = renamed.unwrap_or_else(|| imported.clone());
            names.push(ImportedName { imported, local, type_only: type_only || own_type });
        }
        while at < close && !cursor.is(at, ",") {
            // No specifier has a brace: the partner is not this list's.
            if cursor.is(at, "{") && at > open {
                return names;
            }
            at += 1;
        }
        at += 1;
    }
    names
}

/// `require('x')` at the start of a chain.
pub(super) fn require(links: &[Link], facts: &mut Facts) {
    let Some(link) = links.first().filter(|link| link.is_named("require")) else { return };
    let Some(value) = link.argument(0) else { return };
    if let Some(text) = value.as_str() {
        let module = Name::new(text, Span::new(value.span.start + 1, value.span.end.saturating_sub(1)));
        let import = Import { span: link.span, kind: ImportKind::Require, module, names: Vec::new(), type_only: false };
        facts.imports.push(import);
    }
}

/// An `export` whose keyword stands at `at`.
pub(super) fn export(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    let mut next = at + 1;
    let type_only = cursor.is(next, "type") && (cursor.is(next + 1, "{") || cursor.is(next + 1, "*"));
    if type_only {
        next += 1;
    }
    if cursor.is(next, "{") {
        export_names(cursor, at, next, type_only, facts);
    } else if cursor.is(next, "*") {
        let renamed = if cursor.is(next + 1, "as") { cursor.name(next + 2) } else { None };
        let from = if renamed.is_some() { next + 3 } else { next + 1 };
        if let Some(module) = cursor.string(from + 1).filter(|_| cursor.is(from, "from")) {
            let all = Name::new("*", cursor.span(next));
            let local = renamed.unwrap_or_else(|| all.clone());
            let span = range(cursor, at, from + 1);
            facts.exports.push(Export {
                span,
                name: local.clone(),
                local: Some(all.clone()),
                kind: ExportKind::ReExport,
            });
            let names = vec![ImportedName { imported: all, local, type_only }];
            facts.imports.push(Import { span, kind: ImportKind::ReExport, module, names, type_only });
        }
    } else {
        declaration(cursor, at, next, facts);
    }
}

fn export_names(cursor: &Cursor<'_>, at: usize, open: usize, type_only: bool, facts: &mut Facts) {
    let Some(close) = cursor.partner(open) else { return };
    let names = specifiers(cursor, open, close, type_only);
    let module = cursor.string(close + 2).filter(|_| cursor.is(close + 1, "from"));
    let span = range(cursor, at, if module.is_some() { close + 2 } else { close });
    let kind = if module.is_some() { ExportKind::ReExport } else { ExportKind::Name };
    for name in &names {
        add(cursor, at, name.local.clone(), Some(name.imported.clone()), kind, facts);
    }
    if let Some(module) = module {
        facts.imports.push(Import { span, kind: ImportKind::ReExport, module, names, type_only });
    }
}

/// `export [default] [async] function|const|class|interface|type|enum name`.
fn declaration(cursor: &Cursor<'_>, at: usize, mut next: usize, facts: &mut Facts) {
    let default = cursor.is(next, "default").then(|| Name::new("default", cursor.span(next)));
    if default.is_some() {
        next += 1;
    }
    while ["async", "abstract", "declare"].iter().any(|word| cursor.is(next, word)) {
        next += 1;
    }
    let kind = match cursor.word(next) {
        Some("function") => ExportKind::Function,
        Some("const" | "let" | "var") => ExportKind::Variable,
        Some("class") => ExportKind::Class,
        Some("interface") => ExportKind::Interface,
        Some("type") => ExportKind::TypeAlias,
        Some("enum") => ExportKind::Enum,
        _ => {
            if let Some(default) = default {
                add(cursor, at, default, cursor.name(next), ExportKind::Expression, facts);
            }
            return;
        }
    };
    next += 1;
    if kind == ExportKind::Variable && cursor.is(next, "{") {
        let names = cursor.partner(next).map(|close| specifiers(cursor, next, close, false)).unwrap_or_default();
        for name in names {
            add(cursor, at, name.local, None, kind, facts);
        }
        return;
    }
    if cursor.is(next, "*") || (kind == ExportKind::Variable && cursor.is(next, "enum")) {
        next += 1;
    }
    let local = cursor.name(next);
    if let Some(name) = default.or_else(|| local.clone()) {
        add(cursor, at, name, local, kind, facts);
    }
}

fn add(cursor: &Cursor<'_>, at: usize, name: Name, local: Option<Name>, kind: ExportKind, facts: &mut Facts) {
    let start = cursor.span(at).start;
    let line = cursor.source().get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let line = Span::new(start, start + line.trim_end().len());
    if is_method(&name.text) {
        facts.handlers.push(Handler { method: name.clone(), line, function: None, wrappers: Vec::new() });
    }
    facts.exports.push(Export { span: line, name, local, kind });
}
