//! What every store promises, before and after it was closed.

use std::sync::Barrier;
use std::thread;

use entregent::store::{Change, Expected, LONGEST_BODY, LONGEST_KEY};

use crate::shelf::{Shelf, at, body, for_each, is_conflict, is_out_of_bounds, keys, put, remove, write};

#[test]
fn nothing_stands_under_a_key_that_was_never_written() {
    for_each(|shelf| {
        assert_eq!(at(shelf.store(), "a"), None);
        assert!(keys(shelf.store(), "", None, 10).is_empty());
    });
}

#[test]
fn what_was_written_is_read_back_after_the_store_was_closed() {
    for_each(|shelf| {
        shelf.store().commit(vec![put("a", "one"), put("b/1", "")]).unwrap();
        for _ in 0..2 {
            assert_eq!(at(shelf.store(), "a"), Some((1, b"one".to_vec())));
            assert_eq!(at(shelf.store(), "b/1"), Some((1, Vec::new())));
            assert_eq!(at(shelf.store(), "b"), None);
            shelf.reopen();
        }
    });
}

#[test]
fn versions_count_the_writes_since_a_key_was_last_absent() {
    for_each(|shelf| {
        for version in 1..4 {
            shelf.store().commit(vec![put("a", version.to_string())]).unwrap();
            assert_eq!(at(shelf.store(), "a"), Some((version, version.to_string().into_bytes())));
            shelf.reopen();
        }
        shelf.store().commit(vec![write("a", Expected::Version(3), Change::Keep)]).unwrap();
        assert_eq!(at(shelf.store(), "a"), Some((3, b"3".to_vec())));
        shelf.store().commit(vec![remove("a")]).unwrap();
        assert_eq!(at(shelf.store(), "a"), None);
        shelf.store().commit(vec![put("a", "anew")]).unwrap();
        assert_eq!(at(shelf.store(), "a"), Some((1, b"anew".to_vec())));
    });
}

#[test]
fn expectations_hold_or_the_group_conflicts() {
    let expected = [
        ("present", Expected::Anything, true),
        ("present", Expected::Absent, false),
        ("present", Expected::Version(1), true),
        ("present", Expected::Version(2), false),
        ("absent", Expected::Anything, true),
        ("absent", Expected::Absent, true),
        ("absent", Expected::Version(0), false),
        ("absent", Expected::Version(1), false),
    ];
    for_each(|shelf| {
        shelf.store().commit(vec![put("present", "")]).unwrap();
        shelf.reopen();
        for (key, expected, holds) in expected {
            let result = shelf.store().commit(vec![write(key, expected, Change::Keep)]);
            assert_eq!((result.is_ok(), is_conflict(&result)), (holds, !holds), "{key} {expected:?}");
        }
    });
}

#[test]
fn a_group_is_written_whole_or_not_at_all() {
    for_each(|shelf| {
        shelf.store().commit(vec![put("a", "old"), put("b", body(300_000, 1)), put("gone", "")]).unwrap();
        let all_but_one = vec![
            put("a", "new"),
            put("b", body(300_000, 2)),
            remove("gone"),
            put("c", ""),
            write("never", Expected::Version(1), Change::Keep),
        ];
        assert!(is_conflict(&shelf.store().commit(all_but_one.clone())));
        for _ in 0..2 {
            assert_eq!(at(shelf.store(), "a"), Some((1, b"old".to_vec())));
            assert_eq!(at(shelf.store(), "b"), Some((1, body(300_000, 1))));
            assert_eq!(keys(shelf.store(), "", None, 10), ["a", "b", "gone"]);
            shelf.reopen();
        }
        shelf.store().commit(all_but_one[..4].to_vec()).unwrap();
        for _ in 0..2 {
            assert_eq!(at(shelf.store(), "a"), Some((2, b"new".to_vec())));
            assert_eq!(at(shelf.store(), "b"), Some((2, body(300_000, 2))));
            assert_eq!(keys(shelf.store(), "", None, 10), ["a", "b", "c"]);
            shelf.reopen();
        }
    });
}

#[test]
fn an_empty_group_changes_nothing() {
    for_each(|shelf| shelf.store().commit(Vec::new()).unwrap());
}

#[test]
fn listing_goes_by_prefix_in_the_order_of_the_bytes_of_the_keys() {
    // `-` and `.` come before `/`, which comes before digits, capitals, `_` and small letters.
    let all = ["a", "a-b", "a.b", "a/", "a/1", "a/10", "a/2", "a0", "aA", "a_", "aa", "b"];
    for_each(|shelf| {
        for key in all.iter().rev() {
            shelf.store().commit(vec![put(key, key)]).unwrap();
        }
        for _ in 0..2 {
            assert_eq!(keys(shelf.store(), "", None, 100), all);
            assert_eq!(keys(shelf.store(), "a/", None, 100), ["a/", "a/1", "a/10", "a/2"]);
            assert_eq!(keys(shelf.store(), "a/1", None, 100), ["a/1", "a/10"]);
            assert_eq!(keys(shelf.store(), "c", None, 100), [""; 0]);
            let listed = shelf.store().list("b", None, 1).unwrap();
            assert_eq!(listed.first().map(|(key, record)| (key.as_str(), &record.body[..])), Some(("b", &b"b"[..])));
            shelf.reopen();
        }
    });
}

#[test]
fn listing_goes_on_after_a_key_that_need_not_be_there() {
    for_each(|shelf| {
        let group = ["p/a", "p/b", "p/c", "q"].map(|key| put(key, ""));
        shelf.store().commit(group.to_vec()).unwrap();
        let after = |after, most| keys(shelf.store(), "p/", Some(after), most);
        assert_eq!(after("p/a", 1), ["p/b"]);
        assert_eq!(after("p/aa", 10), ["p/b", "p/c"]);
        assert_eq!(after("p/c", 10), [""; 0]);
        assert_eq!(after("p/", 10), ["p/a", "p/b", "p/c"]);
        assert_eq!(after("a", 10), ["p/a", "p/b", "p/c"]);
        assert_eq!(after("q", 10), [""; 0]);
        assert_eq!(after("p/a", 0), [""; 0]);
    });
}

#[test]
fn bodies_of_every_length_around_the_edges_of_a_chunk_are_kept() {
    let lengths = [1, 4062, 4063, 4064, 4096, 8158, 8159, 8160, 12_288];
    for_each(|shelf| {
        for length in lengths {
            shelf.store().commit(vec![put(&length.to_string(), body(length, 3))]).unwrap();
        }
        for _ in 0..2 {
            for length in lengths {
                assert_eq!(at(shelf.store(), &length.to_string()), Some((1, body(length, 3))), "{length} bytes");
            }
            shelf.reopen();
        }
    });
}

#[test]
fn a_record_may_shrink_and_grow() {
    for_each(|shelf| {
        for (version, length) in (1..).zip([300_000, 10, 100_000, 0, 5000]) {
            shelf.store().commit(vec![put("a", body(length, version)), put("a-neighbour", "")]).unwrap();
            assert_eq!(at(shelf.store(), "a"), Some((version, body(length, version))));
            shelf.reopen();
            assert_eq!(at(shelf.store(), "a"), Some((version, body(length, version))));
            assert_eq!(keys(shelf.store(), "", None, 10), ["a", "a-neighbour"]);
        }
    });
}

#[test]
fn keys_and_bodies_have_bounds() {
    for_each(|shelf| {
        let longest = "k".repeat(LONGEST_KEY);
        let refused =
            ["", "a b", "a\0", "é", "a:b", &format!("{longest}k")].map(|key| shelf.store().commit(vec![put(key, "")]));
        assert!(refused.iter().all(is_out_of_bounds), "{refused:?}");
        assert!(is_out_of_bounds(&shelf.store().commit(vec![put("a", vec![0; LONGEST_BODY + 1])])));
        assert!(is_out_of_bounds(&shelf.store().commit(vec![put("a", ""), put("b", ""), remove("a")])));
        assert!(is_out_of_bounds(&shelf.store().commit(vec![put("a", ""), put("erasable/b", "")])));
        assert!(is_out_of_bounds(&shelf.store().commit(vec![put("erasable/a", ""), put("erasable/b", "")])));
        assert!(keys(shelf.store(), "", None, 10).is_empty());
        shelf.store().commit(vec![put(&longest, vec![7; LONGEST_BODY])]).unwrap();
        shelf.reopen();
        assert!(at(shelf.store(), &longest) == Some((1, vec![7; LONGEST_BODY])));
    });
}

#[test]
fn of_many_who_expect_the_same_version_one_wins() {
    const WRITERS: u64 = 32;
    const ROUNDS: u64 = 8;
    for_each(|shelf| {
        shelf.store().commit(vec![put("contested", ""), put("beside", "")]).unwrap();
        for round in 1..=ROUNDS {
            let start = Barrier::new(WRITERS as usize);
            let store = shelf.store();
            let winners: Vec<u64> = thread::scope(|scope| {
                let attempts: Vec<_> = (0..WRITERS)
                    .map(|writer| {
                        let start = &start;
                        scope.spawn(move || {
                            let mine = Change::Put(writer.to_string().into_bytes());
                            let group = vec![
                                write("contested", Expected::Version(round), mine),
                                put(&format!("mine/{round}/{writer}"), ""),
                            ];
                            start.wait();
                            let result = store.commit(group);
                            assert!(result.is_ok() || is_conflict(&result), "{result:?}");
                            result.is_ok().then_some(writer)
                        })
                    })
                    .collect();
                attempts.into_iter().filter_map(|attempt| attempt.join().unwrap()).collect()
            });
            let [winner] = winners[..] else { panic!("winners of round {round}: {winners:?}") };
            assert_eq!(at(store, "contested"), Some((round + 1, winner.to_string().into_bytes())));
            assert_eq!(keys(store, &format!("mine/{round}/"), None, 100), [format!("mine/{round}/{winner}")]);
        }
        shelf.reopen();
        assert_eq!(at(shelf.store(), "contested").map(|(version, _)| version), Some(ROUNDS + 1));
        assert_eq!(keys(shelf.store(), "mine/", None, 100).len() as u64, ROUNDS);
    });
}

#[test]
fn of_many_who_write_an_erasable_record_one_wins() {
    const WRITERS: usize = 32;
    for_each(|shelf| {
        let mut expected = Expected::Absent;
        for version in 1..=4 {
            let (start, store) = (Barrier::new(WRITERS), shelf.store());
            let attempt = |writer: usize| {
                start.wait();
                let mine = Change::Put(writer.to_string().into_bytes());
                let result = store.commit(vec![write("erasable/a", expected, mine)]);
                assert!(result.is_ok() || is_conflict(&result), "{result:?}");
                result.is_ok().then_some(writer)
            };
            let winners: Vec<usize> = thread::scope(|scope| {
                let attempts: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(move || attempt(writer))).collect();
                attempts.into_iter().filter_map(|attempt| attempt.join().unwrap()).collect()
            });
            let [winner] = winners[..] else { panic!("winners: {winners:?}") };
            assert_eq!(at(store, "erasable/a"), Some((version, winner.to_string().into_bytes())));
            expected = Expected::Version(version);
            shelf.reopen();
        }
    });
}

#[test]
fn nobody_reads_half_a_group() {
    const GROUPS: usize = 40;
    for_each(|shelf| {
        let of = |seed: usize| ["x/a", "x/b", "x/c"].map(|key| put(key, body(30_000, seed as u64))).to_vec();
        shelf.store().commit(of(0)).unwrap();
        let store = shelf.store();
        thread::scope(|scope| {
            let writer = scope.spawn(|| (1..=GROUPS).for_each(|seed| store.commit(of(seed)).unwrap()));
            while !writer.is_finished() {
                let listed = store.list("x/", None, 10).unwrap();
                let [(_, first), (_, second), (_, third)] = &listed[..] else { panic!("{} records", listed.len()) };
                assert!(first == second && second == third, "{listed:?}");
            }
        });
        assert_eq!(at(shelf.store(), "x/a"), Some((GROUPS as u64 + 1, body(30_000, GROUPS as u64))));
    });
}

#[test]
fn stores_do_not_see_each_other() {
    let (one, other) = (Shelf::sled(), Shelf::sled());
    one.store().commit(vec![put("a", "")]).unwrap();
    assert_eq!(at(other.store(), "a"), None);
}
