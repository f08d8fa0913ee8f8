//! What expressions in bodies ask about the catalog.

use super::evaluate::{Value, Variables, evaluate};
use super::fold::Folder;
use crate::languages::sql::facts::{Comparison, Expr};
use crate::languages::sql::{Name, QualifiedName};

impl Folder<'_> {
    /// The value of an expression, with its questions about the catalog answered.
    pub(super) fn value(&mut self, expr: &Expr, variables: &Variables) -> Value {
        // Queries are answered first: evaluating borrows nothing of the catalog.
        let mut answers = Vec::new();
        self.answer(expr, variables, &mut answers);
        evaluate(expr, variables, &|query| {
            answers.iter().find(|(asked, _)| asked == query).and_then(|(_, known)| *known)
        })
    }

    fn answer(&mut self, expr: &Expr, variables: &Variables, answers: &mut Vec<(Expr, Option<bool>)>) {
        match expr {
            Expr::Exists(query) => {
                let known = self.has_rows(query, variables);
                answers.push((expr.clone(), known));
            }
            // A table that no text creates may still be there: only that there is one is sure.
            Expr::Compare { comparison: Comparison::Is, left, right }
                if **right == Expr::Null && self.names_table(left) =>
            {
                answers.push((expr.clone(), Some(false)));
            }
            Expr::Not(inner) => self.answer(inner, variables, answers),
            Expr::And(parts) | Expr::Or(parts) => {
                for part in parts {
                    self.answer(part, variables, answers);
                }
            }
            _ => {}
        }
    }

    /// Whether `expr` is `to_regclass('name')` with the name of a table that is there.
    fn names_table(&self, expr: &Expr) -> bool {
        let Expr::Call(call) = expr else { return false };
        let [Expr::Text { value, span, .. }] = call.arguments.as_slice() else { return false };
        let mut parts = value.rsplitn(2, '.').map(|part| Name::new(part, *span));
        let Some(name) = parts.next().filter(|_| call.name.is("pg_catalog", "to_regclass")) else { return false };
        let name = QualifiedName { schema: parts.next(), name, span: *span };
        self.session.find_table(&self.catalog, &name).is_some()
    }
}
