//! Functions, procedures, triggers, and the bodies that they run.

use squawk_parser::SyntaxKind;

use super::super::facts::{
    CreateEventTrigger, CreateFunction, CreateTrigger, Routine, RoutineStep, StatementKind, TriggerEvent, TriggerTiming,
};
use super::super::lexer::Lexer;
use super::super::literals::Decoded;
use super::super::syntax::{Source, child, children, has_child, words};
use super::super::tree::{Node, Tree};
use super::super::{Name, SqlText, limits, parse};
use super::{expressions, steps};
use crate::text::Span;

/// Deepest nesting of bodies in bodies (a `DO` in a function in a string …).
const DEEPEST_BODY: usize = 4;

pub(super) fn create(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let name_node = child(node, SyntaxKind::FUNCTION_NAME).or_else(|| child(node, SyntaxKind::PROCEDURE_NAME))?;
    let options = child(node, SyntaxKind::FUNC_OPTION_LIST);
    let option = |kind| options.and_then(|options| children(options, kind).last());
    let (language, definition) = definition(node)?;
    let text = definition.and_then(|literal| source.string(literal));
    Some(StatementKind::CreateFunction(Box::new(CreateFunction {
        name: source.qualified(name_node)?,
        head: source.head(node, name_node),
        or_replace: has_child(node, SyntaxKind::OR_REPLACE),
        procedure: node.kind() == SyntaxKind::CREATE_PROCEDURE,
        parameters: child(node, SyntaxKind::PARAM_LIST).map(|list| parameters(source, list)).unwrap_or_default(),
        security_definer: option(SyntaxKind::SECURITY_DEFINER_FUNC_OPTION).is_some(),
        fixed_search_path: options.and_then(fixed_search_path).unwrap_or(false),
        body_span: definition.map(|literal| source.span(literal)),
        body: match (text, child(node, SyntaxKind::ATOMIC_BODY)) {
            (Some(text), _) => Some(body(source, &text, &language)),
            (None, Some(atomic)) => Some(atomic_body(source, atomic)),
            (None, None) => None,
        },
        language,
    })))
}

/// The language and the text of the body of the `DO`, function or procedure at `node`; `None` for other statements.
pub(super) fn definition(node: Node<'_>) -> Option<(String, Option<Node<'_>>)> {
    let name = |clause: Option<Node<'_>>, default: &str| {
        let word = clause.and_then(|clause| clause.tokens().last());
        word.map_or_else(|| default.to_owned(), |name| name.text().trim_matches(['\'', '"']).to_ascii_lowercase())
    };
    match node.kind() {
        SyntaxKind::DO => {
            Some((name(child(node, SyntaxKind::DO_LANGUAGE), "plpgsql"), child(node, SyntaxKind::LITERAL)))
        }
        SyntaxKind::CREATE_FUNCTION | SyntaxKind::CREATE_PROCEDURE => {
            let options = child(node, SyntaxKind::FUNC_OPTION_LIST);
            let option = |kind| options.and_then(|options| children(options, kind).last());
            let text = option(SyntaxKind::AS_FUNC_OPTION)
                .and_then(|option| child(option, SyntaxKind::AS_DEFINITION))
                .and_then(|definition| child(definition, SyntaxKind::LITERAL));
            Some((name(option(SyntaxKind::LANGUAGE_FUNC_OPTION), "sql"), text))
        }
        _ => None,
    }
}

fn parameters(source: &Source<'_>, list: Node<'_>) -> Vec<Option<Name>> {
    children(list, SyntaxKind::PARAM)
        .filter(|parameter| !has_child(*parameter, SyntaxKind::PARAM_OUT))
        .map(|parameter| source.child_name(parameter, SyntaxKind::PARAM_NAME))
        .collect()
}

/// Whether the options fix the search path; `None` where they say nothing about it.
fn fixed_search_path(options: Node<'_>) -> Option<bool> {
    options
        .children()
        .filter_map(|option| {
            let words = words(option).replace('"', "");
            let sets = words.starts_with("SET SEARCH_PATH ") || words.starts_with("SET SCHEMA ");
            let resets = words.starts_with("RESET SEARCH_PATH") || words.starts_with("RESET ALL");
            (sets || resets).then_some(sets)
        })
        .last()
}

pub(super) fn alter(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let options = child(node, SyntaxKind::FUNC_OPTION_LIST)?;
    let definer = has_child(options, SyntaxKind::SECURITY_DEFINER_FUNC_OPTION);
    let invoker = has_child(options, SyntaxKind::SECURITY_INVOKER_FUNC_OPTION);
    Some(StatementKind::AlterFunction {
        name: source.qualified(node)?,
        security_definer: (definer || invoker).then_some(definer),
        fixed_search_path: fixed_search_path(options),
    })
}

pub(super) fn trigger(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let events = child(node, SyntaxKind::TRIGGER_EVENT_LIST)
        .map(|list| list.children().filter_map(|node| event(node)).collect());
    let timing = if has_child(node, SyntaxKind::TIMING_BEFORE) {
        TriggerTiming::Before
    } else if has_child(node, SyntaxKind::TIMING_AFTER) {
        TriggerTiming::After
    } else {
        TriggerTiming::InsteadOf
    };
    Some(StatementKind::CreateTrigger(Box::new(CreateTrigger {
        name: source.child_name(node, SyntaxKind::TRIGGER)?,
        table: source.child_qualified(node, SyntaxKind::ON_RELATION)?,
        timing,
        events: events.unwrap_or_default(),
        for_each_row: has_child(node, SyntaxKind::FOR_EACH_ROW),
        function: child(node, SyntaxKind::CALL_EXPR).and_then(|call| expressions::call_name(source, call)),
        span: source.span(node),
    })))
}

fn event(node: Node<'_>) -> Option<TriggerEvent> {
    Some(match node.kind() {
        SyntaxKind::TRIGGER_EVENT_INSERT => TriggerEvent::Insert,
        SyntaxKind::TRIGGER_EVENT_UPDATE => TriggerEvent::Update,
        SyntaxKind::TRIGGER_EVENT_DELETE => TriggerEvent::Delete,
        SyntaxKind::TRIGGER_EVENT_TRUNCATE => TriggerEvent::Truncate,
        _ => return None,
    })
}

pub(super) fn event_trigger(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let tags = child(node, SyntaxKind::EVENT_TRIGGER_WHEN_CLAUSE)
        .map(|clause| {
            let literals = clause.descendants().filter(|node| node.kind() == SyntaxKind::LITERAL);
            literals.filter_map(|tag| Some(source.string(tag)?.value.to_ascii_uppercase())).collect()
        })
        .unwrap_or_default();
    Some(StatementKind::CreateEventTrigger(CreateEventTrigger {
        name: source.child_name(node, SyntaxKind::EVENT_TRIGGER)?,
        event: source.child_name(node, SyntaxKind::EVENT_TRIGGER_EVENT)?.value,
        tags,
        function: child(node, SyntaxKind::CALL_EXPR).and_then(|call| expressions::call_name(source, call))?,
    }))
}

/// The body of the `DO` at `node`.
pub(super) fn do_body(source: &Source<'_>, node: Node<'_>) -> Routine {
    let text = definition(node).and_then(|(language, literal)| Some((language, source.string(literal?)?)));
    match text {
        Some((language, text)) => body(source, &text, &language),
        None => Routine { steps: Vec::new(), opaque: true },
    }
}

fn atomic_body(source: &Source<'_>, node: Node<'_>) -> Routine {
    let steps = node.children().filter_map(|inner| steps::statement(source, inner));
    Routine { steps: steps.collect(), opaque: false }
}

/// The body in the string `text` of `outer`.
pub(in super::super) fn body(outer: &Source<'_>, text: &Decoded, language: &str) -> Routine {
    let opaque = Routine { steps: Vec::new(), opaque: true };
    if outer.depth >= DEEPEST_BODY {
        return opaque;
    }
    let map = outer.map.compose(&text.runs);
    match language {
        "sql" => {
            let mut parsed = SqlText::default();
            parse::nested(&text.value, &map, outer.depth + 1, &mut parsed);
            let steps = parsed.statements.into_iter().map(|statement| RoutineStep::Statement(Box::new(statement)));
            Routine { steps: steps.collect(), opaque: false }
        }
        "plpgsql" => plpgsql_tree(&text.value).map_or(opaque, |tree| {
            let source = Source { text: &text.value, map: &map, replaced: &[], depth: outer.depth + 1 };
            steps::routine(&source, tree.root())
        }),
        _ => opaque,
    }
}

/// The tree of a PL/pgSQL body; `None` where it is nested too deep.
fn plpgsql_tree(text: &str) -> Option<Tree<'_>> {
    let tokens: Vec<_> = Lexer::new(text).collect();
    let limit = limits::exceeded(text, &tokens, Span::new(0, text.len()));
    limit.is_none().then(|| Tree::of_plpgsql(text))
}
