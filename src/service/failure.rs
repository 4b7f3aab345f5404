//! Why something that is kept could not be found, shown or changed.

use std::fmt;

use crate::ruleset::Diagnostic;
use crate::store::StoreFailure;
use crate::wire::Refusal;

/// Why the store did not do what was asked of it.
#[derive(Debug)]
pub enum KeepingFailure {
    /// The store has no room.
    Full,
    /// The store does not answer, or refuses to write; whether a write was made is not known.
    Unavailable(String),
    /// What the store holds is not what was written.
    Damaged(String),
}

/// Why a rule set could not be found, shown or changed.
#[derive(Debug)]
pub enum RuleSetFailure {
    /// No rule set, or no revision of it, has that name or number.
    Unknown,
    /// The rule set was deleted.
    Deleted,
    /// This rule set may not be changed in this way; the sentence says why.
    Protected(&'static str),
    /// The first revision of a rule set cannot be left inactive.
    NothingActive,
    /// There are as many rule sets as there may be.
    TooMany,
    /// The rule set is not in the state that the writer wants it to be in.
    PreconditionFailed,
    /// The document is longer than this many bytes.
    TooLarge(usize),
    /// The document is no JSON, or not of the form of a rule set.
    Refused(Refusal),
    /// The document has the form of a rule set, but these findings forbid to use it.
    Faulty(Vec<Diagnostic>),
    /// The stored document cannot be used by this version of the service.
    Unusable(String),
    /// The store did not do it.
    Keeping(KeepingFailure),
}

/// Why an owner document could not be found, shown or changed.
#[derive(Debug)]
pub enum OwnerFailure {
    /// There is no such owner document.
    Unknown,
    /// There are as many owner documents as there may be.
    TooMany,
    /// The owner document is not in the state that the writer wants it to be in.
    PreconditionFailed,
    /// The document is no owner document.
    Refused(Refusal),
    /// The store did not do it.
    Keeping(KeepingFailure),
}

impl KeepingFailure {
    /// What went wrong inside, for the log alone.
    pub fn cause(&self) -> &str {
        match self {
            Self::Full => "no room left for the store",
            Self::Unavailable(cause) | Self::Damaged(cause) => cause,
        }
    }
}

impl OwnerFailure {
    /// A stored owner document is not what was written; which one is not said, for its id may be a person's name.
    pub(super) fn damaged() -> Self {
        Self::Keeping(KeepingFailure::Damaged("an owner document is damaged".to_owned()))
    }

    /// The store holds another owner document than the last one that was acknowledged.
    pub(super) fn unsynced() -> Self {
        Self::Keeping(KeepingFailure::Unavailable("a change of an owner document was not synced".to_owned()))
    }

    /// The store may hold another owner document than the last one that was acknowledged, for it is being changed.
    pub(super) fn changing() -> Self {
        Self::Keeping(KeepingFailure::Unavailable("an owner document is being changed".to_owned()))
    }

    /// What went wrong inside, for the log alone; names no owner.
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Keeping(failure) => Some(failure.cause()),
            Self::Unknown | Self::TooMany | Self::PreconditionFailed | Self::Refused(_) => None,
        }
    }
}

impl RuleSetFailure {
    /// What went wrong inside, for the log alone.
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Unusable(cause) => Some(cause),
            Self::Keeping(failure) => Some(failure.cause()),
            Self::Unknown
            | Self::Deleted
            | Self::Protected(_)
            | Self::NothingActive
            | Self::TooMany
            | Self::PreconditionFailed
            | Self::TooLarge(_)
            | Self::Refused(_)
            | Self::Faulty(_) => None,
        }
    }
}

impl fmt::Display for RuleSetFailure {
    /// Says it to whoever asked; holds nothing of the document, and nothing of the inside.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("no rule set, or no revision of it, has the wanted name"),
            Self::Deleted => out.write_str("the rule set was deleted; publish it again to go on with its history"),
            Self::Protected(reason) => out.write_str(reason),
            Self::NothingActive => out.write_str("the rule set has no active revision yet: leave out `activate=false`"),
            Self::TooMany => out.write_str("no further name can be taken, for deleted ones stay taken"),
            Self::PreconditionFailed => out.write_str("the rule set is not in the state that the condition names"),
            Self::TooLarge(most) => write!(out, "a rule set has at most {most} bytes"),
            Self::Refused(refusal) => refusal.fmt(out),
            Self::Faulty(_) => out.write_str("see `errors` for the places"),
            Self::Unusable(_) => out.write_str("the stored revision cannot be used by this version of the service"),
            Self::Keeping(failure) => failure.fmt(out),
        }
    }
}

impl fmt::Display for OwnerFailure {
    /// Says it to whoever asked; holds nothing of the document, and nothing of the inside.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("no owner document has the wanted id"),
            Self::TooMany => out.write_str("no further owner document fits; erase one that is not needed"),
            Self::PreconditionFailed => {
                out.write_str("the owner document is not in the state that the condition names")
            }
            Self::Refused(_) => out.write_str("the document is no owner document"),
            Self::Keeping(failure) => failure.fmt(out),
        }
    }
}

impl fmt::Display for KeepingFailure {
    /// Says it to whoever asked; holds nothing of the inside.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Full => "the store has no room left; nothing was written",
            Self::Unavailable(_) => "the store did not do it; look whether a change was made before you repeat it",
            Self::Damaged(_) => "what the store holds is not what was written",
        })
    }
}

impl From<StoreFailure> for KeepingFailure {
    fn from(failure: StoreFailure) -> Self {
        match &failure {
            StoreFailure::Full => Self::Full,
            StoreFailure::Damaged { .. } => Self::Damaged(failure.to_string()),
            StoreFailure::OutOfBounds | StoreFailure::Stopped | StoreFailure::TimedOut | StoreFailure::Medium(_) => {
                Self::Unavailable(failure.to_string())
            }
        }
    }
}

impl From<StoreFailure> for RuleSetFailure {
    fn from(failure: StoreFailure) -> Self {
        Self::Keeping(failure.into())
    }
}

impl From<StoreFailure> for OwnerFailure {
    fn from(failure: StoreFailure) -> Self {
        match failure {
            StoreFailure::Damaged { .. } => Self::damaged(),
            failure => Self::Keeping(failure.into()),
        }
    }
}

impl From<Refusal> for OwnerFailure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Refusal> for RuleSetFailure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
