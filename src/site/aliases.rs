//! Addresses that lead to a page: what files they need.
//!
//! In: the aliases in the front matter of the published documents. Out: a [`Redirect`] for each of their files. Never: HTML.

use super::{Parsed, Shown};
use crate::config::Config;

/// A file that does nothing but lead to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Its path in the output: `2020/01/hello/index.html`.
    pub path: String,
    /// The index of the place it leads to.
    pub place: usize,
    /// The index of the edition it leads to.
    pub edition: usize,
    /// Which of the page's aliases it is for.
    pub alias: usize,
}

/// The files of all aliases. An address at the top of the site leads to the edition whose folder it lies in, else to the first
/// one; any other is one in each edition.
/// `documents` are those of the places; an edition that has no page at a place has no address that leads there.
pub(super) fn redirects(config: &Config, documents: &[Parsed<'_>], shown: &Shown) -> Vec<Redirect> {
    let dirs: Vec<String> = config.editions.iter().map(|edition| edition.dir()).collect();
    let mut redirects = Vec::new();
    for (place, parsed) in documents.iter().enumerate() {
        for (index, alias) in parsed.document.front.aliases.iter().enumerate() {
            let mut add = |path: String, edition| {
                if shown.document(edition, place).is_none() {
                    return;
                }
                redirects.push(Redirect { path: file(&path), place, edition, alias: index });
            };
            if alias.from_top {
                let first = alias.path.split('/').next().unwrap_or_default();
                let own = dirs.iter().position(|dir| dir == first).unwrap_or(0);
                add(alias.path.clone(), shown.edition_with(own, place));
            } else {
                dirs.iter()
                    .enumerate()
                    .for_each(|(edition, dir)| add(format!("{dir}/{}", alias.path), edition));
            }
        }
    }
    redirects
}

/// A host serves `old.html` as it is, and `old/` from the file in it.
fn file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_file = name.ends_with(".html") || name.ends_with(".htm");
    if is_file { path.to_owned() } else { format!("{path}/index.html") }
}
