//! The program: `hetong --help` says what it can do.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A fault in the program is answered in the record; a backtrace helps no clerk.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("程序内部出错（{place}），已跳过当前内容");
    }));
    cli::run()
}
