//! Cases: every fact and decision they name is known, and every value is of its kind.

use super::Checker;
use crate::diagnostic::{Diagnostic, nearest};
use crate::facts::{Household, Place};
use crate::model::{Case, Expected};
use crate::syntax::{self, Entity, Name, Value};

impl Checker {
    pub(super) fn cases(&mut self) {
        for written in std::mem::take(&mut self.written_cases) {
            if let Some(case) = self.case(&written) {
                self.rules.cases.push(case);
            }
        }
    }

    fn case(&mut self, written: &syntax::Case) -> Option<Case> {
        let Some(on) = written.on else {
            let wrong = Diagnostic::new("undated", "this case has no day", written.span, "decided on which day?");
            self.refuse(wrong.help("add `on 2021-03-01`"));
            return None;
        };
        if written.persons.is_empty() {
            let wrong =
                Diagnostic::new("no-members", "this household has no members", written.span, "nobody lives in it");
            self.refuse(wrong.help("add one: `person Li: role is head, wage is 0`"));
            return None;
        }
        for (at, person) in written.persons.iter().enumerate() {
            if let Some(first) = written.persons[..at].iter().find(|one| one.name.text == person.name.text) {
                let title = format!("two members are called `{}`", person.name.text);
                let wrong = Diagnostic::new("two-meanings", title, person.name.span, "the second");
                self.refuse(wrong.and_at(first.name.span, "the first").help("call one of them otherwise"));
            }
        }
        let names = written.persons.iter().map(|person| person.name.text.clone());
        let mut household = Household::unknown(&self.rules, &written.label.en, names);
        self.facts(&mut household, Place::Household, &written.household);
        for (at, person) in written.persons.iter().enumerate() {
            self.facts(&mut household, Place::Person(at), &person.facts);
        }
        let expects = written.expects.iter().map(|one| self.expected(&household, one, on)).collect::<Vec<_>>();
        let expects = expects.into_iter().flatten().collect();
        Some(Case { label: written.label.clone(), on, household, expects })
    }

    fn facts(&mut self, household: &mut Household, place: Place, facts: &[(Name, Value, Option<String>)]) {
        for (at, (name, value, source)) in facts.iter().enumerate() {
            if facts[..at].iter().any(|(other, ..)| other.text == name.text) {
                let title = format!("`{}` is said twice", name.text);
                let wrong = Diagnostic::new("two-meanings", title, name.span, "the second time");
                self.refuse(wrong.help("keep one of the two"));
            }
            let Some(fact) = self.fact(place.entity(), name) else { continue };
            let of = &self.rules.facts(place.entity())[fact];
            let (kind, is_signed) = (of.kind, of.is_signed);
            if matches!(value, Value::Number { units, .. } if *units < 0) && !is_signed {
                let title = format!("`{}` cannot be below zero", name.text);
                let wrong = Diagnostic::new("wrong-value", title, value.span(), "below zero");
                self.refuse(wrong.help("where it can, declare the input `signed`"));
                continue;
            }
            let value = self.held(kind, value);
            household.facts_mut(place).set(fact, value, source.clone());
        }
    }

    fn fact(&mut self, entity: Entity, name: &Name) -> Option<usize> {
        let text = if name.text == "角色" { "role" } else { &name.text };
        let facts = self.rules.facts(entity);
        if let Some(at) = facts.iter().position(|fact| fact.name == text) {
            return Some(at);
        }
        let known: Vec<String> = facts.iter().map(|fact| fact.name.clone()).collect();
        let title = format!("there is no input `{}.{}`", super::spelled(entity), name.text);
        let wrong = Diagnostic::new("unknown-name", title, name.span, "not declared");
        let wrong = match nearest(text, known.iter().map(String::as_str)) {
            Some(guess) => wrong.help(format!("do you mean `{guess}`?")),
            None => wrong.help(format!("its inputs are: {}", known.join(", "))),
        };
        self.refuse(wrong);
        None
    }

    fn expected(&mut self, household: &Household, written: &syntax::Expected, on: civil::Date) -> Option<Expected> {
        let place = self.place(household, written.person.as_ref())?;
        let name = &written.decision;
        let decisions = &self.rules.decisions;
        let known = decisions.iter().position(|one| one.name == name.text && one.entity == place.entity());
        let Some(decision) = known else {
            let of = super::spelled(place.entity());
            let all: Vec<String> = decisions.iter().map(|one| one.name.clone()).collect();
            let title = format!("there is no decision `{}` on a {of}", name.text);
            let wrong = Diagnostic::new("unknown-name", title, name.span, "not declared");
            let elsewhere = all.contains(&name.text);
            self.refuse(match nearest(&name.text, all.iter().map(String::as_str)) {
                Some(guess) => wrong.help(format!("do you mean `{guess}`?")),
                None if elsewhere && place == Place::Household => {
                    wrong.help(format!("it is on a person: write whose, as `expect Li.{} yes`", name.text))
                }
                None => wrong.help(format!("the decisions are: {}", all.join(", "))),
            });
            return None;
        };
        let version = self.rules.decisions[decision].on(on);
        let conditions: Vec<String> =
            version.map(|version| version.conditions.iter().map(|one| one.name.clone()).collect()).unwrap_or_default();
        let unknown: Vec<&Name> = written.because.iter().filter(|one| !conditions.contains(&one.text)).collect();
        if let Some(unknown) = unknown.first() {
            let title = format!("`{}` has no condition `{}` on {on}", name.text, unknown.text);
            let wrong = Diagnostic::new("unknown-name", title, unknown.span, "not one of its conditions");
            self.refuse(wrong.help(format!("its conditions are: {}", conditions.join(", "))));
            return None;
        }
        let mut missing = vec![];
        for (person, fact) in &written.missing {
            let place = self.place(household, person.as_ref())?;
            missing.push((place, self.fact(place.entity(), fact)?));
        }
        Some(Expected {
            place,
            decision,
            answer: written.answer,
            pay_fen: written.pay_fen.map(|(fen, _)| fen),
            because: written.because.iter().map(|one| one.text.clone()).collect(),
            missing,
            span: written.span,
        })
    }

    fn place(&mut self, household: &Household, person: Option<&Name>) -> Option<Place> {
        let Some(person) = person else { return Some(Place::Household) };
        if let Some(at) = household.persons.iter().position(|one| one.name == person.text) {
            return Some(Place::Person(at));
        }
        let known: Vec<&str> = household.persons.iter().map(|one| one.name.as_str()).collect();
        let title = format!("nobody in this household is called `{}`", person.text);
        let wrong = Diagnostic::new("unknown-name", title, person.span, "not a member");
        self.refuse(wrong.help(format!("its members are: {}", known.join(", "))));
        None
    }
}
