//! What a matter has to do with others: its parts, duplicates merged into it, links, what took its place, and what may
//! be the same thing twice. Only matters that the reader may see.

use std::sync::Arc;

use ledger::act::ActKind;
use ledger::id::{MatterId, Number, OfficerId};
use ledger::matter::{Matter, State, StateKind, WithdrawalGround};
use ledger::party::Party;
use store::{Among, Read};

use crate::error::Problem;
use crate::next::Offer;

/// Another matter.
#[derive(Clone)]
pub struct Relative {
    /// Its number.
    pub number: Number,
    /// Its words; none once erased.
    pub quote: Option<String>,
    /// Where it stands.
    pub state: StateKind,
    /// Who leads it.
    pub lead: Option<Party>,
    /// The code of what they have to do with one another; empty where the heading says it.
    pub relation: &'static str,
    /// A part that is not waited for any more.
    pub is_waived: bool,
}

/// Matters that one has to do with.
#[derive(Default)]
pub struct Family {
    /// What took its place.
    pub successor: Option<Number>,
    /// Why it went on under that.
    pub ground: Option<WithdrawalGround>,
    /// Matters under it.
    pub parts: Vec<Relative>,
    /// Duplicates merged into it.
    pub merged: Vec<Relative>,
    /// Links.
    pub links: Vec<Relative>,
    /// What may be the same thing twice; looked for only where the reader could merge.
    pub alike: Vec<Relative>,
}

impl Family {
    /// What is listed, each under its heading.
    pub fn sections(&self) -> [(&'static str, &[Relative]); 3] {
        [("matter-subs", &self.parts), ("family-merged", &self.merged), ("family-links", &self.links)]
    }

    /// The family of a matter, as the reader may see it.
    pub fn of(read: &mut Read<'_>, reader: Option<OfficerId>, matter: &Matter, offer: &Offer) -> Result<Self, Problem> {
        let mut family = Self::default();
        if let State::Withdrawn { successor: Some(successor), ground, .. } = &matter.state {
            family.successor = relative(read, reader, *successor)?.map(|relative| relative.number);
            family.ground = Some(*ground);
        }
        for sub in &matter.subs {
            let part = relative(read, reader, sub.id)?;
            family.parts.extend(part.map(|part| Relative { is_waived: sub.waived_on.is_some(), ..part }));
        }
        for (id, _) in &matter.merged {
            family.merged.extend(relative(read, reader, *id)?);
        }
        for link in &matter.links {
            let other = relative(read, reader, link.other)?;
            family.links.extend(other.map(|other| Relative { relation: link.relation.code(), ..other }));
        }
        if offer.next == Some(ActKind::Merge) || offer.others.contains(&ActKind::Merge) {
            family.alike = alike(read, reader, matter)?;
        }
        Ok(family)
    }

    /// The message that says where it goes on.
    pub fn goes_on(&self) -> &'static str {
        match self.ground {
            Some(WithdrawalGround::Duplicate) => "family-goes-on",
            Some(WithdrawalGround::Corrected) => "family-corrected",
            Some(WithdrawalGround::Decided | WithdrawalGround::ConfirmedInError) | None => "family-successor",
        }
    }
}

/// The matter under which it goes on, where its words were put right; itself where they were not, or where the reader may
/// not see the other.
pub fn corrected(read: &mut Read<'_>, reader: OfficerId, matter: Arc<Matter>) -> Result<Arc<Matter>, Problem> {
    let mut found = matter;
    while let State::Withdrawn { ground: WithdrawalGround::Corrected, successor: Some(next), .. } = &found.state {
        let Some(next) = read.matter(*next)? else { break };
        if read.find(Some(reader), next.number)?.is_none() {
            break;
        }
        found = next;
    }
    Ok(found)
}

/// Open matters that may be the same thing and are not known to have to do with this one.
pub fn alike(read: &mut Read<'_>, reader: Option<OfficerId>, matter: &Matter) -> Result<Vec<Relative>, Problem> {
    // Parts of one whole say the same on purpose.
    let Some(text) = matter.text.open().filter(|_| matter.parent().is_none()) else { return Ok(vec![]) };
    let (organisation, today) = (read.organisation()?, read.today());
    let lead = match matter.lead {
        Some(lead) => lead.units(&organisation, today).first().copied(),
        None => {
            let profile = read.profile()?;
            let owner = text.owner.as_ref();
            owner.and_then(|owner| profile.unit_called(owner.as_str(), &organisation, today)).map(|(unit, _)| unit)
        }
    };
    let is_kin =
        |id: MatterId| matter.links.iter().any(|link| link.other == id) || matter.subs.iter().any(|sub| sub.id == id);
    let mut alike = vec![];
    let among = lead.map_or(Among::Unled, Among::LedBy);
    for line in read.alike(reader, text.quote.as_str(), among, Some(matter.id))? {
        if !is_kin(line.id) {
            alike.extend(relative(read, reader, line.id)?);
        }
    }
    Ok(alike)
}

fn relative(read: &mut Read<'_>, reader: Option<OfficerId>, id: MatterId) -> Result<Option<Relative>, Problem> {
    let Some(matter) = read.matter(id)? else { return Ok(None) };
    if read.find(reader, matter.number)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Relative {
        number: matter.number,
        quote: matter.text.open().map(|text| text.quote.to_string()),
        state: matter.state.kind(),
        lead: matter.lead,
        relation: "",
        is_waived: false,
    }))
}
