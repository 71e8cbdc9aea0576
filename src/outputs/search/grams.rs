//! What candidates are found by: the characters of a page, one by one, two by two and three by three, folded, as numbers.
//!
//! A page that holds a query holds its grams; whether it holds the query is known when its text is read.

use super::align::{Stretch, align};
use super::fold::counted;
use std::ops::Range;

/// A gram stands in a title.
pub(super) const IN_TITLE: u32 = 1;
/// A gram has so many characters at most.
const LONGEST: usize = 3;
/// How many parts the numbers are divided into, as a power of two.
pub(super) const PARTS_BITS: u32 = 6;
const PARTS: usize = 1 << PARTS_BITS;

/// The number of a gram, never 0; the lowest bit is free.
pub(super) fn number(gram: &[char]) -> u32 {
    const FACTORS: [u32; LONGEST] = [0x9E37_79B1, 0x85EB_CA6B, 0xC2B2_AE35];
    let products = gram.iter().zip(FACTORS).map(|(c, factor)| (*c as u32).wrapping_mul(factor));
    let mixed = products.fold(0, |mixed, product| mixed ^ product);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    ((mixed ^ (mixed >> 12)) & !IN_TITLE).max(2)
}

/// The numbers that a word is looked for by: of as many characters as a gram can have.
pub(super) fn of_word(folded: &[char]) -> Vec<u32> {
    folded.windows(folded.len().clamp(1, LONGEST)).map(number).collect()
}

/// The grams of a page, in parts by their highest bits; within a part in any order. With each stand the places where it begins, as bits: a place is
/// counted modulo 8. So of a page that has all grams of a query somewhere it can mostly be told that they do not stand together.
#[derive(Debug)]
pub(super) struct Found {
    grams: Box<[u32]>,
    places: Box<[u8]>,
    ends: [u32; PARTS],
}

impl Found {
    /// How many there are in one part.
    pub(super) fn many(&self, part: u32) -> usize {
        self.range(part).len()
    }

    /// Those of one part, with their places.
    pub(super) fn part(&self, part: u32) -> impl Iterator<Item = (u32, u8)> {
        let range = self.range(part);
        self.grams[range.clone()].iter().copied().zip(self.places[range].iter().copied())
    }

    fn range(&self, part: u32) -> Range<usize> {
        let end = |part: u32| self.ends[part as usize] as usize;
        part.checked_sub(1).map_or(0, end)..end(part)
    }
}

/// Gathers the grams of a page. Made once for many pages, as its table is large.
#[derive(Debug)]
pub(super) struct Grams {
    /// Open addressing; 0 is free.
    table: Vec<u32>,
    /// Where the grams of the table begin.
    places: Vec<u8>,
    /// How many of the table are taken.
    many: usize,
    /// How many characters stand before the line.
    before: usize,
}

/// The table has room for so many at first.
const ROOM: usize = 1 << 13;
/// A gram may begin anywhere.
const ANYWHERE: u8 = u8::MAX;

impl Default for Grams {
    fn default() -> Self {
        Self { table: vec![0; ROOM], places: vec![0; ROOM], many: 0, before: 0 }
    }
}

impl Grams {
    /// Takes a line in the editions that show it: its folded characters in each, the first one's first.
    pub(super) fn line<'a>(&mut self, mut editions: impl Iterator<Item = &'a [char]>, is_title: bool) {
        let Some(base) = editions.next() else { return };
        let mark = if is_title { IN_TITLE } else { 0 };
        let others = Others::new(base, editions);
        // How many characters stand before each place.
        let mut ranks = others.is_any().then(|| Vec::with_capacity(base.len()));
        let mut last = ['\0'; LONGEST];
        let mut many = 0;
        for place in counted(base) {
            last.rotate_left(1);
            last[LONGEST - 1] = base[place];
            if let Some(ranks) = &mut ranks {
                ranks.resize(place + 1, many);
            }
            many += 1;
            for length in 1..=LONGEST.min(many) {
                let places = others.bit(self.before + many - length);
                self.add(number(&last[LONGEST - length..]) | mark, places);
            }
        }
        for place in others.starts() {
            let rank = ranks.as_ref().and_then(|ranks| ranks.get(place)).copied().unwrap_or(many);
            let places = others.bit(self.before + rank);
            others.at(place, Begun::default(), true, &mut |gram| self.add(gram | mark, places));
        }
        for way in &others.ways {
            let starts = 1..way.chars.len();
            starts.for_each(|at| {
                others.along(way, at, Begun::default(), &mut |gram| self.add(gram | mark, ANYWHERE));
            });
        }
        self.before += many + 1;
    }

    /// One that stands in the title too is kept as such.
    fn add(&mut self, gram: u32, places: u8) {
        let at = self.at(gram);
        self.many += usize::from(self.table[at] == 0);
        self.table[at] |= gram;
        self.places[at] |= places;
        if self.many * 2 > self.table.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let many = self.table.len() * 2;
        let grams = std::mem::replace(&mut self.table, vec![0; many]);
        let places = std::mem::replace(&mut self.places, vec![0; many]);
        for (gram, places) in grams.into_iter().zip(places).filter(|(gram, _)| *gram != 0) {
            let at = self.at(gram);
            (self.table[at], self.places[at]) = (gram, places);
        }
    }

    /// Where a gram is in the table, or would be.
    fn at(&self, gram: u32) -> usize {
        let last = self.table.len() - 1;
        let mut at = (gram >> 7) as usize & last;
        while self.table[at] != 0 && (self.table[at] ^ gram) > IN_TITLE {
            at = (at + 1) & last;
        }
        at
    }

    /// All of them; then there are none.
    pub(super) fn take(&mut self) -> Found {
        let part = |gram: u32| (gram >> (32 - PARTS_BITS)) as usize;
        let mut starts = [0_u32; PARTS];
        let all = || self.table.iter().copied().zip(&self.places).filter(|(gram, _)| *gram != 0);
        all().for_each(|(gram, _)| starts[part(gram)] += 1);
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        let mut found = Found {
            grams: vec![0; self.many].into_boxed_slice(),
            places: vec![0; self.many].into_boxed_slice(),
            ends: starts,
        };
        for (gram, places) in all() {
            // So that each part in the end begins where the next one did.
            let at = &mut found.ends[part(gram)];
            (found.grams[*at as usize], found.places[*at as usize]) = (gram, *places);
            *at += 1;
        }
        self.table.fill(0);
        self.places.fill(0);
        (self.many, self.before) = (0, 0);
        found
    }
}

/// What other editions have in the places of a line. A query may be in the words of one edition here and of another there.
struct Others<'a> {
    base: &'a [char],
    /// By place.
    variants: Vec<(usize, char)>,
    /// By place.
    ways: Vec<Way>,
    /// The places are not the same in all editions.
    is_uneven: bool,
}

/// What stands there instead of a stretch of another length.
struct Way {
    from: usize,
    to: usize,
    chars: Vec<char>,
}

impl<'a> Others<'a> {
    fn new(base: &'a [char], editions: impl Iterator<Item = &'a [char]>) -> Self {
        let mut own = Self { base, variants: Vec::new(), ways: Vec::new(), is_uneven: false };
        for other in editions.filter(|other| *other != base) {
            own.is_uneven = own.is_uneven || !counted(other).eq(counted(base));
            let (mut at, mut there) = (0, 0);
            let end = Stretch { base: base.len()..base.len(), other: other.len()..other.len() };
            for stretch in align(base, other).into_iter().chain([end]) {
                let places = (at..stretch.base.start).zip(&other[there..stretch.other.start]);
                own.variants
                    .extend(places.filter(|(place, c)| base[*place] != **c).map(|(place, c)| (place, *c)));
                let chars = other[stretch.other.clone()].to_vec();
                own.ways.push(Way { from: stretch.base.start, to: stretch.base.end, chars });
                (at, there) = (stretch.base.end, stretch.other.end);
            }
            // The end of the line is no stretch.
            own.ways.pop();
        }
        own.variants.sort_unstable();
        own.variants.dedup();
        own.ways.sort_unstable_by_key(|way| way.from);
        own
    }

    fn is_any(&self) -> bool {
        !self.variants.is_empty() || !self.ways.is_empty()
    }

    /// A place as a bit.
    fn bit(&self, place: usize) -> u8 {
        if self.is_uneven { ANYWHERE } else { 1 << (place % 8) }
    }

    /// The places from which a gram can reach what another edition has.
    fn starts(&self) -> impl Iterator<Item = usize> {
        let reached =
            self.variants.iter().map(|(place, _)| *place).chain(self.ways.iter().map(|way| way.from));
        let base = self.base;
        reached.flat_map(move |place| {
            // A space that does not count in one edition may count in another.
            let mut far = LONGEST;
            let is_near = move |at: &usize| {
                far -= usize::from(base[*at] != ' ');
                far > 0
            };
            (0..place).rev().take_while(is_near).chain([place])
        })
    }

    /// Makes every gram that begins with these characters and goes on at a place. Whether a space counts depends on what stands beside it, which is
    /// not known here: with and without it are both made, as grams may lead to too many pages.
    fn at(&self, place: usize, begun: Begun, is_new: bool, add: &mut impl FnMut(u32)) {
        let first = self.ways.partition_point(|way| way.from < place);
        let ways = self.ways[first..].iter().take_while(|way| way.from == place);
        ways.filter(|_| is_new).for_each(|way| self.along(way, 0, begun, add));
        let Some(own) = self.base.get(place) else { return };
        if *own == ' ' && !begun.is_empty() {
            self.at(place + 1, begun, true, add);
        }
        let first = self.variants.partition_point(|(other, _)| *other < place);
        let others = self.variants[first..].iter().take_while(|(other, _)| *other == place);
        for c in std::iter::once(own).chain(others.map(|(_, c)| c)) {
            let longer = begun.and(*c);
            add(number(longer.chars()));
            if !longer.is_whole() {
                self.at(place + 1, longer, true, add);
            }
        }
    }

    /// The same, within a way.
    fn along(&self, way: &Way, at: usize, begun: Begun, add: &mut impl FnMut(u32)) {
        let Some(c) = way.chars.get(at) else { return self.at(way.to, begun, way.to > way.from, add) };
        if *c == ' ' && !begun.is_empty() {
            self.along(way, at + 1, begun, add);
        }
        let longer = begun.and(*c);
        add(number(longer.chars()));
        if !longer.is_whole() {
            self.along(way, at + 1, longer, add);
        }
    }
}

/// The first characters of a gram.
#[derive(Clone, Copy, Default)]
struct Begun {
    chars: [char; LONGEST],
    length: usize,
}

impl Begun {
    fn chars(&self) -> &[char] {
        &self.chars[..self.length]
    }

    /// With one more; it is not whole.
    fn and(mut self, c: char) -> Self {
        self.chars[self.length] = c;
        self.length += 1;
        self
    }

    fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn is_whole(&self) -> bool {
        self.length == LONGEST
    }
}
