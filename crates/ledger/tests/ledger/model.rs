//! The rule of independence said again, plainly and from the history alone, to hold the ledger against.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ledger::event::Event;
use ledger::id::{MatterId, OfficerId, PostId, Stream, UnitId};
use ledger::matter::{MatterEvent, Share};
use ledger::organisation::{Function, OfficerEvent, UnitEvent};
use ledger::party::Party;

use crate::world::Entry;

/// The unit above, and the first day.
type Placing = (Option<UnitId>, Option<Date>);

/// Who led from which day to which, and whether he signed for it.
struct Led {
    party: Party,
    from: Date,
    until: Option<Date>,
    signed: bool,
}

#[derive(Default)]
struct Told {
    placings: BTreeMap<UnitId, Vec<Placing>>,
    closed: BTreeMap<UnitId, (Date, Option<UnitId>)>,
    /// Every unit a post ever belonged to.
    posts: BTreeMap<PostId, BTreeSet<UnitId>>,
    held: Vec<(OfficerId, PostId, Date, Option<Date>)>,
    functions: BTreeMap<UnitId, Function>,
    /// Every lead of a matter, the present one last; those that never signed for it go when another comes.
    led: BTreeMap<MatterId, Vec<Led>>,
    subs: BTreeMap<MatterId, BTreeSet<MatterId>>,
    reporters: BTreeMap<MatterId, BTreeSet<OfficerId>>,
    /// Since the matter in question was opened: what a unit stood under, what took its place, who was where, and who
    /// acted for whom.
    above: BTreeMap<UnitId, BTreeSet<UnitId>>,
    took_over: BTreeMap<UnitId, BTreeSet<UnitId>>,
    members: BTreeSet<(OfficerId, UnitId, Date)>,
    acted_for: BTreeSet<(OfficerId, OfficerId, Date)>,
}

/// Everybody who may neither verify nor clear `matter` on `today`.
///
/// That is the lead, and leads that signed for it before; whoever since opening held a post in the lead's unit or below,
/// or acted for somebody who then did; and whoever wrote or signed a report. Each also through any matter under it. An
/// officer's units are those he was in when it was placed with him, and those executing ones he came to while he led.
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
            told.acted_for.insert((entry.by.officer, other, entry.on));
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
                self.members.extend(units.map(|unit| (*officer, *unit, day)));
            }
        }
    }

    fn take(&mut self, entry: &Entry) {
        match (entry.stream, &entry.event) {
            (Stream::Unit(unit), Event::Unit(UnitEvent::UnitFounded { parent, function, .. })) => {
                self.functions.entry(unit).or_insert(*function);
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
        let led = self.led.entry(matter).or_default();
        match event {
            MatterEvent::Assigned { lead, on, .. } | MatterEvent::Reassigned { lead, on, .. } => {
                end(led, *on);
                led.push(Led { party: *lead, from: *on, until: None, signed: false });
            }
            MatterEvent::Disputed { on, .. } => end(led, *on),
            MatterEvent::SignedFor { .. } => led.iter_mut().last().expect("it is led").signed = true,
            MatterEvent::HandedOver { share: Share::Lead, to, on, .. } => {
                let before = led.iter_mut().last().expect("it is led");
                let signed = std::mem::replace(&mut before.signed, true);
                end(led, *on);
                led.push(Led { party: Party::Officer(*to), from: *on, until: None, signed });
            }
            _other => {}
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
            for Led { party, from, until, signed: _ } in self.led.get(&id).into_iter().flatten() {
                match party {
                    Party::Unit(unit) => units.extend([*unit]),
                    Party::Post(post) => units.extend(self.posts.get(post).into_iter().flatten()),
                    Party::Officer(officer) => {
                        excluded.insert(*officer);
                        let while_leading = self.members.iter().filter(|(who, unit, day)| {
                            let came_to = day == from || self.functions.get(unit) == Some(&Function::Executing);
                            who == officer && came_to && from <= day && until.is_none_or(|until| *day <= until)
                        });
                        units.extend(while_leading.map(|(_, unit, _)| *unit));
                    }
                }
            }
        }
        let heirs = closure(units, |unit| self.took_over.get(&unit).into_iter().flatten().copied().collect());
        let units = closure(heirs, |unit| {
            let below = self.above.iter().filter(|(_, above)| above.contains(&unit));
            below.map(|(below, _)| *below).collect()
        });
        let is_close = |who: OfficerId, then: Option<Date>| {
            let places =
                self.members.iter().filter(|(officer, _, day)| *officer == who && then.is_none_or(|d| d == *day));
            places.into_iter().any(|(_, unit, _)| units.contains(unit))
        };
        let acted = self.acted_for.iter().filter(|(_, other, day)| is_close(*other, Some(*day)));
        excluded.extend(acted.map(|(officer, _, _)| *officer));
        let members: BTreeSet<OfficerId> = self.members.iter().map(|(officer, _, _)| *officer).collect();
        excluded.extend(members.into_iter().filter(|officer| is_close(*officer, None)));
        excluded
    }
}

/// Another leads from this day on.
fn end(led: &mut Vec<Led>, on: Date) {
    if let Some(last) = led.pop_if(|last| last.until.is_none()).filter(|last| last.signed) {
        led.push(Led { until: Some(on), ..last });
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
