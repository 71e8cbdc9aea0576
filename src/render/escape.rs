//! Escaping for HTML text and attributes.

/// Appends text, safe between tags.
pub(super) fn text(out: &mut String, text: &str) {
    escaped(out, text, false);
}

/// Appends text, safe within a double-quoted attribute.
pub(super) fn attribute(out: &mut String, text: &str) {
    escaped(out, text, true);
}

fn escaped(out: &mut String, text: &str, quotes: bool) {
    let mut copied = 0;
    for (at, b) in text.bytes().enumerate() {
        let entity = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quotes => "&quot;",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(entity);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
}
