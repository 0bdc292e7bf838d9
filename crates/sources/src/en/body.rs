//! What the body is called that met, and how minutes name it: "Minutes of the Full Governing Board held on …", "The Town
//! Board met …", "Decision maker: Executive".

use super::header::recased;
use super::held::first_day;
use super::lexicon::Kinds;
use super::tokens::Tokens;
use crate::due::Anchor;

/// A name has no more bytes than this.
const NAME_MAX: usize = 100;

/// "Project Steering Group: notes of meeting 14, 27 February": the body, named before the day.
pub(super) fn body_before_day(line: &str) -> Option<&str> {
    let name = line.split([':', ',', '–', '—']).next()?.trim();
    let count = name.split_whitespace().count();
    let lower = name.to_ascii_lowercase();
    let office = lower.split_whitespace().next_back().is_some_and(|word| super::words::OFFICES.has(word));
    let minutes =
        ["minutes", "meeting", "held", "draft", "notes", "present"].iter().any(|word| lower.starts_with(word));
    (office && !minutes && count <= 8 && name.len() < line.len()).then_some(name)
}

/// "Minutes of the Full Governing Board held on …", "Minutes of a special meeting of the Parish Council": whose they are.
pub(super) fn minutes_of(paragraph: &str) -> Option<String> {
    let leads = [
        "minutes of the ",
        "minutes of a ",
        "minutes of an ",
        "notes of the ",
        "notes of a ",
        "notes from the ",
        "minutes from the ",
    ];
    let lower = paragraph.to_ascii_lowercase();
    let lead = leads
        .iter()
        .find(|lead| lower.starts_with(**lead) || lower.starts_with("draft ") && lower[6..].starts_with(**lead))?;
    let from = lead.len() + if lower.starts_with("draft ") { 6 } else { 0 };
    let rest = paragraph.get(from..)?;
    let name = named_until(rest)?;
    let lower = name.to_ascii_lowercase();
    // "Minutes of the meeting of the Board": what is meant stands behind.
    let whole = lower.contains("meeting of") && has_office(&lower);
    let known = whole || !lower.contains("meeting") && (has_office(&lower) || name.starts_with(char::is_uppercase));
    known.then(|| recased(&name))
}

/// The words up to where it is said when or where a meeting was held, on one line or over the end of one.
fn named_until(words: &str) -> Option<String> {
    let t = Tokens::of(words, 0..words.len().min(words.floor_char_boundary(NAME_MAX * 2)));
    let end = (1..t.len()).find(|n| {
        let dated = super::time::calendar_day(&t, *n, &Anchor::default()).is_some() && t.is_capital(*n)
            || t.raw(*n).starts_with(|c: char| c.is_ascii_digit());
        matches!(
            t.word(*n),
            "held" | "on" | "at" | "was" | "were" | "met" | "commencing" | "convened" | "which" | "present" | "as"
        ) || t.word(*n) == "in" && !t.is_capital(n + 1)
            || dated
            || t.gap(*n).contains(['.', ':', ';', '(', '–', '—'])
            || t.gap(*n).contains(',') && !t.is_capital(*n)
            || t.gap(*n).contains('\n') && !matches!(t.word(n - 1), "of" | "the" | "and" | "for")
    });
    let end = end.unwrap_or(t.len());
    let name = words[..t.end(end.checked_sub(1)?)].split_whitespace().collect::<Vec<_>>().join(" ");
    (3..=NAME_MAX).contains(&name.len()).then_some(name)
}

fn has_office(lower: &str) -> bool {
    lower.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| super::words::OFFICES.has(word))
}

/// A line that says what document it is, and of whom it is not: "Agenda and minutes", "Decision details".
pub(super) fn is_kind_of_paper(line: &str) -> bool {
    let words = line.trim().trim_end_matches([':', '.']);
    words.split_whitespace().count() <= 5
        && words.split_whitespace().all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            matches!(
                word.as_str(),
                "agenda"
                    | "and"
                    | "minutes"
                    | "draft"
                    | "decision"
                    | "decisions"
                    | "details"
                    | "published"
                    | "unconfirmed"
                    | "unapproved"
                    | "approved"
                    | "confirmed"
                    | "printed"
                    | "public"
                    | "notes"
                    | "action"
                    | "record"
                    | "of"
                    | "the"
                    | "proceedings"
                    | "final"
                    | "official"
                    | "notice"
                    | "list"
                    | "sheet"
                    | "log"
                    | "meeting"
                    | ""
            )
        })
}

/// "Minutes – 3 May 2016", "4 May 2016, draft minutes": a day and what document it is.
pub(super) fn is_dated_paper(line: &str) -> bool {
    let t = Tokens::of(line, 0..line.len());
    let Some((from, to)) = (0..t.len()).find_map(|n| {
        let (_, next, exact) = super::time::calendar_day(&t, n, &Anchor::default())?;
        (exact && next > n).then_some((n, next))
    }) else {
        return false;
    };
    let last = t.end(t.len() - 1);
    let behind = if to < t.len() { &line[t.start(to)..last] } else { "" };
    t.len() > to - from
        && is_kind_of_paper(line[..t.start(from)].trim_end_matches(|c: char| !c.is_alphanumeric()))
        && is_kind_of_paper(behind)
}

/// A line that names people and no meeting: "Chair A B Rook", "Present: …".
pub(super) fn is_of_people(line: &str) -> bool {
    let first =
        line.split_whitespace().next().unwrap_or("").trim_end_matches([':', '-', ',', '.']).to_ascii_lowercase();
    matches!(
        first.as_str(),
        "chair"
            | "chairman"
            | "chairperson"
            | "chairwoman"
            | "clerk"
            | "present"
            | "attending"
            | "attendees"
            | "members"
            | "apologies"
            | "attendance"
            | "cllr"
            | "cllrs"
            | "councillor"
            | "councillors"
            | "those"
            | "absent"
            | "mr"
            | "mrs"
    )
}

/// "Decision Maker: Executive", "Committee: Executive", "Name of meeting: Forum".
pub(super) fn labelled_body(line: &str) -> Option<String> {
    let (label, name) = line.split_once(':')?;
    let label = label.trim().to_ascii_lowercase();
    let known = matches!(
        label.as_str(),
        "decision maker"
            | "decision-maker"
            | "committee"
            | "body"
            | "meeting"
            | "name of meeting"
            | "meeting name"
            | "name of committee"
            | "group"
            | "board"
            | "meeting title"
            | "title of meeting"
            | "governing body"
    );
    let name = name.trim();
    let dated = first_day(name, &Anchor::default()).is_some();
    (known && !dated && (3..=NAME_MAX).contains(&name.len()) && name.starts_with(char::is_uppercase))
        .then(|| name.to_owned())
}

/// "The Town Board met on …", "The May village board met", "was called to order": who met.
pub(super) fn who_met(paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.floor_char_boundary(400));
    let verb = (1..t.len().min(30)).find(|n| {
        let met = t.word(*n) == "met"
            && matches!(
                t.word(n + 1),
                "on" | "at"
                    | "in"
                    | "for"
                    | "via"
                    | "as"
                    | "by"
                    | "this"
                    | "remotely"
                    | "virtually"
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                    | "online"
                    | "to"
                    | "pursuant"
            );
        met || t.says(*n, "was called to order") || t.says(*n, "called to order") || t.says(*n, "was convened")
    })?;
    let verb = verb - usize::from(t.word(verb - 1) == "was" || t.word(verb - 1) == "has");
    let office = (0..verb).rev().take(6).find(|n| {
        t.is(*n, Kinds::LISTED_OFFICE | Kinds::BODY)
            && !t.is(*n, Kinds::TITLE)
            && !matches!(t.word(*n), "meeting" | "session")
    })?;
    let begins = |n: usize| {
        n == 0
            || t.gap(n).contains(['.', '\n', ':', ','])
            || matches!(t.word(n - 1), "the" | "a" | "this" | "by" | "and" | "when" | "that")
            || t.word(n - 1).starts_with(|c: char| c.is_ascii_digit())
            || civil::month_named(t.word(n - 1)).is_some()
    };
    let mut from = (office.saturating_sub(8)..=office).rev().find(|n| begins(*n))?;
    // "Members of the Town Board met": the council did.
    if let Some(of) = t.find(from, office, "of").filter(|of| t.word(of + 1) == "the" && t.word(*of - 1) == "members") {
        from = of + 2;
    }
    let name = paragraph[t.start(from)..t.end(verb - 1)].split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = verb - from <= 10
        && !(from..verb).any(|n| super::clause::is_auxiliary(t.word(n)) || t.gap(n).contains(',') && n > from);
    (plain && name.len() <= NAME_MAX).then_some(name)
}

/// "RESOLVED that the Council agree", "the June town board meeting": the body that the first paragraphs speak of.
pub(super) fn spoken_of(paragraphs: &[&str]) -> Option<String> {
    paragraphs.iter().take(30).find_map(|paragraph| {
        let t = Tokens::of(paragraph, 0..paragraph.floor_char_boundary(1_500));
        (1..t.len()).find_map(|n| {
            let body = matches!(
                t.word(n),
                "council" | "board" | "committee" | "cabinet" | "commission" | "panel" | "trustees" | "executive"
            );
            if !body {
                return None;
            }
            let small = |k: usize| t.is(k, Kinds::LISTED_OFFICE) && !t.is_capital(k);
            let mut from = n;
            while from > 0
                && (t.is_capital(from - 1) && t.is_capital(n) || small(from - 1))
                && !t.breaks_before(from)
                && civil::month_named(t.word(from - 1)).is_none()
                && n - from < 5
            {
                from -= 1;
            }
            let meets = n + 1 + usize::from(matches!(t.word(n + 1), "executive" | "regular" | "plenary"));
            if t.word(meets) == "meeting" && from < n {
                return Some(paragraph[t.start(from)..t.end(meets)].split_whitespace().collect::<Vec<_>>().join(" "));
            }
            // "the village council".
            let alone = from < n && !t.is_capital(n) && matches!(t.word(n), "council" | "board" | "commission");
            let acts = t.is(n + 1, Kinds::DECIDING | Kinds::ORDERING)
                || matches!(
                    t.word(n + 1),
                    "noted"
                        | "considered"
                        | "approved"
                        | "received"
                        | "discussed"
                        | "agree"
                        | "resolve"
                        | "reviewed"
                        | "accepted"
                );
            (alone || acts && from > 0 && t.word(from - 1) == "the")
                .then(|| paragraph[t.start(from)..t.end(n)].to_owned())
        })
    })
}

/// "The Standing Committee of the CPC Committee held a meeting": who held it.
pub(super) fn holder(paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let verb = (2..t.len().min(40)).find(|n| {
        matches!(t.word(*n), "held" | "convened" | "holds" | "convenes")
            && (n + 1..n + 7).any(|k| matches!(t.word(k), "meeting" | "session" | "conference"))
            && matches!(t.word(n + 1), "a" | "an" | "its" | "the")
    })?;
    let mut from = verb;
    while from > 0
        && !t.breaks_before(from)
        && (t.is_capital(from - 1) || matches!(t.word(from - 1), "of" | "the" | "and" | "for"))
    {
        from -= 1;
    }
    from += usize::from(t.word(from) == "the");
    let office = (from..verb).any(|n| t.is(n, Kinds::LISTED_OFFICE));
    (office && verb > from)
        .then(|| paragraph[t.start(from)..t.end(verb - 1)].split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A title that is the name of a body: "Pell Harbor City Council".
pub(super) fn titled_body(title: &str) -> Option<String> {
    let name = title.split([':', ',', '–', '—']).next()?.trim();
    let minutes = [
        "minutes of the meeting of the ",
        "minutes of the ",
        "minutes of ",
        "draft minutes of the ",
        "notes of the ",
        "summary of ",
    ];
    let lower = name.to_ascii_lowercase();
    let lead = minutes.iter().find(|lead| lower.starts_with(**lead)).map_or(0, |lead| lead.len());
    let name = name.get(lead..)?;
    let last = name.to_ascii_lowercase();
    let office = last.split_whitespace().any(|word| super::words::OFFICES.has(word));
    let prose = last
        .split_whitespace()
        .any(|word| matches!(word, "studies" | "presided" | "holds" | "held" | "minutes" | "meeting" | "actions"));
    (office && !prose && name.split_whitespace().count() <= 10).then(|| name.to_owned())
}

/// "Wereham Parish Council meeting" → "Wereham Parish Council"; "Meeting of the District" → "District".
pub(super) fn body(meeting: &str) -> Option<String> {
    let lower = meeting.to_ascii_lowercase();
    if let Some(at) = lower.find("meeting of the ").map(|at| at + "meeting of the ".len()) {
        return meeting.get(at..).map(str::to_owned);
    }
    let at = lower.rfind(" meeting")?;
    let body = meeting.get(..at)?;
    let kinds = ["Monthly", "Annual", "Special", "Regular", "Ordinary"];
    Some(kinds.iter().fold(body, |body, kind| body.trim_end_matches(kind).trim_end()).to_owned())
        .filter(|b| !b.is_empty())
}
