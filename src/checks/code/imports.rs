//! Where the names of a text come from.

use std::collections::BTreeMap;

use crate::languages::typescript::{Facts, Import};

/// The imported names of a text by their local names. Made once for a text, so that each look-up is quick.
pub(in crate::checks) struct Imports<'c>(BTreeMap<&'c str, (&'c Import, &'c str)>);

impl<'c> Imports<'c> {
    pub(in crate::checks) fn of(facts: &'c Facts) -> Self {
        let names = facts.imports.iter().flat_map(|import| {
            import.names.iter().map(move |name| (name.local.text.as_str(), (import, name.imported.text.as_str())))
        });
        Self(names.collect())
    }

    /// The import that brings a local name in.
    pub(in crate::checks) fn import(&self, local: &str) -> Option<&'c Import> {
        self.0.get(local).map(|&(import, _)| import)
    }

    /// The name that a local name has in its module; itself, where it is not imported.
    pub(in crate::checks) fn original<'n>(&self, local: &'n str) -> &'n str
    where
        'c: 'n,
    {
        self.0.get(local).map_or(local, |&(_, imported)| imported)
    }

    /// The local name of what is imported as `imported`; itself, where it is not imported under another one.
    pub(in crate::checks) fn local<'n>(&self, imported: &'n str) -> &'n str
    where
        'c: 'n,
    {
        self.0.iter().find(|(_, (_, own))| *own == imported).map_or(imported, |(local, _)| local)
    }
}
