//! What mentions hide, as a table: a headline, and what is hidden in it as `vocabulary:quotation < what hides it`.

use super::*;
use crate::reading::hidden::TermPlace;

fn check_in(field: &str, text: &str, expected: &[&str]) {
    let rules = compile(&parse_rules(RULES.as_bytes()).unwrap()).rule_set.unwrap();
    let document = serde_json::json!({ field: text }).to_string();
    let profile = crate::profile::parse(document.as_bytes()).unwrap();
    let as_of = jiff::civil::date(2026, 11, 23);
    let reading = read(&rules, &profile, as_of, true);
    let told = |place: &TermPlace| {
        let quoted = &profile.texts()[place.text as usize].text[place.start as usize..place.end as usize];
        format!("{}:{quoted}", rules.vocabulary_name(place.vocabulary))
    };
    let places = reading.hidden.iter().flat_map(|hidden| hidden.at.iter().map(move |at| (at, &hidden.by)));
    let hidden = places.map(|(at, by)| {
        let by: Vec<_> = by.iter().map(told).collect();
        format!("{} < {}", told(at), by.join(", "))
    });
    assert_eq!(hidden.collect::<Vec<_>>(), expected, "{text}");
    assert_eq!(read(&rules, &profile, as_of, false), Reading { hidden: Vec::new(), ..reading });
}

fn check(headline: &str, expected: &[&str]) {
    check_in("headline", headline, expected);
}

#[test]
fn what_is_mentioned_is_not_hidden() {
    check("Trésorière, manager | CFO", &[]);
    check(
        "Responsable ou ingénieur, software",
        &["heads:ingénieur < it:ingénieur, software", "domains:software < it:ingénieur, software"],
    );
    check("Systèmes", &[]);
}

#[test]
fn a_longer_term_hides_the_words_inside_it() {
    check("Ingénieur commercial", &["heads:Ingénieur < decoys:Ingénieur commercial"]);
    check("Sales engineer", &["sales:Sales < decoys:Sales engineer", "heads:engineer < decoys:Sales engineer"]);
}

#[test]
fn a_pair_hides_its_head_its_domain_and_what_stands_between() {
    let pair = "it:Responsable système";
    check("Responsable système", &[&format!("heads:Responsable < {pair}"), &format!("domains:système < {pair}")]);
    let pair = "it-dashed:Manager - Software";
    check("Manager - Software", &[&format!("heads:Manager < {pair}"), &format!("domains:Software < {pair}")]);
    let pair = "it:Manager, un CFO informatique";
    let within = ["heads:Manager", "finance:CFO", "domains:informatique"].map(|what| format!("{what} < {pair}"));
    check("Manager, un CFO informatique", &within.each_ref().map(String::as_str));
}

#[test]
fn what_no_head_bound_is_a_mention() {
    check("Software sales manager", &["sales:sales < selling:sales manager", "heads:manager < selling:sales manager"]);
    check("Software | manager", &[]);
}

#[test]
fn a_pair_is_hidden_by_a_wider_one() {
    let pair = "it-chiefs:Chef manager oracle software";
    let within = [
        "bosses:Chef",
        "chiefs:Chef",
        "heads:manager",
        "product-people:manager oracle",
        "products:oracle",
        "domains:software",
    ];
    check(
        "Chef manager oracle software",
        &within.map(|what| format!("{what} < {pair}")).each_ref().map(String::as_str),
    );
}

#[test]
fn of_terms_that_overlap_in_part_the_weaker_is_hidden() {
    check("éé bb ccc", &["overlaps:éé bb < overlaps:bb ccc"]);
    check("gg cadres hh", &["overlaps:cadres hh < overlaps:gg cadres, overlaps-too:gg cadres"]);
    check("aa bbb cc", &["overlaps:bbb cc < overlaps:aa bbb"]);
}

#[test]
fn in_prose_what_a_rule_asks_of_it_is_told() {
    check_in("about", "A sales engineer", &["sales:sales < decoys:sales engineer"]);
    check_in("industry", "Sales engineer", &[]);
}
