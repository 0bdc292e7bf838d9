//! What happens to the city's matters. Of a hundred, ten wait to be assigned, about fifty are under way, fifteen are
//! withdrawn, one is reported on with a file, verified and cleared, and ten are published. Cleared ones are few: each
//! brings a file, and a million small files would measure the file system.

use jiff::{Span, ToSpan as _};
use ledger::act::{Act, Opening, Placing, open_and_place};
use ledger::audience::Audience;
use ledger::document::{self, Class, Document, DocumentText, Proposal, Settle};
use ledger::event::{Event, Fold as _, Meta};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{CommandId, DocumentId, EventId, EvidenceId, Holder, MatterId, MeetingId, OfficerId, Series, Stream};
use ledger::matter::{Hand, Kind, Matter, Method, OpenedText, Outcome, PublicItem, Source};
use ledger::party::Party;
use sha2::{Digest as _, Sha256};
use store::{Read, Stop};
use uuid::Uuid;

use crate::words::{directive, text};
use crate::{City, Hands, Lead};

/// Leads that take the matters of one batch.
const LEADS: usize = 8;
/// Directives of a document, and how many of them become matters.
const DIRECTIVES: u32 = 40;
const CONFIRMED: u32 = 10;
/// What the public is told of a matter that is not finished.
const PROMISED: [PublicItem; 3] = [PublicItem::Directive, PublicItem::Lead, PublicItem::Due];

/// A batch of matters: one clerk takes in a document and opens them, then every lead does his part.
pub(crate) fn batch(hands: &Hands<'_>, city: &City, no: u64, count: u64) {
    let chance = hands.chance;
    let clerk = city.clerks[chance.below(city.clerks.len())];
    let second = *city.clerks.iter().find(|other| **other != clerk).expect("there are several clerks");
    let read = u32::try_from(count / 2).unwrap_or(CONFIRMED).min(CONFIRMED);
    take_in(hands, clerk, no, read);
    let leads: Vec<Lead> = (0..LEADS).map(|_| city.leads[chance.below(city.leads.len())]).collect();
    let mut placed: Vec<Vec<MatterId>> = vec![vec![]; LEADS];
    let mut openings = vec![];
    for at in 0..count - u64::from(read) {
        let (id, lead) = (MatterId(hands.id()), chance.below(LEADS));
        let (quote, days) = (directive(chance, no * crate::BATCH + at), 10 + chance.below(190));
        let is_placed = !chance.is(10);
        if is_placed {
            placed[lead].push(id);
        }
        let span = Span::new().days(i64::try_from(days).unwrap_or(0));
        openings.push((id, quote, is_placed.then_some((leads[lead].unit, span))));
    }
    let supervision = city.supervision;
    hands.change(clerk, move |read| {
        let by = Hand { officer: clerk, on_behalf: None };
        let mut events = vec![];
        for (id, quote, placing) in &openings {
            let placing = placing.map(|(lead, span)| Placing {
                lead: Party::Unit(lead),
                supervising: supervision,
                criterion: text("现场可见，记录齐全。"),
                due: read.today().saturating_add(span),
            });
            let opening = opening(*id, read, quote)?;
            let opened = |context: &ledger::act::Context<'_>| open_and_place(opening, placing, &[], context);
            events.extend(read.with_context(by, &Default::default(), opened)??);
        }
        Ok(events)
    });
    let (mut withdrawn, mut published) = (vec![], vec![]);
    for (lead, matters) in leads.iter().zip(placed) {
        let (mut signed, mut reported) = (vec![], vec![]);
        for id in matters {
            match chance.below(100) {
                0 => reported.push(id),
                1..16 => withdrawn.push((id, vec![withdrawal()])),
                16..46 => signed.push((id, vec![Act::SignFor])),
                46..66 => {
                    signed.push((id, vec![Act::SignFor, Act::RecordProgress { note: Some(text("按计划推进。")) }]))
                }
                _more => {}
            }
            if chance.is(10) {
                published.push((id, vec![Act::Publish { items: PROMISED.into() }]));
            }
        }
        signed.extend(reported.iter().map(|id| (*id, vec![Act::SignFor])));
        act(hands, lead.head, signed);
        report(hands, lead, reported, (second, city.head));
    }
    act(hands, clerk, withdrawn);
    act(hands, city.head, published);
}

fn opening(id: MatterId, read: &mut Read<'_>, quote: &str) -> Result<Opening, Stop> {
    let number = read.next_number(Series::General)?;
    let quote = text(quote);
    let text =
        OpenedText { quote, source: None, owner: None, deadline: None, quantity: None, due: None, origin_key: None };
    let (kind, source, audience) = (Kind::Directive, Source::Instruction, Audience::Office);
    Ok(Opening { id, number, kind, source, audience, text, applicant: None })
}

fn withdrawal() -> Act {
    Act::Withdraw {
        authority: text("市政府常务会议"), reason: text("与上级任务合并。"), successor: None
    }
}

/// Acts of one officer on many matters, in one change.
fn act(hands: &Hands<'_>, officer: OfficerId, acts: Vec<(MatterId, Vec<Act>)>) {
    if acts.is_empty() {
        return;
    }
    hands.change(officer, move |read| {
        let by = Hand { officer, on_behalf: None };
        let mut events = vec![];
        for (id, acts) in &acts {
            let mut matter: Matter = (*read.matter(*id)?.ok_or(ledger::Refusal::NotASubMatter)?).clone();
            for act in acts {
                let facts = read.facts(&matter)?;
                let done = read.with_context(by, &facts, |context| matter.act(act.clone(), context))??;
                for (_, event) in done.iter().filter(|(stream, _)| *stream == Stream::Matter(*id)) {
                    matter.apply(event, &meanwhile(officer, read));
                }
                events.extend(done);
            }
        }
        Ok(events)
    });
}

/// What the record will know of an event, as far as the next act asks.
fn meanwhile(actor: OfficerId, read: &Read<'_>) -> Meta {
    let (id, command) = (EventId(Uuid::nil()), CommandId(Uuid::nil()));
    Meta { id, n: 0, at: read.now(), actor, on_behalf: None, command }
}

/// A file, a report on it, and everything up to clearing.
fn report(hands: &Hands<'_>, lead: &Lead, matters: Vec<MatterId>, (clerk, head): (OfficerId, OfficerId)) {
    let drafted = matters.iter().map(|id| {
        let evidence = EvidenceId(hands.id());
        let mut writer = hands.store.blob_writer(&Holder::Matter(*id), evidence).expect("a file");
        writer.write(b"survey: every point seen, none left out").expect("space");
        let stored = writer.finish().expect("space");
        let about = EvidenceText {
            file_name: text("排查记录.txt"),
            media_type: text("text/plain"),
            sha256: text(&stored.sha256),
            caption: None,
        };
        let add = Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: stored.bytes, text: about };
        let draft =
            Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report: text("全部完成。") };
        (*id, vec![add, draft])
    });
    let drafted = drafted.collect();
    let all = |act: Act| matters.iter().map(|id| (*id, vec![act.clone()])).collect::<Vec<_>>();
    act(hands, lead.members[0], drafted);
    act(hands, lead.head, all(Act::SignReport));
    act(hands, clerk, all(Act::Verify { method: Method::Desk, finding: text("与记录一致。") }));
    act(hands, head, all(Act::Clear { note: None }));
}

/// Takes in a document, and confirms the first of its directives.
fn take_in(hands: &Hands<'_>, clerk: OfficerId, no: u64, confirmed: u32) {
    let (id, meeting) = (DocumentId(hands.id()), MeetingId(hands.id()));
    let written = minutes(hands, no);
    let by = Hand { officer: clerk, on_behalf: None };
    hands.change(clerk, move |read| {
        let text = written.clone();
        let profile = read.profile()?;
        let ingest = |context: &ledger::act::Context<'_>| document::ingest(id, meeting, text, &profile, context);
        Ok(read.with_context(by, &Default::default(), ingest)??)
    });
    let ids: Vec<MatterId> = (0..confirmed).map(|_| MatterId(hands.id())).collect();
    hands.change(clerk, move |read| {
        let document = read.fold::<Document>(Stream::Document(id))?.ok_or(ledger::Refusal::ProposalUnknown)?;
        let mut events: Vec<(Stream, Event)> = vec![];
        for (no, matter) in (1..).zip(ids.clone()) {
            let number = read.next_number(Series::General)?;
            let settle = Settle::Confirm { no, as_matter: true, matter, number, audience: Audience::Office };
            events.extend(read.with_context(by, &Default::default(), |context| document.settle(settle, context))??);
        }
        Ok(events)
    });
}

fn minutes(hands: &Hands<'_>, no: u64) -> DocumentText {
    let title = format!("第{}次常务会议纪要", no + 1);
    let mut body = format!("{title}\n");
    let mut proposals = vec![];
    for at in 1..=DIRECTIVES {
        let quote = directive(hands.chance, no * u64::from(DIRECTIVES) + u64::from(at));
        let place = |body: &str| u32::try_from(body.chars().count()).expect("a short text");
        let start = place(&body);
        body.push_str(&quote);
        proposals.push(Proposal {
            no: at,
            start,
            end: place(&body),
            quote: text(&quote),
            class: Class::Action,
            owner: None,
            supporting: vec![],
            deadline: None,
            due: None,
            quantity: None,
            direction: None,
            rule: "generated".into(),
            is_uncertain: false,
            left_out_by: None,
        });
        body.push('\n');
    }
    DocumentText {
        title: text(&title),
        file_name: text("纪要.txt"),
        sha256: Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect(),
        body,
        places: vec![],
        unread_pages: vec![],
        lang: "zh".into(),
        date: Some(crate::BEGINS.saturating_add(1.day())),
        meeting: None,
        presided_by: None,
        proposals,
    }
}
