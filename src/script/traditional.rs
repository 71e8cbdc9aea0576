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
use super::{Characters, Dictionaries, cantonese, chain, doubts};

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

    /// No phrase reaches into or out of the characters `fixed`.
    pub(super) fn convert(&self, text: &str, fixed: &[Range<usize>]) -> String {
        self.regional(&mut self.draft(text, fixed, false))
    }

    /// As [`Traditional::convert`], with what led to the result; with `doubts` also what nothing led to.
    pub(super) fn explain(&self, text: &str, fixed: &[Range<usize>], doubts: bool) -> Explained {
        let mut draft = self.draft(text, fixed, doubts);
        let lonely = std::mem::take(&mut draft.lonely);
        Explained { text: self.regional(&mut draft), units: draft.units, lonely }
    }

    /// A character in OpenCC's standard shape in that of the region.
    pub(super) fn shape(&self, standard: char) -> char {
        let mut shaped = [standard];
        if let Some(region) = self.region {
            self.dictionaries.stage(region).replace_characters(&mut shaped, &[]);
        }
        shaped[0]
    }

    fn draft(&self, text: &str, fixed: &[Range<usize>], doubts: bool) -> Draft {
        let normal = chain::normalized(&self.dictionaries, text);
        let text = normal.as_deref().unwrap_or(text);
        let mut characters: Vec<char> = Vec::with_capacity(text.len());
        characters.extend(text.chars());
        let mut begins = self.dictionaries.words().begins(&characters);
        for word in fixed {
            begins[word.clone()].fill(false);
            begins[word.start] = true;
            begins[word.end] = true;
        }
        let mut draft = Draft::new(&characters);
        let Draft { converted, in_phrase, walls, units, .. } = &mut draft;
        for stretch in divided(fixed, characters.len()) {
            let start = stretch.start;
            let (own, begins) = (&mut converted[stretch.clone()], &begins[stretch.start..=stretch.end]);
            self.dictionaries.stage(St).replace_words(own, begins, |range, phrase| {
                let words = begins[range.start] && begins[range.end];
                let range = start + range.start..start + range.end;
                if phrase {
                    in_phrase[range.clone()].fill(true);
                    walls.extend([range.start, range.end]);
                    units.push(Unit { words, range });
                }
            });
            if !fixed.is_empty() {
                walls.push(stretch.end);
            }
        }
        let searched = Searched { characters: &characters, in_phrase, begins: &begins };
        let mut ruled = Vec::new();
        let mut decided: Vec<Range<usize>> = if doubts { fixed.to_vec() } else { Vec::new() };
        for rule in self.dictionaries.rules().find(&searched) {
            if fixed.iter().any(|word| word.start < rule.range.end && rule.range.start < word.end) {
                continue;
            }
            if doubts {
                decided.push(rule.range.clone());
            }
            if converted[rule.range.clone()] != *rule.value {
                converted[rule.range.clone()].copy_from_slice(rule.value);
                ruled.push(rule.range);
            }
        }
        cantonese::settle(&characters, &begins, converted);
        if doubts {
            draft.lonely = draft.undecided(&characters, &begins, &decided);
        }
        draft.overrule(ruled);
        draft
    }

    /// Regional shapes are looked for inside the phrases and between them, as OpenCC does.
    fn regional(&self, draft: &mut Draft) -> String {
        if let Some(region) = self.region {
            self.dictionaries.stage(region).replace_characters(&mut draft.converted, &draft.walls);
        }
        // A Han character takes three bytes as a rule.
        let mut text = String::with_capacity(draft.converted.len() * 3);
        text.extend(&draft.converted);
        text
    }
}

/// The stretches in and between the fixed ones, up to the end.
fn divided(fixed: &[Range<usize>], end: usize) -> impl Iterator<Item = Range<usize>> {
    let edges = fixed.iter().flat_map(|word| [word.start, word.end]).chain([end]);
    edges
        .scan(0, |start, edge| Some(std::mem::replace(start, edge)..edge))
        .filter(|stretch| !stretch.is_empty())
}

/// A converted text.
pub(super) struct Explained {
    pub(super) text: String,
    /// What was converted as one.
    pub(super) units: Vec<Unit>,
    /// Characters that neither a phrase nor a word nor a rule decided, though they may stand for several.
    pub(super) lonely: Vec<usize>,
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
    lonely: Vec<usize>,
}

impl Draft {
    fn new(characters: &[char]) -> Draft {
        Draft {
            converted: characters.to_vec(),
            in_phrase: vec![false; characters.len()],
            walls: Vec::new(),
            units: Vec::new(),
            lonely: Vec::new(),
        }
    }

    /// The characters that may stand for several and that neither a phrase nor a word nor a rule has decided.
    fn undecided(&self, characters: &[char], begins: &[bool], decided: &[Range<usize>]) -> Vec<usize> {
        let mut is_decided = self.in_phrase.clone();
        for range in decided {
            is_decided[range.clone()].fill(true);
        }
        let stands_alone = |at: usize| begins[at] && begins[at + 1] && !is_decided[at];
        let several = |at: usize| doubts::alternatives(characters[at]).is_some();
        (0..characters.len()).filter(|at| stands_alone(*at) && several(*at)).collect()
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
