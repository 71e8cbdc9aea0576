//! `jianbao new`: a folder with a small site that builds at once.
//!
//! In: the folder, a title, a host. Out: the files of `starter/`, with these filled in. Never: a file of somebody else touched; half a site
//! left behind.

use super::day::Day;
use super::terminal::{Format, Printer};
use super::{COULD_NOT_RUN, DONE};
use crate::config;
use clap::ValueEnum;
use jiff::civil::Date;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Make a new site that builds at once
///
/// Writes site.toml, a home page, a section with an article and .gitignore into a folder that is new or empty; with --host also what
/// that host needs to check, build and publish the site whenever it is pushed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jianbao new site\n  jianbao new site --title 未来科技城简报 --host github\n  cd site && jianbao serve"
)]
pub(super) struct Args {
    /// The folder of the site
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The site's name, in either script
    #[arg(long, default_value = "简报", value_parser = title)]
    title: String,
    /// Where it will be published
    #[arg(long, value_enum)]
    host: Option<Host>,
    /// The day of its first article [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day::parse)]
    date: Option<Date>,
}

/// Where a site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Host {
    /// GitHub Pages, by a workflow
    Github,
    /// GitLab Pages, by a job
    Gitlab,
    /// Netlify, by its netlify.toml
    Netlify,
    /// Cloudflare Pages, by a workflow of GitHub
    Cloudflare,
    /// A server of your own with nginx
    Nginx,
    /// A server of your own with Caddy
    Caddy,
    /// A server of your own with Apache
    Apache,
}

impl Host {
    /// What it is called in `[hosting] for`; nothing where the files of all hosts do.
    fn name(self) -> Option<&'static str> {
        match self {
            Host::Github => Some("github"),
            Host::Gitlab => None,
            Host::Netlify => Some("netlify"),
            Host::Cloudflare => Some("cloudflare"),
            Host::Nginx => Some("nginx"),
            Host::Caddy => Some("caddy"),
            Host::Apache => Some("apache"),
        }
    }

    /// The file by which it builds the site.
    fn job(self) -> Option<(&'static str, &'static str)> {
        match self {
            Host::Github => {
                Some((".github/workflows/site.yml", include_str!("../../starter/hosts/github.yml")))
            }
            Host::Gitlab => Some((".gitlab-ci.yml", include_str!("../../starter/hosts/gitlab.yml"))),
            Host::Netlify => Some(("netlify.toml", include_str!("../../starter/hosts/netlify.toml"))),
            Host::Cloudflare => {
                Some((".github/workflows/site.yml", include_str!("../../starter/hosts/cloudflare.yml")))
            }
            Host::Nginx | Host::Caddy | Host::Apache => None,
        }
    }
}

const FILES: [(&str, &str); 5] = [
    (config::FILE, include_str!("../../starter/site.toml")),
    ("content/_index.md", include_str!("../../starter/content/_index.md")),
    ("content/10-news/_index.md", include_str!("../../starter/content/10-news/_index.md")),
    ("content/10-news/10-first.md", include_str!("../../starter/content/10-news/10-first.md")),
    (".gitignore", include_str!("../../starter/gitignore")),
];

/// Reads `--title`.
fn title(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected a name".to_owned()),
        // It is written between quotation marks, into TOML.
        text if text.contains(['"', '\\']) || text.contains(char::is_control) => {
            Err("expected a name without `\"`, `\\` and control characters".to_owned())
        }
        text => Ok(text.to_owned()),
    }
}

pub(super) fn run(args: &Args) -> u8 {
    let printer = Printer::new(Format::Human, false, Path::new("."));
    let Some(day) = Day::find(args.date, &printer) else { return COULD_NOT_RUN };
    let dir = args.dir.display();
    let files = files(args, day);
    match make(&args.dir, &files) {
        Ok(()) => {
            printer.summary(&format!("made {dir}: {}", names(&files)));
            printer.summary(&format!(
                "next: cd {dir} && jianbao serve; what to write where is in content/_index.md"
            ));
            DONE
        }
        Err(Fault::NotEmpty(found)) => {
            printer.failure(
                &format!("{dir} is not empty: there is {found}"),
                Some("name a folder that does not exist yet, or an empty one"),
            );
            COULD_NOT_RUN
        }
        Err(Fault::Io(path, error)) => {
            printer.failure(&format!("cannot write {}: {error}", path.display()), None);
            COULD_NOT_RUN
        }
    }
}

/// The files of the site, by their paths in it.
fn files(args: &Args, day: Day) -> Vec<(&'static str, String)> {
    let hosting = match args.host.and_then(Host::name) {
        Some(name) => format!("\n# 只生成这个托管平台要用的文件。\n[hosting]\nfor = [\"{name}\"]\n"),
        None => String::new(),
    };
    let filled = |text: &str, date: &str| {
        text.replace("{{title}}", &args.title)
            .replace("{{hosting}}\n", &hosting)
            .replace("{{version}}", env!("CARGO_PKG_VERSION"))
            .replace("{{date}}", date)
    };
    // Where the site is says what day it is there.
    let settings = config::parse(&filled(FILES[0].1, "")).report(&mut Vec::new());
    let date = settings.map(|settings| day.in_zone(&settings.time_zone).to_string()).unwrap_or_default();
    let all = FILES.into_iter().chain(args.host.and_then(Host::job));
    all.map(|(path, text)| (path, filled(text, &date))).collect()
}

fn names(files: &[(&str, String)]) -> String {
    files.iter().map(|(path, _)| *path).collect::<Vec<&str>>().join(", ")
}

enum Fault {
    /// What is there already.
    NotEmpty(String),
    Io(PathBuf, io::Error),
}

/// Writes all files or none.
fn make(dir: &Path, files: &[(&str, String)]) -> Result<(), Fault> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        |error| Fault::Io(path, error)
    };
    match fs::read_dir(dir) {
        Ok(entries) => {
            // A repository that was begun before the site.
            let names = entries.filter_map(Result::ok).map(|entry| entry.file_name());
            let found =
                names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != ".git").min();
            found.map_or(Ok(()), |found| Err(Fault::NotEmpty(found)))?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(at(dir)(error)),
    }
    let mut made = Made::default();
    for (path, text) in files {
        let path = dir.join(path);
        made.folders(path.parent().unwrap_or(dir)).map_err(at(&path))?;
        made.file(&path, text).map_err(at(&path))?;
    }
    made.stays();
    Ok(())
}

/// What was made, which goes again where something fails.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn folders(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = fs::File::create_new(path)?;
        self.files.push(path.to_path_buf());
        file.write_all(text.as_bytes())
    }

    fn stays(&mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // What cannot be removed is named by the message about what could not be written.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
