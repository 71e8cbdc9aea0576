//! TOML, YAML and JSON as one tree of values that know their places.
//!
//! In: the text of `site.toml`, of a front matter, or of a data file. Out: [`Fields`], from which `config` and `markdown` read typed
//! keys; every wrong type and every unknown key becomes a diagnostic with its place, so that one build reports
//! them all. Never: a default, a meaning, or a disk access.

mod dates;
mod diagnostics;
mod fields;
mod json;
mod toml;
mod yaml;

pub use dates::{Moment, offset, offset_text};
pub use fields::{Fields, Text};
pub use json::read as json;

use crate::diagnostic::{Diagnostic, Severity};
use std::ops::Range;

/// A value and the bytes of the file it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

/// What both languages can say.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A calendar date, with or without a time of day.
    Date(Moment),
    /// A list.
    Array(Vec<Node>),
    /// Keys and values in the order of the file.
    Table(Vec<Entry>),
    /// YAML's empty value.
    Null,
}

/// One key of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Value {
    /// What an author calls it in a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::String(_) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Array(_) => "a list",
            Value::Table(_) => "a table",
            Value::Null => "nothing",
        }
    }
}

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Between `+++` lines, and `site.toml` itself.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// The file a tree of values comes from, for messages.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its path from the site's root.
    pub path: &'a str,
    /// All of its text.
    pub text: &'a str,
}

/// Whether a missing key is explained by what was said already: it is there but of the wrong type, or misspelt.
pub fn is_explained(key: &str, diagnostics: &[Diagnostic]) -> bool {
    let wrong_type = format!("`{key}` is ");
    let suggestion = diagnostics::did_you_mean(key);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.into_iter().any(|diagnostic| {
        diagnostic.message.starts_with(&wrong_type) || diagnostic.help.as_deref() == Some(&suggestion)
    })
}

/// Reads `origin.text[range]`. Errors go to `diagnostics`; what could be read is still returned.
pub fn read<'a>(
    language: Language,
    origin: Origin<'a>,
    range: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Fields<'a> {
    let entries = match language {
        Language::Toml => toml::read(origin, range, diagnostics),
        Language::Yaml => yaml::read(origin, range, diagnostics),
    };
    Fields::new(origin, language, entries)
}
