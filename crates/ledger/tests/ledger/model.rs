//! The rule of independence said again, plainly and from the history alone, to hold the ledger against.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ledger::event::Event;
use ledger::id::{MatterId, OfficerId, PostId, Stream, UnitId};
use ledger::matter::{MatterEvent, Share};
use ledger::organisation::{OfficerEvent, UnitEvent};
use ledger::party::Party;

use crate::world::Entry;

/// The unit above, and the first day.
type Placing = (Option<UnitId>, Option<Date>);

#[derive(Default)]
struct Told {
    placings: BTreeMap<UnitId, Vec<Placing>>,
    closed: BTreeMap<UnitId, (Date, Option<UnitId>)>,
    /// Every unit a post ever belonged to.
    posts: BTreeMap<PostId, BTreeSet<UnitId>>,
    held: Vec<(OfficerId, PostId, Date, Option<Date>)>,
    lead: BTreeMap<MatterId, Party>,
    signed_leads: BTreeMap<MatterId, BTreeSet<Party>>,
    subs: BTreeMap<MatterId, BTreeSet<MatterId>>,
    reporters: BTreeMap<MatterId, BTreeSet<OfficerId>>,
    /// Since the matter in question was opened: what a unit stood under, what took its place, who was where, and who
    /// acted for whom.
    above: BTreeMap<UnitId, BTreeSet<UnitId>>,
    took_over: BTreeMap<UnitId, BTreeSet<UnitId>>,
    members: BTreeSet<(OfficerId, UnitId)>,
    acted_for: BTreeSet<(OfficerId, OfficerId)>,
}

/// Everybody who may neither verify nor clear `matter` on `today`.
///
/// That is the lead, and leads that signed for it before; whoever since opening held a post in the lead's unit or below,
/// or acted for somebody who did; and whoever wrote or signed a report. Each also through any matter under it.
pub fn excluded(history: &[Entry], matter: MatterId, today: Date) -> BTreeSet<OfficerId> {
    let mut told = Told::default();
    let mut is_opened = false;
    let mut day = history.first().map_or(today, |entry| entry.on);
    for entry in history {
        while day < entry.on {
            day = day.tomorrow().expect("within the calendar");
            told.look_around(day, is_opened);
        }
        is_opened |= entry.stream == Stream::Matter(matter);
        if is_opened && let Some(other) = entry.by.on_behalf {
            told.acted_for.insert((entry.by.officer, other));
        }
        told.take(entry);
        told.look_around(day, is_opened);
    }
    while day < today {
        day = day.tomorrow().expect("within the calendar");
        told.look_around(day, is_opened);
    }
    told.excluded(matter)
}

impl Told {
    fn look_around(&mut self, day: Date, is_opened: bool) {
        if !is_opened {
            return;
        }
        for (unit, placings) in &self.placings {
            let begun = placings.iter().rev().find(|(_, from)| from.is_none_or(|from| from <= day));
            self.above.entry(*unit).or_default().extend(begun.and_then(|(above, _)| *above));
        }
        for (unit, (on, successor)) in &self.closed {
            if *on <= day {
                self.took_over.entry(*unit).or_default().extend(*successor);
            }
        }
        for (officer, post, from, until) in &self.held {
            if *from <= day && until.is_none_or(|until| day < until) {
                let units = self.posts.get(post).into_iter().flatten();
                self.members.extend(units.map(|unit| (*officer, *unit)));
            }
        }
    }

    fn take(&mut self, entry: &Entry) {
        match (entry.stream, &entry.event) {
            (Stream::Unit(unit), Event::Unit(UnitEvent::UnitFounded { parent, .. })) => {
                self.placings.entry(unit).or_default().push((*parent, None));
            }
            (Stream::Unit(unit), Event::Unit(UnitEvent::UnitMoved { parent, from, .. })) => {
                self.placings.entry(unit).or_default().push((*parent, Some(*from)));
            }
            (Stream::Unit(unit), Event::Unit(UnitEvent::ClosingCancelled { .. })) => {
                self.closed.remove(&unit);
            }
            (Stream::Unit(unit), Event::Unit(UnitEvent::UnitClosed { on, successor, .. })) => {
                self.closed.insert(unit, (*on, *successor));
            }
            (Stream::Unit(unit), Event::Unit(UnitEvent::PostMade { post, .. })) => {
                self.posts.entry(*post).or_default().insert(unit);
            }
            (Stream::Officer(officer), Event::Officer(OfficerEvent::PostTaken { post, from })) => {
                self.held.push((officer, *post, *from, None));
            }
            (Stream::Officer(officer), Event::Officer(OfficerEvent::PostLeft { post, until, .. })) => {
                let same = |held: &&mut (OfficerId, PostId, Date, Option<Date>)| {
                    held.0 == officer && held.1 == *post && held.3.is_none()
                };
                if let Some(held) = self.held.iter_mut().find(same) {
                    held.3 = Some(*until);
                }
            }
            (Stream::Matter(matter), Event::Matter(event)) => self.take_matter(matter, event, entry),
            (_, _) => {}
        }
    }

    fn take_matter(&mut self, matter: MatterId, event: &MatterEvent, entry: &Entry) {
        if let MatterEvent::Assigned { lead, .. } | MatterEvent::Reassigned { lead, .. } = event {
            self.lead.insert(matter, *lead);
        }
        if let MatterEvent::Disputed { .. } = event {
            self.lead.remove(&matter);
        }
        if let (MatterEvent::SignedFor { .. }, Some(lead)) = (event, self.lead.get(&matter)) {
            self.signed_leads.entry(matter).or_default().insert(*lead);
        }
        if let MatterEvent::HandedOver { share: Share::Lead, from, to, .. } = event {
            self.signed_leads.entry(matter).or_default().insert(Party::Officer(*from));
            self.lead.insert(matter, Party::Officer(*to));
        }
        if let MatterEvent::SubMatterOpened { sub, .. } = event {
            self.subs.entry(matter).or_default().insert(*sub);
        }
        if let MatterEvent::ReportDrafted { .. } | MatterEvent::ReportSigned { .. } = event {
            self.reporters.entry(matter).or_default().extend(entry.by.officers());
        }
    }

    fn excluded(&self, matter: MatterId) -> BTreeSet<OfficerId> {
        let family = closure([matter], |id| self.subs.get(&id).into_iter().flatten().copied().collect());
        let mut excluded = BTreeSet::new();
        let mut units = BTreeSet::new();
        for id in family {
            excluded.extend(self.reporters.get(&id).into_iter().flatten());
            let leads = self.lead.get(&id).into_iter().chain(self.signed_leads.get(&id).into_iter().flatten());
            for lead in leads {
                match lead {
                    Party::Unit(unit) => units.extend([*unit]),
                    Party::Post(post) => units.extend(self.posts.get(post).into_iter().flatten()),
                    Party::Officer(officer) => {
                        excluded.insert(*officer);
                        units.extend(self.members.iter().filter(|m| m.0 == *officer).map(|m| m.1));
                    }
                }
            }
        }
        let heirs = closure(units, |unit| self.took_over.get(&unit).into_iter().flatten().copied().collect());
        let units = closure(heirs, |unit| {
            let below = self.above.iter().filter(|(_, above)| above.contains(&unit));
            below.map(|(below, _)| *below).collect()
        });
        let close: BTreeSet<OfficerId> = self.members.iter().filter(|m| units.contains(&m.1)).map(|m| m.0).collect();
        excluded.extend(self.acted_for.iter().filter(|(_, other)| close.contains(other)).map(|(officer, _)| *officer));
        excluded.extend(close);
        excluded
    }
}

fn closure<T: Ord + Copy>(begin: impl IntoIterator<Item = T>, next: impl Fn(T) -> Vec<T>) -> BTreeSet<T> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<T> = begin.into_iter().collect();
    while let Some(thing) = waiting.pop() {
        if found.insert(thing) {
            waiting.extend(next(thing));
        }
    }
    found
}
