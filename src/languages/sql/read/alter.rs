//! `ALTER TABLE`.

use squawk_parser::SyntaxKind;

use super::super::facts::{AlterTable, AlterTableAction, StatementKind};
use super::super::syntax::{Source, child, has_child, words};
use super::super::tree::Node;
use super::{objects, tables};

pub(super) fn table(source: &Source<'_>, node: Node<'_>) -> Option<StatementKind> {
    let name = source.child_qualified(node, SyntaxKind::TABLE_RELATION_NAME)?;
    // Only views have the option, and the server takes them here as well.
    if let Some(security_invoker) = objects::set_invoker(node) {
        return Some(StatementKind::AlterViewInvoker { name, security_invoker });
    }
    Some(StatementKind::AlterTable(AlterTable {
        name,
        if_exists: has_child(node, SyntaxKind::IF_EXISTS),
        actions: node.children().filter_map(|node| action(source, node)).collect(),
    }))
}

fn action(source: &Source<'_>, node: Node<'_>) -> Option<AlterTableAction> {
    let whole = |words_wanted: &str| words(node) == words_wanted;
    Some(match node.kind() {
        // The tree has the node for `ENABLE ROW LEVEL` as well: only the whole phrase counts.
        SyntaxKind::ENABLE_RLS if whole("ENABLE ROW LEVEL SECURITY") => AlterTableAction::EnableRls(source.span(node)),
        SyntaxKind::DISABLE_RLS if whole("DISABLE ROW LEVEL SECURITY") => {
            AlterTableAction::DisableRls(source.span(node))
        }
        SyntaxKind::FORCE_RLS if whole("FORCE ROW LEVEL SECURITY") => AlterTableAction::ForceRls(source.span(node)),
        SyntaxKind::NO_FORCE_RLS if whole("NO FORCE ROW LEVEL SECURITY") => {
            AlterTableAction::NoForceRls(source.span(node))
        }
        SyntaxKind::ADD_COLUMN => {
            let (column, constraints) = tables::column(source, node)?;
            let if_not_exists = has_child(node, SyntaxKind::IF_NOT_EXISTS);
            AlterTableAction::AddColumn { column, constraints, if_not_exists }
        }
        SyntaxKind::DROP_COLUMN => {
            AlterTableAction::DropColumn { name: source.child_name(node, SyntaxKind::COLUMN_NAME_REF)? }
        }
        SyntaxKind::RENAME_COLUMN => AlterTableAction::RenameColumn {
            from: source.child_name(node, SyntaxKind::COLUMN_NAME_REF)?,
            to: source.child_name(node, SyntaxKind::COLUMN_NAME)?,
        },
        SyntaxKind::TABLE_RENAME_TO => {
            AlterTableAction::RenameTable { to: source.child_qualified(node, SyntaxKind::TABLE_NAME)?.name }
        }
        SyntaxKind::SET_SCHEMA => AlterTableAction::SetSchema { to: source.child_name(node, SyntaxKind::SCHEMA_REF)? },
        SyntaxKind::ADD_CONSTRAINT => {
            AlterTableAction::AddConstraint(node.children().find_map(|inner| tables::constraint(source, inner, None))?)
        }
        SyntaxKind::DROP_CONSTRAINT => {
            let name = child(node, SyntaxKind::CONSTRAINT_NAME_REF)?;
            AlterTableAction::DropConstraint { name: source.dotted(name)?.name }
        }
        SyntaxKind::ALTER_COLUMN => alter_column(source, node)?,
        SyntaxKind::ATTACH_PARTITION => {
            AlterTableAction::AttachPartition { partition: source.child_qualified(node, SyntaxKind::TABLE_NAME_REF)? }
        }
        SyntaxKind::DETACH_PARTITION => {
            AlterTableAction::DetachPartition { partition: source.child_qualified(node, SyntaxKind::TABLE_NAME_REF)? }
        }
        _ => return None,
    })
}

fn alter_column(source: &Source<'_>, node: Node<'_>) -> Option<AlterTableAction> {
    let column = source.child_name(node, SyntaxKind::COLUMN_NAME_REF)?;
    if let Some(option) = child(node, SyntaxKind::SET_TYPE) {
        return Some(AlterTableAction::AlterType { column, ty: tables::type_name(source, option)? });
    }
    if let Some(option) = child(node, SyntaxKind::SET_DEFAULT) {
        let default = option.children().last().map(|value| source.span(value));
        return Some(AlterTableAction::SetDefault { column, default });
    }
    has_child(node, SyntaxKind::DROP_DEFAULT).then_some(AlterTableAction::SetDefault { column, default: None })
}
