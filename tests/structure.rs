//! The structure of the crate: a module uses only what stands above it in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The modules in the order of `lib.rs`.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(source("src/lib.rs")).expect("src/lib.rs");
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn files(module: &str) -> Vec<(PathBuf, String)> {
    let walk = walkdir::WalkDir::new(source("src").join(module)).into_iter().filter_map(Result::ok);
    let rust = walk.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    rust.map(|entry| (entry.path().to_path_buf(), fs::read_to_string(entry.path()).expect("a source file")))
        .collect()
}

/// The names that follow `crate::` in code, also in `use crate::{a, b}`.
fn used(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines().map(|line| line.split("//").next().unwrap_or_default()) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let list = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or(list));
            for part in list.split(',').take(if rest.starts_with('{') { usize::MAX } else { 1 }) {
                let name: String =
                    part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                names.push(name);
            }
        }
    }
    names
}

#[test]
fn modules_use_only_what_stands_above_them() {
    let modules = modules();
    assert!(modules.len() >= 12, "lib.rs lists the modules: {modules:?}");
    let mut arrows = 0;
    for (index, module) in modules.iter().enumerate() {
        let files = files(module);
        assert!(!files.is_empty(), "{module} has files");
        for (path, text) in files {
            for name in used(&text) {
                let Some(target) = modules.iter().position(|known| *known == name) else { continue };
                arrows += usize::from(target != index);
                assert!(target <= index, "{} uses {name}, which stands below {module}", path.display());
            }
        }
    }
    assert!(arrows > 20, "the scan finds imports: {arrows}");
}

#[test]
fn script_could_leave_as_a_crate_of_its_own() {
    for (path, text) in files("script") {
        let foreign: Vec<String> = used(&text).into_iter().filter(|name| name != "script").collect();
        assert!(foreign.is_empty(), "{} uses {foreign:?}", path.display());
    }
}

#[test]
fn images_are_a_function_of_bytes() {
    for (path, text) in files("images") {
        assert!(used(&text).iter().all(|name| name == "images"), "{} uses the crate", path.display());
    }
}

#[test]
fn only_the_pipeline_has_threads_and_only_content_and_publish_touch_the_disk() {
    for module in modules() {
        for (path, text) in files(&module) {
            let place = path.display();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if !["content", "publish", "commands"].contains(&module.as_str()) {
                assert!(!code.contains("std::fs"), "{place} touches the disk");
            }
            // The preview waits for browsers and for the disk beside whoever builds.
            if !["pipeline", "serve"].contains(&module.as_str()) {
                assert!(!code.contains("rayon") && !code.contains("thread::"), "{place} starts threads");
            }
        }
    }
}
