//! What foreign texts say in HTML, which CRMs, job boards and scrapers hand on as they have it.
//!
//! Nothing tells whether a text is HTML. So only what can hardly be anything else is read as such: entities that end in a
//! semicolon, and tags of the elements that editors of texts write. `R&D`, `< 5 %`, `<3` and `C<T>` stay as they are, and
//! so does a placeholder such as `<name>`, which tells that a template was sent unfilled.

use std::borrow::Cow;
use std::mem::take;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;
use serde_json::Value;

use crate::profile::{Origins, Stretch};
use crate::wire::escaped;

/// How often a text is read: what is HTML already is often encoded once more on its way.
const READINGS: usize = 2;

/// The longest JSON Pointer of a text that is read, in bytes; no form has its texts farther from the root.
const LONGEST_POINTER: usize = 200;

/// The elements that stand on lines of their own, and the line break.
#[rustfmt::skip]
const LINES: [&str; 34] = [
    "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
];

/// The elements that stand within a line. Names that people put in brackets for something else are not among them, such as
/// `title`, `address`, `mark` and `time`.
#[rustfmt::skip]
const WITHIN_A_LINE: [&str; 22] = [
    "a", "abbr", "b", "big", "code", "del", "em", "font", "i", "img", "ins", "o:p", "s", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "wbr",
];

/// What a sign of HTML says.
enum Sign<'t> {
    /// The characters of an entity.
    Text(Cow<'t, str>),
    /// That a line ends.
    LineEnd,
    /// How the text looks.
    Nothing,
}

/// Reads the texts of a document in place, and notes how it did.
pub(super) fn read_texts(value: &mut Value, pointer: &mut String, origins: &mut Origins) {
    let length = pointer.len();
    let mut step = |value: &mut Value, name: &str| {
        pointer.push('/');
        pointer.push_str(name);
        if pointer.len() <= LONGEST_POINTER {
            read_texts(value, pointer, origins);
        }
        pointer.truncate(length);
    };
    match value {
        Value::Array(items) => items.iter_mut().enumerate().for_each(|(number, it)| step(it, &number.to_string())),
        Value::Object(members) => members.iter_mut().for_each(|(name, it)| step(it, &escaped(name))),
        Value::String(text) => {
            let (said, readings) = said(take(text));
            *text = said;
            origins.note_readings(pointer, readings);
        }
        _ => {}
    }
}

/// What a text says, and how each reading of it went, if it is HTML.
pub(super) fn said(mut text: String) -> (String, Vec<Vec<Stretch>>) {
    let mut readings = Vec::new();
    while readings.len() < READINGS
        && let Some(reading) = read(&text)
    {
        text = reading.said;
        readings.push(reading.stretches);
    }
    (text, readings)
}

/// Reads a text once; `None` when there is nothing of HTML in it.
fn read(text: &str) -> Option<Reading> {
    let signs = signs(text);
    if signs.is_empty() {
        return None;
    }
    let between = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut reading = Reading::default();
    let mut end = 0;
    for (place, sign) in signs {
        reading.keep(between(end..place.start));
        end = place.end;
        let written = between(place).chars().count();
        match sign {
            Sign::Text(said) => reading.say(&said, written),
            Sign::LineEnd => reading.end_line(written),
            Sign::Nothing => reading.written += written,
        }
    }
    reading.keep(between(end..text.len()));
    Some(reading)
}

/// The signs of HTML in a text, with the bytes that they take.
fn signs(text: &str) -> Vec<(Range<usize>, Sign<'_>)> {
    let mut signs = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text.get(at..).and_then(|rest| rest.find(['&', '<'])) {
        let begin = at + skipped;
        let rest = text.get(begin..).unwrap_or_default();
        let found = entity(rest).or_else(|| tag(rest));
        at = begin + found.as_ref().map_or(1, |(length, _)| *length);
        signs.extend(found.map(|(_, sign)| (begin..at, sign)));
    }
    signs
}

/// The entity that a text begins with, and its length. One that stands for a control character is none.
fn entity(rest: &str) -> Option<(usize, Sign<'_>)> {
    let name = rest.strip_prefix('&')?;
    let end = name.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '#'))?;
    let entity = name.get(end..)?.starts_with(';').then(|| rest.get(..end + 2))??;
    let said = of_windows(html_escape::decode_html_entities(entity));
    let is_said = said != entity && !said.contains(|sign: char| sign.is_control() && !sign.is_whitespace());
    is_said.then_some((entity.len(), Sign::Text(said)))
}

/// What a number between 128 and 159 means, which is the byte of Windows-1252 to everybody who writes it.
fn of_windows(said: Cow<'_, str>) -> Cow<'_, str> {
    match said.as_bytes() {
        [0xC2, byte @ 0x80..=0x9F] => WINDOWS_1252.decode_without_bom_handling(&[*byte]).0.into_owned().into(),
        _ => said,
    }
}

/// The tag that a text begins with, and its length: the name of a known element, and attributes with values, if any.
fn tag(rest: &str) -> Option<(usize, Sign<'_>)> {
    let inside = rest.strip_prefix('<')?;
    // No further than to the next of these signs, so that each byte of a text is looked at once.
    let (inside, _) = inside.split_at(inside.find(['<', '>'])?);
    let length = inside.len() + 2;
    rest.get(..length)?.ends_with('>').then_some(())?;
    let element = inside.strip_prefix('/').unwrap_or(inside);
    let (name, attributes) = element.split_at(element.find([' ', '\t', '\n', '\r', '/']).unwrap_or(element.len()));
    let attributes = attributes.trim_start().trim_end_matches([' ', '\t', '\n', '\r', '/']);
    let first = attributes.split_once('=').map_or("", |(first, _)| first.trim_end());
    let is_tag = attributes.is_empty() || !(first.is_empty() || first.contains(char::is_whitespace));
    let is_of = |elements: &[&str]| is_tag && elements.iter().any(|known| known.eq_ignore_ascii_case(name));
    let sign = is_of(&LINES).then_some(Sign::LineEnd);
    Some((length, sign.or_else(|| is_of(&WITHIN_A_LINE).then_some(Sign::Nothing))?))
}

/// What was read of a text so far.
#[derive(Default)]
struct Reading {
    said: String,
    /// All of `said`, in order.
    stretches: Vec<Stretch>,
    /// The code points of the text that were passed.
    written: usize,
    /// The tag that ended the last line: the line feed follows when another line does.
    line_end: Option<Range<usize>>,
}

impl Reading {
    /// Takes over what is no HTML.
    fn keep(&mut self, text: &str) {
        self.say(text, text.chars().count());
    }

    /// Adds what as many code points of the text say.
    fn say(&mut self, said: &str, written: usize) {
        if said.is_empty() {
            return;
        }
        let is_between_lines = !self.said.is_empty() && !self.said.ends_with('\n') && !said.starts_with(['\n', '\r']);
        if let Some(tag) = self.line_end.take().filter(|_| is_between_lines) {
            self.add("\n", tag);
        }
        let place = self.written..self.written + written;
        self.written = place.end;
        self.add(said, place);
    }

    fn add(&mut self, said: &str, written: Range<usize>) {
        let start = self.stretches.last().map_or(0, |last| last.read.end);
        self.stretches.push(Stretch { read: start..start + said.chars().count(), written });
        self.said.push_str(said);
    }

    fn end_line(&mut self, written: usize) {
        self.line_end = Some(self.written..self.written + written);
        self.written += written;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::profile::import::{crm_record, enrichment, json_resume, schema_org};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(said(text.to_owned()).0, expected, "{text}");
    }

    #[test]
    fn an_entity_says_its_characters() {
        check("Directeur R&amp;D, L&#39;Or&eacute;al", "Directeur R&D, L'Oréal");
        check("&lt;3&nbsp;&#x1F680; &Uuml;ber&shy;blick &#8217;", "<3\u{a0}🚀 Über\u{ad}blick ’");
        check("CFO&#13;&#10;Lyon&#9;", "CFO\r\nLyon\t");
        check("l&#146;&#x80;", "l’€");
    }

    #[test]
    fn a_tag_ends_a_line_or_says_nothing() {
        check("<p>Treasurer</p><p>Lyon</p>", "Treasurer\nLyon");
        check("CFO<br>Acme<BR/>Lyon<br />\nParis", "CFO\nAcme\nLyon\nParis");
        check("<ul>\n<li>SAP</li><li><b>Sage</b> 100</li></ul>", "\nSAP\nSage 100");
        check(
            "Tr<em>é</em>sor<o:p></o:p>ière <a href=\"https://acme.example?a=1\" target=_blank>Acme</a>",
            "Trésorière Acme",
        );
        check("<div class='x'>  </div>a<hr>", "  \na");
        check("<p></p><br/>", "");
    }

    #[test]
    fn what_is_no_html_stays_as_it_is() {
        for text in [
            "R&D, AT&T; Dupont & fils; P&L; &; &#; &#x; &nope; &amp, &eacute",
            "growth < 5 %, <3, C<T>, Map<K,V>, a<b, a<b and c>d, x<b or c=d> y, < p>, <>, </>, <",
            "Hi <name>, <First Name> of <company>, <title>, <address>, {firstName}, [Prénom], <ilse@acme.example>",
            "<https://acme.example> <script> <p <br",
            "&#0; &#7; &#x1b; &#127; &#129; &#xD800; &#99999999999;",
        ] {
            assert_eq!(said(text.to_owned()), (text.to_owned(), vec![]));
        }
    }

    #[test]
    fn what_is_encoded_twice_is_read_twice_and_no_more() {
        check("R&amp;amp;D &amp;#39; &lt;p&gt;Lyon&lt;/p&gt;&lt;p&gt;Paris", "R&D ' \nLyon\nParis");
        check("Hi &lt;name&gt;", "Hi <name>");
        check("R&amp;amp;amp;D", "R&amp;D");
    }

    #[test]
    fn a_long_text_without_an_end_takes_no_longer_than_its_length() {
        for (text, said_of_one) in [("<p ", "<p "), ("<p a=\"", "<p a=\""), ("&amp", "&amp"), ("<", "<"), ("</p>", "")]
        {
            let said = said(text.repeat(200_000)).0;
            assert!(said == said_of_one.repeat(200_000), "{text}");
        }
    }

    #[test]
    fn a_text_is_read_where_a_form_may_have_it_and_no_farther_from_the_root() {
        for layout in [crm_record::LAYOUT, enrichment::LAYOUT, json_resume::LAYOUT, schema_org::LAYOUT] {
            layout.each_place(|base, place, _| {
                let pointer = [base, place, "/@value"].concat().replace('*', "1000000");
                assert!(pointer.len() <= LONGEST_POINTER, "{pointer}");
            });
        }
        let far = "k".repeat(LONGEST_POINTER);
        let mut document = json!({"k": ["&lt;", {"a/b": "&gt;"}], far.as_str(): "&lt;"});
        let mut origins = Origins::default();
        read_texts(&mut document, &mut String::new(), &mut origins);
        assert_eq!(document, json!({"k": ["<", {"a/b": ">"}], far.as_str(): "&lt;"}));
    }

    fn text() -> impl Strategy<Value = String> {
        let signs =
            ["&amp;", "&eacute;", "&#39;", "&lt;", "&gt;", "<p>", "</p>", "<br/>", "<b>", "</b>", "&NotEqualTilde;"];
        let plain = ["CFO ", "é", "🚀", "\n", "&", "<", ">", "p", "amp;", " "];
        prop::collection::vec(prop::sample::select([&signs[..], &plain].concat()), 0..12).prop_map(|it| it.concat())
    }

    /// The code points of a range.
    fn points(text: &str, range: &Range<usize>) -> String {
        text.chars().skip(range.start).take(range.len()).collect()
    }

    proptest! {
        #[test]
        fn what_is_said_is_all_of_its_stretches_and_each_says_what_was_written(text in text()) {
            let Some(Reading { said, stretches, .. }) = read(&text) else { return Ok(()) };
            prop_assert_eq!(stretches.iter().map(|it| points(&said, &it.read)).collect::<String>(), &*said);
            let mut end = 0;
            for Stretch { read: there, written } in &stretches {
                prop_assert!(end <= written.start, "{:?}", stretches);
                end = written.end;
                let (there, written) = (points(&said, there), points(&text, written));
                let is_line_end = there == "\n" && matches!(signs(&written).as_slice(), [(_, Sign::LineEnd)]);
                prop_assert!(is_line_end || there == html_escape::decode_html_entities(&written), "{}: {}", there, written);
            }
        }

        #[test]
        fn what_was_encoded_says_what_it_was(text in text()) {
            let once = read(&text).map_or(text.clone(), |reading| reading.said);
            prop_assert_eq!(said(html_escape::encode_text(&text).into_owned()).0, once);
        }
    }
}
