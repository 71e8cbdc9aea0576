//! Finds the matches of a stage in a text: leftmost, longest, none across a wall, none inside an ideographic
//! description sequence.
//!
//! One pass over the whole text does nearly everything; only where a match runs into a wall is the segment that it
//! begins in searched on its own. Time is linear in the text: what is searched again is shorter than the longest key.

use daachorse::CharwiseDoubleArrayAhoCorasick;
use daachorse::charwise::iter::LeftmostFindIterator;

use super::description;

/// A match: where, and the packed value of `build.rs`.
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) packed: u64,
}

impl Match {
    /// Whether the key is a phrase of the first layer, which makes it a segment.
    pub(super) fn is_phrase(&self) -> bool {
        self.packed >> 48 & 1 == 1
    }
}

/// Iterator over the matches in a text.
pub(super) struct Scan<'a> {
    automaton: &'a CharwiseDoubleArrayAhoCorasick<u64>,
    text: &'a str,
    /// The walls not yet passed.
    walls: &'a [usize],
    /// Everything before is settled: matched, or known to hold no match.
    done: usize,
    found: LeftmostFindIterator<'a, &'a str, u64>,
    /// The stretch of text that `found` searches.
    from: usize,
    to: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        automaton: &'a CharwiseDoubleArrayAhoCorasick<u64>,
        text: &'a str,
        walls: &'a [usize],
    ) -> Scan<'a> {
        let found = automaton.leftmost_find_iter(text);
        Scan { automaton, text, walls, done: 0, found, from: 0, to: text.len() }
    }

    fn search(&mut self, from: usize, to: usize) {
        self.found = self.automaton.leftmost_find_iter(&self.text[from..to]);
        (self.from, self.to, self.done) = (from, to, from);
    }

    /// The first wall behind `at`, or the end of the text.
    fn wall_after(&mut self, at: usize) -> usize {
        while self.walls.first().is_some_and(|&wall| wall <= at) {
            self.walls = &self.walls[1..];
        }
        self.walls.first().copied().unwrap_or(self.text.len())
    }

    /// Where the last description sequence that begins before `gap_end` ends.
    fn past_descriptions(&mut self, gap_end: usize) -> usize {
        let mut at = self.done;
        while let Some(operator) = description::find(&self.text[at..gap_end.max(at)]) {
            let start = at + operator;
            let wall = self.wall_after(start);
            at = start + description::length(&self.text[start..wall]);
        }
        at
    }
}

impl Iterator for Scan<'_> {
    type Item = Match;

    fn next(&mut self) -> Option<Match> {
        loop {
            let found = self.found.next();
            let start = found.as_ref().map_or(self.to, |found| self.from + found.start());
            let described = self.past_descriptions(start);
            if described > start {
                self.search(described, self.text.len());
                continue;
            }
            let Some(found) = found else {
                if self.to == self.text.len() {
                    return None;
                }
                self.search(self.to, self.text.len());
                continue;
            };
            let end = self.from + found.end();
            let wall = self.wall_after(start);
            if end > wall {
                self.search(start, wall);
                continue;
            }
            self.done = end;
            return Some(Match { start, end, packed: found.value() });
        }
    }
}
