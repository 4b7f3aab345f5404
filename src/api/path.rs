//! Names and numbers in paths.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;

use crate::api::problem::{Code, Failure};
use crate::service::name::{Name, number};

/// Numbers beyond are no revisions: some clients know whole numbers of 32 bits only.
const MOST_REVISIONS: u64 = 2_147_483_647;

/// The path of a rule set.
const RULE_SET: &str = "/v1/rule-sets/{name}";

/// The name of a rule set, as it is documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "describes the parameter only")]
pub(super) struct NameParameter {
    /// The name of the rule set.
    #[param(pattern = "^[a-z0-9][a-z0-9-]{0,63}$", example = "finance")]
    name: String,
}

/// The id of an owner document, as it is documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "describes the parameter only")]
pub(super) struct OwnerParameter {
    /// The id of the owner document; any name but `none`.
    #[param(pattern = "^[a-z0-9][a-z0-9-]{0,63}$", example = "default")]
    id: String,
}

/// The number of a revision, as it is documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "describes the parameter only")]
pub(super) struct RevisionParameter {
    /// The number of the revision.
    #[param(minimum = 0, maximum = 2_147_483_647, example = 1)]
    revision: u64,
}

/// The name of a rule set.
pub(super) struct NamePath(pub(super) Name);

/// The id of an owner document.
pub(super) struct OwnerPath(pub(super) Name);

/// The number of a revision.
pub(super) struct RevisionPath(pub(super) u64);

impl FromRequest for NamePath {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match Name::parse(request.match_info().query("name")) {
            // At this address documents are checked.
            Some(name) if name.is_check() && request.match_pattern().as_deref() == Some(RULE_SET) => {
                Err(Failure::method_not_allowed("POST".to_owned()))
            }
            Some(name) => Ok(Self(name)),
            None => Err(Failure::new(Code::InvalidPath, "a name matches `[a-z0-9][a-z0-9-]{0,63}`")),
        })
    }
}

impl FromRequest for OwnerPath {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = Name::parse(request.match_info().query("id")).filter(|id| !id.is_nobody());
        let refused = || Failure::new(Code::InvalidPath, "an id matches `[a-z0-9][a-z0-9-]{0,63}` and is not `none`");
        ready(id.map(Self).ok_or_else(refused))
    }
}

impl FromRequest for RevisionPath {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let number = number(request.match_info().query("revision")).filter(|number| *number <= MOST_REVISIONS);
        ready(number.map(Self).ok_or_else(|| Failure::new(Code::InvalidPath, "a revision is a number below 2^31")))
    }
}
