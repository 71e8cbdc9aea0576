//! Text → lines: numbered, without space at their ends, and with what the space said: indented, set off, a new page.
//!
//! Every line break that any system writes ends a line. Characters that no page may hold are written out (`⟨U+0007⟩`), so that
//! nothing is lost and an editor sees them.

use super::diagnostics::{self, Note};
use super::forms;
use crate::script::is_unprintable;

/// A line that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1, empty ones counted.
    pub(super) number: usize,
    /// Without space at its ends.
    pub(super) text: String,
    /// Columns of space before it; an ideographic space has two.
    pub(super) indent: usize,
    /// Empty lines before it; a new page counts as one.
    pub(super) gap: usize,
    /// Columns that it takes, its indent included.
    pub(super) width: usize,
    /// Columns of its first word.
    pub(super) first: usize,
}

/// The lines of a text.
pub(super) fn lines(text: &str, notes: &mut Vec<Note>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = 0;
    for (index, raw) in split(text).enumerate() {
        let (number, raw) = (index + 1, raw.trim_start_matches(NEW_PAGE));
        let said = raw.trim();
        if said.is_empty() {
            gap += 1;
            continue;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).map(space_width).sum();
        let text = written_out(said, number, notes);
        let (width, first) = (indent + forms::width(&text), forms::first_width(&text));
        lines.push(Line { number, text, indent, gap, width, first });
        gap = 0;
    }
    lines
}

const NEW_PAGE: char = '\u{C}';

fn split(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '\n' | '\u{B}' | NEW_PAGE | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let all = rest?;
        let Some(at) = all.find(ends) else { return rest.take() };
        let end = all[at..].chars().next().map_or(1, char::len_utf8);
        let end = if all[at..].starts_with("\r\n") { 2 } else { end };
        rest = Some(&all[at + end..]);
        Some(&all[..at])
    })
}

fn space_width(c: char) -> usize {
    match c {
        '\u{3000}' => 2,
        '\t' => 4,
        _ => 1,
    }
}

fn written_out(text: &str, number: usize, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if is_unprintable(c) => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c => out.push(c),
        }
    }
    if let Some(c) = text.chars().find(|c| *c != '\t' && is_unprintable(*c)) {
        notes.push(diagnostics::written_out(number, c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(usize, String, usize, usize)> {
        let lines = lines(text, &mut Vec::new());
        lines.into_iter().map(|line| (line.number, line.text, line.indent, line.gap)).collect()
    }

    #[test]
    fn every_line_break_ends_a_line() {
        let texts: Vec<String> =
            of("一\r\n二\r三\n四\u{2028}五\u{85}六\u{C}七").into_iter().map(|line| line.1).collect();
        assert_eq!(texts, ["一", "二", "三", "四", "五", "六", "七"]);
    }

    #[test]
    fn space_is_counted_and_taken_off() {
        assert_eq!(
            of("\u{3000}\u{3000}一 \u{3000}\n\n \u{3000}\n二"),
            [(1, "一".into(), 4, 0), (4, "二".into(), 0, 2)]
        );
    }

    #[test]
    fn control_characters_are_written_out() {
        let mut notes = Vec::new();
        let lines = lines("一\u{7}二", &mut notes);
        assert_eq!(lines[0].text, "一⟨U+0007⟩二");
        assert_eq!(notes.len(), 1);
    }
}
