//! Rules that a test takes to be sound, and what is said where they are not.

use rules::{Diagnostic, Language, Rules, Source, check};

/// The rules; none where a condition can never hold, which chance makes now and then and which is refused.
pub fn sound(sources: Vec<Source>) -> Option<Rules> {
    match check(sources.clone()) {
        Ok(rules) => Some(rules),
        Err(wrong) if wrong.iter().all(|one| one.code == "never") => None,
        Err(wrong) => panic!("{}", told(&wrong, &sources)),
    }
}

/// Errors as they are printed, in English.
pub fn told(wrong: &[Diagnostic], sources: &[Source]) -> String {
    wrong.iter().map(|one| one.render(sources, Language::En, false)).collect::<Vec<_>>().join("\n\n")
}
