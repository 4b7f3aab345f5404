//! What is read, as a table: a headline, and the mentions in it as `vocabulary:context:quotation`.

mod hidden;
mod spans;

use super::*;
use crate::ruleset::{compile, parse as parse_rules};

const RULES: &str = r#"{ "format": 1, "title": "t",
  "vocabularies": {
    "bosses": {"terms": ["chef"]},
    "chiefs": {"terms": ["chef"]},
    "it-chiefs": {"compose": {"head": "chiefs", "with": "domains", "within": 4}},
    "overlaps": {"terms": ["éé bb", "bb ccc", "aa bbb", "bbb cc", "gg cadre", "cadres hh"]},
    "overlaps-too": {"terms": ["gg cadres"]},
    "selling-chiefs": {"compose": {"head": "bosses", "with": "sales", "within": 4}},
    "decoys": {"terms": ["ingénieur commercial", "sales engineer", "community manager"]},
    "domains": {"terms": ["informatique", "info", "software", "trésorerie", "système", "systèmes"]},
    "finance": {"terms": ["trésorier", "directeur financier", "DAF", "CFO"]},
    "heads": {"terms": ["responsable", "ingénieur", "engineer", "manager", "directeur", "com"]},
    "it": {"compose": {"head": "heads", "with": "domains", "within": 4}},
    "it-dashed": {"compose": {"head": "heads", "with": "domains", "within": 2, "dashed": true}},
    "employers": {"terms": ["chez"]},
    "products": {"terms": ["oracle"]},
    "product-people": {"compose": {"head": "heads", "with": "products", "within": 4, "not_after": "employers"}},
    "out": {"terms": ["retired"]},
    "sales": {"terms": ["sales"]},
    "selling": {"compose": {"head": "heads", "with": "sales", "within": 4}} },
  "abbreviations": {"com": ["community"], "dct": ["directeur"], "dir": ["directeur"], "fin": ["financier"], "info": ["financier"], "mgr": ["manager"]},
  "contexts": {
    "own": {"precedes": ["je suis", "i am"], "reach": 5, "beside": {"precedes": ["i help as"]}},
    "audience": {"precedes": ["j'aide les", "i help", "software pour les"], "reach": 6, "stops": ["car"]},
    "former": {"precedes": ["ex", "former", "retired"], "reach": 2, "beside": {"precedes": ["from"]}},
    "negated": {"precedes": ["car ni"], "reach": 1},
    "aspiring": {"follows": ["en devenir"], "reach": 3},
    "topic": {"precedes": ["passionné de"], "reach": 5, "stops": [",", "mais"],
              "beside": {"precedes": ["wanted"], "follows": ["s right hand", "wanted"]}} },
  "categories": {"c": {"kind": "trait", "label": {"fr": "c", "en": "c"}, "threshold": 1, "signals": {
    "asked": {"label": {"fr": "x", "en": "x"}, "points": 1, "when": {"mentions": {"context": "any",
      "of": ["finance", "sales"], "in": ["about", "position.description"]}}}}}},
  "policy": [{"id": "x", "when": "otherwise", "outcome": "ask"}] }"#;

fn check_in(field: &str, text: &str, expected: &[&str]) {
    let rules = compile(&parse_rules(RULES.as_bytes()).unwrap());
    assert_eq!(rules.diagnostics, []);
    let rules = rules.rule_set.unwrap();
    let document = serde_json::json!({ field: text }).to_string();
    let profile = crate::profile::parse(document.as_bytes()).unwrap();
    let found: Vec<_> = read(&rules, &profile, jiff::civil::date(2026, 11, 23), false)
        .mentions
        .iter()
        .map(|mention| {
            let context = serde_json::to_value(mention.context).unwrap();
            let quoted = &profile.texts()[mention.text as usize].text[mention.start as usize..mention.end as usize];
            format!("{}:{}:{quoted}", rules.vocabulary_name(mention.vocabulary), context.as_str().unwrap())
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

fn check(headline: &str, expected: &[&str]) {
    check_in("headline", headline, expected);
}

#[test]
fn terms_match_whole_words_in_any_form() {
    check("TRÉSORIÈRE", &["finance:own:TRÉSORIÈRE"]);
    check("Directrices financières", &["finance:own:Directrices financières"]);
    check("𝗗𝗔𝗙 | C.F.O.", &["finance:own:𝗗𝗔𝗙", "finance:own:C.F.O."]);
    check("communitymanager", &["decoys:own:communitymanager"]);
    check("Community-Manager", &["decoys:own:Community-Manager"]);
    check("DAFnie", &[]);
}

#[test]
fn words_of_a_term_of_several_may_be_written_short() {
    check("Dir. Fin.", &["finance:own:Dir. Fin"]);
    check("DIR FINANCIÈRE", &["finance:own:DIR FINANCIÈRE"]);
    check("directeur fin", &["finance:own:directeur fin"]);
    check("Com' Mgr", &["decoys:own:Com' Mgr"]);
    // In a title a term spans the full stop behind a short form; nothing else does, nor behind another word, nor in prose.
    check("Com. Mgr", &["decoys:own:Com. Mgr"]);
    check("Ex com. DAF", &["heads:former:com", "finance:own:DAF"]);
    check("Community. Mgr", &[]);
    check("Dct. Financier", &["finance:own:Dct. Financier"]);
    check_in("about", "Dct financier. Dct. Financier", &["finance:topic:Dct financier"]);
    // A whole term never is, alone or composed; nor is one that is written without a space.
    check("Dir", &[]);
    check("Mgr informatique", &["domains:own:informatique"]);
    check("dirfin", &[]);
}

#[test]
fn no_phrase_spans_a_comma() {
    check("Directeur, financier", &["heads:own:Directeur"]);
}

#[test]
fn the_longest_term_hides_what_lies_inside() {
    check("Ingénieur commercial", &["decoys:own:Ingénieur commercial"]);
    check("Community manager", &["decoys:own:Community manager"]);
}

#[test]
fn terms_that_share_a_form_are_one_mention() {
    check("Systèmes", &["domains:own:Systèmes"]);
    check("Responsable systèmes", &["it:own:Responsable systèmes"]);
}

#[test]
fn a_head_binds_its_nearest_domain() {
    check("Responsable de la trésorerie", &["it:own:Responsable de la trésorerie"]);
    check("Software engineer", &["it:own:Software engineer"]);
    check("Software sales manager", &["domains:own:Software", "selling:own:sales manager"]);
    check("Software | engineer", &["domains:own:Software", "heads:own:engineer"]);
    check("Software sales engineer", &["domains:own:Software", "decoys:own:sales engineer"]);
    check("Informatique, ingénieur software", &["domains:own:Informatique", "it:own:ingénieur software"]);
    check("Manager, ex informatique", &["heads:own:Manager", "domains:former:informatique"]);
    check("Manager, un informatique", &["it:own:Manager, un informatique"]);
    check("Manager un deux trois informatique", &["it:own:Manager un deux trois informatique"]);
    check("Manager, un deux trois informatique", &["heads:own:Manager", "domains:own:informatique"]);
    check("Manager un deux trois quatre informatique", &["heads:own:Manager", "domains:own:informatique"]);
}

#[test]
fn a_head_spans_the_full_stop_of_a_short_form_beside_it_in_a_title() {
    check("Com. Trésorerie", &["it:own:Com. Trésorerie"]);
    check("Info. Responsable", &["domains:own:Info", "heads:own:Responsable"]);
    check("Com. Grande Trésorerie", &["heads:own:Com", "domains:own:Trésorerie"]);
    check("Manager. Trésorerie", &["heads:own:Manager", "domains:own:Trésorerie"]);
    check_in("about", "Com. Sales", &["sales:topic:Sales"]);
}

#[test]
fn a_spaced_dash_brings_a_domain_to_the_head_before_it_where_either_stands_alone() {
    check("Manager - Software", &["it-dashed:own:Manager - Software"]);
    check(
        "CFO | Manager – Software, sales",
        &["finance:own:CFO", "it-dashed:own:Manager – Software", "sales:own:sales"],
    );
    check("Software – ex manager", &["domains:own:Software", "heads:former:manager"]);
    check("Informatique — Responsable", &["domains:own:Informatique", "heads:own:Responsable"]);
    check("Manager - un software", &["heads:own:Manager", "domains:own:software"]);
    check("Manager - software house", &["heads:own:Manager", "domains:own:software"]);
    check("Un manager - software", &["heads:own:manager", "domains:own:software"]);
    check("Software manager - sales", &["it:own:Software manager", "sales:own:sales"]);
    check("Manager | Software", &["heads:own:Manager", "domains:own:Software"]);
    check("Manager - Sales", &["heads:own:Manager", "sales:own:Sales"]);
    check("Manager - Software - CFO", &["it-dashed:own:Manager - Software", "finance:own:CFO"]);
    check("Directeur, directrice - Software", &["heads:own:Directeur", "it-dashed:own:directrice - Software"]);
    check("Manager, directrice - Software", &["heads:own:Manager", "heads:own:directrice", "domains:own:Software"]);
    check(
        "Un directeur, directrice - Software",
        &["heads:own:directeur", "heads:own:directrice", "domains:own:Software"],
    );
}

#[test]
fn triggers_on_both_sides_of_a_dash_tell_how_a_pair_is_meant() {
    check("Manager - Software, en devenir", &["it-dashed:aspiring:Manager - Software"]);
    check("Manager - Software - en devenir", &["it-dashed:own:Manager - Software"]);
    check("Ex - manager - software", &["it-dashed:own:manager - software"]);
}

#[test]
fn a_domain_right_behind_an_employer_word_is_bound_where_the_composition_allows() {
    check("Manager chez Oracle", &["heads:own:Manager", "employers:own:chez", "products:own:Oracle"]);
    check("Manager @ Oracle", &["heads:own:Manager", "products:own:Oracle"]);
    check("Manager (@oracle)", &["heads:own:Manager", "products:own:oracle"]);
    check("Manager@oracle", &["heads:own:Manager", "products:own:oracle"]);
    check("Manager - Oracle", &["heads:own:Manager", "products:own:Oracle"]);
    check("Chez Oracle, manager", &["employers:own:Chez", "products:own:Oracle", "heads:own:manager"]);
    check("Manager chez un Oracle", &["product-people:own:Manager chez un Oracle"]);
    check(
        "Manager Oracle chez Software",
        &["product-people:own:Manager Oracle", "employers:own:chez", "domains:own:Software"],
    );
    check("Manager chez Software", &["it:own:Manager chez Software"]);
    check("Manager @ Software", &["it:own:Manager @ Software"]);
}

#[test]
fn a_head_of_several_compositions_binds_the_nearest_domain_of_all() {
    check("Chef sales software", &["selling-chiefs:own:Chef sales", "domains:own:software"]);
    check("Chef software sales", &["it-chiefs:own:Chef software", "sales:own:sales"]);
}

#[test]
fn a_domain_stays_with_its_nearest_head() {
    check("Manager, ingénieur software", &["heads:own:Manager", "it:own:ingénieur software"]);
    check("Ingénieur software, manager", &["it:own:Ingénieur software", "heads:own:manager"]);
}

#[test]
fn a_head_does_not_bind_what_is_addressed_to_it() {
    check("Software pour les managers", &["domains:own:Software", "heads:audience:managers"]);
    check("Managers, software pour les DAF", &["it:own:Managers, software", "finance:audience:DAF"]);
}

#[test]
fn of_terms_that_overlap_in_part_the_one_with_more_characters_wins() {
    check("éé bb ccc", &["overlaps:own:bb ccc"]);
    check("ee bb ccc", &["overlaps:own:bb ccc"]);
    check("aa bbb cc", &["overlaps:own:aa bbb"]);
    // Of two terms at one place the longer competes, for both.
    check("gg cadres hh", &["overlaps:own:gg cadres", "overlaps-too:own:gg cadres"]);
}

#[test]
fn the_nearest_trigger_tells_how_a_mention_is_meant() {
    check("J’aide les DAF à dormir", &["finance:audience:DAF"]);
    check("J'aide les PME car DAF", &["finance:own:DAF"]);
    check("ex-CFO, aujourd'hui trésorier", &["finance:former:CFO", "finance:own:trésorier"]);
    check("ex-CFO | DAF", &["finance:former:CFO", "finance:own:DAF"]);
    check("Retired CFO", &["out:own:Retired", "finance:former:CFO"]);
    check("Trésorier en devenir", &["finance:aspiring:Trésorier"]);
}

#[test]
fn a_stop_counts_inside_a_longer_trigger_of_another_context() {
    check("J'aide les PME car ni un DAF", &["finance:own:DAF"]);
}

#[test]
fn a_comma_ends_the_reach_where_it_is_among_the_stops() {
    check("Passionné de sport, DAF", &["finance:own:DAF"]);
    check("Passionnée de cuisine (DAF)", &["finance:own:DAF"]);
    check("Passionné de « DAF »", &["finance:topic:DAF"]);
    check("J'aide les PME, les DAF", &["finance:audience:DAF"]);
}

#[test]
fn the_brackets_around_a_trigger_are_no_comma() {
    check("(passionné de) DAF", &["finance:topic:DAF"]);
    check("[Passionné de-] DAF", &["finance:topic:DAF"]);
    check("passionné de, DAF", &["finance:own:DAF"]);
    check("(vin, passionné de) DAF", &["finance:own:DAF"]);
    check("(passionné de vin) DAF", &["finance:own:DAF"]);
    check("(passionné de) vin, DAF", &["finance:own:DAF"]);
    check("(passionné de) vin DAF", &["finance:own:DAF"]);
}

#[test]
fn a_colon_behind_a_trigger_announces_a_list() {
    check("Passionné de : sport, DAF", &["finance:topic:DAF"]);
    check("Passionné de sport : DAF", &["finance:own:DAF"]);
    check("Ex: CFO", &["finance:former:CFO"]);
}

#[test]
fn a_trigger_beside_speaks_of_its_neighbour_alone() {
    check("From DAF to CFO", &["finance:former:DAF", "finance:own:CFO"]);
    check("Trésorier, the CFO's right hand", &["finance:own:Trésorier", "finance:topic:CFO"]);
    check("From responsable informatique to DAF", &["it:former:responsable informatique", "finance:own:DAF"]);
    check("From the DAF", &["finance:own:DAF"]);
    check("DAF most wanted", &["finance:own:DAF"]);
    check("Passionné de l'ex DAF wanted", &["finance:former:DAF"]);
}

#[test]
fn a_trigger_beside_silences_no_shorter_one_that_reaches_farther() {
    check("I help as DAF", &["finance:own:DAF"]);
    check("I help as the DAF", &["finance:audience:DAF"]);
}

#[test]
fn between_a_trigger_beside_and_its_neighbour_stands_no_mark_but_a_colon_behind_it() {
    check("Wanted: CFO", &["finance:topic:CFO"]);
    check("Wanted: CFO, trésorier", &["finance:topic:CFO", "finance:own:trésorier"]);
    for apart in ["Wanted, CFO", "Wanted (CFO)", "Wanted @CFO", "Wanted | CFO", "Wanted. CFO", "Wanted - CFO"] {
        check(apart, &["finance:own:CFO"]);
    }
    check("CFO wanted", &["finance:topic:CFO"]);
    for apart in ["CFO: wanted", "CFO, wanted", "CFO (wanted)", "CFO | wanted"] {
        check(apart, &["finance:own:CFO"]);
    }
}

#[test]
fn a_role_whose_years_are_over_is_a_former_one() {
    check("DAF (2010-2018), trésorier", &["finance:former:DAF", "finance:own:trésorier"]);
    check("Responsable trésorerie – 2019-2024", &["it:former:Responsable trésorerie"]);
    check("DAF (2010-2018), trésorier 2019-", &["finance:former:DAF", "finance:own:trésorier"]);
    check("CFO (2010-2025)", &["finance:own:CFO"]);
    check("DAF de 2010-2018", &["finance:own:DAF"]);
    check("Trésorier en devenir 2010-2018", &["finance:aspiring:Trésorier"]);
    check_in("about", "Je suis DAF (2010-2018).", &["finance:own:DAF"]);
}

#[test]
fn years_in_the_title_of_a_position_leave_it_to_its_dates() {
    let rules = compile(&parse_rules(RULES.as_bytes()).unwrap()).rule_set.unwrap();
    for (ended_on, time) in [(Some("2018"), Time::Past), (None, Time::Current)] {
        let position = serde_json::json!({"title": "CFO (2010-2018)", "started_on": "2010", "ended_on": ended_on});
        let document = serde_json::json!({"positions": [position]}).to_string();
        let profile = crate::profile::parse(document.as_bytes()).unwrap();
        let mentions = read(&rules, &profile, jiff::civil::date(2026, 11, 23), false).mentions;
        let read: Vec<_> = mentions.iter().map(|mention| (mention.context, mention.time)).collect();
        assert_eq!(read, [(Context::Own, time)]);
    }
}

#[test]
fn prose_speaks_of_topics_unless_it_speaks_of_oneself() {
    check_in("about", "La CFO parle.", &["finance:topic:CFO"]);
    check_in("about", "Je suis CFO.", &["finance:own:CFO"]);
}

#[test]
fn prose_is_read_for_what_a_rule_asks_of_it() {
    check_in("about", "La DAF, la trésorerie, la sales", &["finance:topic:DAF", "sales:topic:sales"]);
    check_in("about", "A sales engineer, a responsable sales", &[]);
    check_in("industry", "DAF", &[]);
}

#[test]
fn what_stands_behind_twenty_thousand_terms_is_not_read() {
    let rules = compile(&parse_rules(RULES.as_bytes()).unwrap()).rule_set.unwrap();
    let position = serde_json::json!({"description": "DAF ".repeat(4_999)});
    let document = serde_json::json!({"positions": vec![position; 5]}).to_string();
    let profile = crate::profile::parse(document.as_bytes()).unwrap();
    let mentions = read(&rules, &profile, jiff::civil::date(2026, 11, 23), false).mentions;
    assert_eq!((mentions.len(), mentions[19_999].text), (20_000, 4));
}
