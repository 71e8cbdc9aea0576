//! Characters that a terminal obeys or hides, made visible: nothing from a file reaches a terminal raw.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Whether a character moves the cursor, turns the direction of the text, or cannot be seen at all.
///
/// Joiners, variation selectors and combining marks build the character before them and are left alone.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
        || matches!(
            c,
            '\u{00AD}' | '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
        )
        || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A text on one line: `\n`, `\u{1b}`, `\u{202e}` in place of what is hidden.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// A character of a source line as it is printed, and the columns it then takes. A tab is printed as a space.
pub(super) fn in_excerpt(c: char) -> (Cow<'static, str>, usize) {
    match c {
        '\t' => (Cow::Borrowed(" "), 1),
        c if is_hidden(c) => {
            let escaped = c.escape_default().to_string();
            let width = escaped.len();
            (Cow::Owned(escaped), width)
        }
        c => (Cow::Owned(c.to_string()), c.width().unwrap_or(0)),
    }
}
