//! `[[glossary]]`: the terms that a house decides, in site.toml, in glossary.toml or in a front matter.

use super::diagnostics;
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Entry, Fields, Origin, Text, Value};
use crate::script::{Definition, Tag, Variant};
use std::ops::Range;

/// The terms of one layer, and where each is defined.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// The terms.
    pub terms: crate::script::Glossary,
    /// Their places, in the same order.
    pub places: Vec<Place>,
}

/// A term on its way into a glossary.
struct Defined<'a> {
    definition: Definition,
    origin: Origin<'a>,
    span: Range<usize>,
}

/// The glossary in `files`, each a table with the key `glossary`: they are one layer.
pub(super) fn read(files: &mut [&mut Fields<'_>], diagnostics: &mut Vec<Diagnostic>) -> Glossary {
    let mut defined = Vec::new();
    for fields in files {
        for (mut table, span) in fields.tables("glossary", diagnostics) {
            let origin = table.origin();
            let definition = definition(&mut table, &span, diagnostics);
            table.finish(diagnostics);
            defined.extend(definition.map(|definition| Defined { definition, origin, span }));
        }
    }
    let definitions = defined.iter().map(|defined| defined.definition.clone()).collect();
    match crate::script::Glossary::new(definitions) {
        Ok(terms) => {
            let place =
                |term: &Defined<'_>| Place::in_text(term.origin.path, term.origin.text, term.span.clone());
            Glossary { terms, places: defined.iter().map(place).collect() }
        }
        Err(error) => {
            let (first, second) = (&defined[error.first], &defined[error.second]);
            let place = Place::in_text(first.origin.path, first.origin.text, first.span.clone());
            diagnostics.push(diagnostics::contradiction(
                second.origin,
                second.span.clone(),
                &error.term,
                &place,
            ));
            Glossary::default()
        }
    }
}

impl Glossary {
    /// Reads the key `glossary` of a front matter.
    pub fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        read(&mut [fields], diagnostics)
    }
}

fn definition(
    table: &mut Fields<'_>,
    span: &Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Definition> {
    let values = |texts: Vec<Text>| texts.into_iter().map(|text| text.value).collect::<Vec<String>>();
    let before = diagnostics.len();
    let mut definition = Definition {
        terms: values(table.texts("term", diagnostics)),
        texts: Vec::new(),
        protected: table.boolean("protected", diagnostics).unwrap_or(false),
        before: values(table.texts("before", diagnostics)),
        after: values(table.texts("after", diagnostics)),
    };
    let origin = table.origin();
    for entry in table.take_where(|key| key.to_ascii_lowercase().starts_with("zh")) {
        let (key, span) = (entry.key.clone(), entry.key_span.clone());
        let Some((variant, text)) = text(origin, entry, diagnostics) else { continue };
        if definition.texts.iter().any(|(known, _)| *known == variant) {
            diagnostics.push(diagnostics::text_twice(origin, span, &key));
        }
        definition.texts.push((variant, text));
    }
    if diagnostics.len() > before {
        return None;
    }
    let says_nothing = definition.texts.is_empty() && !definition.protected;
    let finds_nothing = definition.terms.is_empty() && (definition.texts.len() < 2 || definition.protected);
    if says_nothing || finds_nothing {
        diagnostics.push(diagnostics::incomplete_term(origin, span.clone(), finds_nothing));
        return None;
    }
    Some(definition)
}

/// `zh-Hant-TW = "軟體"`.
fn text(origin: Origin<'_>, entry: Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<(Variant, String)> {
    let variant = match entry.key.parse::<Tag>() {
        Ok(tag) => match tag.variant() {
            Some(variant) => variant,
            None => {
                let key = Text { value: entry.key, span: entry.key_span };
                diagnostics.push(diagnostics::edition_tag(origin, &key, "it is no edition in Chinese"));
                return None;
            }
        },
        Err(error) => {
            let key = Text { value: entry.key, span: entry.key_span };
            diagnostics.push(diagnostics::edition_tag(origin, &key, &error.to_string()));
            return None;
        }
    };
    match entry.node.value {
        Value::String(text) if !text.trim().is_empty() => Some((variant, text)),
        _ => {
            diagnostics.push(diagnostics::term_text(origin, entry.node.span, &entry.key));
            None
        }
    }
}
