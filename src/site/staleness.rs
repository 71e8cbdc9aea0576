//! Texts that were made from a page that has changed since.
//!
//! In: the plan. Out: a warning for each text that is written for one edition of a page and does not name the page's fingerprint.
//! Whether the text still fits the page is for people to say.

use super::{Plan, diagnostics};
use crate::diagnostic::Diagnostic;

/// What there is to say about the texts that are written for one edition.
pub fn staleness(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let texts = plan.documents.iter().enumerate().skip(plan.places.len());
    let said = texts.filter_map(|(index, parsed)| {
        let page = &plan.documents[plan.shown.place(index)];
        // Texts of no page have nothing that they were made from.
        if page.source.route.edition.is_some() {
            return None;
        }
        let now = page.source.fingerprint();
        match &parsed.document.front.based_on {
            Some(known) if known.value.eq_ignore_ascii_case(&now) => None,
            Some(known) => Some(diagnostics::stale_twin(parsed, known, &page.source.path, &now)),
            None => Some(diagnostics::twin_without_fingerprint(parsed, &page.source.path, &now)),
        }
    });
    said.collect()
}
