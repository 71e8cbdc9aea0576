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

/// Text is cut into segments by the phrases of one stage; then the stages work one after the other inside each segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    /// The stage whose phrases are segments; `None`: the text is one segment.
    pub(super) segmentation: Option<StageName>,
    pub(super) stages: &'static [StageName],
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
        if text.len() <= PART {
            return self.convert_part(text, cuts);
        }
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let (mut rest, mut cuts) = (text, cuts);
        while !rest.is_empty() {
            let start = text.len() - rest.len();
            let (part, behind) = rest.split_at(self.part_end(rest));
            let end = start + part.len();
            let (own, others) = cuts.split_at_mut(cuts.partition_point(|cut| *cut <= end));
            own.iter_mut().for_each(|cut| *cut -= start);
            let converted = self.convert_part(part, own);
            own.iter_mut().for_each(|cut| *cut += out.len());
            out.push_str(&converted);
            (rest, cuts) = (behind, others);
        }
        out
    }

    /// Behind a character that no key has, and that is in no description sequence, conversion begins anew.
    fn part_end(&self, text: &str) -> usize {
        let stages =
            || self.recipe.segmentation.iter().chain(self.recipe.stages).chain(&[StageName::Compatibility]);
        let divides = |character| !stages().any(|&stage| self.dictionaries.stage(stage).knows(character));
        let ends_part = |at: usize, character: char| {
            let end = at + character.len_utf8();
            (divides(character) && !description::may_go_on(&text[..end])).then_some(end)
        };
        if text.len() <= PART {
            return text.len();
        }
        let (window, behind) = text.split_at(text.floor_char_boundary(PART));
        let within = || window.char_indices().rev().find_map(|(at, character)| ends_part(at, character));
        let later =
            || behind.char_indices().find_map(|(at, character)| ends_part(window.len() + at, character));
        within().or_else(later).unwrap_or(text.len())
    }

    fn convert_part(&self, text: &str, cuts: &mut [usize]) -> String {
        let normal = normalizing(&self.dictionaries, text, cuts);
        let text = normal.as_deref().unwrap_or(text);
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
