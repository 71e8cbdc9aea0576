//! Rows of CSV (RFC 4180) and TSV.

use super::{Cell, Table, diagnostics};
use crate::diagnostic::Diagnostic;
use crate::dialect::Origin;
use std::ops::Range;

pub(super) fn read(origin: Origin<'_>, delimiter: u8, diagnostics: &mut Vec<Diagnostic>) -> Option<Table> {
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter).has_headers(false).flexible(true);
    let mut rows = Vec::new();
    let mut reader = reader.from_reader(origin.text.as_bytes());
    let mut record = csv::StringRecord::new();
    // The text is UTF-8 already and rows may differ in length, so nothing else can be wrong.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |position| offset(position.byte()));
        let end = offset(reader.position().byte()).max(start);
        rows.push(row(origin.text, start..end, &record));
    }
    let mut rows = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.text.is_empty()));
    let Some(columns) = rows.next() else {
        diagnostics.push(diagnostics::empty(origin));
        return None;
    };
    let twice = columns.iter().enumerate().find(|(at, column)| {
        !column.text.is_empty() && columns[..*at].iter().any(|other| other.text == column.text)
    });
    if let Some((_, column)) = twice {
        diagnostics.push(diagnostics::column_twice(origin, column.span.clone(), &column.text));
        return None;
    }
    let table = Table { rows: rows.collect(), columns };
    let uneven = table.rows.iter().find(|row| row.len() != table.columns.len());
    if let Some(row) = uneven {
        let start = row.first().map_or(0, |cell| cell.span.start);
        let end = row.last().map_or(start, |cell| cell.span.end);
        let span = start..end.max(start);
        diagnostics.push(diagnostics::uneven(origin, span, row.len(), table.columns.len()));
        return None;
    }
    if let [only] = table.columns.as_slice()
        && let Some(mark) = MARKS.into_iter().find(|mark| only.text.contains(*mark))
    {
        diagnostics.push(diagnostics::one_column(origin, only.span.clone(), mark, delimiter));
    }
    Some(table)
}

/// What other programs and other keyboards put between cells.
const MARKS: [char; 6] = ['\t', ';', '；', ',', '，', '|'];

fn offset(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// The cells of a record, each found behind the one before it; one that is written with doubled quotation marks is taken to
/// be all of the record's first line.
fn row(text: &str, range: Range<usize>, record: &csv::StringRecord) -> Vec<Cell> {
    let range = text.floor_char_boundary(range.start)..text.floor_char_boundary(range.end);
    let own = &text[range.clone()];
    let line =
        range.start..range.start + own.trim_start_matches('\n').lines().next().unwrap_or_default().len();
    let mut at = 0;
    let cell = |field: &str| {
        let cell = field.trim();
        let found = own[at..].find(cell).map(|found| at + found);
        at = found.map_or(at, |found| found + cell.len());
        let span = found.map_or(line.clone(), |found| range.start + found..range.start + found + cell.len());
        Cell { text: cell.to_owned(), span }
    };
    record.iter().map(cell).collect()
}
