//! What every lead has in hand, as its reader may see it and as the calendar has it.

use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::calendar::{self, Country};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, MatterId, OfficerId};
use ledger::matter::{Hand, Method, Outcome};
use ledger::party::Party;
use uuid::Uuid;

use super::office::{ADMIN, CLERK, CLERK2, Office, SUPERVISION, WATER, WATER_HEAD, text};
use crate::LeadCounts;

fn assigned(office: &Office, audience: Audience, due: jiff::civil::Date) -> MatterId {
    let matter = office.open_matter("Dredge the outfall", audience);
    let act = Act::Assign { lead: Party::Unit(WATER), supervising: SUPERVISION, criterion: text("Done"), due };
    office.act(CLERK, matter, act).expect("a clerk may assign");
    matter
}

/// Whom it counts for, and what, in November.
fn counts(office: &Office, reader: OfficerId) -> Vec<(Option<Party>, LeadCounts)> {
    let month = (date(2026, 11, 1), date(2026, 11, 30));
    office.store.read(|read| read.counts_by_lead(Some(reader), month, date(2026, 1, 1))).expect("counts")
}

#[test]
fn leads_are_counted_for_whoever_may_know_and_by_the_calendar_that_holds_now() {
    let office = Office::new();
    // Sunday 8 November.
    let done = assigned(&office, Audience::Office, date(2026, 11, 8));
    assigned(&office, Audience::Office, date(2026, 11, 8));
    assigned(&office, Audience::Office, date(2026, 12, 1));
    assigned(&office, Audience::Circle([CLERK, CLERK2, WATER_HEAD].into()), date(2026, 11, 30));
    office.open_matter("Nobody's yet", Audience::Office);
    office.wait(7);
    let evidence = EvidenceId(Uuid::from_u128(9));
    let file = [text("a.pdf"), text("application/pdf"), text("00")];
    let [file_name, media_type, sha256] = file;
    let file = EvidenceText { file_name, media_type, sha256, caption: None };
    let piece = Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: 3, text: file };
    let draft = Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report: text("Done") };
    for act in [Act::SignFor, piece, draft, Act::SignReport] {
        office.act(WATER_HEAD, done, act).expect("the lead may");
    }
    let verify = Act::Verify { method: Method::SiteVisit, finding: text("Seen") };
    office.act(CLERK2, done, verify).expect("a clerk may verify");
    office.act(CLERK, done, Act::Clear { note: None }).expect("another may clear");

    let unled = (None, LeadCounts { open: 1, ..LeadCounts::default() });
    let all = LeadCounts { open: 3, late: 1, due: 2, returned: 0, cleared_in_time: 0, cleared_late: 1 };
    let water = Some(Party::Unit(WATER));
    assert_eq!(counts(&office, CLERK), [(water, all), unled]);
    let outside = LeadCounts { open: 2, due: 1, ..all };
    assert_eq!(counts(&office, ADMIN), [(water, outside), unled], "who is outside the circle does not count it");
    let adopted = office.change(ADMIN, move |read| {
        let (held, by) = (read.calendar()?, Hand { officer: ADMIN, on_behalf: None });
        Ok(read.with_context(by, &Default::default(), |c| calendar::adopt(Country::China, &[2026], &held, c))??)
    });
    adopted.expect("an administrator may");
    let in_time = LeadCounts { late: 0, cleared_in_time: 1, cleared_late: 0, ..all };
    assert_eq!(counts(&office, CLERK), [(water, in_time), unled], "Monday the 9th is the last day");
    let digest = office.store.digest().expect("a digest");
    office.store.rebuild().expect("made again");
    assert_eq!(office.store.digest().expect("a digest"), digest);
}
