//! Links in finished pages, templates' included: what leads nowhere is found before anything is published.
//!
//! In: every file as it is handed over, and for a page what of its links was checked with its source. Out: diagnostics. What is
//! kept of a page is its ids as numbers, and the addresses that no page before it had: a site's navigation is kept once.

use crate::content::Template;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::html;
use crate::images;
use crate::render::OutFile;
use crate::site::Plan;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

/// Files and pages as they were handed over. A file that is wanted outside the site's base path begins with a slash.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The path that all addresses of the site begin with.
    base: String,
    /// The ids of each page, as sorted numbers; nothing for other files.
    files: BTreeMap<String, Vec<u64>>,
    /// By file and fragment, who refers to it.
    wanted: BTreeMap<(String, String), Wanted>,
}

/// An address that pages refer to.
#[derive(Debug)]
struct Wanted {
    /// As it is written on the first page, in the order of paths.
    written: String,
    page: String,
    source: String,
}

/// So many addresses are shown one by one.
const SHOWN: usize = 50;

impl Rendered {
    /// Nothing so far but the sizes of images, which a mere check does not make.
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let names = plan.pictures.values().flat_map(|variants| variants.names());
        let files = names.map(|name| (format!("{}/{name}", images::FOLDER), Vec::new())).collect();
        Self { base: plan.config.base_url.path().to_owned(), files, wanted: BTreeMap::new() }
    }

    /// Takes a file that is no page of a template.
    pub(super) fn file(&mut self, path: &str) {
        self.files.insert(path.to_owned(), Vec::new());
    }

    /// Takes a page. `source` names it in messages, `checked` are the addresses that were checked with its sources.
    pub(super) fn page(
        &mut self,
        plan: &Plan<'_>,
        file: &OutFile,
        source: &str,
        checked: &[&HashSet<String>],
    ) {
        // To replace what is no UTF-8 takes longer than to see that there is none.
        let text =
            str::from_utf8(&file.bytes).map_or_else(|_| String::from_utf8_lossy(&file.bytes), Cow::Borrowed);
        let references = html::references(&text);
        let mut ids: Vec<u64> = references.ids.iter().map(|id| number(id)).collect();
        ids.sort_unstable();
        self.files.insert(file.path.clone(), ids);
        for written in references.addresses {
            if checked.iter().any(|own| own.contains(&*written)) {
                continue;
            }
            let Some(target) = target(plan, &file.path, &written) else { continue };
            let wanted =
                Wanted { written: written.into_owned(), page: file.path.clone(), source: source.to_owned() };
            match self.wanted.entry(target) {
                Entry::Vacant(place) => drop(place.insert(wanted)),
                // Pages come from several threads; which one is named must not depend on them.
                Entry::Occupied(mut known) if wanted.order() < known.get().order() => {
                    drop(known.insert(wanted));
                }
                Entry::Occupied(_) => {}
            }
        }
    }

    /// What leads nowhere.
    pub(super) fn check(&self, templates: &[Template], severity: Severity) -> Vec<Diagnostic> {
        let missing = self.wanted.iter().filter_map(|((path, fragment), wanted)| {
            // What lies beside the site on its host nobody knows here, but for what is in the site.
            if let Some(outside) = path.strip_prefix('/') {
                return self.is_here(outside).then_some((wanted, path, None));
            }
            let ids = self.files.get(path).or_else(|| self.files.get(&format!("{path}/index.html")));
            match ids {
                None => Some((wanted, path, None)),
                Some(ids) if fragment.is_empty() || ids.binary_search(&number(fragment)).is_ok() => None,
                // A browser shows its top for this one, whatever the page has.
                Some(_) if fragment.eq_ignore_ascii_case("top") => None,
                Some(_) => Some((wanted, path, Some(fragment.as_str()))),
            }
        });
        let mut diagnostics = Vec::new();
        for (at, (wanted, path, fragment)) in missing.enumerate() {
            if at == SHOWN {
                break;
            }
            diagnostics.push(self.diagnostic(wanted, path, fragment, templates, severity));
        }
        diagnostics
    }

    fn is_here(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.files.contains_key(&format!("{path}/index.html"))
    }

    /// A file of the same edition, or else any.
    fn nearest(&self, path: &str) -> Option<&str> {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let files = || self.files.keys().map(String::as_str);
        let own =
            nearest(path, files().filter(|file| file.split_once('/').is_some_and(|(own, _)| own == folder)));
        own.or_else(|| nearest(path, files()))
    }

    fn diagnostic(
        &self,
        wanted: &Wanted,
        path: &str,
        fragment: Option<&str>,
        templates: &[Template],
        severity: Severity,
    ) -> Diagnostic {
        let near = match fragment {
            Some(_) => None,
            None => self.nearest(path.strip_prefix('/').unwrap_or(path)),
        };
        let near = near.map(|near| format!("{}{}", self.base, near.trim_end_matches("index.html")));
        let literal = templates.iter().find_map(|template| {
            let quoted = format!("\"{}\"", wanted.written);
            template.text.find(&quoted).map(|at| (template, at + 1))
        });
        let place = literal.map(|(template, at)| (template, at..at + wanted.written.len()));
        super::diagnostics::output_link(
            severity,
            &wanted.written,
            &wanted.source,
            fragment,
            near.as_deref(),
            place,
        )
    }
}

impl Wanted {
    fn order(&self) -> (&str, &str) {
        (&self.page, &self.written)
    }
}

/// The file and the fragment that an address on a page leads to; nothing where it leads out of the site.
fn target(plan: &Plan<'_>, page: &str, written: &str) -> Option<(String, String)> {
    let base = &plan.config.base_url;
    let own = written.trim();
    let own = own.strip_prefix(base.origin()).filter(|rest| rest.starts_with('/')).unwrap_or(own);
    let has_scheme = own.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    });
    if has_scheme || own.starts_with("//") {
        return None;
    }
    let (path, fragment) = own.split_once('#').unwrap_or((own, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let fragment = decoded(fragment);
    if path.is_empty() {
        return Some((page.to_owned(), fragment));
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<String> = Vec::new();
    let path = match path.strip_prefix('/') {
        Some(outside) => match format!("{path}/").strip_prefix(base.path()) {
            Some(_) => path[base.path().len().min(path.len())..].to_owned(),
            None => return Some((format!("/{}", decoded(outside.trim_end_matches('/'))), fragment)),
        },
        None => {
            parts.extend(folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned));
            path.to_owned()
        }
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(decoded(part)),
        }
    }
    let is_folder = path.is_empty() || path.ends_with('/') || path.ends_with("/.") || path.ends_with("..");
    if is_folder {
        parts.push("index.html".to_owned());
    }
    Some((parts.join("/"), fragment))
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
