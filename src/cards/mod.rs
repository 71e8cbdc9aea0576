//! Social cards: the picture that a link shows where it is shared, drawn as a newspaper's plate.
//!
//! In: the texts of a card in the words of its edition, and a font. Out: its name, which says all that its bytes depend
//! on, and the bytes of a PNG. The same card and font give the same bytes on every machine. Never: a disk access, a
//! thread, a part of a card: where the font lacks a character there is none.

mod canvas;
mod font;
mod layout;
mod lines;

pub use font::Font;

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The folder that all cards are published in.
pub const FOLDER: &str = "cards";
/// In pixels, as those who show it ask for it.
pub const WIDTH: u32 = 1200;
/// In pixels.
pub const HEIGHT: u32 = 630;

/// A part of every name. To be raised with every change that gives cards other bytes, so that neither a cache here nor one
/// at a reader's holds what is no longer drawn.
const RECIPE: &str = "jianbao card 1";

/// What stands on a card.
#[derive(Debug, Clone, Default)]
pub struct Card<'a> {
    /// The site's title.
    pub masthead: &'a str,
    /// The line above the headline.
    pub kicker: Option<&'a str>,
    /// The headline.
    pub headline: &'a str,
    /// For each character of the headline whether a word begins there.
    pub begins: Vec<bool>,
    /// What the edition is called; empty where there is one only.
    pub label: &'a str,
    /// Where the facts come from, or the date.
    pub imprint: &'a str,
}

/// Characters that the font does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Vec<char>);

impl<'a> Card<'a> {
    fn texts(&self) -> [&'a str; 5] {
        [self.masthead, self.kicker.unwrap_or_default(), self.headline, self.label, self.imprint]
    }

    /// The name of the file: drawn in the language `tag` with fonts of which `fonts` tells one from another.
    pub fn name(&self, tag: &str, fonts: &[u8]) -> String {
        let mut hash = Sha256::new().chain_update(RECIPE);
        let begins: Vec<u8> = self.begins.iter().copied().map(u8::from).collect();
        let texts = self.texts().map(str::as_bytes);
        for part in texts.into_iter().chain([tag.as_bytes(), fonts, &begins]) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut name = String::new();
        for byte in &hash.finalize()[..10] {
            // Writing to a String cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        name + ".png"
    }
}

/// Draws a card.
pub fn draw(card: &Card<'_>, font: &Font<'_>) -> Result<Vec<u8>, Missing> {
    let canvas = layout::card(card, font)?;
    Ok(canvas.into_png().unwrap_or_default())
}
