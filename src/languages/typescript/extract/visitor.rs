use oxc_ast::ast::{
    ArrayExpression, ArrowFunctionExpression, AssignmentExpression, AssignmentTarget, BindingPattern, Directive,
    ExportAllDeclaration, ExportDeclaration, ExportDefaultDeclaration, ExportFromDeclaration, ExportNamedDeclaration,
    Expression, ExpressionStatement, Function, IdentifierReference, ImportDeclaration, ImportExpression,
    ImportOrExportKind, JSXElementName, JSXOpeningElement, NewExpression, ReturnStatement, TSImportEqualsDeclaration,
    TSImportType, TSModuleReference, TSTypeName, TaggedTemplateExpression, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::ScopeFlags;
use oxc_span::GetSpan;
use oxc_syntax::operator::AssignmentOperator;

use super::Extractor;
use super::values::{bare, path};
use crate::languages::typescript::model::{
    Binding, Construction, EnvironmentAccess, Name, Object, Property, ValueKind, VariableId,
};

impl<'a> Visit<'a> for Extractor<'_> {
    fn visit_directive(&mut self, directive: &Directive<'a>) {
        if self.stack.is_empty() {
            let name = Name::new(directive.directive.as_str(), self.inside(directive.expression.span));
            self.facts.directives.push(name);
        }
    }

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        self.visit_bound(expression, Binding::Passed, false);
    }

    fn visit_expression_statement(&mut self, statement: &ExpressionStatement<'a>) {
        self.visit_bound(&statement.expression, Binding::Ignored, false);
    }

    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        if let Some(argument) = &statement.argument {
            self.visit_bound(argument, Binding::Returned, false);
        }
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&declarator.id);
        if let Some(annotation) = &declarator.type_annotation {
            self.visit_ts_type_annotation(annotation);
        }
        let Some(init) = &declarator.init else { return };
        if let BindingPattern::BindingIdentifier(identifier) = &declarator.id
            && let Some(id) = identifier.symbol_id.get()
        {
            self.note_initial_value(super::index(id), init);
        }
        if self.visit_destructured(&declarator.id, init) || self.visit_all(&declarator.id, init) {
            return;
        }
        let binding = self.binding(&declarator.id);
        self.visit_bound(init, binding, false);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        self.visit_assignment_target(&assignment.left);
        self.note_property(assignment);
        let binding = match assignment.operator {
            AssignmentOperator::Assign => self.assigned(&assignment.left),
            _ => Binding::Passed,
        };
        self.visit_bound(&assignment.right, binding, false);
    }

    fn visit_identifier_reference(&mut self, identifier: &IdentifierReference<'a>) {
        self.add_use(identifier, false, None);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.function_like(function, flags);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        self.arrow(arrow);
    }

    fn visit_new_expression(&mut self, new: &NewExpression<'a>) {
        self.construction(new, false);
    }

    fn visit_tagged_template_expression(&mut self, template: &TaggedTemplateExpression<'a>) {
        if let Some(tag) = path(&template.tag) {
            let tag = self.name(&tag, template.tag.span());
            self.facts.tags.push(tag);
        }
        walk::walk_tagged_template_expression(self, template);
    }

    fn visit_jsx_opening_element(&mut self, element: &JSXOpeningElement<'a>) {
        if matches!(element.name, JSXElementName::IdentifierReference(_) | JSXElementName::MemberExpression(_)) {
            let span = element.name.span();
            let name = self.name(span.source_text(self.source), span);
            self.facts.components.push(name);
        }
        walk::walk_jsx_opening_element(self, element);
    }

    fn visit_ts_type_name(&mut self, name: &TSTypeName<'a>) {
        let span = name.span();
        let path: String = span.source_text(self.source).split_whitespace().collect();
        let path = self.name(&path, span);
        self.facts.types.push(path);
    }

    fn visit_ts_import_type(&mut self, import: &TSImportType<'a>) {
        self.import_type(import.span, &import.source);
        walk::walk_ts_import_type(self, import);
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        self.import(import);
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        self.dynamic_import(import.span, &import.source);
        walk::walk_import_expression(self, import);
    }

    fn visit_ts_import_equals_declaration(&mut self, import: &TSImportEqualsDeclaration<'a>) {
        if let TSModuleReference::ExternalModuleReference(module) = &import.module_reference {
            let local = self.name(&import.id.name, import.id.span);
            self.import_equals(import.span, local, &module.expression);
        }
    }

    fn visit_export_declaration(&mut self, export: &ExportDeclaration<'a>) {
        self.export_declaration(export.span, &export.declaration);
        walk::walk_export_declaration(self, export);
    }

    fn visit_export_named_declaration(&mut self, export: &ExportNamedDeclaration<'a>) {
        self.export_names(export.span, &export.specifiers);
        walk::walk_export_named_declaration(self, export);
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        let names = export.specifiers.iter();
        let names = names.map(|own| (self.export_name(&own.local), self.export_name(&own.exported))).collect();
        self.re_export(export.span, names, &export.source, export.export_kind == ImportOrExportKind::Type);
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        let all = self.name("*", export.span);
        let exported = export.exported.as_ref().map_or_else(|| all.clone(), |own| self.export_name(own));
        let type_only = export.export_kind == ImportOrExportKind::Type;
        self.re_export(export.span, vec![(all, exported)], &export.source, type_only);
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        self.export_default(export.span, &export.declaration);
        walk::walk_export_default_declaration(self, export);
    }
}

impl<'a> Extractor<'_> {
    pub(super) fn construction(&mut self, new: &NewExpression<'a>, returned: bool) {
        if let Some(callee) = path(&new.callee) {
            let construction = Construction {
                span: self.span(new.span),
                callee: self.name(&callee, new.callee.span()),
                arguments: self.arguments(&new.arguments),
                function: self.function(),
                returned,
            };
            self.facts.constructions.push(construction);
        }
        walk::walk_new_expression(self, new);
    }

    fn note_initial_value(&mut self, id: VariableId, init: &Expression<'a>) {
        let init = bare(init);
        match init {
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => {
                self.function_names.push((id, self.span(init.span())));
            }
            Expression::CallExpression(_) | Expression::Identifier(_) => {
                let held = self.held(init);
                self.held.insert(id, held);
                // A list that `map` makes has known keys.
                self.note_value(id, init);
            }
            Expression::ObjectExpression(_)
            | Expression::ArrayExpression(_)
            | Expression::StringLiteral(_)
            | Expression::TemplateLiteral(_)
            | Expression::NumericLiteral(_)
            | Expression::BooleanLiteral(_)
            | Expression::BinaryExpression(_) => self.note_value(id, init),
            _ => {}
        }
    }

    fn note_value(&mut self, id: VariableId, init: &Expression<'a>) {
        let value = self.value(init);
        let is_literal = !matches!(value.kind, ValueKind::Path { .. } | ValueKind::Other);
        if let Some(variable) = self.facts.variables.get_mut(id).filter(|_| is_literal) {
            variable.value = Some(value);
        }
    }

    /// `const { error } = result`, `const { KEY } = process.env`: reads properties of a name.
    fn visit_destructured(&mut self, pattern: &BindingPattern<'a>, init: &Expression<'a>) -> bool {
        let init = bare(init);
        let is_name = matches!(init, Expression::Identifier(_) | Expression::StaticMemberExpression(_));
        if !is_name || matches!(pattern, BindingPattern::BindingIdentifier(_)) {
            return false;
        }
        let Binding::Pattern { bound, rest: false } = self.binding(pattern) else { return false };
        let members: Vec<Name> = bound.into_iter().filter_map(|bound| bound.property).collect();
        match init {
            Expression::Identifier(identifier) if !members.is_empty() => {
                for member in members {
                    self.add_use(identifier, false, Some(member));
                }
                true
            }
            Expression::StaticMemberExpression(_) if path(init).as_deref() == Some("process.env") => {
                let accesses = members.into_iter().map(|name| EnvironmentAccess { span: name.span, name });
                self.facts.environment.extend(accesses);
                true
            }
            _ => false,
        }
    }

    /// `const [a, { data }] = await Promise.all([f(), g()])`: every element has a binding of its own.
    fn visit_all(&mut self, pattern: &BindingPattern<'a>, init: &Expression<'a>) -> bool {
        let BindingPattern::ArrayPattern(pattern) = pattern else { return false };
        let Some(array) = awaited_elements(init) else { return false };
        for (at, element) in array.elements.iter().enumerate() {
            let binding = match pattern.elements.get(at) {
                Some(Some(own)) => self.binding(own),
                _ if pattern.rest.is_some() => Binding::Passed,
                _ => Binding::Ignored,
            };
            match element.as_expression() {
                Some(element) => self.visit_bound(element, binding, true),
                None => self.visit_array_expression_element(element),
            }
        }
        true
    }

    /// `name.key = value` adds a key to the object that `name` was declared with.
    fn note_property(&mut self, assignment: &AssignmentExpression<'a>) {
        let (object, key) = match &assignment.left {
            AssignmentTarget::StaticMemberExpression(own) => {
                (&own.object, Some(self.name(&own.property.name, own.property.span)))
            }
            AssignmentTarget::ComputedMemberExpression(own) => (&own.object, None),
            _ => return,
        };
        let Expression::Identifier(identifier) = bare(object) else { return };
        let Some(id) = self.resolve(identifier) else { return };
        let value = self.value(&assignment.right);
        let Some(value_of) = self.facts.variables.get_mut(id).and_then(|own| own.value.as_mut()) else { return };
        if let ValueKind::Object(Object { properties, open }) = &mut value_of.kind {
            match key {
                Some(key) => properties.push(Property { key, value, shorthand: false }),
                None => *open = true,
            }
        }
    }
}

/// The array in `await Promise.all([…])`.
fn awaited_elements<'b, 'a>(init: &'b Expression<'a>) -> Option<&'b ArrayExpression<'a>> {
    let Expression::AwaitExpression(awaited) = bare(init) else { return None };
    let Expression::CallExpression(call) = bare(&awaited.argument) else { return None };
    if path(&call.callee).as_deref() != Some("Promise.all") {
        return None;
    }
    match call.arguments.first()?.as_expression().map(bare) {
        Some(Expression::ArrayExpression(array)) => Some(array),
        _ => None,
    }
}
