//! The source's Prisma models, all definitions of each taken together.

use std::collections::{BTreeMap, BTreeSet};

use crate::languages::code::CodeKind;
use crate::languages::prisma::{Attribute, Enum, Field, Model, PrismaText};
use crate::spec::Spec;

/// A model and where the source defines it first.
#[derive(Clone, Debug)]
pub(super) struct SourceModel {
    pub model: Model,
    /// Offset in the source.
    pub place: usize,
    /// Whether Supabase Auth does its work.
    pub is_auth: bool,
}

/// All models and enums of a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Models {
    pub all: Vec<SourceModel>,
    pub enums: BTreeMap<String, Enum>,
    by_name: BTreeMap<String, usize>,
}

impl Models {
    pub(super) fn read(source: &Spec<'_>) -> Self {
        let mut read = Self::default();
        for code in source.code.iter().filter(|code| code.kind == CodeKind::Prisma) {
            let text = PrismaText::parse(&code.text.text);
            for own in text.enums {
                read.enums.entry(own.name.clone()).or_insert(own);
            }
            let models =
                text.models.into_iter().filter(|model| !model.attributes.iter().any(|own| own.name == "ignore"));
            for model in models {
                read.add(code.place(model.head).start, model);
            }
        }
        for own in &mut read.all {
            own.is_auth = is_auth(&own.model);
        }
        read
    }

    /// A model that an appendix repeats adds the fields that it did not have.
    fn add(&mut self, place: usize, model: Model) {
        let Some(&index) = self.by_name.get(&model.name) else {
            self.by_name.insert(model.name.clone(), self.all.len());
            let mut model = model;
            let mut known = BTreeSet::new();
            model.fields.retain(|field| known.insert(field.name.clone()));
            return self.all.push(SourceModel { model, place, is_auth: false });
        };
        let Some(own) = self.all.get_mut(index) else { return };
        let known: BTreeSet<String> = own.model.fields.iter().map(|field| field.name.clone()).collect();
        own.model.fields.extend(model.fields.into_iter().filter(|field| !known.contains(&field.name)));
        let is_new = |own: &Model, new: &Attribute| {
            !own.attributes.iter().any(|known| known.name == new.name && known.arguments == new.arguments)
        };
        for attribute in model.attributes {
            if is_new(&own.model, &attribute) {
                own.model.attributes.push(attribute);
            }
        }
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn get(&self, name: &str) -> Option<&SourceModel> {
        self.all.get(self.index(name)?)
    }

    /// Whether Supabase Auth keeps what a type stands for: `User`, whether the source defines it or not.
    pub(super) fn is_user(&self, ty: &str) -> bool {
        ty == "User" && self.get(ty).is_none_or(|own| own.is_auth)
    }

    /// Whether a field is a column: relations are none. A type that nothing declares is an enum where it has a default.
    pub(super) fn is_column(&self, field: &Field) -> bool {
        let is_relation = field.has("relation") || field.has("ignore") || self.by_name.contains_key(&field.ty);
        !is_relation && (field.is_scalar() || self.enums.contains_key(&field.ty) || field.has("default"))
    }
}

/// Whether a model is one of those whose work Supabase Auth does. A `Session` of the product, such as a dive, is another.
pub(in crate::scaffold) fn is_auth(model: &Model) -> bool {
    let has = |names: &[&str]| model.fields.iter().any(|field| names.contains(&field.name.as_str()));
    match model.name.as_str() {
        "User" => true,
        "Account" => has(&["provider", "providerAccountId", "provider_account_id"]),
        "Session" => has(&["sessionToken", "session_token", "token"]),
        "VerificationToken" => has(&["token", "identifier"]),
        _ => false,
    }
}

/// One side of a relation that holds the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation<'m> {
    pub target: &'m str,
    pub fields: Vec<&'m str>,
    pub references: Vec<&'m str>,
    pub on_delete: Option<&'m str>,
    pub on_update: Option<&'m str>,
}

/// The relations of a model that hold columns.
pub(super) fn relations<'m>(model: &'m Model) -> Vec<Relation<'m>> {
    let relation = |field: &'m Field| {
        let attribute = field.attribute("relation")?;
        let fields = attribute.names("fields");
        (!fields.is_empty() && !field.list).then(|| Relation {
            target: &field.ty,
            references: attribute.names("references"),
            on_delete: attribute.word("onDelete"),
            on_update: attribute.word("onUpdate"),
            fields,
        })
    };
    model.fields.iter().filter_map(relation).collect()
}
