//! From documents and editions to a site: what stands where, what links to what, and what each page says around its
//! body.
//!
//! In: the settings, the parsed documents, the lists of assets and static files, and for each edition the converted
//! text tables. Out: a [`Plan`] (the same for all editions) and for each edition an [`EditionSite`]. Everything that
//! can be wrong with the content as a whole is found while planning, before anything is converted or rendered. Never:
//! a disk access or a byte of HTML.

mod aliases;
mod description;
mod diagnostics;
mod house;
mod links;
mod outline;
mod paths;
mod urls;
mod view;

pub use aliases::Redirect;
pub use house::House;
pub use links::Target;
pub use outline::{Kind, Place, Published};
pub use paths::{ADDRESSES_A_SITEMAP, sitemap_parts};
pub use urls::{Urls, fragment};
pub use view::{
    Alternate, ContentsItem, Crumb, DateView, EditionInfo, EditionSite, Entry, FigureView, FreeView, Page,
    SectionRef, Twin, alternates,
};

use crate::config::Config;
use crate::content::{Asset, Source};
use crate::diagnostic::{Checked, has_errors};
use crate::markdown::{Document, TextTable};

/// A source and its document.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The source as written.
    pub source: &'a Source,
    /// What it says.
    pub document: Document,
}

/// What is the same in all editions.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The settings.
    pub config: &'a Config,
    /// The documents that are published.
    pub documents: Vec<Parsed<'a>>,
    /// Where they stand; the home page is the first.
    pub places: Vec<Place>,
    /// Indices of places in reading order, the home page first.
    pub reading_order: Vec<usize>,
    /// For each document where its links lead.
    pub targets: Vec<Vec<Target>>,
    /// Files that travel with the pages that are published.
    pub assets: Vec<&'a Asset>,
    /// Files that lead to pages from other addresses.
    pub redirects: Vec<Redirect>,
    /// Addresses.
    pub urls: Urls,
    /// How many pages are drafts, and are left out.
    pub drafts: usize,
    /// How many pages bear a later day, and are left out.
    pub later: usize,
}

/// Plans the site: sections, order, addresses, links. Any error here means that nothing is published.
pub fn plan<'a>(
    config: &'a Config,
    documents: Vec<Parsed<'a>>,
    assets: &'a [Asset],
    statics: &[&str],
    which: Published,
) -> Checked<Plan<'a>> {
    let mut diagnostics = Vec::new();
    let outline = outline::outline(config, documents, which, &mut diagnostics);
    let Some(outline::Outline { documents, places, reading_order, mut left_out }) = outline else {
        return Checked::failed(diagnostics);
    };
    let drafts = left_out.iter().filter(|out| out.why == outline::Why::Draft).count();
    let later = left_out.len() - drafts;
    let urls = Urls::new(&config.base_url);
    let assets = outline::published_assets(assets, &documents, &mut left_out);
    let redirects = aliases::redirects(config, &documents);
    let made = paths::Made {
        documents: &documents,
        places: &places,
        redirects: &redirects,
        assets: &assets,
        statics,
    };
    paths::check(config, &made, &mut diagnostics);
    let index = links::Index::new(config, &made, &left_out);
    let mut guesses = links::Guesses::new();
    let targets = (0..documents.len())
        .map(|document| index.resolve(document, config.broken_links, &mut guesses, &mut diagnostics))
        .collect();
    if has_errors(&diagnostics) {
        return Checked::failed(diagnostics);
    }
    let plan =
        Plan { config, documents, places, reading_order, targets, assets, redirects, urls, drafts, later };
    Checked::new(plan, diagnostics)
}

/// The texts of one edition, converted.
#[derive(Debug)]
pub struct Converted {
    /// The house's own texts.
    pub house: TextTable,
    /// A table for each document.
    pub tables: Vec<TextTable>,
}

/// Composes one edition: its navigation and everything its pages say around their bodies.
pub fn compose(plan: &Plan<'_>, house: &House, edition: usize, converted: Converted) -> EditionSite {
    view::compose(plan, house, edition, converted)
}
