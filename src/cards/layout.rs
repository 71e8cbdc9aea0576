//! What stands where on a card: a newspaper's plate.

use super::canvas::{Canvas, Ink};
use super::font::{Font, Shape};
use super::lines::{Breaker, is_closing, is_opening, is_pause, is_wide};
use super::{Card, HEIGHT, Missing, WIDTH};
use std::collections::BTreeMap;

/// From the card's edge to what is printed, left and right.
const MARGIN: usize = 84;
/// How long a line can be.
const MEASURE: f32 = (WIDTH as usize - 2 * MARGIN) as f32;

/// The name of the newspaper: its size, and where it stands.
const MASTHEAD: (f32, f32) = (30.0, 92.0);
/// The rules below it: from where, how heavy.
const RULES: [(usize, usize); 2] = [(116, 12), (134, 2)];
const KICKER: (f32, f32) = (34.0, 198.0);
const FOOT_RULE: (usize, usize) = (538, 2);
const FOOT: (f32, f32) = (26.0, 583.0);

/// Between what the headline stands, with a kicker and without one.
const SPACE: [(f32, f32); 2] = [(230.0, 518.0), (152.0, 518.0)];
/// From one line of the headline to the next, in parts of its size.
const LEADING: f32 = 1.26;
/// What of that the characters of a line take.
const BODY: f32 = 1.02;
/// From the line that they stand on to the top of characters.
const ASCENT: f32 = 0.87;

/// The sizes of headlines, the largest first.
const SIZES: [f32; 20] = [
    160.0, 150.0, 140.0, 132.0, 124.0, 116.0, 108.0, 102.0, 96.0, 90.0, 85.0, 80.0, 76.0, 72.0, 68.0, 64.0,
    60.0, 56.0, 52.0, 48.0,
];
const MOST_LINES: usize = 4;
/// How many even lines a headline twice as large is worth.
const SIZE: f32 = 0.9;
/// What a further line costs.
const LINE: f32 = 0.05;

/// Between Han characters and Latin ones that nothing divides.
const GAP: f32 = 0.09;
/// More white than this between two marks looks like a hole.
const HOLE: f32 = 0.5;

/// Draws a card.
pub(super) fn card(card: &Card<'_>, font: &Font<'_>) -> Result<Canvas, Missing> {
    let mut sheet =
        Sheet { canvas: Canvas::new(WIDTH as usize, HEIGHT as usize), shapes: shapes(card, font)? };
    for (top, weight) in RULES {
        sheet.canvas.fill(Ink::Black, (MARGIN, top), (WIDTH as usize - 2 * MARGIN, weight));
    }
    sheet.canvas.fill(Ink::Grey, (MARGIN, FOOT_RULE.0), (WIDTH as usize - 2 * MARGIN, FOOT_RULE.1));
    sheet.left(card.masthead, Ink::Black, MASTHEAD, MEASURE);
    sheet.left(card.kicker.unwrap_or_default(), Ink::Red, KICKER, MEASURE);
    let left = sheet.right(card.label, Ink::Black, FOOT);
    sheet.left(card.imprint, Ink::Grey, FOOT, MEASURE - left);
    sheet.headline(card);
    Ok(sheet.canvas)
}

/// The shape of every character that a card holds.
fn shapes(card: &Card<'_>, font: &Font<'_>) -> Result<BTreeMap<char, Shape>, Missing> {
    let mut shapes = BTreeMap::new();
    let mut missing = Vec::new();
    for character in card.texts().into_iter().flat_map(str::chars).map(plain).chain(['…']) {
        if shapes.contains_key(&character) || missing.contains(&character) {
            continue;
        }
        match font.shape(character) {
            Some(shape) => drop(shapes.insert(character, shape)),
            None => missing.push(character),
        }
    }
    if missing.is_empty() { Ok(shapes) } else { Err(Missing(missing)) }
}

/// White space of any kind is a space.
fn plain(character: char) -> char {
    if character.is_whitespace() || character.is_control() { ' ' } else { character }
}

struct Sheet {
    canvas: Canvas,
    shapes: BTreeMap<char, Shape>,
}

impl Sheet {
    fn shape(&self, character: char) -> Option<&Shape> {
        self.shapes.get(&character)
    }

    /// How far the next character is from each, in units of the em.
    fn widths(&self, text: &[char]) -> Vec<f32> {
        let width = |(at, character): (usize, &char)| {
            let Some(shape) = self.shape(*character) else { return 0.0 };
            let Some(next) = text.get(at + 1) else { return shape.advance };
            shape.advance + self.between(*character, *next)
        };
        text.iter().enumerate().map(width).collect()
    }

    /// What is added between two characters.
    fn between(&self, last: char, next: char) -> f32 {
        let is_mark = |character: char| is_closing(character) || is_opening(character);
        if is_mark(last) && is_mark(next) {
            let hole = self.white(last).1 + self.white(next).0;
            return if hole > HOLE { -(hole - 0.2).min(0.5) } else { 0.0 };
        }
        // A mark in a square of its own stands off from its words by half of it: too far in letters of this size, and between
        // Latin words a fault.
        let pulled = |white: f32, is_han: bool| match white > 0.3 {
            true if is_han => -0.18,
            true => 0.06 - white,
            false => 0.0,
        };
        if is_opening(next) {
            return pulled(self.white(next).0, is_wide(last));
        }
        if is_closing(last) && !is_pause(last) {
            return pulled(self.white(last).1, is_wide(next))
                + if last == '%' && is_wide(next) { GAP } else { 0.0 };
        }
        let is_letter = |character: char| character.is_alphanumeric() && !is_wide(character);
        let is_han = |character: char| is_wide(character) && character.is_alphanumeric();
        let meet = is_letter(last) && is_han(next) || is_han(last) && is_letter(next);
        if meet { GAP } else { 0.0 }
    }

    /// The white to the left and to the right of a character's ink.
    fn white(&self, character: char) -> (f32, f32) {
        let Some(shape) = self.shape(character) else { return (0.0, 0.0) };
        shape.ink.map_or((0.0, 0.0), |(left, right)| (left, shape.advance - right))
    }

    /// Prints a text in one line from a place on; what is longer than the line ends in an ellipsis.
    fn print(&mut self, text: &[char], ink: Ink, size: f32, (x, y): (f32, f32)) {
        let widths = self.widths(text);
        let mut x = x;
        for (character, width) in text.iter().zip(widths) {
            if let Some(shape) = self.shapes.get(character) {
                self.canvas.draw(shape, ink, size, (x, y));
            }
            x += width * size;
        }
    }

    fn left(&mut self, text: &str, ink: Ink, (size, y): (f32, f32), most: f32) {
        let text = self.shortened(text, most / size);
        let x = MARGIN as f32 - self.indent(text.first().copied()) * size;
        self.print(&text, ink, size, (x, y));
    }

    /// Prints a text that ends at the right margin; how much room it takes.
    fn right(&mut self, text: &str, ink: Ink, (size, y): (f32, f32)) -> f32 {
        let text = self.shortened(text, MEASURE / 2.0 / size);
        let width = self.widths(&text).iter().sum::<f32>() * size;
        self.print(&text, ink, size, ((WIDTH as usize - MARGIN) as f32 - width, y));
        if text.is_empty() { 0.0 } else { width + 2.0 * size }
    }

    fn shortened(&self, text: &str, most: f32) -> Vec<char> {
        let mut text = characters(text);
        let fits = |text: &[char]| self.widths(text).iter().sum::<f32>() <= most;
        if fits(&text) {
            return text;
        }
        while text.pop().is_some() {
            text.push('…');
            if fits(&text) {
                break;
            }
            text.pop();
        }
        text
    }

    /// How far a line is moved into the margin, so that a mark that opens leaves no hole at its beginning.
    fn indent(&self, first: Option<char>) -> f32 {
        let Some(first) = first else { return 0.0 };
        let (left, _) = self.white(first);
        if is_opening(first) && left > 0.3 { left - 0.06 } else { left.clamp(0.0, 0.1) * 0.5 }
    }

    fn headline(&mut self, card: &Card<'_>) {
        let text = characters(card.headline);
        let (top, bottom) = SPACE[usize::from(card.kicker.is_none())];
        let Setting { size, lines } = self.setting(&text, &card.begins, bottom - top);
        let height = (lines.len() as f32 - 1.0) * LEADING * size + BODY * size;
        // A little above the middle is where the eye has it.
        let mut y = top + ((bottom - top - height) * 0.46).max(0.0) + ASCENT * size;
        for line in lines {
            let x = MARGIN as f32 - self.indent(line.first().copied()) * size;
            self.print(&line, Ink::Black, size, (x, y));
            y += LEADING * size;
        }
    }

    /// The size and the lines of a headline: as large as fits, as even as can be.
    fn setting(&self, text: &[char], begins: &[bool], height: f32) -> Setting {
        let breaker = Breaker::new(text, &self.widths(text), begins);
        let mut best: Option<(f32, f32, Vec<std::ops::Range<usize>>)> = None;
        for count in 1..=MOST_LINES {
            for size in SIZES {
                if (count as f32 - 1.0) * LEADING * size + BODY * size > height {
                    continue;
                }
                let Some(divided) = breaker.divide(count, MEASURE / size) else { continue };
                let cost = divided.cost + count as f32 * LINE - (size / SIZES[0]).log2() * SIZE;
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, size, divided.lines));
                }
            }
        }
        match best {
            Some((_, size, lines)) => {
                let lines = lines.into_iter().map(|line| trimmed(&text[line])).collect();
                Setting { size, lines }
            }
            None => self.cut(text, &breaker),
        }
    }

    /// As much of a headline as there is room for, in the smallest size.
    fn cut(&self, text: &[char], breaker: &Breaker) -> Setting {
        let size = SIZES[SIZES.len() - 1];
        let mark = self.shape('…').map_or(1.0, |shape| shape.advance);
        let mut lines: Vec<Vec<char>> = match breaker.divide_start(MOST_LINES, MEASURE / size, mark) {
            Some(divided) => divided.lines.into_iter().map(|line| trimmed(&text[line])).collect(),
            // One word that is longer than the card.
            None => vec![self.shortened(&text.iter().collect::<String>(), MEASURE / size)],
        };
        if let Some(last) = lines.last_mut().filter(|last| last.last() != Some(&'…')) {
            while last.last().is_some_and(|end| is_closing(*end) || is_opening(*end)) {
                last.pop();
            }
            last.push('…');
        }
        Setting { size, lines }
    }
}

/// How a headline is set.
struct Setting {
    size: f32,
    lines: Vec<Vec<char>>,
}

fn characters(text: &str) -> Vec<char> {
    text.chars().map(plain).collect()
}

fn trimmed(line: &[char]) -> Vec<char> {
    let end = line.iter().rposition(|character| *character != ' ').map_or(0, |last| last + 1);
    line[..end].to_vec()
}
