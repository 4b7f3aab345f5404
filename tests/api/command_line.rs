use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use crate::app::RULES;
use crate::exchange::{Answer, connect, read_to_line};
use crate::process::{Service, entregent, refused_start};

fn file(text: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_ref()).unwrap();
    file
}

/// The lines that a check of a file prints, without the name of the file.
fn checked(text: impl AsRef<[u8]>) -> Vec<String> {
    let file = file(text);
    let output = entregent(&["check", file.path().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let place = format!("{}:", file.path().display());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.strip_prefix(&place).unwrap().to_owned()).collect()
}

#[test]
fn one_document_gets_one_answer() {
    let output = entregent(&["score", "--rule-set", RULES, "--explain", "none"], r#"{"id": "a", "headline": "x"}"#);
    assert_eq!(output.status.code(), Some(0));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["id"], "a");
}

#[test]
fn the_summary_is_in_the_language_of_the_flag() {
    for (language, beginning) in [("fr", "Entrer en relation"), ("en", "Connect")] {
        let arguments = ["score", "--rule-set", RULES, "--language", language];
        let output = entregent(&arguments, r#"{"headline": "Treasurer"}"#);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(answer["summary"].as_str().unwrap().starts_with(beginning), "{answer}");
    }
    assert_eq!(entregent(&["score", "--language", "de"], "{}").status.code(), Some(2));
}

#[test]
fn profiles_are_judged_for_the_owner_in_a_file() {
    let score = |owner: &str| {
        let arguments = ["score", "--rule-set", RULES, "--owner", owner];
        entregent(&arguments, "{\"headline\": \"x\"}\n{\"headline\": \"y\"}\n")
    };
    let owner = file(r#"{"headline": "CTO"}"#);
    let output = score(owner.path().to_str().unwrap());
    assert_eq!(output.status.code(), Some(0));
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let owner = &answer["result"]["owner"];
        assert_eq!(owner["id"], "default");
        assert!(owner["digest"].as_str().unwrap().starts_with("sha256:"), "{line}");
    }
    let faulty = file(r#"{"headline": "CTO", "as_of": "2026-11-23"}"#);
    let output = score(faulty.path().to_str().unwrap());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("\"/as_of\""));
    let output = score("/does/not/exist");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/does/not/exist"));
}

#[test]
fn several_lines_get_an_answer_each() {
    let score = |flags: &[&str], input: &str| {
        let output = entregent(&[&["score", "--rule-set", RULES], flags].concat(), input);
        let lines = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (output.status.code(), lines.iter().map(|answer| answer["result"].is_object()).collect::<Vec<_>>())
    };
    assert_eq!(score(&[], "{\"headline\": \"x\"}\nbroken\n"), (Some(1), vec![true, false]));
    assert_eq!(score(&[], "broken\n{\"headline\": \"x\"}\n"), (Some(1), vec![false, true]));
    assert_eq!(score(&["--lines"], "{\"headline\": \"x\"}\n"), (Some(0), vec![true]));
}

const CONNECTIONS: &str = include_str!("../exports/connections-2023.csv");
const INVITATIONS: &str = include_str!("../exports/invitations-2023.csv");

#[test]
fn a_table_of_connections_is_scored_row_by_row() {
    let output = entregent(&["score", "--rule-set", RULES, "--view", "flat"], CONNECTIONS);
    assert_eq!(output.status.code(), Some(1), "of a hidden member nothing is said");
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<serde_json::Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<_> = answers.iter().map(|answer| answer["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [5, 6, 8, 9, 10]);
    assert_eq!(answers[0]["result"]["id"], "ilse-varnholt");
    assert_eq!(answers[2]["problem"]["errors"][0]["pointer"], "/8");
}

/// The lines that an import of a path prints.
fn imported(path: &std::path::Path) -> Vec<serde_json::Value> {
    let output = entregent(&["import", "linkedin-export", path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_export_is_imported_from_its_archive_its_folder_or_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("export.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).unwrap());
    for (name, table) in [("x/Connections.csv", CONNECTIONS), ("x/Invitations.csv", INVITATIONS)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(table.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    std::fs::write(folder.path().join("Connections.csv"), CONNECTIONS).unwrap();
    let without_notes = imported(&folder.path().join("Connections.csv"));
    assert_eq!(without_notes.len(), 4);
    assert_eq!(imported(folder.path()), without_notes);
    std::fs::write(folder.path().join("Invitations.csv"), INVITATIONS).unwrap();
    let with_notes = imported(folder.path());
    assert_eq!((with_notes.len(), &with_notes[4]["id"]), (5, &"odd-stranger".into()));
    assert_eq!(imported(&archive), with_notes);
    let lines: Vec<_> = with_notes.iter().map(serde_json::Value::to_string).collect();
    assert_eq!(entregent(&["score", "--rule-set", RULES], &lines.join("\n")).status.code(), Some(0));
}

#[test]
fn an_import_of_what_is_no_export_fails() {
    let folder = tempfile::tempdir().unwrap();
    let import =
        |path: &std::path::Path| entregent(&["import", "linkedin-export", path.to_str().unwrap()], "").status.code();
    assert_eq!(import(folder.path()), Some(1));
    assert_eq!(import(&folder.path().join("missing")), Some(2));
    assert_eq!(import(file("PK, but no archive").path()), Some(2));
    assert_eq!(import(file("a,b\n1,2\n").path()), Some(1));
}

#[test]
fn a_refused_profile_and_wrong_use_are_told_apart() {
    assert_eq!(entregent(&["score", "--rule-set", RULES], "{}").status.code(), Some(1));
    assert_eq!(entregent(&["score", "--explain", "much"], "{}").status.code(), Some(2));
    assert_eq!(entregent(&["score", "--rule-set", RULES, "/does/not/exist"], "").status.code(), Some(2));
    let data = tempfile::tempdir().unwrap();
    for workers in ["none", "0", "513", "5000"] {
        assert_eq!(refused_start(data.path(), &["--workers", workers]).status.code(), Some(2), "{workers}");
    }
}

#[test]
fn a_service_does_not_start_with_a_seed_that_is_wrong() {
    let faulty = file("{\n  \"format\": 1,\n  \"titel\": \"x\"\n}");
    let place = faulty.path().to_str().unwrap();
    let data = tempfile::tempdir().unwrap();
    let output = refused_start(data.path(), &["--seed", place]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&format!("{place}:")));
    let output = refused_start(data.path(), &["--seed", "/does/not/exist"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_key_file_that_cannot_be_read_is_named() {
    let data = tempfile::tempdir().unwrap();
    let output = refused_start(data.path(), &["--key-file", "/does/not/exist"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/does/not/exist"));
}

#[test]
fn check_says_where_in_the_file_a_rule_set_is_wrong() {
    let faulty = file("{\n  \"format\": 1,\n  \"titel\": \"x\"\n}");
    let output = entregent(&["check", faulty.path().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let place = faulty.path().display().to_string();
    assert!(text.lines().count() > 0 && text.lines().all(|line| line.starts_with(&place)), "{text}");
    let broken = file("{\n  oops");
    let output = entregent(&["check", broken.path().to_str().unwrap()], "");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with(&format!("{}:2:", broken.path().display())));
}

#[test]
fn check_says_why_a_file_is_no_json() {
    let check = |text: &[u8], expected: &str| assert_eq!(checked(text), [expected]);
    let comma = "a comma stands in front of a closing bracket";
    check(b"{\n  \"format\": 1,\n}", &format!("3:1  error is not JSON from here: {comma}"));
    check("\u{feff}{\"title\": \"é\",}".as_bytes(), &format!("1:15  error is not JSON from here: {comma}"));
    check(b"{\"title\":\n \"caf\xe9\"}", "2:6  error is not JSON from here: the text is not UTF-8");
    check(b"", "1:1  error is not JSON from here: the text is empty");
}

#[test]
fn check_names_unknown_fields_and_repeated_keys_at_their_own_lines() {
    let rules = std::fs::read_to_string(RULES).unwrap();
    let slips =
        [("\"threshold\":", "\"treshold\":"), ("\"treasurer-before\":", "\"treasurer\":"), ("\"title\"", "\"zz/top\"")];
    let slipped = slips.iter().fold(rules.clone(), |text, (right, wrong)| text.replacen(right, wrong, 1));
    assert_eq!(
        checked(&slipped),
        [
            "1:1  error misses the field `title`",
            "6:5 /categories/business error misses the field `threshold`",
            "12:9 /categories/business/signals/treasurer error occurs twice",
            "9:7 /categories/business/treshold error is the unknown field `treshold`; did you mean `threshold`?",
            "3:3 /zz~1top error is the unknown field `zz/top`",
        ]
    );
    let twice = rules.replacen("\"format\": 1,", "\"format\": 1,\n\"format\": 1,", 1);
    assert_eq!(checked(&twice), ["3:1 /format error occurs twice"]);
}

#[test]
fn check_says_that_a_rule_set_stands_within_an_answer() {
    let rules = std::fs::read_to_string(RULES).unwrap();
    let answer = format!("{{\"name\": \"x\", \"revision\": 1, \"document\": {rules}}}");
    let reason = "is an answer about a rule set; the rule set alone is what stands in `document`";
    assert_eq!(checked(answer), [format!("1:1  error {reason}")]);
}

#[test]
fn files_of_editors_that_write_a_byte_order_mark_are_read() {
    let rules = file(format!("\u{feff}{}", std::fs::read_to_string(RULES).unwrap()));
    let path = rules.path().to_str().unwrap();
    assert_eq!(entregent(&["check", path], "").status.code(), Some(0));
    let profile = "{\"headline\": \"Treasurer\"}";
    for input in [format!("\u{feff}{profile}"), format!("\u{feff}{profile}\r\n{profile}\r\n")] {
        assert_eq!(entregent(&["score", "--rule-set", path], &input).status.code(), Some(0), "{input}");
    }
}

#[test]
fn a_profile_that_is_no_json_is_told_why() {
    let problem = |file: &tempfile::NamedTempFile| {
        let output = entregent(&["score", "--rule-set", RULES, file.path().to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(1));
        serde_json::from_slice::<serde_json::Value>(&output.stderr).unwrap()["detail"].clone()
    };
    assert_eq!(problem(&file("")), "no JSON from line 1, column 1: the text is empty");
    assert_eq!(problem(&file(b"{\"headline\": \"\xe9\"}")), "no JSON from line 1, column 15: the text is not UTF-8");
}

#[test]
fn a_rule_set_without_fault_passes_its_check_and_its_tests() {
    assert_eq!(entregent(&["check", RULES], "").status.code(), Some(0));
    let output = entregent(&["test", RULES], "");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"1 tests, 0 failed\n".as_slice()));
}

#[test]
fn check_warns_of_a_test_that_fails_and_of_what_has_no_effect() {
    let rules = std::fs::read_to_string(RULES).unwrap().replace("\"threshold\": 5", "\"threshold\": 50");
    let rules = file(&rules);
    let output = entregent(&["check", rules.path().to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0));
    let expected = "
FILE:9:7 /categories/business/threshold warning is out of reach: the signals bring, within groups and caps, at most 8
FILE:21:5 /tests/0 warning `a treasurer is business` fails: category is `none`, expected `business`; outcome is `ask`, expected `connect`
";
    let text = String::from_utf8(output.stdout).unwrap().replace(&rules.path().display().to_string(), "FILE");
    assert_eq!(text, expected.trim_start());
}

#[test]
fn evaluate_prints_figures_for_people_or_the_whole_report() {
    let rows = file("title\tlabel\nTreasurer\tbusiness\nTreasurer\tother\n");
    let path = rows.path().to_str().unwrap();
    let output = entregent(&["evaluate", path, "--rule-set", RULES], "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text.starts_with("2 rows, accuracy 0.500") && text.contains("\nline 3: other, found business: "), "{text}");
    let output = entregent(&["evaluate", path, "--rule-set", RULES, "--output", "json"], "");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["rows"], &report["wrong"][0]["line"]), (&2.into(), &3.into()));
    let output = entregent(&["evaluate", "-", "--rule-set", RULES], "Treasurer, business\nBaker, other\n");
    let reason = "has no title and label, parted by a tab";
    let refused = format!("2 rows could not be judged\nline 1: {reason}\nline 2: {reason}\n");
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap()), (Some(1), refused));
    let output = entregent(&["evaluate", "-", "--rule-set", RULES], "Treasurer\tbusiness\nBaker, other\n");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with("1 rows, accuracy") && text.contains("\n1 rows could not be judged\nline 2:"), "{text}");
}

#[test]
fn the_health_check_says_what_it_asks() {
    let help = |arguments: &[&str]| String::from_utf8(entregent(arguments, "").stdout).unwrap();
    for help in [help(&["healthcheck", "--help"]), help(&["--help"])] {
        assert!(help.contains("Ask a running service whether it is ready"), "{help}");
    }
}

#[test]
fn the_schemas_are_printed() {
    for document in ["profile", "rule-set"] {
        let output = entregent(&["schema", document], "");
        assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap().is_object());
    }
}

#[test]
fn the_service_says_where_it_listens_and_stops_when_told() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    let address = service.address.to_string();
    assert_eq!(entregent(&["healthcheck", "--listen", &address], "").status.code(), Some(0));
    service.signal("-TERM");
    assert_eq!(service.ended().1.code(), Some(0));
    assert_eq!(entregent(&["healthcheck", "--listen", &address], "").status.code(), Some(1));
}

#[test]
fn a_request_in_flight_is_answered_before_the_service_stops() {
    for signal in ["-TERM", "-INT"] {
        answers_what_is_in_flight(signal);
    }
}

fn answers_what_is_in_flight(signal: &str) {
    let data = tempfile::tempdir().unwrap();
    let mut service = Service::start(data.path());
    let mut stream = connect(service.address);
    let line = "{\"headline\": \"x\"}\n";
    let head = "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{line}", 2 * line.len()).unwrap();
    let mut bytes = read_to_line(&mut stream);
    service.signal(signal);
    service.wait_for_draining();
    stream.write_all(line.as_bytes()).unwrap();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(Answer::parse(&bytes).lines().len(), 2);
    assert_eq!(service.ended().1.code(), Some(0), "{signal}");
}

#[test]
fn a_stop_waits_half_a_minute_for_requests_in_flight_and_tells_that_it_cuts_them() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    let mut stream = connect(service.address);
    let head = "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n";
    write!(stream, "{head}content-length: 100000\r\n\r\n{{\"headline\": \"x\"}}\n").unwrap();
    read_to_line(&mut stream);
    let begun = Instant::now();
    service.signal("-TERM");
    while begun.elapsed() < Duration::from_secs(28) {
        stream.write_all(b" ").unwrap();
        std::thread::sleep(Duration::from_secs(1));
    }
    let (log, status) = service.ended();
    assert!(begun.elapsed() < Duration::from_secs(120), "{log}");
    assert!(status.success() && log.contains("requests in flight were cut after 30 seconds"), "{log}");
    assert!(log.contains("lines=1 cut=connection-closed"), "{log}");
}

#[test]
fn a_later_start_says_that_the_seed_is_not_used_and_that_the_rules_are_not_the_built_in_ones() {
    let data = tempfile::tempdir().unwrap();
    let log = [(); 2].map(|()| {
        let service = Service::start(data.path());
        service.signal("-TERM");
        service.ended().0
    });
    for notice in ["the seed is not used", "`default` differs from `builtin`"] {
        assert_eq!(log.each_ref().map(|log| log.contains(notice)), [false, true], "{notice}: {log:?}");
    }
}

#[test]
fn a_service_beyond_loopback_does_not_start_without_keys() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--listen", "0.0.0.0:0", "--data-dir", data.path().to_str().unwrap()];
    assert_eq!(entregent(&arguments, "").status.code(), Some(2));
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "settings are checked before the store is made");
}
