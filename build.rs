//! Compiles OpenCC's dictionaries into the tries that `src/script` embeds, and lists the theme for `src/content`.
//!
//! In: the text files in `data/opencc/dictionary`, `data/jieba` and `data/editorial`, and `templates` and `static`. Out, in
//! OUT_DIR: `<stage>.bin` and `<stage>.txt` for each conversion stage, its keys and its values; `words.bin` and `rules.bin`,
//! words and keys of rules; `shapes.bin`, which says of each character whose it is; `fold.bin`, what it is folded to, and `kin.bin`, what stands for it; and
//! `theme.rs`. Reads nothing else and never the network.

#[path = "build/dictionary.rs"]
mod dictionary;
#[path = "build/fold.rs"]
mod fold;
#[path = "build/joint.rs"]
mod joint;
#[path = "build/rules.rs"]
mod rules;
#[path = "build/stages.rs"]
mod stages;
#[path = "build/shapes.rs"]
mod shapes;
#[path = "build/theme.rs"]
mod theme;
#[path = "build/trie.rs"]
mod trie;
#[path = "build/words.rs"]
mod words;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;
use std::path::PathBuf;
use std::{env, fs};

/// Stages of directions that few sites need: a fifth of their size, and a millisecond when one is first used.
const SELDOM: [&str; 10] = [
    "tw_rev",
    "tw_phrases_rev",
    "hk_rev",
    "hk_phrases_rev",
    "jp",
    "jp_rev",
    "tw_rev_ts",
    "tw_phrases_rev_ts",
    "hk_rev_ts",
    "hk_phrases_rev_ts",
];

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    for folder in ["data/opencc/dictionary", "data/jieba", "data/editorial", "templates", "static"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    link();
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));

    let library = dictionary::Library::read(&root.join("data/opencc/dictionary"));
    for stage in stages::all(&library) {
        let (keys, texts) = stage.compile();
        write(
            &out,
            &format!("{}.bin", stage.name),
            &if SELDOM.contains(&stage.name) { deflated(&keys) } else { keys },
        );
        write(&out, &format!("{}.txt", stage.name), texts.as_bytes());
    }
    write(&out, "shapes.bin", &shapes::table(&library));
    write(&out, "fold.bin", &fold::table(&library));
    write(&out, "kin.bin", &fold::kin(&library));
    write(&out, "words.bin", &words::compile(&library, &root.join("data/jieba/dict.txt")));
    write(&out, "rules.bin", &rules::compile(&root.join("data/editorial/hant.tsv")));
    write(&out, "theme.rs", theme::source(&root).as_bytes());
}

/// Half a megabyte of the program would be the list of addresses that are moved when it is loaded at another place each time. The code is
/// safe Rust, and dictionaries are what it mostly holds; so on Linux it is loaded at one place.
fn link() {
    let is = |name: &str, value: &str| {
        env::var_os(format!("CARGO_CFG_TARGET_{name}")).is_some_and(|own| own == value)
    };
    if is("OS", "linux") && is("ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}

fn write(out: &std::path::Path, name: &str, bytes: &[u8]) {
    let path = out.join(name);
    fs::write(&path, bytes).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}
