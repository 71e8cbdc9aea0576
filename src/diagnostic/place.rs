//! A place in a file: line, column, and the line's text with the columns to underline.

use super::visible::in_excerpt;
use std::ops::Range;

/// At most so many display columns of a source line are shown; a longer line is cut around the caret.
const SHOWN_COLUMNS: usize = 100;

/// A line may be as long as the file, and a character may be no column wide: so many bytes on either side of the
/// place are looked at for its excerpt.
const SHOWN_BYTES: usize = 4 * SHOWN_COLUMNS;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the site's root, with `/` between its parts.
    pub path: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in characters (not bytes), from 1; 0 where the whole file is meant.
    pub column: usize,
    /// The source line, or the part of it around the place, as it is printed: what a terminal would obey or hide is
    /// escaped. Empty where the whole file is meant.
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
    ///
    /// Costs one count of the line feeds before the place, and a look at its surroundings.
    pub fn in_text(path: &str, text: &str, range: Range<usize>) -> Self {
        let at = text.floor_char_boundary(range.start.min(text.len()));
        let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = line_feeds(&text[..line_start]) + 1;
        Self::at(path, text, range, (line, line_start, text[line_start..at].chars().count() + 1))
    }

    /// The same for a text whose lines are known: for many places in one text.
    pub fn among(path: &str, text: &str, lines: &Lines, range: Range<usize>) -> Self {
        let at = text.floor_char_boundary(range.start.min(text.len()));
        let line = lines.starts.partition_point(|start| *start <= at);
        let line_start = lines.starts[line - 1];
        let column = lines.characters(text, at) - lines.characters(text, line_start) + 1;
        Self::at(path, text, range, (line, line_start, column))
    }

    fn at(
        path: &str,
        text: &str,
        range: Range<usize>,
        (line, line_start, column): (usize, usize, usize),
    ) -> Self {
        let start = text.floor_char_boundary(range.start.min(text.len()));
        let end = text.floor_char_boundary(range.end.min(text.len())).max(start);
        let (excerpt, indent, width) = window(&text[line_start..start], &text[start..], end - start);
        Self { path: path.to_owned(), line, column, excerpt, indent, width }
    }
}

/// Where the lines of a text begin, and how many characters stand before every so many bytes.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

/// Bytes between two counts.
const STEP: usize = 4096;

impl Lines {
    /// The lines of `text`.
    pub fn new(text: &str) -> Self {
        let others = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(others).collect();
        let counts = text.as_bytes().chunks(STEP).scan(0, |count, chunk| {
            let before = *count;
            *count += begun(chunk);
            Some(before)
        });
        Self { starts, characters: counts.collect() }
    }

    /// The characters before the byte `at`.
    fn characters(&self, text: &str, at: usize) -> usize {
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        self.characters.get(step).map_or(0, |count| count + begun(&text.as_bytes()[step * STEP..at]))
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Counts in bytes over short chunks, which the compiler turns into vectors.
fn line_feeds(text: &str) -> usize {
    let in_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.as_bytes().chunks(192).map(|chunk| usize::from(in_chunk(chunk))).sum()
}

/// The part of a line around a place, the display columns in it before the place, and those of the marked part.
///
/// `before` is the line up to the place; `after` is the rest of the text, of which the first `marked` bytes are meant.
fn window(before: &str, after: &str, marked: usize) -> (String, usize, usize) {
    let reach = &after[..after.floor_char_boundary(SHOWN_BYTES)];
    let line = reach.split('\n').next().unwrap_or_default();
    let is_cut = line.len() == reach.len() && reach.len() < after.len();
    let line = line.trim_end_matches('\r');

    let mut tail = String::new();
    let (mut columns, mut width, mut is_whole) = (0, 0, !is_cut);
    for (at, c) in line.char_indices() {
        let (shown, wide) = in_excerpt(c);
        if columns + wide > SHOWN_COLUMNS {
            is_whole = false;
            break;
        }
        columns += wide;
        width += if at < marked { wide } else { 0 };
        tail.push_str(&shown);
    }

    // What stands before the place has half of the room, and whatever the rest of the line leaves.
    let room = (SHOWN_COLUMNS - columns).max(SHOWN_COLUMNS / 2);
    let mut start = before.len();
    let mut indent = 0;
    for (at, c) in before.char_indices().rev() {
        let wide = in_excerpt(c).1;
        if indent + wide > room || before.len() - at > SHOWN_BYTES {
            break;
        }
        indent += wide;
        start = at;
    }
    let mut excerpt = String::new();
    if start > 0 {
        excerpt.push('…');
    }
    excerpt.extend(before[start..].chars().map(|c| in_excerpt(c).0));
    let indent = indent + usize::from(start > 0);
    excerpt.push_str(&tail);
    if !is_whole {
        excerpt.push('…');
    }
    (excerpt, indent, width.max(1))
}
