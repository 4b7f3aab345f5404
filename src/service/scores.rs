//! Judging profiles for one request: one rule set, one owner, one date, one depth of explanation.

use std::sync::Arc;

use jiff::civil::Date;

use crate::profile::import::{self, Format};
use crate::profile::{Owner, Profile};
use crate::ruleset::Tongue;
use crate::scoring::{self, Answer, Explain, Inquiry, ShownAnswer, View};
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
    /// How the answer is laid out; the flat view tells the same whatever `explain` is.
    pub view: View,
}

/// Everything that stays the same for all profiles of one request.
pub struct Scoring {
    rule_set: Arc<ReadyRuleSet>,
    owner: Option<Arc<Owner>>,
    today: Date,
    explain: Explain,
    language: Tongue,
    format: Format,
    view: View,
}

impl Scoring {
    /// Fixes the rule set and the owner that were found for the wish, and today's date (UTC).
    pub fn begin(rule_set: Arc<ReadyRuleSet>, owner: Option<Arc<Owner>>, wish: &Wish) -> Self {
        let format = wish.format.unwrap_or(Format::Profile);
        let explain = if wish.view == View::Flat { Explain::Evidence } else { wish.explain };
        Self { rule_set, owner, today: clock::today(), explain, language: wish.language, format, view: wish.view }
    }

    /// Reads a profile in the form that was wished for.
    ///
    /// # Errors
    /// The [`Refusal`] of the document.
    pub fn read<'b>(&self, bytes: &'b [u8]) -> Result<Profile<'b>, Refusal> {
        import::read(self.format, bytes)
    }

    /// Judges one profile and hands the answer on, also as it is to be shown; both borrow from the profile.
    pub fn judge<T>(&self, profile: &Profile<'_>, hand_on: impl FnOnce(&Answer<'_>, ShownAnswer<'_>) -> T) -> T {
        let owner = self.owner.as_deref();
        let inquiry = Inquiry { today: self.today, explain: self.explain, language: self.language, owner };
        let answer = scoring::judge(self.rule_set.rules(), self.rule_set.name(), profile, &inquiry);
        hand_on(&answer, ShownAnswer::of(&answer, self.view))
    }
}
