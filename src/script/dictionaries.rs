//! The dictionaries that the program carries, each made ready when it is first asked for.
//!
//! Nothing is read from disk and nothing is global: whoever converts holds the dictionaries by `Arc`.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::fold::Fold;
use super::rules::Rules;
use super::stage::{Stage, StageName};
use super::words::Words;

/// The embedded dictionaries. Making one costs nothing; a dictionary takes a few milliseconds at its first use, and
/// all converters made from the same value share it.
pub struct Dictionaries {
    stages: [OnceLock<Stage>; StageName::COUNT],
    words: OnceLock<Words>,
    rules: OnceLock<Rules>,
    fold: OnceLock<Fold>,
}

impl Dictionaries {
    /// The dictionaries of OpenCC 1.4.2, as compiled into the program.
    pub fn embedded() -> Arc<Dictionaries> {
        Arc::new(Dictionaries {
            stages: [const { OnceLock::new() }; StageName::COUNT],
            words: OnceLock::new(),
            rules: OnceLock::new(),
            fold: OnceLock::new(),
        })
    }

    /// A text as it is compared with others: every character Simplified, one by one. Nobody ever reads it.
    pub fn folded(&self, text: &str) -> String {
        self.fold().text(text)
    }

    /// For each character of a text, in either script, whether a word begins there.
    pub fn word_begins(&self, text: &str) -> Vec<bool> {
        let characters: Vec<char> = text.chars().map(|character| self.fold().character(character)).collect();
        let mut begins = self.words().begins(&characters);
        begins.truncate(characters.len());
        begins
    }

    pub(super) fn stage(&self, name: StageName) -> &Stage {
        self.stages[name as usize].get_or_init(|| Stage::load(name))
    }

    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(Words::load)
    }

    pub(super) fn rules(&self) -> &Rules {
        self.rules.get_or_init(Rules::load)
    }

    pub(super) fn fold(&self) -> &Fold {
        self.fold.get_or_init(Fold::load)
    }
}

impl fmt::Debug for Dictionaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let loaded = self.stages.iter().filter(|stage| stage.get().is_some()).count();
        write!(f, "Dictionaries({loaded} of {} loaded)", StageName::COUNT)
    }
}
