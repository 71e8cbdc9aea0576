//! Every published path is made once, by one source.
//!
//! In: all that makes files. Out: a message for each path that two want, at the file that its author can change. Never: a choice
//! between the two.

use super::aliases::Redirect;
use super::{ATOM, Comparison, JSON_FEED, ListKind, Listed, Parsed, Place, Shown, diagnostics};
use crate::cards;
use crate::config::{Config, host_files};
use crate::content::Asset;
use crate::diagnostic::Diagnostic;
use crate::images::{FOLDER, Variants};
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// What files are made of.
#[derive(Clone, Copy)]
pub(super) struct Made<'s> {
    pub(super) documents: &'s [Parsed<'s>],
    pub(super) places: &'s [Place],
    pub(super) shown: &'s Shown,
    pub(super) listed: &'s Listed,
    pub(super) redirects: &'s [Redirect],
    pub(super) comparisons: &'s [Comparison],
    pub(super) assets: &'s [&'s Asset],
    pub(super) statics: &'s [&'s str],
}

/// Refuses two outputs at one place: the same path, paths that differ only in case or Unicode form (one file on some
/// hosts), and a file where a folder must be.
pub(super) fn check(
    config: &Config,
    made: &Made<'_>,
    pictures: &BTreeMap<usize, &Variants>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut claims = Claims { made: HashMap::new(), makers: Vec::new() };
    of_the_site(config, made, pictures, &mut claims, diagnostics);
    // Mostly the same below every edition, so the first one with a fault tells.
    for edition in 0..config.editions.len() {
        of_an_edition(config, made, edition, &mut claims, diagnostics);
        if !diagnostics.is_empty() {
            break;
        }
    }
    aliases(made, &mut claims, diagnostics);
    claims.check_folders(diagnostics);
}

/// What stands outside the editions.
fn of_the_site<'s>(
    config: &Config,
    made: &Made<'s>,
    pictures: &BTreeMap<usize, &Variants>,
    claims: &mut Claims<'s>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Made { documents, places, shown, assets, statics, .. } = made;
    claims.claim("index.html".to_owned(), Maker::of_itself("the entry page"), diagnostics);
    for (path, maker) in [
        (NOT_FOUND, "the page for what is not found"),
        (SITEMAP, "the sitemap"),
        (ROBOTS, "the file for search engines"),
    ] {
        if !statics.contains(&path) {
            claims.claim(path.to_owned(), Maker::of_itself(maker), diagnostics);
        }
    }
    if config.search {
        // The folder as a whole: which files are in it only the index knows.
        claims.claim(SEARCH_FOLDER.to_owned(), SEARCH_INDEX, diagnostics);
    }
    for path in host_files(&config.hosts, statics) {
        claims.claim(path.to_owned(), HOST_FILES, diagnostics);
    }
    let parts = sitemap_parts(addresses(config, made));
    for part in (1..=parts).filter(|_| parts > 1 && !statics.contains(&SITEMAP)) {
        claims.claim(format!("sitemap-{part}.xml"), Maker::of_itself("the sitemap"), diagnostics);
    }
    for comparison in made.comparisons {
        for (at, place) in places.iter().enumerate().filter(|(at, _)| comparison.has(shown, *at)) {
            let path = page_path(&comparison.folder, &place.route);
            claims.claim(path, Maker::Beside(&documents[at]), diagnostics);
        }
    }
    for path in *statics {
        claims.claim((*path).to_owned(), Maker::Static(path), diagnostics);
    }
    // Two files of the same bytes have the same variants, which are made once.
    let mut seen = HashSet::new();
    for (asset, variants) in pictures.iter().filter(|(_, variants)| seen.insert(variants.hash())) {
        for name in variants.names() {
            claims.claim(format!("{FOLDER}/{name}"), Maker::Asset(&assets[*asset].file.path), diagnostics);
        }
    }
    // Their names are not known yet, but no file may be where their folder will be.
    claims.claim(format!("{}/", cards::FOLDER), CARDS, diagnostics);
}

fn of_an_edition<'s>(
    config: &Config,
    made: &Made<'s>,
    index: usize,
    claims: &mut Claims<'s>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let dir = config.editions[index].dir();
    let manifest = format!("{dir}/{MANIFEST}");
    if !made.statics.contains(&manifest.as_str()) {
        claims.claim(manifest, Maker::of_itself("the web manifest"), diagnostics);
    }
    if config.search {
        claims.claim(page_path(&dir, SEARCH_FOLDER), SEARCH_PAGE, diagnostics);
    }
    if config.feed_entries > 0 {
        claims.claim(format!("{dir}/{ATOM}"), FEED, diagnostics);
        claims.claim(format!("{dir}/{JSON_FEED}"), FEED, diagnostics);
    }
    for (at, place) in made.places.iter().enumerate() {
        if let Some(document) = made.shown.document(index, at) {
            claims.claim(page_path(&dir, &place.route), Maker::Page(&made.documents[document]), diagnostics);
        }
    }
    for list in &made.listed.lists {
        for part in list.parts(index) {
            claims.claim(page_path(&dir, &list.part_route(part)), Maker::of_list(&list.kind), diagnostics);
        }
    }
    for asset in made.assets {
        claims.claim(format!("{dir}/{}", asset.route), Maker::Asset(&asset.file.path), diagnostics);
    }
}

fn aliases<'s>(made: &Made<'s>, claims: &mut Claims<'s>, diagnostics: &mut Vec<Diagnostic>) {
    for redirect in made.redirects {
        let own = Maker::Alias(&made.documents[redirect.place], redirect.alias);
        match claims.taken(&redirect.path) {
            Some((_, first)) => diagnostics.push(diagnostics::alias_taken(own, &redirect.path, first)),
            None => claims.claim(redirect.path.clone(), own, diagnostics),
        }
    }
}

/// How many addresses the sitemaps hold.
fn addresses(config: &Config, made: &Made<'_>) -> usize {
    let Made { places, shown, listed, comparisons, .. } = made;
    let lists = |edition| listed.lists.iter().map(|list| list.parts(edition).count()).sum::<usize>();
    let own = |edition| shown.count(edition) + lists(edition) + usize::from(config.search);
    let beside = |pair: &Comparison| (0..places.len()).filter(|place| pair.has(shown, *place)).count();
    let pages: usize = (0..config.editions.len()).map(own).sum();
    1 + pages + comparisons.iter().map(beside).sum::<usize>()
}

/// The page for what is not found. A site may have it, as the three files below, in `static/`: then that is published.
pub const NOT_FOUND: &str = "404.html";
/// The list of all pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// What search engines may read.
pub const ROBOTS: &str = "robots.txt";
/// What an edition is called where it is installed, in the edition's folder.
pub const MANIFEST: &str = "manifest.webmanifest";

/// Where the search page is in an edition, and the index in the site.
pub const SEARCH_FOLDER: &str = "search";

/// A sitemap holds at most so many addresses. Search engines take 50,000 or 50 MB; an address with its twins can have
/// two kilobytes.
pub const ADDRESSES_A_SITEMAP: usize = 20_000;

/// How many sitemaps so many addresses need.
pub fn sitemap_parts(addresses: usize) -> usize {
    addresses.div_ceil(ADDRESSES_A_SITEMAP)
}

/// The file of a page in the folder of an edition or of a comparison.
pub fn page_path(dir: &str, route: &str) -> String {
    if route.is_empty() { format!("{dir}/index.html") } else { format!("{dir}/{route}/index.html") }
}

/// Who makes a file.
#[derive(Clone, Copy)]
pub(super) enum Maker<'s> {
    /// A content file.
    Page(&'s Parsed<'s>),
    /// The page of a content file that shows two editions.
    Beside(&'s Parsed<'s>),
    /// One of the aliases of a content file.
    Alias(&'s Parsed<'s>, usize),
    /// Another file below `content/`, by its path.
    Asset(&'s str),
    /// A file below `static/`, by its path in it.
    Static(&'s str),
    /// The program itself.
    Made {
        /// What messages call it.
        name: &'static str,
        /// What to write so that it is not made, if that can be.
        switch: Option<&'static str>,
    },
}

const SEARCH_INDEX: Maker<'static> =
    Maker::Made { name: "the search index", switch: Some("search = false in site.toml") };
const SEARCH_PAGE: Maker<'static> =
    Maker::Made { name: "the search page", switch: Some("search = false in site.toml") };
const HOST_FILES: Maker<'static> = Maker::Made {
    name: "the files for hosts",
    switch: Some("for = [\"github\"] or the like below [hosting] in site.toml"),
};
const FEED: Maker<'static> =
    Maker::Made { name: "the feed", switch: Some("entries = 0 below [feeds] in site.toml") };
const CARDS: Maker<'static> =
    Maker::Made { name: "the social cards", switch: Some("draw = false below [cards] in site.toml") };

impl Maker<'static> {
    /// What is always made.
    fn of_itself(name: &'static str) -> Self {
        Maker::Made { name, switch: None }
    }

    fn of_list(list: &ListKind) -> Self {
        let (name, switch) = match list {
            ListKind::Section(_) => {
                ("the further parts of a section", "per_page = 0 below [lists] in site.toml")
            }
            ListKind::Tag { .. } | ListKind::Tags => {
                ("the pages of tags", "tags = false below [lists] in site.toml")
            }
            ListKind::Archive => ("the archive", "archive = false below [lists] in site.toml"),
        };
        Maker::Made { name, switch: Some(switch) }
    }
}

struct Claims<'s> {
    /// By the path in one case and one Unicode form: the path and who makes it, in the order of the claims.
    made: HashMap<String, usize>,
    makers: Vec<(String, Maker<'s>)>,
}

fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

impl<'s> Claims<'s> {
    fn claim(&mut self, path: String, maker: Maker<'s>, diagnostics: &mut Vec<Diagnostic>) {
        if let Some((first_path, first)) = self.taken(&path) {
            diagnostics.push(diagnostics::path_twice(&path, maker, first_path, first));
            return;
        }
        self.made.insert(folded(&path), self.makers.len());
        self.makers.push((path, maker));
    }

    /// The path and the maker that are at this place already.
    fn taken(&self, path: &str) -> Option<(&str, Maker<'s>)> {
        let (path, maker) = &self.makers[*self.made.get(&folded(path))?];
        Some((path, *maker))
    }

    fn check_folders(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (path, maker) in &self.makers {
            for (slash, _) in path.match_indices('/') {
                if let Some(file) = self.made.get(&folded(&path[..slash])) {
                    let (file_path, file_maker) = &self.makers[*file];
                    diagnostics.push(diagnostics::file_and_folder(file_path, *file_maker, *maker));
                }
            }
        }
    }
}
