//! The default rule set, kept as data: a file for each family of vocabularies and for each category.

use serde::de::DeserializeOwned;

use super::{CategoryDocument, RuleSetDocument, VocabularyDocument};
use crate::wire::Entries;

const VOCABULARIES: [&str; 16] = [
    include_str!("vocabularies/heads.json"),
    include_str!("vocabularies/business.json"),
    include_str!("vocabularies/watch.json"),
    include_str!("vocabularies/peers.json"),
    include_str!("vocabularies/sales.json"),
    include_str!("vocabularies/approach.json"),
    include_str!("vocabularies/network.json"),
    include_str!("vocabularies/invitations.json"),
    include_str!("vocabularies/common-words.json"),
    include_str!("vocabularies/situations.json"),
    include_str!("vocabularies/career.json"),
    include_str!("vocabularies/decoys.json"),
    include_str!("vocabularies/decoys-watch-peers.json"),
    include_str!("vocabularies/es.json"),
    include_str!("vocabularies/nl.json"),
    include_str!("vocabularies/unions.json"),
];
const CATEGORIES: [(&str, &str); 10] = [
    ("author", include_str!("categories/author.json")),
    ("broadcaster", include_str!("categories/broadcaster.json")),
    ("business", include_str!("categories/business.json")),
    ("commenter", include_str!("categories/commenter.json")),
    ("dormant", include_str!("categories/dormant.json")),
    ("peers", include_str!("categories/peers.json")),
    ("prospector", include_str!("categories/prospector.json")),
    ("reader", include_str!("categories/reader.json")),
    ("sales", include_str!("categories/sales.json")),
    ("watch", include_str!("categories/watch.json")),
];

/// The rule set that ships with the service.
///
/// # Panics
/// Never: a test reads and compiles it.
#[must_use]
pub fn builtin_document() -> RuleSetDocument {
    let mut vocabularies = Entries::<VocabularyDocument>::default();
    for file in VOCABULARIES {
        vocabularies.extend(read::<Entries<VocabularyDocument>>(file));
    }
    let mut categories = Entries::<CategoryDocument>::default();
    categories.extend(CATEGORIES.map(|(id, file)| (id.to_owned(), read(file))));
    RuleSetDocument {
        format: 1,
        title: "Finance, watch, peers and sellers".to_owned(),
        description: "The kinds of contact that a selective owner of a network looks for, in French and English, and \
                      by their titles in Spanish and Dutch: customers in finance, sources for a technology watch, \
                      peers who grew; and sellers, who are declined."
            .to_owned(),
        margin: 10,
        vocabularies,
        abbreviations: read(include_str!("abbreviations.json")),
        contexts: read(include_str!("contexts.json")),
        facts: read(include_str!("facts.json")),
        categories,
        policy: read(include_str!("policy.json")),
        tests: read(include_str!("tests.json")),
    }
}

#[expect(clippy::expect_used, reason = "the files are part of the binary, and a test reads them")]
fn read<T: DeserializeOwned>(file: &str) -> T {
    serde_json::from_str(file).expect("a file of the default rule set has the form of its part of a rule set")
}
