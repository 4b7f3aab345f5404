//! Tables of LinkedIn's data export, whatever year they are of and whatever program saved them last.
//!
//! `Connections.csv` is judged row by row as it stands ([`Connections`]), or joined with `Invitations.csv` into profile
//! documents ([`join`]). First and last names and e-mail addresses are not read. Nor is the day of the connection: it says
//! since when two people are linked on the network, not since when they have known each other.

mod encoding;
mod table;
mod connections;
mod invitations;
mod export;

pub use connections::{Connection, Connections};
pub use export::{CONNECTIONS, Export, INVITATIONS, join};

use crate::profile::field::SHORT;

/// The member of a person's address on the network that tells them apart: `/in/<slug>`, in lower case.
///
/// What stands behind it, such as a query, does not count.
fn slug(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    let (_, behind) = address.split_once("/in/")?;
    let slug = behind.split(['/', '?', '#']).next()?;
    (1..=SHORT).contains(&slug.chars().count()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn people_are_told_apart_by_the_slug_of_their_address() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(slug(address).as_deref(), expected, "{address}");
        check("https://www.linkedin.com/in/Ilse-Varnholt-5b1/?originalSubdomain=fr", Some("ilse-varnholt-5b1"));
        check(" linkedin.com/in/h%C3%A9l%C3%A8ne#top", Some("h%c3%a9l%c3%a8ne"));
        check("https://www.linkedin.com/in/", None);
        check("https://www.linkedin.com/company/acme", None);
        check("", None);
    }
}
