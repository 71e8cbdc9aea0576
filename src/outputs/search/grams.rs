//! What candidates are found by: the characters of a page, one by one and two by two, folded, as numbers.
//!
//! A page that holds a query holds its grams; whether it holds the query is known when its text is read.

use super::align;
use super::fold::counted;

/// A gram stands in a title.
pub(super) const IN_TITLE: u32 = 1;

/// The number of a gram, never 0; the lowest bit is free. `second` is NUL where there is none.
pub(super) fn number(first: char, second: char) -> u32 {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    ((mixed ^ (mixed >> 12)) & !IN_TITLE).max(2)
}

/// The numbers of a word's grams, of two characters where it has two.
pub(super) fn of_word(folded: &[char]) -> Vec<u32> {
    match folded {
        [one] => vec![number(*one, '\0')],
        more => more.windows(2).map(|pair| number(pair[0], pair[1])).collect(),
    }
}

/// The grams of a page. Made once for many pages, as its table is large.
#[derive(Debug)]
pub(super) struct Grams {
    /// Open addressing; 0 is free.
    table: Vec<u32>,
    seen: Vec<u32>,
}

/// The table has this many places at first.
const PLACES: usize = 1 << 13;

impl Default for Grams {
    fn default() -> Self {
        Self { table: vec![0; PLACES], seen: Vec::new() }
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
        let gram = number | if is_title { IN_TITLE } else { 0 };
        if self.place(gram) {
            self.seen.push(gram);
            if self.seen.len() * 2 > self.table.len() {
                self.table = vec![0; self.table.len() * 2];
                for gram in std::mem::take(&mut self.seen) {
                    self.place(gram);
                    self.seen.push(gram);
                }
            }
        }
    }

    /// Whether a gram was new.
    fn place(&mut self, gram: u32) -> bool {
        let last = self.table.len() - 1;
        let mut at = (gram >> 7) as usize & last;
        loop {
            match self.table[at] {
                0 => break,
                known if known == gram => return false,
                _ => at = (at + 1) & last,
            }
        }
        self.table[at] = gram;
        true
    }

    /// All of them, sorted; then there are none. One that stands in the title too is there once.
    pub(super) fn take(&mut self) -> Vec<u32> {
        self.table.fill(0);
        let mut grams = self.seen.clone();
        self.seen.clear();
        grams.sort_unstable();
        // With the title's mark a gram stands behind the same without.
        grams.dedup_by(|next, kept| {
            let is_same = (*next ^ *kept) <= IN_TITLE;
            *kept |= if is_same { *next & IN_TITLE } else { 0 };
            is_same
        });
        grams
    }
}
