//! Printing: results on stdout, all else on stderr; colours only where a terminal shows them and `NO_COLOR` is unset.

use crate::diagnostic::{Diagnostic, Severity};
use crate::import::Certainty;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: with the source line, on stderr
    Human,
    /// One JSON object a line, on stdout: severity, code, path, line, column, message, help
    Json,
    /// GitHub workflow commands, on stdout
    Github,
}

/// Prints in one format, with paths as the caller's working folder sees them.
#[derive(Debug, Clone)]
pub(super) struct Printer {
    format: Format,
    quiet: bool,
    root: String,
}

impl Printer {
    pub(super) fn new(format: Format, quiet: bool, root: &Path) -> Self {
        let root = root.to_string_lossy().trim_start_matches("./").trim_end_matches('/').to_owned();
        let root = if root.is_empty() || root == "." { String::new() } else { format!("{root}/") };
        Self { format, quiet, root }
    }

    /// The path of a file of the site as the caller's working folder sees it.
    pub(super) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// Prints diagnostics; `--quiet` leaves out warnings.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            if self.quiet && diagnostic.severity == Severity::Warning {
                continue;
            }
            let diagnostic = self.seen(diagnostic);
            match self.format {
                Format::Human => err(format_args!("{}\n", Coloured(&diagnostic))),
                Format::Json => out(format_args!("{}", diagnostic.to_json())),
                Format::Github => out(format_args!("{}", diagnostic.to_github())),
            }
        }
    }

    /// A diagnostic with its path as the caller's working folder sees it.
    fn seen(&self, diagnostic: &Diagnostic) -> Diagnostic {
        let mut diagnostic = diagnostic.clone();
        if let Some(place) = &mut diagnostic.place
            && !place.path.starts_with("theme:")
        {
            place.path.insert_str(0, &self.root);
        }
        diagnostic
    }

    /// Diagnostics as a terminal without colours shows them.
    pub(super) fn plain<'a>(&self, diagnostics: impl Iterator<Item = &'a Diagnostic>) -> String {
        diagnostics.map(|diagnostic| self.seen(diagnostic).to_string()).collect::<Vec<_>>().join("\n\n")
    }

    /// Says why jianbao could not run.
    pub(super) fn failure(&self, message: &str, help: Option<&str>) {
        let mut diagnostic = Diagnostic::error("cannot-run", message);
        diagnostic.help = help.map(str::to_owned);
        match self.format {
            Format::Human => {
                let style = colour(Severity::Error);
                err(format_args!("{style}error{style:#}: {message}"));
                if let Some(help) = help {
                    err(format_args!("  = help: {help}"));
                }
            }
            Format::Json => out(format_args!("{}", diagnostic.to_json())),
            Format::Github => out(format_args!("{}", diagnostic.to_github())),
        }
    }

    /// The result of a command, for people.
    pub(super) fn summary(&self, text: &str) {
        match self.format {
            _ if self.quiet => {}
            Format::Human => out(format_args!("{text}")),
            // Stdout holds nothing but what a program reads.
            Format::Json | Format::Github => err(format_args!("{text}")),
        }
    }

    /// Whether a line that rewrites itself is welcome.
    pub(super) fn shows_progress(&self) -> bool {
        self.format == Format::Human && !self.quiet && std::io::stderr().is_terminal()
    }
}

/// A line on stdout. A reader that has gone away is no fault of ours.
pub(super) fn out(line: fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stdout().lock(), "{line}");
}

/// A line on stderr.
pub(super) fn err(line: fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Writes over the current line of a terminal; an empty text clears it.
pub(super) fn progress(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "\r\x1b[K{text}");
    let _ = stderr.flush();
}

/// The colour of a decision: the less sure it is, the more it is to be looked at.
pub(super) fn certainty_style(certainty: Certainty) -> Style {
    match certainty {
        Certainty::Guess => AnsiColor::Yellow.on_default().bold(),
        Certainty::Likely => AnsiColor::Cyan.on_default(),
        Certainty::Certain => AnsiColor::Green.on_default(),
    }
}

fn colour(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
    };
    colour.on_default().bold()
}

/// A diagnostic with its first word and its caret in colour.
struct Coloured<'a>(&'a Diagnostic);

impl fmt::Display for Coloured<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = colour(self.0.severity);
        let faint = AnsiColor::Cyan.on_default();
        for (number, line) in self.0.to_string().lines().enumerate() {
            let caret = line.find('|').filter(|at| line[at + 1..].trim_start().starts_with('^'));
            match (number, line.split_once(": "), caret) {
                (0, Some((head, message)), _) => write!(f, "{style}{head}{style:#}: {message}"),
                (_, _, Some(at)) => {
                    let (gutter, caret) = line.split_at(at + 1);
                    write!(f, "\n{faint}{gutter}{faint:#}{style}{caret}{style:#}")
                }
                _ => write!(f, "\n{line}"),
            }?;
        }
        Ok(())
    }
}
