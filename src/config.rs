//! What the operator chooses: flags with environment twins, checked before anything starts.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

/// The settings of the service.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Address to listen on; port 0 picks a free one.
    #[arg(long, env = "ENTREGENT_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Directory in which rule sets and owner documents are kept; made when there is none.
    #[arg(long, env = "ENTREGENT_DATA_DIR", value_name = "DIRECTORY", default_value = "entregent-data")]
    pub data_dir: PathBuf,
    /// Rule set that `default` begins with, where there is none yet; the built-in one when absent.
    #[arg(long, env = "ENTREGENT_SEED", value_name = "FILE")]
    pub seed: Option<PathBuf>,
    /// File with the accepted keys, one a line; required beyond loopback.
    #[arg(long, env = "ENTREGENT_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Number of worker threads, at most 512; one for each processor when absent.
    #[arg(long, env = "ENTREGENT_WORKERS", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub workers: Option<u16>,
    /// Largest body, or line of a bulk body, in bytes.
    #[arg(long, env = "ENTREGENT_MAX_BODY_BYTES", default_value = "1048576")]
    pub max_body_bytes: NonZeroUsize,
    /// Largest rule set, in bytes; at most 16 MiB.
    #[arg(long, env = "ENTREGENT_MAX_RULE_SET_BYTES", default_value = "8388608")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=16_777_216))]
    pub max_rule_set_bytes: u32,
    /// Bytes of bulk answers that may wait for a client that does not read.
    #[arg(long, env = "ENTREGENT_MAX_WAITING_BYTES", default_value = "16777216")]
    pub max_waiting_bytes: NonZeroU32,
}

impl Config {
    /// Says what is wrong with the combination of settings, if anything is.
    ///
    /// # Errors
    /// A sentence for the operator when the address is not loopback and there is no key file.
    pub fn check(&self) -> Result<(), String> {
        if self.key_file.is_none() && !self.listen.ip().is_loopback() {
            return Err("listening beyond loopback needs a key file (`--key-file`)".to_owned());
        }
        Ok(())
    }
}
