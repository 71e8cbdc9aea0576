//! What is said about content: a message with its place, its severity and the edit that mends it.
//!
//! In: facts found by a stage. Out: [`Diagnostic`] values, which `commands` prints as text, JSON or GitHub
//! annotations. This module prints nothing and reads nothing.
//!
//! A diagnostic keeps the line it talks about, so that it can be shown after the source is gone.

mod display;
mod nearest;
mod place;
mod visible;

pub use nearest::nearest;
pub use place::{Lines, Place};

use std::ops::Range;

/// At most so many diagnostics of one kind are given for one file, then one that says how many more there are: the
/// rest says nothing new.
pub const SHOWN: usize = 50;

/// How bad it is. An error anywhere means that nothing is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Published all the same, but someone should look at it.
    Warning,
    /// Nothing is published.
    Error,
}

impl Severity {
    /// `warning` or `error`, as printed.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing to know about the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name for the kind of problem, such as `unknown-key`.
    pub code: &'static str,
    /// The file, and where known the line and column.
    pub place: Option<Box<Place>>,
    /// What is wrong, in the author's words: lower case, no full stop.
    pub message: String,
    /// The edit to make.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Something that keeps the site from being published.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place: None, message: message.into(), help: None }
    }

    /// Something to look at; the site is published.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// That there are so many more of a kind in a file than the [`SHOWN`] ones.
    pub fn and_more(severity: Severity, code: &'static str, more: usize, path: &str) -> Self {
        let message = format!("{more} more of the kind in this file");
        Self { severity, ..Self::error(code, message) }.in_file(path)
    }

    /// Points at a byte range of `text`, the whole content of the file `path`.
    #[must_use]
    pub fn at(mut self, path: &str, text: &str, range: Range<usize>) -> Self {
        self.place = Some(Box::new(Place::in_text(path, text, range)));
        self
    }

    /// Points at a file as a whole.
    #[must_use]
    pub fn in_file(mut self, path: &str) -> Self {
        self.place = Some(Box::new(Place::file(path)));
        self
    }

    /// Says which edit mends it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The order in which diagnostics are shown: by file, place, then code, so that threads do not show.
    pub fn order(&self) -> (&str, usize, usize, &str, &str) {
        let (path, line, column) = match &self.place {
            Some(place) => (place.path.as_str(), place.line, place.column),
            None => ("", 0, 0),
        };
        (path, line, column, self.code, &self.message)
    }
}

/// A stage's answer: what it made, and what it has to say. `None` where there was nothing to make.
///
/// A stage goes on after an error, so that one build reports them all.
#[derive(Debug)]
#[must_use = "the diagnostics of a stage must reach the reader"]
pub struct Checked<T> {
    value: Option<T>,
    diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value and everything there is to say about it.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value: Some(value), diagnostics }
    }

    /// No value: the diagnostics say why. Where none does, that is a fault of jianbao, and is said to be one: nothing
    /// must look like success.
    pub fn failed(mut diagnostics: Vec<Diagnostic>) -> Self {
        if !has_errors(&diagnostics) {
            let bug = Diagnostic::error("internal", "jianbao stopped here and cannot say why");
            diagnostics
                .push(bug.help("this is a fault of jianbao: please report it, with the site if you can"));
        }
        Self { value: None, diagnostics }
    }

    /// Moves the diagnostics to `sink` and hands the value over.
    pub fn report(self, sink: &mut Vec<Diagnostic>) -> Option<T> {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// What a library says, as a message begins here: in lower case.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Whether any of them keeps the site from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}
