//! The head of English minutes: the title, "held on 11 September 2012", "Councillor Gao (in the chair)".

use super::body::{
    body, body_before_day, holder, is_dated_paper, is_kind_of_paper, is_of_people, labelled_body, minutes_of,
    spoken_of, titled_body, who_met,
};
use super::chair::chaired;
use super::held::{first_day, held};
use super::lexicon::Kinds;
use super::time::calendar_day;
use super::tokens::Tokens;
use crate::due::Anchor;
use crate::header::Header;
use crate::phrases::{Phrases, any_of};
use crate::{Item, ItemVerb, segment};

/// Date, name and chair stand among the first paragraphs.
const HEAD: usize = 12;
/// Who was there may be listed, a line each, before somebody opens the meeting.
const OPENING: usize = 20;
/// A line of a title is no longer than this, in bytes.
const LINE_MAX: usize = 90;

/// Of what kind a meeting is.
static KINDS: Phrases = Phrases::of(&[
    "regular",
    "ordinary",
    "special",
    "monthly",
    "annual",
    "general",
    "extraordinary",
    "quarterly",
    "public",
    "executive",
    "plenary",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "joint",
    "inaugural",
    "emergency",
    "adjourned",
    "full",
]);

/// Read the head of a document from its paragraphs.
pub(crate) fn read(paragraphs: &[&str]) -> Header {
    let head = &paragraphs[..paragraphs.len().min(HEAD)];
    let title = title(head);
    let holder = head.iter().find_map(|paragraph| holder(paragraph));
    let lines = || head.iter().flat_map(|paragraph| paragraph.lines()).map(str::trim);
    let minutes = head.iter().take(4).flat_map(|paragraph| line_starts(paragraph)).find_map(minutes_of);
    let this = |paragraph: &&&str| {
        !["eferred from", "revious meeting", "ast meeting"].iter().any(|cue| paragraph.contains(cue))
    };
    let named = head.iter().filter(this).find_map(|paragraph| meeting(paragraph, title.as_deref()));
    let named = match (named, minutes) {
        (named @ Some(_), minutes) if named != title => {
            // "Special Meeting" above "Minutes of a special meeting of the Parish Council": what is said in full.
            minutes.filter(|minutes| minutes.to_ascii_lowercase().contains("meeting of")).or(named)
        }
        // "Ashby Town Council" above "Minutes of the Planning Committee".
        (named, Some(minutes)) => match title.as_deref() {
            Some(title) if names_only_a_body(title) && !title.contains(&minutes) && !minutes.contains(title) => {
                Some(format!("{title} {minutes}"))
            }
            Some(_) | None => Some(minutes).or(named),
        },
        (named, None) => named,
    };
    let unnamed = title.as_deref().is_none_or(|title| !names_a_meeting(title));
    let told = || {
        let said = lines().take(8).find_map(labelled_body).or_else(|| head.iter().find_map(|words| who_met(words)));
        let spoken = || if title.as_deref().is_some_and(is_month_of_minutes) { None } else { spoken_of(paragraphs) };
        said.or_else(|| lines().next().and_then(body_before_day).map(str::to_owned)).or_else(spoken)
    };
    let named_or_told = match &holder {
        // "The Standing Committee held a meeting" under a headline.
        Some(holder) if named.is_none() || named == title => Some(format!("{holder} meeting")),
        Some(_) | None if named.is_none() && unnamed => told(),
        Some(_) | None => named,
    };
    // "The Board of Supervisors met in regular session".
    let of_a_kind = |name: &String| {
        name.split(' ').all(|word| KINDS.has(&word.to_ascii_lowercase()) || matches!(word, "meeting" | "session"))
    };
    let meeting = match named_or_told.clone().filter(of_a_kind) {
        Some(kind) => Some(match head.iter().find_map(|words| who_met(words)) {
            Some(name) => format!("{name} {kind}"),
            None => kind,
        }),
        None => named_or_told,
    };
    let meeting = meeting.map(|name| in_full(name, lines().take(6)));
    let title = title.or_else(|| head.first().and_then(|first| first.lines().next()).map(|line| recased(line.trim())));
    let date = held(head, paragraphs);
    let body = meeting.as_deref().and_then(body).or(holder).or_else(|| title.as_deref().and_then(titled_body));
    Header {
        date,
        next_meeting: super::coming::next_meeting(paragraphs, date),
        body,
        meeting: meeting.or_else(|| title.clone()),
        title,
        presided_by: chaired(&paragraphs[..paragraphs.len().min(OPENING)]),
        items: items(paragraphs),
    }
}

/// The paragraph from each of its first lines on.
fn line_starts(paragraph: &str) -> impl Iterator<Item = &str> {
    let behind = paragraph.match_indices('\n').map(|(at, _)| at + 1);
    // "Town meeting, 2 May Minutes of the meeting of …".
    let inside = paragraph.match_indices("Minutes of ").map(|(at, _)| at).filter(|at| *at < 300);
    std::iter::once(0).chain(behind.take(8)).chain(inside).map(|at| paragraph[at..].trim_start())
}

/// Whether a title holds the name of a body or a meeting.
fn names_a_meeting(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    let office = words().any(|word| {
        matches!(
            word,
            "meeting"
                | "conference"
                | "session"
                | "council"
                | "board"
                | "committee"
                | "subcommittee"
                | "sub-committee"
                | "cabinet"
                | "commission"
                | "group"
                | "association"
                | "trustees"
                | "panel"
                | "forum"
                | "assembly"
                | "authority"
                | "society"
                | "trust"
                | "governors"
                | "selectboard"
                | "commissioners"
                | "supervisors"
                | "district"
                | "executive"
                | "team"
        )
    });
    (office && !title.ends_with(':') && !title.contains(": ")) || title.contains("inutes of")
}

/// "Ashby Town Council": the name of a body and no more.
fn names_only_a_body(title: &str) -> bool {
    let t = Tokens::of(title, 0..title.len());
    (2..=6).contains(&t.len())
        && t.is(t.len() - 1, Kinds::LISTED_OFFICE)
        && !title.contains(" - ")
        && (0..t.len()).all(|n| t.is_capital(n) || t.word(n) == "of")
}

/// A name in full where one of the first lines has more of it: "Selectboard Meeting", "Ashby Selectboard Meeting"; "working
/// group" below "Ashby Parish Council".
fn in_full<'t>(name: String, lines: impl Iterator<Item = &'t str>) -> String {
    let lower = name.to_ascii_lowercase();
    for line in lines.filter(|line| line.len() <= LINE_MAX && !line.contains(':')) {
        let known = line.to_ascii_lowercase();
        if names_only_a_body(line) && !lower.contains(&known) && !lower.contains("council") && !lower.contains(" of ") {
            return format!("{line} {name}");
        }
        let Some(at) = known.find(&lower).filter(|at| *at > 0 && line.is_char_boundary(*at)) else { continue };
        let before = line[..at].trim_end();
        let more = before.split(' ').rev().take_while(|word| word.starts_with(char::is_uppercase)).count();
        let more: Vec<&str> = before.split(' ').rev().take(more).collect();
        let plain =
            !more.iter().any(|word| matches!(word.to_ascii_lowercase().as_str(), "minutes" | "draft" | "the" | "of"));
        if !more.is_empty() && plain && more.len() <= 5 {
            let more: Vec<&str> = more.into_iter().rev().collect();
            return format!("{} {name}", more.join(" "));
        }
    }
    name
}

/// "Minutes October 2012": a title, though it names nobody.
fn is_month_of_minutes(title: &str) -> bool {
    title.to_ascii_lowercase().starts_with("minutes ") && title.split_whitespace().count() <= 3
}

/// The first lines, up to the one that holds a day, a colon or a sentence.
fn title(head: &[&str]) -> Option<String> {
    let mut words: Vec<&str> = vec![];
    let lines = head.iter().take(3).flat_map(|paragraph| paragraph.lines()).map(str::trim);
    // "Minutes – 3 May 2016": the name follows.
    let papers = |line: &&str| is_kind_of_paper(line) || line.len() <= 40 && is_dated_paper(line);
    for line in lines.skip_while(papers).take(4) {
        if is_of_people(line) && !words.is_empty() {
            break;
        }
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

/// In capitals; a stray small letter, as scanning makes them, does not count.
fn is_shouted(words: &str) -> bool {
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let small = words.chars().filter(|c| c.is_lowercase()).count();
    capitals > small * 20
}

/// A title shouted in capitals, in ordinary letters: "Meeting of the Municipal District".
pub(super) fn recased(title: &str) -> String {
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
    let kind = |n: usize| KINDS.has(t.word(n));
    // "Board of Trustees Meeting".
    let joined = |n: usize| t.word(n) == "of" && n > 0 && proper(n - 1) && !kind(n - 1) && n + 1 < at;
    while from > 0
        && !shouted
        && (proper(from - 1) || kind(from - 1) || joined(from - 1))
        && !t.breaks_before(from)
        && !breaks_line(&t, from)
        && !t.gap(from).contains('.')
    {
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
                    || t.word(*n) == "in"
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
            if kind.split(' ').all(|word| KINDS.has(&word.to_ascii_lowercase())) {
                return Some(format!("{title} {}", recased(&named)));
            }
            let whole = title.to_ascii_lowercase().ends_with(&kind.to_ascii_lowercase());
            Some(if whole { format!("{title} {}", t.raw(at)) } else { named })
        }
        Some(_) => None,
        None => (from < at).then_some(named),
    }
}

pub(super) fn breaks_line(t: &Tokens<'_>, n: usize) -> bool {
    t.gap(n).contains('\n')
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
    fn heads_of_many_layouts_say_when_who_met_and_who_chaired() {
        for (head, day, name, chair) in [
            (
                "MINUTES OF THE ORDINARY MEETING OF BRACKLE PARISH COUNCIL HELD IN THE HALL ON MONDAY 10 TH MAY 2021 AT 7PM\n\nPresent: Cllrs J Farrow (Chair), M Stone",
                date(2021, 5, 10),
                "Ordinary Meeting of Brackle Parish Council",
                "J Farrow",
            ),
            (
                "Hale Town Council\n\nMinutes of the Planning Committee\nheld on Tuesday 1st March 2022\n\nPresent: Councillors Ann Dorrit (Chairman), Bill Sykes",
                date(2022, 3, 1),
                "Hale Town Council Planning Committee",
                "Ann Dorrit",
            ),
            (
                "Agenda and minutes\n\nAudit Committee\nThursday, 26th June, 2014 6.30 pm\n\nMinutes\n\nTo confirm the minutes of the meeting held on 27 March 2014.\n\nPresent: Kit Lark (Chair)",
                date(2014, 6, 26),
                "Audit Committee",
                "Kit Lark",
            ),
            (
                "Decision details\n\nDecision Maker: Executive\n\nMade at meeting: 21/05/2018 - Executive\n\nChair: Roy Moss",
                date(2018, 5, 21),
                "Executive",
                "Roy Moss",
            ),
            (
                "TARN LAKE TOWNSHIP\nREGULAR BOARD MEETING\nAUGUST 2ND, 2016\n\nSupervisor Gary Ling called the Regular Meeting of the Tarn Lake Township Board to order at 7:00 p.m.",
                date(2016, 8, 2),
                "Tarn Lake Township Regular Board Meeting",
                "Gary Ling",
            ),
            (
                "Called to order on June 12, 2023 by Chairman Lee Dunn. Supervisors Ott and Pell attended. Clerk Ray read the minutes of the May 8, 2023 town board meeting, which were approved.",
                date(2023, 6, 12),
                "town board meeting",
                "Lee Dunn",
            ),
            (
                "Orrin Selectboard Meeting Minutes\nMarch 8, 2022\nThere were present: Wendy Moss, Kit Dale\n\nWendy called the meeting to order at noon",
                date(2022, 3, 8),
                "Orrin Selectboard Meeting",
                "Wendy Moss",
            ),
            (
                "Minutes – 3 May 2016\n\nHarle Parish Council\nMinutes of the annual meeting held on Tuesday 3 May 2016\n\nCllr Jo Gray took the chair.",
                date(2016, 5, 3),
                "Harle Parish Council annual meeting",
                "Jo Gray",
            ),
            (
                "Wen Hao presides over the Executive Meeting of the State Council\n2021-02-05\n\nOn February 4, Premier Wen Hao presided over an executive meeting of the State Council.",
                date(2021, 2, 4),
                "Executive Meeting of the State Council",
                "Wen Hao",
            ),
            (
                "Minutes June 7,2011\n\nThe June 7,2011 village board met in the barn. Vice President Ann Moss opened the meeting at 7 pm.",
                date(2011, 6, 7),
                "village board",
                "Ann Moss",
            ),
            (
                "Municipal District of Garvan\n\nMinutes of the Meeting of the Municipal District of Garvan held in the Courthouse on Monday 6th May, 2013\n\nIn attendance:\n\nCathaoirleach: Councillor Nora Quill\n\nMembers: Councillors Roe and Tighe",
                date(2013, 5, 6),
                "Meeting of the Municipal District of Garvan",
                "Nora Quill",
            ),
            (
                "Village Board minutes 11/3/2015\n\nPresident Tom Reese called the meeting to order. Motion by Kay to pay the bills.",
                date(2015, 11, 3),
                "Village Board",
                "Tom Reese",
            ),
            (
                "NOTES OF THE TRUST BOARD\nDate: Wednesday 18 November 2020, 10.00\nPresent: Dr Amy Sands (AS) Chair; Ben Tide (BT)",
                date(2020, 11, 18),
                "Trust Board",
                "Amy Sands",
            ),
        ] {
            let header = read(head);
            let meeting = header.meeting.as_deref().unwrap_or("");
            assert_eq!(header.date, Some(day), "{head}");
            assert!(meeting.contains(name), "{meeting} of {head}");
            assert_eq!(header.presided_by.as_deref(), Some(chair), "{head}");
        }
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
