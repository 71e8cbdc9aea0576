//! Which characters are written as Chinese is: without spaces, and with emphasis that begins and ends anywhere.
//!
//! In: characters. Out: yes or no. Never: a decision about a text.

use crate::script::inline::{CLOSE, OPEN};

/// Han, kana, bopomofo, Hangul, and the punctuation and symbols that are as wide as these; no emoji.
///
/// These are the CJK characters of the markdown-cjk-friendly specification: East Asian Width W, F or H without emoji
/// presentation, or Hangul. A rule is taken to show Chinese.
pub(super) fn is_cjk(c: char) -> bool {
    is_wide(c) || is_hangul(c) || matches!(c, '\u{20A9}' | '\u{A000}'..='\u{A4C6}')
}

/// The same without Hangul and Yi, which have spaces between their words: a line break beside one is a space.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, OPEN | CLOSE
        | '\u{2329}' | '\u{232A}' | '\u{2630}'..='\u{2637}' | '\u{268A}'..='\u{268F}'
        | '\u{2E80}'..='\u{2FD5}' | '\u{2FF0}'..='\u{303E}' | '\u{3041}'..='\u{312F}'
        | '\u{3190}'..='\u{31FF}' | '\u{3220}'..='\u{325F}' | '\u{3280}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FF9F}'
        | '\u{FFE0}'..='\u{FFEE}' | '\u{16FE0}'..='\u{16FF6}' | '\u{17000}'..='\u{18DF2}' | '\u{1AFF0}'..='\u{1B2FB}'
        | '\u{1D300}'..='\u{1D376}' | '\u{1F200}' | '\u{1F202}' | '\u{1F210}'..='\u{1F219}'
        | '\u{1F21B}'..='\u{1F22E}' | '\u{1F230}' | '\u{1F231}' | '\u{1F237}' | '\u{1F23B}'
        | '\u{1F240}'..='\u{1F248}' | '\u{1F260}'..='\u{1F265}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{3200}'..='\u{321E}'
        | '\u{3260}'..='\u{327F}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FB}' | '\u{FFA0}'..='\u{FFDC}')
}

/// Quotation marks, dashes and dots that Chinese and Latin text have in common.
pub(super) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '–' | '―' | '…' | '‥' | '·' | '⋯')
}

/// A selector that chooses the shape of the character before it, that of an emoji excepted.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}' | '\u{E0100}'..='\u{E01EF}')
}

/// Symbols and emoji, which go with either kind of text, and what joins and shapes them.
fn is_symbol(c: char) -> bool {
    is_shared_punctuation(c)
        || is_variation_selector(c)
        || matches!(c, '•' | '‰' | '※' | '℃' | '\u{2190}'..='\u{21FF}' | '\u{2460}'..='\u{27BF}'
            | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{200D}' | '\u{FE0F}' | '\u{FFFC}')
}

/// Whether a line break is nothing rather than a space: between Chinese and Chinese. `before` goes backwards from the break,
/// `next` forwards.
///
/// Symbols are Chinese beside Chinese. One that begins its line and has a space behind it begins an item of its own, as in
/// `✅ 完成`.
pub(super) fn joins(before: impl Iterator<Item = char>, next: impl Iterator<Item = char>) -> bool {
    let (before, next) = (Side::of(before), Side::of(next));
    if next.is_symbol && next.after.is_some_and(char::is_whitespace) {
        return false;
    }
    match (before.is_symbol, next.is_symbol) {
        (true, false) => next.is_wide(),
        (false, true) => before.is_wide(),
        _ => before.is_wide() && next.is_wide(),
    }
}

/// What stands on one side of a line break.
struct Side {
    /// Whether it begins with a symbol.
    is_symbol: bool,
    /// The first character that is none.
    after: Option<char>,
}

impl Side {
    fn of(chars: impl Iterator<Item = char>) -> Self {
        let mut chars = chars.peekable();
        let is_symbol = chars.peek().is_some_and(|c| self::is_symbol(*c));
        Self { is_symbol, after: chars.find(|c| !self::is_symbol(*c)) }
    }

    fn is_wide(&self) -> bool {
        self.after.is_some_and(is_wide)
    }
}
