//! `GET /`: what this is, and the way in.

use askama::Template;

use crate::frame::{Answer, Frame, page};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
}

/// The same for everybody but for the button.
pub async fn get(frame: Frame) -> Answer {
    page(&Home { frame })
}
