//! Holds the default rule set to job titles, each labelled by hand with the category of its trade before the rules were
//! tried on it; its authors had not seen the rules.
//!
//! The files of `tests/golden/titles/` whose names end in `-read.tsv` show what is missing: whoever works on the rules may
//! look at what goes wrong in them. Those in `-unread.tsv` tell what that was worth: their titles are not looked at, and
//! rules are not written for them. `entregent evaluate FILE` prints the figures of either, and what went wrong.

use std::{fs, path::Path};

use entregent::evaluation::evaluate;
use entregent::ruleset::{builtin_document, compile};
use jiff::civil::date;

/// The least macro-F1, and the least F1 of a class of more than [`FEW`] titles, of titles that nobody looked at.
const LEAST_UNREAD: (f64, f64) = (0.88, 0.75);
/// The same of titles that the rules were mended by.
const LEAST_READ: (f64, f64) = (0.92, 0.85);

/// A class of fewer titles has no figure to speak of.
const FEW: u64 = 50;

#[test]
fn titles_are_told_apart() {
    let rules = compile(&builtin_document()).rule_set.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/titles");
    for language in ["en", "fr"] {
        for (kind, (least, least_of_class)) in [("read", LEAST_READ), ("unread", LEAST_UNREAD)] {
            let name = format!("{language}-{kind}.tsv");
            let titles = fs::read(folder.join(&name)).unwrap();
            let report = evaluate(&rules, date(2026, 11, 30), &titles, || {});
            assert_eq!(report.refused_count, 0, "{name}");
            assert!(report.macro_f1 >= least, "{name}: macro-F1 {:.3}", report.macro_f1);
            for figures in report.categories.iter().filter(|figures| figures.support > FEW) {
                assert!(figures.f1 >= least_of_class, "{name}: {figures:?}");
            }
        }
    }
}
