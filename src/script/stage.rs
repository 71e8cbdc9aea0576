//! One stage of conversion: a trie of its keys and a pool of values, as `build.rs` wrote them.
//!
//! A stage finds matches and replaces them; where the text may not be matched across ("walls") and where it is cut
//! for markup is told by the caller. It never decides which stages follow one another: that is `chain`.

use flate2::read::DeflateDecoder;
use std::io::Read;
use std::ops::Range;
use std::sync::OnceLock;

use super::description;
use super::marks::{self, Edit};
use super::scan::{Match, Scan};
use super::trie::Trie;

/// The stages of OpenCC's configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum StageName {
    Compatibility,
    St,
    Ts,
    /// The phrases of `Ts` alone, for a chain that only cuts into segments with them: fewer characters begin one.
    TsPhrases,
    Tw,
    TwPhrases,
    TwRev,
    TwPhrasesRev,
    Hk,
    HkPhrases,
    HkRev,
    HkPhrasesRev,
    Jp,
    JpRev,
    /// `TwRev` and `Ts`, both inside the segments of `TsPhrases`; the three below likewise.
    TwRevTs,
    TwPhrasesRevTs,
    HkRevTs,
    HkPhrasesRevTs,
}

macro_rules! embedded {
    ($name:literal) => {
        (
            include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin")),
            include_str!(concat!(env!("OUT_DIR"), "/", $name, ".txt")),
        )
    };
}

impl StageName {
    /// How many there are.
    pub(super) const COUNT: usize = StageName::HkPhrasesRevTs as usize + 1;

    /// Whether `build.rs` has made the file of the keys smaller.
    fn is_deflated(self) -> bool {
        use StageName::{HkPhrasesRev, HkPhrasesRevTs, HkRev, HkRevTs, Jp, JpRev};
        use StageName::{TwPhrasesRev, TwPhrasesRevTs, TwRev, TwRevTs};
        matches!(
            self,
            TwRev
                | TwPhrasesRev
                | HkRev
                | HkPhrasesRev
                | Jp
                | JpRev
                | TwRevTs
                | TwPhrasesRevTs
                | HkRevTs
                | HkPhrasesRevTs
        )
    }

    /// The keys, inflated once for the whole program: they are part of it, and nothing changes them.
    fn keys(self) -> &'static [u8] {
        static INFLATED: [OnceLock<Vec<u8>>; StageName::COUNT] =
            [const { OnceLock::new() }; StageName::COUNT];
        let (keys, _) = self.files();
        match self.is_deflated() {
            false => keys,
            true => INFLATED[self as usize].get_or_init(|| {
                let mut inflated = Vec::new();
                DeflateDecoder::new(keys).read_to_end(&mut inflated).expect("build.rs deflated it");
                inflated
            }),
        }
    }

    /// The file of the keys and that of the values.
    fn files(self) -> (&'static [u8], &'static str) {
        match self {
            StageName::Compatibility => embedded!("compatibility"),
            StageName::St => embedded!("st"),
            StageName::Ts => embedded!("ts"),
            StageName::TsPhrases => embedded!("ts_phrases"),
            StageName::Tw => embedded!("tw"),
            StageName::TwPhrases => embedded!("tw_phrases"),
            StageName::TwRev => embedded!("tw_rev"),
            StageName::TwPhrasesRev => embedded!("tw_phrases_rev"),
            StageName::Hk => embedded!("hk"),
            StageName::HkPhrases => embedded!("hk_phrases"),
            StageName::HkRev => embedded!("hk_rev"),
            StageName::HkPhrasesRev => embedded!("hk_phrases_rev"),
            StageName::Jp => embedded!("jp"),
            StageName::JpRev => embedded!("jp_rev"),
            StageName::TwRevTs => embedded!("tw_rev_ts"),
            StageName::TwPhrasesRevTs => embedded!("tw_phrases_rev_ts"),
            StageName::HkRevTs => embedded!("hk_rev_ts"),
            StageName::HkPhrasesRevTs => embedded!("hk_phrases_rev_ts"),
        }
    }
}

/// A stage ready for use.
pub(super) struct Stage {
    trie: Trie,
    values: &'static str,
}

/// What takes the place of a match, as `build/stages.rs` packed it.
enum Value {
    /// The key itself.
    Same,
    /// One character for another.
    Character(char),
    /// A text, and whether each of its characters is as long as the one it takes the place of.
    Text(&'static str, bool),
}

/// The value of a key that a joint of stages has no value for.
const STOP: u32 = 4;
/// The kinds of values; the rest of the number says which it is.
const SAME: u32 = 1;
const CHARACTER: u32 = 2;
const TEXT: u32 = 3;
/// In a text's second byte: it is as long as its key, character by character.
const ALIGNED: u8 = 1;
/// There, or in a value that is the key itself: the key is a phrase.
const PHRASE: u8 = 2;

impl Stage {
    /// The stage in its embedded files.
    ///
    /// # Panics
    ///
    /// When the files are not what `build.rs` wrote; the tests load every stage.
    pub(super) fn load(name: StageName) -> Stage {
        let (_, values) = name.files();
        Stage { trie: Trie::new(name.keys()), values }
    }

    /// Whether the key with this value is a phrase of the first layer, which makes it a segment.
    #[inline]
    fn is_phrase(&self, value: u32) -> bool {
        match value & 3 {
            SAME => value >> 2 & u32::from(PHRASE) != 0,
            TEXT => self.values.as_bytes()[(value >> 2) as usize + 1] & PHRASE != 0,
            _ => false,
        }
    }

    #[inline]
    fn unpack(&self, value: u32) -> Value {
        match value & 3 {
            CHARACTER => char::from_u32(value >> 2).map_or(Value::Same, Value::Character),
            TEXT => {
                let at = (value >> 2) as usize;
                let head = &self.values.as_bytes()[at..at + 2];
                Value::Text(&self.values[at + 2..at + 2 + usize::from(head[0])], head[1] & ALIGNED != 0)
            }
            _ => Value::Same,
        }
    }

    /// Whether some key has this character.
    pub(super) fn knows(&self, character: char) -> bool {
        self.trie.code(character) != 0
    }

    /// The matches in `text`, none across a wall.
    #[inline]
    pub(super) fn matches<'a>(&self, text: &'a str, walls: &'a [usize]) -> Scan<'a> {
        Scan::new(self.trie, text, walls)
    }

    /// `text` with every match replaced. `cuts` and `walls` are moved to where they stand in the result.
    pub(super) fn convert(&self, text: &str, cuts: &mut [usize], walls: &mut [usize]) -> String {
        let (converted, edits) = self.replace(text, self.matches(text, walls), |_, _| {});
        marks::follow(cuts, text, &converted, &edits);
        marks::follow(walls, text, &converted, &edits);
        converted
    }

    /// [`Stage::convert`] for a joint of stages. `None`, with `cuts` as they were, where its stages must work one after the
    /// other: at a stop, as `build/joint.rs` says, and with a description sequence that only the last stage may find whole.
    pub(super) fn convert_joint(&self, text: &str, cuts: &mut [usize]) -> Option<String> {
        let mut scan = self.matches(text, &[]);
        let mut stopped = false;
        let known = scan.by_ref().take_while(|found| {
            stopped = found.value == STOP;
            !stopped
        });
        let (converted, edits) = self.replace(text, known, |_, _| {});
        if stopped || scan.has_met_fragment() {
            return None;
        }
        marks::follow(cuts, text, &converted, &edits);
        Some(converted)
    }

    /// [`Stage::segment`] and [`Stage::convert`] in one pass, for a chain that begins with the stage that segments: the
    /// result, and the walls where they stand in it.
    pub(super) fn convert_segmenting(&self, text: &str, cuts: &mut [usize]) -> (String, Vec<usize>) {
        let mut walls = Vec::with_capacity(text.len() / 8);
        let (converted, edits) =
            self.replace(text, self.matches(text, &[]), |start, end| walls.extend([start, end]));
        marks::follow(cuts, text, &converted, &edits);
        (converted, walls)
    }

    /// `text` with the matches replaced, and where it does not follow the text byte by byte. `phrase` is told where each
    /// phrase begins and ends in the result.
    #[inline]
    fn replace(
        &self,
        text: &str,
        matches: impl Iterator<Item = Match>,
        mut phrase: impl FnMut(usize, usize),
    ) -> (String, Vec<Edit>) {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut edits = Vec::new();
        let mut done = 0;
        for found in matches {
            let at = out.len() + (found.start - done);
            let aligned = match self.unpack(found.value) {
                Value::Same => {
                    if found.value >> 2 & u32::from(PHRASE) != 0 {
                        phrase(at, at + (found.end - found.start));
                    }
                    continue;
                }
                Value::Character(character) => {
                    out.push_str(&text[done..found.start]);
                    out.push(character);
                    character.len_utf8() == found.end - found.start
                }
                Value::Text(value, aligned) => {
                    out.push_str(&text[done..found.start]);
                    out.push_str(value);
                    if self.is_phrase(found.value) {
                        phrase(at, out.len());
                    }
                    aligned
                }
            };
            if !aligned {
                edits.push(Edit { source: found.start..found.end, out: at..out.len() });
            }
            done = found.end;
        }
        out.push_str(&text[done..]);
        (out, edits)
    }

    /// Where phrases of the first layer begin and end in `text`: OpenCC's segmentation, whose segments are these
    /// phrases and the stretches between them.
    pub(super) fn segment(&self, text: &str) -> Vec<usize> {
        let phrases = self.matches(text, &[]).filter(|found| self.is_phrase(found.value));
        phrases.flat_map(|found| [found.start, found.end]).collect()
    }

    /// Replaces the matches of which none cuts a word in two, character by character; `begins` tells for each character, and
    /// for the end, whether a word begins there. Where the longest match would, the shorter ones up to the border of that
    /// word take its place. For stages that keep the number of characters.
    ///
    /// Tells of each match where it is, and whether it is a phrase.
    pub(super) fn replace_words(
        &self,
        characters: &mut [char],
        begins: &[bool],
        mut replaced: impl FnMut(Range<usize>, bool),
    ) {
        let (mut at, mut border) = (0, 0);
        while at < characters.len() {
            let is_cut = at < border;
            let limit = if is_cut { border } else { characters.len() };
            let Some((end, value)) =
                self.longest(&characters[at..limit]).map(|(length, value)| (at + length, value))
            else {
                at += 1;
                continue;
            };
            match cut_word(begins, at, end) {
                Some(word) if !is_cut => border = word,
                _ => {
                    self.put(value, &mut characters[at..end]);
                    replaced(at..end, self.is_phrase(value));
                    at = end;
                }
            }
        }
    }

    /// Replaces the matches, none across a wall. For stages that keep the number of characters.
    pub(super) fn replace_characters(&self, characters: &mut [char], walls: &[usize]) {
        let mut walls = walls.iter().peekable();
        let mut at = 0;
        while at < characters.len() {
            if description::is_operator(characters[at]) {
                while walls.next_if(|wall| **wall <= at).is_some() {}
                let wall = walls.peek().map_or(characters.len(), |wall| **wall);
                let described: String = characters[at..wall].iter().collect();
                at += described[..description::length(&described)].chars().count();
                continue;
            }
            if self.trie.code(characters[at]) == 0 {
                at += 1;
                continue;
            }
            while walls.next_if(|wall| **wall <= at).is_some() {}
            let wall = walls.peek().map_or(characters.len(), |wall| **wall);
            let found = self.longest(&characters[at..wall]);
            if let Some((length, value)) = found {
                self.put(value, &mut characters[at..at + length]);
            }
            at += found.map_or(1, |(length, _)| length);
        }
    }

    /// The length and the value of the longest key that `characters` begin with.
    #[inline]
    fn longest(&self, characters: &[char]) -> Option<(usize, u32)> {
        let mut longest = None;
        self.trie.each(characters, |length, value| longest = Some((length, value)));
        longest
    }

    /// Writes a value over its key.
    #[inline]
    fn put(&self, value: u32, key: &mut [char]) {
        match self.unpack(value) {
            Value::Same => {}
            Value::Character(character) => key[0] = character,
            Value::Text(value, _) => {
                for (own, character) in key.iter_mut().zip(value.chars()) {
                    *own = character;
                }
            }
        }
    }
}

/// Where a match from `start` to `end` must stop so as not to cut a word: at the end of a word that began before it and
/// ends in it, or at the beginning of one that begins in it and ends behind it.
fn cut_word(begins: &[bool], start: usize, end: usize) -> Option<usize> {
    let mut inside = start + 1..end;
    match begins[start] {
        false => inside.find(|&at| begins[at]),
        true if begins[end] => None,
        true => inside.rfind(|&at| begins[at]),
    }
}
