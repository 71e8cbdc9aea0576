//! Embeds the default theme: this repository's `templates/` and `static/`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Rust source with two lists, sorted by name: templates as text, static files as bytes.
pub(crate) fn source(root: &Path) -> String {
    let mut source = String::new();
    list(
        &mut source,
        "pub(super) static TEMPLATES: &[(&str, &str)]",
        "include_str!",
        &root.join("templates"),
    );
    list(&mut source, "pub(super) static STATICS: &[(&str, &[u8])]", "include_bytes!", &root.join("static"));
    source
}

fn list(source: &mut String, head: &str, include: &str, folder: &Path) {
    let mut names = Vec::new();
    collect(folder, "", &mut names);
    names.sort();
    writeln!(source, "{head} = &[").expect("writing to a String");
    for name in names {
        let path = folder.join(&name);
        writeln!(source, "    ({name:?}, {include}({:?})),", path.display().to_string())
            .expect("writing to a String");
    }
    source.push_str("];\n");
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("a folder of the repository can be read");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}
