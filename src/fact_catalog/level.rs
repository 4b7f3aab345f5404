//! How much responsibility a person has.

/// A level of responsibility, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Works for themselves.
    Individual,
    /// Leads others without being their superior.
    Lead,
    /// Manages people.
    Manager,
    /// Directs managers, or a department.
    Director,
    /// Leads an organisation, or sits on its board.
    Executive,
}

impl Level {
    /// The words for the levels, the least first.
    pub const WORDS: &[&str] = &["individual", "lead", "manager", "director", "executive"];

    /// The word for the level.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Individual => "individual",
            Self::Lead => "lead",
            Self::Manager => "manager",
            Self::Director => "director",
            Self::Executive => "executive",
        }
    }
}
