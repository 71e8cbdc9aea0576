//! Words keep a phrase from cutting them, and curated rules mend what words cannot.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jianbao::script::opencc::{Config, OpenCc};
use jianbao::script::{Converter, Run};

use super::{DICTIONARIES, check, target};

#[test]
fn no_phrase_cuts_a_word() {
    check(&["被发明"], &["被发明"], &["被發明"]);
    check(&["不只有"], &["不只有"], &["不只有"]);
    check(&["一个中国"], &["一个中国"], &["一個中國"]);
    check(&["他发起了"], &["他发起了"], &["他發起了"]);
    check(&["头发长"], &["头发长"], &["頭髮長"]);
    check(&["先后勤"], &["先后勤"], &["先後勤"]);
    check(&["低级别产品"], &["低级别产品"], &["低級別產品"]);
    check(&["这方面条件"], &["这方面条件"], &["這方面條件"]);
}

/// Each rule that asks for nothing around it, on its key alone.
#[test]
fn unconditional_rules_hold() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/editorial/hant.tsv");
    let file = fs::read_to_string(file).unwrap();
    let mut rules: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.starts_with(['#', '@']) && !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        rules.entry(fields[0]).or_default().push(fields);
    }
    let converter = Converter::new(&DICTIONARIES, target("zh-Hant"));
    let shapes = OpenCc::new(&DICTIONARIES, Config::T2tw);
    let mut wrong = Vec::new();
    for (key, rules) in &rules {
        // With several rules for a key, their conditions decide which holds.
        let [rule] = &rules[..] else { continue };
        if rule[2..5].iter().all(|field| field.is_empty()) {
            let (got, wanted) = (converter.convert(&Run::new(*key)), shapes.convert(rule[1]));
            if got.text() != wanted {
                wrong.push(format!("{key} → {}, not {wanted}", got.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn cantonese_sentences() {
    let hant = |text: &str| {
        let converter = Converter::new(&DICTIONARIES, target("zh-Hant"));
        converter.convert(&Run::new(text)).text().to_owned()
    };
    assert_eq!(hant("佢话今次系好事，答案系啱嘅。"), "佢話今次係好事，答案係啱嘅。");
    assert_eq!(hant("嗰只老鼠佢见过，试吓啦。"), "嗰隻老鼠佢見過，試吓啦。");
    // The next sentence is Mandarin; a word stays a word.
    assert_eq!(hant("佢系边个？系统的关系很好。"), "佢係邊個？系統的關係很好。");
}
