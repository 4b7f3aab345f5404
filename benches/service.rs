//! What the running service costs: one profile at a time, in bulk, in memory, at its start, and when rules change.
//!
//! The release binary serves from a process of its own, with one worker, over the loopback interface of the same machine;
//! what it costs is read in `/proc`, so that this needs Linux. Times say little on a shared machine. The ratios are taken
//! from alternating passes of one run; those of processor time do not count what others do, nor what the client costs.
//!
//! What bulk is held against is the typed parse of the same bytes in this process, on one thread. There is no HTTP in that
//! base, and no answer: the ratio is harder to reach than one to a server that parses and answers nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where its premise fails, and prints")]

mod measure;
mod people;
mod rules;
mod server;

use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::LazyLock;
use std::thread;
use std::time::Instant;

use entregent::profile::ProfileDocument;
use serde_json::json;
use tempfile::TempDir;

use measure::median;
use rules::invented;
use server::Server;
use server::connection::{Connection, get, head, request};

const JSON: &str = "application/json";

static PROFILES: LazyLock<Vec<String>> = LazyLock::new(|| people::profiles(2_000));

fn main() {
    // `cargo bench` gives this argument; `cargo test --all-targets`, which only wants to know that benches run, does not.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    if !cfg!(target_os = "linux") {
        println!("The costs of a process are read in /proc: this bench needs Linux.");
        return;
    }
    let bytes: usize = PROFILES.iter().map(String::len).sum();
    println!("{} profiles of {} bytes; a server with one worker; medians", PROFILES.len(), bytes / PROFILES.len());
    report_singles();
    report_bulk();
    report_memory();
    report_start();
    report_new_rules();
}

/// A server over a data directory of its own.
fn fresh() -> (TempDir, Server) {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    (data, server)
}

fn report_singles() {
    heading("one at a time, 48 connections", ["requests/s", "CPU us/request"]);
    let (_data, server) = fresh();
    let [alive, schema] = ["/health/live", "/v1/schemas/profile"].map(|path| [get(path)]);
    let scores = score_requests();
    // A fixed answer of the length of a judged one: what HTTP and the system take for it, with nothing judged.
    let [_, schema, _] =
        compare(|| rate_of_singles(&server, &alive, 48_000), || rate_of_singles(&server, &schema, 48_000));
    let [alive, scores, ratio] =
        compare(|| rate_of_singles(&server, &alive, 96_000), || rate_of_singles(&server, &scores, 24_000));
    for (what, rate) in
        [("GET /health/live", alive), ("GET /v1/schemas/profile, 7 KB", schema), ("POST /v1/scores", scores)]
    {
        row(what, &[format!("{:.0}", rate.per_second), format!("{:.1}", 1e6 / rate.per_cpu_second)]);
    }
    row("POST / GET", &[format!("{:.3}", ratio.per_second), format!("{:.2}", 1.0 / ratio.per_cpu_second)]);
}

fn report_bulk() {
    heading("bulk, 20,000 lines", ["MB/s", "MB/CPU second"]);
    let (_data, server) = fresh();
    let megabytes = bulk_bytes(20_000) as f64 / 1e6;
    let [parse, bulk, ratio] = compare(
        || rate(megabytes, measure::thread_seconds, || lines(20_000).for_each(typed_parse)),
        || rate(megabytes, || server.cpu_seconds(), || send_bulk(&server, 20_000)),
    );
    for (what, rate) in [("typed parse, no HTTP", parse), ("POST /v1/scores/bulk", bulk)] {
        row(what, &[format!("{:.1}", rate.per_second), format!("{:.1}", rate.per_cpu_second)]);
    }
    row("POST / parse", &[format!("{:.3}", ratio.per_second), format!("{:.3}", ratio.per_cpu_second)]);
}

fn report_memory() {
    heading("memory", ["", "peak MB"]);
    let peak = |what, work: &dyn Fn(&Server)| {
        let (_data, server) = fresh();
        work(&server);
        let megabytes = server.peak_megabytes();
        row(what, &[String::new(), format!("{megabytes:.1}")]);
        megabytes
    };
    peak("24,000 profiles, one at a time", &|server| send_singles(&mut clients(server), &score_requests(), 24_000));
    let short = peak("bulk, 1,000 lines", &|server| send_bulk(server, 1_000));
    let long = peak("bulk, 100,000 lines", &|server| send_bulk(server, 100_000));
    row("100,000 / 1,000 lines", &[String::new(), format!("{:.2}", long / short)]);
}

fn report_start() {
    heading("start, to the first score", ["", "ms"]);
    let (data, server) = fresh();
    let (mut connection, rules) = (server.connect(), invented(100, 10).to_string());
    for number in 0..100 {
        connection.ask(&request(&format!("PUT /v1/rule-sets/stored-{number}"), JSON, &rules));
    }
    drop(connection);
    server.stop();
    let (one, default) = (score_request("?rule_set=stored-50"), score_request(""));
    let starts: Vec<_> = (0..5)
        .map(|_| (first_score(data.path(), &one), first_score(tempfile::tempdir().unwrap().path(), &default)))
        .collect();
    let stored = median(starts.iter().map(|(stored, _)| *stored));
    row("100 rule sets stored, by one of them", &[String::new(), milliseconds(stored)]);
    row(
        "empty directory, by the default rules",
        &[String::new(), milliseconds(median(starts.iter().map(|(_, empty)| *empty)))],
    );
}

/// Starts a server, and stops it once it has answered; the seconds to the answer.
fn first_score(data: &Path, request: &[u8]) -> f64 {
    let started = Instant::now();
    let server = Server::start(data);
    server.connect().ask(request);
    let seconds = started.elapsed().as_secs_f64();
    server.stop();
    seconds
}

fn report_new_rules() {
    heading("new revision of 5,000 phrases", ["", "ms"]);
    let (_data, server) = fresh();
    let (mut connection, score) = (server.connect(), score_request("?rule_set=live"));
    let mut document = invented(5_000, 300);
    let times: Vec<_> = (1..=9)
        .map(|revision| {
            document.as_object_mut().unwrap().insert("title".to_owned(), json!(format!("revision {revision}")));
            let put = request("PUT /v1/rule-sets/live", JSON, &document.to_string());
            let started = Instant::now();
            connection.ask(&put);
            let answered = started.elapsed().as_secs_f64();
            let judged_by_it = connection.ask(&score).contains(&format!("\"name\":\"live\",\"revision\":{revision}}}"));
            assert!(judged_by_it, "the score after the answer is not by revision {revision}");
            (answered, started.elapsed().as_secs_f64())
        })
        .collect();
    row("PUT to its answer", &[String::new(), milliseconds(median(times.iter().map(|(answered, _)| *answered)))]);
    row("PUT to a score by it", &[String::new(), milliseconds(median(times.iter().map(|(_, scored)| *scored)))]);
}

fn typed_parse(json: &str) {
    drop(black_box(serde_json::from_str::<ProfileDocument<'_>>(black_box(json)).unwrap()));
}

fn score_request(query: &str) -> Vec<u8> {
    request(&format!("POST /v1/scores{query}"), JSON, PROFILES.first().unwrap())
}

fn score_requests() -> Vec<Vec<u8>> {
    PROFILES.iter().map(|json| request("POST /v1/scores", JSON, json)).collect()
}

/// Four clients of twelve connections each.
fn clients(server: &Server) -> [Vec<Connection>; 4] {
    [(); 4].map(|()| (0..12).map(|_| server.connect()).collect())
}

/// Sends the requests over and over until there were so many.
///
/// A client writes one on each of its connections before it reads the answers: so it is woken seldom, and takes little of
/// the processor time that the server needs.
fn send_singles(clients: &mut [Vec<Connection>], requests: &[Vec<u8>], count: usize) {
    let share = count / clients.len();
    thread::scope(|scope| {
        for (number, connections) in clients.iter_mut().enumerate() {
            let mut mine = requests.iter().cycle().skip(number * share).take(share);
            scope.spawn(move || {
                loop {
                    let sent = connections.iter_mut().zip(&mut mine).map(|(one, request)| one.send(request)).count();
                    connections.iter_mut().take(sent).for_each(|one| {
                        one.answer();
                    });
                    if sent == 0 {
                        return;
                    }
                }
            });
        }
    });
}

fn rate_of_singles(server: &Server, requests: &[Vec<u8>], count: usize) -> Rate {
    let mut clients = clients(server);
    rate(count as f64, || server.cpu_seconds(), || send_singles(&mut clients, requests, count))
}

/// The profiles over and over, until there were so many.
fn lines(count: usize) -> impl Iterator<Item = &'static str> {
    PROFILES.iter().cycle().take(count).map(String::as_str)
}

/// The length of so many lines, line feeds included.
fn bulk_bytes(count: usize) -> usize {
    lines(count).map(|line| line.len() + 1).sum()
}

/// Has so many lines scored in one request; reads the results while it sends.
fn send_bulk(server: &Server, count: usize) {
    let mut connection = server.connect();
    let mut out = BufWriter::with_capacity(64 * 1024, connection.writer());
    thread::scope(|scope| {
        scope.spawn(move || {
            out.write_all(&head("POST /v1/scores/bulk", "application/x-ndjson", bulk_bytes(count))).unwrap();
            for line in lines(count) {
                out.write_all(line.as_bytes()).unwrap();
                out.write_all(b"\n").unwrap();
            }
            out.flush().unwrap();
        });
        assert_eq!(connection.results(), count, "the results are not as many as the lines");
    });
}

/// How much is done in a second that passes, and in a second of the processor.
#[derive(Clone, Copy)]
struct Rate {
    per_second: f64,
    per_cpu_second: f64,
}

fn rate(amount: f64, cpu_seconds: impl Fn() -> f64, work: impl FnOnce()) -> Rate {
    let (started, before) = (Instant::now(), cpu_seconds());
    work();
    Rate { per_second: amount / started.elapsed().as_secs_f64(), per_cpu_second: amount / (cpu_seconds() - before) }
}

/// Does two kinds of work in turn; the medians of the first, of the second, and of what the second is to the first.
fn compare(base: impl Fn() -> Rate, other: impl Fn() -> Rate) -> [Rate; 3] {
    // Not counted: the first of each finds nothing in the caches.
    base();
    other();
    let passes: Vec<_> = (0..7).map(|_| (base(), other())).collect();
    let medians = |part: fn(&(Rate, Rate)) -> Rate| Rate {
        per_second: median(passes.iter().map(|pass| part(pass).per_second)),
        per_cpu_second: median(passes.iter().map(|pass| part(pass).per_cpu_second)),
    };
    let ratio = |(base, other): &(Rate, Rate)| Rate {
        per_second: other.per_second / base.per_second,
        per_cpu_second: other.per_cpu_second / base.per_cpu_second,
    };
    [medians(|(base, _)| *base), medians(|(_, other)| *other), medians(ratio)]
}

fn heading(what: &str, columns: [&str; 2]) {
    println!();
    row(what, &columns.map(str::to_owned));
}

fn row(what: &str, figures: &[String; 2]) {
    let [first, second] = figures;
    println!("{what:<40}{first:>14}{second:>18}");
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.1}", seconds * 1e3)
}
