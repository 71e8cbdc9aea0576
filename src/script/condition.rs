//! What may or must stand before and behind a place for a rule or a term to hold there.
//!
//! Only reads conditions and checks them on characters; what holds them is in `rules`, `wording` and `glossary`.

use std::collections::BTreeMap;

/// One of the alternatives must stand there, or none may. Without any, it always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Condition {
    unless: bool,
    /// The marks `？`, `#`, `^` and `$` are themselves.
    literal: bool,
    alternatives: Vec<Vec<char>>,
}

/// Named lists that conditions refer to: `@title`.
#[derive(Default)]
pub(super) struct Lists<'t>(BTreeMap<&'t str, Vec<&'t str>>);

impl<'t> Lists<'t> {
    /// Takes `name⇥item item …`.
    pub(super) fn define(&mut self, line: &'t str) {
        let (name, items) = line.split_once('\t').unwrap_or((line, ""));
        self.0.insert(name, items.split(' ').collect());
    }
}

impl Condition {
    /// Alternatives with spaces between them; with `!` before the first, none of them may stand there. An error names
    /// a list that is not there.
    pub(super) fn parse(text: &str, lists: &Lists<'_>) -> Result<Condition, String> {
        let (unless, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let mut alternatives = Vec::new();
        for item in text.split(' ').filter(|item| !item.is_empty()) {
            expand(item, lists, &mut alternatives)?;
        }
        Ok(Condition { unless, literal: false, alternatives })
    }

    /// One of `words` must stand there, as it is.
    pub(super) fn any_of(words: impl Iterator<Item = Vec<char>>) -> Condition {
        Condition { unless: false, literal: true, alternatives: words.collect() }
    }

    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// Whether it holds for the text before a place.
    pub(super) fn holds_before(&self, text: &[char]) -> bool {
        match self.literal {
            true => self.holds(|alternative| text.ends_with(alternative)),
            false => self.holds(|alternative| ends_with(text, alternative)),
        }
    }

    /// Whether it holds for the text behind a place.
    pub(super) fn holds_after(&self, text: &[char]) -> bool {
        match self.literal {
            true => self.holds(|alternative| text.starts_with(alternative)),
            false => self.holds(|alternative| starts_with(text, alternative)),
        }
    }

    fn holds(&self, stands: impl Fn(&[char]) -> bool) -> bool {
        self.is_empty() || self.alternatives.iter().any(|alternative| stands(alternative)) != self.unless
    }
}

/// An alternative with a list in it (`？？@title`) stands for one alternative for each item of the list.
fn expand(item: &str, lists: &Lists<'_>, alternatives: &mut Vec<Vec<char>>) -> Result<(), String> {
    match item.split_once('@') {
        None => alternatives.push(item.chars().collect()),
        Some((start, name)) => {
            let list = lists.0.get(name).ok_or_else(|| name.to_owned())?;
            alternatives.extend(list.iter().map(|end| format!("{start}{end}").chars().collect::<Vec<_>>()));
        }
    }
    Ok(())
}

fn starts_with(text: &[char], alternative: &[char]) -> bool {
    let edge = alternative.last() == Some(&'$');
    let alternative = &alternative[..alternative.len() - usize::from(edge)];
    text.len() >= alternative.len()
        && text.iter().zip(alternative).all(|(own, wanted)| fits(*own, *wanted))
        && (!edge || text.get(alternative.len()).is_none_or(|next| !is_han(*next)))
}

fn ends_with(text: &[char], alternative: &[char]) -> bool {
    let edge = alternative.first() == Some(&'^');
    let alternative = &alternative[usize::from(edge)..];
    let Some(start) = text.len().checked_sub(alternative.len()) else { return false };
    text[start..].iter().zip(alternative).all(|(own, wanted)| fits(*own, *wanted))
        && (!edge || start == 0 || !is_han(text[start - 1]))
}

/// `？` is any Han character but 的, `#` a numeral; anything else is itself.
fn fits(own: char, wanted: char) -> bool {
    match wanted {
        '？' => is_han(own) && own != '的',
        '#' => {
            own.is_ascii_digit()
                || ('０'..='９').contains(&own)
                || "〇零一二三四五六七八九十百千万亿两几数".contains(own)
        }
        _ => own == wanted,
    }
}

pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}')
}
