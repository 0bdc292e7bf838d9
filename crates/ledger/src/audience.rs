//! Who may know that a matter exists. Set with the first event, widened or narrowed only by an act.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::id::{OfficerId, Series, UnitId};
use crate::matter::Matter;
use crate::organisation::{Function, Organisation};
use crate::party::Party;

/// Who may see a matter.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    Public,
    /// Every officer who holds a post.
    #[default]
    Office,
    /// Officers of these units and of those below them, of the lead and of the supervising unit, and auditors.
    Units(BTreeSet<UnitId>),
    /// These officers and nobody else, while they hold a post.
    Circle(BTreeSet<OfficerId>),
}

codes! {
    /// How wide an audience is, without who is named.
    AudienceKind {
        /// Everybody.
        Public = "public",
        /// Every officer who holds a post.
        Office = "office",
        /// Named units.
        Units = "units",
        /// Named officers.
        Circle = "circle",
    }
}

impl Audience {
    /// The audience without who is named.
    pub fn kind(&self) -> AudienceKind {
        match self {
            Audience::Public => AudienceKind::Public,
            Audience::Office => AudienceKind::Office,
            Audience::Units(_) => AudienceKind::Units,
            Audience::Circle(_) => AudienceKind::Circle,
        }
    }

    /// The series that a matter opened for this audience is numbered in: a circle's are counted apart.
    pub fn series(&self) -> Series {
        match self {
            Audience::Public | Audience::Office | Audience::Units(_) => Series::General,
            Audience::Circle(_) => Series::Circle,
        }
    }

    /// The code by which rows are told apart.
    pub fn code(&self) -> &'static str {
        self.kind().code()
    }
}

/// One whom a row can be shown to. Written as `unit/<uuid>`, `colleagues/<uuid>`,
/// `officer/<uuid>`, `office`, `public`. Which they are on a day is asked of the reader, so the rows stay as they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Principal {
    /// Anybody at all.
    Public,
    /// Anybody who holds a post.
    Office,
    /// Anybody who holds a post in an auditing unit.
    Audit,
    /// Anybody who holds a post in the unit or below it.
    Unit(UnitId),
    /// Anybody who holds a post in a unit that the officer holds a post in, or below it.
    Colleagues(OfficerId),
    /// One officer, while he holds a post.
    Officer(OfficerId),
}

impl std::fmt::Display for Principal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Principal::Public => f.write_str("public"),
            Principal::Office => f.write_str("office"),
            Principal::Audit => f.write_str("audit"),
            Principal::Unit(id) => write!(f, "unit/{id}"),
            Principal::Colleagues(id) => write!(f, "colleagues/{id}"),
            Principal::Officer(id) => write!(f, "officer/{id}"),
        }
    }
}

/// To whom the matter's rows may be shown: a reader sees a row if one of these is among his `principals`.
pub fn shown_to(matter: &Matter, organisation: &Organisation) -> BTreeSet<Principal> {
    match &matter.audience {
        Audience::Public => BTreeSet::from([Principal::Public]),
        Audience::Office => BTreeSet::from([Principal::Office]),
        Audience::Units(units) => {
            let lead = matter.lead.iter().filter_map(|lead| match lead {
                Party::Unit(_) | Party::Post(_) => lead.fixed_unit(organisation).map(Principal::Unit),
                Party::Officer(officer) => Some(Principal::Colleagues(*officer)),
            });
            let named = matter.verifiers.iter().map(|officer| Principal::Officer(*officer));
            let units = units.iter().copied().chain(matter.supervising).map(Principal::Unit);
            units.chain(lead).chain(named).chain([Principal::Audit]).collect()
        }
        Audience::Circle(officers) => officers.iter().map(|officer| Principal::Officer(*officer)).collect(),
    }
}

/// What a reader is, for `shown_to`. A visitor without an account is `Public` only, and so is an officer on a day on
/// which he holds no post: what he was shown by name, in a circle or as a verifier, he was shown for his office.
pub fn principals(organisation: &Organisation, reader: Option<OfficerId>, today: Date) -> BTreeSet<Principal> {
    let mut principals = by_posts(organisation, reader, today);
    let others = organisation.officers().map(|officer| officer.id);
    let colleagues: Vec<OfficerId> =
        others.filter(|other| is_colleague(organisation, *other, &principals, today)).collect();
    principals.extend(colleagues.into_iter().map(Principal::Colleagues));
    principals
}

/// What a reader is by his own posts.
fn by_posts(organisation: &Organisation, reader: Option<OfficerId>, today: Date) -> BTreeSet<Principal> {
    let mut principals = BTreeSet::from([Principal::Public]);
    let Some(officer) = reader else { return principals };
    for post in organisation.posts_held(officer, today) {
        principals.extend([Principal::Office, Principal::Officer(officer)]);
        let line = organisation.ancestry(post.unit, today);
        let units = line.into_iter().flat_map(|unit| organisation.answers_for(unit, today));
        principals.extend(units.map(Principal::Unit));
    }
    if audits(organisation, officer, today) {
        principals.insert(Principal::Audit);
    }
    principals
}

/// Whether the officer holds a post in an auditing unit: he may see who read what, who could do what, and every proof.
pub fn audits(organisation: &Organisation, officer: OfficerId, today: Date) -> bool {
    let posts = organisation.posts_held(officer, today);
    posts.iter().any(|post| organisation.unit(post.unit).is_some_and(|unit| unit.function == Function::Audit))
}

/// Whether `other` holds a post today in a unit of the reader's, or in one above.
fn is_colleague(organisation: &Organisation, other: OfficerId, reader: &BTreeSet<Principal>, today: Date) -> bool {
    organisation.holds(other, today).any(|post| reader.contains(&Principal::Unit(post.unit)))
}

/// Whether the reader may know the matter. What he may not know is not found.
pub fn sees(organisation: &Organisation, reader: Option<OfficerId>, matter: &Matter, today: Date) -> bool {
    let reader = by_posts(organisation, reader, today);
    shown_to(matter, organisation).iter().any(|principal| match principal {
        Principal::Colleagues(of) => is_colleague(organisation, *of, &reader, today),
        Principal::Public | Principal::Office | Principal::Audit | Principal::Unit(_) | Principal::Officer(_) => {
            reader.contains(principal)
        }
    })
}
