//! What stands beside the document: styles, numbering, relations, footnotes.

use super::Broken;
use super::archive::Archive;
use super::document::Style;
use super::xml::{self, Node};
use std::collections::HashMap;

/// A style may be based on another, so many times.
const CHAIN: usize = 16;

/// The parts that the document refers to.
#[derive(Debug, Default)]
pub(super) struct Parts {
    styles: HashMap<String, StyleEntry>,
    /// By number and level: whether points are counted.
    ordered: HashMap<(String, String), bool>,
    /// By id: where it leads, and whether that is outside.
    relations: HashMap<String, (String, bool)>,
    pub(super) footnotes: Vec<(String, Node)>,
}

#[derive(Debug)]
struct StyleEntry {
    name: String,
    level: Option<u8>,
    base: Option<String>,
}

impl Parts {
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, Broken> {
        let mut parts = Self::default();
        if let Some(tree) = tree(archive, "word/styles.xml")? {
            parts.styles = within(&tree, "styles").filter_map(style).collect();
        }
        if let Some(tree) = tree(archive, "word/numbering.xml")? {
            parts.ordered = numbering(&tree);
        }
        if let Some(tree) = tree(archive, "word/_rels/document.xml.rels")? {
            parts.relations = within(&tree, "Relationships").filter_map(relation).collect();
        }
        for (file, holder) in [("word/footnotes.xml", "footnotes"), ("word/endnotes.xml", "endnotes")] {
            if let Some(tree) = tree(archive, file)? {
                parts.footnotes.extend(notes(tree, holder));
            }
        }
        Ok(parts)
    }

    /// What a paragraph is by its style.
    pub(super) fn style(&self, id: &str) -> Style {
        let mut at = Some(id);
        for _ in 0..CHAIN {
            let Some(entry) = at.and_then(|id| self.styles.get(id)) else { break };
            if let Some(known) = named(&entry.name).or(entry.level.map(Style::Heading)) {
                return known;
            }
            at = entry.base.as_deref();
        }
        named(id).unwrap_or(Style::Plain)
    }

    pub(super) fn is_ordered(&self, number: &str, level: &str) -> bool {
        self.ordered.get(&(number.to_owned(), level.to_owned())).copied().unwrap_or_default()
    }

    /// Where a link leads: only to the outside.
    pub(super) fn link(&self, id: &str) -> Option<&str> {
        self.relations.get(id).filter(|(_, outside)| *outside).map(|(target, _)| target.as_str())
    }

    /// The name in the archive of a file that the document shows.
    pub(super) fn file(&self, id: &str) -> Option<String> {
        let (target, outside) = self.relations.get(id)?;
        let inside = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
        (!outside).then_some(inside)
    }
}

pub(super) fn tree(archive: &mut Archive<'_>, name: &str) -> Result<Option<Node>, Broken> {
    archive.xml(name)?.map(|bytes| xml::parse(&bytes)).transpose()
}

fn within<'a>(tree: &'a Node, name: &str) -> impl Iterator<Item = &'a Node> {
    tree.child(name).into_iter().flat_map(|node| &node.children)
}

fn style(node: &Node) -> Option<(String, StyleEntry)> {
    let id = node.attribute("styleId")?.to_owned();
    let level = node.child("pPr").and_then(outline);
    let name = node.value("name").unwrap_or_default().to_lowercase();
    Some((id, StyleEntry { name, level, base: node.value("basedOn").map(str::to_owned) }))
}

/// The outline level that a paragraph or style says it has: 0 is the first.
pub(super) fn outline(properties: &Node) -> Option<u8> {
    let level: u8 = properties.value("outlineLvl")?.parse().ok()?;
    (level < 9).then(|| (level + 1).min(6))
}

/// Styles that every text processor has, in the languages that newsrooms use.
fn named(name: &str) -> Option<Style> {
    let name = name.to_lowercase();
    let level = ["heading", "标题", "標題"]
        .iter()
        .find_map(|word| name.strip_prefix(word)?.trim().parse::<u8>().ok());
    match name.as_str() {
        _ if level.is_some() => level.map(|level| Style::Heading(level.clamp(1, 6))),
        "title" | "标题" | "標題" => Some(Style::Title),
        "subtitle" | "副标题" | "副標題" => Some(Style::Subtitle),
        "caption" | "题注" | "標號" | "图题" => Some(Style::Caption),
        _ => None,
    }
}

fn numbering(tree: &Node) -> HashMap<(String, String), bool> {
    let all = || within(tree, "numbering");
    let levels = |id: &str| -> Vec<(String, bool)> {
        let holder =
            all().find(|node| node.name == "abstractNum" && node.attribute("abstractNumId") == Some(id));
        let levels = holder.into_iter().flat_map(|node| &node.children).filter(|node| node.name == "lvl");
        let is_ordered = |level: &Node| !matches!(level.value("numFmt"), None | Some("bullet" | "none"));
        levels
            .map(|level| (level.attribute("ilvl").unwrap_or_default().to_owned(), is_ordered(level)))
            .collect()
    };
    let numbers = all().filter(|node| node.name == "num");
    let known = numbers.filter_map(|node| Some((node.attribute("numId")?, node.value("abstractNumId")?)));
    let each = known.flat_map(|(number, holder)| {
        levels(holder).into_iter().map(move |(level, ordered)| ((number.to_owned(), level), ordered))
    });
    each.collect()
}

fn relation(node: &Node) -> Option<(String, (String, bool))> {
    let is_outside = node.attribute("TargetMode") == Some("External");
    Some((node.attribute("Id")?.to_owned(), (node.attribute("Target")?.to_owned(), is_outside)))
}

/// Notes by the mark that the document refers to them with; the separators that Word keeps among them are none.
fn notes(tree: Node, holder: &str) -> Vec<(String, Node)> {
    let prefix = if holder == "endnotes" { "e" } else { "" };
    let all = tree.children.into_iter().filter(|node| node.name == holder).flat_map(|node| node.children);
    let real = all.filter(|node| node.attribute("type").is_none_or(|kind| kind == "normal"));
    let marked = real.filter_map(|node| Some((format!("{prefix}{}", node.attribute("id")?), node)));
    marked.collect()
}
