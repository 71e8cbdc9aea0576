//! Folds a text for comparison: every character becomes its Simplified form, so that a term is found in whichever
//! script and region it is written.
//!
//! Character by character, without regard to words: a folded text has as many characters, and the same text folds the
//! same everywhere. Nobody ever reads a folded text.

use std::fmt;

static PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fold.bin"));

const PAGE: usize = 256;

/// The table of foldings, by pages of 256 characters.
pub struct Fold {
    pages: Vec<Option<Box<[char; PAGE]>>>,
}

impl Fold {
    /// Reads the embedded table.
    ///
    /// # Panics
    ///
    /// When the table is not what `build.rs` wrote; the tests load it.
    pub fn load() -> Fold {
        let damaged = "the embedded table is the one that build.rs wrote";
        let mut pages: Vec<Option<Box<[char; PAGE]>>> = Vec::new();
        for pair in PAIRS.chunks_exact(8) {
            let (from, to) = pair.split_at(4);
            let point = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect(damaged));
            let (from, to) = (point(from) as usize, char::from_u32(point(to)).expect(damaged));
            if pages.len() <= from / PAGE {
                pages.resize(from / PAGE + 1, None);
            }
            let page = pages[from / PAGE].get_or_insert_with(|| own_page(from / PAGE));
            page[from % PAGE] = to;
        }
        Fold { pages }
    }

    /// The Simplified form of a character.
    pub fn character(&self, character: char) -> char {
        let point = character as usize;
        match self.pages.get(point / PAGE) {
            Some(Some(page)) => page[point % PAGE],
            _ => character,
        }
    }

    /// A text of as many characters.
    pub fn text(&self, text: &str) -> String {
        text.chars().map(|character| self.character(character)).collect()
    }

    /// All characters that are not their own form, with the form, in the order of code points.
    pub fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        let pages = self.pages.iter().zip(0..).filter_map(|(page, number)| Some((page.as_ref()?, number)));
        pages.flat_map(|(page, number)| {
            let character = move |at: usize| char::from_u32((number * PAGE + at) as u32);
            let pair = move |(at, form): (usize, &char)| Some((character(at)?, *form));
            page.iter().enumerate().filter_map(pair).filter(|(character, form)| character != form)
        })
    }
}

impl fmt::Debug for Fold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fold({} pages)", self.pages.iter().flatten().count())
    }
}

/// A page on which every character is itself.
fn own_page(number: usize) -> Box<[char; PAGE]> {
    let own = |at: usize| char::from_u32((number * PAGE + at) as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    Box::new(std::array::from_fn(own))
}
