//! `CREATE TABLE`, `SELECT … INTO`, `CREATE INDEX`.

use squawk_parser::SyntaxKind;

use super::super::Name;
use super::super::facts::{
    Column, Constraint, ConstraintKind, CreateIndex, CreateTable, IndexKey, Persistence, Reference, TableSource,
    TypeName,
};
use super::super::syntax::{Source, child, children, has_child, has_token, is_type, words};
use super::super::tree::Node;

pub(super) fn create(source: &Source<'_>, node: Node<'_>) -> Option<CreateTable> {
    let holder = child(node, SyntaxKind::INTO_CLAUSE).unwrap_or(node);
    let name_node = child(holder, SyntaxKind::TABLE_NAME)?;
    let shape = match node.kind() {
        SyntaxKind::CREATE_TABLE_AS => TableSource::Query,
        SyntaxKind::SELECT_INTO => TableSource::SelectInto,
        _ => match child(node, SyntaxKind::PARTITION_OF) {
            Some(parent) => TableSource::PartitionOf(source.qualified(parent)?),
            None if has_child(node, SyntaxKind::OF_TYPE) => TableSource::Type,
            None => TableSource::Columns,
        },
    };
    let mut table = CreateTable {
        name: source.qualified(name_node)?,
        head: source.head(node, name_node),
        if_not_exists: has_child(node, SyntaxKind::IF_NOT_EXISTS),
        persistence: persistence(holder),
        source: shape,
        partitioned: has_child(node, SyntaxKind::PARTITION_BY),
        inherits: child(node, SyntaxKind::INHERITS)
            .map(|parents| source.child_qualifieds(parents, SyntaxKind::TABLE_NAME_REF))
            .unwrap_or_default(),
        like: Vec::new(),
        columns: Vec::new(),
        constraints: Vec::new(),
        elided: false,
    };
    if node.kind() == SyntaxKind::CREATE_TABLE
        && let Some(list) = child(node, SyntaxKind::TABLE_ARG_LIST)
    {
        read_elements(source, list, &mut table);
    }
    Some(table)
}

fn persistence(node: Node<'_>) -> Persistence {
    if has_child(node, SyntaxKind::TEMP) {
        Persistence::Temporary
    } else if has_child(node, SyntaxKind::UNLOGGED) {
        Persistence::Unlogged
    } else {
        Persistence::Permanent
    }
}

fn read_elements(source: &Source<'_>, list: Node<'_>, table: &mut CreateTable) {
    for element in list.children() {
        match element.kind() {
            SyntaxKind::COLUMN => {
                if let Some((column, constraints)) = column(source, element) {
                    table.columns.push(column);
                    table.constraints.extend(constraints);
                }
            }
            SyntaxKind::LIKE_CLAUSE => {
                table.like.extend(source.child_qualified(element, SyntaxKind::RELATION_NAME_REF));
            }
            _ => table.constraints.extend(constraint(source, element, None)),
        }
    }
}

/// A column and the keys that its clauses declare. Also reads the node of `ADD COLUMN`, which has the same children.
pub(super) fn column(source: &Source<'_>, node: Node<'_>) -> Option<(Column, Vec<Constraint>)> {
    let name_node = child(node, SyntaxKind::COLUMN_NAME)?;
    let name = source.name(name_node)?;
    let constraints: Vec<_> = node.children().filter_map(|clause| constraint(source, clause, Some(&name))).collect();
    let column = Column {
        ty: type_name(source, node),
        default: child(node, SyntaxKind::DEFAULT_CONSTRAINT)
            .and_then(|clause| clause.children().last())
            .map(|value| source.span(value)),
        not_null: has_child(node, SyntaxKind::NOT_NULL_CONSTRAINT)
            || has_child(node, SyntaxKind::PRIMARY_KEY_CONSTRAINT),
        identity: child(node, SyntaxKind::GENERATED_CONSTRAINT)
            .is_some_and(|clause| words(clause).contains("IDENTITY")),
        span: source.head(name_node, node.children().last().unwrap_or(name_node)),
        name,
    };
    Some((column, constraints))
}

/// A constraint of the table, or of `column` when it stands behind one.
pub(super) fn constraint(source: &Source<'_>, node: Node<'_>, column: Option<&Name>) -> Option<Constraint> {
    let own = |list: Option<Node<'_>>| match (list, column) {
        (Some(list), _) => source.child_names(list, SyntaxKind::COLUMN_NAME_REF),
        (None, Some(column)) => vec![column.clone()],
        (None, None) => Vec::new(),
    };
    let indexed = || {
        let parameters = child(node, SyntaxKind::INDEX_PARAMETERS)?;
        child(parameters, SyntaxKind::CONSTRAINT_COLUMN_REF_LIST)
    };
    let mut lists = children(node, SyntaxKind::FOREIGN_KEY_COLUMN_LIST);
    let (kind, columns) = match node.kind() {
        SyntaxKind::PRIMARY_KEY_CONSTRAINT => (ConstraintKind::PrimaryKey, own(indexed())),
        SyntaxKind::UNIQUE_CONSTRAINT => (ConstraintKind::Unique, own(indexed())),
        SyntaxKind::REFERENCES_CONSTRAINT | SyntaxKind::FOREIGN_KEY_CONSTRAINT => {
            let foreign = node.kind() == SyntaxKind::FOREIGN_KEY_CONSTRAINT;
            let from = if foreign { own(lists.next()) } else { own(None) };
            let to = match lists.next() {
                Some(list) => source.child_names(list, SyntaxKind::COLUMN_NAME_REF),
                None => source.child_names(node, SyntaxKind::COLUMN_NAME_REF),
            };
            let table = source.child_qualified(node, SyntaxKind::TABLE_NAME_REF)?;
            (ConstraintKind::ForeignKey(Box::new(Reference { table, columns: to })), from)
        }
        SyntaxKind::CHECK_CONSTRAINT | SyntaxKind::EXCLUDE_CONSTRAINT => (ConstraintKind::Other, Vec::new()),
        _ => return None,
    };
    let name = child(node, SyntaxKind::CONSTRAINT_NAME_CLAUSE)
        .and_then(|clause| source.child_name(clause, SyntaxKind::CONSTRAINT_NAME));
    Some(Constraint { name, kind, columns, span: source.span(node) })
}

/// The type among the children of `node`.
pub(super) fn type_name(source: &Source<'_>, node: Node<'_>) -> Option<TypeName> {
    let ty = node.children().find(|child| is_type(child.kind()))?;
    let mut spelled = String::new();
    let mut depth = 0usize;
    let mut array = false;
    for token in ty.tokens() {
        match token.kind() {
            SyntaxKind::L_PAREN => depth += 1,
            SyntaxKind::R_PAREN => depth = depth.saturating_sub(1),
            SyntaxKind::L_BRACK | SyntaxKind::ARRAY_KW => array = true,
            SyntaxKind::DOT => spelled.push('.'),
            _ if depth > 0 || array => {}
            _ => {
                if !spelled.is_empty() && !spelled.ends_with('.') {
                    spelled.push(' ');
                }
                spelled.push_str(&Name::new(source.token_text(token), source.token_span(token)).value);
            }
        }
    }
    let name = common_name(&spelled);
    Some(TypeName { name: if array { format!("{name}[]") } else { name.to_owned() }, span: source.span(ty) })
}

/// One name for the spellings of a type.
fn common_name(spelled: &str) -> &str {
    match spelled.strip_prefix("pg_catalog.").unwrap_or(spelled) {
        "timestamp with time zone" => "timestamptz",
        "timestamp without time zone" => "timestamp",
        "time with time zone" => "timetz",
        "time without time zone" => "time",
        "character varying" | "char varying" => "varchar",
        "character" => "char",
        "int" | "int4" => "integer",
        "int8" => "bigint",
        "int2" => "smallint",
        "bool" => "boolean",
        "decimal" => "numeric",
        "float8" => "double precision",
        other => other,
    }
}

pub(super) fn index(source: &Source<'_>, node: Node<'_>) -> Option<CreateIndex> {
    let list = child(node, SyntaxKind::PARTITION_ITEM_LIST)?;
    Some(CreateIndex {
        name: child(node, SyntaxKind::INDEX).and_then(|name| source.dotted(name)),
        table: source.child_qualified(node, SyntaxKind::TABLE_RELATION_NAME)?,
        if_not_exists: has_child(node, SyntaxKind::IF_NOT_EXISTS),
        unique: has_token(node, SyntaxKind::UNIQUE_KW),
        concurrently: has_token(node, SyntaxKind::CONCURRENTLY_KW),
        predicate: child(node, SyntaxKind::WHERE_CLAUSE).map(|clause| source.span(clause)),
        keys: children(list, SyntaxKind::PARTITION_ITEM).map(|item| index_key(source, item)).collect(),
        span: source.span(node),
    })
}

fn index_key(source: &Source<'_>, item: Node<'_>) -> IndexKey {
    let plain = child(item, SyntaxKind::NAME_REF).filter(|_| item.own_tokens().next().is_none());
    match plain.and_then(|column| source.name(column)) {
        Some(column) => IndexKey::Column(column),
        None => IndexKey::Expression(source.span(item)),
    }
}
