//! Marks in what the parser gets, where it would read otherwise than Chinese writers write.
//!
//! In: a text. Out: the text with marks, which CommonMark takes for punctuation, and the way back for what the parser says. Never: a
//! change elsewhere, or a trace of the marks in what is given on.
//!
//! **Emphasis**: `**“强脑科技”**是`, `**（试行）**从`. CommonMark lets a delimiter open or close only at what it takes for the edge of a
//! word, and to it punctuation beside a Han character is none. The rule followed here is that of the markdown-cjk-friendly
//! specification; it comes to this: with white space on neither side and a CJK character on one, `*` and `~~` can both open and
//! close, so a mark stands on either side of them. (`_` stays as it is.) One thing is added: quotation marks, dashes and dots that
//! are shared with Latin count as CJK where a CJK character follows them on the same side, so that `**“强脑科技”**AI` is emphasis too.
//!
//! **Braces**: `## 标题 {可选}`. What stands in braces behind a heading is taken for its attributes; if it is neither an id nor a class
//! nor a pair of name and value, it is text, and a mark stands behind it.

use super::wide::{is_cjk, is_shared_punctuation, is_variation_selector};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};
use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

/// Braille patterns, symbols that texts seldom hold: one that this text does not hold becomes the mark.
///
/// With punctuation on both sides a delimiter can open and close. A letter would do too, but a `_` beside the delimiter needs
/// punctuation there, as the delimiter itself is.
const MARKS: RangeInclusive<char> = '\u{2801}'..='\u{28FF}';

/// A text as the parser gets it.
pub(super) struct Marked<'t> {
    pub(super) text: Cow<'t, str>,
    mark: char,
    /// Where in `text` something was put in, and how many bytes up to and with it.
    at: Vec<(usize, usize)>,
}

impl<'t> Marked<'t> {
    /// `dollars` are dollar signs that are no formula's: a backslash is put before each.
    pub(super) fn new(text: &'t str, dollars: &[usize]) -> Self {
        let mut marked = Marked { text: Cow::Borrowed(text), mark: *MARKS.start(), at: Vec::new() };
        let runs = Runs { text, from: 0 }.filter(|run| is_for_marks(text, run));
        // Whoever writes all of these symbols gets CommonMark.
        let mark = MARKS.clone().find(|mark| !text.contains(*mark));
        marked.mark = mark.unwrap_or_default();
        let mut places: Vec<(usize, char)> = runs
            .filter(|_| mark.is_some())
            .flat_map(|run| [run.start, run.end])
            .chain(braces(text).filter(|_| mark.is_some()))
            .map(|at| (at, marked.mark))
            .chain(dollars.iter().map(|at| (*at, '\\')))
            .collect();
        if places.is_empty() {
            return marked;
        }
        places.sort_unstable();
        let mut out = String::with_capacity(text.len() + places.len() * 3);
        let (mut done, mut added) = (0, 0);
        for (at, put_in) in places {
            out.push_str(&text[done..at]);
            added += put_in.len_utf8();
            marked.at.push((out.len(), added));
            out.push(put_in);
            done = at;
        }
        out.push_str(&text[done..]);
        marked.text = Cow::Owned(out);
        marked
    }

    /// Where a stretch of the marked text stands in the text.
    pub(super) fn place(&self, span: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let before = self.at.partition_point(|(put_in, _)| *put_in < at);
            at - before.checked_sub(1).map_or(0, |last| self.at[last].1)
        };
        place(span.start)..place(span.end)
    }

    /// What the parser says, without marks; nothing where it was a mark and nothing else.
    pub(super) fn event<'e>(&self, event: Event<'e>) -> Option<Event<'e>> {
        if self.at.is_empty() {
            return Some(event);
        }
        Some(match event {
            Event::Text(text) => {
                let text = self.plain(text);
                return (!text.is_empty()).then_some(Event::Text(text));
            }
            Event::Code(code) => Event::Code(self.plain(code)),
            Event::InlineMath(formula) => Event::InlineMath(self.plain(formula)),
            Event::DisplayMath(formula) => Event::DisplayMath(self.plain(formula)),
            Event::Html(html) => Event::Html(self.plain(html)),
            Event::InlineHtml(html) => Event::InlineHtml(self.plain(html)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.plain(label)),
            Event::Start(tag) => Event::Start(self.tag(tag)),
            event => event,
        })
    }

    fn tag<'e>(&self, tag: Tag<'e>) -> Tag<'e> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => Tag::Link {
                link_type,
                dest_url: self.plain(dest_url),
                title: self.plain(title),
                id: self.plain(id),
            },
            Tag::Image { link_type, dest_url, title, id } => Tag::Image {
                link_type,
                dest_url: self.plain(dest_url),
                title: self.plain(title),
                id: self.plain(id),
            },
            Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                level,
                id: id.map(|id| self.plain(id)),
                classes: classes.into_iter().map(|class| self.plain(class)).collect(),
                attrs: attrs.into_iter().map(|(name, value)| (self.plain(name), value)).collect(),
            },
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.plain(label)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.plain(info)))
            }
            tag => tag,
        }
    }

    /// A text of the parser without marks.
    pub(super) fn plain<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        if !self.at.is_empty() && text.contains(self.mark) {
            text.replace(self.mark, "").into()
        } else {
            text
        }
    }
}

/// Runs of `*`, and `~~`, whatever they are: in code they are marked like anywhere, and the marks are taken out again.
struct Runs<'t> {
    text: &'t str,
    from: usize,
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.from + self.text[self.from..].find(['*', '~'])?;
            let bytes = self.text.as_bytes();
            let delimiter = bytes[start];
            let length = bytes[start..].iter().take_while(|b| **b == delimiter).count();
            self.from = start + length;
            let backslashes = bytes[..start].iter().rev().take_while(|b| **b == b'\\').count();
            // Behind a backslash the first one is text.
            let run = start + backslashes % 2..start + length;
            if (delimiter == b'*' && !run.is_empty()) || run.len() == 2 {
                return Some(run);
            }
        }
    }
}

/// Whether a run of delimiters can open and close here, and CommonMark might not know.
fn is_for_marks(text: &str, run: &Range<usize>) -> bool {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    // The border of a table's cell is an edge like white space, and so is the mark of a quotation.
    let is_edge = |c: char| c.is_whitespace() || c == '|';
    if is_edge(last) || is_edge(first) || (last == '>' && begins_line(before)) {
        return false;
    }
    let is_plain = last.is_alphanumeric() && first.is_alphanumeric();
    // Behind an opening quotation mark nothing needs to close, nor to open before a closing one.
    let may_close = !matches!(last, '“' | '‘');
    let may_open = !matches!(first, '”' | '’');
    !is_plain && ((may_close && is_of_cjk(before.chars().rev())) || (may_open && is_of_cjk(after.chars())))
}

fn begins_line(before: &str) -> bool {
    let line = before.trim_end_matches([' ', '\t', '>']);
    line.is_empty() || line.ends_with('\n')
}

/// Whether these characters, from the delimiter outwards, begin with CJK or with punctuation of it.
fn is_of_cjk(mut chars: impl Iterator<Item = char>) -> bool {
    chars.find(|c| !is_shared_punctuation(*c) && !is_variation_selector(*c)).is_some_and(is_cjk)
}

/// Where braces end that end a line and hold no attributes.
fn braces(text: &str) -> impl Iterator<Item = usize> {
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    let mut end = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = end;
        end += line.len();
        let line = line.trim_ascii_end();
        let (_, inside) = line.strip_suffix('}')?.rsplit_once('{')?;
        (!inside.split_ascii_whitespace().any(is_attribute)).then_some(start + line.len())
    })
}
