//! The first pass of conversion: the characters, in a text that may be of either script or of both mixed.
//!
//! The author is right: a character that already is what the edition's script writes is never touched, whatever shape
//! a dictionary would prefer. The rest is converted in the light of the whole run, read in Simplified.

use std::ops::Range;
use std::sync::Arc;

use super::chain::{Chain, Recipe};
use super::reading::{self, Text};
use super::shape::{Evidence, Shape};
use super::stage::StageName::{HkRev, St, Ts, TwRev};
use super::traditional::Traditional;
use super::{Characters, Dictionaries, Run, Script, Target, detect};

/// From either region's shapes: Taiwan's 著 and Hong Kong's 衞 both have a Simplified form.
const SIMPLIFY: Recipe = Recipe { segmentation: Some(Ts), stages: &[TwRev, HkRev, Ts] };

/// For text that writes the particle 着, where 著 is never the particle.
const SIMPLIFY_HK: Recipe = Recipe { segmentation: Some(Ts), stages: &[HkRev, Ts] };

/// Converts the characters of runs for one target.
pub(super) struct CharacterPass {
    dictionaries: Arc<Dictionaries>,
    target: Target,
    to_hant: Traditional,
    to_hans: Chain,
    to_hans_hk: Chain,
}

impl CharacterPass {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, target: Target) -> CharacterPass {
        CharacterPass {
            dictionaries: Arc::clone(dictionaries),
            target,
            to_hant: Traditional::new(dictionaries, target.characters),
            to_hans: Chain::new(dictionaries, SIMPLIFY),
            to_hans_hk: Chain::new(dictionaries, SIMPLIFY_HK),
        }
    }

    /// The run with its characters in the target's script.
    pub(super) fn apply(&self, run: &Run) -> Run {
        let evidence = detect(run.text());
        if evidence.is_mixed() {
            return self.apply_mixed(run);
        }
        match (self.target.script, whole(evidence, run)) {
            (Script::Hant, Script::Hans) => self.to_hant.convert_run(run),
            (Script::Hans, Script::Hant) => self.simplifying(run.text()).convert_run(run),
            (Script::Hant, Script::Hant) | (Script::Hans, Script::Hans) => run.clone(),
        }
    }

    fn simplifying(&self, text: &str) -> &Chain {
        if text.contains('着') { &self.to_hans_hk } else { &self.to_hans }
    }

    fn apply_mixed(&self, run: &Run) -> Run {
        let simple = self.simplifying(run.text()).convert(run.text(), &mut []);
        let characters: Vec<char> = run.text().chars().collect();
        let simplified: Vec<char> = simple.chars().collect();
        let phrases = self.phrases(&simple);
        let text = Text {
            characters: &characters,
            simplified: &simplified,
            phrases: &phrases,
            written_in: run.written_in(),
        };
        let readings = reading::read(&text);
        let converted = match self.target.script {
            Script::Hans => take(&readings, Script::Hans, &characters, &simplified),
            Script::Hant => self.traditional(&readings, &text),
        };
        run.with_characters(&converted)
    }

    /// Characters that are read as Traditional stay. The others are converted in the light of the whole run, whose
    /// Traditional characters are put into their Simplified form for that.
    fn traditional(&self, readings: &[Script], text: &Text<'_>) -> Vec<char> {
        let all_simplified: String =
            take(readings, Script::Hans, text.characters, text.simplified).iter().collect();
        let converted: Vec<char> = self.to_hant.convert(&all_simplified).chars().collect();
        let mut readings = readings.to_vec();
        if self.target.characters == Characters::Tw {
            for (reading, &character) in readings.iter_mut().zip(text.characters) {
                // Beside Simplified characters, 温 is Simplified rather than Hong Kong's.
                if Shape::of(character) == Shape::NotTaiwan {
                    *reading = Script::Hans;
                }
            }
        }
        take(&readings, Script::Hant, text.characters, &converted)
    }

    /// The phrases in a Simplified text, as ranges of characters.
    fn phrases(&self, simplified: &str) -> Vec<Range<usize>> {
        let mut at = (0, 0);
        let mut index = |byte: usize| {
            at = (byte, at.1 + simplified[at.0..byte].chars().count());
            at.1
        };
        let walls = self.dictionaries.stage(St).segment(simplified);
        walls.chunks_exact(2).map(|phrase| index(phrase[0])..index(phrase[1])).collect()
    }
}

/// The script that all of an unmixed run is read in.
fn whole(evidence: Evidence, run: &Run) -> Script {
    evidence.script().or(run.written_in()).unwrap_or(Script::Hans)
}

/// What is read as `script` already from `own`, the rest from `converted`.
fn take(readings: &[Script], script: Script, own: &[char], converted: &[char]) -> Vec<char> {
    let pairs = own.iter().zip(converted).zip(readings);
    pairs.map(|((own, converted), reading)| if *reading == script { *own } else { *converted }).collect()
}
