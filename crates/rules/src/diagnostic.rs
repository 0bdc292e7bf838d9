//! What is wrong with a rule, where, and what to do: in the form of the Rust compiler's own errors.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::message::{Message, message};
use crate::source::{Source, Span};
use crate::wording::Language;

/// The code of what stands for the errors that are not told.
const MORE: &str = "more";

/// One error, or one remark. Its code is stable; its words may become better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of error it is: `mixed-units`, `cycle`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub title: Message,
    /// Where, and what stands there; the first is where to begin.
    pub places: Vec<(Span, Message)>,
    /// Why the language asks for it.
    pub note: Option<Message>,
    /// What to write instead.
    pub help: Option<Message>,
    /// Whether it is no error and refuses nothing: the rules are sound, and this is worth a second look.
    pub is_remark: bool,
}

impl Diagnostic {
    /// That there are more errors than are told, and how many.
    pub(crate) fn more(title: Message, help: Message) -> Self {
        Self { code: MORE, title, places: vec![], note: None, help: Some(help), is_remark: false }
    }

    /// Whether it stands for the errors that are not told.
    pub fn is_more(&self) -> bool {
        self.code == MORE
    }

    /// An error at a place; `label` says what stands there, and may be empty.
    pub fn new(code: &'static str, title: Message, at: Span, label: Message) -> Self {
        Self { code, title, places: vec![(at, label)], note: None, help: None, is_remark: false }
    }

    /// What is worth a second look, and refuses nothing.
    pub fn remark(code: &'static str, title: Message, at: Span, label: Message) -> Self {
        Self { is_remark: true, ..Self::new(code, title, at, label) }
    }

    /// One more place that belongs to it.
    #[must_use]
    pub fn and_at(mut self, at: Span, label: Message) -> Self {
        self.places.push((at, label));
        self
    }

    /// Why.
    #[must_use]
    pub fn note(mut self, note: Message) -> Self {
        self.note = Some(note);
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The error as it is printed: file, line, column, the line itself, and what to do.
    pub fn render(&self, sources: &[Source], language: Language, colour: bool) -> String {
        let of = |message: &Message| shortened(message.told(language));
        let called = |level: Level<'static>, zh, en| level.with_name(language.pick(zh, en));
        let level = match self.is_remark {
            false => called(Level::ERROR, "错误", "error"),
            true => called(Level::WARNING, "留意", "remark"),
        };
        let mut group: Group<'_> = Group::with_title(level.primary_title(of(&self.title)).id(self.code));
        let mut files: Vec<usize> = vec![];
        for (span, _) in &self.places {
            if !files.contains(&span.file) {
                files.push(span.file);
            }
        }
        for file in files {
            let Some(source) = sources.get(file) else { continue };
            let mut snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
            for (at, (span, label)) in self.places.iter().enumerate() {
                if span.file == file {
                    let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let to = span.to.min(source.text.len());
                    snippet = snippet.annotation(kind.span(span.from.min(to)..to).label(of(label)));
                }
            }
            group = group.element(snippet);
        }
        if let Some(note) = &self.note {
            group = group.element(called(Level::NOTE, "说明", "note").message(of(note)));
        }
        if let Some(help) = &self.help {
            group = group.element(called(Level::HELP, "提示", "help").message(of(help)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// What is wrong in so many places is not looked at further: no time and no memory goes into errors that nobody is told.
pub(crate) const WRONG_MAX: usize = 200;

/// What to do about a slip of the finger.
pub fn do_you_mean(guess: &str) -> Message {
    message!("是不是要写 `{guess}`？", "do you mean `{guess}`?")
}

/// Lines in which somebody's file is quoted at length, each without its middle. No line is left out: a proof is told whole.
pub(crate) fn shortened(said: &str) -> String {
    let one = |line: &str| {
        if line.chars().count() <= SAID_MAX {
            return line.to_owned();
        }
        let sides = SAID_MAX / 2;
        let (head, tail): (String, Vec<char>) =
            (line.chars().take(sides).collect(), line.chars().rev().take(sides).collect());
        format!("{head} … {}", tail.into_iter().rev().collect::<String>())
    };
    said.split('\n').map(one).collect::<Vec<_>>().join("\n")
}

/// So many signs are told of one line.
const SAID_MAX: usize = 600;

/// A longer word was not mistyped: nothing is guessed for it.
const WORD_MAX: usize = 60;

/// The one of `known` that a mistyped `word` most likely means.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let (written, word) = (word, letters(word)?);
    let most = if word.len() <= 2 { 1 } else { word.len().div_ceil(3) };
    known
        .into_iter()
        .filter_map(|one| Some((letters(one)?, one)))
        .filter(|(letters, _)| letters.len().abs_diff(word.len()) <= most)
        .map(|(letters, one)| (distance(&word, &letters), letters.len(), one))
        // A name in capitals is another; the word itself is no guess.
        .filter(|(far, length, one)| (*far > 0 || *one != written) && *far <= most && far < length)
        .min_by_key(|(far, _, one)| (*far, *one))
        .map(|(.., one)| one)
}

/// Its letters, capitals like small ones; `None` where there are too many.
fn letters(word: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = word.chars().take(WORD_MAX + 1).flat_map(char::to_lowercase).collect();
    (letters.len() <= WORD_MAX).then_some(letters)
}

/// How many signs are put in, left out, replaced or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let (mut row_before_last, mut last): (Vec<usize>, Vec<usize>) = (vec![], (0..=b.len()).collect());
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(row_before_last[j - 2] + 1);
            }
            row.push(least);
        }
        (row_before_last, last) = (last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_guessed_and_a_stranger_is_not() {
        let known = ["standard", "income", "人均收入", "assets"];
        assert_eq!(nearest("standrad", known), Some("standard"));
        assert_eq!(nearest("人均收人", known), Some("人均收入"));
        assert_eq!(nearest("wage", known), None);
        assert_eq!(nearest("x", ["y"]), None, "nothing is left of it");
    }
    #[test]
    fn a_word_of_ten_thousand_letters_is_no_slip_and_is_told_in_part() {
        let long = "x".repeat(10_000);
        let known: Vec<String> = (0..2_000).map(|at| format!("{long}{at}")).collect();
        assert_eq!(nearest(&long, known.iter().map(String::as_str)), None);
        let wrong = Diagnostic::new(
            "unknown-name",
            message!("没有 `{long}`", "no `{long}`; add it"),
            Span::default(),
            Message::default(),
        );
        let source = Source { name: "a.rules".into(), text: long.clone() };
        let told = wrong.render(&[source], Language::En, false);
        assert!(told.len() < 2_000 && told.contains("no `xxx") && told.contains("x`; add it"), "{told}");
    }
}
