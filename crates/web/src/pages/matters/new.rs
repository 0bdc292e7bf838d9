//! `GET`, `POST /matters/new`: a matter without a document: a leader's note, a call, an inspection, an application.
//! Where a lead is named it is opened and assigned in one change; where none is, it waits to be assigned.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Opening, Placing, Support, open_and_place};
use ledger::audience::Audience;
use ledger::event::{Event, Personal};
use ledger::id::{MatterId, OfficerId, PersonId, Stream, UnitId};
use ledger::matter::{Applicant, Kind, OpenedText, Source};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::rights::{self, Thing};
use ledger::{Invalid, Text};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{Among, ChangeError, MatterLine, Read, Stop};

use crate::App;
use crate::acts::{own_unit, parse_day_to_come, parse_party, parse_unit};
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::pages::act::{Choice, everybody, parties, supervising, units};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// How it came to the office, by the code a form sends.
const SOURCES: [(&str, Source); 4] = [
    ("instruction", Source::Instruction),
    ("inspection", Source::Inspection),
    ("report", Source::Report),
    ("application", Source::Application),
];
/// What makes an opened matter an assigned one; the supervising unit stands there already.
const PLACING: [&str; 4] = ["lead", "support", "criterion", "due"];

#[derive(Template)]
#[template(path = "matter-new.html")]
struct NewMatter {
    frame: Frame,
    form: Filled,
    kinds: &'static [Kind],
    units: Vec<Choice>,
    officers: Vec<Choice>,
    leads: Vec<Choice>,
    supervising: Vec<Choice>,
    who: Who,
    /// What may be the same thing.
    alike: Vec<MatterLine>,
    /// It was looked for, and there is none.
    is_alone: bool,
    refusal: Option<(String, String)>,
}

impl NewMatter {
    fn sources(&self) -> [&'static str; 4] {
        SOURCES.map(|(code, _)| code)
    }

    fn looked_at(&self) -> String {
        looked_at(&self.form, &self.alike)
    }

    /// Whether anything of the assignment stands in the form, or is wrong with it.
    fn is_placed(&self) -> bool {
        says_who(&self.form) || self.form.errors().iter().any(|invalid| PLACING.contains(&invalid.field))
    }
}

/// Which words, for which lead, were looked for, and what was shown: other words, another lead, or a matter that has come
/// since, are looked at again.
fn looked_at(form: &Filled, shown: &[MatterLine]) -> String {
    let mut words = Sha256::new();
    let shown = shown.iter().map(|line| line.number.to_string());
    for said in ["directive", "lead"].map(|field| form.text(field).trim().to_owned()).into_iter().chain(shown) {
        words.update((said.len() as u64).to_be_bytes());
        words.update(said);
    }
    words.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the form says anything of who is to do it.
fn says_who(form: &Filled) -> bool {
    PLACING.iter().any(|field| form.all(field).any(|typed| !typed.trim().is_empty()))
}

async fn shown(app: &App, frame: Frame, officer: OfficerId, form: Option<Filled>) -> Result<NewMatter, Problem> {
    let words = form.as_ref().map(|form| (form.text("directive").to_owned(), form.text("lead").to_owned()));
    let (organisation, today, alike) = app
        .read(move |read| {
            let (organisation, today) = (read.organisation()?, read.today());
            rights::may(own_hand(officer), ActKind::Open, &Thing::Office, &organisation, today)?;
            let alike = match &words {
                Some((directive, lead)) => {
                    let lead = parse_party("lead", lead, &organisation).ok();
                    let first = lead.and_then(|lead| lead.units(&organisation, today).first().copied());
                    read.alike(Some(officer), directive, Among::All { first }, None)?
                }
                None => vec![],
            };
            Ok((organisation, today, alike))
        })
        .await?;
    let form = form.unwrap_or_else(|| {
        Filled::with(&[
            ("kind", Kind::Directive.code()),
            ("came_as", "instruction"),
            ("audience", "office"),
            ("supervising", &own_unit(&organisation, officer, today)),
        ])
    });
    let who = Who::new(&frame, organisation);
    Ok(NewMatter {
        units: units(&frame, &who, today),
        officers: everybody(&frame, &who, today),
        leads: parties(&frame, &who, today),
        supervising: supervising(&frame, &who, today),
        is_alone: form.has("look", "yes") && form.errors().is_empty() && alike.is_empty(),
        alike,
        who,
        frame,
        form,
        kinds: Kind::ALL,
        refusal: None,
    })
}

/// The form.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    page(&shown(&app, frame, officer, None).await?)
}

/// Opens the matter. What may be the same thing is shown once before it is opened: who then sends the form again, with
/// `seen_alike` for these very words and matters, opens it all the same. `look=yes` opens nothing, and tells a program which they are.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/matters/new");
    let mut form = sent.form;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    if form.has("look", "yes") {
        let directive = Text::parse("directive", form.text("directive"));
        form.take(directive);
        if !form.text("lead").trim().is_empty() {
            let lead = parse_party("lead", form.text("lead"), &organisation);
            form.take(lead);
        }
        if !form.errors().is_empty() {
            return wrong(&app, frame, officer, form).await;
        }
        let shown = shown(&app, frame, officer, Some(form)).await?;
        if shown.frame.visit().json {
            let alike =
                shown.alike.iter().map(|line| json!({ "number": line.number.to_string(), "state": line.state.code() }));
            return Ok(Json(json!({ "alike": alike.collect::<Vec<_>>() })).into_response());
        }
        return page(&shown);
    }
    let Some(asked) = Asked::read(&mut form, &organisation, &own_unit(&organisation, officer, today), today) else {
        return wrong(&app, frame, officer, form).await;
    };
    if !frame.visit().json {
        let again = shown(&app, frame.clone(), officer, Some(form.clone())).await?;
        if !again.alike.is_empty() && !form.has("seen_alike", &again.looked_at()) {
            return page_with(StatusCode::CONFLICT, &again);
        }
    }
    let answer = match app.change(command, move |read| open(read, officer, &asked)).await {
        Ok(answer) => answer,
        Err(ChangeError::Refusal(refusal)) if !frame.visit().json => {
            let said = refused(&frame, &refusal);
            let mut again = shown(&app, frame, officer, Some(form)).await?;
            again.refusal = Some(said);
            return page_again(&again);
        }
        Err(ChangeError::Invalid(invalid)) if !frame.visit().json => {
            form.wrong(invalid);
            return page_again(&shown(&app, frame, officer, Some(form)).await?);
        }
        Err(error) => return Err(error.into()),
    };
    let opened = answer.events.iter().find_map(|event| match event.stream {
        Stream::Matter(id) => Some(id),
        _other => None,
    });
    let number = app
        .read(move |read| Ok(opened.map(|id| read.matter(id)).transpose()?.flatten().map(|matter| matter.number)))
        .await?;
    let number = number.ok_or(Problem::NotFound)?;
    if frame.visit().json {
        return Ok(Json(json!({ "number": number.to_string() })).into_response());
    }
    Ok(go_to(&format!("/matters/{number}")))
}

/// The form with what is wrong in it; the first of that where a program asks.
async fn wrong(app: &App, frame: Frame, officer: OfficerId, form: Filled) -> Answer {
    if frame.visit().json {
        return Err(form.errors().first().cloned().map_or(Problem::NotFound, Problem::Invalid));
    }
    page_again(&shown(app, frame, officer, Some(form)).await?)
}

/// A matter as the form asks for it.
struct Asked {
    kind: Kind,
    source: Source,
    audience: Audience,
    directive: Text,
    source_words: Option<Text>,
    quantity: Option<Text>,
    applicant: Option<Applicant>,
    placing: Option<Placing>,
    support: Vec<UnitId>,
}

impl Asked {
    /// Reads the form; none where a field is wrong, which the form then holds. `own` supervises where nothing is said.
    fn read(form: &mut Filled, organisation: &Organisation, own: &str, today: civil::Date) -> Option<Self> {
        let kind = form.text("kind").parse().map_err(|_| Invalid::new("kind", "unknown-code"));
        let directive = Text::parse("directive", form.text("directive"));
        // Programs of before there was a choice send none.
        let came_as = Some(form.text("came_as")).filter(|code| !code.is_empty()).unwrap_or("instruction");
        let source = SOURCES.iter().find(|(code, _)| *code == came_as).map(|(_, source)| *source);
        let source = source.ok_or(Invalid::new("came_as", "unknown-code"));
        let source_words = Text::parse_optional("source_words", form.text("source_words"));
        let quantity = Text::parse_optional("how_much", form.text("how_much"));
        let applicant = applicant(form, source.as_ref().ok());
        let audience = audience(form, organisation);
        let placing = if says_who(form) { Some(placing(form, organisation, own, today)) } else { None };
        let (kind, directive, source) = (form.take(kind), form.take(directive), form.take(source));
        let (source_words, quantity) = (form.take(source_words), form.take(quantity));
        let (applicant, audience) = (form.take(applicant), form.take(audience));
        let (placing, support) = match placing {
            None => (None, vec![]),
            Some(read) => {
                let (placing, support) = keep_all(form, read)?;
                (Some(placing), support)
            }
        };
        Some(Self {
            kind: kind?,
            source: source?,
            audience: audience?,
            directive: directive?,
            source_words: source_words?,
            quantity: quantity?,
            applicant: applicant?,
            placing,
            support,
        })
    }
}

/// Who asked. A person who applies is named; of one who reported something as much as was said; else nobody is.
fn applicant(form: &Filled, source: Option<&Source>) -> Result<Option<Applicant>, Invalid> {
    let contact = Text::parse_optional("applicant_contact", form.text("applicant_contact"))?;
    let is_named = !form.text("applicant").trim().is_empty();
    match source {
        Some(Source::Application) => {
            Ok(Some(Applicant { name: Text::parse("applicant", form.text("applicant"))?, contact }))
        }
        Some(Source::Report) if is_named => {
            Ok(Some(Applicant { name: Text::parse("applicant", form.text("applicant"))?, contact }))
        }
        Some(Source::Report) if contact.is_some() => Err(Invalid::new("applicant", "missing")),
        Some(_) if is_named => Err(Invalid::new("applicant", "not-with-this-choice")),
        Some(_) if contact.is_some() => Err(Invalid::new("applicant_contact", "not-with-this-choice")),
        Some(_) | None => Ok(None),
    }
}

fn audience(form: &Filled, organisation: &Organisation) -> Result<Audience, Invalid> {
    let ticked = |field| form.all(field).any(|value| !value.trim().is_empty());
    match form.text("audience") {
        "office" if ticked("units") => Err(Invalid::new("units", "not-with-this-choice")),
        "office" | "units" if ticked("officers") => Err(Invalid::new("officers", "not-with-this-choice")),
        "circle" if ticked("units") => Err(Invalid::new("units", "not-with-this-choice")),
        "office" => Ok(Audience::Office),
        "units" => {
            let named: Result<BTreeSet<UnitId>, Invalid> =
                form.all("units").map(|typed| parse_unit("units", typed, organisation)).collect();
            named.and_then(|units| match units.is_empty() {
                true => Err(Invalid::new("units", "missing")),
                false => Ok(Audience::Units(units)),
            })
        }
        "circle" => {
            let named: Result<BTreeSet<OfficerId>, Invalid> = form
                .all("officers")
                .map(|typed| match parse_party("officers", typed, organisation)? {
                    Party::Officer(officer) => Ok(officer),
                    Party::Unit(_) | Party::Post(_) => Err(Invalid::new("officers", "not-an-officer")),
                })
                .collect();
            named.and_then(|officers| match officers.is_empty() {
                true => Err(Invalid::new("officers", "missing")),
                false => Ok(Audience::Circle(officers)),
            })
        }
        _other => Err(Invalid::new("audience", "unknown-code")),
    }
}

/// What was read of the assignment, field by field.
struct Placed {
    lead: Result<Party, Invalid>,
    supervising: Result<UnitId, Invalid>,
    support: Result<Vec<UnitId>, Invalid>,
    criterion: Result<Text, Invalid>,
    due: Result<civil::Date, Invalid>,
}

fn placing(form: &Filled, organisation: &Organisation, own: &str, today: civil::Date) -> Placed {
    let supervising = Some(form.text("supervising")).filter(|typed| !typed.trim().is_empty()).unwrap_or(own);
    let lead = parse_party("lead", form.text("lead"), organisation);
    let is_lead = |unit: &UnitId| lead.as_ref().is_ok_and(|lead| *lead == Party::Unit(*unit));
    let named = form.all("support").filter(|typed| !typed.trim().is_empty());
    let support: Result<Vec<UnitId>, Invalid> = named.map(|typed| parse_unit("support", typed, organisation)).collect();
    Placed {
        supervising: parse_unit("supervising", supervising, organisation),
        support: support.map(|units| units.into_iter().filter(|unit| !is_lead(unit)).collect()),
        lead,
        criterion: Text::parse("criterion", form.text("criterion")),
        due: parse_day_to_come("due", form.text("due"), today),
    }
}

fn keep_all(form: &mut Filled, placed: Placed) -> Option<(Placing, Vec<UnitId>)> {
    let Placed { lead, supervising, support, criterion, due } = placed;
    let (lead, support, supervising) = (form.take(lead), form.take(support), form.take(supervising));
    let (criterion, due) = (form.take(criterion), form.take(due));
    let placing = Placing { lead: lead?, supervising: supervising?, criterion: criterion?, due: due? };
    Some((placing, support?))
}

fn open(read: &mut Read<'_>, officer: OfficerId, asked: &Asked) -> Result<Vec<(Stream, Event)>, Stop> {
    let series = asked.audience.series();
    let (id, number) = (MatterId(read.new_id()), read.next_number(series)?);
    let mut support = vec![];
    for unit in &asked.support {
        support.push(Support { sub: MatterId(read.new_id()), number: read.next_number(series)?, unit: *unit });
    }
    let text = OpenedText {
        quote: asked.directive.clone(),
        source: asked.source_words.clone(),
        owner: None,
        deadline: None,
        quantity: asked.quantity.clone(),
        due: None,
        origin_key: None,
    };
    // Under a key of the person's own, so that it can be erased without the matter.
    let applicant = asked.applicant.clone().map(|value| Personal { person: PersonId(read.new_id()), value });
    let (kind, source, audience) = (asked.kind, asked.source, asked.audience.clone());
    let opening = Opening { id, number, kind, source, audience, text, applicant };
    let placing = asked.placing.clone();
    let facts = Default::default();
    Ok(read.with_context(own_hand(officer), &facts, |context| open_and_place(opening, placing, &support, context))??)
}
