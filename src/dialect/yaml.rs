//! YAML through the crate `serde-saphyr`, which bounds depth, aliases and size before anything is built.

use super::{Entry, Node, Origin, Value, diagnostics};
use crate::diagnostic::Diagnostic;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Location, Spanned};
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
            diagnostics.push(refused(origin, span, error.without_snippet()));
            Vec::new()
        }
    }
}

/// What the library says, without its own names: an author has no `Options`.
fn refused(origin: Origin<'_>, span: Range<usize>, error: &Error) -> Diagnostic {
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or(&origin.text[span.clone()]);
            diagnostics::duplicate_key(origin, span, key)
        }
        Error::NonFiniteFloat { .. } => diagnostics::number_not_finite(origin, span),
        Error::Budget { .. } => diagnostics::yaml_too_large(origin, span),
        Error::MultipleDocuments { .. } => diagnostics::yaml(origin, span, "a second document begins here"),
        _ => {
            let error = error.to_string();
            // The place is said by the diagnostic itself, and what follows a semicolon is for programmers.
            if error.contains("budget breached") || error.contains("recursion limit") {
                return diagnostics::yaml_too_large(origin, span);
            }
            let message = error.split(" at line ").next().unwrap_or(&error);
            let message = message.lines().next().unwrap_or_default().split(';').next().unwrap_or_default();
            diagnostics::yaml(origin, span, message)
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

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        // Larger ones are read as numbers of another kind, as the library reads those beyond 64 bits.
        Ok(i64::try_from(value).map_or(Raw::Float(value as f64), Raw::Integer))
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
    /// The bytes of a place: those of a scalar, quotation marks included. Of a list or a table the library tells only
    /// where it begins; it gets the rest of its line, and so does the place of an error.
    fn span(&self, location: &Location) -> Range<usize> {
        let span = location.span();
        let known = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
        let start = known(span.byte_offset()).unwrap_or_else(|| self.offset(location));
        let start = self.text.floor_char_boundary(start.min(self.text.len()));
        let opens_flow = self.text[start..].starts_with(['[', '{']);
        let length = match known(span.byte_len()) {
            Some(length) if length > 1 || !opens_flow && length > 0 => length,
            _ => self.text[start..].lines().next().unwrap_or_default().trim_end().len(),
        };
        let end = self.text.floor_char_boundary((start + length).min(self.text.len()));
        self.base + start..self.base + end
    }

    /// Where a line and a column are. Counts lines from the top: for the one place of an error.
    fn offset(&self, location: &Location) -> usize {
        let line = usize::try_from(location.line()).unwrap_or(1).max(1);
        let column = usize::try_from(location.column()).unwrap_or(1).max(1);
        let start: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let within = self.text[start..].lines().next().unwrap_or_default();
        start + within.char_indices().nth(column - 1).map_or(within.len(), |(at, _)| at)
    }

    fn entries(&self, pairs: Vec<(Spanned<String>, Spanned<Raw>)>) -> Vec<Entry> {
        pairs
            .into_iter()
            .map(|(key, value)| Entry {
                key_span: self.span(&key.referenced),
                key: key.value,
                node: self.node(value),
            })
            .collect()
    }

    fn node(&self, raw: Spanned<Raw>) -> Node {
        // What a number or `yes` says as a text is read from its place; behind an alias that is where it is defined.
        let place = match raw.value {
            Raw::Boolean(_) | Raw::Integer(_) | Raw::Float(_) => &raw.defined,
            _ => &raw.referenced,
        };
        let span = self.span(place);
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
