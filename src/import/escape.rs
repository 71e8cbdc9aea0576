//! Plain text as Markdown: a backslash where a character would mean something, and nowhere else.

/// A paragraph's text, which stands on one line.
pub(super) fn paragraph(text: &str) -> String {
    let inline = inline(text);
    let first = begins_block(&inline).map_or(inline.len(), |at| at);
    match first < inline.len() {
        true => format!("{}\\{}", &inline[..first], &inline[first..]),
        false => inline,
    }
}

/// A heading's text: its end may hold attributes in braces, or number signs that are not shown. A backslash does not keep braces from
/// being attributes.
pub(super) fn heading(text: &str) -> String {
    let inline = inline(text);
    if let Some(open) = inline.strip_suffix('}') {
        return format!("{open}&#125;");
    }
    match inline.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => inline,
    }
}

/// Text within a line.
pub(super) fn inline(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_math = text.matches('$').count() > 1;
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let behind = chars.get(at + 1).copied();
        let is_meant = match c {
            '*' | '`' | '[' | '~' => true,
            '_' => {
                !(before.is_some_and(|c| c.is_ascii_alphanumeric())
                    && behind.is_some_and(|c| c.is_ascii_alphanumeric()))
            }
            '\\' => behind.is_none_or(|c| c.is_ascii_punctuation()),
            '<' => behind.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            '&' => is_entity(&chars[at + 1..]),
            '$' => is_math,
            '-' => behind == Some('{'),
            _ => false,
        };
        if is_meant {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

fn is_entity(behind: &[char]) -> bool {
    let name = behind.iter().take(32).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && behind.get(name) == Some(&';')
}

/// Where a line must be escaped so that it begins no block.
fn begins_block(line: &str) -> Option<usize> {
    let behind = |at: usize| line[at..].chars().next();
    let is_end = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match behind(0)? {
        '>' | '|' => Some(0),
        '#' => {
            let signs = line.len() - line.trim_start_matches('#').len();
            (signs <= 6 && is_end(behind(signs))).then_some(0)
        }
        '-' | '+' => (is_end(behind(1)) || line[1..].starts_with(['-', '+'])).then_some(0),
        ':' | '=' => Some(0),
        c if c.is_ascii_digit() => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (digits <= 9 && matches!(behind(digits), Some('.' | ')')) && is_end(behind(digits + 1)))
                .then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_mean_something_is_escaped() {
        for (text, expected) in [
            ("3*4=12", "3\\*4=12"),
            ("a_b 与 _c_", "a_b 与 \\_c\\_"),
            ("#春耕# 来了", "#春耕# 来了"),
            ("# 春耕", "\\# 春耕"),
            ("1. 开局", "1\\. 开局"),
            ("1.5万户", "1.5万户"),
            ("- 有人说", "\\- 有人说"),
            ("-{甲}-", "\\-{甲}-"),
            ("a<b 与 3<4", "a\\<b 与 3<4"),
            ("::: note", "\\::: note"),
            ("AT&T 与 &amp;", "AT&T 与 \\&amp;"),
            ("投资$5，收入$7", "投资\\$5，收入\\$7"),
        ] {
            assert_eq!(paragraph(text), expected);
        }
    }
}
