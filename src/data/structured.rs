//! Tables in TOML and JSON: a list of tables, whose keys name the columns.

use super::{Cell, Table, diagnostics};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::dialect::{Entry, Node, Origin, Value};

/// The first list of tables among `entries`.
pub(super) fn read(
    origin: Origin<'_>,
    entries: Vec<Entry>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Table> {
    if has_errors(diagnostics) {
        return None;
    }
    let lists = entries.into_iter().find_map(|entry| match entry.node.value {
        Value::Array(items) if items.iter().all(|item| matches!(item.value, Value::Table(_))) => Some(items),
        _ => None,
    });
    let Some(rows) = lists.filter(|rows| !rows.is_empty()) else {
        let is_json = super::extension(origin.path).as_deref() == Some("json");
        diagnostics.push(diagnostics::no_rows(origin, is_json));
        return None;
    };
    let columns = columns(&rows);
    let mut table = Table { rows: Vec::new(), columns };
    for row in rows {
        let Value::Table(entries) = row.value else { continue };
        let mut cells = Vec::new();
        for column in &table.columns {
            let node = entries.iter().find(|entry| entry.key == column.text).map(|entry| &entry.node);
            match node.map_or(Some(String::new()), |node| text(origin, node)) {
                Some(text) => {
                    let span = node.map_or(row.span.clone(), |node| node.span.clone());
                    cells.push(Cell { text, span });
                }
                None => {
                    let span = node.map_or(0..0, |node| node.span.clone());
                    diagnostics.push(diagnostics::not_a_cell(origin, span));
                    return None;
                }
            }
        }
        table.rows.push(cells);
    }
    Some(table)
}

/// All keys, in the order in which they are first met.
fn columns(rows: &[Node]) -> Vec<Cell> {
    let mut columns: Vec<Cell> = Vec::new();
    for row in rows {
        let Value::Table(entries) = &row.value else { continue };
        for entry in entries {
            if !columns.iter().any(|column| column.text == entry.key) {
                columns.push(Cell { text: entry.key.clone(), span: entry.key_span.clone() });
            }
        }
    }
    columns
}

/// What a value reads as. A number reads as it is written, but for the `_` that TOML lets stand between digits.
fn text(origin: Origin<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(_) | Value::Float(_) | Value::Date(_) => {
            Some(origin.text[node.span.clone()].replace('_', ""))
        }
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Table(_) => None,
    }
}

/// A table as the value that templates see: `rows`, a list of tables by column.
pub(super) fn rows(table: Table) -> Entry {
    let columns = table.columns;
    let row = |cells: Vec<Cell>| {
        let entry = |(column, cell): (&Cell, Cell)| Entry {
            key: column.text.clone(),
            key_span: column.span.clone(),
            node: Node { value: Value::String(cell.text), span: cell.span },
        };
        Node { value: Value::Table(columns.iter().zip(cells).map(entry).collect()), span: 0..0 }
    };
    let rows = table.rows.into_iter().map(row).collect();
    Entry { key: "rows".to_owned(), key_span: 0..0, node: Node { value: Value::Array(rows), span: 0..0 } }
}
