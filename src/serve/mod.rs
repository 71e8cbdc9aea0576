//! The preview: a site shown to a browser on this machine while it is written.
//!
//! In: [`Shown`], which has the files of the site and what is wrong with it, and a [`Live`] by which whoever rebuilds says
//! that there is something new. Out: answers over HTTP, pages that load themselves anew, the trouble over the page.
//!
//! 1. [`Listener::open`] takes an address that is free.
//! 2. [`Listener::serve`] answers from then on: each connection is one of few (`connections`), each `request` passes the
//!    `guard`, its target becomes a path (`address`), the path an `answer`; `page` adds to pages what makes them `live`.
//! 3. [`Watched::start`] tells which files of the site change.
//!
//! Never: a path of the disk made from a request, a file read or written, an answer to a page of another site, anything
//! of this in what is published.

mod address;
mod answer;
mod connections;
pub mod diagnostics;
mod guard;
mod listener;
mod live;
mod page;
mod request;
mod settle;
mod watch;

pub use listener::Listener;
pub use live::Live;
pub use watch::{How, Told, Watched};

use std::sync::Arc;

/// What the preview shows. Called from several threads.
pub trait Shown: Send + Sync + 'static {
    /// The file at a path below the base path, as published ("zh-hans/index.html", "style.1234.css"); rendered when asked for.
    fn file(&self, path: &str) -> Answer;
    /// What is wrong now, if the last change could not be built: the messages as the terminal shows them, without colours.
    fn trouble(&self) -> Option<String>;
}

/// What there is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A file.
    File(Arc<Vec<u8>>),
    /// Nothing.
    Missing,
    /// A template failed on this page, or there never was a site: why.
    Trouble(String),
}
