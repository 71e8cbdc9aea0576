//! What is said about TOML, YAML and their keys.

use super::{Entry, Language, Node, Origin, dates};
use crate::diagnostic::{Diagnostic, nearest};
use std::ops::Range;

fn at(diagnostic: Diagnostic, origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    diagnostic.at(origin.path, origin.text, span)
}

pub(super) fn toml(origin: Origin<'_>, span: Range<usize>, message: &str) -> Diagnostic {
    let message = message.trim().replace('\n', ", ");
    let help = if message.contains("date") {
        "write a day of the calendar, such as 2023-06-28"
    } else if message.contains("unquoted key") {
        "a key in Chinese stands in quotation marks: \"企业数\" = 50"
    } else {
        "texts stand in quotation marks, and each key stands on a line of its own: title = \"简报\""
    };
    at(Diagnostic::error("toml-syntax", format!("this is not valid TOML: {message}")), origin, span)
        .help(help)
}

pub(super) fn yaml(origin: Origin<'_>, span: Range<usize>, message: &str) -> Diagnostic {
    at(Diagnostic::error("yaml-syntax", format!("this is not valid YAML: {message}")), origin, span).help(
        "put a text that holds `: `, `#` or quotation marks into quotation marks: title: \"简报：六月\"",
    )
}

pub(super) fn json(origin: Origin<'_>, span: Range<usize>, message: &str) -> Diagnostic {
    at(Diagnostic::error("json-syntax", format!("this is not valid JSON: {message}")), origin, span)
        .help("texts and keys stand in straight quotation marks, and no comma comes after the last value")
}

pub(super) fn yaml_too_large(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("yaml-syntax", "this YAML is too large or nested too deep"), origin, span)
        .help("a front matter says what a page is about; its text goes below the second --- line")
}

pub(super) fn keys_expected(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("yaml-syntax", "the front matter holds no keys"), origin, span)
        .help("write one `key: value` a line, such as title: 简报")
}

pub(super) fn duplicate_key(origin: Origin<'_>, span: Range<usize>, key: &str) -> Diagnostic {
    at(Diagnostic::error("duplicate-key", format!("the key `{key}` is there twice")), origin, span)
        .help("keep one of the two and delete the other")
}

pub(super) fn number_too_large(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("number-too-large", "this number is too large"), origin, span)
        .help("a number that is meant as a text stands in quotation marks: \"20230628101500000000\"")
}

pub(super) fn number_not_finite(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    let written = origin.text.get(span.clone()).unwrap_or_default();
    let help = format!("write a number, or put it into quotation marks if a text is meant: \"{written}\"");
    at(Diagnostic::error("number-not-finite", "this number is not finite"), origin, span).help(help)
}

pub(super) fn more_numbers(origin: Origin<'_>, span: Range<usize>, more: usize) -> Diagnostic {
    let message = format!("{more} more values from here on are no numbers or dates that can be read");
    at(Diagnostic::error("number-too-large", message), origin, span)
}

pub(super) fn date_expected(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    at(Diagnostic::error("date-expected", "this is no day of the calendar"), origin, span)
        .help("write a date such as 2023-06-28")
}

pub(super) fn date(origin: Origin<'_>, node: &Node, key: &str, problem: &dates::Problem) -> Diagnostic {
    let error = |message: String| at(Diagnostic::error("date-expected", message), origin, node.span.clone());
    match problem {
        dates::Problem::Shape(meant) => {
            let diagnostic = wrong_type(origin, node, key, A_DATE);
            match meant {
                Some(date) => diagnostic.help(format!("write {date}")),
                None => diagnostic,
            }
        }
        dates::Problem::Day => error(format!("`{key}` is no day of the calendar"))
            .help("write a day that exists, such as 2023-06-28"),
        dates::Problem::Time => {
            error(format!("`{key}` begins with a date, but what follows is no time of day"))
                .help("write the date alone, or a time such as 2023-06-28T08:00:00+08:00")
        }
    }
}

/// What is expected where a date is read.
pub(super) const A_DATE: &str = "a date, such as 2023-06-28";

pub(super) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

pub(super) fn unknown_key(
    origin: Origin<'_>,
    language: Language,
    entry: &Entry,
    known: &[&'static str],
    foreign: &[&'static str],
) -> Diagnostic {
    let message = format!("unknown key `{}`", entry.key);
    let diagnostic = at(Diagnostic::error("unknown-key", message), origin, entry.key_span.clone());
    let known = known.iter().copied();
    // Only where none of ours is near, another tool's was meant.
    let near = nearest(&entry.key, known.clone());
    match near.or_else(|| nearest(&entry.key, foreign.iter().copied())) {
        Some(name) => diagnostic.help(did_you_mean(name)),
        None => {
            let mut names: Vec<&str> = known.collect();
            names.sort_unstable();
            names.dedup();
            let free = match language {
                _ if !names.contains(&"extra") => "",
                Language::Toml => "; keys of your own go under [extra]",
                Language::Yaml => "; keys of your own go under `extra:`",
            };
            diagnostic.help(format!("known keys here: {}{free}", names.join(", ")))
        }
    }
}

pub(super) fn more_unknown_keys(origin: Origin<'_>, span: Range<usize>, more: usize) -> Diagnostic {
    let message = format!("{more} more keys from here on are unknown");
    at(Diagnostic::error("unknown-key", message), origin, span)
}

pub(super) fn more_wrong_types(origin: Origin<'_>, span: Range<usize>, more: usize) -> Diagnostic {
    let message = format!("{more} more values from here on are of the wrong type");
    at(Diagnostic::error("wrong-type", message), origin, span)
}

pub(super) fn wrong_type(origin: Origin<'_>, node: &Node, key: &str, expected: &str) -> Diagnostic {
    let message = format!("`{key}` is {}, expected {expected}", node.value.kind());
    at(Diagnostic::error("wrong-type", message), origin, node.span.clone())
}
