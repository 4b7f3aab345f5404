//! Conditions from their document form: exactly one form each, names and types checked.

use std::collections::BTreeMap;

use serde_json::Value;

use super::diagnostic::Diagnostics;
use super::model::{AskedFact, Comparison, Condition, Mentions, Operand, Sought, VocabularyId, VocabularySet};
use super::names::Names;
use super::{
    CategoryKind, ConditionDocument, Context, ContextFilter, MentionsDocument, MovedDocument, Operator,
    RuleSetDocument, TimeFilter,
};
use crate::fact_catalog::{Fact, FactKind};
use crate::profile::{Field, FieldSet, Time};

/// Conditions nested deeper than this are refused.
const DEEPEST: usize = 8;

/// The vocabularies that conditions may name in all, those of unions and disciplines counted one by one: a document
/// could name far more of them than it has letters.
const MOST_NAMED: usize = 100_000;

/// Facts that go by vocabularies, each with its number.
pub(super) type Slots = BTreeMap<(Fact, Vec<VocabularyId>), usize>;

/// Reads conditions, collecting what is wrong with them.
pub(super) struct Conditions<'v, 'a> {
    pub(super) document: &'a RuleSetDocument,
    pub(super) names: &'v Names<'a>,
    pub(super) found: &'v mut Diagnostics,
    /// The facts with vocabularies that were read so far.
    pub(super) slots: &'v mut Slots,
    /// How many conditions over mentions were read so far.
    pub(super) numbers: &'v mut u32,
    /// How many vocabularies were named so far.
    pub(super) named: &'v mut usize,
    pub(super) in_policy: bool,
    pub(super) depth: usize,
}

impl Conditions<'_, '_> {
    /// Reads one condition; what is wrong in it is replaced by one that never holds.
    pub(super) fn read(&mut self, pointer: &str, condition: &ConditionDocument) -> Condition {
        if self.depth > DEEPEST {
            self.found.error("depth", pointer, format!("is nested deeper than {DEEPEST}"));
            return Condition::Any(Vec::new());
        }
        self.depth += 1;
        let read = self.read_form(pointer, condition);
        self.depth -= 1;
        read.unwrap_or_else(|| Condition::Any(Vec::new()))
    }

    fn read_form(&mut self, pointer: &str, condition: &ConditionDocument) -> Option<Condition> {
        let forms = [
            condition.mentions.is_some(),
            condition.fact.is_some(),
            condition.moved.is_some(),
            condition.all.is_some(),
            condition.any.is_some(),
            condition.not.is_some(),
            condition.score.is_some(),
            condition.category.is_some(),
            condition.ambiguous.is_some(),
        ];
        let compares = condition.fact.is_some() || condition.score.is_some();
        if forms.iter().filter(|&&given| given).count() != 1
            || (!compares && condition.op.is_some())
            || (condition.fact.is_none() && condition.of.is_some())
        {
            let message = "must be exactly one of `mentions`, `fact` with `op` (and `of`), `moved`, `all`, `any`, `not` and, in a policy, \
                           `score` with `op`, `category`, `ambiguous`";
            self.found.error("shape", pointer, message);
            return None;
        }
        if !compares && condition.value.is_some() {
            self.found.warning("unused-value", format!("{pointer}/value"), "is compared with nothing");
        }
        if !self.in_policy
            && (condition.score.is_some() || condition.category.is_some() || condition.ambiguous.is_some())
        {
            self.found.error("policy-only", pointer, "scores do not exist yet when signals are read");
            return None;
        }
        if let Some(mentions) = &condition.mentions {
            return Some(Condition::Mentions(self.mentions(&format!("{pointer}/mentions"), mentions)));
        }
        if let Some(fact) = &condition.fact {
            return self.fact(pointer, fact, condition);
        }
        if let Some(MovedDocument { from, to }) = &condition.moved {
            let from = self.titles(&format!("{pointer}/moved/from"), from);
            return Some(Condition::Moved { from, to: self.titles(&format!("{pointer}/moved/to"), to) });
        }
        if let Some(category) = &condition.score {
            return self.score(pointer, category, condition);
        }
        if let Some(categories) = &condition.category {
            return Some(Condition::Category(self.categories(&format!("{pointer}/category"), categories)));
        }
        if let Some(not) = &condition.not {
            return Some(Condition::Not(Box::new(self.read(&format!("{pointer}/not"), not))));
        }
        match (&condition.all, &condition.any, condition.ambiguous) {
            (Some(all), ..) => Some(Condition::All(self.list(&format!("{pointer}/all"), all))),
            (_, Some(any), _) => Some(Condition::Any(self.list(&format!("{pointer}/any"), any))),
            (_, _, ambiguous) => ambiguous.map(Condition::Ambiguous),
        }
    }

    fn list(&mut self, pointer: &str, conditions: &[ConditionDocument]) -> Vec<Condition> {
        if conditions.is_empty() || conditions.len() > 50 {
            self.found.error("range", pointer, "must have from 1 to 50 conditions");
        }
        let read = |(index, condition)| self.read(&format!("{pointer}/{index}"), condition);
        conditions.iter().enumerate().map(read).collect()
    }

    /// Reads vocabularies that are named, while there are not too many in all.
    fn bounded(
        &mut self,
        pointer: &str,
        read: impl FnOnce(&mut Self) -> Vec<VocabularyId>,
    ) -> Option<Vec<VocabularyId>> {
        if *self.named > MOST_NAMED {
            return None;
        }
        let of = read(self);
        *self.named += of.len();
        if *self.named <= MOST_NAMED {
            return Some(of);
        }
        let message = format!("names more than {MOST_NAMED} vocabularies, with all conditions that come before it");
        self.found.error("limit", pointer, message);
        None
    }

    fn mentions(&mut self, pointer: &str, mentions: &MentionsDocument) -> Mentions {
        let list = format!("{pointer}/of");
        let of = self.bounded(&list, |it| it.names.find(it.found, &list, &mentions.of)).unwrap_or_default();
        let mut fields = FieldSet::NONE;
        for (index, name) in mentions.fields.iter().enumerate() {
            match Field::named(name) {
                Some(field) => fields = fields.with(field.bit()),
                None => {
                    let message = "names no field of a profile; `GET /v1/facts` lists them";
                    self.found.error("unknown-field", format!("{pointer}/in/{index}"), message);
                }
            }
        }
        if mentions.of.is_empty() || mentions.fields.is_empty() || mentions.at_least == 0 {
            self.found.error("empty", pointer, "needs a vocabulary, a field and a count of at least 1");
        }
        let time = match mentions.time {
            TimeFilter::Any => None,
            TimeFilter::Current => Some(Time::Current),
            TimeFilter::Past => Some(Time::Past),
        };
        let context = match mentions.context {
            ContextFilter::Own => Some(Context::Own),
            ContextFilter::Audience => Some(Context::Audience),
            ContextFilter::Former => Some(Context::Former),
            ContextFilter::Aspiring => Some(Context::Aspiring),
            ContextFilter::Negated => Some(Context::Negated),
            ContextFilter::Topic => Some(Context::Topic),
            ContextFilter::Any => None,
        };
        self.numbered(of, &mentions.of, Sought { fields, time, context }, mentions.at_least)
    }

    fn numbered(&mut self, of: Vec<VocabularyId>, named: &[String], sought: Sought, at_least: u32) -> Mentions {
        let number = *self.numbers;
        *self.numbers += 1;
        Mentions { number, among: of.iter().copied().collect(), of, named: named.to_vec(), sought, at_least }
    }

    /// The vocabularies that are named, or belong to a discipline that is named, in the order of their numbers.
    fn roles(&mut self, pointer: &str, names: &[String]) -> Vec<VocabularyId> {
        if names.is_empty() {
            self.found.error("empty", pointer, "needs the name of a vocabulary or of a discipline");
        }
        let mut among = VocabularySet::default();
        for (index, name) in names.iter().enumerate() {
            match self.names.roles_of(name) {
                Ok(roles) => roles.iter().for_each(|&id| among.insert(id)),
                Err((code, message)) => self.found.error(code, format!("{pointer}/{index}"), message),
            }
        }
        among.iter().collect()
    }

    /// Terms of these vocabularies or disciplines in the titles of positions.
    fn titles(&mut self, pointer: &str, names: &[String]) -> Mentions {
        let of = self.bounded(pointer, |it| it.roles(pointer, names)).unwrap_or_default();
        let sought = Sought { fields: Field::PositionTitle.bit(), time: None, context: Some(Context::Own) };
        self.numbered(of, names, sought, 1)
    }

    fn categories(&mut self, pointer: &str, names: &[String]) -> Vec<usize> {
        if names.is_empty() {
            self.found.warning("empty", pointer, "names no category, so it never holds");
        }
        let find = |(index, name): (usize, &String)| {
            let kind = self.document.categories.get(name).map(|category| category.kind);
            let pointer = format!("{pointer}/{index}");
            match kind {
                None => self.found.error("unknown-category", pointer, "names no category of this rule set"),
                Some(CategoryKind::Trait) => self.found.error("trait", pointer, "a trait never wins"),
                Some(_) => {}
            }
            self.document.categories.keys().position(|id| id == name)
        };
        names.iter().enumerate().filter_map(find).collect()
    }

    fn score(&mut self, pointer: &str, name: &str, condition: &ConditionDocument) -> Option<Condition> {
        let category = self.document.categories.keys().position(|id| id == name);
        if category.is_none() {
            self.found.error("unknown-category", format!("{pointer}/score"), "names no category of this rule set");
        }
        let test = self.comparison(pointer, FactKind::Integer, &[], condition)?;
        Some(Condition::Score { category: category?, test })
    }

    fn fact(&mut self, pointer: &str, name: &str, condition: &ConditionDocument) -> Option<Condition> {
        let Some(fact) = Fact::named(name) else {
            self.found.error("unknown-fact", format!("{pointer}/fact"), "names no fact; `GET /v1/facts` lists them");
            return None;
        };
        let row = fact.row();
        let test = self.comparison(pointer, row.kind, row.values, condition)?;
        let mut asked = AskedFact::from(fact);
        if let Some(of) = &condition.of {
            let pointer = format!("{pointer}/of");
            if !row.of {
                self.found.error("shape", pointer, "this fact goes by no vocabularies; `GET /v1/facts` says which do");
                return None;
            }
            asked.of = self.bounded(&pointer, |it| it.roles(&pointer, of))?;
            asked.among = asked.of.iter().copied().collect();
            asked.slot = Fact::COUNT + self.slot_of(fact, &asked.of);
            let mut names: Vec<&str> = of.iter().flat_map(|name| self.names.written_out(name)).collect();
            names.sort_unstable();
            names.dedup();
            asked.name = format!("{}[{}]", row.name, names.join(",")).into();
        }
        Some(Condition::Fact { fact: asked, test })
    }

    /// The number of a fact with these vocabularies among all such that were read so far.
    fn slot_of(&mut self, fact: Fact, of: &[VocabularyId]) -> usize {
        let next = self.slots.len();
        *self.slots.entry((fact, of.to_owned())).or_insert(next)
    }

    fn comparison(
        &mut self,
        pointer: &str,
        kind: FactKind,
        words: &'static [&'static str],
        condition: &ConditionDocument,
    ) -> Option<Comparison> {
        let Some(op) = condition.op else {
            self.found.error("shape", pointer, "misses `op`");
            return None;
        };
        let numeric = matches!(kind, FactKind::Number | FactKind::Integer);
        if matches!(op, Operator::Lt | Operator::Lte | Operator::Gt | Operator::Gte) && !numeric {
            self.found.error("operator", format!("{pointer}/op"), "orders numbers only");
            return None;
        }
        let value = condition.value.clone().unwrap_or(Value::Bool(true));
        let values = match (op, value) {
            (Operator::In, Value::Array(values)) => {
                if values.is_empty() {
                    self.found.warning("empty", format!("{pointer}/value"), "has no value, so it never holds");
                }
                values
            }
            (_, value) => vec![value],
        };
        let operand = |value: &Value| match value {
            Value::Bool(value) if op == Operator::Exists || kind == FactKind::Boolean => Some(Operand::Boolean(*value)),
            Value::Number(value) if numeric && op != Operator::Exists => value.as_f64().map(Operand::Number),
            Value::String(word) if op != Operator::Exists => {
                words.iter().find(|known| *known == word).map(|known| Operand::Keyword(known))
            }
            _ => None,
        };
        let with: Option<Vec<_>> = values.iter().map(operand).collect();
        if with.is_none() {
            let message = "does not fit the fact and the operator; `GET /v1/facts` gives types and words";
            self.found.error("value", format!("{pointer}/value"), message);
        }
        Some(Comparison { op, with: with? })
    }
}
