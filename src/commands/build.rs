//! `jianbao build`: the content tree → public/.

use super::day::Day;
use super::terminal::{self, Format, Printer};
use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, DONE};
use crate::config::{self, BaseUrl, Config};
use crate::content;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Built, Made, Options, Outcome, Sink};
use crate::publish::{self, CACHE, Cache, Changes, Staging};
use crate::render::OutFile;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Build the site and publish it to a folder
///
/// Reads site.toml, content/, templates/ and static/ in the site's folder, converts every page for each edition, and
/// puts the finished site into the output folder in one step. If anything is wrong with the content, nothing is
/// published and the output folder stays as it was.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jianbao build\n  jianbao build --root site --output /srv/www/brief\n  jianbao build --base-url https://example.org/preview/ --drafts"
)]
pub(super) struct Args {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where the finished site goes [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address the site is published at, in place of base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = parse_base_url)]
    base_url: Option<BaseUrl>,
    /// Publish drafts and pages of a later day too
    #[arg(long)]
    drafts: bool,
    /// The day of the build: pages dated after it wait [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day::parse)]
    date: Option<Date>,
    /// Threads to use [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// How problems are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

fn parse_base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text).map_err(str::to_owned)
}

pub(super) fn run(args: &Args) -> u8 {
    let start = Instant::now();
    let printer = Printer::new(args.format, args.quiet, &args.root);
    let Some(day) = Day::find(args.date, &printer) else { return COULD_NOT_RUN };
    let mut diagnostics = Vec::new();
    let result = build(args, day, &printer, &mut diagnostics);
    if printer.shows_progress() {
        terminal::progress("");
    }
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    printer.diagnostics(&diagnostics);
    match result {
        Ok(Some((built, changes))) => {
            for note in built.notes.iter().chain(&changes.notes) {
                printer.summary(&format!("note: {note}"));
            }
            printer.summary(&summary(&built, &changes, start.elapsed().as_secs_f64()));
            DONE
        }
        Ok(None) if could_not_read(&diagnostics) => COULD_NOT_RUN,
        Ok(None) => {
            printer.summary("nothing was published");
            CONTENT_HAS_ERRORS
        }
        Err(error) => {
            printer.failure(&error.to_string(), error.help());
            COULD_NOT_RUN
        }
    }
}

/// What cannot be read is no error of the content.
pub(super) fn could_not_read(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| matches!(diagnostic.code, "no-site" | "cannot-read"))
}

/// What was built and changed; nothing where the diagnostics say why not.
fn build(
    args: &Args,
    day: Day,
    printer: &Printer,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(Built, Changes)>, publish::Error> {
    let Some(config) = settings(args, diagnostics) else { return Ok(None) };
    let output = args.output.clone().unwrap_or_else(|| args.root.join("public"));
    let sources = content::FOLDERS.iter().chain([&CACHE]).map(|folder| args.root.join(folder));
    let sources: Vec<PathBuf> = sources.collect();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    let staging = Staging::open(&output, &args.root, &sources)?;
    let Some(inputs) = content::load(&args.root, config).report(diagnostics) else { return Ok(None) };
    if crate::diagnostic::has_errors(diagnostics) {
        return Ok(None);
    }
    let options = Options {
        drafts: args.drafts,
        today: Some(day.in_zone(&inputs.config.time_zone)),
        jobs: args.jobs.map_or(0, usize::from),
        fonts: super::fonts::of_machine(),
        ..super::options()
    };
    let sink = ToDisk { staging, cache: Cache::of(&args.root), progress: printer.shows_progress() };
    let (outcome, said) = pipeline::build(&inputs, &options, &sink);
    diagnostics.extend(said);
    match outcome {
        Outcome::Built(built) => {
            let mut changes = sink.staging.commit()?;
            changes.notes.extend(sink.cache.tidy());
            Ok(Some((built, changes)))
        }
        Outcome::Refused => Ok(None),
        Outcome::Failed(error) => Err(error),
    }
}

fn settings(args: &Args, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let files = content::settings(&args.root).report(diagnostics)?;
    config::parse_for(&files, args.base_url.as_ref()).report(diagnostics)
}

struct ToDisk {
    staging: Staging,
    cache: Cache,
    progress: bool,
}

/// So many pages go by between two updates of the line on the terminal.
const PAGES_A_STEP: usize = 32;

impl Sink for ToDisk {
    type Error = publish::Error;

    fn put(&self, file: OutFile) -> Result<(), publish::Error> {
        self.staging.put(file)
    }

    fn progress(&self, done: usize, all: usize) {
        if self.progress && (done.is_multiple_of(PAGES_A_STEP) || done == all) {
            terminal::progress(&format!("rendering {done} of {all} pages"));
        }
    }

    fn image(&self, done: usize, all: usize) {
        if self.progress {
            terminal::progress(&format!("making images: {done} of {all}"));
        }
    }

    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        self.cache.recall(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.cache.keep(name, bytes);
    }
}

fn summary(built: &Built, changes: &Changes, seconds: f64) -> String {
    let Built { pages, editions, drafts, later, .. } = *built;
    let Changes { written, unchanged, removed, .. } = changes;
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let images = match built.images {
        Made { anew: 0, .. } => String::new(),
        Made { anew, .. } => format!("{} made smaller, ", plural(anew, "image", "images")),
    };
    let mut left_out = Vec::new();
    left_out.extend((drafts > 0).then(|| plural(drafts, "draft", "drafts")));
    left_out.extend((later > 0).then(|| plural(later, "page of a later day", "pages of a later day")));
    let left_out = match left_out.join(", ") {
        none if none.is_empty() => none,
        some => format!("; left out: {some}"),
    };
    format!(
        "{} in {}: {} written, {unchanged} unchanged, {removed} removed, {images}{seconds:.2} s{left_out}",
        plural(pages, "page", "pages"),
        plural(editions, "edition", "editions"),
        plural(*written, "file", "files"),
    )
}
