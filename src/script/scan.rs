//! Finds the matches of a stage in a text: leftmost, longest, none across a wall, none inside an ideographic
//! description sequence.
//!
//! Goes through the text once, character by character. Time is linear in the text: a key that begins somewhere is
//! followed no further than the longest key is long.

use std::str::Chars;

use super::description;
use super::trie::{Code, First, Trie};

/// A match: where, and the value of its key.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: u32,
}

/// Iterator over the matches in a text.
pub(super) struct Scan<'a> {
    trie: Trie,
    text: &'a str,
    /// The walls not yet passed.
    walls: &'a [usize],
    /// What comes behind the character at hand.
    rest: Chars<'a>,
    /// The character at hand: where it begins, its code and itself.
    at: usize,
    code: Code,
    character: Option<char>,
    has_met_fragment: bool,
}

impl<'a> Scan<'a> {
    #[inline]
    pub(super) fn new(trie: Trie, text: &'a str, walls: &'a [usize]) -> Scan<'a> {
        let rest = text.chars();
        let mut scan =
            Scan { trie, text, walls, rest, at: 0, code: 0, character: None, has_met_fragment: false };
        scan.step(0);
        scan
    }

    /// Takes the character at `at`, where `rest` begins.
    #[inline(always)]
    fn step(&mut self, at: usize) {
        self.at = at;
        self.character = self.rest.next();
        self.code = self.character.map_or(0, |character| self.trie.code(character));
    }

    /// Whether a description sequence that is not whole has been passed.
    pub(super) fn has_met_fragment(&self) -> bool {
        self.has_met_fragment
    }

    fn end(&self) -> usize {
        self.text.len() - self.rest.as_str().len()
    }

    /// The first wall behind `at`, or the end of the text.
    #[inline]
    fn wall_after(&mut self, at: usize) -> usize {
        while self.walls.first().is_some_and(|&wall| wall <= at) {
            self.walls = &self.walls[1..];
        }
        self.walls.first().copied().unwrap_or(self.text.len())
    }

    /// The longest key that begins with the character at hand and goes on with the one behind it; `rest` is behind both.
    #[inline]
    fn longest(&mut self, first: First, code: Code) -> Option<Match> {
        let mut node = self.trie.next(first.node(), code)?;
        let start = self.at;
        let wall = self.wall_after(start);
        let mut found = None;
        let mut rest = self.rest.clone();
        loop {
            let end = self.text.len() - rest.as_str().len();
            if end > wall {
                break;
            }
            if node.value() != 0 {
                found = Some(Match { start, end, value: node.value() });
            }
            if !node.goes_on() {
                break;
            }
            let Some(next) = rest.next().and_then(|next| self.trie.next(node, self.trie.code(next))) else {
                break;
            };
            node = next;
        }
        found
    }

    /// Goes on behind the description sequence that begins with the character at hand.
    #[cold]
    fn pass_description(&mut self) {
        let wall = self.wall_after(self.at);
        let end = self.at + description::length(&self.text[self.at..wall]);
        self.has_met_fragment |= end == self.end();
        self.rest = self.text[end..].chars();
        self.step(end);
    }
}

impl Iterator for Scan<'_> {
    type Item = Match;

    #[inline(always)]
    fn next(&mut self) -> Option<Match> {
        loop {
            let character = self.character?;
            let (at, code) = (self.at, self.code);
            if code == 0 {
                if description::is_operator(character) {
                    self.pass_description();
                } else {
                    self.step(self.end());
                }
                continue;
            }
            let first = self.trie.first(code);
            let end = self.end();
            self.character = self.rest.next();
            self.code = self.character.map_or(0, |character| self.trie.code(character));
            if first.may_go_on(self.code)
                && let Some(found) = self.longest(first, self.code)
            {
                self.rest = self.text[found.end..].chars();
                self.step(found.end);
                return Some(found);
            }
            self.at = end;
            let value = first.node().value();
            if value != 0 {
                return Some(Match { start: at, end, value });
            }
        }
    }
}
