//! A style sheet or a script without what no browser reads: comments, and white space beyond a single space.
//!
//! In: CSS as somebody wrote it, or a script of the theme. Out: the same rules. What stands in quotation marks or in `url(…)` stays as it is. Never: a rule
//! understood or rewritten; a sheet that ends within a comment or a text is as broken as before.

/// Follows the tokens of CSS Syntax Level 3 as far as they may hold what looks like a comment or like white space.
pub fn packed_css(css: &str) -> String {
    let mut packed = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => {
                let end = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                // It divides what stands on both sides of it.
                space(&mut packed);
                rest = &rest[end..];
                continue;
            }
            '"' | '\'' => text(rest, first),
            '\\' => first.len_utf8() + rest[1..].chars().next().map_or(0, char::len_utf8),
            'u' | 'U' if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) => {
                address(rest)
            }
            c if c.is_ascii_whitespace() => {
                space(&mut packed);
                rest = rest.trim_ascii_start();
                continue;
            }
            c => c.len_utf8(),
        };
        if matches!(first, '{' | '}' | ';') && packed.ends_with(' ') {
            packed.pop();
        }
        packed.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    packed.truncate(packed.trim_end().len());
    packed.push('\n');
    packed
}

/// A script without lines that are comments, and without indentation. For the theme's own only: no text and no other comment of theirs goes on in
/// another line.
pub fn packed_script(script: &str) -> String {
    let is_comment = |line: &&str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A space, unless what stands before needs none.
fn space(packed: &mut String) {
    if !packed.is_empty() && !packed.ends_with([' ', '{', '}', ';']) {
        packed.push(' ');
    }
}

/// The length of a text with its quotation marks.
fn text(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The length of `url(` and, where the address has no quotation marks, of all up to its end.
fn address(rest: &str) -> usize {
    let start = rest.len() - rest[4..].trim_ascii_start().len();
    match rest[start..].starts_with(['"', '\'']) {
        true => start,
        false => rest[start..].find(')').map_or(rest.len(), |end| start + end + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_browser_reads_is_left_out() {
        for (css, expected) in [
            ("/* a */\nbody {\n  margin: 0;\n  color : red\n}\n", "body{margin: 0;color : red}\n"),
            ("a /**/ b{}", "a b{}\n"),
            ("a/**/b{}", "a b{}\n"),
            (
                ".body :is(p, li)  +  p { width: calc(1px  +  2px) }",
                ".body :is(p, li) + p{width: calc(1px + 2px)}\n",
            ),
            ("a::before { content: \"  /* 甲 */  \\\"  \" }", "a::before{content: \"  /* 甲 */  \\\"  \"}\n"),
            ("a { background: url( a/*b.png ) }", "a{background: url( a/*b.png )}\n"),
            ("a { background: url(\"a  b.png\") }", "a{background: url(\"a  b.png\")}\n"),
            (".a\\ b  c {}", ".a\\ b c{}\n"),
            ("a { content: 'never closed", "a{content: 'never closed\n"),
            ("/* never closed", "\n"),
            ("", "\n"),
        ] {
            assert_eq!(packed_css(css), expected, "{css}");
        }
    }

    #[test]
    fn scripts_of_the_theme_lose_lines_of_comment_and_indentation_and_have_no_text_of_several_lines() {
        assert_eq!(packed_script("/** A. */\nf(\n  // b\n  \"// c\",\n);\n\n"), "f(\n\"// c\",\n);\n");
        for script in [include_str!("../../static/search.js"), include_str!("../../static/entry.js")] {
            let comments = |line: &&str| line.contains("/*") != line.contains("*/");
            let texts = |line: &&str| line.matches('`').count() % 2 == 1 || line.ends_with('\\');
            assert_eq!(script.lines().find(|line| comments(line) || texts(line)), None);
        }
    }

    #[test]
    fn twice_is_once() {
        let css = include_str!("../../static/style.css");
        let packed = packed_css(css);
        assert!(packed.len() < css.len());
        assert_eq!(packed_css(&packed), packed);
    }
}
