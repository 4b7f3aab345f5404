//! The `entregent` program: the service, and the same judgement on the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    entregent::cli::run()
}
