//! Offsets into a text that follow it through a replacement: the cut points of a run, the walls between segments.
//!
//! Most of what conversion does leaves the bytes of a text where they are, so only the exceptions are told: what stands
//! behind one is moved by as much as the text has grown. Knows nothing of what the offsets mean; never reorders or
//! drops one.

use std::ops::Range;

/// A stretch of the source whose replacement has not the same characters in length, and where that stands.
pub(super) struct Edit {
    pub(super) source: Range<usize>,
    pub(super) out: Range<usize>,
}

/// Moves sorted offsets from their places in `text` to their places in `out`.
///
/// With as many characters in the replacement as in the source, an offset keeps its character (头|发 → 頭|髮). Otherwise
/// nothing says which part came from where, and the whole replacement goes to the piece that the match begins in.
pub(super) fn follow(offsets: &mut [usize], text: &str, out: &str, edits: &[Edit]) {
    let mut edits = edits.iter().peekable();
    // What the last edit that is passed ended with, in the source and in the output.
    let mut passed = (0, 0);
    if edits.peek().is_none() {
        return;
    }
    for offset in offsets {
        while let Some(edit) = edits.next_if(|edit| edit.source.end < *offset) {
            passed = (edit.source.end, edit.out.end);
        }
        *offset = match edits.peek() {
            Some(edit) if edit.source.start < *offset => {
                let (source, value) = (&text[edit.source.clone()], &out[edit.out.clone()]);
                edit.out.start + moved(source, *offset - edit.source.start, value)
            }
            _ => *offset - passed.0 + passed.1,
        };
    }
}

/// Where a mark `at` bytes into `source` stands in `value`.
fn moved(source: &str, at: usize, value: &str) -> usize {
    let before = source[..at].chars().count();
    let after = source[at..].chars().count();
    match value.char_indices().nth(before) {
        Some((offset, _)) if value[offset..].chars().count() == after => offset,
        _ => value.len(),
    }
}
