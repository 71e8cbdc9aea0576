//! The staging of one build: opened once, fed from several threads, committed or dropped.
//!
//! In: [`OutFile`]s. Out: a staged tree that holds the files which differ from the published ones. The output folder is
//! only read here; whatever happens before `commit`, it stays as it was, and dropping leaves nothing behind.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::OutFile;
use super::error::Error;
use super::guard::{self, Holds, Place};
use super::lock::Lock;
use super::paths::{self, Claims, Fate, WAITING};
use super::published::Published;
use super::tree::{self, Tree};

const ONE_EACH: &str = "give one of the two another slug or another file name";
const REPORT: &str = "rename the file or the page it comes from";

/// How the staged tree takes the place of the published one. A seam for tests: no file system on a test machine
/// refuses the exchange.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exchange {
    /// In one step, where the file system can.
    #[default]
    WhenPossible,
    /// File by file, as if it could not.
    Never,
}

/// A build on its way to the output folder. Holds the lock; dropped without [`commit`](Self::commit), it leaves the
/// output as it was and nothing beside it.
pub struct Staging {
    // Dropped in this order: the tree goes before the lock does.
    pub(super) tree: Tree,
    pub(super) place: Place,
    pub(super) published: Published,
    pub(super) way: Exchange,
    pub(super) notes: Vec<String>,
    claims: Mutex<Claims>,
    failure: Mutex<Option<Error>>,
    pub(super) lock: Lock,
}

impl Staging {
    /// Checks that `output` may be replaced, and makes this the only build that publishes there.
    ///
    /// `root` is the site's own folder, which may contain the output; `sources` are the folders with content,
    /// templates, static files and data, which may not. None of them needs to exist.
    pub fn open(output: &Path, root: &Path, sources: &[&Path]) -> Result<Self, Error> {
        Self::open_with(output, root, sources, Exchange::WhenPossible)
    }

    /// [`open`](Self::open), with a choice of the way.
    #[doc(hidden)]
    pub fn open_with(output: &Path, root: &Path, sources: &[&Path], way: Exchange) -> Result<Self, Error> {
        let place = guard::place(output, root, sources)?;
        let lock = Lock::take(&place)?;
        let mut notes = Vec::new();
        if lock.is_exclusive {
            notes = place.clear_stale()?;
        } else {
            notes.push("this file system has no locks: see to it that one build runs at a time".into());
        }
        // Again, now that no other build can change it.
        if place.holds()? == Holds::Folder {
            let waiting = place.output.join(WAITING);
            tree::remove(&waiting).map_err(|e| Error::io("remove", &waiting, &e))?;
        }
        let published = Published::read(place.output.clone())?;
        let tree = Tree::beside(&place);
        let (claims, failure) = (Mutex::default(), Mutex::default());
        Ok(Self { tree, place, published, way, notes, claims, failure, lock })
    }

    /// Takes a file. What is published with the same bytes is not written.
    ///
    /// After an error the build cannot be committed any more: it would lack a file.
    pub fn put(&self, file: OutFile) -> Result<(), Error> {
        self.stage(file).inspect_err(|e| {
            self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| e.clone());
        })
    }

    fn stage(&self, file: OutFile) -> Result<(), Error> {
        let OutFile { path, bytes } = file;
        // A name with a line feed would tear the message.
        let shown = || self.place.output.join(path.escape_debug().to_string());
        let refuse = |reason: &str, help| Error::refusal("refusing to write", &shown(), reason, help);
        paths::check(&path).map_err(|reason| refuse(reason, REPORT))?;
        self.with_claims(|claims| claims.claim(&path)).map_err(|reason| refuse(&reason, ONE_EACH))?;
        let fate = if self.published.has(&path, &bytes) {
            Fate::Unchanged
        } else {
            self.tree.write(&path, &bytes).map_err(|e| Error::io("write", &shown(), &e))?;
            Fate::Written
        };
        self.with_claims(|claims| claims.settle(path, fate));
        Ok(())
    }

    fn with_claims<T>(&self, use_them: impl FnOnce(&mut Claims) -> T) -> T {
        use_them(&mut self.claims.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The paths of the finished build, or the error that keeps it from being one.
    pub(super) fn finish(&self) -> Result<Claims, Error> {
        match self.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(failure) => Err(failure),
            None => Ok(self.with_claims(std::mem::take)),
        }
    }
}
