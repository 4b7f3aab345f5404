//! Starts the service, and drains it when it is told to stop.

use std::io::{self, Write as _};
use std::net::SocketAddr;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::{App, HttpServer, web};

use crate::api::access::{self, Access, KeyFileRefused};
use crate::api::application::{Application, Limits, Waits};
use crate::api::{boundary, connection, routes};
use crate::config::Config;
use crate::service::source::{self, LoadFailure};

/// How long requests in flight may take once the service was told to stop.
const DRAIN_SECONDS: u64 = 30;

/// Why the service did not start.
#[derive(Debug)]
pub enum StartFailure {
    /// The settings contradict each other.
    Configuration(String),
    /// The key file cannot be used.
    Keys(KeyFileRefused),
    /// The rule set cannot be used.
    RuleSet(LoadFailure),
    /// The address cannot be listened on, or the server broke.
    Listening(io::Error),
}

/// A bound service: where it listens, and the future that serves.
pub struct Running {
    /// The address in use, with the port that was picked.
    pub address: SocketAddr,
    /// Serves until stopped.
    pub server: Server,
}

/// Loads what the settings name and binds the address; must be called inside an actix system.
///
/// # Errors
/// See [`StartFailure`]; nothing listens then.
pub fn start(config: &Config, waits: Waits) -> Result<Running, StartFailure> {
    config.check().map_err(StartFailure::Configuration)?;
    let access = Access::load(config.key_file.as_deref()).map_err(StartFailure::Keys)?;
    let registry = source::load(config.rule_set.as_deref()).map_err(StartFailure::RuleSet)?;
    let limits = Limits {
        body_bytes: config.max_body_bytes.get(),
        waiting_bytes: config.max_waiting_bytes.get(),
        room_wait: waits.room,
    };
    let application = web::Data::new(Application::new(registry, access, limits));
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(application.clone())
            .configure(routes::configure)
            .wrap(from_fn(access::guard))
            .wrap(from_fn(boundary::observe))
    })
    .on_connect(connection::prepare(waits.taking))
    .disable_signals()
    .shutdown_timeout(DRAIN_SECONDS);
    if let Some(workers) = config.workers {
        server = server.workers(workers.get());
    }
    let server = server.bind(config.listen).map_err(StartFailure::Listening)?;
    let address = server.addrs().first().copied().unwrap_or(config.listen);
    Ok(Running { address, server: server.run() })
}

/// Serves until SIGTERM or SIGINT, then finishes the requests in flight.
///
/// # Errors
/// See [`StartFailure`].
pub fn serve(config: &Config) -> Result<(), StartFailure> {
    actix_web::rt::System::new().block_on(async {
        let running = start(config, Waits::REAL)?;
        announce(running.address).map_err(StartFailure::Listening)?;
        actix_web::rt::spawn(drain_on_signal(running.server.handle()));
        running.server.await.map_err(StartFailure::Listening)
    })
}

fn announce(address: SocketAddr) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "listening on http://{address}")?;
    stdout.flush()
}

async fn drain_on_signal(server: ServerHandle) {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        log::error!("signals cannot be received; the service will not drain");
        return;
    };
    std::future::poll_fn(|cx| {
        let stopped = terminate.poll_recv(cx).is_ready() || interrupt.poll_recv(cx).is_ready();
        if stopped { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    log::info!("draining");
    server.stop(true).await;
}
