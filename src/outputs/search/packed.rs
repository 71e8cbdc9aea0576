//! A text for the wire: its characters numbered by how often they come, in one byte or two.
//!
//! Chinese takes half the bytes that it has in UTF-8, and less than that once a host compresses it. First come the characters in
//! UTF-8, then a line feed, then the numbers.

use std::collections::HashMap;

/// So many characters are one byte each.
const ONE_BYTE: usize = 192;
/// A byte that says how many times 256 to add to the next.
const TWO_BYTES: usize = 255 - ONE_BYTE;

/// Packs a text that has no line feed.
pub(super) fn pack(text: &str) -> Vec<u8> {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for c in text.chars() {
        *counts.entry(c).or_default() += 1;
    }
    let mut order: Vec<(char, usize)> = counts.into_iter().collect();
    order.sort_unstable_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    order.truncate(ONE_BYTE + TWO_BYTES * 256);
    let mut bytes: Vec<u8> = order.iter().map(|(c, _)| c).collect::<String>().into_bytes();
    bytes.push(b'\n');
    let numbers: HashMap<char, usize> = order.iter().map(|(c, _)| *c).zip(0..).collect();
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
