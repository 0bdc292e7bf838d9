//! A site with a small city in it: a supervision office of two, two bureaux, and what they work on.

use axum::http::StatusCode;
use ledger::event::{Event, Personal};
use ledger::id::{CommandId, OfficerId, PersonId, PostId, Stream, UnitId};
use ledger::matter::Hand;
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::{Name, Text};
use store::access::{Device, Login, Password, Purpose};
use store::{Command, Read, Stop};
use uuid::Uuid;
use web::texts::Lang;

use super::site::{Browser, PASSWORD, Site, officer};

const ADMIN: u128 = 0xa0;
/// A clerk of the supervision office.
pub const CLERK: &str = "clerk";
/// Its head.
pub const HEAD: &str = "head";
/// The head of the Water Bureau.
pub const WATER: &str = "water";
/// The head of the Housing Bureau.
pub const HOUSING: &str = "housing";
const OFFICERS: [(&str, u128, u128, Duty); 4] = [
    (CLERK, 0xc1, 0x51, Duty::Member),
    (HEAD, 0xc2, 0x51, Duty::Head),
    (WATER, 0xc3, 0x52, Duty::Head),
    (HOUSING, 0xc4, 0x53, Duty::Head),
];

fn name(zh: &str, en: &str) -> Name {
    Name::parse(zh, en).expect("a name")
}

fn change(
    site: &Site,
    actor: OfficerId,
    work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
) {
    let id = CommandId(site.app.command_id().0);
    let command = Command { id, actor, on_behalf: None, request: [0; 32], expects: vec![] };
    site.app.store.change(command, work).expect("the administrator may");
}

fn organise(site: &Site, todo: Change) {
    let by = Hand { officer: officer(ADMIN), on_behalf: None };
    change(site, by.officer, move |read| {
        let todo = todo.clone();
        Ok(read.with_context(by, &Default::default(), |context| organise::change(todo, context))??)
    });
}

/// The site with its city.
pub fn city() -> Site {
    let site = Site::new();
    let personal = |of: u128, words: &str| Personal {
        person: PersonId(Uuid::from_u128(of + 0x9000)),
        value: OfficerName { name: name("", words) },
    };
    let first = First {
        unit: UnitId(Uuid::from_u128(0x50)),
        unit_text: UnitText { name: name("", "Data Centre"), aliases: vec![] },
        function: Function::Executing,
        post: PostId(Uuid::from_u128(0x70)),
        post_text: PostText { title: name("", "Administrator") },
        personal: personal(ADMIN, "Wei Ming"),
    };
    let by = Hand { officer: officer(ADMIN), on_behalf: None };
    change(&site, by.officer, move |read| {
        let first = first.clone();
        Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
    });
    for (id, function, zh, en, alias) in [
        (0x51, Function::Supervision, "市督查室", "Supervision Office", "督查室"),
        (0x52, Function::Executing, "市水务局", "Water Bureau", "水务局"),
        (0x53, Function::Executing, "市住建局", "Housing Bureau", "住建局"),
    ] {
        let text = UnitText { name: name(zh, en), aliases: vec![Text::parse("aliases", alias).expect("a text")] };
        organise(&site, Change::FoundUnit { unit: UnitId(Uuid::from_u128(id)), parent: None, function, text });
    }
    for (login, id, unit, duty) in OFFICERS {
        let (post, unit) = (PostId(Uuid::from_u128(id + 0x7000)), UnitId(Uuid::from_u128(unit)));
        organise(&site, Change::MakePost { unit, post, duty, text: PostText { title: name("", "Post") } });
        organise(&site, Change::Enrol { officer: officer(id), personal: personal(id, login) });
        let from = jiff::civil::date(2026, 1, 1);
        organise(&site, Change::TakePost { officer: officer(id), post, from });
    }
    site
}

/// A browser in which one of the city's officers is signed in; comes in once a test.
pub async fn browser_of(site: &Site, login: &str, lang: Lang) -> Browser {
    let (_, id, _, _) = OFFICERS.iter().find(|(of, ..)| *of == login).expect("one of the city's officers");
    let access = &site.app.access;
    // Hashing a password takes long without optimisation, so only who comes in has an account.
    if let Ok(link) = access.make_link(officer(*id), Purpose::Invite) {
        let password = Password::parse("password", PASSWORD, &[]).expect("a password");
        let session = access.create_account(&link, &Login::parse(login).expect("a login"), &password, Device::Other);
        access.sign_out(&session.expect("an account")).expect("signed out");
    }
    let mut browser = site.browser(lang);
    let answer = browser.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.get("/account").await;
    browser
}

/// Minutes of a meeting: three directives that are clear, one whose owner is nobody in particular, one principle.
pub const MINUTES: &str = "清河县河道整治工作会议纪要\n\n2026年11月23日，副县长高远主持召开河道整治工作会议。会议决定，\
    市水务局要在2027年3月31日前完成西河清淤2.4公里。市住建局要在2027年2月28日前公布绕行路线3条。\
    市水务局要在2027年4月30日前修复护栏120米。有关部门要在2027年5月31日前完成台账清理。\n\n要提高认识，压实责任。\n";

/// Takes the minutes in; the path of the document.
pub async fn take_in(clerk: &mut Browser) -> String {
    clerk.get("/documents").await;
    let answer = clerk.post("/documents", &[("text", MINUTES)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(axum::http::header::LOCATION).to_owned()
}

/// The same, with whatever is clear in it confirmed.
pub async fn take_in_and_confirm(clerk: &mut Browser) -> String {
    let document = take_in(clerk).await;
    let page = format!("{document}/confirmation");
    let clear = clerk.get(&page).await;
    send(clerk, &page, &form(&clear.body, &page)).await;
    document
}

/// What the browser would send of a form: hidden fields, inputs, ticked boxes, chosen options and texts by name.
pub fn form(html: &str, action: &str) -> Vec<(String, String)> {
    let from = html.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form {action} in {html}"));
    let form = &html[from..];
    let form = form.split_once("</form>").map_or(form, |(form, _)| form);
    let attribute = |tag: &str, key: &str| -> Option<String> {
        let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
        rest.split_once('"').map(|(value, _)| value.replace("&#38;", "&").replace("&#39;", "'").replace("&amp;", "&"))
    };
    let mut fields = vec![];
    for tag in form.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let name = attribute(tag, "name");
        match (tag.split(' ').next().unwrap_or(""), name) {
            ("input", Some(name)) => {
                let is_box = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                if !is_box || tag.contains(" checked") {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            }
            ("select", Some(name)) => {
                fields.push((name, String::new()));
            }
            ("option", None) if tag.contains(" selected") => {
                if let Some(last) = fields.last_mut() {
                    last.1 = attribute(tag, "value").unwrap_or_default();
                }
            }
            ("textarea", Some(name)) => fields.push((name, text.to_owned())),
            (_, _) => {}
        }
    }
    fields
}

/// Sets a field of a form.
pub fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => value.clone_into(old),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

/// Sends these fields.
pub async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> super::site::Answer {
    let own: Vec<(&str, &str)> =
        fields.iter().filter(|(name, _)| name != "csrf").map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &own).await
}
