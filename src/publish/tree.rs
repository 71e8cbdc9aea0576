//! The staged tree: a folder beside the output folder that nobody reads until it takes the output's place.
//!
//! In: files, links to published files, foreign entries. Out: a folder. It is created with the first file, so a build
//! that changes nothing touches nothing, and it is removed when dropped, so a build that fails leaves nothing. Never
//! overwrites a file: two that land on one name (`A.html`, `a.html` where case does not count) are an error.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::Error;
use super::guard::Place;
use super::paths::{self, WAITING};

impl Place {
    /// A path beside the output folder that belongs to jianbao: `.public.jianbao-17`.
    pub(super) fn sibling(&self, end: &str) -> PathBuf {
        self.parent.join(self.sibling_name(end))
    }

    fn sibling_name(&self, end: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".jianbao-");
        name.push(end);
        name
    }

    /// Removes the staged trees of builds that were killed, and says what could not be removed. Only for who holds
    /// the lock.
    pub(super) fn clear_stale(&self) -> Result<Vec<String>, Error> {
        let mut notes = Vec::new();
        let start = self.sibling_name("");
        let entries = match fs::read_dir(&self.parent) {
            // Then nothing of ours can be in it either.
            Err(e) if e.kind() == ErrorKind::PermissionDenied => return Ok(notes),
            entries => entries.map_err(|e| Error::io("read", &self.parent, &e))?,
        };
        for entry in entries {
            let entry = entry.map_err(|e| Error::io("read", &self.parent, &e))?;
            let name = entry.file_name();
            let end = name.as_encoded_bytes().strip_prefix(start.as_encoded_bytes());
            let is_staged = end.is_some_and(|end| !end.is_empty() && end.iter().all(u8::is_ascii_digit));
            if is_staged && entry.file_type().is_ok_and(|is| is.is_dir()) {
                // Another user's, perhaps. Our own has another name, so this is no reason not to build.
                let removed = remove(&entry.path()).map_err(|e| Error::io("remove", &entry.path(), &e));
                notes.extend(removed.err().map(|e| e.to_string()));
            }
        }
        Ok(notes)
    }
}

/// A tree being staged.
pub(super) struct Tree {
    /// Where it stands, once something is in it.
    pub(super) root: PathBuf,
    /// Whether it stands beside the output folder, so that the two can be exchanged. In a folder that is write-protected
    /// nothing can, and it stands in the output folder.
    pub(super) is_beside: bool,
    /// The folders that exist; empty as long as the root does not.
    folders: Mutex<HashSet<String>>,
}

/// How a file got into the staged tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// It is there.
    Here,
    /// It lies on another file system, e.g. because the output folder is a mount point.
    Elsewhere,
}

impl Tree {
    /// Chooses a name that is free; creates nothing.
    pub(super) fn beside(place: &Place) -> Self {
        if !may_write(&place.parent) {
            return Self { root: place.output.join(WAITING), is_beside: false, folders: Mutex::default() };
        }
        let process = std::process::id().to_string();
        let mut root = place.sibling(&process);
        // Taken only where there are no locks.
        for number in 0..100 {
            if fs::symlink_metadata(&root).is_err() {
                break;
            }
            root = place.sibling(&format!("{process}{number:02}"));
        }
        Self { root, is_beside: true, folders: Mutex::default() }
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.folder(paths::folder(path))?;
        File::create_new(self.root.join(path))?.write_all(bytes)
    }

    /// Creates a folder and those above it.
    pub(super) fn folder(&self, folder: &str) -> io::Result<()> {
        let mut made = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if made.is_empty() {
            fs::create_dir(&self.root)?;
            made.insert(String::new());
        }
        if !made.contains(folder) {
            fs::create_dir_all(self.root.join(folder))?;
            made.insert(folder.into());
        }
        Ok(())
    }

    /// Makes a published file appear in the staged tree, without a copy where the file system can.
    pub(super) fn link(&self, from: &Path, path: &Path) -> io::Result<Placed> {
        let to = self.root.join(path);
        match fs::hard_link(from, &to) {
            Ok(()) => Ok(Placed::Here),
            Err(e) if e.kind() == ErrorKind::CrossesDevices => Ok(Placed::Elsewhere),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => Err(e),
            // No links here, too many of them, or not to this user's file. A pipe would never end.
            Err(e) if fs::symlink_metadata(from).is_ok_and(|is| is.is_file()) => match fs::copy(from, &to) {
                Ok(_) => Ok(Placed::Here),
                Err(copy) if copy.kind() == ErrorKind::PermissionDenied => Err(e),
                Err(copy) => Err(copy),
            },
            Err(e) => Err(e),
        }
    }

    /// Removes the folder at the tree's place: after an exchange, the old tree.
    pub(super) fn remove(&self) -> io::Result<()> {
        let mut made = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.is_empty() {
            made.clear();
            remove(&self.root)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    use rustix::io::Errno;
    let wanted = Access::WRITE_OK | Access::EXEC_OK;
    !matches!(access(folder, wanted), Err(Errno::ACCESS | Errno::ROFS | Errno::PERM))
}

#[cfg(not(unix))]
fn may_write(_folder: &Path) -> bool {
    true
}

impl Drop for Tree {
    fn drop(&mut self) {
        // The next build clears what cannot be removed now.
        let _ = self.remove();
    }
}

/// Removes a folder and everything in it; one that is not there is removed already.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        Err(e) if e.kind() == ErrorKind::PermissionDenied => {
            open_up(folder);
            fs::remove_dir_all(folder)
        }
        Err(e) => Err(e),
    }
}

/// Lets us delete in folders that are write-protected, which a foreign tree may have. Folders are never linked, so no
/// published one is changed.
#[cfg(unix)]
fn open_up(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700));
        }
    }
}

#[cfg(not(unix))]
fn open_up(_folder: &Path) {}
