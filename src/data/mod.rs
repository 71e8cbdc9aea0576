//! Tables of figures in files beside the content: CSV, TSV, TOML and JSON.
//!
//! In: a file's path and text. Out: a [`Table`] of texts with their places; what is wrong becomes a diagnostic. Never: a
//! number (what a text is worth is the reader's business), a conversion, or a disk access.

mod diagnostics;
mod separated;
mod structured;

use crate::diagnostic::{Checked, Diagnostic, nearest};
use crate::dialect::{self, Entry, Language, Node, Origin, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// A text of a table, and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// The bytes of the file that say it; those of its line where it is written with escapes.
    pub span: Range<usize>,
}

/// A table: names of columns, and rows that each have as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The first row.
    pub columns: Vec<Cell>,
    /// The others.
    pub rows: Vec<Vec<Cell>>,
}

/// Data files that were read, by their paths from the site's root, and the names of all there are.
#[derive(Debug, Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    names: Vec<String>,
}

impl Files {
    /// `texts` are the files that somebody asks for, `names` all of them.
    pub fn new(texts: BTreeMap<String, String>, names: Vec<String>) -> Self {
        Self { texts, names }
    }

    /// The paths that `written` may mean in `source`: a file beside it, from the top of the content where it begins with a
    /// slash, or one below the site's `data/`.
    pub fn meant(source: &str, written: &str) -> Vec<String> {
        let mut paths = Vec::new();
        match written.strip_prefix('/') {
            Some(from_top) => paths.push(format!("content/{from_top}")),
            None => paths.extend(beside(source, written)),
        }
        let shared = written.trim_start_matches('/');
        if shared.starts_with("data/") && !shared.split('/').any(|part| part == "..") {
            paths.push(shared.to_owned());
        }
        paths
    }

    /// The file that `written` means in `source`: its path and text.
    pub fn find(&self, source: &str, written: &str) -> Option<(&str, &str)> {
        Self::meant(source, written).iter().find_map(|path| self.get(path))
    }

    /// Whether there is the file that `written` means in `source`, be it one that could not be read.
    pub fn is_there(&self, source: &str, written: &str) -> bool {
        Self::meant(source, written).iter().any(|path| self.names.contains(path))
    }

    /// A file by its path.
    pub fn get(&self, path: &str) -> Option<(&str, &str)> {
        self.texts.get_key_value(path).map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// What somebody may have meant who wrote a name that is none, as it would be written in `source`.
    pub fn nearest(&self, source: &str, written: &str) -> Option<String> {
        let wanted = Self::meant(source, written).into_iter().next()?;
        let same_name = self.names.iter().find(|name| file_name(name) == file_name(written));
        let near = same_name.map(String::as_str);
        let near = near.or_else(|| nearest(&wanted, self.names.iter().map(String::as_str)))?;
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let here = near.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        Some(here.map_or_else(|| near.strip_prefix("content").unwrap_or(near).to_owned(), str::to_owned))
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The path of `written` from the folder of `source`; nothing where it leaves the site.
fn beside(source: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The endings of files that hold tables.
pub const EXTENSIONS: [&str; 4] = ["csv", "tsv", "toml", "json"];

/// Whether a file may hold a table or other data, by its name.
pub fn is_data(path: &str) -> bool {
    extension(path).is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// Reads a table: rows of CSV or TSV; in TOML and JSON a list of tables, whose keys name the columns.
pub fn table(path: &str, text: &str) -> Checked<Table> {
    let mut diagnostics = Vec::new();
    let origin = Origin { path, text };
    let table = match extension(path).as_deref() {
        Some("csv") => separated::read(origin, b',', &mut diagnostics),
        Some("tsv") => separated::read(origin, b'\t', &mut diagnostics),
        _ => structured::read(origin, values(origin, &mut diagnostics), &mut diagnostics),
    };
    match table {
        Some(table) => Checked::new(table, diagnostics),
        None => Checked::failed(diagnostics),
    }
}

/// All that a data file says, for templates: a CSV file is `rows`, a list of tables by column.
pub fn entries(path: &str, text: &str) -> Checked<Vec<Entry>> {
    let mut diagnostics = Vec::new();
    let origin = Origin { path, text };
    let entries = match extension(path).as_deref() {
        Some("csv" | "tsv") => return rows(path, text),
        _ => values(origin, &mut diagnostics),
    };
    if crate::diagnostic::has_errors(&diagnostics) {
        return Checked::failed(diagnostics);
    }
    Checked::new(entries, diagnostics)
}

fn rows(path: &str, text: &str) -> Checked<Vec<Entry>> {
    let mut diagnostics = Vec::new();
    match table(path, text).report(&mut diagnostics) {
        Some(table) => Checked::new(vec![structured::rows(table)], diagnostics),
        None => Checked::failed(diagnostics),
    }
}

fn values(origin: Origin<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    if extension(origin.path).as_deref() != Some("json") {
        return dialect::read(Language::Toml, origin, 0..origin.text.len(), diagnostics).take_all();
    }
    match dialect::json(origin, diagnostics) {
        Some(Node { value: Value::Table(entries), .. }) => entries,
        // A list without a name is the table's rows.
        Some(node) => vec![Entry { key: "rows".to_owned(), key_span: node.span.clone(), node }],
        None => Vec::new(),
    }
}

fn extension(path: &str) -> Option<String> {
    path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}
