//! What people are told, in Chinese and in English: each sentence once, at the place that says it, in both languages.

use std::fmt::Display;

use crate::wording::Language;

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Message {
    /// The sentence in one of the two.
    pub fn told(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

/// What may stand in a message: a name or a number, alike in both languages, or a word with one for each.
pub trait Spoken {
    /// As the Chinese sentence has it.
    fn in_chinese(&self) -> String;
    /// As the English sentence has it.
    fn in_english(&self) -> String;
}

impl<T: Display + ?Sized> Spoken for T {
    fn in_chinese(&self) -> String {
        self.to_string()
    }

    fn in_english(&self) -> String {
        self.to_string()
    }
}

impl Spoken for Message {
    fn in_chinese(&self) -> String {
        self.zh.clone()
    }

    fn in_english(&self) -> String {
        self.en.clone()
    }
}

/// `message!("没有 {date} 这一天", "there is no day {date}")`: both sentences, and after them what both of them speak of.
#[macro_export]
macro_rules! message {
    ($zh:literal, $en:literal $(, $of:expr)* $(,)?) => {
        {
            #[allow(unused_imports, reason = "where both sentences speak of nothing")]
            use $crate::Spoken as _;
            $crate::Message {
                zh: ::std::fmt::format(format_args!($zh $(, ($of).in_chinese())*)),
                en: ::std::fmt::format(format_args!($en $(, ($of).in_english())*)),
            }
        }
    };
}
pub(crate) use message;

/// Several things one after another: a, b.
pub fn list<S: Spoken>(all: &[S]) -> Message {
    let joined = |one: fn(&S) -> String, mark: &str| all.iter().map(one).collect::<Vec<_>>().join(mark);
    Message { zh: joined(S::in_chinese, "、"), en: joined(S::in_english, ", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_word_and_the_same_name() {
        let whom = message!("家庭", "household");
        let said = message!("{}没有 `{}`", "a {} has no `{}`", whom, "age");
        assert_eq!((said.zh.as_str(), said.en.as_str()), ("家庭没有 `age`", "a household has no `age`"));
        assert_eq!(list(&["甲", "乙"]), Message { zh: "甲、乙".into(), en: "甲, 乙".into() });
    }
}
