//! What of a house's decisions holds where a run stands: the glossaries of its page and sections, and the rules that the
//! page itself has set so far.

use std::sync::Arc;

use super::fold::Fold;
use super::terms::{Becomes, Term, Terms};

/// A glossary ready for one edition.
#[derive(Clone)]
pub struct Layer {
    pub(super) number: usize,
    pub(super) terms: Arc<Terms>,
}

/// The layers around the runs of one page, and its own rules. Runs are converted in the order in which they are read: a
/// rule holds from its place on.
#[derive(Default)]
pub struct Scope {
    /// Nearest first.
    pub(super) layers: Vec<Layer>,
    /// Those that the page has set so far.
    pub(super) rules: Terms,
}

impl Scope {
    /// A page with the glossaries around it, the nearest first; those of the site are known to the converter.
    pub fn new(layers: Vec<Layer>) -> Scope {
        Scope {
            layers: layers.into_iter().filter(|layer| !layer.terms.is_empty()).collect(),
            ..Scope::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.layers.is_empty() && self.rules.is_empty()
    }

    /// From here on the page's rules say so, or no longer do.
    pub(super) fn change(&mut self, add: bool, pairs: Vec<(String, String)>, fold: &Fold) {
        for (from, to) in pairs {
            let key = fold.text(&from);
            self.rules.remove(&key);
            if add {
                self.rules.add(Term { key, becomes: Becomes::Text(to), definition: 0 });
            }
        }
    }
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scope({} layers)", self.layers.len())
    }
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Layer({})", self.number)
    }
}
