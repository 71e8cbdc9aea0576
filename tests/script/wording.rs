//! Regional wording: every line of the list, and what must not become another word.

use std::fs;
use std::path::Path;

use jianbao::script::{Converter, Run};

use super::{DICTIONARIES, target};

fn converter(tag: &str) -> Converter {
    Converter::new(&DICTIONARIES, target(tag))
}

fn convert(converter: &Converter, text: &str) -> String {
    converter.convert(&Run::new(text)).text().to_owned()
}

#[track_caller]
fn check(text: &str, taiwan: &str, hong_kong: &str) {
    assert_eq!(convert(&converter("zh-Hant-TW"), text), taiwan, "zh-Hant-TW");
    assert_eq!(convert(&converter("zh-Hant-HK"), text), hong_kong, "zh-Hant-HK");
}

#[test]
fn words_of_news_and_administration_stay() {
    check("经济运行平稳", "經濟運行平穩", "經濟運行平穩");
    check("发布三个项目", "發布三個項目", "發布三個項目");
    check("法律程序和审批程序", "法律程序和審批程序", "法律程序和審批程序");
    check("在本市通过的文件", "在本市通過的文件", "在本市通過的文件");
}

#[test]
fn words_that_regions_print() {
    check("软件和信息", "軟體和資訊", "軟件和資訊");
    check("网络、人工智能、数字经济", "網路、人工智慧、數位經濟", "網絡、人工智能、數字經濟");
    check("发短信叫出租车去幼儿园", "發簡訊叫計程車去幼兒園", "發短訊叫的士去幼稚園");
    // Macau's is Hong Kong's; zh-Hant keeps the author's.
    assert_eq!(convert(&converter("zh-Hant-MO"), "短信"), "短訊");
    assert_eq!(convert(&converter("zh-Hant"), "短信"), "短信");
}

#[test]
fn from_region_to_region() {
    let (mainland, hong_kong) = (converter("zh-Hans-CN"), converter("zh-Hant-HK"));
    assert_eq!(convert(&mainland, "軟體與網路"), "软件与网络");
    assert_eq!(convert(&mainland, "這個軟件"), "这个软件");
    assert_eq!(convert(&hong_kong, "軟體與網路"), "軟件與網絡");
    assert_eq!(convert(&converter("zh-Hans"), "軟體與網路"), "软体与网路");
}

/// A word that the mainland's text has anyway is never read back.
#[test]
fn mainland_text_stays_in_the_mainland_edition() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mainland = converter("zh-Hans-CN");
    let mut changed = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("content")) {
        let entry = entry.expect("content can be listed");
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(entry.path()).expect("a source");
            for line in
                text.lines().filter(|line| convert(&mainland, line) != convert(&converter("zh-Hans"), line))
            {
                changed.push(line.to_owned());
            }
        }
    }
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Each line that asks for nothing around it, on its key alone: what it says is printed, and what is read back comes back.
#[test]
fn every_line_does_what_it_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/editorial/wording.tsv");
    let file = fs::read_to_string(file).expect("the list");
    let (mainland, taiwan, hong_kong) =
        (converter("zh-Hans-CN"), converter("zh-Hant-TW"), converter("zh-Hant-HK"));
    let lines: Vec<Vec<&str>> = file
        .lines()
        .filter(|line| !line.starts_with(['#', '@']))
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(lines.len() > 1_000, "{} lines", lines.len());
    let count = |key: &str| lines.iter().filter(|line| line[0] == key).count();
    let mut wrong = Vec::new();
    for line in &lines {
        assert_eq!(line.len(), 6, "{line:?}");
        let [cn, tw, hk, before, after, _] = line[..] else { continue };
        if !before.is_empty() || !after.is_empty() || count(cn) > 1 {
            continue;
        }
        for (converter, word) in [(&taiwan, tw), (&hong_kong, hk)] {
            let own = word.trim_start_matches('>');
            if word != "=" && convert(converter, cn) != own {
                wrong.push(format!("{cn} → {}, not {own}", convert(converter, cn)));
            }
            if word != "=" && !word.starts_with('>') && convert(&mainland, own) != cn {
                wrong.push(format!("{own} → {}, not {cn}", convert(&mainland, own)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}
