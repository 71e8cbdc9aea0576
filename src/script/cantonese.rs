//! Cantonese in a sentence: there 系 is 係, the verb, and 只 a measure word, where Mandarin has other characters for them.
//!
//! Newspapers quote speech, so a sentence is judged by itself. Only changes characters that are words of their own.

use std::ops::Range;

/// Characters that only Cantonese is written with, 嗰 and 喎 also in the form that simplification gives them.
const MARKERS: [char; 26] = [
    '嘅', '唔', '佢', '咗', '啲', '喺', '哋', '冇', '嚟', '㗎', '嗰', '𠮶', '喎', '㖞', '噉', '乜', '嘢',
    '嚿', '𡃉', '𠺢', '瞓', '冧', '嬲', '揾', '諗', '谂',
];

/// Their last seven bits, one bit for each: most characters are told apart by them.
const LAST_BITS: u128 = {
    let (mut at, mut bits) = (0, 0);
    while at < MARKERS.len() {
        bits |= 1 << (MARKERS[at] as u32 % 128);
        at += 1;
    }
    bits
};

fn is_marker(character: char) -> bool {
    LAST_BITS >> (character as u32 % 128) & 1 == 1 && MARKERS.contains(&character)
}

/// Before one of these 只 counts something.
const COUNTED: &str = "嗰𠮶呢你我佢一两三四五六七八九十几哪边第每";

/// Changes `converted`, the conversion of `characters`; `begins` tells where words begin.
pub(super) fn settle(characters: &[char], begins: &[bool], converted: &mut [char]) {
    if !characters.iter().copied().any(is_marker) {
        return;
    }
    for sentence in sentences(characters) {
        if !characters[sentence.clone()].iter().copied().any(is_marker) {
            continue;
        }
        for at in sentence {
            if !begins[at] || !begins[at + 1] {
                continue;
            }
            let before = at.checked_sub(1).map(|before| characters[before]);
            match characters[at] {
                '系' => converted[at] = '係',
                '吓' => converted[at] = '吓',
                '只' if before.is_some_and(|before| COUNTED.contains(before)) => converted[at] = '隻',
                _ => {}
            }
        }
    }
}

fn sentences(characters: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    characters.split_inclusive(|c| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')).map(move |sentence| {
        let range = start..start + sentence.len();
        start = range.end;
        range
    })
}
