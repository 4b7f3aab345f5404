//! Rule sets of any size, on subjects that do not exist.

use serde_json::{Value, json};

use crate::people;

/// A rule set of so many phrases and signals. Thirty words of the profiles are terms whatever the size, so that the
/// answers are alike; a tenth of the others begin with a word of the profiles, and the rest are words that none has.
pub(crate) fn invented(phrases: usize, signals: usize) -> Value {
    let profiles = people::profiles(20);
    let first = profiles.iter().flat_map(|json| json.split(|c: char| !c.is_alphabetic()));
    let words: Vec<&str> = first.filter(|word| word.len() > 3).collect();
    let word = |n: usize| words.get(n % words.len()).copied().unwrap_or_default();
    let term = |n: usize| match n {
        0..30 => word(n).to_owned(),
        _ if n.is_multiple_of(10) => format!("{} {}", word(n / 10), made_up(n)),
        _ => format!("{} {}", made_up(n), made_up(n / 7)),
    };
    let name = |signal: usize| format!("v-{signal}");
    let vocabularies: serde_json::Map<String, Value> = (0..signals)
        .map(|signal| {
            let terms: Vec<String> = (signal..phrases).step_by(signals).map(term).collect();
            (name(signal), json!({"terms": terms, "inflect": []}))
        })
        .collect();
    let categories: serde_json::Map<String, Value> = (0..4)
        .map(|category| {
            let signals: serde_json::Map<String, Value> = (category..signals)
                .step_by(4)
                .map(|signal| {
                    let when = json!({"mentions": {"of": [name(signal)], "in": ["headline", "about", "position.title",
                        "position.description", "skills"], "context": "any"}});
                    let label = format!("signal {signal}");
                    (format!("s-{signal}"), json!({"label": {"fr": label, "en": label}, "points": 5, "when": when}))
                })
                .collect();
            let label = format!("category {category}");
            let body = json!({"kind": "interest", "label": {"fr": label, "en": label}, "threshold": 50,
                "signals": signals});
            (format!("c-{category}"), body)
        })
        .collect();
    json!({"format": 1, "title": "invented", "vocabularies": vocabularies,
        "categories": categories, "policy": [{"id": "else", "label": {"fr": "sinon", "en": "else"},
        "when": "otherwise", "outcome": "review"}]})
}

/// A word that no profile has, a different one for each number.
fn made_up(mut n: usize) -> String {
    let mut word = String::from("zu");
    loop {
        word.push(['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n'].get(n % 8).copied().unwrap_or('b'));
        word.push(['a', 'e', 'i', 'o'].get(n / 8 % 4).copied().unwrap_or('a'));
        n /= 32;
        if n == 0 {
            return word;
        }
    }
}
