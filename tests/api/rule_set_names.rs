use std::sync::Arc;
use std::thread;
use std::time::Duration;

use entregent::service::name::Name;
use entregent::service::precondition::Preconditions;
use entregent::service::rule_sets::RuleSets;
use entregent::service::rule_sets::publication::Publication;
use entregent::store::memory::MemoryStore;
use entregent::store::{Change, CommitFailure, Expected, Record, Store, StoreFailure, Write};

use crate::app::rules;

/// A store that takes its time to write, as one does that syncs.
#[derive(Default)]
struct SlowStore(MemoryStore);

impl Store for SlowStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        self.0.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        self.0.list(prefix, after, most)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        thread::sleep(Duration::from_millis(20));
        self.0.commit(group)
    }
}

#[test]
fn writers_at_once_make_no_more_names_than_there_can_be() {
    let store = SlowStore::default();
    let head = r#"{"form": 1, "record": {"active": null, "last": 1, "changed_at": "2026-11-23T09:00:00Z"}}"#;
    for number in 0..995 {
        let (key, expected) = (format!("rule-sets/old-{number}"), Expected::Absent);
        store.0.commit(vec![Write { key, expected, change: Change::Put(head.as_bytes().to_vec()) }]).unwrap();
    }
    // With `builtin` and `default` these are 997.
    let rule_sets = RuleSets::open(Arc::new(store), None, 8192).unwrap();
    let publication = Publication { activate: true, author: None, message: None };
    let document = rules(7).to_string();
    let publish = &|number: usize| {
        let name = Name::parse(&format!("new-{number}")).unwrap();
        rule_sets.publish(&name, document.as_bytes(), &publication, &Preconditions::default()).is_ok()
    };
    let made = thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|number| scope.spawn(move || publish(number))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).filter(|made| *made).count()
    });
    assert_eq!(made, 3);
}
