//! Holds the default rule set to whole profiles, each judged beforehand by hand.
//!
//! A file of `tests/golden/` says in `why` what a reader of the profile would decide, states it in `expect`, and keeps
//! the whole answer in `answer`. `UPDATE_GOLDEN=1 cargo test --test golden` rewrites the answers, never the expectations.
//!
//! A case that names an `owner` is judged for the invented one of that name in `tests/golden/owners/`.
//!
//! The summary of a file whose name begins with `fr-` is in French.
//!
//! A file of `tests/golden/headlines/` is a list of headlines that stand alone, each with its `expect`.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, error, fs, io,
    path::{Path, PathBuf},
};

use entregent::{
    profile::{self, Owner},
    ruleset::{CompiledRuleSet, Tongue, builtin_document, compile},
    scoring::{Inquiry, RuleSetName, judge},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

type Fallible<T> = Result<T, Box<dyn error::Error>>;

/// A file of `tests/golden/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    why: String,
    owner: Option<String>,
    profile: Value,
    expect: Expect,
    answer: Value,
}

/// What a reader would sign; what is absent is left open.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// `null` for none of the categories.
    #[serde(default, deserialize_with = "stated")]
    category: Option<Option<String>>,
    ambiguous: Option<bool>,
    outcome: Option<String>,
    /// The rule of the policy that decides.
    rule: Option<String>,
    /// What is asked.
    question: Option<String>,
    /// All traits that are reached.
    traits: Option<BTreeSet<String>>,
    /// The least and the most that `invitation.personalisation` may be; `null` for unknown.
    #[serde(default, deserialize_with = "stated")]
    personalisation: Option<Option<(u64, u64)>>,
    /// What the note quotes of the owner's document.
    #[serde(default)]
    quotes: Vec<String>,
    #[serde(default)]
    fires: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
}

/// Tells a stated `null` from an absent field.
fn stated<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A headline that is all that is known of somebody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headline {
    headline: String,
    expect: Expect,
}

/// What comes before the answer in a file; it stays as it was written.
const ANSWER: &str = "\n  \"answer\": ";

#[test]
fn whole_profiles_are_judged_as_a_reader_would() -> Fallible<()> {
    let rules = compile(&builtin_document()).rule_set.ok_or("the default rule set does not compile")?;
    let update = env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut faults = Vec::new();
    let owners = owners()?;
    for (name, file) in files("tests/golden")? {
        let language = if name.starts_with("fr-") { Tongue::Fr } else { Tongue::En };
        let found = examine(&rules, &owners, &file, language, update).unwrap_or_else(|error| vec![error.to_string()]);
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

#[test]
fn headlines_alone_are_judged_as_a_reader_would() -> Fallible<()> {
    let rules = compile(&builtin_document()).rule_set.ok_or("the default rule set does not compile")?;
    let mut faults = Vec::new();
    for (name, file) in files("tests/golden/headlines")? {
        let cases: Vec<Headline> = serde_json::from_str(&fs::read_to_string(file)?)?;
        for Headline { headline, expect } in cases {
            let answer = serde_json::from_str(&answer(&rules, &json!({"headline": headline}), None, Tongue::En)?)?;
            let fired: Vec<&str> = contributions(&answer).filter_map(|part| part["signal"].as_str()).collect();
            let found = unlike(&expect, &answer).into_iter();
            faults.extend(found.map(|fault| format!("{name}: {headline}: {fault} ({})", fired.join(", "))));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

/// The files of a folder and their names, in the order of these.
fn files(folder: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty(), "there is nothing to judge");
    Ok(files.into_iter().map(|file| (file.file_name().unwrap_or_default().display().to_string(), file)).collect())
}

/// The invented owners, with their documents as submitted.
fn owners() -> Fallible<BTreeMap<String, (Value, Owner)>> {
    let mut owners = BTreeMap::new();
    for (name, file) in files("tests/golden/owners")? {
        let id = name.trim_end_matches(".json").to_owned();
        let submitted = fs::read(file)?;
        let read = profile::parse_owner(&submitted).map_err(|refusal| format!("no owner: {refusal:?}"))?;
        let owner = Owner::new(id.clone(), "sha256:0".to_owned(), read.profile);
        owners.insert(id, (serde_json::from_slice(&submitted)?, owner));
    }
    Ok(owners)
}

/// The answer to a profile, in JSON, as of the day on which these profiles were judged by hand.
fn answer(rules: &CompiledRuleSet, profile: &Value, owner: Option<&Owner>, language: Tongue) -> Fallible<String> {
    let submitted = profile.to_string();
    let profile = profile::parse(submitted.as_bytes()).map_err(|refusal| format!("no profile: {refusal:?}"))?;
    let name = RuleSetName { name: "default", revision: 1 };
    let inquiry = Inquiry { owner, language, ..Inquiry::on(jiff::civil::date(2026, 11, 23)) };
    let answer = judge(rules, name, &profile, &inquiry);
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// Judges the profile of a file, and says what is wrong with the answer.
fn examine(
    rules: &CompiledRuleSet,
    owners: &BTreeMap<String, (Value, Owner)>,
    file: &Path,
    language: Tongue,
    update: bool,
) -> Fallible<Vec<String>> {
    let text = fs::read_to_string(file)?;
    let golden: Golden = serde_json::from_str(&text)?;
    let named = golden.owner.as_ref().map(|name| owners.get(name).ok_or("there is no such owner")).transpose()?;
    let pretty = answer(rules, &golden.profile, named.map(|(_, owner)| owner), language)?.replace('\n', "\n  ");
    let answer: Value = serde_json::from_str(&pretty)?;

    let mut faults = unlike(&golden.expect, &answer);
    faults.iter_mut().for_each(|fault| *fault = format!("{fault} ({})", golden.why));
    faults.extend(misquoted(&golden.profile, named.map(|(document, _)| document), &answer));
    faults.extend(not_adding_up(&answer));
    if update {
        let (kept, _) = text.rsplit_once(ANSWER).ok_or("`answer` is not the last member, indented by two")?;
        fs::write(file, format!("{kept}{ANSWER}{pretty}\n}}\n"))?;
    } else {
        faults.extend(changes(&golden.answer, &answer, ""));
    }
    Ok(faults)
}

/// Where the answer differs from what a reader would sign.
fn unlike(expect: &Expect, answer: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut hold = |what: &str, expected: Value| {
        let given = answer.pointer(what).unwrap_or(&Value::Null);
        if *given != expected {
            faults.push(format!("{what} is {given}, not {expected}"));
        }
    };
    if let Some(outcome) = &expect.outcome {
        hold("/decision/outcome", outcome.as_str().into());
    }
    if let Some(rule) = &expect.rule {
        hold("/decision/rule", rule.as_str().into());
    }
    if let Some(question) = &expect.question {
        hold("/decision/question", question.as_str().into());
    }
    if let Some(category) = &expect.category {
        hold("/category", category.as_deref().into());
    }
    if let Some(ambiguous) = expect.ambiguous {
        hold("/ambiguous", ambiguous.into());
    }
    let is_trait = |score: &&Value| score["kind"] == "trait" && score["reached"] == true;
    let reached: BTreeSet<String> = list(&answer["scores"])
        .filter(is_trait)
        .filter_map(|score| Some(score["category"].as_str()?.to_owned()))
        .collect();
    if let Some(traits) = expect.traits.as_ref().filter(|traits| **traits != reached) {
        faults.push(format!("the traits are {reached:?}, not {traits:?}"));
    }
    if let Some(bounds) = expect.personalisation {
        let given = answer.pointer("/facts/invitation.personalisation").and_then(Value::as_u64);
        let fits = match (given, bounds) {
            (Some(given), Some((least, most))) => (least..=most).contains(&given),
            (given, bounds) => given.is_none() && bounds.is_none(),
        };
        faults.extend((!fits).then(|| format!("the personalisation is {given:?}, not within {bounds:?}")));
    }
    let quoted: Vec<&str> =
        facts(answer).flat_map(|fact| list(&fact["quotes"])).filter_map(|quote| quote["text"].as_str()).collect();
    let is_quoted = |text: &&String| quoted.iter().any(|quote| quote.contains(text.as_str()));
    faults.extend(expect.quotes.iter().filter(|text| !is_quoted(text)).map(|text| format!("`{text}` is not quoted")));
    let fired: Vec<&str> = contributions(answer).filter_map(|part| part["signal"].as_str()).collect();
    let fires = |id: &&String| fired.contains(&id.as_str());
    faults.extend(expect.fires.iter().filter(|id| !fires(id)).map(|id| format!("`{id}` is silent")));
    faults.extend(expect.silent.iter().filter(fires).map(|id| format!("`{id}` fires")));
    faults
}

/// Where an answer is no longer what was kept of it, as pointers; lists of another length count as one change.
fn changes(kept: &Value, given: &Value, at: &str) -> Vec<String> {
    match (kept, given) {
        (Value::Object(kept), Value::Object(given)) => {
            let keys: BTreeSet<&String> = kept.keys().chain(given.keys()).collect();
            let of = |object: &Map<String, Value>, key: &String| object.get(key).cloned().unwrap_or_default();
            keys.into_iter().flat_map(|key| changes(&of(kept, key), &of(given, key), &format!("{at}/{key}"))).collect()
        }
        (Value::Array(kept), Value::Array(given)) if kept.len() == given.len() => {
            let pairs = kept.iter().zip(given).enumerate();
            pairs.flat_map(|(index, (kept, given))| changes(kept, given, &format!("{at}/{index}"))).collect()
        }
        _ if kept == given => Vec::new(),
        _ => vec![format!("the answer has changed: {at} was {kept} and is {given}")],
    }
}

/// Quotations that do not stand where they say, in the profile or in the owner's document.
fn misquoted(profile: &Value, owner: Option<&Value>, answer: &Value) -> Vec<String> {
    let quotations = contributions(answer).flat_map(|part| list(&part["evidence"]));
    let quotations = quotations.chain(facts(answer).flat_map(|fact| list(&fact["quotes"])));
    let faulty = quotations.filter(|quotation| {
        let document = if quotation["document"] == "owner" { owner } else { Some(profile) };
        let text = quotation["field"].as_str().and_then(|field| document?.pointer(field)?.as_str());
        let offset = |key| quotation[key].as_u64().and_then(|offset| usize::try_from(offset).ok());
        let stands = text.zip(offset("start")).zip(offset("end")).filter(|((_, start), end)| start < end);
        let stands = stands.filter(|((text, _), end)| *end <= text.chars().count());
        let stands = stands.map(|((text, start), end)| text.chars().skip(start).take(end - start).collect::<String>());
        stands.as_deref() != quotation["text"].as_str()
    });
    faulty.map(|quotation| format!("this does not stand there: {quotation}")).collect()
}

/// Categories whose parts do not make up their points.
fn not_adding_up(answer: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for score in list(&answer["scores"]) {
        let sum: i64 = list(&score["contributions"]).filter_map(|part| part["points"].as_i64()).sum();
        if score["points"].as_i64() != Some(sum) {
            faults.push(format!("the parts of {} make {sum}, not {}", score["category"], score["points"]));
        }
    }
    faults
}

/// The facts that contributions and the decision rest on.
fn facts(answer: &Value) -> impl Iterator<Item = &Value> {
    let of_decision = answer.pointer("/decision/facts").into_iter().flat_map(list);
    contributions(answer).flat_map(|part| list(&part["facts"])).chain(of_decision)
}

fn contributions(answer: &Value) -> impl Iterator<Item = &Value> {
    list(&answer["scores"]).flat_map(|score| list(&score["contributions"]))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
