//! Query parameters, read one by one so that each gets its own complaint.

pub(super) mod page;
pub(super) mod publication;
pub(super) mod scores;

use std::collections::BTreeMap;

use actix_web::web;

use crate::api::problem::{Code, Failure};

/// The parameters of a query: each is known, and given once.
struct Parameters(BTreeMap<String, String>);

impl Parameters {
    fn read(query: &str, known: &[&str]) -> Result<Self, Failure> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|_| invalid("the query is not `name=value` pairs"))?;
        let mut parameters = BTreeMap::new();
        for (name, value) in pairs.into_inner() {
            if !known.contains(&name.as_str()) {
                return Err(invalid(format!("a parameter is unknown; known are `{}`", known.join("`, `"))));
            }
            if parameters.insert(name, value).is_some() {
                return Err(invalid("a parameter is given twice"));
            }
        }
        Ok(Self(parameters))
    }

    /// Reads a parameter; `expected` says what it must be.
    fn get<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| invalid(expected))
    }
}

fn invalid(detail: impl Into<String>) -> Failure {
    Failure::new(Code::InvalidQuery, detail)
}
