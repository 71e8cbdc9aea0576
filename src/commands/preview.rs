//! The site as the preview shows it: built whole at each change, kept in memory.
//!
//! In: what has changed, for the terminal. Out: the files of the last version that could be built, and what is wrong with one
//! that could not. Never: a file written. Images that were made smaller are kept as long as pages show them.

use super::day::{self, Day};
use super::terminal::{Printer, out};
use crate::config;
use crate::content;
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::pipeline::{self, Built, Options, Outcome, Sink};
use crate::publish::Cache;
use crate::render::OutFile;
use crate::serve::{Answer, Live, Shown};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

/// Which site is shown, and what of it.
pub(super) struct Which {
    pub(super) root: PathBuf,
    pub(super) drafts: bool,
    pub(super) day: Day,
}

type Files = BTreeMap<String, Arc<Vec<u8>>>;

/// What is shown now.
struct Now {
    /// Nothing as long as none could be built.
    files: Option<Arc<Files>>,
    trouble: Option<String>,
}

struct InMemory(RwLock<Now>);

impl InMemory {
    fn files(&self) -> Option<Arc<Files>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).files.clone()
    }

    fn set(&self, change: impl FnOnce(&mut Now)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Shown for InMemory {
    fn file(&self, path: &str) -> Answer {
        match self.files() {
            Some(files) => files.get(path).map_or(Answer::Missing, |bytes| Answer::File(Arc::clone(bytes))),
            None => Answer::Trouble(self.trouble().unwrap_or_default()),
        }
    }

    fn trouble(&self) -> Option<String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).trouble.clone()
    }
}

/// Builds the site again and again.
pub(super) struct Preview {
    which: Which,
    printer: Printer,
    live: Live,
    shown: Arc<InMemory>,
    images: BTreeMap<String, Vec<u8>>,
    /// The warnings of the last build, which need not be said again.
    warned: Vec<Diagnostic>,
    zone: config::TimeZone,
    base: String,
}

impl Preview {
    pub(super) fn new(which: Which, printer: Printer, live: Live) -> (Self, Arc<dyn Shown>) {
        let now = Now { files: None, trouble: Some("the site is being built".to_owned()) };
        let shown = Arc::new(InMemory(RwLock::new(now)));
        let preview = Self {
            which,
            printer,
            live,
            shown: Arc::clone(&shown),
            images: BTreeMap::new(),
            warned: Vec::new(),
            zone: config::TimeZone::default(),
            base: "/".to_owned(),
        };
        (preview, shown)
    }

    /// The path that the site is published below.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Builds the site, shows it, and says so.
    pub(super) fn rebuild(&mut self, changed: &BTreeSet<String>) {
        let start = Instant::now();
        let mut said = Vec::new();
        let built = self.build(&mut said);
        let pages = built.map(|files| self.show(files));
        if pages.is_none() {
            let errors = said.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            let trouble = self.printer.plain(errors);
            self.shown.set(|now| now.trouble = Some(trouble));
        }
        self.live.changed();
        self.say(said);
        let outcome = match pages {
            Some(1) => format!("{} ms, 1 page", start.elapsed().as_millis()),
            Some(pages) => format!("{} ms, {pages} pages", start.elapsed().as_millis()),
            None if self.shown.files().is_some() => {
                "not built; the last version that could be is shown".to_owned()
            }
            None => "not built".to_owned(),
        };
        out(format_args!("{} {} → {outcome}", day::clock(&self.zone), named(changed)));
    }

    /// Takes a version for the one to show; how many of its pages are new.
    fn show(&mut self, mut files: Files) -> usize {
        let old = self.shown.files().unwrap_or_default();
        let mut pages = 0;
        for (path, bytes) in &mut files {
            match old.get(path) {
                Some(same) if same == bytes => *bytes = Arc::clone(same),
                _ => pages += usize::from(path.ends_with(".html")),
            }
        }
        self.live.set_base(&self.base);
        self.shown.set(|now| *now = Now { files: Some(Arc::new(files)), trouble: None });
        pages
    }

    /// Prints errors, and warnings that are new.
    fn say(&mut self, mut said: Vec<Diagnostic>) {
        said.sort_by(|a, b| a.order().cmp(&b.order()));
        let is_new = |diagnostic: &&Diagnostic| {
            diagnostic.severity == Severity::Error || !self.warned.contains(diagnostic)
        };
        let news: Vec<Diagnostic> = said.iter().filter(is_new).cloned().collect();
        self.printer.diagnostics(&news);
        said.retain(|diagnostic| diagnostic.severity == Severity::Warning);
        self.warned = said;
    }

    /// All files; nothing where the diagnostics say why.
    fn build(&mut self, said: &mut Vec<Diagnostic>) -> Option<Files> {
        let Which { root, drafts, day } = &self.which;
        let files = content::settings(root).report(said)?;
        let config = config::parse_for(&files, None).report(said)?;
        self.zone = config.time_zone.clone();
        config.base_url.path().clone_into(&mut self.base);
        let inputs = content::load(root, config).report(said)?;
        if has_errors(said) {
            return None;
        }
        let options = Options {
            drafts: *drafts,
            today: Some(day.in_zone(&self.zone)),
            fonts: super::fonts::of_machine(),
            ..super::options()
        };
        let sink = Memory {
            files: Mutex::default(),
            before: &self.images,
            images: Mutex::default(),
            cache: Cache::of(root),
        };
        let (outcome, diagnostics) = pipeline::build(&inputs, &options, &sink);
        said.extend(diagnostics);
        let Memory { files, images, .. } = sink;
        match outcome {
            Outcome::Built(Built { .. }) => {
                self.images = images.into_inner().unwrap_or_else(PoisonError::into_inner);
                Some(files.into_inner().unwrap_or_else(PoisonError::into_inner))
            }
            Outcome::Refused => None,
            Outcome::Failed(never) => match never {},
        }
    }
}

/// What has changed, in a few words.
fn named(changed: &BTreeSet<String>) -> String {
    match (changed.first(), changed.len()) {
        (None, _) => "the site".to_owned(),
        (Some(only), 1) => only.clone(),
        (Some(first), many) => format!("{first} and {} more", many - 1),
    }
}

/// Files and images of one build.
struct Memory<'a> {
    files: Mutex<Files>,
    /// Images of the build before, and those of this one.
    before: &'a BTreeMap<String, Vec<u8>>,
    images: Mutex<BTreeMap<String, Vec<u8>>>,
    /// What `build` has kept is read too; nothing is added to it.
    cache: Cache,
}

impl Memory<'_> {
    fn images(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.images.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory<'_> {
    type Error = Infallible;

    fn put(&self, file: OutFile) -> Result<(), Infallible> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path, file.bytes);
        Ok(())
    }

    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = self.before.get(name).cloned().or_else(|| self.cache.recall(name))?;
        self.images().insert(name.to_owned(), bytes.clone());
        Some(bytes)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.images().insert(name.to_owned(), bytes.to_vec());
    }
}
