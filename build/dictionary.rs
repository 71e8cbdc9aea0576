//! OpenCC's dictionaries as they stand in the data files, and the five that OpenCC's build derives from them.
//!
//! Knows the file format and the rules of derivation, nothing of matching.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::stages;

/// A dictionary: what to write for a key, the preferred value first. Sorted, so that the build is reproducible.
#[derive(Clone, Default)]
pub(crate) struct Dictionary {
    entries: BTreeMap<String, Vec<String>>,
    /// For a reversed dictionary: (value that becomes a key, key that becomes its first value).
    reverse_preferences: Vec<(String, String)>,
    /// The entries that a `# @tofu-risk:` line stands above: their full value may be missing from fonts.
    tofu_risk: BTreeMap<String, Vec<String>>,
    /// Keys in the order of the file; reversal lists its values in this order.
    order: Vec<String>,
}

impl Dictionary {
    fn parse(text: &str) -> Dictionary {
        let mut dictionary = Dictionary::default();
        let mut risky = false;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if let Some(preference) = line.strip_prefix("# @reverse-prefer:") {
                let fields: Vec<&str> = preference.split_whitespace().collect();
                let first = fields.first().expect("a reverse preference names a value");
                let last = fields.last().expect("a reverse preference names a key");
                dictionary.reverse_preferences.push(((*first).into(), (*last).into()));
            }
            if line.starts_with('#') {
                risky = line.starts_with("# @tofu-risk:");
                continue;
            }
            let (key, values) =
                line.split_once('\t').unwrap_or_else(|| panic!("no tab in dictionary line: {line}"));
            let values: Vec<String> = values.split(' ').map(String::from).collect();
            if std::mem::take(&mut risky) {
                let full = values.iter().skip(usize::from(values[0] == key)).cloned().collect();
                dictionary.tofu_risk.insert(key.into(), full);
            }
            dictionary.order.push(key.into());
            dictionary.entries.insert(key.into(), values);
        }
        dictionary
    }

    fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for (key, value) in pairs {
            dictionary.entries.entry(key).or_default().push(value);
        }
        dictionary
    }

    /// Keys and values swapped. A key that several entries would give keeps the value that comes first in the file,
    /// unless `# @reverse-prefer:` names another.
    fn reversed(&self) -> Dictionary {
        let pairs = self.order.iter().flat_map(|key| self.entries[key].iter().map(move |value| (value, key)));
        let mut reversed = Dictionary::from_pairs(pairs.map(|(value, key)| (value.clone(), key.clone())));
        for (key, preferred) in &self.reverse_preferences {
            let values =
                reversed.entries.get_mut(key).expect("a reverse preference names a value of the file");
            let at =
                values.iter().position(|value| value == preferred).expect("and a key that has this value");
            values[..=at].rotate_right(1);
        }
        reversed
    }

    /// Key and preferred value of each entry.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(key, values)| (key.as_str(), values[0].as_str()))
    }

    /// Key and all values of each entry.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries.iter().map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// All values of `key`.
    pub(crate) fn values(&self, key: &str) -> &[String] {
        self.entries.get(key).map_or(&[], Vec::as_slice)
    }
}

/// All dictionaries by name.
pub(crate) struct Library {
    dictionaries: BTreeMap<String, Dictionary>,
}

impl Library {
    /// Reads every dictionary file of `folder` and derives the others.
    pub(crate) fn read(folder: &Path) -> Library {
        let mut dictionaries = BTreeMap::new();
        let listing =
            fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
        for entry in listing {
            let path = entry.expect("a folder that opens can be listed").path();
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
            let name = path.file_stem().expect("a listed file has a name").to_string_lossy();
            dictionaries.insert(name.into_owned(), Dictionary::parse(&text));
        }
        let mut library = Library { dictionaries };
        library.derive();
        library
    }

    /// The dictionary of this name.
    pub(crate) fn get(&self, name: &str) -> &Dictionary {
        self.dictionaries.get(name).unwrap_or_else(|| panic!("no dictionary {name}"))
    }

    fn derive(&mut self) {
        for name in ["TWVariants", "HKVariants", "JPShinjitaiCharacters"] {
            let reversed = self.get(name).reversed();
            self.dictionaries.insert(format!("{name}Rev"), reversed);
        }
        let entries = self.get("TSCharacters").tofu_risk.clone();
        self.dictionaries.insert("TSCharactersExt".into(), Dictionary { entries, ..Dictionary::default() });
        let generated = self.regional_phrases_simplified();
        self.dictionaries.insert("STPhrases_GeneratedFromRegionalPhrases".into(), generated);
    }

    /// Regional terms in Simplified characters, so that a Simplified text keeps them in one segment. Terms of one or
    /// two characters are left out: they would cut longer Simplified words.
    fn regional_phrases_simplified(&self) -> Dictionary {
        let simplification = stages::simplification(self);
        let simplify = simplification.convert();
        let mut seen = BTreeSet::new();
        let keys = ["HKPhrases", "TWPhrases"].into_iter().flat_map(|name| self.get(name).order.iter());
        let pairs = keys.map(|key| (simplify(key), key.clone()));
        Dictionary::from_pairs(pairs.filter(|(key, _)| key.chars().count() >= 3 && seen.insert(key.clone())))
    }
}
