//! `jianbao import` at work: where the page goes, what is printed, what is refused.

use super::fixtures;
use crate::sites::{Folder, Ran, jianbao};
use std::io::Write;
use std::process::Stdio;

const RAW: &str = "项目跑起来　园区旺起来\r\n本报记者　甲某\r\n\u{3000}\u{3000}平台签约亿元以上项目25个,落地率超过90%。今年还要打贏经济翻身仗。\r\n";
const PAGE: &str = "+++\ntitle = \"项目跑起来　园区旺起来\"\nbyline = \"本报记者　甲某\"\n+++\n\n平台签约亿元以上项目25个，落地率超过90%。今年还要打贏经济翻身仗。\n";

fn site() -> Folder {
    let site = Folder::new();
    site.write("raw.txt", RAW);
    site.write("content/news/_index.md", "+++\ntitle = \"要闻\"\n+++\n");
    site
}

#[track_caller]
fn refuses(args: &[&str], expected: &str) {
    let site = site();
    let before = site.tree("content");
    let ran = site.run(args);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert_eq!(ran.stderr.trim_end(), expected.trim_matches('\n'));
    assert_eq!(site.tree("content"), before);
}

#[test]
fn a_page_is_written_where_it_is_to_stand() {
    let site = site();
    let ran = site.run(&["import", "raw.txt", "--to", "news/park"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "content/news/park.md\n"), "{}", ran.stderr);
    assert_eq!(site.read("content/news/park.md"), PAGE);
}

#[test]
fn the_headline_names_the_page_and_nothing_is_written_over() {
    let site = site();
    for name in ["项目跑起来-园区旺起来.md", "项目跑起来-园区旺起来-2.md"] {
        let ran = site.run(&["import", "raw.txt"]);
        assert_eq!((ran.status, ran.stdout), (0, format!("content/{name}\n")), "{}", ran.stderr);
        assert_eq!(site.read(&format!("content/{name}")), PAGE);
    }
}

#[test]
fn stdin_goes_to_stdout_and_nothing_is_written() {
    let site = site();
    let before = site.tree("");
    let mut child = jianbao()
        .current_dir(site.root())
        .args(["import", "-", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("jianbao runs");
    child.stdin.take().expect("stdin").write_all(RAW.as_bytes()).expect("a text");
    let ran = Ran::from(child.wait_with_output().expect("an answer"));
    assert_eq!((ran.status, ran.stdout.as_str()), (0, PAGE));
    assert_eq!(site.tree(""), before);
}

#[test]
fn the_report_says_what_was_decided_where_and_how_sure() {
    let site = site();
    let ran = site.run(&["import", "raw.txt", "--stdout"]);
    let expected = "
       certain  the file is UTF-8
    1  certain  headline “项目跑起来　园区旺起来”: the only headline above the text
    2  certain  byline “本报记者　甲某”: it says who wrote the text
    3  certain  half-width marks in Chinese text are full-width now: ,
    3  certain  贏 is Traditional here (要打贏经济); it stays, and the build converts it
";
    assert_eq!(ran.stderr, expected.trim_start_matches('\n'));
    let ran = site.run(&["import", "raw.txt", "--stdout", "--format", "json"]);
    let first = ran.stderr.lines().nth(1).expect("a line");
    let value: serde_json::Value = serde_json::from_str(first).expect("JSON");
    assert_eq!((value["line"].as_u64(), value["kind"].as_str()), (Some(1), Some("title")));
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_with_a_hint() {
    refuses(
        &["import", "none.txt"],
        "
error: cannot read none.txt: No such file or directory (os error 2)
  = help: name a file with text or a .docx, or - for stdin
",
    );
    refuses(
        &["import", "raw.txt", "--to", "sport/park"],
        "
error: there is no section sport in content
  = help: there are news; a new one is a folder with an _index.md
",
    );
    refuses(
        &["import", "raw.txt", "--to", "../park"],
        "
error: --to ../park names no page below content/
  = help: write a section and a name, such as --to news/town
",
    );
    refuses(
        &["import", "raw.txt", "--to", "_index"],
        "
error: content/_index.md exists already
  = help: name another page: --to SECTION/SLUG; nothing was written
",
    );
    refuses(
        &["import", "raw.txt", "--root", "news"],
        "
error: there is no folder news/content
  = help: run jianbao in a site's folder, or name it: --root DIR; --stdout needs none
",
    );
}

#[test]
fn files_that_are_no_text_are_refused() {
    let site = site();
    let says = |bytes: &[u8], expected: &str| {
        site.write("raw.bin", bytes);
        let ran = site.run(&["import", "raw.bin", "--stdout"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
        assert_eq!(ran.stderr.trim_end(), expected.trim_matches('\n'));
    };
    says(
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff",
        "
error: cannot import raw.bin: it is no text: byte 16 (0xFF) is not GB18030
  = help: save it as UTF-8, UTF-16, GB18030 or Big5, or as .docx
",
    );
    says(
        b"%PDF-1.7\n",
        "
error: cannot import raw.bin: it is a PDF
  = help: copy its text into a file, or pdftotext FILE.pdf - | jianbao import -
",
    );
    says(
        b" \n\n",
        "
error: cannot import raw.bin: there is no text in it
  = help: name a file with text
",
    );
}

#[test]
fn what_is_imported_builds_without_an_error() {
    let site = site();
    for (name, path) in fixtures() {
        let path = path.to_string_lossy().into_owned();
        let ran = site.run(&["import", &path, "--to", &format!("news/{name}")]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    // Days of the texts lie before the day of the build.
    let ran = site.run(&["build", "--date", "2023-12-31"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let page = site.read("public/zh-hant/news/two-scripts/index.html");
    assert!(page.contains("<em>人工智能小鎮外景</em>"), "{page}");
}

#[test]
fn what_means_something_in_markdown_builds_too() {
    let site = site();
    let marks = [
        "# 不是标题",
        "> 不是引文",
        "- 不是列表",
        "1. 也不是",
        "+++",
        "---",
        "===",
        "```",
        "~~~",
        "<b>不是标签</b>",
        "<!-- 不是注释 -->",
        "![不是图](a.png)",
        "[不是链接](b.md)",
        "[^1]: 不是脚注",
        "[a]: b",
        "::: note",
        ":::",
        "：：：",
        "-{不是规则",
        "}-",
        "-{zh-hans:软件;zh-hant:軟件}-",
        "$x$ 与 $y",
        "{{< figure >}}",
        "| 不 | 是 |",
        "| --- | --- |",
        "| 表 | 格 |",
        "词",
        ": 不是释义",
        "标题 {#a lang=ja}",
        "\u{7}",
        "    四个空格",
    ];
    let body: String =
        marks.iter().map(|mark| format!("{mark}\n\n这一段说完了，下面还有一段。\n\n")).collect();
    site.write(
        "raw.txt",
        format!("-{{甲 的“题” \\ \"题\"\n\n这一段是开头，说的是别的事情。\n{body}{}", marks.join("\n")),
    );
    assert_eq!(site.run(&["import", "raw.txt", "--to", "news/marks"]).status, 0);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let page = site.read("public/zh-hans/news/marks/index.html");
    for text in [
        "# 不是标题",
        "&lt;b",
        "::: note",
        "-{zh-hans：软件；zh-hant：软件}-",
        "[^1]: 不是脚注",
        "| 表 | 格 |",
    ] {
        assert!(page.contains(text), "{text}");
    }
}
