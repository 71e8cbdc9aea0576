//! Every text of the site for every edition, with what the house has decided around it; and what conversion said.

use super::Options;
use crate::config::{Edition, Engine, FILE};
use crate::content::Inputs;
use crate::diagnostic::{Diagnostic, Lines, Place};
use crate::edition::{self, Decision, Texts};
use crate::markdown::{Document, TextTable};
use crate::script::{Converter, Dictionaries, Layer, Remark, RemarkKind, Scope, Tag};
use crate::site::{self, Converted, EditionSite, House, Plan};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The layer of the site's own glossary; that of a document is its index and one.
const SITE: usize = 0;

/// What a review wants to know beyond what is wrong.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) decisions: Vec<Decision>,
    /// Layers and terms that were used.
    used: BTreeSet<(usize, usize)>,
}

/// A converter for each edition; `None` where the engine that the site asks for cannot be had.
pub(super) fn converters(
    inputs: &Inputs,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Converter>> {
    let dictionaries = Dictionaries::embedded();
    let config = &inputs.config;
    let converter = |edition: &Edition| {
        let converter = Converter::new(&dictionaries, edition.target)
            .with_preferences(edition.preferences.clone())
            .with_glossary(&config.glossary.terms, SITE);
        if options.review { converter.with_review() } else { converter }
    };
    let converters: Vec<Converter> = config.editions.par_iter().map(converter).collect();
    match config.engine {
        Engine::Editorial => Some(converters),
        Engine::OpenCc => with_opencc(converters, options)
            .map_err(|why| diagnostics.push(super::diagnostics::no_engine(&why)))
            .ok(),
    }
}

#[cfg(feature = "opencc")]
fn with_opencc(converters: Vec<Converter>, options: &Options) -> Result<Vec<Converter>, String> {
    let with_library = |converter: Converter| {
        let library = crate::script::OpenCcLibrary::open(converter.target(), options.opencc_data.as_deref())?;
        Ok(converter.with_engine(std::sync::Arc::new(library)))
    };
    converters.into_iter().map(with_library).collect()
}

#[cfg(not(feature = "opencc"))]
fn with_opencc(_: Vec<Converter>, _: &Options) -> Result<Vec<Converter>, String> {
    Err("this jianbao was built without it".to_owned())
}

/// The pages of all editions.
pub(super) fn compose(
    plan: &Plan<'_>,
    house: &House,
    converters: &[Converter],
    diagnostics: &mut Vec<Diagnostic>,
    gathered: &mut Gathered,
) -> Vec<EditionSite> {
    let mut sites = Vec::with_capacity(converters.len());
    for (index, converter) in converters.iter().enumerate() {
        let tag = &plan.config.editions[index].tag;
        let layers = layers(plan, converter);
        let of_document = |at: usize| {
            let parsed = &plan.documents[at];
            let scope = Scope::new(around(plan, at).filter_map(|place| layers[place].clone()).collect());
            let texts = edition::convert(&parsed.document, converter, scope);
            let faults = edition::diagnostics(parsed.source, &parsed.document, &texts.said, tag);
            (texts, faults)
        };
        let texts: Vec<_> = (0..plan.documents.len()).into_par_iter().map(of_document).collect();
        let mut tables = Vec::with_capacity(texts.len());
        for (parsed, (texts, faults)) in plan.documents.iter().zip(texts) {
            diagnostics.extend(faults);
            gathered.take(&parsed.source.path, &parsed.document.texts, &texts, Some(parsed), tag);
            tables.push(texts.table);
        }
        let texts = edition::convert_house(&house.texts, converter);
        let faults = texts.said.iter().filter_map(|(_, remark)| edition::in_file(FILE, &remark.kind, tag));
        diagnostics.extend(faults);
        gathered.take(FILE, &house.texts, &texts, None, tag);
        sites.push(site::compose(plan, house, index, Converted { house: texts.table, tables }));
    }
    sites
}

/// The glossaries of the pages, ready for an edition.
fn layers(plan: &Plan<'_>, converter: &Converter) -> Vec<Option<Layer>> {
    let layer = |(index, parsed): (usize, &site::Parsed<'_>)| {
        let glossary = &parsed.document.front.glossary.terms;
        (!glossary.is_empty()).then(|| converter.layer(glossary, index + 1))
    };
    plan.documents.iter().enumerate().map(layer).collect()
}

/// A page, its section, and so on up to the home page.
fn around(plan: &Plan<'_>, place: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(place), |place| plan.places[*place].parent)
}

impl Gathered {
    fn take(
        &mut self,
        path: &str,
        written: &TextTable,
        texts: &Texts,
        parsed: Option<&site::Parsed<'_>>,
        edition: &Tag,
    ) {
        if texts.said.is_empty() {
            return;
        }
        let lines = parsed.map(|parsed| Lines::new(&parsed.source.text));
        for (id, remark) in &texts.said {
            let place = parsed.zip(lines.as_ref()).and_then(|(site::Parsed { source, document }, lines)| {
                let Document { places, texts, .. } = document;
                let span = places.find(texts, *id, remark.range.clone())?;
                Some(Place::among(&source.path, &source.text, lines, span))
            });
            self.take_one(path, place.as_ref(), written.text(*id), remark, edition);
        }
    }

    /// Takes what was said about a text of a file.
    pub(super) fn take_one(
        &mut self,
        path: &str,
        place: Option<&Place>,
        text: &str,
        remark: &Remark,
        edition: &Tag,
    ) {
        if let RemarkKind::Term { layer, term } = remark.kind {
            self.used.insert((layer, term));
        }
        self.decisions.extend(Decision::new(path, place, text, remark, edition));
    }

    /// Terms that no text of any edition holds.
    pub(super) fn unused_terms(&self, plan: &Plan<'_>) -> Vec<Diagnostic> {
        let site = std::iter::once((SITE, &plan.config.glossary));
        let pages = plan.documents.iter().enumerate();
        let pages = pages.map(|(index, parsed)| (index + 1, &parsed.document.front.glossary));
        let mut unused = Vec::new();
        for (layer, glossary) in site.chain(pages) {
            let terms = glossary.terms.definitions().iter().zip(&glossary.places).enumerate();
            for (_, (definition, place)) in terms.filter(|(term, _)| !self.used.contains(&(layer, *term))) {
                let term = definition.keys().next().unwrap_or_default();
                let is_printed = |edition: &Edition| {
                    definition.protected || definition.text(edition.target.variant).is_some()
                };
                let is_for_somebody = plan.config.editions.iter().any(is_printed);
                unused.push(edition::unused_term(place, term, is_for_somebody));
            }
        }
        unused
    }
}
