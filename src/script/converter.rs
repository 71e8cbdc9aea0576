//! The editorial converter: a run in, the run as one edition prints it out.
//!
//! A chain of passes, each of which takes a run and gives a run with as many pieces: first the characters, then the
//! quotation marks. Whatever is added later (words, rules, wording, the house's glossary) is a pass here too.

use std::fmt;
use std::sync::Arc;

use super::characters::CharacterPass;
use super::{Dictionaries, Run, Target, addresses, quotes};

/// Converts runs for one target. It can be shared between threads and holds no state.
///
/// ```
/// use jianbao::script::{Converter, Dictionaries, Run, Tag};
///
/// let tag: Tag = "zh-Hant".parse()?;
/// let target = tag.target().expect("a Chinese edition has a target");
/// let converter = Converter::new(&Dictionaries::embedded(), target);
/// let run = Run::from_pieces(["打贏经济", "“翻身", "仗”"]);
/// let pieces: Vec<String> = converter.convert(&run).pieces().map(String::from).collect();
/// assert_eq!(pieces, ["打贏經濟", "「翻身", "仗」"]);
/// # Ok::<(), jianbao::script::TagError>(())
/// ```
pub struct Converter {
    target: Target,
    characters: CharacterPass,
}

impl Converter {
    /// A converter for `target`. Loads nothing until it converts something.
    pub fn new(dictionaries: &Arc<Dictionaries>, target: Target) -> Converter {
        Converter { target, characters: CharacterPass::new(dictionaries, target) }
    }

    /// What it converts into.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The run as the edition prints it: the same number of pieces, each character in its piece.
    pub fn convert(&self, run: &Run) -> Run {
        let converted = self.characters.apply(run);
        let converted = addresses::restored(run.text(), &converted).unwrap_or(converted);
        quotes::set(converted, self.target.quotes)
    }
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").field("target", &self.target).finish_non_exhaustive()
    }
}
