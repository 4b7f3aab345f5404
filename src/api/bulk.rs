//! `POST /v1/scores/bulk`: profiles in, answers out, a line each, while the lines still come.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Instant;

use actix_http::ConnectionType;
use actix_web::error::PayloadError;
use actix_web::http::Version;
use actix_web::{HttpRequest, HttpResponse, post, web};
use bytes::Bytes;
use futures_core::Stream as _;

use crate::api::application::Application;
use crate::api::body::{PATIENCE, too_large};
use crate::api::bulk_input::{Entry, Input, NDJSON};
use crate::api::bulk_line::{self, BulkAnswer, Judged};
use crate::api::connection::Cut;
use crate::api::language::{self, LanguageHeader};
use crate::api::lines::Line;
use crate::api::problem::Failure;
use crate::api::query::scores::{ScoreParameters, ScoreQuery};
use crate::api::queue::{QueueIn, Undelivered, queue};
use crate::api::request_id::RequestId;
use crate::api::request_log::CutReason;
use crate::api::responses::ScoreRefusals;
use crate::profile::ProfileDocument;
use crate::service::scores::Scoring;
use crate::wire;

/// Answers are sent in groups of about this many bytes while more input is at hand.
const GROUP: usize = 16 * 1024;

/// Scores many profiles, one a line.
///
/// Each line is answered by a `BulkAnswer`, in order, while the next ones are still read. Blank lines get no answer. A line that is wrong or too long gets a problem, and the rest goes on. Instead of JSON, `text/csv` takes the `Connections.csv` of a LinkedIn data export, of any year and however a spreadsheet program saved it: each row with anything in a cell is answered, and pointers name the line and the column (`/12/Position`).
#[utoipa::path(
    post, path = "/v1/scores/bulk", tag = "scores", params(ScoreParameters, LanguageHeader),
    request_body(
        description = "A profile on each line, none over several lines, in the form that `format` names; or a table of connections.",
        content((ProfileDocument = "application/x-ndjson"), (String = "text/csv")),
    ),
    responses(
        (
            status = 200, description = "A `BulkAnswer` on each line.", body = BulkAnswer, content_type = "application/x-ndjson",
            headers(
                ("Content-Language" = String, description = "The language of the summaries."),
                ("Vary" = String, description = "`accept-language`."),
            ),
        ),
        ScoreRefusals,
    ),
)]
#[post("/v1/scores/bulk")]
pub(super) async fn score_profiles(
    application: web::Data<Application>,
    request: HttpRequest,
    id: RequestId,
    query: ScoreQuery,
    payload: web::Payload,
) -> Result<HttpResponse, Failure> {
    let limits = application.limits;
    let input = Input::of(request.headers(), limits.body_bytes)?;
    let scoring = application.scoring(&query.0).await?;
    let (answers, body) = queue(limits.waiting_bytes, limits.waits.room);
    let stream = BulkStream { application, scoring, id, input, ready: Vec::new() };
    let reason = CutReason::default();
    let mut response = HttpResponse::Ok().content_type(NDJSON).streaming(body);
    response.extensions_mut().insert(reason.clone());
    language::declare(query.0.language, &mut response);
    if request.version() < Version::HTTP_11 {
        // That version knows no chunks: the answer ends with the connection.
        response.head_mut().no_chunking(true);
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    actix_web::rt::spawn(pump(stream, payload, answers, Cut::of(&request), reason));
    Ok(response)
}

/// Why a stream ended before its input did.
enum Broken {
    /// The word for the log.
    Input(&'static str),
    Output(Undelivered),
}

async fn pump(mut stream: BulkStream, payload: web::Payload, answers: QueueIn, cut: Cut, reason: CutReason) {
    match stream.run(payload, &answers).await {
        Ok(()) | Err(Broken::Output(Undelivered::Gone)) => {}
        Err(Broken::Input(why)) => {
            reason.note(why);
            answers.break_off();
        }
        Err(Broken::Output(Undelivered::NotRead)) => {
            reason.note("client-does-not-read");
            answers.break_off();
            cut.now();
        }
    }
}

/// The state of one bulk request between two parts of its body.
struct BulkStream {
    application: web::Data<Application>,
    scoring: Scoring,
    id: RequestId,
    input: Input,
    ready: Vec<u8>,
}

impl BulkStream {
    async fn run(&mut self, mut payload: web::Payload, answers: &QueueIn) -> Result<(), Broken> {
        loop {
            let part = match at_hand(&mut payload).await {
                Some(part) => part,
                None => {
                    self.send(answers).await?;
                    let next = tokio::time::timeout(PATIENCE, next(&mut payload)).await;
                    next.map_err(|_| Broken::Input("body-too-slow"))?
                }
            };
            let Some(part) = part else { break };
            self.read(&part.map_err(|_| Broken::Input("body-broke-off"))?, answers).await?;
        }
        self.read(&[], answers).await?;
        if let Some(entry) = self.input.finish() {
            self.judge(entry);
        }
        self.send(answers).await
    }

    async fn read(&mut self, part: &[u8], answers: &QueueIn) -> Result<(), Broken> {
        let decoded = self.input.decode(part);
        let mut rest = decoded.as_ref();
        while !rest.is_empty() {
            let (entry, after) = self.input.take(rest);
            rest = after;
            if let Some(entry) = entry {
                self.judge(entry);
            }
            if self.ready.len() >= GROUP {
                self.send(answers).await?;
            }
        }
        Ok(())
    }

    fn judge(&mut self, entry: Entry<'_>) {
        let started = Instant::now();
        let (id, out) = (Some(self.id.as_str()), &mut self.ready);
        let judged = match entry {
            Entry::Connection(row) => bulk_line::answer(&self.scoring, row.line, row.profile, id, out),
            Entry::Line(Line { number, bytes: None }) => {
                bulk_line::refuse(number, &too_large(self.application.limits.body_bytes), id, out)
            }
            Entry::Line(Line { bytes: Some(bytes), .. }) if wire::is_blank(&bytes) => return,
            Entry::Line(Line { number, bytes: Some(bytes) }) => {
                bulk_line::answer(&self.scoring, number, self.scoring.read(&bytes), id, out)
            }
        };
        let outcome = match &judged {
            Judged::Scored(outcome) => outcome,
            Judged::Refused => "refused",
        };
        self.application.metrics.scored(outcome, started.elapsed());
    }

    async fn send(&mut self, answers: &QueueIn) -> Result<(), Broken> {
        if self.ready.is_empty() {
            return Ok(());
        }
        answers.put(&self.ready).await.map_err(Broken::Output)?;
        self.ready.clear();
        // One long answer does not hold its memory for as long as the stream runs.
        self.ready.shrink_to(2 * GROUP);
        Ok(())
    }
}

type Part = Option<Result<Bytes, PayloadError>>;

/// The next part of the body if it is here already.
async fn at_hand(payload: &mut web::Payload) -> Option<Part> {
    poll_fn(|cx| match Pin::new(&mut *payload).poll_next(cx) {
        Poll::Ready(part) => Poll::Ready(Some(part)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// The next part of the body.
async fn next(payload: &mut web::Payload) -> Part {
    poll_fn(|cx| Pin::new(&mut *payload).poll_next(cx)).await
}
