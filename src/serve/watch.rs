//! Which files of a site change.
//!
//! In: the site's folder, and what of it a build reads. Out: the changed paths, as messages have them, what belongs together
//! at once. Folders may come and go. Where the system can watch no more, files are looked at every half second instead, and
//! that is said with its remedy. Never: a word of files that no build reads, or that a build has only opened.

use super::{diagnostics, settle};
use crate::content;
use crate::diagnostic::Diagnostic;
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

/// Times of files are looked at so often where the system does not tell.
const POLLED: Duration = Duration::from_millis(500);

/// What of a site is watched.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The site's folder: absolute, without links in it.
    pub root: PathBuf,
    /// Folders at its top.
    pub folders: BTreeSet<String>,
    /// Files at its top.
    pub files: BTreeSet<String>,
}

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The system tells, where it can.
    Told,
    /// By looking at every file again and again.
    Polled,
}

/// What is told.
#[derive(Debug)]
pub enum Told {
    /// These paths have changed; where there are none, anything may have.
    Changed(BTreeSet<String>),
    /// What the keeper of the site should know.
    Note(Diagnostic),
}

impl Watched {
    /// Begins to watch; `told` is called on a thread of its own, one change after the other, the first of which is the site as it is.
    pub fn start(self, how: How, told: impl FnMut(Told) + Send + 'static) -> std::io::Result<()> {
        let (sender, changes) = mpsc::channel();
        let mut told = told;
        let run = move || {
            let mut watching = Watching { watched: self, sender, watcher: None };
            watching.open(how, &mut told);
            told(Told::Changed(Paths::new()));
            while let Some(change) = settle::next(&changes) {
                let paths: Vec<Paths> = change;
                let is_known = paths.iter().all(|paths| !paths.is_empty());
                let paths: Paths = paths.into_iter().flatten().collect();
                watching.follow(&paths, is_known, &mut told);
                told(Told::Changed(if is_known { paths } else { Paths::new() }));
            }
        };
        thread::Builder::new().name("watch".to_owned()).spawn(run).map(drop)
    }

    /// A path of the site that a build may read.
    fn own(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
        let parts = parts?;
        let (first, below) = parts.split_first()?;
        let is_read = if below.is_empty() && self.files.contains(*first) {
            true
        } else {
            self.folders.contains(*first) && !content::is_left_behind(path)
        };
        is_read.then(|| parts.join("/"))
    }
}

type Paths = BTreeSet<String>;

struct Watching {
    watched: Watched,
    sender: Sender<Paths>,
    /// Nothing where files are looked at.
    watcher: Option<RecommendedWatcher>,
}

impl Watching {
    /// Watches as it is asked for, or as it can be done.
    fn open(&mut self, how: How, told: &mut impl FnMut(Told)) {
        let opened = match how {
            How::Told => self.system(),
            How::Polled => return self.look(told),
        };
        if let Err(error) = opened {
            told(Told::Note(diagnostics::not_told(&error)));
            self.look(told);
        }
    }

    /// Looks at the times of all files again and again. `notify` does that too, and misses a file that is saved twice in a second
    /// or that gets an older one's place.
    fn look(&mut self, told: &mut impl FnMut(Told)) {
        self.watcher = None;
        let (watched, sender) = (self.watched.clone(), self.sender.clone());
        let names = || watched.folders.iter().chain(&watched.files).map(String::as_str);
        let mut before = content::stamps(&watched.root, names());
        let run = move || {
            let names = || watched.folders.iter().chain(&watched.files).map(String::as_str);
            loop {
                thread::sleep(POLLED);
                let now = content::stamps(&watched.root, names());
                let differ = now.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
                let gone = before.keys().filter(|path| !now.contains_key(*path));
                let paths: Paths = differ.map(|(path, _)| path).chain(gone).cloned().collect();
                if !paths.is_empty() && sender.send(paths).is_err() {
                    return;
                }
                before = now;
            }
        };
        if let Err(error) = thread::Builder::new().name("look".to_owned()).spawn(run) {
            told(Told::Note(diagnostics::not_watched(&error)));
        }
    }

    /// What becomes of an event.
    fn handler(&self) -> impl FnMut(notify::Result<Event>) + Send + 'static {
        let (watched, sender) = (self.watched.clone(), self.sender.clone());
        move |event| {
            let Ok(event) = event else { return };
            let paths: Paths = event.paths.iter().filter_map(|path| watched.own(path)).collect();
            if event.need_rescan() || (!paths.is_empty() && !event.kind.is_access()) {
                // Nobody listens any more where the program ends.
                let _ = sender.send(if event.need_rescan() { Paths::new() } else { paths });
            }
        }
    }

    fn system(&mut self) -> notify::Result<()> {
        let mut watcher = RecommendedWatcher::new(self.handler(), Config::default())?;
        watcher.watch(&self.watched.root, RecursiveMode::NonRecursive)?;
        for folder in &self.watched.folders {
            watch(&mut watcher, &self.watched.root.join(folder))?;
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// A folder at the top that has come, or come back, is watched from now on.
    fn follow(&mut self, paths: &Paths, is_known: bool, told: &mut impl FnMut(Told)) {
        let Some(watcher) = &mut self.watcher else { return };
        let came = self.watched.folders.iter().filter(|folder| !is_known || paths.contains(*folder));
        let followed: notify::Result<()> =
            came.map(|folder| self.watched.root.join(folder)).try_for_each(|folder| watch(watcher, &folder));
        if let Err(error) = followed {
            told(Told::Note(diagnostics::not_told(&error)));
            self.look(told);
        }
    }
}

/// Watches a folder with all below it, if it is there.
fn watch(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    match watcher.watch(folder, RecursiveMode::Recursive) {
        Err(error) if is_missing(&error.kind) => Ok(()),
        done => done,
    }
}

fn is_missing(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_reads_is_told() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let watched = Watched {
            root: PathBuf::from("/site"),
            folders: set(&["content", "static"]),
            files: set(&["site.toml"]),
        };
        for path in
            ["content", "content/a.md", "content/图/头.png", "static/.well-known/security.txt", "site.toml"]
        {
            assert_eq!(watched.own(&Path::new("/site").join(path)).as_deref(), Some(path));
        }
        for path in [
            "",
            "public/index.html",
            ".git/index",
            "notes.txt",
            "site.toml/a",
            "content/.a.md.swp",
            "content/a.md~",
            "content/4913",
            "content/.#a.md",
            ".jianbao-cache/a",
        ] {
            assert_eq!(watched.own(&Path::new("/site").join(path)), None, "{path}");
        }
        assert_eq!(watched.own(Path::new("/elsewhere/content/a.md")), None);
    }
}
