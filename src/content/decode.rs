//! Bytes to text: strict UTF-8, or an error that says what the file seems to be and how to convert it.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::script::{is_unprintable, printable};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// The text of a file, without byte order mark and with `\n` line ends.
///
/// Never a silent conversion: bytes that are not UTF-8 are refused. Characters that a reader cannot see and an author
/// rarely means are warned about; those that no page may hold are left out of all that follows, the others kept.
pub(super) fn text(path: &str, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        // ASCII in UTF-16 is valid UTF-8 too, every other character a NUL.
        Ok(text) if is_wide_ascii(text.as_bytes()) => {
            let at = text.find('\0').unwrap_or_default();
            diagnostics.push(diagnostics::not_utf8(path, &text, at, 0, wide(text.as_bytes())));
            None
        }
        Ok(text) => {
            let text =
                if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
            warn_of_invisible(path, &text, diagnostics);
            Some(if text.contains(is_unprintable) { printable(&text).into_owned() } else { text })
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // Up to the fault both texts are the same, so the offset holds in the lossy one.
            let shown = String::from_utf8_lossy(&bytes);
            diagnostics.push(diagnostics::not_utf8(path, &shown, valid, bytes[valid], guess(&bytes)));
            None
        }
    }
}

/// The encoding the bytes are probably in, by the name that iconv knows.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Some("UTF-16LE");
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some("UTF-16BE");
    }
    if bytes[..bytes.len().min(PROBE)].contains(&0) {
        return wide(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // A short table tells little, but it was likely made where this program is used.
    [None, Some(&b"cn"[..])].into_iter().find_map(|domain| {
        match detector.guess(domain, Utf8Detection::Deny).name() {
            "GBK" | "gb18030" => Some("GB18030"),
            "Big5" => Some("BIG5"),
            _ => None,
        }
    })
}

/// UTF-16 without a byte order mark: line feeds, spaces and all of ASCII have a zero for one of their two bytes, and
/// a zero is rare in the other place.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    match zeros(bytes) {
        (even, odd) if odd > 8 * even => Some("UTF-16LE"),
        (even, odd) if even > 8 * odd => Some("UTF-16BE"),
        _ => None,
    }
}

/// Whether a third of the bytes are zeros, all of them in one of two places; a stray NUL is no sign.
fn is_wide_ascii(bytes: &[u8]) -> bool {
    let (even, odd) = zeros(bytes);
    wide(bytes).is_some() && (even + odd) * 3 >= bytes.len().min(PROBE)
}

/// So much of a file tells.
const PROBE: usize = 4096;

/// Zeros at even and at odd offsets.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let start = &bytes[..bytes.len().min(PROBE)];
    let count = |first| start.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    (count(0), count(1))
}

/// At most so many of these are shown for one file: the rest says nothing new.
const SHOWN: usize = 5;

fn warn_of_invisible(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    // Nearly every file holds none of them; one pass over the bytes tells.
    let suspicious = |c: char| invisible(c).is_some();
    if !text.contains(suspicious) {
        return;
    }
    let mut previous = '\0';
    let mut shown = 0;
    for (at, c) in text.char_indices() {
        if let Some(name) = invisible(c).filter(|_| !joins_emoji(c, previous)) {
            shown += 1;
            if shown <= SHOWN {
                diagnostics.push(diagnostics::invisible(path, text, at..at + c.len_utf8(), c, name));
            }
        }
        previous = c;
    }
}

/// What a character is called that should not stand in a text.
fn invisible(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\t' => None,
        '\0' => Some("a NUL character"),
        c if c.is_control() => Some("a control character"),
        '\u{FFFE}' | '\u{FFFF}' => Some("a noncharacter"),
        '\u{FFFD}' => Some("a replacement character, left by a failed conversion"),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' => {
            Some("a bidirectional control character")
        }
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => Some("a zero-width character"),
        '\u{E0001}' | '\u{E0020}'..='\u{E007F}' => Some("a tag character"),
        _ => None,
    }
}

/// A joiner after an emoji or a variation selector builds one emoji; tags after a flag spell a region.
fn joins_emoji(c: char, previous: char) -> bool {
    let after_emoji = matches!(previous, '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}')
        || matches!(previous, '\u{E0020}'..='\u{E007F}');
    match c {
        '\u{200D}' | '\u{E0020}'..='\u{E007F}' => after_emoji,
        _ => false,
    }
}
