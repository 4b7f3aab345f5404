//! What words are cut from texts, and how they fold.

use proptest::prelude::*;

use super::*;
use crate::text::word::LONGEST_WORD;

fn words(source: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokenize(source, |word, token| {
        let mark = match token.gap {
            Gap::Soft => "",
            Gap::Colon => ":",
            Gap::Hard => ",",
            Gap::At => "@",
            Gap::Dash => "-",
            Gap::FullStop | Gap::Segment => "|",
        };
        words.push(format!("{mark}{}", String::from_utf8_lossy(word.as_bytes())));
    });
    words
}

fn check(source: &str, expected: &str) {
    assert_eq!(words(source).join(" "), expected, "{source}");
}

#[test]
fn the_endings_are_sorted() {
    let mut sorted = INCLUSIVE_ENDINGS;
    sorted.sort_unstable();
    assert_eq!(sorted, INCLUSIVE_ENDINGS);
}

#[test]
fn inclusive_forms_resolve_to_the_masculine() {
    check("chargé·e de projet", "|charge de projet");
    check("directeur/trice, contrôleur(se)", "|directeur ,controleur");
    check("Développeur.euse expérimenté.e.s.", "|developpeur experimente");
    check("un(e) salarié(e)s étudiant-e-s chef(s)", "|un ,e ,salarie etudiant chef");
    check("acteur·rice·s", "|acteur");
    check("vendeur/-euse, collaborateur/-trice", "|vendeur ,collaborateur");
    check("Conseiller/conseillère et acteur / actrice", "|conseiller et acteur");
    check("expert·e-comptable, expert(e)-comptable", "|expert comptable ,expert comptable");
    check("ANCIEN(NE)S DAF, 𝗖𝗵𝗮𝗿𝗴𝗲́(𝗲)𝘀 de, Chargé(e)(s) de", "|ancien daf ,charge de ,charge de");
    check("Directeur·\u{200b}rice, conseiller\u{a0}/\u{a0}conseillère", "|directeur ,conseiller");
    check("salarié(e)sur salarié(e)(sx)", "|salarie ,e ,sur salarie ,sx");
}

#[test]
fn what_only_looks_inclusive_is_kept() {
    check("vente e-commerce", "|vente e commerce");
    check("site/es-web DAF·CFO", "|site es web daf |cfo");
    check("conseil-e-marketing, site/e-commerce", "|conseil e marketing ,site e commerce");
}

#[test]
fn acronyms_lose_their_dots() {
    check("C.F.O. at Acme. R.H", "|cfo at acme |rh");
    check("𝗖.𝗙.𝗢. at Acme. Ｒ.Ｈ", "|cfo at acme |rh");
    check("①.②.③.", "|1 2 3");
    check("D.A.F | node.js", "|daf |node js");
    check("D.A.F\u{a0}groupe, C.F.O• X, C.F.O’s", "|daf groupe ,cfo |x ,cfo s");
}

#[test]
fn signs_of_programming_languages_belong_to_them() {
    check("C++, C# & R&D #cash Bac+5", "|c++ ,c# & r & d ,cash bac 5");
    check("C＋＋, C＃ a＋b", "|c++ ,c# a b");
    check("comptable+ paie+RH Canal+", "|comptable ,paie rh canal");
    check("a#𜳖 a#\u{301}b", "|a ,a a ,b");
}

#[test]
fn segments_end_at_separators_and_sentence_ends() {
    check("DAF | CFO • CTO - CIO – CISO\nDSI", "|daf |cfo |cto -cio -ciso |dsi");
    check("I work. Hard! Now? Sr. Manager, M. X", "|i work |hard |now |sr manager ,m x");
    check("ＲＥＳＰ. Compta. 𝐌. X. Sales", "|resp compta |m x sales");
    check("Dir. Adm. & Fin. Groupe Acme Corp. CFO", "|dir adm & fin groupe acme corp |cfo");
    check("Chargé d’affaires dʼaffaires d′affaires", "|charge d affaires d affaires d affaires");
    check("ex-CFO (retired): 🚀 boss/owner / x", "|ex cfo ,retired ,boss owner ,x");
    check("the «head» of \"data\" “x” a; b", "|the head of data x a ,b");
    check("1. Finance 2.5 etc. and more", "|1 finance 2 5 etc and more");
    check("CFO @ Acme, CTO (@acme) me@acme.fr", "|cfo @acme ,cto @acme ,me @acme fr");
    check("PME.” DAF (x xy.) DAF « xy. » DAF -- a--b ‼ c ┃ d", "|pme |daf ,x xy |daf xy |daf -a b |c |d");
    check("PME (Sr.) Manager (adm.) Financier \"rég.\" Finance", "|pme ,sr ,manager ,adm ,financier reg ,finance");
}

#[test]
fn what_does_not_show_parts_nothing_and_joins_nothing() {
    check("xy \u{200e}– DAF", "|xy -daf");
    check("xy.\u{200b} DAF", "|xy |daf");
    check("charge\u{301}.d'affaires", "|charge d affaires");
}

#[test]
fn ampersands_are_words_of_any_width() {
    check("M＆A & co", "|m & a & co");
}

#[test]
fn letters_of_latin_1_fold_like_all_others() {
    for (c, &letter) in ('À'..='ÿ').zip(&LATIN_FOLDED) {
        let single = match fold(c) {
            Folded::Letters { bytes: [byte, ..], len: 1 } => byte,
            _ => 0,
        };
        assert_eq!(letter, single, "{c}");
    }
}

#[test]
fn words_of_every_length_are_kept_up_to_the_longest() {
    for length in 1..60 {
        let word: String = "0aZ9mB5kQ".chars().cycle().take(length).collect();
        let accented = format!("é{}", word.get(1..).unwrap());
        let kept = |word: &str| if length > LONGEST_WORD { String::new() } else { word.to_lowercase() };
        check(&format!("x {word} {word}"), &format!("|x {} {}", kept(&word), kept(&word)));
        check(&accented, &format!("|{}", kept(&accented.replace('é', "e"))));
    }
}

proptest! {
    #[test]
    fn runs_of_letters_and_digits_fold_as_each_of_them(bytes: [u8; RUN]) {
        let count = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut folded = [0; RUN];
        folded.iter_mut().zip(bytes).take(count).for_each(|(slot, byte)| *slot = byte.to_ascii_lowercase());
        let run = leading_letters(bytes.map(fold_ascii));
        prop_assert_eq!(run, (u64::from_le_bytes(folded), count));
    }

    #[test]
    fn what_is_near_is_read_and_rated_as_all_else(
        source in "([a-zA-Z0-9]{0,17}|, |[- .,/+#&()|'\\n]{1,2}|[éÉœ·\\u{301}\\u{ad}\\u{200d}\\u{a0}𝗗Ａ．／＆]|C\\.F\\.O\\.|(?:dir|Assist|clerk|Manager)\\. |actrice|\\(e\\)s?|chef|[-/.]e){0,12}"
    ) {
        let mut words = Vec::new();
        tokenize(&source, |word, token| words.push((word.as_bytes().to_vec(), word.key(), token)));
        let folded: Vec<u8> = source.bytes().map(fold_ascii).chain([0; RUN]).collect();
        let mut cursor = Cursor { source: &source, bytes: source.as_bytes(), folded: &folded, at: 0 };
        let mut word = Word::EMPTY;
        let mut expected = Vec::new();
        let mut next = cursor.skip_to_word().map(|()| Gap::Segment);
        while let Some(gap) = next {
            let start = cursor.at;
            word.clear();
            cursor.read_letters(&mut word);
            cursor.read_rest(start, &mut word);
            let token = Token { start: start as u32, end: cursor.at as u32, gap };
            expected.push((word.as_bytes().to_vec(), word.key(), token));
            next = cursor.skip_and_rate(&word);
        }
        prop_assert_eq!(words, expected);
    }

    #[test]
    fn letters_are_read_in_runs_as_one_by_one(source in "[a-zA-Z0-9éÀçÿ]{0,60}[æß .'😀é]?") {
        let folded: Vec<u8> = source.bytes().map(fold_ascii).chain([0; RUN]).collect();
        let mut cursor = Cursor { source: &source, bytes: source.as_bytes(), folded: &folded, at: 0 };
        let mut word = Word::EMPTY;
        cursor.read_letters(&mut word);
        let letter = |c| match fold(c) {
            Folded::Letters { bytes, len: 1 } => Some(bytes[0]),
            _ => None,
        };
        let letters: Vec<u8> = source.chars().map_while(letter).collect();
        prop_assert_eq!(word.len(), letters.len());
        let kept = if letters.len() > LONGEST_WORD { &[][..] } else { &letters };
        prop_assert_eq!(word.as_bytes(), kept);
        let key = |from: usize| letters.iter().skip(from).take(8).rev().fold(0, |key, &byte| key << 8 | u64::from(byte));
        prop_assert_eq!(word.key(), (letters.len() <= 16).then(|| (key(0), key(8))));
    }

    #[test]
    fn offsets_fall_on_characters_and_words_follow_one_another(source in "(\\PC|[a-zé·𝗗&.() -]){0,60}") {
        let mut last = 0;
        tokenize(&source, |_, token| {
            let (start, end) = (token.start as usize, token.end as usize);
            assert!(start >= last && end > start);
            assert!(source.is_char_boundary(start) && source.is_char_boundary(end));
            last = end;
        });
    }

    #[test]
    fn folding_is_idempotent(source in "[a-zA-Zéàçœß𝗔-𝗭·|()&+#./ '-]{0,40}") {
        let plain = |source: &str| {
            let mut folded = Vec::new();
            tokenize(source, |word, _| folded.push(String::from_utf8_lossy(word.as_bytes()).into_owned()));
            folded
        };
        let once = plain(&source);
        prop_assert_eq!(plain(&once.join(" ")), once);
    }
}
