//! Every published path is made once, by one source.

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
    let mut claims = Claims::default();
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
fn of_the_site(
    config: &Config,
    made: &Made<'_>,
    pictures: &BTreeMap<usize, &Variants>,
    claims: &mut Claims,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Made { documents, places, shown, assets, statics, .. } = made;
    claims.claim("index.html".to_owned(), "the entry page", diagnostics);
    for (path, maker) in [
        (NOT_FOUND, "the page for what is not found"),
        (SITEMAP, "the sitemap"),
        (ROBOTS, "the file for search engines"),
    ] {
        if !statics.contains(&path) {
            claims.claim(path.to_owned(), maker, diagnostics);
        }
    }
    if config.search {
        // The folder as a whole: which files are in it only the index knows.
        claims.claim(SEARCH_FOLDER.to_owned(), "the search index", diagnostics);
    }
    for path in host_files(&config.hosts, statics) {
        claims.claim(path.to_owned(), "the files for hosts", diagnostics);
    }
    let parts = sitemap_parts(addresses(config, made));
    for part in (1..=parts).filter(|_| parts > 1 && !statics.contains(&SITEMAP)) {
        claims.claim(format!("sitemap-{part}.xml"), "the sitemap", diagnostics);
    }
    for comparison in made.comparisons {
        for (at, place) in places.iter().enumerate().filter(|(at, _)| comparison.has(shown, *at)) {
            let maker = format!("{}{}", diagnostics::BESIDE, documents[at].source.path);
            claims.claim(page_path(&comparison.folder, &place.route), &maker, diagnostics);
        }
    }
    for path in *statics {
        claims.claim((*path).to_owned(), &format!("static/{path}"), diagnostics);
    }
    // Two files of the same bytes have the same variants, which are made once.
    let mut seen = HashSet::new();
    for (asset, variants) in pictures.iter().filter(|(_, variants)| seen.insert(variants.hash())) {
        for name in variants.names() {
            claims.claim(format!("{FOLDER}/{name}"), &assets[*asset].file.path, diagnostics);
        }
    }
    // Their names are not known yet, but no file may be where their folder will be.
    claims.claim(format!("{}/", cards::FOLDER), "the social cards", diagnostics);
}

fn of_an_edition(
    config: &Config,
    made: &Made<'_>,
    index: usize,
    claims: &mut Claims,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let dir = config.editions[index].dir();
    let manifest = format!("{dir}/{MANIFEST}");
    if !made.statics.contains(&manifest.as_str()) {
        claims.claim(manifest, "the web manifest", diagnostics);
    }
    if config.search {
        claims.claim(page_path(&dir, SEARCH_FOLDER), "the search page", diagnostics);
    }
    if config.feed_entries > 0 {
        claims.claim(format!("{dir}/{ATOM}"), "the feed", diagnostics);
        claims.claim(format!("{dir}/{JSON_FEED}"), "the feed", diagnostics);
    }
    for (at, place) in made.places.iter().enumerate() {
        if let Some(document) = made.shown.document(index, at) {
            claims.claim(page_path(&dir, &place.route), &made.documents[document].source.path, diagnostics);
        }
    }
    for list in &made.listed.lists {
        for part in list.parts(index) {
            claims.claim(page_path(&dir, &list.part_route(part)), maker_of(&list.kind), diagnostics);
        }
    }
    for asset in made.assets {
        claims.claim(format!("{dir}/{}", asset.route), &asset.file.path, diagnostics);
    }
}

fn aliases(made: &Made<'_>, claims: &mut Claims, diagnostics: &mut Vec<Diagnostic>) {
    for redirect in made.redirects {
        let parsed = &made.documents[redirect.place];
        match claims.taken(&redirect.path) {
            Some((_, first)) => {
                let span = parsed.document.front.aliases[redirect.alias].span.clone();
                diagnostics.push(diagnostics::alias_taken(parsed, span, &redirect.path, first));
            }
            None => claims.claim(redirect.path.clone(), &alias_of(&parsed.source.path), diagnostics),
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

/// What messages call the maker of a list.
fn maker_of(list: &ListKind) -> &'static str {
    match list {
        ListKind::Section(_) => "the further parts of a section (lists.per_page in site.toml)",
        ListKind::Tag { .. } | ListKind::Tags => "the pages of tags (lists.tags in site.toml)",
        ListKind::Archive => "the archive (lists.archive in site.toml)",
    }
}

/// What messages call a file that leads to the page of a source.
fn alias_of(source: &str) -> String {
    format!("{}{source}", diagnostics::ALIAS_OF)
}

#[derive(Default)]
struct Claims {
    /// By the path in one case and one Unicode form: the path and who makes it, in the order of the claims.
    made: HashMap<String, usize>,
    makers: Vec<(String, String)>,
}

fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

impl Claims {
    fn claim(&mut self, path: String, maker: &str, diagnostics: &mut Vec<Diagnostic>) {
        if let Some((first_path, first_maker)) = self.taken(&path) {
            diagnostics.push(diagnostics::path_twice(&path, maker, first_path, first_maker));
            return;
        }
        self.made.insert(folded(&path), self.makers.len());
        self.makers.push((path, maker.to_owned()));
    }

    /// The path and the maker that are at this place already.
    fn taken(&self, path: &str) -> Option<(&str, &str)> {
        let (path, maker) = &self.makers[*self.made.get(&folded(path))?];
        Some((path, maker))
    }

    fn check_folders(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (path, maker) in &self.makers {
            for (slash, _) in path.match_indices('/') {
                if let Some(file) = self.made.get(&folded(&path[..slash])) {
                    let (file_path, file_maker) = &self.makers[*file];
                    diagnostics.push(diagnostics::file_and_folder(file_path, file_maker, maker));
                }
            }
        }
    }
}
