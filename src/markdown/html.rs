//! HTML in content, where it is allowed: taken apart into markup, which stays, and text, which is converted.

/// A part of a stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A tag, a comment, or an element with everything inside it that is not prose.
    Markup(&'a str),
    /// Text, with its entities as written.
    Text(&'a str),
}

/// Elements that hold code: it stays as it is.
const CODE: [&str; 5] = ["pre", "code", "kbd", "samp", "var"];
/// Elements that hold something else than prose.
const OPAQUE: [&str; 5] = ["script", "style", "textarea", "svg", "math"];

/// What an element holds, and so how it is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// As prose, which is converted.
    Prose,
    /// As code.
    Code,
    /// As something that is none of ours: another language, a script, a drawing.
    Foreign,
}

/// A tag as far as conversion needs to know it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub(super) name: &'a str,
    /// Whether it closes an element.
    pub(super) closes: bool,
    /// What the element holds that it opens.
    pub(super) holds: Holds,
    /// Its id.
    pub(super) id: Option<&'a str>,
}

impl<'a> Tag<'a> {
    /// Reads the tag that `markup` begins with; nothing where it is a comment or a declaration.
    pub(super) fn of(markup: &'a str) -> Option<Self> {
        let inner = markup.strip_prefix('<')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let length = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let (name, rest) = inner.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let attributes = &rest[..tag_length(rest)];
        let holds = if closes { Holds::Prose } else { holds(name, attributes) };
        Some(Self { name, closes, holds, id: attribute(attributes, "id") })
    }
}

fn holds(name: &str, attributes: &str) -> Holds {
    let is_one_of = |names: &[&str]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    let is_foreign =
        attribute(attributes, "lang").is_some_and(|lang| !lang.to_ascii_lowercase().starts_with("zh"));
    let is_kept = is_foreign || attribute(attributes, "translate") == Some("no");
    // `<br lang="en" />` holds nothing; `<code/>` opens an element like any other.
    let stands_alone = attributes.ends_with("/>");
    if is_one_of(&OPAQUE) || (is_kept && !stands_alone) {
        Holds::Foreign
    } else if is_one_of(&CODE) {
        Holds::Code
    } else {
        Holds::Prose
    }
}

/// Text as HTML writes it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Takes HTML apart. Everything is in exactly one part, in order.
pub(super) fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let markup = if rest.starts_with('<') { markup_length(rest) } else { 0 };
        if markup > 0 {
            parts.push(Part::Markup(&rest[..markup]));
            rest = &rest[markup..];
            continue;
        }
        // A `<` that opens nothing is text.
        let skip = usize::from(rest.starts_with('<'));
        let text = rest[skip..].find('<').map_or(rest.len(), |i| i + skip);
        parts.push(Part::Text(&rest[..text]));
        rest = &rest[text..];
    }
    parts
}

/// Whether it is nothing but comments and white space.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim_start();
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix("<!--") else { return false };
        rest = inside.split_once("-->").map_or("", |(_, after)| after.trim_start());
    }
    true
}

/// Whether it holds a comment that ends what a page shows of itself in lists: `<!-- more -->`, as Hugo, Hexo and Zola write
/// it, or Docusaurus's `<!-- truncate -->`.
pub(super) fn holds_more(html: &str) -> bool {
    let mut comments = html.split("<!--").skip(1).filter_map(|rest| rest.split_once("-->"));
    comments.any(|(inside, _)| {
        let word = inside.trim();
        word.eq_ignore_ascii_case("more") || word.eq_ignore_ascii_case("truncate")
    })
}

/// The bytes of the tag, comment or opaque element at the start of `html`; 0 where there is none.
fn markup_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    if !html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
        return 0;
    }
    let end = tag_length(html);
    match Tag::of(html) {
        Some(tag) if tag.holds != Holds::Prose => end + inside_length(&html[end..], tag.name),
        _ => end,
    }
}

/// The bytes up to the end of the tag that closes the element `name`, or to the end.
fn inside_length(html: &str, name: &str) -> usize {
    let mut depth = 1;
    for (at, _) in html.match_indices('<') {
        let Some(tag) = Tag::of(&html[at..]).filter(|tag| tag.name.eq_ignore_ascii_case(name)) else {
            continue;
        };
        depth = if tag.closes { depth - 1 } else { depth + 1 };
        if depth == 0 {
            return at + tag_length(&html[at..]);
        }
    }
    html.len()
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

/// The value of an attribute, as written.
fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        if name.is_empty() {
            return None;
        }
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", after),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(mark @ ('"' | '\'')) => text[1..].split_once(mark).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_markup() {
        use Part::{Markup, Text};
        assert_eq!(
            parts("<b title=\"a>b\">发</b>"),
            [Markup("<b title=\"a>b\">"), Text("发"), Markup("</b>")]
        );
        assert_eq!(parts("<code>发</code>发 < 发"), [Markup("<code>发</code>"), Text("发 "), Text("< 发")]);
        assert_eq!(
            parts("<i lang=\"ja\">国<i>会</i></i>发"),
            [Markup("<i lang=\"ja\">国<i>会</i></i>"), Text("发")]
        );
        assert_eq!(parts("<i lang=zh-Hans>国</i>"), [Markup("<i lang=zh-Hans>"), Text("国"), Markup("</i>")]);
    }

    #[test]
    fn comments_are_told_from_content() {
        assert!(is_comment("<!-- 发 -->\n<!-- <p> -->"));
        assert!(!is_comment("<!-- 发 --><p>"));
    }

    #[test]
    fn marks_of_a_lead_are_found() {
        for mark in ["<!--more-->", "<!-- more -->", "<p>\n<!-- x --><!-- Truncate -->"] {
            assert!(holds_more(mark), "{mark}");
        }
        assert!(!holds_more("<!-- more of it --> more -->"));
    }

    #[test]
    fn ids_are_found() {
        let id = |markup| Tag::of(markup).and_then(|tag| tag.id);
        assert_eq!(id("<a name=x id = 'here'>"), Some("here"));
        assert_eq!(id("<a data-id=\"x\">"), None);
    }
}
