//! Strict mode against the C++ OpenCC, byte for byte: 20 MB of text made from the dictionaries' own words, the shipped
//! content and the hard sentences, in all sixteen configurations.
//!
//! Only with the feature `opencc`. `JIANBAO_OPENCC_DATA` names the folder of OpenCC's configurations (`s2t.json` …).

use crate::sites::{Folder, SETTINGS, jianbao};
use jianbao::script::Dictionaries;
use jianbao::script::opencc::{Config, OpenCc};
use std::path::{Path, PathBuf};

/// Bytes of text.
const SIZE: usize = 20 << 20;

/// A text is handed over in parts of about this size, so that a difference is found near its place.
const PART: usize = 64 << 10;

#[test]
fn strict_mode_is_byte_for_byte_opencc() {
    let data = std::env::var_os("JIANBAO_OPENCC_DATA").map(PathBuf::from);
    let data = data.expect("JIANBAO_OPENCC_DATA names the folder of OpenCC's configurations");
    let text = text();
    assert!(text.len() >= SIZE);
    let dictionaries = Dictionaries::embedded();
    for config in Config::ALL {
        let referee =
            opencc_rust::OpenCC::new(data.join(format!("{}.json", config.name()))).expect("OpenCC opens");
        let ours = OpenCc::new(&dictionaries, config);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let least = rest.floor_char_boundary(PART.min(rest.len()));
            let end = rest[least..].find('\n').map_or(rest.len(), |end| least + end + 1);
            let (part, after) = rest.split_at(end);
            rest = after;
            let theirs = referee.convert(part).expect("OpenCC converts");
            let own = ours.convert(part);
            if own != theirs {
                let at = own.bytes().zip(theirs.bytes()).take_while(|(own, their)| own == their).count();
                let around = |text: &str| {
                    text[text.floor_char_boundary(at.saturating_sub(40))..]
                        .chars()
                        .take(40)
                        .collect::<String>()
                };
                panic!("{} differs: ours {:?}, OpenCC's {:?}", config.name(), around(&own), around(&theirs));
            }
        }
    }
    println!("0 of {} bytes differ in {} configurations", text.len(), Config::ALL.len());
}

#[test]
fn the_library_is_an_engine_for_a_site() {
    let site = Folder::new();
    let settings =
        format!("engine = \"opencc\"\n{SETTINGS}\n[[glossary]]\nterm = \"发社\"\nprotected = true\n");
    site.write("site.toml", settings);
    // OpenCC takes 发明 apart, which jianbao does not; what the house decides holds for both.
    site.write("content/_index.md", "+++\ntitle = \"题\"\n+++\n\n它“被发明”，发社。\n");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let page = site.read("public/zh-hant/index.html");
    assert!(page.contains("它「被髮明」，发社。"), "{page}");

    let broken =
        jianbao().args(["build", "--root"]).arg(site.root()).env("JIANBAO_OPENCC_DATA", "/nowhere").output();
    let said = String::from_utf8(broken.expect("jianbao runs").stderr).expect("UTF-8");
    assert!(said.starts_with("error[engine]: the C++ OpenCC cannot be opened: /nowhere/"), "{said}");
}

/// The same text each time.
fn text() -> String {
    let words = words();
    let mut random = Random(0x6A69_616E_6261_6F00);
    let mut text = sentences();
    let mut line = 0;
    while text.len() < SIZE {
        let word = &words[random.below(words.len())];
        // Cut words make prefixes and straddles; marks and Latin stand between.
        let cut = if random.below(8) == 0 { random.below(word.chars().count() + 1) } else { usize::MAX };
        text.extend(word.chars().take(cut));
        line += 1;
        match random.below(40) {
            0 => text.push('，'),
            1 => text.push_str(" API 3.5% "),
            2 => text.push_str("⿰氵每"),
            3 => text.push('𠮷'),
            _ => {}
        }
        if line > 30 + random.below(60) {
            text.push_str("。\n");
            line = 0;
        }
    }
    text.push('\n');
    text
}

/// Every key and every value of every dictionary.
fn words() -> Vec<String> {
    let folder = root().join("data/opencc/dictionary");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the dictionaries")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut words = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("a dictionary");
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            words.extend(line.split(['\t', ' ']).map(str::to_owned));
        }
    }
    words
}

/// The shipped content and the hard sentences.
fn sentences() -> String {
    let mut text = include_str!("script/hard-cases.tsv").to_owned();
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root().join("content"))
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    for file in files {
        text.push_str(&std::fs::read_to_string(file).expect("a content file"));
    }
    text
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// xorshift64: enough to shuffle words, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % bound.max(1)
    }
}
