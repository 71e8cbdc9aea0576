//! One build at a time for each output folder: a lock on that folder itself, so that no lock file is left behind, not
//! even by a build that was killed, and two outputs in one folder have nothing to do with each other.
//!
//! In: the output folder, which is created if it is missing, with the folders above it. Out: a handle; when it is
//! dropped the lock is let go, and created folders that are still empty vanish. Elsewhere than on Unix a folder cannot
//! be locked, and a file beside the output is.
//!
//! The lock belongs to a folder and not to its name, which an exchange gives to another folder. So the staged tree is
//! locked too before it takes the name ([`Lock::also`]), and who has got a lock looks whether the folder still has
//! the name. So at any time whoever holds the lock of the folder that has the name is the only build there.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::Error;
use super::guard::Place;

const WAIT: &str = "wait until it has finished, and build again";

/// The right to publish, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    handles: Mutex<Vec<File>>,
    /// What is locked, if it was made for that.
    made: Option<PathBuf>,
    /// Whether the output folder was made to be locked: then nobody has seen a site in it.
    pub(super) made_output: bool,
    /// Whether the file system can lock at all: if not, another build may be running.
    pub(super) is_exclusive: bool,
    _created: Created,
}

impl Lock {
    pub(super) fn take(place: &Place) -> Result<Self, Error> {
        let created = Created::folders(&place.parent)?;
        let mut lock = Self {
            handles: Mutex::default(),
            made: None,
            made_output: false,
            is_exclusive: true,
            _created: created,
        };
        loop {
            let Some(file) = lock.open(place)? else { continue };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    // The folder is that of the other build.
                    lock.made = None;
                    let what = "cannot publish to";
                    return Err(Error::refusal(what, &place.output, "another build is running", WAIT));
                }
                // Some network file systems have no locks; that is no reason never to publish there.
                Err(TryLockError::Error(_)) => lock.is_exclusive = false,
            }
            if has_name(&file, &place.output).map_err(|e| Error::io("look at", &place.output, &e))? {
                lock.handles = Mutex::new(vec![file]);
                return Ok(lock);
            }
        }
    }

    /// Locks the tree that is about to take the output's name. Nobody knows it yet, so nothing stands against it.
    pub(super) fn also(&self, staged: &Path) {
        if cfg!(unix)
            && let Ok(file) = File::open(staged)
            && file.try_lock().is_ok()
        {
            self.handles.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        }
    }

    /// The folder to lock, made if it is missing. Nothing if it vanished at once.
    #[cfg(unix)]
    fn open(&mut self, place: &Place) -> Result<Option<File>, Error> {
        let made = fs::create_dir(&place.output);
        self.made_output = made.is_ok();
        self.made = self.made_output.then(|| place.output.clone());
        match made {
            Ok(()) => {}
            Err(_) if place.output.is_dir() => {}
            Err(e) if e.kind() == ErrorKind::AlreadyExists => return Ok(None),
            // The folder that must be writable is the one above.
            Err(e) => return Err(Error::io("create a folder in", &place.parent, &e)),
        }
        match File::open(&place.output) {
            Ok(file) => Ok(Some(file)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io("open", &place.output, &e)),
        }
    }

    #[cfg(not(unix))]
    fn open(&mut self, place: &Place) -> Result<Option<File>, Error> {
        let path = place.sibling("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        self.made = Some(path.clone());
        file.map(Some).map_err(|e| Error::io("write", &path, &e))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock is let go: whoever gets it then sees that the folder has gone.
        if let Some(made) = &self.made {
            // A folder in which something was published is not empty, which is as it should be.
            let _ = if cfg!(unix) { fs::remove_dir(made) } else { fs::remove_file(made) };
        }
        for file in self.handles.get_mut().unwrap_or_else(PoisonError::into_inner) {
            // Closing is not enough: a process started meanwhile shares the handle until it runs its program.
            let _ = file.unlock();
        }
    }
}

/// Whether a folder that is open still has its name.
#[cfg(unix)]
fn has_name(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let open = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(named) => Ok((named.dev(), named.ino()) == (open.dev(), open.ino())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

#[cfg(not(unix))]
fn has_name(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
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
