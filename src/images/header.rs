//! What an image says of itself before its pixels.

use super::riff;
use super::variants::Variants;
use super::{Fault, Picture};
use image::metadata::Orientation;
use image::{ImageDecoder, Limits, codecs::png::PngDecoder};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// How an image is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    WebP,
}

impl Kind {
    /// By the bytes it begins with, whatever the file's name says.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }
}

/// Whether pixels are those of a camera or of a pencil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    Photograph,
    Drawing,
}

/// A lossless file with so many bytes to a hundred pixels is a photograph: screenshots and diagrams have 5 to 30.
const PHOTOGRAPH: u64 = 70;
/// A profile longer than this (those of printers) would weigh more than what the smaller image saves.
const LONGEST_PROFILE: usize = 16 * 1024;

#[derive(Debug)]
pub(super) struct Header {
    /// As stored, before it is turned upright.
    pub(super) size: (u32, u32),
    pub(super) orientation: Orientation,
    pub(super) matter: Matter,
    pub(super) has_alpha: bool,
    /// One picture in red, green and blue (or grey), which a smaller one can stand for.
    is_plain: bool,
    pub(super) profile: Option<Vec<u8>>,
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        match Kind::of(bytes) {
            Some(Kind::Jpeg) => Self::jpeg(bytes),
            Some(Kind::Png) => Self::png(bytes),
            Some(Kind::Gif) => Self::gif(bytes),
            Some(Kind::WebP) => Self::webp(bytes),
            None => Err(Fault::Damaged("it begins like no image".to_owned())),
        }
    }

    fn jpeg(bytes: &[u8]) -> Result<Self, Fault> {
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), any_size());
        decoder.decode_headers().map_err(damaged)?;
        let (width, height) = decoder.dimensions().unwrap_or_default();
        let profile = decoder.icc_profile();
        let colours = decoder.input_colorspace();
        let is_plain = matches!(colours, Some(ColorSpace::Luma | ColorSpace::RGB | ColorSpace::YCbCr));
        Ok(Self {
            size: (whole(width), whole(height)),
            orientation: orientation(decoder.exif().map(Vec::as_slice)),
            matter: Matter::Photograph,
            has_alpha: false,
            is_plain: is_plain && is_usable(profile.as_deref()),
            profile,
        })
    }

    fn png(bytes: &[u8]) -> Result<Self, Fault> {
        let mut decoder = png(bytes)?;
        let profile = decoder.icc_profile().ok().flatten();
        let exif = decoder.exif_metadata().ok().flatten();
        let is_animated = decoder.is_apng().unwrap_or(true);
        Ok(Self {
            size: decoder.dimensions(),
            orientation: orientation(exif.as_deref()),
            matter: matter(bytes, decoder.dimensions()),
            has_alpha: decoder.color_type().has_alpha(),
            is_plain: !is_animated && is_usable(profile.as_deref()),
            profile,
        })
    }

    fn gif(bytes: &[u8]) -> Result<Self, Fault> {
        let mut options = gif::DecodeOptions::new();
        options.skip_frame_decoding(true);
        let mut decoder = options.read_info(Cursor::new(bytes)).map_err(damaged)?;
        let size = (u32::from(decoder.width()), u32::from(decoder.height()));
        let mut next = || decoder.next_frame_info().map(|frame| frame.is_some());
        let is_still = next().map_err(damaged)? && !next().unwrap_or(false);
        Ok(Self {
            size,
            orientation: Orientation::NoTransforms,
            matter: Matter::Drawing,
            has_alpha: true,
            is_plain: is_still,
            profile: None,
        })
    }

    fn webp(bytes: &[u8]) -> Result<Self, Fault> {
        let features = webp::BitstreamFeatures::new(bytes)
            .ok_or_else(|| Fault::Damaged("its header cannot be read".to_owned()))?;
        let size = (features.width(), features.height());
        let is_lossy = matches!(features.format(), Some(webp::BitstreamFormat::Lossy));
        let profile = riff::chunk(bytes, *b"ICCP").map(<[u8]>::to_vec);
        Ok(Self {
            size,
            orientation: orientation(riff::chunk(bytes, *b"EXIF")),
            matter: if is_lossy { Matter::Photograph } else { matter(bytes, size) },
            has_alpha: features.has_alpha(),
            is_plain: !features.has_animation() && is_usable(profile.as_deref()),
            profile,
        })
    }

    /// Width and height as it is shown.
    pub(super) fn upright(&self) -> (u32, u32) {
        let (width, height) = self.size;
        if is_on_its_side(self.orientation) { (height, width) } else { (width, height) }
    }

    /// What becomes of it.
    pub(super) fn picture(&self, bytes: &[u8]) -> Picture {
        if self.is_plain { Variants::of(self, bytes) } else { Picture::AsItIs }
    }
}

/// A PNG on its way to be decoded. A profile that unfolds to gigabytes is none.
pub(super) fn png(bytes: &[u8]) -> Result<PngDecoder<Cursor<&[u8]>>, Fault> {
    const MOST_BESIDE_PIXELS: u64 = 64 << 20;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BESIDE_PIXELS);
    PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(damaged)
}

/// An image's pixels are counted before they are decoded, so there is no other limit.
pub(super) fn any_size() -> DecoderOptions {
    DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX)
}

pub(super) fn damaged(error: impl std::fmt::Display) -> Fault {
    let words = error.to_string();
    let line = words.lines().next().unwrap_or_default();
    if line.eq_ignore_ascii_case("unexpected end of file") {
        return Fault::Damaged("its end is missing".to_owned());
    }
    Fault::Damaged(line.trim_end_matches('.').to_owned())
}

fn whole(pixels: usize) -> u32 {
    u32::try_from(pixels).unwrap_or(u32::MAX)
}

pub(super) fn is_on_its_side(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn orientation(exif: Option<&[u8]>) -> Orientation {
    // WebP files of some programs repeat the marker that only JPEG has.
    let exif = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

fn matter(bytes: &[u8], (width, height): (u32, u32)) -> Matter {
    let pixels = u64::from(width) * u64::from(height);
    if bytes.len() as u64 * 100 >= pixels * PHOTOGRAPH { Matter::Photograph } else { Matter::Drawing }
}

/// Whether the variants can carry this profile: they are in red, green and blue.
fn is_usable(profile: Option<&[u8]>) -> bool {
    profile.is_none_or(|profile| profile.get(16..20) == Some(b"RGB ") && profile.len() <= LONGEST_PROFILE)
}
