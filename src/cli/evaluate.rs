//! `entregent evaluate`: measures a rule set on labelled profiles.

use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::rules::RulesArguments;
use crate::cli::{Ending, output};
use crate::evaluation::{Blamed, Report, WrongRow, evaluate};
use crate::service::today;
use crate::wire::Complaint;

/// What to measure, and on what.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Labelled profiles: objects `{"label", "profile"}`, one a line, or titles and labels parted by tabs; `-` reads
    /// standard input.
    file: PathBuf,
    #[command(flatten)]
    rules: RulesArguments,
    /// Print tables for people, with the first wrong rows, or everything in JSON.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Output {
    Text,
    Json,
}

/// The most wrong rows that the tables are followed by.
const MOST_SHOWN: usize = 20;

/// Prints the figures; the rows that could not be judged make it a faulty input.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    let rule_set = arguments.rules.load()?;
    let input = read(&arguments.file).map_err(|error| {
        output::complain(&format!("{}: {error}", arguments.file.display()));
        Ending::WrongUse
    })?;
    let progress = progress(input.iter().filter(|byte| **byte == b'\n').count());
    let report = evaluate(rule_set.rules(), today(), &input, || progress.inc(1));
    progress.finish_and_clear();
    match arguments.output {
        Output::Json => output::line(&serde_json::to_string_pretty(&report).unwrap_or_default())?,
        Output::Text => output::line(text(&report).trim())?,
    }
    if report.refused_count == 0 { Ok(()) } else { Err(Ending::FaultyInput) }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    Ok(input)
}

/// A bar on standard error, drawn only where that is a terminal.
fn progress(lines: usize) -> ProgressBar {
    let bar = ProgressBar::new(lines as u64);
    match ProgressStyle::with_template("{bar:40} {pos}/{len} lines, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn text(report: &Report) -> String {
    // Of rows that were all refused there are no figures.
    let figures = if report.rows == 0 && report.refused_count > 0 { String::new() } else { figures(report) };
    format!("{figures}{}", refusals(report))
}

fn figures(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap_or_default();
    line(format!("{} rows, accuracy {:.3}, macro-F1 {:.3}", report.rows, report.accuracy, report.macro_f1));
    line(format!("\n{:20} precision  recall      F1    rows", "category"));
    for it in &report.categories {
        line(format!("{:20} {:9.3} {:7.3} {:7.3} {:7}", it.category, it.precision, it.recall, it.f1, it.support));
    }
    line(format!("\n{:20} found", "label"));
    for row in report.confusion.iter().filter(|row| row.support > 0) {
        let found: Vec<String> = row.found.iter().map(|(category, count)| format!("{category} {count}")).collect();
        line(format!("{:20} {}", row.label, found.join(", ")));
    }
    if report.wrong_count > 0 {
        line(format!("\n{} rows went wrong; `--output json` tells more of them", report.wrong_count));
    }
    report.wrong.iter().take(MOST_SHOWN).for_each(|row| line(wrong(row)));
    text
}

fn refusals(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").unwrap_or_default();
    if report.refused_count > 0 {
        line(format!("\n{} rows could not be judged", report.refused_count));
    }
    let error = |it: &Complaint| match it.pointer.as_str() {
        "" => it.reason.clone(),
        pointer => format!("{pointer} {}", it.reason),
    };
    for row in report.refused.iter().take(MOST_SHOWN) {
        let errors: Vec<String> = row.errors.iter().map(error).collect();
        line(format!("line {}: {}", row.line, errors.join("; ")));
    }
    text
}

fn wrong(row: &WrongRow) -> String {
    let terms: Vec<String> = row.terms.iter().map(term).collect();
    let read = if terms.is_empty() { "no term was read".to_owned() } else { terms.join("; ") };
    format!("line {}: {}, found {}: {read}", row.line, row.label, row.found)
}

fn term(term: &Blamed) -> String {
    let signals: Vec<String> = term.signals.iter().map(|(signal, points)| format!("{signal} {points:+}")).collect();
    let counted = if signals.is_empty() { "no signal".to_owned() } else { signals.join(", ") };
    format!("`{}` ({}: {counted})", term.text, term.vocabulary)
}
