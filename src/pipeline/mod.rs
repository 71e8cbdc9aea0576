//! The stages run: the one place with threads.
//!
//! In: [`Inputs`] and a sink. Out: every file of the site, handed to the sink as it is made, from several threads; and
//! everything there is to say. Nothing reaches the sink before the content is known to be sound: only a template that
//! fails while rendering can stop a build after that, and then the sink's tree is dropped. Never: a write of its own.

mod cards;
mod conversion;
mod diagnostics;
mod images;
mod inputs;
mod kept;
mod pages;
mod preview;
mod rendered;
mod statics;
mod search;

use crate::code::Highlighter;
use crate::content::{Asset, Inputs, Source};
use crate::diagnostic::{Checked, Diagnostic, has_errors};
use crate::edition::{self, Decision};
use crate::markdown::{self, Document};
use crate::math::Formulas;
use crate::outputs;
use crate::render::{self, EditionFrame, OutFile, Templates};
use crate::script::Dictionaries;
use crate::site::{self, EditionSite, House, Parsed, Plan, Published, SITEMAP, Urls};
pub use cards::MachineFont;
use conversion::{Gathered, Maker};
pub use images::Made;
use jiff::civil::Date;
pub use kept::{Kept, Recall};
use pages::Pages;
pub use preview::{Preview, Shown};
use rayon::prelude::*;
use rendered::Rendered;
use statics::Statics;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
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
    /// Say what is wrong with images, but make none, and draw no cards.
    pub without_images: bool,
    /// The machine's fonts for social cards, the best first, for sites that have none of their own; nothing where they are
    /// not to be used, which is nothing to speak of.
    pub fonts: Option<Vec<MachineFont>>,
}

/// What was built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Pages of the edition that has most.
    pub pages: usize,
    /// Editions.
    pub editions: usize,
    /// Images that pages show in several sizes.
    pub images: Made,
    /// Drafts that were left out.
    pub drafts: usize,
    /// Pages of a later day that were left out.
    pub later: usize,
    /// What its keeper may want to know, and is no fault of the content.
    pub notes: Vec<String>,
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
    /// The same of images.
    fn image(&self, _done: usize, _all: usize) {}
    /// What an earlier build has kept under a name, which says all that the bytes depend on.
    fn recall(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }
    /// Keeps what took long to make for the next build, where there is a place for it.
    fn keep(&self, _name: &str, _bytes: &[u8]) {}
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
    let Some(mut ready) = prepare(inputs, options, sink, None, diagnostics) else { return Outcome::Refused };
    let hand_over = HandOver::new(sink, &ready.plan, std::mem::take(&mut ready.gathered));
    let Ready { statics, templates, dictionaries, converters, plan, mut sites, .. } = ready;
    let notes = cards::hand_over(inputs, options, &plan, &dictionaries, &mut sites, &hand_over);
    let frames: Vec<EditionFrame> =
        sites.par_iter().map(|site| EditionFrame::new(&inputs.config, &sites, site)).collect();
    let paths: Vec<&str> = statics.paths().collect();
    statics.hand_over(&hand_over);
    // A site whose theme has no search page needs no index.
    let is_searched = plan.config.search && templates.has(render::SEARCH);
    plan.assets.par_iter().for_each(|asset| assets(&plan, asset, &converters, &hand_over));
    files(&plan, &sites, (&paths, is_searched), &hand_over);
    let pages = || {
        let pages =
            Pages { plan: &plan, sites: &sites, frames: &frames, templates: &templates, statics: &paths };
        pages.hand_over(&hand_over);
    };
    // Pages do not wait for images: they know their names.
    let images =
        || if options.without_images { Made::default() } else { images::hand_over(&plan, &hand_over) };
    let ((), images) = rayon::join(pages, images);
    if is_searched && !hand_over.is_over() {
        search::hand_over(&plan, &sites, &hand_over);
    }
    let gathered = hand_over.close(inputs, options, &plan, diagnostics);
    match gathered {
        Err(error) => Outcome::Failed(error),
        Ok(_) if has_errors(diagnostics) => Outcome::Refused,
        Ok(Gathered { decisions, .. }) => Outcome::Built(Built {
            pages: (0..sites.len()).map(|edition| plan.shown.count(edition)).max().unwrap_or(0),
            editions: sites.len(),
            images,
            drafts: plan.drafts,
            later: plan.later,
            notes,
            decisions,
        }),
    }
}

/// Everything that is known before a page is rendered.
struct Ready<'i> {
    statics: Statics<'i>,
    templates: Templates,
    dictionaries: Arc<Dictionaries>,
    converters: Vec<Maker>,
    plan: Plan<'i>,
    sites: Vec<EditionSite>,
    gathered: Gathered,
}

/// Parses, plans and converts; nothing where the content has errors. `kept` is what an earlier run has made.
fn prepare<'i, S: Sink>(
    inputs: &'i Inputs,
    options: &Options,
    sink: &S,
    kept: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Ready<'i>> {
    let documents = parse(inputs, kept, diagnostics);
    let shared = inputs::shared(inputs, diagnostics);
    let house = House::new(&inputs.config, &inputs.strings, &inputs.templates, shared).report(diagnostics);
    let statics = Statics::read(inputs, diagnostics);
    let addresses = statics.addresses(&Urls::new(&inputs.config.base_url));
    let templates = Templates::new(&inputs.templates, addresses).report(diagnostics);
    let dictionaries = kept.map_or_else(Dictionaries::embedded, Kept::dictionaries);
    let which = Published { drafts: options.drafts, today: options.today };
    let paths: Vec<&str> = statics.paths().collect();
    // Without a page that could not be read, links to it would seem to lead nowhere.
    let plan = documents.and_then(|documents| {
        site::plan(&inputs.config, documents, &inputs.assets, &paths, which, &dictionaries)
            .report(diagnostics)
    });
    let (house, templates, mut plan) = (house?, templates?, plan?);
    images::prove(&mut plan, sink, kept, diagnostics);
    if has_errors(diagnostics) {
        return None;
    }
    let converters = conversion::converters(inputs, &dictionaries, options, diagnostics)?;
    let mut gathered = Gathered::default();
    let sites = conversion::compose(&plan, &house, &converters, kept, diagnostics, &mut gathered);
    let ready = Ready { statics, templates, dictionaries, converters, plan, sites, gathered };
    (!has_errors(diagnostics)).then_some(ready)
}

/// All documents, or none where a source cannot be read.
fn parse<'a>(
    inputs: &'a Inputs,
    kept: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Parsed<'a>>> {
    let components = render::components(&inputs.templates);
    let data = inputs::files(inputs, diagnostics);
    let highlighter = Highlighter::default();
    let formulas = Formulas::default();
    let options = markdown::Options {
        raw_html: inputs.config.raw_html,
        site_title: Some(&inputs.config.title),
        components: Some(&components),
        data: Some(&data),
        highlighter: Some(&highlighter),
        formulas: Some(&formulas),
    };
    let (pages, twins): (Vec<&Source>, Vec<&Source>) =
        inputs.sources.iter().partition(|source| source.route.edition.is_none());
    let mut documents =
        parse_all(&pages, |_| None, |source, _| markdown::parse(source, options), kept, diagnostics);
    let known: BTreeMap<_, _> = documents.iter().map(|parsed| (parsed.source.route.page(), parsed)).collect();
    // Without its page a text would seem to lack what it inherits.
    let unread: BTreeSet<_> =
        pages.iter().map(|page| page.route.page()).filter(|page| !known.contains_key(page)).collect();
    let twins: Vec<&Source> = twins.into_iter().filter(|twin| !unread.contains(&twin.route.page())).collect();
    let twin = |source: &'a Source, page: Option<&Parsed<'a>>| {
        let page = page.map(|page| markdown::Page { source: page.source, document: &page.document });
        markdown::parse_twin(source, page, options)
    };
    let page = |source: &Source| known.get(&source.route.page()).copied();
    let twins = parse_all(&twins, page, twin, kept, diagnostics);
    documents.extend(twins);
    (documents.len() == inputs.sources.len()).then_some(documents)
}

/// The documents of the sources that can be read; `page` gives that of the page that a source is a text of.
fn parse_all<'a, 'p>(
    sources: &[&'a Source],
    page: impl Fn(&Source) -> Option<&'p Parsed<'a>> + Sync,
    parse: impl Fn(&'a Source, Option<&'p Parsed<'a>>) -> Checked<Document> + Sync,
    kept: Option<&Kept>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Parsed<'a>>
where
    'a: 'p,
{
    let parse = |source: &&'a Source| {
        let page = page(source);
        let of_page = page.map(|page| &page.document);
        if let Some((document, said)) = kept.and_then(|kept| kept.document(source, of_page)) {
            return (Some(Parsed { source, document }), said);
        }
        let mut said = Vec::new();
        let document: Option<Document> = parse(source, page).report(&mut said);
        let document = document.map(Arc::new);
        if let (Some(kept), Some(document)) = (kept, &document) {
            kept.keep_document(source, of_page, document, &said);
        }
        (document.map(|document| Parsed { source, document }), said)
    };
    let mut documents = Vec::with_capacity(sources.len());
    for (document, said) in sources.par_iter().map(parse).collect::<Vec<_>>() {
        documents.extend(document);
        diagnostics.extend(said);
    }
    documents
}

/// The way to the sink; remembers the first failure, after which nothing more is handed over.
struct HandOver<'s, S: Sink> {
    sink: &'s S,
    failure: Mutex<Option<S::Error>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
    gathered: Mutex<Gathered>,
    rendered: Mutex<Rendered>,
}

impl<'s, S: Sink> HandOver<'s, S> {
    fn new(sink: &'s S, plan: &Plan<'_>, gathered: Gathered) -> Self {
        Self {
            sink,
            failure: Mutex::new(None),
            diagnostics: Mutex::new(Vec::new()),
            gathered: Mutex::new(gathered),
            rendered: Mutex::new(Rendered::new(plan)),
        }
    }

    /// Everything has been handed over: what there is to say of the whole, and the choices that conversion made, or why the sink
    /// failed.
    fn close(
        self,
        inputs: &Inputs,
        options: &Options,
        plan: &Plan<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Gathered, S::Error> {
        diagnostics.extend(self.diagnostics.into_inner().unwrap_or_default());
        // A page that could not be rendered would seem to be missing.
        if !has_errors(diagnostics)
            && let Ok(rendered) = self.rendered.into_inner()
        {
            diagnostics.extend(rendered.check(&inputs.templates, inputs.config.broken_links));
        }
        let mut gathered = self.gathered.into_inner().unwrap_or_default();
        if options.review {
            diagnostics.extend(gathered.unused_terms(plan));
            diagnostics.extend(site::staleness(plan));
        }
        gathered.decisions.sort_by(|a, b| a.order().cmp(&b.order()));
        gathered.decisions.dedup();
        self.failure.into_inner().unwrap_or_default().map_or(Ok(gathered), Err)
    }

    fn put(&self, file: OutFile) {
        if let Ok(mut rendered) = self.rendered.lock() {
            rendered.file(&file.path);
        }
        self.give(file);
    }

    /// Hands over a page, whose links are checked when all are there.
    fn put_page(&self, plan: &Plan<'_>, file: OutFile, source: &str, checked: &[&HashSet<String>]) {
        if let Ok(mut rendered) = self.rendered.lock() {
            rendered.page(plan, &file, source, checked);
        }
        self.give(file);
    }

    fn give(&self, file: OutFile) {
        if self.is_over() {
            return;
        }
        if let Err(error) = self.sink.put(file)
            && let Ok(mut failure) = self.failure.lock()
        {
            failure.get_or_insert(error);
        }
    }

    /// What was reported since it was last asked for.
    fn take_said(&self) -> Vec<Diagnostic> {
        self.diagnostics.lock().map(|mut said| std::mem::take(&mut *said)).unwrap_or_default()
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

/// What programs read, and hosts.
fn files<S: Sink>(
    plan: &Plan<'_>,
    sites: &[EditionSite],
    (statics, is_searched): (&[&str], bool),
    hand_over: &HandOver<'_, S>,
) {
    // A site may have a file of its own for one that is made.
    let put = |file: OutFile| {
        if !statics.contains(&file.path.as_str()) {
            hand_over.put(file);
        }
    };
    if !statics.contains(&SITEMAP) {
        outputs::sitemap(plan, sites, is_searched, put);
    }
    put(outputs::robots(plan));
    sites.iter().for_each(|site| put(outputs::manifest(plan, site)));
    outputs::hosts(plan, statics).into_iter().for_each(|file| hand_over.put(file));
}

fn assets<S: Sink>(plan: &Plan<'_>, asset: &Asset, converters: &[Maker], hand_over: &HandOver<'_, S>) {
    let mut said = Vec::new();
    if let Some(bytes) = asset.file.read_or_report(&mut said) {
        let bytes = Arc::new(bytes);
        let mut is_sound = true;
        for (edition, converter) in plan.config.editions.iter().zip(converters) {
            let path = format!("{}/{}", edition.dir(), asset.route);
            let bytes = if let Some(converter) = converter.as_ref().filter(|_| asset.is_svg() && is_sound) {
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
