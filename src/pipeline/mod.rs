//! The stages run: the one place with threads.
//!
//! In: [`Inputs`] and a sink. Out: every file of the site, handed to the sink as it is made, from several threads; and
//! everything there is to say. Nothing reaches the sink before the content is known to be sound: only a template that
//! fails while rendering can stop a build after that, and then the sink's tree is dropped. Never: a write of its own.

mod conversion;
mod diagnostics;

use crate::content::{Asset, Inputs, Source};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edition::{self, Decision};
use crate::markdown::{self, Document};
use crate::outputs;
use crate::render::{self, EditionFrame, OutFile, Templates};
use crate::script::Converter;
use crate::site::{self, EditionSite, House, Parsed, Plan, Published};
use conversion::Gathered;
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What a build may do differently.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Publish drafts too, and pages of a later day.
    pub drafts: bool,
    /// The day of the build: pages dated after it are held back. Without one, none is.
    pub today: Option<Date>,
    /// Threads; 0 is one for each processor.
    pub jobs: usize,
    /// Where the C++ OpenCC has its configurations, for sites with `engine = "opencc"`.
    pub opencc_data: Option<PathBuf>,
    /// Gather every choice that conversion makes, and say which terms are never used.
    pub review: bool,
}

/// What was built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Pages of one edition.
    pub pages: usize,
    /// Editions.
    pub editions: usize,
    /// Drafts that were left out.
    pub drafts: usize,
    /// Pages of a later day that were left out.
    pub later: usize,
    /// The choices that conversion made, sorted by place, if they were asked for.
    pub decisions: Vec<Decision>,
}

/// Takes the files of a site, from several threads.
pub trait Sink: Sync {
    /// Why a file could not be taken.
    type Error: Send;
    /// Takes one file.
    fn put(&self, file: OutFile) -> Result<(), Self::Error>;
    /// Hears how far the build is: pages rendered, of how many.
    fn progress(&self, _done: usize, _all: usize) {}
}

/// How a build ended.
#[derive(Debug)]
pub enum Outcome<E> {
    /// Every file was handed over.
    Built(Built),
    /// The content has errors: among the diagnostics is at least one.
    Refused,
    /// The sink failed.
    Failed(E),
}

/// Runs all stages. Diagnostics come sorted by place.
pub fn build<S: Sink>(inputs: &Inputs, options: &Options, sink: &S) -> (Outcome<S::Error>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut run = || stages(inputs, options, sink, &mut diagnostics);
    // A pool that cannot be made (no threads left) is no reason not to build.
    let outcome = match rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build() {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    };
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    // A fault in a template is met on every page; the first one is enough.
    diagnostics.dedup_by(|a, b| {
        a == b || (a.code == b.code && a.code.starts_with("template") && a.place == b.place)
    });
    (outcome, diagnostics)
}

fn stages<S: Sink>(
    inputs: &Inputs,
    options: &Options,
    sink: &S,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outcome<S::Error> {
    let documents = parse(inputs, diagnostics);
    let house = House::new(&inputs.config, &inputs.strings).report(diagnostics);
    let templates = Templates::new(&inputs.templates).report(diagnostics);
    let statics: Vec<&str> = inputs.statics.iter().map(|(path, _)| path.as_str()).collect();
    let which = Published { drafts: options.drafts, today: options.today };
    // Without a page that could not be read, links to it would seem to lead nowhere.
    let plan = documents.and_then(|documents| {
        site::plan(&inputs.config, documents, &inputs.assets, &statics, which).report(diagnostics)
    });
    let (Some(house), Some(templates), Some(plan)) = (house, templates, plan) else {
        return Outcome::Refused;
    };
    if has_errors(diagnostics) {
        return Outcome::Refused;
    }
    let Some(converters) = conversion::converters(inputs, options, diagnostics) else {
        return Outcome::Refused;
    };
    let mut gathered = Gathered::default();
    let sites = conversion::compose(&plan, &house, &converters, diagnostics, &mut gathered);
    if has_errors(diagnostics) {
        return Outcome::Refused;
    }
    let frames: Vec<EditionFrame> =
        sites.par_iter().map(|site| EditionFrame::new(&inputs.config, &sites, site)).collect();
    let hand_over = HandOver {
        sink,
        failure: Mutex::new(None),
        diagnostics: Mutex::new(Vec::new()),
        gathered: Mutex::new(gathered),
    };
    files(inputs, &plan, &sites, &converters, &hand_over);
    pages(&plan, &sites, &frames, &templates, &hand_over);
    diagnostics.extend(hand_over.diagnostics.into_inner().unwrap_or_default());
    let mut gathered = hand_over.gathered.into_inner().unwrap_or_default();
    if options.review {
        diagnostics.extend(gathered.unused_terms(&plan));
    }
    gathered.decisions.sort_by(|a, b| a.order().cmp(&b.order()));
    gathered.decisions.dedup();
    match hand_over.failure.into_inner().unwrap_or_default() {
        Some(error) => Outcome::Failed(error),
        None if has_errors(diagnostics) => Outcome::Refused,
        None => Outcome::Built(Built {
            pages: plan.places.len(),
            editions: sites.len(),
            drafts: plan.drafts,
            later: plan.later,
            decisions: gathered.decisions,
        }),
    }
}

/// All documents, or none where a source cannot be read.
fn parse<'a>(inputs: &'a Inputs, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Parsed<'a>>> {
    let options = markdown::Options { raw_html: inputs.config.raw_html };
    let parse = |source: &'a Source| {
        let mut said = Vec::new();
        let document: Option<Document> = markdown::parse(source, options).report(&mut said);
        (document.map(|document| Parsed { source, document }), said)
    };
    let mut documents = Vec::with_capacity(inputs.sources.len());
    for (document, said) in inputs.sources.par_iter().map(parse).collect::<Vec<_>>() {
        documents.extend(document);
        diagnostics.extend(said);
    }
    (documents.len() == inputs.sources.len()).then_some(documents)
}

/// The way to the sink; remembers the first failure, after which nothing more is handed over.
struct HandOver<'s, S: Sink> {
    sink: &'s S,
    failure: Mutex<Option<S::Error>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
    gathered: Mutex<Gathered>,
}

impl<S: Sink> HandOver<'_, S> {
    fn put(&self, file: OutFile) {
        if self.is_over() {
            return;
        }
        if let Err(error) = self.sink.put(file)
            && let Ok(mut failure) = self.failure.lock()
        {
            failure.get_or_insert(error);
        }
    }

    fn is_over(&self) -> bool {
        self.failure.lock().map_or(true, |failure| failure.is_some())
    }

    fn report(&self, said: impl IntoIterator<Item = Diagnostic>) {
        if let Ok(mut diagnostics) = self.diagnostics.lock() {
            diagnostics.extend(said);
        }
    }
}

/// Everything that is no page.
fn files<S: Sink>(
    inputs: &Inputs,
    plan: &Plan<'_>,
    sites: &[EditionSite],
    converters: &[Converter],
    hand_over: &HandOver<'_, S>,
) {
    inputs.statics.par_iter().for_each(|(path, file)| {
        let mut said = Vec::new();
        if let Some(bytes) = file.read_or_report(&mut said) {
            hand_over.put(OutFile::new(path, bytes));
        }
        hand_over.report(said);
    });
    plan.assets.par_iter().for_each(|asset| assets(plan, asset, converters, hand_over));
    outputs::sitemap(plan, sites, |file| hand_over.put(file));
    hand_over.put(outputs::robots(plan));
    for site in sites {
        hand_over.put(outputs::manifest(plan, site));
    }
}

fn assets<S: Sink>(plan: &Plan<'_>, asset: &Asset, converters: &[Converter], hand_over: &HandOver<'_, S>) {
    let mut said = Vec::new();
    if let Some(bytes) = asset.file.read_or_report(&mut said) {
        let bytes = Arc::new(bytes);
        let mut is_sound = true;
        for (edition, converter) in plan.config.editions.iter().zip(converters) {
            let path = format!("{}/{}", edition.dir(), asset.route);
            let bytes = if asset.is_svg() && is_sound {
                let mut remarks = Vec::new();
                let converted = edition::svg(&bytes, converter, &edition.tag, &mut remarks);
                is_sound = converted.is_some();
                let faults = remarks.iter();
                let path = &asset.file.path;
                said.extend(
                    faults.filter_map(|(_, remark)| edition::in_file(path, &remark.kind, &edition.tag)),
                );
                if let Ok(mut gathered) = hand_over.gathered.lock() {
                    for (text, remark) in &remarks {
                        gathered.take_one(&asset.file.path, None, text, remark, &edition.tag);
                    }
                }
                converted.map_or_else(|| Arc::clone(&bytes), Arc::new)
            } else {
                Arc::clone(&bytes)
            };
            hand_over.put(OutFile { path, bytes });
        }
        said.extend((!is_sound).then(|| diagnostics::figure_as_it_is(&asset.file.path)));
    }
    hand_over.report(said);
}

fn pages<S: Sink>(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    frames: &[EditionFrame],
    templates: &Templates,
    hand_over: &HandOver<'_, S>,
) {
    let all = plan.places.len() * sites.len();
    let done = AtomicUsize::new(0);
    for (site, frame) in sites.iter().zip(frames) {
        site.pages.par_iter().for_each(|page| {
            if hand_over.is_over() {
                return;
            }
            match render::render(plan, site, frame, page, templates) {
                Ok(file) => hand_over.put(file),
                Err(diagnostic) => hand_over.report([diagnostic]),
            }
            hand_over.sink.progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
        });
    }
    plan.redirects.par_iter().for_each(|redirect| {
        let (site, frame) = (&sites[redirect.edition], &frames[redirect.edition]);
        match render::render_redirect(plan, site, frame, redirect, templates) {
            Ok(file) => hand_over.put(file),
            Err(diagnostic) => hand_over.report([diagnostic]),
        }
    });
    for file in render::render_shared(plan, sites, frames, templates) {
        match file {
            Ok(file) => hand_over.put(file),
            Err(diagnostic) => hand_over.report([diagnostic]),
        }
    }
}
