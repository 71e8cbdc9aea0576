//! `[cards]`: the pictures that links to the site show where they are shared.
//!
//! In: the table. Out: whether cards are drawn, for which pages, with which files of the site's folder. Never: a look at
//! the files.

use super::{FILE, diagnostics};
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Fields, Node, Origin, Text, Value};
use crate::script::Tag;

/// How social cards are drawn.
#[derive(Debug, Clone)]
pub struct Cards {
    /// Whether they are drawn at all.
    pub draw: bool,
    /// Whether each page has one; else each edition.
    pub pages: bool,
    /// The fonts, in the order in which they are asked for a character; none means a font of the machine.
    pub fonts: Vec<CardFont>,
}

/// A font of the site's folder.
#[derive(Debug, Clone)]
pub struct CardFont {
    /// The editions that it is for; all, where nothing is said.
    pub tag: Option<Tag>,
    /// Its path from the site's root.
    pub path: String,
    /// Where it is named.
    pub place: Place,
}

impl Cards {
    /// The indices of the fonts of an edition: those for its tag or the nearest broader one, else those for all, else
    /// whatever there is.
    pub fn fonts_of(&self, tag: &Tag) -> Vec<usize> {
        let fonts = || self.fonts.iter().enumerate();
        let of = |tag: Option<&Tag>| -> Vec<usize> {
            fonts().filter(|(_, font)| font.tag.as_ref() == tag).map(|(index, _)| index).collect()
        };
        let wider = std::iter::successors(Some(tag.clone()), Tag::broader);
        let mut named = wider.map(|tag| of(Some(&tag))).chain([of(None)]);
        named.find(|fonts| !fonts.is_empty()).unwrap_or_else(|| fonts().map(|(index, _)| index).collect())
    }
}

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Cards {
    let mut cards = Cards { draw: true, pages: false, fonts: Vec::new() };
    let Some(mut table) = fields.table("cards", diagnostics) else { return cards };
    let origin = table.origin();
    cards.draw = table.boolean("draw", diagnostics).unwrap_or(true);
    cards.pages = table.boolean("pages", diagnostics).unwrap_or(false);
    let for_all = (!table.holds_table("font")).then(|| table.take("font")).flatten();
    cards.fonts.extend(for_all.into_iter().flat_map(|node| fonts(origin, None, node, diagnostics)));
    let by_edition = table.holds_table("font").then(|| table.table("font", diagnostics)).flatten();
    for entry in by_edition.into_iter().flat_map(|mut fonts| fonts.take_all()) {
        match entry.key.parse::<Tag>() {
            Ok(tag) => cards.fonts.extend(fonts(origin, Some(&tag), entry.node, diagnostics)),
            Err(error) => {
                let key = Text { value: entry.key, span: entry.key_span };
                diagnostics.push(diagnostics::edition_tag(origin, &key, &error.to_string()));
            }
        }
    }
    table.finish(diagnostics);
    cards
}

/// One path or a list of them.
fn fonts(
    origin: Origin<'_>,
    tag: Option<&Tag>,
    node: Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<CardFont> {
    let nodes = match node.value {
        Value::Array(nodes) => nodes,
        _ => vec![node],
    };
    let font = |node: Node| match node.value {
        Value::String(path) if is_font(&path) => {
            let place = Place::in_text(FILE, origin.text, node.span);
            Some(CardFont { tag: tag.cloned(), path, place })
        }
        _ => {
            diagnostics.push(diagnostics::card_font(origin, node.span));
            None
        }
    };
    nodes.into_iter().filter_map(font).collect()
}

/// Whether it can be the path of a font inside the site's folder.
fn is_font(path: &str) -> bool {
    let is_inside =
        path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', ':']);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    is_inside && ending.is_some_and(|ending| ["otf", "ttf", "otc", "ttc"].contains(&ending.as_str()))
}
