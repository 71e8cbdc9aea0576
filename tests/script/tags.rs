//! The names of editions, and what conversion aims at for each.

use jianbao::script::{Characters, Quotes, Script, Tag, Target, Variant, Wording};

use super::target;

#[test]
fn tags_have_one_spelling() {
    for (written, tag) in [
        ("ZH-hANT-hk", "zh-Hant-HK"),
        ("zh-hans", "zh-Hans"),
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("sr-latn", "sr-Latn"),
    ] {
        assert_eq!(written.parse::<Tag>().unwrap().as_str(), tag);
    }
    let tag: Tag = "zh-Hant-HK".parse().unwrap();
    assert_eq!(
        (tag.script(), tag.region(), tag.dir().as_str()),
        (Some(Script::Hant), Some("HK"), "zh-hant-hk")
    );
    let english: Tag = "en".parse().unwrap();
    assert_eq!((english.script(), english.region(), english.target()), (None, None, None));
}

#[test]
fn tags_say_what_to_write_instead() {
    let cases = [
        ("zh-TW", "write zh-Hant-TW"),
        ("zh-CN", "write zh-Hans"),
        ("zh-hk", "write zh-Hant-HK"),
        ("zh", "write zh-Hans or zh-Hant"),
        ("zh_hant", "write zh-Hant"),
        ("zh_TW", "write zh-Hant-TW"),
        ("zh-Hans-TW", "write zh-Hans, zh-Hans-CN, zh-Hans-SG or zh-Hans-MY"),
        ("简体", "write a language, then if needed a script and a region, such as zh-Hans, zh-Hant-HK or en"),
        ("", "write a language, then if needed a script and a region, such as zh-Hans, zh-Hant-HK or en"),
    ];
    for (written, help) in cases {
        assert_eq!(written.parse::<Tag>().unwrap_err().help(), help, "{written}");
    }
    let error = "zh-TW".parse::<Tag>().unwrap_err();
    assert_eq!(error.to_string(), "`zh-TW` names a region in place of a script; write zh-Hant-TW");
}

#[test]
fn targets_of_tags() {
    let asked = |tag| {
        let Target { script, characters, wording, quotes, .. } = target(tag);
        (script, characters, wording, quotes)
    };
    let hant = |characters, wording| (Script::Hant, characters, wording, Quotes::Corner);
    assert_eq!(asked("zh-Hant"), hant(Characters::Tw, Wording::Keep));
    assert_eq!(asked("zh-Hant-TW"), hant(Characters::Tw, Wording::Tw));
    assert_eq!(asked("zh-Hant-HK"), hant(Characters::Hk, Wording::Hk));
    assert_eq!(asked("zh-Hant-MO"), hant(Characters::Hk, Wording::Hk));
    let hans = |wording| (Script::Hans, Characters::OpenCc, wording, Quotes::Curly);
    assert_eq!(asked("zh-Hans"), hans(Wording::Keep));
    assert_eq!(asked("zh-Hans-CN"), hans(Wording::Cn));
    assert_eq!(asked("zh-Hans-SG"), hans(Wording::Keep));
    assert_eq!(target("zh-Hant-MO").variant, Variant::Mo);
}
