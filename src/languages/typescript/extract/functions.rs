use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingPattern, BlockStatement, Expression, FormalParameters,
    Function as Tree, FunctionBody, IfStatement, Statement,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::ScopeFlags;
use oxc_span::GetSpan;

use super::Extractor;
use super::values::{bare, path};
use crate::languages::typescript::model::{Binding, Exit, Function, Name};

impl<'a> Extractor<'_> {
    pub(super) fn function_like(&mut self, tree: &Tree<'a>, flags: ScopeFlags) {
        let Some(body) = &tree.body else {
            walk::walk_function(self, tree, flags);
            return;
        };
        let name = tree.id.as_ref().map(|id| self.name(&id.name, id.span));
        let function = Function {
            span: self.span(tree.span),
            body: self.span(body.span),
            name,
            parameters: self.parameters(&tree.params),
            first: tree.params.items.first().map(|item| self.binding(&item.pattern)),
            is_async: tree.r#async,
            parent: self.function(),
            exits: self.exits(body),
        };
        if let Some(id) = tree.id.as_ref().and_then(|id| id.symbol_id.get()) {
            self.function_names.push((super::index(id), function.span));
        }
        self.inside_function(function, |own| walk::walk_function(own, tree, flags));
    }

    pub(super) fn arrow(&mut self, tree: &ArrowFunctionExpression<'a>) {
        let exits = match &tree.body {
            ArrowFunctionBody::FunctionBody(body) => self.exits(body),
            _ => Vec::new(),
        };
        let function = Function {
            span: self.span(tree.span),
            body: self.span(tree.body.span()),
            name: None,
            parameters: self.parameters(&tree.params),
            first: tree.params.items.first().map(|item| self.binding(&item.pattern)),
            is_async: tree.r#async,
            parent: self.function(),
            exits,
        };
        self.inside_function(function, |own| {
            own.visit_formal_parameters(&tree.params);
            if let Some(returned) = &tree.return_type {
                own.visit_ts_type_annotation(returned);
            }
            match tree.body.as_expression() {
                Some(expression) => own.visit_bound(expression, Binding::Returned, false),
                None => own.visit_arrow_function_body(&tree.body),
            }
        });
    }

    fn inside_function(&mut self, function: Function, walk: impl FnOnce(&mut Self)) {
        self.stack.push(self.facts.functions.len());
        self.facts.functions.push(function);
        walk(self);
        self.stack.pop();
    }

    fn parameters(&self, parameters: &FormalParameters<'a>) -> Vec<Name> {
        let plain = |pattern: &BindingPattern<'a>| match pattern {
            BindingPattern::BindingIdentifier(own) => Some(self.name(&own.name, own.span)),
            _ => None,
        };
        parameters.items.iter().filter_map(|item| plain(&item.pattern)).collect()
    }

    fn exits(&self, body: &FunctionBody<'a>) -> Vec<Exit> {
        let mut exits = Vec::new();
        self.add_exits(&body.statements, &mut exits);
        exits
    }

    fn add_exits(&self, statements: &[Statement<'a>], exits: &mut Vec<Exit>) {
        for statement in statements {
            match statement {
                Statement::IfStatement(own) => exits.extend(self.exit(own)),
                Statement::BlockStatement(block) => self.add_exits(&block.body, exits),
                Statement::TryStatement(attempt) => self.add_exits(&attempt.block.body, exits),
                _ => {}
            }
        }
    }

    fn exit(&self, tree: &IfStatement<'a>) -> Option<Exit> {
        let last = match &tree.consequent {
            Statement::BlockStatement(block) => last_of(block)?,
            statement => statement,
        };
        let (value, throws) = match last {
            Statement::ReturnStatement(own) => (own.argument.as_ref(), false),
            Statement::ThrowStatement(own) => (Some(&own.argument), true),
            _ => return None,
        };
        let span = self.span(tree.span);
        Some(Exit { span, tested: paths(&tree.test), returned: value.map(paths).unwrap_or_default(), throws })
    }
}

fn last_of<'b, 'a>(block: &'b BlockStatement<'a>) -> Option<&'b Statement<'a>> {
    block.body.last()
}

/// The member paths that an expression reads, functions inside it left out.
fn paths(expression: &Expression<'_>) -> Vec<String> {
    let mut paths = Paths::default();
    paths.visit_expression(expression);
    paths.found
}

#[derive(Default)]
struct Paths {
    found: Vec<String>,
}

impl<'a> Visit<'a> for Paths {
    fn visit_expression(&mut self, expression: &Expression<'a>) {
        if let Some(path) = path(expression) {
            self.found.push(path);
            return;
        }
        // Descend in one go: asking every member of a long chain for its path would take quadratic time.
        let mut current = bare(expression);
        while let Expression::StaticMemberExpression(member) = current {
            current = bare(&member.object);
        }
        walk::walk_expression(self, current);
    }

    fn visit_function(&mut self, _: &Tree<'a>, _: ScopeFlags) {}

    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}
}
