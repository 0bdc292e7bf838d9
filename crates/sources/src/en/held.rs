//! The day on which the meeting of English minutes was held.

use super::time::calendar_day;
use super::tokens::Tokens;
use crate::due::Anchor;
use crate::phrases::any_of;
use civil::Date;

/// A line of the head is no longer than this, in bytes.
const LINE_MAX: usize = 90;

/// The lines that name a meeting are no longer than this, in bytes.
const TITLE_MAX: usize = 400;

/// When a meeting was held stands no deeper in a paragraph of the head than this, in bytes.
const PARAGRAPH_MAX: usize = 4_000;

/// The first day of the calendar in `words`; its date if the anchor or the words give the year.
pub(super) fn first_day(words: &str, anchor: &Anchor) -> Option<Option<Date>> {
    let t = Tokens::of(words, 0..words.len());
    (0..t.len()).find_map(|n| {
        if let Ok(date) = t.word(n).parse::<Date>() {
            return Some(Some(date));
        }
        // "2010.10.21", "2009 04 14".
        let ends = n + 3 >= t.len() || t.gap(n + 3).contains('\n');
        let parted = |k: usize| t.gap(k) == "." || t.gap(k) == " " && ends;
        if let Some(year) = super::time::year_at(&t, n).filter(|_| parted(n + 1) && parted(n + 2))
            && let (Ok(month), Ok(day)) = (t.word(n + 1).parse::<i8>(), t.word(n + 2).parse::<i8>())
            && let Some(date) = civil::day(year, month, day)
        {
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
pub(super) fn held(head: &[&str], paragraphs: &[&str]) -> Option<Date> {
    let near = |words: &str| words.floor_char_boundary(PARAGRAPH_MAX);
    let units: Vec<&str> = head.iter().flat_map(|words| units(&words[..near(words)])).collect();
    let told: Vec<&str> =
        units.iter().enumerate().filter(|(n, unit)| !tells_another(*n, unit)).map(|(_, u)| *u).collect();
    let day = |unit: &&str| first_day(unit, &Anchor::default()).flatten().map(|date| told_on(unit, date));
    // "12/11/2024" is read by the country: councillors sit and pounds are spent where the day stands first.
    // "15/09/07 Highways", "15/09/08 Finance": numbers of items.
    let numbered =
        paragraphs.iter().filter(|words| in_figures(words.split(' ').next().unwrap_or("")).is_some()).count();
    if let Some((date, turned)) = told.iter().take(6).find_map(|unit| in_figures(unit)).filter(|_| numbered < 2) {
        let stands = |cues: &[&str]| paragraphs.iter().any(|words| cues.iter().any(|cue| words.contains(cue)));
        if stands(&["Cllr", "Councillor", "£"]) {
            return Some(date);
        }
        if stands(&[
            "otion by",
            "ade a motion",
            "ade motion",
            "otion to",
            "otion was",
            "Roll Call",
            "roll call",
            "to order",
        ]) {
            return turned;
        }
    }
    if let Some(date) = before_report(&told).or_else(|| in_the_title(head, paragraphs)) {
        return Some(date);
    }
    // "PORT ELM, Nov. 8 – The Council held …", "MEETING HELD ON 22 JULY": nothing tells it better.
    let dateline = |unit: &&str| {
        let end = ["-- ", "— ", "– "].iter().filter_map(|dash| unit.find(dash)).min().filter(|end| *end <= 60)?;
        first_day(&unit[..end], &Anchor::default()).flatten().map(|date| told_on(unit, date))
    };
    let held_on = |unit: &&str| {
        let lower = unit.to_ascii_lowercase();
        let at = ["held on", "held at", "held in", "held via", "held by", "met on"]
            .iter()
            .find_map(|cue| lower.find(cue))?;
        first_day(unit.get(at..)?, &Anchor::default()).flatten()
    };
    let line = |unit: &&&str| unit.len() <= LINE_MAX || met(unit);
    told.iter()
        .take(6)
        .find_map(dateline)
        .or_else(|| told.iter().find_map(held_on))
        .or_else(|| told.iter().filter(line).find_map(day))
        .or_else(|| told.iter().filter(|unit| met(unit)).find_map(day))
        .or_else(|| told.iter().take(8).find_map(day))
}

/// "MINUTES OF THE MEETING HELD IN THE OLD MILL ON WEDNESDAY, 2ND JULY, 2014": the day in the lines that name the meeting.
/// A day without its year is that of the one year about which the text speaks and in which it is such a weekday.
fn in_the_title(head: &[&str], paragraphs: &[&str]) -> Option<Date> {
    head.iter().take(3).find_map(|lines| {
        let lower = lines.to_ascii_lowercase();
        if lines.len() > TITLE_MAX || !lower.contains("meeting") || tells_another(0, &lower) {
            return None;
        }
        // "3° SEPTEMBER": what scanning makes of a raised letter.
        let lines = lines.replace(['°', '™', 'º'], "");
        first_day(&lines, &Anchor::default()).flatten().or_else(|| by_weekday(&lines, paragraphs))
    })
}

/// "MONDAY 4 DECEMBER" in a text that speaks of 2024: a Monday in 2023.
fn by_weekday(lines: &str, paragraphs: &[&str]) -> Option<Date> {
    let t = Tokens::of(lines, 0..lines.len());
    let (named, month, day) = (0..t.len()).find_map(|n| {
        let named = super::time::weekday(t.word(n))?;
        let figure = |k: usize| t.word(k).trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<i8>().ok();
        let of = n + 2 + usize::from(t.word(n + 2) == "of");
        match (figure(n + 1), civil::month_named(t.word(of)), civil::month_named(t.word(n + 1)), figure(n + 2)) {
            (Some(day), Some(month), _, _) | (_, _, Some(month), Some(day)) => Some((named, month, day)),
            _ => None,
        }
    })?;
    let mut years: Vec<i16> = paragraphs
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_ascii_digit()))
        .filter(|figure| figure.len() == 4)
        .filter_map(|figure| figure.parse().ok())
        .filter(|year| (1990..2100).contains(year))
        .flat_map(|year: i16| [year - 1, year, year + 1])
        .collect();
    years.sort_unstable();
    // A year that is named once may be any.
    let told_twice = |year: i16, years: &[i16]| years.iter().filter(|other| **other == year).count() > 1;
    let mut years: Vec<i16> = years.iter().copied().filter(|year| told_twice(*year, &years)).collect();
    years.dedup();
    let such = |year: &i16| {
        civil::day(*year, month, day).filter(|date| i64::from(date.weekday().to_monday_zero_offset()) == named)
    };
    let mut found = years.iter().filter_map(such);
    found.next().filter(|_| found.next().is_none())
}

/// Whether the words say that somebody met.
fn met(unit: &str) -> bool {
    let lower = unit.to_ascii_lowercase();
    ["held", "meeting", "met ", "convened", "called to order"].iter().any(|cue| lower.contains(cue))
}

/// The lines and sentences of a paragraph. A line that breaks off before the day goes on in the next.
fn units(paragraph: &str) -> Vec<&str> {
    let mut out = vec![];
    let mut from = 0;
    for (at, mark) in paragraph.match_indices(['.', '\n']) {
        let before = paragraph[from..at].trim_end();
        let ends = match mark {
            "\n" => {
                let last = before.rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
                let behind = paragraph[at + 1..].trim_start();
                !matches!(last.as_str(), "on" | "of" | "the" | "at" | "in" | "held" | "by" | "and" | "via")
                    && !before.ends_with(',')
                    && !behind.starts_with(|c: char| c.is_ascii_lowercase())
                    && !["held ", "on "].iter().any(|lead| super::background::strip(behind, lead).is_some())
            }
            // "on Oct. 5" and "No. 3" end no sentence.
            _full_stop => {
                let behind = &paragraph.as_bytes()[at + 1..];
                behind.first() == Some(&b' ')
                    && behind.get(1).is_some_and(u8::is_ascii_uppercase)
                    && before.rsplit(' ').next().is_some_and(|word| word.len() > 3)
            }
        };
        if ends {
            out.push(before.trim_start());
            from = at + 1;
        }
    }
    out.push(paragraph[from..].trim());
    out
}

/// "The minutes of the meeting held on 20 May were confirmed", "2. Minutes of 21 October": the day of another meeting.
fn tells_another(n: usize, unit: &str) -> bool {
    let lower = unit.to_ascii_lowercase();
    if ["last meeting", "previous meeting", "next meeting", "deferred from", "matters arising", "matters outstanding"]
        .iter()
        .any(|other| lower.contains(other))
    {
        return true;
    }
    // "Approved Minutes June 16, 2021": what this paper is.
    let own = ["approved minutes", "unapproved minutes", "draft minutes", "final minutes", "confirmed minutes"];
    if n < 6 && own.iter().any(|own| lower.starts_with(own)) {
        return false;
    }
    let minutes = lower.contains("minutes") || lower.contains("record of the meeting");
    let accepted = any_of![
        "confirm",
        "approv",
        "correct record",
        "accurate record",
        "true record",
        "signed",
        "adopt",
        "accept",
        "agreed",
        "were read",
        "was read",
        "as read",
        "circulated",
        "received",
        "noted",
        "reviewed",
        "amended",
        "ratif",
        "as printed",
    ];
    let listed = n > 1 && crate::segment::marker(unit) > 0;
    // "3 Minutes of Meeting 5th May": a heading of the agenda.
    let heading = lower.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ')'));
    let opens = n > 2 && any_of!["minutes of", "minutes from", "minutes:"].begins(heading);
    let signed = any_of!["confirmed", "correct record", "signed"].stands_in(&lower) && lower.contains("meeting held");
    opens || signed || minutes && (listed || n > 0 && accepted.stands_in(&lower))
}

/// "2021-02-05" above "On February 4, the Premier presided …", or "… chaired by the Premier on Wednesday": the day of the
/// meeting before the day of the report.
fn before_report(told: &[&str]) -> Option<Date> {
    let alone = |unit: &&str| {
        // "2021-02-05", "Updated: Mar 9, 2021 10:30".
        let whole = unit.len() <= 45 && unit.split_whitespace().count() <= 7 && !unit.contains("inutes") && !met(unit);
        whole.then(|| first_day(unit, &Anchor::default()).flatten()).flatten()
    };
    let (at, reported) = told.iter().take(4).enumerate().find_map(|(n, unit)| Some((n, alone(unit)?)))?;
    told.iter().skip(at + 1).take(6).find_map(|unit| {
        let t = Tokens::of(unit, 0..unit.len());
        let met = (0..t.len()).any(|n| matches!(t.word(n), "presided" | "chaired" | "convened" | "met"))
            || t.find(0, t.len(), "held").is_some() && t.find(0, t.len(), "meeting").is_some()
            || (1..t.len()).any(|n| t.says(n - 1, "meeting on"));
        (0..t.len()).filter(|n| met && t.word(*n) == "on").find_map(|on| {
            let first = civil::day(reported.year() - 1, reported.month(), reported.day())?;
            let anchor = Anchor { meeting: Some(first), ..Anchor::default() };
            match calendar_day(&t, on + 1, &anchor) {
                // A weekday alone, told before the report.
                Some((Some(_), next, true)) if next == on + 2 => {
                    let named = super::time::weekday(t.word(on + 1))?;
                    let back = (i64::from(reported.weekday().to_monday_zero_offset()) - named).rem_euclid(7);
                    reported.checked_sub(jiff::Span::new().days(back)).ok()
                }
                Some((Some(date), _, true)) => [Some(date), civil::day(date.year() + 1, date.month(), date.day())]
                    .into_iter()
                    .flatten()
                    .find(|date| {
                        *date <= reported
                            && reported.checked_sub(jiff::Span::new().days(14)).is_ok_and(|first| first <= *date)
                    }),
                Some(_) | None => None,
            }
        })
    })
}

/// A day in figures that may be read either way: with its day before its month, and with its month before its day.
fn in_figures(words: &str) -> Option<(Date, Option<Date>)> {
    let t = Tokens::of(words, 0..words.len());
    (0..t.len()).find_map(|n| {
        let parted = |k: usize| matches!(t.gap(k), "/" | ".");
        let (year, day, month) = match super::time::year_at(&t, n + 2) {
            Some(year) if parted(n + 1) && parted(n + 2) => (year, t.word(n), t.word(n + 1)),
            Some(_) | None if t.gap(n + 1) == "/" && t.gap(n + 2) == "/" && t.word(n + 2).len() == 2 => {
                (2000 + t.word(n + 2).parse::<i16>().ok()?, t.word(n), t.word(n + 1))
            }
            // "3-11-2015".
            Some(_) | None => {
                let mut parts = t.word(n).split('-');
                let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
                let short = year.len() == 2;
                (year.parse::<i16>().ok()? + if short { 2000 } else { 0 }, day, month)
            }
        };
        let (day, month) = (day.parse::<i8>().ok()?, month.parse::<i8>().ok()?);
        if day > 12 || !(1900..2200).contains(&year) {
            None
        } else {
            Some((civil::day(year, month, day)?, civil::day(year, day, month)))
        }
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
