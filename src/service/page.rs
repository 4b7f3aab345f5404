//! Lists that are given in parts.

/// A part of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next part begins, when there is one.
    pub next: Option<String>,
}
