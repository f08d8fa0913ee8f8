//! Rows with names, whose changes can be undone.

use std::collections::BTreeMap;

/// Where a name is unique: the number of a schema or of a table, and the name there.
pub(super) type Key = (usize, String);

/// Something that lives in a [`Store`].
pub(super) trait Row: Clone {
    /// Its name; `None` for a row that has none or is gone.
    fn key(&self) -> Option<Key>;
}

/// Rows in the order of their creation. A dropped row keeps its number; undoing and redoing costs what the change cost.
#[derive(Debug)]
pub(super) struct Store<T> {
    rows: Vec<T>,
    by_key: BTreeMap<Key, usize>,
    undo: Vec<(usize, Option<T>)>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_key: BTreeMap::new(), undo: Vec::new() }
    }
}

impl<T: Row> Store<T> {
    /// The number of the row with this name.
    pub(super) fn find(&self, scope: usize, name: &str) -> Option<usize> {
        // A key borrows no pair of parts; names are at most 63 bytes.
        self.by_key.get(&(scope, name.to_owned())).copied()
    }

    pub(super) fn get(&self, number: usize) -> Option<&T> {
        self.rows.get(number)
    }

    /// All rows, also those that are gone.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.rows.iter().enumerate()
    }

    /// All rows, also those that are gone, for good.
    pub(super) fn take_rows(&mut self) -> impl Iterator<Item = T> + use<T> {
        std::mem::take(self).rows.into_iter()
    }

    /// Number of rows that were ever made: the number of the next one.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Numbers of the named rows of one scope, in the order of their names.
    pub(super) fn in_scope(&self, scope: usize) -> Vec<usize> {
        self.by_key.range((scope, String::new())..(scope + 1, String::new())).map(|(_, &number)| number).collect()
    }

    pub(super) fn add(&mut self, row: T) -> usize {
        let number = self.rows.len();
        if let Some(key) = row.key() {
            self.by_key.insert(key, number);
        }
        self.rows.push(row);
        self.undo.push((number, None));
        number
    }

    /// Changes a row, its name included.
    pub(super) fn change(&mut self, number: usize, change: impl FnOnce(&mut T)) {
        let Some(row) = self.rows.get_mut(number) else { return };
        let before = row.clone();
        change(row);
        let after = row.key();
        self.rename(number, before.key(), after);
        self.undo.push((number, Some(before)));
    }

    fn rename(&mut self, number: usize, before: Option<Key>, after: Option<Key>) {
        if before == after {
            return;
        }
        if let Some(key) = before
            && self.by_key.get(&key) == Some(&number)
        {
            self.by_key.remove(&key);
        }
        if let Some(key) = after {
            self.by_key.insert(key, number);
        }
    }

    /// Where the list of changes stands now.
    pub(super) fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Takes all changes behind `mark` back.
    pub(super) fn undo_to(&mut self, mark: usize) {
        while self.undo.len() > mark {
            let Some((number, before)) = self.undo.pop() else { return };
            let current = self.rows.get(number).and_then(Row::key);
            let key = before.as_ref().and_then(Row::key);
            if let (Some(before), Some(row)) = (&before, self.rows.get_mut(number)) {
                row.clone_from(before);
            }
            self.rename(number, current, key);
            if before.is_none() {
                self.rows.truncate(number);
            }
        }
    }

    /// Forgets how to undo.
    pub(super) fn settle(&mut self) {
        self.undo.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Named(Option<&'static str>);

    impl Row for Named {
        fn key(&self) -> Option<Key> {
            self.0.map(|name| (0, name.to_owned()))
        }
    }

    #[test]
    fn changes_can_be_undone_in_layers() {
        let mut store = Store::default();
        let barn = store.add(Named(Some("barn")));
        store.settle();
        store.change(barn, |row| row.0 = Some("shed"));
        let mark = store.mark();
        store.change(barn, |row| row.0 = None);
        let silo = store.add(Named(Some("silo")));
        assert_eq!((store.find(0, "shed"), store.find(0, "silo")), (None, Some(silo)));
        store.undo_to(mark);
        assert_eq!((store.find(0, "shed"), store.find(0, "silo")), (Some(barn), None));
        store.undo_to(0);
        assert_eq!((store.find(0, "barn"), store.find(0, "shed"), store.len()), (Some(barn), None, 1));
    }
}
