use std::collections::BTreeMap;

use serde_json::json;

use super::Report;
use crate::ruleset::{CompiledRuleSet, RuleSetDocument, compile};

fn rules() -> CompiledRuleSet {
    let label = json!({"fr": "x", "en": "x"});
    let mentions = |of: &str| json!({"mentions": {"of": [of], "in": ["headline"]}});
    let category = |of: &str| {
        json!({"kind": "interest", "label": label, "threshold": 50,
            "signals": {"now": {"label": label, "points": 60, "when": mentions(of)}}})
    };
    let document: RuleSetDocument = serde_json::from_value(json!({"format": 1, "title": "x",
        "vocabularies": {"finance": {"terms": ["treasurer"]}, "press": {"terms": ["journalist"]}, "decoys": {"terms": ["treasurer of the club"]}},
        "categories": {"business": category("finance"), "watch": category("press"),
            "style": {"kind": "trait", "label": label, "threshold": 50, "signals": {}}},
        "policy": [{"id": "else", "label": label, "when": "otherwise", "outcome": "review"}]}))
    .unwrap();
    compile(&document).rule_set.unwrap()
}

fn evaluate(lines: &str) -> Report {
    let rules = rules();
    super::evaluate(&rules, jiff::civil::date(2026, 11, 23), lines.as_bytes(), || {})
}

#[test]
fn figures_are_those_of_a_confusion_counted_by_hand() {
    // business: 2 labelled, 1 found, 2 taken for it; watch: 1 of 1; other: 1 of 2.
    let report =
        evaluate("Treasurer\tbusiness\nCashier\tbusiness\nJournalist\twatch\nBaker\tother\nTreasurer\tother\n");
    let figures: Vec<_> =
        report.categories.iter().map(|it| (it.category.as_str(), it.precision, it.recall, it.support)).collect();
    assert_eq!(figures, [("business", 0.5, 0.5, 2), ("watch", 1.0, 1.0, 1), ("other", 0.5, 0.5, 2)]);
    assert_eq!((report.rows, report.wrong_count), (5, 2));
    assert!((report.accuracy - 0.6).abs() < 1e-9);
    assert!((report.macro_f1 - (0.5 + 1.0 + 0.5) / 3.0).abs() < 1e-9);
    let mut found = report.confusion.iter().map(|row| (row.label.as_str(), row.found.clone()));
    let other = BTreeMap::from([("business".to_owned(), 1), ("other".to_owned(), 1)]);
    assert_eq!(found.next_back(), Some(("other", other)));
}

#[test]
fn a_wrong_row_names_the_terms_to_blame_and_what_quotes_them() {
    let report = evaluate("Baker\tother\nTreasurer of the club\tbusiness\nTreasurer\twatch");
    let wrong: Vec<_> = report
        .wrong
        .iter()
        .map(|row| {
            (
                row.line,
                row.found.as_str(),
                row.terms.iter().map(|it| (it.vocabulary.as_str(), it.signals.len())).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(wrong, [(2, "other", vec![("decoys", 0)]), (3, "business", vec![("finance", 1)])]);
    let signals = &report.wrong.last().unwrap().terms.first().unwrap().signals;
    assert_eq!(signals, &BTreeMap::from([("business/now".to_owned(), 60)]));
}

#[test]
fn a_first_line_names_the_columns() {
    let report = evaluate("\u{feff}lang\tLabel\tTitle\r\nen\tbusiness\tTreasurer\r\n\r\n");
    assert_eq!((report.rows, report.accuracy), (1, 1.0));
}

#[test]
fn a_first_line_whose_label_is_none_is_told_how_columns_are_named() {
    let report = evaluate("Titre\tCatégorie\nTreasurer\tbusiness\nBaker\tnone\n");
    assert_eq!((report.rows, report.refused_count), (1, 2));
    let reasons: Vec<_> = report.refused.iter().map(|row| (row.line, row.errors[0].reason.as_str())).collect();
    let unknown = "names no category of the rule set that can win; `other` stands for none";
    let named = format!("{unknown}; a first line that names the columns has the cells `title` and `label`");
    assert_eq!(reasons, [(1, named.as_str()), (3, unknown)]);
}

#[test]
fn a_line_that_is_no_text_or_no_json_is_told_why() {
    let reason = |lines: &[u8]| {
        let report = super::evaluate(&rules(), jiff::civil::date(2026, 11, 23), lines, || {});
        report.refused[0].errors[0].reason.clone()
    };
    assert_eq!(reason(b"Tr\xe9soriere\tbusiness"), "cannot be read from column 3 on: the text is not UTF-8");
    assert_eq!(
        reason(b"{\"label\": \"other\",}"),
        "cannot be read from column 19 on: a comma stands in front of a closing bracket"
    );
}

#[test]
fn ndjson_rows_hold_whole_profiles() {
    let row = "{\"profile\": {\"headline\": \"Treasurer\", \"skills\": []}, \"label\": \"business\"}";
    for lines in [row.to_owned(), format!("\u{feff}{row}"), format!("\u{feff}\r\n{row}\r\n")] {
        let report = evaluate(&lines);
        assert_eq!((report.rows, report.accuracy, report.refused_count), (1, 1.0, 0), "{lines}");
    }
}

#[test]
fn rows_that_cannot_be_judged_are_named_with_a_pointer_and_never_quoted() {
    let lines = [
        "{\"label\": \"busines\", \"profile\": {\"headline\": \"x\"}}",
        "{",
        "[]",
        "{\"label\": \"other\", \"profile\": {\"name\": \"Secret\"}}",
        "{\"label\": \"style\", \"profile\": {\"headline\": \"x\"}}",
    ];
    let report = evaluate(&lines.join("\n"));
    assert_eq!((report.rows, report.refused_count), (0, 5));
    let pointers: Vec<_> =
        report.refused.iter().map(|row| (row.line, row.errors.first().unwrap().pointer.as_str())).collect();
    assert_eq!(pointers, [(1, "/label"), (2, ""), (3, ""), (4, "/profile"), (5, "/label")]);
    assert!(!format!("{report:?}").contains("Secret"));
    assert_eq!(evaluate("only a title").refused_count, 1);
}
