//! What is said about data files.

use crate::diagnostic::Diagnostic;
use crate::dialect::Origin;
use std::ops::Range;

fn error(origin: Origin<'_>, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("data", message).at(origin.path, origin.text, span)
}

pub(super) fn empty(origin: Origin<'_>) -> Diagnostic {
    error(origin, 0..0, "this table holds nothing")
        .help("write the names of the columns in the first line, and a row in each line below it")
}

pub(super) fn uneven(origin: Origin<'_>, span: Range<usize>, has: usize, expected: usize) -> Diagnostic {
    let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    error(origin, span, format!("this row has {}, and the first one {}", cells(has), cells(expected)))
        .help("a cell that holds a comma stands in quotation marks: \"1,141\"")
}

pub(super) fn no_rows(origin: Origin<'_>) -> Diagnostic {
    error(origin, 0..0, "this file holds no list of tables, so it has no rows")
        .help("write one table a row, such as [[rows]], and its cells as keys below it")
}

pub(super) fn not_a_cell(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    error(origin, span, "a cell cannot be a list or a table").help("write a text or a number")
}
