//! Foreign files: what stands in the output folder without jianbao having written it (`CNAME`, `.git`, a hand-made
//! folder).
//!
//! In: the published tree and the paths of this build. Out: the entries to carry over, or an error where one stands in
//! the way of the site. A folder that only ever held our files is not foreign, and vanishes with them; an empty folder
//! that somebody made is kept. Nothing foreign is opened, followed or changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::Error;
use super::guard::Holds;
use super::paths::{self, Claims, MANIFEST, WAITING};
use super::published::Published;
use super::tree::{Placed, Tree};

const IN_THE_WAY: &str = "move it out of the output folder, or give the page another path";

/// What is kept although jianbao did not write it.
#[derive(Default)]
pub(super) struct Foreign {
    /// Relative to the output folder; a folder stands before what it holds.
    entries: Vec<(PathBuf, Kind)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    Link,
    File,
}

/// Walks the published tree. Nothing is written yet when this fails.
pub(super) fn survey(published: &Published, holds: Holds, claims: &Claims) -> Result<Foreign, Error> {
    let mut foreign = Foreign::default();
    if holds == Holds::Missing {
        return Ok(foreign);
    }
    let is_kept = |entry: &DirEntry| {
        entry.depth() != 1 || ![MANIFEST, WAITING].map(Some).contains(&entry.file_name().to_str())
    };
    let walk = WalkDir::new(&published.root).min_depth(1).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(is_kept) {
        let entry = entry.map_err(|e| unreadable(&published.root, e))?;
        let path = entry.path().strip_prefix(&published.root).unwrap_or(entry.path());
        let kind = match entry.file_type() {
            is if is.is_dir() => Kind::Folder,
            is if is.is_symlink() => Kind::Link,
            _ => Kind::File,
        };
        // Names that are no Unicode cannot be ours.
        let name = slashed(path);
        if name.as_deref().is_some_and(|name| is_ours(published, claims, name, &entry)) {
            continue;
        }
        if let Some(page) = name.as_deref().and_then(|name| collision(claims, name, kind)) {
            let reason = format!("jianbao did not write it, and it stands in the way of `{page}`");
            return Err(Error::refusal("refusing to replace", entry.path(), &reason, IN_THE_WAY));
        }
        foreign.entries.push((path.into(), kind));
    }
    Ok(foreign)
}

fn is_ours(published: &Published, claims: &Claims, name: &str, entry: &DirEntry) -> bool {
    let manifest = &published.manifest;
    // A damaged manifest has lost lines, or won some. A file at the path of a page was, as good as certainly, that
    // page, and is replaced; without this, the first build after the damage would be refused because of our own
    // files. Of all others nobody knows whose they are.
    match (entry.file_type().is_dir(), manifest.is_damaged()) {
        (true, true) => claims.is_folder(name),
        (true, false) => manifest.is_folder(name),
        (false, true) => entry.file_type().is_file() && claims.is_file(name),
        (false, false) => entry.file_type().is_file() && manifest.is_file(name),
    }
}

/// The file of this build that cannot stand beside a foreign entry.
fn collision<'a>(claims: &'a Claims, name: &'a str, kind: Kind) -> Option<&'a str> {
    if claims.is_file(name) {
        return Some(name);
    }
    if kind != Kind::Folder && claims.is_folder(name) {
        return claims.paths().find(|path| paths::folders(path).any(|folder| folder == name));
    }
    paths::folders(name).find(|folder| claims.is_file(folder))
}

impl Foreign {
    /// Whether there is nothing to carry over.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many files and links are kept.
    pub(super) fn files(&self) -> usize {
        self.entries.iter().filter(|(_, kind)| *kind != Kind::Folder).count()
    }

    /// Brings everything foreign into the staged tree.
    pub(super) fn carry(&self, published: &Published, tree: &Tree) -> Result<Placed, Error> {
        for (path, kind) in &self.entries {
            let from = published.root.join(path);
            let placed = carry_one(&from, path, *kind, tree).map_err(|e| Error::io("keep", &from, &e))?;
            if placed == Placed::Elsewhere {
                return Ok(placed);
            }
        }
        // Last, and the innermost first: a write-protected folder takes no more files.
        for (path, _) in self.entries.iter().rev().filter(|(_, kind)| *kind == Kind::Folder) {
            let from = published.root.join(path);
            copy_permissions(&from, &tree.root.join(path)).map_err(|e| Error::io("keep", &from, &e))?;
        }
        Ok(Placed::Here)
    }
}

fn carry_one(from: &Path, path: &Path, kind: Kind, tree: &Tree) -> io::Result<Placed> {
    let to = tree.root.join(path);
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match kind {
        Kind::Folder => fs::create_dir_all(&to).map(|()| Placed::Here),
        #[cfg(unix)]
        Kind::Link => std::os::unix::fs::symlink(fs::read_link(from)?, &to).map(|()| Placed::Here),
        _ => tree.link(from, path),
    }
}

/// Gives a folder of the staged tree the permissions that its published twin has.
pub(super) fn copy_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

fn slashed(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    names.map(|names| names.join("/"))
}

fn unreadable(root: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(root).to_owned();
    Error::io("read", &path, &error.into())
}
