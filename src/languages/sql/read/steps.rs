//! PL/pgSQL bodies as a list of steps.

use squawk_parser::SyntaxKind;

use super::super::Name;
use super::super::facts::{
    Branch, Comparison, Direction, Expr, Handler, Leave, Routine, RoutineStep, Standing, Statement, StatementKind,
};
use super::super::syntax::{Source, child, children, has_child, words};
use super::super::tree::Node;
use super::expressions::{catalog_query, expression};

/// Longest range of a `FOR i IN a..b` loop that is gone through.
const LONGEST_RANGE: i64 = 200;

/// The body in the tree of a whole routine.
pub(super) fn routine(source: &Source<'_>, tree: Node<'_>) -> Routine {
    match child(tree, SyntaxKind::PLPGSQL_BLOCK) {
        Some(node) => Routine { steps: block(source, node), opaque: false },
        None => Routine { steps: Vec::new(), opaque: tree.tokens().next().is_some() },
    }
}

/// Declarations and body of `BEGIN … END`: the declared values first.
fn block(source: &Source<'_>, node: Node<'_>) -> Vec<RoutineStep> {
    let mut steps: Vec<_> = child(node, SyntaxKind::PLPGSQL_DECLARE_SECTION)
        .map(|section| {
            children(section, SyntaxKind::PLPGSQL_VAR_DECL).filter_map(|decl| declared(source, decl)).collect()
        })
        .unwrap_or_default();
    let body = inner_body(source, node);
    let handlers = child(node, SyntaxKind::PLPGSQL_EXCEPTION_SECTION).map(|section| {
        children(section, SyntaxKind::PLPGSQL_EXCEPTION_HANDLER).map(|node| handler(source, node)).collect()
    });
    steps.push(RoutineStep::Block { body, handlers });
    steps
}

fn handler(source: &Source<'_>, node: Node<'_>) -> Handler {
    let condition = |node: Node<'_>| {
        let token = node.tokens().last()?;
        Some(token.text().trim_matches('\'').to_owned())
            .map(|name| if name.starts_with(|c: char| c.is_ascii_digit()) { name } else { name.to_ascii_lowercase() })
    };
    let conditions = children(node, SyntaxKind::PLPGSQL_CONDITION).filter_map(condition).collect();
    Handler { conditions, body: inner_body(source, node) }
}

fn declared(source: &Source<'_>, node: Node<'_>) -> Option<RoutineStep> {
    let name = source.child_name(node, SyntaxKind::PLPGSQL_VAR_NAME)?.value;
    let value = child(node, SyntaxKind::PLPGSQL_VAR_INIT)
        .and_then(|init| child(init, SyntaxKind::PLPGSQL_EXPR))
        .map_or(Expr::Null, |value| expression(source, value));
    Some(RoutineStep::Assign { name, value })
}

fn inner_body(source: &Source<'_>, node: Node<'_>) -> Routine {
    child(node, SyntaxKind::PLPGSQL_BODY).map(|body| steps(source, body)).unwrap_or_default()
}

fn steps(source: &Source<'_>, body: Node<'_>) -> Routine {
    let mut routine = Routine::default();
    for node in body.children() {
        if node.kind() == SyntaxKind::ERROR {
            let (steps, opaque) = unread(source, node);
            routine.steps.extend(steps);
            routine.opaque |= opaque;
        } else if node.kind() == SyntaxKind::PLPGSQL_BLOCK {
            routine.steps.extend(block(source, node));
        } else {
            routine.steps.extend(step(source, node));
        }
    }
    routine
}

/// What the parser does not read, `SELECT … INTO variable` above all: the variables are unknown from there on.
fn unread(source: &Source<'_>, node: Node<'_>) -> (Vec<RoutineStep>, bool) {
    let mut assigned = Vec::new();
    let mut opaque = false;
    let mut into = false;
    for token in node.tokens() {
        match token.kind() {
            SyntaxKind::INTO_KW => into = true,
            SyntaxKind::FROM_KW | SyntaxKind::SELECT_KW | SyntaxKind::WHERE_KW => into = false,
            SyntaxKind::CREATE_KW | SyntaxKind::ALTER_KW | SyntaxKind::DROP_KW | SyntaxKind::EXECUTE_KW => {
                opaque = true;
            }
            _ if into => {
                let name = Name::new(source.token_text(token), source.token_span(token)).value;
                assigned.push(RoutineStep::Assign { name, value: Expr::Opaque });
            }
            _ => {}
        }
    }
    (assigned, opaque)
}

/// A statement that stands in a body as such.
pub(super) fn statement(source: &Source<'_>, node: Node<'_>) -> Option<RoutineStep> {
    let kind = super::statement(source, node).filter(|kind| *kind != StatementKind::Other)?;
    let span = source.span(node);
    let statement = Statement { span, standing: Standing::Sound, direction: Direction::Up, kind };
    Some(RoutineStep::Statement(Box::new(statement)))
}

fn step(source: &Source<'_>, node: Node<'_>) -> Option<RoutineStep> {
    Some(match node.kind() {
        SyntaxKind::PLPGSQL_EXEC_SQL_STMT
        | SyntaxKind::PLPGSQL_PERFORM_STMT
        | SyntaxKind::PLPGSQL_CALL_STMT
        | SyntaxKind::PLPGSQL_DO_STMT => statement(source, node.children().next()?)?,
        SyntaxKind::PLPGSQL_DYN_EXECUTE_STMT => RoutineStep::Execute {
            value: child(node, SyntaxKind::PLPGSQL_EXPR).map_or(Expr::Opaque, |value| expression(source, value)),
            span: source.span(node),
        },
        SyntaxKind::PLPGSQL_ASSIGN_STMT => assignment(source, node)?,
        SyntaxKind::PLPGSQL_IF_STMT => RoutineStep::Choice(if_branches(source, node)),
        SyntaxKind::PLPGSQL_CASE_STMT => RoutineStep::Choice(case_branches(source, node)),
        SyntaxKind::PLPGSQL_FOR_EACH_STMT => RoutineStep::ForEach {
            name: loop_variables(source, node).into_iter().next()?,
            values: child(node, SyntaxKind::PLPGSQL_EXPR).map_or(Expr::Opaque, |value| expression(source, value)),
            body: inner_body(source, node),
        },
        SyntaxKind::PLPGSQL_FOR_QUERY_STMT => RoutineStep::ForQuery {
            names: loop_variables(source, node),
            query: node
                .children()
                .find(|query| matches!(query.kind(), SyntaxKind::SELECT | SyntaxKind::PAREN_SELECT))
                .and_then(|query| catalog_query(source, query)),
            body: inner_body(source, node),
        },
        SyntaxKind::PLPGSQL_FOR_I_STMT => counted_loop(source, node),
        SyntaxKind::PLPGSQL_FOR_DYN_STMT
        | SyntaxKind::PLPGSQL_FOR_CURSOR_STMT
        | SyntaxKind::PLPGSQL_LOOP_STMT
        | SyntaxKind::PLPGSQL_WHILE_STMT => RoutineStep::Loop(inner_body(source, node)),
        SyntaxKind::PLPGSQL_RETURN_STMT => RoutineStep::Leave(Leave::Routine),
        SyntaxKind::PLPGSQL_EXIT_STMT | SyntaxKind::PLPGSQL_CONTINUE_STMT => leave(source, node),
        SyntaxKind::PLPGSQL_RAISE_STMT if raises(node) => RoutineStep::Fail,
        _ => return None,
    })
}

fn assignment(source: &Source<'_>, node: Node<'_>) -> Option<RoutineStep> {
    let target = child(node, SyntaxKind::PLPGSQL_ASSIGN_TARGET)?;
    let name = source.name(target)?.value;
    let whole = target.children().count() == 1;
    let value = child(node, SyntaxKind::PLPGSQL_EXPR).filter(|_| whole);
    Some(RoutineStep::Assign { name, value: value.map_or(Expr::Opaque, |value| expression(source, value)) })
}

/// `RAISE` fails unless it names a lower level.
fn raises(node: Node<'_>) -> bool {
    child(node, SyntaxKind::PLPGSQL_RAISE_LEVEL).is_none_or(|level| words(level) == "EXCEPTION")
}

/// `EXIT WHEN condition` leaves in one of two cases.
fn leave(source: &Source<'_>, node: Node<'_>) -> RoutineStep {
    let exits = node.kind() == SyntaxKind::PLPGSQL_EXIT_STMT;
    let leave = RoutineStep::Leave(if exits { Leave::Loop } else { Leave::Round });
    match child(node, SyntaxKind::PLPGSQL_EXIT_WHEN).and_then(|when| child(when, SyntaxKind::PLPGSQL_EXPR)) {
        Some(condition) => RoutineStep::Choice(vec![Branch {
            condition: expression(source, condition),
            body: Routine { steps: vec![leave], opaque: false },
        }]),
        None => leave,
    }
}

fn branch(source: &Source<'_>, node: Node<'_>) -> Branch {
    Branch {
        condition: child(node, SyntaxKind::PLPGSQL_EXPR).map_or(Expr::Opaque, |value| expression(source, value)),
        body: inner_body(source, node),
    }
}

fn else_branch(source: &Source<'_>, node: Node<'_>) -> Option<Branch> {
    let clause = child(node, SyntaxKind::PLPGSQL_ELSE_CLAUSE)?;
    Some(Branch { condition: Expr::Bool(true), body: inner_body(source, clause) })
}

fn if_branches(source: &Source<'_>, node: Node<'_>) -> Vec<Branch> {
    let mut branches = vec![branch(source, node)];
    branches.extend(children(node, SyntaxKind::PLPGSQL_ELSIF_CLAUSE).map(|clause| branch(source, clause)));
    branches.extend(else_branch(source, node));
    branches
}

fn case_branches(source: &Source<'_>, node: Node<'_>) -> Vec<Branch> {
    let subject = child(node, SyntaxKind::PLPGSQL_EXPR).map(|subject| expression(source, subject));
    let mut branches: Vec<_> =
        children(node, SyntaxKind::PLPGSQL_CASE_WHEN).map(|clause| branch(source, clause)).collect();
    if let Some(subject) = subject {
        for branch in &mut branches {
            let right = Box::new(std::mem::replace(&mut branch.condition, Expr::Opaque));
            branch.condition = Expr::Compare { comparison: Comparison::Equal, left: Box::new(subject.clone()), right };
        }
    }
    branches.extend(else_branch(source, node));
    branches
}

fn loop_variables(source: &Source<'_>, node: Node<'_>) -> Vec<String> {
    children(node, SyntaxKind::PLPGSQL_FOR_VARIABLE).filter_map(|name| Some(source.name(name)?.value)).collect()
}

/// `FOR i IN 1..3 LOOP` as a loop over the numbers, where both ends are literals.
fn counted_loop(source: &Source<'_>, node: Node<'_>) -> RoutineStep {
    let body = inner_body(source, node);
    let bounds = child(node, SyntaxKind::PLPGSQL_FOR_RANGE).map(|range| {
        children(range, SyntaxKind::PLPGSQL_EXPR).map(|bound| expression(source, bound)).collect::<Vec<_>>()
    });
    let number = |expr: &Expr| match expr {
        Expr::Number(digits) => digits.parse::<i64>().ok(),
        _ => None,
    };
    let values = match bounds.as_deref() {
        Some([low, high]) if !has_child(node, SyntaxKind::ERROR) => number(low).zip(number(high)),
        _ => None,
    };
    match (values, loop_variables(source, node).into_iter().next()) {
        (Some((low, high)), Some(name)) if high.saturating_sub(low) < LONGEST_RANGE => RoutineStep::ForEach {
            name,
            values: Expr::List((low..=high).map(|number| Expr::Number(number.to_string())).collect()),
            body,
        },
        _ => RoutineStep::Loop(body),
    }
}
