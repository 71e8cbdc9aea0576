//! Where rules begin and end.
//!
//! Pairs `-{` with `}-` and turns both into characters that no author writes, and back. Does not look inside a rule.

use std::borrow::Cow;
use std::ops::Range;

/// Stands for `-{` in a marked text, so that what merely looks like a rule (escaped in Markdown) is none.
///
/// Like [`CLOSE`] it is as long in UTF-8 as what it stands for: places stay where they are.
pub const OPEN: char = '\u{8F}';

/// Stands for `}-` in a marked text.
pub const CLOSE: char = '\u{90}';

/// Finds the rules of a source text: the outermost ones from `-{` to `}-`, in order, and the places of each `-{` that
/// is never closed. A rule does not reach across a blank line, and a backslash before a delimiter takes its meaning.
pub fn find(text: &str) -> (Vec<Range<usize>>, Vec<usize>) {
    let Delimiters { rules, unclosed } = Delimiters::of(text);
    let mut outermost: Vec<Range<usize>> = Vec::new();
    for rule in rules {
        while outermost.last().is_some_and(|inner| inner.start > rule.start) {
            outermost.pop();
        }
        outermost.push(rule);
    }
    (outermost, unclosed)
}

/// The text with the delimiters of its rules, inner ones too, as [`OPEN`] and [`CLOSE`]; `None` where it has no rule,
/// or holds one of those characters itself.
pub fn mark(text: &str) -> Option<String> {
    let rules = Delimiters::of(text).rules;
    if rules.is_empty() || text.contains([OPEN, CLOSE]) {
        return None;
    }
    let mut delimiters: Vec<(usize, char)> =
        rules.iter().flat_map(|rule| [(rule.start, OPEN), (rule.end - 2, CLOSE)]).collect();
    delimiters.sort_unstable();
    let mut marked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, delimiter) in delimiters {
        marked.push_str(&text[done..at]);
        marked.push(delimiter);
        done = at + 2;
    }
    marked.push_str(&text[done..]);
    Some(marked)
}

/// The reverse of [`mark`].
pub fn unmark(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        Cow::Owned(text.replace(OPEN, "-{").replace(CLOSE, "}-"))
    } else {
        Cow::Borrowed(text)
    }
}

struct Delimiters {
    /// Every rule, in the order in which they end.
    rules: Vec<Range<usize>>,
    unclosed: Vec<usize>,
}

impl Delimiters {
    fn of(text: &str) -> Delimiters {
        let bytes = text.as_bytes();
        let (mut rules, mut unclosed, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1);
            match (byte, next) {
                (b'\\', Some(next)) if next.is_ascii_punctuation() => at += 2,
                (b'-', Some(b'{')) => {
                    open.push(at);
                    at += 2;
                }
                (b'}', Some(b'-')) => {
                    at += 2;
                    rules.extend(open.pop().map(|start| start..at));
                }
                (b'\n', _) => {
                    at += 1;
                    let blank =
                        bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                    at += blank;
                    if bytes.get(at) == Some(&b'\n') {
                        unclosed.append(&mut open);
                    }
                }
                _ => at += 1,
            }
        }
        unclosed.append(&mut open);
        Delimiters { rules, unclosed }
    }
}
