//! Judging profiles for one request: one rule set, one owner, one date, one depth of explanation.

use std::sync::Arc;

use jiff::civil::Date;

use crate::profile::Owner;
use crate::profile::import::{self, Format};
use crate::ruleset::Tongue;
use crate::scoring::{self, Answer, Explain, Inquiry};
use crate::service::clock;
use crate::service::name::{OwnerChoice, RuleSetChoice};
use crate::service::registry::ReadyRuleSet;
use crate::wire::Refusal;

/// What a request asks for, beside the profile.
#[derive(Debug, Default)]
pub struct Wish {
    /// The rule set.
    pub rule_set: RuleSetChoice,
    /// The person for whom it is judged.
    pub owner: OwnerChoice,
    /// How much of the reasons to tell.
    pub explain: Explain,
    /// The language of the summary.
    pub language: Tongue,
    /// The form the profile comes in; the profile document when absent.
    pub format: Option<Format>,
}

/// Everything that stays the same for all profiles of one request.
pub struct Scoring {
    rule_set: Arc<ReadyRuleSet>,
    owner: Option<Arc<Owner>>,
    today: Date,
    explain: Explain,
    language: Tongue,
    format: Format,
}

impl Scoring {
    /// Fixes the rule set and the owner that were found for the wish, and today's date (UTC).
    pub fn begin(rule_set: Arc<ReadyRuleSet>, owner: Option<Arc<Owner>>, wish: &Wish) -> Self {
        let format = wish.format.unwrap_or(Format::Profile);
        Self { rule_set, owner, today: clock::today(), explain: wish.explain, language: wish.language, format }
    }

    /// Judges one profile and hands its id and the answer on; both borrow from the bytes.
    ///
    /// # Errors
    /// The [`Refusal`] of the document.
    pub fn score<T>(&self, bytes: &[u8], hand_on: impl FnOnce(Option<&str>, &Answer<'_>) -> T) -> Result<T, Refusal> {
        let profile = import::read(self.format, bytes)?;
        let owner = self.owner.as_deref();
        let inquiry = Inquiry { today: self.today, explain: self.explain, language: self.language, owner };
        let answer = scoring::judge(self.rule_set.rules(), self.rule_set.revision(), &profile, &inquiry);
        Ok(hand_on(profile.id(), &answer))
    }
}
