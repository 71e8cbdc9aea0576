//! Sets the quotation marks of a run as its edition prints them, nested by level.
//!
//! Touches nothing but paired marks. Left alone are straight quotes, apostrophes, quotations in other languages, runs
//! whose marks do not pair, and runs that use the edition's own marks already, however the author nested them.

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
    close: usize,
    level: usize,
    style: Quotes,
}

/// The run with its quotation marks in the style asked for.
pub(super) fn set(run: Run, quotes: Quotes) -> Run {
    let marks = match quotes {
        Quotes::Keep => return run,
        Quotes::Curly => [('“', '”'), ('‘', '’')],
        Quotes::Corner => [('「', '」'), ('『', '』')],
    };
    if !run.text().contains(|c| PAIRS.iter().any(|&(open, _, style)| c == open && style != quotes)) {
        return run;
    }
    let mut characters: Vec<char> = run.text().chars().collect();
    let Some(quotations) = quotations(&characters) else {
        return run;
    };
    if quotations.iter().all(|quotation| quotation.style == quotes) {
        return run;
    }
    for quotation in quotations {
        let (open, close) = marks[quotation.level % 2];
        characters[quotation.open] = open;
        characters[quotation.close] = close;
    }
    run.with_characters(&characters)
}

/// The quotations in Chinese; `None` if the marks of the text do not pair.
fn quotations(characters: &[char]) -> Option<Vec<Quotation>> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, &character) in characters.iter().enumerate() {
        if let Some(&(_, close, _)) = PAIRS.iter().find(|pair| pair.0 == character) {
            open.push((at, close));
        } else if open.last().is_some_and(|&(_, close)| close == character) && !inside_word(characters, at) {
            let (start, _) = open.pop()?;
            found.push(quotation(characters, start, at));
        } else if PAIRS.iter().any(|pair| pair.1 == character) && !is_apostrophe(characters, at) {
            return None;
        }
    }
    open.is_empty().then(|| with_levels(found, characters))
}

fn quotation(characters: &[char], open: usize, close: usize) -> Quotation {
    let pair = PAIRS.iter().find(|pair| pair.0 == characters[open]);
    Quotation { open, close, level: 0, style: pair.map_or(Quotes::Keep, |pair| pair.2) }
}

/// Drops the quotations of other languages and counts the levels of the rest, outermost first.
fn with_levels(mut found: Vec<Quotation>, characters: &[char]) -> Vec<Quotation> {
    found.retain(|quotation| is_chinese(characters, quotation));
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
fn is_chinese(characters: &[char], quotation: &Quotation) -> bool {
    let inside = &characters[quotation.open + 1..quotation.close];
    let before = characters[..quotation.open].iter().rfind(|c| !c.is_whitespace());
    let behind = characters[quotation.close + 1..].iter().find(|c| !c.is_whitespace());
    inside.iter().chain(before).chain(behind).any(|&c| is_east_asian(c))
}

/// ’ between two letters or digits: don’t, rock’n’roll.
fn inside_word(characters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|before| is_word(characters[before]));
    characters[at] == '’' && before && characters.get(at + 1).is_some_and(|&behind| is_word(behind))
}

/// ’ that closes nothing but touches a word: ’90s, the students’ books.
fn is_apostrophe(characters: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|before| is_word(characters[before]));
    characters[at] == '’' && (before || characters.get(at + 1).is_some_and(|&behind| is_word(behind)))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() && !is_east_asian(character)
}

/// Characters and punctuation of Chinese and its neighbours.
fn is_east_asian(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
