//! jieba's words, compiled into one trie that tells how a text falls into words.
//!
//! Of its 349,000 words only those are kept that can decide a conversion: words with a character that OpenCC's table
//! converts in more than one way, and the frequent ones, which compete with them for their neighbours' characters.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::dictionary::Library;
use crate::trie;

/// A word with no ambiguous character takes part from this count on.
const FREQUENT: u64 = 20;
/// Costs are natural logarithms in steps of a sixteenth.
const STEPS: f64 = 16.0;

/// The file: the cost of an unknown character, then what is added to the value of a word to get its cost, then the words.
pub(crate) fn compile(library: &Library, path: &Path) -> Vec<u8> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    let ambiguous: BTreeSet<char> = library
        .get("STCharacters")
        .entries()
        .filter(|(_, values)| values.len() > 1)
        .filter_map(|(key, _)| key.chars().next())
        .collect();
    let mut total = 0_u64;
    let mut words: BTreeMap<&str, u64> = BTreeMap::new();
    for line in text.lines() {
        let mut fields = line.split(' ');
        let (Some(word), Some(count)) = (fields.next(), fields.next()) else { panic!("no count in: {line}") };
        let count: u64 = count.parse().unwrap_or_else(|_| panic!("no count in: {line}"));
        total += count;
        let single = word.chars().nth(1).is_none();
        if single || count >= FREQUENT || word.chars().any(|c| ambiguous.contains(&c)) {
            words.insert(word, count);
        }
    }
    let cost = |count: u64| ((total as f64).ln() - (count.max(1) as f64).ln()) * STEPS;
    let words = words.into_iter().map(|(word, count)| (word, cost(count).round() as u32));
    let words: Vec<(&str, u32)> = words.collect();
    // The dearest costs four times the cheapest; from the cheapest on, values have 8 bits.
    let added = words.iter().map(|(_, cost)| *cost).min().expect("jieba has words") - 1;
    let mut file: Vec<u8> = [cost(1).round() as u32, added].into_iter().flat_map(u32::to_le_bytes).collect();
    file.extend(trie::compile::<6>(words.into_iter().map(|(word, cost)| (word, cost - added))));
    file
}
