//! The tables of `data/editorial`: six fields a line with tabs between them, comments, and lists that conditions refer to.
//!
//! Only takes lines apart; what the fields mean is known to `rules` and `wording`.

use super::condition::{Condition, Lists};

/// A table that is part of the program, for messages with its name.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

/// A line with the lists above it.
pub(super) struct Row<'r> {
    table: &'r Table,
    number: usize,
    lists: &'r Lists<'static>,
    pub(super) fields: [&'static str; 6],
}

impl Table {
    /// Hands over every line that is no comment and no list.
    ///
    /// # Panics
    ///
    /// When a line has not six fields; the tests load every table.
    pub(super) fn each(&self, mut row: impl FnMut(Row<'_>)) {
        let mut lists = Lists::default();
        for (number, line) in (1..).zip(self.text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(list) = line.strip_prefix('@') {
                lists.define(list);
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let Ok(fields) = <[&str; 6]>::try_from(fields) else {
                panic!("{}:{number}: a line has 6 fields: {line}", self.name)
            };
            row(Row { table: self, number, lists: &lists, fields });
        }
    }
}

impl Row<'_> {
    /// The condition in a field.
    ///
    /// # Panics
    ///
    /// When it names a list that is not there.
    pub(super) fn condition(&self, field: &str) -> Condition {
        let parsed = Condition::parse(field, self.lists);
        parsed.unwrap_or_else(|list| panic!("{}:{}: no list @{list}", self.table.name, self.number))
    }

    /// Holds a line to what its fields must be.
    ///
    /// # Panics
    ///
    /// When it is not.
    pub(super) fn expect(&self, is_so: bool, what: &str) {
        assert!(is_so, "{}:{}: {what}: {:?}", self.table.name, self.number, self.fields);
    }
}
