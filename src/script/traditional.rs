//! Simplified to Traditional, better than the dictionaries: OpenCC's phrases where they keep words whole, then the
//! curated rules, then the shapes of the region.
//!
//! Keeps the number of characters, so that a caller can take the result character by character. Knows nothing of mixed
//! text: what comes in is read as Simplified.

use std::ops::Range;
use std::sync::Arc;

use super::rules::Searched;
use super::scan::Match;
use super::stage::StageName;
use super::stage::StageName::{Hk, St, Tw};
use super::{Characters, Dictionaries, chain};

/// Converts Simplified text for one set of regional shapes.
pub(super) struct Traditional {
    dictionaries: Arc<Dictionaries>,
    region: Option<StageName>,
}

impl Traditional {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, characters: Characters) -> Traditional {
        let region = match characters {
            Characters::OpenCc => None,
            Characters::Tw => Some(Tw),
            Characters::Hk => Some(Hk),
        };
        Traditional { dictionaries: Arc::clone(dictionaries), region }
    }

    pub(super) fn convert(&self, text: &str) -> String {
        self.regional(&self.draft(text))
    }

    /// As [`Traditional::convert`], with what led to the result.
    pub(super) fn explain(&self, text: &str) -> Explained {
        let draft = self.draft(text);
        Explained { text: self.regional(&draft), units: draft.units }
    }

    fn draft(&self, text: &str) -> Draft {
        let normal = chain::normalized(&self.dictionaries, text);
        let text = normal.as_deref().unwrap_or(text);
        let starts = self.dictionaries.words().starts(text);
        let stage = self.dictionaries.stage(St);
        let matches = stage.matches_of_words(text, &starts);
        let characters: Vec<char> = text.chars().collect();
        let mut draft = Draft::new(&characters);
        let begins = |at: usize| starts.get(at).is_none_or(|&start| start as usize == at);
        for found in &matches {
            draft.replace(text, found, stage.value(found), begins(found.start) && begins(found.end));
        }
        let mut begin: Vec<bool> = text.char_indices().map(|(at, _)| begins(at)).collect();
        begin.push(true);
        let searched =
            Searched { text, characters: &characters, in_phrase: &draft.in_phrase, begins: &begin };
        let mut ruled = Vec::new();
        for rule in self.dictionaries.rules().find(&searched) {
            if draft.converted[rule.range.clone()] != *rule.value {
                draft.converted[rule.range.clone()].copy_from_slice(rule.value);
                ruled.push(rule.range);
            }
        }
        draft.overrule(ruled);
        draft
    }

    /// Regional shapes are looked for inside the phrases and between them, as OpenCC does.
    fn regional(&self, draft: &Draft) -> String {
        let mut out = String::with_capacity(draft.converted.len() * 3);
        let mut walls = Vec::with_capacity(draft.walls.len());
        let mut next = draft.walls.iter().peekable();
        for (at, character) in draft.converted.iter().enumerate() {
            while next.next_if(|wall| **wall == at).is_some() {
                walls.push(out.len());
            }
            out.push(*character);
        }
        walls.extend(next.map(|_| out.len()));
        match self.region {
            Some(region) => self.dictionaries.stage(region).convert(&out, &mut [], &mut walls),
            None => out,
        }
    }
}

/// A converted text.
pub(super) struct Explained {
    pub(super) text: String,
    /// What was converted as one.
    pub(super) units: Vec<Unit>,
}

/// Characters that were converted as one: by a phrase or by a rule.
pub(super) struct Unit {
    pub(super) range: Range<usize>,
    /// Whether it is a phrase that words begin and end with.
    pub(super) words: bool,
}

/// A conversion in the making, character by character.
struct Draft {
    converted: Vec<char>,
    /// Whether a phrase covers the character.
    in_phrase: Vec<bool>,
    /// Where phrases begin and end.
    walls: Vec<usize>,
    units: Vec<Unit>,
    /// The byte and the character up to which the text is done.
    done: (usize, usize),
}

impl Draft {
    fn new(characters: &[char]) -> Draft {
        Draft {
            converted: characters.to_vec(),
            in_phrase: vec![false; characters.len()],
            walls: Vec::new(),
            units: Vec::new(),
            done: (0, 0),
        }
    }

    fn replace(&mut self, text: &str, found: &Match, value: &str, words: bool) {
        let start = self.done.1 + text[self.done.0..found.start].chars().count();
        let mut end = start;
        for character in value.chars() {
            self.converted[end] = character;
            end += 1;
        }
        self.in_phrase[start..end].fill(found.is_phrase());
        if found.is_phrase() {
            self.walls.extend([start, end]);
            self.units.push(Unit { range: start..end, words });
        }
        self.done = (found.end, end);
    }

    /// A phrase that a rule has cut is no unit any more.
    fn overrule(&mut self, ruled: Vec<Range<usize>>) {
        let mut inside = vec![false; self.converted.len() + 1];
        for range in &ruled {
            inside[range.start + 1..range.end].fill(true);
        }
        self.units.retain(|unit| !inside[unit.range.start] && !inside[unit.range.end]);
        self.units.extend(ruled.into_iter().map(|range| Unit { range, words: false }));
    }
}
