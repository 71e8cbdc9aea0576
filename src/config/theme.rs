//! `[theme]`: what a house changes of the theme's look without copying it: colours, fonts, the length of a line.
//!
//! In: the table. Out: a [`Theme`] in which every value is safe to stand in a style sheet. Never: CSS.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Fields, Origin, Text};
use crate::script::Tag;
use std::fmt;
use std::ops::RangeInclusive;

/// What a site changes of the look of its pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// The colour of kickers, marks and links.
    pub accent: Colours,
    /// What stands behind everything.
    pub paper: Colours,
    /// What texts are printed in.
    pub ink: Colours,
    /// A line of the body has at most so many characters.
    pub measure: Option<u8>,
    /// What stands before the theme's own fonts, by edition.
    pub fonts: Vec<(Tag, Fonts)>,
}

/// A colour by day and by night; where one is not said the theme's own stays.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Colours {
    /// In a light surrounding, and on paper.
    pub light: Option<Colour>,
    /// In a dark one.
    pub dark: Option<Colour>,
}

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Names of fonts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fonts {
    /// For the body.
    pub sans: Vec<String>,
    /// For headlines.
    pub serif: Vec<String>,
}

/// The theme's own paper, ink and accent, by day and by night, which those of a site must go together with. They stand in
/// static/style.css, too; a test compares them.
pub const OWN: [[Colour; 3]; 2] = [
    [Colour::hex(0xfd_fdfc), Colour::hex(0x1c_1d20), Colour::hex(0x9c_2a22)],
    [Colour::hex(0x13_1516), Colour::hex(0xe4_e2dd), Colour::hex(0xf0_948a)],
];

/// Text of normal size (WCAG 2.2, 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Shorter lines are cut at every clause, in longer ones the eye is lost (clreq speaks of up to 40 characters).
const MEASURES: RangeInclusive<u8> = 16..=48;

impl Colour {
    /// `0x9c_2a22` is `#9c2a22`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self([red, green, blue])
    }

    /// `#9c2a22` or `#333`.
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
        let channel = |at: usize| match digits.len() {
            3 => Some(digit(at)? * 17),
            6 => Some(digit(at * 2)? * 16 + digit(at * 2 + 1)?),
            _ => None,
        };
        Some(Self([channel(0)?, channel(1)?, channel(2)?]))
    }

    /// How well a text of one colour is read on the other, 1 to 21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour so many hundredths of the way to another, as `color-mix(in srgb, …)` has it.
    #[must_use]
    pub fn mix(self, other: Self, hundredths: u8) -> Self {
        let way = u32::from(hundredths.min(100));
        let channel = |at: usize| {
            let sum = u32::from(self.0[at]) * (100 - way) + u32::from(other.0[at]) * way;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([channel(0), channel(1), channel(2)])
    }

    /// How bright it is for the eye, 0 to 1 (WCAG 2.2, relative luminance).
    pub fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// What is said of a colour by day and by night, with its place.
type Said = [Option<(Colour, Text)>; 2];

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Theme {
    let Some(mut table) = fields.table("theme", diagnostics) else { return Theme::default() };
    let said = ["paper", "ink", "accent"].map(|key| colours(&mut table, key, diagnostics));
    for time in 0..2 {
        check_contrast(table.origin(), &said, time, diagnostics);
    }
    let [paper, ink, accent] = said.map(|[light, dark]| Colours {
        light: light.map(|(colour, _)| colour),
        dark: dark.map(|(colour, _)| colour),
    });
    let measure = measure(&mut table, diagnostics);
    let fonts = fonts(&mut table, diagnostics);
    table.finish(diagnostics);
    Theme { accent, paper, ink, measure, fonts }
}

/// `accent = "#9c2a22"`, or `accent = { light = "#9c2a22", dark = "#f0948a" }`.
fn colours(table: &mut Fields<'_>, key: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Said {
    let origin = table.origin();
    let texts = if table.holds_table(key) {
        let Some(mut both) = table.table(key, diagnostics) else { return Said::default() };
        let texts = [both.text("light", diagnostics), both.text("dark", diagnostics)];
        both.finish(diagnostics);
        texts
    } else {
        [table.text(key, diagnostics), None]
    };
    texts.map(|text| {
        let text = text?;
        let colour = Colour::parse(&text.value);
        diagnostics.extend(colour.is_none().then(|| diagnostics::colour(origin, &text)));
        colour.zip(Some(text))
    })
}

/// Warns where a colour of the site makes a text hard to read.
fn check_contrast(origin: Origin<'_>, said: &[Said; 3], time: usize, diagnostics: &mut Vec<Diagnostic>) {
    let colour = |which: usize| said[which][time].as_ref().map_or(OWN[time][which], |(colour, _)| *colour);
    for (which, key) in [(1, "ink"), (2, "accent")] {
        let Some((_, place)) = said[which][time].as_ref().or(said[0][time].as_ref()) else { continue };
        let contrast = colour(which).contrast(colour(0));
        if contrast < LEAST_CONTRAST {
            diagnostics.push(diagnostics::contrast(origin, place, key, time == 1, contrast, LEAST_CONTRAST));
        }
    }
}

fn measure(table: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<u8> {
    let origin = table.origin();
    let span = table.span_of("measure")?;
    let number = table.integer("measure", diagnostics)?;
    let measure = u8::try_from(number).ok().filter(|number| MEASURES.contains(number));
    if measure.is_none() {
        diagnostics.push(diagnostics::measure(origin, span, number, &MEASURES));
    }
    measure
}

/// `[theme.fonts.zh-Hans]` with `sans` and `serif`.
fn fonts(table: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Tag, Fonts)> {
    let Some(mut fonts) = table.table("fonts", diagnostics) else { return Vec::new() };
    let origin = fonts.origin();
    let mut all = Vec::new();
    for (key, span, mut own) in fonts.named_tables(diagnostics) {
        let [sans, serif] = ["sans", "serif"].map(|kind| names(&mut own, kind, diagnostics));
        own.finish(diagnostics);
        match key.parse::<Tag>() {
            Ok(tag) => all.push((tag, Fonts { sans, serif })),
            Err(_) => diagnostics.push(diagnostics::fonts_of(origin, span, &key)),
        }
    }
    all
}

fn names(table: &mut Fields<'_>, kind: &'static str, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let origin = table.origin();
    let mut names = Vec::new();
    for text in table.texts(kind, diagnostics) {
        // It stands in quotation marks in a style sheet.
        match text.value.chars().any(|c| c.is_control() || "\"\\<>{};".contains(c)) {
            true => diagnostics.push(diagnostics::font_name(origin, &text)),
            false => names.push(text.value),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let colour = |text| Colour::parse(text).expect("a colour");
        assert!((colour("#000").contrast(colour("#ffffff")) - 21.0).abs() < 0.001);
        // The grey that WCAG's own examples give as the lightest one for white paper.
        assert!((colour("#767676").contrast(colour("#fff")) - 4.54).abs() < 0.01);
        for text in ["", "red", "#12", "#1234", "#12345g", "#1234567", "9c2a22", "#汉字"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(colour("#9C2a22").to_string(), "#9c2a22");
        assert_eq!(colour("#f0a").to_string(), "#ff00aa");
    }
}
