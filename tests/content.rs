//! Reading the disk: what is read, what is left, what is refused.

use crate::sites::{DOT, Folder};

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
    let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let (chinese, ascii) = ("+++\ntitle = \"简报\"\n+++\n\n今年二月。\n", "+++\n");
    for (bytes, name) in [
        (b"\xFF\xFE+\0+\0+\0".to_vec(), "UTF-16LE"),
        (utf_16(chinese, u16::to_le_bytes), "UTF-16LE"),
        (utf_16(chinese, u16::to_be_bytes), "UTF-16BE"),
        (utf_16(ascii, u16::to_le_bytes), "UTF-16LE"),
        (utf_16(ascii, u16::to_be_bytes), "UTF-16BE"),
    ] {
        let site = Folder::new();
        site.write("content/新闻/a'b.md", bytes);
        let said = refused(&site, "not-utf8", "content/新闻/a'b.md:");
        let help =
            "convert it, in its folder: iconv -f NAME -t UTF-8 './a'\\''b.md' > './a'\\''b.md.new' && mv";
        assert!(said.contains(&help.replace("NAME", name)), "{said}");
    }
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
    // Emacs locks a file with a link that leads nowhere.
    #[cfg(unix)]
    std::os::unix::fs::symlink("me@host.4711", site.path("content/.#b.md")).expect("a link");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
}

#[test]
fn names_become_clean_urls() {
    let site = Folder::new();
    site.write("content/新闻 稿/_index.md", "+++\ntitle = \"新闻\"\n+++\n");
    site.write("content/新闻 稿/Cafe\u{301} 一.md", "+++\ntitle = \"一\"\n+++\n\n![图](<照 片.PNG>)\n");
    site.write("content/新闻 稿/照 片.PNG", DOT);
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
    symlink(site.root(), site.path("content/up")).expect("a link");
    refused(&site, "link-loops", "content/up");
    std::fs::remove_file(site.path("content/up")).expect("removed");
    symlink("nowhere", site.path("content/dangling.md")).expect("a link");
    refused(&site, "link-leads-nowhere", "content/dangling.md");
    std::fs::remove_file(site.path("content/dangling.md")).expect("removed");
    // What lies behind a link that leads out is not looked at.
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("b.md"), b"\xFF").expect("a file");
    symlink(elsewhere.path(), site.path("content/x")).expect("a link");
    assert_eq!(refused(&site, "link-leaves-site", "content/x").matches("error[").count(), 1);
    std::fs::remove_file(site.path("content/x")).expect("removed");
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

#[test]
fn a_file_of_the_sites_own_takes_the_place_of_one_that_is_made() {
    let site = Folder::new();
    let own = ["404.html", "robots.txt", "sitemap.xml", "zh-hant/manifest.webmanifest"];
    for name in own {
        site.write(&format!("static/{name}"), "own");
    }
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for name in own {
        assert_eq!(site.read(&format!("public/{name}")), "own");
    }
    assert!(site.read("public/zh-hans/manifest.webmanifest").contains("start_url"));
}

#[test]
fn hidden_static_files_are_published_and_leftovers_are_not() {
    let site = Folder::new();
    let published = [".nojekyll", ".well-known/security.txt", "static/x.css"];
    let left = [".DS_Store", ".git/HEAD", "._a.css", ".#a.css", ".a.css.swp", "a.css~", ".jianbao-manifest"];
    for name in published.iter().chain(&left) {
        site.write(&format!("static/{name}"), "x");
    }
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    for name in published {
        assert_eq!(site.read(&format!("public/{name}")), "x");
    }
    for name in &left[..left.len() - 1] {
        assert!(!site.path(&format!("public/{name}")).exists(), "{name}");
    }
}

#[test]
fn pictures_beside_templates_are_left_alone() {
    let site = Folder::new();
    site.write("templates/img/logo.png", b"\x89PNG\xFF");
    site.write("templates/templates/page.html", "not the template of pages");
    let ran = site.run(&["build"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let site = Folder::new();
    site.write("templates/page.html", b"\xFF");
    refused(&site, "not-utf8", "templates/page.html:1:1");
}

#[cfg(unix)]
#[test]
fn names_with_control_characters_are_refused() {
    for name in ["static/x\ny.txt", "content/x.p\nng", "content/x\u{1b}/a.md"] {
        let site = Folder::new();
        site.write(name, "x");
        let folder_or_file = name.trim_end_matches("/a.md");
        let place = folder_or_file.replace('\n', "\\n").replace('\u{1b}', "\\u{1b}");
        refused(&site, "file-name", &place);
    }
    let site = Folder::new();
    site.write("content/x.P N!", "x");
    assert_eq!(site.run(&["build"]).status, 0);
    assert_eq!(site.read("public/zh-hant/x.p-n"), "x");
}

#[test]
fn a_file_where_a_folder_is_expected() {
    let site = Folder::new();
    std::fs::remove_dir_all(site.path("content")).expect("removed");
    site.write("content", "x");
    let said = refused(&site, "no-folder", "content");
    assert!(said.contains("`content` is a file, expected a folder"), "{said}");
}

#[test]
fn a_site_that_cannot_be_read() {
    let mut said = Vec::new();
    let mut settings = |root: &std::path::Path| {
        said.clear();
        assert!(jianbao::content::settings(root).report(&mut said).is_none());
        (said[0].code, said[0].message.clone())
    };
    let site = Folder::new();
    let file = site.path("site.toml");
    assert_eq!(settings(&file).0, "no-site");
    assert!(settings(&file).1.contains("is no folder"));
    std::fs::remove_file(&file).expect("removed");
    assert_eq!(settings(site.root()).0, "no-site");
    std::fs::create_dir(&file).expect("a folder");
    assert_eq!(settings(site.root()), ("cannot-read", "site.toml is no file".to_owned()));
}

#[cfg(unix)]
#[test]
fn links_that_lead_only_to_one_another_are_loops() {
    use std::os::unix::fs::symlink;
    let site = Folder::new();
    symlink("b", site.path("content/a")).expect("a link");
    symlink("a", site.path("content/b")).expect("a link");
    refused(&site, "link-loops", "content/a");
}

#[test]
fn control_characters_reach_no_reader() {
    let site = Folder::new();
    site.write(
        "site.toml",
        "title = \"简\\u0007报\"\nbase_url = \"https://example.org/\"\n[extra]\nnote = \"备\\u009F注\"\n[markdown]\nraw_html = true\n[[editions]]\ntag = \"zh-Hans\"\n[[editions]]\ntag = \"zh-Hant-TW\"\n[[editions]]\ntag = \"en\"\n",
    );
    site.write("content/_index.en.md", "+++\ntitle = \"Ho\\u001Bme\"\n+++\n");
    site.write("templates/strings.toml", "skip = \"跳\\u0001过\"\n[en]\nskip = \"Sk\\u0001ip\"\n");
    let raw = "头\u{1}发\u{7f}\u{85}\u{9f}\u{fffe}，\u{fffd}";
    site.write(
        "content/a.md",
        format!(
            "+++\ntitle = \"标\\u0008题\"\nsummary = \"{raw}\"\ndate = 2023-06-28\ntags = [\"经\\u0002济\"]\n+++\n\n{raw}&#7;软件&#x8f;，-{{软\u{1}件}}-&#7;网络`码\u{1b}`。\n\n## 节\u{1}一\n\n```\n码\u{1b}[31m\n```\n\n<p title=\"甲\u{1}乙\">丙\u{1}丁</p>\n\n![图\u{1}片](https://example.org/a.png)\n\n| 甲\u{1} |\n|---|\n| 乙&#1; |\n"
        ),
    );
    assert_eq!(site.run(&["review"]).status, 0);
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("warning[invisible-character]: there is a control character here (U+0001)"));
    assert!(ran.stderr.contains("warning[invisible-character]: there is a noncharacter here (U+FFFE)"));
    let is_refused =
        |c: &char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    for (path, bytes) in site.tree("public") {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert_eq!(text.chars().find(is_refused), None, "{path}");
        // As JSON writes them.
        assert!(!path.ends_with(".json") || !text.contains("\\u00"), "{path}");
    }
    let page = site.read("public/zh-hant-tw/a/index.html");
    for shown in ["頭髮，\u{fffd}軟體", "<h1>標題</h1>", "码[31m", "title=\"甲乙\"", "跳過"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}
