//! Starts the service, and drains it when it is told to stop.

use std::future::ready;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use actix_http::{HttpService, Protocol};
use actix_server::GracefulShutdownSignal;
use actix_service::{IntoServiceFactory as _, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config};
use actix_web::dev::{AppConfig, Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::rt::net::TcpStream;
use actix_web::rt::signal::unix::{Signal, SignalKind, signal};
use actix_web::{App, web};

use crate::api::access::{self, Access, KeyFileRefused};
use crate::api::application::{Application, Limits, Waits};
use crate::api::closing::Closing;
use crate::api::{boundary, connection, routes};
use crate::config::Config;
use crate::service::builtin;
use crate::service::failure::{OwnerFailure, RuleSetFailure};
use crate::service::owners::Owners;
use crate::service::rule_sets::RuleSets;
use crate::store::Store;
use crate::store::sled::{OpenFailure, SledStore};

/// How long requests are still taken once the service was told to stop.
///
/// What clients had sent by then may lie unread in the buffers of the system, or wait behind other requests: a matter of
/// milliseconds, unless the machine is very busy.
const LAST_CALL: Duration = Duration::from_millis(500);

/// How long requests in flight may take once the service was told to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// How long a connection may take to close.
const CLOSING_WAIT: Duration = Duration::from_secs(1);

/// Why the service did not start.
#[derive(Debug)]
pub enum StartFailure {
    /// The settings contradict each other.
    Configuration(String),
    /// The key file cannot be used.
    Keys(KeyFileRefused),
    /// The data directory cannot be used.
    Store(OpenFailure),
    /// The file that `default` is to begin with cannot be read.
    Seed(io::Error),
    /// The rule sets cannot be loaded, or the seed cannot be used.
    RuleSets(RuleSetFailure),
    /// The owner documents cannot be loaded.
    Owners(OwnerFailure),
    /// The address cannot be listened on, or the server broke.
    Listening(io::Error),
}

/// A bound service: where it listens, and the future that serves.
pub struct Running {
    /// The address in use, with the port that was picked.
    pub address: SocketAddr,
    /// What answers there.
    pub application: web::Data<Application>,
    /// Serves until stopped.
    pub server: Server,
}

/// What is there before anything listens.
struct Loaded {
    rule_sets: RuleSets,
    owners: Owners,
    access: Access,
}

/// Loads the rule sets and the owner documents of a store and binds the address; must be called inside an actix system.
///
/// Listens once `default` is compiled; the other rule sets are compiled when they are first asked for.
///
/// # Errors
/// See [`StartFailure`]; nothing listens then.
pub fn start(config: &Config, store: Arc<dyn Store>, waits: Waits) -> Result<Running, StartFailure> {
    listen(config, load(config, || Ok(store))?, waits)
}

/// Checks the settings, then opens the store and loads what is in it.
fn load(config: &Config, open: impl FnOnce() -> Result<Arc<dyn Store>, StartFailure>) -> Result<Loaded, StartFailure> {
    config.check().map_err(StartFailure::Configuration)?;
    let access = Access::load(config.key_file.as_deref()).map_err(StartFailure::Keys)?;
    let seed = config.seed.as_ref().map(std::fs::read).transpose().map_err(StartFailure::Seed)?;
    let store = open()?;
    let owners = Owners::open(Arc::clone(&store)).map_err(StartFailure::Owners)?;
    let longest = config.max_rule_set_bytes as usize;
    let rule_sets = RuleSets::open(store, seed.as_deref(), longest).map_err(StartFailure::RuleSets)?;
    Ok(Loaded { rule_sets, owners, access })
}

/// Binds the address and gets ready to serve.
fn listen(config: &Config, loaded: Loaded, waits: Waits) -> Result<Running, StartFailure> {
    let limits = Limits {
        body_bytes: config.max_body_bytes.get(),
        rule_set_bytes: config.max_rule_set_bytes as usize,
        waiting_bytes: config.max_waiting_bytes.get(),
        waits,
    };
    let Loaded { rule_sets, owners, access } = loaded;
    let rule_sets = Arc::new(rule_sets);
    let application = web::Data::new(Application::new(Arc::clone(&rule_sets), Arc::new(owners), access, limits));
    let listener = TcpListener::bind(config.listen).map_err(StartFailure::Listening)?;
    let address = listener.local_addr().map_err(StartFailure::Listening)?;
    let mut server = Server::build().disable_signals().shutdown_timeout(DRAIN.as_secs());
    if let Some(workers) = config.workers {
        server = server.workers(usize::from(workers));
    }
    let draining = server.graceful_shutdown_signal();
    let answering = application.clone();
    let accept = move || conversation(answering.clone(), waits.taking, draining.clone());
    let server = server.listen("http", listener, accept).map_err(StartFailure::Listening)?;
    thread::spawn(move || rule_sets.registry().hold_all());
    Ok(Running { address, application, server: server.run() })
}

/// What is done with each connection of a worker: the application over HTTP/1.1, behind what closes it with a problem.
fn conversation(
    application: web::Data<Application>,
    taking: Duration,
    draining: GracefulShutdownSignal,
) -> impl ServiceFactory<TcpStream, Config = ()> {
    let app = App::new()
        .app_data(application.clone())
        .configure(routes::configure)
        .wrap(from_fn(access::guard))
        .wrap(from_fn(boundary::observe));
    let app = app.into_factory().map_err(|error| error.error_response());
    let http = HttpService::build()
        .client_disconnect_timeout(CLOSING_WAIT)
        .graceful_shutdown_signal(move || {
            let draining = draining.clone();
            async move { draining.notified().await }
        })
        .on_connect_ext(move |connection: &Closing<TcpStream>, kept| {
            connection::prepare(connection.stream(), taking, kept);
            kept.insert(connection.requests().clone());
        })
        .finish(map_config(app, |_| AppConfig::default()));
    fn_service(move |stream: TcpStream| {
        let peer = stream.peer_addr().ok();
        ready(Ok((Closing::new(stream, application.clone()), Protocol::Http1, peer)))
    })
    .and_then(http)
}

/// Serves until SIGTERM or SIGINT, then finishes the requests in flight.
///
/// # Errors
/// See [`StartFailure`].
pub fn serve(config: &Config) -> Result<(), StartFailure> {
    actix_web::rt::System::new().block_on(async {
        // Heard from here on: whoever reads the address may tell the service to stop at once.
        // SIGHUP is left alone: whoever starts the service with `nohup` has it ignored.
        let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
        let load = || {
            load(config, || {
                let store = SledStore::open(&config.data_dir).map_err(StartFailure::Store)?;
                Ok(Arc::new(store) as Arc<dyn Store>)
            })
        };
        // `default` often is a copy of the built-in rules: they are written out and compiled while the store is opened. Not
        // the other way round: that frees much memory, and this thread would not use again what another one freed. Rules of
        // its own are compiled where the store was opened, beside the built-in ones.
        let (builtin, loaded) = thread::scope(|scope| {
            let loading = thread::Builder::new().spawn_scoped(scope, load);
            let builtin = builtin::prepare();
            let loaded = match loading {
                Ok(loading) => loading.join().unwrap_or_else(|panic| resume_unwind(panic)),
                // The system gives no thread.
                Err(_) => load(),
            };
            (builtin, loaded)
        });
        let running = listen(config, loaded?, Waits::REAL)?;
        drop(builtin);
        announce(running.address).map_err(StartFailure::Listening)?;
        let stopped = actix_web::rt::spawn(drain_on_signal(signals, running.server.handle(), running.application));
        running.server.await.map_err(StartFailure::Listening)?;
        if stopped.await.unwrap_or_default() >= DRAIN {
            log::warn!("requests in flight were cut after {} seconds", DRAIN.as_secs());
            // Each of them still has its own line to write, while its connection closes.
            actix_web::rt::time::sleep(CLOSING_WAIT).await;
        }
        Ok(())
    })
}

fn announce(address: SocketAddr) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "listening on http://{address}")?;
    stdout.flush()
}

/// Waits for a signal and for the last requests, then stops the service; tells how long it took to stop.
async fn drain_on_signal(
    signals: [io::Result<Signal>; 2],
    server: ServerHandle,
    application: web::Data<Application>,
) -> Duration {
    let [Ok(mut terminate), Ok(mut interrupt)] = signals else {
        log::error!("signals cannot be received; the service will not drain");
        return Duration::ZERO;
    };
    std::future::poll_fn(|cx| {
        let stopped = terminate.poll_recv(cx).is_ready() || interrupt.poll_recv(cx).is_ready();
        if stopped { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    application.announce_stop();
    log::info!("draining");
    actix_web::rt::time::sleep(LAST_CALL).await;
    let begun = Instant::now();
    server.stop(true).await;
    begun.elapsed()
}
