//! Ideographic description sequences (⿰氵每): a character spelled out by its parts. The parts are not text, so
//! conversion passes over them.
//!
//! Only measures sequences, by the bounds that OpenCC sets; converts nothing.

/// Deeper nesting and longer sequences are no character that anyone describes.
const MAX_DEPTH: usize = 16;
const MAX_CHARACTERS: usize = 64;

/// Whether a sequence begins with this character.
pub(super) fn is_operator(character: char) -> bool {
    matches!(character, '\u{2FF0}'..='\u{2FFF}')
}

/// Whether a sequence may reach across the end of `text`.
pub(super) fn may_go_on(text: &str) -> bool {
    text.chars().rev().take(MAX_CHARACTERS).any(is_operator)
}

/// The bytes of the sequence that `text` begins with, or of its operator alone if the sequence is not whole.
pub(super) fn length(text: &str) -> usize {
    let mut characters = 0;
    let whole = sequence(text, MAX_DEPTH, &mut characters);
    whole.unwrap_or_else(|| text.chars().next().map_or(0, char::len_utf8))
}

fn sequence(text: &str, depth: usize, characters: &mut usize) -> Option<usize> {
    let first = text.chars().next()?;
    if depth == 0 || *characters == MAX_CHARACTERS {
        return None;
    }
    *characters += 1;
    let mut length = first.len_utf8();
    for _ in 0..operands(first) {
        length += sequence(&text[length..], depth - 1, characters)?;
    }
    Some(length)
}

fn operands(character: char) -> usize {
    match character {
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF0}'..='\u{2FFD}' => 2,
        _ => 0,
    }
}
