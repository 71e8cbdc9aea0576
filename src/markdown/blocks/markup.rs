//! HTML in the body: refused, or let through with its texts converted.

use super::super::tree::Kind;
use super::super::{diagnostics, html};
use super::Builder;
use crate::diagnostic::Severity;
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn html(&mut self, html: &str, span: Range<usize>, is_inline: bool) {
        self.last = None;
        if html::holds_more(html) {
            self.end_lead();
        }
        if html::is_comment(html) {
            return;
        }
        if !self.options.raw_html {
            return self.say(Severity::Error, "raw-html", |source| diagnostics::raw_html(source, span));
        }
        if is_inline {
            self.inline_tag(html);
        }
        for part in html::parts(html) {
            match part {
                html::Part::Text(text) if !text.trim().is_empty() => {
                    let piece = self.piece(text);
                    self.count(text);
                    self.leaf(Kind::MarkupText(piece));
                }
                html::Part::Text(text) => self.leaf(Kind::Markup(self.masked.literal(text))),
                html::Part::Markup(markup) if markup.starts_with("<!--") && html::holds_more(markup) => {}
                html::Part::Markup(markup) => {
                    let id = html::Tag::of(markup).and_then(|tag| tag.id);
                    self.raw_ids.extend(id.map(|id| (id.to_owned(), span.clone())));
                    self.leaf(Kind::Markup(self.masked.literal(markup)));
                }
            }
        }
    }

    /// Inline tags come one by one, with text in between that may have to be left alone.
    pub(super) fn inline_tag(&mut self, html: &str) {
        let Some(tag) = html::Tag::of(html) else { return };
        match &mut self.opaque {
            None if tag.holds != html::Holds::Prose => {
                self.opaque = Some((tag.name.to_ascii_lowercase(), 1, tag.holds));
            }
            Some((name, depth, _)) if name.eq_ignore_ascii_case(tag.name) => {
                *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
                if *depth == 0 {
                    self.opaque = None;
                }
            }
            _ => {}
        }
    }
}
