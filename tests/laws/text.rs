//! Folded words: folding them again changes nothing, and each stands where it says.

use entregent::text::{Token, tokenize};
use proptest::prelude::*;

use crate::generated::text;

/// The words of a source, without those that are too long to be of use.
fn words(source: &str) -> Vec<(String, Token)> {
    let mut words = Vec::new();
    tokenize(source, |word, token| words.push((String::from_utf8_lossy(word.as_bytes()).into_owned(), token)));
    words.retain(|(word, _)| !word.is_empty());
    words
}

fn folded(source: &str) -> Vec<String> {
    words(source).into_iter().map(|(word, _)| word).collect()
}

fn sources() -> impl Strategy<Value = String> {
    prop_oneof![text(), "\\PC{0,30}", "[a-zA-ZéàçœßŒİıﬁ𝗔-𝗭·|()&+#./ '’-]{0,30}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn folding_is_idempotent(source in sources()) {
        let once = folded(&source);
        prop_assert_eq!(folded(&once.join(" ")), once);
    }

    #[test]
    fn a_word_is_what_stands_where_it_says(source in sources()) {
        for (word, token) in words(&source) {
            let quoted = source.get(token.start as usize..token.end as usize).unwrap();
            prop_assert_eq!(folded(quoted), [word], "{}", quoted);
        }
    }
}
