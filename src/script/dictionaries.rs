//! The dictionaries that the program carries, each made ready when it is first asked for.
//!
//! Nothing is read from disk and nothing is global: whoever converts holds the dictionaries by `Arc`.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::stage::{Stage, StageName};

/// The embedded dictionaries. Making one costs nothing; a dictionary takes a few milliseconds at its first use, and
/// all converters made from the same value share it.
pub struct Dictionaries {
    stages: [OnceLock<Stage>; StageName::COUNT],
}

impl Dictionaries {
    /// The dictionaries of OpenCC 1.4.2, as compiled into the program.
    pub fn embedded() -> Arc<Dictionaries> {
        Arc::new(Dictionaries { stages: [const { OnceLock::new() }; StageName::COUNT] })
    }

    pub(super) fn stage(&self, name: StageName) -> &Stage {
        self.stages[name as usize].get_or_init(|| Stage::load(name))
    }
}

impl fmt::Debug for Dictionaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let loaded = self.stages.iter().filter(|stage| stage.get().is_some()).count();
        write!(f, "Dictionaries({loaded} of {} loaded)", StageName::COUNT)
    }
}
