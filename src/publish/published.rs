//! The output folder as it stands: what jianbao wrote there before, and whether a file is still the same.
//!
//! In: the output folder. Out: answers. Reads only. A file counts as published if the manifest names it and it is a
//! plain file in plain folders: whoever put a link in its place did not mean jianbao to look through it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::Error;
use super::manifest::Manifest;
use super::paths;

/// The tree of the build before.
pub(super) struct Published {
    /// The output folder; it may not exist.
    pub(super) root: PathBuf,
    /// What of it is ours.
    pub(super) manifest: Manifest,
    is_plain: Mutex<HashMap<String, bool>>,
}

impl Published {
    pub(super) fn read(root: PathBuf) -> Result<Self, Error> {
        let manifest = Manifest::read(&root)?;
        Ok(Self { root, manifest, is_plain: Mutex::default() })
    }

    /// Whether this file is ours and holds these bytes.
    pub(super) fn has(&self, path: &str, bytes: &[u8]) -> bool {
        if !self.manifest.is_file(path) || !paths::folders(path).all(|folder| self.is_plain_folder(folder)) {
            return false;
        }
        let file = self.root.join(path);
        // What cannot be looked at is written anew.
        fs::symlink_metadata(&file).is_ok_and(|is| is.is_file() && is.len() == bytes.len() as u64)
            && holds(&file, bytes).unwrap_or(false)
    }

    /// Whether a file stands at a path, in plain folders.
    pub(super) fn is_there(&self, path: &str) -> bool {
        paths::folders(path).all(|folder| self.is_plain_folder(folder))
            && fs::symlink_metadata(self.root.join(path)).is_ok_and(|is| is.is_file())
    }

    /// Asked for every file, so answers are kept: a site has many files in few folders.
    fn is_plain_folder(&self, folder: &str) -> bool {
        let mut known = self.is_plain.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(is_plain) = known.get(folder) {
            return *is_plain;
        }
        let is_plain = fs::symlink_metadata(self.root.join(folder)).is_ok_and(|is| is.is_dir());
        known.insert(folder.into(), is_plain);
        is_plain
    }
}

/// Compares piece by piece: a film is not brought into memory a second time.
fn holds(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(file)?;
    let mut piece = [0; 16 * 1024];
    let mut rest = bytes;
    loop {
        let read = file.read(&mut piece)?;
        match rest.split_at_checked(read) {
            Some((expected, after)) if expected == &piece[..read] => rest = after,
            _ => return Ok(false),
        }
        if read == 0 {
            return Ok(rest.is_empty());
        }
    }
}
