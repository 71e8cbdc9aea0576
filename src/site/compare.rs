//! Pages that show two editions side by side: which there are, and where.
//!
//! In: the pairs of the settings. Out: a [`Comparison`] for each. They stand outside the editions, as the entry page does: one page for
//! the readers of both. Never: HTML.

use super::Shown;
use crate::config::{Edition, Pair};

/// The folder of the first pair.
const FOLDER: &str = "compare";

/// Two editions side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The indices of the editions, the left column's first.
    pub editions: Pair,
    /// Where its pages stand: `compare`.
    pub folder: String,
}

impl Comparison {
    /// Whether both editions have a place.
    pub fn has(&self, shown: &Shown, place: usize) -> bool {
        self.editions.iter().all(|edition| shown.document(*edition, place).is_some())
    }
}

/// The comparisons of a site. The folders of further pairs stand beside the first one, not in it, where a section may have their
/// name.
pub(super) fn comparisons(pairs: &[Pair], editions: &[Edition]) -> Vec<Comparison> {
    let folder = |(index, pair): (usize, &Pair)| match index {
        0 => FOLDER.to_owned(),
        _ => format!("{FOLDER}-{}-{}", editions[pair[0]].dir(), editions[pair[1]].dir()),
    };
    pairs.iter().enumerate().map(|own| Comparison { editions: *own.1, folder: folder(own) }).collect()
}
