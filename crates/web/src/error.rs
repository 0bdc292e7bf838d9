//! The one place where failures become answers.
//!
//! A `Refusal` is the rules or a colleague saying no: a stable code, what stands in the way, and what to do next. An
//! `Invalid` is malformed input: a form shows it at its field, and only what no form can show comes here. A `Fault` is
//! the machine failing: logged once, here, under the operation's number, and the page shows only that number.
//!
//! A handler returns a `Problem`; it travels in the response's extensions to `show`, which knows language and caller.

use std::any::Any;
use std::fmt::Display;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use ledger::act::ActKind;
use ledger::id::Number;
use ledger::{Invalid, Refusal};
use serde_json::json;
use store::access::{AccessFault, Scope};
use store::{ChangeError, StoreFault};

use crate::frame::{Frame, go_to, page_with, percent_encoded};
use crate::query;
use crate::texts::{Message, Text};
use crate::visit::Visit;
use crate::words::shortened;
use crate::{App, Entry, watch};

/// Of what an address asks, so many characters are said again.
const ASKED_MAX: usize = 80;
/// So many matters are named that stand in the way.
const NUMBERS_SAID: usize = 10;

/// Why a request could not be answered as asked.
#[derive(Clone, Debug)]
pub enum Problem {
    /// The rules or a colleague say no.
    Refused(Refusal),
    /// The input is malformed, and no form stands around it to show where.
    Invalid(Invalid),
    /// The address asks for something in a way that cannot be read.
    Address,
    /// The address asks for something that its page does not know.
    Asked {
        /// Name and value of everything that is wrong, as the address has them; not empty.
        asked: query::Pairs,
    },
    /// The list is not so long.
    PastEnd,
    /// There is no such page or thing, or not for this person.
    NotFound,
    /// The public was shown it once and is no more.
    Unpublished {
        /// The matter's number.
        number: Number,
        /// Until when.
        until: Timestamp,
    },
    /// The officer holds no post, so the office's own pages are not shown to him.
    NoPost,
    /// Somebody else changed the thing since the page was shown.
    Stale,
    /// Only an officer may see this, and nobody is signed in.
    SignInNeeded,
    /// The token was not made for this.
    ScopeMissing(Scope),
    /// No token opens this page.
    InPersonOnly,
    /// The form does not come from a page of this session.
    Forged,
    /// The one-time link is unknown, used or expired.
    LinkSpent,
    /// Too many attempts.
    Throttled {
        /// From when on another is looked at.
        until: Timestamp,
    },
    /// More was sent than is taken.
    TooLarge,
    /// The answer took too long.
    Busy,
    /// The disk is full. Nothing of what was asked is there; what the log is told says on which file.
    Full(Arc<str>),
    /// The machine failed.
    Fault(Arc<str>),
}

impl Problem {
    /// What the machine could not do: there is no space, or it failed.
    fn of_machine(is_full: bool, fault: impl Display) -> Self {
        if is_full { Problem::Full(fault.to_string().into()) } else { Problem::fault(fault) }
    }

    /// The address asks for one thing that its page does not know.
    pub fn asked(name: &str, value: &str) -> Self {
        Problem::Asked { asked: vec![(name.to_owned(), value.to_owned())] }
    }

    /// The machine failed; what it says goes to the log and nowhere else.
    pub fn fault(error: impl Display) -> Self {
        Problem::Fault(format!("{error:#}").into())
    }

    /// Under which status it is answered, on a page of its own or with the form.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::Refused(refusal) if lacks_right(refusal) => StatusCode::FORBIDDEN,
            Problem::Refused(_) | Problem::Stale => StatusCode::CONFLICT,
            Problem::Invalid(_) | Problem::Asked { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Address => StatusCode::BAD_REQUEST,
            Problem::NotFound | Problem::PastEnd => StatusCode::NOT_FOUND,
            Problem::NoPost => StatusCode::FORBIDDEN,
            Problem::SignInNeeded => StatusCode::UNAUTHORIZED,
            Problem::ScopeMissing(_) | Problem::InPersonOnly | Problem::Forged => StatusCode::FORBIDDEN,
            Problem::Unpublished { .. } | Problem::LinkSpent => StatusCode::GONE,
            Problem::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Busy | Problem::Full(_) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The tail of the message ids `error-<code>-title`, `error-<code>` and `error-<code>-next`, and the code in JSON.
    /// A refusal has a code of its own for all but the title.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Refused(refusal) => refusal.code(),
            Problem::Invalid(_) => "invalid",
            Problem::Address => "address",
            Problem::Asked { .. } => "asked",
            Problem::PastEnd => "past-end",
            Problem::NotFound => "not-found",
            Problem::Unpublished { .. } => "unpublished",
            Problem::NoPost => "no-post",
            Problem::Stale => "stale",
            Problem::SignInNeeded => "sign-in",
            Problem::ScopeMissing(_) => "scope",
            Problem::InPersonOnly => "in-person",
            Problem::Forged => "forged",
            Problem::LinkSpent => "link",
            Problem::Throttled { .. } => "throttled",
            Problem::TooLarge => "too-large",
            Problem::Busy => "busy",
            Problem::Full(_) => "full",
            Problem::Fault(_) => "fault",
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Problem::Invalid(invalid)
    }
}

impl From<StoreFault> for Problem {
    fn from(fault: StoreFault) -> Self {
        Problem::of_machine(fault.is_full(), fault)
    }
}

impl From<AccessFault> for Problem {
    fn from(fault: AccessFault) -> Self {
        Problem::of_machine(fault.is_full(), fault)
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Refusal(refusal) => Problem::Refused(refusal),
            ChangeError::Invalid(invalid) => Problem::Invalid(invalid),
            ChangeError::Stale { .. } => Problem::Stale,
            ChangeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<Entry> for Problem {
    fn from(entry: Entry) -> Self {
        use store::access::AccessError;
        match entry {
            Entry::Problem(problem) => problem,
            Entry::Denied(AccessError::Throttled { until }) => Problem::Throttled { until },
            Entry::Denied(AccessError::LinkSpent) => Problem::LinkSpent,
            Entry::Denied(AccessError::NoAccount) => Problem::NotFound,
            // The pages that can meet these show them at the field; anywhere else they mean nobody is signed in.
            Entry::Denied(AccessError::WrongPassword | AccessError::LoginTaken) => Problem::SignInNeeded,
            Entry::Denied(AccessError::Fault(fault)) => fault.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What a panic becomes. The panic's own words went to the log when it happened.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::fault("a handler panicked").into_response()
}

/// What is said about a problem: a title, what stands in the way, what to do next.
struct Said {
    title: String,
    what: String,
    next: String,
}

fn say(text: &Text, problem: &Problem, app: &App) -> Said {
    let id = |tail: &str| format!("error-{}{tail}", problem.code());
    let title = || text.text(&id("-title")).to_string();
    let next = || text.text(&id("-next")).to_string();
    match problem {
        Problem::Refused(refusal) => {
            let (what, next) = refused(text, refusal);
            Said { title: text.text("error-refused-title").to_string(), what, next }
        }
        Problem::Invalid(invalid) => {
            let field = text.field(invalid.field);
            let what = text.text(&format!("invalid-{}", invalid.code)).arg("field", field).to_string();
            Said { title: title(), what, next: next() }
        }
        Problem::Asked { asked } => {
            let asked: Vec<String> = asked.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let asked = shortened(&asked.join(text.text("list-comma").to_string().as_str()), ASKED_MAX);
            Said { title: title(), what: text.text("error-asked").arg("asked", asked).to_string(), next: next() }
        }
        Problem::Unpublished { number, until } => {
            let what = text.text("error-unpublished").arg("number", number.to_string()).arg("until", text.day(until));
            Said { title: title(), what: what.to_string(), next: next() }
        }
        Problem::ScopeMissing(scope) => {
            let scope = text.text(&format!("scope-{}", scope.word())).to_string();
            Said { title: title(), what: text.text("error-scope").arg("scope", scope).to_string(), next: next() }
        }
        Problem::Throttled { until } => {
            let seconds = (until.as_second() - app.now().as_second()).max(1);
            let wait = if seconds < 60 {
                text.text("error-wait-seconds").arg("seconds", seconds)
            } else {
                text.text("error-wait-minutes").arg("minutes", (seconds + 59) / 60)
            };
            let next = text.text("error-throttled-next").arg("wait", wait).to_string();
            Said { title: title(), what: text.text(&id("")).to_string(), next }
        }
        Problem::Address
        | Problem::PastEnd
        | Problem::NotFound
        | Problem::NoPost
        | Problem::Stale
        | Problem::SignInNeeded
        | Problem::InPersonOnly
        | Problem::Forged
        | Problem::LinkSpent
        | Problem::TooLarge
        | Problem::Busy
        | Problem::Full(_)
        | Problem::Fault(_) => Said { title: title(), what: text.text(&id("")).to_string(), next: next() },
    }
}

/// Whether the officer has no right to it at all, whatever is typed into its form.
pub fn lacks_right(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::NotPermitted { .. } | Refusal::NoDelegation { .. })
}

/// What is said where the form's command was carried out before, with other content: what was typed stands below.
pub fn sent_before(text: &Text) -> (String, String) {
    (text.text("error-sent-before").to_string(), text.text("error-sent-before-next").to_string())
}

/// What stands in the way, and what to do next.
pub fn refused(text: &Text, refusal: &Refusal) -> (String, String) {
    let code = if let Refusal::Excluded { act: ActKind::NameVerifier, .. } = refusal {
        // Whoever names a verifier is told of the one he chose.
        "verifier-excluded".to_owned()
    } else if let Refusal::SuccessorAudits = refusal {
        "successor-audits".to_owned()
    } else if let Refusal::LeadAudits = refusal {
        "lead-audits".to_owned()
    } else {
        refusal.code().to_lowercase()
    };
    let next = format!("{code}-next");
    let fill = |message: Message<'_>| match refusal {
        Refusal::NotPermitted { act } | Refusal::NoDelegation { act } => message.arg("act", text.act(*act)).to_string(),
        Refusal::WrongState { state, act } => {
            message.arg("state", text.state(state)).arg("act", text.act(*act)).to_string()
        }
        Refusal::Excluded { act: ActKind::NameVerifier, ground } => message.arg("ground", ground.code()).to_string(),
        Refusal::Excluded { act, ground } => {
            message.arg("act", text.act(*act)).arg("ground", text.ground(ground)).to_string()
        }
        Refusal::WrongSeries { number } => message.arg("number", number.to_string()).to_string(),
        Refusal::MergerDelays { due } => message.arg("due", text.date(due)).to_string(),
        Refusal::SubMattersOpen { numbers }
        | Refusal::MergerLeavesParts { numbers }
        | Refusal::CorrectionLeavesParts { numbers }
        | Refusal::PhraseConfirmed { numbers } => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            message.arg("numbers", numbers.join(text.text("list-comma").to_string().as_str())).to_string()
        }
        Refusal::StillNamed { numbers, confined, raised } => {
            let said: Vec<String> = numbers.iter().take(NUMBERS_SAID).map(ToString::to_string).collect();
            let said = said.join(text.text("list-comma").to_string().as_str());
            let said = if numbers.len() > NUMBERS_SAID { format!("{said} …") } else { said };
            let yes = |is: &bool| if *is { "yes" } else { "no" };
            let message = message.arg("count", numbers.len()).arg("numbers", said);
            message.arg("confined", yes(confined)).arg("raised", yes(raised)).to_string()
        }
        Refusal::AppealOpen { until } | Refusal::AppealTooLate { until } => {
            message.arg("until", text.date(until)).to_string()
        }
        Refusal::OriginTaken { number } => message.arg("number", number.to_string()).to_string(),
        Refusal::PostNotBegun { from } => message.arg("from", text.date(from)).to_string(),
        Refusal::DueInThePast { due } | Refusal::ExtensionNotLater { due } => {
            message.arg("due", text.date(due)).to_string()
        }
        Refusal::OutcomeNotForKind { kind, outcome } => {
            message.arg("kind", text.kind(kind)).arg("outcome", text.outcome(*outcome)).to_string()
        }
        Refusal::NobodyEligible
        | Refusal::NotMergeable
        | Refusal::AudiencesDiffer
        | Refusal::SecondOfficerNeeded
        | Refusal::EvidenceMissing
        | Refusal::NothingDrafted
        | Refusal::SignerDrafted
        | Refusal::AppealUndecided
        | Refusal::NoAppeal
        | Refusal::AppealDayMissing
        | Refusal::ExtensionUndecided
        | Refusal::NoExtension
        | Refusal::LegalActMissing
        | Refusal::PartyUnknown
        | Refusal::NotASupervisingUnit
        | Refusal::SupervisesItself
        | Refusal::OutsideCircle
        | Refusal::NobodyInside
        | Refusal::ObstacleUnknown
        | Refusal::QuestionUnknown
        | Refusal::NotASubMatter
        | Refusal::NothingChanges
        | Refusal::CircleNotPublished
        | Refusal::CriterionMissing
        | Refusal::FiguresMissing
        | Refusal::CheckedOnPaperOnly
        | Refusal::AnswerMissing
        | Refusal::SpansCross
        | Refusal::TooManyProposals
        | Refusal::LessonsFull
        | Refusal::WordsTaken
        | Refusal::NotAsked
        | Refusal::StillInOffice
        | Refusal::ProposalSettled
        | Refusal::ProposalUnknown
        | Refusal::SpanOutside
        | Refusal::NotNeighbours
        | Refusal::NothingToUndo
        | Refusal::DocumentErased
        | Refusal::ForestBroken
        | Refusal::DelegationTooWide
        | Refusal::DelegateExamines
        | Refusal::DelegateElsewhere
        | Refusal::AuditorsLookOn
        | Refusal::SuccessorAudits
        | Refusal::LeadAudits
        | Refusal::AuditorByOwnHand
        | Refusal::LastAdministrator
        | Refusal::UnitsBelow
        | Refusal::FunctionInUse
        | Refusal::LastInCircle
        | Refusal::NotOfTheUnit
        | Refusal::NotToOneself
        | Refusal::YearNotPublished
        | Refusal::ApproverNeeded
        | Refusal::ContradictionsFull
        | Refusal::NothingContradicted
        | Refusal::FreshEyesNeeded
        | Refusal::NewDueMissing => message.to_string(),
    };
    (fill(text.text(&code)), fill(text.text(&next)))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    said: Said,
    /// The page without what it was asked and does not know, or the first of a list's, and what is said of it.
    without: Option<(String, &'static str)>,
    /// The matter on which an act was refused, to see what it offers now.
    matter: Option<Number>,
    code: &'static str,
    is_refusal: bool,
    is_fault: bool,
    operation: String,
}

/// Renders a problem, and whatever failed below the handlers without saying so (a route that does not exist, a time
/// limit), in the visitor's language; as JSON where a program asks.
pub fn show(app: &Arc<App>, visit: &Arc<Visit>, mut response: Response) -> Response {
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None => match bare(&response) {
            Some(problem) => problem,
            None => return response,
        },
    };
    if let Problem::Fault(what) | Problem::Full(what) = &problem {
        tracing::error!(operation = visit.operation, error = %what, "a request failed");
    }
    watch::turned_away(visit, &problem);
    if matches!(problem, Problem::SignInNeeded) && !visit.json {
        return go_to(&format!("/sign-in?to={}", percent_encoded(&visit.here, b"-_.~/")));
    }
    let mut said = say(&visit.text(app), &problem, app);
    if visit.json && matches!(problem, Problem::Invalid(_) | Problem::Full(_) | Problem::Fault(_)) {
        // A program has no page to go back to.
        said.next = visit.text(app).text(&format!("error-{}-next-program", problem.code())).to_string();
    }
    let mut shown = if visit.json { as_json(app, visit, &problem, &said) } else { as_page(app, visit, &problem, said) };
    if let Problem::SignInNeeded = problem {
        shown.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Problem::Throttled { until } = problem {
        let seconds = (until.as_second() - app.now().as_second()).max(1);
        shown.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    shown
}

fn as_json(app: &App, visit: &Visit, problem: &Problem, said: &Said) -> Response {
    let field = named(problem).into_iter().next();
    let mut body = json!({
        "code": problem.code(),
        "message": said.what,
        "next": said.next,
        "field": field,
        "operation": visit.operation,
    });
    if let Problem::Unpublished { number, until } = problem {
        body["number"] = json!(number);
        body["until"] = json!(until.to_zoned_datetime(app.settings.zone.clone()).date().to_string());
    }
    (problem.status(), Json(body)).into_response()
}

fn as_page(app: &Arc<App>, visit: &Arc<Visit>, problem: &Problem, mut said: Said) -> Response {
    let without = without(visit, problem);
    if without.is_some() && matches!(problem, Problem::Invalid(_)) {
        // No form was sent that one could go back to.
        let text = visit.text(app);
        said.title = text.text("error-asked-title").to_string();
        said.next = text.text("error-asked-next").to_string();
    }
    let way = if matches!(problem, Problem::PastEnd) { "error-past-end-without" } else { "error-asked-without" };
    let page = ErrorPage {
        frame: Frame::new(app.clone(), visit.clone()),
        without: without.map(|address| (address, way)),
        matter: if matches!(problem, Problem::Refused(_)) { matter_of(&visit.here) } else { None },
        said,
        code: problem.code(),
        is_refusal: matches!(problem, Problem::Refused(_)),
        is_fault: matches!(problem, Problem::Fault(_)),
        operation: visit.operation.clone(),
    };
    // Should even this page fail to render, the status alone is left to say.
    page_with(problem.status(), &page).unwrap_or_else(|_| problem.status().into_response())
}

/// The matter whose act stands at the address.
fn matter_of(here: &str) -> Option<Number> {
    let (number, _act) = here.strip_prefix("/matters/")?.split_once('/')?;
    Number::parse(number).ok()
}

/// The fields that a problem names.
fn named(problem: &Problem) -> Vec<&str> {
    if let Problem::Asked { asked } = problem {
        return asked.iter().map(|(name, _)| name.as_str()).collect();
    }
    if matches!(problem, Problem::PastEnd) {
        return vec!["page"];
    }
    if let Problem::Invalid(invalid) = problem { vec![invalid.field] } else { vec![] }
}

/// The address without what was wrong in it.
fn without(visit: &Visit, problem: &Problem) -> Option<String> {
    let names = named(problem);
    names.iter().any(|name| query::asks(&visit.here, name)).then(|| query::without(&visit.here, &names))
}

/// A failure that no handler explained: an address or a form that axum could not read, of which it says so in plain
/// English, or nothing at all. What our own pages say of a failure is a page or JSON.
fn bare(response: &Response) -> Option<Problem> {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_ours = !response.status().is_server_error() || response.status() == StatusCode::SERVICE_UNAVAILABLE;
    if kind.is_some_and(|kind| !kind.starts_with("text/plain")) && is_ours {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Problem::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE => Some(Problem::Busy),
        StatusCode::BAD_REQUEST => Some(Problem::Address),
        status if status.is_server_error() => Some(Problem::fault(status)),
        status if status.is_client_error() => Some(Problem::Invalid(Invalid::new("form", "malformed-form"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_full_disk_is_answered_as_a_service_that_comes_back_and_another_fault_is_not() {
        let full = || StoreFault::File { what: "blobs".into(), source: std::io::ErrorKind::StorageFull.into() };
        let together = StoreFault::NotCommitted(Arc::new(full()));
        for fault in [full(), together] {
            let problem = Problem::from(ChangeError::Fault(fault));
            assert_eq!((problem.status(), problem.code()), (StatusCode::SERVICE_UNAVAILABLE, "full"));
        }
        let form = (StatusCode::SERVICE_UNAVAILABLE, axum::response::Html("what was typed")).into_response();
        assert!(bare(&form).is_none(), "the form with what was typed is not replaced");
        assert!(matches!(bare(&StatusCode::SERVICE_UNAVAILABLE.into_response()), Some(Problem::Busy)));
        let broken = Problem::from(StoreFault::NotCommitted(Arc::new(StoreFault::Closed)));
        assert_eq!((broken.status(), broken.code()), (StatusCode::INTERNAL_SERVER_ERROR, "fault"));
    }
}
