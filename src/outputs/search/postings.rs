//! Which pages hold a gram, for sites that are too large to be searched from one file.
//!
//! In: the grams of all pages. Out: files of a few kilobytes, a gram in the file that its highest bits name. Made in rounds, each for
//! a part of the numbers, so that not all of it is in memory twice.

use super::grams::{Found, IN_TITLE, PARTS_BITS};
use super::packed::number;
use crate::render::OutFile;

/// A file has about so many bytes.
const FILE: usize = 4_000;
/// How many rounds there are.
pub(super) const ROUNDS: u32 = 1 << PARTS_BITS;

/// The grams of all pages in their order.
#[derive(Debug)]
pub(super) struct Postings {
    pages: Vec<Found>,
    /// How many of the highest bits name a file.
    pub(super) bits: u32,
}

impl Postings {
    pub(super) fn new(pages: Vec<Found>) -> Self {
        let mut own = Self { pages, bits: PARTS_BITS };
        // From one part the size of all is reckoned.
        let sample = by_gram(own.pairs(0));
        let (mut bytes, mut last) = (Vec::new(), 0);
        groups(&sample).for_each(|group| put(&mut bytes, group, &mut last, own.pages.len()));
        let files = (bytes.len() << PARTS_BITS) / FILE;
        own.bits = files.max(1).next_power_of_two().ilog2().max(PARTS_BITS);
        own
    }

    /// The files of a round, and which of the wanted grams (sorted) some page has.
    pub(super) fn round(&self, round: u32, wanted: &[u32]) -> (Vec<OutFile>, Vec<u32>) {
        let pairs = by_gram(self.pairs(round));
        let mut groups = groups(&pairs).peekable();
        let a_round = 1 << (self.bits - PARTS_BITS);
        let (mut files, mut present) = (Vec::new(), Vec::new());
        for file in round * a_round..(round + 1) * a_round {
            let (mut bytes, mut last) = (Vec::with_capacity(2 * FILE), 0);
            while let Some(group) = groups.next_if(|group| group[0].0 >> (32 - self.bits) == file) {
                let gram = group[0].0 & !IN_TITLE;
                present.extend(wanted.binary_search(&gram).is_ok().then_some(gram));
                put(&mut bytes, group, &mut last, self.pages.len());
            }
            files.push(OutFile::new(super::grams_path(file), bytes));
        }
        (files, present)
    }

    /// Grams and pages of a round, by page. A page is its number and, in the lowest eight bits, places.
    fn pairs(&self, round: u32) -> Vec<(u32, u32)> {
        let mut pairs = Vec::with_capacity(self.pages.iter().map(|page| page.many(round)).sum());
        for (page, number) in self.pages.iter().zip(0_u32..) {
            pairs.extend(page.part(round).map(|(gram, places)| (gram, number << 8 | u32::from(places))));
        }
        pairs
    }
}

/// The pages of each gram.
fn groups(pairs: &[(u32, u32)]) -> impl Iterator<Item = &[(u32, u32)]> {
    pairs.chunk_by(|(a, _), (b, _)| a & !IN_TITLE == b & !IN_TITLE)
}

/// Sorts grams of one round; pages, which are in order, stay so. By digits, as there are millions.
fn by_gram(mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    // Two are all bits but those that are the same in a round, and the mark of titles.
    const DIGIT: u32 = (31 - PARTS_BITS).div_ceil(2);
    let mut sorted = vec![(0, 0); pairs.len()];
    for shift in [1, 1 + DIGIT] {
        let digit = |gram: u32| ((gram >> shift) & ((1 << DIGIT) - 1)) as usize;
        let mut starts = vec![0; (1 << DIGIT) + 1];
        for (gram, _) in &pairs {
            starts[digit(*gram) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        for (gram, page) in &pairs {
            let place = &mut starts[digit(*gram)];
            sorted[*place] = (*gram, *page);
            *place += 1;
        }
        std::mem::swap(&mut pairs, &mut sorted);
    }
    pairs
}

/// Writes the pages of a gram: how far its number is from the last one's, then twice the bytes that follow, and one more where it is on more
/// than a quarter of all pages.
fn put(bytes: &mut Vec<u8>, group: &[(u32, u32)], last: &mut u32, all: usize) {
    let gram = group[0].0 >> 1;
    number(bytes, gram - *last);
    *last = gram;
    let is_dense = group.len() * 4 > all;
    let pages = if is_dense { dense(group, all) } else { sparse(group) };
    number(bytes, ((pages.len() as u32) << 1) | u32::from(is_dense));
    bytes.extend(pages);
}

/// For each page how far it is from the one before, twice, and one more where the gram is in its title; then the places.
fn sparse(group: &[(u32, u32)]) -> Vec<u8> {
    let (mut bytes, mut before) = (Vec::with_capacity(group.len() * 2), 0);
    for (gram, page) in group {
        number(&mut bytes, ((page >> 8) - before) << 1 | (gram & IN_TITLE));
        bytes.push(*page as u8);
        before = page >> 8;
    }
    bytes
}

/// A bit for each page of the site, then how far each with the gram in its title is from the one before. No places: what is nearly everywhere is
/// mostly part of a phrase.
fn dense(group: &[(u32, u32)], all: usize) -> Vec<u8> {
    let mut bytes = vec![0; all.div_ceil(8)];
    for (_, page) in group {
        bytes[(page >> 11) as usize] |= 1 << ((page >> 8) & 7);
    }
    let mut before = 0;
    for (_, page) in group.iter().filter(|(gram, _)| gram & IN_TITLE != 0) {
        number(&mut bytes, (page >> 8) - before);
        before = page >> 8;
    }
    bytes
}
