//! Curated rules: what OpenCC's dictionaries get wrong and no word list can mend, as data with reasons
//! (`data/editorial/hant.tsv`).
//!
//! A rule names a key in Simplified, what stands for it in Traditional (OpenCC's standard shapes; the region's come
//! after), and what may or must not stand before and after. Only finds rules; applying them is the business of
//! `traditional`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::condition::Condition;
use super::table::Table;
use super::trie::Trie;

static TABLE: Table =
    Table { name: "data/editorial/hant.tsv", text: include_str!("../../data/editorial/hant.tsv") };

/// The keys in their order, from 1.
static KEYS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// All rules, by key.
pub(super) struct Rules {
    keys: Trie,
    by_key: Vec<Vec<Rule>>,
}

struct Rule {
    value: Vec<char>,
    /// Only where no phrase of OpenCC's covers the key.
    alone: bool,
    before: Condition,
    after: Condition,
}

/// A rule that holds at a place: the characters it covers, and what they become.
pub(super) struct Applied<'r> {
    pub(super) range: Range<usize>,
    pub(super) value: &'r [char],
}

/// A text to be searched: its characters, for each whether a phrase of OpenCC's covers it, and where words begin.
pub(super) struct Searched<'t> {
    pub(super) characters: &'t [char],
    pub(super) in_phrase: &'t [bool],
    /// For each character and the end of the text, whether a word begins there.
    pub(super) begins: &'t [bool],
}

impl Rules {
    /// Reads the embedded file.
    ///
    /// # Panics
    ///
    /// When a line of the file is no rule; the tests load it.
    pub(super) fn load() -> Rules {
        let mut rules: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
        TABLE.each(|row| {
            let [key, value, alone, before, after, _reason] = row.fields;
            row.expect(!key.is_empty(), "a rule has a key");
            row.expect(matches!(alone, "" | "alone"), "the third field is `alone` or nothing");
            row.expect(key.chars().count() == value.chars().count(), "a rule keeps the number of characters");
            rules.entry(key).or_default().push(Rule {
                value: value.chars().collect(),
                alone: alone == "alone",
                before: row.condition(before),
                after: row.condition(after),
            });
        });
        Rules { keys: Trie::new(KEYS), by_key: rules.into_values().collect() }
    }

    /// The rules that hold in a text, from left to right, none overlapping another; of several at one place the one
    /// with the longest key, then the first in the file.
    pub(super) fn find<'r>(&'r self, searched: &Searched<'_>) -> Vec<Applied<'r>> {
        let mut candidates: Vec<(usize, usize, &Rule)> = Vec::new();
        for start in 0..searched.characters.len() {
            self.keys.each(&searched.characters[start..], |length, key| {
                let range = start..start + length;
                let rule = self.by_key[key as usize - 1].iter().find(|rule| rule.holds(searched, &range));
                candidates.extend(rule.map(|rule| (start, length, rule)));
            });
        }
        candidates.sort_by_key(|(start, length, _)| (*start, usize::MAX - length));
        let mut applied: Vec<Applied<'r>> = Vec::with_capacity(candidates.len());
        for (start, length, rule) in candidates {
            if applied.last().is_none_or(|last| last.range.end <= start) {
                applied.push(Applied { range: start..start + length, value: &rule.value });
            }
        }
        applied
    }
}

impl Rule {
    fn is_conditional(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    /// A rule with no condition is a word like any other, and none where it cuts two (方面|条件 has no 面条).
    fn holds(&self, searched: &Searched<'_>, range: &Range<usize>) -> bool {
        let (before, after) = (&searched.characters[..range.start], &searched.characters[range.end..]);
        let alone = || !searched.in_phrase[range.clone()].contains(&true);
        let fits = || searched.begins[range.start] && searched.begins[range.end];
        let is_inside = || !searched.begins[range.start + 1..range.end].contains(&true);
        let touches = || searched.begins[range.start] || searched.begins[range.end];
        let of_words = || fits() || (is_inside() && touches());
        (!self.alone || alone())
            && (self.is_conditional() || of_words())
            && self.before.holds_before(before)
            && self.after.holds_after(after)
    }
}
