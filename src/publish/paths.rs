//! The paths of one build: which are safe, and which are taken.
//!
//! In: paths as the stages made them, and as a manifest on disk names them. Out: yes, or the reason why not. Knows no
//! disk. The stages before have checked their urls; this is the last line of defence, so it is short and strict.

use std::collections::{BTreeMap, HashSet};

/// The name of the list of our files, at the top of the output folder.
pub(super) const MANIFEST: &str = ".jianbao-manifest";
/// The name of the folder that new files wait in, at the top of the output folder, when they are replaced one by one.
pub(super) const WAITING: &str = ".jianbao-new";

/// Whether a path may be written or deleted below the output folder; if not, why.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    // A manifest has one path a line: a line feed in a name would forge a line.
    if path.chars().any(char::is_control) {
        return Err("it has a control character");
    }
    // Elsewhere these are letters of a name like any other.
    if cfg!(windows) && path.contains(['\\', ':']) {
        return Err("it has a character that Windows reserves");
    }
    for name in path.split('/') {
        match name {
            "" => return Err("it is absolute, or a name in it is empty"),
            "." | ".." => return Err("it leads out of its folder"),
            _ => {}
        }
    }
    match path.split('/').next() {
        Some(MANIFEST | WAITING) => Err("jianbao keeps this name for itself"),
        _ => Ok(()),
    }
}

/// The folders above a path, from the outermost: `a/b/c` → `a`, `a/b`.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// The folder a path lies in; empty for a file at the top.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What became of a file that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It waits in the staged tree.
    Written,
    /// The published file has the same bytes.
    Unchanged,
}

/// The paths that this build has put so far, and the folders they need.
#[derive(Default)]
pub(super) struct Claims {
    files: BTreeMap<String, Option<Fate>>,
    folders: HashSet<String>,
}

impl Claims {
    /// Takes a path for one file. A path is taken once, and never both as a file and as a folder.
    pub(super) fn claim(&mut self, path: &str) -> Result<(), String> {
        if self.files.contains_key(path) {
            return Err("two files have this path".into());
        }
        if self.folders.contains(path) {
            return Err("other files need a folder of this name".into());
        }
        if let Some(file) = folders(path).find(|folder| self.files.contains_key(*folder)) {
            return Err(format!("`{file}` is a file already"));
        }
        self.files.insert(path.into(), None);
        self.folders.extend(folders(path).map(String::from));
        Ok(())
    }

    /// Notes what became of a claimed path.
    pub(super) fn settle(&mut self, path: String, fate: Fate) {
        self.files.insert(path, Some(fate));
    }

    /// Whether a file of this build has this path.
    pub(super) fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether files of this build lie below this path.
    pub(super) fn is_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// All paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths with this fate, sorted.
    pub(super) fn with(&self, fate: Fate) -> impl Iterator<Item = &str> {
        self.files.iter().filter(move |(_, is)| **is == Some(fate)).map(|(path, _)| path.as_str())
    }
}
