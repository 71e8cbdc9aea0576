//! A chain of stages: what a configuration of OpenCC is, and what the converter simplifies with.
//!
//! Decides only the order of the stages and what passes between them; which stages, the caller says.

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
                self.follow(rest, text, cuts, &mut walls)
            }
            (Some(segmentation), stages) => {
                let mut walls = self.dictionaries.stage(segmentation).segment(text);
                self.follow(stages, text.to_owned(), cuts, &mut walls)
            }
            (None, stages) => self.follow(stages, text.to_owned(), cuts, &mut []),
        }
    }

    fn follow(&self, stages: &[StageName], text: String, cuts: &mut [usize], walls: &mut [usize]) -> String {
        stages.iter().fold(text, |text, &stage| self.dictionaries.stage(stage).convert(&text, cuts, walls))
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
fn has_compatibility_ideograph(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}'))
}
