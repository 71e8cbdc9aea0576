//! Inline rules (`-{…}-`) in Markdown: hidden from the parser, so that their `|`, `*` and `:` are no markup.
//!
//! In: a source's text and where its code is. Out: a text of the same bytes and lines in which every rule is two marks and, if it
//! names variants, filler between them; and the way back. What a rule means is the business of `script::inline`.

use crate::script::inline::{self, CLOSE, OPEN};
use crate::script::{Run, is_unprintable};
use std::borrow::Cow;
use std::ops::Range;

/// The body of a rule becomes a character of this plane, which tells which one it is, and as many `x` as it takes.
///
/// Of the two planes for private use one is taken that the source does not use.
const PLANES: [(char, char); 2] = [('\u{F0000}', '\u{FFFFD}'), ('\u{100000}', '\u{10FFFD}')];
const FILLER: char = 'x';

/// A text as the Markdown parser gets it.
pub(super) struct Masked<'t> {
    pub(super) text: Cow<'t, str>,
    /// The bodies that were hidden, their inner rules marked; and how many bytes each takes.
    bodies: Vec<(String, usize)>,
    /// The first and the last character that stand for one.
    plane: (char, char),
    /// Where a `-{` stands that is never closed.
    pub(super) unclosed: Vec<usize>,
}

impl<'t> Masked<'t> {
    /// `code` tells where in `text[body]` code stands: there nothing is a rule.
    pub(super) fn new(
        text: &'t str,
        body: &Range<usize>,
        code: impl FnOnce(&str) -> Vec<Range<usize>>,
    ) -> Masked<'t> {
        let own = &text[body.clone()];
        let mut masked =
            Masked { text: Cow::Borrowed(text), bodies: Vec::new(), plane: PLANES[0], unclosed: Vec::new() };
        if !own.contains("-{") {
            return masked;
        }
        let is_free = |(first, last): &(char, char)| !own.contains(|c| (*first..=*last).contains(&c));
        // Whoever writes such characters gets them back.
        let Some(plane) = PLANES.into_iter().find(is_free).filter(|_| !own.contains([OPEN, CLOSE])) else {
            return masked;
        };
        masked.plane = plane;
        let (rules, unclosed) = inline::find(&without(own, &code(own)));
        masked.unclosed = unclosed.into_iter().map(|at| at + body.start).collect();
        if rules.is_empty() {
            return masked;
        }
        let mut out = text[..body.start].to_owned();
        let mut done = 0;
        for rule in rules {
            out.push_str(&own[done..rule.start]);
            masked.hide(&own[rule.clone()], &mut out);
            done = rule.end;
        }
        out.push_str(&own[done..]);
        out.push_str(&text[body.end..]);
        masked.text = Cow::Owned(out);
        masked
    }

    fn hide(&mut self, rule: &str, out: &mut String) {
        let marked = inline::mark(rule).unwrap_or_else(|| rule.to_owned());
        let body = marked.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
        let mark = u32::from(self.plane.0) + self.bodies.len() as u32;
        let mark = char::from_u32(mark).filter(|mark| *mark <= self.plane.1);
        match (body, mark) {
            (Some(body), Some(mark)) if body.contains(['|', ':']) && body.len() >= mark.len_utf8() => {
                out.push(OPEN);
                out.push(mark);
                out.extend(std::iter::repeat_n(FILLER, body.len() - mark.len_utf8()));
                out.push(CLOSE);
                self.bodies.push((without_line_starts(body), body.len()));
            }
            _ => out.push_str(&marked),
        }
    }

    /// The text with the bodies of its rules, between marks.
    pub(super) fn reveal<'p>(&self, text: &'p str) -> Cow<'p, str> {
        let is_hidden = |c: char| (self.plane.0..=self.plane.1).contains(&c);
        if self.bodies.is_empty() || !text.contains(is_hidden) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(is_hidden) {
            out.push_str(&rest[..at]);
            let number =
                rest[at..].chars().next().map_or(0, |mark| u32::from(mark) - u32::from(self.plane.0));
            let Some((body, length)) = self.bodies.get(number as usize) else { break };
            out.push_str(body);
            rest = rest.get(at + length..).unwrap_or_default();
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// The same as readers may have it: without what an entity (`&#7;`) may have put there.
    pub(super) fn shown<'p>(&self, text: &'p str) -> Cow<'p, str> {
        let revealed = self.reveal(text);
        let has_marks = matches!(self.text, Cow::Owned(_));
        let is_dropped = |c: char| is_unprintable(c) && !(has_marks && matches!(c, OPEN | CLOSE));
        match revealed.contains(is_dropped) {
            true => Cow::Owned(revealed.chars().filter(|c| !is_dropped(*c)).collect()),
            false => revealed,
        }
    }

    /// The text as the author wrote it.
    pub(super) fn literal(&self, text: &str) -> String {
        inline::unmark(&self.reveal(text)).into_owned()
    }

    /// The run of these pieces, its rules obeyed.
    pub(super) fn run<'p>(&self, pieces: impl IntoIterator<Item = &'p str>) -> Run {
        let pieces: Vec<Cow<'p, str>> = pieces.into_iter().map(|piece| self.shown(piece)).collect();
        let run = Run::from_pieces(pieces.iter().map(Cow::as_ref));
        if matches!(self.text, Cow::Owned(_)) && run.text().contains([OPEN, CLOSE]) {
            return run.with_marked_rules();
        }
        run
    }

    /// The text as it reads, for ids: its rules show what they would without any edition.
    pub(super) fn plain(&self, text: &str) -> String {
        let text = self.shown(text);
        if matches!(self.text, Cow::Owned(_)) { inline::plain(&text) } else { text.into_owned() }
    }
}

/// `text` with code blotted out, byte for byte.
fn without(text: &str, code: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in code {
        out.push_str(&text[done..range.start.max(done)]);
        done = range.end.max(done);
        while out.len() < done {
            let is_line_end = text.as_bytes()[out.len()] == b'\n';
            out.push(if is_line_end { '\n' } else { FILLER });
        }
    }
    out.push_str(&text[done..]);
    out
}

/// A rule over several lines is one line; the marks of quotes before them are none of its text.
fn without_line_starts(body: &str) -> String {
    let mut lines = body.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push(' ');
        out.push_str(line.trim_start_matches([' ', '\t', '>']));
    }
    out
}
