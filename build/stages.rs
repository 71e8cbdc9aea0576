//! The stages that OpenCC's sixteen configurations are made of, each compiled into one trie.
//!
//! A stage is a chain of layers; OpenCC asks them in turn and takes the longest key of the first layer that has one
//! ("short circuit"). One trie over all layers that takes the longest of all keys gives the same, once every key
//! of a later layer is dropped that an earlier layer would have forestalled: one that has a prefix there.

use std::collections::{BTreeMap, BTreeSet};

use crate::dictionary::Library;
use crate::joint;
use crate::trie;

/// The value of a stop, the kinds of values and the flags of texts, as `src/script/stage.rs` reads them.
const STOP: u32 = 4;
const SAME: u32 = 1;
const CHARACTER: u32 = 2;
const TEXT: u32 = 3;
const ALIGNED: u8 = 1;
const PHRASE: u8 = 2;

/// A layer is one dictionary, or several whose longest key wins together ("union").
type Layer = &'static [&'static str];

const ST_PHRASES: Layer = &["STPhrases", "STPhrases_GeneratedFromRegionalPhrases"];

/// Name and layers of each stage; the names are also those of the files that `src/script/stage.rs` embeds.
const STAGES: &[(&str, &[Layer])] = &[
    ("compatibility", &[&["CJK_Compatibility_Ideographs"]]),
    ("st", &[ST_PHRASES, &["STCharacters"]]),
    ("ts", TS),
    ("ts_phrases", &[&["TSPhrases"]]),
    ("tw", &[&["TWVariantsPhrases"], &["TWVariants"]]),
    ("tw_phrases", &[&["TWPhrases"], &["TWVariantsPhrases"], &["TWVariants"]]),
    ("tw_rev", &[&["TWVariantsRevPhrases"], &["TWVariantsRev"]]),
    ("tw_phrases_rev", &[&["TWPhrasesRev"], &["TWVariantsRevPhrases"], &["TWVariantsRev"]]),
    ("hk", &[&["HKVariantsPhrases"], &["HKVariants"]]),
    ("hk_phrases", &[&["HKPhrases"], &["HKVariantsPhrases"], &["HKVariants"]]),
    ("hk_rev", &[&["HKVariantsRevPhrases"], &["HKVariantsRev"]]),
    ("hk_phrases_rev", &[&["HKPhrasesRev"], &["HKVariantsRevPhrases"], &["HKVariantsRev"]]),
    ("jp", &[&["JPShinjitaiCharactersRev"]]),
    ("jp_rev", &[&["JPShinjitaiPhrases"], &["JPShinjitaiCharacters"]]),
];

/// Name, first and last stage of those that `joint` makes of two.
const JOINTS: &[(&str, &str, &str)] = &[
    ("tw_rev_ts", "tw_rev", "ts"),
    ("tw_phrases_rev_ts", "tw_phrases_rev", "ts"),
    ("hk_rev_ts", "hk_rev", "ts"),
    ("hk_phrases_rev_ts", "hk_phrases_rev", "ts"),
];

const TS: &[Layer] = &[&["TSPhrases"], &["TSCharactersExt"], &["TSCharacters"]];

/// A stage with the entries that take part, ready to be compiled.
pub(crate) struct Stage {
    /// The name of its file.
    pub(crate) name: &'static str,
    pub(crate) entries: BTreeMap<String, Entry>,
    /// Where one of these stands, the stage does not know what to write.
    pub(crate) stops: BTreeSet<String>,
}

/// What is written for a key.
pub(crate) struct Entry {
    pub(crate) value: String,
    /// Whether it comes from the first layer.
    pub(crate) is_phrase: bool,
}

/// Every stage of every configuration.
pub(crate) fn all(library: &Library) -> Vec<Stage> {
    let mut stages: Vec<Stage> =
        STAGES.iter().map(|&(name, layers)| Stage::new(library, name, layers)).collect();
    let named = |name| stages.iter().find(|stage| stage.name == name).expect("a joint is made of stages");
    let joints: Vec<Stage> =
        JOINTS.iter().map(|&(name, first, last)| joint::join(name, named(first), named(last))).collect();
    stages.extend(joints);
    stages.iter().for_each(Stage::check);
    stages
}

/// Traditional to Simplified, which the derivation of a dictionary needs before the stages can be built.
pub(crate) fn simplification(library: &Library) -> Stage {
    Stage::new(library, "ts", TS)
}

impl Stage {
    fn new(library: &Library, name: &'static str, layers: &[Layer]) -> Stage {
        let mut entries = BTreeMap::new();
        for (at, layer) in layers.iter().enumerate() {
            let mut own = BTreeMap::new();
            for (key, value) in layer.iter().flat_map(|&dictionary| library.get(dictionary).pairs()) {
                own.entry(key.to_owned())
                    .or_insert_with(|| Entry { value: value.to_owned(), is_phrase: at == 0 });
            }
            own.retain(|key, _| !has_prefix(&entries, key));
            entries.extend(own);
        }
        Stage { name, entries, stops: BTreeSet::new() }
    }

    /// The converter deals with characters one by one and relies on every stage between the scripts and their regional
    /// shapes to keep their number; only regional wording may change it.
    fn check(&self) {
        let wording = self.name.contains("phrases") || self.name == "jp_rev";
        for (key, Entry { value, .. }) in &self.entries {
            let kept = key.chars().count() == value.chars().count();
            assert!(wording || kept, "{}: {key} → {value} changes the number of characters", self.name);
            let described = |text: &str| text.contains(|c| matches!(c, '\u{2FF0}'..='\u{2FFF}'));
            assert!(
                !described(key) && !described(value),
                "{}: {key} → {value} has an operator of description sequences, which are passed over",
                self.name
            );
        }
    }

    /// A converter for build time: slow, without regard to segments.
    pub(crate) fn convert(&self) -> impl Fn(&str) -> String + '_ {
        let longest = self.entries.keys().map(|key| key.chars().count()).max().unwrap_or(0);
        move |text| {
            let (mut out, mut rest) = (String::new(), text);
            while let Some(first) = rest.chars().next() {
                let ends = rest.char_indices().map(|(at, character)| at + character.len_utf8()).take(longest);
                let found =
                    ends.collect::<Vec<usize>>().into_iter().rev().find_map(|end| {
                        self.entries.get(&rest[..end]).map(|entry| (end, entry.value.as_str()))
                    });
                let (end, value) = found.unwrap_or((first.len_utf8(), &rest[..first.len_utf8()]));
                out.push_str(value);
                rest = &rest[end..];
            }
            out
        }
    }

    /// The keys as a trie, and the texts that its values point at. A value is `STOP`, or a kind in two bits and, above them,
    /// the flags of a key that stays as it is, the character that takes the place of one, or where the text stands that
    /// does: a byte for its length, one for its flags, then the text.
    pub(crate) fn compile(&self) -> (Vec<u8>, String) {
        let mut texts = String::new();
        let mut keys = Vec::with_capacity(self.entries.len());
        for (key, Entry { value, is_phrase }) in &self.entries {
            let phrase = if *is_phrase { PHRASE } else { 0 };
            let packed = match single(key).and(single(value)) {
                _ if key == value => SAME | u32::from(phrase) << 2,
                Some(character) if !is_phrase => CHARACTER | u32::from(character) << 2,
                _ => {
                    let at = u32::try_from(texts.len()).expect("the texts fit into 4 MiB");
                    let length = u8::try_from(value.len()).ok().filter(u8::is_ascii);
                    texts.push(char::from(length.expect("a value is shorter than 128 bytes")));
                    texts.push(char::from(phrase | if aligned(key, value) { ALIGNED } else { 0 }));
                    texts.push_str(value);
                    TEXT | at << 2
                }
            };
            keys.push((key.as_str(), packed));
        }
        keys.extend(self.stops.iter().map(|stop| (stop.as_str(), STOP)));
        keys.sort_unstable();
        (trie::compile::<8>(keys), texts)
    }
}

/// The only character of a text.
fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Whether each character of the value is as long as that of the key.
fn aligned(key: &str, value: &str) -> bool {
    key.chars().map(char::len_utf8).eq(value.chars().map(char::len_utf8))
}

/// Whether a prefix of `key`, or `key` itself, is among `entries`.
fn has_prefix(entries: &BTreeMap<String, Entry>, key: &str) -> bool {
    key.char_indices().any(|(at, character)| entries.contains_key(&key[..at + character.len_utf8()]))
}
