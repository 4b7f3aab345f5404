//! `entregent schema`.

use crate::cli::{Ending, output};
use crate::profile::ProfileDocument;
use crate::ruleset::RuleSetDocument;
use crate::wire::json_schema;

/// What to print.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The document that the schema is of.
    #[arg(value_enum)]
    document: Document,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Document {
    Profile,
    RuleSet,
}

/// Prints a JSON Schema.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    let schema = match arguments.document {
        Document::Profile => json_schema::<ProfileDocument<'_>>(),
        Document::RuleSet => json_schema::<RuleSetDocument>(),
    };
    output::line(&format!("{schema:#}"))
}
