//! What holds for any text: the pieces of a run are kept, and cutting a text makes no difference to it.

use jianbao::script::opencc::{Config, OpenCc};
use jianbao::script::{Characters, Converter, OBJECT, Quotes, Run, Script, Target};
use proptest::prelude::*;

use super::{DICTIONARIES, converted, target};

#[test]
fn hostile_text_comes_to_an_end() {
    let texts = [
        "⿰".repeat(30_000),
        "⿰一".repeat(30_000),
        "一口吃".repeat(30_000),
        "“".repeat(30_000),
        "发，贏".repeat(30_000),
    ];
    for text in texts {
        for config in [Config::S2twp, Config::Tw2sp] {
            OpenCc::new(&DICTIONARIES, config).convert(&text);
        }
        converted(target("zh-Hant"), &Run::new(text.as_str()));
        converted(target("zh-Hans"), &Run::new(text));
    }
}

#[test]
fn converters_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Converter>();
    shared::<OpenCc>();
    shared::<Run>();
}

fn any_piece() -> impl Strategy<Value = String> {
    let words = "头发 头 发 饼干 干 净 乾 淨 打 贏 经济 里面 裡 后 後 只有 不只有 低级别产品 软件 串口 打印机 著 着 于 於 “ ” ‘ ’ 「 」 『 』 \
                 ⿰ ⿲ 豈 \u{F902} 温 户 ， 。 don’t OK 𫝈 𠀀 e\u{301}";
    let words: Vec<String> = words.split_whitespace().map(String::from).collect();
    prop_oneof![
        6 => prop::collection::vec(prop::sample::select(words), 0..6).prop_map(|words| words.concat()),
        2 => Just(OBJECT.to_owned()),
        1 => "[\u{4E00}-\u{9FFF}]{0,5}",
        1 => any::<String>(),
    ]
}

fn any_run() -> impl Strategy<Value = Run> {
    let pieces = prop::collection::vec(any_piece(), 0..8);
    let reading = prop::sample::select(vec![None, Some(Script::Hans), Some(Script::Hant)]);
    (pieces, reading).prop_map(|(pieces, reading)| {
        let run = Run::from_pieces(pieces.iter().map(String::as_str));
        reading.into_iter().fold(run, Run::with_reading)
    })
}

fn any_target() -> impl Strategy<Value = Target> {
    let script = prop::sample::select(vec![Script::Hans, Script::Hant]);
    let characters = prop::sample::select(vec![Characters::OpenCc, Characters::Tw, Characters::Hk]);
    let quotes = prop::sample::select(vec![Quotes::Curly, Quotes::Corner, Quotes::Keep]);
    (script, characters, quotes).prop_map(|(script, characters, quotes)| Target {
        script,
        characters,
        quotes,
    })
}

/// The run as one piece.
fn joined(run: &Run) -> Run {
    run.written_in().into_iter().fold(Run::new(run.text()), Run::with_reading)
}

#[track_caller]
fn assert_pieces_kept(before: &Run, after: &Run) {
    assert_eq!(before.pieces().len(), after.pieces().len());
    assert_eq!(after.pieces().collect::<String>(), after.text());
    for (before, after) in before.pieces().zip(after.pieces()).filter(|(before, _)| *before == OBJECT) {
        assert_eq!(before, after);
    }
}

proptest! {
    #[test]
    fn strict_run_is_strict_text_in_pieces(run in any_run(), config in prop::sample::select(Config::ALL.to_vec())) {
        let converter = OpenCc::new(&DICTIONARIES, config);
        let after = converter.convert_run(&run);
        prop_assert_eq!(after.text(), converter.convert(run.text()));
        assert_pieces_kept(&run, &after);
    }

    #[test]
    fn pieces_make_no_difference_to_the_text(run in any_run(), target in any_target()) {
        let converter = Converter::new(&DICTIONARIES, target);
        let after = converter.convert(&run);
        let whole = converter.convert(&joined(&run));
        prop_assert_eq!(after.text(), whole.text());
        assert_pieces_kept(&run, &after);
        for (before, after) in run.pieces().zip(after.pieces()) {
            prop_assert_eq!(before.chars().count(), after.chars().count());
        }
    }

    #[test]
    fn latin_text_is_not_touched(text in "[ -~à-ÿ“”‘’—–…]{0,40}", target in any_target()) {
        let run = Run::new(text);
        prop_assert_eq!(Converter::new(&DICTIONARIES, target).convert(&run), run);
    }
}
