//! How a text falls into words: the most probable path through jieba's word list.
//!
//! A phrase of a conversion dictionary that ends in the middle of a word was matched by accident (被发|明: the word is
//! 发明). Only says where words begin; what follows from it is decided in `traditional`.

use daachorse::CharwiseDoubleArrayAhoCorasick;

static FILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

/// Words with their costs: the less frequent a word, the dearer.
pub(super) struct Words {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// What a character costs that no word covers.
    unknown: u32,
}

impl Words {
    /// Reads the embedded file.
    ///
    /// # Panics
    ///
    /// When the file is not what `build.rs` wrote; the tests load it.
    pub(super) fn load() -> Words {
        let damaged = "the embedded word list is the one that build.rs wrote";
        let (unknown, automaton) = FILE.split_first_chunk().expect(damaged);
        let (automaton, _) = CharwiseDoubleArrayAhoCorasick::deserialize(automaton).expect(damaged);
        Words { automaton, unknown: u32::from_le_bytes(*unknown) }
    }

    /// For each byte of `text`, where the word begins that covers it.
    pub(super) fn starts(&self, text: &str) -> Vec<u32> {
        // The cheapest way to get to a byte, and where its last word begins.
        let mut ways: Vec<(u32, u32)> = vec![(u32::MAX, 0); text.len() + 1];
        ways[0] = (0, 0);
        let mut matches = self.automaton.find_overlapping_iter(text).peekable();
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            // By single steps a byte can always be reached, so the cost at `at` is known.
            let mut best = (ways[at].0.saturating_add(self.unknown), at as u32);
            while let Some(word) = matches.next_if(|word| word.end() == end) {
                let cost = ways[word.start()].0.saturating_add(word.value());
                if cost <= best.0 {
                    best = (cost, word.start() as u32);
                }
            }
            ways[end] = best;
        }
        let mut starts = vec![0; text.len()];
        let mut end = text.len();
        while end > 0 {
            let start = ways[end].1;
            starts[start as usize..end].fill(start);
            end = start as usize;
        }
        starts
    }
}
