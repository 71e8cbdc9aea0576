//! The pairs of a rule, and the tables that rules of one text have made so far.
//!
//! Pairs go in and are found again in a text, the longest first. Says nothing of what becomes of the text between them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};

use super::super::variant::Variant;

/// A text of a rule, evaluated: for its variant wherever it stands, or only in place of `from`.
pub(super) struct Entry {
    pub(super) from: Option<String>,
    pub(super) variant: Variant,
    pub(super) text: String,
}

/// Which of the entries a variant shows.
pub(super) fn shown(entries: &[Entry], variant: Variant) -> Option<usize> {
    let one_way = || entries.iter().position(|entry| entry.from.is_some() && entry.variant == variant);
    // MediaWiki shows the first text of any rule to readers of the unconverted page.
    let any = || (variant == Variant::Zh).then(|| first(entries)).flatten();
    two_way(entries, variant).or_else(one_way).or_else(any)
}

/// The entry to fall back on where no other is for the variant.
pub(super) fn first(entries: &[Entry]) -> Option<usize> {
    let two_way = entries.iter().position(|entry| entry.from.is_none());
    two_way.or((!entries.is_empty()).then_some(0))
}

fn two_way(entries: &[Entry], variant: Variant) -> Option<usize> {
    let given = |variant: &Variant| named(entries, *variant);
    given(&variant).or_else(|| variant.fallbacks().iter().find_map(given))
}

/// The two-way entry of this very variant; the last of several, as MediaWiki has it.
fn named(entries: &[Entry], variant: Variant) -> Option<usize> {
    entries.iter().rposition(|entry| entry.from.is_none() && entry.variant == variant)
}

/// The pairs of a rule for one variant: what the other variants have becomes what this one has, and is kept where it
/// is the same.
pub(super) fn pairs(entries: &[Entry], variant: Variant) -> Vec<(String, String)> {
    if variant == Variant::Zh {
        return Vec::new();
    }
    let (mut pairs, mut seen) = (Vec::new(), BTreeSet::new());
    let one_way = entries.iter().rev().filter(|entry| entry.variant == variant);
    let one_way = one_way.filter_map(|entry| entry.from.as_deref().map(|from| (from, entry.text.as_str())));
    // Readers of one script in general get the words of no region, unless the rule is about them.
    let applies = variant.script().is_some_and(|_| is_regional(variant) || named(entries, variant).is_some());
    let own = two_way(entries, variant).filter(|own| applies && !entries[*own].text.is_empty());
    let others = Variant::ALL.into_iter().filter(|other| *other != variant);
    let others = own.into_iter().flat_map(|own| {
        let others = others.clone().filter_map(|other| two_way(entries, other));
        others.map(move |other| (entries[other].text.as_str(), entries[own].text.as_str()))
    });
    for (from, to) in one_way.chain(others) {
        if !from.is_empty() && seen.insert(from) {
            pairs.push((from.to_owned(), to.to_owned()));
        }
    }
    pairs
}

fn is_regional(variant: Variant) -> bool {
    !matches!(variant, Variant::Zh | Variant::Hans | Variant::Hant)
}

/// What holds in each variant.
#[derive(Default)]
pub(super) struct Tables(BTreeMap<Variant, BTreeMap<String, String>>);

impl Tables {
    pub(super) fn update(&mut self, variant: Variant, add: bool, pairs: &[(String, String)]) {
        let table = self.0.entry(variant).or_default();
        for (from, to) in pairs {
            if add {
                table.insert(from.clone(), to.clone());
            } else {
                table.remove(from);
            }
        }
    }

    /// `text` with the pairs of a variant, and whatever `convert` makes of the rest.
    pub(super) fn apply(&self, text: &str, variant: Variant, convert: impl Fn(&str) -> String) -> String {
        let Some(table) = self.0.get(&variant).filter(|table| !table.is_empty()) else {
            return convert(text);
        };
        let (mut out, mut done, mut at) = (String::new(), 0, 0);
        while let Some(character) = text[at..].chars().next() {
            let Some((from, to)) = longest(table, &text[at..]) else {
                at += character.len_utf8();
                continue;
            };
            if done < at {
                out.push_str(&convert(&text[done..at]));
            }
            out.push_str(to);
            at += from.len();
            done = at;
        }
        if done < at {
            out.push_str(&convert(&text[done..]));
        }
        out
    }
}

/// The longest key that `text` begins with.
fn longest<'a>(table: &'a BTreeMap<String, String>, text: &str) -> Option<(&'a str, &'a str)> {
    let mut limit = text;
    loop {
        // A key that `text` begins with sorts before it, and before it comes only what shares as much with it.
        let (key, value) = table.range::<str, _>((Unbounded, Included(limit))).next_back()?;
        let common = limit.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
        if common == key.len() {
            return Some((key, value));
        }
        limit = &limit[..limit.floor_char_boundary(common)];
    }
}
