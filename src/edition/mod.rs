//! One edition of a document's texts, and of the texts in figures.
//!
//! In: a text table and the edition's converter. Out: a table of the same shape. Nothing else of a document can be
//! touched from here: a path, an id, a destination and code are in no table.

mod svg;

pub use svg::svg;

use crate::markdown::TextTable;
use crate::script::Converter;

/// Converts all texts of a document.
pub fn convert(texts: &TextTable, converter: &Converter) -> TextTable {
    texts.map(|run| converter.convert(run))
}
