//! `.docx` → the parts of a page.
//!
//! In: the bytes of an archive. Out: paragraphs with their styles, lists, tables, footnotes and pictures, then a [`Draft`] in
//! which styles decide what they can, and `roles` the rest. What was inserted under change tracking is text, what was deleted is reported
//! and left out. Sizes are bounded before anything is unpacked, depth while it is read.

mod archive;
mod document;
mod inline;
mod parts;
mod xml;

use super::blocks::Block;
use super::diagnostics::{self, Certainty, Note};
use super::head::{self, Head, Part};
use super::joins::{Chain, Kind};
use super::roles::{self, Item, Role};
use super::{Asset, Draft, escape, forms};
use crate::script::Dictionaries;
use document::{Element, Style};
use std::collections::HashMap;

pub(super) use archive::is_archive;

/// Why a `.docx` cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The format before it, or an encrypted file.
    OldWord,
    /// A PDF.
    Pdf,
    /// An archive without a document.
    NoDocument,
    /// What the archive or XML reader says.
    Damaged(String),
    /// It unpacks to more than the limit.
    TooLarge,
    /// Its XML is nested too deep.
    TooDeep,
}

/// A document taken apart.
#[derive(Debug)]
pub(super) struct Document {
    elements: Vec<(usize, Element)>,
    footnotes: Vec<(String, String)>,
    assets: Vec<Asset>,
}

/// Takes a `.docx` apart; the notes say what was left out.
pub(super) fn read(bytes: &[u8]) -> Result<(Document, Vec<Note>), Broken> {
    let mut archive = archive::Archive::open(bytes)?;
    let mut notes = Vec::new();
    let parts = parts::Parts::read(&mut archive)?;
    let document = document::read(&mut archive, &parts, &mut notes)?;
    Ok((document, notes))
}

/// The parts of a page.
pub(super) fn draft(document: Document, dictionaries: &Dictionaries) -> Draft {
    let Document { elements, footnotes, assets } = document;
    let mut head = Head::default();
    let is_styled = elements.iter().any(|(_, element)| element.is_heading());
    let mut fixed: HashMap<usize, Item> = HashMap::new();
    let mut chains = Vec::new();
    let title = title(&elements);
    for (line, element) in elements {
        match part_of(&element, title == Some(line)) {
            Some(part) => head.add(part, element.block(line), Certainty::Certain, diagnostics::STYLE),
            None => {
                let item = item(line, &element, is_styled);
                let kind = kind(&element, item.as_ref(), is_styled);
                item.into_iter().for_each(|item| drop(fixed.insert(line, item)));
                chains.push((Chain { block: element.block(line), kind }, element.markdown()));
            }
        }
    }
    let marked: HashMap<usize, String> =
        chains.iter().map(|(chain, markdown)| (chain.block.line, markdown.clone())).collect();
    let chains = with_head(chains.into_iter().map(|(chain, _)| chain).collect(), &mut head, &fixed);
    let mut items = roles::items(chains, &mut head, dictionaries);
    for item in &mut items {
        match fixed.remove(&item.line) {
            Some(known) => *item = known,
            None => item.markdown = marked.get(&item.line).cloned(),
        }
    }
    let last = items.last().map_or(0, |item| item.line);
    items.extend(footnotes.into_iter().map(|(mark, text)| raw(last, format!("[^{mark}]: {text}"))));
    Draft { head, items: lists(items), assets }
}

/// The headline by its style; else the only heading of the first level, if it comes first of all.
fn title(elements: &[(usize, Element)]) -> Option<usize> {
    let of_style = |style: Style| elements.iter().filter(move |(_, element)| element.style() == Some(style));
    let mut tops = of_style(Style::Heading(1));
    let by_style = of_style(Style::Title).next();
    let first = elements.iter().find(|(_, element)| element.is_heading()).map(|(line, _)| *line);
    by_style.map(|(line, _)| *line).or_else(|| match (tops.next(), tops.next()) {
        (Some((line, _)), None) if first == Some(*line) => Some(*line),
        _ => None,
    })
}

fn part_of(element: &Element, is_title: bool) -> Option<Part> {
    match element.style() {
        _ if is_title => Some(Part::Title),
        Some(Style::Subtitle) => Some(Part::Subtitle),
        _ => None,
    }
}

/// What a style or the kind of element decides.
fn item(line: usize, element: &Element, is_styled: bool) -> Option<Item> {
    let of = |role: Role, reason: &'static str| Item {
        role,
        line,
        text: element.text(),
        markdown: None,
        certainty: Certainty::Certain,
        reason,
    };
    match element {
        Element::Table(_) | Element::Picture { .. } | Element::Listed { .. } => {
            Some(raw(line, element.markdown()))
        }
        Element::Paragraph { style: Style::Heading(level), .. } => {
            Some(of(Role::Heading((*level).clamp(2, 6)), diagnostics::STYLE))
        }
        Element::Paragraph { style: Style::Title, .. } => Some(of(Role::Heading(2), diagnostics::STYLE)),
        Element::Paragraph { style: Style::Caption, .. } => Some(of(Role::Caption, diagnostics::STYLE)),
        Element::Paragraph { .. } if is_styled && roles::is_marked_caption(&element.text()) => {
            Some(of(Role::Caption, diagnostics::CAPTION_MARK))
        }
        Element::Paragraph { .. } => None,
    }
}

/// Where styles tell headings, a plain paragraph is one whatever its length.
fn kind(element: &Element, fixed: Option<&Item>, is_styled: bool) -> Kind {
    let text = element.text();
    let is_plain = fixed.is_none() && !is_styled && !forms::is_prose(&text);
    if is_plain || (fixed.is_none() && roles::is_credit(&text)) { Kind::Line } else { Kind::Prose }
}

/// Reads the head from the plain paragraphs that stand first, as in a text without styles.
fn with_head(mut chains: Vec<Chain>, head: &mut Head, fixed: &HashMap<usize, Item>) -> Vec<Chain> {
    let plain = chains.iter().take_while(|chain| !fixed.contains_key(&chain.block.line)).count();
    let rest = chains.split_off(plain);
    let kinds: HashMap<usize, Kind> = chains.iter().map(|chain| (chain.block.line, chain.kind)).collect();
    let blocks: Vec<Block> = chains.into_iter().map(|chain| chain.block).collect();
    let is_all_head = blocks.iter().all(|block| !forms::is_prose(&block.text));
    let end = if is_all_head { blocks.len().min(6) } else { head::end(&blocks) };
    let mut leading = blocks;
    let body = leading.split_off(end.min(leading.len()));
    let mut behind = Vec::new();
    if head.has(Part::Title) {
        for block in leading {
            match head::byline(&block.text, true, true) {
                Some((certainty, reason)) if !head.has(Part::Byline) => {
                    head.add(Part::Byline, block, certainty, reason);
                }
                _ => behind.push(block),
            }
        }
    } else {
        let (found, left) = head::read(leading);
        head.lines.extend(found.lines);
        behind = left;
    }
    head.lines.sort_by_key(|line| line.line);
    let as_chain =
        |block: Block| Chain { kind: kinds.get(&block.line).copied().unwrap_or(Kind::Prose), block };
    behind.into_iter().chain(body).map(as_chain).chain(rest).collect()
}

fn raw(line: usize, text: String) -> Item {
    Item { role: Role::Markdown, line, text, markdown: None, certainty: Certainty::Certain, reason: "" }
}

/// Neighbouring points of a list are one block.
fn lists(items: Vec<Item>) -> Vec<Item> {
    let is_point = |item: &Item| {
        let text = item.text.trim_start();
        item.role == Role::Markdown && (text.starts_with("- ") || text.starts_with("1. "))
    };
    let mut joined: Vec<Item> = Vec::new();
    for item in items {
        match joined.last_mut().filter(|before| is_point(before) && is_point(&item)) {
            Some(before) => before.text.push_str(&format!("\n{}", item.text)),
            None => joined.push(item),
        }
    }
    joined
}

impl Element {
    fn block(&self, line: usize) -> Block {
        Block { line, last: line, text: self.text(), indent: 0, gap: 0 }
    }

    fn style(&self) -> Option<Style> {
        match self {
            Element::Paragraph { style, .. } => Some(*style),
            _ => None,
        }
    }

    fn is_heading(&self) -> bool {
        matches!(self.style(), Some(Style::Title | Style::Heading(_)))
    }

    /// Its text without marks.
    fn text(&self) -> String {
        match self {
            Element::Paragraph { runs, .. } | Element::Listed { runs, .. } => inline::plain(runs),
            Element::Picture { .. } | Element::Table(_) => String::new(),
        }
    }

    fn markdown(&self) -> String {
        match self {
            Element::Paragraph { runs, .. } => inline::paragraph(runs),
            Element::Listed { runs, level, ordered } => {
                let mark = if *ordered { "1. " } else { "- " };
                format!("{}{mark}{}", "    ".repeat(*level), inline::paragraph(runs))
            }
            Element::Picture { name, alt } => {
                format!("![{}]({name})", escape::inline(alt).replace(']', "\\]"))
            }
            Element::Table(rows) => table(rows),
        }
    }
}

/// The first row is the head.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let line = |cells: &[String]| {
        let cells = (0..columns).map(|at| cells.get(at).map_or("", String::as_str));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
    lines.join("\n")
}
