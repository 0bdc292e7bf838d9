//! The head of English minutes: the title, "held on 11 September 2012", "Councillor Gao (in the chair)".

use super::lexicon::Kinds;
use super::time::calendar_day;
use super::tokens::Tokens;
use super::words::TITLES;
use crate::due::Anchor;
use crate::header::Header;
use crate::phrases::any_of;
use crate::{Item, ItemVerb, segment};
use civil::Date;

/// Date, name and chair stand among the first paragraphs.
const HEAD: usize = 12;
/// A line of a title is no longer than this, in bytes.
const LINE_MAX: usize = 90;

/// Read the head of a document from its paragraphs.
pub(crate) fn read(paragraphs: &[&str]) -> Header {
    let head = &paragraphs[..paragraphs.len().min(HEAD)];
    let title = title(head);
    let held = head.iter().find_map(|paragraph| holder(paragraph));
    let named = head.iter().find_map(|paragraph| meeting(paragraph, title.as_deref()));
    let named = match &named {
        Some(_) if named != title => named,
        Some(_) | None => head.iter().flat_map(|paragraph| paragraph.lines()).find_map(minutes_of).or(named),
    };
    let meeting = match &held {
        // "The Standing Committee held a meeting" under a headline.
        Some(holder) if named.is_none() || named == title => Some(format!("{holder} meeting")),
        Some(_) | None => named,
    };
    let date = date(head, paragraphs);
    let body = meeting.as_deref().and_then(body).or(held).or_else(|| title.as_deref().and_then(titled_body));
    Header {
        date,
        next_meeting: next_meeting(paragraphs, date),
        body,
        meeting: meeting.or_else(|| title.clone()),
        title,
        presided_by: chaired(head),
        items: items(paragraphs),
    }
}

/// The first lines, up to the one that holds a day, a colon or a sentence.
fn title(head: &[&str]) -> Option<String> {
    let mut words: Vec<&str> = vec![];
    for line in head.iter().take(2).flat_map(|paragraph| paragraph.lines()).map(str::trim).take(4) {
        let dated = first_day(line, &Anchor::default()).is_some();
        let alone = words.is_empty();
        let prose = line.ends_with(['.', ';', ',']) || (!alone && line.contains(':')) || line.len() > LINE_MAX * 3;
        let minutes = !alone && line.to_ascii_lowercase().starts_with("draft minutes");
        if dated && !alone {
            words.extend(body_before_day(line));
        }
        if dated || prose || minutes || (!alone && line.len() > LINE_MAX) {
            break;
        }
        words.push(line);
        if line.contains(':') {
            break;
        }
    }
    let title = words.join(" ");
    (!title.is_empty() && title.len() <= LINE_MAX * 3).then(|| recased(&title))
}

/// "Project Steering Group: notes of meeting 14, 27 February": the body, named before the day.
fn body_before_day(line: &str) -> Option<&str> {
    let name = line.split([':', ',', '–', '—']).next()?.trim();
    let count = name.split_whitespace().count();
    let lower = name.to_ascii_lowercase();
    let office = lower.split_whitespace().next_back().is_some_and(|word| super::words::OFFICES.has(word));
    let minutes =
        ["minutes", "meeting", "held", "draft", "notes", "present"].iter().any(|word| lower.starts_with(word));
    (office && !minutes && count <= 8 && name.len() < line.len()).then_some(name)
}

/// "Minutes of the Full Governing Board held on …": whose minutes they are.
fn minutes_of(line: &str) -> Option<String> {
    let rest = super::background::strip(line.trim(), "minutes of the ")?;
    let lower = rest.to_ascii_lowercase();
    let end = [" held ", " on ", ", "].iter().filter_map(|cut| lower.find(cut)).min()?;
    let known = end <= 60 && !lower[..end].contains("meeting") && rest.starts_with(char::is_uppercase);
    known.then(|| recased(&rest[..end]))
}

/// In capitals; a stray small letter, as scanning makes them, does not count.
fn is_shouted(words: &str) -> bool {
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let small = words.chars().filter(|c| c.is_lowercase()).count();
    capitals > small * 20
}

/// A title shouted in capitals, in ordinary letters: "Meeting of the Municipal District".
fn recased(title: &str) -> String {
    if !is_shouted(title) {
        return title.to_owned();
    }
    let small = ["of", "the", "and", "in", "on", "at", "for", "to", "a"];
    let word = |(n, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if n > 0 && small.contains(&lower.as_str()) {
            return lower;
        }
        let mut fresh = true;
        let letter = |c: char| {
            let out: String = if fresh { c.to_uppercase().collect() } else { c.to_string() };
            fresh = !c.is_alphanumeric() && c != '\'' && c != '’';
            out
        };
        lower.chars().map(letter).collect()
    };
    title.split_whitespace().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// The first day of the calendar in `words`; its date if the anchor or the words give the year.
fn first_day(words: &str, anchor: &Anchor) -> Option<Option<Date>> {
    let t = Tokens::of(words, 0..words.len());
    (0..t.len()).find_map(|n| {
        if let Ok(date) = t.word(n).parse::<Date>() {
            return Some(Some(date));
        }
        // "21–22 June 2022": the first day counts.
        if let Some(first) = first_of_days(&t, n, anchor) {
            return Some(Some(first));
        }
        let (date, next, exact) = calendar_day(&t, n, anchor)?;
        (exact && next > n).then_some(date)
    })
}

/// "21–22 June 2022", "21 and 22 June": the first of two days that share a month.
fn first_of_days(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<Date> {
    let (first, last) = match t.word(n).split_once('-') {
        Some((first, _)) => (first, n),
        None => (t.word(n), n + 1 + usize::from(matches!(t.word(n + 1), "and" | "to" | "&"))),
    };
    let day: i8 = first.parse().ok().filter(|day| (1..=31).contains(day))?;
    let joined = last > n + 1 || last == n || t.gap(n + 1).contains(['–', '—', '-']);
    let second = t.word(last).rsplit('-').next()?.parse::<i8>().ok().filter(|second| *second > day);
    if !joined || second.is_none() {
        return None;
    }
    let month = civil::month_named(t.word(last + 1)).filter(|_| t.is_capital(last + 1))?;
    match super::time::year_at(t, last + 2) {
        Some(year) => civil::day(year, month, day),
        None => anchor.first_after(month, day),
    }
}

/// The meeting's day, with its year: where the text says that it met, else the first day of the head.
fn date(head: &[&str], paragraphs: &[&str]) -> Option<Date> {
    let of_this = |paragraph: &&&str| {
        let lower = paragraph.to_ascii_lowercase();
        !["last meeting", "previous meeting", "next meeting"].iter().any(|other| lower.contains(other))
    };
    let day =
        |paragraph: &&str| first_day(paragraph, &Anchor::default()).flatten().map(|date| told_on(paragraph, date));
    let met = |paragraph: &&&str| {
        let lower = paragraph.to_ascii_lowercase();
        ["held", "meeting", "met ", "convened", "called to order"].iter().any(|cue| lower.contains(cue))
    };
    // "The minutes of the meeting held on 20 May were confirmed" tells of another one.
    let confirmed = |paragraph: &&&str| {
        let lower = paragraph.to_ascii_lowercase();
        ["confirmed", "approved", "correct record", "signed", "adopted"].iter().any(|word| lower.contains(word))
    };
    let told = |paragraph: &&&str| of_this(paragraph) && !confirmed(paragraph);
    // "12/11/2024": day first where councillors sit and pounds are spent.
    let figures = head.iter().take(4).find_map(|paragraph| day_first(paragraph));
    if let Some(date) = figures
        .filter(|_| paragraphs.iter().any(|words| ["Cllr", "Councillor", "£"].iter().any(|cue| words.contains(cue))))
    {
        return Some(date);
    }
    let line = |paragraph: &&&str| paragraph.len() <= LINE_MAX || met(paragraph);
    // "PORT ELM, Nov. 8 – The Council held …", "MEETING HELD ON 22 JULY": nothing tells it better.
    let dateline = |paragraph: &&str| {
        let end = ["-- ", "— ", "– "].iter().filter_map(|dash| paragraph.find(dash)).min().filter(|end| *end <= 60)?;
        first_day(&paragraph[..end], &Anchor::default()).flatten().map(|date| told_on(paragraph, date))
    };
    let held_on = |paragraph: &&str| {
        let lower = paragraph.to_ascii_lowercase();
        let at = ["held on", "held at", "held in", "held via", "met on"].iter().find_map(|cue| lower.find(cue))?;
        first_day(paragraph.get(at..)?, &Anchor::default()).flatten()
    };
    let surely = head.iter().take(4).find_map(dateline).or_else(|| head.iter().filter(told).find_map(held_on));
    if surely.is_some() {
        return surely;
    }
    head.iter()
        .filter(told)
        .filter(line)
        .find_map(day)
        .or_else(|| head.iter().filter(of_this).filter(met).find_map(day))
        .or_else(|| head.iter().filter(of_this).find_map(day))
}

/// A day in figures, read with its day before its month; only where both may be either.
fn day_first(words: &str) -> Option<Date> {
    let t = Tokens::of(words, 0..words.len());
    (0..t.len()).find_map(|n| {
        let parted = |k: usize| matches!(t.gap(k), "/" | ".");
        let year = super::time::year_at(&t, n + 2).filter(|_| parted(n + 1) && parted(n + 2))?;
        let (day, month) = (t.word(n).parse::<i8>().ok()?, t.word(n + 1).parse::<i8>().ok()?);
        if day > 12 { None } else { civil::day(year, month, day) }
    })
}

/// "LINJIANG, July 3, 2025 -- The Committee met on Wednesday": the Wednesday before the day of the report.
fn told_on(paragraph: &str, reported: Date) -> Date {
    let Some((_, told)) = ["-- ", "— ", "– "].iter().find_map(|dash| paragraph.split_once(dash)) else {
        return reported;
    };
    let sentence = &told[..told.find(". ").unwrap_or(told.len())];
    let t = Tokens::of(sentence, 0..sentence.len());
    let day = (1..t.len()).find_map(|n| {
        let alone = t.word(n - 1) == "on" && !t.word(n + 1).starts_with(|c: char| c.is_ascii_digit());
        super::time::weekday(t.word(n)).filter(|_| alone && civil::month_named(t.word(n + 1)).is_none())
    });
    let Some(day) = day else { return reported };
    let back = (i64::from(reported.weekday().to_monday_zero_offset()) - day).rem_euclid(7);
    reported.checked_sub(jiff::Span::new().days(back)).unwrap_or(reported)
}

/// The day of the next meeting: in the words that announce it, or under them.
fn next_meeting(paragraphs: &[&str], held: Option<Date>) -> Option<Date> {
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
    let mut from = text.len().saturating_sub(8_000);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let text = &text[from..];
    for paragraph in segment::paragraphs(text).into_iter().rev().take(40) {
        let words = &text[paragraph];
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

/// "Meeting of the Municipal District of …", "the Parish Council meeting held on …", or a title that names one.
fn meeting(paragraph: &str, title: Option<&str>) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let at =
        (0..t.len()).find(|n| matches!(t.word(*n), "meeting" | "session") && !t.says(n.saturating_sub(1), "next"))?;
    if t.word(at) == "session"
        && at > 0
        && matches!(
            t.word(at - 1),
            "public" | "closed" | "executive" | "work" | "private" | "open" | "workshop" | "drop-in"
        )
    {
        return None;
    }
    // "for the April meeting": one to come.
    if at > 0 && civil::month_named(t.word(at - 1)).is_some() && !t.says(0, t.word(at - 1))
        || at > 0 && matches!(t.word(at - 1), "next" | "last" | "previous")
    {
        return None;
    }
    let shouted = is_shouted(paragraph);
    let proper = |n: usize| t.is_capital(n) && !matches!(t.word(n), "minutes" | "draft" | "present" | "the");
    let mut from = at;
    while from > 0 && !shouted && proper(from - 1) && !t.breaks_before(from) && !breaks_line(&t, from) {
        from -= 1;
    }
    // "CABINET MEETING OF WEDNESDAY": a day is no name.
    let dated = calendar_day(&t, at + 2, &Anchor::default()).is_some();
    while from > 0
        && shouted
        && !t.breaks_before(from)
        && !breaks_line(&t, from)
        && !matches!(
            t.word(from - 1),
            "of" | "the" | "on" | "at" | "for" | "held" | "minutes" | "proceedings" | "statement" | "draft" | "and"
        )
    {
        from -= 1;
    }
    if t.word(at + 1) == "of" && !dated {
        let end = (at + 2..t.len())
            .find(|n| {
                t.breaks_before(*n)
                    || matches!(t.word(*n), "held" | "on" | "at" | "to" | "was")
                    || (t.word(*n) == "in" && !t.is_capital(n + 1))
                    || breaks_line(&t, *n) && calendar_day(&t, *n, &Anchor::default()).is_some()
            })
            .unwrap_or(t.len());
        let name = &paragraph[t.start(from)..t.end(end - 1)];
        return (end > at + 2).then(|| recased(&name.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let named = &paragraph[t.start(from)..t.end(at)];
    let named = named.split_whitespace().collect::<Vec<_>>().join(" ");
    let prosaic = |title: &str| {
        let lower = title.to_ascii_lowercase();
        ["proceedings of", "statement on", "minutes of", " held "].iter().any(|word| lower.contains(word))
    };
    if shouted && from < at && title.is_none_or(prosaic) {
        return Some(recased(&named));
    }
    match title {
        Some(title) if title.to_ascii_lowercase().contains("meeting") => Some(title.to_owned()),
        Some(title) if from < at => {
            let kind = named[..named.len() - t.raw(at).len()].trim();
            let kinds = [
                "regular",
                "ordinary",
                "special",
                "monthly",
                "annual",
                "general",
                "extraordinary",
                "quarterly",
                "public",
            ];
            if kind.split(' ').all(|word| kinds.contains(&word.to_ascii_lowercase().as_str())) {
                return Some(format!("{title} {}", recased(&named)));
            }
            let whole = title.to_ascii_lowercase().ends_with(&kind.to_ascii_lowercase());
            Some(if whole { format!("{title} {}", t.raw(at)) } else { named })
        }
        Some(_) => None,
        None => (from < at).then_some(named),
    }
}

/// "The Standing Committee of the CPC Committee held a meeting": who held it.
fn holder(paragraph: &str) -> Option<String> {
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
fn titled_body(title: &str) -> Option<String> {
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
    let office = last.split_whitespace().filter(|word| super::words::OFFICES.has(word)).count() > 0;
    let prose = last
        .split_whitespace()
        .any(|word| matches!(word, "studies" | "presided" | "holds" | "held" | "minutes" | "meeting" | "actions"));
    (office && !prose && name.split_whitespace().count() <= 10).then(|| name.to_owned())
}

fn breaks_line(t: &Tokens<'_>, n: usize) -> bool {
    t.gap(n).contains('\n')
}

/// "Wereham Parish Council meeting" → "Wereham Parish Council"; "Meeting of the District" → "District".
fn body(meeting: &str) -> Option<String> {
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

/// Who chaired. A label alone on its line has the name under it.
fn chaired(head: &[&str]) -> Option<String> {
    let found = head.iter().enumerate().find_map(|(n, paragraph)| match head.get(n + 1) {
        Some(under) if paragraph.ends_with(':') => chair(&format!("{paragraph}\n{under}")),
        Some(_) | None => chair(paragraph),
    });
    let found = found.or_else(|| head.iter().find_map(|paragraph| spelled_out(head, chair_initials(paragraph)?)))?;
    // "President Voss called …" and "Ed Voss" among those present.
    let single = !found.contains(' ');
    let full = single.then(|| head.iter().find_map(|paragraph| full_name(paragraph, &found))).flatten();
    Some(full.unwrap_or(found))
}

/// "Chair: DK", "In the chair: DK": initials.
fn chair_initials(paragraph: &str) -> Option<&str> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    let chair = (0..t.len().min(6)).find(|n| matches!(t.word(*n), "chair" | "chairing" | "facilitator"))?;
    let initials = t.raw(chair + 1);
    let known = (2..=4).contains(&initials.len()) && initials.bytes().all(|byte| byte.is_ascii_uppercase());
    (known && t.breaks_before(chair + 1)).then_some(initials)
}

/// The name that a bracket gives the initials of: "Della Kite (DK)".
fn spelled_out(head: &[&str], initials: &str) -> Option<String> {
    head.iter().find_map(|paragraph| {
        let t = Tokens::of(paragraph, 0..paragraph.len());
        let at = (1..t.len()).find(|n| t.raw(*n) == initials && t.gap(*n).contains('('))?;
        name_before(&t, at)
    })
}

/// The first name and the surname, where the paragraph holds both.
fn full_name(paragraph: &str, surname: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    (1..t.len())
        .filter(|n| t.raw(*n) == surname && t.is_capital(n - 1) && !t.breaks_before(*n) && !breaks_line(&t, *n))
        .find(|n| !is_title(t.word(n - 1)) && !t.is(n - 1, Kinds::TITLE))
        .map(|n| paragraph[t.start(n - 1)..t.end(n)].to_owned())
}

/// Who chaired: a name before "in the chair" or "presided", or after "Chair".
fn chair(paragraph: &str) -> Option<String> {
    let t = Tokens::of(paragraph, 0..paragraph.len());
    (0..t.len()).find_map(|n| match t.word(n) {
        "in" if t.says(n, "in the chair") => {
            let open = bracket(&t, n);
            // "Nuala Roe, Cathaoirleach (in the Chair)": the post stands between.
            let post = open > 1 && t.is(open - 1, Kinds::BODY) && t.gap(open - 1).contains(',');
            let named = || post.then(|| name_before(&t, open - 1)).flatten();
            name_before(&t, open).or_else(named).or_else(|| name_after(&t, n + 3))
        }
        "presided" if t.says(n, "presided over by") => name_after(&t, n + 3),
        "presided" if t.says(n, "presided by") => name_after(&t, n + 2),
        "presided" => said_of(&t, n),
        "presiding" => {
            let post = usize::from(matches!(t.word(n + 1), "member" | "officer"));
            name_after(&t, n + 1 + post).or_else(|| name_before(&t, bracket(&t, n)))
        }
        "chairmanship" | "chairpersonship" | "leadership" if t.word(n + 1) == "of" => name_after(&t, n + 2),
        "took" | "assumed" | "occupied" if t.says(n + 1, "the chair") => said_of(&t, n),
        // "Mayor Denise Okafor called the meeting to order".
        "called" if (n + 1..n + 8).any(|k| t.says(k, "to order")) => {
            let by = (n + 1..n + 14).find(|k| t.word(*k) == "by");
            said_of(&t, n).or_else(|| name_after(&t, by? + 1))
        }
        // "opened the meeting", "declared the meeting open", "welcomed everyone": the chair does.
        "opened" | "declared" if t.says(n + 1, "the meeting") => said_of(&t, n),
        "chaired" if t.word(n + 1) == "by" => name_after(&t, n + 2),
        "chaired" => said_of(&t, n).or_else(|| name_after(&t, n + 1)),
        "chair" | "chairman" | "chairwoman" | "chairperson" | "convener" | "convenor" | "facilitator" => {
            let deputy = n > 0 && (matches!(t.word(n - 1), "vice" | "deputy") || t.word(n - 1).ends_with("vice"));
            let by = usize::from(t.word(n + 1) == "by");
            // "H Quill (Chairman)", "A Rowe (Chair of Governors)".
            let open = bracket(&t, n);
            let bracketed = (t.gap(n).contains('(') || open < n)
                && (n + 1 >= t.len()
                    || t.gap(n + 1).contains([')', ','])
                    || t.says(n + 1, "of governors")
                    || t.says(n + 1, "of the"));
            match (deputy, bracketed) {
                (true, _) => None,
                (false, true) => name_before(&t, open).or_else(|| one_before(&t, open)),
                // "Ann Rowe, Chair".
                (false, false) => {
                    let closes = n + 1 >= t.len() || t.gap(n + 1).contains([',', ';', '\n', '(', '.']);
                    let said = closes && t.gap(n).contains([',', '–', '—', '-']);
                    said.then(|| name_before(&t, n)).flatten().or_else(|| name_after(&t, n + 1 + by))
                }
            }
        }
        _ => None,
    })
}

/// "Pat (chair)": among friends one name is enough.
fn one_before(t: &Tokens<'_>, n: usize) -> Option<String> {
    let alone = n > 0
        && t.is_capital(n - 1)
        && (n == 1 || t.gap(n - 1).contains([',', ':', ';', '\n']))
        && !is_title(t.word(n - 1));
    alone.then(|| t.raw(n - 1).to_owned())
}

/// "(NA, in the chair)": the name stands before the bracket.
fn bracket(t: &Tokens<'_>, n: usize) -> usize {
    let open = (1..=n).rev().take(5).find(|k| t.gap(*k).contains('('));
    open.filter(|open| !(*open..n).any(|k| t.gap(k + 1).contains(')'))).unwrap_or(n)
}

/// "Gu Wenlei, secretary of the Municipal Committee, presided": the name stands before what it is said to be.
fn said_of(t: &Tokens<'_>, n: usize) -> Option<String> {
    let apart = t.gap(n).contains(',');
    if !apart && let Some(name) = name_before(t, bracket(t, n)) {
        return Some(name);
    }
    // "Cllr Joe Abiola welcomed everyone and took the chair".
    if n > 0 && t.word(n - 1) == "and" {
        return (1..n).filter(|k| t.word(*k).ends_with("ed")).find_map(|k| name_before(t, k));
    }
    if !(apart || n > 0 && matches!(t.word(n - 1), "also" | "then")) {
        return None;
    }
    let comma = (1..=n).rev().find(|k| t.gap(*k).contains(',') && t.is_capital(k - 1))?;
    // "Guo Min, member of the Standing Committee, secretary of the county and mayor": the first comma behind a name.
    let first = (1..=comma).find(|k| t.gap(*k).contains(',') && t.is_capital(k - 1) && name_before(t, *k).is_some());
    name_before(t, first.unwrap_or(comma))
}

fn is_title(word: &str) -> bool {
    TITLES.has(word)
        || matches!(
            word,
            "chair"
                | "chairman"
                | "chairwoman"
                | "chairperson"
                | "mayor"
                | "president"
                | "the"
                | "her"
                | "his"
                | "excellency"
                | "honourable"
                | "honorable"
                | "right"
                | "prime"
                | "minister"
                | "governor"
                | "premier"
                | "pro"
                | "tem"
                | "vice"
                | "general"
                | "leader"
        )
}

/// The capitals from `n` on, titles left out; a name has two words, or a title and one.
fn name_after(t: &Tokens<'_>, n: usize) -> Option<String> {
    let mut from = n;
    // "by executive deputy county head Bao Rui": the post in small letters.
    let office = |k: usize| {
        t.is(k, Kinds::LISTED_OFFICE) || matches!(t.word(k), "executive" | "deputy" | "vice" | "the" | "acting")
    };
    while from < t.len()
        && (is_title(t.word(from))
            || from > n && !t.is_capital(from) && office(from)
            || from == n && !t.is_capital(n) && office(n))
    {
        from += 1;
    }
    let mut to = from;
    while to < t.len()
        && t.is_capital(to)
        && to - from < 4
        && (to == from || (!t.breaks_before(to) && !breaks_line(t, to)))
    {
        to += 1;
    }
    named(t, from, to, from > n)
}

/// The capitals before `n`.
fn name_before(t: &Tokens<'_>, n: usize) -> Option<String> {
    let mut n = n;
    // "Councillor Shah (Leader) in the chair".
    if n > 0 && t.gap(n).starts_with(')') {
        n = (1..n).rev().find(|k| t.gap(*k).contains('(')).unwrap_or(n);
    }
    let mut from = n;
    while from > 0 && t.is_capital(from - 1) && !is_title(t.word(from - 1)) && n - from < 4 {
        if from < n && (t.breaks_before(from) || breaks_line(t, from) || ends_sentence(t, from)) {
            break;
        }
        from -= 1;
    }
    named(t, from, n, from > 0 && is_title(t.word(from - 1)))
}

/// A full stop before a word, and not one after an initial or a title.
fn ends_sentence(t: &Tokens<'_>, n: usize) -> bool {
    n > 0 && t.gap(n).starts_with('.') && t.word(n - 1).len() > 3
}

fn named(t: &Tokens<'_>, from: usize, to: usize, titled: bool) -> Option<String> {
    let enough = to - from >= 2 || (titled && to > from);
    enough.then(|| t.text[t.start(from) - t.base..t.end(to - 1) - t.base].to_owned())
}

/// Numbered headings are the agenda; what the text under one says tells what was done with it.
fn items(paragraphs: &[&str]) -> Vec<Item> {
    let heading = |paragraph: &str| {
        let sign = segment::marker(paragraph);
        let topic = paragraph[sign..].lines().next().unwrap_or("").trim();
        let numbered = sign > 0 && paragraph.trim_start().starts_with(|c: char| c.is_ascii_digit());
        (numbered && (3..=100).contains(&topic.len()) && !topic.ends_with(['.', ';', ','])).then(|| topic.to_owned())
    };
    let mut items: Vec<Item> = vec![];
    for paragraph in paragraphs {
        if let Some(topic) = heading(paragraph) {
            items.push(Item { topic, verb: ItemVerb::Other });
        }
        if let Some(item) = items.last_mut().filter(|item| item.verb != ItemVerb::Decided) {
            let lower = paragraph.to_ascii_lowercase();
            if any_of!["resolved", "agreed", "carried", "approved"].stands_in(&lower) {
                item.verb = ItemVerb::Decided;
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Header {
        crate::header::read(text, &segment::paragraphs(text), crate::Lang::En)
    }

    #[test]
    fn minutes_say_when_what_and_who() {
        let header = read(
            "QINGHE CITY COUNCIL\n\nDraft minutes of the City Council meeting held on Tuesday 11th September 2026 at 7.30pm\n\nPresent: Councillor R. Gao (in the chair), Councillors Lin and Shen.\n\n1. Winter maintenance\n\nIt was resolved that the Transport Bureau should inspect the bridges.\n\nDate of the next meeting: 13th October",
        );
        assert_eq!(header.date, Some(date(2026, 9, 11)));
        assert_eq!(header.meeting.as_deref(), Some("Qinghe City Council meeting"));
        assert_eq!(header.body.as_deref(), Some("Qinghe City Council"));
        assert_eq!(header.presided_by.as_deref(), Some("R. Gao"));
        assert_eq!(header.next_meeting, Some(date(2026, 10, 13)));
        assert_eq!(header.items, [Item { topic: "Winter maintenance".into(), verb: ItemVerb::Decided }]);
    }

    #[test]
    fn a_title_in_capitals_is_read_aloud() {
        let header = read(
            "MINUTES OF PROCEEDINGS AT MEETING OF THE MUNICIPAL\nDISTRICT OF LINJIANG HELD IN THE TOWN HALL, ON\nTHURSDAY, 17TH JULY, 2025, AT 3.30PM.\n\nPRESENT IN THE CHAIR:\nCouncillor Lei Shi\n\nMEMBERS PRESENT:\nCouncillors Bai, Fang.",
        );
        assert_eq!(header.date, Some(date(2025, 7, 17)));
        assert_eq!(header.meeting.as_deref(), Some("Meeting of the Municipal District of Linjiang"));
        assert_eq!(header.presided_by.as_deref(), Some("Lei Shi"));
    }

    #[test]
    fn a_day_without_a_year_is_left_open() {
        let header = read(
            "Shen Ruogu Presided over the Enlarged Meeting of the Executive Committee: Flood Plan\n\nOn May 3, the Committee met.",
        );
        assert_eq!(header.date, None);
        assert_eq!(header.presided_by.as_deref(), Some("Shen Ruogu"));
        assert_eq!(header.meeting.as_deref(), Some("Enlarged Meeting of the Executive Committee"));
    }

    #[test]
    fn the_vice_chair_did_not_chair() {
        let header = read(
            "Town of Baiyang\nMonthly Meeting\nAugust 17, 2026\n\nVice Chair Lu Bai was absent. Chair Jan Fang called the meeting to order.",
        );
        assert_eq!(header.presided_by.as_deref(), Some("Jan Fang"));
        assert_eq!(header.meeting.as_deref(), Some("Town of Baiyang Monthly Meeting"));
        assert_eq!(header.date, Some(date(2026, 8, 17)));
    }
}
