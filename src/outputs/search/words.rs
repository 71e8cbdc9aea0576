//! What a query may say in other words: regional words of the dictionaries, and the terms of the site's glossary.
//!
//! In: which grams the site has. Out: for each word that the site has, the words of the same meaning; and how characters fold, as far
//! as these words and the site need it.

use super::fold::{folded, normal};
use super::grams;
use super::pages::Map;
use crate::config::Config;
use crate::script::{Fold, synonyms};

/// Words of one meaning, folded; two or more.
pub(super) fn groups(config: &Config, fold: &Fold) -> Vec<Vec<String>> {
    let folded = |word: &str| -> String { word.chars().map(|c| folded(fold, normal(c))).collect() };
    let group = |words: &[&str]| -> Vec<String> {
        let mut words: Vec<String> = words.iter().map(|word| folded(word)).collect();
        // A single character is in too many words.
        words.retain(|word| word.chars().nth(1).is_some());
        words.sort_unstable();
        words.dedup();
        words
    };
    let mut groups = Vec::new();
    for definition in config.glossary.terms.definitions() {
        let texts = definition.texts.iter().map(|(_, text)| text.as_str());
        groups.push(group(&definition.terms.iter().map(String::as_str).chain(texts).collect::<Vec<&str>>()));
    }
    groups.extend(synonyms().iter().map(|words| group(words)));
    groups.retain(|words| words.len() > 1);
    groups
}

/// The numbers of all grams that somebody needs to know of, sorted.
pub(super) fn wanted(groups: &[Vec<String>], fold: &Fold) -> Vec<u32> {
    let words = groups.iter().flatten().flat_map(|word| grams_of(word));
    let characters = fold.pairs().map(|(_, form)| grams::number(&[form]));
    let mut wanted: Vec<u32> = words.chain(characters).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

fn grams_of(word: &str) -> Vec<u32> {
    grams::of_word(&word.chars().collect::<Vec<char>>())
}

/// For each word that the site seems to have the others, as groups: the word, then what may be typed for it. `present` is sorted.
pub(super) fn regional(groups: &[Vec<String>], present: &[u32]) -> String {
    let is_here = |word: &String| grams_of(word).iter().all(|gram| present.binary_search(gram).is_ok());
    let mut pairs: Vec<[&str; 2]> = Vec::new();
    for group in groups {
        for word in group.iter().filter(|word| is_here(word)) {
            pairs.extend(group.iter().filter(|other| *other != word).map(|other| [word.as_str(), other]));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut said = String::new();
    let mut last = "";
    for [word, other] in pairs {
        if word != last {
            said.push_str(if last.is_empty() { "" } else { "|" });
            said.push_str(word);
            last = word;
        }
        said.push(' ');
        said.push_str(other);
    }
    said
}

/// What an edition has for characters, in three parts: where the edition's folds to the other, where it is folded from it, and the rest. So
/// that the index need not say how these fold.
pub(super) fn map(fold: &Fold, map: &Map) -> String {
    let mut parts = [String::new(), String::new(), String::new()];
    for (from, to) in &map.pairs {
        let part = match (fold.character(*to) == *from, fold.character(*from) == *to) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        parts[part].extend([*from, *to]);
    }
    parts.join(" ")
}

/// How characters fold that the maps do not tell of, as groups: a character, then those that become it. Only what the site or its regional
/// words can be found by. `present` is sorted.
pub(super) fn folding(fold: &Fold, maps: &[Map], present: &[u32], regional: &str) -> String {
    let pairs = maps.iter().flat_map(|map| &map.pairs);
    let mut known: Vec<(char, char)> = pairs.flat_map(|(from, to)| [(*from, *to), (*to, *from)]).collect();
    known.sort_unstable();
    let mut words: Vec<char> = regional.chars().collect();
    words.sort_unstable();
    let is_needed = |form: char| {
        words.binary_search(&form).is_ok() || present.binary_search(&grams::number(&[form])).is_ok()
    };
    let pairs = fold.pairs().map(|(c, form)| (form, c));
    let mut pairs: Vec<(char, char)> =
        pairs.filter(|(form, c)| known.binary_search(&(*c, *form)).is_err() && is_needed(*form)).collect();
    pairs.sort_unstable();
    let mut said = String::new();
    let mut last = None;
    for (form, c) in pairs {
        if last != Some(form) {
            said.push_str(if last.is_none() { "" } else { " " });
            said.push(form);
            last = Some(form);
        }
        said.push(c);
    }
    said
}
