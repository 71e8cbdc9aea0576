//! From pixels to files that are small enough.

use super::header::damaged;
use super::pixels::Pixels;
use super::variants::{Format, Variants};
use super::{Fault, riff};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// All formats of one width together have so many bytes at most, whatever is in the image. One that is more than twice
/// as tall as wide, such as a screenshot of a whole page, has as many for each such stretch.
const BUDGET: usize = 300_000;
/// WebP, which nearly every reader gets, may take so many hundredths of it where there is a JPEG too.
const SHARE: usize = 60;
/// Tried from the left; the first is as good as the original to the eye.
const QUALITIES: [u8; 12] = [80, 72, 64, 56, 48, 40, 32, 24, 16, 8, 4, 1];
/// A file with so many hundredths of its budget is not tried to be bettered.
const NEAR: usize = 85;
/// A drawing keeps every pixel, unless it takes so many times the bytes.
const MUCH_LARGER: usize = 4;

/// The files of one width.
pub(super) fn within_budget(
    pixels: &Pixels,
    variants: &Variants,
    original: usize,
) -> Result<Vec<(Format, Vec<u8>)>, Fault> {
    let (width, height) = variants.size();
    let stretches = (u64::from(height)).div_ceil(2 * u64::from(width)).max(1);
    let budget = BUDGET * usize::try_from(stretches).unwrap_or(1);
    let has_jpeg = variants.formats().contains(&Format::Jpeg);
    let share = if has_jpeg { budget / 100 * SHARE } else { budget };
    let webp = webp(pixels, variants.is_drawing(), share.min(original))?;
    let left = budget - webp.len().min(budget);
    let mut files = vec![(Format::WebP, webp)];
    if has_jpeg {
        files.push((Format::Jpeg, best(left.min(original), |quality| jpeg(pixels, quality))?));
    }
    Ok(files)
}

/// The best that fits, or nearly so; where nothing fits the smallest there is.
///
/// What a quality will give is guessed from what others gave, which takes two or three attempts for a photograph and five
/// for noise.
fn best(budget: usize, encode: impl Fn(u8) -> Result<Vec<u8>, Fault>) -> Result<Vec<u8>, Fault> {
    let file = encode(QUALITIES[0])?;
    if file.len() <= budget {
        return Ok(file);
    }
    // One that is too large, and one that fits, or is taken whether it does or not.
    let (mut above, mut below) = ((0, file.len()), (QUALITIES.len() - 1, 0));
    let mut fits = None;
    while above.0 + 1 < below.0 {
        let at = guess(above, below, budget);
        let file = encode(QUALITIES[at])?;
        if file.len() > budget {
            above = (at, file.len());
            continue;
        }
        below = (at, file.len());
        let is_near = file.len() * 100 >= budget * NEAR;
        fits = Some(file);
        if is_near {
            break;
        }
    }
    fits.map_or_else(|| encode(QUALITIES[below.0]), Ok)
}

/// The quality between two that should just fit, if bytes grew evenly from one to the other.
fn guess(above: (usize, usize), below: (usize, usize), budget: usize) -> usize {
    let quality = |at: usize| usize::from(QUALITIES[at]);
    let (high, low) = (quality(above.0), quality(below.0));
    let wanted = low + (high - low) * budget.saturating_sub(below.1) / (above.1 - below.1).max(1);
    let between = above.0 + 1..below.0;
    between.clone().find(|at| quality(*at) <= wanted).unwrap_or(between.end - 1)
}

fn webp(pixels: &Pixels, is_drawing: bool, budget: usize) -> Result<Vec<u8>, Fault> {
    let lossy = |quality: u8| webp_file(pixels, false, f32::from(quality));
    if !is_drawing {
        return best(budget, lossy);
    }
    let exact = webp_file(pixels, true, 75.0)?;
    let close = best(budget, lossy)?;
    let is_kept = exact.len() <= budget && exact.len() < close.len().saturating_mul(MUCH_LARGER);
    Ok(if is_kept { exact } else { close })
}

fn webp_file(pixels: &Pixels, is_lossless: bool, quality: f32) -> Result<Vec<u8>, Fault> {
    let image = &pixels.image;
    let (size, has_alpha) = ((image.width(), image.height()), image.color().has_alpha());
    let encoder = if has_alpha {
        webp::Encoder::from_rgba(image.as_bytes(), size.0, size.1)
    } else {
        webp::Encoder::from_rgb(image.as_bytes(), size.0, size.1)
    };
    let file = encoder.encode_simple(is_lossless, quality).map_err(|error| damaged(format!("{error:?}")))?;
    Ok(match &pixels.profile {
        Some(profile) => riff::with_profile(&file, profile, size, has_alpha),
        None => file.to_vec(),
    })
}

fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Fault> {
    let image = &pixels.image;
    let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_progressive(true);
    if let Some(profile) = &pixels.profile {
        encoder.add_icc_profile(profile).map_err(damaged)?;
    }
    encoder
        .encode(image.as_bytes(), side(image.width()), side(image.height()), ColorType::Rgb)
        .map_err(damaged)?;
    Ok(file)
}
