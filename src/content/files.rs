//! Walking a folder: sorted, regular files only, nothing that leaves the site.

use super::{decode, diagnostics};
use crate::diagnostic::Diagnostic;
use std::ffi::OsStr;
use std::io::{self, Read};
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

    /// A file outside the site, which a command has found.
    pub fn outside(path: PathBuf) -> Self {
        Self { path: path.display().to_string(), bytes: Bytes::OnDisk(path) }
    }

    /// How many bytes it has, and the first of them.
    pub fn beginning(&self, most: u64) -> io::Result<(u64, Vec<u8>)> {
        match &self.bytes {
            Bytes::OnDisk(path) => {
                let file = std::fs::File::open(path)?;
                let mut bytes = Vec::new();
                let length = file.metadata()?.len();
                file.take(most).read_to_end(&mut bytes)?;
                Ok((length, bytes))
            }
            Bytes::Embedded(bytes) => Ok((bytes.len() as u64, bytes.to_vec())),
        }
    }

    /// Reads it.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match &self.bytes {
            Bytes::OnDisk(path) => std::fs::read(path),
            Bytes::Embedded(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// Its text, as a source's is read: strict UTF-8.
    pub fn text(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let bytes = self.read_or_report(diagnostics)?;
        decode::text(&self.path, bytes, diagnostics)
    }

    /// Reads it; a failure becomes a diagnostic.
    pub fn read_or_report(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
        self.read().map_err(|error| diagnostics.push(diagnostics::cannot_read(&self.path, &error))).ok()
    }
}

/// What is passed over in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Everything whose name begins with a dot.
    Left,
    /// Leftovers of editors and systems only: `.nojekyll` and `.well-known` are published.
    Taken,
}

/// The files below `root/folder`, sorted by path. A folder that is not there holds none.
pub(super) fn walk(
    root: &Path,
    folder: &str,
    hidden: Hidden,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<File> {
    let top = root.join(folder);
    match top.metadata() {
        Ok(kind) if !kind.is_dir() => {
            diagnostics.push(diagnostics::no_folder(folder));
            return Vec::new();
        }
        Err(_) if top.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) => {
            return Vec::new();
        }
        // What else is wrong with it the walk finds out.
        _ => {}
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let bounds = Bounds { root, real_root: real(root), real_top: real(&top) };
    let mut files = Vec::new();
    let mut entries = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // Emacs locks a file with a link that leads nowhere.
                let name = error.path().and_then(Path::file_name);
                if !name.is_some_and(|name| is_leftover(name, hidden)) {
                    diagnostics.push(walk_error(root, &error));
                }
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        match (!is_leftover(entry.file_name(), hidden)).then(|| bounds.check(&entry)) {
            Some(Ok(_)) if is_folder => {}
            Some(Ok(path)) => files.push(File { path, bytes: Bytes::OnDisk(entry.into_path()) }),
            refused => {
                diagnostics.extend(refused.and_then(Result::err));
                // What is passed over or refused is not looked into.
                if is_folder {
                    entries.skip_current_dir();
                }
            }
        }
    }
    files.sort_by(|a: &File, b: &File| a.path.cmp(&b.path));
    files
}

/// A file that the settings name; nothing where there is no such file, or where it leads out of the site.
pub(super) fn named(root: &Path, path: &str) -> Option<File> {
    let place = root.join(path);
    let (real_root, real) = (root.canonicalize().ok()?, place.canonicalize().ok()?);
    let is_file = real.starts_with(real_root) && real.metadata().is_ok_and(|kind| kind.is_file());
    is_file.then(|| File { path: path.to_owned(), bytes: Bytes::OnDisk(place) })
}

/// What a walk must stay in: the site's folder as the caller names it, and with links resolved.
struct Bounds<'a> {
    root: &'a Path,
    real_root: PathBuf,
    real_top: PathBuf,
}

impl Bounds<'_> {
    /// The path of a file or folder that may be read; otherwise why not.
    fn check(&self, entry: &DirEntry) -> Result<String, Diagnostic> {
        let Some(path) = site_path(self.root, entry.path()) else {
            let path = entry.path().strip_prefix(self.root).unwrap_or(entry.path());
            return Err(diagnostics::name_not_utf8(&path.to_string_lossy()));
        };
        if path.chars().any(char::is_control) {
            return Err(diagnostics::name_with_control(&path));
        }
        if entry.path_is_symlink()
            && let Ok(target) = entry.path().canonicalize()
        {
            if !target.starts_with(&self.real_root) {
                return Err(diagnostics::link_leaves_site(&path));
            }
            // A loop through a folder above the walk's top, which the walk itself would meet a round later only.
            if entry.depth() > 0 && self.real_top.starts_with(&target) {
                let target = site_path(&self.real_root, &target).unwrap_or_default();
                return Err(diagnostics::link_loops(&path, &target));
            }
        }
        if !entry.file_type().is_dir() && !entry.file_type().is_file() {
            return Err(diagnostics::not_a_file(&path));
        }
        Ok(path)
    }
}

/// A path as messages and routes have it, or nothing where a name is not Unicode.
fn site_path(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// What editors and systems leave behind, and where it is asked for everything hidden.
pub(super) fn is_leftover(name: &OsStr, hidden: Hidden) -> bool {
    let name = name.to_string_lossy();
    (hidden == Hidden::Left && name.starts_with('.'))
        || name.starts_with("._")
        || name.starts_with(".#")
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || (name.starts_with('.') && (name.ends_with(".swo") || name.ends_with(".swn")))
        || (name.starts_with('#') && name.ends_with('#'))
        // What `publish` keeps for itself: a copy of an output folder holds it.
        || name.starts_with(".jianbao-")
        || matches!(name.as_ref(), ".DS_Store" | ".git" | ".hg" | ".svn")
        || matches!(name.as_ref(), "4913" | "Thumbs.db" | "desktop.ini")
}

fn walk_error(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|path| site_path(root, path)).unwrap_or_default();
    match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => diagnostics::link_loops(&path, &site_path(root, ancestor).unwrap_or_default()),
        (None, Some(cause)) if cause.kind() == io::ErrorKind::NotFound => {
            diagnostics::link_leads_nowhere(&path)
        }
        (None, Some(cause)) if is_loop(cause) => diagnostics::link_loops(&path, &path),
        (None, Some(cause)) => diagnostics::cannot_read(&path, cause),
        (None, None) => diagnostics::cannot_read(&path, &io::Error::other("unknown cause")),
    }
}

/// Links that lead to one another and to nothing else.
#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_error: &io::Error) -> bool {
    false
}
