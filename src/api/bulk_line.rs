//! The answer to one line of many: the same for the service and for the command line.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::problem::{Failure, Problem};
use crate::profile::Profile;
use crate::scoring::ShownAnswer;
use crate::service::scores::Scoring;
use crate::wire::{self, Refusal};

/// One line of a bulk answer; it has either a result or a problem.
#[derive(Serialize, ToSchema)]
pub struct BulkAnswer<'a> {
    /// The number of the line that is answered, from 1; blank lines count. Of a table, the line that the row begins on.
    line: u64,
    /// The `id` of the profile.
    #[schema(required)]
    id: Option<&'a str>,
    /// The answer to the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    result: Option<ShownAnswer<'a>>,
    /// Why the line was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<Problem<'a>>,
}

/// What became of one line.
pub enum Judged {
    /// A decision with this outcome.
    Scored(&'static str),
    /// A problem.
    Refused,
}

/// Judges the profile of a line, if it is one, and appends the answer.
pub fn answer(
    scoring: &Scoring,
    line: u64,
    profile: Result<Profile<'_>, Refusal>,
    request_id: Option<&str>,
    out: &mut Vec<u8>,
) -> Judged {
    match profile {
        Ok(profile) => Judged::Scored(scoring.judge(&profile, |answer, result| {
            append(&BulkAnswer { line, id: answer.id, result: Some(result), problem: None }, out);
            answer.outcome()
        })),
        Err(refusal) => refuse(line, &Failure::from(placed(refusal, line)), request_id, out),
    }
}

/// What is no JSON is told by its line in the whole input, not by that in the document, which has only one.
fn placed(mut refusal: Refusal, number: u64) -> Refusal {
    if let Refusal::Syntax { line, .. } = &mut refusal {
        *line = usize::try_from(number).unwrap_or(usize::MAX);
    }
    refusal
}

/// Appends the problem of a line.
pub fn refuse(line: u64, failure: &Failure, request_id: Option<&str>, out: &mut Vec<u8>) -> Judged {
    append(&BulkAnswer { line, id: None, result: None, problem: Some(failure.problem(request_id)) }, out);
    Judged::Refused
}

fn append(answer: &BulkAnswer<'_>, out: &mut Vec<u8>) {
    // Cannot fail for these types; no line would be better than half of one.
    if wire::write(answer, out).is_ok() {
        out.push(b'\n');
    }
}
