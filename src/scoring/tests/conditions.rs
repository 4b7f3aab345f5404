//! Conditions against a plain reading of them, part by part.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::facts::Facts;
use crate::profile::Time;
use crate::ruleset::{Condition, Mentions};
use crate::scoring::condition::{Counts, Known, Truth};
use crate::scoring::grounds::Grounds;

const FIELDS: [&str; 4] = ["headline", "about", "position.title", "skills"];

fn condition() -> impl Strategy<Value = Value> {
    let of = subsequence(vec!["roles", "tools"], 1..=2);
    let time = select(vec!["any", "current", "past"]);
    let context = select(vec!["any", "own", "audience"]);
    let mentions = (of, subsequence(FIELDS.to_vec(), 1..=4), time, context, 1..4);
    let mentions = mentions.prop_map(|(of, fields, time, context, at_least)| {
        json!({"mentions": {"of": of, "in": fields, "time": time, "context": context, "at_least": at_least}})
    });
    let fact = select(vec![
        json!({"fact": "about.present", "op": "eq", "value": true}),
        json!({"fact": "skills.count", "op": "gte", "value": 2}),
        json!({"fact": "activity.posts_last_90_days", "op": "exists"}),
    ]);
    let moved = Just(json!({"moved": {"from": ["roles"], "to": ["tools"]}}));
    prop_oneof![4 => mentions, 2 => fact, 1 => moved].prop_recursive(3, 16, 4, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        let whole = (select(vec!["all", "any"]), parts).prop_map(|(whole, parts)| json!({whole: parts}));
        prop_oneof![3 => whole, 1 => inner.prop_map(|inner| json!({"not": inner}))]
    })
}

fn profile() -> impl Strategy<Value = Value> {
    let pieces = select(vec!["trésorier ", "SAP ", "Sage, ", "j'aide les ", "x. "]);
    let text = prop::collection::vec(pieces, 1..5).prop_map(|pieces| pieces.concat());
    let dates = select(vec![json!([null, null]), json!(["2020", "2021"]), json!(["2022", null])]);
    let position = (text.clone(), dates)
        .prop_map(|(title, dates)| json!({"title": title, "started_on": dates[0], "ended_on": dates[1]}));
    let positions = prop::option::of(prop::collection::vec(position, 0..4));
    let skills = prop::option::of(prop::collection::vec(text.clone(), 0..4));
    (prop::option::of(text.clone()), positions, skills, text).prop_map(
        |(about, positions, skills, headline)| {
            json!({"headline": headline, "about": about, "positions": positions, "skills": skills})
        },
    )
}

/// Looks at what conditions are asked about a profile.
fn knowing<T>(rules: &CompiledRuleSet, profile: &Value, look: impl FnOnce(&Known<'_, '_>) -> T) -> T {
    let bytes = profile.to_string();
    let profile = profile::parse(bytes.as_bytes()).unwrap();
    let as_of = date(2026, 11, 23);
    let mentions = reading::read(rules, &profile, as_of, false).mentions;
    let facts = Facts::derive(rules, &Sources { profile: &profile, mentions: &mentions, owner: None, as_of });
    let counts = Counts::new(rules.reads(), &mentions);
    look(&Known { profile: &profile, mentions: &mentions, counts: &counts, facts: &facts })
}

/// What a condition comes to, the mentions and facts that it rests on, and the condition that failed.
type Read<'r> = (Truth, BTreeSet<u32>, BTreeSet<&'r str>, Option<*const Condition>);

fn plainly<'r>(known: &Known<'_, '_>, condition: &'r Condition) -> Read<'r> {
    let (truth, mentions, facts) = match condition {
        Condition::All(parts) => return whole(parts.iter().map(|part| plainly(known, part)), Truth::min),
        Condition::Any(parts) => return whole(parts.iter().map(|part| plainly(known, part)), Truth::max),
        Condition::Not(inner) => {
            let (truth, mentions, facts, _) = plainly(known, inner);
            (truth.negated(), mentions, facts)
        }
        Condition::Mentions(wanted) => {
            let (truth, mentions) = mentioned(known, wanted);
            (truth, mentions, BTreeSet::new())
        }
        Condition::Moved { from, to } => {
            let (truth, mentions) = known.moved(from, to);
            (truth, mentions.into_iter().collect(), BTreeSet::new())
        }
        Condition::Fact { fact, .. } => {
            let truth = known.truth(condition, None);
            let facts = Some(fact.name.as_ref()).filter(|_| truth != Truth::Unknown);
            (truth, BTreeSet::new(), facts.into_iter().collect())
        }
        _ => panic!("scores are not read here"),
    };
    (truth, mentions, facts, (truth != Truth::True).then_some(std::ptr::from_ref(condition)))
}

fn whole<'r>(parts: impl Iterator<Item = Read<'r>>, join: fn(Truth, Truth) -> Truth) -> Read<'r> {
    let parts: Vec<_> = parts.collect();
    let truth = parts.iter().map(|part| part.0).reduce(join).unwrap();
    let mut settling = parts.into_iter().filter(|part| part.0 == truth);
    let first = settling.next().unwrap();
    settling.fold(first, |(truth, mut mentions, mut facts, failed), part| {
        mentions.extend(part.1);
        facts.extend(part.2);
        (truth, mentions, facts, failed)
    })
}

fn mentioned(known: &Known<'_, '_>, wanted: &Mentions) -> (Truth, BTreeSet<u32>) {
    let sought = wanted.sought;
    let all = (0..).zip(known.mentions).filter(|(_, mention)| wanted.of.contains(&mention.vocabulary));
    let in_place = all.filter(|(_, mention)| sought.fields.has(mention.field));
    let meant = in_place.filter(|(_, mention)| sought.context.is_none_or(|context| context == mention.context));
    let of_time = |times: &[Time]| {
        let fitting = meant.clone().filter(|(_, mention)| times.contains(&mention.time));
        fitting.map(|(index, _)| index).collect::<BTreeSet<u32>>()
    };
    let (hits, all) = match sought.time {
        None => (of_time(&[Time::Current, Time::Past, Time::Unknown]), BTreeSet::new()),
        Some(time) => (of_time(&[time]), of_time(&[time, Time::Unknown])),
    };
    let enough = wanted.at_least as usize;
    if hits.len() >= enough {
        (Truth::True, hits)
    } else if all.len() >= enough || !known.profile.present().has_all(sought.fields) {
        (Truth::Unknown, BTreeSet::new())
    } else {
        (Truth::False, BTreeSet::new())
    }
}

proptest! {
    #[test]
    fn conditions_rest_on_what_a_plain_reading_finds(conditions in [condition(), condition()], profile in profile()) {
        let [first, second] = &conditions;
        let signals = json!({"s1": {"points": 1, "when": first}, "s2": {"points": 1, "when": second}});
        let rules = compile(&document(&signals, &json!([])));
        knowing(&rules, &profile, |known| {
            let mut grounds = Grounds::default();
            let signals = &rules.rules().categories[0].signals;
            let awake: Vec<u32> = known.awake(signals).map(|signal| signal.number).collect();
            for signal in signals {
                let is_awake = awake.contains(&signal.number);
                let start = grounds.end();
                let truth = known.read(&signal.when, None, &mut grounds);
                let places = start..grounds.end();
                let finding = known.find(&signal.when, None);
                let (expected, mentions, facts, failed) = plainly(known, &signal.when);
                prop_assert_eq!((truth, finding.truth), (expected, expected));
                prop_assert!(is_awake || truth != Truth::True);
                if let Condition::Mentions(wanted) = &signal.when {
                    prop_assert_eq!(is_awake, known.hits(wanted).next().is_some());
                }
                prop_assert_eq!(grounds.mentions(&places), mentions.into_iter().collect::<Vec<_>>());
                let named: Vec<_> = grounds.facts(&places).iter().map(|fact| fact.name.as_ref()).collect();
                prop_assert_eq!(named.len(), facts.len());
                prop_assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), facts);
                prop_assert_eq!(finding.failed.map(std::ptr::from_ref), failed);
            }
            Ok(())
        })?;
    }
}

#[test]
fn a_signal_that_wants_several_things_sleeps_without_the_first_mention() {
    let mentions = |of: &str| json!({"mentions": {"of": [of], "in": ["skills"], "context": "any"}});
    let all = json!({"all": [{"not": mentions("roles")}, mentions("tools"), mentions("roles")]});
    let rules = compile(&document(&json!({"s": {"points": 1, "when": all}}), &json!([])));
    let check = |skills: &[&str], is_awake: bool| {
        let signals = &rules.rules().categories[0].signals;
        let awake = knowing(&rules, &json!({"skills": skills}), |known| known.awake(signals).count());
        assert_eq!(awake, usize::from(is_awake), "{skills:?}");
    };
    check(&["trésorier", "SAP"], true);
    check(&["SAP"], true);
    check(&["trésorier"], false);
}

proptest! {
    #[test]
    fn distinct_terms_are_counted_alike_however_many_there_are(words in prop::collection::vec(0..5_usize, 0..30)) {
        const WORDS: [&str; 5] = ["trésorier", "treasurer", "SAP", "Sage", "Kyriba"];
        let skills: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let of = json!({"mentions": {"of": ["roles", "tools"], "in": ["skills"], "context": "any"}});
        let signals = json!({"s": {"points_each": 1, "max_points": 100, "when": of}});
        let answer = answer_with(&signals, &json!([]), &json!({"headline": "x", "skills": skills}), Explain::None);
        let distinct: BTreeSet<_> = words.into_iter().collect();
        prop_assert_eq!(&answer["scores"][0]["points"], distinct.len());
    }
}
