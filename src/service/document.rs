//! A document as it is kept and shown.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::ruleset::{self, RuleSetDocument};
use crate::wire::Refusal;

/// The JSON of a document as it was accepted, with sorted keys and without white space.
///
/// The same document is always the same text, so that two are equal when their digests are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeptDocument(Box<RawValue>);

static BUILTIN: OnceLock<Option<KeptDocument>> = OnceLock::new();

impl KeptDocument {
    /// Keeps a document.
    pub(super) fn of(document: &Value) -> Result<Self, Refusal> {
        serde_json::value::to_raw_value(document).map(Self).map_err(|error| Refusal::syntax(&error))
    }

    /// Takes the text of a document that was kept.
    ///
    /// # Errors
    /// [`Refusal::Syntax`] when it is no JSON.
    pub(super) fn read(text: String) -> Result<Self, Refusal> {
        let raw = RawValue::from_string(text);
        raw.map(Self).map_err(|error| Refusal::syntax(&error))
    }

    /// The document that comes with the binary.
    pub(crate) fn builtin() -> Option<&'static Self> {
        BUILTIN.get_or_init(|| Self::of_rules(&ruleset::builtin_document())).as_ref()
    }

    /// Keeps the document that comes with the binary for [`Self::builtin`], where it was read anyway.
    pub(super) fn keep_builtin(document: &RuleSetDocument) {
        BUILTIN.get_or_init(|| Self::of_rules(document));
    }

    fn of_rules(document: &RuleSetDocument) -> Option<Self> {
        Self::of(&serde_json::to_value(document).ok()?).ok()
    }

    /// The JSON, to be put into an answer.
    pub fn raw(&self) -> &RawValue {
        &self.0
    }

    /// The JSON as text.
    pub(super) fn text(&self) -> &str {
        self.0.get()
    }

    /// SHA-256 of the text, in hexadecimal digits.
    pub(super) fn digest(&self) -> String {
        let digits = |byte: u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'));
        Sha256::digest(self.text()).iter().copied().flat_map(digits).collect()
    }
}
