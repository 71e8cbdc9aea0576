//! Which unit of one document stands beside which of another.
//!
//! In: the units of two documents that are written each for itself. Out: pairs in order, some with an empty place. Headings of one id
//! are partners, for `markdown::twin` has given them; between two such headings, as many units of one kind as there can be, and of
//! several ways the one in which most is said in the same words.

use super::units::Unit;
use std::collections::HashMap;

/// The indices of two units; one of them may be missing.
pub(super) type Row = [Option<usize>; 2];

/// Beyond so many pairs to be weighed units stand beside each other as they come.
const WEIGHED: usize = 40_000;

/// What a unit is compared by.
pub(super) struct Profile {
    /// Pairs of neighbouring characters as numbers, sorted.
    bigrams: Vec<u64>,
}

impl Profile {
    /// That of a folded text.
    pub(super) fn of(text: impl Iterator<Item = char>) -> Self {
        let characters: Vec<char> = text.filter(|c| c.is_alphanumeric()).collect();
        let number = |pair: &[char]| u64::from(u32::from(pair[0])) << 32 | u64::from(u32::from(pair[1]));
        let mut bigrams: Vec<u64> = characters.windows(2).map(number).collect();
        bigrams.sort_unstable();
        Self { bigrams }
    }

    /// How much two texts have in common, up to 100.
    fn likeness(&self, other: &Self) -> u32 {
        let (mut first, mut second) = (self.bigrams.as_slice(), other.bigrams.as_slice());
        let all = first.len() + second.len();
        let mut shared = 0;
        while let ([own, rest @ ..], [others, others_rest @ ..]) = (first, second) {
            match own.cmp(others) {
                std::cmp::Ordering::Less => first = rest,
                std::cmp::Ordering::Greater => second = others_rest,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    (first, second) = (rest, others_rest);
                }
            }
        }
        (200 * shared / all.max(1)) as u32
    }
}

/// Units of the same document, which stand beside each other one by one.
pub(super) fn same(first: usize, second: usize) -> Vec<Row> {
    let own = |at: usize, length: usize| (at < length).then_some(at);
    (0..first.max(second)).map(|at| [own(at, first), own(at, second)]).collect()
}

/// Units of two documents. `profiles` gives what they are compared by; nothing where they are in two languages.
pub(super) fn align(units: [&[Unit<'_>]; 2], profiles: Option<[&[Profile]; 2]>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut from = [0, 0];
    for anchor in anchors(units) {
        between(units, profiles, [(from[0], anchor[0]), (from[1], anchor[1])], &mut rows);
        rows.push([Some(anchor[0]), Some(anchor[1])]);
        from = [anchor[0] + 1, anchor[1] + 1];
    }
    between(units, profiles, [(from[0], units[0].len()), (from[1], units[1].len())], &mut rows);
    rows
}

/// Headings that both have, as far as they come in the same order.
fn anchors(units: [&[Unit<'_>]; 2]) -> Vec<[usize; 2]> {
    let headings = |units: &[Unit<'_>]| -> Vec<(String, usize)> {
        let headings = units.iter().enumerate().filter(|(_, unit)| unit.kind == "heading");
        headings.filter_map(|(at, unit)| Some((unit.id.as_deref()?.to_owned(), at))).collect()
    };
    let second: HashMap<String, usize> = headings(units[1]).into_iter().collect();
    let mut anchors: Vec<[usize; 2]> = Vec::new();
    for (id, first) in headings(units[0]) {
        let Some(partner) = second.get(&id).copied() else { continue };
        if anchors.last().is_none_or(|last| partner > last[1]) {
            anchors.push([first, partner]);
        }
    }
    anchors
}

fn between(
    units: [&[Unit<'_>]; 2],
    profiles: Option<[&[Profile]; 2]>,
    [(first, first_end), (second, second_end)]: [(usize, usize); 2],
    rows: &mut Vec<Row>,
) {
    let (height, width) = (first_end - first, second_end - second);
    if height.saturating_mul(width) > WEIGHED {
        let shifted = |row: Row| [row[0].map(|at| at + first), row[1].map(|at| at + second)];
        return rows.extend(same(height, width).into_iter().map(shifted));
    }
    let weight = |row: usize, column: usize| {
        let (own, other) = (&units[0][first + row], &units[1][second + column]);
        if own.kind != other.kind || own.level != other.level {
            return 0;
        }
        let likeness = profiles.map_or(0, |[own, other]| own[first + row].likeness(&other[second + column]));
        1000 + 5 * likeness + 10 * u32::from(own.id == other.id)
    };
    // The best that can be had of what follows the first `row` and `column` units.
    let mut best = vec![0; (height + 1) * (width + 1)];
    let cell = |row: usize, column: usize| row * (width + 1) + column;
    for row in (0..height).rev() {
        for column in (0..width).rev() {
            let paired = weight(row, column);
            let paired = if paired > 0 { paired + best[cell(row + 1, column + 1)] } else { 0 };
            best[cell(row, column)] =
                paired.max(best[cell(row + 1, column)]).max(best[cell(row, column + 1)]);
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < height || column < width {
        let own = if row < height && column < width { weight(row, column) } else { 0 };
        let here = best[cell(row, column)];
        if own > 0 && here == own + best[cell(row + 1, column + 1)] {
            rows.push([Some(first + row), Some(second + column)]);
            (row, column) = (row + 1, column + 1);
        } else if row < height && here == best[cell(row + 1, column)] {
            rows.push([Some(first + row), None]);
            row += 1;
        } else {
            rows.push([None, Some(second + column)]);
            column += 1;
        }
    }
}
