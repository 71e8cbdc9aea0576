//! Characters that no page, feed or JSON file may hold: control characters and the two that are none (U+FFFE, U+FFFF). HTML and XML
//! refuse them, and no reader sees them.
//!
//! In: a text on its way into a site. Out: the text without them. A tab and a line feed stay, and so does U+FFFD, which shows
//! that something was lost.

use std::borrow::Cow;

/// Whether a character is published nowhere.
pub fn is_unprintable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text without such characters.
pub fn printable(text: &str) -> Cow<'_, str> {
    match text.contains(is_unprintable) {
        true => Cow::Owned(text.chars().filter(|c| !is_unprintable(*c)).collect()),
        false => Cow::Borrowed(text),
    }
}
