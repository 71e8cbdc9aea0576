//! Inline rules, in the markup of MediaWiki's language converter: `-{zh-hans:软件;zh-tw:軟體}-`.
//!
//! In goes a source text, in which [`find`] and [`mark`] look for rules, and later a marked text, which `evaluate`
//! reads for one variant. Out come the parts of what that variant shows, and what is wrong with the rules. Nothing is
//! converted here but by the function that the caller brings, and tables of pairs are only told, not kept: they hold
//! beyond one text.
//!
//! The semantics are MediaWiki's (`ConverterRule`, `LanguageConverter`, `ZhConverter`), except that nothing an author
//! wrote is lost and no mistake is silent:
//!
//! - Where MediaWiki prints an error, because a rule has no text for the variant nor for one that it falls back to,
//!   the first text of the rule is converted and shown, and a problem is reported.
//! - Unknown flags and unknown variants are problems, and so are flags without effect beside another. A rule with a
//!   variant that nobody knows, with text before its first variant, or with nothing but unknown flags is shown as
//!   written.
//! - A variant given twice is a problem; the last text wins, as there.
//! - An unclosed `-{` is a problem and stays; a rule inside ten others too.
//! - An inner rule is one thing to the rule around it: what it shows is not read as markup once more, nor converted by
//!   a filter around it. A `|` after a `:` or an inner rule is text, not the end of flags.
//! - `D` shows its description whatever flags stand around it and in whatever order.
//! - Pairs for `zh-hans` and `zh-hant` come from two-way rules too, if they name that very variant (MediaWiki takes
//!   only one-way rules for these two): they are what most sites here publish.

mod delimiters;
mod problem;
mod tree;
mod syntax;
mod tables;
mod evaluation;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use delimiters::{CLOSE, OPEN, find, mark, unmark};
pub(super) use evaluation::evaluate;
pub use evaluation::plain;
pub use problem::ProblemKind;

/// What a marked text comes to in one variant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Evaluated {
    pub(super) parts: Vec<Part>,
    pub(super) problems: Vec<Problem>,
}

/// A part of what one variant shows, in the order of the text.
///
/// The ranges of `Text`, `Kept` and `Shown` do not overlap; what lies between them is markup and texts for other
/// variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Ordinary text, to be converted.
    Text(Range<usize>),
    /// Text of a rule, to be shown as it is. It is a stretch of the marked text, so that markup inside keeps its place.
    Kept(Range<usize>),
    /// What a rule shows that does not stand in it like this; the range is that of the whole rule.
    Shown { range: Range<usize>, text: String },
    /// From here on these pairs of this variant hold, or hold no more. Follows what its rule shows.
    Table { range: Range<usize>, add: bool, pairs: Vec<(String, String)> },
    /// The title of the page in this variant.
    Title { range: Range<usize>, text: String },
}

/// Something wrong with a rule, and where in the marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) range: Range<usize>,
    pub(super) kind: ProblemKind,
}
