//! Which document each edition shows at each place.
//!
//! In: the editions, and what every document is written for. Out: for an edition and a place a document, or none. A Chinese edition shows the
//! text that is written for it, else the one for its script (zh-Hant-HK that of zh-Hant, as inline rules fall back too), else the
//! page; an edition in another language shows what is written for it, and nothing else.

use crate::config::Edition;
use crate::script::Tag;
use std::collections::BTreeMap;

/// The documents that the editions show.
#[derive(Debug, Clone)]
pub struct Shown {
    /// By edition and place.
    documents: Vec<Vec<Option<usize>>>,
    /// By document.
    places: Vec<usize>,
}

impl Shown {
    /// `documents` are the place of each document and the edition that it is written for.
    pub(super) fn new(editions: &[Edition], places: usize, documents: &[(usize, Option<Tag>)]) -> Self {
        let known: BTreeMap<(usize, Option<&Tag>), usize> = documents
            .iter()
            .enumerate()
            .map(|(index, (place, tag))| ((*place, tag.as_ref()), index))
            .collect();
        let in_edition = |edition: &Edition| {
            let names = names(edition);
            let document =
                |place: usize| names.iter().find_map(|name| known.get(&(place, name.as_ref())).copied());
            (0..places).map(document).collect()
        };
        Self {
            documents: editions.iter().map(in_edition).collect(),
            places: documents.iter().map(|(place, _)| *place).collect(),
        }
    }

    /// The document that an edition shows at a place, if the place is in it.
    pub fn document(&self, edition: usize, place: usize) -> Option<usize> {
        self.documents.get(edition)?.get(place).copied().flatten()
    }

    /// The place of a document.
    pub fn place(&self, document: usize) -> usize {
        self.places[document]
    }

    /// The edition itself if the place is in it, else the first one that has it.
    pub fn edition_with(&self, edition: usize, place: usize) -> usize {
        let has = |edition: &usize| self.document(*edition, place).is_some();
        std::iter::once(edition).chain(0..self.documents.len()).find(has).unwrap_or(edition)
    }

    /// The editions that show a document.
    pub(super) fn editions_of(&self, document: usize) -> impl Iterator<Item = usize> {
        let place = self.place(document);
        (0..self.documents.len()).filter(move |edition| self.document(*edition, place) == Some(document))
    }

    /// How many pages an edition has.
    pub fn count(&self, edition: usize) -> usize {
        self.documents[edition].iter().flatten().count()
    }
}

/// What a document that an edition shows may be written for, the nearest first; `None` is a page of the site.
fn names(edition: &Edition) -> Vec<Option<Tag>> {
    let own = Some(edition.tag.clone());
    if edition.is_written() {
        return vec![own];
    }
    let wider = std::iter::successors(own, Tag::broader).take_while(|tag| tag.script().is_some());
    wider.map(Some).chain([None]).collect()
}
