//! What the inner rooms refuse, as failures of requests.

use super::{Code, Failure};
use crate::service::failure::{KeepingFailure, OwnerFailure, RuleSetFailure};
use crate::wire::{Complaint, Refusal};

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::Syntax { .. } => Self::new(Code::InvalidSyntax, detail),
            Refusal::Invalid(errors) => Self { errors, ..Self::new(Code::InvalidDocument, detail) },
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
            RuleSetFailure::Keeping(failure) => code_of(failure),
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

impl From<OwnerFailure> for Failure {
    fn from(failure: OwnerFailure) -> Self {
        let code = match failure {
            OwnerFailure::Refused(refusal) => return refusal.into(),
            OwnerFailure::Unknown => Code::UnknownOwner,
            OwnerFailure::TooMany => Code::TooManyOwners,
            OwnerFailure::PreconditionFailed => Code::PreconditionFailed,
            OwnerFailure::Keeping(ref failure) => code_of(failure),
        };
        Self { cause: failure.cause().map(str::to_owned), ..Self::new(code, failure.to_string()) }
    }
}

fn code_of(failure: &KeepingFailure) -> Code {
    match failure {
        KeepingFailure::Full => Code::StoreFull,
        KeepingFailure::Unavailable(_) => Code::StoreUnavailable,
        KeepingFailure::Damaged(_) => Code::DamagedRecord,
    }
}
