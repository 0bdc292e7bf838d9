//! What the log is told of who comes in and who is turned away, for whoever watches the machine.
//!
//! Every line has the operation's number, which the person's page shows too; the officer's id where he is known; the
//! route, never the address of a thing; and where somebody is at the door, where he comes from. Never a name, a login, a
//! secret or a word of anybody's: a login field holds a password more often than one thinks.

use ledger::id::OfficerId;

use crate::error::{Problem, lacks_right};
use crate::visit::{Caller, Visit};

/// What happened to the way somebody comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entered {
    /// By login and password, by a one-time link, or with a new password.
    In,
    /// He signed out.
    Out,
    /// He made a token.
    TokenMade,
    /// He revoked a token.
    TokenRevoked,
    /// He ended a session elsewhere.
    SessionsEnded,
}

/// Somebody came in, or changed how he does.
pub fn entered(visit: &Visit, officer: OfficerId, what: Entered) {
    let what = match what {
        Entered::In => "a session began",
        Entered::Out => "a session ended",
        Entered::TokenMade => "a token was made",
        Entered::TokenRevoked => "a token was revoked",
        Entered::SessionsEnded => "sessions elsewhere were ended",
    };
    tracing::info!(
        target: "security",
        operation = visit.operation,
        officer.id = %officer,
        route = visit.route.as_deref().unwrap_or(""),
        address = ?visit.address,
        "{what}"
    );
}

/// A password or link that opens nothing was tried.
pub fn kept_out(visit: &Visit) {
    tracing::warn!(
        target: "security",
        operation = visit.operation,
        route = visit.route.as_deref().unwrap_or(""),
        address = ?visit.address,
        "a wrong password"
    );
}

/// Says so if the problem is somebody turned away; what nobody is to blame for is not.
pub fn turned_away(visit: &Visit, problem: &Problem) {
    let is_told = match problem {
        Problem::Refused(refusal) => lacks_right(refusal),
        Problem::NoPost
        | Problem::ScopeMissing(_)
        | Problem::InPersonOnly
        | Problem::Forged
        | Problem::LinkSpent
        | Problem::Throttled { .. }
        | Problem::TooLarge => true,
        // A visitor who asks for an officer's page is shown the door; a token that opens nothing is another thing.
        Problem::SignInNeeded => matches!(visit.caller, Caller::Stranger),
        Problem::Invalid(_)
        | Problem::Address
        | Problem::NotFound
        | Problem::PastEnd
        | Problem::Unpublished { .. }
        | Problem::Stale
        | Problem::Busy
        | Problem::Asked { .. }
        | Problem::Full(_)
        | Problem::Fault(_) => false,
    };
    if !is_told {
        return;
    }
    let (officer, at_the_door) = match &visit.caller {
        Caller::InPerson { session, .. } => (Some(session.officer.to_string()), false),
        Caller::Program(token) => (Some(token.officer.to_string()), false),
        Caller::Visitor | Caller::Stranger => (None, true),
    };
    // What the public says about a matter is slowed by address, and the address goes no further.
    let is_public = visit.route.as_deref().is_some_and(|route| route.contains("contradiction"));
    let address = if at_the_door && !is_public { visit.address } else { None };
    tracing::warn!(
        target: "security",
        operation = visit.operation,
        officer.id = officer,
        route = visit.route.as_deref().unwrap_or(""),
        address = ?address,
        code = problem.code(),
        "turned away"
    );
}
