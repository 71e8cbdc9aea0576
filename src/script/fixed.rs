//! Stretches of a run whose text conversion does not decide: addresses, protected terms, what a rule or a term puts in their
//! place.
//!
//! In: a run, its conversion of as many characters, and the stretches. Out: the conversion with the stretches in it,
//! dealt to the same pieces. Decides nothing about which stretches there are.

use std::ops::Range;

use super::Run;

/// A stretch, in bytes of the run before conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) range: Range<usize>,
    /// What stands there; `None`: what the author wrote.
    pub(super) text: Option<String>,
}

impl Fixed {
    pub(super) fn kept(range: Range<usize>) -> Fixed {
        Fixed { range, text: None }
    }

    /// Whether a cut inside it has no place in its text: that has another number of characters.
    pub(super) fn is_divided(&self, run: &Run) -> bool {
        let Some(text) = &self.text else { return false };
        let next = run.ends().partition_point(|end| *end <= self.range.start);
        let cut = run.ends().get(next).is_some_and(|end| *end < self.range.end);
        cut && text.chars().count() != run.text()[self.range.clone()].chars().count()
    }
}

/// `converted` with the stretches in it, and where they stand there. They come in order and do not overlap.
///
/// A cut inside a stretch stays at its character where the stretch keeps its number of characters; else all of the
/// text goes to the piece that the stretch begins in.
pub(super) fn set(run: &Run, converted: &Run, stretches: &[Fixed]) -> (Run, Vec<Range<usize>>) {
    let mut out = Output::new(run, converted);
    let mut places = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        out.copy_converted(stretch.range.start);
        let start = out.text.len();
        out.put(stretch);
        places.push(start..out.text.len());
    }
    out.copy_converted(run.text().len());
    (run.recut(out.text, out.ends), places)
}

struct Output<'r> {
    run: &'r Run,
    converted: &'r str,
    /// How far both are read, in bytes of each.
    read: (usize, usize),
    text: String,
    ends: Vec<usize>,
}

impl<'r> Output<'r> {
    fn new(run: &'r Run, converted: &'r Run) -> Output<'r> {
        let text = String::with_capacity(converted.text().len() + 16);
        Output {
            run,
            converted: converted.text(),
            read: (0, 0),
            text,
            ends: Vec::with_capacity(run.ends().len()),
        }
    }

    /// Takes the conversion up to a byte of the run.
    fn copy_converted(&mut self, upto: usize) {
        let (run, start) = (self.run, self.read);
        let mut at = self.read;
        for character in run.text()[start.0..upto].chars() {
            self.cuts_at(at.0, self.text.len() + at.1 - start.1);
            at.0 += character.len_utf8();
            at.1 += self.converted[at.1..].chars().next().map_or(0, char::len_utf8);
        }
        self.text.push_str(&self.converted[start.1..at.1]);
        self.cuts_at(upto, self.text.len());
        self.read = at;
    }

    fn put(&mut self, stretch: &Fixed) {
        let own = &self.run.text()[stretch.range.clone()];
        let text = stretch.text.as_deref().unwrap_or(own);
        let characters = own.chars().count();
        let start = self.text.len();
        if text.chars().count() == characters {
            for ((cut, _), (place, _)) in own.char_indices().zip(text.char_indices()).skip(1) {
                self.cuts_at(stretch.range.start + cut, start + place);
            }
        } else if let Some((last, _)) = own.char_indices().next_back() {
            self.cuts_at(stretch.range.start, start);
            self.cuts_at(stretch.range.start + last, start + text.len());
        }
        self.text.push_str(text);
        self.read.0 = stretch.range.end;
        let rest = &self.converted[self.read.1..];
        self.read.1 += rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
        self.cuts_at(stretch.range.end, self.text.len());
    }

    /// The cuts at a byte of the run stand at `place` in the output. Cuts come in order.
    fn cuts_at(&mut self, byte: usize, place: usize) {
        while self.run.ends().get(self.ends.len()).is_some_and(|end| *end <= byte) {
            self.ends.push(place);
        }
    }
}
