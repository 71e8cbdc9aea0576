//! Offsets into a text that follow it through a replacement: the cut points of a run, the walls between segments.
//!
//! Knows nothing of what the offsets mean; never reorders or drops one.

use std::ops::Range;

/// One step of a replacement: a stretch of the source, and what became of it.
pub(super) struct Step<'a> {
    pub(super) source: Range<usize>,
    /// `None`: it was kept.
    pub(super) value: Option<&'a str>,
    /// Whether the source is a phrase, that is, a segment.
    pub(super) phrase: bool,
    /// Where it stands in the output.
    pub(super) out: usize,
}

/// Sorted offsets that are moved, front to back, from their place in the source to their place in the output.
pub(super) struct Marks<'a> {
    offsets: &'a mut [usize],
    next: usize,
}

impl<'a> Marks<'a> {
    pub(super) fn new(offsets: &'a mut [usize]) -> Marks<'a> {
        Marks { offsets, next: 0 }
    }

    /// Moves the marks of one step.
    ///
    /// With as many characters in the value as in the source, a mark keeps its character (头|发 → 頭|髮). Otherwise
    /// nothing says which part came from where, and the whole value goes to the piece that the match begins in.
    pub(super) fn follow(&mut self, text: &str, step: &Step<'_>) {
        while let Some(mark) = self.upto(step.source.end) {
            let into = *mark - step.source.start;
            *mark =
                step.out + step.value.map_or(into, |value| moved(&text[step.source.clone()], into, value));
        }
    }

    fn upto(&mut self, end: usize) -> Option<&mut usize> {
        let mark = self.offsets.get_mut(self.next).filter(|mark| **mark <= end)?;
        self.next += 1;
        Some(mark)
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
