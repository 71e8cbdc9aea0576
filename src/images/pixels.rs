//! From bytes to pixels: upright, eight bits to a colour, and smaller.

use super::Fault;
use super::header::{Header, Kind, any_size, damaged, is_on_its_side, png};
use super::variants::Variants;
use image::codecs::gif::GifDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

/// A decoded image, on its way from the largest of its variants to the smallest.
pub(super) struct Pixels {
    /// With an alpha channel only where something is seen through.
    pub(super) image: DynamicImage,
    /// How the image is turned once it is small, which is less work.
    orientation: Orientation,
    pub(super) profile: Option<Vec<u8>>,
}

impl Pixels {
    pub(super) fn decode(bytes: &[u8], variants: &Variants) -> Result<Self, Fault> {
        if !variants.is_of(bytes) {
            return Err(Fault::Changed);
        }
        let header = Header::read(bytes)?;
        let image = match Kind::of(bytes) {
            Some(Kind::Jpeg) => jpeg(bytes)?,
            Some(Kind::Png) => decoded(DynamicImage::from_decoder(png(bytes)?))?,
            Some(Kind::Gif) => decoded(DynamicImage::from_decoder(gif(bytes)?))?,
            Some(Kind::WebP) => webp(bytes)?,
            None => return Err(Fault::Changed),
        };
        if (image.width(), image.height()) != header.size {
            return Err(Fault::Damaged("it has another size than it says".to_owned()));
        }
        Ok(Self {
            image,
            orientation: header.orientation,
            profile: header.profile.filter(|profile| says_more_than_srgb(profile)),
        })
    }

    /// Makes it as small as this, upright. Never larger: the next width is made from this one.
    pub(super) fn shrink(&mut self, width: u32, height: u32) {
        let (width, height) =
            if is_on_its_side(self.orientation) { (height, width) } else { (width, height) };
        if (width, height) != (self.image.width(), self.image.height()) {
            self.image = match std::mem::take(&mut self.image) {
                DynamicImage::ImageRgba8(image) => resize_seen_through(image, width, height),
                image => smaller(&image, width, height),
            };
        }
        self.image.apply_orientation(std::mem::replace(&mut self.orientation, Orientation::NoTransforms));
    }
}

/// A profile that says what every screen assumes is left out: it would be three kilobytes in each variant.
fn says_more_than_srgb(profile: &[u8]) -> bool {
    !profile.windows(4).any(|text| text == b"sRGB") && !profile.windows(8).any(|text| text == b"\0s\0R\0G\0B")
}

/// Strict, unlike browsers, which show grey where the rest of a file is missing: someone should know.
fn jpeg(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    let options = any_size().set_strict_mode(true).jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(damaged)?;
    if !jpeg_is_whole(bytes) {
        return Err(Fault::Damaged("its end is missing".to_owned()));
    }
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or_default();
    sized(RgbImage::from_raw(side(width), side(height), pixels).map(DynamicImage::from))
}

/// Whether the end of the image is there: past all headers and scans, its marker. The decoder does not ask for it.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const END: u8 = 0xD9;
    let mut rest = bytes.get(2..).unwrap_or_default();
    // What is no marker is a scan: in it 0xFF stands before 0x00 or a restart (0xD0 to 0xD7) only.
    while let Some(at) = rest.iter().position(|byte| *byte == 0xFF) {
        rest = &rest[at + 1..];
        match rest {
            [END, ..] => return true,
            [0x00 | 0xD0..=0xD7, after @ ..] => rest = after,
            // A byte to fill with, before the marker proper.
            [0xFF, ..] => {}
            [_, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(1 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}

fn gif(bytes: &[u8]) -> Result<GifDecoder<Cursor<&[u8]>>, Fault> {
    GifDecoder::new(Cursor::new(bytes)).map_err(damaged)
}

fn webp(bytes: &[u8]) -> Result<DynamicImage, Fault> {
    let image = webp::Decoder::new(bytes).decode();
    let image = image.ok_or_else(|| Fault::Damaged("its pixels cannot be read".to_owned()))?;
    let (width, height, pixels) = (image.width(), image.height(), image.to_vec());
    if image.is_alpha() {
        decoded(Ok(sized(RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from))?))
    } else {
        sized(RgbImage::from_raw(width, height, pixels).map(DynamicImage::from))
    }
}

fn sized(image: Option<DynamicImage>) -> Result<DynamicImage, Fault> {
    image.ok_or_else(|| Fault::Damaged("it has fewer pixels than it says".to_owned()))
}

/// In eight bits; an alpha channel that nothing is seen through is dropped.
fn decoded(image: image::ImageResult<DynamicImage>) -> Result<DynamicImage, Fault> {
    let image = image.map_err(damaged)?;
    if image.color().has_alpha() {
        let image = image.into_rgba8();
        if image.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
            return Ok(image.into());
        }
        return Ok(DynamicImage::from(image).into_rgb8().into());
    }
    Ok(image.into_rgb8().into())
}

/// A much larger image is averaged first, which takes a tenth of the time and no memory to speak of.
fn smaller(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if image.width() / 3 > width {
        let between = image.thumbnail_exact(2 * width, 2 * height);
        return between.resize_exact(width, height, FilterType::Lanczos3);
    }
    image.resize_exact(width, height, FilterType::Lanczos3)
}

/// What is not seen has a colour too, often black: weighed by how much it is seen, so that it does not show as a seam.
fn resize_seen_through(mut image: RgbaImage, width: u32, height: u32) -> DynamicImage {
    for pixel in image.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        for colour in colours {
            *colour = scaled(*colour, *alpha, u8::MAX);
        }
    }
    let mut small = smaller(&image.into(), width, height).into_rgba8();
    for pixel in small.pixels_mut() {
        let [colours @ .., alpha] = &mut pixel.0;
        for colour in colours {
            *colour = scaled(*colour, u8::MAX, *alpha);
        }
    }
    small.into()
}

/// `colour * by / of`, rounded.
fn scaled(colour: u8, by: u8, of: u8) -> u8 {
    let of = u32::from(of.max(1));
    let scaled = (u32::from(colour) * u32::from(by) + of / 2) / of;
    u8::try_from(scaled).unwrap_or(u8::MAX)
}
