//! `CREATE POLICY`, `ALTER POLICY`, `DROP POLICY`.

use squawk_parser::SyntaxKind;

use super::super::facts::{
    AlterPolicy, Comparison, CreatePolicy, DropPolicy, Expr, PolicyCommand, PolicyExpression, Problem, ProblemKind,
    StatementKind,
};
use super::super::syntax::{Source, child, children, has_child};
use super::super::tree::Node;
use super::super::{Name, QualifiedName};
use super::expressions;
use crate::text::Span;

pub(super) fn create(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let on = child(node, SyntaxKind::ON_TABLE)?;
    Some(StatementKind::CreatePolicy(Box::new(CreatePolicy {
        name: source.child_name(node, SyntaxKind::POLICY)?,
        table: source.qualified(on)?,
        head: source.head(node, on),
        permissive: child(node, SyntaxKind::AS_POLICY_TYPE)
            .and_then(|kind| kind.tokens().last())
            .is_none_or(|kind| !kind.text().eq_ignore_ascii_case("restrictive")),
        command: command(node),
        roles: roles(source, node).unwrap_or_default(),
        using: condition(source, node, SyntaxKind::USING_EXPR_CLAUSE),
        with_check: condition(source, node, SyntaxKind::WITH_CHECK_EXPR_CLAUSE),
    })))
}

fn command(node: Node<'_>) -> PolicyCommand {
    let kind = child(node, SyntaxKind::POLICY_COMMAND).and_then(|clause| clause.children().next());
    match kind.map(Node::kind) {
        Some(SyntaxKind::POLICY_COMMAND_SELECT) => PolicyCommand::Select,
        Some(SyntaxKind::POLICY_COMMAND_INSERT) => PolicyCommand::Insert,
        Some(SyntaxKind::POLICY_COMMAND_UPDATE) => PolicyCommand::Update,
        Some(SyntaxKind::POLICY_COMMAND_DELETE) => PolicyCommand::Delete,
        _ => PolicyCommand::All,
    }
}

fn roles(source: &Source<'_>, node: Node<'_>) -> Option<Vec<Name>> {
    let list = child(child(node, SyntaxKind::POLICY_ROLES)?, SyntaxKind::ROLE_REF_LIST)?;
    Some(children(list, SyntaxKind::ROLE_REF).filter_map(|role| source.name(role)).collect())
}

fn condition(source: &Source<'_>, node: Node<'_>, clause: SyntaxKind) -> Option<PolicyExpression> {
    let clause = child(node, clause)?;
    let Some(inner) = clause.children().last().map(|inner| selected(inner)) else {
        return Some(PolicyExpression { span: source.span(clause), always_true: false, user_metadata: None });
    };
    Some(PolicyExpression {
        span: source.span(inner),
        always_true: constant(&expressions::expression(source, inner)) == Some(true),
        user_metadata: user_metadata(source, inner),
    })
}

/// The expression in `(SELECT expression)`, as conditions are wrapped so that they are computed once.
fn selected(node: Node<'_>) -> Node<'_> {
    let unwrapped = || {
        let mut inner = node;
        while inner.kind() == SyntaxKind::PAREN_EXPR || inner.kind() == SyntaxKind::PAREN_SELECT {
            inner = only(inner)?;
        }
        let list = only(child(inner, SyntaxKind::SELECT_CLAUSE).filter(|_| only(inner).is_some())?)?;
        let target = only(list).filter(|_| list.kind() == SyntaxKind::TARGET_LIST)?;
        only(target)
    };
    unwrapped().unwrap_or(node)
}

/// The only child of a node; `None` where there are more.
fn only(node: Node<'_>) -> Option<Node<'_>> {
    let mut children = node.children();
    children.next().filter(|_| children.next().is_none())
}

/// The value of a condition that does not depend on the row, the user or the time.
fn constant(expr: &Expr) -> Option<bool> {
    let all = |parts: &[Expr], decisive: bool| {
        let values: Vec<_> = parts.iter().map(constant).collect();
        if values.contains(&Some(decisive)) {
            return Some(decisive);
        }
        values.iter().all(Option::is_some).then_some(!decisive)
    };
    match expr {
        Expr::Bool(value) => Some(*value),
        Expr::Text { value, .. } => match value.as_str() {
            "true" | "t" => Some(true),
            "false" | "f" => Some(false),
            _ => None,
        },
        Expr::Call(call) if call.name.is("pg_catalog", "coalesce") => call.arguments.first().and_then(constant),
        Expr::Not(inner) => constant(inner).map(|value| !value),
        Expr::And(parts) => all(parts, false),
        Expr::Or(parts) => all(parts, true),
        Expr::Compare { comparison, left, right } => {
            let equal = match (left.as_ref(), right.as_ref()) {
                (Expr::Number(a), Expr::Number(b)) | (Expr::Text { value: a, .. }, Expr::Text { value: b, .. }) => {
                    a == b
                }
                (Expr::Bool(a), Expr::Bool(b)) => a == b,
                // A column, or the caller's role, compared with itself.
                (Expr::Variable(a), Expr::Variable(b)) if a == b => true,
                (Expr::Call(a), Expr::Call(b)) if a.name.is("auth", "role") && b.name.is("auth", "role") => true,
                _ => return None,
            };
            match comparison {
                Comparison::Equal | Comparison::Is => Some(equal),
                Comparison::NotEqual => Some(!equal),
                Comparison::In | Comparison::Like => None,
            }
        }
        _ => None,
    }
}

fn user_metadata(source: &Source<'_>, node: Node<'_>) -> Option<Span> {
    node.tokens()
        .find(|token| {
            let text = token.text().trim_matches(['\'', '"', 'E', 'e']).to_ascii_lowercase();
            matches!(text.as_str(), "user_metadata" | "raw_user_meta_data")
                || text.contains("user_metadata,")
                || text.contains("{user_metadata")
        })
        .map(|token| source.token_span(token))
}

pub(super) fn alter(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let change = child(node, SyntaxKind::ALTER_POLICY_TO).unwrap_or(node);
    Some(StatementKind::AlterPolicy(Box::new(AlterPolicy {
        name: source.child_name(node, SyntaxKind::POLICY_REF)?,
        table: table(source, node)?,
        rename: child(node, SyntaxKind::POLICY_RENAME_TO).and_then(|to| source.child_name(to, SyntaxKind::POLICY)),
        roles: roles(source, change),
        using: condition(source, change, SyntaxKind::USING_EXPR_CLAUSE),
        with_check: condition(source, change, SyntaxKind::WITH_CHECK_EXPR_CLAUSE),
    })))
}

pub(super) fn drop(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    Some(StatementKind::DropPolicy(DropPolicy {
        name: source.child_name(node, SyntaxKind::POLICY_REF)?,
        table: table(source, node)?,
        if_exists: has_child(node, SyntaxKind::IF_EXISTS),
    }))
}

fn table(source: &Source<'_>, node: Node<'_>) -> Option<QualifiedName> {
    source.child_qualified(node, SyntaxKind::ON_TABLE)
}

/// Clauses that do not go with the command of the policy at `node`: the grammar takes them, the server does not.
pub(super) fn clause_problems(source: &Source<'_>, node: Node<'_>) -> Vec<Problem> {
    if node.kind() != SyntaxKind::CREATE_POLICY {
        return Vec::new();
    }
    let (clause, message, help) = match command(node) {
        PolicyCommand::Insert => (
            SyntaxKind::USING_EXPR_CLAUSE,
            "an INSERT policy takes no USING: there is no old row to look at",
            "use `WITH CHECK (…)`",
        ),
        PolicyCommand::Select | PolicyCommand::Delete => (
            SyntaxKind::WITH_CHECK_EXPR_CLAUSE,
            "a SELECT or DELETE policy takes no WITH CHECK: it writes no new row",
            "use `USING (…)`",
        ),
        PolicyCommand::All | PolicyCommand::Update => return Vec::new(),
    };
    children(node, clause)
        .map(|clause| Problem {
            kind: ProblemKind::PolicyClause,
            span: source.span(clause),
            message: message.to_owned(),
            help: Some(help.to_owned()),
        })
        .collect()
}
