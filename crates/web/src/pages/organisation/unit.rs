//! `GET /organisation/units/{id}`: one unit: its names, where it stands, its posts and who holds them, and how it came
//! to be so; for the administrator the forms that change it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use civil::Date;
use ledger::id::{OfficerId, PostId, Stream, UnitId};
use ledger::organisation::{Duty, Function, Organisation, PostText, Unit, UnitText};
use ledger::organise::{self, Change};
use ledger::rights::{self, Role};
use ledger::text::parse_name;
use ledger::{Invalid, Name, Text};
use serde::Deserialize;
use serde_json::json;

use super::changes::{self, ChangeLine};
use super::{after_last_day, as_asked, choice, coded, done, holders, may_change, may_look, named, stale_or_refused};
use crate::App;
use crate::acts::parse_date;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, page_with};
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// Other names a unit may have in texts.
const ALIASES_MAX: usize = 50;

#[derive(Template)]
#[template(path = "organisation/unit.html")]
struct UnitPage {
    frame: Frame,
    form: Filled,
    /// The form that is shown again; empty for none.
    at: String,
    who: Who,
    unit: Unit,
    posts: Vec<(PostId, Duty, Vec<OfficerId>)>,
    below: Vec<UnitId>,
    /// Moves that are still to come: under what, from when.
    to_come: Vec<(Option<UnitId>, Date)>,
    lines: Vec<ChangeLine>,
    stream: String,
    version: u64,
    today: Date,
    is_administrator: bool,
    refusal: Option<(String, String)>,
    /// Something of it was just changed.
    is_changed: bool,
}

impl UnitPage {
    fn parent(&self) -> Option<UnitId> {
        self.unit.parent_on(self.today)
    }

    fn names(&self) -> (&str, &str) {
        let Some(text) = self.unit.text.open() else { return ("", "") };
        (one_of(&text.name.zh), one_of(&text.name.en))
    }

    fn alias_list(&self) -> Vec<String> {
        let aliases = self.unit.text.open().map(|text| text.aliases.as_slice()).unwrap_or_default();
        aliases.iter().map(ToString::to_string).collect()
    }

    fn aliases(&self) -> String {
        self.alias_list().join("\n")
    }

    /// The last day of a unit that has ended or is to end, and whether it has.
    fn end(&self) -> Option<(Date, bool)> {
        self.unit.closed_on.map(|on| (on.yesterday().unwrap_or(on), on <= self.today))
    }

    /// Whether it has ended: nothing of it is changed any more.
    fn is_over(&self) -> bool {
        self.end().is_some_and(|(_, over)| over)
    }

    /// Units to choose among, `chosen` first asked for.
    fn units(&self, chosen: Option<UnitId>) -> Vec<(String, String, bool)> {
        let organisation = self.who.organisation();
        let others = organisation.units().filter(|unit| unit.id != self.unit.id);
        let existing = others.filter(|unit| organisation.unit_exists(unit.id, self.today));
        existing.map(|unit| choice(unit.id.to_string(), self.who.unit(&unit.id), chosen == Some(unit.id))).collect()
    }

    fn functions(&self) -> Vec<(String, String, bool)> {
        let others = Function::ALL.iter().filter(|function| **function != self.unit.function);
        let word = |one: &Function| coded(&self.frame, "function", one.code(), false);
        others.map(word).collect()
    }

    fn duties(&self) -> Vec<(String, String, bool)> {
        let word = |one: &Duty| coded(&self.frame, "duty", one.code(), *one == Duty::Member);
        Duty::ALL.iter().map(word).collect()
    }
}

fn one_of(name: &Option<Text>) -> &str {
    name.as_ref().map_or("", Text::as_str)
}

async fn show(app: &App, frame: Frame, officer: OfficerId, id: &str) -> Result<UnitPage, Problem> {
    let id = UnitId::parse(id).map_err(|_| Problem::NotFound)?;
    let read = app.read(move |read| {
        let stream = Stream::Unit(id);
        Ok((read.organisation()?, read.today(), read.history(stream)?, read.version(stream)?))
    });
    let (organisation, today, history, version) = read.await?;
    may_look(&organisation, officer, today)?;
    let unit = organisation.unit(id).ok_or(Problem::NotFound)?.clone();
    let who = Who::new(&frame, organisation.clone());
    let posts = unit.posts.iter().filter_map(|post| organisation.post(*post));
    let posts = posts.map(|post| (post.id, post.duty, holders(&organisation, post.id, today))).collect();
    let coming = unit.placings.iter().filter_map(|placing| placing.from.map(|from| (placing.above, from)));
    Ok(UnitPage {
        lines: changes::lines(&frame, &who, &history),
        posts,
        below: organisation.units_under(id, today),
        to_come: coming.filter(|(_, from)| *from > today).collect(),
        stream: Stream::Unit(id).to_string(),
        version,
        today,
        is_administrator: rights::roles(&organisation, officer, today).contains(&Role::Administrator),
        form: Filled::default(),
        at: String::new(),
        refusal: None,
        is_changed: false,
        unit,
        who,
        frame,
    })
}

/// What was just done on the page itself.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// `change` after a change.
    #[serde(default)]
    done: String,
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Done>,
) -> Answer {
    let mut shown = show(&app, frame, officer, &id).await?;
    shown.is_changed = asked.done == "change";
    as_asked(&shown.frame, &shown, || as_json(&shown))
}

fn as_json(shown: &UnitPage) -> serde_json::Value {
    let posts = shown.posts.iter().map(|(post, duty, holders)| {
        let holders: Vec<String> = holders.iter().map(ToString::to_string).collect();
        json!({ "id": post.to_string(), "title": shown.who.title(post), "duty": duty.code(), "holders": holders })
    });
    json!({
        "id": shown.unit.id.to_string(),
        "name_zh": shown.names().0,
        "name_en": shown.names().1,
        "aliases": shown.alias_list(),
        "function": shown.unit.function.code(),
        "parent": shown.parent().map(|parent| parent.to_string()),
        "single_clerk": shown.unit.single_clerk,
        "last_day": shown.end().map(|(day, _)| day.to_string()),
        "successor": shown.unit.successor.map(|unit| unit.to_string()),
        "posts": posts.collect::<Vec<_>>(),
        "below": shown.below.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "changes": shown.lines.iter().map(|line| json!({ "at": line.machine, "what": line.sentence, "reason": line.words }))
            .collect::<Vec<_>>(),
        "version": shown.version,
    })
}

/// `POST /organisation/units/{id}/{what}`: `names`, `placing`, `function`, `closing`, `closing-cancellation`, `single-clerk`,
/// `posts`.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path((id, what)): Path<(String, String)>,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    let unit = UnitId::parse(&id).map_err(|_| Problem::NotFound)?;
    let command = sent.envelope(&app, &format!("/organisation/units/{id}/{what}"));
    let mut form = sent.form;
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let wish = read_wish(&what, unit, &mut form, &organisation, PostId(app.command_id().0))?;
    let who = Who::new(&frame, organisation);
    let wish = wish.filter(|wish| {
        let Change::RenameUnit { text, .. } = wish else { return true };
        !has_namesake(&mut form, &who, &text.name, Some(unit), today)
    });
    let again = async |form: Filled, refusal: Option<(String, String)>, status| {
        let mut shown = show(&app, frame.clone(), officer, &id).await?;
        (shown.form, shown.at, shown.refusal) = (form, what.clone(), refusal);
        page_with(status, &shown)
    };
    let Some(wish) = wish else {
        may_change(&app, officer).await?;
        return match form.errors().first() {
            Some(invalid) if frame.visit().json => Err(Problem::Invalid(invalid.clone())),
            Some(_) | None => again(form, None, axum::http::StatusCode::UNPROCESSABLE_ENTITY).await,
        };
    };
    let changed = app.change(command, move |read| {
        let (hand, facts, wish) = (own_hand(officer), read.facts_of_change(&wish)?, wish.clone());
        Ok(read.with_context(hand, &facts, |context| organise::change(wish, context))??)
    });
    match changed.await {
        Ok(answer) => Ok(done(&frame, &answer, &format!("/organisation/units/{id}?done=change"))),
        Err(error) => {
            let refusal = stale_or_refused(&frame, error)?;
            again(form, Some(refusal), axum::http::StatusCode::CONFLICT).await
        }
    }
}

/// Reads the form. None where something is wrong with it, which is noted in it. Errors: `NotFound` for another wish.
fn read_wish(
    what: &str,
    unit: UnitId,
    form: &mut Filled,
    organisation: &Organisation,
    fresh: PostId,
) -> Result<Option<Change>, Problem> {
    let reason = |form: &Filled| Text::parse("reason", form.text("reason"));
    Ok(match what {
        "names" => read_unit_text(form).map(|text| Change::RenameUnit { unit, text }),
        "placing" => {
            let (parent, from) = (optional_unit("parent", form, organisation), parse_date("from", form.text("from")));
            let reason = reason(form);
            match (form.take(parent), form.take(from), form.take(reason)) {
                (Some(parent), Some(from), Some(reason)) => Some(Change::MoveUnit { unit, parent, from, reason }),
                (_, _, _) => None,
            }
        }
        "closing" => {
            let (on, reason) = (after_last_day("last_day", form.text("last_day")), reason(form));
            let heir = optional_unit("heir", form, organisation);
            match (form.take(on), form.take(heir), form.take(reason)) {
                (Some(on), Some(successor), Some(reason)) => Some(Change::CloseUnit { unit, on, successor, reason }),
                (_, _, _) => None,
            }
        }
        "closing-cancellation" => {
            let reason = reason(form);
            form.take(reason).map(|reason| Change::CancelClosing { unit, reason })
        }
        "single-clerk" => {
            let holds = match form.text("holds") {
                "yes" => Ok(true),
                "no" => Ok(false),
                _other => Err(Invalid::new("holds", "unknown-code")),
            };
            form.take(holds).map(|holds| Change::SetSingleClerk { unit, holds })
        }
        "function" => {
            let function = form.text("function").parse().map_err(|_| Invalid::new("function", "unknown-code"));
            let reason = reason(form);
            match (form.take(function), form.take(reason)) {
                (Some(function), Some(reason)) => Some(Change::ChangeFunction { unit, function, reason }),
                (_, _) => None,
            }
        }
        "posts" => {
            let duty = form.text("duty").parse().map_err(|_| Invalid::new("duty", "unknown-code"));
            let title = named(form);
            match (form.take(duty), form.take(title)) {
                (Some(duty), Some(title)) => {
                    Some(Change::MakePost { unit, post: fresh, duty, text: PostText { title } })
                }
                (_, _) => None,
            }
        }
        _other => return Err(Problem::NotFound),
    })
}

/// Whether another unit bears the name, and nobody has said that this is meant; it is then noted in the form.
pub fn has_namesake(form: &mut Filled, who: &Who, name: &Name, but: Option<UnitId>, today: Date) -> bool {
    match who.namesake(name, but, today) {
        Some(field) if !form.has("same_name", "yes") => {
            form.wrong(Invalid::new(field, "name-borne"));
            true
        }
        Some(_) | None => false,
    }
}

/// The names and aliases of a unit, as a form has them: aliases one a line, or parted by commas.
pub fn read_unit_text(form: &mut Filled) -> Option<UnitText> {
    let aliases: Result<Vec<Text>, Invalid> = form
        .text("aliases")
        .split([',', '，', '、', '\n'])
        .filter_map(|alias| parse_name("aliases", alias).transpose())
        .collect();
    let aliases = match aliases {
        Ok(aliases) if aliases.len() > ALIASES_MAX => Err(Invalid::new("aliases", "too-many-names")),
        other => other,
    };
    let name: Result<Name, Invalid> = named(form);
    match (form.take(name), form.take(aliases)) {
        (Some(name), Some(aliases)) => Some(UnitText { name, aliases }),
        (_, _) => None,
    }
}

/// A unit, or none where nothing was chosen.
fn optional_unit(field: &'static str, form: &Filled, organisation: &Organisation) -> Result<Option<UnitId>, Invalid> {
    match form.text(field).trim() {
        "" => Ok(None),
        id => match UnitId::parse(id).map(|id| organisation.unit(id).map(|unit| unit.id)) {
            Ok(Some(unit)) => Ok(Some(unit)),
            Ok(None) => Err(Invalid::new(field, "no-such-party")),
            Err(_) => Err(Invalid::new(field, "malformed-id")),
        },
    }
}
