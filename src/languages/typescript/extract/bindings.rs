use oxc_ast::ast::{
    AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern, IdentifierReference,
};

use super::{Extractor, index};
use crate::languages::typescript::model::{Binding, Bound, Name};

impl Extractor<'_> {
    /// What a declaration binds its value to.
    pub(super) fn binding(&self, pattern: &BindingPattern<'_>) -> Binding {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => Binding::Name(Bound {
                property: None,
                local: self.name(&identifier.name, identifier.span),
                variable: identifier.symbol_id.get().map(index),
                declares: true,
            }),
            BindingPattern::AssignmentPattern(default) => self.binding(&default.left),
            BindingPattern::ObjectPattern(object) => {
                let mut bound = Vec::new();
                for property in &object.properties {
                    self.leaves(&property.value, self.key(&property.key).as_ref(), &mut bound);
                }
                Binding::Pattern { bound, rest: object.rest.is_some() }
            }
            BindingPattern::ArrayPattern(array) => {
                let mut bound = Vec::new();
                for element in array.elements.iter().flatten() {
                    self.leaves(element, None, &mut bound);
                }
                Binding::Pattern { bound, rest: array.rest.is_some() }
            }
        }
    }

    /// Adds the names of a nested pattern, all under the outermost property.
    fn leaves(&self, pattern: &BindingPattern<'_>, property: Option<&Name>, bound: &mut Vec<Bound>) {
        let nested = match self.binding(pattern) {
            Binding::Name(one) => vec![one],
            Binding::Pattern { bound, .. } => bound,
            _ => Vec::new(),
        };
        bound.extend(nested.into_iter().map(|one| Bound { property: property.cloned(), ..one }));
    }

    /// What an assignment binds its value to.
    pub(super) fn assigned(&self, target: &AssignmentTarget<'_>) -> Binding {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                Binding::Name(self.assigned_name(identifier, None))
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => {
                let mut bound = Vec::new();
                for property in &object.properties {
                    match property {
                        AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(own) => {
                            let property = self.name(&own.binding.name, own.binding.span);
                            bound.push(self.assigned_name(&own.binding, Some(property)));
                        }
                        AssignmentTargetProperty::AssignmentTargetPropertyProperty(own) => {
                            if let Some(identifier) = assigned_identifier(&own.binding) {
                                bound.push(self.assigned_name(identifier, self.key(&own.name)));
                            }
                        }
                    }
                }
                Binding::Pattern { bound, rest: object.rest.is_some() }
            }
            _ => Binding::Passed,
        }
    }

    fn assigned_name(&self, identifier: &IdentifierReference<'_>, property: Option<Name>) -> Bound {
        Bound {
            property,
            local: self.name(&identifier.name, identifier.span),
            variable: self.resolve(identifier),
            declares: false,
        }
    }
}

fn assigned_identifier<'b, 'a>(target: &'b AssignmentTargetMaybeDefault<'a>) -> Option<&'b IdentifierReference<'a>> {
    let target = match target {
        AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(default) => &default.binding,
        target => target.as_assignment_target()?,
    };
    match target {
        AssignmentTarget::AssignmentTargetIdentifier(identifier) => Some(identifier),
        _ => None,
    }
}
