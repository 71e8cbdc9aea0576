//! Strict mode against OpenCC's own expectations, and the data that it stands on.

use std::fs;
use std::path::{Path, PathBuf};

use jianbao::script::Run;
use jianbao::script::opencc::{Config, OpenCc};
use sha2::{Digest, Sha256};

use super::{DICTIONARIES, pieces};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/opencc")
}

#[track_caller]
fn check_strict(config: Config, pieces_in: &[&str], expected: &[&str]) {
    let run = Run::from_pieces(pieces_in.iter().copied());
    assert_eq!(pieces(&OpenCc::new(&DICTIONARIES, config).convert_run(&run)), expected);
}

#[test]
fn data_files_are_unchanged() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, files) in
        [("data/opencc", 17 + 2), ("data/jieba", 2), ("tests/data/commonmark", 2), ("fonts", 3)]
    {
        let sums = fs::read_to_string(root.join(folder).join("SHA256SUMS")).unwrap();
        assert_eq!(sums.lines().count(), files, "{folder}");
        for line in sums.lines() {
            let (sum, name) = line.split_once("  ").unwrap();
            let digest = Sha256::digest(fs::read(root.join(folder).join(name)).unwrap());
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, sum, "{folder}/{name}");
        }
    }
}

#[test]
fn opencc_expectations_all_hold() {
    let json = fs::read_to_string(data().join("testcases.json")).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&without_trailing_commas(&json)).unwrap();
    let mut held = 0;
    for case in cases["cases"].as_array().unwrap() {
        for (config, expected) in case["expected"].as_object().unwrap() {
            let converter = OpenCc::new(&DICTIONARIES, config.parse().unwrap());
            let output = converter.convert(case["input"].as_str().unwrap());
            assert_eq!(output, expected.as_str().unwrap(), "{} {config}", case["id"]);
            held += 1;
        }
    }
    assert_eq!(held, 556);
}

/// OpenCC's file has a few, which JSON does not allow.
fn without_trailing_commas(json: &str) -> String {
    let mut lines: Vec<&str> = json.lines().collect();
    for at in 1..lines.len() {
        if lines[at].trim_start().starts_with(['}', ']']) {
            lines[at - 1] = lines[at - 1].trim_end_matches(',');
        }
    }
    lines.join("\n")
}

#[test]
fn config_names() {
    for config in Config::ALL {
        assert_eq!(config.name().parse(), Ok(config));
    }
    let error = "s2cn".parse::<Config>().unwrap_err().to_string();
    assert!(error.starts_with("OpenCC has no configuration `s2cn`; write one of s2t, t2s,"), "{error}");
}

#[test]
fn second_stage_stays_inside_segments() {
    // 級別 is a Taiwanese phrase (階別), but 低级 别 产品 is how the first stage cuts it.
    check_strict(Config::S2twp, &["低级别产品"], &["低級別產品"]);
}

#[test]
fn description_sequences_are_passed_over() {
    check_strict(Config::S2t, &["⿰干净发", "发"], &["⿰干净發", "發"]);
    check_strict(Config::S2t, &["⿰干"], &["⿰幹"]);
}

#[test]
fn compatibility_ideographs_are_normalized() {
    check_strict(Config::T2s, &["\u{F902}", "輛"], &["车", "辆"]);
}

#[test]
fn wording_of_another_length_goes_to_the_first_piece() {
    check_strict(Config::S2twp, &["串", "口", "的"], &["序列埠", "", "的"]);
    check_strict(Config::S2twp, &["软", "件"], &["軟", "體"]);
}
