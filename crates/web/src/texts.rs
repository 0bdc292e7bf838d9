//! Every sentence the product says, in both languages: one Fluent message a sentence, one file a room or page.
//!
//! To add a file: write `texts/en/<name>.ftl` and `texts/zh-Hans/<name>.ftl`, and name it in `embedded!` below.
//! A test holds both languages to the same ids and variables, and every id used to one that exists.

use std::fmt;
use std::sync::LazyLock;

use civil::Date;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::calendar::OfficeCalendar;
use unic_langid::LanguageIdentifier;

macro_rules! embedded {
    ($($name:literal,)*) => {
        /// Name, English, simplified Chinese.
        pub(crate) const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../texts/en/", $name, ".ftl")),
            include_str!(concat!("../texts/zh-Hans/", $name, ".ftl")),
        ),)*];
    };
}

embedded! {
    "account",
    "assignment",
    "audit",
    "clerk",
    "dates",
    "desk",
    "display",
    "documents",
    "error",
    "export",
    "fields",
    "find",
    "home",
    "import",
    "invalid",
    "layout",
    "matter",
    "meetings",
    "notices",
    "office",
    "organisation",
    "overview",
    "profile",
    "public",
    "refusal",
    "setup",
    "sign-in",
    "tokens",
    "upload",
    "words",
}

/// A language of the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    ZhHans,
}

impl Lang {
    /// Both, in the order the switch shows them.
    pub const ALL: [Lang; 2] = [Lang::ZhHans, Lang::En];

    /// As it stands in `lang` attributes, cookies and forms.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::ZhHans => "zh-Hans",
        }
    }

    /// Its name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::ZhHans => "中文",
        }
    }

    /// Reads `tag`, and any other tag of the same language.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()? {
            "en" => Some(Lang::En),
            "zh" => Some(Lang::ZhHans),
            _ => None,
        }
    }

    /// In which of the two somebody wrote, by the script: an ideograph says about as much as four letters. None for
    /// words in neither.
    pub fn of(words: &str) -> Option<Self> {
        let is_han =
            |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        let han = words.chars().filter(is_han).count() * 4;
        let latin = words.chars().filter(|c| c.is_alphabetic() && *c < '\u{250}').count();
        match (han, latin) {
            (0, 0) => None,
            (han, latin) if han >= latin => Some(Lang::ZhHans),
            (_, _) => Some(Lang::En),
        }
    }

    /// The best that an `Accept-Language` header asks for.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Lang)> = None;
        for range in header.split(',') {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok());
            if let (Some(lang), Some(weight)) = (Lang::parse(tag.trim()), weight)
                && weight > best.map_or(0.0, |(weight, _)| weight)
            {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::En));
        static ZH_HANS: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::ZhHans));
        match self {
            Lang::En => &EN,
            Lang::ZhHans => &ZH_HANS,
        }
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would land in titles, exports and snapshots; our values are short runs of one direction.
    bundle.set_use_isolating(false);
    for (name, en, zh_hans) in FILES {
        let source = match lang {
            Lang::En => en,
            Lang::ZhHans => zh_hans,
        };
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(file = name, lang = lang.tag(), ?errors, "a text file has errors");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file = name, lang = lang.tag(), ?errors, "a message id stands twice");
        }
    }
    bundle
}

impl From<sources::Lang> for Lang {
    fn from(lang: sources::Lang) -> Self {
        match lang {
            sources::Lang::En => Lang::En,
            sources::Lang::Zh => Lang::ZhHans,
        }
    }
}

/// How far away a deadline is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// So many working days are left; at least one.
    In {
        /// How many.
        working_days: u32,
    },
    /// So many days of the calendar are left, where the office counts no working days; at least one.
    InDays {
        /// How many.
        days: u32,
    },
    /// Today is the last day.
    Today,
    /// The last day was so many days ago; at least one.
    Late {
        /// How many days of the calendar.
        days: u32,
    },
}

impl Due {
    /// How far away the last day for `due` is on `today`: in working days where the office counts them.
    pub fn of(due: Date, today: Date, calendar: &OfficeCalendar) -> Self {
        let days = i64::from((calendar.last_day(due) - today).get_days());
        let many = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
        match (days, calendar.working_days_left(today, due)) {
            (0, _) => Due::Today,
            (late, _) if late < 0 => Due::Late { days: many },
            (_, Some(working_days)) => Due::In { working_days },
            (_, None) => Due::InDays { days: many },
        }
    }
}

/// What says things in one person's language, and shows instants in the office's time zone.
#[derive(Clone, Debug)]
pub struct Text {
    lang: Lang,
    zone: TimeZone,
}

/// A sentence about to be said: `{{ frame.text("desk-due").arg("days", 3) }}`.
pub struct Message<'a> {
    lang: Lang,
    id: &'a str,
    args: FluentArgs<'a>,
}

impl<'a> Message<'a> {
    /// Gives the message one of its variables.
    pub fn arg(mut self, name: &'a str, value: impl Into<FluentValue<'a>>) -> Self {
        self.args.set(name, value);
        self
    }
}

impl fmt::Display for Message<'_> {
    /// A missing id is shown as itself and logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = self.lang.bundle();
        let Some(pattern) = bundle.get_message(self.id).and_then(|message| message.value()) else {
            tracing::error!(id = self.id, lang = self.lang.tag(), "a message is missing");
            return f.write_str(self.id);
        };
        let mut errors = vec![];
        let said = bundle.format_pattern(pattern, Some(&self.args), &mut errors);
        if !errors.is_empty() {
            tracing::error!(id = self.id, lang = self.lang.tag(), ?errors, "a message lacks a variable");
        }
        f.write_str(&said)
    }
}

impl<'a> From<Message<'a>> for FluentValue<'a> {
    fn from(message: Message<'a>) -> Self {
        FluentValue::from(message.to_string())
    }
}

impl Text {
    /// Says things in `lang`; instants are shown in `zone`.
    pub fn new(lang: Lang, zone: TimeZone) -> Self {
        Self { lang, zone }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The message with this id.
    pub fn text<'a>(&self, id: &'a str) -> Message<'a> {
        Message { lang: self.lang, id, args: FluentArgs::new() }
    }

    /// The message with this id and these variables.
    pub fn with<'a>(&self, id: &'a str, args: &[(&'a str, FluentValue<'a>)]) -> String {
        args.iter().cloned().fold(self.text(id), |message, (name, value)| message.arg(name, value)).to_string()
    }

    /// Whether there is a message with this id.
    pub fn has(&self, id: &str) -> bool {
        self.lang.bundle().has_message(id)
    }

    /// `24 November 2026`, `2026年11月24日`.
    pub fn date(&self, date: &Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        self.text("date-long").arg("year", year).arg("month", month).arg("day", day).to_string()
    }

    /// `November 2026`, `2026年11月`.
    pub fn month(&self, day: &Date) -> String {
        self.text("date-month").arg("year", day.year()).arg("month", day.month()).to_string()
    }

    /// Day and minute in the office's time zone.
    pub fn moment(&self, at: &Timestamp) -> String {
        let local = at.to_zoned_datetime(self.zone.clone());
        let clock = format!("{:02}:{:02}", local.hour(), local.minute());
        self.text("date-moment").arg("date", self.date(&local.date())).arg("clock", clock).to_string()
    }

    /// The day in the office's time zone.
    pub fn day(&self, at: &Timestamp) -> String {
        self.date(&at.to_zoned_datetime(self.zone.clone()).date())
    }

    /// For `datetime` attributes.
    pub fn machine(&self, at: &Timestamp) -> String {
        at.to_string()
    }

    /// How far away a deadline is, in words.
    pub fn due(&self, due: Due) -> String {
        match due {
            Due::In { working_days } => self.text("date-due-in").arg("days", working_days).to_string(),
            Due::InDays { days } => self.text("date-due-in-days").arg("days", days).to_string(),
            Due::Today => self.text("date-due-today").to_string(),
            Due::Late { days } => self.text("date-due-late").arg("days", days).to_string(),
        }
    }

    /// `1,234,567`.
    pub fn number(&self, number: &u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lang: Lang) -> Text {
        Text::new(lang, TimeZone::fixed(jiff::tz::offset(8)))
    }

    #[test]
    fn the_language_asked_for_most_is_taken() {
        assert_eq!(Lang::accepted("zh-CN,zh;q=0.9,en;q=0.8"), Some(Lang::ZhHans));
        assert_eq!(Lang::accepted("de, en;q=0.5, zh;q=0.7"), Some(Lang::ZhHans));
        assert_eq!(Lang::accepted("en;q=0, fr"), None);
        assert_eq!(Lang::accepted(""), None);
    }

    #[test]
    fn dates_and_instants_are_said_in_the_persons_language_and_the_offices_zone() {
        let date = civil::day(2026, 11, 24).expect("a day");
        assert_eq!(text(Lang::En).date(&date), "24 November 2026");
        assert_eq!(text(Lang::ZhHans).date(&date), "2026年11月24日");
        let at: Timestamp = "2026-11-24T16:05:00Z".parse().expect("an instant");
        assert_eq!(text(Lang::En).moment(&at), "25 November 2026, 00:05");
        assert_eq!(text(Lang::ZhHans).moment(&at), "2026年11月25日 00:05");
    }

    #[test]
    fn deadlines_are_said_in_words() {
        let say = |lang, due| text(lang).due(due);
        assert_eq!(say(Lang::En, Due::In { working_days: 1 }), "in 1 working day");
        assert_eq!(say(Lang::En, Due::In { working_days: 3 }), "in 3 working days");
        assert_eq!(say(Lang::En, Due::Late { days: 1 }), "1 day late");
        assert_eq!(say(Lang::ZhHans, Due::In { working_days: 3 }), "还有 3 个工作日");
        assert_eq!(say(Lang::ZhHans, Due::Late { days: 2 }), "逾期 2 天");
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(text(Lang::En).number(&0), "0");
        assert_eq!(text(Lang::En).number(&999), "999");
        assert_eq!(text(Lang::En).number(&1_000), "1,000");
        assert_eq!(text(Lang::ZhHans).number(&1_234_567), "1,234,567");
    }

    #[test]
    fn a_missing_message_is_shown_as_its_id() {
        assert_eq!(text(Lang::En).text("no-such-message").to_string(), "no-such-message");
    }
}
