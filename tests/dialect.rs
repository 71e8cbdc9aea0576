//! TOML and YAML: what is read, and what is said when it cannot be.

use jianbao::config::BaseUrl;
use jianbao::diagnostic::{Checked, Diagnostic, Place, nearest};
use jianbao::dialect::{self, Fields, Language, Origin};

fn read<'a>(language: Language, text: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Fields<'a> {
    dialect::read(language, Origin { path: "a.md", text }, 0..text.len(), diagnostics)
}

/// The texts of `key` in YAML.
#[track_caller]
fn yaml(text: &str, key: &'static str, expected: &[&str]) {
    let mut diagnostics = Vec::new();
    let texts = read(Language::Yaml, text, &mut diagnostics).texts(key, &mut diagnostics);
    let texts: Vec<&str> = texts.iter().map(|text| text.value.as_str()).collect();
    assert_eq!((texts.as_slice(), diagnostics.as_slice()), (expected, [].as_slice()));
}

/// Code, message, column and help of the one thing that is said.
#[track_caller]
fn says(language: Language, text: &str, key: &'static str, expected: (&str, &str, usize, Option<&str>)) {
    let mut diagnostics = Vec::new();
    let mut fields = read(language, text, &mut diagnostics);
    if diagnostics.is_empty() {
        fields.date(key, &mut diagnostics);
    }
    let [said] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    let column = said.place.as_ref().map_or(0, |place| place.column);
    assert_eq!((said.code, said.message.as_str(), column, said.help.as_deref()), expected);
}

#[test]
fn yaml_numbers_and_truth_values_say_what_was_written() {
    yaml("title: 2023 # 年终\n", "title", &["2023"]);
    yaml("tags: [2023, 党建, true]\n", "tags", &["2023", "党建", "true"]);
    yaml(
        "tags:\n- 1.50 # 一\n- 007\n- yes\n- 0x1F\n- 18446744073709551615\n",
        "tags",
        &["1.50", "007", "yes", "0x1F", "18446744073709551615"],
    );
    yaml("year: &a 2023 # 年\nkicker: *a\n", "kicker", &["2023"]);
    yaml("n: !!int \"3\"\n", "n", &["3"]);
    let mut diagnostics = Vec::new();
    let mut fields = read(Language::Yaml, "a: {value: 1141, unit: 家}\n", &mut diagnostics);
    let mut table = fields.table("a", &mut diagnostics).expect("a table");
    assert_eq!(table.text("value", &mut diagnostics).expect("a text").value, "1141");
    assert_eq!(table.text("unit", &mut diagnostics).expect("a text").value, "家");
}

#[test]
fn dates_as_texts() {
    for (text, expected) in [
        ("2023-06-28", "2023-06-28"),
        ("2019-3-9", "2019-03-09"),
        ("2023/06/28", "2023-06-28"),
        ("2023-06-28 8:00", "2023-06-28T08:00:00"),
        ("2023-06-28 10:00:00", "2023-06-28T10:00:00"),
        ("2023-06-28 23:59:60", "2023-06-28T23:59:59"),
        ("2023-06-28T08:00:00.5+08:00", "2023-06-28T08:00:00+08:00"),
        ("2023-06-28 08:00:00 +08:00", "2023-06-28T08:00:00+08:00"),
        ("2023-06-28 08:00:00 +0800", "2023-06-28T08:00:00+08:00"),
        ("2023-06-28 08:00:00 -0330", "2023-06-28T08:00:00-03:30"),
        ("2023-06-28T08:00:00Z", "2023-06-28T08:00:00+00:00"),
    ] {
        let mut diagnostics = Vec::new();
        let source = format!("date: {text}\n");
        let date = read(Language::Yaml, &source, &mut diagnostics).date("date", &mut diagnostics);
        assert_eq!(date.map(|date| date.to_string()).unwrap_or_default(), expected, "{text}");
    }
    let exists = Some("write a day that exists, such as 2023-06-28");
    let day = ("date-expected", "`date` is no day of the calendar", 7, exists);
    says(Language::Yaml, "date: 2023-02-30\n", "date", day);
    says(Language::Yaml, "date: 2023-13-01\n", "date", day);
    let alone = Some("write the date alone, or a time such as 2023-06-28T08:00:00+08:00");
    let time = ("date-expected", "`date` begins with a date, but what follows is no time of day", 7, alone);
    for text in [
        "2023-06-28 08:00 +2500",
        "2023-06-28 8:00.",
        "2023-06-28 99:99",
        "2023-06-28Tgarbage",
        "2023-06-28T",
        "2023-06-28T08:00+99",
    ] {
        says(Language::Yaml, &format!("date: {text}\n"), "date", time);
    }
    let shape = "`date` is a text, expected a date, such as 2023-06-28";
    says(Language::Yaml, "date: 昨天\n", "date", ("wrong-type", shape, 7, None));
    says(Language::Yaml, "date: 2023年6月8日\n", "date", ("wrong-type", shape, 7, Some("write 2023-06-08")));
}

#[test]
fn a_key_that_is_there_twice() {
    let help = Some("keep one of the two and delete the other");
    let expected = ("duplicate-key", "the key `title` is there twice", 1, help);
    says(Language::Yaml, "title: 一\ntitle: 二\n", "date", expected);
    says(Language::Toml, "title = \"一\"\ntitle = \"二\"\n", "date", expected);
}

#[test]
fn numbers_that_are_none() {
    for (language, text, written) in [
        (Language::Yaml, "a: .inf\n", ".inf"),
        (Language::Yaml, "a: 1e999 # x\n", "1e999"),
        (Language::Toml, "a = -inf\n", "-inf"),
        (Language::Toml, "a = nan\n", "nan"),
        (Language::Toml, "a = 1e999\n", "1e999"),
    ] {
        let help =
            format!("write a number, or put it into quotation marks if a text is meant: \"{written}\"");
        let column = if language == Language::Yaml { 4 } else { 5 };
        let message = "this number is not finite";
        says(language, text, "date", ("number-not-finite", message, column, Some(&help)));
    }
}

#[test]
fn no_message_speaks_of_the_library() {
    for text in ["a: 1\na: 2\n", "~: a\n", "a: 1\n...\n---\nb: 2\n", "{{ x }}: y\n", "a: *b\n", "a: .nan\n"] {
        let mut diagnostics = Vec::new();
        read(Language::Yaml, text, &mut diagnostics);
        let [said] = diagnostics.as_slice() else { panic!("{text} {diagnostics:?}") };
        for word in ["Option", "from_str", "policy", "Policy", "budget"] {
            assert!(!said.message.contains(word), "{said}");
        }
    }
}

#[test]
fn many_faults_are_counted_and_few_are_shown() {
    for language in [Language::Toml, Language::Yaml] {
        let sign = if language == Language::Toml { " =" } else { ":" };
        let text: String = (0..120).map(|n| format!("k{n}{sign} 1\n")).collect();
        let mut diagnostics = Vec::new();
        read(language, &text, &mut diagnostics).finish(&mut diagnostics);
        assert_eq!(diagnostics.len(), 51);
        assert_eq!(diagnostics[50].message, "70 more keys from here on are unknown");
    }
    let text = "[[a]]\nx = 1\ny = 2\n".repeat(100);
    let mut diagnostics = Vec::new();
    let mut fields = read(Language::Toml, &text, &mut diagnostics);
    for (mut table, _) in fields.tables("a", &mut diagnostics) {
        table.text("x", &mut diagnostics);
        table.finish(&mut diagnostics);
    }
    fields.finish(&mut diagnostics);
    assert_eq!(diagnostics.len(), 102);
    assert_eq!(diagnostics[100].message, "50 more keys from here on are unknown");
    assert_eq!(diagnostics[101].message, "50 more values from here on are of the wrong type");
    let text = format!("a = [{}]", "inf,".repeat(60));
    let mut diagnostics = Vec::new();
    read(Language::Toml, &text, &mut diagnostics);
    assert_eq!(diagnostics.len(), 51);
}

/// Twice the input takes about twice as long: no place is found by counting from the top.
#[test]
fn yaml_is_read_in_linear_time() {
    let seconds = |keys: usize| {
        let text: String = (0..keys).map(|n| format!("k{n}: v\n")).collect();
        let start = std::time::Instant::now();
        read(Language::Yaml, &text, &mut Vec::new());
        start.elapsed().as_secs_f64()
    };
    seconds(1_000);
    let (small, large) = (seconds(5_000), seconds(20_000));
    assert!(large < 10.0 * small.max(0.05), "{small} s, {large} s");
}

/// Where a place is shown: excerpt, columns before it, columns of it.
#[track_caller]
fn shown(text: &str, marked: &str, expected: (&str, usize, usize)) {
    let at = text.find(marked).expect("the marked part");
    let place = Place::in_text("a.md", text, at..at + marked.len());
    assert_eq!((place.excerpt.as_str(), place.indent, place.width), expected);
}

#[test]
fn a_caret_stands_under_what_is_printed() {
    shown("一\t\u{1b}[31m二三\n四", "二", ("一 \\u{1b}[31m二三", 13, 2));
    shown("一\u{200B}二\u{202E}三", "二\u{202E}", ("一\\u{200b}二\\u{202e}三", 10, 10));
    shown("一\u{200B}二", "\u{200B}", ("一\\u{200b}二", 2, 8));
    shown("e\u{301}\u{2028}二", "二", ("e\u{301}\\u{2028}二", 9, 2));
    let long = format!("{}错{}", "一".repeat(500), "二".repeat(500));
    let (before, after) = ("一".repeat(25), "二".repeat(49));
    shown(&long, "错", (&format!("…{before}错{after}…"), 51, 2));
    let long = format!("{}错\n二", "一".repeat(500));
    shown(&long, "错", (&format!("…{}错", "一".repeat(49)), 99, 2));
    let marks = format!("错{}\n", "\u{301}".repeat(5_000));
    assert!(Place::in_text("a.md", &marks, 0..3).excerpt.len() < 500);
}

#[test]
fn a_place_in_a_large_file_is_found_at_once() {
    let text = "一二三四五六七八九十".repeat(200_000);
    let start = std::time::Instant::now();
    for at in 0..20 {
        let place = Place::in_text("a.md", &text, text.len() - 3 - at..text.len());
        assert_eq!(place.line, 1);
    }
    assert!(start.elapsed().as_secs_f64() < 5.0, "{:?}", start.elapsed());
}

#[test]
fn nothing_from_a_file_reaches_a_terminal_raw() {
    let key = "a\u{1b}[2J\nb\u{202E}\u{9b}";
    let said = Diagnostic::error("unknown-key", format!("unknown key `{key}`")).help(key).in_file(key);
    let expected = "error[unknown-key]: unknown key `a\\u{1b}[2J\\nb\\u{202e}\\u{9b}`\n  --> a\\u{1b}[2J\\nb\\u{202e}\\u{9b}\n  = help: a\\u{1b}[2J\\nb\\u{202e}\\u{9b}";
    assert_eq!(said.to_string(), expected);
    for line in [said.to_json(), said.to_github()] {
        assert!(!line.contains(['\u{1b}', '\n', '\u{202E}', '\u{9b}']), "{line}");
    }
    let json: serde_json::Value = serde_json::from_str(&said.to_json()).expect("JSON");
    assert_eq!(json["help"], key);
}

#[test]
fn a_stage_that_makes_nothing_never_says_nothing() {
    let mut diagnostics = Vec::new();
    assert_eq!(Checked::<()>::failed(Vec::new()).report(&mut diagnostics), None);
    assert_eq!(diagnostics[0].code, "internal");
}

#[test]
fn the_nearest_word() {
    assert_eq!(nearest("titel", ["tags", "title"]), Some("title"));
    assert_eq!(nearest("caf\u{e9}", ["cafe\u{301}", "cafer"]), Some("cafe\u{301}"));
    assert_eq!(nearest("a", ["abcdefgh"]), None);
    let long = "长".repeat(10_000);
    assert_eq!(nearest(&long, std::iter::repeat_n(long.as_str(), 1_000)), None);
    let far = std::iter::repeat_n("zzzzz", 20_000).chain(["title"]);
    assert_eq!(nearest("titel", far), None, "only so many are looked at");
}

#[test]
fn addresses_of_a_site() {
    for address in [
        "https://example.org",
        "http://localhost:8080/brief/",
        "https://[::1]:8080/",
        "https://127.0.0.1/%E7%AE%80/",
        "https://xn--fiqs8s.example/a",
    ] {
        assert!(BaseUrl::parse(address).is_ok(), "{address}");
    }
    for (address, why) in [
        ("https://:80", "host"),
        ("https://a:bc/", "port"),
        ("https://a:/", "port"),
        ("https://a:0/", "port"),
        ("https://a:+80/", "port"),
        ("https://a:65536/", "port"),
        ("https://[::1", "bracket"),
        ("https://[::1]a/", "port"),
        ("https://[a]/", "IPv6"),
        ("https://a/%zz", "%"),
        ("https://a/%4", "%"),
        ("https://a/%2E%2e/b", "`..`"),
        ("https://a..b/", "host"),
        ("https://-a/", "host"),
        ("https://1.2.3.400/", "host"),
        ("https://u@a/", "host"),
        ("https://a?b", "query"),
    ] {
        let error = BaseUrl::parse(address).expect_err(address);
        assert!(error.contains(why), "{address}: {error}");
    }
}
