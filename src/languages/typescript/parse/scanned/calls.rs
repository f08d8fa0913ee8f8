use super::cursor::Cursor;
use super::modules;
use super::values::{arguments, range};
use crate::languages::typescript::model::{Binding, Call, Construction, EnvironmentAccess, Facts, Link, Name};
use crate::languages::typescript::tokens::TokenKind;

/// Most tokens of type arguments that are skipped between a name and its parenthesis.
const TYPE_ARGUMENTS: usize = 40;

/// The call chain, or the access to an environment variable, whose root is the name at `at`.
pub(super) fn chain(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    let Some(root) = root(cursor, at) else { return };
    let mut links = Vec::new();
    if root == Root::Hidden {
        links.push(Link { name: None, arguments: None, awaited: false, span: cursor.span(at) });
    }
    let mut end = at;
    let mut next = at;
    while let Some(name) = cursor.name(next) {
        let mut link = Link { span: name.span, name: Some(name), arguments: None, awaited: false };
        end = next;
        let open = skip_types(cursor, skip_assertion(cursor, next + 1));
        if cursor.is(open, "(") {
            link.arguments = Some(arguments(cursor, open));
            end = cursor.partner(open).unwrap_or(open);
            link.span = range(cursor, next, end);
        }
        let closed = link.arguments.is_none() || cursor.partner(open).is_some();
        links.push(link);
        let dot = skip_assertion(cursor, end + 1);
        if !closed || !cursor.is_dot(dot) {
            break;
        }
        next = dot + 1;
    }
    environment(&links, facts);
    if links.iter().all(|link| link.arguments.is_none()) {
        return;
    }
    if links.len() == 1 && is_declaration(cursor, at, end) {
        return;
    }
    let awaited = at.checked_sub(1).is_some_and(|before| cursor.is(before, "await"));
    if let Some(last) = links.last_mut() {
        last.awaited = awaited;
    }
    modules::require(&links, facts);
    let span = range(cursor, at, end);
    facts.calls.push(Call { span, links, binding: Binding::Unknown, function: None, continues: None });
}

#[derive(PartialEq, Eq)]
enum Root {
    /// The name itself.
    Name,
    /// Something before the name that is no name: `(await client()).from`, or a line that starts with a dot.
    Hidden,
}

/// Whether a chain starts at the name at `at`. A word behind another word on its line is prose.
fn root(cursor: &Cursor<'_>, at: usize) -> Option<Root> {
    let Some(before) = at.checked_sub(1) else { return (!cursor.is_keyword(at)).then_some(Root::Name) };
    if cursor.is_dot(before) {
        let Some(value) = before.checked_sub(1) else { return Some(Root::Hidden) };
        let group = cursor.is(value, ")")
            && cursor.partner(value).is_some_and(|open| {
                open.checked_sub(1).is_none_or(|called| !cursor.ends_value(called) && !cursor.is(called, ">"))
            });
        return (group || !cursor.ends_value(value)).then_some(Root::Hidden);
    }
    let prose =
        cursor.kind(before) == Some(TokenKind::Identifier) && !cursor.is_keyword(before) && cursor.same_line(before);
    let declared = cursor.is(before, "function") || cursor.is(before, "class") || cursor.is(before, "new");
    (!prose && !declared && !cursor.is_keyword(at)).then_some(Root::Name)
}

/// `name(…) {` and `name(…): Type` are declarations.
fn is_declaration(cursor: &Cursor<'_>, at: usize, end: usize) -> bool {
    let method = cursor.is(end + 1, "{") || cursor.is(end + 1, ":");
    let starred =
        at.checked_sub(1).is_some_and(|before| cursor.is(before, "*") && cursor.is(before.wrapping_sub(1), "function"));
    method || starred
}

fn skip_assertion(cursor: &Cursor<'_>, at: usize) -> usize {
    if cursor.is(at, "!") { at + 1 } else { at }
}

/// The index behind `<…>` when a parenthesis follows it, else `at`.
fn skip_types(cursor: &Cursor<'_>, at: usize) -> usize {
    if !cursor.is(at, "<") || !at.checked_sub(1).is_some_and(|before| cursor.touches(before)) {
        return at;
    }
    let mut depth = 0_usize;
    for end in at..at + TYPE_ARGUMENTS {
        match cursor.text(end) {
            "<" => depth += 1,
            ">" => depth = depth.saturating_sub(1),
            ";" | "" => return at,
            _ => {}
        }
        if depth == 0 {
            return if cursor.is(end + 1, "(") { end + 1 } else { at };
        }
    }
    at
}

fn environment(links: &[Link], facts: &mut Facts) {
    let env = match links {
        [root, env, name, ..] if root.is_named("process") && env.is_named("env") => Some((root, name)),
        [root, meta, env, name, ..] if root.is_named("import") && meta.is_named("meta") && env.is_named("env") => {
            Some((root, name))
        }
        _ => None,
    };
    if let Some((root, Link { name: Some(name), .. })) = env {
        facts.environment.push(EnvironmentAccess { name: name.clone(), span: root.span.join(name.span) });
    }
}

/// `new X(…)`.
pub(super) fn construction(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    if cursor.word(at + 1).is_none() || at.checked_sub(1).is_some_and(|before| cursor.is_dot(before)) {
        return;
    }
    let mut end = at + 1;
    while cursor.is(end + 1, ".") && cursor.word(end + 2).is_some() {
        end += 2;
    }
    let open = skip_types(cursor, end + 1);
    if !cursor.is(open, "(") {
        return;
    }
    let close = cursor.partner(open).unwrap_or(open);
    let callee = range(cursor, at + 1, end);
    facts.constructions.push(Construction {
        span: range(cursor, at, close),
        callee: Name::new(callee.of(cursor.source()), callee),
        arguments: arguments(cursor, open),
        function: None,
        returned: at.checked_sub(1).is_some_and(|before| cursor.is(before, "return")),
    });
}
