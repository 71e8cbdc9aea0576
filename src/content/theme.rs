//! The default theme: the repository's own templates and static files, embedded; a site's files win one by one.

use super::files::File;
use super::{Template, decode};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

mod embedded {
    // `TEMPLATES: &[(&str, &str)]` and `STATICS: &[(&str, &[u8])]`, written by the build script.
    include!(concat!(env!("OUT_DIR"), "/theme.rs"));
}

/// How the paths of the theme's own files begin in messages.
pub(super) const PREFIX: &str = "theme:";

/// The file of theme strings, which is merged key by key instead of replaced.
const STRINGS: &str = "strings.toml";

/// The theme's templates under the site's own, and the files of theme strings, the site's last.
pub(super) fn templates(own: &[File], diagnostics: &mut Vec<Diagnostic>) -> (Vec<Template>, Vec<Template>) {
    let mut all: BTreeMap<String, Template> = BTreeMap::new();
    let mut strings = Vec::new();
    let mut add = |template: Template| match template.name.as_str() {
        STRINGS => strings.push(template),
        name if name.ends_with(".html") => drop(all.insert(template.name.clone(), template)),
        _ => {}
    };
    for (name, text) in embedded::TEMPLATES {
        let path = format!("{PREFIX}templates/{name}");
        add(Template { name: (*name).to_owned(), path, text: (*text).to_owned() });
    }
    for file in own {
        let name = file.path.strip_prefix("templates/").unwrap_or(&file.path);
        // Pictures and notes beside the templates are no text that anyone asks for.
        if name != STRINGS && !name.ends_with(".html") {
            continue;
        }
        let bytes = file.read_or_report(diagnostics);
        if let Some(text) = bytes.and_then(|bytes| decode::text(&file.path, bytes, diagnostics)) {
            add(Template { name: name.to_owned(), path: file.path.clone(), text });
        }
    }
    (all.into_values().collect(), strings)
}

/// Whether a static file is the theme's, to the byte.
pub fn is_of_theme(name: &str, bytes: &[u8]) -> bool {
    embedded::STATICS.iter().any(|(own, theirs)| *own == name && *theirs == bytes)
}

/// The theme's static files under the site's own, by the path they are published at.
pub(super) fn statics(own: Vec<File>) -> Vec<(String, File)> {
    let mut all: BTreeMap<String, File> = BTreeMap::new();
    for (name, bytes) in embedded::STATICS {
        all.insert((*name).to_owned(), File::embedded(format!("{PREFIX}static/{name}"), bytes));
    }
    for file in own {
        all.insert(file.path.strip_prefix("static/").unwrap_or(&file.path).to_owned(), file);
    }
    all.into_iter().collect()
}
