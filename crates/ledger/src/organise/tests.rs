//! An office of three roots, and what an administrator may and may not make of it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::*;
use crate::act::{Act, Facts, Opening};
use crate::audience::{Audience, sees};
use crate::event::{Fold, Meta};
use crate::evidence::{EvidenceKind, EvidenceText};
use crate::id::{CommandId, EventId, EvidenceId, MatterId, Number, PersonId, Series};
use crate::independence::{Ground, ground_against};
use crate::matter::{Kind, Matter, Misplaced, OpenedText, Outcome, Share, Source};
use crate::party::Party;
use crate::{Name, Text};

const TODAY: Date = date(2026, 11, 24);
const ADMIN: OfficerId = OfficerId(Uuid::from_u128(1));
const ADMIN2: OfficerId = OfficerId(Uuid::from_u128(2));
const CLERK: OfficerId = OfficerId(Uuid::from_u128(3));
const CLERK2: OfficerId = OfficerId(Uuid::from_u128(4));
const WATER1: OfficerId = OfficerId(Uuid::from_u128(5));
const WATER2: OfficerId = OfficerId(Uuid::from_u128(6));
const ECOLOGY1: OfficerId = OfficerId(Uuid::from_u128(7));
const OTHER1: OfficerId = OfficerId(Uuid::from_u128(8));

const DATA: UnitId = UnitId(Uuid::from_u128(0x11));
const SUPERVISION: UnitId = UnitId(Uuid::from_u128(0x12));
const WATER: UnitId = UnitId(Uuid::from_u128(0x13));
const DRAINAGE: UnitId = UnitId(Uuid::from_u128(0x14));
const ECOLOGY: UnitId = UnitId(Uuid::from_u128(0x15));
const SUPERVISION2: UnitId = UnitId(Uuid::from_u128(0x16));

fn text(words: &str) -> Text {
    Text::parse("test", words).expect("a text")
}

fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

fn post_of(officer: OfficerId) -> PostId {
    PostId(Uuid::from_u128(officer.0.as_u128() + 0x100))
}

#[derive(Clone)]
struct Office {
    organisation: Organisation,
}

impl Office {
    fn new() -> Self {
        let mut office = Self { organisation: Organisation::default() };
        let first = First {
            unit: DATA,
            unit_text: UnitText { name: name("Data Centre"), aliases: vec![] },
            function: Function::Executing,
            post: post_of(ADMIN),
            post_text: PostText { title: name("Administrator") },
            personal: personal(ADMIN),
        };
        let begun = begin(first, &office.context(ADMIN, date(2026, 1, 1), &Facts::default())).expect("nobody is there");
        office.take(&begun);
        for (unit, parent, function) in [
            (SUPERVISION, None, Function::Supervision),
            (SUPERVISION2, None, Function::Supervision),
            (WATER, None, Function::Executing),
            (DRAINAGE, Some(WATER), Function::Executing),
            (ECOLOGY, None, Function::Executing),
        ] {
            let unit_text = UnitText { name: name("Unit"), aliases: vec![] };
            office.change(Change::FoundUnit { unit, parent, function, text: unit_text }).expect("founded");
        }
        for (officer, unit, duty) in [
            (CLERK, SUPERVISION, Duty::Head),
            (CLERK2, SUPERVISION, Duty::Member),
            (OTHER1, SUPERVISION2, Duty::Head),
            (WATER1, WATER, Duty::Head),
            (WATER2, DRAINAGE, Duty::Member),
            (ECOLOGY1, ECOLOGY, Duty::Head),
        ] {
            office.enrol(officer, unit, duty);
        }
        office
    }

    fn enrol(&mut self, officer: OfficerId, unit: UnitId, duty: Duty) {
        let post = post_of(officer);
        self.change(Change::MakePost { unit, post, duty, text: PostText { title: name("Post") } }).expect("a post");
        let from = date(2026, 1, 1);
        self.change(Change::EnrolIn { officer, personal: personal(officer), post, from }).expect("enrolled");
    }

    fn context<'a>(&'a self, officer: OfficerId, today: Date, facts: &'a Facts) -> Context<'a> {
        Context { by: Hand { officer, on_behalf: None }, today, organisation: &self.organisation, facts }
    }

    fn take(&mut self, events: &[(Stream, Event)]) {
        for (stream, event) in events {
            self.organisation.take(*stream, event, ADMIN);
        }
    }

    fn by(&mut self, officer: OfficerId, wish: Change, today: Date) -> Result<usize, Refusal> {
        let facts = Facts::default();
        let events = change(wish, &self.context(officer, today, &facts))?;
        self.take(&events);
        Ok(events.len())
    }

    fn change(&mut self, wish: Change) -> Result<usize, Refusal> {
        self.by(ADMIN, wish, TODAY)
    }

    fn matter(&self, lead: Party, audience: Audience) -> Matter {
        let facts = Facts::default();
        let id = MatterId(Uuid::from_u128(0x900));
        let words = OpenedText::of(text("Dredge the river"));
        let number = Number { year: 2026, series: Series::General, count: 1 };
        let opening = Opening {
            id,
            number,
            kind: Kind::Directive,
            source: Source::Instruction,
            audience,
            text: words,
            applicant: None,
        };
        let opened_on = date(2026, 11, 2);
        let opened = crate::act::open(opening, &self.context(CLERK, opened_on, &facts)).expect("a clerk may");
        let mut matter = None;
        for (stream, event) in &opened {
            matter = Matter::begin(*stream, event, &meta(CLERK));
        }
        let mut matter = matter.expect("it was opened");
        let assign = Act::Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due: date(2026, 12, 20) };
        self.act(&mut matter, CLERK, assign, opened_on).expect("assigned");
        matter
    }

    fn act(&self, matter: &mut Matter, officer: OfficerId, act: Act, today: Date) -> Result<(), Refusal> {
        let facts = Facts::default();
        for (_, event) in matter.act(act, &self.context(officer, today, &facts))? {
            matter.apply(&event, &meta(officer));
        }
        Ok(())
    }
}

fn personal(officer: OfficerId) -> Personal<OfficerName> {
    let person = PersonId(Uuid::from_u128(officer.0.as_u128() + 0x200));
    Personal { person, value: OfficerName { name: name("Somebody") } }
}

fn meta(actor: OfficerId) -> Meta {
    let (id, command) = (EventId(Uuid::nil()), CommandId(Uuid::nil()));
    Meta { id, n: 1, at: Timestamp::UNIX_EPOCH, actor, on_behalf: None, command }
}

fn close(unit: UnitId, on: Date, successor: Option<UnitId>) -> Change {
    Change::CloseUnit { unit, on, successor, reason: text("Reform of institutions") }
}

fn shift(unit: UnitId, parent: Option<UnitId>, from: Date) -> Change {
    Change::MoveUnit { unit, parent, from, reason: text("Reform of institutions") }
}

#[test]
fn a_unit_stands_elsewhere_from_the_very_day_and_not_before() {
    let mut office = Office::new();
    let from = date(2027, 1, 1);
    office.change(shift(DRAINAGE, Some(ECOLOGY), from)).expect("it may");
    let stands_under = |day| office.organisation.unit(DRAINAGE).expect("known").parent_on(day);
    assert_eq!(stands_under(date(2026, 12, 31)), Some(WATER));
    assert_eq!(stands_under(from), Some(ECOLOGY));
    assert_eq!(office.organisation.ancestry(DRAINAGE, from), [DRAINAGE, ECOLOGY]);
}

#[test]
fn no_move_makes_a_cycle_on_any_day_to_come() {
    let mut office = Office::new();
    assert_eq!(office.change(shift(WATER, Some(DRAINAGE), TODAY)), Err(Refusal::ForestBroken));
    assert_eq!(office.change(shift(WATER, Some(WATER), TODAY)), Err(Refusal::ForestBroken));
    // Ecology under Drainage from January; Water, which is above Drainage, may not go under Ecology in February.
    office.change(shift(ECOLOGY, Some(DRAINAGE), date(2027, 1, 1))).expect("no cycle");
    assert_eq!(office.change(shift(WATER, Some(ECOLOGY), date(2027, 2, 1))), Err(Refusal::ForestBroken));
    assert_eq!(office.change(shift(WATER, Some(ECOLOGY), date(2026, 12, 1))), Err(Refusal::ForestBroken));
}

#[test]
fn supervision_never_comes_to_stand_under_an_executing_unit() {
    let mut office = Office::new();
    assert_eq!(office.change(shift(SUPERVISION, Some(WATER), TODAY)), Err(Refusal::ForestBroken));
    office.change(shift(WATER, Some(SUPERVISION2), TODAY)).expect("an executing unit may stand anywhere");
    assert_eq!(office.change(shift(SUPERVISION2, Some(ECOLOGY), TODAY)), Err(Refusal::ForestBroken));
    assert_eq!(office.change(shift(WATER, Some(SUPERVISION2), TODAY)), Err(Refusal::NothingChanges));
}

#[test]
fn a_unit_ends_on_its_day_and_may_be_kept_until_then() {
    let mut office = Office::new();
    let on = date(2026, 12, 1);
    office.change(close(ECOLOGY, on, None)).expect("it may end");
    assert!(office.organisation.unit_exists(ECOLOGY, date(2026, 11, 30)));
    assert!(!office.organisation.unit_exists(ECOLOGY, on));
    assert_eq!(office.change(close(ECOLOGY, on, None)), Err(Refusal::PartyUnknown), "it is to end already");
    office.change(Change::CancelClosing { unit: ECOLOGY, reason: text("Not after all") }).expect("before its day");
    assert!(office.organisation.unit_exists(ECOLOGY, on));
    office.change(close(ECOLOGY, on, None)).expect("again");
    let late = Change::CancelClosing { unit: ECOLOGY, reason: text("Too late") };
    assert_eq!(office.by(ADMIN, late, on), Err(Refusal::PartyUnknown));
}

#[test]
fn units_below_go_to_the_successor_and_without_one_the_unit_stays() {
    let mut office = Office::new();
    assert_eq!(office.change(close(WATER, TODAY, None)), Err(Refusal::UnitsBelow));
    assert_eq!(office.change(close(WATER, TODAY, Some(WATER))), Err(Refusal::ForestBroken));
    assert_eq!(office.clone().change(close(WATER, TODAY, Some(DRAINAGE))), Ok(2), "a successor from below moves up");
    assert_eq!(office.change(close(WATER, TODAY, Some(ECOLOGY))), Ok(2), "an event for each");
    assert_eq!(office.organisation.ancestry(DRAINAGE, TODAY), [DRAINAGE, ECOLOGY]);
}

#[test]
fn a_supervision_office_is_succeeded_by_a_supervision_office_only() {
    let mut office = Office::new();
    assert_eq!(office.change(close(SUPERVISION, TODAY, Some(ECOLOGY))), Err(Refusal::NotASupervisingUnit));
    office.change(close(SUPERVISION, TODAY, Some(SUPERVISION2))).expect("its like");
}

#[test]
fn matters_run_on_with_the_successor_of_a_unit_that_was_merged() {
    let mut office = Office::new();
    let mut matter = office.matter(Party::Unit(WATER), Audience::Units(BTreeSet::from([SUPERVISION])));
    office.act(&mut matter, WATER1, Act::SignFor, date(2026, 11, 3)).expect("the Water Bureau leads");
    let on = date(2026, 12, 1);
    office.change(close(WATER, on, Some(ECOLOGY))).expect("merged");
    let day_before = date(2026, 11, 30);
    let progress = || Act::RecordProgress { note: None };
    assert!(office.act(&mut matter.clone(), WATER1, progress(), day_before).is_ok());
    assert!(office.act(&mut matter.clone(), ECOLOGY1, progress(), day_before).is_err());
    assert!(!sees(&office.organisation, Some(ECOLOGY1), &matter, day_before));
    assert!(office.act(&mut matter.clone(), WATER1, progress(), on).is_err(), "the bureau is gone");
    assert!(sees(&office.organisation, Some(ECOLOGY1), &matter, on));
    office.act(&mut matter, ECOLOGY1, progress(), on).expect("the successor goes on");
    assert_eq!(matter.misplaced(&office.organisation, on), None);
    // Both the officers of the ended unit and those of its successor stay out of verifying.
    for officer in [WATER1, WATER2, ECOLOGY1] {
        let facts = Facts::default();
        let context = office.context(officer, on, &facts);
        assert!(matches!(ground_against(context.by, &matter, &context), Some(Ground::HeldPost { .. })), "{officer}");
    }
}

#[test]
fn a_lead_that_ended_without_a_successor_leaves_the_matter_to_be_placed_anew() {
    let mut office = Office::new();
    let mut matter = office.matter(Party::Unit(ECOLOGY), Audience::Office);
    office.change(close(ECOLOGY, TODAY, None)).expect("ended");
    assert_eq!(matter.misplaced(&office.organisation, TODAY), Some(Misplaced::LeadGone));
    assert_eq!(matter.misplaced(&office.organisation, date(2026, 11, 23)), None);
    assert!(office.act(&mut matter, ECOLOGY1, Act::SignFor, TODAY).is_err());
    let (lead, supervising) = (Party::Unit(WATER), SUPERVISION);
    let again = Act::Reassign { lead, supervising, criterion: None, reason: text("The bureau was dissolved") };
    office.act(&mut matter, CLERK, again, TODAY).expect("the supervising unit places it anew");
    assert_eq!(matter.misplaced(&office.organisation, TODAY), None);
}

#[test]
fn a_supervision_office_that_ended_without_a_successor_is_stood_in_for_by_any_other() {
    let mut office = Office::new();
    let mut matter = office.matter(Party::Unit(WATER), Audience::Units(BTreeSet::from([SUPERVISION])));
    assert!(!sees(&office.organisation, Some(OTHER1), &matter, TODAY));
    office.change(close(SUPERVISION, TODAY, None)).expect("ended");
    assert_eq!(matter.misplaced(&office.organisation, TODAY), Some(Misplaced::SupervisingGone));
    assert!(sees(&office.organisation, Some(OTHER1), &matter, TODAY));
    let (lead, supervising) = (Party::Unit(WATER), SUPERVISION2);
    let again = Act::Reassign { lead, supervising, criterion: None, reason: text("The office was dissolved") };
    // One officer alone could not both verify and clear.
    assert_eq!(office.act(&mut matter, OTHER1, again.clone(), TODAY), Err(Refusal::NobodyEligible));
    office.change(Change::SetSingleClerk { unit: SUPERVISION2, holds: true }).expect("an office of one");
    office.act(&mut matter, OTHER1, again, TODAY).expect("now it can");
}

#[test]
fn a_merger_that_makes_lead_and_supervision_one_is_told_and_clears_nothing() {
    let mut office = Office::new();
    let matter = office.matter(Party::Unit(WATER), Audience::Office);
    office.change(close(DRAINAGE, TODAY, Some(WATER))).expect("merged");
    office.change(close(WATER, TODAY, Some(SUPERVISION))).expect("merged");
    assert_eq!(matter.misplaced(&office.organisation, TODAY), Some(Misplaced::SupervisesItself));
    let facts = Facts::default();
    for officer in [CLERK, CLERK2] {
        let context = office.context(officer, TODAY, &facts);
        assert!(ground_against(context.by, &matter, &context).is_some(), "the heir's officers are the doer's now");
    }
}

#[test]
fn a_move_or_a_departure_dated_back_excuses_nobody() {
    let mut office = Office::new();
    let matter = office.matter(Party::Unit(WATER), Audience::Office);
    let long_ago = date(2026, 2, 1);
    office.change(shift(DRAINAGE, None, long_ago)).expect("recorded today");
    let leave = Change::LeavePost { officer: WATER1, post: post_of(WATER1), until: long_ago };
    office.change(leave).expect("recorded today");
    let facts = Facts::default();
    for officer in [WATER1, WATER2] {
        let context = office.context(officer, TODAY, &facts);
        assert!(ground_against(context.by, &matter, &context).is_some(), "{officer} was of the lead until today");
    }
    let honest = Office::new();
    let mut honest = Office { organisation: honest.organisation };
    honest.by(ADMIN, shift(DRAINAGE, None, long_ago), long_ago).expect("recorded then");
    let context = honest.context(WATER2, TODAY, &facts);
    assert_eq!(ground_against(context.by, &matter, &context), None, "he was no longer under the lead");
}

#[test]
fn an_administrator_who_gave_himself_a_post_is_excluded_like_anybody() {
    let mut office = Office::new();
    let matter = office.matter(Party::Unit(WATER), Audience::Office);
    let post = PostId(Uuid::from_u128(0x777));
    let made = Change::MakePost { unit: WATER, post, duty: Duty::Member, text: PostText { title: name("Guest") } };
    office.change(made).expect("made");
    office.change(Change::TakePost { officer: ADMIN, post, from: TODAY }).expect("on the record");
    office.change(Change::LeavePost { officer: ADMIN, post, until: TODAY }).expect("left the same day");
    let later = date(2026, 12, 24);
    let facts = Facts::default();
    let context = office.context(ADMIN, later, &facts);
    // Held for no whole day, and yet on the record.
    assert!(office.organisation.posts_held(ADMIN, later).iter().all(|held| held.id != post));
    assert_eq!(ground_against(context.by, &matter, &context), Some(Ground::HeldPost { unit: WATER }));
}

#[test]
fn nobody_locks_out_the_last_administrator() {
    let mut office = Office::new();
    let leave = || Change::LeavePost { officer: ADMIN, post: post_of(ADMIN), until: date(2027, 3, 1) };
    assert_eq!(office.change(leave()), Err(Refusal::LastAdministrator));
    assert_eq!(office.change(close(DATA, date(2027, 3, 1), Some(ECOLOGY))), Err(Refusal::LastAdministrator));
    office.enrol(ADMIN2, DATA, Duty::Administrator);
    assert_eq!(office.change(close(DATA, TODAY, Some(ECOLOGY))), Err(Refusal::LastAdministrator));
    office.change(leave()).expect("there is another");
    let other = Change::LeavePost { officer: ADMIN2, post: post_of(ADMIN2), until: date(2027, 4, 1) };
    assert_eq!(office.change(other), Err(Refusal::LastAdministrator), "the first one is to leave");
}

#[test]
fn a_name_is_corrected_under_the_same_key_and_an_erased_one_never() {
    let mut office = Office::new();
    let named = |words: &str| OfficerName { name: name(words) };
    assert_eq!(
        office.change(Change::CorrectName { officer: CLERK, name: named("Somebody") }),
        Err(Refusal::NothingChanges)
    );
    office.change(Change::CorrectName { officer: CLERK, name: named("Somebody Else") }).expect("corrected");
    let clerk = office.organisation.officer(CLERK).expect("known");
    assert_eq!(clerk.name().map(Name::en), Some("Somebody Else"));
    assert_eq!(clerk.person_id(), Some(personal(CLERK).person));
    let erased = OfficerEvent::NameCorrected { personal: Sealed::Erased };
    office.take(&[(Stream::Officer(CLERK), Event::Officer(erased))]);
    let again = Change::CorrectName { officer: CLERK, name: named("Back Again") };
    assert_eq!(office.change(again), Err(Refusal::PartyUnknown));
}

#[test]
fn only_administrators_change_the_organisation() {
    let mut office = Office::new();
    let wish = || shift(DRAINAGE, Some(ECOLOGY), TODAY);
    for officer in [CLERK, WATER1, OfficerId(Uuid::from_u128(99))] {
        assert_eq!(office.by(officer, wish(), TODAY), Err(Refusal::NotPermitted { act: ActKind::Organise }));
    }
}

fn pass(office: &Office, matter: &Matter, share: Share, parties: (OfficerId, OfficerId)) -> Result<Matter, Refusal> {
    let facts = Facts::default();
    let context = office.context(ADMIN, TODAY, &facts);
    let what = hanging(matter, parties.0).into_iter().find(|what| what.share == share).expect("it hangs on him");
    let mut after = matter.clone();
    for (_, event) in hand_over(matter, what, parties, text("She retires"), &context)? {
        after.apply(&event, &meta(ADMIN));
    }
    Ok(after)
}

#[test]
fn a_leavers_lead_passes_to_a_colleague_and_the_work_goes_on() {
    let mut office = Office::new();
    let colleague = OfficerId(Uuid::from_u128(20));
    office.enrol(colleague, WATER, Duty::Member);
    let mut matter = office.matter(Party::Officer(WATER1), Audience::Office);
    office.act(&mut matter, WATER1, Act::SignFor, TODAY).expect("he leads");
    assert_eq!(pass(&office, &matter, Share::Lead, (WATER1, ECOLOGY1)).err(), Some(Refusal::NotOfTheUnit));
    assert_eq!(pass(&office, &matter, Share::Lead, (WATER1, ADMIN)).err(), Some(Refusal::NotToOneself));
    assert_eq!(pass(&office, &matter, Share::Lead, (WATER1, WATER1)).err(), Some(Refusal::PartyUnknown));
    let mut after = pass(&office, &matter, Share::Lead, (WATER1, colleague)).expect("a colleague");
    assert_eq!(after.state, matter.state);
    assert_eq!(after.lead, Some(Party::Officer(colleague)));
    assert!(hanging(&after, WATER1).is_empty());
    office.act(&mut after, colleague, Act::RecordProgress { note: None }, TODAY).expect("he goes on");
    let facts = Facts::default();
    let context = office.context(WATER1, TODAY, &facts);
    assert_eq!(ground_against(context.by, &after, &context), Some(Ground::Leads), "who led stays excluded");
}

#[test]
fn a_leaver_without_a_colleague_leaves_a_matter_to_be_placed_anew() {
    let mut office = Office::new();
    let matter = office.matter(Party::Officer(ECOLOGY1), Audience::Office);
    let leave = Change::LeavePost { officer: ECOLOGY1, post: post_of(ECOLOGY1), until: TODAY };
    office.change(leave).expect("left");
    assert_eq!(matter.misplaced(&office.organisation, TODAY), Some(Misplaced::LeadGone));
}

#[test]
fn verifying_and_removing_pass_on_only_to_whom_the_rules_allow() {
    let mut office = Office::new();
    let mut matter = office.matter(Party::Unit(WATER), Audience::Office);
    office.act(&mut matter, WATER1, Act::SignFor, TODAY).expect("signed");
    let remover = Some(Party::Officer(ECOLOGY1));
    office.act(&mut matter, WATER1, Act::NameObstacle { obstacle: text("No permit"), remover }, TODAY).expect("named");
    office.act(&mut matter, CLERK, Act::NameVerifier { verifier: ECOLOGY1 }, TODAY).expect("independent");
    assert_eq!(hanging(&matter, ECOLOGY1).len(), 2);
    let excluded = pass(&office, &matter, Share::Verifier, (ECOLOGY1, WATER2)).err();
    assert!(matches!(excluded, Some(Refusal::Excluded { .. })), "{excluded:?}");
    let after = pass(&office, &matter, Share::Verifier, (ECOLOGY1, CLERK2)).expect("independent");
    assert_eq!(after.verifiers, BTreeSet::from([CLERK2]));
    let after = pass(&office, &after, Share::Remover, (ECOLOGY1, OTHER1)).expect("anybody in office");
    assert_eq!(after.obstacles[0].remover, Some(Party::Officer(OTHER1)));
    assert!(hanging(&after, ECOLOGY1).is_empty());
    office.change(Change::LeavePost { officer: ECOLOGY1, post: post_of(ECOLOGY1), until: TODAY }).expect("left");
}

#[test]
fn a_leavers_delegations_end_given_and_received() {
    let mut office = Office::new();
    let facts = Facts::default();
    let period = (TODAY, date(2027, 1, 1));
    for (no, from, to) in [(1, CLERK, CLERK2), (2, CLERK2, CLERK), (3, WATER1, WATER2)] {
        let id = DelegationId(Uuid::from_u128(no));
        let given = delegate(id, to, vec![ActKind::AddEvidence], period, &office.context(from, TODAY, &facts));
        office.take(&given.expect("his own right"));
    }
    let ended = end_delegations(CLERK, &office.context(ADMIN, TODAY, &facts)).expect("an administrator may");
    assert_eq!(ended.len(), 2);
    office.take(&ended);
    assert!(!office.organisation.may_act_for(CLERK2, CLERK, ActKind::AddEvidence, TODAY));
    assert!(office.organisation.may_act_for(WATER2, WATER1, ActKind::AddEvidence, TODAY));
    let nobody = OfficerId(Uuid::from_u128(55));
    let id = DelegationId(Uuid::from_u128(9));
    let refused = delegate(id, nobody, vec![ActKind::AddEvidence], period, &office.context(CLERK, TODAY, &facts));
    assert_eq!(refused.err(), Some(Refusal::PartyUnknown), "he holds no post");
}

#[test]
fn in_anothers_place_an_act_is_his_and_both_stay_excluded() {
    let mut office = Office::new();
    let mut matter = office.matter(Party::Unit(WATER), Audience::Office);
    let facts = Facts::default();
    let period = (TODAY, date(2026, 12, 1));
    let id = DelegationId(Uuid::from_u128(1));
    let acts = vec![ActKind::SignFor, ActKind::AddEvidence, ActKind::DraftReport];
    let given = delegate(id, WATER2, acts, period, &office.context(WATER1, TODAY, &facts)).expect("his own");
    office.take(&given);
    let hand = Hand { officer: WATER2, on_behalf: Some(WATER1) };
    let mut act = |act: Act, day: Date| {
        let context = Context { by: hand, ..office.context(WATER2, day, &facts) };
        let events = matter.act(act, &context)?;
        for (_, event) in &events {
            matter.apply(event, &Meta { on_behalf: Some(WATER1), ..meta(WATER2) });
        }
        Ok::<(), Refusal>(())
    };
    act(Act::SignFor, TODAY).expect("in the head's place");
    assert_eq!(
        act(Act::RecordProgress { note: None }, TODAY),
        Err(Refusal::NoDelegation { act: ActKind::RecordProgress })
    );
    let evidence = EvidenceId(Uuid::from_u128(1));
    let words =
        EvidenceText { file_name: text("a.txt"), media_type: text("text/plain"), sha256: text("00"), caption: None };
    let add = Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: 1, text: words };
    assert_eq!(
        act(add.clone(), date(2026, 12, 1)),
        Err(Refusal::NoDelegation { act: ActKind::AddEvidence }),
        "it is over"
    );
    act(add, date(2026, 11, 30)).expect("its last day");
    let report = Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report: text("Done") };
    act(report, TODAY).expect("in his place");
    assert_eq!(matter.reporters, BTreeSet::from([WATER2, WATER1]));
}
