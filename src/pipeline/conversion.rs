//! Every text of the site for every edition, with what the house has decided around it; and what conversion said.

use super::{Kept, Options};
use crate::config::{Edition, Engine, FILE, Making};
use crate::content::Inputs;
use crate::diagnostic::{Diagnostic, Lines, Place};
use crate::edition::{self, Decision, Said, Texts};
use crate::markdown::{Document, TextTable};
use crate::script::{Converter, Dictionaries, Layer, Remark, RemarkKind, Scope, Tag};
use crate::site::{self, Converted, EditionSite, House, Plan};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The layer of the site's own glossary; that of a document is its index and one.
const SITE: usize = 0;

/// What a review wants to know beyond what is wrong.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) decisions: Vec<Decision>,
    /// Layers and terms that were used.
    used: BTreeSet<(usize, usize)>,
}

/// What makes the texts of an edition: a converter, or nothing where they are written.
pub(super) type Maker = Option<Converter>;

/// A maker for each edition; `None` where the engine that the site asks for cannot be had.
pub(super) fn converters(
    inputs: &Inputs,
    dictionaries: &Arc<Dictionaries>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Maker>> {
    let config = &inputs.config;
    let converter = |edition: &Edition| {
        let Making::Converted { target, preferences } = &edition.making else { return None };
        let converter = Converter::new(dictionaries, *target)
            .with_preferences(preferences.clone())
            .with_glossary(&config.glossary.terms, SITE);
        Some(if options.review { converter.with_review() } else { converter })
    };
    let converters: Vec<Maker> = config.editions.par_iter().map(converter).collect();
    match config.engine {
        Engine::Editorial => Some(converters),
        Engine::OpenCc => with_opencc(converters, options)
            .map_err(|why| diagnostics.push(super::diagnostics::no_engine(&why)))
            .ok(),
    }
}

#[cfg(feature = "opencc")]
fn with_opencc(converters: Vec<Maker>, options: &Options) -> Result<Vec<Maker>, String> {
    let with_library = |converter: Maker| {
        let Some(converter) = converter else { return Ok(None) };
        let library = crate::script::OpenCcLibrary::open(converter.target(), options.opencc_data.as_deref())?;
        Ok(Some(converter.with_engine(std::sync::Arc::new(library))))
    };
    converters.into_iter().map(with_library).collect()
}

#[cfg(not(feature = "opencc"))]
fn with_opencc(_: Vec<Maker>, _: &Options) -> Result<Vec<Maker>, String> {
    Err("this jianbao was built without it".to_owned())
}

/// The pages of all editions.
pub(super) fn compose(
    plan: &Plan<'_>,
    house: &House,
    converters: &[Maker],
    kept: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
    gathered: &mut Gathered,
) -> Vec<EditionSite> {
    let edition = |(index, converter): (usize, &Maker)| {
        let (mut said, mut gathered) = (Vec::new(), Gathered::default());
        let site = compose_one(plan, house, (index, converter.as_ref()), kept, &mut said, &mut gathered);
        (site, said, gathered)
    };
    let all: Vec<_> = converters.par_iter().enumerate().map(edition).collect();
    let mut sites = Vec::with_capacity(all.len());
    for (site, said, own) in all {
        sites.push(site);
        diagnostics.extend(said);
        gathered.decisions.extend(own.decisions);
        gathered.used.extend(own.used);
    }
    sites
}

/// The pages of an edition.
fn compose_one(
    plan: &Plan<'_>,
    house: &House,
    (index, converter): (usize, Option<&Converter>),
    kept: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
    gathered: &mut Gathered,
) -> EditionSite {
    let tag = &plan.config.editions[index].tag;
    let texts = texts(plan, index, converter, kept);
    let mut tables = Vec::with_capacity(texts.len());
    for (place, shown) in texts.into_iter().enumerate() {
        let (table, heard) = shown.map_or((None, Vec::new()), |(table, heard)| (Some(table), heard));
        tables.push(table);
        for Heard { is_page, said, faults } in heard {
            let document = if is_page { Some(place) } else { plan.shown.document(index, place) };
            let Some(document) = document else { continue };
            let parsed = &plan.documents[document];
            diagnostics.extend(faults);
            gathered.take(&parsed.source.path, &parsed.document.texts, &said, Some(parsed), tag);
        }
    }
    let texts = match converter {
        Some(converter) => edition::convert_house(&house.texts, converter),
        None => edition::unconverted_house(&house.texts),
    };
    let faults = texts.said.iter().filter_map(|(_, remark)| edition::in_file(FILE, &remark.kind, tag));
    diagnostics.extend(faults);
    gathered.take(FILE, &house.texts, &texts.said, None, tag);
    site::compose(plan, house, index, Converted { house: texts.table, tables })
}

/// What was said about the texts of a document.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// It is about the page that the document inherits from.
    is_page: bool,
    said: Vec<Said>,
    faults: Vec<Diagnostic>,
}

/// The texts of an edition by place, and what was said about them.
fn texts(
    plan: &Plan<'_>,
    edition: usize,
    converter: Option<&Converter>,
    kept: Option<&Kept>,
) -> Vec<Option<(Arc<TextTable>, Vec<Heard>)>> {
    let tag = &plan.config.editions[edition].tag;
    let layers = converter.map_or_else(Vec::new, |converter| layers(plan, converter));
    let scope = |place: usize| {
        Scope::new(plan.up_from(place).filter_map(|place| layers.get(place).cloned().flatten()).collect())
    };
    let heard = |document: usize, is_page: bool, said: Vec<Said>| {
        let parsed = &plan.documents[document];
        let faults = edition::diagnostics(parsed.source, &parsed.document, &said, tag);
        Heard { is_page, said, faults }
    };
    let of_place = |place: usize| {
        let shown = plan.shown.document(edition, place)?;
        let site::Parsed { source, document } = &plan.documents[shown];
        let page = &plan.documents[place].document;
        let has_glossary = |place: usize| layers.get(place).is_some_and(Option::is_some);
        let kept = kept.filter(|_| !plan.up_from(place).any(has_glossary));
        if let Some(texts) = kept.and_then(|kept| kept.texts(edition, &source.path, document, page)) {
            return Some(texts);
        }
        let Texts { mut table, said } = match converter {
            None => edition::unconverted(document),
            Some(converter) if source.route.edition.as_ref() == Some(tag) => {
                // The house's decisions are about conversion, and this is none.
                edition::keep(document, converter, Scope::default())
            }
            Some(converter) => edition::convert(document, converter, scope(place)),
        };
        let mut all = vec![heard(shown, false, said)];
        if let Some(converter) = converter.filter(|_| !document.inherited.is_empty()) {
            all.push(heard(
                place,
                true,
                edition::inherit(&mut table, document, page, converter, scope(place)),
            ));
        }
        let table = Arc::new(table);
        if let Some(kept) = kept {
            kept.keep_texts((edition, &source.path), document, page, &table, &all);
        }
        Some((table, all))
    };
    (0..plan.places.len()).into_par_iter().map(of_place).collect()
}

/// The glossaries of the pages, ready for an edition.
fn layers(plan: &Plan<'_>, converter: &Converter) -> Vec<Option<Layer>> {
    let layer = |(index, parsed): (usize, &site::Parsed<'_>)| {
        let glossary = &parsed.document.front.glossary.terms;
        (!glossary.is_empty()).then(|| converter.layer(glossary, index + 1))
    };
    plan.documents.iter().enumerate().map(layer).collect()
}

impl Gathered {
    fn take(
        &mut self,
        path: &str,
        written: &TextTable,
        said: &[Said],
        parsed: Option<&site::Parsed<'_>>,
        edition: &Tag,
    ) {
        if said.is_empty() {
            return;
        }
        let lines = parsed.map(|parsed| Lines::new(&parsed.source.text));
        for (id, remark) in said {
            let place = parsed.zip(lines.as_ref()).and_then(|(site::Parsed { source, document }, lines)| {
                let Document { places, texts, .. } = &**document;
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
                    let variant = edition.target().map(|target| target.variant);
                    variant.is_some_and(|variant| definition.protected || definition.text(variant).is_some())
                };
                let is_for_somebody = plan.config.editions.iter().any(is_printed);
                unused.push(edition::unused_term(place, term, is_for_somebody));
            }
        }
        unused
    }
}
