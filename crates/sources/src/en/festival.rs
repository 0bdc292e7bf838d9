//! Days that have a name: Christmas, Hallowe'en, Thanksgiving, the Spring Festival.

use super::due::Tie;
use super::lexicon::Kinds;
use super::time::Time;
use super::tokens::Tokens;
use crate::due::Anchor;
use civil::Festival;
use jiff::civil::Weekday;

/// When a festival is.
pub(super) enum Day {
    Fixed(i8, i8),
    Moving(Festival),
    /// So many days after Easter.
    Easter(i64),
    /// The so-many-th such weekday of a month.
    Weekday(i8, i8, Weekday),
    /// It differs from country to country.
    Open,
}

pub(super) const NAMES: [(&str, Day); 58] = [
    ("boxing day", Day::Fixed(12, 26)),
    ("waitangi day", Day::Fixed(2, 6)),
    ("st patrick's day", Day::Fixed(3, 17)),
    ("st stephen's day", Day::Fixed(12, 26)),
    ("st andrew's day", Day::Fixed(11, 30)),
    ("st george's day", Day::Fixed(4, 23)),
    ("st david's day", Day::Fixed(3, 1)),
    ("valentine's day", Day::Fixed(2, 14)),
    ("burns night", Day::Fixed(1, 25)),
    ("bonfire night", Day::Fixed(11, 5)),
    ("remembrance sunday", Day::Weekday(11, 2, Weekday::Sunday)),
    ("remembrance day", Day::Fixed(11, 11)),
    ("armistice day", Day::Fixed(11, 11)),
    ("veterans day", Day::Fixed(11, 11)),
    ("all saints' day", Day::Fixed(11, 1)),
    ("michaelmas", Day::Fixed(9, 29)),
    ("lady day", Day::Fixed(3, 25)),
    ("labour weekend", Day::Open),
    ("labour day", Day::Open),
    ("king's birthday", Day::Open),
    ("queen's birthday", Day::Open),
    ("halloween", Day::Fixed(10, 31)),
    ("hallowe'en", Day::Fixed(10, 31)),
    ("new year's eve", Day::Fixed(12, 31)),
    ("anzac day", Day::Fixed(4, 25)),
    ("australia day", Day::Fixed(1, 26)),
    ("canada day", Day::Fixed(7, 1)),
    // Canada's is in October and hardly dates work: the name without more is that of the United States.
    ("thanksgiving", Day::Weekday(11, 4, Weekday::Thursday)),
    // So spelt and so named, they are those of the United States.
    ("labor day", Day::Weekday(9, 1, Weekday::Monday)),
    ("memorial day", Day::Weekday(5, -1, Weekday::Monday)),
    ("columbus day", Day::Weekday(10, 2, Weekday::Monday)),
    ("presidents' day", Day::Weekday(2, 3, Weekday::Monday)),
    ("presidents day", Day::Weekday(2, 3, Weekday::Monday)),
    ("martin luther king day", Day::Weekday(1, 3, Weekday::Monday)),
    ("juneteenth", Day::Fixed(6, 19)),
    ("fourth of july", Day::Fixed(7, 4)),
    // From sighting to sighting.
    ("eid", Day::Open),
    ("christmas eve", Day::Fixed(12, 24)),
    ("christmas", Day::Fixed(12, 25)),
    ("ash wednesday", Day::Easter(-46)),
    ("palm sunday", Day::Easter(-7)),
    ("good friday", Day::Easter(-2)),
    ("easter", Day::Easter(0)),
    ("whitsun", Day::Easter(49)),
    ("pentecost", Day::Easter(49)),
    ("spring festival", Day::Moving(Festival::Spring)),
    ("lunar new year", Day::Moving(Festival::Spring)),
    ("chinese new year", Day::Moving(Festival::Spring)),
    ("mid-autumn festival", Day::Moving(Festival::MidAutumn)),
    ("dragon boat festival", Day::Moving(Festival::DragonBoat)),
    ("tomb-sweeping day", Day::Moving(Festival::Qingming)),
    ("may day", Day::Fixed(5, 1)),
    ("new year", Day::Fixed(1, 1)),
    // Whose it is is not said.
    ("national day", Day::Open),
    ("independence day", Day::Open),
    ("republic day", Day::Open),
    ("mother's day", Day::Open),
    ("father's day", Day::Open),
];

/// "by Christmas", "before Christmas": the day itself; "before the Spring Festival", "before the Easter holidays": the day
/// before they begin.
pub(super) fn festival(t: &Tokens<'_>, at: usize, anchor: &Anchor, tie: Tie) -> Option<Time> {
    if !t.is_capital(at) || !(t.is(at, Kinds::FESTIVE) || t.word(at).contains('’')) {
        return None;
    }
    let (name, day) = NAMES.iter().find(|(name, _)| named(t, at, name))?;
    let moving = matches!(day, Day::Moving(_));
    let day = match *day {
        Day::Fixed(month, day) => {
            let day = anchor.first_after(month, day);
            if day.is_some() && day == anchor.meeting { day.and_then(|day| civil::add_months(day, 12)) } else { day }
        }
        Day::Moving(festival) => anchor.festival_after(festival),
        Day::Easter(later) => anchor.after_easter(later),
        Day::Weekday(month, nth, weekday) => anchor.nth_weekday_after(month, nth, weekday),
        Day::Open => None,
    };
    let mut next = at + name.split(' ').count();
    // "New Year's Day", "Thanksgiving Day".
    next += usize::from(t.word(next) == "day" && t.is_capital(next));
    let bank = t.word(next) == "bank";
    next += usize::from(bank);
    let holiday = matches!(t.word(next), "holiday" | "holidays" | "break" | "recess" | "weekend");
    next += usize::from(holiday);
    // "the Christmas lights": which lights, and not when.
    let thing = matches!(
        t.word(next),
        "lights"
            | "tree"
            | "trees"
            | "party"
            | "fair"
            | "fayre"
            | "market"
            | "event"
            | "lunch"
            | "dinner"
            | "cards"
            | "decorations"
            | "switch-on"
            | "concert"
            | "bonus"
            | "service"
            | "parade"
            | "wreath"
            | "display"
            | "lighting"
    );
    if thing && !t.breaks_before(next) {
        return None;
    }
    let date = match tie {
        // The bank holiday is a Monday, and differs from country to country.
        _ if bank => None,
        Tie::Before if moving || holiday => day.and_then(|day| day.yesterday().ok()),
        Tie::Before => day,
        Tie::By if !holiday => day,
        // "by Memorial Day weekend": that Monday closes it.
        Tie::By if t.word(next - 1) == "weekend" && name.ends_with("or day") || t.says(at, "memorial day") => day,
        Tie::By | Tie::When | Tie::To | Tie::From => None,
    };
    Some(Time::of(date, next, "en-due-festival"))
}

/// Whether a festival is named at `at`, with either apostrophe, and "New Year's" as well.
fn named(t: &Tokens<'_>, at: usize, name: &str) -> bool {
    name.split(' ').enumerate().all(|(n, word)| {
        let written = t.word(at + n);
        written == word
            || written.contains('’') && written.replace('’', "'") == word
            || matches!(written, "year's" | "year’s") && word == "year" && t.word(at + n + 1) == "day"
    })
}
