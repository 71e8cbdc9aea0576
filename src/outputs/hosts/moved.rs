//! Old addresses of pages, for servers that can say that a page has moved.

use crate::site::Plan;

/// An address that leads to a page.
pub(super) struct Moved {
    /// Its decoded path from the host's root, without a slash at its end.
    pub(super) from: String,
    /// Whether it is a folder's: then it has a slash at its end, or none.
    pub(super) is_folder: bool,
    /// The encoded path of the page.
    pub(super) to: String,
}

/// All aliases. A host that knows none of them serves the page that leads on.
pub(super) fn moved(plan: &Plan<'_>, base: &str) -> Vec<Moved> {
    let moved = plan.redirects.iter().map(|redirect| {
        let folder = redirect.path.strip_suffix("/index.html");
        Moved {
            from: format!("{base}{}", folder.unwrap_or(&redirect.path)),
            is_folder: folder.is_some(),
            to: plan.urls.page(&plan.config.editions[redirect.edition], &plan.places[redirect.place].route),
        }
    });
    moved.collect()
}

impl Moved {
    /// The address in all ways in which it is asked for.
    pub(super) fn forms(&self) -> impl Iterator<Item = String> {
        let slash = self.is_folder.then(|| format!("{}/", self.from));
        std::iter::once(self.from.clone()).chain(slash)
    }
}
