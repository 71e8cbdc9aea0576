//! The first pass of conversion: the characters, in a text that may be of either script or of both mixed.
//!
//! The author is right: a character that already is what the edition's script writes is never touched, whatever shape
//! a dictionary would prefer. The rest is converted in the light of the whole run, read in Simplified.

use std::ops::Range;
use std::sync::Arc;

use super::chain::{Chain, Recipe};
use super::chunks::chunks;
use super::engine::Engine;
use super::particle::{self, Use};
use super::reading::{self, Text};
use super::remark::{Remark, RemarkKind};
use super::shape::{Evidence, Shape};
use super::slips::{self, Beside};
use super::stage::StageName::{Hk, HkRev, St, Ts, TsPhrases, Tw, TwRev};
use super::traditional::Traditional;
use super::{Characters, Dictionaries, Run, Script, Target, Wording, detect, doubts};

/// From either region's shapes: Taiwan's 著 and Hong Kong's 衞 both have a Simplified form.
const SIMPLIFY: Recipe = Recipe { segmentation: Some(TsPhrases), stages: &[TwRev, HkRev, Ts], joint: None };

/// From either region's shapes to OpenCC's standard.
const STANDARDIZE: Recipe = Recipe { segmentation: None, stages: &[TwRev, HkRev], joint: None };

/// Converts the characters of runs for one target.
pub(super) struct CharacterPass {
    dictionaries: Arc<Dictionaries>,
    target: Target,
    to_hant: Traditional,
    to_hans: Chain,
    to_standard: Chain,
    /// What converts a run that is wholly in the other script, if it is not we.
    engine: Option<Arc<dyn Engine>>,
}

/// From so many Traditional characters on, a run without a Simplified one is a quotation.
const QUOTATION: usize = 12;

/// What is to be done with a run.
enum Way {
    Keep,
    /// All of it is in the other script.
    Convert,
    /// Its characters are read one by one, with what the run and its document prove.
    Read(Evidence),
    /// The same, in a document that mixes both scripts: what proves nothing is converted wherever conversion would print another.
    ReadMixed(Evidence),
}

impl CharacterPass {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, target: Target) -> CharacterPass {
        CharacterPass {
            dictionaries: Arc::clone(dictionaries),
            target,
            to_hant: Traditional::new(dictionaries, target.characters),
            to_hans: Chain::new(dictionaries, SIMPLIFY),
            to_standard: Chain::new(dictionaries, STANDARDIZE),
            engine: None,
        }
    }

    pub(super) fn set_engine(&mut self, engine: Arc<dyn Engine>) {
        self.engine = Some(engine);
    }

    /// The run with its characters in the target's script. No phrase reaches into or out of the stretches `fixed`, which are
    /// words of their own. Choices that nothing decided go to `doubts`.
    pub(super) fn apply(
        &self,
        run: &Run,
        fixed: &[Range<usize>],
        mut doubts: Option<&mut Vec<Remark>>,
    ) -> Run {
        let way = self.way(run);
        if matches!(way, Way::Keep) {
            return run.clone();
        }
        let mut text = String::with_capacity(run.text().len() + 64);
        let mut start = 0;
        for chunk in chunks(run.text()) {
            let range = start..start + chunk.len();
            start = range.end;
            let fixed = in_characters(chunk, &range, fixed);
            let converted = match (&way, self.target.script) {
                (Way::Convert, Script::Hant) => self
                    .by_engine(chunk)
                    .map(Lonely::nowhere)
                    .unwrap_or_else(|| self.to_traditional(chunk, &fixed, doubts.is_some())),
                (Way::Convert, Script::Hans) => Lonely::nowhere(
                    self.by_engine(chunk).unwrap_or_else(|| self.simplify_between(chunk, &fixed)),
                ),
                (Way::Read(evidence), _) => self.read(chunk, *evidence, false, &fixed, doubts.is_some()),
                (Way::ReadMixed(evidence), _) => self.read(chunk, *evidence, true, &fixed, doubts.is_some()),
                (Way::Keep, _) => Lonely::nowhere(chunk.to_owned()),
            };
            if let Some(doubts) = &mut doubts {
                doubts.extend(self.doubts(chunk, range.start, &converted));
            }
            text.push_str(&converted.text);
        }
        run.with_text(text)
    }

    fn by_engine(&self, text: &str) -> Option<String> {
        self.engine.as_ref().and_then(|engine| engine.convert(text))
    }

    fn to_traditional(&self, text: &str, fixed: &[Range<usize>], doubts: bool) -> Lonely {
        if !doubts {
            return Lonely::nowhere(self.to_hant.convert(text, fixed));
        }
        let explained = self.to_hant.explain(text, fixed, true);
        Lonely { text: explained.text, places: explained.lonely }
    }

    /// What there is to say of the characters of a chunk that nothing decided.
    fn doubts(&self, chunk: &str, start: usize, converted: &Lonely) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut places = converted.places.iter().peekable();
        for (index, ((at, from), to)) in chunk.char_indices().zip(converted.text.chars()).enumerate() {
            if places.next_if_eq(&&index).is_none() {
                continue;
            }
            let others = doubts::alternatives(from).unwrap_or_default();
            let others = others.chars().map(|other| self.to_hant.shape(other)).filter(|other| *other != to);
            let kind = RemarkKind::Doubt { from, to, others: others.collect() };
            remarks.push(Remark { range: start + at..start + at + from.len_utf8(), kind });
        }
        remarks
    }

    /// A word of a region in the shapes of the target.
    pub(super) fn print(&self, word: &str, region: Wording) -> String {
        match (self.target.script, region) {
            (Script::Hans, Wording::Cn | Wording::Keep) => word.to_owned(),
            (Script::Hans, Wording::Tw | Wording::Hk) => self.simplify(word),
            (Script::Hant, Wording::Cn | Wording::Keep) => self.to_hant.convert(word, &[]),
            (Script::Hant, Wording::Tw | Wording::Hk) => {
                let region = match self.target.characters {
                    Characters::Tw if region == Wording::Hk => Some(Tw),
                    Characters::Hk if region == Wording::Tw => Some(Hk),
                    Characters::Tw | Characters::Hk => return word.to_owned(),
                    Characters::OpenCc => None,
                };
                let standard = self.to_standard.convert(word, &mut []);
                match region {
                    Some(region) => self.dictionaries.stage(region).convert(&standard, &mut [], &mut []),
                    None => standard,
                }
            }
        }
    }

    fn way(&self, run: &Run) -> Way {
        let own = detect(run.text());
        let evidence = reading::with_document(own, run.written_in());
        let script = evidence.script().unwrap_or(Script::Hans);
        match self.target.script {
            Script::Hant if run.document_mixes() && !is_quotation(own) => Way::ReadMixed(evidence),
            _ if own.is_mixed() => Way::Read(evidence),
            Script::Hans if own.script().unwrap_or(script) == Script::Hant => Way::Convert,
            Script::Hans => Way::Keep,
            Script::Hant if own.hans > 0 || own.hant == 0 && script == Script::Hans => Way::Convert,
            Script::Hant if script == Script::Hans || slips::is_suspect(run.text()) => Way::Read(evidence),
            Script::Hant => Way::Keep,
        }
    }

    /// The text in Simplified, of which the characters `fixed` are words of their own.
    fn simplify_between(&self, text: &str, fixed: &[Range<usize>]) -> String {
        if fixed.is_empty() {
            return self.simplify(text);
        }
        let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let edges = fixed.iter().flat_map(|word| [word.start, word.end]).map(|edge| offsets[edge]);
        let mut start = 0;
        let parts = edges
            .chain([text.len()])
            .map(|edge| self.simplify(&text[std::mem::replace(&mut start, edge)..edge]));
        parts.collect()
    }

    fn simplify(&self, text: &str) -> String {
        let simplified = self.to_hans.convert(text, &mut []);
        if !text.contains('著') {
            return simplified;
        }
        let characters: Vec<char> = text.chars().collect();
        let particles = simplified.chars().enumerate().map(|(at, simplified)| match characters[at] {
            '著' => match particle::use_of(&characters, at) {
                Use::Particle => '着',
                Use::Word => '著',
                Use::Unknown => simplified,
            },
            _ => simplified,
        });
        particles.collect()
    }

    fn read(
        &self,
        text: &str,
        evidence: Evidence,
        mixed: bool,
        fixed: &[Range<usize>],
        doubts: bool,
    ) -> Lonely {
        let simple = self.simplify_between(text, fixed);
        let characters: Vec<char> = text.chars().collect();
        let simplified: Vec<char> = simple.chars().collect();
        let both = Text { characters: &characters, simplified: &simplified };
        let proofs = reading::proofs(&both);
        let mut readings = match mixed {
            true => proofs.iter().map(|proof| proof.unwrap_or(Script::Hans)).collect(),
            false => reading::read(&characters, &proofs, evidence),
        };
        match self.target.script {
            Script::Hans => {
                for phrase in self.phrases(&simple) {
                    reading::read_phrase(&proofs[phrase.clone()], &mut readings[phrase]);
                }
                Lonely::nowhere(take(&readings, Script::Hans, &characters, &simplified))
            }
            Script::Hant => self.traditional(
                &Mixed { text, both: &both, proofs: &proofs, fixed, doubts },
                readings,
                evidence,
            ),
        }
    }

    /// Characters that are read as Traditional stay. The others are converted in the light of the whole run, whose
    /// Traditional characters are put into their Simplified form for that.
    fn traditional(&self, mixed: &Mixed<'_>, mut readings: Vec<Script>, evidence: Evidence) -> Lonely {
        let Mixed { text, both, proofs, fixed, doubts } = *mixed;
        let all_simplified = take(&readings, Script::Hans, both.characters, both.simplified);
        let explained = self.to_hant.explain(&all_simplified, fixed, doubts);
        let standard = |text: &str| self.to_standard.convert(text, &mut []).chars().collect::<Vec<char>>();
        let converted: Vec<char> = explained.text.chars().collect();
        let beside = Beside {
            own: both.characters,
            converted: &converted,
            own_standard: &standard(text),
            converted_standard: &standard(&explained.text),
            proofs,
            units: &explained.units,
            has_hans: proofs.contains(&Some(Script::Hans)),
            mostly_hans: evidence.script() == Some(Script::Hans),
        };
        slips::settle(&beside, &mut readings);
        if self.target.characters == Characters::Tw && evidence.hans > 0 {
            for (reading, &character) in readings.iter_mut().zip(both.characters) {
                // Beside Simplified characters, 温 is Simplified rather than Hong Kong's.
                if Shape::of(character) == Shape::NotTaiwan {
                    *reading = Script::Hans;
                }
            }
        }
        let places = explained.lonely.into_iter().filter(|at| readings[*at] == Script::Hans).collect();
        Lonely { text: take(&readings, Script::Hant, both.characters, &converted), places }
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

/// Traditional to its last character: in a mixed document more likely a quotation than an accident.
fn is_quotation(run: Evidence) -> bool {
    run.hans == 0 && run.hant >= QUOTATION
}

/// A mixed text on its way to Traditional.
struct Mixed<'a> {
    text: &'a str,
    both: &'a Text<'a>,
    proofs: &'a [Option<Script>],
    fixed: &'a [Range<usize>],
    doubts: bool,
}

/// A converted text, and its characters that nothing decided.
struct Lonely {
    text: String,
    places: Vec<usize>,
}

impl Lonely {
    fn nowhere(text: String) -> Lonely {
        Lonely { text, places: Vec::new() }
    }
}

/// The stretches of a run that stand in a chunk of it, in characters of the chunk.
fn in_characters(chunk: &str, range: &Range<usize>, stretches: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut done = (0, 0);
    let mut index = |byte: usize| {
        let byte = byte.clamp(range.start, range.end) - range.start;
        done = (byte, done.1 + chunk[done.0..byte].chars().count());
        done.1
    };
    let inside = stretches.iter().filter(|own| own.start < range.end && range.start < own.end);
    inside.map(|own| index(own.start)..index(own.end)).collect()
}

/// What is read as `script` already from `own`, the rest from `converted`.
fn take(readings: &[Script], script: Script, own: &[char], converted: &[char]) -> String {
    let pairs = own.iter().zip(converted).zip(readings);
    pairs.map(|((own, converted), reading)| if *reading == script { *own } else { *converted }).collect()
}
