//! One edition of a document's texts, and of the texts in figures.
//!
//! In: a document and the edition's converter. Out: a text table of the same shape, and what conversion had to say, which
//! becomes diagnostics or decisions to review. Nothing else of a document can be touched from here: a path, an id, a
//! destination and code are in no table.

mod diagnostics;
mod review;
mod svg;

pub use diagnostics::{diagnostics, in_file, unused_term};
pub use review::{Accepted, Decision};
pub use svg::svg;

use crate::markdown::{Document, TextId, TextTable};
use crate::script::{Converter, Remark, Scope};

/// A remark about a text of a table.
pub type Said = (TextId, Remark);

/// The texts of one edition.
#[derive(Debug, Clone)]
pub struct Texts {
    /// A table of the same shape.
    pub table: TextTable,
    /// What conversion had to say.
    pub said: Vec<Said>,
}

/// Converts all texts of a document, with the glossaries around it.
pub fn convert(document: &Document, converter: &Converter, scope: Scope) -> Texts {
    let (mut texts, title) = convert_table(&document.texts, converter, scope);
    if let Some(title) = title {
        texts.table.set(document.front.title, title);
    }
    // The opening is a paragraph that is read already.
    texts.said.retain(|(text, _)| Some(*text) != document.opening);
    texts
}

/// Converts the texts that belong to no document.
pub fn convert_house(texts: &TextTable, converter: &Converter) -> Texts {
    convert_table(texts, converter, Scope::default()).0
}

fn convert_table(texts: &TextTable, converter: &Converter, mut scope: Scope) -> (Texts, Option<String>) {
    let (mut said, mut title) = (Vec::new(), None);
    let table = texts.map(|id, run| {
        let converted = converter.convert_in(run, &mut scope);
        said.extend(converted.remarks.into_iter().map(|remark| (id, remark)));
        title = converted.title.or(title.take());
        converted.run
    });
    (Texts { table, said }, title)
}
