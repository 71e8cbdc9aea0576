//! Escaping for HTML text and attributes.

use std::fmt::Write;

/// Appends text, safe between tags.
pub(super) fn text(out: &mut String, text: &str) {
    escaped(out, text, false);
}

/// Appends text, safe within a double-quoted attribute.
pub(super) fn attribute(out: &mut String, text: &str) {
    escaped(out, text, true);
}

/// Appends what is escaped already, safe within an attribute that has these quotation marks, or none.
pub(super) fn value(out: &mut String, text: &str, quote: Option<char>) {
    if text.is_empty() && quote.is_none() {
        return out.push_str("\"\"");
    }
    for c in text.chars() {
        let ends = quote.map_or(c.is_ascii_whitespace() || c == '>', |quote| c == quote);
        if ends {
            // Writing to a String cannot fail.
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
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
