//! What nobody should type, typed into every field of every form that a page shows: of the office, of documents, of
//! accounts, of the desk, and of the public.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use jiff::SignedDuration;
use ledger::audience::Audience;
use web::texts::Lang;

use crate::city::{CLERK, LEADER, WATER, WATER_HEAD, WATER_MEMBER};
use crate::nasty::{escaped, nasties};
use crate::public::all;
use crate::site::{Answer, Browser, Site, officer};

const ADMIN: u128 = 1;
/// Longer than anybody takes to fill in the form of the public, which is not taken at once.
const A_WHILE: SignedDuration = SignedDuration::from_secs(20);

const MINUTES: &str = "市政府第42次常务会议纪要\n会议要求，市水务局牵头，年底前完成东岸清淤工作。\n会议决定，由市水务局修订排水管网规划。\n";

/// A form of a page: where it goes, and its fields as they stand.
#[derive(Debug)]
struct Form {
    action: String,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Words, which come back where they are not taken.
    Words,
    /// A day, a choice or a password: something of its own form.
    Other,
    /// Nobody types it, but anybody may send it.
    Hidden,
}

/// The text between two marks of a tag; none where it has no such attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    let known = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    Some(known.iter().fold(value.to_owned(), |value, (entity, c)| value.replace(entity, c)))
}

/// The forms that send something, with the fields that a browser would send.
fn forms(html: &str, path: &str) -> Vec<Form> {
    let forms = html.split("<form").skip(1).filter_map(|rest| rest.split_once('>'));
    forms
        .filter(|(tag, _)| tag.contains(" method=\"post\""))
        .map(|(tag, rest)| {
            let inside = rest.split("</form>").next().unwrap_or(rest);
            let action = attribute(tag, "action").unwrap_or_else(|| path.split('?').next().unwrap_or(path).to_owned());
            Form { action, fields: fields(inside) }
        })
        .collect()
}

fn fields(inside: &str) -> Vec<Field> {
    let mut found: Vec<Field> = vec![];
    for (at, _) in inside.match_indices('<') {
        let Some((tag, rest)) = inside[at..].split_once('>') else { continue };
        let Some(name) = attribute(tag, "name") else { continue };
        let value = attribute(tag, "value").unwrap_or_default();
        let field = match tag.split([' ', '\n']).next() {
            Some("<textarea") => {
                Field { name, value: rest.split('<').next().unwrap_or("").to_owned(), kind: Kind::Words }
            }
            Some("<select") => {
                let options = rest.split("</select>").next().unwrap_or("");
                let chosen = options.split("<option").skip(1).find(|option| option.contains(" selected"));
                let first = options.split("<option").skip(1).find(|option| !option.contains("value=\"\""));
                let value = chosen.or(first).and_then(|option| attribute(option, "value")).unwrap_or_default();
                Field { name, value, kind: Kind::Other }
            }
            Some("<input") => match attribute(tag, "type").as_deref() {
                Some("hidden") => Field { name, value, kind: Kind::Hidden },
                Some("file") => continue,
                // Of several buttons one is pressed.
                Some("radio" | "checkbox") if found.iter().any(|field| field.name == name) => continue,
                Some("radio" | "checkbox" | "date" | "number" | "password") => Field { name, value, kind: Kind::Other },
                Some("text" | "search") | None => Field { name, value, kind: Kind::Words },
                Some(other) => panic!("a field of the kind {other} is not known here: {tag}"),
            },
            _other => continue,
        };
        found.push(field);
    }
    // What the page's script and the machine put in: not a person's fields.
    found.retain(|field| !["csrf", "website"].contains(&field.name.as_str()));
    found
}

/// Where forms are, and who looks at them; nobody is somebody without an account.
async fn places(site: &Site, lang: Lang) -> Vec<(Option<u128>, String)> {
    let (_, number) = site.open("Dredge the outfall", Audience::Office);
    let (assigned, _) = site.open("Repair the gate", Audience::Office);
    site.assign(assigned, 1);
    let (cleared, of_public) = site.cleared("Dredge: ", 30);
    site.publish(cleared, &all());
    // Late by now: of such the leader's page has a form.
    site.wait(SignedDuration::from_hours(48));
    let mut clerk = site.browser_of(CLERK, lang).await;
    clerk.get("/documents").await;
    let sent = clerk.post("/documents", &[("text", MINUTES)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let document = sent.header(LOCATION).to_owned();
    let head = format!("/organisation/officers/{}", officer(WATER_HEAD));
    let handover = format!("{head}/handover?successor_officer={}", officer(WATER_MEMBER));
    let of = |no: u128, paths: &[&str]| paths.iter().map(|path| (Some(no), (*path).to_owned())).collect::<Vec<_>>();
    let mut places = of(ADMIN, &["/organisation", &format!("/organisation/units/{WATER}"), &head, &handover]);
    places.extend(of(ADMIN, &["/organisation/calendar"]));
    places.extend(of(WATER_HEAD, &["/account/delegations", "/account/password", "/account/tokens", "/display"]));
    places.extend(of(CLERK, &["/documents", "/matters/new", "/matters?standing=open", "/notices"]));
    let proposal = format!("{document}/proposals/1");
    places.extend(of(CLERK, &[&format!("{proposal}/correction"), &format!("{proposal}/division")]));
    places.extend(of(CLERK, &[&format!("{document}/addition"), &format!("/matters/{number}/sub-matters")]));
    places.extend(of(CLERK, &["/matters/assignment"]));
    places.extend(of(LEADER, &["/overview"]));
    places.push((None, "/sign-in".to_owned()));
    places.push((None, format!("/matters/{of_public}/contradiction")));
    places
}

/// What is typed into a field: all that a text may hold in one, what is too long, what nothing may hold, and no days.
fn typed(kind: Kind) -> Vec<String> {
    let short = nasties().into_iter().map(|(typed, _)| typed).filter(|typed| typed.len() < 5_000);
    let one: String = short.collect::<String>().chars().filter(|c| !c.is_control()).collect();
    match kind {
        Kind::Words => vec![one, "字".repeat(10_000), "字".repeat(10_001), "a\0b".into(), "\u{1b}[2J\u{7}".into()],
        Kind::Other => vec![one, "2026-02-30".into(), "-1".into(), "a\0b".into(), "字".repeat(10_001)],
        Kind::Hidden => vec![one, "-1".into(), "a\0b".into(), String::new()],
    }
}

/// What is wrong with an answer, if anything is.
fn wrong(answer: &Answer, kind: Kind, typed: &str) -> Option<String> {
    if !(answer.status.is_redirection() || answer.status.is_client_error() || answer.status.is_success()) {
        return Some(format!("answered {}", answer.status));
    }
    if answer.body.contains("<script>alert") {
        return Some("is run".into());
    }
    let is_clean = !typed.chars().any(char::is_control);
    let is_kept = answer.body.contains(&escaped(typed.trim()));
    let is_again = answer.status == StatusCode::UNPROCESSABLE_ENTITY;
    (is_again && kind == Kind::Words && is_clean && !is_kept).then(|| "loses what was typed".to_owned())
}

struct Walk {
    lang: Lang,
    site: Site,
    browser: Browser,
    who: Option<u128>,
}

impl Walk {
    async fn begin(lang: Lang, who: Option<u128>) -> (Self, Vec<(Option<u128>, String)>) {
        let site = Site::with_city();
        let places = places(&site, lang).await;
        let browser = Self::of(&site, who, lang).await;
        (Self { lang, site, browser, who }, places)
    }

    async fn of(site: &Site, who: Option<u128>, lang: Lang) -> Browser {
        match who {
            Some(no) => site.browser_of(no, lang).await,
            None => site.browser(lang),
        }
    }

    /// Anew, as nothing had been sent: the same things under the same names.
    async fn again(&mut self) {
        let (lang, who) = (self.lang, self.who);
        *self = Box::pin(Self::begin(lang, who)).await.0;
    }

    /// Sends the form with one field typed over. What was done before may have taken the form away: then anew, once.
    async fn send(&mut self, path: &str, at: usize, form: &Form, field: usize, typed: &str) -> Option<Answer> {
        let mut found = self.find(path, at, form).await;
        if found.is_none() {
            self.again().await;
            found = self.find(path, at, form).await;
        }
        let form = found?;
        if path.ends_with("/contradiction") {
            self.site.wait(A_WHILE);
        }
        let name = form.fields.get(field)?.name.clone();
        let values: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|other| (other.name.as_str(), if other.name == name { typed } else { other.value.as_str() }))
            .collect();
        Some(self.browser.post(&form.action, &values).await)
    }

    async fn find(&mut self, path: &str, at: usize, form: &Form) -> Option<Form> {
        let page = self.browser.get(path).await;
        let found = forms(&page.body, path).into_iter().nth(at)?;
        let is_same = found.action == form.action && found.fields.len() == form.fields.len();
        (page.status == StatusCode::OK && is_same).then_some(found)
    }
}

async fn type_into_every_form(lang: Lang) {
    let (mut walk, places) = Walk::begin(lang, None).await;
    let (mut sent, mut taken, mut faults, mut bare) = (0, 0, vec![], vec![]);
    for (who, path) in places {
        walk.who = who;
        walk.again().await;
        let page = walk.browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.header(LOCATION));
        let before = sent;
        for (at, form) in forms(&page.body, &path).iter().enumerate() {
            // A button alone asks nothing; the head's own forms stand on every page and are walked once.
            let is_of_head = ["/language", "/sign-out"].contains(&form.action.as_str());
            if form.fields.iter().all(|field| field.kind == Kind::Hidden) || is_of_head {
                continue;
            }
            for (no, field) in form.fields.iter().enumerate() {
                for typed in typed(field.kind) {
                    let so = format!(
                        "{path}: {} {} {:?}",
                        form.action,
                        field.name,
                        typed.chars().take(12).collect::<String>()
                    );
                    let Some(answer) = walk.send(&path, at, form, no, &typed).await else {
                        faults.push(format!("{so}: the form has gone"));
                        continue;
                    };
                    sent += 1;
                    faults.extend(wrong(&answer, field.kind, &typed).map(|what| format!("{so}: {what}")));
                    if !answer.status.is_client_error() {
                        taken += 1;
                        let page = walk.browser.get(&path).await;
                        if page.status.is_server_error() || page.body.contains("<script>alert") {
                            faults.push(format!("{so}: the page answers {}", page.status));
                        }
                    } else if answer.status == StatusCode::TOO_MANY_REQUESTS {
                        walk.again().await;
                    }
                }
            }
        }
        if sent == before {
            bare.push(path);
        }
    }
    assert!(faults.is_empty(), "{} of {sent}: {faults:#?}", faults.len());
    assert!(sent > 300 && taken > 30, "{sent} {taken}");
    assert!(bare.is_empty(), "no form stands on {bare:?}");
}

#[tokio::test]
async fn whatever_is_typed_into_any_form_is_taken_or_named_in_chinese() {
    type_into_every_form(Lang::ZhHans).await;
}

#[tokio::test]
async fn whatever_is_typed_into_any_form_is_taken_or_named_in_english() {
    type_into_every_form(Lang::En).await;
}
