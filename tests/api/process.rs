//! The program itself: one task, or a service with a data directory of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use crate::app::RULES;

/// Runs a task to its end.
pub(crate) fn entregent(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entregent"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    child.wait_with_output().unwrap()
}

/// Tries to serve over a data directory, and tells how that ended.
pub(crate) fn refused_start(data: &Path, more: &[&str]) -> Output {
    let start = ["serve", "--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
    entregent(&[&start, more].concat(), "")
}

/// A service that runs.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Service {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// Starts with variables of the environment.
    pub(crate) fn start_with(data: &Path, variables: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_entregent"))
            .args(["--listen", "127.0.0.1:0", "--seed", RULES, "--data-dir", data.to_str().unwrap()])
            .env_remove("RUST_LOG")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { child, address }
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Waits until the log says that the service drains.
    pub(crate) fn wait_for_draining(&mut self) {
        let log = BufReader::new(self.child.stderr.take().unwrap());
        assert!(log.lines().any(|line| line.unwrap().contains("draining")));
    }

    /// Waits for the end; what was logged, and the status.
    pub(crate) fn ended(mut self) -> (String, ExitStatus) {
        let mut log = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut log).unwrap();
        }
        (log, self.child.wait().unwrap())
    }
}

/// No service outlives its test, however that ends.
impl Drop for Service {
    fn drop(&mut self) {
        // One that has ended already is what is wanted.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
