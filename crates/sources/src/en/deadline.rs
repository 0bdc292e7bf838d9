//! A deadline that is told as such and not as somebody's duty: "Deadline for written comments: Friday, 4 April",
//! "The closing date for applications is 13 December".

use super::sentence::{Found, Reader};
use super::time::calendar_day;
use crate::Rule;
use crate::draft::Draft;
use crate::due::Anchor;

/// What such a deadline is called.
const NAMES: [&str; 10] = [
    "deadline",
    "closing date",
    "closing day",
    "last date",
    "last day",
    "final date",
    "final day",
    "cut-off date",
    "cut-off",
    "due date",
];

impl Reader<'_, '_> {
    /// Reads a sentence that names a deadline, what it is for, and its day.
    pub(super) fn deadline(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let from = usize::from(matches!(t.word(0), "the" | "final" | "a"));
        let Some(name) = NAMES.iter().find(|name| t.says(from, name)) else { return false };
        let next = from + name.split(' ').count();
        if !matches!(t.word(next), "for" | "of" | "to") {
            return false;
        }
        // "… is 13 December", "…: noon, Monday, 30 October".
        let told = |n: &usize| t.gap(*n).contains(':') || matches!(t.word(n - 1), "is" | "be" | "remains");
        let Some(told) = (next + 2..t.len()).find(told) else { return false };
        let day = (told..t.len().min(told + 6)).find_map(|n| {
            let (_, next, exact) = calendar_day(t, n, &Anchor::default())?;
            (exact && next > n).then(|| t.start(n)..t.end(next - 1))
        });
        let Some(day) = day else { return false };
        let end = (told..t.len()).find(|n| t.start(*n) >= day.end && t.breaks_before(*n)).unwrap_or(t.len());
        let mut draft = self.draft(0, end, Found::by(Rule::EnDeadline, None));
        draft.due = Some(day);
        out.push(draft);
        true
    }
}
