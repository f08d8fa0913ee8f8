use oxc_ast::ast::{CallExpression, ChainElement, Expression, IdentifierReference};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;

use super::Extractor;
use crate::languages::typescript::model::{Binding, Call, EnvironmentAccess, Link, Name, Use, Value};
use crate::text::Span;

/// Most names of a pattern that is followed into both branches of a condition.
const PATTERN_LIMIT: usize = 16;

/// One step from the outside of a chain towards its root.
enum Step<'b, 'a> {
    Call(&'b CallExpression<'a>),
    /// The name is not copied: most who ask for a step do not look at it.
    Member {
        name: Option<(&'b str, Span)>,
        object: &'b Expression<'a>,
        index: Option<&'b Expression<'a>>,
    },
    Await(&'b Expression<'a>),
    Through(&'b Expression<'a>),
    Root(&'b Expression<'a>),
}

/// A chain that is taken apart, its root last.
#[derive(Default)]
struct Chain<'b, 'a> {
    links: Vec<Link>,
    calls: Vec<&'b CallExpression<'a>>,
    indexes: Vec<&'b Expression<'a>>,
    root: Option<&'b Expression<'a>>,
}

impl<'a> Extractor<'_> {
    /// Visits an expression whose value goes to `binding`. `settled` says that an `await` outside applies to it.
    pub(super) fn visit_bound(&mut self, expression: &Expression<'a>, binding: Binding, settled: bool) {
        match self.step(expression) {
            Step::Call(_) | Step::Member { .. } => self.chain(expression, binding, settled),
            Step::Await(inner) => match self.step(super::values::bare(inner)) {
                Step::Call(_) | Step::Member { .. } => self.chain(expression, binding, settled),
                _ => self.visit_bound(inner, binding, true),
            },
            Step::Through(inner) => {
                self.visit_bound(inner, binding, settled);
                self.visit_asserted_type(expression);
            }
            Step::Root(root) => self.visit_root(root, binding, settled),
        }
    }

    fn visit_root(&mut self, root: &Expression<'a>, binding: Binding, settled: bool) {
        match root {
            Expression::Identifier(identifier) => {
                let span = self.span(identifier.span);
                let binding = settled.then(|| Box::new(binding));
                self.push_use(identifier, Use { span, awaited: settled, member: None, binding });
            }
            Expression::ConditionalExpression(either) if is_small(&binding) => {
                self.visit_expression(&either.test);
                self.visit_bound(&either.consequent, binding.clone(), settled);
                self.visit_bound(&either.alternate, binding, settled);
            }
            Expression::LogicalExpression(either) if is_small(&binding) => {
                self.visit_bound(&either.left, binding.clone(), settled);
                self.visit_bound(&either.right, binding, settled);
            }
            Expression::UnaryExpression(unary) if unary.operator.is_keyword() && binding == Binding::Ignored => {
                self.visit_bound(&unary.argument, binding, settled);
            }
            Expression::NewExpression(new) => self.construction(new, binding == Binding::Returned),
            other => oxc_ast_visit::walk::walk_expression(self, other),
        }
    }

    /// The types in `x as T`, `<T>x` and `x<T>`.
    fn visit_asserted_type(&mut self, expression: &Expression<'a>) {
        match expression {
            Expression::TSAsExpression(own) => self.visit_ts_type(&own.type_annotation),
            Expression::TSSatisfiesExpression(own) => self.visit_ts_type(&own.type_annotation),
            Expression::TSTypeAssertion(own) => self.visit_ts_type(&own.type_annotation),
            Expression::TSInstantiationExpression(own) => {
                self.visit_ts_type_parameter_instantiation(&own.type_arguments);
            }
            _ => {}
        }
    }

    fn step<'b>(&self, expression: &'b Expression<'a>) -> Step<'b, 'a> {
        match expression {
            Expression::CallExpression(call) => Step::Call(call),
            Expression::StaticMemberExpression(own) => {
                let name = Some((own.property.name.as_str(), self.span(own.property.span)));
                Step::Member { name, object: &own.object, index: None }
            }
            Expression::ComputedMemberExpression(own) => self.computed(&own.object, &own.expression),
            Expression::PrivateFieldExpression(own) => Step::Member {
                name: Some((own.field.name.as_str(), self.span(own.field.span))),
                object: &own.object,
                index: None,
            },
            Expression::AwaitExpression(own) => Step::Await(&own.argument),
            Expression::ParenthesizedExpression(own) => Step::Through(&own.expression),
            Expression::TSNonNullExpression(own) => Step::Through(&own.expression),
            Expression::TSAsExpression(own) => Step::Through(&own.expression),
            Expression::TSSatisfiesExpression(own) => Step::Through(&own.expression),
            Expression::TSTypeAssertion(own) => Step::Through(&own.expression),
            Expression::TSInstantiationExpression(own) => Step::Through(&own.expression),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => Step::Call(call),
                ChainElement::TSNonNullExpression(own) => Step::Through(&own.expression),
                ChainElement::StaticMemberExpression(own) => {
                    let name = Some((own.property.name.as_str(), self.span(own.property.span)));
                    Step::Member { name, object: &own.object, index: None }
                }
                ChainElement::ComputedMemberExpression(own) => self.computed(&own.object, &own.expression),
                ChainElement::PrivateFieldExpression(own) => {
                    let name = Some((own.field.name.as_str(), self.span(own.field.span)));
                    Step::Member { name, object: &own.object, index: None }
                }
            },
            other => Step::Root(other),
        }
    }

    fn computed<'b>(&self, object: &'b Expression<'a>, index: &'b Expression<'a>) -> Step<'b, 'a> {
        match index {
            Expression::StringLiteral(literal) => {
                let name = Some((literal.value.as_str(), self.inside(literal.span)));
                Step::Member { name, object, index: None }
            }
            _ => Step::Member { name: None, object, index: Some(index) },
        }
    }

    fn take_apart<'b>(&mut self, expression: &'b Expression<'a>, settled: bool) -> Chain<'b, 'a> {
        let mut chain = Chain::default();
        let mut called: Option<&CallExpression<'a>> = None;
        let mut awaited = settled;
        let mut current = expression;
        loop {
            current = match self.step(current) {
                Step::Call(call) => {
                    if let Some(outer) = called.replace(call) {
                        chain.links.push(self.link(None, Some(outer), std::mem::take(&mut awaited)));
                    }
                    chain.calls.push(call);
                    &call.callee
                }
                Step::Member { name, object, index } => {
                    let name = name.map(|(text, span)| Name::new(text, span));
                    chain.links.push(self.link(name, called.take(), std::mem::take(&mut awaited)));
                    chain.indexes.extend(index);
                    object
                }
                Step::Await(inner) => {
                    if let Some(outer) = called.take() {
                        chain.links.push(self.link(None, Some(outer), awaited));
                    }
                    awaited = true;
                    inner
                }
                Step::Through(inner) => {
                    self.visit_asserted_type(current);
                    inner
                }
                Step::Root(root) => {
                    let name = self.root_name(root);
                    let mut link = self.link(name, called.take(), awaited);
                    if link.arguments.is_none() {
                        link.span = self.span(root.span());
                    }
                    chain.links.push(link);
                    chain.root = Some(root);
                    break;
                }
            };
        }
        chain.links.reverse();
        chain.calls.reverse();
        chain
    }

    fn link(&self, name: Option<Name>, call: Option<&CallExpression<'a>>, awaited: bool) -> Link {
        let own = name.as_ref().map(|name| name.span);
        let called = call.map(|call| self.span(call.span));
        let span = match (own, called) {
            (Some(own), Some(called)) => Span::new(own.start, called.end),
            (own, called) => own.or(called).unwrap_or_default(),
        };
        Link { name, arguments: call.map(|call| self.arguments(&call.arguments)), awaited, span }
    }

    fn root_name(&self, root: &Expression<'a>) -> Option<Name> {
        match root {
            Expression::Identifier(own) => Some(self.name(&own.name, own.span)),
            Expression::ThisExpression(own) => Some(self.name("this", own.span)),
            Expression::Super(own) => Some(self.name("super", own.span)),
            Expression::ImportMeta(own) => Some(self.name("import.meta", own.span)),
            _ => None,
        }
    }

    fn chain(&mut self, expression: &Expression<'a>, binding: Binding, settled: bool) {
        let Chain { links, calls, indexes, root } = self.take_apart(expression, settled);
        self.environment(&links);
        let mut continues = None;
        if let Some(Expression::Identifier(identifier)) = root {
            let called = links.first().is_some_and(|link| link.arguments.is_some());
            self.root_use(identifier, &links, called);
            let builder = self.resolve(identifier).and_then(|id| self.builders.get(id).copied().flatten());
            continues = builder.filter(|_| !called);
        }
        self.note_require(&links, &binding);
        if !calls.is_empty() {
            let span = self.span(unawaited(expression).span());
            let function = self.function();
            self.note_builder(&binding, links.last().is_some_and(|link| link.awaited));
            self.facts.calls.push(Call { span, links, binding, function, continues });
        }
        match root {
            Some(Expression::Identifier(_)) | None => {}
            Some(root) => self.visit_expression(root),
        }
        for call in calls {
            if let Some(types) = &call.type_arguments {
                self.visit_ts_type_parameter_instantiation(types);
            }
            self.visit_arguments(&call.arguments);
        }
        for index in indexes {
            self.visit_expression(index);
        }
    }

    fn root_use(&mut self, identifier: &IdentifierReference<'a>, links: &[Link], called: bool) {
        let awaited = !called && links.first().is_some_and(|link| link.awaited);
        let member = links.get(1).filter(|_| !called).and_then(|link| link.name.clone());
        self.add_use(identifier, awaited, member);
    }

    /// Remembers which variable holds what the call that comes next builds.
    fn note_builder(&mut self, binding: &Binding, awaited: bool) {
        let id = self.facts.calls.len();
        if let Binding::Name(bound) = binding
            && let Some(slot) = bound.variable.and_then(|variable| self.builders.get_mut(variable))
        {
            *slot = (!awaited).then_some(id);
        }
    }

    fn environment(&mut self, links: &[Link]) {
        let [root, env, Link { name: Some(name), .. }, ..] = links else { return };
        if (root.is_named("process") || root.is_named("import.meta")) && env.is_named("env") {
            let span = root.span.join(name.span);
            self.facts.environment.push(EnvironmentAccess { name: name.clone(), span });
        }
    }

    /// The first argument of a plain call, if the chain starts with one of `name`.
    pub(super) fn plain_argument<'l>(links: &'l [Link], name: &str) -> Option<&'l Value> {
        links.first().filter(|link| link.is_named(name))?.argument(0)
    }
}

fn is_small(binding: &Binding) -> bool {
    !matches!(binding, Binding::Pattern { bound, .. } if bound.len() > PATTERN_LIMIT)
}

/// The expression behind `await` and type assertions.
fn unawaited<'b, 'a>(mut expression: &'b Expression<'a>) -> &'b Expression<'a> {
    loop {
        expression = match super::values::bare(expression) {
            Expression::AwaitExpression(awaited) => &awaited.argument,
            other => return other,
        };
    }
}
