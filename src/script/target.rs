//! What a reader's edition asks of conversion: the script, the shapes of its characters, its quotation marks.
//!
//! Only what is asked for; how it is done stands in `converter`.

use super::Script;

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

/// What a [`Converter`](super::Converter) converts into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The script of the edition.
    pub script: Script,
    /// The shapes of its Traditional characters.
    pub characters: Characters,
    /// Its quotation marks.
    pub quotes: Quotes,
}
