//! Which variants an image has: a function of its header and the hash of its bytes.

use super::header::{Header, Matter};
use super::{Fault, Picture};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The folder that all variants are published in: they are the same in all editions.
pub const FOLDER: &str = "images";

/// A part of every hash: another number gives every variant another name. To be raised with every change that gives
/// variants other bytes, so that neither a cache here nor one at a reader's holds what is no longer made.
const RECIPE: &str = "jianbao images 1\n";

/// From a telephone's column to a desktop's at two pixels to the point: the theme's column is 646 points wide.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];
/// A photograph of fewer bytes is small already.
const SMALL: usize = 40_000;
/// So is a drawing: at half its width it would be no smaller, or blurred.
const SMALL_DRAWING: usize = 100_000;
/// So many pixels are decoded at most: four bytes each.
const MOST_PIXELS: u64 = 100_000_000;
/// WebP has no longer sides.
const LONGEST_SIDE: u32 = 16_383;

/// A format of variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What all browsers in use know.
    WebP,
    /// For those that are older.
    Jpeg,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

/// The sizes and formats in which an image is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variants {
    hash: String,
    /// As the image is shown.
    size: (u32, u32),
    widths: Vec<u32>,
    is_drawing: bool,
    has_jpeg: bool,
}

impl Variants {
    /// The variants that an image needs, if any.
    pub(super) fn of(header: &Header, bytes: &[u8]) -> Picture {
        let (width, height) = header.upright();
        let is_drawing = header.matter == Matter::Drawing;
        let small = if is_drawing { SMALL_DRAWING } else { SMALL };
        if width <= WIDTHS[0] || height == 0 || bytes.len() < small {
            return Picture::AsItIs;
        }
        let pixels = u64::from(width) * u64::from(height);
        if pixels > MOST_PIXELS {
            return Picture::Faulty(Fault::TooLarge(pixels / 1_000_000));
        }
        let has_jpeg = !is_drawing && !header.has_alpha;
        let variants =
            Self { hash: hash(bytes), size: (width, height), widths: widths(width), is_drawing, has_jpeg };
        let longest = variants.widths.last().map_or(0, |width| variants.height(*width));
        if longest > LONGEST_SIDE { Picture::AsItIs } else { Picture::Sized(variants) }
    }

    /// The name of the image among its variants; two files with the same bytes have the same.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// In pixels, the smallest first.
    pub fn widths(&self) -> &[u32] {
        &self.widths
    }

    /// The height of the variant of this width.
    pub fn height(&self, width: u32) -> u32 {
        let (full_width, full_height) = (u64::from(self.size.0), u64::from(self.size.1));
        let height = (u64::from(width) * full_height + full_width / 2) / full_width;
        u32::try_from(height.max(1)).unwrap_or(u32::MAX)
    }

    /// Its formats, the better one first. A drawing, and whatever is seen through, has no JPEG: where WebP is not
    /// known the original does, which is rarely larger than a smaller one that is coloured at its edges.
    pub fn formats(&self) -> &'static [Format] {
        if self.has_jpeg { &[Format::WebP, Format::Jpeg] } else { &[Format::WebP] }
    }

    /// The name of a variant in [`FOLDER`].
    pub fn name(&self, width: u32, format: Format) -> String {
        format!("{}-{width}.{}", self.hash, format.extension())
    }

    /// The names of all of them.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let of_width = move |width: u32| self.formats().iter().map(move |format| self.name(width, *format));
        self.widths.iter().copied().flat_map(of_width)
    }

    /// How many pixels the image has, which is what it takes to decode it.
    pub fn pixels(&self) -> u64 {
        u64::from(self.size.0) * u64::from(self.size.1)
    }

    pub(super) fn size(&self) -> (u32, u32) {
        self.size
    }

    pub(super) fn is_drawing(&self) -> bool {
        self.is_drawing
    }

    /// Whether it is named after these bytes.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        self.hash == hash(bytes)
    }
}

/// The usual widths below the image's own, which is the last one unless it is larger than all of them. A usual width
/// just below the image's own would save next to nothing.
fn widths(own: u32) -> Vec<u32> {
    let last = own.min(WIDTHS[WIDTHS.len() - 1]);
    let smaller = WIDTHS.into_iter().filter(|width| width * 8 <= last * 7);
    smaller.chain([last]).collect()
}

/// 80 bits: enough to tell the images of a site apart, short enough for an address.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::new().chain_update(RECIPE).chain_update(bytes).finalize();
    let mut name = String::new();
    for byte in &digest[..10] {
        // Writing to a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::widths;

    #[test]
    fn widths_go_up_to_the_image_and_no_further() {
        assert_eq!(widths(4000), [480, 800, 1200, 1600]);
        assert_eq!(widths(1600), [480, 800, 1200, 1600]);
        assert_eq!(widths(1300), [480, 800, 1300]);
        assert_eq!(widths(1000), [480, 800, 1000]);
        assert_eq!(widths(500), [500]);
    }
}
