//! Static files on their way out. A style sheet or a script is published under a second name that changes with its bytes, which
//! is the one that pages use, so that readers may keep it for ever.
//!
//! In: the static files, and what the site changes of the theme. Out: their addresses for templates, and the files. Never: a
//! file's own name is taken away, since somebody outside may use it.

use super::HandOver;
use super::Sink;
use crate::config::Config;
use crate::content::{File, Inputs, is_of_theme};
use crate::diagnostic::Diagnostic;
use crate::outputs;
use crate::render::OutFile;
use crate::site::Urls;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The theme's style sheet, to which the site's own colours and fonts are added.
const STYLE: &str = "style.css";

/// Static files, those that are read before pages are rendered apart.
pub(super) struct Statics<'a> {
    plain: Vec<&'a (String, File)>,
    named: Vec<Named>,
}

/// A file with its second name.
struct Named {
    path: String,
    bytes: Arc<Vec<u8>>,
    /// The name that pages use, and what stands under it: without comments, if it is a style sheet or a script of the theme.
    second: String,
    packed: Arc<Vec<u8>>,
}

impl<'a> Statics<'a> {
    pub(super) fn read(inputs: &'a Inputs, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let (named, plain): (Vec<_>, Vec<_>) =
            inputs.statics.iter().partition(|(path, _)| path.ends_with(".css") || path.ends_with(".js"));
        let named = named.into_iter().filter_map(|(path, file)| {
            let bytes = file.read_or_report(diagnostics)?;
            Some(Named::new(path, bytes, &inputs.config))
        });
        Self { named: named.collect(), plain }
    }

    /// All paths that are published.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let plain = self.plain.iter().map(|(path, _)| path.as_str());
        plain.chain(self.named.iter().flat_map(|named| [named.path.as_str(), named.second.as_str()]))
    }

    /// The address of each file for pages, by its path below `static/`.
    pub(super) fn addresses(&self, urls: &Urls) -> BTreeMap<String, String> {
        let plain = self.plain.iter().map(|(path, _)| (path.clone(), urls.path(path)));
        plain.chain(self.named.iter().map(|named| (named.path.clone(), urls.path(&named.second)))).collect()
    }

    pub(super) fn hand_over<S: Sink>(&self, hand_over: &HandOver<'_, S>) {
        self.plain.par_iter().for_each(|(path, file)| {
            let mut said = Vec::new();
            if let Some(bytes) = file.read_or_report(&mut said) {
                hand_over.put(OutFile::new(path, bytes));
            }
            hand_over.report(said);
        });
        for Named { path, bytes, second, packed } in &self.named {
            for (path, bytes) in [(path, bytes), (second, packed)] {
                hand_over.put(OutFile { path: path.clone(), bytes: Arc::clone(bytes) });
            }
        }
    }
}

impl Named {
    fn new(path: &str, mut bytes: Vec<u8>, config: &Config) -> Self {
        if path == STYLE {
            bytes.extend(outputs::theme_css(&config.theme).into_bytes());
        }
        let is_of_theme = is_of_theme(path, &bytes);
        let bytes = Arc::new(bytes);
        let packed = match std::str::from_utf8(&bytes) {
            Ok(css) if path.ends_with(".css") => Arc::new(outputs::packed_css(css).into_bytes()),
            Ok(script) if is_of_theme => Arc::new(outputs::packed_script(script).into_bytes()),
            _ => Arc::clone(&bytes),
        };
        let digest = Sha256::digest(packed.as_slice());
        let hash: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        Self { path: path.to_owned(), bytes, second: format!("{stem}.{hash}.{ending}"), packed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_name_changes_with_the_bytes() {
        let config = crate::config::parse("title = \"简\"\nbase_url = \"https://example.org/\"");
        let config = config.report(&mut Vec::new()).expect("settings");
        let second = |bytes: &str| Named::new("a/b.min.css", bytes.as_bytes().to_vec(), &config).second;
        let first = second("p {}");
        assert!(
            first.starts_with("a/b.min.")
                && first.ends_with(".css")
                && first.len() == "a/b.min.12345678.css".len()
        );
        assert_eq!(first, second("p {}"));
        assert_eq!(first, second("p { }"));
        assert_ne!(first, second("p { margin: 0 }"));
    }
}
