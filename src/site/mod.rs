//! From documents and editions to a site: what stands where, what links to what, and what each page says around its
//! body.
//!
//! In: the settings, the parsed documents, the lists of assets and static files, and for each edition the converted
//! text tables. Out: a [`Plan`] (the same for all editions) and for each edition an [`EditionSite`]. Everything that
//! can be wrong with the content as a whole is found while planning, before anything is converted or rendered. Never:
//! a disk access or a byte of HTML.

mod aliases;
mod compare;
mod dates;
mod description;
mod diagnostics;
mod fragments;
mod house;
mod links;
mod list_view;
mod lists;
mod outline;
mod paths;
mod shown;
mod staleness;
mod urls;
mod view;

pub use aliases::Redirect;
pub use compare::Comparison;
pub use house::House;
pub use links::Target;
pub use list_view::{ListPage, Month, Pager, Part, TagLink};
pub use lists::{List, ListKind, Listed};
pub use outline::{Kind, Place, Published};
pub use paths::{
    ADDRESSES_A_SITEMAP, MANIFEST, NOT_FOUND, ROBOTS, SEARCH_FOLDER, SITEMAP, page_path, sitemap_parts,
};
pub use shown::Shown;
pub use staleness::staleness;
pub use urls::{Urls, encoded, fragment};
pub use view::{
    ATOM, Alternate, CardView, Compared, ContentsItem, Crumb, DateView, EditionInfo, EditionSite, Entry,
    Feeds, FigureView, FreeView, JSON_FEED, Page, SectionRef, Text, Twin, alone, alternates,
    search_alternates, search_twins,
};

use crate::config::Config;
use crate::content::{Asset, Source};
use crate::diagnostic::{Checked, has_errors};
use crate::dialect::Moment;
use crate::images::{Fault, Picture, Variants};
use crate::markdown::{Document, TextTable};
use crate::script::Dictionaries;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A source and its document.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The source as written.
    pub source: &'a Source,
    /// What it says.
    pub document: Arc<Document>,
}

/// What is the same in all editions.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The documents that are published. That of each place has the index of the place; behind them come the texts that are
    /// written for one edition of a page.
    pub documents: Vec<Parsed<'a>>,
    /// Where they stand; the home page is the first.
    pub places: Vec<Place>,
    /// Which document each edition shows at each place.
    pub shown: Shown,
    /// Indices of places in reading order, the home page first.
    pub reading_order: Vec<usize>,
    /// For each document where its links lead.
    pub targets: Vec<Vec<Target>>,
    /// Files that travel with the pages that are published.
    pub assets: Vec<&'a Asset>,
    /// Those that pages show in one of several sizes, by their indices.
    pub pictures: BTreeMap<usize, &'a Variants>,
    /// Those that pages show as they are because something is wrong with them.
    pub faulty: Vec<(usize, &'a Fault)>,
    /// Lists of pages that no document opens.
    pub listed: Listed,
    /// Files that lead to pages from other addresses.
    pub redirects: Vec<Redirect>,
    /// Pairs of editions that stand side by side.
    pub comparisons: Vec<Comparison>,
    /// Addresses.
    pub urls: Urls,
    /// The day that stands in for that of a page without one, where machines want one: the newest of the site, else that of the
    /// build.
    pub undated: Option<Moment>,
    /// How many pages are drafts, and are left out.
    pub drafts: usize,
    /// How many pages bear a later day, and are left out.
    pub later: usize,
}

impl Plan<'_> {
    /// A place, the one above it, and so on up to the home page.
    pub fn up_from(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |place| self.places[*place].parent)
    }
}

/// Plans the site: sections, order, addresses, links. Any error here means that nothing is published.
pub fn plan<'a>(
    config: &'a Config,
    documents: Vec<Parsed<'a>>,
    assets: &'a [Asset],
    statics: &[&str],
    which: Published,
    dictionaries: &Dictionaries,
) -> Checked<Plan<'a>> {
    let mut diagnostics = Vec::new();
    let outline = outline::outline(config, documents, which, &mut diagnostics);
    let Some(outline::Outline { documents, places, shown, reading_order, mut left_out }) = outline else {
        return Checked::failed(diagnostics);
    };
    let drafts = left_out.iter().filter(|out| out.why == outline::Why::Draft).count();
    let later = left_out.len() - drafts;
    let urls = Urls::new(&config.base_url);
    let assets = outline::published_assets(assets, &documents, &mut left_out);
    let redirects = aliases::redirects(config, &documents[..places.len()], &shown);
    let listed = lists::lists(
        &lists::Outlined {
            config,
            documents: &documents,
            places: &places,
            shown: &shown,
            reading_order: &reading_order,
        },
        dictionaries,
    );
    let comparisons = compare::comparisons(&config.compared, &config.editions);
    let made = paths::Made {
        listed: &listed,
        documents: &documents,
        places: &places,
        shown: &shown,
        redirects: &redirects,
        comparisons: &comparisons,
        assets: &assets,
        statics,
    };
    let index = links::Index::new(config, &made, &left_out);
    let mut guesses = links::Guesses::new();
    let targets: Vec<Vec<Target>> = (0..documents.len())
        .map(|document| index.resolve(document, config.broken_links, &mut guesses, &mut diagnostics))
        .collect();
    let seen = links::shown(&documents, &targets);
    let pictures = pictures(&assets, &seen);
    let mut clashes = Vec::new();
    paths::check(config, &made, &pictures, &mut clashes);
    diagnostics.extend(clashes);
    if has_errors(&diagnostics) {
        return Checked::failed(diagnostics);
    }
    let faulty = faulty(&assets, &seen);
    let undated = newest(config, &documents).or(which.today.map(Moment::day));
    let plan = Plan {
        config,
        documents,
        places,
        shown,
        reading_order,
        targets,
        assets,
        pictures,
        faulty,
        listed,
        redirects,
        undated,
        comparisons,
        urls,
        drafts,
        later,
    };
    Checked::new(plan, diagnostics)
}

/// The newest day that a page was published or changed.
fn newest(config: &Config, documents: &[Parsed<'_>]) -> Option<Moment> {
    let fronts = documents.iter().map(|parsed| &parsed.document.front);
    let moments = fronts.flat_map(|front| front.date.into_iter().chain(front.updated));
    moments.max_by_key(|moment| config.time_zone.local(moment))
}

fn pictures<'a>(assets: &[&'a Asset], seen: &BTreeSet<usize>) -> BTreeMap<usize, &'a Variants> {
    let sized = |index: &usize| match &assets[*index].picture {
        Picture::Sized(variants) => Some((*index, variants)),
        Picture::AsItIs | Picture::Faulty(_) => None,
    };
    seen.iter().filter_map(sized).collect()
}

fn faulty<'a>(assets: &[&'a Asset], seen: &BTreeSet<usize>) -> Vec<(usize, &'a Fault)> {
    let fault = |index: &usize| match &assets[*index].picture {
        Picture::Faulty(fault) => Some((*index, fault)),
        Picture::AsItIs | Picture::Sized(_) => None,
    };
    seen.iter().filter_map(fault).collect()
}

/// The texts of one edition, converted.
#[derive(Debug)]
pub struct Converted {
    /// The house's own texts.
    pub house: TextTable,
    /// For each place the texts of the document that the edition shows there.
    pub tables: Vec<Option<Arc<TextTable>>>,
}

/// Composes one edition: its navigation and everything its pages say around their bodies.
pub fn compose(plan: &Plan<'_>, house: &House, edition: usize, converted: Converted) -> EditionSite {
    view::compose(plan, house, edition, converted)
}
