//! What took long to make, kept for the next build in a folder of the site's root.
//!
//! In: bytes under a name that says all they depend on. Out: the same bytes, or nothing: an entry that is damaged, cut or
//! forged counts for nothing, and so does a folder that cannot be written, which is said once. The folder marks itself
//! as a cache and hides from version control. Never: a link followed, a file deleted that has no name of ours, a build
//! that fails because of it.

use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::plain;

/// The folder's name in the site's root.
pub const CACHE: &str = ".jianbao-cache";

/// By this, programs that copy or back up folders know a cache: <https://bford.info/cachedir/>.
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# What jianbao made for a site; it may be deleted at any time.\n",
);
const IGNORE: (&str, &str) = (".gitignore", "*\n");
const TITLE: &str = "jianbao cache 1";
/// The end of the name of a file that is being written.
const NEW: &str = ".new";

/// The cache of one site, for one build.
pub struct Cache {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The entries that this build has asked for or made.
    used: HashSet<String>,
    failure: Option<String>,
    is_ready: bool,
}

impl Cache {
    /// The cache of the site in `root`; nothing is created.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(CACHE), state: Mutex::default() }
    }

    /// What an earlier build has kept under this name.
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        // A device or a pipe might never end.
        if !is_plain(&self.folder, true) || !is_plain(&path, false) {
            return None;
        }
        let bytes = sound(name, fs::read(path).ok()?)?;
        self.state().used.insert(name.to_owned());
        Some(bytes)
    }

    /// Keeps bytes for the next build, if the folder can be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        if state.failure.is_some() {
            return;
        }
        state.used.insert(name.to_owned());
        let ready = if state.is_ready { Ok(()) } else { self.prepare() };
        state.is_ready = ready.is_ok();
        // The lock is not held while a file is written: others have other names.
        drop(state);
        if let Err(error) = ready.and_then(|()| self.write(name, bytes)) {
            self.state().failure.get_or_insert_with(|| plain(&error));
        }
    }

    /// Drops what this build had no use for, and says what kept it from keeping its own.
    pub fn tidy(&self) -> Option<String> {
        let state = self.state();
        if is_plain(&self.folder, true) {
            let entries = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
            for entry in entries {
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_ours(&name) && !state.used.contains(&name) {
                    // It may be the next one's.
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
        let cause = state.failure.as_ref()?;
        Some(format!("images are made anew next time, as {CACHE} cannot be written: {cause}"))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sees to it that the folder is there.
    fn prepare(&self) -> io::Result<()> {
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ if !is_plain(&self.folder, true) => {
                return Err(io::Error::new(ErrorKind::NotADirectory, "not a folder of its own"));
            }
            _ => {}
        }
        for (name, text) in [TAG, IGNORE] {
            match File::create_new(self.folder.join(name)) {
                Ok(mut file) => file.write_all(text.as_bytes())?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Another build may write or read the same entry: it gets its name when it is whole.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let new = self.folder.join(format!("{name}.{}{NEW}", std::process::id()));
        let written = fs::write(&new, [head(name, bytes).as_bytes(), bytes].concat())
            .and_then(|()| fs::rename(&new, self.folder.join(name)));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written
    }
}

/// Whether this is a folder, or a file, and no link to one.
fn is_plain(path: &Path, is_folder: bool) -> bool {
    fs::symlink_metadata(path).is_ok_and(|is| if is_folder { is.is_dir() } else { is.is_file() })
}

/// Whether a name is one that [`Cache::keep`] gives: a hash, for images a width, an ending.
fn is_ours(name: &str) -> bool {
    let hash = name.split(['-', '.']).next().unwrap_or_default();
    let has_end = [".webp", ".jpg", ".png", NEW].iter().any(|end| name.ends_with(end));
    hash.len() == 20 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && has_end
}

/// The first line of an entry: the length and the hash of what follows, which goes for this name only.
fn head(name: &str, bytes: &[u8]) -> String {
    let mut line = format!("{TITLE} {} ", bytes.len());
    for byte in Sha256::new().chain_update(name).chain_update([0]).chain_update(bytes).finalize() {
        line.push_str(&format!("{byte:02x}"));
    }
    line + "\n"
}

/// The bytes of an entry that is as it was written.
fn sound(name: &str, mut entry: Vec<u8>) -> Option<Vec<u8>> {
    let start = entry.iter().position(|byte| *byte == b'\n')? + 1;
    let bytes = entry.split_off(start);
    (entry == head(name, &bytes).as_bytes()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_and_every_flipped_byte_counts_for_nothing() {
        let entry = [head("a", b"picture").as_bytes(), b"picture"].concat();
        assert_eq!(sound("a", entry.clone()).as_deref(), Some(&b"picture"[..]));
        for at in 0..entry.len() {
            assert_eq!(sound("a", entry[..at].to_vec()), None, "cut at {at}");
            let mut flipped = entry.clone();
            flipped[at] ^= 1;
            assert_eq!(sound("a", flipped), None, "flipped at {at}");
        }
    }

    #[test]
    fn only_names_of_ours_are_dropped() {
        for name in [
            "0123456789abcdef0123-800.webp",
            "0123456789abcdef0123-1600.jpg.17.new",
            "0123456789abcdef0123.png",
        ] {
            assert!(is_ours(name), "{name}");
        }
        for name in ["CACHEDIR.TAG", ".gitignore", "photo-800.jpg", "0123456789abcdef0123-notes.txt"] {
            assert!(!is_ours(name), "{name}");
        }
    }
}
