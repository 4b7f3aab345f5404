//! `entregent healthcheck`: for containers that have no curl.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::cli::{Ending, output};

const PATIENCE: Duration = Duration::from_secs(3);

/// Whom to ask.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The address that the service listens on.
    #[arg(long, env = "ENTREGENT_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// Asks `/health/ready` once.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    match ask(reachable(arguments.listen)) {
        Ok(answer) if answer.starts_with(b"HTTP/1.1 200 ") => Ok(()),
        Ok(_) => {
            output::complain("the service is not ready");
            Err(Ending::FaultyInput)
        }
        Err(error) => {
            output::complain(&format!("the service does not answer: {error}"));
            Err(Ending::FaultyInput)
        }
    }
}

fn ask(address: SocketAddr) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health/ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer)?;
    Ok(answer)
}

/// An unspecified address is where a service listens, not where it can be reached.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}
