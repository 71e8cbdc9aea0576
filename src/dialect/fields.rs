//! Typed reading of a table, key by key.

use super::diagnostics::{self, A_DATE};
use super::{Entry, Language, Node, Origin, Value, dates};
use crate::diagnostic::{Diagnostic, SHOWN};
use jiff::civil::Date;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

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
    said: Rc<Said>,
}

/// What was said about a file: the tables in it count together.
#[derive(Debug, Default)]
struct Said {
    unknown_keys: Counter,
    wrong_types: Counter,
}

/// Counts diagnostics of one kind, of which only the first [`SHOWN`] are shown.
#[derive(Debug, Default)]
struct Counter {
    count: Cell<usize>,
    /// Where the first one stands that is not shown.
    beyond: Cell<usize>,
}

impl Counter {
    /// Counts one more; whether it is still to be shown.
    fn shows(&self, span: &Range<usize>) -> bool {
        self.count.set(self.count.get() + 1);
        if self.count.get() == SHOWN + 1 {
            self.beyond.set(span.start);
        }
        self.count.get() <= SHOWN
    }

    /// How many are not shown, and where they begin.
    fn rest(&self) -> Option<(usize, Range<usize>)> {
        let more = self.count.get().checked_sub(SHOWN).filter(|more| *more > 0)?;
        Some((more, self.beyond.get()..self.beyond.get()))
    }
}

impl<'a> Fields<'a> {
    pub(super) fn new(origin: Origin<'a>, language: Language, entries: Vec<Entry>) -> Self {
        Self { origin, language, entries, asked: Vec::new(), said: Rc::default() }
    }

    /// A table in the same file.
    fn inner(&self, entries: Vec<Entry>) -> Self {
        Self { said: Rc::clone(&self.said), ..Self::new(self.origin, self.language, entries) }
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
            Value::String(text) => match dates::parse(text) {
                Ok(date) => Some(date),
                Err(problem) => {
                    self.say(&node, diagnostics, || diagnostics::date(self.origin, &node, key, &problem));
                    None
                }
            },
            _ => self.refuse(&node, key, A_DATE, diagnostics),
        }
    }

    /// A table.
    pub fn table(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<Fields<'a>> {
        let node = self.take(key)?;
        match node.value {
            Value::Table(entries) => Some(self.inner(entries)),
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
                Value::Table(entries) => tables.push((self.inner(entries), item.span)),
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

    /// The keys that are left and that `takes` takes: for keys that are names.
    pub fn take_where(&mut self, takes: impl Fn(&str) -> bool) -> Vec<Entry> {
        self.entries.extract_if(.., |entry| takes(&entry.key)).collect()
    }

    /// All keys that are left, for tables whose keys are free.
    pub fn take_all(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    /// Reports every key that was not asked for: the first [`SHOWN`] of a file one by one.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        for entry in &self.entries {
            if self.said.unknown_keys.shows(&entry.key_span) {
                diagnostics.push(diagnostics::unknown_key(self.origin, entry, &self.asked));
            }
        }
        // The last table of a file is its outermost.
        if Rc::strong_count(&self.said) > 1 {
            return;
        }
        if let Some((more, span)) = self.said.unknown_keys.rest() {
            diagnostics.push(diagnostics::more_unknown_keys(self.origin, span, more));
        }
        if let Some((more, span)) = self.said.wrong_types.rest() {
            diagnostics.push(diagnostics::more_wrong_types(self.origin, span, more));
        }
    }

    fn expect_text(&self, node: Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
        match node.value {
            Value::String(value) if value.trim().is_empty() => None,
            // A block of YAML ends with a line end that nobody means.
            Value::String(value) => Some(Text { value: value.trim_end().to_owned(), span: node.span }),
            // YAML reads 2023 and true as no texts; an author who writes `title: 2023` means the text.
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) if self.language == Language::Yaml => {
                let value = self.origin.text[node.span.clone()].trim_matches(['"', '\'']).to_owned();
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
        self.say(node, diagnostics, || diagnostics::wrong_type(self.origin, node, key, expected));
        None
    }

    fn say(&self, node: &Node, diagnostics: &mut Vec<Diagnostic>, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.said.wrong_types.shows(&node.span) {
            diagnostics.push(diagnostic());
        }
    }
}
