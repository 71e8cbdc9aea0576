//! Trees as other tools have them: what is wrong in them is said, and nothing else.

use crate::sites::jianbao;
use std::path::Path;

/// Builds a copy of `tests/trees/NAME`; the codes and places of what is said.
fn said(name: &str) -> Vec<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trees").join(name);
    let copy = tempfile::tempdir().expect("a temporary folder");
    for entry in walkdir::WalkDir::new(&own).into_iter().filter_map(Result::ok) {
        let to = copy.path().join(entry.path().strip_prefix(&own).expect("below the tree"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
    let ran =
        jianbao().current_dir(copy.path()).args(["build", "--format", "json"]).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let lines = String::from_utf8(ran.stdout).expect("UTF-8");
    let place = |line: &str| {
        let said: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}:{}", text("code"), text("path").trim_start_matches("content/"), said["line"])
    };
    lines.lines().map(place).collect()
}

#[test]
fn a_guide_in_the_manner_of_vuepress_with_posts_of_jekyll() {
    let expected = [
        "external-image README.md:21",
        "missing-alt java/basis/java-basic-questions-01.md:30",
        "unknown-key posts/2023/hello.md:11",
        "shortcode posts/2023/hello.md:19",
    ];
    assert_eq!(said("guide"), expected);
}
