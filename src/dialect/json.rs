//! JSON through the crate `serde_json`, level by level: a raw value is a part of the text, so its place is known.

use super::{Entry, Node, Origin, Value, diagnostics};
use crate::diagnostic::Diagnostic;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;

/// Reads a whole file.
pub fn read(origin: Origin<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    // The library refuses what is nested more than 128 deep, so the levels below are bounded too.
    match serde_json::from_str::<&RawValue>(origin.text) {
        Ok(raw) => node(origin, raw),
        Err(error) => {
            let at = offset(origin.text, error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            diagnostics.push(diagnostics::json(origin, at..at + 1, &message));
            None
        }
    }
}

fn node(origin: Origin<'_>, raw: &RawValue) -> Option<Node> {
    let text = raw.get();
    let value = match text.as_bytes().first()? {
        b'{' => {
            let pairs = serde_json::from_str::<Pairs<'_>>(text).ok()?.0;
            Value::Table(pairs.into_iter().filter_map(|pair| entry(origin, pair)).collect())
        }
        b'[' => {
            let items = serde_json::from_str::<Vec<&RawValue>>(text).ok()?;
            Value::Array(items.into_iter().filter_map(|item| node(origin, item)).collect())
        }
        b'"' => Value::String(serde_json::from_str(text).ok()?),
        b't' | b'f' => Value::Boolean(text == "true"),
        b'n' => Value::Null,
        _ => text.parse().map(Value::Integer).or_else(|_| text.parse().map(Value::Float)).ok()?,
    };
    Some(Node { value, span: span(origin, text) })
}

fn entry(origin: Origin<'_>, (key, raw): (&RawValue, &RawValue)) -> Option<Entry> {
    let key_span = span(origin, key.get());
    Some(Entry { key: serde_json::from_str(key.get()).ok()?, key_span, node: node(origin, raw)? })
}

/// Where a part of the file stands in it.
fn span(origin: Origin<'_>, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(origin.text.as_ptr().addr());
    start..start + part.len()
}

/// Line and column count from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    start + column.saturating_sub(1)
}

/// Keys and values in the order of the file.
struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry::<&RawValue, &RawValue>()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
