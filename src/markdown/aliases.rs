//! `aliases`: addresses that lead to a page, as a front matter lists them.
//!
//! In: the keys `aliases` and what other tools call an address. Out: [`Alias`]es, each a clean path below the site or below
//! every edition. Never: a look at what else is published there.

use super::{diagnostics, foreign};
use crate::diagnostic::Diagnostic;
use crate::dialect::{Fields, Text};
use percent_encoding::percent_decode_str;
use std::collections::HashSet;
use std::ops::Range;

/// An address that a page had, or that leads to it for another reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its path, decoded and without slashes around it: `2020/01/hello.html`.
    pub path: String,
    /// Whether it counts from the top of the site; otherwise it is one address in each edition.
    pub from_top: bool,
    /// Where it stands in the source.
    pub span: Range<usize>,
}

/// Reads the aliases of a page, each once.
pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Alias> {
    let mut aliases: Vec<Alias> = Vec::new();
    let mut known: HashSet<(String, bool)> = HashSet::new();
    let mut add = |alias: Alias| {
        if known.insert((alias.path.clone(), alias.from_top)) {
            aliases.push(alias);
        }
    };
    let origin = fields.origin();
    for text in fields.texts("aliases", diagnostics) {
        match path(&text.value) {
            Ok(path) => add(Alias { path, from_top: text.value.starts_with('/'), span: text.span }),
            Err(why) => diagnostics.push(diagnostics::alias(origin, &text, why)),
        }
    }
    fields.knows(foreign::ADDRESSES);
    for key in foreign::ADDRESSES {
        for text in fields.texts(key, diagnostics) {
            match path(&text.value) {
                Ok(_) if is_pattern(&text) => {
                    diagnostics.push(diagnostics::pattern(origin, key, &text));
                }
                Ok(path) => add(Alias { path, from_top: true, span: text.span }),
                Err(why) => diagnostics.push(diagnostics::foreign_address(origin, key, &text, why)),
            }
        }
    }
    aliases
}

/// Whether another tool would put something in the place of its parts: `/:year/:title/`.
fn is_pattern(text: &Text) -> bool {
    text.value.split('/').any(|part| part.starts_with(':'))
}

/// The path of an address, or why it is none.
fn path(address: &str) -> Result<String, &'static str> {
    if address.contains("://") || address.starts_with("//") {
        return Err("it is an address of another site");
    }
    if address.contains(['?', '#']) {
        return Err("it holds a query or a fragment, which no file has");
    }
    let decoded = percent_decode_str(address).decode_utf8().map_err(|_| "what it encodes is not UTF-8")?;
    if decoded.contains('\\') || decoded.chars().any(char::is_control) {
        return Err("it holds what no address should hold");
    }
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| matches!(*part, "." | "..")) {
        return Err("it must not hold `.` or `..`");
    }
    if parts.is_empty() {
        return Err("it is the top of the site, where readers choose their edition");
    }
    Ok(parts.join("/"))
}
