//! The files that no template makes: sitemap, robots.txt, web manifests, the search index, and the assets of each edition.
//!
//! In: the plan and the composed editions. Out: [`OutFile`]s, written through an XML or JSON writer so that nothing
//! needs escaping by hand. Never: a page.

mod manifest;
mod search;
mod sitemap;

pub use manifest::manifest;
pub use search::{Grams, Piece, Search, Tables};
pub use sitemap::sitemap;

use crate::render::OutFile;
use crate::site::Plan;

/// Lets every robot in, and names the sitemap.
pub fn robots(plan: &Plan<'_>) -> OutFile {
    let sitemap = plan.urls.full(&plan.urls.path("sitemap.xml"));
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    OutFile::new("robots.txt", text)
}
