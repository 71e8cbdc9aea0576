//! The texts that belong to the house and not to a page: title, description, the theme's strings.

use crate::config::Config;
use crate::content::Template;
use crate::diagnostic::{Checked, has_errors};
use crate::dialect::{self, Entry, Language, Origin, Value};
use crate::markdown::{Free, TextId, TextTable};

/// Texts of `site.toml` and of the theme, in a table of their own.
#[derive(Debug)]
pub struct House {
    /// All of them, as written.
    pub texts: TextTable,
    pub(super) title: TextId,
    pub(super) description: Option<TextId>,
    pub(super) extra: Vec<(String, Free)>,
    pub(super) data: Vec<(String, Free)>,
    pub(super) strings: Vec<(String, TextId)>,
}

impl House {
    /// Gathers the texts. Of `strings` (files of theme strings), a later file's keys win. `data` is what data files say.
    pub fn new(config: &Config, strings: &[Template], data: Vec<Entry>) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let mut texts = TextTable::default();
        let title = texts.add(config.title.clone());
        let description = config.description.clone().map(|text| texts.add(text));
        let extra = Free::collect(config.extra.clone(), &mut texts);
        let data = Free::collect(data, &mut texts);
        let mut merged = std::collections::BTreeMap::new();
        for file in strings {
            let origin = Origin { path: &file.path, text: &file.text };
            let mut fields = dialect::read(Language::Toml, origin, 0..file.text.len(), &mut diagnostics);
            for entry in fields.take_all() {
                match entry.node.value {
                    Value::String(text) => drop(merged.insert(entry.key, text)),
                    _ => diagnostics.push(super::diagnostics::string_expected(origin, &entry)),
                }
            }
        }
        if has_errors(&diagnostics) {
            return Checked::failed(diagnostics);
        }
        let strings = merged.into_iter().map(|(key, text)| (key, texts.add(text))).collect();
        Checked::new(Self { texts, title, description, extra, data, strings }, diagnostics)
    }
}
