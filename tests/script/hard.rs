//! Sentences with the hard one-to-many cases, written for this project (`hard-cases.tsv`).

use std::collections::BTreeMap;

use jianbao::script::opencc::{Config, OpenCc};
use jianbao::script::{Converter, Dictionaries, Run};

use super::target;

#[test]
fn hard_cases_are_right_in_97_of_100() {
    let file = include_str!("hard-cases.tsv");
    let dictionaries = Dictionaries::embedded();
    let editorial = Converter::new(&dictionaries, target("zh-Hant"));
    let strict = OpenCc::new(&dictionaries, Config::S2tw);
    // Of each class: sentences, right ones, right ones of OpenCC's.
    let mut classes: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [simplified, traditional, class] = fields[..] else { panic!("not a case: {line}") };
        let converted = editorial.convert(&Run::new(simplified));
        let count = classes.entry(class).or_default();
        count[0] += 1;
        count[1] += usize::from(converted.text() == traditional);
        count[2] += usize::from(strict.convert(simplified) == traditional);
        if converted.text() != traditional {
            wrong.push(format!("{class}: {} should be {traditional}", converted.text()));
        }
    }
    let [all, right, opencc] =
        classes.values().fold([0; 3], |sum, count| [0, 1, 2].map(|i| sum[i] + count[i]));
    println!("{right} of {all} sentences right, OpenCC's s2tw {opencc}; by class: {classes:?}");
    assert!(all >= 500, "{all} sentences");
    assert!(right * 100 >= all * 97, "{right} of {all}:\n{}", wrong.join("\n"));
}
