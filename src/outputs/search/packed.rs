//! A text for the wire: its characters numbered, those that come often in one byte and the rest in two.
//!
//! Chinese takes half the bytes that it has in UTF-8. First come the characters, in two lists of ascending code points: how many there
//! are, and how far each is from the one before. Then the numbers.

use std::collections::HashMap;

/// So many characters are one byte each.
const ONE_BYTE: usize = 192;
/// A byte that says how many times 256 to add to the next.
const TWO_BYTES: usize = 255 - ONE_BYTE;

/// Packs a text.
pub(super) fn pack(text: &str) -> Vec<u8> {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for c in text.chars() {
        *counts.entry(c).or_default() += 1;
    }
    let mut order: Vec<(char, usize)> = counts.into_iter().collect();
    order.sort_unstable_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    let mut characters: Vec<char> = order.into_iter().map(|(c, _)| c).collect();
    characters.truncate(ONE_BYTE + TWO_BYTES * 256);
    let many = characters.len().min(ONE_BYTE);
    let (often, seldom) = characters.split_at_mut(many);
    let mut bytes = Vec::with_capacity(text.len());
    for list in [often, seldom] {
        list.sort_unstable();
        number(&mut bytes, list.len() as u32);
        let mut last = 0;
        for c in list {
            number(&mut bytes, *c as u32 - last);
            last = *c as u32;
        }
    }
    let numbers: HashMap<char, usize> = characters.into_iter().zip(0..).collect();
    for c in text.chars() {
        match numbers.get(&c) {
            Some(number) if *number < ONE_BYTE => bytes.push(*number as u8),
            Some(number) => {
                let beyond = number - ONE_BYTE;
                bytes.extend([(ONE_BYTE + beyond / 256) as u8, (beyond % 256) as u8]);
            }
            // No text has so many different characters; if one does, the rest stands in full.
            None => bytes.extend((0xFF00_0000 | c as u32).to_be_bytes()),
        }
    }
    bytes
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 127 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}
