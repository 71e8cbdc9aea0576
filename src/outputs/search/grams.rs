//! What candidates are found by: the characters of a page, one by one and two by two, folded, as numbers.
//!
//! A page that holds a query holds its grams; whether it holds the query is known when its text is read.

use super::align;
use super::fold::counted;
use std::collections::HashSet;

/// A gram stands in a title.
pub(super) const IN_TITLE: u32 = 1;

/// The number of a gram; the lowest bit is free. `second` is NUL where there is none.
pub(super) fn number(first: char, second: char) -> u32 {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    (mixed ^ (mixed >> 12)) & !IN_TITLE
}

/// The numbers of a word's grams, of two characters where it has two.
pub(super) fn of_word(folded: &[char]) -> Vec<u32> {
    match folded {
        [one] => vec![number(*one, '\0')],
        more => more.windows(2).map(|pair| number(pair[0], pair[1])).collect(),
    }
}

/// The grams of a page.
#[derive(Default)]
pub(super) struct Grams {
    seen: HashSet<u32, Plain>,
}

/// Numbers that are hashes already.
#[derive(Default, Clone)]
pub(super) struct Plain;

impl std::hash::BuildHasher for Plain {
    type Hasher = PlainHasher;

    fn build_hasher(&self) -> PlainHasher {
        PlainHasher(0)
    }
}

pub(super) struct PlainHasher(u64);

impl std::hash::Hasher for PlainHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |sum, byte| (sum << 8) | u64::from(*byte));
    }

    fn write_u32(&mut self, number: u32) {
        // The table takes its place from the lowest bits and its tag from the highest.
        self.0 = (u64::from(number) << 32) | u64::from(number >> 1);
    }
}

impl Grams {
    /// Takes a line in the editions that show it: its folded characters in each, the first one's first.
    pub(super) fn line(&mut self, editions: &[&[char]], is_title: bool) {
        let Some((base, others)) = editions.split_first() else { return };
        self.text(base, is_title);
        let different: Vec<&[char]> = others.iter().copied().filter(|other| other != base).collect();
        if different.is_empty() {
            return;
        }
        different.iter().for_each(|other| self.text(other, is_title));
        // A query may be in the words of one edition here and of another there.
        let mut places: Vec<Vec<char>> = base.iter().map(|c| vec![*c]).collect();
        for other in different {
            for (at, there) in align::pairs(base, other) {
                places[at].push(other[there]);
            }
        }
        for pair in counted(base).windows(2).filter(|pair| pair.iter().all(|at| places[*at].len() > 1)) {
            for first in &places[pair[0]] {
                places[pair[1]].iter().for_each(|second| self.add(number(*first, *second), is_title));
            }
        }
    }

    fn text(&mut self, folded: &[char], is_title: bool) {
        let mut before = None;
        for at in counted(folded) {
            let c = folded[at];
            self.add(number(c, '\0'), is_title);
            if let Some(before) = before {
                self.add(number(before, c), is_title);
            }
            before = Some(c);
        }
    }

    fn add(&mut self, number: u32, is_title: bool) {
        self.seen.insert(number | if is_title { IN_TITLE } else { 0 });
    }

    /// All of them, sorted. One that stands in the title too is there once.
    pub(super) fn into_sorted(self) -> Vec<u32> {
        let mut grams: Vec<u32> = self.seen.into_iter().collect();
        grams.sort_unstable_by(|a, b| b.cmp(a));
        grams.dedup_by_key(|gram| *gram & !IN_TITLE);
        grams.reverse();
        grams
    }
}
