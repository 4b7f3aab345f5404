//! The headers `If-Match` and `If-None-Match`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpRequest};
use utoipa::IntoParams;

use crate::api::problem::{Code, Failure};
use crate::service::precondition::{Preconditions, Tags};

/// The conditions of a write, as they are documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the headers only")]
pub(super) struct WriteConditions {
    /// Write only if what is there still has this `ETag`, or, with `*`, if there is anything.
    #[param(required = false, rename = "If-Match", pattern = r#"^(\*|"[!#-+\--~]*")$"#)]
    if_match: String,
    /// Write only if what is there has not this `ETag`, or, with `*`, if there is nothing.
    #[param(required = false, rename = "If-None-Match", pattern = r#"^(\*|"[!#-+\--~]*")$"#)]
    if_none_match: String,
}

/// The condition of reading, as it is documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header only")]
pub(super) struct ReadCondition {
    /// Answer 304 if what is there still has this `ETag`.
    #[param(required = false, rename = "If-None-Match", pattern = r#"^(\*|"[!#-+\--~]*")$"#)]
    if_none_match: String,
}

/// The conditions of a request.
pub(super) struct Conditions(pub(super) Preconditions);

impl FromRequest for Conditions {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.headers()).map(Self))
    }
}

fn read(headers: &HeaderMap) -> Result<Preconditions, Failure> {
    // A weak tag is good enough to tell that nothing changed, never to write over what it names (RFC 9110, 13.1).
    Ok(Preconditions {
        if_match: tags(headers, &header::IF_MATCH, false)?,
        if_none_match: tags(headers, &header::IF_NONE_MATCH, true)?,
    })
}

fn tags(headers: &HeaderMap, name: &HeaderName, with_weak: bool) -> Result<Option<Tags>, Failure> {
    let malformed = || Failure::new(Code::MalformedRequest, format!("`{name}` is `*` or a list of entity tags"));
    let mut tags = Vec::new();
    for value in headers.get_all(name) {
        let value = value.to_str().map_err(|_| malformed())?.trim();
        if value == "*" {
            return Ok(Some(Tags::Any));
        }
        if value.is_empty() {
            return Err(malformed());
        }
        for tag in value.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            let (is_weak, tag) = tag.strip_prefix("W/").map_or((false, tag), |tag| (true, tag));
            let opaque = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).ok_or_else(malformed)?;
            if with_weak || !is_weak {
                tags.push(opaque.to_owned());
            }
        }
    }
    Ok(headers.contains_key(name).then_some(Tags::These(tags)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Tags, read};

    #[test]
    fn conditions_are_read_as_the_standard_has_them() {
        let check = |value: &str, if_match: Option<Tags>, if_none_match: Option<Tags>| {
            let header = |name: &'static str| TestRequest::default().insert_header((name, value)).to_http_request();
            let read = |name| read(header(name).headers()).ok();
            assert_eq!(read("if-match").and_then(|it| it.if_match), if_match, "{value}");
            assert_eq!(read("if-none-match").and_then(|it| it.if_none_match), if_none_match, "{value}");
        };
        let these = |tags: &[&str]| Some(Tags::These(tags.iter().map(|&tag| tag.to_owned()).collect()));
        check("*", Some(Tags::Any), Some(Tags::Any));
        check("\"3\"", these(&["3"]), these(&["3"]));
        check("\"3\", W/\"4\" ,\"5\"", these(&["3", "5"]), these(&["3", "4", "5"]));
        check("3", None, None);
        check("\"3\",", these(&["3"]), these(&["3"]));
        check("", None, None);
    }
}
