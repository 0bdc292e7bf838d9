//! What is projected for desks is what the ledger's rule says, for every officer, as what and on which day; and a desk
//! is the same whether or not there is a matter that its officer may not know.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::{Audience, sees};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, MatterId, OfficerId, Stream};
use ledger::matter::{Group, Method, Outcome};
use ledger::organisation::Duty;
use ledger::party::Party;
use uuid::Uuid;

use super::office::{CLERK, CLERK2, Office, WATER, WATER_HEAD, text};
use crate::{MatterFilter, StoreFault};

const WATER_MEMBER: OfficerId = OfficerId(Uuid::from_u128(0xf1));
const OFFICERS: [OfficerId; 4] = [CLERK, CLERK2, WATER_HEAD, WATER_MEMBER];

type Desks = BTreeMap<(OfficerId, Group), BTreeSet<MatterId>>;

/// As the lists give it.
fn listed(office: &Office) -> Desks {
    let mut desks = Desks::new();
    for officer in OFFICERS {
        for group in Group::ALL {
            let filter = MatterFilter { waits: Some(*group), ..MatterFilter::default() };
            let lines = office.store.read(|read| read.matters(Some(officer), &filter, 500, 0)).expect("a list");
            desks.insert((officer, *group), lines.into_iter().map(|line| line.id).collect());
        }
    }
    desks
}

/// As the rule says it.
fn by_the_rule(office: &Office, matters: &[MatterId]) -> Desks {
    let read = office.store.read(|read| {
        let (organisation, calendar, today) = (read.organisation()?, read.calendar()?, read.today());
        let mut desks = Desks::new();
        for officer in OFFICERS {
            for group in Group::ALL {
                desks.insert((officer, *group), BTreeSet::new());
            }
            for id in matters {
                let matter = read.matter(*id)?.expect("it was opened");
                if !sees(&organisation, Some(officer), &matter, today) {
                    continue;
                }
                let waits = matter.waits(&organisation, &calendar);
                let mine = waits.iter().filter(|wait| wait.stands_for(&organisation, officer, today));
                let groups: BTreeSet<Group> = mine.map(|wait| wait.group).collect();
                let is_pressing = groups.iter().any(|group| *group != Group::UnderWay);
                for group in groups.into_iter().filter(|group| *group != Group::UnderWay || !is_pressing) {
                    desks.entry((officer, group)).or_default().insert(*id);
                }
            }
        }
        Ok::<_, StoreFault>(desks)
    });
    read.expect("a state")
}

fn evidence(no: u128) -> Act {
    let text = EvidenceText {
        file_name: text("a.pdf"),
        media_type: text("application/pdf"),
        sha256: text("00"),
        caption: None,
    };
    Act::AddEvidence { evidence: EvidenceId(Uuid::from_u128(no)), kind: EvidenceKind::Document, bytes: 3, text }
}

fn office() -> Office {
    let office = Office::new();
    office.enrol(WATER_MEMBER, WATER, Duty::Member, "Member Lan");
    office
}

/// Six matters, each taken further than the one before.
fn busy(office: &Office) -> Vec<MatterId> {
    let matters: Vec<MatterId> =
        (0..6).map(|n| office.open_matter(&format!("Dredge outfall {n}"), Audience::Office)).collect();
    let act = |officer, at: usize, act| office.act(officer, matters[at], act).map(|_| ()).expect("it may be done");
    matters[1..].iter().for_each(|matter| office.assign(*matter));
    for at in 2..6 {
        act(WATER_MEMBER, at, Act::SignFor);
    }
    act(WATER_HEAD, 2, Act::AskQuestion { question: text("Which outfall?") });
    act(WATER_HEAD, 2, Act::NameObstacle { obstacle: text("No permit"), remover: Some(Party::Officer(CLERK2)) });
    act(WATER_HEAD, 3, Act::AskExtension { to: date(2027, 1, 20), reason: text("Ice") });
    for at in 3..6 {
        act(WATER_MEMBER, at, evidence(at as u128));
    }
    for at in 4..6 {
        let pieces = vec![EvidenceId(Uuid::from_u128(at as u128))];
        act(WATER_MEMBER, at, Act::DraftReport { outcome: Outcome::Done, evidence: pieces, report: text("Done") });
    }
    act(WATER_HEAD, 5, Act::SignReport);
    act(CLERK, 5, Act::Verify { method: Method::SiteVisit, finding: text("Seen") });
    matters
}

#[test]
fn desks_are_listed_as_the_rule_says_on_every_day() {
    let office = office();
    let matters = busy(&office);
    for days in [0, 40, 6, 3, 10] {
        office.wait(days);
        assert_eq!(listed(&office), by_the_rule(&office, &matters), "after {days} more days");
    }
    let listed = listed(&office);
    assert!(listed[&(CLERK, Group::Clear)].is_empty(), "who verified does not clear");
    assert_eq!(listed[&(CLERK2, Group::Clear)], BTreeSet::from([matters[5]]));
    assert_eq!(listed[&(CLERK2, Group::Remove)], BTreeSet::from([matters[2]]));
    assert_eq!(listed[&(WATER_MEMBER, Group::SignReport)], BTreeSet::new());
    assert_eq!(listed[&(WATER_HEAD, Group::SignReport)], BTreeSet::from([matters[4]]));
    let digest = office.store.digest().expect("a digest");
    office.store.rebuild().expect("rebuilt");
    assert_eq!(office.store.digest().expect("a digest"), digest);
}

#[test]
fn an_answer_and_a_return_come_back_to_the_lead() {
    let office = office();
    let matters = busy(&office);
    let on = |group| listed(&office)[&(WATER_MEMBER, group)].clone();
    office.act(CLERK, matters[2], Act::AnswerQuestion { no: 1, answer: text("The northern one") }).expect("answered");
    assert_eq!(on(Group::Acknowledge), BTreeSet::from([matters[2]]));
    office.act(WATER_HEAD, matters[2], Act::Acknowledge).expect("taken note of");
    assert_eq!(on(Group::Acknowledge), BTreeSet::new());
    office.act(CLERK, matters[5], Act::Return { reason: text("The second inspection is missing") }).expect("returned");
    assert_eq!(on(Group::Returned), BTreeSet::from([matters[5]]));
    assert_eq!(listed(&office), by_the_rule(&office, &matters));
}

#[test]
fn a_desk_is_the_same_with_and_without_a_matter_its_officer_may_not_know() {
    let (with, without) = (office(), office());
    let [matters, _] = [&with, &without].map(busy);
    let before = listed(&with);
    let secret = with.open_matter("A clue", Audience::Circle([CLERK, WATER_HEAD].into()));
    without.wait(0);
    let counted = |office: &Office, officer| -> Vec<crate::Count> {
        let filters = Group::ALL.iter().map(|group| MatterFilter { waits: Some(*group), ..MatterFilter::default() });
        filters.map(|filter| office.store.read(|read| read.count(Some(officer), &filter)).expect("a count")).collect()
    };
    for officer in [CLERK2, WATER_MEMBER] {
        assert_eq!(counted(&with, officer), counted(&without, officer));
    }
    let after = listed(&with);
    assert_eq!(after[&(CLERK2, Group::Assign)], before[&(CLERK2, Group::Assign)]);
    assert!(after[&(CLERK, Group::Assign)].contains(&secret));
    assert!(with.store.read(|read| read.version(Stream::Matter(matters[0]))).expect("a version") > 0);
}
