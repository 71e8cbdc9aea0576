//! Photographs and drawings made of pixels, in the sizes that screens need.
//!
//! In: the bytes of a JPEG, PNG, WebP or GIF. Out, from its header and the hash of its bytes alone: its size as a
//! reader sees it and its [`Variants`], whose names and widths are known before anything is decoded; and from its
//! pixels, the bytes of these variants. The same bytes give the same variants, whoever asks and on however many
//! threads. Metadata (places, cameras, names) stay in the original; only the colour profile travels. Never: a disk
//! access, a thread, a larger image than the original.

mod encode;
mod header;
mod pixels;
mod riff;
mod variants;

pub use variants::{FOLDER, Format, Variants};

use header::Header;

/// What an image is to a page that shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Picture {
    /// It is shown as it is: because it is small, or moves, or because its colours would suffer.
    #[default]
    AsItIs,
    /// It is shown in one of several sizes.
    Sized(Variants),
    /// It is shown as it is, and someone should know why.
    Faulty(Fault),
}

/// Why an image cannot be made smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Its bytes are not those of an image, or not all of them; with the decoder's words.
    Damaged(String),
    /// So many megapixels are too many to decode.
    TooLarge(u64),
    /// Its bytes are no longer those that its variants are named after.
    Changed,
}

/// Reads a header: width and height as the image is shown, and what becomes of it.
pub fn look(bytes: &[u8]) -> (Option<(u32, u32)>, Picture) {
    match Header::read(bytes) {
        Ok(header) => (Some(header.upright()), header.picture(bytes)),
        Err(fault) => (None, Picture::Faulty(fault)),
    }
}

/// Decodes an image to see that it is sound.
pub fn prove(bytes: &[u8], variants: &Variants) -> Result<(), Fault> {
    pixels::Pixels::decode(bytes, variants).map(drop)
}

/// Makes the variants of an image: their names, and their bytes.
pub fn make(bytes: &[u8], variants: &Variants) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut pixels = pixels::Pixels::decode(bytes, variants)?;
    let mut files = Vec::new();
    for width in variants.widths().iter().rev().copied() {
        pixels.shrink(width, variants.height(width));
        let made = encode::within_budget(&pixels, variants, bytes.len())?;
        files.extend(made.into_iter().map(|(format, bytes)| (variants.name(width, format), bytes)));
    }
    Ok(files)
}
