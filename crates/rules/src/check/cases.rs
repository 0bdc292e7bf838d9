//! Cases: every fact and decision they name is known, and every value is of its kind.

use std::collections::BTreeMap;

use super::Checker;
use crate::diagnostic::{Diagnostic, WRONG_MAX, do_you_mean, nearest};
use crate::facts::{Gap, Household, Place};
use crate::message::{Message, list, message};
use crate::model::{Case, Expected};
use crate::source::Span;
use crate::syntax::{self, CaseFact, Entity, Known, Name, Value, When};

impl Checker {
    pub(super) fn cases(&mut self) {
        for written in std::mem::take(&mut self.written_cases) {
            if self.wrong.len() >= WRONG_MAX {
                return;
            }
            if let Some(case) = self.case(&written) {
                self.rules.cases.push(case);
            }
        }
    }

    fn case(&mut self, written: &syntax::Case) -> Option<Case> {
        let Some(on) = written.on else {
            let wrong = Diagnostic::new(
                "undated",
                message!("本案例没有日期", "this case has no day"),
                written.span,
                message!("哪一天认定？", "decided on which day?"),
            );
            self.refuse(wrong.help(message!("加上 `于 2021-03-01`", "add `on 2021-03-01`")));
            return None;
        };
        if written.persons.is_empty() {
            let wrong = Diagnostic::new(
                "no-members",
                message!("这一户没有成员", "this household has no members"),
                written.span,
                message!("无人居住", "nobody lives in it"),
            );
            self.refuse(wrong.help(message!(
                "加一名成员：`个人 李某：角色 为 户主，工资 为 0`",
                "add one: `person Li: role is head, wage is 0`"
            )));
            return None;
        }
        for (at, person) in written.persons.iter().enumerate() {
            if let Some(first) = written.persons[..at].iter().find(|one| one.name.text == person.name.text) {
                let title = message!("有两名成员都叫 `{}`", "two members are called `{}`", person.name.text);
                let wrong = Diagnostic::new("two-meanings", title, person.name.span, message!("第二个", "the second"));
                self.refuse(
                    wrong
                        .and_at(first.name.span, message!("第一个", "the first"))
                        .help(message!("给其中一名换个称呼", "call one of them otherwise")),
                );
            }
        }
        let names = written.persons.iter().map(|person| person.name.text.clone());
        let mut household = Household::unknown(&self.rules, &written.label.en, names);
        self.one_axis(written);
        let seen = (on, written.known.map(|(known, _)| known));
        self.facts(&mut household, Place::Household, &written.household, seen);
        for (at, person) in written.persons.iter().enumerate() {
            self.facts(&mut household, Place::Person(at), &person.facts, seen);
        }
        let expects = written.expects.iter().map(|one| self.expected(&household, one, on)).collect::<Vec<_>>();
        let expects = expects.into_iter().flatten().collect();
        Some(Case { label: written.label.clone(), on, household, expects })
    }

    /// Days on which things were known, and positions in a record, are not compared: a case keeps to one of the two.
    fn one_axis(&mut self, written: &syntax::Case) {
        let facts = written.household.iter().chain(written.persons.iter().flat_map(|person| &person.facts));
        let all: Vec<(Known, Span)> = written.known.into_iter().chain(facts.filter_map(|fact| fact.known)).collect();
        let Some((first, first_span)) = all.first().copied() else { return };
        if let Some((_, span)) = all.iter().find(|(known, _)| !known.is_comparable(first)) {
            let title = message!("日期与记录中的位置不能相比", "a day and a position in the record cannot be compared");
            let wrong = Diagnostic::new("two-axes", title, *span, message!("其中之一", "one of them"));
            let wrong = wrong.and_at(first_span, message!("另一个", "the other"));
            self.refuse(wrong.help(message!(
                "同一案例的事实，或者都写获知日期，或者都写记录位置",
                "say of all facts of a case on which day they were known, or of all at which position"
            )));
        }
    }

    /// The facts as they are on a day, by what was known. A later statement of the same replaces an earlier one.
    fn facts(
        &mut self,
        household: &mut Household,
        place: Place,
        facts: &[CaseFact],
        (on, known): (civil::Date, Option<Known>),
    ) {
        let mut said: Vec<(usize, When, u32, Span)> = vec![];
        // What a fact is, by fact and month or first day.
        let mut latest: BTreeMap<(usize, i64), Stated> = BTreeMap::new();
        for written in facts {
            let (name, value) = (&written.name, &written.value);
            let Some(fact) = self.fact(place.entity(), name) else { continue };
            let of = &self.rules.facts(place.entity())[fact];
            let (kind, is_signed, is_monthly) = (of.kind, of.is_signed, of.is_monthly);
            if matches!(written.when, When::During(..)) != is_monthly {
                self.wrong_when(name, is_monthly);
                continue;
            }
            let since = written.known.map_or(0, |(known, _)| known.number());
            let twice = |(other, when, then, _): &&(usize, When, u32, Span)| {
                *other == fact && *then == since && overlap(*when, written.when)
            };
            if let Some((.., first)) = said.iter().find(twice) {
                let title = message!("`{}` 写了两次", "`{}` is said twice", name.text);
                let wrong = Diagnostic::new("two-meanings", title, name.span, message!("第二次", "the second time"));
                self.refuse(wrong.and_at(*first, message!("第一次", "the first time")).help(message!(
                    "两处留一处；更正要写明何时 `获知`",
                    "keep one of the two; a correction says from when on it was `known`"
                )));
            }
            said.push((fact, written.when, since, name.span));
            if matches!(value, Value::Number { units, .. } if *units < 0) && !is_signed {
                let title = message!("`{}` 不能低于零", "`{}` cannot be below zero", name.text);
                let wrong = Diagnostic::new("wrong-value", title, value.span(), message!("低于零", "below zero"));
                self.refuse(wrong.help(message!(
                    "如果可以低于零，请在输入上声明 `可负`",
                    "where it can, declare the input `signed`"
                )));
                continue;
            }
            let value = self.held(kind, value);
            if known.is_some_and(|known| since > known.number()) {
                continue;
            }
            let keys = match written.when {
                When::Ever => 0..=0,
                When::From(day) if day > on => continue,
                When::From(day) => {
                    let day = crate::value::day_number(day);
                    day..=day
                }
                When::During(first, last) => first..=last,
            };
            for key in keys {
                let entry = latest.entry((fact, key)).or_insert((since, None, None));
                if entry.0 <= since {
                    *entry = (since, value, written.source.clone());
                }
            }
        }
        let into = household.facts_mut(place);
        for ((fact, key), (_, value, source)) in latest {
            // Days come in order, so the last that is set is the one in force.
            if self.rules.facts(place.entity())[fact].is_monthly {
                into.set_in(fact, key, value, source);
            } else {
                into.set(fact, value, source);
            }
        }
    }

    fn wrong_when(&mut self, name: &Name, is_monthly: bool) {
        let (title, help) = if is_monthly {
            let help = message!(
                "写作 `{} 期间 2020-01 至 2020-12 为 …`",
                "write `{} during 2020-01 to 2020-12 is …`",
                name.text
            );
            (message!("`{}` 每个月各有一个值：要哪个月？", "`{}` has a value for each month: which?", name.text), help)
        } else {
            let help = message!(
                "去掉 `期间`，或者把输入声明为 `按月`；自某日起的事实写 `自 2020-01-15`",
                "take `during` out, or declare the input `monthly`; what it is from a day on: `from 2020-01-15`"
            );
            (message!("`{}` 不是每个月各有一个值", "`{}` has no value for each month", name.text), help)
        };
        self.refuse(Diagnostic::new("which-month", title, name.span, message!("", "")).help(help));
    }

    fn fact(&mut self, entity: Entity, name: &Name) -> Option<usize> {
        let text = if name.text == "角色" { "role" } else { &name.text };
        let facts = self.rules.facts(entity);
        if let Some(at) = facts.iter().position(|fact| fact.name == text) {
            return Some(at);
        }
        let known: Vec<String> = facts.iter().map(|fact| fact.name.clone()).collect();
        let title = message!("没有输入 `{}.{}`", "there is no input `{}.{}`", super::spelled(entity), name.text);
        let wrong = Diagnostic::new("unknown-name", title, name.span, message!("没有声明", "not declared"));
        let is_of_other = self.rules.facts(entity.other()).iter().any(|fact| fact.name == text);
        let wrong = match nearest(text, known.iter().map(String::as_str)) {
            None if is_of_other && entity == Entity::Household => wrong.help(message!(
                "个人有：写在成员的 `个人 …` 之后；问缺什么时写是谁的，如 `李某.{}`",
                "a person has it: write it behind a member's `person …`, and of what is missing whose it is, as `Li.{}`",
                name.text
            )),
            None if is_of_other => {
                wrong.help(message!("家庭有：写在 `家庭` 之后", "a household has it: write it behind `household`"))
            }
            Some(guess) => wrong.help(do_you_mean(guess)),
            None => wrong.help(message!("现有的输入：{}", "its inputs are: {}", list(&known))),
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
            let title = message!("没有 `{}` 这项对{}的认定", "there is no decision `{}` on a {}", name.text, of);
            let wrong = Diagnostic::new("unknown-name", title, name.span, message!("没有声明", "not declared"));
            let elsewhere = all.contains(&name.text);
            self.refuse(match nearest(&name.text, all.iter().map(String::as_str)) {
                Some(guess) => wrong.help(do_you_mean(guess)),
                None if elsewhere && place == Place::Household => wrong.help(message!(
                    "它是对个人的认定：写明是谁，如 `应 李某.{} 是`",
                    "it is on a person: write whose, as `expect Li.{} yes`",
                    name.text
                )),
                None => wrong.help(message!("现有的认定：{}", "the decisions are: {}", list(&all))),
            });
            return None;
        };
        let version = self.rules.decisions[decision].on(on);
        let conditions: Vec<String> =
            version.map(|version| version.conditions.iter().map(|one| one.name.clone()).collect()).unwrap_or_default();
        let unknown: Vec<&Name> = written.because.iter().filter(|one| !conditions.contains(&one.text)).collect();
        if let Some(unknown) = unknown.first() {
            let title =
                message!("{on}的 `{}` 没有条件 `{}`", "`{}` has no condition `{}` on {on}", name.text, unknown.text);
            let wrong = Diagnostic::new(
                "unknown-name",
                title,
                unknown.span,
                message!("不是它的条件", "not one of its conditions"),
            );
            self.refuse(wrong.help(match conditions.is_empty() {
                true => message!(
                    "这一天没有现行有效的规则：写另一天，或改规则的起止日期",
                    "no rule for it is in force on that day: name another, or change the days of the rule"
                ),
                false => message!("它的条件有：{}", "its conditions are: {}", list(&conditions)),
            }));
            return None;
        }
        self.reasons_fit(written);
        let mut missing = vec![];
        for (person, name, during) in &written.missing {
            let place = self.place(household, person.as_ref())?;
            let fact = self.fact(place.entity(), name)?;
            let is_monthly = self.rules.facts(place.entity())[fact].is_monthly;
            match during {
                Some((first, last)) if is_monthly => {
                    missing.extend((*first..=*last).map(|month| Gap::MissingIn(place, fact, month)));
                }
                None if !is_monthly => missing.push(Gap::Missing(place, fact)),
                Some(_) | None => {
                    self.wrong_when(name, is_monthly);
                    return None;
                }
            }
        }
        missing.sort();
        missing.dedup();
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

    /// Reasons are those of a no, and each is named once.
    fn reasons_fit(&mut self, written: &syntax::Expected) {
        if let Some(first) = written.because.first().filter(|_| written.answer != syntax::Answer::No) {
            let title = message!("只有“否”才写 `因`", "only a `no` is `because` of something");
            let wrong = Diagnostic::new("wrong-reason", title, first.span, message!("", ""));
            self.refuse(wrong.help(message!(
                "去掉 `因 …`；无法判断的，写 `缺` 哪些事实",
                "take `because …` out; of what cannot be said, say which facts are `missing`"
            )));
        }
        let amiss = match written.answer {
            syntax::Answer::No if !written.missing.is_empty() => message!("“否”不缺什么", "a `no` lacks nothing"),
            syntax::Answer::CannotSay if written.pay_fen.is_some() => {
                message!("无法判断的，不知道支付多少", "of what cannot be said nobody knows what it pays")
            }
            _ => Message::default(),
        };
        if amiss != Message::default() {
            let wrong = Diagnostic::new("wrong-reason", amiss, written.span, message!("", ""));
            self.refuse(wrong.help(message!(
                "`否` 写 `因`，`无法判断` 写 `缺`，`是` 写 `支付`",
                "say `because` of a `no`, `missing` of a `cannot say`, and `pay` of a `yes`"
            )));
        }
        let twice = |(at, name): (usize, &Name)| written.because[..at].iter().any(|one| one.text == name.text);
        if let Some(at) = written.because.iter().enumerate().position(twice) {
            let name = &written.because[at];
            let title = message!("条件 `{}` 写了两次", "the condition `{}` is named twice", name.text);
            let wrong = Diagnostic::new("wrong-reason", title, name.span, message!("第二次", "the second time"));
            self.refuse(wrong.help(message!("去掉一处", "take one of the two out")));
        }
    }

    fn place(&mut self, household: &Household, person: Option<&Name>) -> Option<Place> {
        let Some(person) = person else { return Some(Place::Household) };
        if let Some(at) = household.persons.iter().position(|one| one.name == person.text) {
            return Some(Place::Person(at));
        }
        let known: Vec<&str> = household.persons.iter().map(|one| one.name.as_str()).collect();
        let title = message!("这一户没有叫 `{}` 的人", "nobody in this household is called `{}`", person.text);
        let wrong = Diagnostic::new("unknown-name", title, person.span, message!("不是成员", "not a member"));
        self.refuse(wrong.help(message!("成员有：{}", "its members are: {}", list(&known))));
        None
    }
}

/// From when on something was known, its value, and where it was read.
type Stated = (u32, Option<i64>, Option<String>);

/// Whether two statements speak of the same months, or of the same day.
fn overlap(a: When, b: When) -> bool {
    match (a, b) {
        (When::During(a, to), When::During(b, until)) => a <= until && b <= to,
        (When::Ever, When::Ever) => true,
        (When::From(a), When::From(b)) => a == b,
        (When::Ever | When::From(_) | When::During(..), _) => false,
    }
}
