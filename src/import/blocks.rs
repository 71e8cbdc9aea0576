//! Lines → blocks: lines that a column's width has cut are joined again.
//!
//! A column is known by its edge: many lines end where the next word would not have fitted. Such a line goes on in the next one,
//! unless that is indented or set off by an empty line. In text with one line to a paragraph there is no such edge, and every
//! line is a block.

use super::diagnostics::{self, Note};
use super::forms;
use super::lines::Line;
use std::collections::BTreeMap;

/// Lines that are one: a paragraph, a piece of one, or a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The number of its first line.
    pub(super) line: usize,
    /// The number of its last line.
    pub(super) last: usize,
    /// Its text in one line.
    pub(super) text: String,
    /// Columns of space before its first line.
    pub(super) indent: usize,
    /// Empty lines before it.
    pub(super) gap: usize,
}

impl Block {
    fn of(line: Line) -> Block {
        let Line { number, text, indent, gap, .. } = line;
        Block { line: number, last: number, text, indent, gap }
    }

    /// Whether it is prose: it says so, or it went over several lines.
    pub(super) fn is_prose(&self) -> bool {
        forms::is_prose(&self.text) || self.last > self.line
    }
}

/// The blocks of a text.
pub(super) fn blocks(lines: Vec<Line>, notes: &mut Vec<Note>) -> Vec<Block> {
    let edges = edges(&lines);
    let base = base_gap(&lines, &edges);
    if let Some(edge) = edges.first() {
        notes.push(diagnostics::wrapped(edge / 2));
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut previous: Option<Line> = None;
    for line in lines {
        let goes_on = previous.as_ref().is_some_and(|before| {
            is_full(before, &line, &edges) && line.gap <= base && may_follow(before, &line, &edges)
        });
        previous = Some(line.clone());
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => append(block, &line, notes),
            None => blocks.push(Block::of(line)),
        }
    }
    blocks
}

fn append(block: &mut Block, line: &Line, notes: &mut Vec<Note>) {
    join(&mut block.text, &line.text, block.last, notes);
    block.last = line.number;
}

/// Adds the second half of a text to the first: Latin words get their space, or lose the hyphen that the line end put in.
pub(super) fn join(before: &mut String, behind: &str, line: usize, notes: &mut Vec<Note>) {
    let is_latin = |c: char| c.is_alphabetic() && !forms::is_han(c);
    let (tail, head) = (forms::last(before), behind.chars().next());
    let is_cut = before.strip_suffix('-').is_some_and(|word| word.ends_with(is_latin));
    match (tail, head) {
        (_, Some(head)) if is_cut && head.is_lowercase() => {
            before.pop();
            notes.push(diagnostics::hyphen(line, before, behind));
        }
        (Some(tail), Some(head)) if !is_cut && needs_space(tail, head) => before.push(' '),
        _ => {}
    }
    before.push_str(behind);
}

fn needs_space(tail: char, head: char) -> bool {
    let is_latin = |c: char| c.is_alphanumeric() && !forms::is_han(c);
    (is_latin(tail) || ".,;:!?)\"'".contains(tail))
        && is_latin(head)
        && !(tail.is_ascii_digit() && head.is_ascii_digit())
        && !(".,".contains(tail) && head.is_ascii_digit())
}

/// Whether a line ends at the edge of a column: what comes next would not have fitted. Type is squeezed and stretched a little.
fn is_full(line: &Line, next: &Line, edges: &[usize]) -> bool {
    edges.iter().any(|edge| reaches(line, next, *edge))
}

fn reaches(line: &Line, next: &Line, edge: usize) -> bool {
    line.width <= edge + 2 && line.width + next.first + 1 > edge
}

fn may_follow(line: &Line, next: &Line, edges: &[usize]) -> bool {
    let is_set_off =
        next.indent >= line.indent + 2 || forms::is_furniture(&next.text) || forms::is_furniture(&line.text);
    let widest = edges.iter().max().copied().unwrap_or_default();
    // A line that is neither full nor the end of a sentence is none of a paragraph.
    let is_apart =
        next.width + 8 < widest && !forms::ends_sentence(&next.text) && !forms::cannot_begin(&next.text);
    !is_set_off && !is_apart && next.width <= widest + 2
}

/// The widths of the columns that the lines were set in, the commonest first.
fn edges(lines: &[Line]) -> Vec<usize> {
    let mut open: Vec<usize> = (0..lines.len().saturating_sub(1)).collect();
    let enough = (lines.len() / 8).max(4);
    let mut edges = Vec::new();
    loop {
        let members = |edge: usize| -> Vec<usize> {
            let stands = |index: &&usize| {
                let (line, next) = (&lines[**index], &lines[**index + 1]);
                reaches(line, next, edge) && next.width <= edge + 2
            };
            open.iter().filter(stands).copied().collect()
        };
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        open.iter().for_each(|index| *widths.entry(lines[*index].width).or_default() += 1);
        let candidates = widths.keys().filter(|width| (16..=100).contains(*width)).copied();
        let Some(best) = candidates.max_by_key(|width| (members(*width).len(), *width)) else { return edges };
        let found = members(best);
        let unfinished = found.iter().filter(|index| !forms::ends_sentence(&lines[**index].text)).count();
        if found.len() < enough || unfinished * 2 < found.len() {
            return edges;
        }
        open.retain(|index| !found.contains(index));
        edges.push(best);
    }
}

/// Empty lines between two lines of a paragraph: none, but for text in which every line is set off.
fn base_gap(lines: &[Line], edges: &[usize]) -> usize {
    let pairs = lines
        .windows(2)
        .filter(|pair| is_full(&pair[0], &pair[1], edges) && !forms::ends_sentence(&pair[0].text));
    let mut gaps: Vec<usize> = pairs.map(|pair| pair[1].gap).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines;

    fn of(text: &str) -> Vec<String> {
        let lines = lines::lines(text, &mut Vec::new());
        blocks(lines, &mut Vec::new()).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_of_a_column_are_one_paragraph() {
        let text = "\u{3000}\u{3000}早上七点半，地铁站外\n的接驳公交准时发车。这条\n线路全长六公里，串起两个\n居住区和一个产业园，从上\n车到进站只要十二分钟。\n\u{3000}\u{3000}公交线路怎样调整，市\n民说了算。";
        assert_eq!(
            of(text),
            [
                "早上七点半，地铁站外的接驳公交准时发车。这条线路全长六公里，串起两个居住区和一个产业园，从上车到进站只要十二分钟。",
                "公交线路怎样调整，市民说了算。"
            ]
        );
    }

    #[test]
    fn a_line_to_a_paragraph_stays_one() {
        let text = "早上七点半，地铁站外的接驳公交准时发车。\n公交线路怎样调整，市民说了算。\n夜幕降临，江边的绿道上热闹起来。\n水位、雨量、闸门开度，每五分钟更新一次。\n供水管网的改造同样不能停。";
        assert_eq!(of(text).len(), 5);
    }

    #[test]
    fn latin_words_get_their_space_and_lose_their_hyphen() {
        let mut notes = Vec::new();
        let mut joined = |before: &str, behind: &str| {
            let mut text = before.to_owned();
            join(&mut text, behind, 1, &mut notes);
            text
        };
        assert_eq!(joined("the new", "data"), "the new data");
        assert_eq!(joined("infor-", "mation"), "information");
        assert_eq!(joined("投资1", "10亿元"), "投资110亿元");
        assert_eq!(joined("以及服", "务等。"), "以及服务等。");
        assert_eq!(notes.len(), 1);
    }
}
