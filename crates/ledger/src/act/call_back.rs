//! What the public says of a cleared matter, and what the office answers.

use jiff::civil::Date;

use super::{Context, Outcomes};
use crate::event::Personal;
use crate::id::ContradictionId;
use crate::matter::{AnswerText, CallBackFinding, ContradictionText, Matter, MatterEvent, Method};
use crate::refusal::Refusal;
use crate::text::{Sealed, Text};

impl Matter {
    pub(super) fn contradict(
        &self,
        contradiction: ContradictionId,
        said: Personal<ContradictionText>,
        on: Date,
    ) -> Result<MatterEvent, Refusal> {
        match self.contradictions.iter().any(|before| before.id == contradiction) {
            true => Err(Refusal::NothingChanges),
            false => Ok(MatterEvent::Contradicted { contradiction, on, personal: Sealed::Open(said) }),
        }
    }

    /// One answer to everything that waits. Where it is not so, the matter is taken up again with a new deadline.
    pub(super) fn call_back(
        &self,
        finding: CallBackFinding,
        method: Method,
        answer: Text,
        due: Option<Date>,
        context: &Context,
    ) -> Outcomes {
        let on = context.today;
        let text = Sealed::Open(AnswerText { answer: answer.clone() });
        let mut events = vec![MatterEvent::CalledBack { finding, method, on, text }];
        match (finding, due) {
            (CallBackFinding::NotSo, Some(due)) => events.extend(self.reopen(due, answer, context)?),
            (CallBackFinding::NotSo, None) => return Err(Refusal::NewDueMissing),
            (CallBackFinding::Stands, _) => {}
        }
        Ok(self.to_stream(events))
    }
}
