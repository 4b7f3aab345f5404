//! The language that a request wants to be answered in.

use actix_web::http::header::{AcceptLanguage, CONTENT_LANGUAGE, Header as _, HeaderValue, Quality, VARY};
use actix_web::{HttpRequest, HttpResponse};
use utoipa::IntoParams;

use crate::ruleset::Tongue;

/// The header as it is documented.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header only")]
pub(super) struct LanguageHeader {
    /// The languages to be answered in: French (`fr`) and English (`en`) are served, English when neither is named.
    #[param(rename = "Accept-Language", required = false)]
    accept_language: String,
}

/// The language that `Accept-Language` (RFC 9110, 12.5.4) prefers of those we have: of equals the first named, English
/// when it names none.
///
/// A range stands for its primary language, so that `fr-CA` is served in French. A header that cannot be read counts as
/// absent: whoever sent it still gets an answer.
pub(super) fn accepted(request: &HttpRequest) -> Tongue {
    let Ok(AcceptLanguage(mut ranges)) = AcceptLanguage::parse(request) else { return Tongue::default() };
    ranges.sort_by_key(|range| std::cmp::Reverse(range.quality));
    let mut preferred = ranges.iter().map(|range| {
        let named = range.item.item().map(|tag| named(tag.primary_language()));
        (range.quality > Quality::ZERO, named)
    });
    let refused: Vec<_> = preferred.clone().filter(|(wanted, _)| !wanted).filter_map(|(_, named)| named?).collect();
    let any = if refused.contains(&Tongue::En) { Tongue::Fr } else { Tongue::En };
    preferred.find_map(|(wanted, named)| named.unwrap_or(Some(any)).filter(|_| wanted)).unwrap_or_default()
}

fn named(language: &str) -> Option<Tongue> {
    [Tongue::Fr, Tongue::En].into_iter().find(|tongue| tongue.tag().eq_ignore_ascii_case(language))
}

/// Says in a response's headers which language was chosen, and that another could have been.
pub(super) fn declare(tongue: Tongue, response: &mut HttpResponse) {
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(tongue.tag()));
    headers.insert(VARY, HeaderValue::from_static("accept-language"));
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    use super::*;

    fn check(lines: &[&str], expected: Tongue) {
        let add = |request: TestRequest, line: &&str| request.append_header((ACCEPT_LANGUAGE, *line));
        let request = lines.iter().fold(TestRequest::default(), add).to_http_request();
        assert_eq!(accepted(&request), expected, "{lines:?}");
    }

    #[test]
    fn the_language_of_most_weight_is_chosen_of_those_that_we_have() {
        check(&["fr"], Tongue::Fr);
        check(&["FR-ca"], Tongue::Fr);
        check(&["de, fr;q=0.3, en;q=0.7"], Tongue::En);
        check(&["de-CH, en;q=0.2, fr;q=0.4"], Tongue::Fr);
        check(&["en-GB;q=0.5, fr;q=0.5"], Tongue::En);
        check(&["fr;q=0.5, en-GB;q=0.5"], Tongue::Fr);
        check(&["en;q=0.4", "fr"], Tongue::Fr);
    }

    #[test]
    fn what_is_refused_is_not_chosen() {
        check(&["fr;q=0, en;q=0.1"], Tongue::En);
        check(&["fr;q=0"], Tongue::En);
        check(&["*"], Tongue::En);
        check(&["*, en;q=0"], Tongue::Fr);
        check(&["fr;q=0.9, *;q=0.5"], Tongue::Fr);
    }

    #[test]
    fn who_names_nothing_that_we_have_is_answered_in_english() {
        check(&[], Tongue::En);
        check(&[""], Tongue::En);
        check(&["de, es;q=0.5"], Tongue::En);
        check(&["fr;q=x, ;;, \u{e9}"], Tongue::En);
    }
}
