//! A house's glossary: terms whose text somebody has decided, and terms that nobody may touch.
//!
//! In: definitions as an editor writes them. Out: for a variant of Chinese, the terms that `converter` looks for. Where
//! definitions are read from is not known here.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::fold::Fold;
use super::terms::{Becomes, Conditions, Term, Terms};
use super::variant::Variant;

/// One term as defined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// How authors write it, in whichever script. Without any, the texts of all variants are found.
    pub terms: Vec<String>,
    /// Its text in each variant.
    pub texts: Vec<(Variant, String)>,
    /// Whether it stays as the author wrote it, in all variants.
    pub protected: bool,
    /// It is only the term if one of these stands behind it.
    pub before: Vec<String>,
    /// It is only the term if one of these stands before it.
    pub after: Vec<String>,
}

/// The terms of one layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    definitions: Vec<Definition>,
}

/// Two definitions that say different things of the same text, by their places among the definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The one that comes first.
    pub first: usize,
    /// The other one.
    pub second: usize,
    /// The text that both are about.
    pub term: String,
}

impl Definition {
    /// Its text for a variant: its own, else that of the nearest wider one. Macau's is Hong Kong's, then Traditional;
    /// a region's is its script's. A script's is never taken from one of its regions.
    pub fn text(&self, variant: Variant) -> Option<&str> {
        let wider: &[Variant] = match variant {
            Variant::Mo => &[Variant::Hk, Variant::Hant, Variant::Zh],
            Variant::Tw | Variant::Hk => &[Variant::Hant, Variant::Zh],
            Variant::Sg | Variant::My => &[Variant::Cn, Variant::Hans, Variant::Zh],
            Variant::Cn => &[Variant::Hans, Variant::Zh],
            Variant::Hans | Variant::Hant => &[Variant::Zh],
            Variant::Zh => &[],
        };
        let of = |wanted: Variant| {
            self.texts.iter().find(|(own, _)| *own == wanted).map(|(_, text)| text.as_str())
        };
        of(variant).or_else(|| wider.iter().copied().find_map(of))
    }

    /// What is looked for.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let texts = self.texts.iter().map(|(_, text)| text.as_str()).filter(|_| self.terms.is_empty());
        self.terms.iter().map(String::as_str).chain(texts)
    }

    /// Whether the two say different things for some edition.
    fn contradicts(&self, other: &Definition) -> bool {
        Variant::ALL.into_iter().any(|variant| {
            let (own, other) = (self.becomes(variant), other.becomes(variant));
            own.is_some() && other.is_some() && own != other
        })
    }

    fn becomes(&self, variant: Variant) -> Option<Becomes> {
        match self.text(variant) {
            Some(text) => Some(Becomes::Text(text.to_owned())),
            None => self.protected.then_some(Becomes::Itself),
        }
    }
}

impl Glossary {
    /// The definitions in their order. Of two with the same term and the same conditions, one would never be used: that is an
    /// error unless they agree.
    pub fn new(definitions: Vec<Definition>) -> Result<Glossary, Contradiction> {
        // Nearly every page has a glossary of its own, and nearly all of them are empty.
        if definitions.is_empty() {
            return Ok(Glossary { definitions });
        }
        let fold = Fold::load();
        let mut seen: BTreeMap<_, usize> = BTreeMap::new();
        for (second, definition) in definitions.iter().enumerate() {
            for key in definition.keys() {
                let sorted = |words: &[String]| words.iter().cloned().collect::<BTreeSet<String>>();
                let condition = (fold.text(key), sorted(&definition.before), sorted(&definition.after));
                let first = *seen.entry(condition).or_insert(second);
                if definitions[first].contradicts(definition) {
                    return Err(Contradiction { first, second, term: key.to_owned() });
                }
            }
        }
        Ok(Glossary { definitions })
    }

    /// The definitions.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    pub(super) fn terms(&self, variant: Variant, fold: &Fold) -> Terms {
        let folded =
            |words: &[String]| Condition::any_of(words.iter().map(|word| fold.text(word).chars().collect()));
        let conditions = self.definitions.iter().map(|definition| Conditions {
            before: folded(&definition.after),
            after: folded(&definition.before),
        });
        let terms = self.definitions.iter().enumerate().flat_map(|(index, definition)| {
            let becomes = definition.becomes(variant).into_iter();
            becomes.flat_map(move |becomes| {
                definition.keys().map(move |key| Term {
                    key: fold.text(key),
                    becomes: becomes.clone(),
                    definition: index,
                })
            })
        });
        // One with conditions says more than one without.
        let is_bound = |term: &Term| {
            let definition = &self.definitions[term.definition];
            !definition.before.is_empty() || !definition.after.is_empty()
        };
        let (bound, free): (Vec<Term>, Vec<Term>) = terms.partition(is_bound);
        Terms::new(bound.into_iter().chain(free), conditions.collect(), false)
    }
}
