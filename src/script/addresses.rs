//! Addresses that stand in a text as they are: conversion must not touch them.

use super::inline;

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub enum Stretch<'a> {
    /// To be converted.
    Prose(&'a str),
    /// An address.
    Address(&'a str),
}

/// Divides a text at the web and mail addresses in it. Most texts have none and come back whole.
pub fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut stretches = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some((start, end)) = next_address(text, from) {
        if start > done {
            stretches.push(Stretch::Prose(&text[done..start]));
        }
        stretches.push(Stretch::Address(&text[start..end]));
        (done, from) = (end, end);
    }
    if done < text.len() || stretches.is_empty() {
        stretches.push(Stretch::Prose(&text[done..]));
    }
    stretches
}

/// Whether a value of the front matter is a path or an address rather than something to read.
pub fn is_address(text: &str) -> bool {
    let text = text.trim();
    let has_space = text.contains(char::is_whitespace);
    let stem = text.rsplit_once('.').filter(|(_, extension)| {
        (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    !has_space
        && (text.contains("://")
            || text.starts_with(['/', '#'])
            || stem.is_some_and(|(stem, _)| !stem.is_empty()))
}

fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let marks = text[from..].match_indices(['@', ':']).map(|(at, mark)| (from + at, mark));
    marks
        .filter_map(|(at, mark)| match mark {
            "@" => mail_address(text, from, at),
            _ if text[at..].starts_with("://") => web_address(text, from, at),
            _ => None,
        })
        .next()
}

fn web_address(text: &str, from: usize, mark: usize) -> Option<(usize, usize)> {
    let scheme = text[from..mark].bytes().rev().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
    if scheme == 0 {
        return None;
    }
    let end = mark + 3 + length(&text[mark + 3..], true);
    (end > mark + 3).then_some((mark - scheme, end))
}

fn mail_address(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let local = text[from..at]
        .bytes()
        .rev()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b))
        .count();
    if local == 0 {
        return None;
    }
    let end = at + 1 + length(&text[at + 1..], true);
    (text[at + 1..end].contains('.')).then_some((at - local, end))
}

/// So many bytes of a text are looked at for one part of an address: no browser takes more.
const LONGEST: usize = 2048;

/// The bytes of an address. A Chinese character belongs to it behind a mark that calls for more of the address
/// (`/发布会`, `//例.cn`); behind a letter it is the sentence going on (`example.org查看`).
fn length(text: &str, starts_part: bool) -> usize {
    let mut in_part = starts_part;
    for (at, c) in text[..text.floor_char_boundary(LONGEST)].char_indices() {
        in_part = match c {
            c if c.is_ascii_alphanumeric() => false,
            '/' | '.' | '-' | '_' | '=' | '&' | '?' | '#' | '%' | '+' | '~' | ':' | '@' => true,
            // A rule is no part of it.
            inline::OPEN | inline::CLOSE => return trimmed(&text[..at]),
            // Behind a bracket the sentence goes on: `[a](https://a.org/)会`.
            ')' => false,
            '!' | '$' | '\'' | '*' | ',' | ';' | '(' => in_part,
            c if !c.is_ascii() && c.is_alphanumeric() && in_part => true,
            _ => return trimmed(&text[..at]),
        };
    }
    trimmed(&text[..text.floor_char_boundary(LONGEST)])
}

/// A full stop or a comma at the end belongs to the sentence.
fn trimmed(address: &str) -> usize {
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']).len()
}

#[cfg(test)]
mod tests {
    use super::Stretch::{Address, Prose};
    use super::*;

    #[test]
    fn addresses_are_told_from_prose() {
        assert_eq!(stretches("发展"), [Prose("发展")]);
        assert_eq!(
            stretches("见 http://例.cn/发，干净"),
            [Prose("见 "), Address("http://例.cn/发"), Prose("，干净")]
        );
        assert_eq!(
            stretches("请访问https://a.org查看"),
            [Prose("请访问"), Address("https://a.org"), Prose("查看")]
        );
        assert_eq!(stretches("写信给a.b@例.cn。"), [Prose("写信给"), Address("a.b@例.cn"), Prose("。")]);
        assert_eq!(stretches("3://发 @发"), [Prose("3://发 @发")]);
    }

    #[test]
    fn values_that_are_addresses() {
        assert!(is_address("图/发.png") && is_address("https://例.cn/发") && is_address("/发/"));
        assert!(!is_address("头发/干净") && !is_address("发展。") && !is_address("约3.5亿元"));
    }
}
