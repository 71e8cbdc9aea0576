//! One build at a time: a lock on the folder that contains the output folder.
//!
//! In: that folder, which is created if it is missing. Out: a handle; the lock is let go and a created folder that is
//! still empty vanishes when it is dropped, so that also a killed build leaves no lock behind. On Unix the folder
//! itself is locked and no lock file exists; elsewhere a folder cannot be locked, and a file beside the output is.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::error::Error;
use super::guard::Place;

const WAIT: &str = "wait until it has finished, and build again";

/// The right to publish, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: Handle,
    /// Whether the file system can lock at all: if not, another build may be running.
    pub(super) is_exclusive: bool,
    _created: Created,
}

impl Lock {
    pub(super) fn take(place: &Place) -> Result<Self, Error> {
        let created = Created::folders(&place.parent)?;
        let file = Handle::open(place)?;
        let is_exclusive = match file.0.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                let what = "cannot publish to";
                return Err(Error::refusal(what, &place.output, "another build is running", WAIT));
            }
            // Some network file systems have no locks; that is no reason never to publish there.
            Err(TryLockError::Error(_)) => false,
        };
        Ok(Self { file, is_exclusive, _created: created })
    }

    /// Makes the names in the locked folder last, where a folder can be synced.
    pub(super) fn sync(&self) -> std::io::Result<()> {
        if cfg!(unix) { self.file.0.sync_all() } else { Ok(()) }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process started meanwhile shares the handle until it runs its program.
        let _ = self.file.0.unlock();
        #[cfg(not(unix))]
        let _ = fs::remove_file(&self.file.1);
    }
}

#[cfg(unix)]
#[derive(Debug)]
struct Handle(File);

#[cfg(unix)]
impl Handle {
    fn open(place: &Place) -> Result<Self, Error> {
        File::open(&place.parent).map(Self).map_err(|e| Error::io("open", &place.parent, &e))
    }
}

#[cfg(not(unix))]
#[derive(Debug)]
struct Handle(File, PathBuf);

#[cfg(not(unix))]
impl Handle {
    fn open(place: &Place) -> Result<Self, Error> {
        let path = place.sibling("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        file.map(|file| Self(file, path.clone())).map_err(|e| Error::io("write", &path, &e))
    }
}

/// Folders that had to be created above the output; those that are empty at the end vanish.
#[derive(Debug)]
struct Created(Vec<PathBuf>);

impl Created {
    fn folders(path: &Path) -> Result<Self, Error> {
        let mut created = Self(Vec::new());
        let missing: Vec<_> = path.ancestors().take_while(|p| *p != Path::new("") && !p.exists()).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => created.0.push(folder.into()),
                // `a/..` is there as soon as `a` is; another build may have come first.
                Err(_) if folder.is_dir() => {}
                Err(e) => return Err(Error::io("create", folder, &e)),
            }
        }
        Ok(created)
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Fails where something was published, which is as it should be.
            let _ = fs::remove_dir(folder);
        }
    }
}
