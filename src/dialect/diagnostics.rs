//! What is said about TOML, YAML and their keys.

use super::{Entry, Node, Origin};
use crate::diagnostic::{Diagnostic, nearest};
use std::ops::Range;

pub(super) fn toml(origin: Origin<'_>, span: Range<usize>, message: &str) -> Diagnostic {
    let message = message.trim().replace('\n', ", ");
    let help = if message.contains("date") {
        "write a day of the calendar, such as 2023-06-28"
    } else {
        "texts stand in quotation marks, and each key stands on a line of its own: title = \"简报\""
    };
    Diagnostic::error("toml-syntax", format!("this is not valid TOML: {message}"))
        .at(origin.path, origin.text, span)
        .help(help)
}

pub(super) fn yaml(origin: Origin<'_>, span: Range<usize>, message: &str) -> Diagnostic {
    Diagnostic::error("yaml-syntax", format!("this is not valid YAML: {message}"))
        .at(origin.path, origin.text, span)
        .help(
            "put a text that holds `: `, `#` or quotation marks into quotation marks: title: \"简报：六月\"",
        )
}

pub(super) fn keys_expected(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", "the front matter holds no keys")
        .at(origin.path, origin.text, span)
        .help("write one `key: value` a line, such as title: 简报")
}

pub(super) fn number_too_large(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("number-too-large", "this number is too large").at(origin.path, origin.text, span)
}

pub(super) fn date_expected(origin: Origin<'_>, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("date-expected", "this is no day of the calendar")
        .at(origin.path, origin.text, span)
        .help("write a date such as 2023-06-28")
}

pub(super) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

pub(super) fn unknown_key(origin: Origin<'_>, entry: &Entry, known: &[&'static str]) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-key", format!("unknown key `{}`", entry.key)).at(
        origin.path,
        origin.text,
        entry.key_span.clone(),
    );
    let known = known.iter().copied();
    match nearest(&entry.key, known.clone()) {
        Some(name) => diagnostic.help(did_you_mean(name)),
        None => {
            let mut names: Vec<&str> = known.collect();
            names.sort_unstable();
            names.dedup();
            let free = if names.contains(&"extra") { "; keys of your own go under [extra]" } else { "" };
            diagnostic.help(format!("known keys here: {}{free}", names.join(", ")))
        }
    }
}

pub(super) fn wrong_type(origin: Origin<'_>, node: &Node, key: &str, expected: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("`{key}` is {}, expected {expected}", node.value.kind())).at(
        origin.path,
        origin.text,
        node.span.clone(),
    )
}
