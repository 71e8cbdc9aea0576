//! Raw newsroom text → content files.
//!
//! `tests/import/` holds raw texts with what is to be found in them beside them; `score` counts.

#[path = "import/command.rs"]
mod command;
#[path = "import/docx.rs"]
mod docx;
#[path = "import/nothing_lost.rs"]
mod nothing_lost;
#[path = "import/score.rs"]
mod score;

use jianbao::import::{Imported, import};
use jianbao::script::Dictionaries;
use std::path::{Path, PathBuf};

/// The raw texts, by name.
fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let entries =
        std::fs::read_dir(folder).expect("tests/import").map(|entry| entry.expect("an entry").path());
    let mut texts: Vec<(String, PathBuf)> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .collect();
    texts.sort();
    texts
}

fn imported(bytes: &[u8]) -> Imported {
    import(bytes, "无题", &Dictionaries::embedded()).expect("a page")
}
