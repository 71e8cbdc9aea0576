//! The folding of characters: whatever script or region a text is written in, its characters become Simplified, one
//! by one and without regard to words. Terms are looked up in folded text, so that a house names them once.

use std::collections::BTreeMap;

use crate::dictionary::Library;

/// Pairs of code points, 4 bytes each, little-endian, sorted by the first: the character and what it folds to.
pub(crate) fn table(library: &Library) -> Vec<u8> {
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
    let pairs = folds.keys().map(|key| (*key, end(*key))).filter(|(key, folded)| key != folded);
    pairs.flat_map(|(key, folded)| [key, folded]).flat_map(|c| u32::from(c).to_le_bytes()).collect()
}

fn single(text: &str) -> char {
    let mut characters = text.chars();
    let first = characters.next().expect("no key or value is empty");
    assert!(characters.next().is_none(), "{text} is more than a character");
    first
}
