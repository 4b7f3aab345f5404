//! Contexts that no mention can be in.

use crate::profile::Field;
use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::model::Mentions;
use crate::ruleset::{Context, ContextDocument, ContextsDocument};

/// Finds contexts that stand in the rule set without a trigger.
pub(super) fn find(contexts: &ContextsDocument, found: &mut Diagnostics) {
    for (_, name, context) in contexts.all() {
        if context.is_some_and(|context| !context.has_triggers()) {
            let message = "has no triggers, neither in `precedes` or `follows` nor in `beside`, so it tells nothing";
            found.warning("no-trigger", format!("/contexts/{name}"), message);
        }
    }
}

/// Finds out whether mentions are sought in a context that none of them can be in.
pub(super) fn find_in_mentions(
    pointer: &str,
    mentions: &Mentions,
    contexts: &ContextsDocument,
    found: &mut Diagnostics,
) {
    let is_sought =
        |(context, ..): &(Context, &str, Option<&ContextDocument>)| mentions.sought.context == Some(*context);
    let Some((context, name, triggers)) = contexts.all().into_iter().find(is_sought) else { return };
    if triggers.is_some_and(ContextDocument::has_triggers) {
        return;
    }
    let mut fields = mentions.sought.fields.iter();
    // What mentions are without a trigger, and what the years behind a role make of it.
    let (arises, place, where_else) = match context {
        Context::Own => (fields.any(Field::is_title), "in", "outside of titles"),
        Context::Topic => (!fields.all(Field::is_title), "in", "in titles"),
        Context::Former => (fields.any(|field| field == Field::Headline), "in", "outside of headlines"),
        Context::Audience | Context::Aspiring | Context::Negated => (false, "context", "anywhere"),
    };
    if !arises {
        let message =
            format!("never holds: without triggers in `/contexts/{name}`, no term is meant as `{name}` {where_else}");
        found.warning("no-trigger", format!("{pointer}/mentions/{place}"), message);
    }
}
