//! Drafts: kept per officer, matter and act, sealed, and gone when they should be.

use ledger::act::ActKind;
use ledger::audience::Audience;
use ledger::matter::Hand;
use ledger::organisation::{Duty, ErasureBasis};
use ledger::organise;

use super::office::{ADMIN, CLERK, Office, WATER, WATER_HEAD};
use crate::DRAFTS_MAX;

fn typed(words: &str) -> Vec<(String, String)> {
    vec![("report".to_owned(), words.to_owned()), ("evidence".to_owned(), "a".to_owned())]
}

#[test]
fn a_draft_comes_back_as_it_was_left_and_to_nobody_else() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    let store = &office.store;
    assert!(store.keep_draft(WATER_HEAD, matter, ActKind::DraftReport, &typed("Half")).expect("kept"));
    assert!(store.keep_draft(WATER_HEAD, matter, ActKind::DraftReport, &typed("Half done")).expect("kept"));
    let kept = store.draft(WATER_HEAD, matter, ActKind::DraftReport).expect("read").expect("it was kept");
    assert_eq!(kept.fields, typed("Half done"));
    assert_eq!(store.drafts(WATER_HEAD).expect("a list").len(), 1);
    assert_eq!(store.draft(CLERK, matter, ActKind::DraftReport).expect("read"), None);
    assert_eq!(store.draft(WATER_HEAD, matter, ActKind::Dispute).expect("read"), None);
    store.drop_draft(WATER_HEAD, matter, ActKind::DraftReport).expect("dropped");
    assert_eq!(store.drafts(WATER_HEAD).expect("a list"), vec![]);
}

#[test]
fn a_draft_expires_after_sixty_days_and_the_oldest_makes_room() {
    let office = Office::new();
    let first = office.open_matter("Dredge", Audience::Office);
    office.store.keep_draft(CLERK, first, ActKind::Return, &typed("x")).expect("kept");
    office.wait(59);
    assert!(office.store.draft(CLERK, first, ActKind::Return).expect("read").is_some());
    office.wait(1);
    assert!(office.store.draft(CLERK, first, ActKind::Return).expect("read").is_none());
    for act in ActKind::ALL.iter().take(20) {
        for n in 0..6 {
            let matter = ledger::id::MatterId(uuid::Uuid::from_u128(n));
            office.store.keep_draft(CLERK, matter, *act, &typed("x")).expect("kept");
        }
    }
    assert_eq!(office.store.drafts(CLERK).expect("a list").len(), DRAFTS_MAX as usize);
}

#[test]
fn a_draft_lies_sealed_and_goes_with_the_person() {
    let office = Office::new();
    let gone = ledger::id::OfficerId(uuid::Uuid::from_u128(0xf7));
    office.enrol(gone, WATER, Duty::Member, "Member Qu");
    let matter = office.open_matter("Dredge", Audience::Office);
    office.store.keep_draft(gone, matter, ActKind::Dispute, &typed("a widow in Baiyang")).expect("kept");
    let file = |name: &str| std::fs::read(office.dir().join(name)).unwrap_or_default();
    let holds = |bytes: Vec<u8>| bytes.windows(5).any(|window| window == b"widow");
    assert!(!holds(file("drafts.db")) && !holds(file("drafts.db-wal")), "what was typed lies open");
    office.organise(organise::Change::LeavePost {
        officer: gone,
        post: ledger::id::PostId(uuid::Uuid::from_u128(0xf7 + 0x7000)),
        until: jiff::civil::date(2026, 11, 1),
    });
    let by = Hand { officer: ADMIN, on_behalf: None };
    let asked = office.change(ADMIN, move |read| {
        let asked = |context: &ledger::act::Context<'_>| organise::ask_erasure(gone, ErasureBasis::Ordered, context);
        Ok(read.with_context(by, &Default::default(), asked)??)
    });
    asked.expect("the administrator may ask");
    office.store.erase(office.command(CLERK), gone).expect("the head approves");
    assert_eq!(office.store.draft(gone, matter, ActKind::Dispute).expect("read"), None);
    assert_eq!(office.store.drafts(gone).expect("a list"), vec![]);
    assert!(!office.store.keep_draft(gone, matter, ActKind::Dispute, &typed("x")).expect("nobody's key"));
}
