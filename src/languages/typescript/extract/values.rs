use oxc_ast::ast::{
    Argument, ArrayExpression, ArrowFunctionBody, BinaryOperator, CallExpression, ChainElement, Expression,
    ObjectExpression, ObjectPropertyKind, PropertyKey, Statement, TemplateLiteral,
};
use oxc_span::GetSpan;

use super::Extractor;
use crate::languages::typescript::model::{Name, Object, Property, Value, ValueKind};

/// How deep object and array literals are kept.
const DEPTH: usize = 6;
/// What a dynamic part of a template reads as.
const PARAM: &str = "[param]";

/// The expression behind parentheses and type assertions.
pub(super) fn bare<'b, 'a>(mut expression: &'b Expression<'a>) -> &'b Expression<'a> {
    loop {
        expression = match expression {
            Expression::ParenthesizedExpression(inner) => &inner.expression,
            Expression::TSAsExpression(inner) => &inner.expression,
            Expression::TSSatisfiesExpression(inner) => &inner.expression,
            Expression::TSTypeAssertion(inner) => &inner.expression,
            Expression::TSNonNullExpression(inner) => &inner.expression,
            Expression::TSInstantiationExpression(inner) => &inner.expression,
            _ => return expression,
        };
    }
}

/// The dotted path of an identifier or a chain of static members.
pub(super) fn path(expression: &Expression<'_>) -> Option<String> {
    let mut parts = Vec::new();
    let mut current = bare(expression);
    loop {
        current = match current {
            Expression::StaticMemberExpression(member) => {
                parts.push(member.property.name.as_str());
                bare(&member.object)
            }
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::StaticMemberExpression(member) => {
                    parts.push(member.property.name.as_str());
                    bare(&member.object)
                }
                _ => return None,
            },
            Expression::Identifier(identifier) => {
                parts.push(identifier.name.as_str());
                break;
            }
            Expression::ThisExpression(_) => {
                parts.push("this");
                break;
            }
            _ => return None,
        };
    }
    parts.reverse();
    Some(parts.join("."))
}

impl Extractor<'_> {
    pub(super) fn arguments(&self, arguments: &[Argument<'_>]) -> Vec<Value> {
        let value = |argument: &Argument<'_>| match argument.as_expression() {
            Some(expression) => self.value(expression),
            None => Value::other(self.span(argument.span())),
        };
        arguments.iter().map(value).collect()
    }

    pub(super) fn value(&self, expression: &Expression<'_>) -> Value {
        self.value_at(expression, DEPTH)
    }

    fn value_at(&self, expression: &Expression<'_>, depth: usize) -> Value {
        let expression = bare(expression);
        let kind = match expression {
            Expression::StringLiteral(literal) => ValueKind::String(literal.value.to_string()),
            Expression::TemplateLiteral(template) => template_value(template),
            Expression::NumericLiteral(literal) => ValueKind::Number(literal.value),
            Expression::BooleanLiteral(literal) => ValueKind::Boolean(literal.value),
            Expression::NullLiteral(_) => ValueKind::Null,
            Expression::ObjectExpression(object) if depth > 0 => ValueKind::Object(self.object(object, depth - 1)),
            Expression::ArrayExpression(array) if depth > 0 => self.array(array, depth - 1),
            Expression::BinaryExpression(_) => concatenation(expression),
            Expression::CallExpression(call) if depth > 0 => match made_by_map(call) {
                // How many there are is not known, only what each is.
                Some(item) => ValueKind::Array { items: vec![self.value_at(item, depth - 1)], open: true },
                None => ValueKind::Other,
            },
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => ValueKind::Function,
            Expression::Identifier(identifier) if identifier.name == "undefined" => ValueKind::Null,
            Expression::Identifier(identifier) => {
                ValueKind::Path { text: identifier.name.to_string(), variable: self.resolve(identifier) }
            }
            _ => match path(expression) {
                Some(text) => ValueKind::Path { text, variable: None },
                None => ValueKind::Other,
            },
        };
        Value { span: self.span(expression.span()), kind }
    }

    fn array(&self, array: &ArrayExpression<'_>, depth: usize) -> ValueKind {
        let items: Vec<Value> =
            array.elements.iter().filter_map(|one| Some(self.value_at(one.as_expression()?, depth))).collect();
        let open = items.len() < array.elements.len() || self.facts.has_gap(self.span(array.span));
        ValueKind::Array { items, open }
    }

    fn object(&self, object: &ObjectExpression<'_>, depth: usize) -> Object {
        let properties: Vec<Property> =
            object.properties.iter().filter_map(|property| self.property(property, depth)).collect();
        let open = properties.len() < object.properties.len() || self.facts.has_gap(self.span(object.span));
        Object { properties, open }
    }

    fn property(&self, property: &ObjectPropertyKind<'_>, depth: usize) -> Option<Property> {
        let ObjectPropertyKind::ObjectProperty(property) = property else { return None };
        let key = self.key(&property.key)?;
        Some(Property { key, value: self.value_at(&property.value, depth), shorthand: property.shorthand })
    }

    /// A property key that is written out; `None` for a computed one.
    pub(super) fn key(&self, key: &PropertyKey<'_>) -> Option<Name> {
        match key {
            PropertyKey::StaticIdentifier(name) => Some(self.name(&name.name, name.span)),
            PropertyKey::StringLiteral(literal) => Some(Name::new(literal.value.as_str(), self.span(literal.span))),
            PropertyKey::NumericLiteral(literal) => {
                Some(self.name(literal.span.source_text(self.source), literal.span))
            }
            _ => None,
        }
    }
}

/// The object that `list.map((x) => ({ … }))` or `Array.from(list, (x) => ({ … }))` makes of each element.
fn made_by_map<'b, 'a>(call: &'b CallExpression<'a>) -> Option<&'b Expression<'a>> {
    let Expression::StaticMemberExpression(callee) = bare(&call.callee) else { return None };
    let at = match callee.property.name.as_str() {
        "map" => 0,
        "from" if path(&call.callee).as_deref() == Some("Array.from") => 1,
        _ => return None,
    };
    let Expression::ArrowFunctionExpression(arrow) = bare(call.arguments.get(at)?.as_expression()?) else {
        return None;
    };
    let made = match &arrow.body {
        ArrowFunctionBody::FunctionBody(body) => match body.statements.as_slice() {
            [Statement::ReturnStatement(only)] => only.argument.as_ref()?,
            _ => return None,
        },
        body => body.as_expression()?,
    };
    Some(bare(made)).filter(|made| matches!(made, Expression::ObjectExpression(_)))
}

fn template_value(template: &TemplateLiteral<'_>) -> ValueKind {
    let text = template_text(template);
    if template.expressions.is_empty() { ValueKind::String(text) } else { ValueKind::Template(text) }
}

fn template_text(template: &TemplateLiteral<'_>) -> String {
    let parts = template.quasis.iter().map(|part| part.value.cooked.unwrap_or(part.value.raw));
    let parts: Vec<_> = parts.map(|part| part.to_string()).collect();
    parts.join(PARAM)
}

/// `'/api/boats/' + id`: strings that are added up, dynamic operands as `[param]`.
fn concatenation(expression: &Expression<'_>) -> ValueKind {
    let mut parts = Vec::new();
    let mut literals = 0;
    let mut current = expression;
    loop {
        let (next, operand) = match current {
            Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
                (Some(bare(&sum.left)), bare(&sum.right))
            }
            Expression::BinaryExpression(_) if parts.is_empty() => return ValueKind::Other,
            _ => (None, current),
        };
        parts.push(match operand {
            Expression::StringLiteral(literal) => {
                literals += 1;
                literal.value.to_string()
            }
            Expression::TemplateLiteral(template) => {
                literals += 1;
                template_text(template)
            }
            _ => PARAM.to_owned(),
        });
        match next {
            Some(left) => current = left,
            None => break,
        }
    }
    parts.reverse();
    if literals == 0 { ValueKind::Other } else { ValueKind::Template(parts.concat()) }
}
