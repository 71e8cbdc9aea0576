//! Regular expressions that PCRE and RE2 read alike, and that no configuration file reads anything into.

use std::fmt::Write;

/// A text as a pattern that matches it and nothing else. Whatever may mean something to an expression or to the file around it
/// is written by its number: no quotation mark, dollar sign, brace, space or backslash before one of them is left.
pub(super) fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"/_".contains(c) {
            // Writing to a String cannot fail.
            let _ = write!(pattern, "\\x{:02x}", u32::from(c));
        } else {
            pattern.push(c);
        }
    }
    pattern
}

/// Any of several texts.
pub(super) fn any<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(literal).collect();
    format!("(?:{})", texts.join("|"))
}

/// What must not be handed out: what is for servers, and hidden files but those of `.well-known`. It follows the base path.
/// RE2 has no way to say "but not".
pub(super) const PRIVATE: &str = r"(?:_host(?:/|$)|_headers$|_redirects$|(?:.*/)?\.(?:[^w/]|w[^e/]|we[^l/]))";

/// A query that asks for the page where readers choose their edition.
pub(super) const CHOOSE: &str = "(?:^|&)choose(?:=|&|$)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_literal_means_anything() {
        assert_eq!(literal("/旧/a b"), "/旧/a\\x20b");
        let hostile: String = (' '..='~').collect();
        let pattern = literal(&hostile);
        let left = |c: char| !(c.is_ascii_alphanumeric() || "\\/_".contains(c));
        assert_eq!(pattern.find(left), None, "{pattern}");
        assert!(!pattern.contains("\\\\"));
    }
}
