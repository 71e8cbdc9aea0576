//! Text of either script and of both mixed: what is converted, and what stays as the author wrote it.

use jianbao::script::{Characters, Quotes, Run, Script, Target, detect};

use super::{check, converted, target};

/// As [`check`], for one piece in a document of the given script.
#[track_caller]
fn check_in(document: Script, text: &str, hans: &str, hant: &str) {
    let run = Run::new(text).with_reading(document);
    assert_eq!(converted(target("zh-Hans"), &run), [hans], "zh-Hans");
    assert_eq!(converted(target("zh-Hant"), &run), [hant], "zh-Hant");
}

#[test]
fn slips_into_the_other_script() {
    check(&["打贏经济翻身仗"], &["打赢经济翻身仗"], &["打贏經濟翻身仗"]);
    check(&["平臺与平台设备"], &["平台与平台设备"], &["平臺與平臺設備"]);
    check(&["他們的头发，裡面"], &["他们的头发，里面"], &["他們的頭髮，裡面"]);
    check(&["这个平臺很好，里面有后台"], &["这个平台很好，里面有后台"], &["這個平臺很好，裡面有後臺"]);
    check(&["什么時候"], &["什么时候"], &["什麼時候"]);
    check(&["位於杭州余杭区"], &["位于杭州余杭区"], &["位於杭州餘杭區"]);
}

#[test]
fn quotation_in_the_other_script() {
    check(
        &["书上说「皇后與太后」，然后发现后宫"],
        &["书上说“皇后与太后”，然后发现后宫"],
        &["書上說「皇后與太后」，然後發現後宮"],
    );
}

#[test]
fn traditional_text_is_not_touched() {
    let text = "頭髮、乾淨、皇后、里長、裏面、台灣、臺灣、溫室，他們看着著作，羣眾為爲，一個中國，只有不只有，范先生於鐘錶店";
    for tag in ["zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO"] {
        assert_eq!(converted(target(tag), &Run::new(text)), [text], "{tag}");
    }
}

#[test]
fn simplified_text_is_not_touched() {
    let text = "著名的乾隆皇帝，乾坤，获益甚夥，宫商角徵羽，哪吒，樊於期，瞭望塔，说着话，借口，凭借";
    assert_eq!(converted(target("zh-Hans"), &Run::new(text)), [text]);
}

#[test]
fn simplified_from_either_region() {
    check_in(Script::Hant, "他看著著名的顏色", "他看着著名的颜色", "他看著著名的顏色");
    // One 着 says nothing about the 著 elsewhere.
    check(&["她看著遠方，顯得十分着急"], &["她看着远方，显得十分着急"], &["她看著遠方，顯得十分着急"]);
    check(&["原著與專著，土著顯著"], &["原著与专著，土著显著"], &["原著與專著，土著顯著"]);
    check(&["配合著說，兩人合著"], &["配合着说，两人合著"], &["配合著說，兩人合著"]);
    check_in(Script::Hant, "他看着名著，衞生署説", "他看着名著，卫生署说", "他看着名著，衞生署説");
}

#[test]
fn text_without_evidence_is_read_as_its_document() {
    check_in(Script::Hant, "天后里", "天后里", "天后里");
    check_in(Script::Hans, "面子里子", "面子里子", "面子裡子");
    check(&["面子里子"], &["面子里子"], &["面子裡子"]);
    check_in(Script::Hant, "乾", "干", "乾");
}

#[test]
fn regional_shapes() {
    let run = Run::new("群众在里面说着");
    let shapes = [
        (Characters::OpenCc, "羣衆在裏面說着"),
        (Characters::Tw, "群眾在裡面說著"),
        (Characters::Hk, "羣眾在裏面説着"),
    ];
    for (characters, expected) in shapes {
        let target = Target { characters, quotes: Quotes::Keep, ..target("zh-Hant") };
        assert_eq!(converted(target, &run), [expected]);
    }
}

#[test]
fn evidence() {
    assert_eq!(detect("国說说 abc").script(), Some(Script::Hans));
    assert_eq!((detect("国說说").hans, detect("国說说").hant), (2, 1));
    // Written by both, by Hong Kong and the mainland, or by nobody in particular.
    for open in ["后干里面台只系", "温脱户着", "乾徵著", "床群峰秘吃", "人一之我十之", "abc 123", ""]
    {
        assert_eq!(detect(open).script(), None, "{open}");
    }
    for (hans, hant) in "们发国这说时会来东车从爱风飞马".chars().zip("們發國這說時會來東車從愛風飛馬".chars())
    {
        assert_eq!(detect(&hans.to_string()).script(), Some(Script::Hans), "{hans}");
        assert_eq!(detect(&hant.to_string()).script(), Some(Script::Hant), "{hant}");
    }
}

#[test]
fn addresses_stay() {
    check(
        &["见http://例.cn/发，", "头发@例", ".cn 发"],
        &["见http://例.cn/发，", "头发@例", ".cn 发"],
        &["見http://例.cn/发，", "頭髮@例", ".cn 發"],
    );
    check(&["写信给a@发.cn"], &["写信给a@发.cn"], &["寫信給a@发.cn"]);
}
