//! Refusals: where jianbao will not publish, decided before anything is written.
//!
//! In: the output folder as the caller names it, the site's root, its source folders. Out: a [`Place`], or the reason.
//! Comparisons are made on canonical paths, so that a link or a `..` hides nothing. Reads folders; never writes.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::error::Error;
use super::paths::{MANIFEST, WAITING};

const ELSEWHERE: &str = "choose another output folder, e.g. `public` beside `content`";
const NO_LINK: &str = "name the folder that the link leads to, or remove the link";
const NOT_OURS: &str = "choose another output folder, or empty this one";

/// An output folder that may be published to.
#[derive(Debug)]
pub(super) struct Place {
    /// The output folder, as the caller named it: messages show it.
    pub(super) output: PathBuf,
    /// The folder that contains it.
    pub(super) parent: PathBuf,
    /// Its name in that folder.
    pub(super) name: OsString,
}

/// What stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// There is no folder yet.
    Missing,
    /// There is a folder that nobody uses, or a site of ours.
    Folder,
}

/// Checks where the output lies among the folders of the site.
///
/// The output may lie in `root`, but neither be nor contain it; it may have nothing to do with any of `sources`.
pub(super) fn place(output: &Path, root: &Path, sources: &[&Path]) -> Result<Place, Error> {
    let refuse = |reason: &str, help| Err(Error::refusal("refusing to publish to", output, reason, help));
    // `public/` and `public/.` would look through a link.
    let plain: PathBuf = output.components().collect();
    if is_link(&plain) {
        return refuse("it is a link", NO_LINK);
    }
    let real = resolve(output)?;
    if real.parent().is_none() {
        return refuse("it is the top of the file system", ELSEWHERE);
    }
    if resolve(root)?.starts_with(&real) {
        return refuse(&format!("it would replace the site's own folder `{}`", root.display()), ELSEWHERE);
    }
    for source in sources {
        let folder = resolve(source)?;
        if folder.starts_with(&real) {
            return refuse(&format!("it would replace the source folder `{}`", source.display()), ELSEWHERE);
        }
        if real.starts_with(&folder) {
            return refuse(&format!("it lies in the source folder `{}`", source.display()), ELSEWHERE);
        }
    }
    let output = if plain.file_name().is_some() { plain } else { real };
    let parent = match output.parent() {
        Some(parent) if parent != Path::new("") => parent.into(),
        _ => PathBuf::from("."),
    };
    let name = output.file_name().unwrap_or_default().into();
    let place = Place { output, parent, name };
    place.holds()?;
    Ok(place)
}

impl Place {
    /// Looks at the output folder itself: a link, a file, or a folder that others use is refused.
    pub(super) fn holds(&self) -> Result<Holds, Error> {
        let refuse = |what, reason, help| Err(Error::refusal(what, &self.output, reason, help));
        match fs::symlink_metadata(&self.output) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Holds::Missing),
            Err(e) => return Err(Error::io("look at", &self.output, &e)),
            Ok(is) if is.is_symlink() => return refuse("refusing to publish to", "it is a link", NO_LINK),
            Ok(is) if !is.is_dir() => return refuse("refusing to replace", "it is not a folder", ELSEWHERE),
            Ok(_) => {}
        }
        // In this order: another build may put its site into the place of an empty folder between the two looks, and
        // then the manifest is there for the second one.
        let is_empty = self.is_empty()?;
        let manifest = || fs::symlink_metadata(self.output.join(MANIFEST));
        if is_empty || manifest().is_ok_and(|is| is.is_file()) {
            return Ok(Holds::Folder);
        }
        refuse("refusing to replace", "it holds files that jianbao did not write", NOT_OURS)
    }

    fn is_empty(&self) -> Result<bool, Error> {
        let read = |e: &io::Error| Error::io("read", &self.output, e);
        let entries = match fs::read_dir(&self.output) {
            // Another build let it vanish.
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(true),
            entries => entries.map_err(|e| read(&e))?,
        };
        for entry in entries {
            // A first build that was killed while it replaced files one by one leaves this.
            if entry.map_err(|e| read(&e))?.file_name() != OsStr::new(WAITING) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|is| is.is_symlink())
}

/// The canonical form of a path whose end may not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let resolved = || -> io::Result<PathBuf> {
        let mut real = if path.is_absolute() { PathBuf::new() } else { fs::canonicalize(".")? };
        for part in path.components() {
            match part {
                Component::CurDir => {}
                // `real` holds no link, so the folder above is the one of its text.
                Component::ParentDir => {
                    real.pop();
                }
                Component::Normal(name) => {
                    real.push(name);
                    match fs::canonicalize(&real) {
                        Ok(path) => real = path,
                        // Not there yet, or made this moment by another build. A link that leads nowhere is an error
                        // instead: nobody knows what it will be.
                        Err(e) if e.kind() == ErrorKind::NotFound && !is_link(&real) => {}
                        Err(e) => return Err(e),
                    }
                }
                Component::Prefix(_) | Component::RootDir => real.push(part),
            }
        }
        Ok(real)
    };
    resolved().map_err(|e| Error::io("resolve", path, &e))
}
