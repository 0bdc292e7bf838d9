//! What is wrong with a rule, where, and what to do: in the form of the Rust compiler's own errors.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::message::{Message, message};
use crate::source::{Source, Span};
use crate::wording::Language;

/// One error. Its code is stable; its words may become better.
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
}

impl Diagnostic {
    /// An error at a place; `label` says what stands there, and may be empty.
    pub fn new(code: &'static str, title: Message, at: Span, label: Message) -> Self {
        Self { code, title, places: vec![(at, label)], note: None, help: None }
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
        let of = |message: &Message| message.told(language).to_owned();
        let called = |level: Level<'static>, zh, en| level.with_name(language.pick(zh, en));
        let error = called(Level::ERROR, "错误", "error");
        let mut group: Group<'_> = Group::with_title(error.primary_title(of(&self.title)).id(self.code));
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

/// What to do about a slip of the finger.
pub fn do_you_mean(guess: &str) -> Message {
    message!("是不是要写 `{guess}`？", "do you mean `{guess}`?")
}

/// The one of `known` that a mistyped `word` most likely means.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    let most = if length <= 2 { 1 } else { length.div_ceil(3) };
    known
        .into_iter()
        .map(|one| (distance(word, one), one))
        .filter(|(far, one)| *far > 0 && *far <= most && *far < one.chars().count())
        .min()
        .map(|(_, one)| one)
}

/// How many signs are put in, left out, replaced or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
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
}
