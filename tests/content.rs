//! Reading the disk: what is read, what is left, what is refused.

use crate::sites::Folder;

#[track_caller]
fn refused(site: &Folder, code: &str, place: &str) -> String {
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("error[{code}]")), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("--> {place}")), "{}", ran.stderr);
    assert!(!site.path("public").exists());
    ran.stderr
}

#[test]
fn other_encodings_are_named_and_never_guessed_silently() {
    let text =
        "+++\ntitle = \"中文简报\"\n+++\n\n今年二月，杭州未来科技城的企业又多了一批，区里的干部上门走访。\n";
    for (encoding, name) in [(encoding_rs::GB18030, "GB18030"), (encoding_rs::BIG5, "BIG5")] {
        let site = Folder::new();
        let text = if name == "BIG5" {
            text.replace("简报", "簡報")
                .replace("来", "來")
                .replace("企业", "企業")
                .replace("区", "區")
                .replace("门", "門")
                .replace("访", "訪")
        } else {
            text.to_owned()
        };
        site.write("content/a.md", encoding.encode(&text).0);
        let said = refused(&site, "not-utf8", "content/a.md:2:10");
        assert!(said.contains(&format!("iconv -f {name} -t UTF-8")), "{said}");
    }
    let site = Folder::new();
    site.write("content/a.md", b"\xFF\xFE+\0+\0+\0");
    assert!(refused(&site, "not-utf8", "content/a.md:1:1").contains("UTF-16LE"));
}

#[test]
fn byte_order_mark_and_windows_line_ends_are_accepted() {
    let site = Folder::new();
    site.write("content/a.md", "\u{FEFF}+++\r\ntitle = \"题\"\r\n+++\r\n\r\n饼\r\n干\r\n");
    assert_eq!(site.run(&["build"]).status, 0);
    assert!(site.read("public/zh-hant/a/index.html").contains(">餅乾</p>"));
}

#[test]
fn invisible_characters_are_pointed_out() {
    let site = Folder::new();
    site.write(
        "content/a.md",
        "+++\ntitle = \"题\"\n+++\n\n头\u{200B}发\u{202E}，👨\u{200D}👩\u{FE0F}，𠮷\u{E0100}\n",
    );
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.stderr.matches("warning[invisible-character]").count(), 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("content/a.md:5:2") && ran.stderr.contains("U+200B"), "{}", ran.stderr);
}

#[test]
fn leftovers_of_editors_are_ignored() {
    let site = Folder::new();
    for name in ["._a.md", "a.md~", ".#a.md", "~$a.md", ".DS_Store", "4913", ".a.md.swp"] {
        site.write(&format!("content/{name}"), b"\xFF");
    }
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
}

#[test]
fn names_become_clean_urls() {
    let site = Folder::new();
    site.write("content/新闻 稿/_index.md", "+++\ntitle = \"新闻\"\n+++\n");
    site.write("content/新闻 稿/Cafe\u{301} 一.md", "+++\ntitle = \"一\"\n+++\n\n![图](<照 片.PNG>)\n");
    site.write("content/新闻 稿/照 片.PNG", b"no picture");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let html = site.read("public/zh-hant/新闻-稿/caf\u{e9}-一/index.html");
    assert!(html.contains("src=\"/zh-hant/%E6%96%B0%E9%97%BB-%E7%A8%BF/%E7%85%A7-%E7%89%87.png\""), "{html}");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_site_or_loop_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::NamedTempFile::new().expect("a file");
    let site = Folder::new();
    symlink(outside.path(), site.path("content/out.md")).expect("a link");
    refused(&site, "link-leaves-site", "content/out.md");
    std::fs::remove_file(site.path("content/out.md")).expect("removed");
    symlink(site.path("content"), site.path("content/again")).expect("a link");
    refused(&site, "link-loops", "content/again");
    std::fs::remove_file(site.path("content/again")).expect("removed");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        site.path("content/pipe.md"),
        rustix::fs::FileType::Fifo,
        0o600.into(),
        0,
    )
    .expect("a pipe");
    refused(&site, "not-a-file", "content/pipe.md");
}

#[test]
fn two_outputs_at_one_place_are_refused() {
    for (path, extra) in [
        ("content/10-a.md", ""),
        ("content/A.md", ""),
        ("content/b.md", "slug = \"a\"\n"),
        ("content/a/_index.md", ""),
    ] {
        let site = Folder::new();
        site.write("content/a.md", "+++\ntitle = \"一\"\n+++\n");
        site.write(path, format!("+++\ntitle = \"二\"\n{extra}+++\n"));
        let said = refused(&site, "path-twice", "content/");
        assert!(said.contains("content/a.md") && said.contains(path), "{said}");
    }
    let site = Folder::new();
    site.write("static/zh-hans", "a file where a folder must be");
    refused(&site, "file-and-folder", "static/zh-hans");
    let site = Folder::new();
    site.write("static/index.html", "");
    refused(&site, "path-twice", "static/index.html");
}
