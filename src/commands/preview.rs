//! The site as the preview shows it: a version at each change, of which each file is made when somebody asks for it.
//!
//! In: what has changed. Out: the files of the last version that could be made, and what is wrong with one that could not. Never: a
//! file written.

use super::day::{self, Day};
use super::terminal::{Printer, out};
use crate::config;
use crate::content::{self, Inputs};
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::pipeline::{self, Kept, Options};
use crate::publish::Cache;
use crate::serve::{Answer, Live, Shown};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

/// Which site is shown, and what of it.
pub(super) struct Which {
    pub(super) root: PathBuf,
    pub(super) drafts: bool,
    pub(super) day: Day,
}

/// What is shown now.
struct Now {
    /// Nothing as long as none could be built.
    version: Option<Arc<pipeline::Preview>>,
    trouble: Option<String>,
}

struct Shelf {
    now: RwLock<Now>,
    printer: Printer,
}

impl Shelf {
    fn version(&self) -> Option<Arc<pipeline::Preview>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).version.clone()
    }

    fn set(&self, change: impl FnOnce(&mut Now)) {
        change(&mut self.now.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Shown for Shelf {
    fn file(&self, path: &str) -> Answer {
        match self.version().map(|version| version.file(path)) {
            Some(pipeline::Shown::File(bytes)) => Answer::File(bytes),
            Some(pipeline::Shown::Missing) => Answer::Missing,
            Some(pipeline::Shown::Trouble(said)) => Answer::Trouble(self.printer.plain(said.iter())),
            None => Answer::Trouble(self.trouble().unwrap_or_default()),
        }
    }

    fn trouble(&self) -> Option<String> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).trouble.clone()
    }
}

/// Makes a version of the site at each change.
pub(super) struct Preview {
    which: Which,
    printer: Printer,
    live: Live,
    shown: Arc<Shelf>,
    kept: Arc<Kept>,
    /// What the last version that could be read was made of.
    inputs: Option<Arc<Inputs>>,
    /// The warnings of the last version, which need not be said again.
    warned: Vec<Diagnostic>,
    zone: config::TimeZone,
    base: String,
}

impl Preview {
    pub(super) fn new(which: Which, printer: Printer, live: Live) -> (Self, Arc<dyn Shown>) {
        let now = Now { version: None, trouble: Some("the site is being built".to_owned()) };
        let shown = Arc::new(Shelf { now: RwLock::new(now), printer: printer.clone() });
        let cache = Cache::of(&which.root);
        let preview = Self {
            which,
            printer,
            live,
            shown: Arc::clone(&shown),
            // What `build` has kept is read; nothing is added to it.
            kept: Arc::new(Kept::with_images(Box::new(move |name| cache.recall(name)))),
            inputs: None,
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

    /// Makes a version, shows it, and says so.
    pub(super) fn rebuild(&mut self, changed: &BTreeSet<String>) {
        let start = Instant::now();
        let mut said = Vec::new();
        let version = self.version(changed, &mut said).filter(|_| !has_errors(&said));
        let is_made = version.is_some();
        match version {
            Some(version) => {
                self.live.set_base(&self.base);
                self.shown.set(|now| *now = Now { version: Some(Arc::new(version)), trouble: None });
            }
            None => {
                let errors = said.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
                let trouble = self.printer.plain(errors);
                self.shown.set(|now| now.trouble = Some(trouble));
            }
        }
        self.live.changed();
        self.say(said);
        let outcome = match is_made {
            true => format!("{} ms", start.elapsed().as_millis()),
            false if self.shown.version().is_some() => {
                "not built; the last version that could be is shown".to_owned()
            }
            false => "not built".to_owned(),
        };
        out(format_args!("{} {} → {outcome}", day::clock(&self.zone), named(changed)));
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

    /// A version of the site; nothing where the diagnostics say why. Among them are the faults of a page of each kind.
    fn version(
        &mut self,
        changed: &BTreeSet<String>,
        said: &mut Vec<Diagnostic>,
    ) -> Option<pipeline::Preview> {
        let inputs = self.read(changed, said)?;
        if has_errors(said) {
            return None;
        }
        let options = Options {
            drafts: self.which.drafts,
            today: Some(self.which.day.in_zone(&self.zone)),
            ..super::options()
        };
        let version = pipeline::Preview::start(inputs, &options, &self.kept, changed).report(said)?;
        for sample in &version.samples {
            if let pipeline::Shown::Trouble(faults) = version.file(sample) {
                said.extend(faults);
            }
        }
        said.dedup_by(|a, b| a.code == b.code && a.place == b.place);
        Some(version)
    }

    /// What the site is made of: only what has changed is read again, if that tells all.
    fn read(&mut self, changed: &BTreeSet<String>, said: &mut Vec<Diagnostic>) -> Option<Arc<Inputs>> {
        let root = &self.which.root;
        let known = self.inputs.take().filter(|_| !changed.is_empty());
        if let Some(again) = known.and_then(|inputs| content::load_again(root, &inputs, changed)) {
            let inputs = again.report(said).map(Arc::new);
            self.inputs = inputs.clone().filter(|_| !has_errors(said));
            return inputs;
        }
        self.kept = Arc::new(self.kept.emptied());
        let files = content::settings(root).report(said)?;
        let config = config::parse_for(&files, None).report(said)?;
        self.zone = config.time_zone.clone();
        config.base_url.path().clone_into(&mut self.base);
        let inputs = content::load(root, config).report(said).map(Arc::new);
        self.inputs = inputs.clone().filter(|_| !has_errors(said));
        inputs
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
