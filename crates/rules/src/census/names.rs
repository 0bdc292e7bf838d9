//! What rows are called, and which row is called so. A million names stand in one text, and each is kept once.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// What rows are called, in one text.
#[derive(Clone, Debug, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
}

impl Names {
    /// One row more.
    pub(super) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// The name of a row.
    pub fn get(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[at]]
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<T: AsRef<str>> FromIterator<T> for Names {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.push(name.as_ref()));
        all
    }
}

/// The rows of names that grow, by name. It holds places only: the names stand in [`Names`].
#[derive(Default)]
pub(super) struct Index {
    rows: HashTable<u32>,
    hashes: DefaultHashBuilder,
}

impl Index {
    /// The row that is called so.
    pub(super) fn find(&self, names: &Names, name: &str) -> Option<u32> {
        let is = |row: &u32| names.get(*row as usize) == name;
        self.rows.find(self.hashes.hash_one(name), is).copied()
    }

    /// Adds the last of the names. Errors: the earlier row that is called so.
    pub(super) fn add_last(&mut self, names: &Names, row: u32) -> Result<(), u32> {
        let name = names.get(row as usize);
        let hash = self.hashes.hash_one(name);
        if let Some(first) = self.rows.find(hash, |row| names.get(*row as usize) == name) {
            return Err(*first);
        }
        self.rows.insert_unique(hash, row, |row| self.hashes.hash_one(names.get(*row as usize)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_and_a_second_one_is_told() {
        let (mut names, mut index) = (Names::default(), Index::default());
        for (row, name) in (0u32..).zip(["H1", "", "H10", "甲"]) {
            names.push(name);
            assert_eq!(index.add_last(&names, row), Ok(()), "{name}");
        }
        assert_eq!(
            (index.find(&names, "甲"), index.find(&names, ""), index.find(&names, "H")),
            (Some(3), Some(1), None)
        );
        names.push("H10");
        assert_eq!(index.add_last(&names, 4), Err(2));
    }
}
