//! What stands folded below the proposals: what was dismissed, and what the office's list left out; each can be brought
//! back with one press.

use ledger::document::{Proposal, Settled};

use super::About;
use crate::frame::Frame;
use crate::pages::profile::Taught;
use crate::who::Who;

/// One of the two lists.
pub struct Aside {
    /// Its heading, a message that takes `count`.
    pub title: &'static str,
    /// The key that opens it.
    pub key: &'static str,
    /// What its button brings about: the end of the address.
    pub noun: &'static str,
    /// What the button says.
    pub button: &'static str,
    /// Its proposals, in the order of the text.
    pub rows: Vec<Row>,
}

/// A proposal that is no directive, and who says so.
pub struct Row {
    /// The proposal.
    pub proposal: Proposal,
    /// Who dismissed it, and when: a sentence.
    pub dismissed: Option<String>,
    /// Who taught the office's list to leave it out.
    pub taught: Option<Taught>,
    /// Whether the office's list could learn it.
    pub can_teach: bool,
}

/// Both lists.
pub fn asides(frame: &Frame, who: &Who, about: &About) -> [Aside; 2] {
    let document = &about.document;
    let dismissed = |proposal: &Proposal| Row {
        dismissed: document.settled_by(proposal.no).map(|(by, at)| {
            frame.text("document-dismissed-by").arg("by", who.hand(&by)).arg("when", frame.moment(&at)).to_string()
        }),
        taught: None,
        can_teach: about.may_settle && about.office.leaves_out(proposal.quote.as_str()).is_none(),
        proposal: proposal.clone(),
    };
    let left_out = |proposal: &Proposal| Row {
        dismissed: None,
        taught: proposal.left_out_by.and_then(|no| about.taught(frame, who, no)),
        can_teach: false,
        proposal: proposal.clone(),
    };
    let of = |wanted: Settled| {
        let found = document.proposals().into_iter().filter(move |(_, settled)| *settled == wanted);
        found.map(|(proposal, _)| proposal)
    };
    [
        Aside {
            title: "document-dismissed-ones",
            key: "d",
            noun: "undo",
            button: "document-bring-back",
            rows: of(Settled::Dismissed).map(dismissed).collect(),
        },
        Aside {
            title: "document-left-out-ones",
            key: "l",
            noun: "inclusion",
            button: "document-bring-in",
            rows: of(Settled::LeftOut).map(left_out).collect(),
        },
    ]
}
