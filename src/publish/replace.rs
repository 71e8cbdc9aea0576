//! The way round where folders cannot be exchanged: files are replaced one by one.
//!
//! In: the published tree, the staged tree, the paths of this build. Out: the same output folder that an exchange
//! would have given. Every single file is old or new and never torn, and the order keeps pages whole: first what pages
//! need, then the pages, then deletions. Between the first file and the last the site is a mixture, which the caller
//! tells the user. Never touches a foreign file; before the first change a manifest is written that names the old
//! and the new files, so that a build killed on the way is taken up by the next one.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::Error;
use super::exchange;
use super::manifest::Manifest;
use super::paths::{self, Claims, Fate, MANIFEST, WAITING};
use super::published::Published;
use super::tree::{self, Tree};

const PARTIAL: &str =
    "the output may hold files of both builds; remove the cause and build again, which completes it";

/// Puts the written files in place and removes the others that were ours.
pub(super) fn replace(
    published: &Published,
    staged: &Tree,
    claims: &Claims,
    gone: &BTreeSet<&str>,
) -> Result<(), Error> {
    let waiting = Waiting::fetch(&published.root, staged, claims)?;
    // All that was ours, except by a damaged manifest: `gone` is empty then.
    let both: BTreeSet<&str> = gone.iter().copied().chain(claims.paths()).collect();
    waiting.manifest(Manifest::format(both.into_iter()))?;
    waiting.sync()?;
    let finish = || {
        let (first, last) = gone.iter().partition(|path| stands_in_the_way(claims, path));
        waiting.delete(first)?;
        let (pages, assets) = claims.with(Fate::Written).partition(|path| is_page(path));
        waiting.place(assets)?;
        waiting.place(pages)?;
        waiting.delete(last)?;
        waiting.manifest(Manifest::format(claims.paths()))?;
        waiting.sync()
    };
    finish().map_err(|e: Error| e.with_help(PARTIAL))
}

/// New files in a folder inside the output, which is on the same file system even if the output is a mount point.
struct Waiting<'a> {
    output: &'a Path,
    folder: PathBuf,
}

impl<'a> Waiting<'a> {
    fn fetch(output: &'a Path, staged: &Tree, claims: &Claims) -> Result<Self, Error> {
        let folder = output.join(WAITING);
        if staged.root == folder {
            return Ok(Self { output, folder });
        }
        tree::remove(&folder).map_err(|e| Error::io("remove", &folder, &e))?;
        let waiting = Self { output, folder };
        match fs::rename(&staged.root, &waiting.folder) {
            Ok(()) => {}
            Err(e) if e.kind() == ErrorKind::CrossesDevices => waiting.copy(staged, claims)?,
            Err(e) => return Err(Error::io("write", output, &e)),
        }
        Ok(waiting)
    }

    fn copy(&self, staged: &Tree, claims: &Claims) -> Result<(), Error> {
        fs::create_dir(&self.folder).map_err(|e| Error::io("write", self.output, &e))?;
        for path in claims.with(Fate::Written) {
            let to = self.folder.join(path);
            let copied = create_parent(&to).and_then(|()| fs::copy(staged.root.join(path), &to));
            copied.map_err(|e| Error::io("write", &self.output.join(path), &e))?;
        }
        Ok(())
    }

    fn manifest(&self, bytes: Vec<u8>) -> Result<(), Error> {
        let to = self.output.join(MANIFEST);
        let from = self.folder.join(MANIFEST);
        fs::write(&from, bytes).and_then(|()| fs::rename(&from, &to)).map_err(|e| Error::io("write", &to, &e))
    }

    fn place(&self, files: Vec<&str>) -> Result<(), Error> {
        for path in files {
            let to = self.output.join(path);
            let placed = create_parent(&to).and_then(|()| fs::rename(self.folder.join(path), &to));
            placed.map_err(|e| Error::io("write", &to, &e))?;
        }
        Ok(())
    }

    /// Deletes files, and the folders that are empty without them.
    fn delete(&self, files: Vec<&str>) -> Result<(), Error> {
        for path in files {
            let file = self.output.join(path);
            // Something else that took its place is not ours.
            if !fs::symlink_metadata(&file).is_ok_and(|is| is.is_file()) {
                continue;
            }
            fs::remove_file(&file).map_err(|e| Error::io("remove", &file, &e))?;
            for folder in paths::folders(path).collect::<Vec<_>>().into_iter().rev() {
                if fs::remove_dir(self.output.join(folder)).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn sync(&self) -> Result<(), Error> {
        exchange::sync(self.output).map_err(|e| Error::io("write", self.output, &e))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // The next build removes what cannot be removed now.
        let _ = tree::remove(&self.folder);
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Pages refer to all other files, so they come last.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Whether a file must go before the new ones come: one of them needs its name for a folder, or its folder's name.
fn stands_in_the_way(claims: &Claims, path: &str) -> bool {
    claims.is_folder(path) || paths::folders(path).any(|folder| claims.is_file(folder))
}
