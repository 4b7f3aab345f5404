//! Variables of the environment, of which an empty one counts as unset: a compose file can hardly leave one out. Only the
//! file of the keys must be named or not: a service that was to ask for keys must not start without any.

use clap::builder::Resettable;
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use crate::cli::CommandLine;

/// The variable that names the file of the keys.
const KEY_FILE: &str = "ENTREGENT_KEY_FILE";

/// The variable that says what is logged.
const LOG_FILTER: &str = "RUST_LOG";

/// Reads the command line and the variables behind it; ends the program when they cannot be used.
pub(super) fn command_line() -> CommandLine {
    let matches = without_empty(CommandLine::command()).get_matches();
    CommandLine::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// A logger that goes by `RUST_LOG`, or else by `default`.
pub(super) fn logger(default: &str) -> env_logger::Builder {
    let mut logger = env_logger::Builder::from_env(env_logger::Env::default().default_filter_or(default));
    if is_empty(LOG_FILTER) {
        logger.parse_filters(default);
    }
    logger
}

/// The command, and those below it, without the variables that are empty.
fn without_empty(command: Command) -> Command {
    let keep = |arg: Arg| match arg.get_env().and_then(|name| name.to_str()) {
        Some(name) if name != KEY_FILE && is_empty(name) => arg.env(Resettable::Reset),
        _ => arg,
    };
    command.mut_args(keep).mut_subcommands(without_empty)
}

fn is_empty(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| value.is_empty())
}
