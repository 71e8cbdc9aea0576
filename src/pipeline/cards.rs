//! Social cards: drawn before pages are rendered, which name them.
//!
//! A card is handed over as soon as it is there, and kept for the next build, whose look into the cache needs no more of a
//! font than what tells it from others. Where there is none a page keeps `card.png`, and it is said once why.

use super::{HandOver, Options, Sink, diagnostics};
use crate::cards::{self, Card, FOLDER, Font, HEIGHT, Missing, WIDTH};
use crate::config::{Cards, Edition};
use crate::content::{File, Inputs};
use crate::images;
use crate::render::OutFile;
use crate::script::{Dictionaries, Script, Tag};
use crate::site::{CardView, EditionSite, Page, Plan};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// The file that pages have in place of a card.
const FIXED: &str = "card.png";
/// So much of a large font tells it from others: there the checksums of its tables stand.
const TELLING: u64 = 1 << 16;

/// A font of the machine, as a command has found it.
#[derive(Debug, Clone)]
pub struct MachineFont {
    /// Its file.
    pub file: File,
    /// The script that it is made for; both, where nothing is said.
    pub script: Option<Script>,
}

/// Draws the cards that are wanted and gives every page its own; what kept pages without one.
pub(super) fn hand_over<S: Sink>(
    inputs: &Inputs,
    options: &Options,
    plan: &Plan<'_>,
    dictionaries: &Dictionaries,
    sites: &mut [EditionSite],
    hand_over: &HandOver<'_, S>,
) -> Vec<String> {
    let fixed = fixed(inputs, plan);
    for site in sites.iter_mut() {
        give(&mut site.pages, &CardView { alt: site.title.clone(), ..fixed.clone() });
    }
    let wanted = &inputs.config.cards;
    let fonts = Fonts::of(inputs, options);
    let is_idle = !wanted.draw || options.without_images || (fonts.own.is_empty() && options.fonts.is_none());
    if is_idle {
        return Vec::new();
    }
    let studio = Studio { plan, hand_over, dictionaries, state: Mutex::default() };
    for EditionSite { edition, title, pages, .. } in sites.iter_mut() {
        let edition = &inputs.config.editions[*edition];
        let face = fonts.face(&edition.tag);
        let card = |page: &Page| studio.card(title, edition, page, &face);
        if wanted.pages {
            pages.par_iter_mut().flatten().for_each(|page| {
                if let Some(card) = card(page) {
                    page.card = card;
                }
            });
        } else if let Some(card) = pages.first().and_then(Option::as_ref).and_then(card) {
            give(pages, &card);
        }
    }
    let state = studio.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    hand_over.report(fonts.unsound().map(diagnostics::unsound_font));
    state.notes()
}

fn give(pages: &mut [Option<Page>], card: &CardView) {
    for page in pages.iter_mut().flatten() {
        page.card = card.clone();
    }
}

/// `card.png`, with the size that it has.
fn fixed(inputs: &Inputs, plan: &Plan<'_>) -> CardView {
    let file = inputs.statics.iter().find(|(path, _)| path == FIXED);
    let size = file.and_then(|(_, file)| images::look(&file.read().ok()?).0);
    let (width, height) = size.unwrap_or((WIDTH, HEIGHT));
    CardView { url: plan.urls.full(&plan.urls.path(FIXED)), width, height, alt: String::new() }
}

/// Where cards are made.
struct Studio<'s, S: Sink> {
    plan: &'s Plan<'s>,
    hand_over: &'s HandOver<'s, S>,
    dictionaries: &'s Dictionaries,
    state: Mutex<State>,
}

/// What is known after each card.
#[derive(Default)]
struct State {
    /// The names of cards that were handed over.
    made: HashSet<String>,
    /// How many cards are not drawn because there is no font.
    without_font: usize,
    /// How many because of these characters.
    without_characters: usize,
    characters: BTreeSet<char>,
}

impl<S: Sink> Studio<'_, S> {
    /// The card of a page: that of an earlier build, or a new one.
    fn card(&self, title: &str, edition: &Edition, page: &Page, face: &Face<'_>) -> Option<CardView> {
        if self.hand_over.is_over() {
            return None;
        }
        let Some(mark) = face.mark() else {
            self.state().without_font += 1;
            return None;
        };
        let card = self.texts(title, edition, page);
        let name = card.name(edition.tag.as_str(), mark);
        let sink = self.hand_over.sink;
        let bytes = match sink.recall(&name) {
            Some(bytes) => bytes,
            None => {
                let bytes = cards::draw(&card, face.font()?).map_err(|missing| self.state().lacks(missing));
                let bytes = bytes.ok()?;
                sink.keep(&name, &bytes);
                bytes
            }
        };
        let path = format!("{FOLDER}/{name}");
        let url = self.plan.urls.full(&self.plan.urls.path(&path));
        // Two pages with the same texts have one card.
        let is_new = self.state().made.insert(name);
        if is_new {
            self.hand_over.put(OutFile::new(path, bytes));
        }
        Some(CardView { url, width: WIDTH, height: HEIGHT, alt: page.title.clone() })
    }

    fn texts<'t>(&'t self, title: &'t str, edition: &'t Edition, page: &'t Page) -> Card<'t> {
        let date = page.date.as_ref().map(|date| date.text.as_str());
        let address = self.plan.config.base_url.origin();
        let host = address.split_once("://").map_or(address, |(_, host)| host);
        Card {
            masthead: if page.title == title { "" } else { title },
            kicker: page.kicker.as_deref(),
            headline: &page.title,
            begins: self.dictionaries.word_begins(&page.title),
            label: if self.plan.config.editions.len() > 1 { &edition.label } else { "" },
            imprint: page.source.as_deref().or(date).unwrap_or(host),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn lacks(&mut self, Missing(characters): Missing) {
        self.without_characters += 1;
        self.characters.extend(characters);
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.extend((self.without_font > 0).then(diagnostics::no_font_for_cards));
        let lacks = || diagnostics::characters_without_font(self.without_characters, &self.characters);
        notes.extend((self.without_characters > 0).then(lacks));
        notes
    }
}

/// The fonts that there are: those of the site's folder, else those of the machine.
struct Fonts<'a> {
    wanted: &'a Cards,
    own: Vec<FontFile<'a>>,
    machine: Vec<(Option<Script>, FontFile<'a>)>,
}

impl<'a> Fonts<'a> {
    fn of(inputs: &'a Inputs, options: &'a Options) -> Self {
        let machine = options.fonts.iter().flatten();
        Self {
            wanted: &inputs.config.cards,
            own: inputs.fonts.iter().map(|file| FontFile::new(file, u64::MAX)).collect(),
            machine: machine.map(|font| (font.script, FontFile::new(&font.file, TELLING))).collect(),
        }
    }

    /// What the cards of an edition are drawn with.
    fn face<'f>(&'f self, tag: &'f Tag) -> Face<'f> {
        let is_for =
            |script: Option<Script>| script.is_none() || tag.script().is_none() || script == tag.script();
        let files: Vec<&FontFile<'_>> = if self.own.is_empty() {
            self.machine
                .iter()
                .find(|(script, _)| is_for(*script))
                .map(|(_, file)| file)
                .into_iter()
                .collect()
        } else {
            self.wanted.fonts_of(tag).into_iter().filter_map(|index| self.own.get(index)).collect()
        };
        Face { files, tag, mark: OnceLock::new(), font: OnceLock::new() }
    }

    /// The files of the site that turned out to be no fonts.
    fn unsound(&self) -> impl Iterator<Item = &str> {
        let unsound = self.own.iter().filter(|font| font.is_unsound.load(Ordering::Relaxed));
        unsound.map(|font| font.file.path.as_str())
    }
}

/// A file that is read when it is needed.
struct FontFile<'a> {
    file: &'a File,
    /// So many of its bytes tell it from others.
    telling: u64,
    bytes: OnceLock<Option<Vec<u8>>>,
    is_unsound: AtomicBool,
}

impl<'a> FontFile<'a> {
    fn new(file: &'a File, telling: u64) -> Self {
        Self { file, telling, bytes: OnceLock::new(), is_unsound: AtomicBool::new(false) }
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.bytes.get_or_init(|| self.file.read().ok()).as_deref()
    }

    fn mark(&self) -> Option<[u8; 32]> {
        let (length, beginning) = self.file.beginning(self.telling).ok()?;
        Some(Sha256::new().chain_update(length.to_le_bytes()).chain_update(beginning).finalize().into())
    }
}

/// The fonts of an edition.
struct Face<'f> {
    files: Vec<&'f FontFile<'f>>,
    tag: &'f Tag,
    mark: OnceLock<Option<Vec<u8>>>,
    font: OnceLock<Option<Font<'f>>>,
}

impl<'f> Face<'f> {
    /// What tells its fonts from others; nothing where there is none.
    fn mark(&self) -> Option<&[u8]> {
        let all = || {
            let marks: Option<Vec<[u8; 32]>> = self.files.iter().map(|file| file.mark()).collect();
            marks.map(|marks| marks.concat()).filter(|marks| !marks.is_empty())
        };
        self.mark.get_or_init(all).as_deref()
    }

    /// Its fonts, opened; nothing where none is sound.
    fn font(&self) -> Option<&Font<'f>> {
        self.font.get_or_init(|| self.open()).as_ref()
    }

    fn open(&self) -> Option<Font<'f>> {
        let tag = self.tag.as_str();
        let mut all = Vec::new();
        for file in &self.files {
            match file.bytes() {
                Some(bytes) if Font::open(&[bytes], tag).is_some() => all.push(bytes),
                _ => file.is_unsound.store(true, Ordering::Relaxed),
            }
        }
        Font::open(&all, tag)
    }
}
