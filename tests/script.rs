//! Conversion between the scripts.

mod strict;
mod hard;
mod mixed;
mod slips;
mod words;
mod terms;
mod wording;
mod quotes;
mod tags;
mod properties;

use std::sync::{Arc, LazyLock};

use jianbao::script::{Converter, Dictionaries, OBJECT, Run, Tag, Target};

static DICTIONARIES: LazyLock<Arc<Dictionaries>> = LazyLock::new(Dictionaries::embedded);

fn target(tag: &str) -> Target {
    tag.parse::<Tag>().expect("a tag").target().expect("a Chinese edition")
}

fn pieces(run: &Run) -> Vec<String> {
    run.pieces().map(String::from).collect()
}

fn converted(target: Target, run: &Run) -> Vec<String> {
    pieces(&Converter::new(&DICTIONARIES, target).convert(run))
}

/// Converts the pieces as one run into both scripts.
#[track_caller]
fn check(pieces: &[&str], hans: &[&str], hant: &[&str]) {
    let run = Run::from_pieces(pieces.iter().copied());
    assert_eq!(converted(target("zh-Hans"), &run), hans, "zh-Hans");
    assert_eq!(converted(target("zh-Hant"), &run), hant, "zh-Hant");
}

#[test]
fn phrase_across_pieces() {
    check(&["今年", "头", "发", "长"], &["今年", "头", "发", "长"], &["今年", "頭", "髮", "長"]);
    check(&["饼", "干"], &["饼", "干"], &["餅", "乾"]);
    check(&["干", "", "净"], &["干", "", "净"], &["乾", "", "淨"]);
    check(&["乾", "淨"], &["干", "净"], &["乾", "淨"]);
}

#[test]
fn no_phrase_across_an_object() {
    check(&["头", OBJECT, "发"], &["头", OBJECT, "发"], &["頭", OBJECT, "發"]);
}

#[test]
fn pieces_are_kept() {
    check(&[], &[], &[]);
    check(&["", "", ""], &["", "", ""], &["", "", ""]);
    let mut run = Run::default();
    assert_eq!((run.push("甲"), run.push("乙")), (0, 1));
    assert_eq!((run.piece(1), run.text(), run.pieces().len()), ("乙", "甲乙", 2));
}
