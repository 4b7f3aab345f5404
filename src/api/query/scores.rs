//! The query of requests that score.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as ValueError, StrDeserializer};
use utoipa::IntoParams;

use super::Parameters;
use crate::api::language;
use crate::api::problem::Failure;
use crate::profile::import::Format;
use crate::scoring::{Explain, View};
use crate::service::name::{OwnerChoice, RuleSetChoice};
use crate::service::scores::Wish;

/// The parameters as they are documented; [`ScoreQuery`] is what they are read into.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters only")]
pub(in crate::api) struct ScoreParameters {
    /// The rule set, `name` or `name@revision`; `default` when absent.
    #[param(required = false, pattern = "^[a-z0-9][a-z0-9-]{0,63}(@[0-9]{1,18})?$")]
    rule_set: String,
    /// The owner document of the person for whom it is judged, or `none`; `default` when absent, if there is one.
    #[param(required = false, pattern = "^[a-z0-9][a-z0-9-]{0,63}$")]
    owner: String,
    /// How much of the reasons to tell; `evidence` when absent.
    #[param(required = false, inline)]
    explain: Explain,
    /// The form of the profile in JSON; `profile` when absent.
    #[param(required = false, inline)]
    format: Format,
    /// How the answer is laid out; `nested` when absent. A `flat` one is the same whatever `explain` is.
    #[param(required = false, inline)]
    view: View,
}

/// The query of a request that scores, and the language it wants to be answered in.
pub(in crate::api) struct ScoreQuery(pub(in crate::api) Wish);

impl FromRequest for ScoreQuery {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(|wish| Self(Wish { language: language::accepted(request), ..wish })))
    }
}

fn read(query: &str) -> Result<Wish, Failure> {
    let given = Parameters::read(query, &["rule_set", "owner", "explain", "format", "view"])?;
    Ok(Wish {
        rule_set: given
            .get("rule_set", "`rule_set` is `name` or `name@revision`", RuleSetChoice::parse)?
            .unwrap_or_default(),
        owner: given
            .get("owner", "`owner` is the id of an owner document, or `none`", OwnerChoice::parse)?
            .unwrap_or_default(),
        explain: given.get("explain", "`explain` is `none`, `evidence` or `full`", word)?.unwrap_or_default(),
        format: given.get(
            "format",
            "`format` is `profile`, `json-resume`, `crm-record`, `enrichment`, `schema-org` or `auto`",
            word,
        )?,
        view: given.get("view", "`view` is `nested` or `flat`", word)?.unwrap_or_default(),
        ..Wish::default()
    })
}

fn word<T: for<'de> Deserialize<'de>>(value: &str) -> Option<T> {
    let value: StrDeserializer<'_, ValueError> = value.into_deserializer();
    T::deserialize(value).ok()
}
