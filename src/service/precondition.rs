//! What a writer wants to find: the conditions of `If-Match` and `If-None-Match` (RFC 9110, section 13).

/// The states that a condition names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tags {
    /// Any state of what exists.
    Any,
    /// These states, by the opaque part of their entity tags.
    These(Vec<String>),
}

impl Tags {
    /// Whether the current state is one of them; `None` stands for what does not exist.
    pub fn include(&self, current: Option<&str>) -> bool {
        match self {
            Self::Any => current.is_some(),
            Self::These(tags) => tags.iter().any(|tag| Some(tag.as_str()) == current),
        }
    }
}

/// The conditions of one request; without any, it is made in whatever state.
#[derive(Clone, Debug, Default)]
pub struct Preconditions {
    /// The state must be one of these.
    pub if_match: Option<Tags>,
    /// The state must be none of these.
    pub if_none_match: Option<Tags>,
}

impl Preconditions {
    /// Whether the request may be made in that state; `None` stands for what does not exist.
    pub fn hold(&self, current: Option<&str>) -> bool {
        self.if_match.as_ref().is_none_or(|tags| tags.include(current))
            && self.if_none_match.as_ref().is_none_or(|tags| !tags.include(current))
    }
}
