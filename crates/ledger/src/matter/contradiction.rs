//! "This is not so": what the public says of a cleared matter, and what came of asking again.

use jiff::civil::Date;

use super::{AnswerText, ContradictionText, Hand, Matter, Method};
use crate::act::{ActKind, Context};
use crate::code::codes;
use crate::event::Personal;
use crate::id::{ContradictionId, PersonId};
use crate::refusal::Refusal;
use crate::rights::{self, Relation};
use crate::text::Sealed;

/// So many wait for one call-back; whoever comes after is told that it is under way.
pub const OPEN_CONTRADICTIONS_MAX: usize = 100;

codes! {
    /// What a call-back found.
    CallBackFinding {
        /// What was cleared stands.
        Stands = "stands",
        /// It is not so: the matter is taken up again.
        NotSo = "not_so",
    }
}

/// Somebody of the public said that it is not so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// Its id.
    pub id: ContradictionId,
    /// The day it came in.
    pub on: Date,
    /// What was said, under the key of whoever said it.
    pub personal: Sealed<Personal<ContradictionText>>,
    /// The number of the call-back that answered it.
    pub answered_by: Option<u32>,
}

/// Somebody without a part in it asked again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallBack {
    /// Counted from 1 within the matter.
    pub no: u32,
    /// Who.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// What was found.
    pub finding: CallBackFinding,
    /// How it was looked at.
    pub method: Method,
    /// The answer, in words chosen to be public.
    pub text: Sealed<AnswerText>,
}

impl Matter {
    /// What was said and nobody has answered. All of it waits for one call-back.
    pub fn unanswered(&self) -> impl Iterator<Item = &Contradiction> {
        self.contradictions.iter().filter(|contradiction| contradiction.answered_by.is_none())
    }

    /// Under whose key lies what was said, for whoever holds its receipt and has it erased: nobody else agrees to that,
    /// since nobody else is concerned. That something was said stays and counts. Errors: `NothingChanges` where it was
    /// erased already, `NotPermitted` for anybody with a post.
    pub fn taken_back(&self, id: ContradictionId, context: &Context) -> Result<PersonId, Refusal> {
        // Also on a matter that the public may no longer know: what was said is still his who said it.
        let roles = rights::roles(context.organisation, context.by.officer, context.today);
        if !roles.iter().any(|role| rights::allowed(ActKind::TakeBack, *role, Relation::Outside)) {
            return Err(Refusal::NotPermitted { act: ActKind::TakeBack });
        }
        let said = self.contradictions.iter().find(|said| said.id == id).and_then(|said| said.personal.open());
        said.map(|personal| personal.person).ok_or(Refusal::NothingChanges)
    }

    /// Whether the public may still say something against it. Errors: `ContradictionsFull`.
    pub(crate) fn contradictable(&self) -> Result<(), Refusal> {
        match self.unanswered().count() {
            0..OPEN_CONTRADICTIONS_MAX => Ok(()),
            OPEN_CONTRADICTIONS_MAX.. => Err(Refusal::ContradictionsFull),
        }
    }

    /// Whether the hand may call back: independent of the doer, and neither the one who verified nor the one who
    /// cleared, unless the office has one clerk.
    pub(crate) fn check_call_back(&self, context: &Context) -> Result<(), Refusal> {
        if self.unanswered().next().is_none() {
            return Err(Refusal::NothingContradicted);
        }
        self.check_independent(ActKind::CallBack, context)?;
        let single_clerk =
            self.supervising.is_some_and(|unit| context.organisation.is_of_one_clerk(unit, context.today));
        let closed_it = self.closing_hands().any(|hand| hand.shares_with(&context.by));
        if closed_it && !single_clerk { Err(Refusal::FreshEyesNeeded) } else { Ok(()) }
    }

    /// Who verified and who cleared.
    fn closing_hands(&self) -> impl Iterator<Item = Hand> {
        let cleared = match &self.state {
            super::State::Cleared(_, verification, clearing) => Some([verification.by, clearing.by]),
            super::State::Opened
            | super::State::Assigned
            | super::State::UnderWay { .. }
            | super::State::Reported(_)
            | super::State::Verified(_, _)
            | super::State::Withdrawn { .. } => None,
        };
        cleared.into_iter().flatten()
    }
}
