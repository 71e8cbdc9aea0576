//! Data files, read when it is known who asks for them: a site may keep large ones that nobody does.
//!
//! In: everything a build reads. Out: the tables that sources name, and what below `data/` templates name. Never: a
//! conversion.

use crate::content::{File, Inputs};
use crate::data;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Entry, Node, Value};
use crate::markdown;
use crate::render;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The data files that some source asks for.
pub(super) fn files(inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> data::Files {
    let all = || inputs.assets.iter().map(|asset| &asset.file).chain(&inputs.data);
    let all = || all().filter(|file| data::is_data(&file.path));
    let wanted: BTreeSet<String> = inputs.sources.par_iter().flat_map_iter(markdown::data_files).collect();
    let texts = all().filter(|file| wanted.contains(&file.path));
    let texts = texts.filter_map(|file| Some((file.path.clone(), file.text(diagnostics)?))).collect();
    data::Files::new(texts, all().map(|file| file.path.clone()).collect())
}

/// What templates get as `data`: the files below `data/` that some template names, in tables that are called as their
/// folders and files are.
pub(super) fn shared(inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let asked = render::data_asked_for(&inputs.templates);
    let mut tree = Folder::default();
    for file in &inputs.data {
        let Some(names) = names(file) else { continue };
        if !asked.includes(&names) {
            continue;
        }
        let entries =
            file.text(diagnostics).and_then(|text| data::entries(&file.path, &text).report(diagnostics));
        match tree.put(&names, &file.path) {
            Ok(place) => *place = entries.unwrap_or_default(),
            Err(other) => diagnostics.push(super::diagnostics::data_twice(&file.path, &other)),
        }
    }
    tree.into_entries()
}

/// `data/a/b.csv` is `a.b`.
fn names(file: &File) -> Option<Vec<&str>> {
    let inner = file.path.strip_prefix("data/").filter(|path| data::is_data(path))?;
    let (stem, _) = inner.rsplit_once('.')?;
    Some(stem.split('/').collect())
}

/// A folder of data files.
#[derive(Default)]
struct Folder<'a> {
    folders: BTreeMap<&'a str, Folder<'a>>,
    files: BTreeMap<&'a str, (String, Vec<Entry>)>,
}

impl<'a> Folder<'a> {
    /// The place of a file; the path of the one that has it already.
    fn put(&mut self, names: &[&'a str], path: &str) -> Result<&mut Vec<Entry>, String> {
        let Some((name, folders)) = names.split_last() else { return Err(String::new()) };
        let folder = folders.iter().fold(self, |folder, name| folder.folders.entry(name).or_default());
        if let Some((other, _)) = folder.files.get(name) {
            return Err(other.clone());
        }
        Ok(&mut folder.files.entry(name).or_insert((path.to_owned(), Vec::new())).1)
    }

    // Folders are as deep as the disk has them.
    fn into_entries(self) -> Vec<Entry> {
        let mut tables: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for (name, (_, entries)) in self.files {
            tables.entry(name).or_default().extend(entries);
        }
        for (name, folder) in self.folders {
            tables.entry(name).or_default().extend(folder.into_entries());
        }
        let entry = |(name, entries): (&str, Vec<Entry>)| Entry {
            key: name.to_owned(),
            key_span: 0..0,
            node: Node { value: Value::Table(entries), span: 0..0 },
        };
        tables.into_iter().map(entry).collect()
    }
}
