//! What is said about `site.toml`.

use crate::diagnostic::{Diagnostic, nearest};
use crate::dialect::{Origin, Text};
use std::ops::Range;

fn at(diagnostic: Diagnostic, origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    diagnostic.at(origin.path, origin.text, span)
}

pub(super) fn missing(origin: Origin<'_>, key: &str, example: &str) -> Diagnostic {
    at(Diagnostic::error("missing-key", format!("`{key}` is missing")), origin, 0..0)
        .help(format!("add a line at the top: {example}"))
}

pub(super) fn base_url(origin: Origin<'_>, span: Range<usize>, why: &str) -> Diagnostic {
    at(Diagnostic::error("base-url", format!("`base_url` is no address of a site: {why}")), origin, span)
        .help("write the address the site is published at, such as \"https://example.org/brief/\"")
}

pub(super) fn choice(origin: Origin<'_>, text: &Text, key: &str, choices: &[&str]) -> Diagnostic {
    let listed = choices.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let help = match nearest(&text.value, choices.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("use one of {listed}"),
    };
    let message = format!("`{key}` cannot be \"{}\", expected one of {listed}", text.value);
    at(Diagnostic::error("unknown-value", message), origin, text.span.clone()).help(help)
}

pub(super) fn edition_without_tag(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("missing-key", "this edition has no `tag`"), origin, span)
        .help("say which edition it is: tag = \"zh-Hant\"")
}

pub(super) fn edition_tag(origin: Origin<'_>, text: &Text, why: &str) -> Diagnostic {
    at(
        Diagnostic::error("edition-tag", format!("\"{}\" names no edition: {why}", text.value)),
        origin,
        text.span.clone(),
    )
}

pub(super) fn edition_twice(origin: Origin<'_>, text: &Text) -> Diagnostic {
    at(
        Diagnostic::error("edition-twice", format!("the edition {} is there twice", text.value)),
        origin,
        text.span.clone(),
    )
    .help("remove one of the two [[editions]]")
}

pub(super) fn written_edition(origin: Origin<'_>, text: &Text) -> Diagnostic {
    let message = format!("editions in a language other than Chinese are not supported yet: {}", text.value);
    at(Diagnostic::error("written-edition", message), origin, text.span.clone())
        .help("use a tag that starts with zh-Hans or zh-Hant")
}

pub(super) fn wording(origin: Origin<'_>, text: &Text) -> Diagnostic {
    let message = format!("regional wording (\"{}\") is not supported yet", text.value);
    at(Diagnostic::error("wording", message), origin, text.span.clone())
        .help("use wording = \"keep\": characters are converted, words are kept")
}
