//! A run without its inline rules: what is left to convert, what the rules put between, and where each byte came from.
//!
//! In: a run whose rules are marked. Out: a run of as many pieces. What rules add to the page's rules is handed on with its place,
//! because it holds from there on. Evaluates nothing itself: that is `inline`.

use std::ops::Range;

use super::fixed::Fixed;
use super::inline::{self, Part};
use super::{OBJECT, Run};

/// What is left of a run.
pub(super) struct Working {
    pub(super) run: Run,
    /// What rules show, in order.
    pub(super) fixed: Vec<Fixed>,
    pub(super) changes: Vec<Change>,
    /// The title of the page, if a rule sets it.
    pub(super) title: Option<String>,
    /// For each part of the run as given: its bytes, and those of what is left of it.
    parts: Vec<(Range<usize>, Range<usize>)>,
}

/// The page's rules change here.
pub(super) struct Change {
    pub(super) at: usize,
    pub(super) add: bool,
    pub(super) pairs: Vec<(String, String)>,
}

impl Working {
    pub(super) fn new(given: &Run, parts: Vec<Part>) -> Working {
        let mut text = String::with_capacity(given.text().len());
        let mut working = Working {
            run: Run::default(),
            fixed: Vec::new(),
            changes: Vec::new(),
            title: None,
            parts: Vec::new(),
        };
        for part in parts {
            let start = text.len();
            match part {
                Part::Text(range) => {
                    // What looks like half a rule is text.
                    text.push_str(&inline::unmark(&given.text()[range.clone()]));
                    working.parts.push((range, start..text.len()));
                }
                // It divides what stands before it from what stands behind it.
                Part::Kept(range) if range.is_empty() => {
                    text.push_str(OBJECT);
                    working.fixed.push(Fixed { range: start..text.len(), text: Some(String::new()) });
                    working.parts.push((range, start..text.len()));
                }
                Part::Kept(range) => {
                    text.push_str(&inline::unmark(&given.text()[range.clone()]));
                    if start < text.len() {
                        working.fixed.push(Fixed::kept(start..text.len()));
                    }
                    working.parts.push((range, start..text.len()));
                }
                Part::Shown { range, text: shown } => {
                    text.push_str(OBJECT);
                    working.fixed.push(Fixed { range: start..text.len(), text: Some(shown) });
                    working.parts.push((range, start..text.len()));
                }
                Part::Table { add, pairs, .. } => working.changes.push(Change { at: start, add, pairs }),
                Part::Title { text, .. } => working.title = Some(text),
            }
        }
        let length = text.len();
        let mut parts = working.parts.iter().peekable();
        let ends = given.ends().iter().map(|&end| {
            while parts.next_if(|(own, _)| own.end < end).is_some() {}
            match parts.peek() {
                None => length,
                Some((own, left)) if end <= own.start => left.start,
                // A rule goes whole to the piece that it begins in.
                Some((own, left)) if own.len() != left.len() => left.end,
                Some((own, left)) => left.start + (end - own.start),
            }
        });
        let ends = ends.collect();
        working.run = given.recut(text, ends);
        working
    }

    /// Where a stretch of what is left stands in the run as given.
    pub(super) fn given(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize, is_end: bool| {
            let index = self.parts.partition_point(|(_, left)| left.end < at + usize::from(!is_end));
            let Some((own, left)) = self.parts.get(index) else {
                return self.parts.last().map_or(at, |(own, _)| own.end);
            };
            match own.len() == left.len() {
                true => own.start + at.saturating_sub(left.start),
                false if is_end => own.end,
                false => own.start,
            }
        };
        place(range.start, false)..place(range.end, true)
    }
}
