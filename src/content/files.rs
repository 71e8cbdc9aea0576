//! Walking a folder: sorted, regular files only, nothing that leaves the site.

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file whose bytes are read when they are needed.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path from the site's root, with `/` between its parts.
    pub path: String,
    bytes: Bytes,
}

#[derive(Debug, Clone)]
enum Bytes {
    OnDisk(PathBuf),
    Embedded(&'static [u8]),
}

impl File {
    pub(super) fn embedded(path: String, bytes: &'static [u8]) -> Self {
        Self { path, bytes: Bytes::Embedded(bytes) }
    }

    /// Reads it.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.bytes {
            Bytes::OnDisk(path) => std::fs::read(path),
            Bytes::Embedded(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// Reads it; a failure becomes a diagnostic.
    pub fn read_or_report(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
        self.read().map_err(|error| diagnostics.push(diagnostics::unreadable(&self.path, &error))).ok()
    }
}

/// The files below `root/folder`, sorted by path. A folder that is not there holds none.
pub(super) fn walk(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<File> {
    let top = root.join(folder);
    if !top.exists() {
        return Vec::new();
    }
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut files = Vec::new();
    let entries = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_leftover(entry)) {
        match entry {
            Ok(entry) => files.extend(regular_file(root, &real_root, &entry, diagnostics)),
            Err(error) => diagnostics.push(walk_error(root, &error)),
        }
    }
    files.sort_by(|a: &File, b: &File| a.path.cmp(&b.path));
    files
}

fn regular_file(
    root: &Path,
    real_root: &Path,
    entry: &DirEntry,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<File> {
    let Some(path) = site_path(root, entry.path()) else {
        diagnostics.push(diagnostics::name_not_utf8(&entry.path().display().to_string()));
        return None;
    };
    let outside = || entry.path().canonicalize().is_ok_and(|target| !target.starts_with(real_root));
    if entry.path_is_symlink() && outside() {
        diagnostics.push(diagnostics::link_leaves_site(&path));
        return None;
    }
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    if !kind.is_file() {
        diagnostics.push(diagnostics::not_a_file(&path));
        return None;
    }
    Some(File { path, bytes: Bytes::OnDisk(entry.path().to_path_buf()) })
}

/// A path as messages and routes have it, or nothing where a name is not Unicode.
fn site_path(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// What editors and systems leave behind, and everything hidden.
fn is_leftover(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name.as_ref(), "4913" | "Thumbs.db" | "desktop.ini")
}

fn walk_error(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|path| site_path(root, path)).unwrap_or_default();
    match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => diagnostics::link_loops(&path, &site_path(root, ancestor).unwrap_or_default()),
        (None, Some(cause)) => diagnostics::unreadable(&path, cause),
        (None, None) => diagnostics::unreadable(&path, &io::Error::other("unknown cause")),
    }
}
