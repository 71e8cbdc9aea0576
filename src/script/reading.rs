//! Decides, character by character, as which script a mixed run is to be read.
//!
//! A character that only one script writes is read as that one. For the others (后 面 里 只) the words around them are
//! asked: the phrase they stand in, then their clause, then the run and its document. Only reads; what is made of it
//! stands in `characters`.

use std::ops::Range;

use super::Script;
use super::chunks::ends_clause;
use super::shape::{self, Evidence};

/// A document's script counts for as much as this many characters that prove it: enough to make up to three of the
/// other script in a short run slips.
const DOCUMENT: usize = 9;

/// From this many proofs on, a clause in the other script is a quotation.
const QUOTATION: usize = 4;

/// A run to be read: its characters, and beside each the Simplified one.
pub(super) struct Text<'a> {
    pub(super) characters: &'a [char],
    pub(super) simplified: &'a [char],
}

/// What the whole run proves, together with what is known of its document.
pub(super) fn with_document(mut run: Evidence, written_in: Option<Script>) -> Evidence {
    match written_in {
        Some(Script::Hans) => run.hans += DOCUMENT,
        Some(Script::Hant) => run.hant += DOCUMENT,
        None => {}
    }
    run
}

/// What each character proves. A Traditional character that simplification leaves alone where it stands (於 in 樊於期)
/// proves nothing.
pub(super) fn proofs(text: &Text<'_>) -> Vec<Option<Script>> {
    let mut before = None;
    let pairs = text.characters.iter().zip(text.simplified);
    let proofs = pairs.map(|(&character, simplified)| {
        let script = shape::proof(before.replace(character), character)?;
        (script == Script::Hans || character != *simplified).then_some(script)
    });
    proofs.collect()
}

/// The reading of each character, from its clause and from the evidence of its run.
pub(super) fn read(characters: &[char], proofs: &[Option<Script>], run: Evidence) -> Vec<Script> {
    let mut readings = Vec::with_capacity(proofs.len());
    for clause in clauses(characters) {
        readings.extend(read_clause(&proofs[clause], run));
    }
    readings
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
pub(super) fn read_phrase(proofs: &[Option<Script>], readings: &mut [Script]) {
    let evidence = tally(proofs);
    let proven = [Script::Hant, Script::Hans].into_iter().find(|&script| evidence.of(script) > 0);
    let Some(script) = proven.or(readings.first().copied()) else {
        return;
    };
    for (reading, proof) in readings.iter_mut().zip(proofs) {
        *reading = proof.unwrap_or(script);
    }
}

fn read_clause(proofs: &[Option<Script>], run: Evidence) -> Vec<Script> {
    let clause = tally(proofs);
    let fallback = run.script().unwrap_or(Script::Hans);
    let of_clause = match (clause.hans, clause.hant) {
        (0, 0) => Some(fallback),
        (_, 0) => Some(Script::Hans),
        _ if is_slip(Script::Hant, clause, run) => Some(Script::Hans),
        (0, _) => Some(Script::Hant),
        _ if is_slip(Script::Hans, clause, run) => Some(Script::Hant),
        _ => None,
    };
    match of_clause {
        Some(script) => proofs.iter().map(|proof| proof.unwrap_or(script)).collect(),
        None => nearest(proofs, fallback),
    }
}

/// A few characters of one script in a clause of a run that is nearly all in the other are slips of the pen
/// (打贏经济 in Simplified), not a quotation. They are no witness for their neighbours.
fn is_slip(script: Script, clause: Evidence, run: Evidence) -> bool {
    clause.of(script) < QUOTATION && run.of(script.other()) >= 3 * run.of(script)
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

/// Clauses with their closing mark.
fn clauses(characters: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    characters.split_inclusive(|&c| ends_clause(c)).map(move |clause| {
        let range = start..start + clause.len();
        start = range.end;
        range
    })
}
