//! The person for whom profiles are judged.

use super::Profile;

/// The profile of the person for whom others are judged, apart from all rules.
#[derive(Clone, Debug)]
pub struct Owner {
    /// Its name among the owner documents.
    pub id: String,
    /// What tells its revisions apart: `sha256:` and the digest of the document, in hexadecimal.
    pub digest: String,
    /// What stands in it.
    pub profile: Profile<'static>,
}
