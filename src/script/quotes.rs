//! Sets the quotation marks of a run as its edition prints them, nested by level.
//!
//! Touches nothing but paired marks. Left alone are straight quotes, apostrophes, quotations in other languages, runs
//! whose marks do not pair, and runs that use the edition's own marks already, however the author nested them.

use std::ops::Range;

use super::{Quotes, Run};

/// A pair of marks by its opening one: which style it is of, and its closing one.
const PAIRS: [(char, char, Quotes); 6] = [
    ('“', '”', Quotes::Curly),
    ('‘', '’', Quotes::Curly),
    ('「', '」', Quotes::Corner),
    ('『', '』', Quotes::Corner),
    ('﹁', '﹂', Quotes::Corner),
    ('﹃', '﹄', Quotes::Corner),
];

/// A quotation: where its marks stand, how deep it is nested, and what style its author chose.
#[derive(Clone, Copy, Debug)]
struct Quotation {
    open: usize,
    /// The end of the text, if the quotation goes on behind it.
    close: usize,
    level: usize,
    style: Quotes,
    /// Whether anything between the marks is Chinese.
    chinese_inside: bool,
}

/// An opening mark that has not been closed yet.
struct Open {
    at: usize,
    closing: char,
    style: Quotes,
    /// How many Chinese characters stand before it.
    chinese_before: usize,
}

/// The run with its quotation marks in the style asked for; those in the ranges `kept` stay as they are. Beside it the place of the
/// first mark of a Chinese text that has no other half, if there is one: then all stay as they are.
pub(super) fn set(run: Run, quotes: Quotes, kept: &[Range<usize>]) -> (Run, Option<usize>) {
    let marks = match quotes {
        Quotes::Keep => return (run, None),
        Quotes::Curly => [("“", "”"), ("‘", "’")],
        Quotes::Corner => [("「", "」"), ("『", "』")],
    };
    if !has_marks(run.text()) {
        return (run, None);
    }
    let quotations = match quotations(&run, kept) {
        Ok(quotations) => quotations,
        Err(unpaired) => {
            let unpaired = run.text().contains(is_east_asian).then_some(unpaired);
            return (run, unpaired);
        }
    };
    if quotations.iter().all(|quotation| quotation.style == quotes) {
        return (run, None);
    }
    let replaced = quotations.iter().flat_map(|quotation| {
        let (open, close) = marks[quotation.level % 2];
        [(quotation.open, open), (quotation.close, close)]
    });
    let mut replaced: Vec<(usize, &str)> = replaced.filter(|(at, _)| *at < run.text().len()).collect();
    replaced.sort_unstable();
    let mut text = String::with_capacity(run.text().len());
    let mut done = 0;
    for (at, mark) in replaced {
        text.push_str(&run.text()[done..at]);
        text.push_str(mark);
        // All marks are of one length in UTF-8.
        done = at + mark.len();
    }
    text.push_str(&run.text()[done..]);
    (run.with_text(text), None)
}

/// The quotations in Chinese; where the marks of the text do not pair, the place of the first that has no other half.
fn quotations(run: &Run, kept: &[Range<usize>]) -> Result<Vec<Quotation>, usize> {
    let text = run.text();
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut chinese = 0;
    let mut kept = kept.iter().peekable();
    for (at, character) in text.char_indices() {
        while kept.next_if(|range| range.end <= at).is_some() {}
        if kept.peek().is_some_and(|range| range.contains(&at)) {
            chinese += usize::from(is_east_asian(character));
            continue;
        }
        if let Some(&(_, closing, style)) = PAIRS.iter().find(|pair| pair.0 == character) {
            // The mark itself may count as Chinese, but it is not inside.
            let chinese_before = chinese + usize::from(is_east_asian(character));
            open.push(Open { at, closing, style, chinese_before });
        } else if open.last().is_some_and(|open| open.closing == character) && !inside_word(text, at) {
            let Some(Open { at: start, style, chinese_before, .. }) = open.pop() else { return Err(at) };
            let chinese_inside = chinese > chinese_before;
            found.push(Quotation { open: start, close: at, level: 0, style, chinese_inside });
        } else if PAIRS.iter().any(|pair| pair.1 == character) && !is_apostrophe(text, at) {
            return Err(open.first().map_or(at, |open| open.at));
        }
        chinese += usize::from(is_east_asian(character));
    }
    match open.as_slice() {
        [] => {}
        [Open { at: 0, style, .. }] if run.quotation_goes_on() => {
            let quotation = Quotation {
                open: 0,
                close: text.len(),
                level: 0,
                style: *style,
                chinese_inside: chinese > 0,
            };
            found.push(quotation);
        }
        [first, ..] => return Err(first.at),
    }
    Ok(with_levels(found, text))
}

/// Whether a text has any of the marks. Most have none, so this is quick: the marks begin with one of three bytes.
fn has_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_mark = |three: &[u8]| match three {
        [0xE2, 0x80, third] => (0x98..=0x9D).contains(third),
        [0xE3, 0x80, third] => (0x8C..=0x8F).contains(third),
        [0xEF, 0xB9, third] => (0x81..=0x84).contains(third),
        _ => false,
    };
    bytes.windows(3).any(is_mark)
}

/// Drops the quotations of other languages and counts the levels of the rest, outermost first.
fn with_levels(mut found: Vec<Quotation>, text: &str) -> Vec<Quotation> {
    found.retain(|quotation| is_chinese(text, quotation));
    found.sort_by_key(|quotation| quotation.open);
    let mut around: Vec<usize> = Vec::new();
    for quotation in &mut found {
        while around.last().is_some_and(|&close| close < quotation.open) {
            around.pop();
        }
        quotation.level = around.len();
        around.push(quotation.close);
    }
    found
}

/// Chinese inside, or Chinese on either side. “OK” in a Chinese sentence counts, “OK” in an English one does not.
fn is_chinese(text: &str, quotation: &Quotation) -> bool {
    let before = || text[..quotation.open].trim_end().chars().next_back();
    let behind = || text[quotation.close..].chars().skip(1).find(|c| !c.is_whitespace());
    quotation.chinese_inside || before().into_iter().chain(behind()).any(is_east_asian)
}

/// ’ between two letters or digits: don’t, rock’n’roll.
fn inside_word(text: &str, at: usize) -> bool {
    let (before, behind) = beside(text, at);
    text[at..].starts_with('’') && before && behind
}

/// ’ that closes nothing but touches a word: ’90s, the students’ books.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let (before, behind) = beside(text, at);
    text[at..].starts_with('’') && (before || behind)
}

/// Whether the character at `at` has a letter or digit before it and behind it.
fn beside(text: &str, at: usize) -> (bool, bool) {
    let before = text[..at].chars().next_back();
    let behind = text[at..].chars().nth(1);
    (before.is_some_and(is_word), behind.is_some_and(is_word))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() && !is_east_asian(character)
}

/// Characters and punctuation of Chinese and its neighbours.
fn is_east_asian(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
