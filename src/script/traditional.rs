//! Simplified to Traditional, better than the dictionaries: OpenCC's phrases where they keep words whole, then the
//! curated rules, then the shapes of the region.
//!
//! Keeps the number of characters, so that a caller can take the result character by character. Knows nothing of mixed
//! text: what comes in is read as Simplified.

use std::sync::Arc;

use super::rules::Searched;
use super::stage::StageName::{Hk, St, Tw};
use super::scan::Match;
use super::stage::StageName;
use super::{Characters, Dictionaries, Run, chain};

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

    pub(super) fn convert_run(&self, run: &Run) -> Run {
        let converted: Vec<char> = self.convert(run.text()).chars().collect();
        run.with_characters(&converted)
    }

    pub(super) fn convert(&self, text: &str) -> String {
        let normal = chain::normalized(&self.dictionaries, text);
        let text = normal.as_deref().unwrap_or(text);
        let starts = self.dictionaries.words().starts(text);
        let stage = self.dictionaries.stage(St);
        let matches = stage.matches_of_words(text, &starts);
        let characters: Vec<char> = text.chars().collect();
        let mut draft = Draft::new(&characters);
        for found in &matches {
            draft.replace(text, found, stage.value(found));
        }
        let searched = Searched { text, characters: &characters, in_phrase: &draft.in_phrase };
        for rule in self.dictionaries.rules().find(&searched) {
            draft.converted[rule.range].copy_from_slice(rule.value);
        }
        self.regional(&draft)
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

/// A conversion in the making, character by character.
struct Draft {
    converted: Vec<char>,
    /// Whether a phrase covers the character.
    in_phrase: Vec<bool>,
    /// Where phrases begin and end.
    walls: Vec<usize>,
    /// The byte and the character up to which the text is done.
    done: (usize, usize),
}

impl Draft {
    fn new(characters: &[char]) -> Draft {
        Draft {
            converted: characters.to_vec(),
            in_phrase: vec![false; characters.len()],
            walls: Vec::new(),
            done: (0, 0),
        }
    }

    fn replace(&mut self, text: &str, found: &Match, value: &str) {
        let start = self.done.1 + text[self.done.0..found.start].chars().count();
        let mut end = start;
        for character in value.chars() {
            self.converted[end] = character;
            end += 1;
        }
        self.in_phrase[start..end].fill(found.is_phrase());
        if found.is_phrase() {
            self.walls.extend([start, end]);
        }
        self.done = (found.end, end);
    }
}
