//! What a house decides: glossaries in layers, inline rules, the shapes of its characters.

use std::sync::LazyLock;

use jianbao::script::{
    Contradiction, Converter, Definition, Glossary, OBJECT, Preferences, Quotes, RemarkKind, Run, Scope,
    Target, Variant,
};
use proptest::prelude::*;

use super::{DICTIONARIES, pieces, target};

fn term(keys: &[&str], texts: &[(Variant, &str)]) -> Definition {
    Definition {
        terms: keys.iter().map(|key| (*key).to_owned()).collect(),
        texts: texts.iter().map(|(variant, text)| (*variant, (*text).to_owned())).collect(),
        ..Definition::default()
    }
}

fn protected(key: &str) -> Definition {
    Definition { protected: true, ..term(&[key], &[]) }
}

fn glossary(definitions: impl IntoIterator<Item = Definition>) -> Glossary {
    Glossary::new(definitions.into_iter().collect()).expect("no contradiction")
}

fn converter(tag: &str, site: &Glossary) -> Converter {
    Converter::new(&DICTIONARIES, target(tag)).with_glossary(site, 0)
}

/// Converts a text with inline rules for several editions.
#[track_caller]
fn check_site(site: &Glossary, text: &str, expected: &[(&str, &str)]) {
    for (tag, expected) in expected {
        let run = Run::new(text).with_rules();
        assert_eq!(converter(tag, site).convert(&run).text(), *expected, "{tag}");
    }
}

#[test]
fn a_term_has_a_text_for_each_edition() {
    let site = glossary([term(
        &["软件"],
        &[(Variant::Hant, "軟件"), (Variant::Tw, "軟體"), (Variant::Hk, "軟件（港）")],
    )]);
    check_site(
        &site,
        "开发软件",
        &[
            ("zh-Hans", "开发软件"),
            ("zh-Hant", "開發軟件"),
            ("zh-Hant-TW", "開發軟體"),
            ("zh-Hant-HK", "開發軟件（港）"),
            // Macau's is Hong Kong's.
            ("zh-Hant-MO", "開發軟件（港）"),
        ],
    );
    // Whichever script the author writes.
    check_site(&site, "開發軟件", &[("zh-Hans", "开发软件"), ("zh-Hant-TW", "開發軟體")]);
}

#[test]
fn without_a_term_the_texts_of_all_editions_are_found() {
    let site =
        glossary([term(&[], &[(Variant::Hans, "博客"), (Variant::Tw, "部落格"), (Variant::Hk, "網誌")])]);
    for text in ["写博客吧", "寫部落格吧", "寫網誌吧"] {
        check_site(
            &site,
            text,
            &[("zh-Hans", "写博客吧"), ("zh-Hant-TW", "寫部落格吧"), ("zh-Hant-HK", "寫網誌吧")],
        );
    }
}

#[test]
fn a_protected_term_stays_as_it_is_written() {
    let site = glossary([protected("头发社"), protected("“发”")]);
    check_site(&site, "头发社的头发", &[("zh-Hant", "头发社的頭髮"), ("zh-Hans", "头发社的头发")]);
    check_site(&site, "頭髮社的头发", &[("zh-Hant", "頭髮社的頭髮"), ("zh-Hans", "頭髮社的头发")]);
    // Its quotation marks too.
    check_site(&site, "“发”与“发展”", &[("zh-Hant", "“发”與「發展」")]);
}

#[test]
fn a_term_may_ask_for_what_stands_beside_it() {
    let site = glossary([
        Definition { before: vec!["产业".into()], ..term(&["信息"], &[(Variant::Hant, "資訊")]) },
        Definition { after: vec!["打印".into()], ..term(&["机"], &[(Variant::Hant, "器")]) },
    ]);
    check_site(&site, "信息产业的信息", &[("zh-Hant", "資訊產業的信息")]);
    check_site(&site, "信息產業的信息", &[("zh-Hant", "資訊產業的信息")]);
    check_site(&site, "打印机和飞机", &[("zh-Hant", "打印器和飛機")]);
}

#[test]
fn no_term_cuts_a_latin_word_and_conditions_are_what_they_say() {
    let site = glossary([
        term(&["AI"], &[(Variant::Hant, "人工智慧")]),
        Definition { after: vec!["C#".into()], ..term(&["语言"], &[(Variant::Hant, "甲")]) },
        Definition { before: vec!["？".into()], ..term(&["问"], &[(Variant::Hant, "乙")]) },
    ]);
    check_site(&site, "OpenAI的AI，AI5", &[("zh-Hant", "OpenAI的人工智慧，AI5")]);
    check_site(&site, "C#语言，C5语言；问？问好", &[("zh-Hant", "C#甲，C5語言；乙？問好")]);
}

#[test]
fn an_address_ends_where_a_rule_begins() {
    check_site(&Glossary::default(), "https://例.cn/发-{乙}-发", &[("zh-Hant", "https://例.cn/发乙發")]);
}

#[test]
fn the_nearest_layer_wins_whatever_the_lengths() {
    let site = glossary([term(&["未来科技城"], &[(Variant::Hant, "站")])]);
    let section = glossary([term(&["科技"], &[(Variant::Hant, "章")])]);
    let page = glossary([term(&["未来"], &[(Variant::Hant, "頁")])]);
    let converter = converter("zh-Hant", &site);
    let layers = |numbered: &[(&Glossary, usize)]| {
        Scope::new(numbered.iter().map(|(glossary, number)| converter.layer(glossary, *number)).collect())
    };
    let convert = |scope: &mut Scope, text: &str| {
        converter.convert_in(&Run::new(text).with_rules(), scope).run.text().to_owned()
    };
    assert_eq!(convert(&mut layers(&[]), "未来科技城"), "站");
    assert_eq!(convert(&mut layers(&[(&section, 1)]), "未来科技城"), "未來章城");
    assert_eq!(convert(&mut layers(&[(&page, 2), (&section, 1)]), "未来科技城"), "頁章城");
    // An inline rule is nearer than any of them, from its place on.
    let mut scope = layers(&[(&page, 2), (&section, 1)]);
    let text = "未来-{H|zh-hans:来科;zh-hant:行}-未来科技";
    assert_eq!(convert(&mut scope, text), "頁未行技");
    assert_eq!(convert(&mut scope, "未来科技"), "未行技");
    assert_eq!(convert(&mut scope, "-{-|zh-hans:来科;zh-hant:行}-未来科技"), "頁章");
}

#[test]
fn of_one_layer_the_longest_term_wins() {
    let site =
        glossary([term(&["科技"], &[(Variant::Hant, "甲")]), term(&["科技城"], &[(Variant::Hant, "乙")])]);
    check_site(&site, "科技城和科技", &[("zh-Hant", "乙和甲")]);
}

#[test]
fn terms_that_contradict_each_other() {
    let contradicting =
        |second| Glossary::new(vec![term(&["软件"], &[(Variant::Hant, "甲")]), second]).unwrap_err();
    let expected = Contradiction { first: 0, second: 1, term: "軟件".to_owned() };
    assert_eq!(contradicting(term(&["軟件"], &[(Variant::Hant, "乙")])), expected);
    assert_eq!(contradicting(protected("軟件")), expected);
    // With another condition it is another term; and saying the same twice is no contradiction.
    let bound = Definition { before: vec!["园".into()], ..term(&["软件"], &[(Variant::Hant, "乙")]) };
    let site = glossary([
        term(&["软件"], &[(Variant::Hant, "甲")]),
        bound,
        term(&["软件"], &[(Variant::Hant, "甲")]),
    ]);
    check_site(&site, "软件园的软件", &[("zh-Hant", "乙園的甲")]);
}

#[test]
fn no_phrase_reaches_into_a_term() {
    // 头发 is a phrase, but here the house's name begins with 发.
    let site = glossary([protected("发展社")]);
    check_site(&site, "龙头发展社", &[("zh-Hant", "龍頭发展社")]);
    // 复杂 is 複雜; a 复 alone is 復.
    let site = glossary([protected("杂社")]);
    check_site(&site, "复杂社", &[("zh-Hant", "復杂社")]);
    // Nor does a rule: 余 is 餘 after a numeral.
    let site = glossary([protected("十")]);
    check_site(&site, "十余", &[("zh-Hant", "十餘")]);
}

#[test]
fn rules_divide_words() {
    check_site(&Glossary::default(), "头-{}-发", &[("zh-Hant", "頭發")]);
}

#[test]
fn a_term_keeps_its_characters_in_their_pieces_or_goes_whole_to_the_first() {
    let site = glossary([
        term(&["程序员"], &[(Variant::Hant, "程式設計師")]),
        term(&["软件"], &[(Variant::Hant, "軟體")]),
    ]);
    let converter = converter("zh-Hant", &site);
    let convert = |cut: &[&str]| {
        let converted = converter.convert_in(&Run::from_pieces(cut.iter().copied()), &mut Scope::default());
        (pieces(&converted.run), converted.remarks)
    };
    assert_eq!(convert(&["一个", "程序", "员", "写"]).0, ["一個", "程式設計師", "", "寫"]);
    assert_eq!(
        convert(&["一个", "软", "件", "写"]),
        (vec!["一個".into(), "軟".into(), "體".into(), "寫".into()], vec![])
    );
    assert_eq!(convert(&["程", "", "序", "员"]).0, ["程式設計師", "", "", ""]);
    let (_, remarks) = convert(&["一个", "程序", "员", "写"]);
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0].range, 6..15);
    let divided = RemarkKind::Divided { term: "程序员".to_owned(), text: "程式設計師".to_owned() };
    assert_eq!(remarks[0].kind, divided);
    // Cut beside it, nothing is divided.
    assert_eq!(convert(&["一个", "程序员", "写"]).1, []);
}

#[test]
fn unpaired_quotation_marks_are_said_and_left_alone() {
    let converter = converter("zh-Hant", &Glossary::default());
    let said = |text: &str| {
        let converted = converter.convert_in(&Run::new(text), &mut Scope::default());
        let unpaired = converted.remarks.into_iter().map(|remark| (remark.range, remark.kind));
        (converted.run.text().to_owned(), unpaired.collect::<Vec<_>>())
    };
    let mark = |at, mark| vec![(at..at + 3, RemarkKind::Unpaired(mark))];
    assert_eq!(said("他说“发展"), ("他說“發展".to_owned(), mark(6, '“')));
    assert_eq!(said("发展”，他说"), ("發展”，他說".to_owned(), mark(6, '”')));
    assert_eq!(said("“甲‘乙”"), ("“甲‘乙”".to_owned(), mark(0, '“')));
    assert_eq!(said("“甲”"), ("「甲」".to_owned(), vec![]));
    assert_eq!(said("the students’ “books"), ("the students’ “books".to_owned(), vec![]));
    let keep = Converter::new(&DICTIONARIES, Target { quotes: Quotes::Keep, ..target("zh-Hant") });
    assert_eq!(keep.convert_in(&Run::new("“甲"), &mut Scope::default()).remarks, []);
}

#[test]
fn houses_prefer_shapes() {
    let mut preferences = Preferences::default();
    for shape in "臺裏羣".chars() {
        preferences.add(shape).expect("a shape");
    }
    let converter = Converter::new(&DICTIONARIES, target("zh-Hant")).with_preferences(preferences.clone());
    let convert = |text: &str| converter.convert(&Run::new(text)).text().to_owned();
    assert_eq!(convert("台湾的群众在家里"), "臺灣的羣眾在家裏");
    // What the author wrote in Traditional is the house's too; 台州 is no 臺州 in any house.
    assert_eq!(convert("台灣群眾在家裡，去台州天台山的戲台"), "臺灣羣眾在家裏，去台州天台山的戲臺");
    assert!(preferences.add('台').is_err());
    assert!(preferences.add('字').is_err());
}

#[test]
fn addresses_stay_whatever_the_terms() {
    let site = glossary([term(&["发"], &[(Variant::Hant, "X")])]);
    check_site(&site, "见 http://例.cn/发 发", &[("zh-Hant", "見 http://例.cn/发 X")]);
}

/// Converters with everything that a house can decide.
static CONVERTERS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let site = glossary([
        protected("后面“发”"),
        term(&["软件"], &[(Variant::Hans, "软体"), (Variant::Hant, "軟體套件"), (Variant::Hk, "軟")]),
        Definition { after: vec!["出".into()], ..term(&["发展"], &[(Variant::Hant, "發")]) },
        term(&["网络", "發展社"], &[(Variant::Hant, "網路"), (Variant::Hans, "网社")]),
    ]);
    let mut preferences = Preferences::default();
    preferences.add('臺').expect("a shape");
    let tags = ["zh-Hans", "zh-Hans-CN", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"];
    let converters = tags.into_iter().map(|tag| {
        Converter::new(&DICTIONARIES, target(tag))
            .with_preferences(preferences.clone())
            .with_glossary(&site, 0)
    });
    converters.collect()
});

/// Words that something is decided about, and others around them.
fn text() -> impl Strategy<Value = String> {
    let words = vec![
        "软件",
        "軟件",
        "网络",
        "发展",
        "發展社",
        "出",
        "程序员",
        "信息",
        "头发",
        "后面",
        "裏面",
        "“",
        "”",
        "‘",
        "’",
        "台",
        "，",
        "人工智能",
        "a",
        " ",
        "https://例.cn/发",
        "-{",
        "}-",
        "-{zh-hans:软件;zh-hant:軟件}-",
        "-{头发}-",
        "-{A|zh-cn:网络;zh-tw:網路}-",
        "-{H|出=>zh-hant:入}-",
        "-{}-",
        "后面“发”",
        OBJECT,
        "乾",
        "着",
        "只有",
    ];
    prop::collection::vec(prop::sample::select(words), 1..14).prop_map(|words| words.concat())
}

/// A text, and where it is cut.
fn cut_text() -> impl Strategy<Value = (String, Vec<usize>)> {
    (text(), prop::collection::vec(any::<prop::sample::Index>(), 1..5)).prop_map(|(text, places)| {
        let places = places.into_iter().map(|place| text.floor_char_boundary(place.index(text.len() + 1)));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        (text, places)
    })
}

fn cut(text: &str, places: &[usize]) -> Run {
    let mut starts = vec![0];
    starts.extend(places);
    let ends = places.iter().copied().chain([text.len()]);
    Run::from_pieces(starts.iter().copied().zip(ends).map(|(start, end)| &text[start..end]))
}

proptest! {
    // Each case is up to four cuts in five editions: 10,000 splits and more.
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn splitting_a_run_never_changes_its_text((text, places) in cut_text(), reads_rules in any::<bool>()) {
        let prepare = |run: Run| if reads_rules { run.with_rules() } else { run };
        let (whole, divided) = (prepare(Run::new(text.as_str())), prepare(cut(&text, &places)));
        for converter in CONVERTERS.iter() {
            let (whole, divided) = (converter.convert(&whole), converter.convert(&divided));
            prop_assert_eq!(whole.text(), divided.text());
            prop_assert_eq!(divided.pieces().len(), places.len() + 1);
            prop_assert_eq!(divided.pieces().collect::<String>(), divided.text());
        }
    }

    #[test]
    fn what_is_protected_stays_and_nothing_is_lost(before in "[发后里软件a，]{0,6}", after in "[展面社网络b。]{0,6}") {
        let site = glossary([protected("后面“发”展")]);
        let run = Run::new(format!("{before}后面“发”展-{{里“发”}}-https://例.cn/发 {after}")).with_rules();
        for tag in ["zh-Hans", "zh-Hant"] {
            let converted = converter(tag, &site).convert(&run);
            let text = converted.text();
            prop_assert!(text.contains("后面“发”展里“发”https://例.cn/发"), "{}", text);
            let count = |text: &str| text.chars().count();
            // All but the delimiters of the one rule.
            prop_assert_eq!(count(text), count(&before) + count(&after) + count("后面“发”展里“发”https://例.cn/发 "));
        }
    }
}
