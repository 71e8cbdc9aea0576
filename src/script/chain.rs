//! A chain of stages: what a configuration of OpenCC is, and what the converter simplifies with.
//!
//! Decides only the order of the stages and what passes between them; which stages, the caller says.

use std::borrow::Cow;
use std::sync::Arc;

use super::stage::StageName;
use super::{Dictionaries, Run};

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
    pub(super) fn convert(&self, text: &str, cuts: &mut [usize]) -> String {
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
        (first == 0xEF) & (second >= 0xA4) & (second <= 0xAB) | (first == 0xF0) & (second == 0xAF)
    };
    let in_block = |block: &[u8]| {
        let pairs = block.iter().zip(block.get(1..).unwrap_or_default());
        pairs.fold(0, |any, (first, second)| any | u8::from(begins_one(*first, *second))) != 0
    };
    (0..bytes.len()).step_by(BLOCK).any(|at| in_block(&bytes[at..bytes.len().min(at + BLOCK + 1)]))
}
