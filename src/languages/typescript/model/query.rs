use super::{CallId, Name};
use crate::text::Span;

/// One access to the database or to storage through a Supabase client, later steps on the same builder included.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The call chain that names the table, bucket or function.
    pub call: CallId,
    /// The chain.
    pub span: Span,
    /// What is accessed.
    pub target: QueryTarget,
    /// Its name, from a literal or a constant; `None` when it is computed. The span is that of the argument's text.
    pub name: Option<Name>,
    /// The schema, from `.schema('x')`.
    pub schema: Option<Name>,
    /// The methods behind it in order: `select`, `eq`, `single`; `upload` for a bucket.
    pub methods: Vec<Name>,
    /// Columns that are named in filters, orders, selections and conflict targets, and keys that are written.
    pub columns: Vec<Column>,
    /// Tables that a `select` embeds: `orders` in `select('id, orders(total)')`. A renamed or hinted one is left out.
    pub embedded: Vec<Name>,
    /// Columns of embedded tables that are selected, filtered or sorted by.
    pub foreign: Vec<ForeignColumn>,
    /// Whether more keys may be written than `columns` has: a spread, a variable, an elision.
    pub writes_more: bool,
    /// What becomes of the result's `error`.
    pub error: ErrorUse,
}

/// What a query accesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryTarget {
    /// `.from('table')`.
    Table,
    /// `.storage.from('bucket')`.
    Bucket,
    /// `.rpc('function')`.
    Function,
}

/// A column that a query names.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The column; a JSON path (`data->>key`) is cut at its arrow.
    pub name: Name,
    /// Whether it is a key of an inserted, updated or upserted object.
    pub written: bool,
}

/// A column of a table that a query embeds.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignColumn {
    /// The table, or what else stands in its place: the column of a foreign key, a function.
    pub table: String,
    /// The column, cut as [`Column::name`] is.
    pub name: Name,
}

/// What becomes of the `error` of a query's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorUse {
    /// It is read.
    Read,
    /// `.throwOnError()` makes it an exception.
    Thrown,
    /// It is not bound, or bound and never read.
    Unread,
    /// The result is handed on, or code was left out, so that it may be read elsewhere.
    Unknown,
    /// The call yields no error: `getPublicUrl`.
    None,
}
