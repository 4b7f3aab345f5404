//! The command line: the service, or one task without it.

mod check;
mod environment;
mod evaluate;
mod healthcheck;
mod import;
mod openapi;
mod output;
mod position;
mod rules;
mod schema;
mod score;
mod serve;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::store::sled::OpenFailure;

/// Judges professional profiles under rules of your own; without a command, serves over HTTP.
#[derive(Parser)]
#[command(name = "entregent", version, args_conflicts_with_subcommands = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Serve over HTTP.
    Serve(Config),
    /// Score a profile, or one a line.
    Score(score::Arguments),
    /// Tell all that is wrong with a rule set.
    Check(check::Arguments),
    /// Run the tests of a rule set.
    Test(test::Arguments),
    /// Measure a rule set on labelled profiles.
    Evaluate(evaluate::Arguments),
    /// Turn an export from elsewhere into profiles, one a line.
    #[command(subcommand)]
    Import(import::Source),
    /// Print the description of the API.
    Openapi,
    /// Print the JSON Schema of a document.
    Schema(schema::Arguments),
    /// Ask a running service whether it is ready.
    Healthcheck(healthcheck::Arguments),
}

/// What is logged unless `RUST_LOG` says otherwise: the service's own lines, and what libraries warn of.
const LOGGED: &str = "warn,entregent=info";

/// How a command ended that did not do all it was to do; the numbers are a promise, as is 0 for all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// 1: the input has errors.
    FaultyInput,
    /// 2: wrong use or configuration, or nothing can be written to standard output.
    WrongUse,
    /// 3: the data directory is in use.
    DirectoryInUse,
    /// 4: the store is damaged.
    StoreDamaged,
}

impl From<&OpenFailure> for Ending {
    fn from(failure: &OpenFailure) -> Self {
        match failure {
            OpenFailure::InUse { .. } => Self::DirectoryInUse,
            OpenFailure::Damaged { .. } => Self::StoreDamaged,
            OpenFailure::Io { .. } => Self::WrongUse,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::FaultyInput => Self::from(1),
            Ending::WrongUse => Self::from(2),
            Ending::DirectoryInUse => Self::from(3),
            Ending::StoreDamaged => Self::from(4),
        }
    }
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let line = environment::command_line();
    environment::logger(LOGGED).init();
    let ended = match line.command {
        None => serve::run(&line.config),
        Some(Command::Serve(config)) => serve::run(&config),
        Some(Command::Score(arguments)) => score::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Test(arguments)) => test::run(&arguments),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments),
        Some(Command::Import(source)) => import::run(&source),
        Some(Command::Openapi) => openapi::run(),
        Some(Command::Schema(arguments)) => schema::run(&arguments),
        Some(Command::Healthcheck(arguments)) => healthcheck::run(&arguments),
    };
    ended.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}
