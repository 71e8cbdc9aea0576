//! The texts that belong to the house and not to a page: title, description, the theme's strings.

use crate::config::{Config, Edition};
use crate::content::Template;
use crate::diagnostic::{Checked, Diagnostic, has_errors, nearest};
use crate::dialect::{self, Entry, Language, Origin, Value};
use crate::markdown::{Free, TextId, TextTable};
use crate::script::{Tag, printable};
use std::collections::{BTreeMap, BTreeSet};

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
    /// language holds strings that are written for it. `data` is what data files say; `templates` say which strings they print.
    pub fn new(
        config: &Config,
        strings: &[Template],
        templates: &[Template],
        data: Vec<Entry>,
    ) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let mut texts = TextTable::default();
        let title = texts.add(config.title.clone());
        let description = config.description.clone().map(|text| texts.add(text));
        let extra = Free::collect(config.extra.clone(), &mut texts);
        let data = Free::collect(data, &mut texts);
        let mut labels = Labels::default();
        for file in strings {
            labels.read(file, templates, &mut diagnostics);
        }
        if has_errors(&diagnostics) {
            return Checked::failed(diagnostics);
        }
        let Labels { merged, written } = labels;
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

/// The theme's strings as the files have them.
#[derive(Default)]
struct Labels {
    /// Those that are converted.
    merged: BTreeMap<String, String>,
    /// Those that are written for one language or edition, by its tag.
    written: BTreeMap<String, BTreeMap<String, String>>,
}

impl Labels {
    fn read(&mut self, file: &Template, templates: &[Template], diagnostics: &mut Vec<Diagnostic>) {
        let origin = Origin { path: &file.path, text: &file.text };
        let known = self.keys();
        let checked = |entry: &Entry, diagnostics: &mut Vec<Diagnostic>| {
            diagnostics.extend(slip(origin, entry, &known, templates));
        };
        let mut fields = dialect::read(Language::Toml, origin, 0..file.text.len(), diagnostics);
        for entry in fields.take_all() {
            match (entry.key.parse::<Tag>(), &entry.node.value) {
                (Ok(tag), Value::Table(entries)) => {
                    entries.iter().for_each(|entry| checked(entry, diagnostics));
                    let strings = self.written.entry(tag.to_string()).or_default();
                    strings.extend(entries.iter().filter_map(|entry| text_of(origin, entry, diagnostics)));
                }
                _ => {
                    checked(&entry, diagnostics);
                    self.merged.extend(text_of(origin, &entry, diagnostics));
                }
            }
        }
    }

    /// What the files before have.
    fn keys(&self) -> BTreeSet<String> {
        self.merged.keys().chain(self.written.values().flat_map(BTreeMap::keys)).cloned().collect()
    }
}

/// A key that no template prints, and that looks like one of the known: a site's own strings are printed somewhere.
fn slip(
    origin: Origin<'_>,
    entry: &Entry,
    known: &BTreeSet<String>,
    templates: &[Template],
) -> Option<Diagnostic> {
    let key = entry.key.as_str();
    if known.contains(key) || templates.iter().any(|template| prints(&template.text, key)) {
        return None;
    }
    let near = nearest(key, known.iter().map(String::as_str))?;
    Some(super::diagnostics::unknown_string(origin, entry, near))
}

/// Whether a template asks for a string: `strings.articles`, `strings["articles"]`.
fn prints(template: &str, key: &str) -> bool {
    template.match_indices("strings").any(|(at, word)| {
        let rest = template[at + word.len()..].trim_start_matches(['?', '.', '[', '"', '\'', '`']);
        let rest = rest.strip_prefix(key);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

fn text_of(origin: Origin<'_>, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let Entry { key, node, .. } = entry;
    let Value::String(text) = &node.value else {
        diagnostics.push(super::diagnostics::string_expected(origin, key, node));
        return None;
    };
    Some((key.clone(), printable(text).into_owned()))
}
