//! The keys of the curated rules as a trie; what the rules say is read by `src/script/rules.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::trie;

/// The value of a key is its place among all keys in their order, from 1.
pub(crate) fn compile(path: &Path) -> Vec<u8> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '@']));
    let keys: BTreeSet<&str> = lines.filter_map(|line| line.split('\t').next()).collect();
    trie::compile::<8>(keys.into_iter().zip(1..))
}
