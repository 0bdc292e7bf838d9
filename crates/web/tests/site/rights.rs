//! Role × act × relation over HTTP: what the rights table says is what the site does, for every act on a matter.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use jiff::civil::date;
use ledger::act::{Act, ActKind};
use ledger::audience::Audience;
use ledger::id::{MatterId, Number, PersonId, PostId, Stream, UnitId};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::Change;
use ledger::party::Party;
use ledger::rights::{Relation, Role, allowed};
use ledger::{Name, event::Personal};
use uuid::Uuid;
use web::acts::ACTS;
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, CLERK2, LEADER, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::site::{Browser, Site, officer};

const DECIDING: UnitId = UnitId(Uuid::from_u128(0x53));
/// A second supervision office, for what the first leads itself.
const UPPER: UnitId = UnitId(Uuid::from_u128(0x55));
const UPPER_CLERK: u128 = 8;

const ROLES: [(u128, Role); 8] = [
    (1, Role::Administrator),
    (CLERK, Role::SupervisionHead),
    (CLERK2, Role::Clerk),
    (UPPER_CLERK, Role::Clerk),
    (WATER_HEAD, Role::UnitHead),
    (WATER_MEMBER, Role::UnitOfficer),
    (LEADER, Role::Leader),
    (AUDITOR, Role::Auditor),
];

/// A matter, and how everybody stands to it besides being there, as whoever made it meant it.
struct Case {
    matter: MatterId,
    number: Number,
    stands: BTreeMap<u128, BTreeSet<Relation>>,
}

impl Case {
    fn of((matter, number): (MatterId, Number), stands: &[(Relation, &[u128])]) -> Self {
        let mut all: BTreeMap<u128, BTreeSet<Relation>> =
            ROLES.iter().map(|(no, _)| (*no, BTreeSet::from([Relation::Outside]))).collect();
        for (relation, officers) in stands {
            for no in *officers {
                all.get_mut(no).expect("one of ours").insert(*relation);
            }
        }
        Self { matter, number, stands: all }
    }
}

impl Site {
    fn with_upper_office(&self) {
        let name = |en: &str| Name::parse("", en).expect("a name");
        let words = UnitText { name: name("Upper Office"), aliases: vec![] };
        self.organise(Change::FoundUnit { unit: UPPER, parent: None, function: Function::Supervision, text: words });
        let post = PostId(Uuid::from_u128(0x7008));
        let words = PostText { title: name("Clerk") };
        self.organise(Change::MakePost { unit: UPPER, post, duty: Duty::Member, text: words });
        let value = OfficerName { name: name("Ou Yang") };
        let personal = Personal { person: PersonId(Uuid::from_u128(0x9008)), value };
        self.organise(Change::Enrol { officer: officer(UPPER_CLERK), personal });
        self.organise(Change::TakePost { officer: officer(UPPER_CLERK), post, from: date(2026, 1, 1) });
    }

    fn led_by(&self, words: &str, lead: Party, supervising: UnitId, by: u128) -> (MatterId, Number) {
        let (matter, number) = self.open(words, Audience::Office);
        let (criterion, due) = (text("Seen to be done"), date(2026, 12, 24));
        self.act(by, matter, Act::Assign { lead, supervising, criterion, due });
        (matter, number)
    }

    /// Matters that between them put every role in every relation it can stand in.
    fn cases(&self) -> Vec<Case> {
        use Relation::{Lead, NamedVerifier, Remover, Supervising};
        let held_up = |by: u128, matter: MatterId, remover: UnitId| {
            let obstacle = text("The road is closed");
            self.act(by, matter, Act::NameObstacle { obstacle, remover: Some(Party::Unit(remover)) });
        };
        let opened = self.open("Led by nobody yet", Audience::Office);
        let offices: &[u128] = &[CLERK, CLERK2];
        let water: &[u128] = &[WATER_HEAD, WATER_MEMBER];

        let by_water = self.led_by("Led by the bureau", Party::Unit(WATER), SUPERVISION, CLERK);
        let (matter, _) = by_water;
        self.act(WATER_HEAD, matter, Act::SignFor);
        held_up(WATER_HEAD, matter, DECIDING);

        let by_leader = self.led_by("Led by the leader", Party::Officer(officer(LEADER)), SUPERVISION, CLERK);
        let (matter, _) = by_leader;
        self.act(LEADER, matter, Act::SignFor);
        held_up(LEADER, matter, WATER);
        held_up(LEADER, matter, SUPERVISION);
        self.act(CLERK, matter, Act::NameVerifier { verifier: officer(CLERK2) });
        self.act(CLERK2, matter, Act::NameVerifier { verifier: officer(CLERK) });

        let by_office = self.led_by("Led by the office", Party::Unit(SUPERVISION), UPPER, UPPER_CLERK);
        let (matter, _) = by_office;
        self.act(CLERK, matter, Act::SignFor);
        held_up(CLERK, matter, UPPER);
        for verifier in [WATER_HEAD, WATER_MEMBER, LEADER] {
            self.act(UPPER_CLERK, matter, Act::NameVerifier { verifier: officer(verifier) });
        }
        vec![
            Case::of(opened, &[(Supervising, offices), (Supervising, &[UPPER_CLERK])]),
            Case::of(by_water, &[(Lead, water), (Supervising, offices), (Remover, &[LEADER])]),
            Case::of(
                by_leader,
                &[
                    (Lead, &[LEADER]),
                    (Supervising, offices),
                    (Remover, water),
                    (Remover, offices),
                    (NamedVerifier, offices),
                ],
            ),
            Case::of(
                by_office,
                &[
                    (Lead, offices),
                    (Supervising, &[UPPER_CLERK]),
                    (Remover, &[UPPER_CLERK]),
                    (NamedVerifier, &[WATER_HEAD, WATER_MEMBER, LEADER]),
                ],
            ),
        ]
    }
}

/// Sends the act's form empty: whoever may not do it is told that before anything else.
/// A file is not sent; its form is asked for.
async fn is_permitted(browser: &mut Browser, path: &str) -> bool {
    let answer = if path.ends_with("/evidence") { browser.get(path).await } else { browser.post(path, &[]).await };
    assert!(!answer.status.is_server_error() && answer.status != StatusCode::NOT_FOUND, "{path}: {}", answer.status);
    answer.status != StatusCode::FORBIDDEN
}

#[tokio::test]
async fn every_act_is_open_to_the_roles_and_relations_of_the_table_and_to_no_others() {
    let site = Site::with_city();
    site.with_upper_office();
    let cases = site.cases();
    let mut tried = BTreeSet::new();
    for (no, role) in ROLES {
        let mut browser = site.browser_of(no, Lang::En).await;
        for Case { number, stands, .. } in &cases {
            let relations = &stands[&no];
            for (act, noun, _) in ACTS.iter().filter(|(act, _, _)| *act != ActKind::Contradict) {
                let expected = relations.iter().any(|relation| allowed(*act, role, *relation));
                let path = format!("/matters/{number}/{noun}");
                let permitted = is_permitted(&mut browser, &path).await;
                assert_eq!(permitted, expected, "{role:?} {relations:?} {act:?} at {path}");
                tried.extend(relations.iter().map(|relation| (role, *relation, *act)));
            }
        }
    }
    let stood: BTreeSet<(Role, Relation)> = tried.iter().map(|(role, relation, _)| (*role, *relation)).collect();
    let could: BTreeSet<(Role, Relation)> = ACTS
        .iter()
        .flat_map(|(act, _, _)| Role::ALL.iter().map(move |role| (*act, *role)))
        .flat_map(|(act, role)| Relation::ALL.iter().map(move |relation| (act, role, *relation)))
        .filter(|(act, role, relation)| *role != Role::Public && allowed(*act, *role, *relation))
        .map(|(_, role, relation)| (role, relation))
        // Figures and one's own affairs are no matter, and no deciding body supervises.
        .filter(|(_, relation)| !matches!(relation, Relation::Asked | Relation::Own))
        .filter(|stands| *stands != (Role::Leader, Relation::Supervising))
        .collect();
    let missing: Vec<_> = could.difference(&stood).collect();
    assert!(missing.is_empty(), "nobody stood as {missing:?}");
}

#[tokio::test]
async fn what_concerns_the_office_as_a_whole_is_open_to_the_roles_of_the_table() {
    let site = Site::with_city();
    site.with_upper_office();
    for (acts, relation, path) in [
        (&[ActKind::Open][..], Relation::Outside, "/matters/new"),
        (&[ActKind::Organise], Relation::Outside, "/organisation/units"),
        (&[ActKind::Teach], Relation::Outside, "/profile/1/revocation"),
        (&[ActKind::Delegate], Relation::Own, "/account/delegations"),
        // One hand asks, another approves, at one address.
        (&[ActKind::AskErasure, ActKind::ApproveErasure], Relation::Outside, "/organisation/erasures"),
    ] {
        for (no, role) in ROLES {
            let mut browser = site.browser_of(no, Lang::En).await;
            let permitted = is_permitted(&mut browser, path).await;
            let expected = acts.iter().any(|act| allowed(*act, role, relation));
            assert_eq!(permitted, expected, "{role:?} {acts:?} at {path}");
        }
    }
}

#[tokio::test]
async fn nobody_without_a_post_or_an_account_does_anything_to_a_matter() {
    let site = Site::with_city();
    site.with_upper_office();
    let cases = site.cases();
    let personal = Personal {
        person: PersonId(Uuid::from_u128(0x9009)),
        value: OfficerName { name: Name::parse("", "No Post").expect("a name") },
    };
    site.organise(Change::Enrol { officer: officer(9), personal });
    let versions = || {
        let of =
            |case: &Case| site.app.store.read(|read| read.version(Stream::Matter(case.matter))).expect("a version");
        cases.iter().map(of).collect::<Vec<u64>>()
    };
    let before = versions();
    for (who, mut browser) in [("a visitor", site.browser(Lang::En)), ("no post", site.browser_of(9, Lang::En).await)] {
        for Case { number, .. } in &cases {
            for (act, noun, _) in ACTS {
                let path = match act {
                    // A file comes in pieces, and its first is asked about.
                    ActKind::AddEvidence => format!("/matters/{number}/uploads"),
                    _other => format!("/matters/{number}/{noun}"),
                };
                let status = browser.post(&path, &[]).await.status;
                let is_kept_out = matches!(
                    status,
                    StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER
                );
                assert!(is_kept_out, "{who} at {path}: {status}");
            }
        }
    }
    assert_eq!(versions(), before, "nothing was written");
}
