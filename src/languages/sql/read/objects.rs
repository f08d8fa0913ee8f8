//! Schemas, views, and what drops or renames objects.

use squawk_parser::SyntaxKind;

use super::super::QualifiedName;
use super::super::facts::{CreateView, DropObjects, StatementKind};
use super::super::syntax::{Source, child, children, has_child};
use super::super::tree::Node;

/// Most relations that are read out of one view.
const MOST_RELATIONS: usize = 64;

pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let drop = |kind| dropped(node, source.child_qualifieds(node, kind));
    Some(match node.kind() {
        SyntaxKind::DROP_TABLE => StatementKind::DropTables(drop(SyntaxKind::TABLE_NAME_REF)),
        SyntaxKind::DROP_INDEX => StatementKind::DropIndexes(drop(SyntaxKind::INDEX_REF)),
        SyntaxKind::DROP_VIEW | SyntaxKind::DROP_MATERIALIZED_VIEW => {
            StatementKind::DropViews(drop(SyntaxKind::VIEW_REF))
        }
        SyntaxKind::DROP_FUNCTION | SyntaxKind::DROP_PROCEDURE | SyntaxKind::DROP_ROUTINE => {
            StatementKind::DropFunctions(dropped(node, signatures(source, node)))
        }
        SyntaxKind::DROP_SCHEMA => StatementKind::DropSchemas {
            names: source.child_names(node, SyntaxKind::SCHEMA_REF),
            cascade: has_child(node, SyntaxKind::CASCADE),
        },
        SyntaxKind::CREATE_SCHEMA => schema(source, node),
        SyntaxKind::ALTER_SCHEMA => StatementKind::RenameSchema {
            from: source.child_name(node, SyntaxKind::SCHEMA_REF)?,
            to: source.child_name(child(node, SyntaxKind::SCHEMA_RENAME_TO)?, SyntaxKind::SCHEMA)?,
        },
        SyntaxKind::DROP_TRIGGER => StatementKind::DropTrigger {
            name: source.child_name(node, SyntaxKind::TRIGGER_REF)?,
            table: source.child_qualified(node, SyntaxKind::ON_RELATION)?,
        },
        SyntaxKind::CREATE_VIEW | SyntaxKind::CREATE_MATERIALIZED_VIEW => {
            StatementKind::CreateView(view(source, node)?)
        }
        SyntaxKind::ALTER_VIEW | SyntaxKind::ALTER_MATERIALIZED_VIEW => alter_view(source, node)?,
        SyntaxKind::DROP_EVENT_TRIGGER => {
            StatementKind::StopEventTrigger(source.child_name(node, SyntaxKind::EVENT_TRIGGER_REF)?)
        }
        SyntaxKind::ALTER_EVENT_TRIGGER if has_child(node, SyntaxKind::DISABLE) => {
            StatementKind::StopEventTrigger(source.child_name(node, SyntaxKind::EVENT_TRIGGER_REF)?)
        }
        _ => return None,
    })
}

fn dropped(node: Node<'_>, names: Vec<QualifiedName>) -> DropObjects {
    DropObjects {
        names,
        if_exists: has_child(node, SyntaxKind::IF_EXISTS),
        cascade: has_child(node, SyntaxKind::CASCADE),
    }
}

fn signatures(source: &Source<'_>, node: Node<'_>) -> Vec<QualifiedName> {
    let is_name = |node: &Node<'_>| {
        matches!(
            node.kind(),
            SyntaxKind::FUNCTION_NAME_REF | SyntaxKind::PROCEDURE_NAME_REF | SyntaxKind::ROUTINE_NAME_REF
        )
    };
    node.descendants().filter(is_name).filter_map(|name| source.qualified(name)).collect()
}

fn schema(source: &Source<'_>, node: Node<'_>) -> StatementKind {
    let target = node
        .children()
        .find(|child| matches!(child.kind(), SyntaxKind::NAMED_SCHEMA | SyntaxKind::AUTHORIZATION_SCHEMA));
    let name = target.and_then(|target| target.children().next()).and_then(|name| source.name(name));
    let elements = node.children().filter_map(|element| super::statement(source, element)).collect();
    StatementKind::CreateSchema { name, elements }
}

fn view(source: &Source<'_>, node: Node<'_>) -> Option<CreateView> {
    let name = child(node, SyntaxKind::VIEW)?;
    Some(CreateView {
        name: source.qualified(name)?,
        head: source.head(node, name),
        or_replace: has_child(node, SyntaxKind::OR_REPLACE),
        if_not_exists: has_child(node, SyntaxKind::IF_NOT_EXISTS),
        temporary: has_child(node, SyntaxKind::TEMP),
        materialized: node.kind() == SyntaxKind::CREATE_MATERIALIZED_VIEW,
        security_invoker: child(node, SyntaxKind::WITH_PARAMS).and_then(|options| invoker(options)).unwrap_or(false),
        reads: node
            .descendants()
            .filter(|node| node.kind() == SyntaxKind::RELATION_NAME_REF)
            .take(MOST_RELATIONS)
            .filter_map(|relation| source.qualified(relation))
            .collect(),
    })
}

/// The value of the option `security_invoker` in a list of options; without a value it is on.
fn invoker(options: Node<'_>) -> Option<bool> {
    let list = child(options, SyntaxKind::ATTRIBUTE_LIST)?;
    let option = children(list, SyntaxKind::ATTRIBUTE_OPTION).find(|option| {
        option.tokens().next().is_some_and(|name| name.text().eq_ignore_ascii_case("security_invoker"))
    })?;
    let Some(value) = child(option, SyntaxKind::ATTRIBUTE_VALUE).and_then(|value| value.tokens().next()) else {
        return Some(true);
    };
    let value = value.text().trim_matches('\'').to_ascii_lowercase();
    Some(matches!(value.as_str(), "true" | "on" | "1" | "yes" | "t" | "y"))
}

fn alter_view(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let name = source.child_qualified(node, SyntaxKind::VIEW_REF)?;
    let schema = child(node, SyntaxKind::SET_SCHEMA).and_then(|to| source.child_name(to, SyntaxKind::SCHEMA_REF));
    let rename = child(node, SyntaxKind::VIEW_RENAME_TO)
        .and_then(|to| source.child_qualified(to, SyntaxKind::VIEW))
        .map(|to| to.name);
    if schema.is_some() || rename.is_some() {
        return Some(StatementKind::MoveView { name, schema, rename });
    }
    Some(StatementKind::AlterViewInvoker { name, security_invoker: set_invoker(node)? })
}

/// What an `ALTER` makes of the option `security_invoker`; `None` where it leaves it alone.
pub(super) fn set_invoker(node: Node<'_>) -> Option<bool> {
    match child(node, SyntaxKind::SET_OPTIONS) {
        Some(options) => invoker(options),
        None => child(node, SyntaxKind::RESET_OPTIONS).and_then(|options| invoker(options)).map(|_| false),
    }
}
