//! `GET /` without an account: what was published, and what became of it.

use askama::Template;
use ledger::matter::StateKind;
use store::{Count, MatterFilter, MatterLine, Standing};

use crate::App;
use crate::frame::{Answer, Frame, page};
use crate::pages::matters::counted;

/// Matters on the public's page.
const PUBLIC_LINES: u32 = 30;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    lines: Vec<MatterLine>,
    today: civil::Date,
    counts: [(String, String); 3],
}

/// What was decided and what became of it, for a visitor.
pub(super) async fn home(app: &App, frame: Frame) -> Answer {
    let (lines, all, open, late, today) = app
        .read(|read| {
            let lines = read.matters(None, &MatterFilter { is_public: true, ..Default::default() }, PUBLIC_LINES, 0)?;
            let mut count =
                |standing| read.count(None, &MatterFilter { is_public: true, standing, ..MatterFilter::default() });
            let counts = (count(None)?, count(Some(Standing::Open))?, count(Some(Standing::Overdue))?);
            Ok((lines, counts.0, counts.1, counts.2, read.today()))
        })
        .await?;
    let counts = [("home-published", all), ("home-open", open), ("home-late", late)];
    let counts = counts.map(|(id, count)| (frame.text(id).to_string(), plain(&frame, count)));
    page(&Home { frame, lines, today, counts })
}

/// A count without a sentence around it.
pub(super) fn plain(frame: &Frame, count: Count) -> String {
    match count {
        Count::Exactly(count) => frame.number(&count),
        Count::MoreThan(_) => counted(frame, count),
    }
}
