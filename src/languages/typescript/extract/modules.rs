use std::collections::HashMap;

use oxc_ast::ast::{
    BindingPattern, Declaration, ExportDefaultDeclarationKind, ExportSpecifier, Expression, ImportDeclaration,
    ImportDeclarationSpecifier, ImportOrExportKind, ModuleExportName, StringLiteral, VariableDeclarator,
};
use oxc_span::GetSpan;

use super::Extractor;
use super::values::{bare, path};
use crate::languages::typescript::model::{
    Binding, Export, ExportKind, FunctionId, Handler, Import, ImportKind, ImportedName, Link, Name, VariableId,
    is_method,
};
use crate::text::Span;

/// How many names a handler is followed through: `const a = b`, `const b = c`, …
const HOPS: usize = 8;

/// What may handle a route's requests, and the functions that wrap it.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    wrappers: Vec<Name>,
    target: Target,
}

#[derive(Clone, Copy, Debug, Default)]
enum Target {
    Function(Span),
    Variable(VariableId),
    #[default]
    Unknown,
}

impl Extractor<'_> {
    pub(super) fn import(&mut self, tree: &ImportDeclaration<'_>) {
        let names = tree.specifiers.iter().flatten().map(|specifier| match specifier {
            ImportDeclarationSpecifier::ImportSpecifier(own) => ImportedName {
                imported: self.export_name(&own.imported),
                local: self.name(&own.local.name, own.local.span),
                type_only: own.import_kind == ImportOrExportKind::Type,
            },
            ImportDeclarationSpecifier::ImportDefaultSpecifier(own) => ImportedName {
                imported: self.name("default", own.local.span),
                local: self.name(&own.local.name, own.local.span),
                type_only: false,
            },
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(own) => ImportedName {
                imported: self.name("*", own.span),
                local: self.name(&own.local.name, own.local.span),
                type_only: false,
            },
        });
        let type_only = tree.import_kind == ImportOrExportKind::Type;
        let mut import = self.module(tree.span, ImportKind::Static, &tree.source, names.collect());
        import.type_only = type_only;
        for name in &mut import.names {
            name.type_only |= type_only;
        }
        self.facts.imports.push(import);
    }

    fn module(
        &self,
        span: oxc_span::Span,
        kind: ImportKind,
        source: &StringLiteral<'_>,
        names: Vec<ImportedName>,
    ) -> Import {
        let module = Name::new(source.value.as_str(), self.inside(source.span));
        Import { span: self.span(span), kind, module, names, type_only: false }
    }

    /// `import('x')`; what it is bound to is not followed.
    pub(super) fn dynamic_import(&mut self, span: oxc_span::Span, source: &Expression<'_>) {
        if let Expression::StringLiteral(source) = bare(source) {
            let import = self.module(span, ImportKind::Dynamic, source, Vec::new());
            self.facts.imports.push(import);
        }
    }

    /// The type `import('x').Y`.
    pub(super) fn import_type(&mut self, span: oxc_span::Span, source: &StringLiteral<'_>) {
        let mut import = self.module(span, ImportKind::Dynamic, source, Vec::new());
        import.type_only = true;
        self.facts.imports.push(import);
    }

    pub(super) fn import_equals(&mut self, span: oxc_span::Span, local: Name, source: &StringLiteral<'_>) {
        let imported = Name::new("*", local.span);
        let names = vec![ImportedName { imported, local, type_only: false }];
        let import = self.module(span, ImportKind::Require, source, names);
        self.facts.imports.push(import);
    }

    /// `require('x')` at the start of a chain.
    pub(super) fn note_require(&mut self, links: &[Link], binding: &Binding) {
        let Some(value) = Self::plain_argument(links, "require") else { return };
        let Some(text) = value.as_str() else { return };
        let module = Name::new(text, Span::new(value.span.start + 1, value.span.end.saturating_sub(1)));
        let bound = match binding {
            Binding::Name(bound) => std::slice::from_ref(bound),
            Binding::Pattern { bound, .. } => bound,
            _ => &[],
        };
        let names = bound.iter().map(|bound| ImportedName {
            imported: bound.property.clone().unwrap_or_else(|| Name::new("*", bound.local.span)),
            local: bound.local.clone(),
            type_only: false,
        });
        let span = links.first().map(|link| link.span).unwrap_or_default();
        self.facts.imports.push(Import {
            span,
            kind: ImportKind::Require,
            module,
            names: names.collect(),
            type_only: false,
        });
    }

    pub(super) fn export_name(&self, name: &ModuleExportName<'_>) -> Name {
        match name {
            ModuleExportName::IdentifierName(own) => self.name(&own.name, own.span),
            ModuleExportName::IdentifierReference(own) => self.name(&own.name, own.span),
            ModuleExportName::StringLiteral(own) => Name::new(own.value.as_str(), self.inside(own.span)),
        }
    }

    pub(super) fn re_export(
        &mut self,
        span: oxc_span::Span,
        names: Vec<(Name, Name)>,
        source: &StringLiteral<'_>,
        type_only: bool,
    ) {
        for (local, exported) in &names {
            if is_method(&exported.text) {
                self.add_handler(span, exported.clone(), Held::default());
            }
            self.add_export(span, exported.clone(), Some(local.clone()), ExportKind::ReExport);
        }
        let names = names.into_iter().map(|(imported, local)| ImportedName { imported, local, type_only }).collect();
        let mut import = self.module(span, ImportKind::ReExport, source, names);
        import.type_only = type_only;
        self.facts.imports.push(import);
    }

    /// `export { x, y as z }`.
    pub(super) fn export_names(&mut self, span: oxc_span::Span, specifiers: &[ExportSpecifier<'_>]) {
        for specifier in specifiers {
            let exported = self.export_name(&specifier.exported);
            let local = self.export_name(&specifier.local);
            if is_method(&exported.text) {
                let variable = match &specifier.local {
                    ModuleExportName::IdentifierReference(own) => self.resolve(own),
                    _ => None,
                };
                let target = variable.map_or(Target::Unknown, Target::Variable);
                self.add_handler(specifier.span, exported.clone(), Held { wrappers: Vec::new(), target });
            }
            self.add_export(span, exported, Some(local), ExportKind::Name);
        }
    }

    /// `export const …`, `export function …`, `export interface …`.
    pub(super) fn export_declaration(&mut self, span: oxc_span::Span, declaration: &Declaration<'_>) {
        let (id, kind) = match declaration {
            Declaration::VariableDeclaration(own) => {
                for declarator in &own.declarations {
                    self.export_variable(span, declarator);
                }
                return;
            }
            Declaration::FunctionDeclaration(own) => {
                if let Some(id) = own.id.as_ref().filter(|id| is_method(&id.name)) {
                    let target = Target::Function(self.span(own.span));
                    self.add_handler(span, self.name(&id.name, id.span), Held { wrappers: Vec::new(), target });
                }
                (own.id.as_ref(), ExportKind::Function)
            }
            Declaration::ClassDeclaration(own) => (own.id.as_ref(), ExportKind::Class),
            Declaration::TSTypeAliasDeclaration(own) => (Some(&own.id), ExportKind::TypeAlias),
            Declaration::TSInterfaceDeclaration(own) => (Some(&own.id), ExportKind::Interface),
            Declaration::TSEnumDeclaration(own) => (Some(&own.id), ExportKind::Enum),
            _ => return,
        };
        if let Some(id) = id {
            let name = self.name(&id.name, id.span);
            self.add_export(span, name.clone(), Some(name), kind);
        }
    }

    fn export_variable(&mut self, span: oxc_span::Span, declarator: &VariableDeclarator<'_>) {
        let plain = matches!(declarator.id, BindingPattern::BindingIdentifier(_));
        let names = match self.binding(&declarator.id) {
            Binding::Name(bound) => vec![bound.local],
            Binding::Pattern { bound, .. } => bound.into_iter().map(|bound| bound.local).collect(),
            _ => Vec::new(),
        };
        for name in names {
            if is_method(&name.text) {
                let init = declarator.init.as_ref().filter(|_| plain);
                let held = init.map(|init| self.held(init)).unwrap_or_default();
                self.add_handler(span, name.clone(), held);
            }
            self.add_export(span, name.clone(), Some(name), ExportKind::Variable);
        }
    }

    pub(super) fn export_default(&mut self, span: oxc_span::Span, declaration: &ExportDefaultDeclarationKind<'_>) {
        let (id, kind) = match declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(own) => (own.id.as_ref(), ExportKind::Function),
            ExportDefaultDeclarationKind::ClassDeclaration(own) => (own.id.as_ref(), ExportKind::Class),
            ExportDefaultDeclarationKind::TSInterfaceDeclaration(own) => (Some(&own.id), ExportKind::Interface),
            _ => (None, ExportKind::Expression),
        };
        let mut local = id.map(|id| self.name(&id.name, id.span));
        if let Some(Expression::Identifier(own)) = declaration.as_expression() {
            local = Some(self.name(&own.name, own.span));
        }
        let name = Name::new("default", self.span(declaration.span()));
        self.add_export(span, name, local, kind);
    }

    pub(super) fn add_export(&mut self, span: oxc_span::Span, name: Name, local: Option<Name>, kind: ExportKind) {
        self.facts.exports.push(Export { span: self.span(span), name, local, kind });
    }

    fn add_handler(&mut self, span: oxc_span::Span, method: Name, held: Held) {
        let start = self.span(span).start;
        let rest = self.source.get(span.start as usize..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim_end().len();
        let line = Span::new(start, (start + line).min(self.place.len));
        let wrappers = held.wrappers.clone();
        self.handlers.push(held);
        self.facts.handlers.push(Handler { method, line, function: None, wrappers });
    }

    /// The function in an expression: `async () => …`, `withLogging(async () => …)`, a name.
    pub(super) fn held(&self, expression: &Expression<'_>) -> Held {
        let mut wrappers = Vec::new();
        let mut current = bare(expression);
        loop {
            let target = match current {
                Expression::ArrowFunctionExpression(own) => Target::Function(self.span(own.span)),
                Expression::FunctionExpression(own) => Target::Function(self.span(own.span)),
                Expression::Identifier(own) => self.resolve(own).map_or(Target::Unknown, Target::Variable),
                Expression::CallExpression(call) => {
                    if let Some(callee) = path(&call.callee) {
                        wrappers.push(self.name(&callee, call.callee.span()));
                    }
                    let arguments = || call.arguments.iter().filter_map(|argument| argument.as_expression()).map(bare);
                    let function = arguments().find(|argument| {
                        matches!(argument, Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_))
                    });
                    let nested = || arguments().find(|argument| matches!(argument, Expression::CallExpression(_)));
                    let named = || arguments().find(|argument| matches!(argument, Expression::Identifier(_)));
                    match function.or_else(nested).or_else(named) {
                        Some(inner) => {
                            current = inner;
                            continue;
                        }
                        None => Target::Unknown,
                    }
                }
                _ => Target::Unknown,
            };
            return Held { wrappers, target };
        }
    }

    /// Looks the handlers' functions up, through names and wrappers.
    pub(super) fn resolve_handlers(&mut self, by_span: &HashMap<Span, FunctionId>) {
        for (handler, held) in self.facts.handlers.iter_mut().zip(&self.handlers) {
            let mut held = held;
            for _ in 0..HOPS {
                match held.target {
                    Target::Function(span) => handler.function = by_span.get(&span).copied(),
                    Target::Variable(id) => {
                        if let Some(next) = self.held.get(&id) {
                            handler.wrappers.extend(next.wrappers.iter().cloned());
                            held = next;
                            continue;
                        }
                        handler.function = self.facts.variables.get(id).and_then(|own| own.function);
                    }
                    Target::Unknown => {}
                }
                break;
            }
        }
    }
}
