//! One stage of conversion: an automaton over its keys and a pool of values, read back from what `build.rs` wrote.
//!
//! A stage finds matches and replaces them; where the text may not be matched across ("walls") and where it is cut
//! for markup is told by the caller. It never decides which stages follow one another: that is `chain`.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::marks::{Marks, Step};
use super::scan::{Match, Scan};

/// The stages of OpenCC's configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum StageName {
    Compatibility,
    St,
    Ts,
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
}

macro_rules! embedded {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"))
    };
}

impl StageName {
    /// How many there are.
    pub(super) const COUNT: usize = StageName::JpRev as usize + 1;

    fn file(self) -> &'static [u8] {
        match self {
            StageName::Compatibility => embedded!("compatibility"),
            StageName::St => embedded!("st"),
            StageName::Ts => embedded!("ts"),
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
        }
    }
}

/// A stage ready for use.
pub(super) struct Stage {
    automaton: CharwiseDoubleArrayAhoCorasick<u64>,
    values: &'static str,
}

impl Stage {
    /// Reads the embedded file of a stage.
    ///
    /// # Panics
    ///
    /// When the file is not what `build.rs` wrote; the tests load every stage.
    pub(super) fn load(name: StageName) -> Stage {
        let damaged = "the embedded dictionaries are those that build.rs wrote";
        let (length, rest) = name.file().split_first_chunk().expect(damaged);
        let (values, automaton) = rest.split_at(u32::from_le_bytes(*length) as usize);
        let values = std::str::from_utf8(values).expect(damaged);
        let (automaton, _) = CharwiseDoubleArrayAhoCorasick::deserialize(automaton).expect(damaged);
        Stage { automaton, values }
    }

    /// What takes the place of a match.
    pub(super) fn value(&self, found: &Match) -> &'static str {
        let start = found.packed as u32 as usize;
        let length = (found.packed >> 32) as u16 as usize;
        &self.values[start..start + length]
    }

    /// The matches in `text`, none across a wall.
    pub(super) fn matches<'a>(&'a self, text: &'a str, walls: &'a [usize]) -> Scan<'a> {
        Scan::new(&self.automaton, text, walls)
    }

    /// `text` with every match replaced. `cuts` and `walls` are moved to where they stand in the result.
    pub(super) fn convert(&self, text: &str, cuts: &mut [usize], walls: &mut [usize]) -> String {
        let fixed = walls.to_vec();
        let (mut cuts, mut walls) = (Marks::new(cuts), Marks::new(walls));
        self.replace(text, &fixed, |step| {
            cuts.follow(text, &step);
            walls.follow(text, &step);
        })
    }

    /// [`Stage::segment`] and [`Stage::convert`] in one pass, for a chain that begins with the stage that segments: the
    /// result, and the walls where they stand in it.
    pub(super) fn convert_segmenting(&self, text: &str, cuts: &mut [usize]) -> (String, Vec<usize>) {
        let (mut cuts, mut walls) = (Marks::new(cuts), Vec::new());
        let converted = self.replace(text, &[], |step| {
            cuts.follow(text, &step);
            if step.phrase {
                walls.extend([step.out, step.out + step.value.map_or(0, str::len)]);
            }
        });
        (converted, walls)
    }

    fn replace(&self, text: &str, walls: &[usize], mut each: impl FnMut(Step<'_>)) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        let mut done = 0;
        for found in self.matches(text, walls) {
            each(Step { source: done..found.start, value: None, phrase: false, out: out.len() });
            out.push_str(&text[done..found.start]);
            let value = self.value(&found);
            each(Step {
                source: found.start..found.end,
                value: Some(value),
                phrase: found.is_phrase(),
                out: out.len(),
            });
            out.push_str(value);
            done = found.end;
        }
        each(Step { source: done..text.len(), value: None, phrase: false, out: out.len() });
        out.push_str(&text[done..]);
        out
    }

    /// The matches in `text` of which none cuts a word in two; `starts` tells for each byte where the word begins that
    /// covers it. Where the longest match would, the shorter ones up to the border of that word take its place.
    pub(super) fn matches_of_words(&self, text: &str, starts: &[u32]) -> Vec<Match> {
        let mut found = Vec::with_capacity(text.len() / 4);
        let mut from = 0;
        'search: loop {
            for candidate in self.automaton.leftmost_find_iter(&text[from..]) {
                let (start, end) = (from + candidate.start(), from + candidate.end());
                if let Some(word) = cut_word(starts, start, end) {
                    let before = self.automaton.leftmost_find_iter(&text[start..word]);
                    found.extend(before.map(|shorter| Match {
                        start: start + shorter.start(),
                        end: start + shorter.end(),
                        packed: shorter.value(),
                    }));
                    from = word;
                    continue 'search;
                }
                found.push(Match { start, end, packed: candidate.value() });
            }
            return found;
        }
    }

    /// Where phrases of the first layer begin and end in `text`: OpenCC's segmentation, whose segments are these
    /// phrases and the stretches between them.
    pub(super) fn segment(&self, text: &str) -> Vec<usize> {
        let phrases = self.matches(text, &[]).filter(Match::is_phrase);
        phrases.flat_map(|found| [found.start, found.end]).collect()
    }
}

/// Where a match from `start` to `end` must stop so as not to cut a word: at the end of a word that began before it and
/// ends in it, or at the beginning of one that begins in it and ends behind it.
fn cut_word(starts: &[u32], start: usize, end: usize) -> Option<usize> {
    let begins = |at: usize| starts.get(at).is_none_or(|&word| word as usize == at);
    if !begins(start) {
        return (start + 1..end).find(|&at| begins(at));
    }
    let last = starts.get(end).map_or(end, |&word| word as usize);
    (start < last && last < end).then_some(last)
}
