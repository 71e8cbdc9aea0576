//! Terms: words whose text in an edition somebody has decided, in one layer of equal rank.
//!
//! Terms are found in folded text (`fold`), so in either script. Finds them, leftmost first, the longest at one place,
//! none over a place that a nearer layer has taken; what is done with them stands in `converter`, where they come
//! from in `glossary`, `wording` and `inline`.

use std::ops::Range;

use super::condition::{Condition, is_han};
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

/// The terms of a layer, found by their characters.
#[derive(Default)]
pub(super) struct Terms {
    /// The first is the root; none where there are no terms.
    nodes: Vec<Node>,
    /// By definition.
    conditions: Vec<Conditions>,
    /// Only where words begin and end, or inside one.
    whole_words: bool,
}

/// A beginning of some keys.
#[derive(Default)]
struct Node {
    /// Sorted by character.
    next: Vec<(char, u32)>,
    /// The terms whose key ends here.
    terms: Vec<Term>,
}

/// A folded text to be searched.
pub(super) struct Folded {
    pub(super) characters: Vec<char>,
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
        let mut own = Terms { nodes: Vec::new(), conditions, whole_words };
        for term in terms {
            own.add(term);
        }
        own
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Adds a term behind those of the same key.
    pub(super) fn add(&mut self, term: Term) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut node = 0;
        for character in term.key.chars() {
            let made = self.nodes.len();
            let next = &mut self.nodes[node].next;
            node = match next.binary_search_by_key(&character, |(own, _)| *own) {
                Ok(at) => next[at].1 as usize,
                Err(at) => {
                    next.insert(at, (character, made as u32));
                    self.nodes.push(Node::default());
                    made
                }
            };
        }
        if node > 0 {
            self.nodes[node].terms.push(term);
        }
    }

    /// Takes away the terms of a key.
    pub(super) fn remove(&mut self, key: &str) {
        let end = key.chars().try_fold(0, |node, character| self.next(node, character));
        if let Some(node) = end {
            self.nodes[node].terms.clear();
        }
    }

    fn next(&self, node: usize, character: char) -> Option<usize> {
        let next = &self.nodes.get(node)?.next;
        next.binary_search_by_key(&character, |(own, _)| *own).ok().map(|at| next[at].1 as usize)
    }

    /// The terms that stand in the characters `within` of a text and cover none that is taken. `begins` tells for each
    /// character, and the end, whether a word begins there; it is asked only if somebody needs to know. `met` hears of the
    /// definition of each term that stands there, whatever becomes of it.
    pub(super) fn find<'t>(
        &'t self,
        folded: &Folded,
        within: Range<usize>,
        taken: &[bool],
        begins: &mut dyn FnMut(usize) -> bool,
        met: &mut dyn FnMut(usize),
    ) -> Vec<Found<'t>> {
        let mut found: Vec<Found<'t>> = Vec::new();
        let mut last = within.start;
        for start in within.clone() {
            let mut longest = None;
            let mut node = 0;
            for (end, character) in (start + 1..).zip(&folded.characters[start..within.end]) {
                let Some(next) = self.next(node, *character) else { break };
                node = next;
                let range = start..end;
                let holds = |term: &&Term| self.holds(term, folded, &range);
                let Some(term) = self.nodes[node].terms.iter().find(holds) else { continue };
                self.nodes[node].terms.iter().filter(holds).for_each(|term| met(term.definition));
                if cuts_latin_word(&folded.characters, &range) {
                    continue;
                }
                let is_free = start >= last && !taken[range.clone()].contains(&true);
                if is_free && (!self.whole_words || is_of_words(&range, begins)) {
                    longest = Some(Found { range, term });
                }
            }
            last = longest.as_ref().map_or(last, |found| found.range.end);
            found.extend(longest);
        }
        found
    }

    fn holds(&self, term: &Term, folded: &Folded, range: &Range<usize>) -> bool {
        self.conditions.get(term.definition).is_none_or(|Conditions { before, after }| {
            before.holds_before(&folded.characters[..range.start])
                && after.holds_after(&folded.characters[range.end..])
        })
    }
}

/// Whether a Latin word or a number goes on at either end of a place: AI is no term in OpenAI.
fn cuts_latin_word(characters: &[char], range: &Range<usize>) -> bool {
    let is_latin = |at: usize| characters.get(at).is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
    let is_cut = |at: usize| at > 0 && is_latin(at - 1) && is_latin(at);
    is_cut(range.start) || is_cut(range.end)
}

/// Whether a word begins or ends at both ends of a place, or the place is a part of one word, at its beginning or end.
fn is_of_words(range: &Range<usize>, begins: &mut dyn FnMut(usize) -> bool) -> bool {
    let (start, end) = (begins(range.start), begins(range.end));
    (start && end) || ((start || end) && !(range.start + 1..range.end).any(begins))
}
