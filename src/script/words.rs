//! How a text falls into words: the most probable path through jieba's word list.
//!
//! A phrase of a conversion dictionary that ends in the middle of a word was matched by accident (被发|明: the word is
//! 发明). Only says where words begin; what follows from it is decided in `traditional`.

use super::trie::{Code, Trie};

static FILE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

/// Words with their costs: the less frequent a word, the dearer.
pub(super) struct Words {
    trie: Trie<6>,
    /// What a character costs that no word covers.
    unknown: u32,
    /// What a word costs more than its value.
    added: u32,
}

impl Words {
    /// The words in the embedded file.
    ///
    /// # Panics
    ///
    /// When the file is not what `build.rs` wrote; the tests load it.
    pub(super) fn load() -> Words {
        let damaged = "the word list is the one that build.rs wrote";
        let (unknown, rest) = FILE.split_first_chunk().expect(damaged);
        let (added, trie) = rest.split_first_chunk().expect(damaged);
        let [unknown, added] = [unknown, added].map(|number| u32::from_le_bytes(*number));
        Words { trie: Trie::new(trie), unknown, added }
    }

    /// For each character, and for the end, whether a word begins there.
    pub(super) fn begins(&self, characters: &[char]) -> Vec<bool> {
        let codes: Vec<Code> = characters.iter().map(|character| self.trie.code(*character)).collect();
        // The cheapest way to each character: its cost, and where its last word begins.
        let mut ways = vec![(u32::MAX, 0); codes.len() + 1];
        ways[0].0 = 0;
        for (at, code) in codes.iter().enumerate() {
            let cost = ways[at].0;
            // By single steps a character can always be reached. Of equal ways the one with the shorter last word is taken.
            if cost + self.unknown < ways[at + 1].0 {
                ways[at + 1] = (cost + self.unknown, at);
            }
            let first = self.trie.first(*code);
            let mut node = first.node();
            let mut end = at + 1;
            loop {
                let value = node.value();
                if value != 0 && cost + self.added + value <= ways[end].0 {
                    ways[end] = (cost + self.added + value, at);
                }
                let Some(&code) = codes.get(end) else { break };
                if end == at + 1 && !first.may_go_on(code) {
                    break;
                }
                let Some(next) = self.trie.next(node, code) else { break };
                (node, end) = (next, end + 1);
            }
        }
        let mut begins = vec![false; codes.len() + 1];
        let mut end = codes.len();
        begins[end] = true;
        while end > 0 {
            end = ways[end].1;
            begins[end] = true;
        }
        begins
    }
}
