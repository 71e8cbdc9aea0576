//! Curated rules: what OpenCC's dictionaries get wrong and no word list can mend, as data with reasons
//! (`data/editorial/hant.tsv`).
//!
//! A rule names a key in Simplified, what stands for it in Traditional (OpenCC's standard shapes; the region's come
//! after), and what may or must not stand before and after. Only finds rules; applying them is the business of
//! `traditional`.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

static FILE: &str = include_str!("../../data/editorial/hant.tsv");

/// All rules, by key.
pub(super) struct Rules {
    keys: CharwiseDoubleArrayAhoCorasick<u32>,
    by_key: Vec<Vec<Rule>>,
}

struct Rule {
    value: Vec<char>,
    /// Only where no phrase of OpenCC's covers the key.
    alone: bool,
    before: Condition,
    after: Condition,
}

/// One of the alternatives must stand there, or none may.
struct Condition {
    unless: bool,
    alternatives: Vec<Vec<char>>,
}

/// A rule that holds at a place: the characters it covers, and what they become.
pub(super) struct Applied<'r> {
    pub(super) range: Range<usize>,
    pub(super) value: &'r [char],
}

/// A text to be searched: its characters, for each whether a phrase of OpenCC's covers it, and where words begin.
pub(super) struct Searched<'t> {
    pub(super) text: &'t str,
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
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut rules: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
        for (number, line) in (1..).zip(FILE.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, items)) = line.strip_prefix('@').and_then(|list| list.split_once('\t')) {
                lists.insert(name, items.split(' ').collect());
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let [key, value, alone, before, after, _reason] = fields[..] else {
                let count = fields.len();
                panic!("data/editorial/hant.tsv:{number}: a rule has 6 fields, this line {count}: {line}")
            };
            assert!(
                !key.is_empty() && matches!(alone, "" | "alone"),
                "data/editorial/hant.tsv:{number}: a rule has a key, and `alone` or nothing in its third field: {line}"
            );
            let rule = Rule {
                value: value.chars().collect(),
                alone: alone == "alone",
                before: Condition::parse(before, &lists, number),
                after: Condition::parse(after, &lists, number),
            };
            assert_eq!(
                key.chars().count(),
                rule.value.len(),
                "data/editorial/hant.tsv:{number}: a rule keeps the number of characters: {line}"
            );
            rules.entry(key).or_default().push(rule);
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard);
        let keys = rules.keys().zip(0..);
        let keys = builder.build_with_values(keys).expect("the keys are distinct and not empty");
        Rules { keys, by_key: rules.into_values().collect() }
    }

    /// The rules that hold in a text, from left to right, none overlapping another; of several at one place the one
    /// with the longest key, then the first in the file.
    pub(super) fn find<'r>(&'r self, searched: &Searched<'_>) -> Vec<Applied<'r>> {
        let mut candidates: Vec<(usize, usize, &Rule)> = Vec::new();
        let mut place = (0, 0);
        for found in self.keys.find_overlapping_iter(searched.text) {
            place = (found.end(), place.1 + searched.text[place.0..found.end()].chars().count());
            let rules = &self.by_key[found.value() as usize];
            let length = rules[0].value.len();
            let range = place.1 - length..place.1;
            candidates.extend(
                rules
                    .iter()
                    .find(|rule| rule.holds(searched, &range))
                    .map(|rule| (range.start, length, rule)),
            );
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
        !self.before.alternatives.is_empty() || !self.after.alternatives.is_empty()
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
            && self.before.holds(|alternative| ends_with(before, alternative))
            && self.after.holds(|alternative| starts_with(after, alternative))
    }
}

impl Condition {
    fn parse(text: &str, lists: &BTreeMap<&str, Vec<&str>>, number: usize) -> Condition {
        let (unless, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let expanded =
            text.split(' ').filter(|item| !item.is_empty()).flat_map(|item| expand(item, lists, number));
        Condition { unless, alternatives: expanded.collect() }
    }

    fn holds(&self, stands: impl Fn(&[char]) -> bool) -> bool {
        self.alternatives.is_empty()
            || self.alternatives.iter().any(|alternative| stands(alternative)) != self.unless
    }
}

/// An alternative with a list in it (`？？@title`) stands for one alternative for each item of the list.
fn expand(item: &str, lists: &BTreeMap<&str, Vec<&str>>, number: usize) -> Vec<Vec<char>> {
    match item.split_once('@') {
        None => vec![item.chars().collect()],
        Some((start, name)) => {
            let list = lists
                .get(name)
                .unwrap_or_else(|| panic!("data/editorial/hant.tsv:{number}: no list @{name}"));
            list.iter().map(|end| format!("{start}{end}").chars().collect()).collect()
        }
    }
}

fn starts_with(text: &[char], alternative: &[char]) -> bool {
    let edge = alternative.last() == Some(&'$');
    let alternative = &alternative[..alternative.len() - usize::from(edge)];
    text.len() >= alternative.len()
        && text.iter().zip(alternative).all(|(own, wanted)| fits(*own, *wanted))
        && (!edge || text.get(alternative.len()).is_none_or(|next| !is_han(*next)))
}

fn ends_with(text: &[char], alternative: &[char]) -> bool {
    let edge = alternative.first() == Some(&'^');
    let alternative = &alternative[usize::from(edge)..];
    let Some(start) = text.len().checked_sub(alternative.len()) else { return false };
    text[start..].iter().zip(alternative).all(|(own, wanted)| fits(*own, *wanted))
        && (!edge || start == 0 || !is_han(text[start - 1]))
}

/// `？` is any Han character but 的, `#` a numeral; anything else is itself.
fn fits(own: char, wanted: char) -> bool {
    match wanted {
        '？' => is_han(own) && own != '的',
        '#' => {
            own.is_ascii_digit()
                || ('０'..='９').contains(&own)
                || "〇零一二三四五六七八九十百千万亿两几数".contains(own)
        }
        _ => own == wanted,
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}')
}
