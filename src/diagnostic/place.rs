//! A place in a file: line, column, and the line's text with the columns to underline.

use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// At most so many display columns of a source line are shown; a longer line is cut around the caret.
const SHOWN_COLUMNS: usize = 100;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the site's root, with `/` between its parts.
    pub path: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in characters (not bytes), from 1; 0 where the whole file is meant.
    pub column: usize,
    /// The source line, or the part of it around the place; empty where the whole file is meant.
    pub excerpt: String,
    /// Display columns of `excerpt` before the marked part; a Han character counts two.
    pub indent: usize,
    /// Display columns of the marked part, at least 1.
    pub width: usize,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: &str) -> Self {
        Self { path: path.to_owned(), line: 0, column: 0, excerpt: String::new(), indent: 0, width: 0 }
    }

    /// A byte range of `text`. Offsets past the end, or inside a character, are moved back to a boundary.
    pub fn in_text(path: &str, text: &str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start.min(text.len()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let at = (start - line_start).min(line.len());
        let end = text.floor_char_boundary(range.end.min(text.len())).clamp(start, line_start + line.len());
        let (excerpt, indent) = window(line, at);
        let marked = &line[at..(end - line_start).max(at)];
        let width = display_width(marked).clamp(1, (display_width(&excerpt).saturating_sub(indent)).max(1));
        Self {
            path: path.to_owned(),
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            excerpt,
            indent,
            width,
        }
    }
}

/// Tabs are shown as one column (they are printed as a space).
fn display_width(text: &str) -> usize {
    text.chars().map(|c| if c == '\t' { 1 } else { c.width().unwrap_or(0) }).sum()
}

/// The part of `line` around byte `at`, and the display columns in it before `at`.
fn window(line: &str, at: usize) -> (String, usize) {
    // A line may be as long as the file: only so much of it is looked at.
    let from = line.floor_char_boundary(at.saturating_sub(SHOWN_COLUMNS / 2 * 3));
    let to = line.ceil_char_boundary((at + SHOWN_COLUMNS * 3).min(line.len()));
    let mut start = from;
    let mut before = display_width(&line[from..at]);
    while before > SHOWN_COLUMNS / 2 && display_width(&line[start..to]) > SHOWN_COLUMNS {
        let c = line[start..].chars().next().map_or(1, char::len_utf8);
        start += c;
        before = display_width(&line[start..at]);
    }
    let mut excerpt = String::new();
    if start > 0 {
        excerpt.push('…');
    }
    let indent = UnicodeWidthStr::width(excerpt.as_str()) + before;
    let mut columns = 0;
    for c in line[start..to].chars() {
        columns += if c == '\t' { 1 } else { c.width().unwrap_or(0) };
        if columns > SHOWN_COLUMNS {
            excerpt.push('…');
            return (excerpt, indent);
        }
        excerpt.push(if c.is_control() { ' ' } else { c });
    }
    if to < line.len() {
        excerpt.push('…');
    }
    (excerpt, indent)
}
