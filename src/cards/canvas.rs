//! Pixels of few colours: outlines in, a PNG out.
//!
//! A pixel is a number in a palette: paper, or one of the inks in one of its shades. So a card has few bytes and is
//! packed fast. Never: a pixel outside the card.

use super::font::{Command, Shape};
use ab_glyph_rasterizer::{Point, Rasterizer, point};

/// What is drawn with.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Black,
    Red,
    Grey,
}

const PAPER: [u8; 3] = [0xFD, 0xFD, 0xFC];
/// In the order of [`Ink`]; those of the theme.
const INKS: [[u8; 3]; 3] = [[0x1C, 0x1D, 0x20], [0x9C, 0x2A, 0x22], [0x5A, 0x5C, 0x61]];
/// From the lightest to the full ink.
const SHADES: u8 = 7;

pub(super) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    rasterizer: Rasterizer,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0; width * height], rasterizer: Rasterizer::new(0, 0) }
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, ink: Ink, (left, top): (usize, usize), (width, height): (usize, usize)) {
        let right = (left + width).min(self.width);
        for row in self.pixels.chunks_exact_mut(self.width).skip(top).take(height) {
            row[left.min(right)..right].fill(ink as u8 * SHADES + SHADES);
        }
    }

    /// Draws a character of `size` pixels with its origin at a place.
    pub(super) fn draw(&mut self, shape: &Shape, ink: Ink, size: f32, (x, y): (f32, f32)) {
        let Some(Frame { left, top, width, height }) = Frame::of(shape, size, (x, y), self) else { return };
        self.rasterizer.reset(width, height);
        let (x, y) = (x - left as f32, y - top as f32);
        // What lies outside is drawn on the edge, so that what it surrounds stays filled.
        let place = |[px, py]: [f32; 2]| {
            let (px, py) = (x + px * size, y - py * size);
            point(px.clamp(0.0, width as f32), py.clamp(0.0, height as f32))
        };
        fill(&mut self.rasterizer, &shape.commands, place);
        let (all, pixels) = (self.width, &mut self.pixels);
        self.rasterizer.for_each_pixel_2d(|column, row, covered| {
            // Written as a whole number between none and all of the shades.
            let shade = (covered.min(1.0) * f32::from(SHADES) + 0.5) as u8;
            let pixel = &mut pixels[(top + row as usize) * all + left + column as usize];
            if shade > 0 && (*pixel == 0 || shade > (*pixel - 1) % SHADES + 1) {
                *pixel = ink as u8 * SHADES + shade;
            }
        });
    }

    /// The bytes of a PNG.
    pub(super) fn into_png(self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(1 << 15);
        let side = |pixels: usize| u32::try_from(pixels).ok();
        let mut encoder = png::Encoder::new(&mut bytes, side(self.width)?, side(self.height)?);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette());
        encoder.set_deflate_compression(png::DeflateCompression::Level(2));
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.pixels).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

/// The pixels that a character covers.
struct Frame {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Frame {
    /// As much of it as is on the canvas; nothing if nothing is.
    fn of(shape: &Shape, size: f32, (x, y): (f32, f32), canvas: &Canvas) -> Option<Self> {
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for [px, py] in shape.commands.iter().flat_map(points) {
            let at = [x + px * size, y - py * size];
            for axis in 0..2 {
                low[axis] = low[axis].min(at[axis]);
                high[axis] = high[axis].max(at[axis]);
            }
        }
        let on = |value: f32, most: usize| value.clamp(0.0, most as f32) as usize;
        let (left, top) = (on(low[0].floor(), canvas.width), on(low[1].floor(), canvas.height));
        let (right, bottom) = (on(high[0].ceil(), canvas.width), on(high[1].ceil(), canvas.height));
        (right > left && bottom > top).then(|| Self { left, top, width: right - left, height: bottom - top })
    }
}

fn points(command: &Command) -> impl Iterator<Item = [f32; 2]> {
    let (all, count) = match *command {
        Command::Move(to) | Command::Line(to) => ([to; 3], 1),
        Command::Quad(control, to) => ([control, to, to], 2),
        Command::Cubic(a, b, to) => ([a, b, to], 3),
    };
    all.into_iter().take(count)
}

/// Fills an outline, every contour of which is closed.
fn fill(rasterizer: &mut Rasterizer, commands: &[Command], place: impl Fn([f32; 2]) -> Point) {
    let mut first = point(0.0, 0.0);
    let mut last = first;
    for command in commands {
        let to = match *command {
            Command::Move(to) => {
                rasterizer.draw_line(last, first);
                first = place(to);
                first
            }
            Command::Line(to) => {
                let to = place(to);
                rasterizer.draw_line(last, to);
                to
            }
            Command::Quad(control, to) => {
                let to = place(to);
                rasterizer.draw_quad(last, place(control), to);
                to
            }
            Command::Cubic(a, b, to) => {
                let to = place(to);
                rasterizer.draw_cubic(last, place(a), place(b), to);
                to
            }
        };
        last = to;
    }
    rasterizer.draw_line(last, first);
}

/// Paper, then every ink from its lightest shade to its full one.
fn palette() -> Vec<u8> {
    let shade = |ink: [u8; 3], shade: u8| {
        let mix = |paper: u8, ink: u8| {
            let (paper, ink, shade) = (u16::from(paper), u16::from(ink), u16::from(shade));
            let all = u16::from(SHADES);
            u8::try_from((paper * (all - shade) + ink * shade + all / 2) / all).unwrap_or(u8::MAX)
        };
        [mix(PAPER[0], ink[0]), mix(PAPER[1], ink[1]), mix(PAPER[2], ink[2])]
    };
    let inks = INKS.into_iter().flat_map(|ink| (1..=SHADES).flat_map(move |step| shade(ink, step)));
    PAPER.into_iter().chain(inks).collect()
}
