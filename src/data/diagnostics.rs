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
    let diagnostic =
        error(origin, span, format!("this row has {}, and the first one {}", cells(has), cells(expected)));
    if has > expected {
        diagnostic.help("a cell that holds a comma stands in quotation marks: \"1,141\"")
    } else {
        diagnostic.help("write a comma for every cell, the empty ones too: 数字安全,,")
    }
}

pub(super) fn no_rows(origin: Origin<'_>, is_json: bool) -> Diagnostic {
    error(origin, 0..0, "this file holds no list of tables, so it has no rows").help(if is_json {
        "write a list with one table a row: [{\"产业链\": \"数字安全\", \"企业数\": 50}]"
    } else {
        "write one table a row, such as [[rows]], and its cells as keys below it"
    })
}

/// `mark` is what seems to stand between the cells in place of `delimiter`.
pub(super) fn one_column(origin: Origin<'_>, span: Range<usize>, mark: char, delimiter: u8) -> Diagnostic {
    let needed = if delimiter == b'\t' { "tabs" } else { "half-width commas" };
    let mark = if mark == '\t' { "tabs stand".to_owned() } else { format!("`{mark}` stands") };
    let message = format!("this table has a single column, and {mark} in its first line");
    Diagnostic::warning("data", message)
        .at(origin.path, origin.text, span)
        .help(format!("write {needed} between the cells, or save the table again as CSV with commas"))
}

pub(super) fn not_a_cell(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    error(origin, span, "a cell cannot be a list or a table").help("write a text or a number")
}

pub(super) fn column_twice(origin: Origin<'_>, span: Range<usize>, name: &str) -> Diagnostic {
    error(origin, span, format!("two columns are called `{name}`"))
        .help("give each column a name of its own in the first line")
}
