//! A site that is looked at while it is written: ready as soon as its content is known to be sound, each file made when somebody asks for it.
//!
//! In: what a build reads, and what an earlier preview has kept. Out: files by their paths, as a build would publish them, but for social
//! cards, which nobody sees here. Never: a byte on disk; an answer from a site whose content has errors.

use super::conversion::Maker;
use super::pages::Pages;
use super::{HandOver, Kept, Options, Ready, Sink, assets, cards, files, images, prepare, search};
use crate::content::Inputs;
use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::images::FOLDER as IMAGES;
use crate::render::{self, Beside, EditionFrame, OutFile};
use crate::site::{ATOM, JSON_FEED, SEARCH_FOLDER, page_path};
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A version of the site. It ends when it is dropped.
#[derive(Debug)]
pub struct Preview {
    ask: Sender<Ask>,
    /// Paths of a page of each kind in each edition, and of the pages of the sources that were asked about: if these can be rendered, so can most.
    pub samples: Vec<String>,
}

/// What a preview has at a path.
#[derive(Debug, Clone)]
pub enum Shown {
    /// A file.
    File(Arc<Vec<u8>>),
    /// Nothing.
    Missing,
    /// A file that cannot be made, and why.
    Trouble(Vec<Diagnostic>),
}

#[derive(Debug)]
struct Ask {
    path: String,
    answer: Sender<Shown>,
}

impl Preview {
    /// Makes a version; it fails where the content has errors. `kept` is what earlier versions of the same settings, templates and data
    /// have made; `changed` are paths of sources whose pages are among the samples.
    pub fn start(
        inputs: Arc<Inputs>,
        options: &Options,
        kept: &Arc<Kept>,
        changed: &BTreeSet<String>,
    ) -> Checked<Preview> {
        let changed = changed.clone();
        let (ask, asks) = channel();
        let (tell, told) = channel();
        let options = Options { without_images: true, ..options.clone() };
        let store = Store { files: Mutex::default(), kept: Arc::clone(kept) };
        #[expect(clippy::disallowed_methods, reason = "threads belong to `pipeline`")]
        thread::spawn(move || {
            let mut said = Vec::new();
            let ready = prepare(&inputs, &options, &store, Some(&store.kept), &mut said);
            said.sort_by(|a, b| a.order().cmp(&b.order()));
            let Some(ready) = ready else {
                // Nobody listens any more: then there is nothing to tell.
                let _ = tell.send((None, said));
                return;
            };
            let _ = tell.send((Some(samples(&ready, &changed)), said));
            serve(&inputs, &options, &store, ready, &asks);
        });
        match told.recv() {
            Ok((Some(samples), said)) => Checked::new(Preview { ask, samples }, said),
            Ok((None, said)) => Checked::failed(said),
            // The thread could not be made.
            Err(_) => Checked::failed(Vec::new()),
        }
    }

    /// The file at a path of the published tree.
    pub fn file(&self, path: &str) -> Shown {
        let (answer, answered) = channel();
        let ask = Ask { path: path.to_owned(), answer };
        match self.ask.send(ask).ok().and_then(|()| answered.recv().ok()) {
            Some(shown) => shown,
            None => Shown::Missing,
        }
    }
}

/// Files that were asked for, by path.
#[derive(Debug)]
struct Store {
    files: Mutex<HashMap<String, Arc<Vec<u8>>>>,
    kept: Arc<Kept>,
}

impl Store {
    fn get(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }
}

impl Sink for Store {
    type Error = Infallible;

    fn put(&self, file: OutFile) -> Result<(), Infallible> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path, file.bytes);
        Ok(())
    }

    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.image(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.kept.keep_image(name, bytes);
    }
}

/// Answers until nobody can ask any more.
fn serve(inputs: &Inputs, options: &Options, store: &Store, mut ready: Ready<'_>, asks: &Receiver<Ask>) {
    let hand_over = HandOver::new(store, &ready.plan, std::mem::take(&mut ready.gathered));
    cards::hand_over(inputs, options, &ready.plan, &ready.dictionaries, &mut ready.sites, &hand_over);
    let frames: Vec<EditionFrame> =
        ready.sites.iter().map(|site| EditionFrame::new(&inputs.config, &ready.sites, site)).collect();
    let statics: Vec<&str> = ready.statics.paths().collect();
    let pages = Pages {
        plan: &ready.plan,
        sites: &ready.sites,
        frames: &frames,
        templates: &ready.templates,
        statics: &statics,
    };
    let shelf = Shelf {
        ready: &ready,
        pages,
        store,
        hand_over: &hand_over,
        jobs: jobs(&pages),
        beside: OnceCell::new(),
        done: Cell::new(Groups::default()),
    };
    for Ask { path, answer } in asks {
        // Whoever has asked may have gone.
        let _ = answer.send(shelf.answer(&path));
    }
}

fn samples(ready: &Ready<'_>, changed: &BTreeSet<String>) -> Vec<String> {
    let mut samples = Vec::new();
    for site in &ready.sites {
        let mut kinds = BTreeSet::new();
        for page in site.pages.iter().flatten() {
            if kinds.insert(page.kind) || changed.contains(&page.text(&ready.plan).source.path) {
                samples.push(page.path.clone());
            }
        }
    }
    samples
}

/// What makes a file of its own.
#[derive(Debug, Clone, Copy)]
enum Job {
    Page { place: usize, edition: usize },
    Beside { comparison: usize, place: usize },
    Asset(usize),
}

fn jobs(pages: &Pages<'_>) -> HashMap<String, Job> {
    let mut jobs = HashMap::new();
    for (edition, site) in pages.sites.iter().enumerate() {
        let own = site.pages.iter().enumerate().filter_map(|(place, page)| Some((place, page.as_ref()?)));
        jobs.extend(own.map(|(place, page)| (page.path.clone(), Job::Page { place, edition })));
        let dir = pages.plan.config.editions[edition].dir();
        let assets = pages.plan.assets.iter().enumerate();
        jobs.extend(assets.map(|(index, asset)| (format!("{dir}/{}", asset.route), Job::Asset(index))));
    }
    for (comparison, own) in pages.plan.comparisons.iter().enumerate() {
        let places = pages.plan.places.iter().enumerate();
        let path = |(place, own_place): (usize, &crate::site::Place)| {
            (page_path(&own.folder, &own_place.route), Job::Beside { comparison, place })
        };
        jobs.extend(places.map(path));
    }
    jobs
}

/// What is made together, and has been made.
#[derive(Debug, Clone, Copy, Default)]
struct Groups {
    statics: bool,
    files: bool,
    lists: bool,
    feeds: bool,
    search: bool,
    images: bool,
}

struct Shelf<'a> {
    ready: &'a Ready<'a>,
    pages: Pages<'a>,
    store: &'a Store,
    hand_over: &'a HandOver<'a, Store>,
    jobs: HashMap<String, Job>,
    beside: OnceCell<Vec<Beside<'a>>>,
    done: Cell<Groups>,
}

impl Shelf<'_> {
    fn answer(&self, path: &str) -> Shown {
        if self.store.get(path).is_none() {
            match self.jobs.get(path) {
                Some(job) => self.make(*job),
                None => self.look(path),
            }
        }
        let mut said = self.hand_over.take_said();
        said.retain(|diagnostic| diagnostic.severity == Severity::Error);
        match self.store.get(path) {
            Some(bytes) => Shown::File(bytes),
            None if said.is_empty() => Shown::Missing,
            None => Shown::Trouble(said),
        }
    }

    fn make(&self, job: Job) {
        let Pages { plan, sites, frames, .. } = self.pages;
        match job {
            Job::Page { place, edition } => {
                if let Some(page) = sites[edition].page(place) {
                    self.pages.page(&sites[edition], &frames[edition], page, self.hand_over);
                }
            }
            Job::Beside { comparison, place } => {
                let new = |own| Beside::new(plan, sites, frames, own);
                let all = self.beside.get_or_init(|| plan.comparisons.iter().map(new).collect());
                let page = |edition: usize| {
                    let page = sites[edition].page(place)?;
                    self.pages.page(&sites[edition], &frames[edition], page, self.hand_over)
                };
                let rendered: Vec<_> = (0..sites.len()).map(page).collect();
                self.pages.beside(&all[comparison], place, &rendered, self.hand_over);
            }
            Job::Asset(index) => {
                assets(plan, plan.assets[index], self.converters(), self.hand_over);
            }
        }
    }

    fn converters(&self) -> &[Maker] {
        &self.ready.converters
    }

    /// Makes what is made together, until the path is there or nothing is left that could hold it.
    fn look(&self, path: &str) {
        let Ready { statics, plan, sites, templates, .. } = self.ready;
        let is_searched = plan.config.search && templates.has(render::SEARCH);
        let is_feed = [ATOM, JSON_FEED].iter().any(|name| path.ends_with(name));
        let is_below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let once = |group: fn(&mut Groups) -> &mut bool, make: &dyn Fn()| {
            let mut done = self.done.get();
            if self.store.get(path).is_none() && !std::mem::replace(group(&mut done), true) {
                self.done.set(done);
                make();
            }
        };
        once(|groups| &mut groups.statics, &|| statics.hand_over(self.hand_over));
        once(|groups| &mut groups.files, &|| {
            files(plan, sites, (self.pages.statics, is_searched), self.hand_over);
        });
        if is_below(IMAGES) {
            once(|groups| &mut groups.images, &|| {
                images::hand_over(plan, self.hand_over);
            });
        }
        if is_below(SEARCH_FOLDER) && is_searched {
            once(|groups| &mut groups.search, &|| search::hand_over(plan, sites, self.hand_over));
        }
        if is_feed {
            once(|groups| &mut groups.feeds, &|| self.pages.feeds(self.hand_over));
        }
        once(|groups| &mut groups.lists, &|| self.pages.made(self.hand_over));
    }
}
