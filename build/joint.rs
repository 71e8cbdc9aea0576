//! Two stages in one, for a chain that cuts the text into segments by the phrases of the last stage and then lets a first
//! and that last stage work inside each segment: one pass instead of three.
//!
//! A phrase of the last stage is a segment, so what becomes of it is known; so is what becomes of a key of the first stage
//! that stands in a stretch between such phrases. Two things would spoil that: a phrase that begins inside the key,
//! whose segment cuts the key short, and one that the last stage finds only in the result of the first, across the
//! border of what that has replaced. The keys that hold a phrase are dropped, as no stretch has them; every other text in
//! which either happens is listed as a stop, where the stages must work one after the other. There are a few hundred
//! stops, and hardly a text has one.

use std::collections::{BTreeMap, BTreeSet};

use crate::stages::{Entry, Stage};

/// The stage that does at once what `first` and `last` do inside the segments of `last`.
pub(crate) fn join(name: &'static str, first: &Stage, last: &Stage) -> Stage {
    let (shaped, finished) = (first.convert(), last.convert());
    let phrases: Vec<&str> =
        last.entries.iter().filter(|(_, entry)| entry.is_phrase).map(|(key, _)| key.as_str()).collect();
    let units: Vec<Unit> = first
        .entries
        .iter()
        .filter(|(key, _)| !phrases.iter().any(|phrase| key.contains(phrase)))
        .map(|(key, entry)| Unit { key, value: &entry.value })
        .collect();

    let mut stage = Stage { name, entries: BTreeMap::new(), stops: BTreeSet::new() };
    for (key, Entry { value, is_phrase }) in &last.entries {
        assert!(
            *is_phrase || key.chars().count() == 1,
            "{name}: {key} is no segment and longer than a character"
        );
        let value = if *is_phrase { finished(&shaped(key)) } else { value.clone() };
        assert_eq!(key.chars().count(), value.chars().count(), "{name}: {key} → {value} keeps no alignment");
        stage.entries.insert(key.clone(), Entry { value, is_phrase: false });
    }
    for Unit { key, value } in &units {
        stage.entries.insert((*key).to_owned(), Entry { value: finished(value), is_phrase: false });
    }

    let mut sources = Sources { units: &units, found: BTreeSet::new() };
    phrases.iter().for_each(|phrase| sources.find(phrase));
    stage.stops = sources.found;
    // Where a key of the first stage is as long, it is what stands there; where a phrase begins, its segment does.
    let has_phrase = |stop: &String| phrases.iter().any(|phrase| stop.starts_with(phrase));
    stage.stops.retain(|stop| !stage.entries.contains_key(stop) && !has_phrase(stop));
    stage
}

/// What the first stage replaces as one.
struct Unit<'a> {
    key: &'a str,
    value: &'a str,
}

/// The texts, from one border of units to another, that a phrase spoils.
struct Sources<'a> {
    units: &'a [Unit<'a>],
    found: BTreeSet<String>,
}

impl Sources<'_> {
    fn find(&mut self, phrase: &str) {
        self.follow(phrase, "");
        for Unit { key, value } in self.units {
            for at in borders(phrase).filter(|&at| value.len() > at && value.ends_with(&phrase[..at])) {
                self.follow(&phrase[at..], key);
            }
            for at in borders(key).filter(|&at| phrase.starts_with(&key[at..])) {
                self.found.insert(format!("{}{phrase}", &key[..at]));
            }
        }
    }

    /// What may follow `source` so that the first stage makes of it what begins with `rest`.
    fn follow(&mut self, rest: &str, source: &str) {
        let Some(character) = rest.chars().next() else {
            self.found.insert(source.to_owned());
            return;
        };
        self.follow(&rest[character.len_utf8()..], &format!("{source}{character}"));
        for Unit { key, value } in self.units {
            if let Some(rest) = rest.strip_prefix(value) {
                self.follow(rest, &format!("{source}{key}"));
            } else if value.starts_with(rest) {
                self.found.insert(format!("{source}{key}"));
            }
        }
    }
}

/// Where characters meet inside `text`.
fn borders(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).skip(1)
}
