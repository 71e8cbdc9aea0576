//! Cuts a text that is far longer than any paragraph, so that the memory of conversion does not grow with it.
//!
//! A text of ordinary length is one chunk, and so is converted as a whole. Only says where to cut; each chunk ends
//! where a sentence ends if one does, else with a clause, and in the middle of a stretch of Han characters only if it
//! is that long.

/// Longer than any paragraph that a person writes, in bytes.
const LIMIT: usize = 1 << 16;

/// The chunks of `text`, in order; joined they are the text.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (chunk, behind) = rest.split_at(chunk_end(rest));
        rest = behind;
        (!chunk.is_empty()).then_some(chunk)
    })
}

fn chunk_end(text: &str) -> usize {
    if text.len() <= LIMIT {
        return text.len();
    }
    let window = &text[..text.floor_char_boundary(LIMIT)];
    let behind = |ends: fn(char) -> bool| {
        window.char_indices().rfind(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8())
    };
    behind(ends_sentence).or_else(|| behind(ends_clause)).unwrap_or(window.len())
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '\n')
}

/// Whether a clause ends with this character. White space ends one too, as newspaper headlines use it.
pub(super) fn ends_clause(character: char) -> bool {
    character.is_whitespace() || "，。；：！？、…—,.;:!?()（）《》〈〉“”‘’「」『』".contains(character)
}
