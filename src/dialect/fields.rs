//! Typed reading of a table, key by key.

use super::diagnostics::{self, A_DATE};
use super::{Entry, Language, Moment, Node, Origin, Value, dates};
use crate::diagnostic::{Diagnostic, SHOWN, Severity};
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
    /// Keys of other tools that are understood, but not spoken of.
    foreign: Vec<&'static str>,
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
        Self { origin, language, entries, asked: Vec::new(), foreign: Vec::new(), said: Rc::default() }
    }

    /// A table in the same file.
    fn inner(&self, entries: Vec<Entry>) -> Self {
        Self { said: Rc::clone(&self.said), ..Self::new(self.origin, self.language, entries) }
    }

    /// The file these keys stand in.
    pub fn origin(&self) -> Origin<'a> {
        self.origin
    }

    /// The language these keys are written in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The value of `key`, whatever it is; YAML's empty value counts as absent.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        if !self.foreign.contains(&key) {
            self.asked.push(key);
        }
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        let node = self.entries.remove(index).node;
        (node.value != Value::Null).then_some(node)
    }

    /// Whether `key` holds a table: for keys that may be a text or a table.
    pub fn holds_table(&self, key: &str) -> bool {
        self.holds(key, |value| matches!(value, Value::Table(_)))
    }

    /// Whether `key` holds such a value.
    pub fn holds(&self, key: &str, is_such: impl Fn(&Value) -> bool) -> bool {
        self.entries.iter().any(|entry| entry.key == key && is_such(&entry.node.value))
    }

    /// Where the value of `key` stands.
    pub fn place(&self, key: &str) -> Option<Range<usize>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.node.span.clone())
    }

    /// Which of several names for one key the author has used: the first that holds something, else the first. Those
    /// behind the first are other tools' names, which no message suggests to use.
    pub fn named(&mut self, names: &[&'static str]) -> &'static str {
        let Some((own, foreign)) = names.split_first() else { return "" };
        if !self.foreign.contains(own) {
            self.asked.push(own);
        }
        self.foreign.extend(foreign);
        let holds = |name: &&&str| self.holds(name, |value| !is_empty(value));
        names.iter().find(holds).unwrap_or(own)
    }

    /// Adds names of other tools' keys: they are as well known as the own ones, but no message suggests to use them.
    pub fn knows(&mut self, foreign: impl IntoIterator<Item = &'static str>) {
        self.foreign.extend(foreign);
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

    /// A list of names: texts, lists of them, or tables with a `name` (other tools call it `label` or `title`). A text is
    /// divided at the `marks`, which no name holds.
    pub fn names(
        &mut self,
        key: &'static str,
        marks: &[char],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Text> {
        let mut names = Vec::new();
        // Lists in lists are walked without recursion, in their order.
        let mut waiting: Vec<Node> = self.take(key).into_iter().collect();
        while let Some(node) = waiting.pop() {
            match node.value {
                Value::Array(items) => waiting.extend(items.into_iter().rev()),
                Value::Null => {}
                Value::Table(_) => names.extend(self.name_in(&node, key, diagnostics)),
                _ => {
                    let text = self.expect_text(node, key, diagnostics);
                    names.extend(text.into_iter().flat_map(|text| divided(text, marks)));
                }
            }
        }
        names
    }

    /// What a table says that its thing is called.
    fn name_in(&self, table: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
        let Value::Table(entries) = &table.value else { return None };
        let name = NAME_KEYS.iter().find_map(|name| entries.iter().find(|entry| entry.key == *name));
        match name {
            Some(entry) => self.expect_text(entry.node.clone(), key, diagnostics),
            None => self.refuse(table, key, "a name, or a table with a `name`", diagnostics),
        }
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

    /// A number, whole or not.
    pub fn number(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<f64> {
        let node = self.take(key)?;
        match node.value {
            // Beyond 2^53 two places are one: nobody numbers pages so far.
            Value::Integer(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            _ => self.refuse(&node, key, "a number, such as 10", diagnostics),
        }
    }

    /// A date: TOML's own, or a text such as `2023-06-28` or `2023-06-28T08:00:00+08:00`, as YAML has it.
    pub fn date(&mut self, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Option<Moment> {
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

    /// Reports every key that was not asked for: the first [`SHOWN`] of a file one by one. In YAML, which comes from other
    /// tools, an unknown key is no reason not to publish.
    pub fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        for entry in &self.entries {
            if self.said.unknown_keys.shows(&entry.key_span) {
                let said =
                    diagnostics::unknown_key(self.origin, self.language, entry, &self.asked, &self.foreign);
                diagnostics.push(Diagnostic { severity: self.severity(), ..said });
            }
        }
        // The last table of a file is its outermost.
        if Rc::strong_count(&self.said) > 1 {
            return;
        }
        if let Some((more, span)) = self.said.unknown_keys.rest() {
            let said = diagnostics::more_unknown_keys(self.origin, span, more);
            diagnostics.push(Diagnostic { severity: self.severity(), ..said });
        }
        if let Some((more, span)) = self.said.wrong_types.rest() {
            diagnostics.push(diagnostics::more_wrong_types(self.origin, span, more));
        }
    }

    fn severity(&self) -> Severity {
        match self.language {
            Language::Toml => Severity::Error,
            Language::Yaml => Severity::Warning,
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

/// How a table says the name of what it describes.
const NAME_KEYS: [&str; 3] = ["name", "label", "title"];

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The parts of a text between marks, each with the place of the whole. What holds a rule stays whole.
fn divided(text: Text, marks: &[char]) -> Vec<Text> {
    if text.value.contains("-{") || !text.value.contains(marks) {
        return vec![text];
    }
    let parts = text.value.split(marks).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Text { value: part.to_owned(), span: text.span.clone() }).collect()
}
