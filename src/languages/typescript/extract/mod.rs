//! From the parser's tree to facts. Only this folder and `parse` know the parser.

mod bindings;
mod chains;
mod functions;
mod modules;
mod values;
mod visitor;

use std::collections::HashMap;

use oxc_ast::ast::{IdentifierReference, Program};
use oxc_ast_visit::Visit;
use oxc_semantic::{Scoping, SymbolId};

use super::model::{CallId, Facts, FunctionId, Gap, Name, Use, Variable, VariableId};
use crate::text::Span;
use modules::Held;

/// How offsets of the parsed text become offsets of the original.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Bytes that stand before the original text.
    pub(super) shift: usize,
    /// Length of the original text that was parsed.
    pub(super) kept: usize,
    /// Length of the original text. What ends behind the parsed part, in brackets that a repair closed, ends here.
    pub(super) len: usize,
}

impl Place {
    fn span(self, span: oxc_span::Span) -> Span {
        let at = |offset: u32| {
            let offset = (offset as usize).saturating_sub(self.shift);
            if offset > self.kept { self.len } else { offset }
        };
        Span::new(at(span.start), at(span.end))
    }
}

/// The facts of a tree that parsed without diagnostics; its derived lists are left empty.
pub(super) fn facts(program: &Program<'_>, scoping: &Scoping, place: Place, gaps: Vec<Gap>) -> Facts {
    let variables = scoping.symbol_ids().map(|id| variable(scoping, place, id)).collect();
    let mut extractor = Extractor {
        source: program.source_text,
        scoping,
        place,
        builders: vec![None; scoping.symbols_len()],
        held: HashMap::new(),
        handlers: Vec::new(),
        function_names: Vec::new(),
        stack: Vec::new(),
        facts: Facts { gaps, variables, ..Facts::default() },
    };
    extractor.visit_program(program);
    extractor.finish()
}

fn variable(scoping: &Scoping, place: Place, id: SymbolId) -> Variable {
    let again = scoping.symbol_redeclarations(id).iter().map(|one| one.span);
    let mut declared: Vec<usize> =
        std::iter::once(scoping.symbol_span(id)).chain(again).map(|span| place.span(span).start).collect();
    declared.sort_unstable();
    declared.dedup();
    Variable {
        name: scoping.symbol_name(id).to_owned(),
        declared,
        reassigned: scoping.symbol_is_mutated(id),
        ..Variable::default()
    }
}

/// State of the walk over one tree.
struct Extractor<'s> {
    source: &'s str,
    scoping: &'s Scoping,
    place: Place,
    /// For each variable the call whose unawaited value it holds.
    builders: Vec<Option<CallId>>,
    /// What the variables hold that may be route handlers.
    held: HashMap<VariableId, Held>,
    /// Handlers whose function is not looked up yet, in the order of [`Facts::handlers`].
    handlers: Vec<Held>,
    /// Variables that hold a function, with its span.
    function_names: Vec<(VariableId, Span)>,
    /// The functions around the current node.
    stack: Vec<FunctionId>,
    facts: Facts,
}

impl Extractor<'_> {
    fn span(&self, span: oxc_span::Span) -> Span {
        self.place.span(span)
    }

    fn name(&self, text: &str, span: oxc_span::Span) -> Name {
        Name::new(text, self.span(span))
    }

    /// The span of the text between the quotes of a string literal.
    fn inside(&self, span: oxc_span::Span) -> Span {
        let span = self.span(span);
        Span::new(span.start + 1, span.end.saturating_sub(1))
    }

    fn function(&self) -> Option<FunctionId> {
        self.stack.last().copied()
    }

    /// The variable that an identifier resolves to.
    fn resolve(&self, identifier: &IdentifierReference<'_>) -> Option<VariableId> {
        let reference = identifier.reference_id.get()?;
        self.scoping.get_reference(reference).symbol_id().map(index)
    }

    /// Notes that `identifier` is read.
    fn add_use(&mut self, identifier: &IdentifierReference<'_>, awaited: bool, member: Option<Name>) {
        let one = Use { span: self.span(identifier.span), awaited, member, binding: None };
        self.push_use(identifier, one);
    }

    fn push_use(&mut self, identifier: &IdentifierReference<'_>, one: Use) {
        let Some(reference) = identifier.reference_id.get().map(|id| self.scoping.get_reference(id)) else { return };
        if !reference.flags().is_read() {
            return;
        }
        let id = reference.symbol_id().map(index);
        if let Some(variable) = id.and_then(|id| self.facts.variables.get_mut(id)) {
            variable.uses.push(one);
        }
    }

    /// Resolves what had to wait for the whole walk.
    fn finish(mut self) -> Facts {
        let by_span: HashMap<Span, FunctionId> =
            self.facts.functions.iter().enumerate().map(|(id, function)| (function.span, id)).collect();
        for (variable, span) in &self.function_names {
            if let Some(variable) = self.facts.variables.get_mut(*variable) {
                variable.function = by_span.get(span).copied();
            }
        }
        for variable in &mut self.facts.variables {
            variable.uses.sort_by_key(|one| one.span);
        }
        self.resolve_handlers(&by_span);
        self.sort_calls();
        self.facts
    }

    /// Brings the calls into source order and renumbers what points at them.
    fn sort_calls(&mut self) {
        let mut order: Vec<CallId> = (0..self.facts.calls.len()).collect();
        let start = |id: &CallId| self.facts.calls.get(*id).map(|call| call.span.start);
        if order.is_sorted_by_key(start) {
            return;
        }
        order.sort_by_key(start);
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            if let Some(slot) = place.get_mut(old) {
                *slot = new;
            }
        }
        for call in &mut self.facts.calls {
            call.continues = call.continues.and_then(|old| place.get(old).copied());
        }
        self.facts.calls.sort_by_key(|call| call.span.start);
    }
}

fn index(symbol: SymbolId) -> VariableId {
    symbol.index()
}
