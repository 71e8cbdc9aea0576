//! The site of this repository: real, and built without a warning.

use crate::sites::{Ran, jianbao, tree};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(html: &str) -> String {
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let mut text = String::new();
    let mut in_tag = true;
    for c in main.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn builds_without_a_warning_and_says_enough() {
    let out = tempfile::tempdir().expect("a folder");
    let public = out.path().join("public");
    let ran: Ran = jianbao()
        .args(["build", "--format", "json", "--root"])
        .arg(root())
        .arg("--output")
        .arg(&public)
        .output()
        .expect("jianbao runs")
        .into();
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    // Its font has every character of its cards.
    assert!(!ran.stderr.contains("note:"), "{}", ran.stderr);
    let files = tree(&public);
    let han = |dir: &str| -> usize {
        let pages = files.iter().filter(|(path, _)| path.starts_with(dir) && path.ends_with(".html"));
        pages.map(|(_, bytes)| han_of_body(&String::from_utf8_lossy(bytes))).sum()
    };
    let (hans, hant) = (han("zh-hans/"), han("zh-hant/"));
    assert!(hans >= 3_200, "{hans} Han characters in the bodies");
    assert_eq!(hans, hant, "both editions say the same");
}

/// Han characters of the body, which is what stands in the element of that class.
fn han_of_body(html: &str) -> usize {
    let body = html.split("<div class=\"body\">").nth(1).unwrap_or_default();
    let text = text_of(&format!("<main>{body}"));
    text.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count()
}

#[test]
fn what_there_is_in_chinese_is_made_from_the_simplified_text() {
    let guide = ["conversion", "content", "theme", "navigation", "search", "hosting", "import"]
        .map(|name| format!("docs/{name}"));
    for document in std::iter::once("README".to_owned()).chain(guide) {
        let (hans, hant) = (format!("{document}.zh-Hans.md"), format!("{document}.zh-Hant.md"));
        let made: Ran = jianbao()
            .current_dir(root())
            .args(["convert", "--to", "zh-Hant", "--markdown", &hans])
            .output()
            .expect("jianbao runs")
            .into();
        let kept = std::fs::read_to_string(root().join(&hant)).expect("a document");
        assert_eq!(
            made.stdout, kept,
            "make it anew: jianbao convert --to zh-Hant --markdown {hans} > {hant}"
        );
    }
}
