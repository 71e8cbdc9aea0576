//! The folding of characters: whatever script or region a text is written in, its characters become Simplified, one
//! by one and without regard to words. Terms are looked up in folded text, so that a house names them once.

use std::collections::{BTreeMap, BTreeSet};

use crate::dictionary::Library;

/// Pairs of code points, 4 bytes each, little-endian, sorted by the first: the character and what it folds to.
pub(crate) fn table(library: &Library) -> Vec<u8> {
    bytes(folds(library))
}

/// Pairs in the same form, of folded characters that are not one, and one is still written for the other where the script
/// changes: 复 and 覆, as 反复 becomes 反覆.
pub(crate) fn kin(library: &Library) -> Vec<u8> {
    let folds: BTreeMap<char, char> = folds(library).collect();
    let folded = |c: char| folds.get(&c).copied().unwrap_or(c);
    let mut kin = BTreeSet::new();
    for name in ["STCharacters", "STPhrases", "TSPhrases"] {
        for (key, values) in library.get(name).entries() {
            for value in values.iter().filter(|value| value.chars().count() == key.chars().count()) {
                let pairs = key.chars().zip(value.chars()).map(|(a, b)| (folded(a), folded(b)));
                kin.extend(pairs.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))));
            }
        }
    }
    bytes(kin)
}

fn bytes(pairs: impl IntoIterator<Item = (char, char)>) -> Vec<u8> {
    pairs.into_iter().flat_map(|(a, b)| [a, b]).flat_map(|c| u32::from(c).to_le_bytes()).collect()
}

fn folds(library: &Library) -> impl Iterator<Item = (char, char)> {
    let mut folds: BTreeMap<char, char> = BTreeMap::new();
    for name in ["TSCharacters", "TSCharactersExt"] {
        folds.extend(library.get(name).pairs().map(|(key, value)| (single(key), single(value))));
    }
    for name in ["TWVariantsRev", "HKVariantsRev"] {
        for (regional, standard) in library.get(name).pairs() {
            let (regional, standard) = (single(regional), single(standard));
            let folded = folds.get(&standard).copied().unwrap_or(standard);
            folds.entry(regional).or_insert(folded);
        }
    }
    let end = |mut character: char| {
        // A few values are keys themselves.
        for _ in 0..4 {
            character = folds.get(&character).copied().unwrap_or(character);
        }
        character
    };
    let pairs: Vec<(char, char)> = folds.keys().map(|key| (*key, end(*key))).collect();
    pairs.into_iter().filter(|(key, folded)| key != folded)
}

fn single(text: &str) -> char {
    let mut characters = text.chars();
    let first = characters.next().expect("no key or value is empty");
    assert!(characters.next().is_none(), "{text} is more than a character");
    first
}
