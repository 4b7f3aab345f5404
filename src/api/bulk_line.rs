//! The answer to one line of many: the same for the service and for the command line.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::problem::{Failure, Problem};
use crate::scoring::Answer;
use crate::service::scores::Scoring;

/// One line of a bulk answer; it has either a result or a problem.
#[derive(Serialize, ToSchema)]
pub struct BulkAnswer<'a> {
    /// The number of the line that is answered, from 1; blank lines count.
    line: u64,
    /// The `id` of the profile.
    #[schema(required)]
    id: Option<&'a str>,
    /// The answer to the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    result: Option<&'a Answer<'a>>,
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

/// Scores a line and appends its answer.
pub fn answer(scoring: &Scoring, line: u64, profile: &[u8], request_id: Option<&str>, out: &mut Vec<u8>) -> Judged {
    let scored = scoring.score(profile, |id, result| {
        append(&BulkAnswer { line, id, result: Some(result), problem: None }, out);
        result.outcome()
    });
    match scored {
        Ok(outcome) => Judged::Scored(outcome),
        Err(refusal) => refuse(line, &Failure::from(refusal), request_id, out),
    }
}

/// Appends the problem of a line.
pub fn refuse(line: u64, failure: &Failure, request_id: Option<&str>, out: &mut Vec<u8>) -> Judged {
    append(&BulkAnswer { line, id: None, result: None, problem: Some(failure.problem(request_id)) }, out);
    Judged::Refused
}

fn append(answer: &BulkAnswer<'_>, out: &mut Vec<u8>) {
    let start = out.len();
    match serde_json::to_writer(&mut *out, answer) {
        Ok(()) => out.push(b'\n'),
        // Cannot happen for these types; a half line would be worse than none.
        Err(_) => out.truncate(start),
    }
}
