//! Typed reading of a table, key by key.

use super::{Entry, Language, Node, Origin, Value, diagnostics};
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use std::ops::Range;

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub value: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

/// The keys of one table that nobody has read yet.
///
/// Each getter takes its key out; [`Fields::finish`] reports what is left as unknown, and suggests the nearest of
/// the keys that were asked for.
#[derive(Debug)]
pub struct Fields<'a> {
    origin: Origin<'a>,
    language: Language,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(origin: Origin<'a>, language: Language, entries: Vec<Entry>) -> Self {
        Self { origin, language, entries, asked: Vec::new() }
    }

    /// The file these keys stand in.
    pub fn origin(&self) -> Origin<'a> {
        self.origin
    }

    /// The value of `key`, whatever it is; YAML's empty value counts as absent.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        let node = self.entries.remove(index).node;
        (node.value != Value::Null).then_some(node)
    }

    /// Whether `key` holds a table: for keys that may be a text or a table.
    pub fn holds_table(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key && matches!(entry.node.value, Value::Table(_)))
    }

    /// A text. An empty one counts as absent.
    pub fn text(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
        let node = self.take(key)?;
        self.expect_text(node, key, diagnostics)
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Text> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let items = match node.value {
            Value::Array(items) => items,
            _ => vec![node],
        };
        items.into_iter().filter_map(|item| self.expect_text(item, key, diagnostics)).collect()
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<bool> {
        let node = self.take(key)?;
        match node.value {
            Value::Boolean(yes) => Some(yes),
            _ => self.refuse(&node, key, "true or false", diagnostics),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<i64> {
        let node = self.take(key)?;
        match node.value {
            Value::Integer(number) => Some(number),
            _ => self.refuse(&node, key, "a whole number, such as 10", diagnostics),
        }
    }

    /// A date: TOML's own, or a text such as `2023-06-28` or `2023-06-28T08:00:00+08:00`, as YAML has it.
    pub fn date(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
        let node = self.take(key)?;
        match &node.value {
            Value::Date(date) => Some(*date),
            Value::String(text) => match parse_date(text) {
                Some(date) => Some(date),
                None => self.refuse(&node, key, "a date, such as 2023-06-28", diagnostics),
            },
            _ => self.refuse(&node, key, "a date, such as 2023-06-28", diagnostics),
        }
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<Fields<'a>> {
        let node = self.take(key)?;
        match node.value {
            Value::Table(entries) => Some(Fields::new(self.origin, self.language, entries)),
            _ => self.refuse(&node, key, "a table", diagnostics),
        }
    }

    /// A list of tables (`[[key]]`), each with its place.
    pub fn tables(
        &mut self,
        key: &'static str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<(Fields<'a>, Range<usize>)> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Value::Array(items) = node.value else {
            self.refuse::<()>(&node, key, "a list of tables", diagnostics);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.value {
                Value::Table(entries) => {
                    tables.push((Fields::new(self.origin, self.language, entries), item.span));
                }
                _ => drop(self.refuse::<()>(&item, key, "a list of tables", diagnostics)),
            }
        }
        tables
    }

    /// Everything under `key`, for free use by templates.
    pub fn free(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
        match self.take(key) {
            Some(Node { value: Value::Table(entries), .. }) => entries,
            Some(node) => self.refuse(&node, key, "a table", diagnostics).unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// All keys that are left, for tables whose keys are free.
    pub fn take_all(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        for entry in &self.entries {
            diagnostics.push(diagnostics::unknown_key(self.origin, entry, &self.asked));
        }
    }

    fn expect_text(&self, node: Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
        match node.value {
            Value::String(value) if value.trim().is_empty() => None,
            Value::String(value) => Some(Text { value, span: node.span }),
            // YAML reads 2023 and true as no texts; an author who writes `title: 2023` means the text.
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) if self.language == Language::Yaml => {
                let value = self.origin.text[node.span.clone()].trim().to_owned();
                Some(Text { value, span: node.span })
            }
            _ => self.refuse(&node, key, "a text in quotation marks", diagnostics),
        }
    }

    fn refuse<T>(
        &self,
        node: &Node,
        key: &str,
        expected: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        diagnostics.push(diagnostics::wrong_type(self.origin, node, key, expected));
        None
    }
}

/// The calendar date of `2023-06-28`, alone or followed by a time.
fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let time_follows = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    time_follows.then(|| date.parse().ok()).flatten()
}
