//! The colours that follow from paper, ink and accent: what stands behind boxes, quiet texts, rules, code and charts.
//!
//! In: what a site says of the three. Out: declarations for a style sheet. Whatever ink and accent are read on the paper, every text is
//! read where the theme sets it (WCAG 2.2, 1.4.3): that is why the colours are reckoned here, as a style sheet can mix
//! colours but not look whether the mixture is read. Never: another paper, ink or accent than the site's.

use crate::config::{Colour, LEAST_CONTRAST, OWN, Theme};
use std::fmt::Write;

/// The colours of a page by day or by night.
#[derive(Debug)]
pub(super) struct Palette {
    is_dark: bool,
    paper: Colour,
    ink: Colour,
    shades: Shades,
}

/// What is made of the three.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shades {
    /// Texts beside the main one.
    soft: Colour,
    /// Behind boxes and code.
    wash: Colour,
    /// Rules and borders.
    line: Colour,
    /// In code and charts, beside the accent.
    hues: [Colour; 4],
    /// Behind a difference in wording, hundredths of the accent.
    mark: u8,
}

/// The theme's own shades, by day and by night. They stand in static/style.css and static/more.css, too; a test compares them.
const OWN_SHADES: [Shades; 2] = [
    Shades {
        soft: Colour::hex(0x5a_5c61),
        wash: Colour::hex(0xf5_f4f1),
        line: Colour::hex(0xd8_d6d1),
        hues: [
            Colour::hex(0x2b_5f8a),
            Colour::hex(0x7a_5c12),
            Colour::hex(0x37_703f),
            Colour::hex(0x6d_4a86),
        ],
        mark: MARK,
    },
    Shades {
        soft: Colour::hex(0xa9_a7a1),
        wash: Colour::hex(0x1d_2023),
        line: Colour::hex(0x3a_3d40),
        hues: [
            Colour::hex(0x7d_b4dd),
            Colour::hex(0xd6_b35c),
            Colour::hex(0x86_c08f),
            Colour::hex(0xc3_a0dc),
        ],
        mark: MARK,
    },
];

// How far the theme's own shades are on the way from the paper to the ink, in hundredths.
const WASH: u8 = 4;
const LINE: u8 = 17;
const SOFT: u8 = 72;
/// And a mark on the way to the accent.
const MARK: u8 = 16;

const PRINTED_PAPER: Colour = Colour::hex(0xff_ffff);
const PRINTED_INK: Colour = Colour::hex(0x00_0000);

impl Palette {
    /// Nothing where the site leaves the three as they are.
    pub(super) fn of(theme: &Theme, is_dark: bool) -> Option<Self> {
        let time = usize::from(is_dark);
        let said = said(theme, is_dark);
        let colours = [0, 1, 2].map(|which: usize| said[which].1.unwrap_or(OWN[time][which]));
        let is_said = said.iter().any(|(_, colour)| colour.is_some());
        is_said.then(|| Self::new(colours, is_dark))
    }

    fn new([paper, ink, accent]: [Colour; 3], is_dark: bool) -> Self {
        // The theme's dark shades suit a dark paper, whatever the time.
        let own = &OWN_SHADES[usize::from(is_night(paper, ink))];
        let is_own = [paper, ink] == OWN[usize::from(is_dark)][..2];
        // What is not read on the paper itself has been warned of, and no shade mends it.
        let read: Vec<Colour> = [ink, accent].into_iter().filter(|text| is_read(*text, &[paper])).collect();
        let suits = |behind: &Colour| read.iter().all(|text| is_read(*text, &[*behind]));
        let wash = (0..=WASH).rev().map(|way| paper.mix(ink, way)).find(suits).unwrap_or(paper);
        let wash = Some(own.wash).filter(|wash| is_own && suits(wash)).unwrap_or(wash);
        let soft = if is_own { own.soft } else { paper.mix(ink, SOFT) };
        let soft = legible(soft, ink, &[paper, wash]);
        let line = if is_own { own.line } else { paper.mix(ink, LINE) };
        let hues = own.hues.map(|hue| legible(hue, ink, &[paper, wash]));
        let suits = |way: &u8| {
            let behind = paper.mix(accent, *way);
            suits(&behind) && (is_read(soft, &[behind]) || !is_read(soft, &[paper]))
        };
        let mark = (0..=MARK).rev().find(suits).unwrap_or(0);
        Self { is_dark, paper, ink, shades: Shades { soft, wash, line, hues, mark } }
    }

    /// An accent on white paper.
    pub(super) fn printed(accent: Colour) -> Colour {
        legible(accent, PRINTED_INK, &[PRINTED_PAPER])
    }

    /// What differs from the theme's style sheet.
    pub(super) fn rules(&self, theme: &Theme) -> String {
        let own = &OWN_SHADES[usize::from(self.is_dark)];
        let Shades { soft, wash, line, hues, mark } = self.shades;
        let mut rules = String::from(":root{");
        if is_night(self.paper, self.ink) != self.is_dark {
            // For what the browser draws itself, such as scroll bars.
            rules.push_str(if self.is_dark { "color-scheme:light;" } else { "color-scheme:dark;" });
        }
        for (name, colour) in said(theme, self.is_dark) {
            colour.into_iter().for_each(|colour| declare(&mut rules, name, colour));
        }
        for (name, shade, own) in
            [("soft", soft, own.soft), ("wash", wash, own.wash), ("line", line, own.line)]
        {
            Some(shade)
                .filter(|shade| *shade != own)
                .into_iter()
                .for_each(|shade| declare(&mut rules, name, shade));
        }
        if mark != own.mark {
            let _ = write!(rules, "--mark:{mark}%;");
        }
        rules.push('}');
        if hues != own.hues {
            // They stand in the second style sheet, whose rule comes later.
            rules.push_str("html:root{");
            for (name, hue) in ["c2", "c3", "c4", "c5"].into_iter().zip(hues) {
                declare(&mut rules, name, hue);
            }
            rules.push('}');
        }
        rules
    }
}

fn declare(rules: &mut String, name: &str, colour: Colour) {
    let _ = write!(rules, "--{name}:{colour};");
}

/// Paper, ink and accent, as far as the site says them.
fn said(theme: &Theme, is_dark: bool) -> [(&'static str, Option<Colour>); 3] {
    let named = [("paper", theme.paper), ("ink", theme.ink), ("accent", theme.accent)];
    named.map(|(name, of)| (name, if is_dark { of.dark } else { of.light }))
}

/// Whether letters are brighter than what they stand on.
fn is_night(paper: Colour, ink: Colour) -> bool {
    paper.luminance() < ink.luminance()
}

fn is_read(text: Colour, behind: &[Colour]) -> bool {
    behind.iter().all(|behind| text.contrast(*behind) >= LEAST_CONTRAST)
}

/// The text's colour, or the nearest one on the way to the ink that is read.
fn legible(text: Colour, ink: Colour, behind: &[Colour]) -> Colour {
    (0..100).map(|way| text.mix(ink, way)).find(|text| is_read(*text, behind)).unwrap_or(ink)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours from all over the cube.
    fn colours(steps: u32) -> impl Iterator<Item = Colour> {
        let channel = move |of: u32| of * 255 / (steps - 1);
        (0..steps.pow(3)).map(move |at| {
            let [red, green, blue] = [at / steps / steps, at / steps % steps, at % steps].map(channel);
            Colour::hex(red << 16 | green << 8 | blue)
        })
    }

    #[test]
    fn whatever_paper_ink_and_accent_are_read_every_text_is() {
        let mut papers = 0;
        for paper in colours(6) {
            for ink in colours(4).filter(|ink| is_read(*ink, &[paper])) {
                for accent in colours(3).filter(|accent| is_read(*accent, &[paper])) {
                    let Shades { soft, wash, hues, mark, .. } =
                        Palette::new([paper, ink, accent], false).shades;
                    let marked = paper.mix(accent, mark);
                    let seen = format!("paper {paper} ink {ink} accent {accent} wash {wash}");
                    for text in [ink, accent, soft] {
                        assert!(is_read(text, &[paper, wash, marked]), "{seen}: {text}, marked {marked}");
                    }
                    for text in hues {
                        assert!(is_read(text, &[paper, wash]), "{seen}: {text}");
                    }
                    papers += 1;
                }
            }
        }
        assert!(papers > 5_000, "{papers}");
    }

    #[test]
    fn an_ink_that_is_hard_to_read_makes_no_shade_worse_than_itself() {
        let (paper, ink) = (Colour::hex(0x77_7777), Colour::hex(0x99_9999));
        let Shades { soft, wash, .. } = Palette::new([paper, ink, ink], false).shades;
        assert_eq!(soft, ink);
        assert_ne!(wash, ink);
    }

    #[test]
    fn the_theme_has_no_other_shades_than_its_style_sheets() {
        let (style, more) = (include_str!("../../static/style.css"), include_str!("../../static/more.css"));
        for (time, own) in OWN_SHADES.iter().enumerate() {
            assert_eq!(Palette::new(OWN[time], time == 1).shades, *own);
            let said = |css: &str, name: &str, colour: Colour| {
                let value = css.split(&format!("--{name}: ")).nth(time + 1).unwrap_or_default();
                assert!(value.starts_with(&colour.to_string()), "{name} {colour} {time}");
            };
            said(style, "soft", own.soft);
            said(style, "wash", own.wash);
            said(style, "line", own.line);
            for (name, hue) in ["c2", "c3", "c4", "c5"].into_iter().zip(own.hues) {
                said(more, name, hue);
            }
        }
        let mark = format!("var(--mark, {MARK}%)");
        assert!(include_str!("../../static/compare.css").contains(&mark));
    }
}
