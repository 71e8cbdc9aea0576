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

/// The grams of a page, sorted, each with the places where it begins, as bits: a place is counted modulo 8. So of a page that has all grams of a query
/// somewhere it can mostly be told that they do not stand together.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) grams: Vec<u32>,
    pub(super) places: Vec<u8>,
}

/// Gathers the grams of a page. Made once for many pages, as its table is large.
#[derive(Debug)]
pub(super) struct Grams {
    /// Open addressing; 0 is free.
    table: Vec<u32>,
    /// Where the grams of the table begin.
    places: Vec<u8>,
    seen: Vec<u32>,
    /// How many characters stand before the line.
    before: usize,
}

/// The table has this many places at first.
const PLACES: usize = 1 << 13;

impl Default for Grams {
    fn default() -> Self {
        Self { table: vec![0; PLACES], places: vec![0; PLACES], seen: Vec::new(), before: 0 }
    }
}

/// Whether the places of a line are counted.
#[derive(Clone, Copy, PartialEq)]
enum Counting {
    Yes,
    /// They are not the same in all editions, so every place is possible.
    No,
}

impl Grams {
    /// Takes a line in the editions that show it: its folded characters in each, the first one's first.
    pub(super) fn line(&mut self, editions: &[&[char]], is_title: bool) {
        let Some((base, others)) = editions.split_first() else { return };
        let own = counted(base);
        let different: Vec<&[char]> = others.iter().copied().filter(|other| other != base).collect();
        let is_even = |other: &&[char]| align::align(base, other).is_empty() && counted(other) == own;
        let counting = if different.iter().all(is_even) { Counting::Yes } else { Counting::No };
        self.text(base, &own, is_title, counting);
        for other in &different {
            self.text(other, &counted(other), is_title, counting);
        }
        if !different.is_empty() {
            self.mixed(base, &different, is_title, counting);
        }
        self.before += own.len() + 1;
    }

    /// A query may be in the words of one edition here and of another there.
    fn mixed(&mut self, base: &[char], different: &[&[char]], is_title: bool, counting: Counting) {
        let mut shown: Vec<Vec<char>> = base.iter().map(|c| vec![*c]).collect();
        for other in different {
            for (at, there) in align::pairs(base, other) {
                shown[at].push(other[there]);
            }
        }
        for (at, pair) in counted(base).windows(2).enumerate() {
            let (first, second) = (&shown[pair[0]], &shown[pair[1]]);
            if first.len() > 1 && second.len() > 1 {
                let places = self.bit(at, counting);
                for first in first {
                    second.iter().for_each(|second| self.add(number(*first, *second), is_title, places));
                }
            }
        }
    }

    fn text(&mut self, folded: &[char], counted: &[usize], is_title: bool, counting: Counting) {
        for (at, place) in counted.iter().enumerate() {
            let (c, places) = (folded[*place], self.bit(at, counting));
            self.add(number(c, '\0'), is_title, places);
            if let Some(next) = counted.get(at + 1) {
                self.add(number(c, folded[*next]), is_title, places);
            }
        }
    }

    fn bit(&self, at: usize, counting: Counting) -> u8 {
        if counting == Counting::Yes { 1 << ((self.before + at) % 8) } else { u8::MAX }
    }

    fn add(&mut self, number: u32, is_title: bool, places: u8) {
        let gram = number | if is_title { IN_TITLE } else { 0 };
        let at = self.place(gram);
        self.places[at] |= places;
        if self.table[at] == 0 {
            self.table[at] = gram;
            self.seen.push(gram);
            if self.seen.len() * 2 > self.table.len() {
                self.grow();
            }
        }
    }

    fn grow(&mut self) {
        let places: Vec<u8> = self.seen.iter().map(|gram| self.places[self.place(*gram)]).collect();
        let many = self.table.len() * 2;
        (self.table, self.places) = (vec![0; many], vec![0; many]);
        for (at, places) in places.into_iter().enumerate() {
            let place = self.place(self.seen[at]);
            (self.table[place], self.places[place]) = (self.seen[at], places);
        }
    }

    /// Where a gram is in the table, or would be.
    fn place(&self, gram: u32) -> usize {
        let last = self.table.len() - 1;
        let mut at = (gram >> 7) as usize & last;
        while self.table[at] != 0 && self.table[at] != gram {
            at = (at + 1) & last;
        }
        at
    }

    /// All of them; then there are none. One that stands in the title too is there once.
    pub(super) fn take(&mut self) -> Found {
        let with_places = |gram: &u32| (u64::from(*gram) << 8) | u64::from(self.places[self.place(*gram)]);
        let mut sorted: Vec<u64> = self.seen.iter().map(with_places).collect();
        sorted.sort_unstable();
        let mut found =
            Found { grams: Vec::with_capacity(sorted.len()), places: Vec::with_capacity(sorted.len()) };
        for one in sorted {
            let (gram, places) = ((one >> 8) as u32, one as u8);
            match (found.grams.last_mut(), found.places.last_mut()) {
                // With the title's mark a gram stands behind the same without.
                (Some(last), Some(own)) if *last | IN_TITLE == gram => {
                    *last = gram;
                    *own |= places;
                }
                _ => {
                    found.grams.push(gram);
                    found.places.push(places);
                }
            }
        }
        self.table.fill(0);
        self.places.fill(0);
        self.seen.clear();
        self.before = 0;
        found
    }
}
