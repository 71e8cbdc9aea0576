//! The rules of a marked text as a tree.
//!
//! Only the nesting: what a rule says is read in `syntax`. Ten levels deep and no deeper, so that whoever walks the tree
//! may recurse.

use std::ops::Range;

use super::{CLOSE, OPEN};

/// How many rules may stand inside one another.
const DEPTH: usize = 10;

/// The length of a delimiter.
const DELIMITER: usize = OPEN.len_utf8();

/// What stands in a mask for inner rules, byte for byte: no character of the markup.
const FILLER: &str = "\0";

/// A rule of a marked text.
pub(super) struct Rule {
    /// With its delimiters.
    pub(super) range: Range<usize>,
    pub(super) inner: Vec<Rule>,
    /// Whether it stands inside too many others to be one; then its inner rules are not told either.
    pub(super) too_deep: bool,
}

impl Rule {
    /// What stands between the delimiters.
    pub(super) fn content(&self) -> Range<usize> {
        self.range.start + DELIMITER..self.range.end - DELIMITER
    }

    /// The content without a view into its inner rules: each byte of those is a filler.
    pub(super) fn masked(&self, text: &str) -> String {
        let Range { start: mut at, end } = self.content();
        let mut masked = String::with_capacity(end - at);
        for inner in &self.inner {
            masked.push_str(&text[at..inner.range.start]);
            masked.push_str(&FILLER.repeat(inner.range.len()));
            at = inner.range.end;
        }
        masked.push_str(&text[at..end]);
        masked
    }
}

/// The outermost rules in order, and the places of each [`OPEN`] without a [`CLOSE`].
pub(super) fn read(text: &str) -> (Vec<Rule>, Vec<usize>) {
    let (mut pairs, mut open) = (Vec::new(), Vec::new());
    for (at, delimiter) in text.match_indices([OPEN, CLOSE]) {
        if delimiter.starts_with(OPEN) {
            open.push(at);
        } else if let Some(start) = open.pop() {
            pairs.push(start..at + DELIMITER);
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.start);
    (nested(pairs), open)
}

fn nested(pairs: Vec<Range<usize>>) -> Vec<Rule> {
    let mut roots = Vec::new();
    let mut around: Vec<Rule> = Vec::new();
    for range in pairs {
        leave(&mut around, &mut roots, range.start);
        let too_deep = around.len() == DEPTH;
        if around.last().is_none_or(|rule| !rule.too_deep) {
            around.push(Rule { range, inner: Vec::new(), too_deep });
        }
    }
    leave(&mut around, &mut roots, usize::MAX);
    roots
}

/// Puts the rules that end before `at` into those around them.
fn leave(around: &mut Vec<Rule>, roots: &mut Vec<Rule>, at: usize) {
    while let Some(rule) = around.pop_if(|rule| rule.range.end <= at) {
        around.last_mut().map_or(&mut *roots, |outer| &mut outer.inner).push(rule);
    }
}
