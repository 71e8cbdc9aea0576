//! Which characters of two editions stand at the same place.
//!
//! In: the folded characters of one line in two editions. Out: the stretches that differ in length; all that is between them
//! stands at the same place, character by character. A line as a whole is always one of the two texts, however well they were
//! aligned.

use std::ops::Range;

/// A stretch of a line, and what another edition has in its place.
pub(super) struct Stretch {
    pub(super) base: Range<usize>,
    pub(super) other: Range<usize>,
}

/// So many characters must agree again behind a difference.
const AGREE: usize = 3;
/// No word of a region is longer.
const LONGEST: usize = 24;

/// The stretches of different lengths, in order.
pub(super) fn align(base: &[char], other: &[char]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let (mut at, mut there) = (0, 0);
    while at < base.len() || there < other.len() {
        if at < base.len() && base.get(at) == other.get(there) {
            (at, there) = (at + 1, there + 1);
            continue;
        }
        let (more, others) = difference(&base[at..], &other[there..]);
        if more != others {
            stretches.push(Stretch { base: at..at + more, other: there..there + others });
        }
        (at, there) = (at + more, there + others);
    }
    stretches
}

/// The places of two editions that are the same, in order.
pub(super) fn pairs(base: &[char], other: &[char]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(base.len());
    let (mut at, mut there) = (0, 0);
    let end = Stretch { base: base.len()..base.len(), other: other.len()..other.len() };
    for stretch in align(base, other).into_iter().chain([end]) {
        pairs.extend((at..stretch.base.start).zip(there..stretch.other.start));
        (at, there) = (stretch.base.end, stretch.other.end);
    }
    pairs
}

/// How long the two differ, the shortest way.
fn difference(base: &[char], other: &[char]) -> (usize, usize) {
    for sum in 1..=2 * LONGEST {
        // As many on both sides come first.
        let mut splits: Vec<usize> = (0..=sum).collect();
        splits.sort_by_key(|split| (2 * split).abs_diff(sum));
        for more in splits {
            let others = sum - more;
            if more <= base.len() && others <= other.len() && agree(&base[more..], &other[others..]) {
                return (more, others);
            }
        }
    }
    (base.len(), other.len())
}

fn agree(base: &[char], other: &[char]) -> bool {
    match base.len().min(other.len()) {
        short if short < AGREE => base == other,
        _ => base[..AGREE] == other[..AGREE],
    }
}
