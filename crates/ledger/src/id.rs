//! The names things go by: one newtype an id, streams, holders, and the number people and paper see.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

use crate::Invalid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Parses the hyphenated form. Errors: `Invalid` naming the id's kind.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                Uuid::parse_str(text).map(Self).map_err(|_| Invalid::new(stringify!($name), "malformed-id"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

ids! {
    /// A matter on the ledger.
    MatterId,
    /// A document that was read.
    DocumentId,
    /// A meeting, whose record the document is.
    MeetingId,
    /// A person as the holder of a key; never the same value as an officer's or a case's id.
    PersonId,
    /// A household.
    HouseholdId,
    /// A unit of the organisation.
    UnitId,
    /// A post within a unit.
    PostId,
    /// An officer, by office and not by name.
    OfficerId,
    /// A working-day calendar.
    CalendarId,
    /// What an office's reader was taught.
    ProfileId,
    /// A request for figures.
    AskId,
    /// A piece of evidence, and the file that holds its bytes.
    EvidenceId,
    /// What somebody of the public said is not so. It is the hash of the receipt's code, cut to an id.
    ContradictionId,
    /// A delegation from one officer to another.
    DelegationId,
    /// One event.
    EventId,
    /// One command; sent twice, it is carried out once.
    CommandId,
}

impl OfficerId {
    /// Who acts without an account: anybody of the public (ADR 0010). No officer ever has this id.
    pub const PUBLIC: OfficerId = OfficerId(Uuid::nil());

    /// Whether nobody of the office acted.
    pub fn is_public(&self) -> bool {
        *self == Self::PUBLIC
    }
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($variant:ident($id:ident) = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "/<uuid>`")] $variant($id),)*
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$variant(id) => write!(f, concat!($word, "/{}"), id),)* }
            }
        }

        impl FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let (word, id) = text.split_once('/').ok_or(Invalid::new(stringify!($name), "malformed-id"))?;
                match word {
                    $($word => $id::parse(id).map(Self::$variant),)*
                    _ => Err(Invalid::new(stringify!($name), "unknown-kind")),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

kinds! {
    /// A line of events with its own versions 1, 2, … without a gap.
    Stream {
        Matter(MatterId) = "matter",
        Document(DocumentId) = "document",
        Meeting(MeetingId) = "meeting",
        Person(PersonId) = "person",
        Household(HouseholdId) = "household",
        Unit(UnitId) = "unit",
        Officer(OfficerId) = "officer",
        Calendar(CalendarId) = "calendar",
        Ask(AskId) = "ask",
        Profile(ProfileId) = "profile",
    }
}

kinds! {
    /// Under whose key a sealed part lies: the person it is about, or the thing it belongs to.
    /// Destroying the key erases the part (`docs/record.md`; the kinds beyond the first three: ADR 0001).
    Holder {
        Person(PersonId) = "person",
        Matter(MatterId) = "matter",
        Document(DocumentId) = "document",
        Meeting(MeetingId) = "meeting",
        Unit(UnitId) = "unit",
        Ask(AskId) = "ask",
        Calendar(CalendarId) = "calendar",
        Profile(ProfileId) = "profile",
    }
}

impl Stream {
    /// The holder of the text of this stream's events; `None` where every text is about a person.
    pub fn holder(&self) -> Option<Holder> {
        match *self {
            Stream::Matter(id) => Some(Holder::Matter(id)),
            Stream::Document(id) => Some(Holder::Document(id)),
            Stream::Meeting(id) => Some(Holder::Meeting(id)),
            Stream::Unit(id) => Some(Holder::Unit(id)),
            Stream::Ask(id) => Some(Holder::Ask(id)),
            Stream::Calendar(id) => Some(Holder::Calendar(id)),
            Stream::Profile(id) => Some(Holder::Profile(id)),
            Stream::Person(_) | Stream::Household(_) | Stream::Officer(_) => None,
        }
    }
}

/// Which counter a matter's number comes from. Matters known only to a circle are counted apart, so that
/// nobody outside can tell from a gap that one exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// `2026-0412`
    General,
    /// `2026-C0007`
    Circle,
}

/// The number people and paper see, `2026-0412`: the year, and a count within year and series.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Number {
    /// Year the matter was opened in.
    pub year: i16,
    /// The counter it was drawn from.
    pub series: Series,
    /// 1, 2, … within year and series.
    pub count: u32,
}

impl Number {
    /// Parses `2026-0412` or `2026-C0007`; exactly what `Display` writes. Errors: `Invalid` on the field `number`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let malformed = || Invalid::new("number", "malformed-number");
        let (year, rest) = text.trim().split_once('-').ok_or_else(malformed)?;
        let (series, count) = match rest.strip_prefix(['C', 'c']) {
            Some(count) => (Series::Circle, count),
            None => (Series::General, rest),
        };
        let digits = |s: &str, least: usize| s.len() >= least && s.len() <= 9 && s.bytes().all(|b| b.is_ascii_digit());
        if !(digits(year, 4) && year.len() == 4 && digits(count, 4)) {
            return Err(malformed());
        }
        let number = Self {
            year: year.parse().map_err(|_| malformed())?,
            series,
            count: count.parse().map_err(|_| malformed())?,
        };
        if number.count == 0 { Err(malformed()) } else { Ok(number) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.series {
            Series::General => "",
            Series::Circle => "C",
        };
        write!(f, "{:04}-{letter}{:04}", self.year, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_it_is_written() {
        for text in ["2026-0412", "2026-C0007", "2026-123456"] {
            assert_eq!(Number::parse(text).expect(text).to_string(), text);
        }
        for text in ["", "2026", "26-0412", "2026-412", "2026-0000", "2026-04x2", "2026-", "-0412", "2026-1234567890"] {
            assert!(Number::parse(text).is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn a_stream_reads_back_as_it_is_written() {
        let stream = Stream::Matter(MatterId(Uuid::from_u128(7)));
        assert_eq!(stream.to_string().parse::<Stream>().expect("its own form"), stream);
        assert!("matter/7".parse::<Stream>().is_err());
        assert!("mattress/00000000-0000-0000-0000-000000000007".parse::<Stream>().is_err());
    }
}
