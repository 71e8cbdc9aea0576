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

use crate::markdown::{Document, Inherited, TextId, TextTable};
use crate::script::{self, Converted, Converter, Remark, Run, Scope};

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
pub fn convert(document: &Document, converter: &Converter, mut scope: Scope) -> Texts {
    of_document(document, |_, run| converter.convert_in(run, &mut scope))
}

/// The texts of a document that is written for this very edition: as they are, with their inline rules carried out. What it
/// shows of a file that all editions share is converted.
pub fn keep(document: &Document, converter: &Converter, mut scope: Scope) -> Texts {
    of_document(document, |id, run| match document.texts.is_shared(id) {
        true => converter.convert_in(run, &mut scope),
        false => converter.keep_in(run, &mut scope),
    })
}

/// The texts of a document in another language than Chinese, as they are.
pub fn unconverted(document: &Document) -> Texts {
    of_document(document, |_, run| script::unconverted(run))
}

/// Fills the slots of a twin's table with the texts of its page, converted; what is said is about the page's texts.
pub fn inherit(
    table: &mut TextTable,
    twin: &Document,
    page: &Document,
    converter: &Converter,
    mut scope: Scope,
) -> Vec<Said> {
    let mut said = Vec::new();
    // A rule may have set the title.
    let is_free = |slot: &TextId| table.text(*slot) == twin.texts.text(*slot);
    let slots: Vec<&Inherited> = twin.inherited.iter().filter(|one| is_free(&one.slot)).collect();
    for Inherited { slot, from } in slots {
        let converted = converter.convert_in(page.texts.run(*from), &mut scope);
        said.extend(converted.remarks.into_iter().map(|remark| (*from, remark)));
        table.replace(*slot, converted.run);
    }
    said
}

/// Converts the texts that belong to no document.
pub fn convert_house(texts: &TextTable, converter: &Converter) -> Texts {
    let mut scope = Scope::default();
    of_table(texts, |_, run| converter.convert_in(run, &mut scope)).0
}

/// The texts that belong to no document, as they are.
pub fn unconverted_house(texts: &TextTable) -> Texts {
    of_table(texts, |_, run| script::unconverted(run)).0
}

fn of_document(document: &Document, convert: impl FnMut(TextId, &Run) -> Converted) -> Texts {
    let (mut texts, title) = of_table(&document.texts, convert);
    if let Some(title) = title {
        texts.table.set(document.front.title, title);
    }
    // The opening is a paragraph that is read already.
    texts.said.retain(|(text, _)| Some(*text) != document.opening);
    texts
}

fn of_table(
    texts: &TextTable,
    mut convert: impl FnMut(TextId, &Run) -> Converted,
) -> (Texts, Option<String>) {
    let (mut said, mut title) = (Vec::new(), None);
    let table = texts.map(|id, run| {
        let converted = convert(id, run);
        said.extend(converted.remarks.into_iter().map(|remark| (id, remark)));
        title = converted.title.or(title.take());
        converted.run
    });
    (Texts { table, said }, title)
}
