//! Judging profiles for one request: one rule set, one date, one depth of explanation.

use std::sync::Arc;

use jiff::civil::Date;

use crate::profile::import::{self, Format};
use crate::scoring::{self, Answer, Explain};
use crate::service::registry::{ActiveRuleSet, Registry, RuleSetChoice, UnknownRuleSet};
use crate::wire::Refusal;

/// What a request asks for, beside the profile.
#[derive(Debug, Default)]
pub struct Wish {
    /// The rule set, or the default one.
    pub rule_set: Option<RuleSetChoice>,
    /// How much of the reasons to tell.
    pub explain: Explain,
    /// The form the profile comes in; the profile document when absent.
    pub format: Option<Format>,
}

/// Everything that stays the same for all profiles of one request.
pub struct Scoring {
    rule_set: Arc<ActiveRuleSet>,
    today: Date,
    explain: Explain,
    format: Format,
}

impl Scoring {
    /// Resolves the rule set and today's date (UTC), once.
    ///
    /// # Errors
    /// [`UnknownRuleSet`] when the wanted one does not exist.
    pub fn begin(registry: &Registry, wish: Wish) -> Result<Self, UnknownRuleSet> {
        Ok(Self {
            rule_set: registry.find(wish.rule_set.as_ref())?,
            today: today(),
            explain: wish.explain,
            format: wish.format.unwrap_or(Format::Profile),
        })
    }

    /// Judges one profile and hands its id and the answer on; both borrow from the bytes.
    ///
    /// # Errors
    /// The [`Refusal`] of the document.
    pub fn score<T>(&self, bytes: &[u8], hand_on: impl FnOnce(Option<&str>, &Answer<'_>) -> T) -> Result<T, Refusal> {
        let profile = import::read(self.format, bytes)?;
        let answer =
            scoring::judge(self.rule_set.rules(), self.rule_set.revision(), &profile, self.today, self.explain);
        Ok(hand_on(profile.id(), &answer))
    }
}

/// Today's date in UTC: the one place that reads the clock.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
