//! `jianbao review`: the choices that conversion made, for people to look at and to accept.

use super::looked_at::LookedAt;
use super::terminal::{Printer, out};
use super::{COULD_NOT_RUN, DONE};
use crate::content::REVIEW;
use crate::edition::{Accepted, Decision};
use crate::script::Tag;
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::io;
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
    /// Review drafts too
    #[arg(long)]
    drafts: bool,
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
    let mut site = LookedAt::new(&args.root, args.drafts);
    if site.built.is_none() {
        return site.refused(&printer);
    }
    let mut open = site.open();
    if let Some(edition) = &args.edition {
        open.retain(|decision| decision.edition == edition.as_str());
    }
    if args.accept.is_empty() {
        match args.by {
            By::File => by_file(&open, args.format),
            By::Term => by_term(&open, args.format),
        }
        printer.summary(&match open.len() {
            0 => "nothing to look at".to_owned(),
            1 => "1 choice to look at".to_owned(),
            many => format!("{many} choices to look at"),
        });
        return DONE;
    }
    let mut accepted = 0;
    for what in &args.accept {
        let meant: Vec<&Decision> = open.iter().filter(|decision| is_meant(decision, what)).collect();
        if meant.is_empty() {
            printer.failure(
                &format!("there is no choice to accept for `{what}`; nothing was accepted"),
                Some("run `jianbao review` to see what there is: a word, a file, a place such as content/a.md:12:8, or all"),
            );
            return COULD_NOT_RUN;
        }
        accepted += meant.len();
        meant.into_iter().for_each(|decision| site.accepted.accept(decision));
    }
    if let Err(error) = write(&args.root, &site.accepted) {
        printer.failure(&format!("cannot write {REVIEW}: {error}"), None);
        return COULD_NOT_RUN;
    }
    let left = open.iter().filter(|decision| !site.accepted.covers(decision)).count();
    printer.summary(&format!("{accepted} accepted, {left} left to look at"));
    DONE
}

fn is_meant(decision: &Decision, what: &str) -> bool {
    let Decision { path, line, column, .. } = decision;
    what == "all" || what == decision.from || what == path || what == format!("{path}:{line}:{column}")
}

/// Beside the old file first, so that a crash leaves one of the two whole.
fn write(root: &Path, accepted: &Accepted) -> io::Result<()> {
    let path = root.join(REVIEW);
    let new = root.join(format!("{REVIEW}.new"));
    std::fs::write(&new, accepted.to_toml())?;
    std::fs::rename(&new, &path)
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
