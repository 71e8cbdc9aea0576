//! A stretch of finished HTML that is shown a second time, beside the same in another edition.
//!
//! In: blocks of a body as they were rendered. Out: the same with ids that are there once on the new page, with the differences in
//! its text marked, and with every element closed that it opens. Never: another change.

use super::{Attribute, RAW, Tag, attributes, candidates, is_one_of, markup_length, raw_length};
use std::collections::HashSet;
use std::ops::Range;

/// Elements in which a mark would be no mark, or could not stand.
const UNMARKED: [&str; 9] =
    ["svg", "math", "title", "textarea", "select", "option", "script", "style", "template"];
/// Elements that end where what holds them ends.
const ENDS_BY_ITSELF: [&str; 17] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup",
    "caption", "rt", "rp", "body",
];
/// Elements that a text runs through: a word may begin before one and end in it.
const WITHIN_LINES: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u",
];
/// Attributes that name other elements by their ids.
const REFERENCES: [&str; 9] = [
    "for",
    "headers",
    "list",
    "form",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
];
/// Attributes that lead somewhere from where the page stands.
const ADDRESSES: [&str; 8] =
    ["href", "xlink:href", "src", "srcset", "poster", "data", "action", "formaction"];
/// An end tag is looked for among so many that are open: a page of nothing but tags takes no longer than its length.
const DEEPEST: usize = 256;
/// The links behind headings: they lead to where the reader is.
const LINKS_OF_HEADINGS: [&str; 2] = ["permalink", "twin"];

/// Blocks, taken apart.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    parts: Vec<Part<'a>>,
    /// What a reader reads, its entities as they are written; blocks end in a line end.
    text: String,
    /// What is still open at the end, and must be closed.
    open: Vec<&'a str>,
    /// How many of them hold no marks.
    unmarked: usize,
    /// In bytes.
    length: usize,
}

#[derive(Debug)]
enum Part<'a> {
    /// What stays.
    Markup(&'a str),
    /// Text, and where it stands in that of the whole.
    Text(&'a str, usize),
    /// An `id` with the space before it, and what it says.
    Id(&'a str, &'a str),
    /// The value of an attribute that names ids.
    References(&'a str),
    /// Where an address begins that counts from the page it was written on.
    Relative,
    /// Behind what a region is called.
    Region,
}

/// What the copies of a page have in common.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The ids that are there.
    taken: HashSet<String>,
}

impl Copies {
    /// Takes an id for something else; whether it was free.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }
}

/// How a column is told from the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column<'a> {
    /// What is put behind the names of regions, escaped.
    pub(crate) label: &'a str,
    /// The address of the page that the blocks were written on, escaped.
    pub(crate) page: &'a str,
    /// What is put behind ids that are taken and needed.
    pub(crate) suffix: &'a str,
    /// The ids that attributes of the column name.
    pub(crate) needed: &'a HashSet<&'a str>,
}

impl<'a> Block<'a> {
    /// Takes HTML apart.
    pub(crate) fn read(html: &'a str) -> Self {
        let mut block = Self::inside(Vec::new());
        block.length = html.len();
        block.text.reserve(html.len());
        let mut rest = html;
        while !rest.is_empty() {
            let length = block.next(rest);
            rest = &rest[length..];
        }
        block
    }

    fn inside(open: Vec<&'a str>) -> Self {
        let unmarked = open.iter().filter(|name| is_one_of(&UNMARKED, name)).count();
        Self { parts: Vec::with_capacity(8), text: String::new(), open, unmarked, length: 0 }
    }

    /// What a reader reads.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes it had.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// The ids that attributes name.
    pub(crate) fn references(&self) -> impl Iterator<Item = &'a str> + '_ {
        let value = |part: &Part<'a>| match part {
            Part::References(value) => Some(value.split_ascii_whitespace()),
            _ => None,
        };
        self.parts.iter().filter_map(value).flatten()
    }

    /// Takes what the HTML begins with; says how many bytes that is.
    fn next(&mut self, html: &'a str) -> usize {
        let markup = markup_length(html);
        if markup == 0 {
            let skip = usize::from(html.starts_with('<'));
            let length = html[skip..].find('<').map_or(html.len(), |at| at + skip);
            self.prose(&html[..length]);
            return length;
        }
        let own = &html[..markup];
        let Some(tag) = Tag::of(own) else {
            self.parts.push(Part::Markup(own));
            return markup;
        };
        if !is_one_of(&WITHIN_LINES, tag.name) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if tag.closes {
            self.close(own, tag.name);
            return markup;
        }
        if is_link_of_heading(&tag) {
            return html.find("</a>").map_or(html.len(), |at| at + "</a>".len());
        }
        self.start(own, &tag);
        if is_one_of(&RAW, tag.name) {
            let raw = raw_length(&html[markup..], tag.name);
            self.parts.push(Part::Markup(&html[markup..markup + raw]));
            return markup + raw;
        }
        markup
    }

    fn prose(&mut self, text: &'a str) {
        if text.trim().is_empty() || self.unmarked > 0 {
            self.parts.push(Part::Markup(text));
            return;
        }
        self.parts.push(Part::Text(text, self.text.len()));
        self.text.push_str(text);
    }

    /// An end tag without a beginning would end what the blocks stand in.
    fn close(&mut self, markup: &'a str, name: &str) {
        let nearest = self.open.iter().rev().take(DEEPEST);
        if let Some(above) = nearest.clone().position(|open| open.eq_ignore_ascii_case(name)) {
            self.unmarked -= nearest.take(above + 1).filter(|name| is_one_of(&UNMARKED, name)).count();
            self.open.truncate(self.open.len() - above - 1);
            self.parts.push(Part::Markup(markup));
        }
    }

    fn start(&mut self, markup: &'a str, tag: &Tag<'a>) {
        let start = markup.len() - tag.attributes.len();
        let mut done = 0;
        let is_region = tag.name.eq_ignore_ascii_case("section");
        for Attribute { name, value, at, quote } in attributes(tag.attributes) {
            let (from, to) = (start + at, start + at + value.len());
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
            if is("id") {
                let before =
                    markup[..from].trim_end_matches(|c: char| "=\"'".contains(c) || c.is_whitespace());
                let before = before.len() - name.len();
                let before = markup[..before].trim_end().len();
                let to = to + usize::from(quote.is_some());
                self.parts.push(Part::Markup(&markup[done..before]));
                self.parts.push(Part::Id(&markup[before..to.min(markup.len())], value));
                done = to.min(markup.len());
            } else if is_one_of(&REFERENCES, name) && quote.is_some() {
                self.parts.push(Part::Markup(&markup[done..from]));
                self.parts.push(Part::References(value));
                done = to;
            } else if is_one_of(&ADDRESSES, name) {
                let whole = 0..value.len();
                for range in if is("srcset") { candidates(value) } else { vec![whole] } {
                    if is_relative(&value[range.clone()]) {
                        self.parts.push(Part::Markup(&markup[done..from + range.start]));
                        self.parts.push(Part::Relative);
                        done = from + range.start;
                    }
                }
            } else if is_region && is("aria-label") && quote == Some('"') {
                self.parts.push(Part::Markup(&markup[done..to]));
                self.parts.push(Part::Region);
                done = to;
            }
        }
        self.parts.push(Part::Markup(&markup[done..]));
        if !tag.stands_alone() {
            self.open.push(tag.name);
            self.unmarked += usize::from(is_one_of(&UNMARKED, tag.name));
        }
    }

    /// Writes the blocks into a column. `marks` are stretches of the text, in order.
    pub(crate) fn write(
        &self,
        out: &mut String,
        copies: &mut Copies,
        column: Column<'_>,
        marks: &[Range<usize>],
    ) {
        let mut marks = marks;
        for part in &self.parts {
            match part {
                Part::Markup(markup) => out.push_str(markup),
                Part::Text(text, at) => {
                    let over = marks.iter().take_while(|mark| mark.end <= *at).count();
                    marks = &marks[over..];
                    write_text(out, text, *at, marks);
                }
                Part::Id(whole, id) if copies.take(id) => out.push_str(whole),
                Part::Id(_, id) => {
                    if column.needed.contains(id) {
                        out.extend([" id=\"", id, "-", column.suffix, "\""]);
                    }
                }
                Part::References(value) => {
                    for (index, id) in value.split_ascii_whitespace().enumerate() {
                        out.extend([if index > 0 { " " } else { "" }, id]);
                        // The first column has the ids as they are.
                        if !column.suffix.is_empty() && copies.taken.contains(id) {
                            out.extend(["-", column.suffix]);
                        }
                    }
                }
                Part::Relative => out.push_str(column.page),
                Part::Region => out.extend([" · ", column.label]),
            }
        }
        let closed = self.open.iter().rev().filter(|name| !is_one_of(&ENDS_BY_ITSELF, name));
        closed.for_each(|name| out.extend(["</", name, ">"]));
    }
}

/// Whether an address counts from the page that it stands on; a fragment is on the new page, too.
fn is_relative(address: &str) -> bool {
    let address = address.trim_start();
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    });
    !has_scheme && !address.is_empty() && !address.starts_with(['/', '#', '&'])
}

fn is_link_of_heading(tag: &Tag<'_>) -> bool {
    let class = || super::attribute(tag.attributes, "class");
    tag.name == "a" && class().is_some_and(|class| LINKS_OF_HEADINGS.contains(&class))
}

/// Text that stands at `at` in the whole, of which `marks` are stretches that end behind its beginning.
fn write_text(out: &mut String, text: &str, at: usize, marks: &[Range<usize>]) {
    let mut done = 0;
    for mark in marks.iter().take_while(|mark| mark.start < at + text.len()) {
        let start = beginning(text, mark.start.saturating_sub(at)).max(done);
        let end = ending(text, (mark.end - at).min(text.len()));
        let marked = &text[start..end.max(start)];
        out.push_str(&text[done..start]);
        if marked.trim().is_empty() {
            out.push_str(marked);
        } else {
            out.extend(["<mark role=\"presentation\">", marked, "</mark>"]);
        }
        done = end.max(start);
    }
    out.push_str(&text[done..]);
}

/// The longest that an entity is.
const LONGEST_ENTITY: usize = 32;

/// The entity that a place in a text is inside of.
fn entity(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text[..at].rfind('&').filter(|start| at - start < LONGEST_ENTITY)?;
    let length = text[start..].find(';')? + 1;
    let is_one = text[start + 1..start + length - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    (is_one && length > 2 && start + length > at).then_some(start..start + length)
}

fn beginning(text: &str, at: usize) -> usize {
    entity(text, at).map_or(at, |entity| entity.start)
}

fn ending(text: &str, at: usize) -> usize {
    entity(text, at).map_or(at, |entity| entity.end)
}

/// Follows what HTML opens and closes over several stretches, as it stands around Markdown.
#[derive(Debug)]
pub(crate) struct Balance<'a> {
    block: Block<'a>,
}

impl Default for Balance<'_> {
    fn default() -> Self {
        Self { block: Block::inside(Vec::new()) }
    }
}

impl<'a> Balance<'a> {
    /// Takes a stretch.
    pub(crate) fn take(&mut self, html: &'a str) {
        let mut rest = html;
        while !rest.is_empty() {
            let length = self.block.next(rest);
            rest = &rest[length..];
        }
        // Only what is open matters.
        self.block.parts.clear();
        self.block.text.clear();
    }

    /// Whether everything is closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.block.open.is_empty()
    }

    /// Whether nothing is open but what a next block closes.
    pub(crate) fn ends_here(&self) -> bool {
        self.block.open.iter().all(|name| is_one_of(&ENDS_BY_ITSELF, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(html: &str) -> String {
        marked(html, 0..0)
    }

    fn marked(html: &str, mark: Range<usize>) -> String {
        let (mut copies, mut out) = (Copies::default(), String::new());
        copies.take("row");
        let needed = HashSet::from(["row"]);
        let column = Column { label: "繁體", page: "/zh-hant/a/", suffix: "zh-Hant", needed: &needed };
        Block::read(html).write(&mut out, &mut copies, column, std::slice::from_ref(&mark));
        out
    }

    #[test]
    fn an_id_is_there_once() {
        assert_eq!(
            copied("<p id=\"a\">甲</p><p id = 'a' class=x>乙</p>"),
            "<p id=\"a\">甲</p><p class=x>乙</p>"
        );
        assert_eq!(copied("<p id=a>甲</p><p id=a>乙</p>"), "<p id=a>甲</p><p>乙</p>");
        assert_eq!(
            copied("<label for=\"row\">甲</label><input id=\"row\">"),
            "<label for=\"row-zh-Hant\">甲</label><input id=\"row-zh-Hant\">"
        );
    }

    #[test]
    fn what_is_open_is_closed_and_what_closes_nothing_is_dropped() {
        assert_eq!(copied("</div><section><b>甲<p>乙"), "<section><b>甲<p>乙</b></section>");
        assert_eq!(copied("<div>甲</b></div><br>"), "<div>甲</div><br>");
    }

    #[test]
    fn links_behind_headings_are_left_out() {
        let heading = "<h2>甲</h2><a class=\"permalink\" href=\"#a\">#</a><a class=\"twin\" href=\"/b\">繁</a><a href=\"/x\">乙</a>";
        assert_eq!(copied(heading), "<h2>甲</h2><a href=\"/x\">乙</a>");
        assert_eq!(Block::read(heading).text(), "甲\n乙");
    }

    #[test]
    fn marks_keep_to_the_elements() {
        let html = "<p>甲<b>乙</b>丙</p><p>丁</p>";
        assert_eq!(Block::read(html).text(), "甲乙丙\n丁\n");
        assert_eq!(
            marked(html, 3..9),
            "<p>甲<b><mark role=\"presentation\">乙</mark></b><mark role=\"presentation\">丙</mark></p><p>丁</p>"
        );
        assert_eq!(marked("<svg><text>甲</text></svg>", 0..3), "<svg><text>甲</text></svg>");
    }

    #[test]
    fn an_entity_is_marked_as_a_whole() {
        assert_eq!(marked("甲&lt;乙", 4..5), "甲<mark role=\"presentation\">&lt;</mark>乙");
        assert_eq!(marked("甲&乙;", 4..7), "甲&<mark role=\"presentation\">乙</mark>;");
    }

    #[test]
    fn addresses_count_from_where_they_were_written() {
        assert_eq!(
            copied(
                "<svg><image href=\"../a.png\"/></svg><img srcset='b.png 1x, /c.png 2x'><a href=\"#x\">甲</a><a href=\"https://d\">乙</a>"
            ),
            "<svg><image href=\"/zh-hant/a/../a.png\"/></svg><img srcset='/zh-hant/a/b.png 1x, /c.png 2x'><a href=\"#x\">甲</a><a href=\"https://d\">乙</a>"
        );
    }

    #[test]
    fn regions_are_told_apart() {
        assert_eq!(
            copied("<section aria-label=\"表格 1\"></section>"),
            "<section aria-label=\"表格 1 · 繁體\"></section>"
        );
    }

    #[test]
    fn html_around_markdown_is_balanced_when_all_is_closed() {
        let mut balance = Balance::default();
        balance.take("<div class=\"a\">");
        balance.take("<p>甲</p>");
        assert!(!balance.is_closed() && !balance.ends_here());
        balance.take("</div>");
        assert!(balance.is_closed());
        balance.take("<p>甲");
        assert!(!balance.is_closed() && balance.ends_here());
    }
}
