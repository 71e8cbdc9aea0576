//! What is said about the preview, on the terminal.

use crate::diagnostic::{Diagnostic, lower_first};
use notify::ErrorKind;
use std::io;
use std::net::IpAddr;

/// The preview can be reached from other machines.
pub fn open_to_others(address: IpAddr) -> Diagnostic {
    Diagnostic::warning(
        "open-to-others",
        format!("whoever reaches this machine at {address} can read the preview, drafts too"),
    )
    .help("leave out --host to show it on this machine only")
}

/// Another port was taken.
pub fn port_in_use(asked: u16, taken: u16) -> Diagnostic {
    Diagnostic::warning("port-in-use", format!("port {asked} is in use, taking {taken}"))
        .help(format!("end the program that has it, or ask for another one: --port {taken}"))
}

/// No port could be had.
pub fn cannot_listen(address: IpAddr, port: u16, error: &io::Error) -> Diagnostic {
    let diagnostic = |message: String| Diagnostic::error("cannot-run", message);
    match error.kind() {
        io::ErrorKind::AddrInUse => diagnostic(format!("port {port} and the next nine are in use"))
            .help("ask for another one: --port 8080"),
        io::ErrorKind::AddrNotAvailable => {
            diagnostic(format!("this machine does not have the address {address}"))
                .help("give one of its own addresses, or 0.0.0.0 for all of them")
        }
        io::ErrorKind::PermissionDenied => {
            diagnostic(format!("the system does not let you listen at port {port}"))
                .help("ask for a port above 1023: --port 8080")
        }
        _ => diagnostic(format!("cannot listen at {address} port {port}: {}", plain(error))),
    }
}

/// The server could not begin or go on.
pub fn cannot_serve(error: &io::Error) -> Diagnostic {
    Diagnostic::error("cannot-run", format!("cannot show the site: {}", plain(error)))
}

/// No browser could be opened.
pub fn cannot_open(error: &io::Error) -> Diagnostic {
    Diagnostic::warning("cannot-open", format!("cannot open a browser: {}", plain(error)))
        .help("open the address by hand")
}

/// The system tells of no more files.
pub(super) fn not_told(error: &notify::Error) -> Diagnostic {
    let (why, remedy) = match &error.kind {
        ErrorKind::MaxFilesWatch => (
            "the system watches no more folders".to_owned(),
            "sudo sysctl fs.inotify.max_user_watches=524288",
        ),
        ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_FILES) => (
            "the system has no more watchers for you".to_owned(),
            "sudo sysctl fs.inotify.max_user_instances=512",
        ),
        _ => (reason(error), ""),
    };
    let diagnostic = Diagnostic::warning(
        "not-told-of-changes",
        format!("{why}, so files are looked at every half second"),
    );
    if remedy.is_empty() { diagnostic } else { diagnostic.help(format!("to see changes at once: {remedy}")) }
}

/// EMFILE, by which Linux means watchers too.
const TOO_MANY_FILES: i32 = 24;

/// Nothing tells of changes.
pub(super) fn not_watched(error: &io::Error) -> Diagnostic {
    Diagnostic::warning("not-watched", format!("cannot look for changes: {}", plain(error)))
        .help("start the preview again after a change")
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::Io(error) => format!("cannot watch the site's folder: {}", plain(error)),
        _ => format!("cannot watch the site's folder: {}", lower_first(&error.to_string())),
    }
}

/// What the system says, without the number behind it.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    lower_first(text.split(" (os error").next().unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_table_names_its_remedy() {
        let full = not_told(&notify::Error::new(ErrorKind::MaxFilesWatch));
        assert_eq!(
            full.to_string(),
            "warning[not-told-of-changes]: the system watches no more folders, so files are looked at every half second\n  = help: to see changes at once: sudo sysctl fs.inotify.max_user_watches=524288"
        );
        let instances = not_told(&notify::Error::io(io::Error::from_raw_os_error(TOO_MANY_FILES)));
        assert_eq!(
            instances.to_string(),
            "warning[not-told-of-changes]: the system has no more watchers for you, so files are looked at every half second\n  = help: to see changes at once: sudo sysctl fs.inotify.max_user_instances=512"
        );
    }
}
