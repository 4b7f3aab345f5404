//! Profiles of people who do not exist, always the same ones: about 3 KB each, in French, in English, or in both.
//!
//! No two are alike, so that neither caches nor branches learn one by heart. One in eight is written with every accent
//! escaped, as some tools write JSON; all have the escaped line breaks and quotation marks of texts that people paste.

mod words;

use serde_json::{Value, json};

use words::{ENGLISH, FRENCH, Language};

/// Writes that many profiles.
pub(crate) fn profiles(count: usize) -> Vec<String> {
    (0..count).map(|number| Person { chance: Chance::of(number), number }.write()).collect()
}

struct Person {
    chance: Chance,
    number: usize,
}

impl Person {
    fn write(&mut self) -> String {
        let language = if self.chance.below(3) == 0 { &ENGLISH } else { &FRENCH };
        // Many who write French have a part of their profile in English.
        let other = if self.chance.below(3) == 0 { &ENGLISH } else { language };
        let mut profile = json!({
            "id": format!("bench-{}", self.number),
            "headline": self.headline(language),
            "about": self.paragraphs(language, other),
            "industry": self.chance.one(language.industries),
            "location": {"text": self.chance.one(words::PLACES), "country": "FR"},
            "positions": self.positions(language, other),
            "education": self.education(language),
            "skills": self.chance.some(words::SKILLS, 6, 14),
            "languages": self.chance.some(words::TONGUES, 1, 4),
            "activity": {"connections": self.chance.below(3_000), "posts_last_90_days": self.chance.below(30)},
        });
        if self.chance.below(3) == 0 {
            let invitation = json!({"direction": "received", "note": self.sentences(language, 2)});
            profile.as_object_mut().map(|profile| profile.insert("invitation".to_owned(), invitation));
        }
        if self.number % 8 == 7 { escaped(&profile) } else { profile.to_string() }
    }

    fn headline(&mut self, language: &Language) -> String {
        let (first, second) = (self.title(language), self.title(language));
        let separator = self.chance.one(&[" | ", " · ", " - ", " chez ", " & "]);
        let skill = self.chance.one(words::SKILLS);
        match self.chance.below(8) {
            0 => format!("{} | {second}", bold(&first)),
            1 => format!("🚀 {first}{separator}{skill}"),
            _ => format!("{first}{separator}{second} • {skill}"),
        }
    }

    fn title(&mut self, language: &Language) -> String {
        let (head, domain) = (self.chance.one(language.heads), self.chance.one(language.domains));
        if self.chance.below(4) == 0 { self.chance.one(language.titles).to_owned() } else { format!("{head} {domain}") }
    }

    fn paragraphs(&mut self, language: &Language, other: &Language) -> String {
        let (first, second) = (self.sentences(language, 5), self.sentences(language, 3));
        let list = self.chance.some(words::SKILLS, 2, 5).join("\n• ");
        format!("{first}\n\n{second}\n• {list}\n\n« {} »", self.sentences(other, 1))
    }

    fn sentences(&mut self, language: &Language, count: usize) -> String {
        let sentence = |_| {
            let parts = [language.openings, language.actions, language.objects, language.circumstances];
            parts.map(|part| self.chance.one(part)).join(" ")
        };
        (0..count).map(sentence).collect::<Vec<_>>().join(" ")
    }

    fn positions(&mut self, language: &Language, other: &Language) -> Value {
        let mut year = 2026 - self.chance.below(4);
        let mut ended_on = Value::Null;
        let count = 3 + self.chance.below(3);
        let mut positions = Vec::new();
        for number in 0..count {
            let month = 1 + self.chance.below(12);
            let started_on = format!("{year}-{month:02}");
            let written = if number % 2 == 0 { language } else { other };
            let description = self.sentences(written, 1 + usize::from(number < 2));
            positions.push(json!({
                "title": self.title(written), "company": self.company(), "location": self.chance.one(words::PLACES),
                "started_on": started_on, "ended_on": ended_on, "description": description,
            }));
            ended_on = json!(started_on);
            year -= 1 + self.chance.below(6);
        }
        positions.into()
    }

    fn company(&mut self) -> String {
        let mut syllable = || self.chance.one(words::SYLLABLES);
        let name = [syllable(), syllable(), syllable()].concat();
        let form = self.chance.one(&["SAS", "Conseil", "Group", "\"& fils\"", "Industries", "Labs"]);
        format!("{name} {form}")
    }

    fn education(&mut self, language: &Language) -> Value {
        let ended = 1990 + self.chance.below(25);
        let (degree, field) = (self.chance.one(language.degrees), self.chance.one(language.domains));
        json!([{"school": self.company(), "degree": degree, "field": field, "ended_on": ended.to_string()}])
    }
}

/// The letters of a text in bold, as many headlines have them.
fn bold(text: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' => char::from_u32('𝗮' as u32 + (c as u32 - 'a' as u32)).unwrap_or(c),
        'A'..='Z' => char::from_u32('𝗔' as u32 + (c as u32 - 'A' as u32)).unwrap_or(c),
        _ => c,
    };
    text.chars().map(letter).collect()
}

/// JSON in which every character beyond ASCII is escaped.
fn escaped(value: &Value) -> String {
    let mut json = String::new();
    for c in value.to_string().chars() {
        if c.is_ascii() {
            json.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| json.push_str(&format!("\\u{unit:04x}")));
        }
    }
    json
}

/// Numbers that look drawn, and are always the same (splitmix64).
struct Chance(u64);

impl Chance {
    fn of(number: usize) -> Self {
        Self(number as u64)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn one(&mut self, all: &[&'static str]) -> &'static str {
        all.get(self.below(all.len())).copied().unwrap_or("")
    }

    /// Some of them, each once, in their order.
    fn some(&mut self, all: &[&'static str], least: usize, most: usize) -> Vec<&'static str> {
        let count = least + self.below(most - least);
        let (mut left, mut wanted) = (all.len(), count);
        let mut chosen = Vec::with_capacity(count);
        for word in all {
            if self.below(left) < wanted {
                chosen.push(*word);
                wanted -= 1;
            }
            left -= 1;
        }
        chosen
    }
}
