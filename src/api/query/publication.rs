//! The query of requests that publish a revision.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;

use super::Parameters;
use crate::api::problem::Failure;
use crate::service::rule_sets::publication::Publication;

const LONGEST_AUTHOR: usize = 200;
const LONGEST_MESSAGE: usize = 1000;

/// The parameters as they are documented; [`PublicationQuery`] is what they are read into.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters only")]
pub(in crate::api) struct PublicationParameters {
    /// Whether the revision is to judge at once; `true` when absent. `false` is refused (`nothing-active`) where no
    /// revision judges: under a new name, or one that was deleted.
    #[param(required = false)]
    activate: bool,
    /// Who publishes; kept with the revision.
    #[param(required = false, min_length = 1, max_length = 200)]
    author: String,
    /// What was changed, and why; kept with the revision.
    #[param(required = false, min_length = 1, max_length = 1000)]
    message: String,
}

/// The query of a request that publishes.
pub(in crate::api) struct PublicationQuery(pub(in crate::api) Publication);

impl FromRequest for PublicationQuery {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

fn read(query: &str) -> Result<Publication, Failure> {
    let given = Parameters::read(query, &["activate", "author", "message"])?;
    let activate = given.get("activate", "`activate` is `true` or `false`", |text| text.parse().ok())?;
    Ok(Publication {
        activate: activate.unwrap_or(true),
        author: given.get("author", "`author` has from 1 to 200 characters", |text| words(text, LONGEST_AUTHOR))?,
        message: given
            .get("message", "`message` has from 1 to 1000 characters", |text| words(text, LONGEST_MESSAGE))?,
    })
}

fn words(text: &str, most: usize) -> Option<String> {
    (1..=most).contains(&text.chars().count()).then(|| text.to_owned())
}
