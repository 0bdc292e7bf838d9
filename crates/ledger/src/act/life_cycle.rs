//! The life cycle: which act is known in which state.

use super::ActKind;
use crate::matter::StateKind;

/// Whether the life cycle knows `act` in `state`. The whole of it: `table` prints it, and a snapshot holds it.
pub fn is_possible(state: StateKind, act: ActKind) -> bool {
    use StateKind::*;
    let among = |states: &[StateKind]| states.contains(&state);
    match act {
        ActKind::Assign => among(&[Opened]),
        ActKind::Reassign => among(&[Assigned, UnderWay]),
        ActKind::SignFor | ActKind::Dispute => among(&[Assigned]),
        ActKind::AskExtension | ActKind::NameObstacle => among(&[Assigned, UnderWay]),
        ActKind::AskQuestion => among(&[Assigned, UnderWay, Reported]),
        ActKind::DecideExtension | ActKind::RemoveObstacle | ActKind::AnswerQuestion => {
            among(&[Assigned, UnderWay, Reported, Verified])
        }
        ActKind::RecordProgress | ActKind::DraftReport | ActKind::SignReport => among(&[UnderWay]),
        ActKind::AddEvidence => among(&[UnderWay, Reported]),
        ActKind::NameVerifier => among(&[Assigned, UnderWay, Reported]),
        ActKind::Verify => among(&[Reported]),
        ActKind::Return | ActKind::Appeal | ActKind::DecideAppeal => among(&[Reported, Verified]),
        ActKind::Clear => among(&[Verified]),
        ActKind::Reopen | ActKind::Contradict | ActKind::CallBack => among(&[Cleared]),
        ActKind::Withdraw | ActKind::Merge => !among(&[Cleared, Withdrawn]),
        ActKind::Correct => among(&[Opened, Assigned, UnderWay]),
        ActKind::Publish | ActKind::ChangeAudience | ActKind::Link => true,
        ActKind::IssueNotice => among(&[Assigned, UnderWay]),
        ActKind::Decompose | ActKind::Waive => among(&[Opened, Assigned, UnderWay]),
        ActKind::Escalate => among(&[Assigned, UnderWay, Reported]),
        ActKind::Instruct => !among(&[Cleared, Withdrawn]),
        ActKind::Acknowledge => !among(&[Cleared]),
        ActKind::Open
        | ActKind::Ingest
        | ActKind::Settle
        | ActKind::Teach
        | ActKind::Ask
        | ActKind::Observe
        | ActKind::Organise
        | ActKind::Delegate
        | ActKind::AskErasure
        | ActKind::TakeBack
        | ActKind::ApproveErasure => false,
    }
}

/// The (state × act) table as officials review it: one line an act, one column a state.
pub fn table() -> String {
    let mut lines = vec![format!(
        "{:<18}{}",
        "",
        StateKind::ALL.iter().map(|s| format!("{:<11}", s.code())).collect::<String>().trim_end()
    )];
    for act in ActKind::ALL.iter().filter(|act| StateKind::ALL.iter().any(|state| is_possible(*state, **act))) {
        let cells: String =
            StateKind::ALL.iter().map(|s| format!("{:<11}", if is_possible(*s, *act) { "yes" } else { "-" })).collect();
        lines.push(format!("{:<18}{}", act.code(), cells.trim_end()));
    }
    lines.join("\n") + "\n"
}
