//! HTML in content, where it is allowed: taken apart into markup, which stays, and text, which is converted.

/// A part of a stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Tags, comments, and the insides of elements whose text is not prose.
    Markup(&'a str),
    /// Text, with its entities as written.
    Text(&'a str),
}

/// Elements whose insides are not prose.
const OPAQUE: [&str; 7] = ["script", "style", "pre", "code", "textarea", "svg", "math"];

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
    parts(html).iter().all(|part| match part {
        Part::Markup(markup) => markup.starts_with("<!--"),
        Part::Text(text) => text.trim().is_empty(),
    })
}

/// The bytes of the tag, comment or opaque element at the start of `html`; 0 where there is none.
fn markup_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let is_tag = html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    if !is_tag {
        return 0;
    }
    let end = tag_length(html);
    let name: String =
        html[1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if !OPAQUE.contains(&name.as_str()) || html[..end].ends_with("/>") {
        return end;
    }
    let closing = format!("</{name}");
    let inside = &html[end..];
    // ASCII lower case keeps every offset.
    match inside.to_ascii_lowercase().find(&closing) {
        Some(at) => end + at + tag_length(&inside[at..]),
        None => html.len(),
    }
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
    use super::*;

    #[test]
    fn text_is_told_from_markup() {
        use Part::{Markup, Text};
        assert_eq!(
            parts("<b title=\"a>b\">发</b>"),
            [Markup("<b title=\"a>b\">"), Text("发"), Markup("</b>")]
        );
        assert_eq!(parts("<code>发</code>发 < 发"), [Markup("<code>发</code>"), Text("发 "), Text("< 发")]);
        assert!(is_comment("<!-- 发 -->\n"));
        assert!(!is_comment("<!-- 发 --><p>"));
    }
}
