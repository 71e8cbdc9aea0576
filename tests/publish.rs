//! Publishing: what stands in the output folder after a build, after half a build, and while one runs.
//!
//! Every test has a site folder of its own and looks at the whole of it, so leftovers show.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests, which clippy does not take for tests"
)]

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use jianbao::publish::{Changes, Error, Exchange, OutFile, Staging};
use proptest::prelude::*;
use tempfile::TempDir;

/// Everything below a folder: files with their bytes, links with their targets, folders.
type Tree = BTreeMap<String, String>;

struct Site {
    root: TempDir,
    way: Exchange,
}

impl Site {
    fn new() -> Self {
        let site = Self { root: TempDir::new().unwrap(), way: Exchange::WhenPossible };
        fs::create_dir(site.at("content")).unwrap();
        site
    }

    fn one_by_one() -> Self {
        Self { way: Exchange::Never, ..Self::new() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn open(&self) -> Result<Staging, Error> {
        open(self.root.path(), self.way)
    }

    fn try_build(&self, files: &[(&str, &str)]) -> Result<Changes, Error> {
        build(self.open()?, files)
    }

    /// Builds, and returns what happened: written, unchanged, removed, exchanged.
    fn build(&self, files: &[(&str, &str)]) -> (usize, usize, usize, bool) {
        let changes = self.try_build(files).unwrap();
        self.assert_no_leftovers();
        (changes.written, changes.unchanged, changes.removed, changes.exchanged)
    }

    /// The published tree without the manifest.
    fn public(&self) -> Tree {
        let mut tree = tree(&self.at("public"));
        tree.remove(".jianbao-manifest").unwrap();
        tree
    }

    fn whole(&self) -> Tree {
        tree(self.root.path())
    }

    fn assert_no_leftovers(&self) {
        for entry in fs::read_dir(self.root.path()).unwrap() {
            let name = entry.unwrap().file_name();
            assert!(["content", "public", "a-link"].contains(&name.to_str().unwrap()), "left over: {name:?}");
        }
        assert!(!self.at("public/.jianbao-new").exists());
    }

    fn inode(&self, path: &str) -> (u64, SystemTime) {
        let is = fs::symlink_metadata(self.at("public").join(path)).unwrap();
        (is.ino(), is.modified().unwrap())
    }
}

fn open(root: &Path, way: Exchange) -> Result<Staging, Error> {
    Staging::open_with(&root.join("public"), root, &[&root.join("content"), &root.join("templates")], way)
}

fn build(staging: Staging, files: &[(&str, &str)]) -> Result<Changes, Error> {
    for (path, bytes) in files {
        staging.put(file(path, bytes))?;
    }
    staging.commit()
}

fn file(path: &str, bytes: &str) -> OutFile {
    OutFile::new(path, bytes)
}

fn tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        match entry.file_type() {
            is if is.is_dir() => tree.insert(path + "/", String::new()),
            is if is.is_symlink() => {
                tree.insert(path, format!("-> {}", fs::read_link(entry.path()).unwrap().display()))
            }
            _ => tree.insert(path, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned()),
        };
    }
    tree
}

fn tree_of(entries: &[(&str, &str)]) -> Tree {
    let mut tree: Tree = entries.iter().map(|(path, bytes)| ((*path).into(), (*bytes).into())).collect();
    for (path, _) in entries {
        tree.extend(path.match_indices('/').map(|(end, _)| (format!("{}/", &path[..end]), String::new())));
    }
    tree
}

/// An error's message and help, without the folder of this test.
fn said(site: &Site, error: &Error) -> (String, String) {
    let plain = |text: &str| text.replace(&format!("{}/", site.root.path().display()), "");
    (plain(&error.to_string()), plain(error.help().unwrap_or_default()))
}

/// A refused build changes nothing and says why.
fn refused(site: &Site, files: &[(&str, &str)], message: &str) {
    let before = site.whole();
    let error = site.try_build(files).unwrap_err();
    let (text, help) = said(site, &error);
    assert!(text.contains(message), "{text}");
    assert!(!help.is_empty(), "{text}: no help");
    assert_eq!(site.whole(), before);
}

const TWO: &[(&str, &str)] = &[("index.html", "首页"), ("zh-hans/ai/index.html", "一")];

#[test]
fn first_build() {
    let site = Site::new();
    assert_eq!(site.build(TWO), (2, 0, 0, true));
    assert_eq!(site.public(), tree_of(TWO));
}

#[test]
fn first_build_into_an_empty_folder() {
    for site in [Site::new(), Site::one_by_one()] {
        fs::create_dir(site.at("public")).unwrap();
        let exchanged = site.way == Exchange::WhenPossible;
        assert_eq!(site.build(TWO), (2, 0, 0, exchanged));
        assert_eq!(site.public(), tree_of(TWO));
    }
}

#[test]
fn missing_folders_above_are_created_and_vanish_with_a_dropped_build() {
    let site = Site::new();
    let open = |path: &str| Staging::open(&site.at(path), site.root.path(), &[]).unwrap();
    let staging = open("out/of/public");
    staging.put(file("a", "1")).unwrap();
    drop(staging);
    assert!(!site.at("out").exists());
    build(open("out/of/public"), TWO).unwrap();
    assert_eq!(fs::read_to_string(site.at("out/of/public/index.html")).unwrap(), "首页");
    build(open("out/../new/public"), TWO).unwrap();
    assert_eq!(fs::read_to_string(site.at("new/public/index.html")).unwrap(), "首页");
}

#[test]
fn a_relative_output_works() {
    let site = Site::new();
    let mut to_top = PathBuf::from(".");
    to_top.extend(env!("CARGO_MANIFEST_DIR").split('/').map(|_| ".."));
    let relative = to_top.join(site.at("public/").strip_prefix("/").unwrap());
    let staging = Staging::open(&relative, site.root.path(), &[]).unwrap();
    build(staging, TWO).unwrap();
    assert_eq!(site.public(), tree_of(TWO));
}

#[test]
fn unchanged_build_touches_nothing() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        let paths = ["", "index.html", "zh-hans", "zh-hans/ai/index.html", ".jianbao-manifest"];
        let before =
            (paths.map(|path| site.inode(path)), fs::metadata(site.root.path()).unwrap().modified().unwrap());
        assert_eq!(site.build(TWO), (0, 2, 0, false));
        let after =
            (paths.map(|path| site.inode(path)), fs::metadata(site.root.path()).unwrap().modified().unwrap());
        assert_eq!(before, after);
    }
}

#[test]
fn change_rewrites_only_the_changed_file() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(&[("a.html", "1"), ("b/c.html", "1"), ("d", "12")]);
        let before = ["a.html", "b/c.html", "d"].map(|path| site.inode(path));
        let exchanged = site.way == Exchange::WhenPossible;
        // `d` changes, but not its length.
        assert_eq!(site.build(&[("a.html", "1"), ("b/c.html", "1"), ("d", "13")]), (1, 2, 0, exchanged));
        let after = ["a.html", "b/c.html", "d"].map(|path| site.inode(path));
        assert_eq!(before[..2], after[..2]);
        assert_ne!(before[2].0, after[2].0);
        assert_eq!(site.public(), tree_of(&[("a.html", "1"), ("b/c.html", "1"), ("d", "13")]));
    }
}

#[test]
fn removal_takes_the_empty_folders_along() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(&[("a.html", "1"), ("b/c/d.html", "1"), ("b/e.html", "1")]);
        assert_eq!(site.build(&[("a.html", "1"), ("b/e.html", "1")]).2, 1);
        assert_eq!(site.public(), tree_of(&[("a.html", "1"), ("b/e.html", "1")]));
        assert_eq!(site.build(&[]).2, 2);
        assert_eq!(site.public(), Tree::new());
    }
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    for site in [Site::new(), Site::one_by_one()] {
        for files in
            [&[("a", "1"), ("b/c/d", "2")][..], &[("a/x", "1"), ("b", "2")], &[("a", "3"), ("b/c", "4")]]
        {
            site.build(files);
            assert_eq!(site.public(), tree_of(files));
        }
    }
}

#[test]
fn a_published_file_that_was_changed_or_lost_is_restored() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        fs::write(site.at("public/index.html"), "改").unwrap();
        fs::remove_dir_all(site.at("public/zh-hans")).unwrap();
        assert_eq!(site.build(TWO).0, 2);
        assert_eq!(site.public(), tree_of(TWO));
    }
}

#[test]
fn foreign_files_are_kept() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        let public = site.at("public");
        fs::write(public.join("CNAME"), "example.org").unwrap();
        fs::create_dir_all(public.join(".git/objects/empty")).unwrap();
        fs::write(public.join(".git/HEAD"), "ref").unwrap();
        fs::write(public.join("zh-hans/ai/own.txt"), "mine").unwrap();
        symlink("nowhere", public.join("dangling")).unwrap();
        symlink("../../content", public.join("zh-hans/link")).unwrap();
        fs::set_permissions(public.join(".git/objects"), fs::Permissions::from_mode(0o500)).unwrap();
        let changes = site.try_build(&[("index.html", "新")]).unwrap();
        assert!(
            changes.notes.contains(&"kept 5 files that jianbao did not write".to_owned()),
            "{:?}",
            changes.notes
        );
        site.assert_no_leftovers();
        let mut expected = tree_of(&[
            ("index.html", "新"),
            ("CNAME", "example.org"),
            (".git/HEAD", "ref"),
            ("zh-hans/ai/own.txt", "mine"),
            ("dangling", "-> nowhere"),
            ("zh-hans/link", "-> ../../content"),
        ]);
        expected.extend(tree_of(&[(".git/objects/empty/", "")]));
        assert_eq!(site.public(), expected);
        let mode = |path: &str| fs::metadata(public.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(".git/objects"), 0o500);
    }
}

#[test]
fn the_output_folder_keeps_its_permissions() {
    let site = Site::new();
    site.build(TWO);
    fs::set_permissions(site.at("public"), fs::Permissions::from_mode(0o711)).unwrap();
    site.build(&[("index.html", "新")]);
    assert_eq!(fs::metadata(site.at("public")).unwrap().permissions().mode() & 0o777, 0o711);
}

#[test]
fn foreign_collision_is_refused() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        fs::write(site.at("public/own"), "mine").unwrap();
        fs::create_dir_all(site.at("public/folder/empty")).unwrap();
        symlink("../content", site.at("public/link")).unwrap();
        fs::write(site.at("public/zh-hans/own"), "mine").unwrap();
        let way = |page: &str| format!("jianbao did not write it, and it stands in the way of `{page}`");
        refused(&site, &[("own", "ours")], &format!("`public/own`: {}", way("own")));
        refused(&site, &[TWO, &[("own", "mine")]].concat(), "stands in the way of `own`");
        refused(&site, &[("own/index.html", "ours")], &way("own/index.html"));
        refused(&site, &[("folder", "ours")], &way("folder"));
        refused(&site, &[("link/index.html", "ours")], &way("link/index.html"));
        refused(&site, &[("zh-hans", "ours")], &format!("`public/zh-hans/own`: {}", way("zh-hans")));
        assert_eq!(tree(&site.at("content")), Tree::new());
    }
}

#[test]
fn a_link_in_the_place_of_our_file_is_not_looked_through() {
    let site = Site::new();
    site.build(&[("a/index.html", "1")]);
    fs::rename(site.at("public/a"), site.at("content/a")).unwrap();
    symlink("../content/a", site.at("public/a")).unwrap();
    refused(&site, &[("a/index.html", "1")], "stands in the way of `a/index.html`");
    assert_eq!(tree(&site.at("content")), tree_of(&[("a/index.html", "1")]));
}

#[test]
fn a_link_that_took_our_files_place_is_foreign() {
    for site in [Site::new(), Site::one_by_one()] {
        fs::write(site.at("content/a"), "1").unwrap();
        site.build(&[("a", "1"), ("b", "1")]);
        fs::remove_file(site.at("public/a")).unwrap();
        symlink("../content/a", site.at("public/a")).unwrap();
        refused(&site, &[("a", "1"), ("b", "2")], "stands in the way of `a`");
        site.build(&[("b", "2")]);
        assert_eq!(site.public(), tree_of(&[("a", "-> ../content/a"), ("b", "2")]));
    }
}

#[test]
fn dangerous_outputs_are_refused() {
    let site = Site::new();
    fs::create_dir_all(site.at("content/deep")).unwrap();
    symlink("content", site.at("a-link")).unwrap();
    symlink("public", site.at("content/to-public")).unwrap();
    symlink("nowhere", site.at("content/dangling")).unwrap();
    fs::write(site.at("content/file"), "x").unwrap();
    let cases = [
        ("content", "it would replace the source folder"),
        ("content/", "it would replace the source folder"),
        ("public/../content", "it would replace the source folder"),
        ("content/deep", "it lies in the source folder"),
        ("content/new/public", "it lies in the source folder"),
        ("a-link/new", "it lies in the source folder"),
        ("new/../templates/public", "it lies in the source folder"),
        ("", "it would replace the site's own folder"),
        ("content/..", "it would replace the site's own folder"),
        ("..", "it would replace the site's own folder"),
        ("a-link", "it is a link"),
        ("a-link/", "it is a link"),
        ("a-link/.", "it is a link"),
        ("content/dangling", "it is a link"),
    ];
    let before = site.whole();
    let (content, templates) = (site.at("content"), site.at("templates"));
    for (output, message) in cases {
        let error = Staging::open(&site.at(output), site.root.path(), &[&content, &templates]).err().unwrap();
        assert!(error.to_string().contains(message), "{output}: {error}");
        assert!(error.help().is_some());
    }
    for (output, message) in
        [("content/file", "it is not a folder"), ("content", "holds files that jianbao did not write")]
    {
        let error = Staging::open(&site.at(output), &site.at("elsewhere"), &[]).err().unwrap();
        assert!(error.to_string().starts_with("refusing to replace `"), "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
    let error = Staging::open(Path::new("/"), site.root.path(), &[]).err().unwrap();
    assert!(error.to_string().contains("it is the top of the file system"), "{error}");
    let error = Staging::open(&site.at("content/file/public"), &site.at("elsewhere"), &[]).err().unwrap();
    assert!(error.to_string().contains("not a directory"), "{error}");
    assert_eq!(site.whole(), before);
}

#[test]
fn a_source_inside_the_output_is_refused_through_a_link() {
    let site = Site::new();
    fs::create_dir_all(site.at("public/content")).unwrap();
    symlink("public/content", site.at("a-link")).unwrap();
    let sources: &[&Path] = &[&site.at("a-link")];
    let error = Staging::open(&site.at("public"), site.root.path(), sources).err().unwrap();
    assert!(error.to_string().contains("it would replace the source folder"), "{error}");
}

#[test]
fn a_folder_that_others_use_is_refused() {
    let site = Site::new();
    fs::create_dir_all(site.at("public/photos")).unwrap();
    refused(&site, TWO, "refusing to replace `public`: it holds files that jianbao did not write");
    // A manifest that is no file is none of ours.
    symlink("../content", site.at("public/.jianbao-manifest")).unwrap();
    refused(&site, TWO, "it holds files that jianbao did not write");
}

#[test]
fn a_second_build_is_refused_while_one_runs() {
    let site = Site::new();
    let first = site.open().unwrap();
    let (text, help) = said(&site, &site.open().err().unwrap());
    assert_eq!(text, "cannot publish to `public`: another build is running");
    assert!(help.contains("wait"));
    build(first, TWO).unwrap();
    site.build(TWO);
}

#[test]
fn two_outputs_in_one_folder_are_built_at_once() {
    let site = Site::new();
    let open = |path: &str| Staging::open(&site.at(path), &site.at("content"), &[]).unwrap();
    for _ in 0..2 {
        let (one, two) = (open("public"), open("a-link"));
        one.put(file("index.html", "一")).unwrap();
        build(two, TWO).unwrap();
        one.commit().unwrap();
        site.assert_no_leftovers();
        fs::remove_dir_all(site.at("a-link")).unwrap();
    }
    assert_eq!(site.public(), tree_of(&[("index.html", "一")]));
}

#[test]
fn builds_of_one_output_exclude_each_other() {
    let site = Site::new();
    let inside = AtomicBool::new(false);
    let build = |turn: usize| {
        let staging = loop {
            match site.open() {
                Ok(staging) => break staging,
                Err(error) => assert!(error.to_string().ends_with("another build is running"), "{error}"),
            }
            thread::sleep(Duration::from_micros(100));
        };
        assert!(!inside.swap(true, Ordering::SeqCst), "two builds at once");
        staging.put(file("index.html", &turn.to_string())).unwrap();
        inside.store(false, Ordering::SeqCst);
        // The first ones leave nothing behind, so that the folder comes and goes.
        if turn >= 30 {
            staging.commit().unwrap();
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..60).for_each(build));
        }
    });
    assert_eq!(site.public(), tree_of(&[("index.html", "59")]));
    site.assert_no_leftovers();
}

#[test]
fn drop_without_commit_leaves_everything_as_it_was() {
    let site = Site::new();
    site.build(TWO);
    let before = site.whole();
    let staging = site.open().unwrap();
    staging.put(file("index.html", "新")).unwrap();
    assert_ne!(site.whole(), before, "the test should see the staged tree");
    drop(staging);
    assert_eq!(site.whole(), before);
}

#[test]
fn stale_trees_are_cleared_and_nothing_else() {
    let site = Site::new();
    let keep = [
        ".public.jianbao-",
        ".public.jianbao-1a",
        ".public2.jianbao-1",
        "public.jianbao-1",
        ".public.jianbao-lock",
    ];
    for name in keep.into_iter().chain([".public.jianbao-1"]) {
        fs::create_dir_all(site.at(name).join("inside")).unwrap();
    }
    symlink("content", site.at(".public.jianbao-2")).unwrap();
    fs::write(site.at(".public.jianbao-3"), "").unwrap();
    drop(site.open().unwrap());
    assert!(!site.at(".public.jianbao-1").exists());
    assert!(keep.iter().all(|name| site.at(name).join("inside").is_dir()));
    assert!(site.at(".public.jianbao-2").exists() && site.at(".public.jianbao-3").exists());
}

#[test]
fn the_manifest_depends_on_the_paths_only() {
    let read = |site: &Site| fs::read_to_string(site.at("public/.jianbao-manifest")).unwrap();
    let (one, other) = (Site::new(), Site::one_by_one());
    one.build(&[("b/c", "1"), ("a", "2")]);
    other.build(&[("x", "2")]);
    other.build(&[("a", "3"), ("b/c", "4")]);
    assert_eq!(read(&one), read(&other));
    assert!(read(&one).starts_with("jianbao manifest 1\na\nb/c\nchecksum fnv1a64 "));
}

#[test]
fn damaged_manifest_means_a_full_build() {
    for site in [Site::new(), Site::one_by_one()] {
        let files = [("a", "1"), ("b.html", "1"), ("c", "1"), ("d", "1"), ("e", "1")];
        let after = [("a", "1"), ("c", "2"), ("d", "1"), ("e", "2")];
        for cut in 0..110 {
            let _ = fs::remove_dir_all(site.at("public"));
            site.build(&files);
            fs::write(site.at("public/b"), "foreign").unwrap();
            let manifest = fs::read(site.at("public/.jianbao-manifest")).unwrap();
            let cut = cut.min(manifest.len() - 1);
            fs::write(site.at("public/.jianbao-manifest"), &manifest[..cut]).unwrap();
            let changes = site.try_build(&after).unwrap();
            assert!(changes.notes.iter().any(|note| note.contains("damaged")));
            let mut expected = tree_of(&after);
            // Nobody knows any more whose they are.
            expected.extend([("b".into(), "foreign".into()), ("b.html".into(), "1".into())]);
            assert_eq!(changes.removed, 0);
            assert_eq!(site.public(), expected, "cut at {cut}");
            assert_eq!(site.build(&after), (0, 4, 0, false));
            if cut == manifest.len() - 1 {
                break;
            }
        }
    }
}

#[test]
fn damaged_manifest_is_mended_when_nothing_else_changed() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        let manifest = fs::read_to_string(site.at("public/.jianbao-manifest")).unwrap();
        for damage in [
            manifest.replace("manifest 1", "manifest 2"),
            manifest.replace("checksum", "checksun"),
            "".into(),
        ] {
            fs::write(site.at("public/.jianbao-manifest"), damage).unwrap();
            site.build(TWO);
            assert_eq!(fs::read_to_string(site.at("public/.jianbao-manifest")).unwrap(), manifest);
            assert_eq!(site.build(TWO), (0, 2, 0, false));
        }
    }
}

#[test]
fn a_manifest_with_dangerous_lines_deletes_nothing_outside() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        fs::write(site.at("content/a.md"), "source").unwrap();
        let lines = format!(
            "jianbao manifest 1\n../content/a.md\n{}\nindex.html\n",
            site.at("content/a.md").display()
        );
        fs::write(site.at("public/.jianbao-manifest"), lines).unwrap();
        site.build(&[("new.html", "1")]);
        assert_eq!(tree(&site.at("content")), tree_of(&[("a.md", "source")]));
        let kept = [("new.html", "1"), ("index.html", "首页"), ("zh-hans/ai/index.html", "一")];
        assert_eq!(site.public(), tree_of(&kept));
    }
}

#[test]
fn a_name_added_to_the_manifest_by_hand_deletes_nothing() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(TWO);
        fs::write(site.at("public/CNAME"), "example.org").unwrap();
        fs::create_dir(site.at("public/own")).unwrap();
        fs::write(site.at("public/own/a"), "mine").unwrap();
        let manifest = fs::read_to_string(site.at("public/.jianbao-manifest")).unwrap();
        fs::write(site.at("public/.jianbao-manifest"), manifest + "CNAME\nown/a\nnowhere\n").unwrap();
        let changes = site.try_build(&TWO[..1]).unwrap();
        assert_eq!(changes.removed, 0);
        assert!(changes.notes.iter().any(|note| note == "kept 3 files that jianbao did not write"));
        let kept = [TWO, &[("CNAME", "example.org"), ("own/a", "mine")]].concat();
        assert_eq!(site.public(), tree_of(&kept));
        // The new manifest does not name them either.
        site.build(&[]);
        assert_eq!(site.public(), tree_of(&kept[1..]));
    }
}

#[test]
fn only_what_was_there_counts_as_removed_and_is_forgotten() {
    for site in [Site::new(), Site::one_by_one()] {
        site.build(&[("a", "1"), ("b", "1")]);
        fs::remove_file(site.at("public/b")).unwrap();
        assert_eq!(site.build(&[("a", "1")]).2, 0);
        fs::write(site.at("public/b"), "mine").unwrap();
        site.build(&[("a", "2")]);
        assert_eq!(site.public(), tree_of(&[("a", "2"), ("b", "mine")]));
    }
}

#[test]
fn dangerous_paths_are_refused() {
    let site = Site::new();
    let bad = [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a/..",
        ".",
        "a/./b",
        "a//b",
        "a/",
        "a\0b",
        "a\nb",
        ".jianbao-manifest",
        ".jianbao-manifest/a",
        ".jianbao-new/a",
    ];
    for path in bad {
        let staging = site.open().unwrap();
        let error = staging.put(file(path, "x")).unwrap_err();
        assert!(error.to_string().starts_with("refusing to write `"), "{path:?}: {error}");
        assert!(!error.to_string().contains(char::is_control), "{path:?}: {error}");
        // A build that lacks a file is not published.
        assert_eq!(staging.commit().unwrap_err(), error);
        assert!(!site.at("public").exists());
    }
    site.build(&[("..a/b../...", "1"), ("a/.jianbao-manifest", "2"), ("反斜\\线:", "3")]);
}

#[test]
fn one_path_for_one_file() {
    for second in ["a/b", "a", "a/b/c"] {
        let site = Site::new();
        let staging = site.open().unwrap();
        staging.put(file("a/b", "1")).unwrap();
        let error = staging.put(file(second, "2")).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        staging.commit().unwrap_err();
        assert!(!site.at("public").exists());
        site.assert_no_leftovers();
    }
}

#[test]
fn several_threads_put() {
    let site = Site::new();
    let staging = site.open().unwrap();
    thread::scope(|scope| {
        for thread in 0..8 {
            let staging = &staging;
            scope.spawn(move || {
                for page in 0..50 {
                    staging.put(file(&format!("s{}/{page}/t{thread}.html", page % 5), "x")).unwrap();
                }
            });
        }
    });
    assert_eq!(staging.commit().unwrap().written, 400);
    assert_eq!(site.public().keys().filter(|path| path.ends_with(".html")).count(), 400);
}

#[test]
fn a_published_tree_that_vanishes_during_the_build_is_an_error() {
    let site = Site::new();
    site.build(TWO);
    let staging = site.open().unwrap();
    staging.put(file("index.html", "首页")).unwrap();
    staging.put(file("new.html", "新")).unwrap();
    fs::remove_dir_all(site.at("public")).unwrap();
    let error = staging.commit().unwrap_err();
    assert_eq!(said(&site, &error).0, "cannot keep public/index.html: no such file or directory");
    site.assert_no_leftovers();
    site.build(TWO);
}

#[test]
fn a_long_name_is_an_error_that_names_it() {
    let site = Site::new();
    site.build(TWO);
    let long = "长".repeat(100);
    let before = site.whole();
    let error = site.try_build(&[("a", "1"), (&long, "x")]).unwrap_err();
    assert_eq!(said(&site, &error).0, format!("cannot write public/{long}: file name too long"));
    assert_eq!(site.whole(), before);
}

// ---- While a build runs ----

/// One version of a site whose files all carry its number; even versions have more pages than odd ones.
fn version(number: usize) -> Vec<(String, String)> {
    let pages = if number.is_multiple_of(2) { 40 } else { 30 };
    let mut files: Vec<_> =
        (0..pages).map(|i| (format!("s{}/{i}/index.html", i % 3), format!("版本 {number} {i}"))).collect();
    files.push(("index.html".into(), format!("{number} ").repeat(3000)));
    files.push(("same.css".into(), "the same in all versions".into()));
    files
}

fn build_version(staging: Staging, number: usize) -> Result<Changes, Error> {
    let files = version(number);
    build(staging, &files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect::<Vec<_>>())
}

fn number_in(index: &str) -> usize {
    let words: Vec<&str> = index.split_whitespace().collect();
    assert!(words.len() == 3000 && words.iter().all(|word| *word == words[0]), "torn: {index:.40}");
    words[0].parse().unwrap()
}

fn assert_whole(public: &Tree) -> usize {
    let number = number_in(&public["index.html"]);
    let files = version(number);
    assert_eq!(*public, tree_of(&files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect::<Vec<_>>()));
    number
}

#[test]
fn a_reader_never_sees_a_missing_or_mixed_page() {
    let site = Site::new();
    build_version(site.open().unwrap(), 0).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut last, mut reads) = (0, 0);
            while !done.load(Ordering::Relaxed) {
                let index = number_in(
                    &fs::read_to_string(site.at("public/index.html")).expect("index.html is there"),
                );
                let page = fs::read_to_string(site.at("public/s1/1/index.html")).expect("a page is there");
                let page = page.split(' ').nth(1).unwrap().parse().unwrap();
                // Opened one after the other, the files may stem from two builds, but never go back.
                assert!(last <= index && index <= page, "{last} {index} {page}");
                (last, reads) = (page, reads + 1);
            }
            reads
        });
        let built: Result<Vec<_>, _> = (1..=50).map(|number| build_version(site.open()?, number)).collect();
        done.store(true, Ordering::Relaxed);
        built.unwrap();
        assert!(reader.join().unwrap() > 50);
    });
    assert_eq!(assert_whole(&site.public()), 50);
}

const ROOT: &str = "JIANBAO_TEST_ROOT";
const TASK: &str = "JIANBAO_TEST_TASK";

/// Not a test of its own: what the tests below run in another process.
#[test]
fn child() {
    let (Some(root), Some(task)) = (env::var_os(ROOT), env::var_os(TASK)) else { return };
    let root = Path::new(&root);
    match task.to_str().unwrap() {
        "rebuild" => rebuild(root, Exchange::WhenPossible),
        "rebuild one by one" => rebuild(root, Exchange::Never),
        "large file" => fails(root, &"x".repeat(1 << 20), "cannot write public/page.html: file too large"),
        "no handles" => {
            let staging = open(root, Exchange::WhenPossible).unwrap();
            let mut handles = Vec::new();
            while let Ok(handle) = File::open("/dev/null") {
                handles.push(handle);
            }
            let error = staging.put(file("page.html", "新")).unwrap_err();
            assert!(error.to_string().ends_with("public/page.html: too many open files"), "{error}");
            assert!(error.help().unwrap().contains("ulimit -n"));
            drop(handles);
        }
        "few handles" => drop(build_version(open(root, Exchange::WhenPossible).unwrap(), 2).unwrap()),
        "write-protected" => fails(root, "新", "permission denied"),
        task => panic!("{task}"),
    }
}

fn rebuild(root: &Path, way: Exchange) {
    for number in 1..1_000 {
        build_version(open(root, way).unwrap(), number).unwrap();
    }
}

fn fails(root: &Path, bytes: &str, message: &str) {
    let error = build(open(root, Exchange::WhenPossible).unwrap(), &[("page.html", bytes)]).unwrap_err();
    let text = error.to_string().replace(&format!("{}/", root.display()), "");
    assert!(text.contains(message) && text.contains("public"), "{text}");
}

fn run_child(site: &Site, shell: &str, task: &str) -> Child {
    let test =
        module_path!().split_once("::").map_or("child".into(), |(_, module)| format!("{module}::child"));
    let mut command = Command::new("sh");
    command.args([OsStr::new("-c"), format!("{shell} exec \"$@\"").as_ref(), "sh".as_ref()]);
    command.arg(env::current_exe().unwrap()).args(["--exact", &test, "--test-threads=1"]);
    command.env(ROOT, site.root.path()).env(TASK, task).stdout(Stdio::null()).spawn().unwrap()
}

/// A build that fails in another process leaves no trace, and the next one works.
fn fails_without_a_trace(shell: &str, task: &str) {
    let site = Site::new();
    site.build(TWO);
    let before = site.whole();
    assert!(run_child(&site, shell, task).wait().unwrap().success(), "{task}");
    assert_eq!(site.whole(), before, "{task}");
    site.build(&[("page.html", "新")]);
}

/// A child that does not outlive its test, whatever becomes of the test.
struct Killed(Child);

impl Killed {
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        self.kill();
    }
}

fn killed(site: &Site, task: &str, mut check: impl FnMut(&Site)) {
    site.build(&[]);
    build_version(site.open().unwrap(), 0).unwrap();
    for kill in 0..20 {
        let mut child = Killed(run_child(site, "", task));
        let before = site.inode(".jianbao-manifest");
        // Until it builds, and then for a moment that is another one each time.
        for _ in 0..2000 {
            if site.at("public/.jianbao-manifest").exists() && site.inode(".jianbao-manifest") != before {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(kill * 1_700));
        child.kill();
        check(site);
        build_version(site.open().unwrap(), 0).unwrap();
        assert_eq!(assert_whole(&site.public()), 0);
        site.assert_no_leftovers();
    }
}

#[test]
fn a_killed_build_leaves_the_old_tree_or_the_new_one() {
    killed(&Site::new(), "rebuild", |site| {
        assert_whole(&site.public());
    });
}

#[test]
fn a_build_killed_while_it_replaces_files_one_by_one_is_completed_by_the_next() {
    killed(&Site::one_by_one(), "rebuild one by one", |site| {
        number_in(&fs::read_to_string(site.at("public/index.html")).unwrap());
    });
}

#[test]
fn a_file_that_cannot_be_written_leaves_no_trace() {
    fails_without_a_trace("trap '' XFSZ; ulimit -f 64;", "large file");
}

#[test]
fn too_many_open_files_leave_no_trace() {
    fails_without_a_trace("ulimit -n 40;", "no handles");
}

#[test]
fn a_build_needs_few_handles() {
    let site = Site::new();
    build_version(site.open().unwrap(), 1).unwrap();
    assert!(run_child(&site, "ulimit -n 16;", "few handles").wait().unwrap().success());
    assert_eq!(assert_whole(&site.public()), 2);
}

/// Whether permissions bind whoever runs the test.
fn is_bound_by_permissions(site: &Site) -> bool {
    let is_bound = site.root.path().metadata().unwrap().uid() != 0;
    if !is_bound {
        println!("skipped: permissions do not bind the super-user");
    }
    is_bound
}

#[test]
fn an_output_in_a_write_protected_folder_is_filled_one_by_one() {
    let site = Site::new();
    if !is_bound_by_permissions(&site) {
        return;
    }
    site.build(TWO);
    let protect = |mode| fs::set_permissions(site.root.path(), fs::Permissions::from_mode(mode)).unwrap();
    for mode in [0o500, 0o100] {
        protect(mode);
        let changes = site.try_build(&[("page.html", "新")]);
        let again = site.try_build(&[("page.html", "新")]);
        let dropped = site.open().map(|staging| staging.put(file("page.html", "丢")));
        let missing = Staging::open(&site.at("new"), &site.at("content"), &[]).err();
        protect(0o700);
        let changes = changes.unwrap();
        assert_eq!((changes.written, changes.removed, changes.exchanged), (1, 2, false));
        assert!(
            changes
                .notes
                .iter()
                .any(|note| note.ends_with("is write-protected: files were replaced one by one"))
        );
        assert_eq!(again.unwrap().written, 0);
        dropped.unwrap().unwrap();
        let missing = missing.unwrap().to_string();
        let folder = site.root.path().display();
        assert_eq!(missing, format!("cannot create a folder in {folder}: permission denied"));
        assert_eq!(site.public(), tree_of(&[("page.html", "新")]));
        site.assert_no_leftovers();
        site.build(TWO);
    }
}

#[test]
fn a_write_protected_output_leaves_no_trace() {
    let site = Site::new();
    if !is_bound_by_permissions(&site) {
        return;
    }
    site.build(TWO);
    let before = site.whole();
    let protect = |mode| {
        for path in ["", "public"] {
            fs::set_permissions(site.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    protect(0o500);
    let failed = run_child(&site, "", "write-protected").wait().unwrap();
    protect(0o700);
    assert!(failed.success());
    assert_eq!(site.whole(), before);
    site.build(&[("page.html", "新")]);
}

/// A small file system of its own, where the test may mount one.
struct Mount(PathBuf);

impl Mount {
    fn at(path: PathBuf, options: &str) -> Option<Self> {
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&path)
            .stderr(Stdio::null())
            .status();
        let is_mounted = mount.is_ok_and(|status| status.success());
        if !is_mounted {
            println!("skipped: this user may not mount a file system");
        }
        is_mounted.then(|| Self(path))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_no_trace() {
    for options in ["size=256k", "nr_inodes=64"] {
        let outer = TempDir::new().unwrap();
        let Some(_mount) = Mount::at(outer.path().into(), options) else { return };
        let site = Site { root: TempDir::new_in(outer.path()).unwrap(), way: Exchange::WhenPossible };
        fs::create_dir(site.at("content")).unwrap();
        site.build(TWO);
        let before = site.whole();
        let large = "x".repeat(4000);
        let files: Vec<_> = (0..80).map(|i| (format!("p{i}"), large.clone())).collect();
        let files: Vec<_> = files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect();
        let error = site.try_build(&files).unwrap_err();
        let (text, help) = said(&site, &error);
        assert!(
            text.starts_with("cannot write public/p") && text.ends_with(": no space left on device"),
            "{text}"
        );
        assert!(help.contains("free some space"));
        assert_eq!(site.whole(), before);
        site.build(&files[..10]);
    }
}

#[test]
fn an_output_that_is_a_mount_point_is_filled_one_by_one() {
    let site = Site::new();
    fs::create_dir(site.at("public")).unwrap();
    let Some(_mount) = Mount::at(site.at("public"), "size=1m") else { return };
    assert_eq!(site.build(TWO), (2, 0, 0, false));
    fs::write(site.at("public/CNAME"), "example.org").unwrap();
    let changes = site.try_build(&[("index.html", "首页"), ("a/b.css", "1")]).unwrap();
    assert_eq!(
        changes.notes.last().unwrap(),
        "this file system cannot exchange folders: files were replaced one by one"
    );
    assert_eq!(site.public(), tree_of(&[("index.html", "首页"), ("a/b.css", "1"), ("CNAME", "example.org")]));
    site.assert_no_leftovers();
}

#[test]
fn a_failure_while_files_are_replaced_one_by_one_is_mended_by_the_next_build() {
    let site = Site::one_by_one();
    site.build(&[("index.html", "1"), ("z/old.css", "1")]);
    let block = site.at("public/z");
    let chmod = |mode| fs::set_permissions(&block, fs::Permissions::from_mode(mode)).unwrap();
    let mount = Mount::at(block.clone(), "size=1m");
    chmod(0o500);
    if mount.is_none() && site.root.path().metadata().unwrap().uid() == 0 {
        return;
    }
    let error = site.try_build(&[("b.css", "2"), ("index.html", "2"), ("z/x.css", "2")]).unwrap_err();
    let (text, help) = said(&site, &error);
    assert!(text.starts_with("cannot write public/z/x.css: "), "{text}");
    assert!(help.contains("build again"), "{help}");
    site.assert_no_leftovers();
    // What pages need comes before them.
    let read = |path: &str| fs::read_to_string(site.at("public").join(path)).unwrap();
    assert_eq!((read("b.css"), read("index.html")), ("2".into(), "1".into()));
    drop(mount);
    chmod(0o700);
    site.build(&[("index.html", "3")]);
    assert_eq!(site.public(), tree_of(&[("index.html", "3")]));
}

#[test]
fn a_file_system_mounted_in_the_output_keeps_its_files() {
    let site = Site::new();
    site.build(TWO);
    fs::create_dir(site.at("public/photos")).unwrap();
    let Some(_mount) = Mount::at(site.at("public/photos"), "size=1m") else { return };
    fs::write(site.at("public/photos/1.jpg"), "photo").unwrap();
    assert_eq!(site.build(&[("index.html", "新")]), (1, 0, 1, false));
    assert_eq!(site.public(), tree_of(&[("index.html", "新"), ("photos/1.jpg", "photo")]));
    assert_ne!(
        fs::metadata(site.at("public/photos")).unwrap().dev(),
        fs::metadata(site.at("public")).unwrap().dev()
    );
}

// ---- Any sequence of builds ----

/// Files of one build: few names, so that builds meet, and none that needs a folder where another is a file.
fn any_build() -> impl Strategy<Value = BTreeMap<String, String>> {
    let path = "(a|b|c\\.html|keep)(/(a|b|d\\.css)){0,2}";
    prop::collection::btree_map(path, "[xy]{0,2}", 0..8).prop_map(|mut files| {
        files.retain(|path, _| path != "keep");
        let paths: Vec<String> = files.keys().cloned().collect();
        files.retain(|path, _| !paths.iter().any(|other| path.starts_with(&format!("{other}/"))));
        files
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_builds_leaves_the_last_one_and_the_foreign_files(
        builds in prop::collection::vec((any_build(), any::<bool>(), any::<bool>()), 1..6),
    ) {
        let mut site = Site::new();
        site.build(&[("first", "")]);
        fs::create_dir_all(site.at("public/keep/empty")).unwrap();
        fs::write(site.at("public/keep/own"), "mine").unwrap();
        symlink("keep", site.at("public/link")).unwrap();
        for (files, one_by_one, is_dropped) in &builds {
            site.way = if *one_by_one { Exchange::Never } else { Exchange::WhenPossible };
            let mut files: Vec<(&str, &str)> = files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect();
            if *is_dropped {
                let before = site.whole();
                let staging = site.open().unwrap();
                files.iter().for_each(|(path, bytes)| staging.put(file(path, bytes)).unwrap());
                drop(staging);
                prop_assert_eq!(site.whole(), before);
                continue;
            }
            site.build(&files);
            files.extend([("keep/own", "mine"), ("link", "-> keep")]);
            let mut expected = tree_of(&files);
            expected.insert("keep/empty/".into(), String::new());
            prop_assert_eq!(site.public(), expected);
            let clean = site.build(&files[..files.len() - 2]);
            prop_assert_eq!((clean.0, clean.2, clean.3), (0, 0, false));
        }
    }
}
