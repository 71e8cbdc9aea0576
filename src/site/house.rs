//! The texts that belong to the house and not to a page: title, description, the theme's strings.

use crate::config::{Config, Edition};
use crate::content::Template;
use crate::diagnostic::{Checked, Diagnostic, has_errors};
use crate::dialect::{self, Entry, Language, Node, Origin, Value};
use crate::markdown::{Free, TextId, TextTable};
use crate::script::Tag;
use std::collections::BTreeMap;

/// Texts of `site.toml` and of the theme, in a table of their own.
#[derive(Debug)]
pub struct House {
    /// All of them, as written.
    pub texts: TextTable,
    pub(super) title: TextId,
    pub(super) description: Option<TextId>,
    pub(super) extra: Vec<(String, Free)>,
    pub(super) data: Vec<(String, Free)>,
    strings: Vec<(String, TextId)>,
    /// Strings that are written for one language or edition, by its tag.
    written: BTreeMap<String, BTreeMap<String, String>>,
}

/// The language whose strings stand in where an edition in another language has none of its own.
const STAND_IN: &str = "en";

impl House {
    /// Gathers the texts. Of `strings` (files of theme strings), a later file's keys win. A table with the name of an edition or its
    /// language holds strings that are written for it. `data` is what data files say.
    pub fn new(config: &Config, strings: &[Template], data: Vec<Entry>) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let mut texts = TextTable::default();
        let title = texts.add(config.title.clone());
        let description = config.description.clone().map(|text| texts.add(text));
        let extra = Free::collect(config.extra.clone(), &mut texts);
        let data = Free::collect(data, &mut texts);
        let mut merged = BTreeMap::new();
        let mut written: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for file in strings {
            let origin = Origin { path: &file.path, text: &file.text };
            let mut fields = dialect::read(Language::Toml, origin, 0..file.text.len(), &mut diagnostics);
            for entry in fields.take_all() {
                match (entry.key.parse::<Tag>(), entry.node.value) {
                    (_, Value::String(text)) => drop(merged.insert(entry.key, text)),
                    (Ok(tag), Value::Table(entries)) => {
                        let strings = written.entry(tag.to_string()).or_default();
                        strings.extend(texts_of(origin, entries, &mut diagnostics));
                    }
                    (_, value) => diagnostics.push(super::diagnostics::string_expected(
                        origin,
                        &entry.key,
                        &Node { value, ..entry.node },
                    )),
                }
            }
        }
        if has_errors(&diagnostics) {
            return Checked::failed(diagnostics);
        }
        let strings = merged.into_iter().map(|(key, text)| (key, texts.add(text))).collect();
        Checked::new(Self { texts, title, description, extra, data, strings, written }, diagnostics)
    }

    /// The strings of an edition, of which `texts` are the house's texts: those written for it, else for its language, else for an
    /// edition in another language the English ones, else the theme's, converted.
    pub(super) fn strings(&self, edition: &Edition, texts: &TextTable) -> BTreeMap<String, String> {
        let mut strings: BTreeMap<String, String> =
            self.strings.iter().map(|(key, id)| (key.clone(), texts.text(*id).to_owned())).collect();
        let wider = std::iter::successors(Some(edition.tag.clone()), Tag::broader);
        let mut names: Vec<String> = wider.map(|tag| tag.to_string()).collect();
        if edition.is_written() {
            names.push(STAND_IN.to_owned());
        }
        for written in names.iter().rev().filter_map(|name| self.written.get(name)) {
            strings.extend(written.clone());
        }
        strings
    }
}

fn texts_of(
    origin: Origin<'_>,
    entries: Vec<Entry>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let text = |entry: Entry| match entry.node.value {
        Value::String(text) => Some((entry.key, text)),
        _ => {
            diagnostics.push(super::diagnostics::string_expected(origin, &entry.key, &entry.node));
            None
        }
    };
    entries.into_iter().filter_map(text).collect()
}
