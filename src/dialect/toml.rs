//! TOML 1.1 through the crate `toml`, whose parser recovers after an error.

use super::{Entry, Moment, Node, Origin, Value, dates, diagnostics};
use crate::diagnostic::{Diagnostic, SHOWN};
use jiff::tz::Offset;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) fn read(origin: Origin<'_>, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(&origin.text[range.clone()]);
    // The first error is the author's; what follows is mostly its echo.
    if let Some(error) = errors.first() {
        let at = shift(error.span().unwrap_or(0..0), range.start);
        diagnostics.push(if error.message() == "duplicate key" {
            diagnostics::duplicate_key(origin, at.clone(), &origin.text[at])
        } else {
            diagnostics::toml(origin, at, error.message())
        });
        return Vec::new();
    }
    let mut reader = Reader { origin, base: range.start, diagnostics, refused: Vec::new() };
    let entries = reader.table(table.into_inner());
    reader.report();
    entries
}

fn shift(range: Range<usize>, base: usize) -> Range<usize> {
    range.start + base..range.end + base
}

/// What is said about a value.
type Why = fn(Origin<'_>, Range<usize>) -> Diagnostic;

struct Reader<'a, 'd> {
    origin: Origin<'a>,
    base: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
    refused: Vec<(Range<usize>, Why)>,
}

impl Reader<'_, '_> {
    fn table(&mut self, table: DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| Entry {
                key_span: shift(key.span(), self.base),
                key: key.into_inner().into_owned(),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn node(&mut self, spanned: Spanned<DeValue<'_>>) -> Node {
        let span = shift(spanned.span(), self.base);
        let value = match spanned.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Boolean(yes) => Value::Boolean(yes),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => self.refuse(span.clone(), diagnostics::number_too_large),
            },
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Float(number),
                // `inf` and `nan`, and numbers such as 1e999.
                _ => self.refuse(span.clone(), diagnostics::number_not_finite),
            },
            DeValue::Datetime(written) => match moment(&written) {
                Some(moment) => Value::Date(moment),
                // A time of day alone.
                None => self.refuse(span.clone(), diagnostics::date_expected),
            },
            DeValue::Array(items) => Value::Array(items.into_iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { value, span }
    }

    fn refuse(&mut self, span: Range<usize>, why: Why) -> Value {
        self.refused.push((span, why));
        Value::Null
    }

    /// Reports what was refused, in the order of the file: the first [`SHOWN`] one by one.
    fn report(mut self) {
        self.refused.sort_by_key(|(span, _)| span.start);
        let beyond = self.refused.get(SHOWN).map(|(span, _)| span.start..span.start);
        let more = self.refused.len().saturating_sub(SHOWN);
        let shown = self.refused.into_iter().take(SHOWN).map(|(span, why)| why(self.origin, span));
        self.diagnostics.extend(shown);
        self.diagnostics.extend(beyond.map(|span| diagnostics::more_numbers(self.origin, span, more)));
    }
}

fn moment(written: &toml::value::Datetime) -> Option<Moment> {
    let day = written.date?;
    let date = dates::civil([day.year, day.month.into(), day.day.into()])?;
    let time = match written.time {
        Some(time) => {
            let second = time.second.unwrap_or(0);
            Some(dates::of_day([time.hour.into(), time.minute.into(), second.into()])?)
        }
        None => None,
    };
    let offset = match written.offset {
        Some(toml::value::Offset::Z) => Some(Offset::UTC),
        Some(toml::value::Offset::Custom { minutes }) => {
            Some(Offset::from_seconds(i32::from(minutes) * 60).ok()?)
        }
        None => None,
    };
    Some(Moment { date, time, offset })
}
