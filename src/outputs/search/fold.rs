//! How texts and queries are made equal before they are compared, character by character.
//!
//! What `static/search.js` calls by the same names must do the same.

use crate::script::Fold;

/// A character as it is compared: lower case, of usual width; white space is a space.
pub(super) fn normal(c: char) -> char {
    let c = match c {
        // Most texts are these, and they have one case.
        '\u{3001}'..='\u{9FFF}' => return c,
        '\0'..='\u{7F}' if c != ' ' && !c.is_ascii_whitespace() => return c.to_ascii_lowercase(),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Whether a space beside it is none: authors set one between Chinese and Latin, or they do not. Of normal characters. Quotation
/// marks are none, as those of the other script are narrow.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{300B}' | '\u{3010}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF5F}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether what stands at a place of a line does not count: a space beside a wide character.
fn is_idle(normal: &[char], at: usize) -> bool {
    let is_wide = |at: Option<usize>| at.and_then(|at| normal.get(at)).is_some_and(|c| is_wide(*c));
    normal[at] == ' ' && (is_wide(at.checked_sub(1)) || is_wide(Some(at + 1)))
}

/// The places in a line that count.
pub(super) fn counted(normal: &[char]) -> impl Iterator<Item = usize> {
    (0..normal.len()).filter(|at| !is_idle(normal, *at))
}

/// The folded form of a normal character: Simplified; quotation marks of all editions are one.
pub(super) fn folded(fold: &Fold, c: char) -> char {
    match c {
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => '"',
        c => fold.character(c),
    }
}
