//! YAML through the crate `serde-saphyr`, which bounds depth, aliases and size before anything is built.

use super::{Entry, Node, Origin, Value, diagnostics};
use crate::diagnostic::Diagnostic;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;
use std::ops::Range;

pub(super) fn read(origin: Origin<'_>, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let text = &origin.text[range.clone()];
    if text.trim().is_empty() {
        return Vec::new();
    }
    let places = Places { text, base: range.start };
    match serde_saphyr::from_str::<Spanned<Raw>>(text) {
        Ok(Spanned { value: Raw::Map(pairs), .. }) => places.entries(pairs),
        Ok(other) => {
            let span = places.span(&other.referenced);
            diagnostics.push(diagnostics::keys_expected(origin, span));
            Vec::new()
        }
        Err(error) => {
            let span = error.location().map_or(range, |location| places.span(&location));
            let error = error.without_snippet().to_string();
            // The place is said by the diagnostic itself.
            let message = error.split(" at line ").next().unwrap_or(&error);
            diagnostics.push(diagnostics::yaml(origin, span, message.lines().next().unwrap_or_default()));
            Vec::new()
        }
    }
}

/// A YAML value as serde sees it.
enum Raw {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Raw, E> {
        i64::try_from(value).map(Raw::Integer).map_err(|_| E::custom("this number is too large"))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Raw::Map(pairs))
    }
}

struct Places<'a> {
    text: &'a str,
    base: usize,
}

impl Places<'_> {
    /// The bytes of a place that YAML gives as line and column. The end is the line's end: serde-saphyr tells
    /// where a value starts, and a caret there is what an author needs.
    fn span(&self, location: &Location) -> Range<usize> {
        let line = usize::try_from(location.line()).unwrap_or(1).max(1);
        let column = usize::try_from(location.column()).unwrap_or(1).max(1);
        let start: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &self.text[start.min(self.text.len())..];
        let within = rest.lines().next().unwrap_or_default();
        let at = within.char_indices().nth(column - 1).map_or(within.len(), |(i, _)| i);
        self.base + start + at..self.base + start + within.len()
    }

    fn entries(&self, pairs: Vec<(Spanned<String>, Spanned<Raw>)>) -> Vec<Entry> {
        pairs
            .into_iter()
            .map(|(key, value)| {
                let start = self.span(&key.referenced).start;
                let key_span = start..start + key.value.len();
                Entry { key: key.value, key_span, node: self.node(value) }
            })
            .collect()
    }

    fn node(&self, raw: Spanned<Raw>) -> Node {
        let span = self.span(&raw.referenced);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Boolean(yes) => Value::Boolean(yes),
            Raw::Integer(number) => Value::Integer(number),
            Raw::Float(number) => Value::Float(number),
            Raw::String(text) => Value::String(text),
            Raw::List(items) => Value::Array(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(pairs) => Value::Table(self.entries(pairs)),
        };
        Node { value, span }
    }
}
