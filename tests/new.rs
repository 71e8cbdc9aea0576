//! `jianbao new`: a site that builds at once, for every host; nothing of anybody else's is touched.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn jianbao(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianbao"));
    command.current_dir(dir).args(args).env_remove("SOURCE_DATE_EPOCH").output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_new_site_builds_and_checks_without_a_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = jianbao(folder.path(), &["new", "a/site", "--title", "未来简报"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let site = folder.path().join("a/site");
    for command in [["build", "--format", "json"], ["check", "--format", "json"]] {
        let done = jianbao(&site, &command);
        assert!(done.status.success() && done.stdout.is_empty(), "{}", text(&done.stdout));
    }
    let home = fs::read_to_string(site.join("public/zh-hant/index.html")).expect("a home page");
    assert!(home.contains("<title>未來簡報") && home.contains("首頁的導語"), "{home}");
    let first = fs::read_to_string(site.join("public/zh-hant/news/first/index.html")).expect("an article");
    assert!(first.contains("理髮、出發，後來、皇后") && first.contains("例如后冠"), "{first}");
}

#[test]
fn every_host_gets_its_files() {
    let folder = tempfile::tempdir().expect("a folder");
    for (host, job, own, others) in [
        ("github", Some(".github/workflows/site.yml"), ".nojekyll", "_headers"),
        ("gitlab", Some(".gitlab-ci.yml"), "_redirects", ""),
        ("netlify", Some("netlify.toml"), "_headers", ".nojekyll"),
        ("cloudflare", Some(".github/workflows/site.yml"), "_headers", ".nojekyll"),
        ("nginx", None, "_host/nginx-server.conf", "_headers"),
        ("caddy", None, "_host/Caddyfile", "_headers"),
        ("apache", None, ".htaccess", "_headers"),
    ] {
        let made = jianbao(folder.path(), &["new", host, "--host", host]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        let site = folder.path().join(host);
        let built = jianbao(&site, &["build", "--format", "json"]);
        assert!(built.status.success() && built.stdout.is_empty(), "{host}: {}", text(&built.stdout));
        assert!(site.join("public").join(own).exists(), "{host}: {own}");
        assert!(others.is_empty() || !site.join("public").join(others).exists(), "{host}: {others}");
        if let Some(job) = job {
            let text = fs::read_to_string(site.join(job)).expect("a job");
            assert!(text.contains("jianbao check") || text.contains("bin/jianbao check"), "{host}: {text}");
            assert!(
                text.contains(env!("CARGO_PKG_VERSION")) && !text.contains("{{version"),
                "{host}: {text}"
            );
        }
    }
}

#[test]
fn an_empty_folder_or_one_with_a_repository_will_do_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    fs::create_dir_all(site.join(".git")).expect("a folder");
    assert!(jianbao(&site, &["new", "."]).status.success());
    let before = fs::read(site.join("site.toml")).expect("settings");
    let again = jianbao(folder.path(), &["new", "site", "--title", "别的"]);
    assert_eq!(again.status.code(), Some(2));
    let said = text(&again.stderr);
    assert!(
        said.contains("error: site is not empty: there is .gitignore")
            && said.contains("= help: name a folder"),
        "{said}"
    );
    assert_eq!(fs::read(site.join("site.toml")).expect("settings"), before);
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "").expect("a file");
    let made = jianbao(folder.path(), &["new", "file/site"]);
    assert_eq!(made.status.code(), Some(2));
    assert!(text(&made.stderr).contains("error: cannot write"), "{}", text(&made.stderr));
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 1);
}

#[test]
fn a_title_that_would_break_the_settings_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for title in ["", "  ", "a\"b", "a\\b", "a\nb"] {
        let made = jianbao(folder.path(), &["new", "site", "--title", title]);
        assert_eq!(made.status.code(), Some(2), "{title:?}");
        assert!(text(&made.stderr).contains("expected a name"), "{title:?}");
    }
    assert!(!folder.path().join("site").exists());
}
