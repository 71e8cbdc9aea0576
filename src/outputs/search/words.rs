//! What a query may say in other words: regional words of the dictionaries, and the terms of the site's glossary.
//!
//! In: which grams the site has. Out: for each word that the site has, the words of the same meaning; and how characters fold, as far
//! as these words and the site need it.

use super::fold::{folded, normal};
use super::grams;
use super::pages::Map;
use crate::config::Config;
use crate::script::{Fold, synonyms};
use std::collections::{BTreeMap, BTreeSet};

/// Words of one meaning, folded; two or more.
pub(super) fn groups(config: &Config, fold: &Fold) -> Vec<BTreeSet<String>> {
    let folded = |word: &str| -> String { word.chars().map(|c| folded(fold, normal(c))).collect() };
    let group = |words: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
        // A single character is in too many words.
        words.map(folded).filter(|word| word.chars().count() > 1).collect()
    };
    let definitions = config.glossary.terms.definitions().iter();
    let own = definitions.map(|definition| {
        let texts = definition.texts.iter().map(|(_, text)| text.as_str());
        group(&mut definition.terms.iter().map(String::as_str).chain(texts))
    });
    let regional = synonyms().into_iter().map(|words| group(&mut words.into_iter()));
    own.chain(regional).filter(|words| words.len() > 1).collect()
}

/// The numbers of all grams that somebody needs to know of, sorted.
pub(super) fn wanted(groups: &[BTreeSet<String>], fold: &Fold) -> Vec<u32> {
    let words = groups.iter().flatten().flat_map(|word| grams_of(word));
    let characters = fold.pairs().map(|(_, form)| grams::number(form, '\0'));
    let mut wanted: Vec<u32> = words.chain(characters).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

fn grams_of(word: &str) -> Vec<u32> {
    grams::of_word(&word.chars().collect::<Vec<char>>())
}

/// For each word that the site seems to have the others, as lines: the word, then what may be typed for it.
pub(super) fn regional(groups: &[BTreeSet<String>], present: &BTreeSet<u32>) -> String {
    let is_here = |word: &str| grams_of(word).iter().all(|gram| present.contains(gram));
    let mut others: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for group in groups {
        for word in group.iter().filter(|word| is_here(word)) {
            let rest = group.iter().filter(|other| *other != word).map(String::as_str);
            others.entry(word).or_default().extend(rest);
        }
    }
    let line = |(word, others): (&str, BTreeSet<&str>)| {
        std::iter::once(word).chain(others).collect::<Vec<&str>>().join(" ")
    };
    others.into_iter().map(line).collect::<Vec<String>>().join("|")
}

/// What an edition has for characters, in three parts: where the edition's folds to the other, where it is folded from it, and the rest. So
/// that the index need not say how these fold.
pub(super) fn map(fold: &Fold, map: &Map) -> String {
    let part = |part: Part| -> String {
        let pairs = map.iter().filter(|(from, to)| Part::of(fold, **from, **to) == part);
        pairs.flat_map(|(from, to)| [*from, *to]).collect()
    };
    [Part::Folds, Part::Folded, Part::Other].map(part).join(" ")
}

#[derive(PartialEq)]
enum Part {
    Folds,
    Folded,
    Other,
}

impl Part {
    fn of(fold: &Fold, from: char, to: char) -> Part {
        match (fold.character(to) == from, fold.character(from) == to) {
            (true, _) => Part::Folds,
            (false, true) => Part::Folded,
            (false, false) => Part::Other,
        }
    }
}

/// How characters fold that the maps do not tell of: a character, then those that become it. Only what the site or its regional words
/// can be found by.
pub(super) fn folding(fold: &Fold, maps: &[Map], present: &BTreeSet<u32>, regional: &str) -> String {
    let words: BTreeSet<char> = regional.chars().collect();
    let mapped: BTreeSet<(char, char)> =
        maps.iter().flatten().flat_map(|(from, to)| [(*from, *to), (*to, *from)]).collect();
    let mut forms: BTreeMap<char, String> = BTreeMap::new();
    for (c, form) in fold.pairs().filter(|pair| !mapped.contains(pair)) {
        if words.contains(&form) || present.contains(&grams::number(form, '\0')) {
            forms.entry(form).or_default().push(c);
        }
    }
    let group = |(form, others): (char, String)| format!("{form}{others}");
    forms.into_iter().map(group).collect::<Vec<String>>().join(" ")
}
