//! Who may ask: holders of a key, or, without keys, this machine but not other sites in its browser.

use std::io;
use std::path::{Path, PathBuf};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SHORTEST_KEY: usize = 16;

/// Why a key file cannot be used.
#[derive(Debug)]
pub enum KeyFileRefused {
    /// It cannot be read as text.
    Unreadable {
        /// Which file it is.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It holds no key, or one of fewer than 16 characters.
    Weak,
}

/// The rule of access.
pub enum Access {
    /// No keys: requests of this machine are trusted, other sites in its browser are not.
    Loopback,
    /// The SHA-256 digests of the accepted keys.
    Keys(Vec<[u8; 32]>),
}

impl Access {
    /// Reads a key file: a key a line, blank lines and lines after `#` left out.
    ///
    /// # Errors
    /// See [`KeyFileRefused`].
    pub fn load(file: Option<&Path>) -> Result<Self, KeyFileRefused> {
        let Some(path) = file else { return Ok(Self::Loopback) };
        let unreadable = |error| KeyFileRefused::Unreadable { file: path.to_owned(), error };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let keys: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        if keys.is_empty() || keys.iter().any(|key| key.len() < SHORTEST_KEY) {
            return Err(KeyFileRefused::Weak);
        }
        Ok(Self::Keys(keys.iter().map(|key| Sha256::digest(key).into()).collect()))
    }

    fn admit(&self, request: &ServiceRequest) -> Result<(), Failure> {
        match self {
            Self::Loopback => admit_local(request),
            Self::Keys(_) if is_open(request.path()) => Ok(()),
            Self::Keys(digests) => admit_key(digests, request.headers()),
        }
    }
}

/// The layer that refuses a request before any handler sees it.
///
/// # Errors
/// None of its own.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let verdict = match request.app_data::<web::Data<Application>>() {
        Some(application) => application.access.admit(&request),
        None => Err(Failure::new(Code::Internal, "the service is not complete")),
    };
    match verdict {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        // With the failure itself, of which the boundary makes a problem with the id of the request.
        Err(failure) => Ok(ServiceResponse::from_err(failure, request.into_parts().0)),
    }
}

fn is_open(path: &str) -> bool {
    path == "/openapi.json" || path == "/docs" || path.starts_with("/docs/") || path.starts_with("/health/")
}

fn admit_key(digests: &[[u8; 32]], headers: &HeaderMap) -> Result<(), Failure> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| bearer(value.as_bytes())).map(Sha256::digest);
    let known = given.is_some_and(|given| {
        let matches = digests.iter().map(|digest| given.as_slice().ct_eq(digest));
        bool::from(matches.fold(Choice::from(0), |any, one| any | one))
    });
    if known { Ok(()) } else { Err(Failure::new(Code::KeyRequired, "send `authorization: Bearer` and a key")) }
}

fn bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| rest.trim_ascii())
}

fn admit_local(request: &ServiceRequest) -> Result<(), Failure> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).or_else(|| request.uri().host());
    let Some(host) = host.filter(|host| is_this_machine(host)) else {
        return Err(Failure::new(Code::ForeignHost, "the header `host` must name this machine"));
    };
    if request.method().is_safe() {
        return Ok(());
    }
    let cross_site = headers.get(SEC_FETCH_SITE).is_some_and(|site| site.as_bytes() == b"cross-site");
    let foreign = headers.get(header::ORIGIN).is_some_and(|origin| !is_origin_of(origin.as_bytes(), host));
    if cross_site || foreign {
        return Err(Failure::new(Code::ForeignOrigin, "the request comes from a page of another site"));
    }
    Ok(())
}

/// Whether a host, with or without a port, is a name of the loopback interface.
fn is_this_machine(host: &str) -> bool {
    let Ok(authority) = host.parse::<actix_web::http::uri::Authority>() else { return false };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    !host.contains('@')
        && (name.eq_ignore_ascii_case("localhost")
            || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback()))
}

fn is_origin_of(origin: &[u8], host: &str) -> bool {
    let authority = origin.strip_prefix(b"http://").or_else(|| origin.strip_prefix(b"https://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{is_origin_of, is_this_machine};

    #[test]
    fn only_loopback_names_are_this_machine() {
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.3.2.1", "[::1]:80"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "evil.example", "127.0.0.1.evil.example", "x@localhost", "10.0.0.1", "localhost.evil"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn an_origin_belongs_to_its_own_host_and_port() {
        assert!(is_origin_of(b"http://localhost:8080", "localhost:8080"));
        assert!(!is_origin_of(b"http://localhost:3000", "localhost:8080"));
        assert!(!is_origin_of(b"null", "localhost:8080"));
    }
}
