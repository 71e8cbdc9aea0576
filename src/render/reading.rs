//! Where a reader can be in a body: the paragraphs and headings that a switch to another edition keeps to, and whether the body
//! holds anything that a plain article does not.

use crate::markdown::{Document, Kind};
use crate::site::{Page, Plan, fragment};

/// A page with fewer paragraphs and headings is seen whole.
const FEWEST: usize = 4;

/// The fragments of the paragraphs and headings of a page that every edition has which has the page.
pub(super) fn places(plan: &Plan<'_>, page: &Page) -> Vec<String> {
    let own = page.text(plan).document;
    let others =
        (0..plan.config.editions.len()).filter_map(|edition| plan.shown.document(edition, page.place));
    let others: Vec<&Document> = others.map(|document| &*plan.documents[document].document).collect();
    // A paragraph of a text that somebody wrote anew has its number, and may say something else.
    let is_one_text = others.iter().all(|other| std::ptr::eq(*other, own));
    let is_same = |id: &&str| is_one_text || own.headings.iter().any(|heading| heading.id == *id);
    let is_everywhere = |id: &&str| is_same(id) && others.iter().all(|other| other.has_anchor(id));
    let places: Vec<String> = top_level_ids(own).filter(is_everywhere).map(fragment).collect();
    if places.len() < FEWEST || others.len() < 2 { Vec::new() } else { places }
}

fn top_level_ids(document: &Document) -> impl Iterator<Item = &str> {
    let nodes = document.tree.nodes();
    let next = |at: &usize| Some(nodes[*at].end).filter(|next| *next < nodes.len());
    let first = (!nodes.is_empty()).then_some(0);
    std::iter::successors(first, next).filter_map(|at| match &nodes[at].kind {
        Kind::Paragraph(id) | Kind::Heading(_, id, _) => Some(id.as_str()),
        _ => None,
    })
}

/// Whether the body is more than paragraphs, headings, lists, quotations, links and figures.
pub(super) fn has_extras(document: &Document) -> bool {
    document.tree.nodes().iter().any(|node| {
        !matches!(
            node.kind,
            Kind::Paragraph(_)
                | Kind::Heading(..)
                | Kind::Quote(None)
                | Kind::List(_)
                | Kind::Item(None)
                | Kind::Figure { .. }
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Link(..)
                | Kind::Image(..)
                | Kind::Text(_)
                | Kind::Verbatim(_)
                | Kind::Code(_)
                | Kind::HardBreak
        )
    })
}
