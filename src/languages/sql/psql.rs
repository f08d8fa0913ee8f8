//! psql: its commands, and the variables that it puts into statements.

use std::collections::BTreeMap;

use super::facts::PsqlDirective;
use super::lexer::{Token, TokenKind};
use crate::text::Span;

/// Most bytes that variables may add to one statement.
const LONGEST_EXPANSION: usize = 16 * 1024;

/// What psql remembers while it reads a text.
#[derive(Debug, Default)]
pub(super) struct Psql {
    variables: BTreeMap<String, String>,
    /// For each open `\if`: whether its current branch runs, and whether one of its branches has run.
    conditions: Vec<(bool, bool)>,
}

/// What a command asks of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Nothing,
    Directive(PsqlDirective),
    /// `\gexec`: the statement before it returns statements.
    RunResult,
}

impl Psql {
    /// Whether statements run here: no `\if` around them is false.
    pub(super) fn active(&self) -> bool {
        self.conditions.iter().all(|&(runs, _)| runs)
    }

    /// Obeys the command `line`, which starts with its backslash.
    pub(super) fn obey(&mut self, line: &str) -> Effect {
        let mut words = arguments(line.strip_prefix('\\').unwrap_or(line));
        if words.is_empty() {
            return Effect::Nothing;
        }
        let command = words.remove(0);
        if self.obey_condition(&command, words.first().map(String::as_str)) || !self.active() {
            return Effect::Nothing;
        }
        match command.as_str() {
            "set" => return self.set(&words),
            "unset" => {
                words.first().map(|name| self.variables.remove(name));
            }
            "gexec" => return Effect::RunResult,
            "q" | "quit" => return Effect::Directive(PsqlDirective::Quit),
            "c" | "connect" => return Effect::Directive(PsqlDirective::Connect),
            _ => {}
        }
        Effect::Nothing
    }

    fn set(&mut self, words: &[String]) -> Effect {
        let Some((name, values)) = words.split_first() else { return Effect::Nothing };
        let value: String = values.iter().map(|value| self.resolve(value)).collect();
        let on = truth(&value).unwrap_or(values.is_empty());
        let effect = match name.as_str() {
            "ON_ERROR_STOP" => Effect::Directive(PsqlDirective::StopOnError(on)),
            "AUTOCOMMIT" => Effect::Directive(PsqlDirective::Autocommit(on)),
            _ => Effect::Nothing,
        };
        self.variables.insert(name.clone(), value);
        effect
    }

    fn obey_condition(&mut self, command: &str, argument: Option<&str>) -> bool {
        // A condition that cannot be known is taken to hold: more is then checked, not less.
        let holds = argument.and_then(|argument| truth(&self.resolve(argument))).unwrap_or(true);
        match (command, self.conditions.last_mut()) {
            ("if", _) => self.conditions.push((holds, holds)),
            ("elif", Some((runs, done))) => {
                *runs = !*done && holds;
                *done |= holds;
            }
            ("else", Some((runs, done))) => {
                *runs = !*done;
                *done = true;
            }
            ("endif", Some(_)) => {
                self.conditions.pop();
            }
            _ => return false,
        }
        true
    }

    fn resolve(&self, word: &str) -> String {
        match word.strip_prefix(":{?").and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => self.variables.contains_key(name).to_string(),
            None => word
                .strip_prefix(':')
                .and_then(|name| self.variables.get(name.trim_matches(['\'', '"'])))
                .map_or_else(|| word.to_owned(), Clone::clone),
        }
    }

    /// The statement at `span` with `:name`, `:'name'` and `:"name"` replaced by their values, and how its bytes map to
    /// `text`. `None` when nothing is to be replaced.
    pub(super) fn interpolate(
        &self,
        text: &str,
        span: Span,
        tokens: &[Token],
    ) -> Option<(String, Vec<(usize, usize)>)> {
        if self.variables.is_empty() {
            return None;
        }
        let mut out = String::new();
        let mut runs = vec![(0, span.start)];
        let mut done = span.start;
        let mut before = None;
        for pair in tokens.windows(2) {
            let [colon, name] = pair else { continue };
            let cast = before == Some(colon.span.start);
            before = colon.is_symbol(':').then_some(colon.span.end);
            let Some(value) = (!cast && colon.is_symbol(':') && colon.span.end == name.span.start)
                .then(|| self.value(text, *name))
                .flatten()
            else {
                continue;
            };
            out.push_str(text.get(done..colon.span.start)?);
            runs.push((out.len(), colon.span.start));
            out.push_str(&value);
            runs.push((out.len(), name.span.end));
            done = name.span.end;
            if out.len() > span.len() + LONGEST_EXPANSION {
                return None;
            }
        }
        if runs.len() == 1 {
            return None;
        }
        out.push_str(text.get(done..span.end)?);
        Some((out, runs))
    }

    fn value(&self, text: &str, name: Token) -> Option<String> {
        let source = name.span.of(text);
        let value = self.variables.get(source.trim_matches(['\'', '"']))?;
        match name.kind {
            TokenKind::Word => Some(value.clone()),
            TokenKind::QuotedName => Some(format!("\"{}\"", value.replace('"', "\"\""))),
            TokenKind::Text { .. } => Some(format!("'{}'", value.replace('\'', "''"))),
            _ => None,
        }
    }
}

/// What psql takes for true or false.
fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "t" | "on" | "1" | "yes" | "y" => Some(true),
        "false" | "f" | "off" | "0" | "no" | "n" => Some(false),
        _ => None,
    }
}

/// The words of a command line; single quotes hold words together.
fn arguments(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::sql::lexer::Lexer;

    fn expand(psql: &Psql, text: &str) -> Option<String> {
        let tokens: Vec<_> = Lexer::new(text).collect();
        psql.interpolate(text, Span::new(0, text.len()), &tokens).map(|(text, _)| text)
    }

    #[test]
    fn variables_are_put_in_quoted_as_asked() {
        let mut psql = Psql::default();
        psql.obey("\\set crop 'Sugar \"beet\"'");
        assert_eq!(
            expand(&psql, "SELECT :'crop', :\"crop\", a::crop, :other").as_deref(),
            Some("SELECT 'Sugar \"beet\"', \"Sugar \"\"beet\"\"\", a::crop, :other")
        );
        psql.obey("\\unset crop");
        assert_eq!(expand(&psql, "SELECT :'crop'"), None);
    }

    #[test]
    fn conditions_nest() {
        let mut psql = Psql::default();
        let mut after = |line: &str| {
            psql.obey(line);
            psql.active()
        };
        assert!(
            !after("\\if false") && !after("\\if true") && !after("\\endif") && after("\\else") && after("\\endif")
        );
        assert!(after("\\if :unknown") && !after("\\else") && after("\\endif"));
    }

    #[test]
    fn commands_that_matter_are_told() {
        let mut psql = Psql::default();
        assert_eq!(psql.obey("\\set ON_ERROR_STOP on"), Effect::Directive(PsqlDirective::StopOnError(true)));
        assert_eq!(psql.obey("\\q"), Effect::Directive(PsqlDirective::Quit));
        assert_eq!(psql.obey("\\gexec"), Effect::RunResult);
        assert_eq!(psql.obey("\\d t"), Effect::Nothing);
    }
}
