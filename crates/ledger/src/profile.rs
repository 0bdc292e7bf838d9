//! What clerks taught the reader of this office's documents: words that name one of its units, and phrases whose
//! passages are no directives. Each lesson says who taught it, when and from which document, and can be revoked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Invalid;
use crate::act::{ActKind, Context, Outcomes};
use crate::document::{Document, Proposal, Settled};
use crate::event::{Event, Fold, Meta};
use crate::id::{DocumentId, Number, ProfileId, Stream, UnitId};
use crate::matter::Hand;
use crate::organisation::{self, Organisation};
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

/// The one profile of an office.
pub const OFFICE: ProfileId = ProfileId(Uuid::nil());
/// At most so many lessons are in force.
pub const LESSONS_MAX: usize = 500;
/// A phrase holds at least so many letters that are no ideographs, or a third of that in ideographs.
const PHRASE_LETTERS: usize = 12;
/// A phrase holds at most so many code points.
const PHRASE_MAX: usize = 100;

/// What happens to the profile.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ProfileEvent {
    /// Words name a unit from now on.
    AliasTaught {
        /// The lesson: 1, 2, … within the profile.
        lesson: u32,
        /// Whom they name.
        unit: UnitId,
        /// Where they were met.
        document: DocumentId,
        /// When.
        on: Date,
        /// The words.
        #[serde(default)]
        text: Sealed<LessonText>,
    },
    /// Passages with a phrase are left out from now on.
    PhraseTaught {
        /// The lesson.
        lesson: u32,
        /// Where it was met.
        document: DocumentId,
        /// When.
        on: Date,
        /// The phrase.
        #[serde(default)]
        text: Sealed<LessonText>,
    },
    /// A lesson holds no longer.
    LessonRevoked {
        /// Which.
        lesson: u32,
        /// When.
        on: Date,
    },
}

/// A lesson in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LessonText {
    /// As the document has them.
    pub words: Text,
}

/// What a lesson says of its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// They name this unit.
    Unit(UnitId),
    /// A passage that holds them is no directive.
    NoDirective,
}

/// One lesson.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    /// 1, 2, … within the profile.
    pub no: u32,
    /// What its words mean.
    pub meaning: Meaning,
    /// The words.
    pub text: Sealed<LessonText>,
    /// Where they were met.
    pub document: DocumentId,
    /// Who taught it.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// Who revoked it, and when.
    pub revoked: Option<(Hand, Date)>,
    /// The words as passages are compared with them.
    closed_up: String,
}

impl Lesson {
    /// Its words; none once they were erased.
    pub fn words(&self) -> Option<&str> {
        self.text.open().map(|text| text.words.as_str())
    }
}

/// The office's profile as it stands.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OfficeProfile {
    lessons: BTreeMap<u32, Lesson>,
}

/// A passage as it is compared, without blanks and in small letters: a line may end anywhere in a phrase.
fn closed_up(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Whether the passage holds the phrase, wherever its lines end.
pub fn holds(passage: &str, phrase: &str) -> bool {
    let phrase = closed_up(phrase);
    !phrase.is_empty() && closed_up(passage).contains(&phrase)
}

/// A phrase for which passages are left out. Errors: `Invalid` as `Text::parse`, with `phrase-too-short` for one that
/// would be met everywhere, and `phrase-too-long`.
pub fn parse_phrase(field: &'static str, text: &str) -> Result<Text, Invalid> {
    let phrase = Text::parse(field, text)?;
    let weight = |c: char| match c {
        c if !c.is_alphanumeric() => 0,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3,
        _ => 1,
    };
    if phrase.as_str().chars().map(weight).sum::<usize>() < PHRASE_LETTERS {
        return Err(Invalid::new(field, "phrase-too-short"));
    }
    match phrase.as_str().chars().count() > PHRASE_MAX {
        true => Err(Invalid::new(field, "phrase-too-long")),
        false => Ok(phrase),
    }
}

impl OfficeProfile {
    /// Every lesson, revoked ones included, in the order they were taught.
    pub fn lessons(&self) -> impl DoubleEndedIterator<Item = &Lesson> {
        self.lessons.values()
    }

    /// The lesson.
    pub fn lesson(&self, no: u32) -> Option<&Lesson> {
        self.lessons.get(&no)
    }

    /// The lessons that hold and whose words were not erased, each with them.
    pub fn in_force(&self) -> impl Iterator<Item = (&Lesson, &str)> {
        let held = self.lessons.values().filter(|lesson| lesson.revoked.is_none());
        held.filter_map(|lesson| Some((lesson, lesson.words()?)))
    }

    /// The one unit that the words name on `day`: by the organisation's own names, else as it was taught, and then by
    /// which lesson. For a unit that has ended, whoever took over. None where the words leave it open.
    pub fn unit_called(
        &self,
        words: &str,
        organisation: &Organisation,
        day: Date,
    ) -> Option<(UnitId, Option<&Lesson>)> {
        if let [unit] = organisation.units_called(words, day).as_slice() {
            return Some((*unit, None));
        }
        self.taught_unit(words, organisation, day).map(|(unit, lesson)| (unit, Some(lesson)))
    }

    /// The unit that the words name by a lesson, and by which; none where the organisation's own names say it.
    pub fn taught_unit(&self, words: &str, organisation: &Organisation, day: Date) -> Option<(UnitId, &Lesson)> {
        let (lesson, unit) = self.alias(words)?;
        let is_open = organisation.units_called(words, day).len() != 1;
        Some((organisation.standing_for(unit, day).filter(|_| is_open)?, lesson))
    }

    fn alias(&self, words: &str) -> Option<(&Lesson, UnitId)> {
        let wanted = organisation::bare(words);
        self.in_force().find_map(|(lesson, taught)| match lesson.meaning {
            Meaning::Unit(unit) if organisation::bare(taught) == wanted => Some((lesson, unit)),
            Meaning::Unit(_) | Meaning::NoDirective => None,
        })
    }

    /// The first lesson for which the passage is left out.
    pub fn leaves_out(&self, passage: &str) -> Option<&Lesson> {
        let passage = closed_up(passage);
        let phrases = self.in_force().filter(|(lesson, _)| lesson.meaning == Meaning::NoDirective);
        phrases.map(|(lesson, _)| lesson).find(|lesson| passage.contains(&lesson.closed_up))
    }

    /// Teaches that the words of a document name a unit. Refuses without the right, a unit that is not there, what is
    /// known already, words that name another unit, and one lesson too many.
    pub fn teach_alias(&self, words: Text, unit: UnitId, document: DocumentId, context: &Context) -> Outcomes {
        let lesson = self.next(context)?;
        let (organisation, today) = (context.organisation, context.today);
        if !organisation.unit_exists(unit, today) {
            return Err(Refusal::PartyUnknown);
        }
        let called = organisation.units_called(words.as_str(), today);
        match (called.as_slice(), self.alias(words.as_str())) {
            ([known], _) if *known == unit => return Err(Refusal::NothingChanges),
            ([], Some((_, known))) | ([_, _, ..], Some((_, known))) if known == unit => {
                return Err(Refusal::NothingChanges);
            }
            (_, Some(_)) | ([_], None) => return Err(Refusal::WordsTaken),
            ([_, _, ..], None) if !called.contains(&unit) => return Err(Refusal::WordsTaken),
            ([] | [_, _, ..], None) => {}
        }
        let text = Sealed::Open(LessonText { words });
        Ok(event(ProfileEvent::AliasTaught { lesson, unit, document, on: today, text }))
    }

    /// Teaches that passages with the phrase are no directives. Refuses without the right, what is known already, a
    /// phrase that stands in a directive confirmed from the same document, and one lesson too many.
    pub fn teach_phrase(&self, phrase: Text, document: &Document, context: &Context) -> Outcomes {
        let lesson = self.next(context)?;
        if self.leaves_out(phrase.as_str()).is_some() {
            return Err(Refusal::NothingChanges);
        }
        let confirmed = |(proposal, settled): (&Proposal, Settled)| match settled {
            Settled::Matter(_, number) if holds(proposal.quote.as_str(), phrase.as_str()) => Some(number),
            Settled::Matter(..)
            | Settled::Open
            | Settled::Noted
            | Settled::Dismissed
            | Settled::LeftOut
            | Settled::Replaced => None,
        };
        let numbers: Vec<Number> = document.proposals().into_iter().filter_map(confirmed).collect();
        if !numbers.is_empty() {
            return Err(Refusal::PhraseConfirmed { numbers });
        }
        let text = Sealed::Open(LessonText { words: phrase });
        Ok(event(ProfileEvent::PhraseTaught { lesson, document: document.id, on: context.today, text }))
    }

    /// Revokes a lesson. Refuses without the right, and where it does not hold.
    pub fn revoke(&self, lesson: u32, context: &Context) -> Outcomes {
        rights::may(context.by, ActKind::Teach, &Thing::Office, context.organisation, context.today)?;
        match self.lessons.get(&lesson).is_some_and(|lesson| lesson.revoked.is_none()) {
            true => Ok(event(ProfileEvent::LessonRevoked { lesson, on: context.today })),
            false => Err(Refusal::NothingChanges),
        }
    }

    fn next(&self, context: &Context) -> Result<u32, Refusal> {
        rights::may(context.by, ActKind::Teach, &Thing::Office, context.organisation, context.today)?;
        if self.in_force().count() >= LESSONS_MAX {
            return Err(Refusal::LessonsFull);
        }
        Ok(self.lessons.keys().last().map_or(1, |no| no + 1))
    }

    fn take(&mut self, event: &ProfileEvent, meta: &Meta) {
        let by = Hand::of(meta);
        let (no, meaning, document, on, text) = match event {
            ProfileEvent::AliasTaught { lesson, unit, document, on, text } => {
                (*lesson, Meaning::Unit(*unit), *document, *on, text)
            }
            ProfileEvent::PhraseTaught { lesson, document, on, text } => {
                (*lesson, Meaning::NoDirective, *document, *on, text)
            }
            ProfileEvent::LessonRevoked { lesson, on } => {
                if let Some(lesson) = self.lessons.get_mut(lesson) {
                    lesson.revoked.get_or_insert((by, *on));
                }
                return;
            }
        };
        let closed_up = text.open().map(|text| closed_up(text.words.as_str())).unwrap_or_default();
        let lesson = Lesson { no, meaning, text: text.clone(), document, by, on, revoked: None, closed_up };
        self.lessons.entry(no).or_insert(lesson);
    }
}

fn event(event: ProfileEvent) -> Vec<(Stream, Event)> {
    vec![(Stream::Profile(OFFICE), Event::Profile(event))]
}

impl Fold for OfficeProfile {
    fn begin(stream: Stream, event: &Event, meta: &Meta) -> Option<Self> {
        let (Stream::Profile(_), Event::Profile(event)) = (stream, event) else { return None };
        let mut profile = Self::default();
        profile.take(event, meta);
        Some(profile)
    }

    fn apply(&mut self, event: &Event, meta: &Meta) {
        if let Event::Profile(event) = event {
            self.take(event, meta);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_long_enough_not_to_be_met_everywhere() {
        for phrase in ["压实责任", "压实 责任，", "best endeavours"] {
            assert!(parse_phrase("phrase", phrase).is_ok(), "{phrase}");
        }
        for (phrase, code) in [("压实责", "phrase-too-short"), ("should be", "phrase-too-short"), ("", "missing")] {
            assert_eq!(parse_phrase("phrase", phrase).expect_err(phrase).code, code);
        }
        assert!(parse_phrase("phrase", &"责".repeat(PHRASE_MAX)).is_ok());
        assert_eq!(parse_phrase("phrase", &"责".repeat(PHRASE_MAX + 1)).expect_err("long").code, "phrase-too-long");
    }

    #[test]
    fn a_passage_holds_a_phrase_wherever_its_lines_end() {
        assert!(holds("要提高认识，\n压实责\r\n任。", "压实责任"));
        assert!(holds("Members should use their Best\nendeavours.", "best endeavours"));
        assert!(!holds("Members should use their best efforts.", "best endeavours"));
        assert!(!holds("anything", " \n"));
    }
}
