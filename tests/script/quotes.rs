//! Quotation marks by edition.

use jianbao::script::OBJECT;

use super::check;

#[test]
fn quotes_by_level() {
    check(&["他说：“叫‘强脑’的”"], &["他说：“叫‘强脑’的”"], &["他說：「叫『強腦』的」"]);
    check(&["他说：「叫『强脑』的」"], &["他说：“叫‘强脑’的”"], &["他說：「叫『強腦』的」"]);
    check(&["他说：『叫「强脑」的』"], &["他说：“叫‘强脑’的”"], &["他說：『叫「強腦」的』"]);
    check(&["‘一’与「二“三”」"], &["“一”与“二‘三’”"], &["「一」與「二『三』」"]);
    check(&["﹁一﹃二﹄﹂"], &["“一‘二’”"], &["﹁一﹃二﹄﹂"]);
}

#[test]
fn quotes_across_pieces() {
    check(&["“半年", "红”", OBJECT], &["“半年", "红”", OBJECT], &["「半年", "紅」", OBJECT]);
}

#[test]
fn quotes_that_stay() {
    check(&["我“不知道"], &["我“不知道"], &["我“不知道"]);
    check(&["「一』二"], &["「一』二"], &["「一』二"]);
    check(&["说 \"OK\" 'x'"], &["说 \"OK\" 'x'"], &["說 \"OK\" 'x'"]);
    check(&["He said “don’t” twice"], &["He said “don’t” twice"], &["He said “don’t” twice"]);
    check(&["“I don’t”，他说"], &["“I don’t”，他说"], &["「I don’t」，他說"]);
    check(&["’90s 的“摇滚”"], &["’90s 的“摇滚”"], &["’90s 的「搖滾」"]);
    check(&["说“OK”吧 (the “old” one)"], &["说“OK”吧 (the “old” one)"], &["說「OK」吧 (the “old” one)"]);
}

#[test]
fn deep_nesting_takes_linear_time() {
    let depth = 60_000;
    let started = std::time::Instant::now();
    let text = format!("说{}{}", "“ a ".repeat(depth), "”".repeat(depth));
    let converted = super::converted(super::target("zh-Hant"), &jianbao::script::Run::new(text));
    assert!(converted[0].starts_with("說「 a"), "the outermost quotation stands in Chinese");
    assert!(started.elapsed().as_secs() < 3, "it took {:?}", started.elapsed());
}
