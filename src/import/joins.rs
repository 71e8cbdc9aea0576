//! Paragraphs that the end of a column cut, joined again, also across captions and page numbers that fell between the halves.
//!
//! In: the blocks of the body. Out: [`Chain`]s in reading order: a paragraph stands before what stood inside it. A cut is told by what
//! stands at the joint: a word that goes on (the word list knows), a bracket that is still open, a comma; and by how paragraphs of this
//! text begin. A sentence that has ended does not go on.

use super::blocks::{Block, join};
use super::diagnostics::{self, Certainty, Note};
use super::forms;
use super::head;
use super::roles;
use crate::script::Dictionaries;
use std::collections::VecDeque;

/// What a block is as far as its neighbours say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, whole.
    Prose,
    /// A line of its own.
    Line,
    /// A line that stood inside a paragraph.
    Within,
    /// A page number or date line.
    Printed,
}

/// A block, with those that were joined to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) block: Block,
    pub(super) kind: Kind,
}

/// So many blocks may stand between two halves.
const FAR: usize = 8;
/// What the evidence at a joint must come to.
const ENOUGH: i32 = 2;

/// Joins what belongs together.
pub(super) fn chains(blocks: Vec<Block>, dictionaries: &Dictionaries, notes: &mut Vec<Note>) -> Vec<Chain> {
    let judge = Judge { dictionaries, indents: indents(&blocks) };
    let mut rest: VecDeque<Block> = blocks.into();
    let mut chains = Vec::new();
    while let Some(mut block) = rest.pop_front() {
        if forms::is_furniture(&block.text) {
            chains.push(Chain { block, kind: Kind::Printed });
            continue;
        }
        if !is_paragraph(&block) && !judge.begins_cut(&block, &rest) {
            chains.push(Chain { block, kind: Kind::Line });
            continue;
        }
        let mut within = Vec::new();
        while let Some((distance, weight)) = judge.continuation(&block, &rest) {
            let behind: Vec<Block> = rest.drain(..=distance).collect();
            for other in behind {
                if other.line == block.line {
                    continue;
                }
                within.push(other);
            }
            let Some(half) = within.pop() else { break };
            notes.push(diagnostics::join(&block, &half, weight, !within.is_empty()));
            join(&mut block.text, &half.text, block.last, notes);
            block.last = half.last;
        }
        chains.push(Chain { block, kind: Kind::Prose });
        chains.extend(within.into_iter().map(inside));
    }
    chains
}

fn inside(block: Block) -> Chain {
    let kind = if forms::is_furniture(&block.text) { Kind::Printed } else { Kind::Within };
    Chain { block, kind }
}

fn is_paragraph(block: &Block) -> bool {
    block.is_prose() && !roles::is_marked_caption(&block.text) && !roles::is_credit(&block.text)
}

/// The indent that paragraphs of this text begin with, if they do.
fn indents(blocks: &[Block]) -> Option<usize> {
    let prose: Vec<&Block> = blocks.iter().filter(|block| block.is_prose()).collect();
    let indented = prose.iter().filter(|block| block.indent >= 2).count();
    (indented * 2 > prose.len()).then_some(2)
}

struct Judge<'a> {
    dictionaries: &'a Dictionaries,
    indents: Option<usize>,
}

impl Judge<'_> {
    /// Where a paragraph that has not ended goes on, and what the evidence comes to.
    fn continuation(&self, block: &Block, rest: &VecDeque<Block>) -> Option<(usize, i32)> {
        if forms::ends_sentence(&block.text) {
            return None;
        }
        if let Some(next) = rest.front()
            && block.last > block.line
            && next.line == block.last + 1
            && next.gap == 0
            && self.cuts_word(&block.text, &next.text)
            && rest.iter().skip(1).take(FAR).any(|later| self.cuts_word(&next.text, &later.text))
        {
            // The last line of a column may be short where the page was taken apart by hand: a word goes on at both its ends.
            return Some((0, self.weight(block, next).max(ENOUGH)));
        }
        for (distance, other) in rest.iter().take(FAR).enumerate() {
            if forms::is_furniture(&other.text) {
                continue;
            }
            let weight = self.weight(block, other);
            if is_paragraph(other) || forms::ends_sentence(&other.text) || forms::stays_open(&other.text) {
                if weight >= ENOUGH {
                    return Some((distance, weight));
                }
                // A long caption may stand between; another paragraph ends the search.
                if is_paragraph(other) && forms::ends_sentence(&other.text) {
                    return None;
                }
            }
        }
        None
    }

    /// Whether a line too short for a paragraph is the beginning of one that was cut early: a word goes on from it to the next paragraph,
    /// and it is set like one.
    fn begins_cut(&self, block: &Block, rest: &VecDeque<Block>) -> bool {
        const NEAR: usize = 4;
        let text = block.text.as_str();
        let is_other = roles::is_marked_caption(text)
            || roles::is_credit(text)
            || forms::is_numbered(text)
            || forms::ends_sentence(text)
            || forms::bracketed(text).is_some();
        let Some(other) = rest.iter().take(NEAR).find(|other| is_paragraph(other)).filter(|_| !is_other)
        else {
            return false;
        };
        let is_set_so = (text.contains(['，', ',', '、']) && roles::clause_weight(text) < 4)
            || (self.indents.is_some() && block.indent >= 2);
        is_set_so && self.cuts_word(text, &other.text) && self.weight(block, other) >= 4
    }

    /// What speaks for the one going on in the other.
    fn weight(&self, block: &Block, other: &Block) -> i32 {
        let (before, behind) = (end_of(&block.text), other.text.as_str());
        let is_indented = other.indent >= 2;
        let evidence = [
            (forms::cannot_begin(behind), 6),
            (self.cuts_word(before, behind), 4),
            (forms::stays_open(before), 3),
            (forms::has_open_pair(before), 2),
            (ends_with_particle(before), 2),
            (before.contains('。') || block.last > block.line || forms::width(before) >= 100, 2),
            (self.indents.is_some() && !is_indented, 2),
            (self.indents.is_some() && is_indented, -4),
            (forms::ends_closed(before), -2),
            (begins_paragraph(behind), -2),
            (roles::is_marked_caption(behind) || roles::is_credit(behind), -6),
            (head::byline(behind, true, false).is_some(), -6),
        ];
        evidence.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
    }

    /// Whether a word goes on from one to the other.
    fn cuts_word(&self, before: &str, behind: &str) -> bool {
        let start = before.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
        let tail = &before[start..];
        let head: String = behind.chars().take(16).collect();
        let at = tail.chars().count();
        let begins = self.dictionaries.word_begins(&format!("{tail}{head}"));
        let is_number = tail.ends_with(|c: char| c.is_ascii_digit())
            && head.starts_with(|c: char| c.is_ascii_digit() || "万亿家个项余年月日".contains(c));
        is_number || begins.get(at).is_some_and(|begins| !begins)
    }
}

/// So much of a paragraph as tells how it ends.
fn end_of(text: &str) -> &str {
    const ENOUGH: usize = 2000;
    &text[text.ceil_char_boundary(text.len().saturating_sub(ENOUGH))..]
}

/// Words after which something must follow.
pub(super) fn ends_with_particle(text: &str) -> bool {
    [
        "的", "和", "与", "與", "及", "在", "对", "對", "将", "將", "把", "被", "从", "從", "向", "为", "為",
        "以", "并", "並", "而", "或", "于", "於", "让", "使", "由", "按", "是",
    ]
    .iter()
    .any(|particle| text.ends_with(particle))
}

/// What new paragraphs like to begin with.
fn begins_paragraph(text: &str) -> bool {
    [
        "近年来",
        "今年",
        "去年",
        "目前",
        "下一步",
        "此外",
        "同时",
        "与此同时",
        "据",
        "记者",
        "本报",
        "“",
        "「",
        "截至",
        "近日",
        "一是",
        "二是",
        "三是",
        "首先",
        "其次",
    ]
    .iter()
    .any(|start| text.starts_with(start))
        || forms::is_numbered(text)
}

/// How sure a join is.
pub(super) fn certainty(weight: i32) -> Certainty {
    match weight {
        6.. => Certainty::Certain,
        4..6 => Certainty::Likely,
        _ => Certainty::Guess,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Vec<(Kind, String)> {
        let block = |(index, text): (usize, &&str)| Block {
            line: index + 1,
            last: index + 1,
            text: (*text).to_owned(),
            indent: 0,
            gap: 1,
        };
        let blocks = lines.iter().enumerate().map(block).collect();
        let chains = chains(blocks, &Dictionaries::embedded(), &mut Vec::new());
        chains.into_iter().map(|chain| (chain.kind, chain.block.text)).collect()
    }

    const FIRST: &str = "数字安全领域的企业也有50余家。它们覆盖设备、软件以及服";

    #[test]
    fn a_word_that_a_column_cut_is_whole_again() {
        assert_eq!(of(&[FIRST, "务等。"]), [(Kind::Prose, format!("{FIRST}务等。"))]);
    }

    #[test]
    fn captions_and_page_numbers_stand_behind_the_paragraph_they_were_in() {
        let found = of(&[FIRST, "小镇外景", "04", "小镇夜景", "务等。", "下一段说的是别的事情。"]);
        let kinds: Vec<Kind> = found.iter().map(|chain| chain.0).collect();
        assert_eq!(kinds, [Kind::Prose, Kind::Within, Kind::Printed, Kind::Within, Kind::Prose]);
        assert_eq!(found[0].1, format!("{FIRST}务等。"));
    }

    #[test]
    fn without_other_evidence_the_word_list_decides() {
        let open = "数字安全领域的企业也有50余家，它们分别覆盖内容、底层技术、终端设备、平台以及服";
        assert_eq!(of(&[open, "务等。"]).len(), 1);
        assert_eq!(of(&[&format!("{open}务"), "小镇里的企业忙着调试机器，今年还要再添一些。"]).len(), 2);
    }

    #[test]
    fn a_sentence_that_has_ended_does_not_go_on() {
        let lines = ["数字安全领域的企业也有50余家。", "务等一些小事也要办好。"];
        assert_eq!(of(&lines).len(), 2);
    }
}
