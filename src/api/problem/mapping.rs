//! What the inner rooms refuse, as failures of requests.

use super::{Code, Failure};
use crate::service::failure::RuleSetFailure;
use crate::wire::{Complaint, Refusal};

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Syntax { line, column } => {
                Self::new(Code::InvalidSyntax, format!("no JSON from line {line}, column {column}"))
            }
            Refusal::Invalid(errors) => {
                Self { errors, ..Self::new(Code::InvalidDocument, "see `errors` for the places") }
            }
        }
    }
}

impl From<RuleSetFailure> for Failure {
    fn from(failure: RuleSetFailure) -> Self {
        let code = match &failure {
            RuleSetFailure::Unknown => Code::UnknownRuleSet,
            RuleSetFailure::Deleted => Code::DeletedRuleSet,
            RuleSetFailure::Protected(_) => Code::ProtectedRuleSet,
            RuleSetFailure::NothingActive => Code::NothingActive,
            RuleSetFailure::TooMany => Code::TooManyRuleSets,
            RuleSetFailure::PreconditionFailed => Code::PreconditionFailed,
            RuleSetFailure::TooLarge(_) => Code::BodyTooLarge,
            RuleSetFailure::Refused(Refusal::Syntax { .. }) => Code::InvalidSyntax,
            RuleSetFailure::Refused(Refusal::Invalid(_)) => Code::InvalidDocument,
            RuleSetFailure::Faulty(_) => Code::InvalidRuleSet,
            RuleSetFailure::Unusable(_) => Code::UnusableRuleSet,
            RuleSetFailure::StoreFull => Code::StoreFull,
            RuleSetFailure::StoreUnavailable(_) => Code::StoreUnavailable,
            RuleSetFailure::Damaged(_) => Code::DamagedRecord,
        };
        let cause = failure.cause().map(str::to_owned);
        let outer = Self { cause, ..Self::new(code, failure.to_string()) };
        match failure {
            RuleSetFailure::Refused(Refusal::Invalid(errors)) => Self { errors, ..outer },
            RuleSetFailure::Faulty(found) => {
                let errors = found.into_iter().map(|found| Complaint::new(found.pointer, found.message)).collect();
                Self { errors, ..outer }
            }
            _ => outer,
        }
    }
}
