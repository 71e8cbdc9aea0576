//! The files that no template makes: sitemap, feeds, robots.txt, web manifests, the search index, and files for hosts.
//!
//! In: the plan and the composed editions. Out: [`OutFile`]s, written through an XML or JSON writer so that nothing
//! needs escaping by hand. Never: a page.

mod feeds;
mod hosts;
mod manifest;
mod packed;
mod palette;
mod search;
mod sitemap;
mod theme;
mod xml;

pub use feeds::feeds;
pub use hosts::hosts;
pub use manifest::manifest;
pub use packed::{packed_css, packed_script};
pub use search::{Grams, Piece, Search, Tables};
pub use sitemap::sitemap;
pub use theme::theme_css;

use crate::render::OutFile;
use crate::site::{Plan, ROBOTS, SITEMAP};

/// Lets every robot in, and names the sitemap.
pub fn robots(plan: &Plan<'_>) -> OutFile {
    let sitemap = plan.urls.full(&plan.urls.path(SITEMAP));
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    OutFile::new(ROBOTS, text)
}
