//! `GET`, `POST /matters/{number}/{noun}`: every act on a matter, by the table in `acts`. One question a page.

pub mod draft;
mod fields;
mod judged;

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Facts};
use ledger::event::Event;
use ledger::id::{MatterId, Number, OfficerId, Stream};
use ledger::matter::{Contradiction, Hand, Matter};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::{Invalid, Refusal};
use serde_json::json;
use store::access::ReadKind;
use store::{ChangeError, Command, Read, Stop};

use crate::acts::{self, Lookup, StoredFile, Typed};
use crate::error::{Problem, lacks_right, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page_with};
use crate::next::delegators;
use crate::pages::matter::{Line, Relative, alike, find};
use crate::query::{self, Pairs, Query};
use crate::read_log::{if_confined, of_matter};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;
use crate::{App, watch};

use judged::Judged;

pub use fields::{Choice, Control, FieldView, everybody, officers, parties, supervising, units};

#[derive(Template)]
#[template(path = "act.html")]
struct ActPage {
    frame: Frame,
    form: Filled,
    act: ActKind,
    number: String,
    noun: &'static str,
    quote: String,
    fields: Vec<FieldView>,
    stream: String,
    version: u64,
    /// Why nothing was done: the title's message, what stands in the way, and what to do next.
    refusal: Option<(&'static str, String, String)>,
    /// What somebody else did meanwhile.
    meanwhile: Vec<Line>,
    takes_file: bool,
    /// Who may know the matter now, where that is what is to change, or what the public is shown is.
    audience: Option<String>,
    is_published: bool,
    /// A file can be added on the way.
    adds_file: bool,
    /// When what stands in the form was kept.
    kept: Option<String>,
    /// Drafting and signing take two hands, where the unit has them.
    two_hands: bool,
    /// What is judged, for whoever verifies, clears or calls back.
    judged: Option<Judged>,
    /// What the public said, for whoever answers it.
    said: Vec<Contradiction>,
    /// What may be the same thing twice, for whoever assigns it.
    alike: Vec<Relative>,
    /// Why the last lead said that it is not theirs: who, and in what words.
    disputed: Option<(String, String)>,
    /// In whose place it may be done: what is sent, and what is read. Empty where only in one's own name.
    places: Vec<(String, String)>,
}

/// What a page of an act is made of.
struct About {
    matter: Arc<Matter>,
    version: u64,
    organisation: Arc<Organisation>,
    today: civil::Date,
    offered: Result<(), Refusal>,
    facts: Facts,
    meanwhile: Vec<store::Recorded>,
    /// Who acts, and in whose place.
    by: Hand,
    /// Every hand by which the officer could do it now.
    hands: Vec<Hand>,
    alike: Vec<Relative>,
}

/// The hand that was asked for; the officer's own where nothing was. Errors: `Invalid` on `in_place_of`.
fn hand(officer: OfficerId, asked: &str, organisation: &Organisation) -> Result<Hand, Invalid> {
    if asked.trim().is_empty() {
        return Ok(own_hand(officer));
    }
    match acts::parse_party("in_place_of", asked, organisation)? {
        Party::Officer(other) if other == officer => Ok(own_hand(officer)),
        Party::Officer(other) => Ok(Hand { officer, on_behalf: Some(other) }),
        Party::Unit(_) | Party::Post(_) => Err(Invalid::new("in_place_of", "not-an-officer")),
    }
}

fn about(
    read: &mut Read<'_>,
    officer: OfficerId,
    number: &str,
    act: ActKind,
    seen: Option<u64>,
    asked: &str,
) -> Result<About, Problem> {
    let id = find(read, Some(officer), number)?;
    let matter = read.matter(id)?.ok_or(Problem::NotFound)?;
    let facts = read.facts(&matter)?;
    let (organisation, today) = (read.organisation()?, read.today());
    let mut by = hand(officer, asked, &organisation)?;
    let mut offered = read.with_context(by, &facts, |context| matter.offers(act, context))?;
    let mut hands = vec![];
    for other in std::iter::once(None).chain(delegators(&organisation, officer, today).into_iter().map(Some)) {
        let hand = Hand { officer, on_behalf: other };
        if read.with_context(hand, &facts, |context| matter.offers(act, context))?.is_ok() {
            hands.push(hand);
        }
    }
    // Who may do it in nobody's place but another's is not asked first.
    if let (Err(_), true, [only]) = (&offered, asked.is_empty() && seen.is_none(), hands.as_slice()) {
        (by, offered) = (*only, Ok(()));
    }
    let mut meanwhile = vec![];
    if let Some(seen) = seen {
        meanwhile = read.history(Stream::Matter(id))?;
        meanwhile.retain(|recorded| recorded.meta.n > seen);
    }
    let alike = match act {
        ActKind::Assign => alike(read, Some(officer), &matter)?,
        _other => vec![],
    };
    let version = read.version(Stream::Matter(id))?;
    Ok(About { alike, matter, version, organisation, today, offered, facts, meanwhile, by, hands })
}

impl ActPage {
    fn new(frame: Frame, form: Filled, act: ActKind, about: &About) -> Self {
        let who = Who::new(&frame, about.organisation.clone());
        let quote = about.matter.text.open().map(|text| text.quote.to_string()).unwrap_or_default();
        let meanwhile = Line::of(&frame, &who, &about.matter, &about.meanwhile);
        let place = |hand: &Hand| match hand.on_behalf {
            None => (String::new(), frame.text("behalf-own").to_string()),
            Some(other) => {
                (format!("officer/{other}"), frame.text("behalf-for").arg("officer", who.officer(&other)).to_string())
            }
        };
        let is_lent = about.hands.iter().any(|hand| hand.on_behalf.is_some());
        Self {
            places: about.hands.iter().filter(|_| is_lent).map(place).collect(),
            fields: fields::views(&frame, &who, act, &about.matter, about.today),
            noun: acts::noun(act).unwrap_or_default(),
            number: about.matter.number.to_string(),
            stream: Stream::Matter(about.matter.id).to_string(),
            version: about.version,
            refusal: None,
            takes_file: act == ActKind::AddEvidence,
            audience: matches!(act, ActKind::ChangeAudience | ActKind::Publish)
                .then(|| frame.word("audience", about.matter.audience.code())),
            is_published: act == ActKind::Publish && !about.matter.published.is_empty(),
            adds_file: act == ActKind::DraftReport,
            kept: None,
            two_hands: act == ActKind::DraftReport,
            judged: Judged::of(&frame, act, &about.matter).filter(|_| about.offered.is_ok()),
            said: match (act, &about.offered) {
                (ActKind::CallBack, Ok(())) => about.matter.unanswered().cloned().collect(),
                (_, _) => vec![],
            },
            alike: about.alike.clone(),
            disputed: about.matter.disputed.as_ref().filter(|_| act == ActKind::Assign).map(|disputed| {
                let reason = disputed.text.open().map(|text| text.reason.to_string()).unwrap_or_default();
                (disputed.lead.map(|lead| who.party(&lead)).unwrap_or_default(), reason)
            }),
            meanwhile,
            quote,
            act,
            form,
            frame,
        }
    }
}

/// The form as it is answered with. What it shows of a circle's matter, and what the public said, is noted first.
async fn answer(app: &App, shown: &ActPage, about: &About, status: StatusCode) -> Answer {
    let said = (!shown.said.is_empty()).then(|| of_matter(ReadKind::Contradiction, about.matter.id));
    app.note_read(about.by, if_confined(ReadKind::Matter, &about.matter).into_iter().chain(said)).await?;
    page_with(status, shown)
}

/// The form of an act, or why it cannot be done now.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path((number, noun)): Path<(String, String)>,
    Query(asked): Query<Pairs>,
) -> Answer {
    let act = acts::by_noun(&noun).ok_or(Problem::NotFound)?;
    if act == ActKind::Decompose && asked.is_empty() {
        return Ok(go_to(&format!("/matters/{number}/sub-matters")));
    }
    let fields = acts::fields(act);
    let several: Vec<&str> = fields.iter().filter(|field| field.takes_several()).map(|field| field.name).collect();
    let is_field = |name: &str| fields.iter().any(|field| field.name == name);
    query::only(&asked, &several, |name, _| name == "in_place_of" || is_field(name))?;
    let in_place_of = asked.iter().find(|(name, _)| name == "in_place_of").map(|(_, value)| value.clone());
    let in_place_of = in_place_of.unwrap_or_default();
    let about = app.read(move |read| about(read, officer, &number, act, None, &in_place_of)).await?;
    about.offered.clone()?;
    let place = about.by.on_behalf.map(|other| format!("officer/{other}")).unwrap_or_default();
    // A link may say what goes into a field: the matter to merge into, the successor.
    let said: Vec<(String, String)> =
        asked.into_iter().filter(|(name, _)| acts::fields(act).iter().any(|field| field.name == name)).collect();
    if !said.is_empty() {
        let mut form = Filled::of(said);
        form.set("in_place_of", &place);
        return answer(&app, &ActPage::new(frame, form, act, &about), &about, StatusCode::OK).await;
    }
    let Some(draft) = draft::kept(&app, officer, about.matter.id, act).await? else {
        let mut form = fields::first(act, &about.matter, about.today);
        form.set("in_place_of", &place);
        return answer(&app, &ActPage::new(frame, form, act, &about), &about, StatusCode::OK).await;
    };
    let kept = frame.moment(&draft.kept);
    let mut fields = draft.fields;
    if act == ActKind::DraftReport {
        fields::tick_new_evidence(
            &mut fields,
            &about.matter,
            draft.kept.to_zoned_datetime(app.settings.zone.clone()).date(),
        );
    }
    let mut form = Filled::of(fields);
    form.set("in_place_of", &place);
    let mut shown = ActPage::new(frame, form, act, &about);
    shown.kept = Some(kept);
    answer(&app, &shown, &about, StatusCode::OK).await
}

/// The form again, with what is wrong in it, where it was seen before any rule was asked.
pub async fn again(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    (number, act): (String, ActKind),
    form: Filled,
    seen: Option<u64>,
) -> Answer {
    if let Some(invalid) = form.errors().first().filter(|_| frame.visit().json) {
        return Err(invalid.clone().into());
    }
    let asked = form.text("in_place_of").to_owned();
    let about = app.read(move |read| about(read, officer, &number, act, seen, &asked)).await?;
    about.offered.clone()?;
    answer(app, &ActPage::new(frame, form, act, &about), &about, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The form for a file of evidence; its POST stands in `evidence`.
pub async fn evidence(
    app: State<Arc<App>>,
    frame: Frame,
    who: SignedIn,
    Path(number): Path<String>,
    asked: Query<Pairs>,
) -> Answer {
    get(app, frame, who, Path((number, "evidence".to_owned())), asked).await
}

/// Does the act.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path((number, noun)): Path<(String, String)>,
    sent: CheckedForm,
) -> Answer {
    let act = acts::by_noun(&noun).filter(|act| *act != ActKind::AddEvidence).ok_or(Problem::NotFound)?;
    let command = sent.envelope(&app, &format!("/matters/{number}/{noun}"));
    carry_out(&app, frame, number, act, sent.form, command, None).await
}

/// Reads the act out of what was typed, does it, and shows the form again where it cannot be done.
pub async fn carry_out(
    app: &Arc<App>,
    frame: Frame,
    number: String,
    act: ActKind,
    mut form: Filled,
    mut command: Command,
    file: Option<StoredFile>,
) -> Answer {
    let officer = command.actor;
    let seen = command.expects.iter().map(|(_, n)| *n).next();
    let typed = typed(&form);
    let (to, input, stored, asked) = (number.clone(), typed.clone(), file.clone(), form.text("in_place_of").to_owned());
    let checked = app.read(move |read| {
        let about = about(read, officer, &to, act, seen, &asked)?;
        let parsed = parse(read, officer, act, &input, &about, stored.as_ref())?;
        Ok((about, parsed.map(|_| ())))
    });
    let (about, parsed) = checked.await?;
    // What was wrong before it came here (a file that is empty) is shown with the rest; one field, one sentence.
    let wrong: Vec<Invalid> = parsed.err().unwrap_or_default();
    let known = |invalid: &Invalid| form.error(invalid.field).is_some();
    let wrong: Vec<Invalid> = wrong.into_iter().filter(|invalid| !known(invalid)).collect();
    if !wrong.is_empty() || !form.errors().is_empty() {
        // What is typed wrongly is no matter of somebody who may not do it at all. Asked only here: a form that is right
        // may be one sent twice, whose first sending took the right away.
        if let Some(refusal) = about.offered.as_ref().err().filter(|refusal| lacks_right(refusal)) {
            return Err(refusal.clone().into());
        }
        wrong.into_iter().for_each(|invalid| form.wrong(invalid));
        if frame.visit().json {
            return Err(form.errors().first().cloned().map_or(Problem::NotFound, Problem::Invalid));
        }
        let shown = ActPage::new(frame, form, act, &about);
        return answer(app, &shown, &about, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (matter, by) = (about.matter.id, about.by);
    command.on_behalf = by.on_behalf;
    let done = app.change(command, move |read| work(read, by, matter, act, &typed, file.as_ref())).await;
    if done.is_ok() {
        app.drafts(move |store| store.drop_draft(officer, matter, act)).await?;
    }
    match done {
        Ok(answer) if frame.visit().json => {
            let events: Vec<u64> = answer.events.iter().map(|event| event.idx).collect();
            let body = json!({ "number": number, "act": act.code(), "events": events, "repeated": answer.is_repeated });
            Ok(Json(body).into_response())
        }
        Ok(_) if form.text("back") == "report" => Ok(go_to(&format!("/matters/{number}/report-draft#evidence"))),
        Ok(_) if form.text("back") == "desk" => {
            let noun = acts::noun(act).unwrap_or_default();
            Ok(go_to(&format!("/?done={noun}&number={}", about.matter.number)))
        }
        Ok(_) => Ok(go_to(&format!("/matters/{number}"))),
        Err(error) if frame.visit().json => Err(error.into()),
        Err(ChangeError::Refusal(refusal)) => {
            let about = About { meanwhile: vec![], ..about };
            let mut shown = ActPage::new(frame, form, act, &about);
            let (what, next) = refused(&shown.frame, &refusal);
            shown.refusal = Some(("error-refused-title", what, next));
            let problem = Problem::Refused(refusal);
            watch::turned_away(shown.frame.visit(), &problem);
            answer(app, &shown, &about, problem.status()).await
        }
        Err(error @ (ChangeError::Stale { .. } | ChangeError::Invalid(_))) => {
            // What happened meanwhile is read again: it may have happened since the form was looked at.
            let asked = form.text("in_place_of").to_owned();
            let about = app.read(move |read| self::about(read, officer, &number, act, seen, &asked)).await?;
            let error = Problem::from(error);
            if let Problem::Invalid(invalid) = &error {
                form.wrong(invalid.clone());
            }
            answer(app, &ActPage::new(frame, form, act, &about), &about, error.status()).await
        }
        Err(ChangeError::Fault(fault)) if fault.is_full() => {
            tracing::error!(operation = frame.visit().operation, error = %fault, "an act was not done");
            let mut shown = ActPage::new(frame, form, act, &about);
            let text = |id: &str| shown.frame.text(id).to_string();
            shown.refusal = Some(("error-full-title", text("error-full"), text("error-full-next")));
            answer(app, &shown, &about, Problem::from(fault).status()).await
        }
        Err(error @ ChangeError::Fault(_)) => Err(error.into()),
    }
}

/// What was typed of the act itself: without what the page put in, and without the hand by which it is done.
pub fn typed(form: &Filled) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in form.typed().filter(|(name, _)| *name != "in_place_of") {
        typed.0.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    typed
}

/// What an act becomes on the record.
fn work(
    read: &mut Read<'_>,
    by: Hand,
    matter: MatterId,
    act: ActKind,
    typed: &Typed,
    file: Option<&StoredFile>,
) -> Result<Vec<(Stream, Event)>, Stop> {
    let Some(matter) = read.matter(matter)? else { return Err(Invalid::new("number", "no-such-matter").into()) };
    let facts = read.facts(&matter)?;
    let (version, organisation, today) = (0, read.organisation()?, read.today());
    let (offered, meanwhile, hands, alike) = (Ok(()), vec![], vec![], vec![]);
    let matter = matter.clone();
    let about =
        About { matter: matter.clone(), version, organisation, today, offered, facts, meanwhile, by, hands, alike };
    let parsed = parse(read, by.officer, act, typed, &about, file)?;
    let act = parsed.map_err(|invalid| invalid.first().cloned().unwrap_or(Invalid::new("form", "malformed-form")))?;
    Ok(read.with_context(by, &about.facts, |context| matter.act(act, context))??)
}

fn parse(
    read: &mut Read<'_>,
    officer: OfficerId,
    act: ActKind,
    typed: &Typed,
    about: &About,
    file: Option<&StoredFile>,
) -> Result<Result<ledger::act::Act, Vec<Invalid>>, store::StoreFault> {
    let numbers = ["successor", "other", "into", "sub"].map(|field| Number::parse(typed.one(field)));
    let named = match numbers.into_iter().flatten().next() {
        Some(number) => match read.find(Some(officer), number)? {
            Some(id) => read.matter(id)?,
            None => None,
        },
        None => None,
    };
    let series = about.matter.audience.series();
    let fresh = match act {
        ActKind::Decompose | ActKind::Correct => (MatterId(read.new_id()), read.next_number(series)?),
        _other => (about.matter.id, about.matter.number),
    };
    let fresh_notice = match act {
        ActKind::IssueNotice => read.next_notice(series)?,
        _other => about.matter.number,
    };
    Ok(acts::parse(
        act,
        typed,
        &Lookup {
            organisation: &about.organisation,
            matter: &about.matter,
            by_number: &|number| named.clone().filter(|named| named.number == number),
            fresh_notice,
            fresh: &|| fresh,
            file,
        },
    ))
}
