//! `entregent score`: the same answers without a server.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{IgnoredAny, IntoDeserializer as _};

use crate::api::bulk_line::{self, Judged};
use crate::api::problem::Failure;
use crate::cli::rules::RulesArguments;
use crate::cli::{Ending, output};
use crate::profile::import::Format;
use crate::profile::import::linkedin::Connections;
use crate::profile::{Owner, Profile};
use crate::ruleset::Tongue;
use crate::scoring::{Explain, View};
use crate::service::scores::{Scoring, Wish};
use crate::service::source;
use crate::wire::{self, Refusal};

/// What to score, and how.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// One JSON document, or one a line, or the `Connections.csv` of a LinkedIn export; `-` reads standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Take each line for a document, also when there is only one.
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    rules: RulesArguments,
    /// Owner document of the person for whom it is judged; none when absent.
    #[arg(long, value_name = "FILE")]
    owner: Option<PathBuf>,
    /// How much of the reasons to tell: none, evidence or full.
    #[arg(long, default_value = "evidence", value_parser = word::<Explain>)]
    explain: Explain,
    /// The form of the profiles: profile, json-resume, crm-record, enrichment, schema-org or auto.
    #[arg(long, default_value = "profile", value_parser = word::<Format>)]
    format: Format,
    /// How the answers are laid out: nested or flat.
    #[arg(long, default_value = "nested", value_parser = word::<View>)]
    view: View,
    /// The language of the summaries: fr or en.
    #[arg(long, default_value = "en", value_parser = word::<Tongue>)]
    language: Tongue,
}

fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
    let value: StrDeserializer<'_, ValueError> = text.into_deserializer();
    T::deserialize(value).map_err(|error| error.to_string())
}

/// Prints the answers.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    let rule_set = arguments.rules.load()?;
    let owner = arguments.owner.as_deref().map(load_owner).transpose()?;
    let (explain, language, format) = (arguments.explain, arguments.language, Some(arguments.format));
    let wish = Wish { explain, language, format, view: arguments.view, ..Wish::default() };
    let scoring = Scoring::begin(rule_set, owner, &wish);
    match read(arguments) {
        Ok(input) if arguments.lines || is_ndjson(&input) => score_lines(&scoring, &input),
        Ok(input) if Connections::begin_with(&input) => score_table(&scoring, &input),
        Ok(input) => score_one(&scoring, &input),
        Err(error) => {
            output::complain(&format!("{}: {error}", arguments.file.display()));
            Err(Ending::WrongUse)
        }
    }
}

/// Loads the owner document; when it cannot, says why on standard error and how the program is to end.
fn load_owner(file: &Path) -> Result<Arc<Owner>, Ending> {
    let document = std::fs::read(file).map_err(|error| {
        output::complain(&format!("{}: {error}", file.display()));
        Ending::WrongUse
    })?;
    source::owner(&document).map_err(|refusal| {
        complain(refusal);
        Ending::WrongUse
    })
}

fn read(arguments: &Arguments) -> io::Result<Vec<u8>> {
    if arguments.file.as_os_str() != "-" {
        return std::fs::read(&arguments.file);
    }
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    Ok(input)
}

/// Whether the input is no JSON as a whole, and one of its lines is a whole object.
///
/// It begins its line: a document over several lines that is broken may hold one too, yet indented.
fn is_ndjson(input: &[u8]) -> bool {
    let input = wire::without_mark(input).trim_ascii();
    let is_json = |text: &[u8]| serde_json::from_slice::<IgnoredAny>(text).is_ok();
    let is_object = |line: &[u8]| line.starts_with(b"{") && is_json(line);
    !is_json(input) && input.split(|byte| *byte == b'\n').any(is_object)
}

fn score_one(scoring: &Scoring, input: &[u8]) -> Result<(), Ending> {
    match scoring.read(input) {
        Ok(profile) => {
            let text = scoring.judge(&profile, |_, shown| serde_json::to_string_pretty(&shown));
            output::line(&text.unwrap_or_default())
        }
        Err(refusal) => {
            complain(refusal);
            Err(Ending::FaultyInput)
        }
    }
}

fn complain(refusal: Refusal) {
    let failure = Failure::from(refusal);
    output::complain(&serde_json::to_string_pretty(&failure.problem(None)).unwrap_or_default());
}

fn score_lines(scoring: &Scoring, input: &[u8]) -> Result<(), Ending> {
    let lines = (1..).zip(input.split(|byte| *byte == b'\n')).filter(|(_, line)| !wire::is_blank(line));
    score_all(scoring, lines.map(|(number, line)| (number, scoring.read(line))))
}

fn score_table(scoring: &Scoring, input: &[u8]) -> Result<(), Ending> {
    let connections = Connections::all(input);
    score_all(scoring, connections.into_iter().map(|connection| (connection.line, connection.profile)))
}

fn score_all<'p>(
    scoring: &Scoring,
    profiles: impl Iterator<Item = (u64, Result<Profile<'p>, Refusal>)>,
) -> Result<(), Ending> {
    let mut ended = Ok(());
    for (number, profile) in profiles {
        let mut answer = Vec::new();
        if let Judged::Refused = bulk_line::answer(scoring, number, profile, None, &mut answer) {
            ended = Err(Ending::FaultyInput);
        }
        output::raw(&answer)?;
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::is_ndjson;

    #[test]
    fn a_whole_object_on_one_of_several_lines_is_ndjson() {
        assert!(is_ndjson(b"not json\r\n{\"id\":\"a\"}\r\n"));
        assert!(is_ndjson(b"{\"id\":\"a\"}\nnot json\n"));
        assert!(is_ndjson(b"\xef\xbb\xbf{\"id\":\"a\"}\r\n{}"));
        assert!(!is_ndjson(b"{\"id\":\"a\"}\n"));
        assert!(!is_ndjson(b"{\"positions\":[\n{\"title\":\"a\"},\n{\"title\":\"b\"}\n]}\n"));
        assert!(!is_ndjson(b"{\n\"id\":\"a\"}\n"));
        assert!(!is_ndjson(b"{\n\"positions\": [\n  {\"title\":\"a\"}\n]\n"));
        assert!(!is_ndjson(b""));
    }
}
