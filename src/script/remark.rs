//! What conversion has to say about a run: faults of the text, and choices that somebody may want to look at.
//!
//! Places are bytes of the run as it was given. What is made of a remark (a diagnostic, an entry of a review) is not
//! decided here.

use std::ops::Range;

use super::inline::ProblemKind;

/// A remark and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Bytes of the run's text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: RemarkKind,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Something is wrong with an inline rule.
    Rule(ProblemKind),
    /// Markup divides a term that becomes a text of another length: all of it goes to the part the term begins in.
    Divided {
        /// What the author wrote.
        term: String,
        /// What the edition prints.
        text: String,
    },
    /// A quotation mark without its other half: it stays as it is, and so do all marks of the run.
    Unpaired(char),
    /// A term of a glossary was used.
    Term {
        /// The layer, by the number that it was given.
        layer: usize,
        /// Its place among the terms of the glossary.
        term: usize,
    },
    /// A regional word was put in the place of the author's.
    Wording {
        /// What the author wrote.
        from: String,
        /// What the edition prints.
        to: String,
        /// The author's word, only its characters converted.
        kept: String,
    },
    /// A character that could mean several others, with nothing beside it to tell which.
    Doubt {
        /// What the author wrote.
        from: char,
        /// What the edition prints.
        to: char,
        /// What else it could be.
        others: String,
    },
}
