//! Decides, character by character, as which script a mixed run is to be read.
//!
//! A character that only one script writes is read as that one. For the others (后 面 里 只) the words around them are
//! asked: the phrase they stand in, then their clause, then the run, then what is known of the document. Only reads;
//! what is made of it stands in `characters`.

use std::ops::Range;

use super::Script;
use super::shape::{Evidence, Shape};

/// A run to be read: its characters, and beside each the Simplified one.
pub(super) struct Text<'a> {
    pub(super) characters: &'a [char],
    pub(super) simplified: &'a [char],
    /// Phrases of the Simplified form, as ranges of characters.
    pub(super) phrases: &'a [Range<usize>],
    pub(super) written_in: Option<Script>,
}

/// The reading of each character.
pub(super) fn read(text: &Text<'_>) -> Vec<Script> {
    let proofs: Vec<Option<Script>> = (0..text.characters.len()).map(|at| proof(text, at)).collect();
    let run = tally(&proofs);
    let mut readings = Vec::with_capacity(proofs.len());
    for clause in clauses(text.characters) {
        readings.extend(read_clause(&proofs[clause], run, text.written_in));
    }
    for phrase in text.phrases {
        read_phrase(&proofs[phrase.clone()], &mut readings[phrase.clone()]);
    }
    readings
}

/// A Traditional character that simplification leaves alone where it stands (於 in 樊於期) proves nothing.
fn proof(text: &Text<'_>, at: usize) -> Option<Script> {
    let script = Shape::of(text.characters[at]).script()?;
    (script == Script::Hans || text.characters[at] != text.simplified[at]).then_some(script)
}

fn tally(proofs: &[Option<Script>]) -> Evidence {
    let mut evidence = Evidence::default();
    for script in proofs.iter().flatten() {
        evidence.add(*script);
    }
    evidence
}

/// The characters of a phrase are read alike: an author who writes one half of a word in a script (裏面) means the
/// other half so. Where both scripts meet in a phrase, Traditional was chosen and Simplified is what is left over.
fn read_phrase(proofs: &[Option<Script>], readings: &mut [Script]) {
    let evidence = tally(proofs);
    let proven = [Script::Hant, Script::Hans].into_iter().find(|&script| evidence.of(script) > 0);
    let Some(script) = proven.or(readings.first().copied()) else {
        return;
    };
    for (reading, proof) in readings.iter_mut().zip(proofs) {
        *reading = proof.unwrap_or(script);
    }
}

fn read_clause(proofs: &[Option<Script>], run: Evidence, written_in: Option<Script>) -> Vec<Script> {
    let clause = tally(proofs);
    let fallback = run.script().or(written_in).unwrap_or(Script::Hans);
    let of_clause = match (clause.hans, clause.hant) {
        (0, 0) => Some(fallback),
        (_, hant) if hant == 0 || is_slip(Script::Hant, clause, run) => Some(Script::Hans),
        (hans, _) if hans == 0 || is_slip(Script::Hans, clause, run) => Some(Script::Hant),
        _ => None,
    };
    match of_clause {
        Some(script) => proofs.iter().map(|proof| proof.unwrap_or(script)).collect(),
        None => nearest(proofs, fallback),
    }
}

/// A single character of one script in a clause of a run that is nearly all in the other is a slip of the pen
/// (打贏经济 in Simplified), not a quotation. It is no witness for its neighbours.
fn is_slip(script: Script, clause: Evidence, run: Evidence) -> bool {
    clause.of(script) == 1 && run.of(script.other()) >= 3 * run.of(script)
}

/// The reading of the nearest proof, before or behind; `fallback` where two are as near.
fn nearest(proofs: &[Option<Script>], fallback: Script) -> Vec<Script> {
    let behind = distances(proofs.iter().rev());
    let before = distances(proofs.iter());
    let pairs = before.into_iter().zip(behind.into_iter().rev());
    pairs.map(|pair| nearer(pair, fallback)).collect()
}

type Proof = Option<(usize, Script)>;

fn nearer(pair: (Proof, Proof), fallback: Script) -> Script {
    match pair {
        (Some((before, script)), Some((behind, other))) => match before.cmp(&behind) {
            std::cmp::Ordering::Less => script,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal if script == other => script,
            std::cmp::Ordering::Equal => fallback,
        },
        (Some((_, script)), None) | (None, Some((_, script))) => script,
        (None, None) => fallback,
    }
}

/// For each place, how far back the last proof stands and what it proves.
fn distances<'a>(proofs: impl Iterator<Item = &'a Option<Script>>) -> Vec<Proof> {
    let mut last: Proof = None;
    let far = proofs.map(|proof| {
        last = proof.map(|script| (0, script)).or(last.map(|(distance, script)| (distance + 1, script)));
        last
    });
    far.collect()
}

/// Clauses with their closing mark. White space ends one too, as newspaper headlines use it.
fn clauses(characters: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    characters.split_inclusive(|&c| ends_clause(c)).map(move |clause| {
        let range = start..start + clause.len();
        start = range.end;
        range
    })
}

fn ends_clause(character: char) -> bool {
    character.is_whitespace() || "，。；：！？、…—,.;:!?()（）《》〈〉“”‘’「」『』".contains(character)
}
