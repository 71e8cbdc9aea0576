//! What can go wrong while publishing, said in one line, with the edit that helps.
//!
//! In: an action, a path, a cause. Out: `cannot write public/index.html: no space left on device`. A message names the
//! published path, never the staged one, which the reader has not heard of. No error leaves the output half changed,
//! except in the file-by-file way, whose help says so.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

const FULL: &str = "free some space and build again; the published site is as it was";
const DENIED: &str = "give yourself write permission for this folder, or choose another output folder";
const TOO_MANY: &str = "raise the limit of open files (`ulimit -n`) or use fewer jobs, and build again";

/// Why a build could not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    help: Option<&'static str>,
}

impl Error {
    /// The edit to make, where there is one to recommend.
    pub fn help(&self) -> Option<&str> {
        self.help
    }

    /// The system refused: `cannot <action> <path>: <cause>`.
    pub(super) fn io(action: &str, path: &Path, cause: &io::Error) -> Self {
        let help = match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(FULL),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(DENIED),
            _ if is_out_of_handles(cause) => Some(TOO_MANY),
            _ => None,
        };
        Self { message: format!("cannot {action} {}: {}", path.display(), plain(cause)), help }
    }

    /// jianbao refuses: what, the path, and the reason.
    pub(super) fn refusal(what: &str, path: &Path, reason: &str, help: &'static str) -> Self {
        Self { message: format!("{what} `{}`: {reason}", path.display()), help: Some(help) }
    }

    /// The same error with another help, for a caller who knows better what to do.
    pub(super) fn with_help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The system's words in our form: lower case, without ` (os error 28)`.
pub(super) fn plain(cause: &io::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(unix)]
fn is_out_of_handles(cause: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(Errno::from_io_error(cause), Some(Errno::MFILE | Errno::NFILE))
}

#[cfg(not(unix))]
fn is_out_of_handles(_cause: &io::Error) -> bool {
    false
}
