//! Where two texts differ in wording: not merely by being in the two scripts.
//!
//! In: a text as two editions print it. Out: the stretches that say it in other words, whole words of both. Characters are
//! compared folded (`fold`), by what one is written for where the script changes (反复, 反覆), and quotation marks by what they do;
//! so 网络 and 網路 differ, 里 and 裏 and “ and 「 do not. Never: a judgement on what is right.

use std::ops::Range;
use std::sync::Arc;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::dictionaries::Dictionaries;

/// Pairs of folded characters, as `build.rs` wrote them.
static KIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/kin.bin"));

/// Compares texts. Making one costs nothing; what it needs is made ready at the first difference.
#[derive(Debug, Clone)]
pub struct Comparer {
    dictionaries: Arc<Dictionaries>,
}

/// A stretch of either text, in bytes; one of the two may be empty.
pub type Difference = [Range<usize>; 2];

/// A difference in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    before: Range<usize>,
    after: Range<usize>,
}

/// A text, character by character.
struct Characters {
    /// Folded.
    folded: Vec<char>,
    /// The byte at which each character begins, and the end.
    at: Vec<usize>,
}

impl Comparer {
    /// A comparer that knows the embedded dictionaries.
    pub fn embedded() -> Self {
        Self { dictionaries: Dictionaries::embedded() }
    }

    /// What two texts are compared by: a character to a character.
    pub fn folded<'t>(&self, text: &'t str) -> impl Iterator<Item = char> + use<'_, 't> {
        let fold = self.dictionaries.fold();
        text.chars().map(|character| same_mark(fold.character(character)))
    }

    /// Where the texts differ, in order. A line end in them is the end of a block: no stretch reaches across one that both have.
    pub fn differences(&self, before: &str, after: &str) -> Vec<Difference> {
        if before == after || self.are_one(before, after) {
            return Vec::new();
        }
        let [before, after] = [before, after].map(|text| self.characters(text));
        let mut input = InternedInput::default();
        input.update_before(before.folded.iter().copied());
        input.update_after(after.folded.iter().copied());
        let diff = Diff::compute(Algorithm::Myers, &input);
        let change = |hunk: imara_diff::Hunk| Change {
            before: hunk.before.start as usize..hunk.before.end as usize,
            after: hunk.after.start as usize..hunk.after.end as usize,
        };
        let is_script = |change: &Change| {
            let [before, after] =
                [&before.folded[change.before.clone()], &after.folded[change.after.clone()]];
            before.len() == after.len() && before.iter().zip(after).all(|(a, b)| are_kin(*a, *b))
        };
        let changes: Vec<Change> = diff.hunks().map(change).filter(|own| !is_script(own)).collect();
        if changes.is_empty() {
            return Vec::new();
        }
        let words = [&before, &after].map(|text| self.words(&text.folded));
        let changes = joined(whole_words(&changes, &words), &before.folded);
        let bytes = |text: &Characters, range: &Range<usize>| text.at[range.start]..text.at[range.end];
        let difference = |change: &Change| [bytes(&before, &change.before), bytes(&after, &change.after)];
        changes.iter().map(difference).collect()
    }

    /// Whether nothing but the script differs, character by character: so it is with almost every text.
    fn are_one(&self, before: &str, after: &str) -> bool {
        let (mut before, mut after) = (self.folded(before), self.folded(after));
        loop {
            match (before.next(), after.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if a == b || are_kin(a, b) => {}
                _ => return false,
            }
        }
    }

    fn characters(&self, text: &str) -> Characters {
        let at = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Characters { folded: self.folded(text).collect(), at }
    }

    /// For each character, and for the end, whether a word begins there.
    fn words(&self, text: &[char]) -> Vec<bool> {
        let mut begins = self.dictionaries.words().begins(text);
        for (at, pair) in text.windows(2).enumerate() {
            // A number or a word of another language is one.
            begins[at + 1] &= !pair.iter().all(|c| c.is_alphanumeric() && !is_wide(*c));
        }
        begins
    }
}

/// Whether one character is written for the other where the script changes.
fn are_kin(first: char, second: char) -> bool {
    let (first, second) = (u32::from(first.min(second)), u32::from(first.max(second)));
    let mut wanted = [0; 8];
    wanted[..4].copy_from_slice(&first.to_le_bytes());
    wanted[4..].copy_from_slice(&second.to_le_bytes());
    KIN.chunks_exact(8).any(|pair| pair == wanted)
}

/// Quotation marks are set in the manner of an edition.
fn same_mark(character: char) -> char {
    match character {
        '「' | '『' | '‘' => '“',
        '」' | '』' | '’' => '”',
        '\u{00A0}' => ' ',
        other => other,
    }
}

fn is_wide(character: char) -> bool {
    u32::from(character) >= 0x2E80
}

/// Each change grown to whole words of one of the texts: of that in which it becomes longer, since the other text may not be
/// made of words of the list at all (网路).
fn whole_words(changes: &[Change], words: &[Vec<bool>; 2]) -> Vec<Change> {
    let mut whole: Vec<Change> = Vec::with_capacity(changes.len());
    for (index, change) in changes.iter().enumerate() {
        // What is the same on both sides, and no further change's.
        let before = whole.last().map_or(0, |last| last.before.end);
        let behind = changes.get(index + 1).map_or(words[0].len() - 1, |next| next.before.start);
        let room = (change.before.start.saturating_sub(before), behind.saturating_sub(change.before.end));
        let grown = [grown(&change.before, &words[0], room), grown(&change.after, &words[1], room)];
        let (left, right) =
            if grown[1].0 + grown[1].1 > grown[0].0 + grown[0].1 { grown[1] } else { grown[0] };
        let grow = |range: &Range<usize>| range.start - left..range.end + right;
        whole.push(Change { before: grow(&change.before), after: grow(&change.after) });
    }
    whole
}

/// By how much a range must grow at either end to have whole words.
fn grown(range: &Range<usize>, begins: &[bool], room: (usize, usize)) -> (usize, usize) {
    if range.is_empty() && begins[range.start] {
        return (0, 0);
    }
    let left = (0..=room.0).find(|by| begins[range.start - by]).unwrap_or(room.0);
    let right = (0..=room.1).find(|by| begins[range.end + by]).unwrap_or(room.1);
    (left, right)
}

/// Changes that touch are one, and so are those with little between them that happens to be the same: a sentence that was
/// written anew has its 的 and 是 all the same.
fn joined(changes: Vec<Change>, before: &[char]) -> Vec<Change> {
    let mut joined: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let size = |change: &Change| change.before.len().max(change.after.len());
        match joined.last_mut() {
            Some(last) if belong_together(last, &change, before, size(last).min(size(&change))) => {
                last.before.end = change.before.end;
                last.after.end = change.after.end;
            }
            _ => joined.push(change),
        }
    }
    joined
}

fn belong_together(first: &Change, second: &Change, before: &[char], smaller: usize) -> bool {
    let between = &before[first.before.end..second.before.start];
    between.len() * 2 < smaller.max(1) && !between.contains(&'\n')
}
