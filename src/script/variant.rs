//! The variants of Chinese that inline rules speak of, under MediaWiki's names: `zh-hans`, `zh-tw`.
//!
//! A name goes in, a variant comes out, and what stands in for it where a rule does not name it. Says nothing of how a
//! variant is written; an edition has a [`Tag`](super::Tag), which names more than these.

use super::Script;

/// A variant of Chinese as MediaWiki names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Variant {
    /// As the author wrote it, unconverted.
    Zh,
    /// Simplified, without the words of a region.
    Hans,
    /// Traditional, without the words of a region.
    Hant,
    /// Mainland China.
    Cn,
    /// Singapore.
    Sg,
    /// Malaysia.
    My,
    /// Taiwan.
    Tw,
    /// Hong Kong.
    Hk,
    /// Macau.
    Mo,
}

use Variant::{Cn, Hans, Hant, Hk, Mo, My, Sg, Tw, Zh};

impl Variant {
    /// Every variant.
    pub const ALL: [Variant; 9] = [Zh, Hans, Hant, Cn, Sg, My, Tw, Hk, Mo];

    /// The variant of a name, MediaWiki's (`zh-tw`) or that of BCP 47 (`zh-Hant-TW`), in whatever case.
    pub fn parse(name: &str) -> Option<Variant> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        Variant::ALL.into_iter().find(|variant| is(variant.code()) || is(variant.tag()))
    }

    /// The name in rules: `zh-tw`.
    pub fn code(self) -> &'static str {
        match self {
            Zh => "zh",
            Hans => "zh-hans",
            Hant => "zh-hant",
            Cn => "zh-cn",
            Sg => "zh-sg",
            My => "zh-my",
            Tw => "zh-tw",
            Hk => "zh-hk",
            Mo => "zh-mo",
        }
    }

    /// The tag of BCP 47: `zh-Hant-TW`.
    fn tag(self) -> &'static str {
        match self {
            Zh => "zh",
            Hans => "zh-Hans",
            Hant => "zh-Hant",
            Cn => "zh-Hans-CN",
            Sg => "zh-Hans-SG",
            My => "zh-Hans-MY",
            Tw => "zh-Hant-TW",
            Hk => "zh-Hant-HK",
            Mo => "zh-Hant-MO",
        }
    }

    /// What readers call it, each in its own script as MediaWiki has it: 大陆, 臺灣.
    pub fn name(self) -> &'static str {
        match self {
            Zh => "原文",
            Hans => "简体",
            Hant => "繁體",
            Cn => "大陆",
            Sg => "新加坡",
            My => "大马",
            Tw => "臺灣",
            Hk => "香港",
            Mo => "澳門",
        }
    }

    /// The variants whose text it shows where a rule has none for it, the nearest first.
    pub fn fallbacks(self) -> &'static [Variant] {
        match self {
            Zh => &[Hans, Hant, Cn, Tw, Hk, Sg, Mo, My],
            Hans => &[Cn, Sg, My],
            Hant => &[Tw, Hk, Mo],
            Cn => &[Hans, Sg, My],
            Sg => &[My, Hans, Cn],
            My => &[Sg, Hans, Cn],
            Tw => &[Hant, Hk, Mo],
            Hk => &[Mo, Hant, Tw],
            Mo => &[Hk, Hant, Tw],
        }
    }

    /// The script it is written in; `None` for `zh`, which is in whichever the author used.
    pub fn script(self) -> Option<Script> {
        match self {
            Zh => None,
            Hans | Cn | Sg | My => Some(Script::Hans),
            Hant | Tw | Hk | Mo => Some(Script::Hant),
        }
    }
}
