//! What looks like markup in a block and is none: CommonMark takes it for text, or leaves it out, and says nothing.
//!
//! In: blocks as they begin, headings and runs as they end. Out: diagnostics. Never: a change to what is read.

use super::super::diagnostics;
use super::super::text::Piece;
use super::super::tree::Kind;
use super::{Builder, OpenRun};
use crate::diagnostic::{SHOWN, Severity};
use pulldown_cmark::{CodeBlockKind, Tag};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn check_block(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.check_lines(span),
            Tag::TableRow => self.check_row(span),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.check_fence(span),
            _ => {}
        }
    }

    /// The lines of a paragraph.
    fn check_lines(&mut self, span: &Range<usize>) {
        let text = &self.source.text[span.clone()];
        if !text.contains(['#', '＃', '|', '｜']) {
            return;
        }
        let mut at = span.start;
        let mut before = "";
        for line in text.split_inclusive('\n') {
            let inner = line.trim_matches([' ', '\t', '\n', '>']);
            let start = at + line.find(inner).unwrap_or(0);
            let own = start..start + inner.len();
            at += line.len();
            if is_nearly_heading(inner) {
                self.say(Severity::Warning, "heading", |source| {
                    diagnostics::heading_without_space(source, own.clone())
                });
            }
            if is_below_head(inner) && !before.is_empty() {
                self.check_table(before, own, inner);
            }
            before = inner;
        }
    }

    /// Two lines that would begin a table.
    fn check_table(&mut self, head: &str, span: Range<usize>, below: &str) {
        let cells = (cells(head).count(), cells(below).count());
        if below.contains(['｜', '—', '－', '：']) {
            self.say(Severity::Warning, "table", |source| diagnostics::table_full_width(source, span));
        } else if cells.0 != cells.1 {
            self.say(Severity::Warning, "table", |source| {
                diagnostics::table_out_of_step(source, span, cells)
            });
        }
    }

    /// A row with more cells than its table.
    fn check_row(&mut self, span: &Range<usize>) {
        let Some(Kind::Table(columns)) = self.open.last().map(|node| &self.tree.nodes()[*node].kind) else {
            return;
        };
        let columns = columns.len();
        let text = &self.masked.text[span.clone()];
        let lost = cells(text).skip(columns).find(|cell| !cell.trim().is_empty());
        if let Some(lost) = lost {
            let start = span.start + (lost.as_ptr().addr() - text.as_ptr().addr());
            let start = start + (lost.len() - lost.trim_start().len());
            let span = start..span.start + text.trim_end_matches(['|', ' ', '\t', '\n']).len();
            self.say(Severity::Warning, "table", |source| diagnostics::row_too_long(source, span, columns));
        }
    }

    /// A fence that only the end of the page, or of what it stands in, closes.
    fn check_fence(&mut self, span: &Range<usize>) {
        let text = &self.source.text[span.clone()];
        let mut lines = text.trim_end().lines();
        let first = lines.next().unwrap_or_default();
        let mark = first.chars().next().unwrap_or('`');
        let fence = &first[..first.len() - first.trim_start_matches(mark).len()];
        let last = lines.next_back().unwrap_or_default().trim_matches([' ', '\t', '>']);
        if !(last.starts_with(fence) && last.trim_start_matches(mark).is_empty()) {
            let span = span.start..span.start + first.len();
            self.say(Severity::Warning, "code", |source| diagnostics::code_unclosed(source, span, fence));
        }
    }

    /// A heading with `｛#id｝`.
    pub(super) fn check_heading(&mut self, plain: &str) {
        let Some((before, id)) =
            plain.trim_end().rsplit_once('｛').filter(|(_, id)| id.starts_with(['#', '＃']))
        else {
            return;
        };
        if id.ends_with(['｝', '}']) {
            let heading = self.heading_span.clone();
            let at = self.source.text[heading.clone()].find('｛').unwrap_or(before.len());
            let span = heading.start + at..heading.start + at + '｛'.len_utf8() + id.len();
            self.say(Severity::Warning, "heading", |source| diagnostics::heading_id_full_width(source, span));
        }
    }

    /// LaTeX behind a dollar sign that opens nothing.
    pub(super) fn check_for_formulas(&mut self, run: &OpenRun) {
        let found = run.pieces.iter().enumerate().filter_map(|(index, text)| {
            Some((index, text.find('$').filter(|at| has_command(&text[*at..]))?))
        });
        for (index, at) in found.take(SHOWN) {
            let is_piece =
                |(piece, _): &&(Piece, Range<usize>)| piece.text == run.id && piece.index as usize == index;
            let Some((_, span)) = self.spans.iter().rev().find(is_piece) else { continue };
            let span = span.start + at..span.start + at + 1;
            self.say(Severity::Warning, "formula", |source| diagnostics::no_formula(source, span));
        }
    }
}

/// `##标题`, `＃ 标题` and `#　标题`. A single `#` with a word behind it is a topic.
fn is_nearly_heading(line: &str) -> bool {
    let text = line.trim_start_matches(['#', '＃']);
    let marks = &line[..line.len() - text.len()];
    let count = marks.chars().count();
    let is_spaced = text.starts_with(char::is_whitespace);
    let is_meant = is_spaced || (count > 1 && text.starts_with(char::is_alphanumeric));
    (1..=6).contains(&count) && is_meant && !text.trim().is_empty()
}

/// A line of nothing but bars and dashes, half-width or not.
fn is_below_head(line: &str) -> bool {
    line.contains(['|', '｜'])
        && line.contains(['-', '—', '－'])
        && line.chars().all(|c| matches!(c, '|' | '｜' | '-' | '—' | '－' | ':' | '：' | ' ' | '\t'))
}

/// The cells of a line of a table.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').filter(|line| !line.ends_with('\\')).unwrap_or(line);
    let (mut at, mut is_over) = (0, false);
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let rest = &line[at..];
        let is_bar = |(bar, _): &(usize, &str)| !rest[..*bar].ends_with('\\');
        let end = rest.match_indices('|').find(is_bar).map(|(bar, _)| bar);
        is_over = end.is_none();
        at += end.map_or(0, |end| end + 1);
        Some(&rest[..end.unwrap_or(rest.len())])
    })
}

/// Whether a command such as `\frac` stands in a text.
fn has_command(text: &str) -> bool {
    text.match_indices('\\')
        .any(|(at, _)| text[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count() > 1)
}
