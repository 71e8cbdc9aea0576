//! `jianbao review`: the choices that conversion made, for people to look at and to accept.

use super::day::Day;
use super::looked_at::LookedAt;
use super::terminal::{Printer, out};
use super::{COULD_NOT_RUN, DONE};
use crate::content::{self, REVIEW};
use crate::diagnostic::Diagnostic;
use crate::edition::{Accepted, Decision};
use crate::script::Tag;
use clap::ValueEnum;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// List the choices of conversion that nobody has looked at, and accept them
///
/// Every word that is put in the place of the author's (软件 → 軟體), and every character that nothing but a guess decided.
/// What is accepted is written to review.toml in the site's folder and does not come back; what a glossary or an inline rule
/// decides is no choice.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jianbao review\n  jianbao review --by term --edition zh-Hant-TW\n  jianbao review --accept 软件 --accept 网络\n  jianbao review --accept content/10-ai/20-town.md:12:8\n  jianbao review --accept all"
)]
pub(super) struct Args {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Only the choices made for this edition
    #[arg(long, value_name = "TAG")]
    edition: Option<Tag>,
    /// How they are listed
    #[arg(long, value_enum, default_value = "file")]
    by: By,
    /// Accept: a word, a file, a place (PATH:LINE:COLUMN) or all; may be given several times
    #[arg(long, value_name = "WHAT")]
    accept: Vec<String>,
    /// Review drafts and pages of a later day too
    #[arg(long)]
    drafts: bool,
    /// The day of the build: pages dated after it wait [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day::parse)]
    date: Option<Date>,
    /// How they are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// In the order of the pages
    File,
    /// Each word once, the most frequent first
    Term,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object a line: path, line, column, edition, kind, from, to, alternatives, before, after; with --by term
    /// also count
    Json,
}

pub(super) fn run(args: &Args) -> u8 {
    let format = match args.format {
        Format::Human => super::terminal::Format::Human,
        Format::Json => super::terminal::Format::Json,
    };
    let printer = Printer::new(format, false, &args.root);
    let Some(day) = Day::find(args.date, &printer) else { return COULD_NOT_RUN };
    let site = LookedAt::new(&args.root, args.drafts, day);
    if site.built.is_none() {
        return site.refused(&printer);
    }
    if let Some(edition) = args.edition.as_ref().filter(|edition| !site.editions.contains(edition)) {
        let there: Vec<&str> = site.editions.iter().map(Tag::as_str).collect();
        printer.failure(
            &format!("this site has no edition {edition}"),
            Some(&format!("its editions are {}", there.join(", "))),
        );
        return COULD_NOT_RUN;
    }
    let is_wanted = |decision: &Decision| {
        args.edition.as_ref().is_none_or(|edition| decision.edition == edition.as_str())
    };
    let mut all: Vec<Decision> =
        site.built.iter().flat_map(|built| &built.decisions).filter(|one| is_wanted(one)).cloned().collect();
    // As the caller's working folder sees them.
    for decision in &mut all {
        decision.path = printer.path(&decision.path);
    }
    let open: Vec<Decision> = all.iter().filter(|one| !site.accepted.covers(one)).cloned().collect();
    if !args.accept.is_empty() {
        return accept(args, &printer, &all, &open);
    }
    match args.by {
        By::File => by_file(&open, args.format),
        By::Term => by_term(&open, args.format),
    }
    printer.summary(&match open.len() {
        0 => "nothing to look at".to_owned(),
        1 => "1 choice to look at".to_owned(),
        many => format!("{many} choices to look at"),
    });
    DONE
}

fn accept(args: &Args, printer: &Printer, all: &[Decision], open: &[Decision]) -> u8 {
    let mut meant: Vec<&Decision> = Vec::new();
    for what in &args.accept {
        if what != "all" && !all.iter().any(|decision| is_meant(decision, what)) {
            printer.failure(
                &format!("there is no choice to accept for `{what}`; nothing was accepted"),
                Some("run `jianbao review` to see what there is: a word, a file, a place such as content/a.md:12:8, or all"),
            );
            return COULD_NOT_RUN;
        }
        meant.extend(open.iter().filter(|decision| is_meant(decision, what)));
    }
    if meant.is_empty() {
        printer.summary("nothing to accept: all of it was accepted before");
        return DONE;
    }
    match add(&args.root, &meant) {
        Ok(Ok(accepted)) => {
            let left = open.iter().filter(|decision| !accepted.covers(decision)).count();
            printer.summary(&format!("{} accepted, {left} left to look at", open.len() - left));
            DONE
        }
        Ok(Err(diagnostics)) => {
            printer.diagnostics(&diagnostics);
            COULD_NOT_RUN
        }
        Err(error) => {
            printer.failure(&format!("cannot write {}: {error}", printer.path(REVIEW)), None);
            COULD_NOT_RUN
        }
    }
}

fn is_meant(decision: &Decision, what: &str) -> bool {
    let Decision { path, line, column, .. } = decision;
    let is_place = || *line > 0 && what == format!("{path}:{line}:{column}");
    what == "all" || what == decision.from || what == path || is_place()
}

/// Adds to what is accepted by now: somebody else may be accepting too, so the folder is locked while the file is read again
/// and written beside the old one, which it then takes the place of.
fn add(root: &Path, decisions: &[&Decision]) -> io::Result<Result<Accepted, Vec<Diagnostic>>> {
    let folder = File::open(root)?;
    folder.lock()?;
    let mut diagnostics = Vec::new();
    let text = content::review(root).report(&mut diagnostics);
    let accepted = text.and_then(|text| Accepted::parse(&text).report(&mut diagnostics));
    let Some(mut accepted) = accepted else { return Ok(Err(diagnostics)) };
    decisions.iter().for_each(|decision| accepted.accept(decision));
    let path = root.join(REVIEW);
    // A link stays a link.
    let path = std::fs::canonicalize(&path).unwrap_or(path);
    let new = path.with_extension(format!("toml.{}.new", std::process::id()));
    let written = File::create_new(&new).and_then(|mut file| {
        file.write_all(accepted.to_toml().as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    });
    if written.is_err() {
        // What could not be written is of no use.
        let _ = std::fs::remove_file(&new);
    }
    written.map(|()| Ok(accepted))
}

fn by_file(decisions: &[Decision], format: Format) {
    let mut path = "";
    for decision in decisions {
        if format == Format::Json {
            out(format_args!("{}", json(decision, None)));
            continue;
        }
        if path != decision.path {
            path = &decision.path;
            out(format_args!("{path}"));
        }
        let place = format!("{}:{}", decision.line, decision.column);
        let Decision { before, from, after, .. } = decision;
        out(format_args!("  {place:<8} {}   {before}[{from}]{after}", choice(decision)));
    }
}

fn by_term(decisions: &[Decision], format: Format) {
    let mut terms: BTreeMap<(&str, &str, &str), Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        terms.entry((&decision.edition, &decision.from, &decision.to)).or_default().push(decision);
    }
    let mut terms: Vec<Vec<&Decision>> = terms.into_values().collect();
    terms.sort_by_key(|places| std::cmp::Reverse(places.len()));
    for places in terms {
        let Some(first) = places.first() else { continue };
        if format == Format::Json {
            out(format_args!("{}", json(first, Some(places.len()))));
            continue;
        }
        let Decision { path, line, column, before, from, after, .. } = first;
        out(format_args!(
            "{:>5} × {}   {path}:{line}:{column}   {before}[{from}]{after}",
            places.len(),
            choice(first)
        ));
    }
}

/// `软件 → 軟體 (or 軟件), zh-Hant-TW`.
fn choice(decision: &Decision) -> String {
    let Decision { from, to, alternatives, edition, .. } = decision;
    let alternatives: Vec<&str> = alternatives.iter().map(String::as_str).filter(|text| text != to).collect();
    let or =
        if alternatives.is_empty() { String::new() } else { format!(" (or {})", alternatives.join(", ")) };
    format!("{from} → {to}{or}, {edition}")
}

fn json(decision: &Decision, count: Option<usize>) -> serde_json::Value {
    let mut value = serde_json::to_value(decision).unwrap_or_default();
    if let (Some(count), Some(fields)) = (count, value.as_object_mut()) {
        fields.insert("count".to_owned(), count.into());
    }
    value
}
