//! Converts Chinese between Simplified and Traditional characters.
//!
//! In goes a [`Run`], the text of one block with the places where markup cuts it; out comes a run with as many pieces.
//! [`Converter`] is the editorial way: it takes text of either script or both mixed, keeps what is already right and
//! sets quotation marks. [`opencc`] is the strict way: byte for byte what OpenCC prints.
//!
//! **Invariants.** A stage of conversion is a function of its arguments: no disk, clock, environment or global state.
//! No other module of this program is used here. Conversion never adds or drops a piece, and never changes
//! [`OBJECT`] or text without Chinese characters.

mod controls;
mod variant;
pub mod inline;
mod run;
pub mod addresses;
mod target;
mod tag;
mod description;
mod marks;
mod trie;
mod scan;
mod stage;
mod words;
mod condition;
mod table;
mod rules;
mod fold;
mod terms;
mod dictionaries;
mod chain;
pub mod opencc;
mod shape;
mod reading;
mod cantonese;
mod doubts;
mod traditional;
mod slips;
mod particle;
mod chunks;
mod engine;
mod characters;
mod quotes;
mod fixed;
mod working;
mod remark;
mod preferences;
mod glossary;
mod wording;
mod scope;
mod converter;
mod difference;

pub use controls::{is_unprintable, printable};
pub use converter::{Converted, Converter, unconverted};
pub use dictionaries::Dictionaries;
pub use difference::{Comparer, Difference};
pub use engine::Engine;
#[cfg(feature = "opencc")]
pub use engine::OpenCcLibrary;
pub use fold::Fold;
pub use glossary::{Contradiction, Definition, Glossary};
pub use preferences::{PreferenceError, Preferences};
pub use remark::{Remark, RemarkKind};
pub use run::{OBJECT, Run};
pub use scope::{Layer, Scope};
pub use shape::{Evidence, detect};
pub use tag::{Tag, TagError};
pub use target::{Characters, Quotes, Target, Wording};
pub use variant::Variant;
pub use wording::synonyms;

/// One of the two scripts that Chinese is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
}

impl Script {
    /// The language tag: `zh-Hans` or `zh-Hant`.
    pub fn tag(self) -> &'static str {
        match self {
            Script::Hans => "zh-Hans",
            Script::Hant => "zh-Hant",
        }
    }

    /// The other script.
    pub fn other(self) -> Script {
        match self {
            Script::Hans => Script::Hant,
            Script::Hant => Script::Hans,
        }
    }
}
