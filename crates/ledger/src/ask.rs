//! Asks and observations: how anyone requests figures, and how they are given. A progress report is an ask too.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::act::{ActKind, Context, Outcomes};
use crate::encode::INTEGER_MAX;
use crate::event::{Event, Fold, Meta};
use crate::id::{AskId, MatterId, Stream, UnitId};
use crate::matter::Hand;
use crate::refusal::{Invalid, Refusal};
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

/// The code of an indicator, a measure or a source: 1 to 64 lower-case letters, digits, hyphens and dots.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

impl Code {
    /// Errors: `Invalid` on `field` with `malformed-code`.
    pub fn parse(field: &'static str, code: &str) -> Result<Self, Invalid> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.');
        match (1..=64).contains(&code.len()) && code.bytes().all(fits) {
            true => Ok(Self(code.to_owned())),
            false => Err(Invalid::new(field, "malformed-code")),
        }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Code {
    type Error = Invalid;
    fn try_from(code: String) -> Result<Self, Invalid> {
        Self::parse("code", &code)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}

/// The time a figure is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// As it stood at the end of a day.
    Day {
        /// The day.
        on: Date,
    },
    /// A month.
    Month {
        /// Its year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A quarter.
    Quarter {
        /// Its year.
        year: i16,
        /// 1 to 4.
        quarter: i8,
    },
    /// A year.
    Year {
        /// The year.
        year: i16,
    },
}

impl Period {
    /// Checks that month and quarter exist. Errors: `Invalid` on `period`.
    pub fn check(self) -> Result<Self, Invalid> {
        let fits = match self {
            Period::Day { .. } | Period::Year { .. } => true,
            Period::Month { month, .. } => (1..=12).contains(&month),
            Period::Quarter { quarter, .. } => (1..=4).contains(&quarter),
        };
        if fits { Ok(self) } else { Err(Invalid::new("period", "no-such-period")) }
    }
}

/// A figure: `mantissa` × 10^−`scale`, never a float.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Within ±(2^53−1).
    pub mantissa: i64,
    /// Digits after the point, 0 to 9.
    pub scale: u8,
}

impl Figure {
    /// Reads `-12.50`. Errors: `Invalid` on `value`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let malformed = || Invalid::new("value", "malformed-figure");
        let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let scale = u8::try_from(fraction.len()).ok().filter(|scale| *scale <= 9).ok_or_else(malformed)?;
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty() || !digits.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(malformed());
        }
        let mantissa: i64 = format!("{whole}{fraction}").parse().map_err(|_| malformed())?;
        if !(-INTEGER_MAX..=INTEGER_MAX).contains(&mantissa) { Err(malformed()) } else { Ok(Self { mantissa, scale }) }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = usize::from(self.scale) + 1);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

/// What figures are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskText {
    /// What they are for.
    pub purpose: Text,
}

/// A remark on a figure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RemarkText {
    /// The remark, if one was made.
    pub remark: Option<Text>,
}

/// What happens to an ask.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum AskEvent {
    /// Figures are asked for.
    Asked {
        /// The matter whose progress is asked for, if it is that.
        matter: Option<MatterId>,
        /// Which indicators.
        indicators: BTreeSet<Code>,
        /// Of whom.
        units: BTreeSet<UnitId>,
        /// For when.
        period: Period,
        /// By when.
        due: Date,
        /// The day it was asked.
        on: Date,
        /// What for.
        #[serde(default)]
        text: Sealed<AskText>,
    },
    /// A figure is given, or given anew.
    Observed {
        /// Which indicator.
        indicator: Code,
        /// By which unit.
        unit: UnitId,
        /// How much.
        value: Figure,
        /// In what.
        measure: Code,
        /// From where: `register`, `count`, `estimate` …
        source: Code,
        /// 1, and one more each time it is given anew.
        revision: u32,
        /// The day it was given.
        on: Date,
        /// A remark.
        #[serde(default)]
        text: Sealed<RemarkText>,
    },
}

/// A figure as given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observation {
    /// How much.
    pub value: Figure,
    /// In what.
    pub measure: Code,
    /// From where.
    pub source: Code,
    /// 1, and one more each time it is given anew.
    pub revision: u32,
    /// Who gave it.
    pub by: Hand,
    /// When.
    pub on: Date,
}

/// What figures are asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asking {
    /// The matter whose progress is asked for.
    pub matter: Option<MatterId>,
    /// Which indicators; at least one.
    pub indicators: BTreeSet<Code>,
    /// Of whom; at least one.
    pub units: BTreeSet<UnitId>,
    /// For when.
    pub period: Period,
    /// By when.
    pub due: Date,
    /// What for.
    pub purpose: Text,
}

/// An ask as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// Its id.
    pub id: AskId,
    /// Who asked.
    pub asker: Hand,
    /// What was asked for.
    pub indicators: BTreeSet<Code>,
    /// Of whom.
    pub units: BTreeSet<UnitId>,
    /// For when.
    pub period: Period,
    /// By when.
    pub due: Date,
    /// The matter whose progress is asked for.
    pub matter: Option<MatterId>,
    /// What for.
    pub text: Sealed<AskText>,
    /// The latest figure for each indicator and unit.
    pub observations: BTreeMap<(Code, UnitId), Observation>,
}

/// A figure to be given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Giving {
    /// Which indicator.
    pub indicator: Code,
    /// By which unit.
    pub unit: UnitId,
    /// How much.
    pub value: Figure,
    /// In what.
    pub measure: Code,
    /// From where.
    pub source: Code,
    /// A remark.
    pub remark: Option<Text>,
}

/// Asks for figures. Refuses without the right, for unknown units, for nothing, and for a day already past.
pub fn ask(id: AskId, asking: Asking, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Ask, &Thing::Office, context.organisation, context.today)?;
    let Asking { matter, indicators, units, period, due, purpose } = asking;
    if indicators.is_empty() || units.is_empty() {
        return Err(Refusal::NothingChanges);
    }
    if !units.iter().all(|unit| context.organisation.unit_exists(*unit, context.today)) {
        return Err(Refusal::PartyUnknown);
    }
    if due < context.today {
        return Err(Refusal::DueInThePast { due });
    }
    let text = Sealed::Open(AskText { purpose });
    let asked = AskEvent::Asked { matter, indicators, units, period, due, on: context.today, text };
    Ok(vec![(Stream::Ask(id), Event::Ask(asked))])
}

impl Ask {
    /// Gives a figure, or gives it anew; the last stands and the others stay on the record. Refuses for another's
    /// unit, and for an indicator or unit that was not asked.
    pub fn observe(&self, giving: Giving, context: &Context) -> Outcomes {
        let own = BTreeSet::from([giving.unit]);
        rights::may(context.by, ActKind::Observe, &Thing::AskOf(&own), context.organisation, context.today)?;
        if !self.units.contains(&giving.unit) || !self.indicators.contains(&giving.indicator) {
            return Err(Refusal::NotAsked);
        }
        let Giving { indicator, unit, value, measure, source, remark } = giving;
        let before = self.observations.get(&(indicator.clone(), unit));
        let revision = before.map_or(1, |observation| observation.revision + 1);
        let text = Sealed::Open(RemarkText { remark });
        let on = context.today;
        let observed = AskEvent::Observed { indicator, unit, value, measure, source, revision, on, text };
        Ok(vec![(Stream::Ask(self.id), Event::Ask(observed))])
    }

    /// Indicators and units without a figure.
    pub fn missing(&self) -> Vec<(&Code, UnitId)> {
        let pairs = self.indicators.iter().flat_map(|code| self.units.iter().map(move |unit| (code, *unit)));
        pairs.filter(|(code, unit)| !self.observations.contains_key(&((*code).clone(), *unit))).collect()
    }
}

impl Fold for Ask {
    fn begin(stream: Stream, event: &Event, meta: &Meta) -> Option<Self> {
        let (Stream::Ask(id), Event::Ask(event)) = (stream, event) else { return None };
        let AskEvent::Asked { matter, indicators, units, period, due, text, on: _ } = event else { return None };
        Some(Self {
            id,
            asker: Hand::of(meta),
            indicators: indicators.clone(),
            units: units.clone(),
            period: *period,
            due: *due,
            matter: *matter,
            text: text.clone(),
            observations: BTreeMap::new(),
        })
    }

    fn apply(&mut self, event: &Event, meta: &Meta) {
        let Event::Ask(AskEvent::Observed { indicator, unit, value, measure, source, revision, on, text: _ }) = event
        else {
            return;
        };
        let (value, measure, source) = (*value, measure.clone(), source.clone());
        let observation = Observation { value, measure, source, revision: *revision, by: Hand::of(meta), on: *on };
        self.observations.insert((indicator.clone(), *unit), observation);
    }
}
