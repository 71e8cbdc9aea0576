//! What is said about the texts of an edition.

use super::Said;
use crate::content::Source;
use crate::diagnostic::{Diagnostic, Place, SHOWN, Severity};
use crate::markdown::Document;
use crate::script::inline::ProblemKind;
use crate::script::{RemarkKind, Tag};
use std::collections::BTreeMap;

/// The faults among the remarks about a document: of each kind the first ones, then how many more there are. What the same
/// text says in every edition is the same diagnostic.
pub fn diagnostics(source: &Source, document: &Document, said: &[Said], edition: &Tag) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (text, remark) in said {
        let Some(diagnostic) = fault(&remark.kind, edition) else { continue };
        let count = counts.entry((diagnostic.code, diagnostic.severity)).or_default();
        *count += 1;
        if *count <= SHOWN {
            faults.push(match document.places.find(&document.texts, *text, remark.range.clone()) {
                Some(span) => diagnostic.at(&source.path, &source.text, span),
                None => diagnostic.in_file(&source.path),
            });
        }
    }
    for ((code, severity), count) in counts.into_iter().filter(|(_, count)| *count > SHOWN) {
        faults.push(Diagnostic::and_more(severity, code, count - SHOWN, &source.path));
    }
    faults
}

/// What is wrong, if a remark says that something is.
fn fault(kind: &RemarkKind, edition: &Tag) -> Option<Diagnostic> {
    let diagnostic = match kind {
        RemarkKind::Rule(problem) => {
            let severity = match problem {
                // The page would show the markup.
                ProblemKind::UnknownVariant(_)
                | ProblemKind::TextWithoutVariant(_)
                | ProblemKind::WrongMark(_) => Severity::Error,
                _ => Severity::Warning,
            };
            let diagnostic = Diagnostic::error("inline-rule", problem.message()).help(problem.help());
            Diagnostic { severity, ..diagnostic }
        }
        RemarkKind::Divided { term, text } => Diagnostic::warning(
            "divided-term",
            format!("markup divides `{term}`, which is {text} in {edition}: all of it goes to the part it begins in"),
        )
        .help(format!("let the markup stand around the whole of `{term}`, or beside it")),
        RemarkKind::Unpaired(mark) => Diagnostic::warning(
            "quotation-mark",
            format!("this {mark} has no other half, so the quotation marks beside it stay as they are"),
        )
        .help("write the missing mark in the same paragraph, or delete this one"),
        RemarkKind::Term { .. } | RemarkKind::Wording { .. } | RemarkKind::Doubt { .. } => return None,
    };
    Some(diagnostic)
}

/// The fault that a remark tells of in a file whose texts have no known places: a figure, the settings.
pub fn in_file(path: &str, kind: &RemarkKind, edition: &Tag) -> Option<Diagnostic> {
    fault(kind, edition).map(|diagnostic| diagnostic.in_file(path))
}

/// A term of a glossary that no page holds, or that has no text for any edition.
pub fn unused_term(place: &Place, term: &str, is_for_somebody: bool) -> Diagnostic {
    let (message, help) = if is_for_somebody {
        (format!("no page holds the term `{term}`"), "compare it with the pages, drafts too, or delete it")
    } else {
        (format!("the term `{term}` has no text for any edition of this site"), "add one, or delete the term")
    };
    let diagnostic = Diagnostic::warning("unused-term", message).help(help);
    Diagnostic { place: Some(Box::new(place.clone())), ..diagnostic }
}
