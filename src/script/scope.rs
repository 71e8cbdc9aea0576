//! What of a house's decisions holds where a run stands: the glossaries of its page and sections, and the rules that the
//! page itself has set so far.

use std::collections::BTreeMap;
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
    rules: BTreeMap<String, String>,
    compiled: Option<Arc<Terms>>,
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

    pub(super) fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// From here on the page's rules say so, or no longer do.
    pub(super) fn change(&mut self, add: bool, pairs: Vec<(String, String)>, fold: &Fold) {
        self.compiled = None;
        for (from, to) in pairs {
            let key = fold.text(&from);
            if add {
                self.rules.insert(key, to);
            } else {
                self.rules.remove(&key);
            }
        }
    }

    /// The page's rules as they are now.
    pub(super) fn rules(&mut self) -> Arc<Terms> {
        let rules = &self.rules;
        let terms = self.compiled.get_or_insert_with(|| {
            let terms = rules.iter().map(|(key, text)| Term {
                key: key.clone(),
                becomes: Becomes::Text(text.clone()),
                definition: 0,
            });
            Arc::new(Terms::new(terms, Vec::new(), false))
        });
        Arc::clone(terms)
    }
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scope({} layers, {} rules)", self.layers.len(), self.rules.len())
    }
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Layer({})", self.number)
    }
}
