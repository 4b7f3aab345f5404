//! Tables of LinkedIn's export, of every era and saved by any program: nothing of them is lost.

use entregent::profile::import::linkedin::{Connections, INVITATIONS, join};
use entregent::profile::{Field, InvitationDirection, Profile};
use entregent::scoring::{Inquiry, RuleSetName, judge};
use entregent::wire::Refusal;
use proptest::prelude::*;

use crate::generated::text;
use crate::judged::{BUILTIN, contributions};

/// The layouts that the table of connections has had.
#[derive(Clone, Copy, Debug)]
struct Era {
    has_notes: bool,
    has_address: bool,
    day: &'static str,
}

const ERAS: [Era; 4] = [
    Era { has_notes: false, has_address: false, day: "9/12/18, 7:06 PM" },
    Era { has_notes: false, has_address: false, day: "08 Feb 2020" },
    Era { has_notes: true, has_address: false, day: "08 Feb 2022" },
    Era { has_notes: true, has_address: true, day: "4-Apr-24" },
];

/// How a spreadsheet program may have saved it.
#[derive(Clone, Copy, Debug)]
enum Saved {
    AsDownloaded,
    Utf8WithMark,
    Utf16(bool),
    /// Each line ends in a carriage return alone.
    Returns,
    Windows1252,
}

const SAVED: [Saved; 6] = [
    Saved::AsDownloaded,
    Saved::Utf8WithMark,
    Saved::Utf16(true),
    Saved::Utf16(false),
    Saved::Returns,
    Saved::Windows1252,
];

/// A person of whom the table has a row.
#[derive(Clone, Debug)]
struct Person {
    slug: String,
    company: String,
    title: String,
}

/// A table, and the physical line on which the row of each person begins.
fn write(people: &[Person], era: Era, saved: Saved) -> (Vec<u8>, Vec<u64>) {
    let (separator, end) = match saved {
        Saved::AsDownloaded => (',', "\n"),
        Saved::Utf16(_) => ('\t', "\r\n"),
        Saved::Utf8WithMark | Saved::Windows1252 => (';', "\r\n"),
        Saved::Returns => (';', "\r"),
    };
    let line = |cells: &[&str]| {
        let quoted = cells.iter().map(|cell| {
            let is_plain = !cell.contains([separator, '"', '\n', '\r']);
            if is_plain { (*cell).to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
        });
        quoted.collect::<Vec<_>>().join(&separator.to_string()) + end
    };
    let mut table = String::new();
    if era.has_notes {
        table += &line(&["Notes:"]);
        table += &line(&["When exporting your connection data, some addresses are missing."]);
        table += end;
    }
    let address = |address: &'static str| if era.has_address { vec![address] } else { vec![] };
    let names =
        [vec!["First Name", "Last Name"], address("URL"), vec!["Email Address", "Company", "Position", "Connected On"]];
    table += &line(&names.concat());
    let line_ends = |text: &str| text.replace("\r\n", "\n").matches(['\n', '\r']).count() as u64;
    let mut next = line_ends(&table) + 1;
    let mut lines = Vec::new();
    for person in people {
        let url = format!("https://www.linkedin.com/in/{}", person.slug);
        let url = if era.has_address { vec![url.as_str()] } else { vec![] };
        let row = line(&[vec!["Ilse", "Varnholt"], url, vec!["", &person.company, &person.title, era.day]].concat());
        lines.push(next);
        next += line_ends(&row);
        table += &row;
    }
    if let Saved::AsDownloaded = saved {
        table.truncate(table.trim_end_matches('\n').len());
    }
    (encode(&table, saved), lines)
}

fn encode(table: &str, saved: Saved) -> Vec<u8> {
    match saved {
        Saved::AsDownloaded | Saved::Returns => table.as_bytes().to_vec(),
        Saved::Utf8WithMark => ["\u{feff}".as_bytes(), table.as_bytes()].concat(),
        Saved::Utf16(is_little) => {
            let units = std::iter::once(0xFEFF).chain(table.encode_utf16());
            units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        }
        Saved::Windows1252 => table.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect(),
    }
}

/// Reads a table in parts of this many bytes: the profile of each line.
fn read(table: &[u8], part: usize) -> Vec<(u64, Result<Profile<'static>, Refusal>)> {
    let mut connections = Connections::new();
    let mut found = Vec::new();
    for part in table.chunks(part).chain([&[] as &[u8]]) {
        let decoded = connections.decode(part).into_owned();
        let mut rest = decoded.as_slice();
        while !rest.is_empty() {
            let (connection, after) = connections.take(rest);
            found.extend(connection);
            rest = after;
        }
    }
    found.extend(connections.finish());
    found.into_iter().map(|connection| (connection.line, connection.profile)).collect()
}

fn text_of(profile: &Profile<'_>, field: Field) -> String {
    let text = profile.texts().iter().find(|text| text.field == field);
    text.map_or_else(String::new, |text| text.text.clone().into_owned())
}

/// Fails unless each person was read from their line, with all that the row says of them.
fn check_read(people: &[Person], era: Era, saved: Saved, part: usize) -> Vec<(u64, Profile<'static>)> {
    let (table, lines) = write(people, era, saved);
    let found = read(&table, part);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines, "{era:?} {saved:?}");
    let mut profiles = Vec::new();
    for (person, (line, profile)) in people.iter().zip(found) {
        let [title, company] =
            [&person.title, &person.company].map(|text| if text.trim().is_empty() { "" } else { text });
        match profile {
            Ok(profile) => {
                assert_eq!(text_of(&profile, Field::PositionTitle), title, "line {line}, {era:?} {saved:?}");
                assert_eq!(text_of(&profile, Field::PositionCompany), company, "line {line}, {era:?} {saved:?}");
                assert_eq!(profile.id(), era.has_address.then_some(person.slug.as_str()));
                profiles.push((line, profile));
            }
            Err(Refusal::Invalid(complaints)) => {
                assert!(title.is_empty() && company.is_empty(), "{complaints:?}");
                assert_eq!(complaints[0].pointer, format!("/{line}"));
            }
            Err(Refusal::Syntax { .. }) => panic!("a row is no JSON"),
        }
    }
    profiles
}

/// Many invented people of many trades; of every fiftieth nothing is told, for they have hidden themselves.
fn crowd(count: usize) -> Vec<Person> {
    const TITLES: [&str; 8] = [
        "Trésorière groupe",
        "CFO, Europe",
        "Journaliste \"éco\"",
        "Software engineer; cloud",
        "Contrôleur de gestion",
        "Sales manager",
        "",
        "Responsable des\nsystèmes d'information",
    ];
    let person = |number: usize| Person {
        slug: format!("person-{number}"),
        company: if number % 50 == 6 { String::new() } else { format!("Société n° {number}, S.A.") },
        title: if number % 50 == 6 { "" } else { TITLES[number % TITLES.len()] }.to_owned(),
    };
    (0..count).map(person).collect()
}

#[test]
fn five_thousand_rows_of_every_era_and_encoding_are_read_with_nothing_lost() {
    let people = crowd(5_000);
    for era in ERAS {
        for saved in SAVED {
            assert_eq!(check_read(&people, era, saved, 16_384).len(), 4_900, "{era:?} {saved:?}");
        }
    }
}

#[test]
fn five_thousand_rows_of_every_era_are_judged_and_quoted_by_line_and_column() {
    let people = crowd(5_000);
    for era in ERAS {
        let mut quoted = 0;
        for (line, profile) in check_read(&people, era, Saved::AsDownloaded, 16_384) {
            let name = RuleSetName { name: "default", revision: 1 };
            let answer = judge(&BUILTIN, name, &profile, &Inquiry::on(jiff::civil::date(2026, 11, 23)));
            let answer = serde_json::to_value(answer).unwrap();
            assert!(answer["missing"].as_array().is_some_and(|missing| missing.contains(&"about".into())));
            for evidence in contributions(&answer).flat_map(|it| it["evidence"].as_array().into_iter().flatten()) {
                let (column, cell) = match evidence["field"].as_str().unwrap().rsplit('/').next().unwrap() {
                    "Position" => ("Position", text_of(&profile, Field::PositionTitle)),
                    _ => ("Company", text_of(&profile, Field::PositionCompany)),
                };
                assert_eq!(evidence["field"], format!("/{line}/{column}"));
                let [start, end] =
                    ["start", "end"].map(|key| usize::try_from(evidence[key].as_u64().unwrap()).unwrap());
                assert_eq!(evidence["text"], cell.chars().skip(start).take(end - start).collect::<String>());
                quoted += 1;
            }
        }
        assert!(quoted > 2_000, "{era:?}: {quoted}");
    }
}

#[test]
fn a_table_of_each_era_is_read_as_it_was_downloaded() {
    let expected = [
        Some(("Trésorière groupe", "Lindqvist Papier")),
        Some(("Head of \"Cash\" and\nTreasury", "Orme, Fils & Cie")),
        None,
        Some(("Software engineer", "")),
        Some(("", "Banque du Lac")),
    ];
    for (table, first) in [
        (include_str!("../exports/connections-2018.csv"), 2),
        (include_str!("../exports/connections-2019.csv"), 2),
        (include_str!("../exports/connections-2021.csv"), 5),
        (include_str!("../exports/connections-2023.csv"), 5),
    ] {
        assert!(Connections::begin_with(table.as_bytes()));
        let found = read(table.as_bytes(), 7);
        let lines: Vec<_> = found.iter().map(|(line, _)| line - first).collect();
        assert_eq!(lines, [0, 1, 3, 4, 5], "the title on the second row goes over two lines");
        for ((_, profile), expected) in found.iter().zip(expected) {
            let said = profile.as_ref().ok();
            let texts = said.map(|it| [Field::PositionTitle, Field::PositionCompany].map(|field| text_of(it, field)));
            assert_eq!(texts, expected.map(|(title, company)| [title.to_owned(), company.to_owned()]));
        }
    }
}

#[test]
fn invitations_are_joined_by_the_slug_and_those_of_strangers_are_kept() {
    let connections = include_bytes!("../exports/connections-2023.csv");
    let export = join(Some(connections), Some(include_bytes!("../exports/invitations-2023.csv")));
    assert!(export.refused.is_empty());
    assert_eq!(export.silent, 2, "a hidden member, and an invitation without a note by somebody unknown");
    let ids: Vec<_> = export.documents.iter().map(|document| document.id.as_ref().unwrap().0.as_ref()).collect();
    assert_eq!(ids, ["ilse-varnholt", "bard-omeara-77", "zsofia-h", "tancrede-ml", "odd-stranger"]);
    let invitation = |number: usize| export.documents[number].invitation.as_ref();
    let note = |number| invitation(number).unwrap().note.as_ref().map(|note| note.0.as_ref());
    assert_eq!(note(0), Some("Bonjour Camille,\nje cherche une trésorière."));
    assert_eq!(invitation(0).unwrap().direction, Some(InvitationDirection::Received));
    assert_eq!(invitation(0).unwrap().sent_on.map(|day| day.to_string()).as_deref(), Some("2026-01-29"));
    assert_eq!((invitation(1).unwrap().direction, note(1)), (Some(InvitationDirection::Sent), None));
    assert!(invitation(2).is_none() && note(4) == Some("I help CFOs to double their cash."));
}

#[test]
fn an_old_export_without_addresses_names_rows_by_table_and_line() {
    let connections = include_bytes!("../exports/connections-2021.csv");
    let export = join(Some(connections), Some(include_bytes!("../exports/invitations-2019.csv")));
    let ids: Vec<_> = export.documents.iter().map(|document| document.id.as_ref().unwrap().0.as_ref()).collect();
    let expected =
        ["Connections.csv:5", "Connections.csv:6", "Connections.csv:9", "Connections.csv:10", "Invitations.csv:2"];
    assert_eq!(ids, expected);
    assert_eq!(export.silent, 2);
}

#[test]
fn of_several_invitations_of_one_person_the_first_with_a_note_counts_or_else_the_first() {
    let connections = "First Name,URL,Position,Connected On\na,https://l.example/in/ilse,CFO,08 Feb 2026\n";
    let sent_on = |rows: &str| {
        let table = format!("Sent At,Direction,Message,inviterProfileUrl\n{rows}");
        let export = join(Some(connections.as_bytes()), Some(table.as_bytes()));
        export.documents[0].invitation.as_ref().unwrap().sent_on.unwrap().to_string()
    };
    let bare = |day: u8| format!("\"1/{day}/26, 1:00 PM\",INCOMING,,https://l.example/in/ilse\n");
    let noted = |day: u8| format!("\"1/{day}/26, 1:00 PM\",INCOMING,Bonjour,https://l.example/in/ilse\n");
    assert_eq!(sent_on(&[bare(3), bare(4)].concat()), "2026-01-03");
    assert_eq!(sent_on(&[bare(3), noted(4), noted(5), bare(6)].concat()), "2026-01-04");
}

#[test]
fn documents_of_an_export_are_profile_documents_without_names() {
    let export = join(Some(include_bytes!("../exports/connections-2021.csv")), None);
    for document in export.documents {
        let text = serde_json::to_string(&document).unwrap();
        entregent::profile::parse(text.as_bytes()).unwrap();
        assert!(["Ilse", "Varnholt", "example.org"].iter().all(|name| !text.contains(name)), "{text}");
    }
}

fn pointers<'a>(profile: &'a Result<Profile<'static>, Refusal>) -> Vec<&'a str> {
    match profile {
        Err(Refusal::Invalid(complaints)) => complaints.iter().map(|it| it.pointer.as_str()).collect(),
        _ => panic!("it is wrong"),
    }
}

#[test]
fn a_table_without_column_names_is_refused_once() {
    for table in [Vec::new(), b"a,b\nc,d".to_vec(), b"x\n".repeat(1_000), vec![b'x'; 200_000], b"\"open".to_vec()] {
        let found = read(&table, 1_000);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, pointers(&found[0].1)), (1, vec![""]));
        assert!(!Connections::begin_with(&table));
    }
    let export = join(Some(b"a,b\n"), Some(b""));
    assert_eq!(export.refused.iter().map(|(table, _)| *table).collect::<Vec<_>>(), [INVITATIONS, "Connections.csv"]);
}

#[test]
fn a_line_ends_in_a_line_feed_a_carriage_return_or_both() {
    let head = "Notes:\n\"When exporting\"\n\nFirst Name,Company,Position,Connected On\n";
    let long = "x".repeat(70_000);
    let rows = format!("a,Orme,CFO,d\nb,Orme,{long},d\n\nc,Orme,\"Head of\nTreasury\",d\nd,Orme,Baker,d\n");
    let expected = [5, 6, 8, 10];
    for (head_end, end) in [("\n", "\n"), ("\r", "\r"), ("\r\n", "\r\n"), ("\n", "\r"), ("\r", "\n"), ("\r\n", "\r")] {
        let table = head.replace('\n', head_end) + &rows.replace('\n', end);
        let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (table, part) in [table.as_bytes(), &utf16].into_iter().flat_map(|it| [(it, 1), (it, 7), (it, 100_000)]) {
            let found = read(table, part);
            let lines: Vec<_> = found.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, expected, "{head_end:?} {end:?} in parts of {part}");
            let titles: Vec<_> =
                found.iter().flat_map(|(_, it)| it.as_ref().ok()).map(|it| text_of(it, Field::PositionTitle)).collect();
            assert_eq!(titles, ["CFO", &format!("Head of{end}Treasury"), "Baker"]);
        }
    }
}

#[test]
fn a_row_that_is_too_long_costs_only_itself() {
    let long = "x".repeat(70_000);
    let table =
        format!("First Name,Company,Position,Connected On\na,b,{long},d\n\n,,,\na,b,CFO,d\na,b,{}\n", "x".repeat(501));
    let found = read(table.as_bytes(), 5_000);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 5, 6]);
    assert_eq!((pointers(&found[0].1), pointers(&found[2].1)), (vec!["/2"], vec!["/6/Position"]));
    assert_eq!(text_of(found[1].1.as_ref().unwrap(), Field::PositionTitle), "CFO");
    let note = format!("Sent At,Direction,Message\n\"1/2/26, 1:00 PM\",INCOMING,{}", "x".repeat(20_001));
    let export = join(None, Some(note.as_bytes()));
    assert!(matches!(&export.refused[0], (INVITATIONS, Refusal::Invalid(it)) if it[0].pointer == "/2/Message"));
}

#[test]
fn a_quotation_that_is_not_closed_is_told_with_the_line_on_which_it_begins() {
    let reason = |table: &str, part| {
        let found = read(table.as_bytes(), part);
        let (line, Err(Refusal::Invalid(complaints))) = found.last().unwrap() else { panic!("{table}") };
        assert_eq!(complaints[0].pointer, format!("/{line}"));
        (found.len(), *line, complaints[0].reason.clone())
    };
    let head = "First Name,Company,Position,Connected On\na,Orme,Treasurer,d\n";
    for part in [1, 7, 1_000] {
        for rows in ["\"b,Orme,CFO,d\nc,Orme,CFO,d\n", "b,Orme,\"CFO,d\nc,Orme,\"\"CFO,d", "b,Orme,\"CFO\"\"\n\n", "\""]
        {
            let (count, line, reason) = reason(&format!("{head}{rows}"), part);
            assert_eq!((count, line), (2, 3), "{rows}");
            assert!(reason.starts_with("has a quotation mark that is not closed"), "{reason}");
        }
        let closed = format!("{head}b,\"Orme\nFils\",19\" racks,d\nc,Orme,\"CFO\"");
        assert!(
            read(closed.as_bytes(), part).iter().all(|(_, profile)| profile.is_ok()),
            "a mark in a cell opens none"
        );
    }
    let many = format!("{head}b,\"Orme,CFO,d\n{}", "c,Orme,CFO,d\n".repeat(6_000));
    let (_, refused) = &read(many.as_bytes(), 1_000)[1];
    let Err(Refusal::Invalid(complaints)) = refused else { panic!("it is too long") };
    assert!(complaints[0].reason.ends_with("a quotation mark may not be closed"), "{complaints:?}");
    let export = join(Some(format!("{head}\"b,Orme").as_bytes()), None);
    assert!(matches!(&export.refused[..], [("Connections.csv", Refusal::Invalid(it))] if it[0].pointer == "/3"));
    assert_eq!(export.documents.len(), 1);
}

proptest! {
    #[test]
    fn whatever_cells_hold_is_read_as_it_was_written(
        cells in prop::collection::vec((text(), text()), 0..6),
        (era, saved, part) in (0..ERAS.len(), 0..5_usize, 1..200_usize),
    ) {
        let fits = |text: &String| text.chars().take(500).collect::<String>();
        let person = |(number, (title, company)): (usize, &(String, String))| Person {
            slug: format!("p{number}"),
            title: fits(title),
            company: fits(company),
        };
        let people: Vec<_> = cells.iter().enumerate().map(person).collect();
        check_read(&people, ERAS[era], SAVED[saved], part);
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused_as_tables(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        part in 1..50_usize,
    ) {
        let headed = [b"First Name,Position,Connected On,URL\n".as_slice(), &bytes].concat();
        for table in [bytes.as_slice(), &headed] {
            read(table, part);
            let _ = join(Some(table), Some(table));
        }
    }
}
