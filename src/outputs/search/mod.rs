//! The index that readers search: made so that a browser finds any substring of any edition without a server.
//!
//! In: the plan and the composed editions. Out: `search/index.bin`, and for a large site `search/text/` and `search/grams/` beside it. A
//! text is in it once, in the first edition that shows it; the others are what a map of characters and a list of differences make of
//! it (`pages`). A small site is one file. In a large one pages are found by the grams they hold (`postings`), and their
//! texts, a few pages a file, are read before anything is shown. `static/search.js` reads all this; docs/search.md says how. Never: HTML.

mod align;
mod fold;
mod grams;
mod packed;
mod pages;
mod postings;
mod text;
mod words;

use crate::config::Edition;
use crate::render::OutFile;
use crate::script::Fold;
use crate::site::{EditionSite, Plan, SEARCH_FOLDER as FOLDER, SectionRef};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use packed::Packer;
use pages::Map;
use postings::Postings;
use serde_json::{Value, json};
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::io::Write;

/// A site with more characters is searched by grams.
const SMALL: usize = 40_000;
/// A file with the texts of pages has about so many characters.
const TEXTS: usize = 4_000;
/// Which characters editions have for others is learned from at most so many pages.
const SAMPLE: usize = 200;

/// Makes the index of a site, piece by piece, so that the pieces can be made side by side.
#[derive(Debug)]
pub struct Search<'a> {
    plan: &'a Plan<'a>,
    sites: &'a [EditionSite],
    fold: Fold,
    /// The first Chinese edition, for which there are maps.
    base: usize,
    maps: Vec<Map>,
    /// How many pages one file has the texts of; nothing where the index is one file.
    together: Option<usize>,
}

/// What is made once for many pieces, by each thread.
#[derive(Debug, Default)]
pub struct Tables {
    grams: grams::Grams,
    packer: Packer,
}

/// A piece of the index: some pages in their order.
#[derive(Debug)]
pub struct Piece {
    /// The texts of its pages, if they are a file of their own.
    pub file: Option<OutFile>,
    /// Those texts, if they are not.
    pages: Option<Value>,
    grams: Vec<grams::Found>,
    print: u64,
}

/// What pages hold which grams, and what else the index says.
#[derive(Debug)]
pub struct Grams<'s, 'a> {
    search: &'s Search<'a>,
    /// All texts, where the index is one file.
    pages: Option<Value>,
    postings: Postings,
    print: u64,
    groups: Vec<Vec<String>>,
    wanted: Vec<u32>,
}

fn grams_path(file: u32) -> String {
    format!("{FOLDER}/grams/{file:x}.bin")
}

impl<'a> Search<'a> {
    /// Looks at the editions: how much text they have, and how they differ.
    pub fn new(plan: &'a Plan<'a>, sites: &'a [EditionSite]) -> Self {
        let fold = Fold::load();
        let base = plan.config.editions.iter().position(|edition| !edition.is_written()).unwrap_or(0);
        let length = |place: &usize| {
            let document = plan.shown.document(plan.shown.edition_with(0, *place), *place);
            document.map_or(0, |document| {
                let length = plan.documents[document].document.length;
                length.han + 5 * length.words
            })
        };
        let places = plan.reading_order.len();
        let all: usize = plan.reading_order.iter().map(length).sum();
        let together = (all > SMALL).then(|| (TEXTS * places / all).max(1));
        let mut seen = vec![Vec::new(); sites.len()];
        for place in plan.reading_order.iter().step_by(places.div_ceil(SAMPLE).max(1)) {
            pages::see(plan, sites, &fold, base, *place, &mut seen);
        }
        Self { plan, sites, fold, base, maps: seen.into_iter().map(Map::learn).collect(), together }
    }

    /// How many pieces there are.
    pub fn pieces(&self) -> usize {
        self.together.map_or(1, |together| self.plan.reading_order.len().div_ceil(together))
    }

    /// Makes a piece.
    pub fn piece(&self, index: usize, tables: &mut Tables) -> Piece {
        let order = &self.plan.reading_order;
        let together = self.together.unwrap_or(order.len());
        let places = order.iter().skip(index * together).take(together);
        let maps = (self.base, self.maps.as_slice());
        let (pages, grams): (Vec<Value>, Vec<grams::Found>) = places
            .map(|place| pages::entry(self.plan, self.sites, &self.fold, maps, *place, &mut tables.grams))
            .map(|entry| (entry.json, entry.grams))
            .unzip();
        let pages = Value::from(pages);
        let text = pages.to_string();
        let print = |bytes: &[u8]| {
            let mut hasher = DefaultHasher::new();
            hasher.write(bytes);
            hasher.finish()
        };
        match self.together {
            None => Piece { file: None, print: print(text.as_bytes()), pages: Some(pages), grams },
            Some(_) => {
                let packed = tables.packer.pack(&text);
                let print = print(&packed);
                let file = OutFile::new(format!("{FOLDER}/text/{index}.bin"), packed);
                Piece { file: Some(file), pages: None, grams, print }
            }
        }
    }

    /// Gathers the pieces, in their order.
    pub fn gather(&self, pieces: Vec<Piece>) -> Grams<'_, 'a> {
        let mut hasher = DefaultHasher::new();
        let (mut pages, mut grams) = (None, Vec::new());
        for piece in pieces {
            hasher.write_u64(piece.print);
            pages = piece.pages.or(pages);
            grams.extend(piece.grams);
        }
        let groups = words::groups(self.plan.config, &self.fold);
        let wanted = words::wanted(&groups, &self.fold);
        Grams { search: self, pages, postings: Postings::new(grams), print: hasher.finish(), groups, wanted }
    }

    fn edition(&self, (index, edition): (usize, &Edition)) -> Value {
        let map = words::map(&self.fold, &self.maps[index]);
        json!([edition.tag.as_str(), edition.label, self.plan.urls.page(edition, ""), map])
    }

    /// The titles of the top-level sections in all editions, by their folder.
    fn sections(&self) -> Value {
        let mut sections = Value::Null;
        for (index, site) in self.sites.iter().enumerate() {
            for SectionRef { name, title, .. } in &site.nav {
                let titles = &mut sections[name.as_str()];
                if titles.is_null() {
                    *titles = Value::from(vec![""; self.sites.len()]);
                }
                titles[index] = Value::from(title.as_str());
            }
        }
        if sections.is_null() { json!({}) } else { sections }
    }
}

impl Grams<'_, '_> {
    /// In how many rounds the files with grams are made.
    pub fn rounds(&self) -> u32 {
        postings::ROUNDS
    }

    /// The files of a round, and what the last file needs to know of it.
    pub fn round(&self, round: u32) -> (Vec<OutFile>, Vec<u32>) {
        let (files, present) = self.postings.round(round, &self.wanted);
        (if self.search.together.is_some() { files } else { Vec::new() }, present)
    }

    /// The file that is read first. `present` is what all rounds said.
    pub fn index(mut self, present: impl IntoIterator<Item = u32>) -> OutFile {
        let Search { plan, fold, base, maps, together, .. } = self.search;
        let mut present: Vec<u32> = present.into_iter().collect();
        present.sort_unstable();
        let regional = words::regional(&self.groups, &present);
        let editions = plan.config.editions.iter().enumerate();
        let mut index = json!({
            "version": format!("{:016x}", self.print),
            "editions": editions.map(|edition| self.search.edition(edition)).collect::<Vec<Value>>(),
            "base": base,
            "sections": self.search.sections(),
            "folding": words::folding(fold, maps, &present, &regional),
            "words": regional,
        });
        match (together, self.pages.take()) {
            (None, Some(pages)) => index["pages"] = pages,
            _ => {
                index["count"] = Value::from(plan.reading_order.len());
                index["together"] = Value::from(*together);
                index["bits"] = Value::from(self.postings.bits);
            }
        }
        // The one file that every search needs, so it is compressed whatever the host does.
        let bytes = Packer::default().pack(&index.to_string());
        let mut deflated = DeflateEncoder::new(Vec::with_capacity(bytes.len()), Compression::best());
        // Writing to a Vec cannot fail.
        let _ = deflated.write_all(&bytes);
        OutFile::new(format!("{FOLDER}/index.bin"), deflated.finish().unwrap_or_default())
    }
}
