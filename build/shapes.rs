//! Whose is a character? Two bits a code point, for `src/script/shape.rs`, derived from OpenCC's dictionaries.
//!
//! Only characters that are proof of a script get one; what both scripts write (后 干 里 台) is left open here and
//! decided in context at run time.

use std::collections::BTreeSet;

use crate::dictionary::Library;

/// The table covers the planes that Chinese characters stand in.
const CODE_POINTS: usize = 0x32000;

const HANS: u8 = 1;
const HANT: u8 = 2;
const NOT_TAIWAN: u8 = 3;

/// Characters that OpenCC takes for Simplified but that Traditional texts print as well, so they prove nothing.
/// All are in Big5 under these shapes.
const ALSO_HANT: &str = "肴凄栖晒炖瓮羡昵痒洼霉虱吓琼";

/// Characters that OpenCC takes for Traditional but that Simplified texts print as well, in names (乾隆, 哪吒), in set
/// words (宫商角徵羽, 获益甚夥) or beside the other form (捱, 拚, 摺). All are in GB 2312.
const ALSO_HANS: &str = "乾徵夥吒薹袷捱拚摺醣榘";

/// Characters that Traditional has in its own right, but so seldom that they prove Simplified: 么 is a shape of 幺 in
/// Taiwan and half of every 什么 in Simplified, 广 is a radical. None but 么 is in Big5.
const STILL_HANS: &str = "么广叶亘硷吣";

/// More of the kind of 温, which no dictionary of OpenCC lists: 着 is the aspect particle (Taiwan: 著), 恒, 弑, 麽 and 幺 are
/// printed beside 恆, 弒, 麼 and 么, 内 and 迹 beside 內 and 跡.
const ALSO_HONG_KONG: &str = "着恒弑麽幺内迹";

/// The table: the four code points 4n..4n+4 in byte n, the first in the lowest bits.
pub(crate) fn table(library: &Library) -> Vec<u8> {
    let mut shapes = vec![0; CODE_POINTS];
    for character in only_hans(library) {
        shapes[character as usize] = HANS;
    }
    for character in only_hant(library) {
        shapes[character as usize] = HANT;
    }
    for character in not_taiwan(library) {
        shapes[character as usize] = NOT_TAIWAN;
    }
    shapes.chunks(4).map(|four| four.iter().rev().fold(0, |byte, shape| byte << 2 | shape)).collect()
}

/// Characters that Simplified alone writes: conversion always changes them, and no region of Traditional uses them.
fn only_hans(library: &Library) -> BTreeSet<char> {
    let regional = &regional_values(library, "HKVariants") | &regional_values(library, "TWVariants");
    let changed =
        library.get("STCharacters").entries().filter(|(key, values)| values.iter().all(|value| value != key));
    let proofs =
        characters(changed.map(|(key, _)| key)).filter(|c| !ALSO_HANT.contains(*c) && !regional.contains(c));
    proofs.chain(STILL_HANS.chars()).collect()
}

/// Characters that Traditional alone writes: simplification changes them, directly or through the standard shape of
/// a regional one (衞 → 衛 → 卫).
fn only_hant(library: &Library) -> BTreeSet<char> {
    let characters_ts = library.get("TSCharacters");
    let changed = |key: &str| characters_ts.values(key).first().is_some_and(|value| value != key);
    let full = library.get("TSCharactersExt").pairs().map(|(key, _)| key);
    let direct = characters_ts.pairs().filter(|(key, value)| key != value).map(|(key, _)| key);
    let simplified = simplified_text(library);
    let regional = ["TWVariantsRev", "HKVariantsRev"].into_iter().flat_map(|name| library.get(name).pairs());
    let through = regional.filter(|(key, standard)| changed(standard) && !simplified.contains(&first(key)));
    let all = direct.chain(full).chain(through.map(|(key, _)| key));
    characters(all).filter(|c| !ALSO_HANS.contains(*c)).collect()
}

/// Characters that Simplified and Hong Kong write alike and Taiwan does not: 温 脱 户.
fn not_taiwan(library: &Library) -> BTreeSet<char> {
    let taiwan = regional_values(library, "TWVariants");
    let hant = only_hant(library);
    let st = library.get("STCharacters");
    let differs = |c: &char| {
        let values = st.values(c.encode_utf8(&mut [0; 4]));
        !values.is_empty() && values.iter().all(|value| first(value) != *c)
    };
    let hong_kong = regional_values(library, "HKVariants");
    let shared = hong_kong.difference(&taiwan).copied().filter(|c| differs(c) && !hant.contains(c));
    shared.chain(ALSO_HONG_KONG.chars()).collect()
}

fn regional_values(library: &Library, name: &str) -> BTreeSet<char> {
    library.get(name).entries().flat_map(|(_, values)| values).map(|value| first(value)).collect()
}

/// Every character in a key that OpenCC expects in Simplified text.
fn simplified_text(library: &Library) -> BTreeSet<char> {
    let keys = ["STCharacters", "STPhrases"].into_iter().flat_map(|name| library.get(name).pairs());
    keys.flat_map(|(key, _)| key.chars()).collect()
}

fn characters<'a>(keys: impl Iterator<Item = &'a str>) -> impl Iterator<Item = char> {
    keys.map(first).filter(|&c| (c as usize) < CODE_POINTS)
}

fn first(key: &str) -> char {
    key.chars().next().expect("no key or value is empty")
}
