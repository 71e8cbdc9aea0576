//! Simplified to Traditional, better than the dictionaries: OpenCC's phrases where they keep words whole, then the
//! curated rules, then the shapes of the region.
//!
//! Keeps the number of characters, so that a caller can take the result character by character. Knows nothing of mixed
//! text: what comes in is read as Simplified.

use std::ops::Range;
use std::sync::Arc;

use super::rules::Searched;
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
        self.regional(&mut self.draft(text))
    }

    /// As [`Traditional::convert`], with what led to the result.
    pub(super) fn explain(&self, text: &str) -> Explained {
        let mut draft = self.draft(text);
        Explained { text: self.regional(&mut draft), units: draft.units }
    }

    fn draft(&self, text: &str) -> Draft {
        let normal = chain::normalized(&self.dictionaries, text);
        let text = normal.as_deref().unwrap_or(text);
        let characters: Vec<char> = text.chars().collect();
        let begins = self.dictionaries.words().begins(&characters);
        let mut draft = Draft::new(&characters);
        let Draft { converted, in_phrase, walls, units } = &mut draft;
        self.dictionaries.stage(St).replace_words(converted, &begins, |range, phrase| {
            if phrase {
                in_phrase[range.clone()].fill(true);
                walls.extend([range.start, range.end]);
                units.push(Unit { words: begins[range.start] && begins[range.end], range });
            }
        });
        let searched = Searched { characters: &characters, in_phrase, begins: &begins };
        let mut ruled = Vec::new();
        for rule in self.dictionaries.rules().find(&searched) {
            if converted[rule.range.clone()] != *rule.value {
                converted[rule.range.clone()].copy_from_slice(rule.value);
                ruled.push(rule.range);
            }
        }
        draft.overrule(ruled);
        draft
    }

    /// Regional shapes are looked for inside the phrases and between them, as OpenCC does.
    fn regional(&self, draft: &mut Draft) -> String {
        if let Some(region) = self.region {
            self.dictionaries.stage(region).replace_characters(&mut draft.converted, &draft.walls);
        }
        draft.converted.iter().collect()
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
}

impl Draft {
    fn new(characters: &[char]) -> Draft {
        Draft {
            converted: characters.to_vec(),
            in_phrase: vec![false; characters.len()],
            walls: Vec::new(),
            units: Vec::new(),
        }
    }

    /// A phrase that a rule has cut is no unit any more.
    fn overrule(&mut self, ruled: Vec<Range<usize>>) {
        if ruled.is_empty() {
            return;
        }
        let mut inside = vec![false; self.converted.len() + 1];
        for range in &ruled {
            inside[range.start + 1..range.end].fill(true);
        }
        self.units.retain(|unit| !inside[unit.range.start] && !inside[unit.range.end]);
        self.units.extend(ruled.into_iter().map(|range| Unit { range, words: false }));
    }
}
