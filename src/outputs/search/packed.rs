//! A text for the wire: its characters numbered, those that come often in one byte and the rest in two.
//!
//! Chinese takes half the bytes that it has in UTF-8. First come the characters, in two lists of ascending code points: how many there
//! are, and how far each is from the one before. Then the numbers.

/// So many characters are one byte each.
const ONE_BYTE: usize = 192;
/// A byte that says how many times 256 to add to the next.
const TWO_BYTES: usize = 255 - ONE_BYTE;

/// Packs texts. Made once for many, as it counts in a table of all characters.
#[derive(Debug, Default)]
pub(super) struct Packer {
    /// By code point: how often a character comes, then its number and one.
    table: Vec<u32>,
}

impl Packer {
    /// Packs a text.
    pub(super) fn pack(&mut self, text: &str) -> Vec<u8> {
        self.table.resize(char::MAX as usize + 1, 0);
        let mut characters = Vec::new();
        for c in text.chars() {
            let count = &mut self.table[c as usize];
            if *count == 0 {
                characters.push(c);
            }
            *count += 1;
        }
        let all = characters.clone();
        characters.sort_by_cached_key(|c| (u32::MAX - self.table[*c as usize], *c));
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
        all.iter().for_each(|c| self.table[*c as usize] = 0);
        for (c, number) in characters.iter().zip(1..) {
            self.table[*c as usize] = number;
        }
        for c in text.chars() {
            match self.table[c as usize] as usize {
                // No text has so many different characters; if one does, the rest stands in full.
                0 => bytes.extend((0xFF00_0000 | c as u32).to_be_bytes()),
                number if number <= ONE_BYTE => bytes.push((number - 1) as u8),
                number => {
                    let beyond = number - 1 - ONE_BYTE;
                    bytes.extend([(ONE_BYTE + beyond / 256) as u8, (beyond % 256) as u8]);
                }
            }
        }
        all.iter().for_each(|c| self.table[*c as usize] = 0);
        bytes
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 127 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}
