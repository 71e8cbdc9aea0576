//! "Did you mean …?"

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// So many candidates are looked at: a message is no reason to compare a site's every file.
const CANDIDATES: usize = 10_000;

/// Longer words are no slips of the pen, and comparing them costs the product of their lengths.
const LONGEST: usize = 256;

/// The word of `known` that `word` was probably meant to be.
///
/// Near means a Jaro–Winkler similarity of at least 0.8, which finds slips of one or two letters and swapped
/// parts, and leaves unrelated words alone. Words are compared in NFC, since file systems hand out names in NFD. Of
/// equally near ones it is the first in the alphabet.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = composed(word);
    let near = known.into_iter().take(CANDIDATES).filter(|candidate| is_about_as_long(&word, candidate));
    near.map(|candidate| (strsim::jaro_winkler(&word, &composed(candidate)), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// Whether the lengths differ by at most half of the longer one; in bytes, of which NFD has a few more than NFC.
fn is_about_as_long(word: &str, candidate: &str) -> bool {
    word.len().abs_diff(candidate.len()) * 2 <= word.len().max(candidate.len())
}

fn composed(word: &str) -> Cow<'_, str> {
    if is_nfc(word) { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) }
}
