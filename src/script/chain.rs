//! A chain of stages: what a configuration of OpenCC is, and what the converter simplifies with.
//!
//! Decides only the order of the stages and what passes between them; which stages, the caller says.

use std::borrow::Cow;
use std::sync::Arc;

use super::description;
use super::stage::StageName;
use super::{Dictionaries, Run};

/// The bytes of a part; with what is made of them they fit into a processor's nearer memory.
const PART: usize = 1 << 19;
/// Those of a part of a part, of which the few that a joint of stages cannot convert take the longer way.
const SMALL_PART: usize = 1 << 11;

/// Text is cut into segments by the phrases of one stage; then the stages work one after the other inside each segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    /// The stage whose phrases are segments; `None`: the text is one segment.
    pub(super) segmentation: Option<StageName>,
    pub(super) stages: &'static [StageName],
    /// The stage that does all this at once, if there is one.
    pub(super) joint: Option<StageName>,
}

/// A recipe with the dictionaries to follow it.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    dictionaries: Arc<Dictionaries>,
    recipe: Recipe,
}

impl Chain {
    pub(super) fn new(dictionaries: &Arc<Dictionaries>, recipe: Recipe) -> Chain {
        Chain { dictionaries: Arc::clone(dictionaries), recipe }
    }

    pub(super) fn convert_run(&self, run: &Run) -> Run {
        let mut ends = run.ends().to_vec();
        let text = self.convert(run.text(), &mut ends);
        run.recut(text, ends)
    }

    /// Converts `text` and moves `cuts` to where they stand in the result.
    ///
    /// A long text is converted in parts, so that what is kept between the stages stays small.
    pub(super) fn convert(&self, text: &str, cuts: &mut [usize]) -> String {
        self.in_parts(PART, text, cuts, |part, cuts| self.convert_part(part, cuts))
    }

    /// Converts `text` in parts of not much more than `size` bytes.
    fn in_parts(
        &self,
        size: usize,
        text: &str,
        mut cuts: &mut [usize],
        convert: impl Fn(&str, &mut [usize]) -> String,
    ) -> String {
        if text.len() <= size {
            return convert(text, cuts);
        }
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut rest = text;
        while !rest.is_empty() {
            let start = text.len() - rest.len();
            let (part, behind) = rest.split_at(self.part_end(rest, size));
            let end = start + part.len();
            let (own, others) = cuts.split_at_mut(cuts.partition_point(|cut| *cut <= end));
            own.iter_mut().for_each(|cut| *cut -= start);
            let converted = convert(part, own);
            own.iter_mut().for_each(|cut| *cut += out.len());
            out.push_str(&converted);
            (rest, cuts) = (behind, others);
        }
        out
    }

    /// Behind a character that no key has, and that is in no description sequence, conversion begins anew.
    fn part_end(&self, text: &str, size: usize) -> usize {
        let stages =
            || self.recipe.segmentation.iter().chain(self.recipe.stages).chain(&[StageName::Compatibility]);
        let divides = |character| !stages().any(|&stage| self.dictionaries.stage(stage).knows(character));
        let ends_part = |at: usize, character: char| {
            let end = at + character.len_utf8();
            (divides(character) && !description::may_go_on(&text[..end])).then_some(end)
        };
        if text.len() <= size {
            return text.len();
        }
        let (window, behind) = text.split_at(text.floor_char_boundary(size));
        let within = || window.char_indices().rev().find_map(|(at, character)| ends_part(at, character));
        let later =
            || behind.char_indices().find_map(|(at, character)| ends_part(window.len() + at, character));
        within().or_else(later).unwrap_or(text.len())
    }

    fn convert_part(&self, text: &str, cuts: &mut [usize]) -> String {
        let normal = normalizing(&self.dictionaries, text, cuts);
        let text = normal.as_deref().unwrap_or(text);
        let Some(joint) = self.recipe.joint else { return self.convert_by_stages(text, cuts) };
        let joint = self.dictionaries.stage(joint);
        let small_part = |text: &str, cuts: &mut [usize]| {
            joint.convert_joint(text, cuts).unwrap_or_else(|| self.convert_by_stages(text, cuts))
        };
        match joint.convert_joint(text, cuts) {
            Some(converted) => converted,
            None if text.len() <= SMALL_PART => self.convert_by_stages(text, cuts),
            None => self.in_parts(SMALL_PART, text, cuts, small_part),
        }
    }

    fn convert_by_stages(&self, text: &str, cuts: &mut [usize]) -> String {
        match (self.recipe.segmentation, self.recipe.stages) {
            (Some(segmentation), [first, rest @ ..]) if segmentation == *first => {
                let (text, mut walls) = self.dictionaries.stage(segmentation).convert_segmenting(text, cuts);
                self.follow(rest, text.into(), cuts, &mut walls)
            }
            (Some(segmentation), stages) => {
                let mut walls = self.dictionaries.stage(segmentation).segment(text);
                self.follow(stages, text.into(), cuts, &mut walls)
            }
            (None, stages) => self.follow(stages, text.into(), cuts, &mut []),
        }
    }

    fn follow(
        &self,
        stages: &[StageName],
        text: Cow<'_, str>,
        cuts: &mut [usize],
        walls: &mut [usize],
    ) -> String {
        let convert =
            |text: Cow<'_, str>, &stage| self.dictionaries.stage(stage).convert(&text, cuts, walls).into();
        stages.iter().fold(text, convert).into_owned()
    }
}

/// `text` without compatibility ideographs; `None` where it has none.
pub(super) fn normalized(dictionaries: &Dictionaries, text: &str) -> Option<String> {
    normalizing(dictionaries, text, &mut [])
}

fn normalizing(dictionaries: &Dictionaries, text: &str, cuts: &mut [usize]) -> Option<String> {
    has_compatibility_ideograph(text)
        .then(|| dictionaries.stage(StageName::Compatibility).convert(text, cuts, &mut []))
}

/// Whether normalization, the first stage of every configuration, has anything to do; few texts hold such a character.
///
/// They are U+F900..=U+FAFF, in UTF-8 EF A4 to EF AB, and U+2F800..=U+2FA1F, F0 AF. Without a way out of the inner loop the
/// compiler compares many bytes at a time.
fn has_compatibility_ideograph(text: &str) -> bool {
    const BLOCK: usize = 1 << 10;
    let bytes = text.as_bytes();
    let begins_one = |first: u8, second: u8| {
        (first == 0xEF) & (0xA4..=0xAB).contains(&second) | (first == 0xF0) & (second == 0xAF)
    };
    let in_block = |block: &[u8]| {
        let pairs = block.iter().zip(block.get(1..).unwrap_or_default());
        pairs.fold(0, |any, (first, second)| any | u8::from(begins_one(*first, *second))) != 0
    };
    (0..bytes.len()).step_by(BLOCK).any(|at| in_block(&bytes[at..bytes.len().min(at + BLOCK + 1)]))
}

#[cfg(test)]
mod tests {
    use super::super::stage::StageName::{
        HkPhrasesRev, HkPhrasesRevTs, HkRev, HkRevTs, Ts, TsPhrases, TwPhrasesRev, TwPhrasesRevTs, TwRev,
        TwRevTs,
    };
    use super::*;

    macro_rules! dictionary {
        ($name:literal) => {
            pairs(include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/data/opencc/dictionary/",
                $name,
                ".txt"
            )))
        };
    }

    fn pairs(dictionary: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
        dictionary.lines().filter_map(|line| line.split_once('\t'))
    }

    /// Phrases with a regional word in place of a character that the word, or what becomes of it, has too: whatever makes a
    /// phrase reach across the border of a word is among them.
    fn entangled() -> impl Iterator<Item = String> {
        let words = dictionary!("TWPhrasesRev")
            .chain(dictionary!("TWVariantsRevPhrases"))
            .chain(dictionary!("HKPhrasesRev"))
            .chain(dictionary!("HKVariantsRevPhrases"));
        let variants = dictionary!("TWVariants").chain(dictionary!("HKVariants"));
        let words: Vec<(&str, &str)> = words.chain(variants.map(|(key, value)| (value, key))).collect();
        dictionary!("TSPhrases").flat_map(move |(phrase, _)| {
            let places = phrase.char_indices().flat_map(|(at, character)| {
                let shared = move |(key, value): &&(&str, &str)| format!("{key}{value}").contains(character);
                let behind = &phrase[at + character.len_utf8()..];
                words.iter().filter(shared).map(move |(key, _)| format!("{}{key}{behind}", &phrase[..at]))
            });
            places.collect::<Vec<String>>()
        })
    }

    #[test]
    fn a_joint_of_stages_does_what_they_do_one_after_the_other() {
        let dictionaries = Dictionaries::embedded();
        let texts: Vec<String> = entangled().chain(["⿲輝達", "⿰氵每裡乾坤⿱"].map(str::to_owned)).collect();
        assert!(texts.len() > 1_000);
        const CHAINS: [([StageName; 2], StageName); 4] = [
            ([TwRev, Ts], TwRevTs),
            ([TwPhrasesRev, Ts], TwPhrasesRevTs),
            ([HkRev, Ts], HkRevTs),
            ([HkPhrasesRev, Ts], HkPhrasesRevTs),
        ];
        for (stages, joint) in &CHAINS {
            let recipe = Recipe { segmentation: Some(TsPhrases), stages, joint: None };
            let slow = Chain::new(&dictionaries, recipe);
            let fast = Chain::new(&dictionaries, Recipe { joint: Some(*joint), ..recipe });
            for text in &texts {
                let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let converted = |chain: &Chain| {
                    let mut cuts = cuts.clone();
                    (chain.convert(text, &mut cuts), cuts)
                };
                assert_eq!(converted(&fast), converted(&slow), "{text} by {stages:?}");
            }
            let text = texts.join("\n");
            assert_eq!(fast.convert(&text, &mut []), slow.convert(&text, &mut []), "{stages:?}");
        }
    }
}
