//! The stages that OpenCC's sixteen configurations are made of, each compiled into one automaton.
//!
//! A stage is a chain of layers; OpenCC asks them in turn and takes the longest key of the first layer that has one
//! ("short circuit"). One automaton over all layers that takes the longest of all keys gives the same, once every key
//! of a later layer is dropped that an earlier layer would have forestalled: one that has a prefix there.

use std::collections::BTreeMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use crate::dictionary::Library;

/// A layer is one dictionary, or several whose longest key wins together ("union").
type Layer = &'static [&'static str];

const ST_PHRASES: Layer = &["STPhrases", "STPhrases_GeneratedFromRegionalPhrases"];

/// Name and layers of each stage; the names are also those of the files that `src/script/stage.rs` embeds.
const STAGES: &[(&str, &[Layer])] = &[
    ("compatibility", &[&["CJK_Compatibility_Ideographs"]]),
    ("st", &[ST_PHRASES, &["STCharacters"]]),
    ("ts", TS),
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

const TS: &[Layer] = &[&["TSPhrases"], &["TSCharactersExt"], &["TSCharacters"]];

/// A stage with the entries that take part, ready to be compiled.
pub(crate) struct Stage<'a> {
    /// The name of its file.
    pub(crate) name: &'static str,
    /// Key → (value, whether it comes from the first layer).
    entries: BTreeMap<&'a str, (&'a str, bool)>,
}

/// Every stage of every configuration.
pub(crate) fn all(library: &Library) -> impl Iterator<Item = Stage<'_>> {
    STAGES.iter().map(|&(name, layers)| Stage::new(library, name, layers))
}

/// Traditional to Simplified, which the derivation of a dictionary needs before the stages can be built.
pub(crate) fn simplification(library: &Library) -> Stage<'_> {
    Stage::new(library, "ts", TS)
}

impl<'a> Stage<'a> {
    fn new(library: &'a Library, name: &'static str, layers: &[Layer]) -> Stage<'a> {
        let mut entries = BTreeMap::new();
        for (at, layer) in layers.iter().enumerate() {
            let mut own = BTreeMap::new();
            for (key, value) in layer.iter().flat_map(|&dictionary| library.get(dictionary).pairs()) {
                own.entry(key).or_insert((value, at == 0));
            }
            own.retain(|key, _| !has_prefix(&entries, key));
            entries.extend(own);
        }
        let stage = Stage { name, entries };
        stage.check_lengths();
        stage
    }

    /// The converter deals with characters one by one and relies on every stage between the scripts and their regional
    /// shapes to keep their number; only regional wording may change it.
    fn check_lengths(&self) {
        let wording = self.name.contains("phrases") || self.name == "jp_rev";
        for (key, (value, _)) in &self.entries {
            let kept = key.chars().count() == value.chars().count();
            assert!(wording || kept, "{}: {key} → {value} changes the number of characters", self.name);
        }
    }

    /// A converter for build time: slow, without regard to segments.
    pub(crate) fn convert(&self) -> impl Fn(&str) -> String {
        let values: Vec<&str> = self.entries.values().map(|&(value, _)| value).collect();
        let keys = self.entries.keys().enumerate().map(|(at, key)| (*key, at as u64));
        let automaton = automaton(keys);
        move |text| {
            let (mut out, mut done) = (String::new(), 0);
            for found in automaton.leftmost_find_iter(text) {
                out.push_str(&text[done..found.start()]);
                out.push_str(values[found.value() as usize]);
                done = found.end();
            }
            out + &text[done..]
        }
    }

    /// The file: the number of bytes of the value pool, the pool, the automaton. The value of a key says where in the
    /// pool its replacement stands; `src/script/stage.rs` reads it back.
    pub(crate) fn compile(&self) -> Vec<u8> {
        let mut pool = String::new();
        let mut keys = Vec::with_capacity(self.entries.len());
        for (key, &(value, first_layer)) in &self.entries {
            let packed = pool.len() as u64 | (value.len() as u64) << 32 | u64::from(first_layer) << 48;
            keys.push((*key, packed));
            pool.push_str(value);
        }
        let mut file = u32::try_from(pool.len()).expect("the values fit into 4 GiB").to_le_bytes().to_vec();
        file.extend_from_slice(pool.as_bytes());
        file.extend_from_slice(&automaton(keys).serialize());
        file
    }
}

fn automaton<'k>(keys: impl IntoIterator<Item = (&'k str, u64)>) -> CharwiseDoubleArrayAhoCorasick<u64> {
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    builder.build_with_values(keys).expect("the keys are distinct and not empty")
}

/// Whether a prefix of `key`, or `key` itself, is among `entries`.
fn has_prefix(entries: &BTreeMap<&str, (&str, bool)>, key: &str) -> bool {
    key.char_indices().any(|(at, character)| entries.contains_key(&key[..at + character.len_utf8()]))
}
