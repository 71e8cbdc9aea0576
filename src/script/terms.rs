//! Terms: words whose text in an edition somebody has decided, in one layer of equal rank.
//!
//! Terms are found in folded text (`fold`), so in either script. Finds them, leftmost first, the longest at one place,
//! none over a place that a nearer layer has taken; what is done with them stands in `converter`, where they come
//! from in `glossary`, `wording` and `inline`.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::condition::Condition;
use super::target::Wording;

/// A word and what becomes of it.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Folded.
    pub(super) key: String,
    pub(super) becomes: Becomes,
    /// Which of the layer's definitions it comes from.
    pub(super) definition: usize,
}

/// What an edition prints for a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Becomes {
    /// What the author wrote.
    Itself,
    /// The author's characters, converted: no outer layer has a say.
    Converted,
    /// This.
    Text(String),
    /// This word of a region, in the shapes of the edition's characters.
    Word(&'static str, Wording),
}

/// What must stand before and behind the terms of a definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    pub(super) before: Condition,
    pub(super) after: Condition,
}

/// The terms of a layer, ready to be searched for.
#[derive(Default)]
pub(super) struct Terms {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    by_key: Vec<Vec<Term>>,
    /// By definition.
    conditions: Vec<Conditions>,
    /// Only where words begin and end, or inside one.
    whole_words: bool,
}

/// A folded text to be searched: also by characters, with the byte that each begins at, and the end.
pub(super) struct Folded {
    pub(super) text: String,
    characters: Vec<char>,
    offsets: Vec<usize>,
}

impl Folded {
    pub(super) fn new(text: String) -> Folded {
        let characters = text.chars().collect();
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        offsets.push(text.len());
        Folded { text, characters, offsets }
    }

    fn index(&self, byte: usize) -> usize {
        self.offsets.partition_point(|offset| *offset < byte)
    }
}

/// A term that stands somewhere: the characters it covers.
pub(super) struct Found<'t> {
    pub(super) range: Range<usize>,
    pub(super) term: &'t Term,
}

impl Terms {
    /// Later terms of the same key are tried after earlier ones. `conditions` are those of the definitions, in their order; where
    /// there are none, terms ask for nothing. `whole_words`: a key that would cut a word is no match.
    pub(super) fn new(
        terms: impl IntoIterator<Item = Term>,
        conditions: Vec<Conditions>,
        whole_words: bool,
    ) -> Terms {
        let mut by_key: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        for term in terms.into_iter().filter(|term| !term.key.is_empty()) {
            by_key.entry(term.key.clone()).or_default().push(term);
        }
        if by_key.is_empty() {
            return Terms::default();
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard);
        let automaton = builder.build_with_values(by_key.keys().zip(0..));
        let automaton = automaton.expect("the keys are distinct and not empty");
        Terms { automaton: Some(automaton), by_key: by_key.into_values().collect(), conditions, whole_words }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// The terms that stand in the characters `within` of a text and cover none that is taken. `begins` tells for each
    /// character, and the end, whether a word begins there; it is asked only if somebody needs to know.
    pub(super) fn find<'t>(
        &'t self,
        folded: &Folded,
        within: Range<usize>,
        taken: &[bool],
        begins: &mut dyn FnMut(usize) -> bool,
    ) -> Vec<Found<'t>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let (start, end) = (folded.offsets[within.start], folded.offsets[within.end]);
        let mut candidates: Vec<Found<'t>> = Vec::new();
        for found in automaton.find_overlapping_iter(&folded.text[start..end]) {
            let range = folded.index(start + found.start())..folded.index(start + found.end());
            if taken[range.clone()].contains(&true) {
                continue;
            }
            let terms = &self.by_key[found.value() as usize];
            let holds = |term: &&Term| {
                self.conditions.get(term.definition).is_none_or(|Conditions { before, after }| {
                    before.holds_before(&folded.characters[..range.start])
                        && after.holds_after(&folded.characters[range.end..])
                })
            };
            if let Some(term) = terms.iter().find(holds)
                && (!self.whole_words || is_of_words(&range, begins))
            {
                candidates.push(Found { range, term });
            }
        }
        candidates.sort_by_key(|found| (found.range.start, usize::MAX - found.range.end));
        let mut last = 0;
        candidates.retain(|found| {
            let free = found.range.start >= last;
            last = if free { found.range.end } else { last };
            free
        });
        candidates
    }
}

/// Whether a word begins or ends at both ends of a place, or the place is a part of one word, at its beginning or end.
fn is_of_words(range: &Range<usize>, begins: &mut dyn FnMut(usize) -> bool) -> bool {
    let (start, end) = (begins(range.start), begins(range.end));
    (start && end) || ((start || end) && !(range.start + 1..range.end).any(begins))
}
