//! The meetings to come that a text announces.

use super::held::first_day;
use super::lexicon::Kinds;
use super::meeting::is_own;
use super::time::calendar_day;
use super::tokens::Tokens;
use crate::due::Anchor;
use crate::phrases::any_of;
use crate::segment;
use civil::Date;

/// The month of a meeting and its day stand no further from its name than this, and twice this, in bytes.
const NEAR: usize = 60;

/// The day of the next meeting: in the words that announce it, or under them.
pub(super) fn next_meeting(paragraphs: &[&str], held: Option<Date>) -> Option<Date> {
    let anchor = Anchor { meeting: Some(held?), ..Anchor::default() };
    paragraphs
        .iter()
        .enumerate()
        .find_map(|(n, paragraph)| {
            let t = Tokens::of(paragraph, 0..paragraph.len());
            let said = (0..t.len()).find(|k| {
                matches!(t.word(*k), "next" | "following")
                    && (k + 1..k + 6).any(|j| {
                        // "Next Programme Board: Wednesday 5 November".
                        let body = *k == 0 && t.is(j, Kinds::BODY) && t.gap(j + 1).contains([':', '–', '-']);
                        (matches!(t.word(j), "meeting" | "meetings" | "session") || body)
                            && !(k + 1..=j).any(|b| t.breaks_before(b))
                    })
            })?;
            let rest = &paragraph[t.start(said)..];
            let sentence = &rest[..rest.find(". ").unwrap_or(rest.len())];
            let short = paragraph.len() <= 60;
            first_day(sentence, &anchor)
                .or_else(|| paragraphs.get(n + 1).filter(|_| short).and_then(|under| first_day(under, &anchor)))
                .flatten()
                .filter(|date| Some(*date) > held)
        })
        .or_else(|| on_the_calendar(paragraphs, &anchor))
        // "Next: Thursday 26 February, same place."
        .or_else(|| {
            let next = paragraphs.iter().rev().take(4).find_map(|words| words.strip_prefix("Next:"))?;
            first_day(next, &anchor).flatten().filter(|date| Some(*date) > held)
        })
        .or_else(|| paragraphs.iter().flat_map(|words| by_month(words, &anchor)).min())
}

/// "hold the March Meeting on Tuesday, 4th March", "come to the Council meeting on December 9th": the days of
/// meetings to come.
fn by_month(words: &str, anchor: &Anchor) -> Vec<Date> {
    let mut out = vec![];
    for (at, _) in any_of!["eeting"].places(words) {
        let near = words.floor_char_boundary(at.saturating_sub(NEAR))..words.floor_char_boundary(at + 2 * NEAR);
        // Most meetings are told without a day.
        let behind = &words[at..near.end];
        if !behind.bytes().any(|byte| byte.is_ascii_digit()) || !behind.contains(" on ") {
            continue;
        }
        let t = Tokens::of(words, near);
        let Some(meeting) = (1..t.len()).find(|n| t.word(*n) == "meeting" && t.end(*n) > at) else { continue };
        let month = (meeting.saturating_sub(4)..meeting)
            .find(|n| civil::month_named(t.word(*n)).is_some() && t.is_capital(*n) && !t.breaks_before(n + 1));
        let whole = (meeting + 1..t.len().min(meeting + 9)).take_while(|n| !t.breaks_before(*n));
        let on = whole.into_iter().find(|n| t.word(*n) == "on");
        let Some((Some(date), _, true)) = on.and_then(|on| calendar_day(&t, on + 1, anchor)) else { continue };
        let own = match month {
            Some(month) => {
                civil::month_named(t.word(month)) == Some(date.month()) && (month + 1..meeting).all(|n| is_own(&t, n))
            }
            None => t.is(meeting - 1, Kinds::BODY) && is_own(&t, meeting - 1) && on == Some(meeting + 1),
        };
        if own && Some(date) > anchor.meeting {
            out.push(date);
        }
    }
    out
}

/// The meetings to come that the text lists: "Scheduled meetings: 22 October, 12 November and 10 December".
pub(crate) fn meetings(text: &str, held: Option<Date>) -> [Option<Date>; 6] {
    let mut out = [None; 6];
    let Some(held) = held else { return out };
    let anchor = Anchor { meeting: Some(held), ..Anchor::default() };
    let lists = |lower: &str| {
        let cue = [
            "scheduled meetings",
            "next meeting",
            "future meetings",
            "meeting dates",
            "next:",
            "dates of meetings",
            "upcoming meetings",
            "dates of future",
            "forthcoming meetings",
            "next meetings",
            "meetings scheduled",
            "calendar of meetings",
            "dates of next",
        ];
        cue.iter().any(|cue| lower.contains(cue))
    };
    let mut count = 0;
    // Dates to come close a document.
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(8_000))..];
    for paragraph in segment::paragraphs(end).into_iter().rev().take(40) {
        let words = &end[paragraph];
        if words.len() > 600 || !lists(&words.to_ascii_lowercase()) {
            continue;
        }
        let t = Tokens::of(words, 0..words.len());
        // "A workshop will be held on 5 November. The next meeting is on the 11th": no day before it is a meeting's.
        let said = (0..t.len()).find(|k| t.says(*k, "next meeting") || t.says(*k, "following meeting")).unwrap_or(0);
        let later = |n: usize| calendar_day(&t, n, &anchor).is_some_and(|day| day.2);
        let mut n = if (said..t.len()).any(later) { said } else { 0 };
        while n < t.len() && count < out.len() {
            match calendar_day(&t, n, &anchor) {
                Some((Some(date), next, true)) if date > held => {
                    out[count] = Some(date);
                    count += 1;
                    n = next.max(n + 1);
                }
                _ => n += 1,
            }
        }
    }
    for date in by_month(text, &anchor) {
        if count < out.len() {
            out[count] = Some(date);
            count += 1;
        }
    }
    out
}

/// Under "Calendar" or "Dates": "the board meeting on September 21".
fn on_the_calendar(paragraphs: &[&str], anchor: &Anchor) -> Option<Date> {
    let dates = |words: &str| {
        let lower = words.to_ascii_lowercase();
        ["calendar", "upcoming", "future meetings", "dates for", "forthcoming"].iter().any(|word| lower.contains(word))
    };
    paragraphs.iter().enumerate().find_map(|(n, paragraph)| {
        let announced = dates(paragraph) || n > 0 && paragraphs[n - 1].len() <= 60 && dates(paragraphs[n - 1]);
        let at = paragraph.to_ascii_lowercase().find("meeting").filter(|_| announced)?;
        first_day(paragraph.get(at..)?, anchor).flatten().filter(|date| Some(*date) > anchor.meeting)
    })
}
