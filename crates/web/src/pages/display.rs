//! `GET`, `POST /display`: how pages look in this browser.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::App;
use crate::form::{Filled, VisitorForm};
use crate::frame::{Answer, Frame, go_to, local_path, page, with_cookie};
use crate::pages::language::REMEMBERED_SECONDS;
use crate::session::cookie;
use crate::visit::DISPLAY_COOKIE;

/// How pages look; each choice is a word in attributes and in the cookie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Display {
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// `normal` or `large`.
    pub size: &'static str,
    /// `normal` or `high`.
    pub contrast: &'static str,
}

const THEMES: [&str; 3] = ["auto", "light", "dark"];
const SIZES: [&str; 2] = ["normal", "large"];
const CONTRASTS: [&str; 2] = ["normal", "high"];

impl Default for Display {
    fn default() -> Self {
        Self { theme: THEMES[0], size: SIZES[0], contrast: CONTRASTS[0] }
    }
}

impl Display {
    /// Reads the cookie; what it does not know stands as it is by default.
    pub fn read(words: &str) -> Self {
        let mut words = words.split('.');
        let mut one_of = |known: &[&'static str]| choice(known, words.next().unwrap_or(""));
        Self { theme: one_of(&THEMES), size: one_of(&SIZES), contrast: one_of(&CONTRASTS) }
    }

    fn words(self) -> String {
        format!("{}.{}.{}", self.theme, self.size, self.contrast)
    }
}

fn choice(known: &[&'static str], word: &str) -> &'static str {
    known.iter().copied().find(|value| *value == word).unwrap_or(known[0])
}

#[derive(Template)]
#[template(path = "display.html")]
struct DisplayPage {
    frame: Frame,
    form: Filled,
    to: String,
}

/// The choices as they stand. `?to=` is the page to come back to.
pub async fn get(frame: Frame, crate::query::Query(query): crate::query::Query<To>) -> Answer {
    let Display { theme, size, contrast } = frame.display();
    let form = Filled::with(&[("theme", theme), ("size", size), ("contrast", contrast)]);
    page(&DisplayPage { frame, form, to: local_path(&query.to).to_owned() })
}

/// The page to come back to.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct To {
    /// Its path; the home page where there is none.
    #[serde(default)]
    pub to: String,
}

/// Remembers the choices in this browser.
pub async fn post(State(app): State<Arc<App>>, VisitorForm(form): VisitorForm) -> Answer {
    let display = Display {
        theme: choice(&THEMES, form.text("theme")),
        size: choice(&SIZES, form.text("size")),
        contrast: choice(&CONTRASTS, form.text("contrast")),
    };
    let cookie = cookie(&app.settings, DISPLAY_COOKIE, &display.words(), REMEMBERED_SECONDS);
    Ok(with_cookie(go_to(local_path(form.text("to"))), cookie))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_that_somebody_wrote_by_hand_does_no_harm() {
        assert_eq!(Display::read("dark.large.high").words(), "dark.large.high");
        assert_eq!(Display::read("\"><script>.large"), Display { size: "large", ..Display::default() });
        assert_eq!(Display::read(""), Display::default());
    }
}
