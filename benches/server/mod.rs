//! A service that runs in a process of its own, with one worker, and what that process costs.

pub(crate) mod connection;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use connection::Connection;

/// The process; it is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the service over a data directory with the settings it has by default, and waits until it listens.
    ///
    /// Its log is written, as it would be anywhere, and thrown away.
    pub(crate) fn start(data: &Path) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_entregent"))
            .args(["serve", "--listen", "127.0.0.1:0", "--workers", "1", "--data-dir"])
            .arg(data)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { child, address: (Ipv4Addr::LOCALHOST, 0).into() };
        let mut line = String::new();
        BufReader::new(server.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        server.address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        server
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> Connection {
        Connection::to(self.address)
    }

    /// How long all threads of the process have had a processor, in seconds and in steps of some milliseconds.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        let stat = self.proc("stat");
        // The name of the program, which is in parentheses, may hold anything; `utime` and `stime` are 14th and 15th.
        let (_, fields) = stat.rsplit_once(')').unwrap();
        let ticks: u64 = fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
        ticks as f64 / rustix::param::clock_ticks_per_second() as f64
    }

    /// The most memory that the process has had resident, in megabytes.
    pub(crate) fn peak_megabytes(&self) -> f64 {
        let status = self.proc("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")).unwrap();
        peak.trim().parse::<f64>().unwrap() * 1024.0 / 1e6
    }

    /// Tells the service to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "the service ended with {status}");
    }

    fn proc(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
