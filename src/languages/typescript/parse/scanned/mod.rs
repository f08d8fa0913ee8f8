//! Facts from tokens alone, for texts that no rung of the ladder can read.
//!
//! It prefers silence: what could as well be prose, a declaration or a type is left out.

mod calls;
mod cursor;
mod modules;
mod values;

use cursor::Cursor;

use crate::languages::typescript::model::{Facts, Name};
use crate::languages::typescript::tokens::{Token, TokenKind};

/// Reads imports, exports, calls, constructions, environment variables and components from `tokens` of `text`.
pub(super) fn scanned(text: &str, tokens: &[Token]) -> Facts {
    let cursor = Cursor::new(text, tokens);
    let mut facts = Facts { directives: directives(&cursor), ..Facts::default() };
    for at in 0..cursor.len() {
        match cursor.word(at) {
            Some("import") => modules::import(&cursor, at, &mut facts),
            Some("export") => modules::export(&cursor, at, &mut facts),
            Some("new") => calls::construction(&cursor, at, &mut facts),
            Some(_) => {
                calls::chain(&cursor, at, &mut facts);
                tag(&cursor, at, &mut facts);
                component(&cursor, at, &mut facts);
            }
            None => {}
        }
    }
    facts
}

fn directives(cursor: &Cursor<'_>) -> Vec<Name> {
    let mut directives = Vec::new();
    let mut at = 0;
    while let Some(name) = cursor.string(at).filter(|name| name.text.starts_with("use ")) {
        directives.push(name);
        at += if cursor.is(at + 1, ";") { 2 } else { 1 };
    }
    directives
}

/// `` sql`…` ``, `` prisma.$queryRaw`…` ``.
fn tag(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    let template = cursor.kind(at + 1) == Some(TokenKind::Template) && cursor.text(at + 1).starts_with('`');
    if template && cursor.touches(at) && !cursor.is_keyword(at) {
        let start = cursor.path_start(at);
        let span = cursor.span(start).join(cursor.span(at));
        let path: String = span.of(cursor.source()).split_whitespace().collect();
        facts.tags.push(Name::new(path, span));
    }
}

/// `<Button`, `<Select.Item`.
fn component(cursor: &Cursor<'_>, at: usize, facts: &mut Facts) {
    let Some(open) = at.checked_sub(1).filter(|&open| cursor.is(open, "<") && cursor.touches(open)) else { return };
    let capital = cursor.text(at).starts_with(|c: char| c.is_ascii_uppercase());
    let value_before = open.checked_sub(1).is_some_and(|before| cursor.ends_value(before) && cursor.touches(before));
    if !capital || value_before {
        return;
    }
    let mut end = at;
    while cursor.is(end + 1, ".") && cursor.word(end + 2).is_some() {
        end += 2;
    }
    let span = cursor.span(at).join(cursor.span(end));
    facts.components.push(Name::new(span.of(cursor.source()), span));
}
