//! `jianbao import`: raw newsroom text → a content file.

use super::terminal::{Format, Printer, certainty_style, err, out};
use super::{COULD_NOT_RUN, DONE};
use crate::content;
use crate::import::{self, Imported, Note};
use crate::script::Dictionaries;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Make a content file of raw newsroom text
///
/// Reads text pasted from a laid-out page or a PDF, in UTF-8, UTF-16, GB18030 or Big5, and .docx. Joins paragraphs that columns and captions
/// have cut; finds headline, byline, section headings and captions; and says on stderr what it decided, how sure it is, and where.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jianbao import page.txt --stdout\n  jianbao import page.txt --to 10-ai/town\n  pdftotext page.pdf - | jianbao import - --to news/town\n  jianbao import draft.docx --to news/town"
)]
pub(super) struct Args {
    /// The text; `-` is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where in content/ the page is to stand [default: the headline, at the top of content/]
    #[arg(long, value_name = "SECTION/SLUG")]
    to: Option<String>,
    /// Print the content file and write nothing
    #[arg(long)]
    stdout: bool,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "human")]
    format: ReportFormat,
}

/// How the report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    /// For people, on stderr
    Human,
    /// One JSON object a line, on stderr: line, kind, certainty, message
    Json,
}

struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: String, help: &str) -> Self {
        Self { message, help: Some(help.to_owned()) }
    }
}

pub(super) fn run(args: &Args) -> u8 {
    match import(args) {
        Ok(()) => DONE,
        Err(failure) => {
            let printer = Printer::new(Format::Human, false, Path::new("."));
            printer.failure(&failure.message, failure.help.as_deref());
            COULD_NOT_RUN
        }
    }
}

fn import(args: &Args) -> Result<(), Failure> {
    let printer = Printer::new(Format::Human, false, &args.root);
    let folder = PathBuf::from(printer.path("content"));
    let to = args.to.as_deref().map(|to| place(&folder, to)).transpose()?;
    if !args.stdout && !folder.is_dir() {
        return Err(Failure::new(
            format!("there is no folder {}", folder.display()),
            "run jianbao in a site's folder, or name it: --root DIR; --stdout needs none",
        ));
    }
    let (bytes, name) = read(&args.file)?;
    let imported = import::import(&bytes, &name, &Dictionaries::embedded()).map_err(|problem| {
        let (message, help) = problem.say();
        Failure::new(format!("cannot import {}: {message}", args.file.display()), help)
    })?;
    report(args.format, &imported.notes);
    if args.stdout {
        return print(&imported.markdown);
    }
    let stem = match to {
        Some(stem) => stem,
        None => named(&folder, &imported)?,
    };
    let written = write(&stem, &imported)?;
    written.iter().for_each(|path| out(format_args!("{}", path.display())));
    Ok(())
}

fn read(file: &Path) -> Result<(Vec<u8>, String), Failure> {
    let is_stdin = file == Path::new("-");
    let mut bytes = Vec::new();
    let result = if is_stdin {
        io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        fs::read(file).map(|read| bytes = read)
    };
    result.map_err(|error| {
        let name = if is_stdin { "stdin".into() } else { file.display().to_string() };
        Failure::new(
            format!("cannot read {name}: {error}"),
            "name a file with text or a .docx, or - for stdin",
        )
    })?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Ok((bytes, stem.filter(|_| !is_stdin).unwrap_or_else(|| "stdin".to_owned())))
}

/// Where `--to` leads, without the file's ending: a section that there is, and a name that makes an address.
fn place(content: &Path, to: &str) -> Result<PathBuf, Failure> {
    let bare = to.trim_start_matches("content/").trim_end_matches(".md");
    let (section, name) = bare.rsplit_once('/').map_or(("", bare), |(section, name)| (section, name));
    let is_inside = section.split('/').all(|part| part != ".." && part != ".") && !bare.starts_with('/');
    if !is_inside || content::slug(name).is_empty() || name.starts_with('.') || bare.contains('\\') {
        return Err(Failure::new(
            format!("--to {to} names no page below content/"),
            "write a section and a name, such as --to news/town",
        ));
    }
    let folder = if section.is_empty() { content.to_owned() } else { content.join(section) };
    if !folder.is_dir() {
        return Err(no_section(content, section));
    }
    let stem = folder.join(name);
    if is_taken(&stem) { Err(exists(&stem)) } else { Ok(stem) }
}

fn exists(stem: &Path) -> Failure {
    let path = if stem.symlink_metadata().is_ok() { stem.to_owned() } else { with_ending(stem) };
    Failure::new(
        format!("{} exists already", path.display()),
        "name another page: --to SECTION/SLUG; nothing was written",
    )
}

fn no_section(content: &Path, section: &str) -> Failure {
    let entries = fs::read_dir(content).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    let help = match names.as_slice() {
        [] => "there is none yet; make its folder with an _index.md, or leave --to out".to_owned(),
        names => format!("there are {}; a new one is a folder with an _index.md", names.join(", ")),
    };
    Failure { message: format!("there is no section {section} in {}", content.display()), help: Some(help) }
}

/// A name made from the headline, with a number where it is taken.
fn named(content: &Path, imported: &Imported) -> Result<PathBuf, Failure> {
    const LONGEST: usize = 40;
    let slug: String = content::slug(&imported.title).chars().take(LONGEST).collect();
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() {
        return Err(Failure::new(
            "the headline makes no file name".to_owned(),
            "name the page: --to SECTION/SLUG",
        ));
    }
    let names = std::iter::once(slug.to_owned()).chain((2..100).map(|number| format!("{slug}-{number}")));
    let free = names.map(|name| content.join(name)).find(|stem| !is_taken(stem));
    free.ok_or_else(|| {
        Failure::new(format!("there are many pages called {slug}"), "name the page: --to SECTION/SLUG")
    })
}

fn with_ending(stem: &Path) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".md");
    PathBuf::from(name)
}

fn is_taken(stem: &Path) -> bool {
    stem.symlink_metadata().is_ok() || with_ending(stem).symlink_metadata().is_ok()
}

/// Writes the page, in a folder of its own if it has files. Nothing that exists is ever written over.
fn write(stem: &Path, imported: &Imported) -> Result<Vec<PathBuf>, Failure> {
    if is_taken(stem) {
        return Err(exists(stem));
    }
    let cannot = |path: &Path, error: &io::Error| {
        Failure::new(format!("cannot write {}: {error}", path.display()), "nothing else was written")
    };
    if imported.assets.is_empty() {
        let page = with_ending(stem);
        create(&page, imported.markdown.as_bytes()).map_err(|error| cannot(&page, &error))?;
        return Ok(vec![page]);
    }
    fs::create_dir(stem).map_err(|error| cannot(stem, &error))?;
    let page = stem.join("index.md");
    let assets = imported.assets.iter().map(|asset| (stem.join(&asset.name), asset.bytes.as_slice()));
    let mut written = Vec::new();
    for (path, bytes) in assets.chain([(page, imported.markdown.as_bytes())]) {
        create(&path, bytes).map_err(|error| cannot(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

fn print(markdown: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(markdown.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure { message: format!("cannot write to stdout: {error}"), help: None })
        }
        _ => Ok(()),
    }
}

fn report(format: ReportFormat, notes: &[Note]) {
    for note in notes {
        let certainty = note.certainty.name();
        if format == ReportFormat::Json {
            let value = serde_json::json!({
                "line": note.line, "kind": note.kind, "certainty": certainty, "message": note.message,
            });
            err(format_args!("{value}"));
            continue;
        }
        let place = if note.line == 0 { String::new() } else { note.line.to_string() };
        let style = certainty_style(note.certainty);
        err(format_args!("{place:>5}  {style}{certainty:<7}{style:#}  {}", note.message));
    }
}
