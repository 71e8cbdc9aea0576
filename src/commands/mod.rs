//! The command line: the only place that prints, reads the clock and picks exit codes.
//!
//! Exit status: 0 done, 1 the content has errors and nothing was published, 2 jianbao could not run.

mod build;
mod check;
mod convert;
mod day;
mod fonts;
mod import;
mod looked_at;
mod new;
mod preview;
mod review;
mod serve;
mod terminal;

use crate::pipeline::Options;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Publishes Chinese in both scripts from one content tree.
#[derive(Debug, Parser)]
#[command(name = "jianbao", version, about, long_about = None, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 done; 1 the content has errors, nothing was published; 2 jianbao could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Serve(serve::Args),
    Check(check::Args),
    Review(review::Args),
    Import(import::Args),
    Convert(convert::Args),
    New(new::Args),
}

/// Done.
const DONE: u8 = 0;
/// The content has errors; nothing was published.
const CONTENT_HAS_ERRORS: u8 = 1;
/// Could not run at all.
const COULD_NOT_RUN: u8 = 2;

/// The folder with the C++ OpenCC's configurations, for sites with `engine = "opencc"`.
const OPENCC_DATA: &str = "JIANBAO_OPENCC_DATA";

/// What stages may not look up themselves.
fn options() -> Options {
    Options { opencc_data: std::env::var_os(OPENCC_DATA).map(PathBuf::from), ..Options::default() }
}

/// Runs the program with its arguments, the first of which is its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is nothing to complain about.
            let _ = error.print();
            let is_fault = error.use_stderr();
            return ExitCode::from(if is_fault { COULD_NOT_RUN } else { DONE });
        }
    };
    ExitCode::from(match cli.command {
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Review(args) => review::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::New(args) => new::run(&args),
    })
}
