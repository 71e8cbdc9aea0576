//! The shapes that a house prefers where Traditional has several for one character: 台 or 臺, 裡 or 裏.
//!
//! Which shapes there are stands in `data/editorial/shapes.tsv`. A preference holds for what is converted and for what an
//! author wrote in Traditional; it never changes which character is meant. Keeps the number of characters.

use std::collections::BTreeMap;
use std::fmt;

static FILE: &str = include_str!("../../data/editorial/shapes.tsv");

/// The shapes that a house prefers. By default it prefers none: those of the edition's region stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    replaced: BTreeMap<char, Shape>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shape {
    preferred: char,
    /// Words that keep their own shape.
    except: Vec<Vec<char>>,
}

/// Why a character cannot be preferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreferenceError {
    /// It has no other shape that it could take the place of.
    NoOtherShape(char),
    /// It and another one are both preferred, but each takes the place of the other.
    Contradiction(char, char),
}

impl fmt::Display for PreferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PreferenceError::NoOtherShape(shape) => {
                write!(f, "{shape} is no shape that a house can choose: there is no other one for it")
            }
            PreferenceError::Contradiction(one, other) => {
                write!(f, "{one} and {other} are shapes of one character: a house prints one of them")
            }
        }
    }
}

impl std::error::Error for PreferenceError {}

impl Preferences {
    /// Every shape that can be preferred, in the order of the file.
    pub fn shapes() -> impl Iterator<Item = char> {
        lines().map(|(shape, ..)| shape)
    }

    /// Prefers one more shape.
    pub fn add(&mut self, shape: char) -> Result<(), PreferenceError> {
        let mut is_known = false;
        for (preferred, instead, except) in lines().filter(|(preferred, ..)| *preferred == shape) {
            is_known = true;
            if self.replaced.contains_key(&preferred) {
                return Err(PreferenceError::Contradiction(instead, preferred));
            }
            let except = except.split(' ').filter(|word| !word.is_empty());
            let except = except.map(|word| word.chars().collect()).collect();
            self.replaced.insert(instead, Shape { preferred, except });
        }
        if is_known { Ok(()) } else { Err(PreferenceError::NoOtherShape(shape)) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.replaced.is_empty()
    }

    /// The text in the shapes that the house prefers.
    pub(super) fn apply(&self, text: &str) -> String {
        if !text.chars().any(|character| self.replaced.contains_key(&character)) {
            return text.to_owned();
        }
        let characters: Vec<char> = text.chars().collect();
        let preferred =
            characters.iter().enumerate().map(|(at, character)| match self.replaced.get(character) {
                Some(shape) if !shape.except.iter().any(|word| is_in_word(&characters, at, word)) => {
                    shape.preferred
                }
                _ => *character,
            });
        preferred.collect()
    }
}

/// Whether the character at `at` stands in `word`.
fn is_in_word(characters: &[char], at: usize, word: &[char]) -> bool {
    let places = word.iter().zip(0..).filter(|(own, _)| **own == characters[at]).map(|(_, place)| place);
    places.filter_map(|place: usize| at.checked_sub(place)).any(|start| characters[start..].starts_with(word))
}

/// Shape, what it takes the place of, and the words where it does not.
///
/// # Panics
///
/// When a line of the embedded file is none; the tests read them all.
fn lines() -> impl Iterator<Item = (char, char, &'static str)> {
    let lines = FILE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let mut fields = line.split('\t');
        let mut shape = || fields.next().and_then(|field| field.chars().next());
        let (Some(preferred), Some(instead)) = (shape(), shape()) else {
            panic!("data/editorial/shapes.tsv: a line has two shapes: {line}")
        };
        (preferred, instead, fields.next().unwrap_or_default())
    })
}
