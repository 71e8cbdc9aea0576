//! Ideographic description sequences (⿰氵每): a character spelled out by its parts. The parts are not text, so
//! conversion passes over them.
//!
//! Only measures sequences, by the bounds that OpenCC sets; converts nothing.

/// Deeper nesting and longer sequences are no character that anyone describes.
const MAX_DEPTH: usize = 16;
const MAX_CHARACTERS: usize = 64;

/// Where the first description operator stands.
pub(super) fn find(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    // U+2FF0..=U+2FFF is E2 BF B0..BF; most gaps between matches hold no E2 at all.
    while let Some(at) = bytes[from..].iter().position(|&byte| byte == 0xE2) {
        let at = from + at;
        if bytes[at + 1] == 0xBF && bytes[at + 2] >= 0xB0 {
            return Some(at);
        }
        from = at + 3;
    }
    None
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
