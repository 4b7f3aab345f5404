//! However a document is broken, its refusal repeats nothing of it.

use entregent::profile::import::Format;
use entregent::profile::{import, parse_owner};
use entregent::wire::Refusal;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Stands in every value and every unknown key of the documents below, and in no sentence of the program.
const MARKER: &str = "zq";

const DOCUMENTS: [&str; 4] = [
    r#"{"headline": "zqzq", "zqzq": "zqzq", "positions": [{"title": "zqzq", "zqzq": {"zqzq": [1, "zqzq"]}, "started_on": "zqzq"}],
        "location": {"text": "zqzq", "zqzq": true}, "skills": ["zqzq", 5], "relationship": {"kind": "zqzq"}}"#,
    r#"{"headline": "zqzq", "location": {"zqzq": 1}, "location": {"text": "zqzq", "text": "zqzq"}}"#,
    r#"{"headline": "zqzq", "positions": [{"title": "zqzq", "company": "zqzq"}], "as_of": "2026-11-23"}"#,
    r#"{"basics": {"label": "zqzq", "zqzq": 0}, "work": [{"position": "zqzq", "startDate": "zqzq"}], "jobTitle": ["zqzq"]}"#,
];

/// What breaks JSON when it stands at a wrong place.
const PIECES: [&[u8]; 18] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"\\ud800",
    b"\n",
    b"\t",
    b"0",
    b"1e999",
    b"tru",
    b"null",
    b"\xff",
    b"\xef\xbb\xbf",
    b"zq",
];

#[derive(Clone, Debug)]
enum Slip {
    Leave(Index, usize),
    Repeat(Index, usize),
    Put(Index, &'static [u8]),
    End(Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let place = any::<Index>;
    prop_oneof![
        (place(), 1_usize..12).prop_map(|(at, length)| Slip::Leave(at, length)),
        (place(), 1_usize..40).prop_map(|(at, length)| Slip::Repeat(at, length)),
        (place(), select(&PIECES[..])).prop_map(|(at, piece)| Slip::Put(at, piece)),
        place().prop_map(Slip::End),
    ]
}

/// A document with slips in it, which may have made no difference.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    (select(&DOCUMENTS[..]), prop::collection::vec(slip(), 0..4)).prop_map(|(document, slips)| {
        let mut bytes = document.as_bytes().to_vec();
        for slip in slips {
            let end = |from: usize, length: usize| (from + length).min(bytes.len());
            match slip {
                _ if bytes.is_empty() => {}
                Slip::Leave(at, length) => {
                    let from = at.index(bytes.len());
                    let until = end(from, length);
                    bytes.drain(from..until);
                }
                Slip::Repeat(at, length) => {
                    let from = at.index(bytes.len());
                    let until = end(from, length);
                    let again = bytes[from..until].to_vec();
                    bytes.splice(from..from, again);
                }
                Slip::Put(at, piece) => {
                    let from = at.index(bytes.len());
                    bytes.splice(from..from, piece.iter().copied());
                }
                Slip::End(at) => bytes.truncate(at.index(bytes.len())),
            }
        }
        bytes
    })
}

fn refusals(bytes: &[u8]) -> Vec<Refusal> {
    let formats =
        [Format::Profile, Format::JsonResume, Format::CrmRecord, Format::Enrichment, Format::SchemaOrg, Format::Auto];
    let read = formats.iter().filter_map(|format| import::read(*format, bytes).err());
    read.chain(parse_owner(bytes).err()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_refusal_repeats_anything_of_the_document(bytes in broken()) {
        for refusal in refusals(&bytes) {
            let told = format!("{refusal} {refusal:?}").to_lowercase();
            prop_assert!(!told.contains(MARKER), "{told}\n{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_fault_of_syntax_lies_within_the_document(bytes in broken()) {
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        for refusal in refusals(&bytes) {
            if let Refusal::Syntax { line, column, .. } = refusal {
                prop_assert!((1..=lines.len()).contains(&line), "{line}");
                prop_assert!((1..=lines[line - 1].len() + 1).contains(&column), "{line}:{column}");
            }
        }
    }
}
