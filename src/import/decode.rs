//! Bytes → text, from whatever a newsroom's machines write: UTF-8, UTF-16, GB18030, Big5.
//!
//! The only place of the program that decodes other encodings than UTF-8, because whoever imports asks for it. Bytes that
//! fit no encoding are refused with their offset; no character is ever replaced.

use super::diagnostics::Certainty;
use crate::script::Dictionaries;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A text and what its bytes were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The name of the encoding, as iconv knows it.
    pub encoding: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Bytes that are no text in the encoding they seem to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable {
    /// The encoding that fits best.
    pub encoding: &'static str,
    /// Where the first byte stands that does not fit, from 0.
    pub offset: usize,
    /// That byte.
    pub byte: u8,
}

/// The text of a file, in the one encoding that its bytes fit.
pub fn decode(bytes: &[u8], dictionaries: &Dictionaries) -> Result<Decoded, Undecodable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..], Certainty::Certain).map_err(|fault| fault.behind(mark));
    }
    if let Some(encoding) = wide(bytes) {
        return strictly(encoding, bytes, Certainty::Likely);
    }
    match strictly(UTF_8, bytes, Certainty::Certain) {
        Ok(decoded) => Ok(decoded),
        Err(fault) => chinese(bytes, dictionaries).map_err(|other| other.unwrap_or(fault)),
    }
}

impl Undecodable {
    fn behind(self, mark: usize) -> Self {
        Self { offset: self.offset + mark, ..self }
    }
}

/// GB18030 or Big5. Most text of one can be read as the other, but then hardly two characters make a word.
fn chinese(bytes: &[u8], dictionaries: &Dictionaries) -> Result<Decoded, Option<Undecodable>> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let readings = [GB18030, BIG5].map(|encoding| strictly(encoding, bytes, Certainty::Likely));
    let [gb, big5] = readings;
    match (gb, big5) {
        (Ok(gb), Ok(big5)) => {
            let (words_gb, words_big5) =
                (word_length(&gb.text, dictionaries), word_length(&big5.text, dictionaries));
            let (mut better, worse, is_guess) = match words_gb >= words_big5 {
                true => {
                    (gb, (words_gb, words_big5), guess.name().starts_with("GB") || guess.name() == "gb18030")
                }
                false => (big5, (words_big5, words_gb), guess == BIG5),
            };
            let is_clear = worse.0 > worse.1 * 1.2;
            better.certainty = match (is_clear, is_guess) {
                (true, true) => Certainty::Certain,
                (false, false) => Certainty::Guess,
                _ => Certainty::Likely,
            };
            Ok(better)
        }
        (Ok(one), Err(_)) | (Err(_), Ok(one)) if word_length(&one.text, dictionaries) > 1.1 => Ok(one),
        // The one that goes further is the one that was meant.
        (Err(gb), Err(big5)) => Err(Some(if gb.offset >= big5.offset { gb } else { big5 })),
        _ => Err(None),
    }
}

/// How many Chinese characters a word has on average: about 1.6 in a text, 1.0 in characters thrown together.
fn word_length(text: &str, dictionaries: &Dictionaries) -> f64 {
    let start: String = text.chars().filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c)).take(2000).collect();
    let begins = dictionaries.word_begins(&start);
    let words = begins.iter().filter(|begins| **begins).count();
    begins.len() as f64 / words.max(1) as f64
}

/// UTF-16 without a byte order mark, where that is sure: read so, nearly all is Chinese or ASCII, and there are line feeds or
/// spaces whose zero byte no other encoding writes.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096) / 2 * 2];
    if !bytes.len().is_multiple_of(2) || start.is_empty() {
        return None;
    }
    let plain = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(start);
        let is_plain = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{2010}'..='\u{2026}' | '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF5E}');
        text.chars().filter(is_plain).count() as f64 / text.chars().count().max(1) as f64
    };
    let candidates = [UTF_16LE, UTF_16BE].map(|encoding| (plain(encoding), encoding));
    let [le, be] = candidates;
    let (share, encoding) = if le.0 >= be.0 { le } else { be };
    let other = le.0.min(be.0);
    let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
    (share > 0.95 && share > other + 0.2 && !is_utf8).then_some(encoding)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8], certainty: Certainty) -> Result<Decoded, Undecodable> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3);
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let name = if encoding == BIG5 {
        "Big5"
    } else if encoding == GB18030 {
        "GB18030"
    } else {
        encoding.name()
    };
    match result {
        DecoderResult::Malformed(length, behind) => {
            let offset = read.saturating_sub(usize::from(length) + usize::from(behind));
            Err(Undecodable { encoding: name, offset, byte: bytes.get(offset).copied().unwrap_or_default() })
        }
        _ => Ok(Decoded { text, encoding: name, certainty }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANS: &str = "杭州未来科技城的人工智能小镇累计引进项目1300个。\n强脑科技的产品帮助了1000多人。";
    const HANT: &str = "杭州未來科技城的人工智慧小鎮累計引進專案1300個。\n強腦科技的產品幫助了1000多人。";

    fn is(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes, &Dictionaries::embedded()).expect("a text");
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        is(HANS.as_bytes(), HANS, "UTF-8");
        is(format!("\u{FEFF}{HANS}").as_bytes(), HANS, "UTF-8");
        for text in [HANS, HANT] {
            is(&GB18030.encode(text).0, text, "GB18030");
            is(&utf16(text, u16::to_le_bytes), text, "UTF-16LE");
            is(&utf16(text, u16::to_be_bytes), text, "UTF-16BE");
            is(&utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes), text, "UTF-16LE");
            is(&utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes), text, "UTF-16BE");
        }
        is(&BIG5.encode(HANT).0, HANT, "Big5");
        is(&utf16("Data centres cool down\n", u16::to_le_bytes), "Data centres cool down\n", "UTF-16LE");
    }

    #[test]
    fn what_fits_no_encoding_is_refused_with_its_offset() {
        let mut bytes = GB18030.encode(HANS).0.into_owned();
        bytes.insert(10, 0xFF);
        let fault = decode(&bytes, &Dictionaries::embedded()).expect_err("a byte that GB18030 has not");
        assert_eq!((fault.encoding, fault.offset, fault.byte), ("GB18030", 10, 0xFF));
    }
}
