//! Who may know a matter, and what the public is shown of it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{ActKind, Context, sealed_reason};
use crate::audience::{Audience, sees};
use crate::id::OfficerId;
use crate::matter::{Hand, Matter, MatterEvent, PublicItem};
use crate::organisation::Organisation;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::Text;

/// Whether a matter may be known to `audience` from now on: the one who says so is inside it, and what the public is
/// shown is published by name.
pub(crate) fn may_begin_as(audience: &Audience, context: &Context) -> Result<(), Refusal> {
    match audience {
        Audience::Public => Err(Refusal::NotPermitted { act: ActKind::Publish }),
        Audience::Circle(officers) if context.by.officers().any(|officer| !officers.contains(&officer)) => {
            Err(Refusal::OutsideCircle)
        }
        Audience::Circle(officers) if !officers.iter().any(|officer| supervises_somewhere(*officer, context)) => {
            Err(Refusal::NobodyInside)
        }
        Audience::Office | Audience::Units(_) | Audience::Circle(_) => Ok(()),
    }
}

/// Whether the officer works in a supervision office, which can take a matter up that nobody leads yet.
fn supervises_somewhere(officer: OfficerId, context: &Context) -> bool {
    let roles = rights::roles(context.organisation, officer, context.today);
    roles.iter().any(|role| rights::allowed(ActKind::ChangeAudience, *role, rights::Relation::Supervising))
}

impl Matter {
    pub(super) fn publish(&self, items: BTreeSet<PublicItem>, on: Date) -> Result<MatterEvent, Refusal> {
        match &self.audience {
            Audience::Circle(_) => Err(Refusal::CircleNotPublished),
            Audience::Public if items.is_subset(&self.published) => Err(Refusal::NothingChanges),
            Audience::Public | Audience::Office | Audience::Units(_) if items.is_empty() => {
                Err(Refusal::NothingChanges)
            }
            Audience::Public | Audience::Office | Audience::Units(_) => Ok(MatterEvent::Published { items, on }),
        }
    }

    pub(super) fn change_audience(
        &self,
        audience: Audience,
        reason: Text,
        context: &Context,
    ) -> Result<MatterEvent, Refusal> {
        may_begin_as(&audience, context)?;
        if audience == self.audience {
            return Err(Refusal::NothingChanges);
        }
        let narrowed = Matter { audience: audience.clone(), ..self.clone() };
        if narrowed.lead.is_some() && narrowed.is_open() {
            narrowed.check_audience(context)?;
        }
        // Whoever narrows it stays inside, and so does somebody who can widen it again.
        let (organisation, today) = (context.organisation, context.today);
        let stays = sees(organisation, Some(context.by.officer), &narrowed, today);
        if !stays || !narrowed.can_be_widened(organisation, today) {
            return Err(Refusal::NobodyInside);
        }
        Ok(MatterEvent::AudienceChanged { audience, on: context.today, text: sealed_reason(reason) })
    }

    /// Whether somebody who may know the matter on `day` can say who else may.
    pub(crate) fn can_be_widened(&self, organisation: &Organisation, day: Date) -> bool {
        organisation.officers().any(|officer| {
            let hand = Hand { officer: officer.id, on_behalf: None };
            rights::may(hand, ActKind::ChangeAudience, &Thing::Matter(self), organisation, day).is_ok()
        })
    }

    /// Whether the officer may know the matter: within a circle only those named do.
    pub(crate) fn check_knows(&self, officer: OfficerId) -> Result<(), Refusal> {
        match &self.audience {
            Audience::Circle(officers) if !officers.contains(&officer) => Err(Refusal::OutsideCircle),
            Audience::Public | Audience::Office | Audience::Units(_) | Audience::Circle(_) => Ok(()),
        }
    }
}
