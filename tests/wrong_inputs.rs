//! Whole sites with one fault each: what their author is told, to the letter.

mod components;
mod links;
mod tables;
mod text;

use crate::sites::{DOT, Folder, SETTINGS};

/// A site with a page `content/a.md`, whose text begins in its fifth line, and these files.
fn site(markdown: &str, files: &[(&str, &str)]) -> Folder {
    let site = Folder::new();
    site.write("content/a.md", format!("+++\ntitle = \"题\"\n+++\n\n{markdown}\n"));
    for (path, text) in files {
        site.write(path, text);
    }
    site
}

/// What `build` says of a site that cannot be published.
#[track_caller]
fn says(markdown: &str, files: &[(&str, &str)], expected: &str) {
    said(&site(markdown, files), 1, expected);
}

/// What `build` says of a site that is published all the same.
#[track_caller]
fn warns(markdown: &str, files: &[(&str, &str)], expected: &str) {
    said(&site(markdown, files), 0, expected);
}

#[track_caller]
fn said(site: &Folder, status: i32, expected: &str) {
    let ran = site.run(&["build"]);
    assert_eq!(ran.stderr.trim_end(), expected.trim_matches('\n'), "{}", ran.stderr);
    assert_eq!(ran.status, status);
    assert_eq!(site.path("public").exists(), status == 0);
}

/// Nothing is said: it is no fault.
#[track_caller]
fn is_silent(markdown: &str, files: &[(&str, &str)]) {
    said(&site(markdown, files), 0, "");
}

/// The settings of a site that lets HTML through.
fn with_html() -> String {
    format!("{SETTINGS}[markdown]\nraw_html = true\n")
}
