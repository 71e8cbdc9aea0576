//! Folds a text for comparison: every character becomes its Simplified form, so that a term is found in whichever
//! script and region it is written.
//!
//! Character by character, without regard to words: a folded text has as many characters, and the same text folds the
//! same everywhere. Nobody ever reads a folded text.

static PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/fold.bin"));

const PAGE: usize = 256;

/// The table of foldings, by pages of 256 characters.
pub(super) struct Fold {
    pages: Vec<Option<Box<[char; PAGE]>>>,
}

impl Fold {
    /// Reads the embedded table.
    ///
    /// # Panics
    ///
    /// When the table is not what `build.rs` wrote; the tests load it.
    pub(super) fn load() -> Fold {
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

    pub(super) fn character(&self, character: char) -> char {
        let point = character as usize;
        match self.pages.get(point / PAGE) {
            Some(Some(page)) => page[point % PAGE],
            _ => character,
        }
    }

    pub(super) fn text(&self, text: &str) -> String {
        text.chars().map(|character| self.character(character)).collect()
    }
}

/// A page on which every character is itself.
fn own_page(number: usize) -> Box<[char; PAGE]> {
    let own = |at: usize| char::from_u32((number * PAGE + at) as u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    Box::new(std::array::from_fn(own))
}
