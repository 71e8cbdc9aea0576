//! The one step in which the staged tree takes the place of the published one.
//!
//! In: two folders. Out: the two folders under each other's name, or the answer that this cannot be done here. A reader
//! who opens a path sees the old file or the new one; there is no moment between. Knows nothing of what the folders
//! hold, and deletes nothing.

use std::io;
use std::path::Path;

/// Writes everything to the disk that was written in this file system: one call for the whole tree, because a call for
/// each file would cost milliseconds for each.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

/// The most that can be said here without a call for each file.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Folders cannot be synced here.
#[cfg(not(unix))]
pub(super) fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the names in a folder last, where a folder can be synced.
pub(super) fn sync_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Exchanges two folders; `false` if the system or the file system cannot, in which case nothing has changed.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(staged: &Path, output: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staged, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // The flag is unknown to the file system or the kernel, or a sandbox forbids it …
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::PERM) => Ok(false),
        // … or the output is a mount point, or lies in a lower layer of an overlay.
        Err(Errno::XDEV | Errno::BUSY) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

/// There is no such call here.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_staged: &Path, _output: &Path) -> io::Result<bool> {
    Ok(false)
}
