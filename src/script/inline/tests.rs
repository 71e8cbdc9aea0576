//! The examples of MediaWiki's documentation of the markup, and what it leaves open.
//!
//! As there, Simplified is written in lower case and Traditional in UPPER CASE.

use proptest::prelude::*;

use super::super::variant::Variant::{self, Cn, Hans, Hant, Hk, Mo, My, Sg, Tw, Zh};
use super::*;

const VARIANTS: [Variant; 7] = [Hans, Hant, Cn, Sg, Tw, Hk, Mo];

fn convert(text: &str, variant: Variant) -> String {
    match variant.script() {
        None => text.to_owned(),
        Some(crate::script::Script::Hans) => text.to_lowercase(),
        Some(crate::script::Script::Hant) => text.to_uppercase(),
    }
}

fn evaluated(source: &str, variant: Variant) -> (String, Evaluated) {
    let marked = mark(source).unwrap_or_else(|| source.to_owned());
    let evaluated = evaluate(&marked, variant, &convert);
    (marked, evaluated)
}

/// What a reader sees, the tables applied to what follows them.
fn shown(source: &str, variant: Variant) -> String {
    let (marked, Evaluated { parts, .. }) = evaluated(source, variant);
    let mut table: Vec<(String, String)> = Vec::new();
    let mut shown = String::new();
    for part in parts {
        match part {
            Part::Text(range) => shown.push_str(&replaced(&marked[range], &table, variant)),
            Part::Kept(range) => shown.push_str(&marked[range]),
            Part::Shown { text, .. } => shown.push_str(&text),
            Part::Table { add, pairs, .. } => {
                table.retain(|(from, _)| pairs.iter().all(|(other, _)| from != other));
                table.extend(pairs.into_iter().filter(|_| add));
            }
            Part::Title { .. } => {}
        }
    }
    unmark(&shown).into_owned()
}

fn replaced(text: &str, table: &[(String, String)], variant: Variant) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let longest = table
            .iter()
            .filter(|(from, _)| rest.starts_with(from.as_str()))
            .max_by_key(|(from, _)| from.len());
        match longest {
            Some((from, to)) => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push_str(&convert(&rest[..c.len_utf8()], variant));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

fn title(source: &str, variant: Variant) -> Option<String> {
    let parts = evaluated(source, variant).1.parts;
    parts.into_iter().rev().find_map(|part| match part {
        Part::Title { text, .. } => Some(text),
        _ => None,
    })
}

/// Holds what each of [`VARIANTS`] shows, in that order.
#[track_caller]
fn check(source: &str, expected: [&str; 7]) {
    let shown = VARIANTS.map(|variant| shown(source, variant));
    assert_eq!(shown.each_ref().map(String::as_str), expected, "{source}");
}

/// Holds what Simplified and what Traditional variants show.
#[track_caller]
fn check_scripts(source: &str, hans: &str, hant: &str) {
    check(source, [hans, hant, hans, hans, hant, hant, hant]);
    sound(source);
}

/// Holds that nothing is wrong with a source.
#[track_caller]
fn sound(source: &str) {
    for variant in Variant::ALL {
        assert_eq!(evaluated(source, variant).1.problems, [], "{source} for {variant:?}");
    }
}

/// Holds what is wrong with a source in a variant, and the stretches that it is said of.
#[track_caller]
fn problems(source: &str, variant: Variant, expected: &[(&str, ProblemKind)]) {
    let (marked, Evaluated { problems, .. }) = evaluated(source, variant);
    let problems: Vec<_> = problems
        .into_iter()
        .map(|problem| (unmark(&marked[problem.range]).into_owned(), problem.kind))
        .collect();
    let expected: Vec<_> = expected.iter().map(|(range, kind)| ((*range).to_owned(), kind.clone())).collect();
    assert_eq!(problems, expected, "{source}");
}

#[test]
fn two_way() {
    let source = "-{zh-hans:computer; zh-hant:ELECTRONICBRAIN;}-";
    check_scripts(source, "computer", "ELECTRONICBRAIN");
    assert_eq!((shown(source, Zh), shown(source, My)), ("computer".into(), "computer".into()));
}

#[test]
fn one_way_has_no_fallback() {
    let source = "-{H|HUGEBLOCK=>zh-cn:macro;}-Test: HUGEBLOCK, Macro";
    let (hans, hant) = ("test: hugeblock, macro", "TEST: HUGEBLOCK, MACRO");
    check(source, [hans, hant, "test: macro, macro", hans, hant, hant, hant]);
    assert_eq!(shown(source, Zh), "Test: HUGEBLOCK, Macro");
    sound(source);
}

#[test]
fn one_way_for_a_script() {
    let source = "-{H|HUGEBLOCK=>zh-hans:macro}-HUGEBLOCK";
    check(source, ["macro", "HUGEBLOCK", "hugeblock", "hugeblock", "HUGEBLOCK", "HUGEBLOCK", "HUGEBLOCK"]);
}

#[test]
fn kept() {
    check_scripts("a-{SimpTrad}-B", "aSimpTradb", "ASimpTradB");
    check_scripts("a-{R|SimpTrad}-B", "aSimpTradb", "ASimpTradB");
    check_scripts("-{R|zh-hans:a;zh-hant:B}-", "zh-hans:a;zh-hant:B", "zh-hans:a;zh-hant:B");
    check_scripts("-{ Simp }-", " Simp ", " Simp ");
}

#[test]
fn divider() {
    check_scripts("HAN-{}-GUK, cho-{}-sun", "hanguk, chosun", "HANGUK, CHOSUN");
    let (_, Evaluated { parts, .. }) = evaluated("HAN-{}-GUK", Tw);
    assert_eq!(parts, [Part::Text(0..3), Part::Kept(5..5), Part::Text(7..10)]);
}

#[test]
fn conversion_of_characters_only() {
    let source = "-{zh;zh-hans;zh-hant|Hanguk}-";
    check_scripts(source, "hanguk", "HANGUK");
    assert_eq!(shown(source, Zh), "Hanguk");
}

#[test]
fn hidden() {
    let source = "-{H|zh-cn:blog; zh-hk:WEBJOURNAL; zh-tw:WEBLOG;}-Test: blog, WEBJOURNAL, WEBLOG";
    check(
        source,
        [
            "test: blog, webjournal, weblog",
            "TEST: BLOG, WEBJOURNAL, WEBLOG",
            "test: blog, blog, blog",
            "test: blog, blog, blog",
            "TEST: WEBLOG, WEBLOG, WEBLOG",
            "TEST: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
            "TEST: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
        ],
    );
    assert_eq!(shown(source, Zh), "Test: blog, WEBJOURNAL, WEBLOG");
    sound(source);
}

#[test]
fn added() {
    let source = "-{A|zh-cn:blog; zh-hk:WEBJOURNAL; zh-tw:WEBLOG;}- Test: blog, WEBJOURNAL, WEBLOG";
    check(
        source,
        [
            "blog test: blog, webjournal, weblog",
            "WEBLOG TEST: BLOG, WEBJOURNAL, WEBLOG",
            "blog test: blog, blog, blog",
            "blog test: blog, blog, blog",
            "WEBLOG TEST: WEBLOG, WEBLOG, WEBLOG",
            "WEBJOURNAL TEST: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
            "WEBJOURNAL TEST: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
        ],
    );
    sound(source);
}

#[test]
fn pairs_for_a_script_that_the_rule_names() {
    let source = "-{H|zh-hans:computer;zh-hant:ELECTRONICBRAIN}-Computer, computer, ELECTRONICBRAIN";
    check_scripts(source, "computer, computer, computer", "COMPUTER, ELECTRONICBRAIN, ELECTRONICBRAIN");
}

#[test]
fn removed() {
    let source = "-{H|zh-cn:blog; zh-hk:WEBJOURNAL; zh-tw:WEBLOG;}-1: blog, WEBJOURNAL, WEBLOG; \
                  -{-|zh-cn:blog; zh-hk:WEBJOURNAL; zh-tw:WEBLOG;}-2: blog, WEBJOURNAL, WEBLOG";
    let (hans, hant) = ("2: blog, webjournal, weblog", "2: BLOG, WEBJOURNAL, WEBLOG");
    check(
        source,
        [
            &format!("1: blog, webjournal, weblog; {hans}"),
            &format!("1: BLOG, WEBJOURNAL, WEBLOG; {hant}"),
            &format!("1: blog, blog, blog; {hans}"),
            &format!("1: blog, blog, blog; {hans}"),
            &format!("1: WEBLOG, WEBLOG, WEBLOG; {hant}"),
            &format!("1: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL; {hant}"),
            &format!("1: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL; {hant}"),
        ],
    );
    sound(source);
}

#[test]
fn page_title() {
    let source = "-{T|zh-cn:Tom; zh-hk:TOHM; zh-tw:TOMM;}-Text";
    check_scripts(source, "text", "TEXT");
    let titles = VARIANTS.map(|variant| title(source, variant).expect("a title"));
    assert_eq!(titles, ["Tom", "TOMM", "Tom", "Tom", "TOMM", "TOHM", "TOHM"]);
    assert_eq!(title(source, Zh), None);
    assert_eq!(title("-{T|Tom}-", Tw).as_deref(), Some("Tom"));
    assert_eq!(title("-{T|zh-hans:Tom}-", Tw), None);
}

#[test]
fn description_of_a_rule() {
    let source = "-{D|zh-cn:Tom; zh-hk:TOHM; zh-tw:TOMM;}-";
    let description = "大陆：Tom；香港：TOHM；臺灣：TOMM；";
    check_scripts(source, description, description);
    check_scripts("-{D|甲=>zh-tw:乙;zh-mo:丙}-", "澳門：丙；甲⇒臺灣：乙；", "澳門：丙；甲⇒臺灣：乙；");
    check_scripts("-{D|Text}-", "Text", "Text");
}

#[test]
fn name_of_a_variant() {
    check_scripts("-{N|zh-tw}-, -{N| zh-Hans-CN }-", "臺灣, 大陆", "臺灣, 大陆");
}

#[test]
fn combinations_of_flags() {
    let choices = "zh-cn:blog;zh-tw:WEBLOG";
    let source = format!("-{{A;T|{choices}}}- blog WEBLOG");
    assert_eq!(shown(&source, Tw), "WEBLOG WEBLOG WEBLOG");
    assert_eq!(title(&source, Tw).as_deref(), Some("WEBLOG"));
    for flags in ["H;T", "T;H", " T ; A ; H "] {
        let source = format!("-{{{flags}|{choices}}}-blog WEBLOG");
        assert_eq!(shown(&source, Cn), "blog blog");
        assert_eq!(title(&source, Cn).as_deref(), Some("blog"));
        sound(&source);
    }
    for flags in ["H;D", "D;H", "A;D", "D;A;H"] {
        let source = format!("-{{{flags}|{choices}}}- blog");
        assert_eq!(shown(&source, Tw), "大陆：blog；臺灣：WEBLOG； WEBLOG");
        sound(&source);
    }
    for flags in ["T;D", "D;T"] {
        let source = format!("-{{{flags}|{choices}}}- blog");
        assert_eq!(shown(&source, Tw), "大陆：blog；臺灣：WEBLOG； BLOG");
        assert_eq!(title(&source, Tw).as_deref(), Some("WEBLOG"));
    }
}

#[test]
fn filters() {
    let source = "-{H|zh-cn:blog; zh-hk:WEBJOURNAL; zh-tw:WEBLOG;}-\
                  1: -{zh;zh-hans;zh-hant|blog, WEBJOURNAL, WEBLOG}- \
                  2: -{zh;zh-cn;zh-hk|blog, WEBJOURNAL, WEBLOG}-";
    check(
        source,
        [
            "1: blog, webjournal, weblog 2: blog, blog, blog",
            "1: BLOG, WEBJOURNAL, WEBLOG 2: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
            "1: blog, webjournal, weblog 2: blog, blog, blog",
            "1: blog, webjournal, weblog 2: blog, blog, blog",
            "1: BLOG, WEBJOURNAL, WEBLOG 2: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
            "1: BLOG, WEBJOURNAL, WEBLOG 2: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
            "1: BLOG, WEBJOURNAL, WEBLOG 2: WEBJOURNAL, WEBJOURNAL, WEBJOURNAL",
        ],
    );
    assert_eq!(shown(source, Zh), "1: blog, WEBJOURNAL, WEBLOG 2: blog, WEBJOURNAL, WEBLOG");
    sound(source);
    check("-{zh-hans|Text}-", ["text", "Text", "text", "text", "Text", "Text", "Text"]);
    check("-{zh-Hant-TW|Text}-", ["Text", "TEXT", "Text", "Text", "TEXT", "TEXT", "TEXT"]);
}

#[test]
fn inner_rules() {
    check_scripts("-{zh-hans:a-{zh-hans:b;zh-hant:C}-d;zh-hant:E}-", "abd", "E");
    check_scripts("-{a-{zh-hans:b;zh-hant:C}-D}-", "abD", "aCD");
    check_scripts("-{zh-hans:-{R|a;zh-hant:B}-;zh-hant:C}-", "a;zh-hant:B", "C");
    check_scripts("-{zh-hans;zh-hant|Ab-{Cd}-E}-", "abCde", "ABCdE");
    check("-{zh-hk|Ab-{Cd}-E}-", ["AbCdE", "ABCdE", "AbCdE", "AbCdE", "ABCdE", "ABCdE", "ABCdE"]);
    let source = "-{H|-{R|a:b}-=>zh-tw:-{zh-tw:X;zh-cn:y}-}-a:b";
    check(source, ["a:b", "A:B", "a:b", "a:b", "X", "A:B", "A:B"]);
    // The pairs of a rule hold wherever it stands.
    check("-{zh-hans:a-{H|b=>zh-tw:C}-;zh-hant:D}-b", ["ab", "DB", "ab", "ab", "DC", "DB", "DB"]);
}

#[test]
fn parts_keep_the_place_of_what_is_shown() {
    let (_, Evaluated { parts, .. }) = evaluated("a-{zh-hans: b ;zh-tw:-{c}-d}-e", Tw);
    assert_eq!(parts, [Part::Text(0..1), Part::Kept(23..24), Part::Kept(26..27), Part::Text(29..30)]);
}

#[test]
fn tables_follow_what_is_shown() {
    let (_, Evaluated { parts, .. }) = evaluated("-{A;T|zh-cn:b;zh-tw:c}-", Tw);
    let pairs = vec![("b".to_owned(), "c".to_owned()), ("c".to_owned(), "c".to_owned())];
    assert_eq!(
        parts,
        [
            Part::Kept(20..21),
            Part::Table { range: 0..23, add: true, pairs },
            Part::Title { range: 0..23, text: "c".to_owned() },
        ]
    );
}

#[test]
fn the_same_text_everywhere() {
    check_scripts("-{A|SimpTrad}- SimpTrad Simp", "SimpTrad SimpTrad simp", "SimpTrad SimpTrad SIMP");
    check_scripts("-{H| SimpTrad }-SimpTrad", "SimpTrad", "SimpTrad");
    check_scripts("-{H|Ab}-Ab-{-|Ab}-Ab", "Abab", "AbAB");
    check_scripts("-{A|}-a", "a", "A");
}

#[test]
fn separators_stand_before_variants() {
    check_scripts("-{zh-hans:a; b;zh-hant:C;D;E => zh-tw:F}-", "a; b", "C;D");
    check_scripts("-{zh-hans:<i style=\"x:y;z:w;\">a</i>;zh-hant:B}-", "<i style=\"x:y;z:w;\">a</i>", "B");
    check_scripts("-{zh-hans:a&amp;zh-hant:b;zh-hant:C&#38;}-", "a&amp;zh-hant:b", "C&#38;");
    check_scripts("-{zh-hans:a: b;zh-hant:C|D}-", "a: b", "C|D");
    check_scripts("-{zh-hans:a;zh-hant:A;;}-", "a", "A;");
}

#[test]
fn names_of_variants() {
    check_scripts("-{ ZH-Hans : a ; Zh-hant : B ; }-", "a", "B");
    check(
        "-{zh-Hans-CN:c;zh-Hans-SG:s;zh-Hant-TW:T;zh-hant-hk:H;zh-Hant-MO:M}-",
        ["c", "T", "c", "s", "T", "H", "M"],
    );
    for variant in Variant::ALL {
        assert_eq!(Variant::parse(&variant.code().to_uppercase()), Some(variant));
    }
    assert_eq!(Variant::parse("zh-Hans-TW"), None);
}

#[test]
fn fallbacks() {
    check("-{zh-cn:c;zh-tw:T;zh-hk:H}-", ["c", "T", "c", "c", "T", "H", "H"]);
    check("-{zh-my:m;zh-cn:c;zh-mo:O}-", ["c", "O", "c", "m", "O", "O", "O"]);
    check("-{zh-hans:s;zh-hant:T;zh-mo:O}-", ["s", "T", "s", "s", "T", "O", "O"]);
}

#[test]
fn no_text_for_a_variant() {
    let source = "-{zh-hans:Simp}-";
    check(source, ["Simp", "SIMP", "Simp", "Simp", "SIMP", "SIMP", "SIMP"]);
    problems(source, Tw, &[(source, ProblemKind::NoTextFor(Tw))]);
    problems(source, Zh, &[]);
    check("-{Ab=>zh-tw:Cd}-", ["cd", "CD", "cd", "cd", "Cd", "CD", "CD"]);
    problems("-{zh-hans:;zh-hant:B}-", Cn, &[("-{zh-hans:;zh-hant:B}-", ProblemKind::NoTextFor(Cn))]);
    check_scripts("-{zh-hans:-{}-;zh-hant:B}-", "", "B");
    // In a text that is not shown it is no matter.
    let inner = "-{zh-hans:-{zh-cn:a}-;zh-hant:B}-";
    problems(inner, Tw, &[]);
    problems("-{zh-hant:-{zh-cn:a}-}-", Tw, &[("-{zh-cn:a}-", ProblemKind::NoTextFor(Tw))]);
}

#[test]
fn unknown_flags() {
    let unknown = |flag: &str| ProblemKind::UnknownFlag(flag.to_owned());
    let choices = "-{X|zh-hans:a;zh-hant:B}-";
    check(choices, ["a", "B", "a", "a", "B", "B", "B"]);
    problems(choices, Tw, &[("X", unknown("X"))]);
    // With nothing known it may be a text.
    check("-{Left|Right}-", ["Left|Right"; 7]);
    problems("-{Left|Right}-", Tw, &[("Left", unknown("Left"))]);
    assert_eq!(unknown("a").help(), "write `A`: flags are capital letters");
    let silent = ProblemKind::FlagWithoutEffect { flag: "A".to_owned(), beside: "R".to_owned() };
    problems("-{A;R|a}-", Tw, &[("A", silent)]);
    check_scripts("-{|zh-hans:a;zh-hant:B}-", "a", "B");
}

#[test]
fn unknown_variants() {
    let unknown = |name: &str| ProblemKind::UnknownVariant(name.to_owned());
    for source in ["zh-hnat:A;zh-hans:b", "zh-hans:b;zh-hnat:A", "zh-hans:b; C => zh-hnat : A", "zh-hnat:A"] {
        let rule = format!("-{{{source}}}-");
        check(&rule, [source; 7]);
        problems(&rule, Tw, &[("zh-hnat", unknown("zh-hnat"))]);
    }
    problems("-{zh-hans;zh_tw|a}-", Tw, &[("zh_tw", unknown("zh_tw"))]);
    problems("-{N|en}-", Tw, &[("en", unknown("en"))]);
    assert_eq!(unknown("zh-hnat").help(), "did you mean `zh-hant`?");
    assert_eq!(unknown("zh_TW").help(), "did you mean `zh-tw`?");
    assert!(unknown("en").help().ends_with("zh-cn, zh-sg, zh-my, zh-tw, zh-hk, zh-mo"));
    check_scripts("-{Time: 12:30; a:b}-", "Time: 12:30; a:b", "Time: 12:30; a:b");
}

#[test]
fn contradictions() {
    let source = "-{zh-tw:A;zh-hans:c;zh-Hant-TW:B}-";
    assert_eq!(shown(source, Tw), "B");
    problems(source, Tw, &[("B", ProblemKind::VariantTwice(Tw))]);
    sound("-{H|a=>zh-tw:B;c=>zh-tw:D;zh-tw:E;zh-cn:f}-");
    problems("-{H|a=>zh-tw:B;a=>zh-tw:D}-", Cn, &[("D", ProblemKind::VariantTwice(Tw))]);
}

#[test]
fn texts_without_a_variant() {
    let source = "-{Abc; zh-tw:D}-";
    check(source, ["Abc; zh-tw:D"; 7]);
    problems(source, Tw, &[("Abc", ProblemKind::TextWithoutVariant("Abc".to_owned()))]);
    check("-{=>zh-tw:D}-", ["=>zh-tw:D"; 7]);
    problems("-{=>zh-tw:D}-", Tw, &[("D", ProblemKind::NothingBeforeArrow(Tw))]);
}

#[test]
fn ten_levels_and_no_more() {
    let levels = |count: usize| format!("{}a{}", "-{".repeat(count), "}-".repeat(count));
    assert_eq!(shown(&levels(10), Tw), "a");
    sound(&levels(10));
    assert_eq!(shown(&levels(12), Tw), "-{-{a}-}-");
    problems(&levels(12), Tw, &[("-{-{a}-}-", ProblemKind::TooDeep)]);
}

#[test]
fn half_a_rule_is_text() {
    assert_eq!(shown("a-{b", Tw), "A-{B");
    let marked = format!("a{CLOSE}b{OPEN}c");
    let Evaluated { parts, problems } = evaluate(&marked, Tw, &convert);
    assert_eq!(parts, [Part::Text(0..7)]);
    assert_eq!(problems, [Problem { range: 4..6, kind: ProblemKind::Unclosed }]);
}

#[test]
fn rules_are_found() {
    let found = |text: &str| {
        let (rules, unclosed) = find(text);
        (rules.into_iter().map(|rule| (rule.start, rule.end)).collect::<Vec<_>>(), unclosed)
    };
    assert_eq!(found("a-{b-{c}-d}-e-{f}-"), (vec![(1, 12), (13, 18)], vec![]));
    assert_eq!(found("-{a -{b}- c"), (vec![(4, 9)], vec![0]));
    assert_eq!(found("}- a -{}-"), (vec![(5, 9)], vec![]));
    assert_eq!(found("-{a\n}-"), (vec![(0, 6)], vec![]));
    assert_eq!(found("-{a\n \t\r\n}- -{b}-"), (vec![(11, 16)], vec![0]));
    assert_eq!(found("\\-{a}- -\\{b}- \\\\-{c\\}-}-"), (vec![(16, 24)], vec![]));
    assert_eq!(found("-{-}-"), (vec![(0, 5)], vec![]));
}

#[test]
fn marks_come_and_go() {
    let source = "a-{b-{c}-d}- -{e";
    let marked = mark(source).expect("it has rules");
    assert_eq!(marked, format!("a{OPEN}b{OPEN}c{CLOSE}d{CLOSE} -{{e"));
    assert_eq!(unmark(&marked), source);
    assert_eq!(mark("a -{b"), None);
    assert_eq!(mark(&format!("-{{a}}-{OPEN}")), None);
}

#[test]
fn as_it_reads() {
    let marked = mark("Ab -{zh-hans:c;zh-hant:D}- -{H|x}--{E}--{zh-tw;zh|F}-").expect("it has rules");
    assert_eq!(plain(&marked), "Ab c EF");
}

#[test]
fn hostile_texts() {
    let chains = [
        "-{",
        "}-",
        "-{}-",
        "-{a",
        "=>",
        ";",
        "&a;",
        "-{zh-cn:a;",
        "-{H|a=>zh-tw:b}-",
        "\n \n-{",
        "-{zh-hk|a}-",
        "A;zh;",
    ];
    for chain in chains {
        let text = chain.repeat(200_000 / chain.len());
        let (rules, unclosed) = find(&text);
        assert!(rules.is_sorted_by(|a, b| a.end <= b.start) && unclosed.is_sorted());
        evaluated(&text, Tw);
        evaluated(&format!("-{{{text}}}-"), Tw);
        evaluated(&format!("-{{{text}|a}}-"), Tw);
        evaluated(&format!("{text}{}", "}-".repeat(100_000)), Tw);
    }
}

fn markup() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "-{", "}-", "-{", "}-", "|", ";", ":", "=>", "A", "H", "-", "T", "R", "D", "N", "zh-hans", "zh-tw:",
        "zh-cn:", "zh;", "zh-hk", "zh-xx:", "软件", "軟體", " ", "\n", "&amp;", "\\", "\u{8F}", "\u{90}",
        "\0",
    ]);
    prop::collection::vec(tokens, 0..60).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn nothing_panics_and_parts_are_in_order(text in markup(), variant in prop::sample::select(&Variant::ALL[..])) {
        let marked = mark(&text).unwrap_or(text);
        let Evaluated { parts, problems } = evaluate(&marked, variant, &convert);
        let mut end = 0;
        for part in parts {
            if let Part::Text(range) | Part::Kept(range) | Part::Shown { range, .. } = part {
                prop_assert!(end <= range.start && range.start <= range.end);
                end = range.end;
                prop_assert!(marked.get(range).is_some());
            }
        }
        for Problem { range, kind } in problems {
            prop_assert!(marked.get(range).is_some());
            prop_assert!(!kind.message().is_empty() && !kind.help().is_empty());
        }
    }

    #[test]
    fn what_is_found_is_marked(text in markup()) {
        let (rules, _) = find(&text);
        for rule in &rules {
            let (opens, closes) = (text[rule.start..].starts_with("-{"), text[..rule.end].ends_with("}-"));
            prop_assert!(opens && closes);
        }
        match mark(&text) {
            Some(marked) => {
                prop_assert_eq!(unmark(&marked).into_owned(), text.clone());
                prop_assert_eq!(marked.len(), text.len());
                for rule in rules {
                    prop_assert!(marked[rule.clone()].starts_with(OPEN) && marked[rule].ends_with(CLOSE));
                }
            }
            None => prop_assert!(rules.is_empty() || text.contains([OPEN, CLOSE])),
        }
    }

    #[test]
    fn text_without_rules_is_one_part(text in "[^\u{8F}\u{90}]*") {
        let evaluated = evaluate(&text, Tw, &convert);
        prop_assert_eq!(evaluated, Evaluated { parts: vec![Part::Text(0..text.len())], problems: vec![] });
    }
}
