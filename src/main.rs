//! The thin binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    jianbao::commands::run(std::env::args_os())
}
