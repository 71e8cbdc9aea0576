//! `jianbao check`: everything that a build would say, and what only a look at the whole shows; nothing is written.

use super::day::Day;
use super::looked_at::LookedAt;
use super::terminal::{Format, Printer};
use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, DONE};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edition::Decision;
use jiff::civil::Date;
use std::path::PathBuf;

/// Look for faults without publishing anything
///
/// Says everything that build would say, which terms of the glossary no page holds, and which hand-written texts their page has
/// left behind.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jianbao check\n  jianbao check --reviewed --format github")]
pub(super) struct Args {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// A choice of conversion that nobody has accepted is an error (see jianbao review)
    #[arg(long)]
    reviewed: bool,
    /// Check drafts and pages of a later day too
    #[arg(long)]
    drafts: bool,
    /// The day of the build: pages dated after it wait [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day::parse)]
    date: Option<Date>,
    /// How problems are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Print errors only
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> u8 {
    let printer = Printer::new(args.format, args.quiet, &args.root);
    let Some(day) = Day::find(args.date, &printer) else { return COULD_NOT_RUN };
    let mut site = LookedAt::new(&args.root, args.drafts, day);
    let Some(pages) = site.built.as_ref().map(|built| built.pages) else { return site.refused(&printer) };
    if args.reviewed {
        let open = site.open();
        site.diagnostics.extend(open.iter().map(unreviewed));
        site.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    }
    printer.diagnostics(&site.diagnostics);
    let said = match site.diagnostics.len() {
        0 => "nothing to say".to_owned(),
        1 => "1 thing to look at".to_owned(),
        many => format!("{many} things to look at"),
    };
    printer.summary(&format!(
        "{} checked: {said}",
        if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") }
    ));
    if has_errors(&site.diagnostics) { CONTENT_HAS_ERRORS } else { DONE }
}

fn unreviewed(decision: &Decision) -> Diagnostic {
    let Decision { path, line, column, from, to, alternatives, edition, kind, .. } = decision;
    let becomes = if from == to { format!("`{from}` stays {to}") } else { format!("`{from}` becomes {to}") };
    let could = if *kind == "character" {
        format!(" (it could be {})", alternatives.join(", "))
    } else {
        String::new()
    };
    let message = format!("{becomes} in {edition}{could}, and nobody has looked at it");
    // A word is accepted wherever it stands, a character only here.
    let what =
        if *kind == "character" && *line > 0 { format!("{path}:{line}:{column}") } else { from.clone() };
    let diagnostic = Diagnostic::error("not-reviewed", message).help(format!(
        "if it is right: jianbao review --accept {what}; if not, write a rule into the text or a term into the glossary"
    ));
    match decision.place.clone() {
        Some(place) => Diagnostic { place: Some(Box::new(place)), ..diagnostic },
        None => diagnostic.in_file(&decision.path),
    }
}
