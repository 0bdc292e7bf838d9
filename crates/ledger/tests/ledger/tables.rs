//! The two tables as officials review them, and that the ledger behaves as they say.

use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::act::{self, Act, ActKind, Words, is_possible};
use ledger::audience::Audience;
use ledger::id::{MatterId, OfficerId};
use ledger::matter::{CallBackFinding, Kind, LinkRelation, Method, Outcome, PublicItem, StateKind};
use ledger::party::Party;
use ledger::rights::{self, Relation, Role, allowed};
use ledger::{Refusal, evidence::EvidenceKind};
use sha2::{Digest as _, Sha256};

use crate::city::{self, CHIEF, CLERK, LEADER, SUPERVISION, WATER, WATER_HEAD, bring, city, directive};
use crate::world::{World, hand, text};

#[test]
fn the_life_cycle_is_as_it_was_reviewed() {
    insta::assert_snapshot!("life_cycle", act::table());
}

#[test]
fn the_rights_are_as_they_were_reviewed() {
    insta::assert_snapshot!("rights", rights::table());
}

#[test]
fn an_auditor_may_do_nothing() {
    let may: Vec<(ActKind, Relation)> = ActKind::ALL
        .iter()
        .flat_map(|act| Relation::ALL.iter().map(move |relation| (*act, *relation)))
        .filter(|(act, relation)| allowed(*act, Role::Auditor, *relation))
        .collect();
    assert_eq!(may, []);
}

#[test]
fn the_hash_in_each_event_is_that_of_the_rights_table() {
    let hash: [u8; 32] = Sha256::digest(rights::table().as_bytes()).into();
    assert_eq!(rights::table_hash(), hash);
}

#[test]
fn the_rights_table_prints_every_right_and_no_other() {
    let printed = rights::table();
    let printed: BTreeSet<(&str, &str, &str)> = printed
        .lines()
        .flat_map(|line| {
            let mut words = line.split_whitespace();
            let (act, role) = (words.next().expect("an act"), words.next().expect("a role"));
            words.map(move |relation| (act, role, relation))
        })
        .collect();
    for act in ActKind::ALL {
        for role in Role::ALL {
            for relation in Relation::ALL {
                let line = (act.code(), role.code(), relation.code());
                assert_eq!(printed.contains(&line), allowed(*act, *role, *relation), "{line:?}");
            }
        }
    }
}

#[test]
fn who_holds_no_post_and_who_only_sets_up_posts_act_on_no_matter() {
    let on_matters = ActKind::ALL.iter().filter(|act| StateKind::ALL.iter().any(|s| is_possible(*s, **act)));
    for act in on_matters.filter(|act| **act != ActKind::Contradict) {
        for relation in Relation::ALL {
            assert!(!allowed(*act, Role::Public, *relation), "{act:?}");
            assert!(!allowed(*act, Role::Administrator, *relation), "{act:?}");
        }
    }
}

/// An act that nothing but the life cycle could refuse in a matter made by `ready`, and an officer who has the right.
fn sample(world: &mut World, id: MatterId, kind: ActKind) -> Option<(OfficerId, Act)> {
    let matter = world.matter(id);
    let reason = || text("For a reason");
    let piece = matter.evidence.first().map(|piece| piece.id);
    let sub = matter.subs.first().map_or(MatterId(world.fresh()), |sub| sub.id);
    Some(match kind {
        ActKind::Assign => (CLERK, city::water_assigned(date(2026, 11, 20))),
        ActKind::Reassign => {
            let lead = Party::Unit(city::ROADS);
            (CLERK, Act::Reassign { lead, supervising: SUPERVISION, criterion: Some(reason()), reason: reason() })
        }
        ActKind::SignFor => (WATER_HEAD, Act::SignFor),
        ActKind::Dispute => (WATER_HEAD, Act::Dispute { reason: reason() }),
        ActKind::AskExtension => (WATER_HEAD, Act::AskExtension { to: date(2026, 12, 20), reason: reason() }),
        ActKind::DecideExtension => {
            (CLERK, Act::DecideExtension { granted: Some(date(2026, 12, 20)), reason: reason() })
        }
        ActKind::NameObstacle => (WATER_HEAD, Act::NameObstacle { obstacle: reason(), remover: None }),
        ActKind::RemoveObstacle => (CLERK, Act::RemoveObstacle { no: 1, note: None }),
        ActKind::AskQuestion => (WATER_HEAD, Act::AskQuestion { question: reason() }),
        ActKind::AnswerQuestion => (CLERK, Act::AnswerQuestion { no: 1, answer: reason() }),
        ActKind::Acknowledge if matter.lead.is_none() => (CLERK, Act::Acknowledge),
        ActKind::Acknowledge => (WATER_HEAD, Act::Acknowledge),
        ActKind::RecordProgress => (WATER_HEAD, Act::RecordProgress { note: None }),
        ActKind::AddEvidence => (WATER_HEAD, city::evidence(world.evidence_id(), EvidenceKind::Photo)),
        ActKind::DraftReport => (WATER_HEAD, city::draft(Outcome::Done, piece.as_slice())),
        ActKind::SignReport => (WATER_HEAD, Act::SignReport),
        ActKind::NameVerifier => (CLERK, Act::NameVerifier { verifier: city::PARKS_HEAD }),
        ActKind::Verify => (CLERK, city::verify(Method::SiteVisit)),
        ActKind::Return => (CLERK, Act::Return { reason: reason() }),
        ActKind::Clear => (CHIEF, city::clear()),
        ActKind::Reopen => (CLERK, Act::Reopen { due: date(2027, 3, 1), reason: reason() }),
        ActKind::Withdraw => {
            (CLERK, Act::Withdraw { authority: text("The meeting"), reason: reason(), successor: None })
        }
        ActKind::Correct => {
            let words = Words { directive: reason(), owner: None, deadline: None, quantity: None };
            let (successor, number) = (MatterId(world.fresh()), world.number(ledger::id::Series::General));
            (CLERK, Act::Correct { successor, number, words, reason: reason() })
        }
        ActKind::Publish => (CLERK, Act::Publish { items: BTreeSet::from([PublicItem::Directive]) }),
        ActKind::ChangeAudience => {
            let audience = Audience::Units(BTreeSet::from([SUPERVISION, WATER]));
            (CLERK, Act::ChangeAudience { audience, reason: reason() })
        }
        ActKind::Decompose => {
            let (sub, number) = (MatterId(world.fresh()), world.number(ledger::id::Series::General));
            (CLERK, Act::Decompose { sub, number, directive: reason() })
        }
        ActKind::Waive => (CLERK, Act::Waive { sub, reason: reason() }),
        ActKind::Appeal => (CLERK, Act::Appeal { grounds: reason() }),
        ActKind::DecideAppeal => (CLERK, Act::DecideAppeal { upheld: true, reason: reason() }),
        ActKind::Escalate => (CLERK, Act::Escalate { to: LEADER, reason: reason() }),
        ActKind::Instruct => (LEADER, Act::Instruct { instruction: reason() }),
        ActKind::Link => {
            let other = city::directive(world, StateKind::Opened);
            (CLERK, Act::Link { other: world.matter(other), relation: LinkRelation::Related, note: None })
        }
        ActKind::Merge => {
            let into = city::directive(world, StateKind::Assigned);
            (CLERK, Act::Merge { into: world.matter(into), reason: reason() })
        }
        ActKind::IssueNotice => (CLERK, city::notice(world)),
        ActKind::Contradict => (OfficerId::PUBLIC, city::contradict(world)),
        ActKind::CallBack => (city::PARKS_HEAD, city::call_back(CallBackFinding::Stands, None)),
        ActKind::Open
        | ActKind::Ingest
        | ActKind::Settle
        | ActKind::Teach
        | ActKind::Ask
        | ActKind::Observe
        | ActKind::Organise
        | ActKind::Delegate
        | ActKind::AskErasure
        | ActKind::TakeBack
        | ActKind::ApproveErasure => return None,
    })
}

/// A matter in `state` on which `act` finds what it needs besides the state: an extension to decide, a draft to sign.
fn ready(state: StateKind, act: ActKind) -> (World, MatterId) {
    let mut world = city();
    let reason = || text("For a reason");
    if matches!(act, ActKind::Appeal | ActKind::DecideAppeal) {
        let id = world.opens(CLERK, Kind::Need, "A home for the winter", Audience::Office);
        let outcome = Outcome::Refused { appeal_until: date(2026, 11, 30) };
        match state {
            StateKind::Reported | StateKind::Verified => {
                bring(&mut world, id, StateKind::UnderWay);
                city::reports(&mut world, id, outcome, (city::WATER_MEMBER, WATER_HEAD));
                if act == ActKind::DecideAppeal {
                    world.does(CLERK, id, Act::Appeal { grounds: reason() });
                }
                if state == StateKind::Verified {
                    world.does(CLERK, id, city::verify(Method::CallBack));
                }
            }
            StateKind::Opened
            | StateKind::Assigned
            | StateKind::UnderWay
            | StateKind::Cleared
            | StateKind::Withdrawn => bring(&mut world, id, state),
        }
        return (world, id);
    }
    if act == ActKind::Waive {
        let id = directive(&mut world, StateKind::Opened);
        let (_, decompose) = sample(&mut world, id, ActKind::Decompose).expect("an act on a matter");
        world.does(CLERK, id, decompose);
        let sub = world.matter(id).subs[0].id;
        if !matches!(state, StateKind::Opened | StateKind::Assigned | StateKind::UnderWay) {
            bring(&mut world, sub, StateKind::Withdrawn);
        }
        bring(&mut world, id, state);
        return (world, id);
    }
    if matches!(act, ActKind::Contradict | ActKind::CallBack) {
        let id = directive(&mut world, state);
        world.does(CLERK, id, Act::Publish { items: BTreeSet::from([PublicItem::Directive]) });
        city::posted(&mut world, city::PARKS_HEAD, SUPERVISION, ledger::organisation::Duty::Member);
        if state == StateKind::Cleared && act == ActKind::CallBack {
            let said = city::contradict(&mut world);
            world.does(OfficerId::PUBLIC, id, said);
        }
        return (world, id);
    }
    if act == ActKind::Acknowledge {
        let id = directive(&mut world, StateKind::Opened);
        world.does(LEADER, id, Act::Instruct { instruction: reason() });
        if state == StateKind::Withdrawn {
            bring(&mut world, id, StateKind::Assigned);
            city::advance(&mut world, id, state);
            return (world, id);
        }
        bring(&mut world, id, state);
        return (world, id);
    }
    let decides = matches!(act, ActKind::DecideExtension | ActKind::RemoveObstacle | ActKind::AnswerQuestion);
    if decides && state != StateKind::Opened {
        let id = directive(&mut world, StateKind::Assigned);
        world.does(WATER_HEAD, id, Act::AskExtension { to: date(2026, 12, 20), reason: reason() });
        world.does(WATER_HEAD, id, Act::NameObstacle { obstacle: reason(), remover: None });
        world.does(WATER_HEAD, id, Act::AskQuestion { question: reason() });
        city::advance(&mut world, id, state);
        return (world, id);
    }
    let id = directive(&mut world, state);
    if state == StateKind::UnderWay && matches!(act, ActKind::DraftReport | ActKind::SignReport) {
        let piece = world.evidence_id();
        world.does(WATER_HEAD, id, city::evidence(piece, EvidenceKind::Document));
        world.does(city::WATER_MEMBER, id, city::draft(Outcome::Done, &[piece]));
    }
    (world, id)
}

/// Every state with every act, each by an officer who has the right and with whatever else the act asks for.
#[test]
fn every_act_is_done_in_the_states_the_table_names_and_refused_in_all_others() {
    for state in StateKind::ALL {
        for kind in ActKind::ALL {
            let (mut world, id) = ready(*state, *kind);
            assert_eq!(world.matter(id).state.kind(), *state, "{kind:?} was not made ready");
            let Some((officer, act)) = sample(&mut world, id, *kind) else {
                assert!(!is_possible(*state, *kind), "{kind:?} is no act on a matter");
                continue;
            };
            // Before it is assigned, and once disputed, nobody leads a matter: then the right itself is missing.
            let unplaced = world.matter(id).lead.is_none();
            match (is_possible(*state, *kind), world.act(hand(officer), id, act)) {
                (true, Ok(())) => {}
                (false, Err(Refusal::WrongState { state: named, act: tried })) => {
                    assert_eq!((named, tried), (*state, *kind));
                }
                (false, Err(Refusal::NotPermitted { .. })) if unplaced && officer == WATER_HEAD => {}
                (possible, outcome) => panic!("{state:?} {kind:?}: possible {possible}, but {outcome:?}"),
            }
        }
    }
}
