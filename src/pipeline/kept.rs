//! What a preview keeps from one run to the next: documents, and their texts in each edition.
//!
//! In: what a run has made. Out: the same for the next run, as long as nothing that it was made of has changed but other sources. Never: a
//! thing that depends on settings, templates or data: whoever changes these begins with an empty store.

use super::conversion::Heard;
use crate::content::{Route, Source};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Document, TextTable};
use crate::script::Dictionaries;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The store.
#[derive(Debug, Default)]
pub struct Kept {
    documents: Mutex<HashMap<String, KeptDocument>>,
    /// By edition and the path of the source that it shows.
    texts: Mutex<HashMap<(usize, String), KeptTexts>>,
    lasting: Arc<Lasting>,
}

/// What depends on no setting.
#[derive(Default)]
struct Lasting {
    /// Images that were found sound, by their hashes.
    proven: Mutex<BTreeSet<String>>,
    /// Images that were made, by their names.
    images: Mutex<HashMap<String, Vec<u8>>>,
    /// What builds have kept of images.
    recall: Option<Recall>,
    dictionaries: OnceLock<Arc<Dictionaries>>,
}

/// Gives an image that an earlier build has kept, by its name.
pub type Recall = Box<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

impl fmt::Debug for Lasting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lasting({} images)", lock(&self.images).len())
    }
}

#[derive(Debug)]
struct KeptDocument {
    text: String,
    route: Route,
    /// The page that a text for one edition belongs to.
    page: Option<Arc<Document>>,
    document: Arc<Document>,
    said: Vec<Diagnostic>,
}

#[derive(Debug)]
struct KeptTexts {
    document: Arc<Document>,
    /// The page that it inherits from.
    page: Arc<Document>,
    table: Arc<TextTable>,
    heard: Vec<Heard>,
}

fn is_same(own: Option<&Arc<Document>>, other: Option<&Arc<Document>>) -> bool {
    match (own, other) {
        (Some(own), Some(other)) => Arc::ptr_eq(own, other),
        (None, None) => true,
        _ => false,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    /// A store that also has the images that `recall` gives.
    pub fn with_images(recall: Recall) -> Self {
        Self { lasting: Arc::new(Lasting { recall: Some(recall), ..Lasting::default() }), ..Self::default() }
    }

    /// A store for other settings, templates or data: it has only what depends on none of them.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { lasting: Arc::clone(&self.lasting), ..Self::default() }
    }

    pub(super) fn dictionaries(&self) -> Arc<Dictionaries> {
        Arc::clone(self.lasting.dictionaries.get_or_init(Dictionaries::embedded))
    }

    /// The document of a source, and what was said about it.
    pub(super) fn document(
        &self,
        source: &Source,
        page: Option<&Arc<Document>>,
    ) -> Option<(Arc<Document>, Vec<Diagnostic>)> {
        let documents = lock(&self.documents);
        let kept = documents.get(&source.path)?;
        let holds =
            kept.text == source.text && kept.route == source.route && is_same(kept.page.as_ref(), page);
        holds.then(|| (Arc::clone(&kept.document), kept.said.clone()))
    }

    pub(super) fn keep_document(
        &self,
        source: &Source,
        page: Option<&Arc<Document>>,
        document: &Arc<Document>,
        said: &[Diagnostic],
    ) {
        let kept = KeptDocument {
            text: source.text.clone(),
            route: source.route.clone(),
            page: page.cloned(),
            document: Arc::clone(document),
            said: said.to_vec(),
        };
        lock(&self.documents).insert(source.path.clone(), kept);
    }

    /// The texts of a document in an edition, and what was heard about them. Only those that no glossary of a page or a section has a say in.
    pub(super) fn texts(
        &self,
        edition: usize,
        path: &str,
        document: &Arc<Document>,
        page: &Arc<Document>,
    ) -> Option<(Arc<TextTable>, Vec<Heard>)> {
        let texts = lock(&self.texts);
        let kept = texts.get(&(edition, path.to_owned()))?;
        let holds = Arc::ptr_eq(&kept.document, document) && Arc::ptr_eq(&kept.page, page);
        holds.then(|| (Arc::clone(&kept.table), kept.heard.clone()))
    }

    pub(super) fn keep_texts(
        &self,
        (edition, path): (usize, &str),
        document: &Arc<Document>,
        page: &Arc<Document>,
        table: &Arc<TextTable>,
        heard: &[Heard],
    ) {
        let kept = KeptTexts {
            document: Arc::clone(document),
            page: Arc::clone(page),
            table: Arc::clone(table),
            heard: heard.to_vec(),
        };
        lock(&self.texts).insert((edition, path.to_owned()), kept);
    }

    pub(super) fn image(&self, name: &str) -> Option<Vec<u8>> {
        let made = lock(&self.lasting.images).get(name).cloned();
        made.or_else(|| self.lasting.recall.as_ref()?(name))
    }

    pub(super) fn keep_image(&self, name: &str, bytes: &[u8]) {
        lock(&self.lasting.images).insert(name.to_owned(), bytes.to_vec());
    }

    pub(super) fn is_proven(&self, hash: &str) -> bool {
        lock(&self.lasting.proven).contains(hash)
    }

    pub(super) fn prove(&self, hash: &str) {
        lock(&self.lasting.proven).insert(hash.to_owned());
    }
}
