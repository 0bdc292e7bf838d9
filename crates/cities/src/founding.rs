//! The city's units, posts and officers.

use ledger::Name;
use ledger::event::Personal;
use ledger::id::{OfficerId, PersonId, PostId, UnitId};
use ledger::matter::Hand;
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};

use crate::{BEGINS, City, Hands, Lead};

/// Clerks of the supervision office.
const CLERKS: usize = 6;

struct Founding<'a> {
    hands: &'a Hands<'a>,
    admin: OfficerId,
    count: std::cell::Cell<usize>,
}

pub(crate) fn found(hands: &Hands<'_>, units: usize) -> City {
    let admin = OfficerId(hands.id());
    let founding = Founding { hands, admin, count: Default::default() };
    let first = First {
        unit: UnitId(hands.id()),
        unit_text: UnitText { name: name("大数据中心", "Data Centre"), aliases: vec![] },
        function: Function::Executing,
        post: PostId(hands.id()),
        post_text: PostText { title: name("管理员", "Administrator") },
        personal: founding.person(),
    };
    hands.change(admin, move |read| {
        let (first, by) = (first.clone(), Hand { officer: admin, on_behalf: None });
        Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
    });
    let executive = founding.unit(None, Function::Deciding, ("市政府常务会议", "Executive Meeting"));
    let supervision = founding.unit(Some(executive), Function::Supervision, ("督查室", "Supervision Office"));
    let head = founding.officer(supervision, Duty::Head);
    let clerks = (0..CLERKS).map(|_| founding.officer(supervision, Duty::Member)).collect();
    let lead = |no: usize| {
        let names = (format!("第{no}工作局"), format!("Bureau {no}"));
        let unit = founding.unit(Some(executive), Function::Executing, (&names.0, &names.1));
        let [head, first, second] = [Duty::Head, Duty::Member, Duty::Member].map(|duty| founding.officer(unit, duty));
        Lead { unit, head, members: [first, second] }
    };
    City { clerks, head, leads: (1..=units.max(1)).map(lead).collect(), supervision }
}

impl Founding<'_> {
    fn person(&self) -> Personal<OfficerName> {
        let no = self.count.replace(self.count.get() + 1);
        let name = name(&format!("职员{no}"), &format!("Officer {no}"));
        Personal { person: PersonId(self.hands.id()), value: OfficerName { name } }
    }

    fn unit(&self, parent: Option<UnitId>, function: Function, (zh, en): (&str, &str)) -> UnitId {
        let unit = UnitId(self.hands.id());
        let text = UnitText { name: name(zh, en), aliases: vec![] };
        self.organise(Change::FoundUnit { unit, parent, function, text });
        unit
    }

    fn officer(&self, unit: UnitId, duty: Duty) -> OfficerId {
        let (post, officer) = (PostId(self.hands.id()), OfficerId(self.hands.id()));
        self.organise(Change::MakePost { unit, post, duty, text: PostText { title: name("职位", "Post") } });
        self.organise(Change::EnrolIn { officer, personal: self.person(), post, from: BEGINS });
        officer
    }

    fn organise(&self, change: Change) {
        let officer = self.admin;
        self.hands.change(officer, move |read| {
            let (change, by) = (change.clone(), Hand { officer, on_behalf: None });
            Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
        });
    }
}

fn name(zh: &str, en: &str) -> Name {
    Name::parse(zh, en).expect("a name")
}
