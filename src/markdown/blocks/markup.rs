//! HTML in the body: refused, or let through with its texts converted.

use super::super::diagnostics;
use super::super::text::Piece;
use super::super::tree::{Address, Kind};
use super::Builder;
use crate::diagnostic::Severity;
use crate::html::{self, Part};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn html(&mut self, html: &str, span: Range<usize>, is_inline: bool) {
        self.last = None;
        if html::holds_more(html) {
            self.end_lead();
        }
        if html::is_comment(html) {
            if !html.trim_end().ends_with("-->") {
                self.say(Severity::Warning, "open-comment", |source| diagnostics::open_comment(source, span));
            }
            return;
        }
        if !self.options.raw_html {
            return self.say(Severity::Error, "raw-html", |source| diagnostics::raw_html(source, span));
        }
        let parts = self.reader.parts(html, self.open.len());
        // In quotations and lists a block's lines are not together in the source.
        let is_verbatim = self.masked.text[span.clone()].starts_with(html);
        let mut place = is_verbatim.then_some(span.start);
        let mut markup = String::new();
        for part in parts {
            let stretch = place.map(|at| at..at + part.length());
            place = stretch.as_ref().map(|stretch| stretch.end);
            match part {
                Part::Id(id) => self.raw_ids.push((id.to_owned(), span.clone())),
                Part::Name(name) => self.raw_names.push(name.to_owned()),
                Part::Markup(text) if text.starts_with("<!--") && html::holds_more(text) => {}
                Part::Markup(text) => markup.push_str(&self.masked.literal(text)),
                Part::Text(text) if text.trim().is_empty() => markup.push_str(&self.masked.literal(text)),
                other => {
                    self.markup(&mut markup);
                    self.part(&other, stretch.unwrap_or_else(|| span.clone()), is_verbatim);
                }
            }
        }
        self.markup(&mut markup);
        if !is_inline {
            self.reader.end_block();
        }
    }

    /// Ends a stretch of markup.
    fn markup(&mut self, markup: &mut String) {
        if !markup.is_empty() {
            self.leaf(Kind::Markup(std::mem::take(markup)));
        }
    }

    /// A part that does not stay as it is.
    fn part(&mut self, part: &Part<'_>, span: Range<usize>, is_verbatim: bool) {
        let (piece, kind) = match *part {
            Part::Text(text) => {
                self.count(text);
                let piece = self.piece(text);
                (piece, Kind::MarkupText(piece))
            }
            Part::Value(value, quote) => {
                let piece = Piece { text: self.texts.push(self.masked.run([value])), index: 0 };
                (piece, Kind::MarkupValue(piece, quote))
            }
            Part::Address(address) => {
                let destination = self.masked.literal(&address.destination());
                let (quote, is_image) = (address.quote, address.is_image);
                let written = self.masked.literal(address.written);
                let link = self.add_link(destination, span);
                return self.leaf(Kind::MarkupAddress(Address { link, written, quote, is_image }));
            }
            Part::Markup(_) | Part::Id(_) | Part::Name(_) => return,
        };
        self.leaf(kind);
        self.html_spans.extend(is_verbatim.then_some((piece, span)));
    }
}
