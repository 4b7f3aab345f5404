//! The query of requests for a part of a list.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;

use super::Parameters;
use crate::api::problem::Failure;
use crate::service::name::{Name, number};

const USUAL: usize = 50;
const MOST: usize = 100;

/// The parameters of lists by name, as they are documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters only")]
pub(in crate::api) struct NamePageParameters {
    /// The `next_cursor` of the part before.
    #[param(required = false, pattern = "^[a-z0-9][a-z0-9-]{0,63}$")]
    cursor: String,
    /// The most entries; 50 when absent.
    #[param(required = false, minimum = 1, maximum = 100)]
    limit: u8,
}

/// The parameters of lists by number, as they are documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters only")]
pub(in crate::api) struct NumberPageParameters {
    /// The `next_cursor` of the part before.
    #[param(required = false, pattern = "^[0-9]{1,18}$")]
    cursor: String,
    /// The most entries; 50 when absent.
    #[param(required = false, minimum = 1, maximum = 100)]
    limit: u8,
}

/// Where a list goes on.
pub(in crate::api) trait Cursor: Sized {
    /// Reads the text of a cursor.
    fn read(text: &str) -> Option<Self>;
}

impl Cursor for Name {
    fn read(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl Cursor for u64 {
    fn read(text: &str) -> Option<Self> {
        number(text)
    }
}

/// The query of a request for a part of a list.
pub(in crate::api) struct PageQuery<C> {
    pub(in crate::api) cursor: Option<C>,
    pub(in crate::api) limit: usize,
}

impl<C: Cursor> FromRequest for PageQuery<C> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()))
    }
}

fn read<C: Cursor>(query: &str) -> Result<PageQuery<C>, Failure> {
    let given = Parameters::read(query, &["cursor", "limit"])?;
    let cursor = given.get("cursor", "`cursor` is the `next_cursor` of the part before", C::read)?;
    let limit = |text: &str| number(text)?.try_into().ok().filter(|limit| (1..=MOST).contains(limit));
    let limit = given.get("limit", "`limit` is a number from 1 to 100", limit)?;
    Ok(PageQuery { cursor, limit: limit.unwrap_or(USUAL) })
}
