//! Publishing: the only writer. Files come in one by one, from several threads; the output folder changes at once.
//!
//! In: an output folder, the folders that must not be touched, and [`OutFile`]s. Out: the output folder with exactly
//! those files, beside whatever other people put there, and [`Changes`], which says what was done.
//!
//! 1. [`Staging::open`] refuses dangerous places (`guard`), takes the `lock`, reads the `manifest`.
//! 2. [`Staging::put`] compares a file with the `published` one, and writes it into a `tree` staged beside the
//!    output folder if they differ.
//! 3. [`Staging::commit`] makes a `survey` of the files that are not ours, completes the staged tree with hard
//!    links, and `exchange`s the two trees in one step; where that is impossible it goes on to `replace` the files
//!    one by one.
//!
//! Beside that, the `cache` keeps for the next build what took long to make.
//!
//! Never: a file deleted that the manifest does not name, a published file written in place, a half-published tree
//! (except where the file system cannot exchange folders, which is then said), a byte that depends on the clock or on
//! the order of threads. Publishing knows nothing of pages: it sees paths and bytes.

mod error;
mod paths;
mod manifest;
mod guard;
mod lock;
mod published;
mod tree;
mod survey;
mod exchange;
mod replace;
mod staging;
mod commit;
mod cache;

pub use crate::render::OutFile;
pub use cache::{CACHE, Cache};
pub use error::Error;
pub use staging::{Exchange, Staging};

/// What [`Staging::commit`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that already held the same bytes, and were left as they are.
    pub unchanged: usize,
    /// Files of the build before that this one does not have.
    pub removed: usize,
    /// The new tree took the old one's place in one step. False when there was nothing to do, and when files had to
    /// be replaced one by one.
    pub exchanged: bool,
    /// What a maintainer may want to know, one sentence each.
    pub notes: Vec<String>,
}
