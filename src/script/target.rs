//! What a reader's edition asks of conversion: the script, the shapes of its characters, its quotation marks.
//!
//! Only what is asked for; how it is done stands in `converter`.

use super::{Script, Variant};

/// Which shapes Traditional characters take where regions differ. Simplified has one standard and ignores this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Characters {
    /// OpenCC's own standard: 爲, 裏, 羣.
    OpenCc,
    /// Taiwan's standard: 為, 裡, 群.
    Tw,
    /// Hong Kong's standard: 為, 裏, 羣.
    Hk,
}

/// Which quotation marks the edition prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// “outer” and ‘inner’.
    Curly,
    /// 「outer」 and 『inner』.
    Corner,
    /// Whatever the author wrote.
    Keep,
}

/// Whose words the edition prints where regions call a thing by different names. A choice apart from that of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wording {
    /// The author's.
    Keep,
    /// The mainland's: 软件.
    Cn,
    /// Taiwan's: 軟體.
    Tw,
    /// Hong Kong's: 軟件.
    Hk,
}

/// What a [`Converter`](super::Converter) converts into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The script of the edition.
    pub script: Script,
    /// The variant that inline rules and glossaries call it by.
    pub variant: Variant,
    /// The shapes of its Traditional characters.
    pub characters: Characters,
    /// Whose words it prints.
    pub wording: Wording,
    /// Its quotation marks.
    pub quotes: Quotes,
}

impl Variant {
    /// What conversion aims at for it by default; `None` for Chinese of no particular script.
    pub fn target(self) -> Option<Target> {
        let script = self.script()?;
        let (characters, wording) = match self {
            Variant::Hk | Variant::Mo => (Characters::Hk, Wording::Hk),
            Variant::Tw => (Characters::Tw, Wording::Tw),
            Variant::Cn => (Characters::OpenCc, Wording::Cn),
            _ if script == Script::Hans => (Characters::OpenCc, Wording::Keep),
            _ => (Characters::Tw, Wording::Keep),
        };
        let quotes = match script {
            Script::Hans => Quotes::Curly,
            Script::Hant => Quotes::Corner,
        };
        Some(Target { script, variant: self, characters, wording, quotes })
    }
}
