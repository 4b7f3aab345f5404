//! The query parameters of scoring, read one by one so that each gets its own complaint.

use std::collections::BTreeSet;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as ValueError, StrDeserializer};
use utoipa::IntoParams;

use crate::api::problem::{Code, Failure};
use crate::profile::import::Format;
use crate::scoring::Explain;
use crate::service::registry::RuleSetChoice;
use crate::service::scores::Wish;

/// The parameters as they are documented; [`ScoreQuery`] is what they are read into.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters only")]
pub(super) struct ScoreParameters {
    /// The rule set, `name` or `name@revision`; `default` when absent.
    #[param(required = false, pattern = "^[a-z0-9][a-z0-9-]{0,63}(@[0-9]{1,18})?$")]
    rule_set: String,
    /// How much of the reasons to tell; `evidence` when absent.
    #[param(required = false, inline)]
    explain: Explain,
    /// The form of the profile; `profile` when absent.
    #[param(required = false, inline)]
    format: Format,
}

/// The query of a request that scores.
pub(super) struct ScoreQuery(pub(super) Wish);

impl FromRequest for ScoreQuery {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

fn read(query: &str) -> Result<Wish, Failure> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| invalid("the query is not `name=value` pairs"))?;
    let mut wish = Wish::default();
    let mut seen = BTreeSet::new();
    for (name, value) in pairs.iter() {
        if !seen.insert(name.as_str()) {
            return Err(invalid("a parameter is given twice"));
        }
        match name.as_str() {
            "rule_set" => wish.rule_set = Some(choice(value)?),
            "explain" => wish.explain = word(value, "`explain` is `none`, `evidence` or `full`")?,
            "format" => wish.format = Some(word(value, "`format` is `profile` or `json-resume`")?),
            _ => return Err(invalid("a parameter is unknown; known are `rule_set`, `explain` and `format`")),
        }
    }
    Ok(wish)
}

fn choice(value: &str) -> Result<RuleSetChoice, Failure> {
    RuleSetChoice::parse(value).ok_or_else(|| invalid("`rule_set` is `name` or `name@revision`"))
}

fn word<'de, T: Deserialize<'de>>(value: &'de str, expected: &'static str) -> Result<T, Failure> {
    let value: StrDeserializer<'de, ValueError> = value.into_deserializer();
    T::deserialize(value).map_err(|_| invalid(expected))
}

fn invalid(detail: &'static str) -> Failure {
    Failure::new(Code::InvalidQuery, detail)
}
