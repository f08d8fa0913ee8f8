//! What changes the session rather than the schema.

use super::Name;
use crate::text::Span;

/// `SET search_path`, `RESET search_path`, `set_config('search_path', …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPath {
    /// The schemas in order; `None` for `DEFAULT` and `RESET`.
    pub schemas: Option<Vec<Name>>,
    /// `SET LOCAL`: up to the end of the transaction.
    pub local: bool,
}

/// Transaction control.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants carry the names of the SQL statements")]
pub enum Transaction {
    Begin,
    Commit { chain: bool },
    Rollback { chain: bool },
    Savepoint(Name),
    Release(Name),
    RollbackTo(Name),
}

/// A row of `storage.buckets` that is inserted, or opened or closed later.
#[derive(Clone, Debug, PartialEq)]
pub struct Bucket {
    /// The bucket's `id`, or its `name` where no `id` is inserted.
    pub id: String,
    /// Where the id stands.
    pub span: Span,
    /// The value for `public`; `None` where it is not inserted or not a literal.
    pub public: Option<bool>,
}

/// What a psql command means for the statements behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PsqlDirective {
    /// `\q`: nothing behind it is read.
    Quit,
    /// `\connect`: a new session.
    Connect,
    /// `\set ON_ERROR_STOP`.
    StopOnError(bool),
    /// `\set AUTOCOMMIT`.
    Autocommit(bool),
}
