//! Notes held against one invented owner.

use proptest::prelude::*;
use serde_json::json;

use super::*;

const COMMON: &str = "a an and at by for from have i in is it me my of on our that the this to was we with you your am be \
    project work team time new year years interesting about read really great article post wrote enjoyed role tool \
    hello dear write because also how company bonjour je j ai lu votre le la les un une des de du dans sur et chez à \
    projet équipe travail années merci nous vous notre avec pour qui m a intéressé article expérience";

/// A project, an article, two employers, a school, a certificate and skills, all invented.
fn owner() -> Owner {
    let document = json!({
        "headline": "Group treasurer | Cash management",
        "about": "Self-taught in Fortran, I built Marsouin, our tool of cash forecasts, with a team of three. I ride \
                  tandems along the Vistula.",
        "location": {"text": "Rouen, France"}, "industry": "Shipping",
        "positions": [
            {"title": "Group treasurer", "company": "Cargos Normands", "started_on": "2018",
             "description": "Hedging of bunker fuel. Migration of payments to ISO 20022 messages."},
            {"title": "Hedging of bunker fuel of our team in time", "company": "x", "started_on": "2017", "ended_on": "2018"},
            {"title": "Cost controller", "company": "Brasserie Ostrelle", "started_on": "2009", "ended_on": "2017"}],
        "education": [{"school": "University of Tarentaise", "degree": "Master", "field": "Oceanography"}],
        "skills": ["SAP", "Forecasting", "Negotiation"], "certifications": ["CTP"],
        "activity": {"recent_posts": ["Why spreadsheets outlive the systems that replace them"]}
    });
    owner_of(&document)
}

fn owner_of(document: &serde_json::Value) -> Owner {
    let read = crate::profile::parse_owner(document.to_string().as_bytes()).unwrap();
    Owner::new("anna".to_owned(), "sha256:0".to_owned(), read.profile)
}

fn common() -> HashSet<Box<[u8]>> {
    let mut stems = HashSet::new();
    tokenize(COMMON, |word, _| {
        stems.insert(Stem::of(word.as_bytes()).as_bytes().into());
    });
    stems
}

fn measure(owner: &Owner, note: &str, empty: &[&str]) -> Personalisation {
    let sender = crate::profile::parse(br#"{"headline": "Account executive at Hexapay", "about": "Sells."}"#).unwrap();
    let empty: Vec<_> =
        empty.iter().map(|phrase| note.find(phrase).map(|at| at as u32..(at + phrase.len()) as u32)).collect();
    let empty: Vec<_> = empty.into_iter().flatten().collect();
    let as_of = jiff::civil::date(2026, 11, 23);
    let is_of_trade = |word: &text::Word| {
        ["hedging", "bunker", "treasury", "forecasting"].iter().any(|known| known.as_bytes() == word.as_bytes())
    };
    let (sender, common) = (&sender, &common());
    personalisation(&Question { note, empty: &empty, sender, owner, as_of, common, is_of_trade: &is_of_trade })
}

fn quotes<'t>(owner: &'t Owner, note: &'t str, run: &Run) -> (&'t str, &'t str) {
    let cut = |text: &'t str, stretch: Stretch| &text[stretch.first.start as usize..stretch.last.end as usize];
    (cut(note, run.note), cut(&owner.profile.texts()[run.text as usize].text, run.owner))
}

fn check(note: &str, scores: std::ops::RangeInclusive<u64>, expected: &[(&str, &str)]) {
    let owner = owner();
    let found = measure(&owner, note, &[]);
    let runs: Vec<_> = found.runs.iter().map(|run| quotes(&owner, note, run)).collect();
    assert_eq!(runs, expected, "{note}");
    assert!(scores.contains(&found.score), "{note}: {}", found.score);
}

#[test]
fn nothing_specific_comes_to_nothing() {
    check("", 0..=0, &[]);
    check("Hello, I read your profile and it is really great.", 0..=0, &[]);
    check("Your treasury in Rouen, France: Cargos Normands and shipping", 0..=0, &[]);
}

#[test]
fn a_skill_that_many_have_is_little() {
    check("Your negotiation", 10..=20, &[("negotiation", "Negotiation")]);
    check("I work with SAP", 10..=20, &[("SAP", "SAP")]);
}

#[test]
fn one_clear_specific_is_half() {
    check("I read about Marsouin", 40..=60, &[("Marsouin", "Marsouin")]);
    check("You were at Brasserie Ostrelle", 40..=60, &[("Brasserie Ostrelle", "Brasserie Ostrelle")]);
    check(
        "Your post on spreadsheets that outlive systems",
        40..=60,
        &[("spreadsheets that outlive systems", "spreadsheets outlive the systems")],
    );
}

#[test]
fn a_stretch_word_for_word_counts_by_its_length() {
    let about = "It is the hedging of our work with this team in time. It was the tandem of our team in time.";
    let owner = owner_of(&json!({"headline": "Treasurer", "about": about}));
    let check = |note: &str, score: u64, expected: &[(&str, &str)]| {
        let found = measure(&owner, note, &[]);
        let runs: Vec<_> = found.runs.iter().map(|run| quotes(&owner, note, run)).collect();
        assert_eq!((found.score, &*runs), (score, expected), "{note}");
    };
    check("Hedging", 1, &[("Hedging", "hedging")]);
    check("The hedging of our", 1, &[("hedging", "hedging")]);
    // A word of a trade is the only one that is rare, and each of the five weighs half.
    check("The hedging of our work", 13, &[("The hedging of our work", "the hedging of our work")]);
    check("The tandem of our", 4, &[("tandem", "tandem")]);
    let five = "the tandem of our team";
    check(five, 37, &[(five, five)]);
    let seven = "the tandem of our team in time";
    check(seven, 50, &[(seven, seven)]);
    // Neither common words alone, nor across a sentence, nor in another order.
    check("of our work with this team in time", 0, &[]);
    check("The tandem of. Our team in time", 4, &[("tandem", "tandem")]);
    check("our team in time of the tandem", 4, &[("tandem", "tandem")]);
    assert_eq!(measure(&owner, seven, &["tandem of our"]).score, 0);
}

#[test]
fn a_title_in_quotation_marks_is_one_clear_specific() {
    let check = |about: &str, note: &str, scores: std::ops::RangeInclusive<u64>| {
        let owner = owner_of(&json!({"headline": "Boatbuilder", "about": about}));
        let score = measure(&owner, note, &[]).score;
        assert!(scores.contains(&score), "{about}: {note}: {score}");
    };
    let whole = "I read A year of our hedging time on the way.";
    for about in [
        "I wrote 'A year of our hedging time' this year.",
        "J'ai écrit « A year of our hedging time ».",
        "It was my post: “A year of our hedging time!”",
        "My article, \"a year of our hedging time\", was read.",
    ] {
        check(about, whole, 50..=90);
        check(about, "I read about the hedging of our year in time", 0..=30);
        check(about, "I read a year of our time", 0..=0);
    }
    // Neither what no mark ends, nor what apostrophes stand around, nor what may be a catchphrase.
    check("I wrote « A year of our hedging time", whole, 0..=30);
    check("It was l'année of a year in hedging's best", "I read année of a year in hedging", 0..=30);
    check("I wrote « year » of our hedging in this « time »", "I wrote year of our hedging in this time", 0..=30);
    check("It is about 'the year of hedging'", "I read about the year of hedging in time", 0..=20);
}

#[test]
fn a_longer_stretch_elsewhere_takes_nothing_away_and_a_shorter_repetition_brings_nothing() {
    let owner = owner_of(&json!({
        "headline": "x", "about": "It is the tandem of our work with this team in time.",
        "positions": [
            {"title": "y", "company": "z", "started_on": "2020", "description": "With you the tandem of our work."},
            {"title": "The tandem of our work with this team in Lyon", "company": "q", "started_on": "2010", "ended_on": "2015"}]
    }));
    let score = |note: &str| measure(&owner, note, &[]).score;
    let note = "the tandem of our work with this team";
    assert!(score(note) >= 40);
    assert!(score(&format!("{note} in Lyon")) >= score(note));
    assert_eq!(score(&format!("{note}. The tandem of our work")), score(note));
}

#[test]
fn a_part_of_a_name_proves_less_than_the_name() {
    check("at Ostrelle", 15..=30, &[("Ostrelle", "Ostrelle")]);
}

#[test]
fn two_clear_specifics_are_much() {
    check(
        "How I enjoyed reading about Marsouin, and we both cycle the Vistula",
        80..=90,
        &[("Marsouin", "Marsouin"), ("Vistula", "Vistula")],
    );
}

#[test]
fn forms_accents_case_and_decorated_letters_do_not_matter() {
    check("MARSOUINS", 40..=60, &[("MARSOUINS", "Marsouin")]);
    check("𝗠𝗮𝗿𝘀𝗼𝘂𝗶𝗻", 40..=60, &[("𝗠𝗮𝗿𝘀𝗼𝘂𝗶𝗻", "Marsouin")]);
    check("vos tandem", 1..=10, &[("tandem", "tandems")]);
}

#[test]
fn what_the_sender_is_proves_no_reading() {
    let owner = owner_of(&json!({"headline": "Treasurer", "about": "We chose Hexapay in 2020."}));
    assert_eq!(measure(&owner, "With Hexapay you save", &[]).score, 0);
    assert!(measure(&owner, "With Hexapay you chose well", &[]).score > 0);
}

#[test]
fn what_the_first_line_gives_counts_nowhere_else() {
    let owner = owner_of(&json!({"headline": "Treasurer at Nordan", "about": "Why I came to Nordan, and treasuries."}));
    assert_eq!(measure(&owner, "Nordan and its treasury", &[]).score, 0);
}

#[test]
fn a_skill_stays_a_skill_where_prose_names_it() {
    let owner = owner_of(&json!({"headline": "x", "about": "We moved to Quillon.", "skills": ["Quillon"]}));
    assert_eq!(measure(&owner, "Quillon", &[]).score, 13);
}

#[test]
fn a_word_makes_no_run_with_itself() {
    let owner = owner_of(&json!({"headline": "x", "about": "Tandems, tandems, tandems."}));
    assert_eq!(measure(&owner, "tandems tandems", &[]).score, measure(&owner, "tandems", &[]).score);
}

#[test]
fn words_in_empty_phrases_refer_to_nothing() {
    let owner = owner();
    let note = "Impressive Marsouin experience";
    assert_eq!(measure(&owner, note, &[note]).score, 0);
    assert_eq!(measure(&owner, "Impressive experience. Marsouin", &["Impressive experience"]).runs.len(), 1);
}

#[test]
fn another_owner_in_its_place_drops_the_score() {
    let note = "Your Marsouin and your tandems along the Vistula";
    let other = owner_of(&json!({"headline": "Treasurer", "about": "I built Albatros with a team in Ghent."}));
    assert!(measure(&owner(), note, &[]).score > 80);
    assert_eq!(measure(&other, note, &[]).score, 0);
}

#[test]
fn a_run_ends_where_a_sentence_does() {
    let owner = owner();
    let note = "Hedging. Bunker";
    let runs: Vec<_> = measure(&owner, note, &[]).runs.iter().map(|run| quotes(&owner, note, run)).collect();
    assert_eq!(runs, [("Hedging", "Hedging"), ("Bunker", "bunker")]);
}

#[test]
fn a_run_across_several_places_is_quoted_from_each() {
    let owner = owner_of(&json!({"headline": "X", "about": "Bunker fuel. Fuel levy."}));
    let note = "bunker fuel levy";
    let runs: Vec<_> = measure(&owner, note, &[]).runs.iter().map(|run| quotes(&owner, note, run)).collect();
    assert_eq!(runs, [("bunker fuel", "Bunker fuel"), ("fuel levy", "Fuel levy")]);
}

/// Pieces of notes: what refers to the owner, what the first line gives, what says nothing.
const PIECES: [&str; 19] = [
    "Marsouin",
    "tandems along the Vistula",
    "hedging of bunker fuel",
    "Brasserie Ostrelle",
    "SAP",
    "oceanography",
    "ISO 20022 messages",
    "spreadsheets outlive systems",
    "Fortran",
    "treasury in Rouen",
    "I read your profile",
    "Hexapay",
    "lorem ipsum",
    "forecasting cash",
    "our tool of cash forecasts, with a team of three",
    "cash forecasts, with a team",
    "Hedging of bunker fuel of our team",
    "the hedging of bunker fuel in time",
    "fuel of our team in time",
];

fn notes() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..6)
}

proptest! {
    #[test]
    fn what_is_added_never_lowers_it_and_repetition_never_raises_it(pieces in notes(), more in 0..PIECES.len()) {
        let owner = owner();
        let note = pieces.join(". ");
        let score = measure(&owner, &note, &[]).score;
        let longer = format!("{note}. {}", PIECES[more]);
        prop_assert!(score <= 100);
        prop_assert!(measure(&owner, &longer, &[]).score >= score);
        let twice = measure(&owner, &format!("{note}. {note}"), &[]);
        prop_assert_eq!(twice.score, score);
    }

    #[test]
    fn what_is_added_in_an_empty_phrase_changes_nothing(pieces in notes(), more in 0..PIECES.len()) {
        let owner = owner();
        let note = pieces.join(". ");
        let stock = format!("impressive {} indeed", PIECES[more]);
        let longer = format!("{note}. {stock}");
        prop_assert_eq!(measure(&owner, &longer, &[&stock]).score, measure(&owner, &note, &[]).score);
    }

    #[test]
    fn case_and_accents_of_the_note_do_not_matter(pieces in notes()) {
        let owner = owner();
        let note = pieces.join(", ");
        let score = measure(&owner, &note, &[]).score;
        prop_assert_eq!(measure(&owner, &note.to_uppercase(), &[]).score, score);
        prop_assert_eq!(measure(&owner, &note.replace('e', "é").replace('a', "à"), &[]).score, score);
    }

    #[test]
    fn every_run_has_the_same_words_in_both_texts(pieces in notes()) {
        let owner = owner();
        let note = pieces.join(" ");
        for run in measure(&owner, &note, &[]).runs {
            let (mine, theirs) = quotes(&owner, &note, &run);
            let stems = |text: &str| {
                let mut stems = Vec::new();
                tokenize(text, |word, _| stems.push(Stem::of(word.as_bytes()).as_bytes().to_vec()));
                stems
            };
            let (mine, theirs) = (stems(mine), stems(theirs));
            prop_assert_eq!(mine.first(), theirs.first());
            prop_assert_eq!(mine.last(), theirs.last());
        }
    }
}
