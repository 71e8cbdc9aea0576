//! `[lists]`: which lists of pages are made, and how long one page of them is.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::dialect::Fields;
use std::num::NonZeroUsize;

/// What lists of pages a site has beside its sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// So many entries stand on one page of a section or a tag; `None` is all of them.
    pub per_page: Option<NonZeroUsize>,
    /// Whether each tag has a page, and all of them an index.
    pub tags: bool,
    /// Whether there is a list of all dated pages.
    pub archive: bool,
}

const PER_PAGE: usize = 20;

impl Default for Lists {
    fn default() -> Self {
        Self { per_page: NonZeroUsize::new(PER_PAGE), tags: true, archive: true }
    }
}

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Lists {
    let mut lists = Lists::default();
    let Some(mut table) = fields.table("lists", diagnostics) else { return lists };
    let origin = table.origin();
    let at = table.span_of("per_page");
    if let Some(number) = table.integer("per_page", diagnostics) {
        match usize::try_from(number) {
            Ok(number) => lists.per_page = NonZeroUsize::new(number),
            Err(_) => diagnostics.extend(at.map(|at| diagnostics::per_page(origin, at, number))),
        }
    }
    lists.tags = table.boolean("tags", diagnostics).unwrap_or(true);
    lists.archive = table.boolean("archive", diagnostics).unwrap_or(true);
    table.finish(diagnostics);
    lists
}
