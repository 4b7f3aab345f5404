//! What a task does when nobody takes what it says.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crate::app::RULES;

/// Runs a task that writes to `stdout`.
fn task(arguments: &[&str], input: &str, stdout: impl Into<Stdio>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entregent"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    child.wait_with_output().unwrap()
}

fn tasks(test: impl Fn(&[&str], &str)) {
    let profile = "{\"headline\": \"x\"}";
    let folder = tempfile::tempdir().unwrap();
    let connections = folder.path().join("Connections.csv");
    std::fs::write(&connections, include_str!("../exports/connections-2023.csv")).unwrap();
    test(&["score", "--rule-set", RULES], profile);
    test(&["score", "--rule-set", RULES, "--lines"], profile);
    test(&["evaluate", "--rule-set", RULES, "-"], "x\tother\n");
    test(&["test", RULES], "");
    test(&["import", "linkedin-export", connections.to_str().unwrap()], "");
    test(&["openapi"], "");
    test(&["schema", "profile"], "");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told_and_ends_with_two() {
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    let check = |arguments: &[&str], input: &str| {
        let output = task(arguments, input, full());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("standard output cannot be written"), "{arguments:?}: {told}");
    };
    tasks(check);
    let mut faulty = tempfile::NamedTempFile::new().unwrap();
    faulty.write_all(b"{}").unwrap();
    check(&["check", faulty.path().to_str().unwrap()], "");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    tasks(|arguments, input| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = task(arguments, input, writer);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("cannot be written"), "{arguments:?}: {told}");
    });
}
