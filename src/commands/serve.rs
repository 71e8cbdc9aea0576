//! `jianbao serve`: the site in a browser while it is written. Nothing is written to disk.

use super::day::Day;
use super::preview::{Preview, Which};
use super::terminal::{Format, Printer};
use super::{COULD_NOT_RUN, DONE};
use crate::config;
use crate::content;
use crate::serve::{How, Listener, Live, Told, Watched, diagnostics};
use jiff::civil::Date;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;

/// Show the site in a browser while you write it
///
/// Builds the site in memory, answers at http://localhost:1111, and builds again when a file changes: pages that are open load
/// themselves anew. If the last change cannot be built, the page and the terminal say why, and the last version that could stays.
/// Nothing is written to disk.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jianbao serve\n  jianbao serve --open --drafts\n  jianbao serve --root site --port 8080\n  jianbao serve --host 0.0.0.0      for a look from a phone in the same network\n\nCtrl-C ends it."
)]
pub(super) struct Args {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The address to listen at; any but this machine's own lets others read the site
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = address)]
    host: IpAddr,
    /// The port to listen at, or the next free one of ten
    #[arg(long, value_name = "N", default_value_t = 1111)]
    port: u16,
    /// Show drafts and pages of a later day too
    #[arg(long)]
    drafts: bool,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// The day of the build: pages dated after it wait [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day::parse)]
    date: Option<Date>,
}

fn address(text: &str) -> Result<IpAddr, String> {
    let text = if text == "localhost" { "127.0.0.1" } else { text };
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().map_err(|_| "expected an address of this machine, such as 127.0.0.1 or 0.0.0.0".to_owned())
}

pub(super) fn run(args: &Args) -> u8 {
    let printer = Printer::new(Format::Human, false, &args.root);
    let Some(day) = Day::find(args.date, &printer) else { return COULD_NOT_RUN };
    let Some(root) = root(args, &printer) else { return COULD_NOT_RUN };
    let Some(listener) = listen(args, &printer) else { return COULD_NOT_RUN };
    let live = Live::new(super::day::milliseconds(), "/");
    let which = Which { root: root.clone(), drafts: args.drafts, day };
    let (mut preview, shown) = Preview::new(which, printer.clone(), live.clone());
    let (origin, mut opens, own) = (listener.url(""), args.open, printer.clone());
    let mut is_first = true;
    let told = move |told| match told {
        Told::Note(note) => own.diagnostics(&[note]),
        Told::Changed(paths) => {
            preview.rebuild(&paths);
            if std::mem::take(&mut is_first) {
                say_address(&format!("{origin}{}", preview.base()), std::mem::take(&mut opens), &own);
            }
        }
    };
    let (end, ended) = mpsc::channel();
    // Where that cannot be asked for, the system ends the program.
    let _ = ctrlc::set_handler(move || end.send(()).unwrap_or_default());
    let done = watched(root).start(How::Told, told).and_then(|()| listener.serve(&shown, &live));
    if let Err(error) = done {
        printer.failure(&diagnostics::cannot_serve(&error).message, None);
        return COULD_NOT_RUN;
    }
    // Everything is in memory: there is nothing to wait for.
    let _ = ended.recv();
    DONE
}

/// The site's folder by the path that the system tells changes with; nothing where there is no site, which was said.
fn root(args: &Args, printer: &Printer) -> Option<PathBuf> {
    let root = args.root.canonicalize().ok().filter(|root| root.join(config::FILE).exists());
    if root.is_none() {
        let mut said = Vec::new();
        let _ = content::settings(&args.root).report(&mut said);
        printer.diagnostics(&said);
    }
    root
}

fn listen(args: &Args, printer: &Printer) -> Option<Listener> {
    let listener = match Listener::open(args.host, args.port) {
        Ok(listener) => listener,
        Err(error) => {
            let said = diagnostics::cannot_listen(args.host, args.port, &error);
            printer.failure(&said.message, said.help.as_deref());
            return None;
        }
    };
    let port = listener.address().port();
    let is_other = args.port != 0 && port != args.port;
    let mut said = Vec::new();
    said.extend((!args.host.is_loopback()).then(|| diagnostics::open_to_others(args.host)));
    said.extend(is_other.then(|| diagnostics::port_in_use(args.port, port)));
    printer.diagnostics(&said);
    Some(listener)
}

fn say_address(url: &str, opens: bool, printer: &Printer) {
    printer.summary(&format!("{url}  (Ctrl-C ends it)"));
    if opens && let Err(error) = open(url) {
        printer.diagnostics(&[diagnostics::cannot_open(&error)]);
    }
}

/// Opens an address as the system does it. The crate for it tries more programs, and would be 90 KB of this one.
fn open(url: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}

/// What a build reads. Fonts may lie in any folder; which, is asked once.
fn watched(root: PathBuf) -> Watched {
    let config = content::settings(&root).report(&mut Vec::new());
    let config = config.and_then(|files| config::parse_for(&files, None).report(&mut Vec::new()));
    let fonts = config.iter().flat_map(|config| &config.cards.fonts);
    let (below, beside): (Vec<&str>, Vec<&str>) =
        fonts.map(|font| font.path.as_str()).partition(|path| path.contains('/'));
    let folders = below.iter().filter_map(|path| path.split('/').next());
    let set = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect();
    Watched {
        folders: set(&mut content::FOLDERS.into_iter().chain(["fonts"]).chain(folders)),
        files: set(&mut [config::FILE, config::GLOSSARY, content::REVIEW].into_iter().chain(beside)),
        root,
    }
}
