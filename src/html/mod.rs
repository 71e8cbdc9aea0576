//! HTML: in content, where it is allowed, taken apart into markup, which stays, and text, which is converted; and in finished pages,
//! what they refer to; and of finished blocks a copy that stands beside another.
//!
//! In: stretches of HTML in order, and how deep in the document each stands; or a page. Out: their parts; or its ids and addresses.
//! Never: a change to them.

mod block;

pub(crate) use block::{Balance, Block, Column, Copies};

use quick_xml::escape;
use std::borrow::Cow;
use std::ops::Range;

/// A part of a stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// What stays as it is: tags and parts of them, comments, text that is none of ours.
    Markup(&'a str),
    /// Text, with its entities as written.
    Text(&'a str),
    /// An attribute's value that a reader reads or hears, and its quotation mark.
    Value(&'a str, Option<char>),
    /// An attribute's value, or a part of it, that leads somewhere.
    Address(Address<'a>),
    /// The id of the element whose tag comes next; no part of its own.
    Id(&'a str),
    /// The name of `<a name="…">`, to which links lead as to an id; no part of its own.
    Name(&'a str),
}

impl Part<'_> {
    /// The bytes that it has of the whole.
    pub(crate) fn length(&self) -> usize {
        match self {
            Part::Markup(text) | Part::Text(text) | Part::Value(text, _) => text.len(),
            Part::Address(address) => address.written.len(),
            Part::Id(_) | Part::Name(_) => 0,
        }
    }
}

/// An address in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    /// As it stands there.
    pub(crate) written: &'a str,
    /// The quotation mark around the value.
    pub(crate) quote: Option<char>,
    /// Whether a picture is expected there.
    pub(crate) is_image: bool,
}

impl<'a> Address<'a> {
    /// What it says, its entities read.
    pub(crate) fn destination(&self) -> Cow<'a, str> {
        // An `&` that begins no entity is one itself.
        escape::unescape(self.written).unwrap_or(Cow::Borrowed(self.written))
    }

    /// Whether it is a path, or a picture elsewhere, which pages do not show. All other addresses are the author's business.
    fn is_ours(&self) -> bool {
        let destination = self.destination();
        let destination = destination.trim_start();
        let scheme = scheme(destination);
        let is_web =
            |scheme: &str| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        match scheme {
            Some(scheme) => self.is_image && is_web(scheme),
            None => !destination.is_empty() && (self.is_image || !destination.starts_with("//")),
        }
    }
}

/// What an address names in front of its first colon.
fn scheme(address: &str) -> Option<&str> {
    address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// Whether an address begins with a scheme.
pub(crate) fn has_scheme(address: &str) -> bool {
    scheme(address).is_some()
}

/// Elements that hold code: it stays as it is.
const CODE: [&str; 5] = ["pre", "code", "kbd", "samp", "var"];
/// Elements that hold something else than prose and tags.
const RAW: [&str; 3] = ["script", "style", "textarea"];
const DRAWING: [&str; 2] = ["svg", "math"];
/// Elements that show something without text in them.
const SHOWN: [&str; 13] = [
    "img", "svg", "math", "hr", "input", "video", "audio", "iframe", "object", "embed", "canvas", "meter",
    "progress",
];
/// Elements that hold nothing.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Attributes that are read or heard.
const TEXTS: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];

// Not inlined: the lists would be unrolled wherever they are asked, which makes the program 12 KB larger and no build faster.
#[inline(never)]
fn is_one_of(names: &[&str], own: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(own))
}

/// What an element holds, and so how it is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Prose, which is converted.
    Prose,
    /// Code.
    Code,
    /// Text in another language, or that is not to be translated.
    Foreign,
    /// A drawing or a formula.
    Drawing,
    /// A script, a style sheet, what a form begins with.
    Raw,
}

/// A tag as far as conversion needs to know it.
struct Tag<'a> {
    /// Its name as written.
    name: &'a str,
    closes: bool,
    /// All from behind the name on.
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads a tag; nothing where it is a comment or a declaration.
    fn of(markup: &'a str) -> Option<Self> {
        let inner = markup.strip_prefix('<')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let length = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let (name, attributes) = inner.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        Some(Self { name, closes, attributes })
    }

    /// Whether the element is in another language, or not to be translated.
    fn is_foreign(&self) -> bool {
        attribute(self.attributes, "lang").is_some_and(|lang| !lang.to_ascii_lowercase().starts_with("zh"))
            || attribute(self.attributes, "translate") == Some("no")
    }

    /// Whether its element has no inside.
    fn stands_alone(&self) -> bool {
        // `<br lang="en" />` holds nothing; `<code/>` opens an element like any other.
        let may = || is_one_of(&DRAWING, self.name) || (!is_one_of(&RAW, self.name) && self.is_foreign());
        is_one_of(&VOID, self.name) || (self.attributes.ends_with("/>") && may())
    }

    fn holds(&self) -> Holds {
        if is_one_of(&RAW, self.name) {
            Holds::Raw
        } else if is_one_of(&DRAWING, self.name) {
            Holds::Drawing
        } else if self.is_foreign() {
            Holds::Foreign
        } else if is_one_of(&CODE, self.name) {
            Holds::Code
        } else {
            Holds::Prose
        }
    }

    /// What an attribute of this name leads to: to a picture (true), to something else, or nowhere.
    fn leads_to_image(&self, attribute: &str) -> Option<bool> {
        let is =
            |names: &[&str], own: &str| is_one_of(names, self.name) && own.eq_ignore_ascii_case(attribute);
        if is(&["img"], "src") || is(&["img", "source"], "srcset") || is(&["video"], "poster") {
            Some(true)
        } else if is(&["a", "area"], "href") || is(&["source", "video", "audio", "track"], "src") {
            Some(false)
        } else {
            None
        }
    }
}

/// An attribute of a tag.
struct Attribute<'a> {
    name: &'a str,
    /// As written, without quotation marks.
    value: &'a str,
    /// Where it stands among the attributes.
    at: usize,
    quote: Option<char>,
}

/// The attributes of a tag, from behind its name on.
fn attributes(text: &str) -> impl Iterator<Item = Attribute<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let skipped = rest.bytes().take_while(|b| b.is_ascii_whitespace() || *b == b'/').count();
        rest = &rest[skipped..];
        let length = rest.bytes().take_while(|b| !b.is_ascii_whitespace() && !b"=>/".contains(b)).count();
        let (name, after) = rest.split_at(length);
        if name.is_empty() {
            return None;
        }
        let Some(written) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            return Some(Attribute { name, value: "", at: text.len() - after.len(), quote: None });
        };
        let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = |c: char| c.is_ascii_whitespace() || c == '>';
        let (value, after) = match quote {
            Some(mark) => written[1..].split_once(mark).unwrap_or((&written[1..], "")),
            None => written.split_at(written.find(end).unwrap_or(written.len())),
        };
        rest = after;
        let at = text.len() - written.len() + usize::from(quote.is_some());
        Some(Attribute { name, value, at, quote })
    })
}

/// The value of an attribute, as written.
fn attribute<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    attributes(text).find(|own| own.name.eq_ignore_ascii_case(wanted)).map(|own| own.value)
}

/// The addresses of a `srcset`: `town.png 1x, town-large.png 2x`.
fn candidates(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        at += value[at..].len()
            - value[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',').len();
        let length = value[at..].find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len() - at);
        if length == 0 {
            return found;
        }
        let address = value[at..at + length].trim_end_matches(',');
        found.push(at..at + address.len());
        at += length;
        if address.len() == length {
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
}

/// Reads the HTML of a document. It remembers the element that is open whose insides are left alone, which may reach over several
/// stretches with Markdown in between.
#[derive(Default)]
pub(crate) struct Reader {
    open: Option<Open>,
}

/// An element whose insides are left alone.
struct Open {
    name: String,
    /// How deep it is nested in itself.
    depth: usize,
    holds: Holds,
    /// How deep in the document it stands.
    level: usize,
}

impl Reader {
    /// What text here is.
    pub(crate) fn holds(&self) -> Holds {
        self.open.as_ref().map_or(Holds::Prose, |open| open.holds)
    }

    /// Whether text here is in a script or a style sheet, where markup is no markup.
    pub(crate) fn is_in_script(&self) -> bool {
        self.open.as_ref().is_some_and(|open| ["script", "style"].contains(&open.name.as_str()))
    }

    /// Whether everything at this depth is left alone.
    pub(crate) fn is_around(&self, level: usize) -> bool {
        self.open.as_ref().is_some_and(|open| open.level < level)
    }

    /// What is open deeper than this ends here, closed or not.
    pub(crate) fn leave(&mut self, level: usize) {
        self.open.take_if(|open| open.level > level);
    }

    /// A paragraph is closed by whatever block comes next.
    pub(crate) fn end_block(&mut self) {
        self.open.take_if(|open| open.name == "p");
    }

    /// Takes HTML apart that stands so deep in the document. Everything is in exactly one part, in order.
    pub(crate) fn parts<'a>(&mut self, html: &'a str, level: usize) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut rest = html;
        while !rest.is_empty() {
            let length = self.next(rest, level, &mut parts);
            rest = &rest[length..];
        }
        parts
    }

    /// Adds the parts that `html` begins with. Returns the bytes that they take.
    fn next<'a>(&mut self, html: &'a str, level: usize, parts: &mut Vec<Part<'a>>) -> usize {
        let raw = self
            .open
            .as_ref()
            .filter(|open| open.holds == Holds::Raw)
            .map_or(0, |open| raw_length(html, &open.name));
        if raw > 0 {
            parts.push(Part::Markup(&html[..raw]));
            return raw;
        }
        let markup = markup_length(html);
        if markup == 0 {
            // A `<` that opens nothing is text.
            let skip = usize::from(html.starts_with('<'));
            let length = html[skip..].find('<').map_or(html.len(), |at| at + skip);
            let text = &html[..length];
            parts.push(if self.open.is_none() { Part::Text(text) } else { Part::Markup(text) });
            return length;
        }
        let own = &html[..markup];
        match Tag::of(own) {
            Some(tag) => self.tag(own, &tag, level, parts),
            None => parts.push(Part::Markup(own)),
        }
        markup
    }

    fn tag<'a>(&mut self, markup: &'a str, tag: &Tag<'a>, level: usize, parts: &mut Vec<Part<'a>>) {
        let around = self.holds();
        self.follow(tag, level);
        if tag.closes || matches!(around, Holds::Raw | Holds::Drawing) {
            parts.push(Part::Markup(markup));
            return;
        }
        parts.extend(attribute(tag.attributes, "id").map(Part::Id));
        let name = attribute(tag.attributes, "name").filter(|_| tag.name.eq_ignore_ascii_case("a"));
        parts.extend(name.map(Part::Name));
        let reads = around == Holds::Prose && !tag.is_foreign();
        let start = markup.len() - tag.attributes.len();
        let mut done = 0;
        for own in attributes(tag.attributes) {
            for (range, part) in parts_of_value(tag, &own, reads) {
                let at = start + own.at + range.start;
                parts.push(Part::Markup(&markup[done..at]));
                parts.push(part);
                done = at + range.len();
            }
        }
        parts.push(Part::Markup(&markup[done..]));
    }

    /// Keeps count of what is open.
    fn follow(&mut self, tag: &Tag<'_>, level: usize) {
        match &mut self.open {
            None if !tag.closes && !tag.stands_alone() && tag.holds() != Holds::Prose => {
                let name = tag.name.to_ascii_lowercase();
                self.open = Some(Open { name, depth: 1, holds: tag.holds(), level });
            }
            Some(open) if open.name.eq_ignore_ascii_case(tag.name) && !tag.stands_alone() => {
                open.depth = if tag.closes { open.depth - 1 } else { open.depth + 1 };
                self.open.take_if(|open| open.depth == 0);
            }
            _ => {}
        }
    }
}

/// What of an attribute's value is not to stay as it is, and where in it.
fn parts_of_value<'a>(tag: &Tag<'a>, own: &Attribute<'a>, reads: bool) -> Vec<(Range<usize>, Part<'a>)> {
    let (value, quote) = (own.value, own.quote);
    if is_one_of(&TEXTS, own.name) {
        let is_text = reads && !value.is_ascii();
        return is_text.then_some((0..value.len(), Part::Value(value, quote))).into_iter().collect();
    }
    let Some(is_image) = tag.leads_to_image(own.name) else { return Vec::new() };
    let is_list = own.name.eq_ignore_ascii_case("srcset");
    let whole = 0..value.len();
    let ranges = if is_list { candidates(value) } else { vec![whole] };
    let address = |range: Range<usize>| {
        let address = Address { written: &value[range.clone()], quote, is_image };
        address.is_ours().then_some((range, Part::Address(address)))
    };
    ranges.into_iter().filter_map(address).collect()
}

/// What a page refers to, and what in it can be referred to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct References<'a> {
    pub(crate) ids: Vec<Cow<'a, str>>,
    pub(crate) addresses: Vec<Cow<'a, str>>,
}

/// The references of a whole page.
pub(crate) fn references(page: &str) -> References<'_> {
    let mut found = References::default();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let length = markup_length(rest).max(1);
        let tag = Tag::of(&rest[..length]).filter(|tag| !tag.closes);
        rest = &rest[length..];
        let Some(tag) = tag else { continue };
        for own in attributes(tag.attributes) {
            found.add(&tag, &own);
        }
        if is_one_of(&RAW, tag.name) {
            rest = &rest[raw_length(rest, tag.name)..];
        }
    }
    found
}

impl<'a> References<'a> {
    fn add(&mut self, tag: &Tag<'a>, own: &Attribute<'a>) {
        let is = |name: &str| own.name.eq_ignore_ascii_case(name);
        let read = |value: &'a str| escape::unescape(value).unwrap_or(Cow::Borrowed(value));
        if is("id") || (is("name") && tag.name.eq_ignore_ascii_case("a")) {
            self.ids.push(read(own.value));
        } else if is("srcset") {
            self.addresses.extend(candidates(own.value).into_iter().map(|range| read(&own.value[range])));
        } else if (is("href") && !tag.name.eq_ignore_ascii_case("base")) || is("src") || is("poster") {
            self.addresses.push(read(own.value));
        }
    }
}

/// Where in a page the addresses of its style sheets stand.
pub(crate) fn style_sheets(page: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = page[at..].find('<') {
        let start = at + next;
        at = start + markup_length(&page[start..]).max(1);
        let Some(tag) = Tag::of(&page[start..at]).filter(|tag| !tag.closes) else { continue };
        let is_sheet = tag.name.eq_ignore_ascii_case("link")
            && attribute(tag.attributes, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet"));
        let inside = at - tag.attributes.len();
        let own = attributes(tag.attributes).filter(|own| is_sheet && own.name.eq_ignore_ascii_case("href"));
        found.extend(own.map(|own| inside + own.at..inside + own.at + own.value.len()));
        if is_one_of(&RAW, tag.name) {
            at += raw_length(&page[at..], tag.name);
        }
    }
    found
}

/// HTML of a page with something before each address in it, so that it leads there from elsewhere too. `prefix` is asked with the
/// address, its entities read.
pub(crate) fn prefixed<'p>(html: &str, prefix: impl Fn(&str) -> Option<&'p str>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut done = 0;
    let mut at = 0;
    while let Some(next) = html[at..].find('<') {
        let start = at + next;
        let length = markup_length(&html[start..]).max(1);
        at = start + length;
        let Some(tag) = Tag::of(&html[start..at]).filter(|tag| !tag.closes) else { continue };
        let inside = at - tag.attributes.len();
        for own in attributes(tag.attributes) {
            for range in addresses(&tag, &own) {
                let read = escape::unescape(&own.value[range.clone()]);
                let before = read.ok().and_then(|address| prefix(&address)).unwrap_or_default();
                let place = inside + own.at + range.start;
                out.push_str(&html[done..place]);
                out.push_str(&before.replace('&', "&amp;").replace('\'', "&#39;"));
                done = place;
            }
        }
        if tag.holds() == Holds::Raw {
            at += raw_length(&html[at..], tag.name);
        }
    }
    out.push_str(&html[done..]);
    out
}

/// The addresses in the value of an attribute that a reader of the page follows or sees.
fn addresses(tag: &Tag<'_>, own: &Attribute<'_>) -> Vec<Range<usize>> {
    let is = |name: &str| own.name.eq_ignore_ascii_case(name);
    let leads = is("href") && is_one_of(&["a", "area"], tag.name);
    let is_one = leads || is("src") || is("poster");
    if is("srcset") {
        candidates(own.value)
    } else {
        is_one.then_some(0..own.value.len()).into_iter().collect()
    }
}

/// Whether it holds a comment that ends what a page shows of itself in lists: `<!-- more -->`, as Hugo, Hexo and Zola write
/// it, or Docusaurus's `<!-- truncate -->`.
pub(crate) fn holds_more(html: &str) -> bool {
    let mut comments = html.split("<!--").skip(1).filter_map(|rest| rest.split_once("-->"));
    comments.any(|(inside, _)| {
        let word = inside.trim();
        word.eq_ignore_ascii_case("more") || word.eq_ignore_ascii_case("truncate")
    })
}

/// Whether a reader sees something of it, or a link may lead to it.
pub(crate) fn shows_something(html: &str) -> bool {
    let mut rest = html;
    while !rest.is_empty() {
        let length = markup_length(rest);
        if length == 0 {
            let skip = usize::from(rest.starts_with('<'));
            let length = rest[skip..].find('<').map_or(rest.len(), |at| at + skip);
            if !rest[..length].trim().is_empty() {
                return true;
            }
            rest = &rest[length..];
            continue;
        }
        let tag = Tag::of(&rest[..length]).filter(|tag| !tag.closes);
        if tag.is_some_and(|tag| is_one_of(&SHOWN, tag.name) || attribute(tag.attributes, "id").is_some()) {
            return true;
        }
        rest = &rest[length..];
    }
    false
}

/// Whether it is nothing but comments and white space.
pub(crate) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim_start();
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix("<!--") else { return false };
        rest = inside.split_once("-->").map_or("", |(_, after)| after.trim_start());
    }
    true
}

/// The bytes of the tag or comment at the start of `html`; 0 where there is none.
fn markup_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let opens = html.starts_with('<')
        && html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    if opens { tag_length(html) } else { 0 }
}

/// The bytes up to the tag that closes the element `name`, or to the end.
fn raw_length(html: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        let own = &html.as_bytes()[at + 2..];
        let is_name = own.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
        is_name && !own.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    html.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(html.len())
}

/// The bytes of a tag, whose attributes may hold `>` in quotation marks.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, b) in html.bytes().enumerate() {
        match quote {
            Some(mark) if b == mark => quote = None,
            Some(_) => {}
            None if b == b'"' || b == b'\'' => quote = Some(b),
            None if b == b'>' => return at + 1,
            None => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::Part::{Id, Markup, Name, Text, Value};
    use super::*;

    fn parts(html: &str) -> Vec<Part<'_>> {
        Reader::default().parts(html, 0)
    }

    /// The texts and values of HTML.
    fn texts(html: &str) -> Vec<&str> {
        let text = |part: &Part<'_>| matches!(part, Text(_) | Value(..));
        let own = |part| match part {
            Text(text) | Value(text, _) => text,
            _ => "",
        };
        parts(html).into_iter().filter(text).map(own).collect()
    }

    fn addresses(html: &str) -> Vec<&str> {
        let own = |part| match part {
            Part::Address(address) => Some(address.written),
            _ => None,
        };
        parts(html).into_iter().filter_map(own).collect()
    }

    #[test]
    fn text_is_told_from_markup() {
        assert_eq!(
            parts("<b id=x title=\"a>发\">发</b>"),
            [
                Id("x"),
                Markup("<b id=x title=\""),
                Value("a>发", Some('"')),
                Markup("\">"),
                Text("发"),
                Markup("</b>")
            ]
        );
        assert_eq!(texts("<code>发</code>展 < 发"), ["展 ", "< 发"]);
        assert_eq!(texts("<i lang=\"ja\">国<i>会</i></i>发"), ["发"]);
        assert_eq!(texts("<i lang=zh-Hans>国</i>"), ["国"]);
        assert_eq!(texts("<img lang=en alt=\"发\">发<br lang=\"en\" />展"), ["发", "展"]);
        assert_eq!(texts("<script>if (a</b/.test(x)) '发'</SCRIPT >发"), ["发"]);
        assert_eq!(texts("<svg/>发<svg><g><svg/>展</g></svg>"), ["发"]);
    }

    #[test]
    fn everything_is_in_one_part() {
        for html in [
            "<a href = 发 title='发' ALT=发>发</a",
            "<a title=\"发",
            "<",
            "<a b",
            "<img srcset=\" a 1x ,,b, c\">",
        ] {
            let mut at = 0;
            for part in parts(html) {
                if let Markup(text) | Text(text) | Value(text, _) = part {
                    assert!(html[at..].starts_with(text), "{html}");
                }
                at += part.length();
            }
            assert_eq!(at, html.len(), "{html}");
        }
    }

    #[test]
    fn an_element_reaches_over_stretches() {
        let mut reader = Reader::default();
        reader.parts("<div lang=\"ja\"><div>", 1);
        assert_eq!(reader.parts("国</div>会", 1), [Markup("国"), Markup("</div>"), Markup("会")]);
        assert!(reader.is_around(2) && !reader.is_around(1));
        reader.leave(1);
        assert_eq!(reader.holds(), Holds::Foreign);
        reader.leave(0);
        assert_eq!(reader.holds(), Holds::Prose);
    }

    #[test]
    fn addresses_of_ours_are_found() {
        assert_eq!(
            addresses("<a href=./a.md><a HREF='b.md#发'><a href=\"https://例.cn\"><a href=//例.cn>"),
            ["./a.md", "b.md#发"]
        );
        assert_eq!(
            addresses("<img src=https://例.cn/a.png><img src=\"data:x\"><a href='mailto:a@b'>"),
            ["https://例.cn/a.png"]
        );
        assert_eq!(
            addresses("<img srcset=\"a.png 1x, b.png 2x\"><video poster=c.png src=d.mp4>"),
            ["a.png", "b.png", "c.png", "d.mp4"]
        );
        assert_eq!(addresses("<svg><a href=\"a\"/></svg><pre><a href=b>"), ["b"]);
        let address = Address { written: "a.md?x=1&amp;y=2", quote: None, is_image: false };
        assert_eq!(address.destination(), "a.md?x=1&y=2");
    }

    #[test]
    fn comments_are_told_from_content() {
        assert!(is_comment("<!-- 发 -->\n<!-- <p> -->"));
        assert!(!is_comment("<!-- 发 --><p>"));
    }

    #[test]
    fn ids_are_found() {
        let ids =
            |html| parts(html).into_iter().filter(|part| matches!(part, Id(_) | Name(_))).collect::<Vec<_>>();
        assert_eq!(ids("<a name=x id = 'here'>"), [Id("here"), Name("x")]);
        assert_eq!(ids("<b data-id=\"x\" name=\"y\">"), []);
    }
}
