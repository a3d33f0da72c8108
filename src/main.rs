//! The program: `hetong --help` says what it can do.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
