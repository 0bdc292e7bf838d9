//! What nobody should type, typed into every field of every act; and two people who do one thing in the same moment.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::Vacant;

use axum::http::StatusCode;
use ledger::act::{Act, ActKind};
use ledger::audience::Audience;
use ledger::event::Personal;
use ledger::id::{ContradictionId, MatterId, Number, OfficerId, PersonId, Stream};
use ledger::matter::{ContradictionText, Hand, Kind, Method, Outcome, StateKind};
use store::Read;
use uuid::Uuid;
use web::acts::{ACTS, Field, FieldKind};
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, LEADER, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::public::{CLERK3, all};
use crate::site::{Answer, Browser, Site, officer};

/// What is typed, and whether a text may hold it.
pub fn nasties() -> Vec<(String, bool)> {
    let zalgo = format!("落{}", "\u{334}\u{301}\u{35e}".repeat(300));
    [
        ("<script>alert(1)</script>&\"'".to_owned(), true),
        ("=HYPERLINK(\"http://x\")".to_owned(), true),
        ("𠮷𪚥𬺓𰻝 العربية עברית".to_owned(), true),
        ("\u{202e}gpj.exe\u{202c} a\u{2066}b".to_owned(), true),
        ("👩\u{200d}🚒\u{200b}\u{feff}x".to_owned(), true),
        (zalgo, true),
        ("字".repeat(10_000), true),
        ("字".repeat(10_001), false),
        ("a\0b".to_owned(), false),
        ("\u{1b}[2J\u{7}".to_owned(), false),
        ("2026-02-30".to_owned(), true),
        ("-1".to_owned(), true),
    ]
    .into()
}

/// For every field of every act: what a text may hold in one, then what nothing may hold.
fn walked(field: &Field) -> Vec<String> {
    let all = nasties();
    let one: Vec<&str> = all.iter().filter(|(typed, _)| typed.len() < 5_000).map(|(typed, _)| typed.as_str()).collect();
    let one = one.concat().chars().filter(|c| !c.is_control()).collect();
    let longest = all.iter().map(|(typed, _)| typed.clone()).filter(|typed| typed.len() > 5_000);
    let refused = ["a\0b", "\u{1b}[2J\u{7}"].map(str::to_owned);
    let no_days = ["2026-02-30", "-1"].map(str::to_owned);
    let is_text = matches!(field.kind, FieldKind::Paragraph | FieldKind::Line);
    std::iter::once(one).chain(longest).chain(refused).chain(no_days.into_iter().filter(|_| !is_text)).collect()
}

/// As it stands on a page.
pub fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '&' => out.push_str("&#38;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

struct Prepared {
    site: Site,
    matters: Vec<(MatterId, Number)>,
}

/// Matters in one state after the other.
fn prepared() -> Prepared {
    let site = Site::with_city();
    let mut matters: Vec<_> = (0..6).map(|n| site.open(&format!("Dredge outfall {n}"), Audience::Office)).collect();
    for (matter, _) in &matters[1..] {
        site.assign(*matter, 30);
    }
    for (matter, _) in &matters[2..] {
        site.act(WATER_HEAD, *matter, Act::SignFor);
    }
    for (no, (matter, _)) in (0x500..).zip(&matters[2..]) {
        let evidence = site.evidence(WATER_MEMBER, *matter, no);
        site.act(WATER_MEMBER, *matter, Act::NameObstacle { obstacle: text("rain"), remover: None });
        site.act(WATER_MEMBER, *matter, Act::AskQuestion { question: text("how deep?") });
        if no > 0x500 {
            site.act(
                WATER_MEMBER,
                *matter,
                Act::DraftReport { outcome: Outcome::Done, report: text("done"), evidence: vec![evidence] },
            );
        }
        if no > 0x501 {
            site.act(WATER_HEAD, *matter, Act::SignReport);
        }
        if no > 0x502 {
            site.act(CLERK2, *matter, Act::Verify { method: Method::SiteVisit, finding: text("two metres") });
        }
    }
    site.act(
        CLERK,
        matters[2].0,
        Act::Decompose {
            sub: MatterId(uuid::Uuid::from_u128(0x77)),
            number: Number { year: 2026, series: ledger::id::Series::General, count: 77 },
            directive: text("part"),
        },
    );
    asked_appealed_and_cleared(&site, &mut matters);
    Prepared { site, matters }
}

/// And such as wait for a decision, or are done with.
fn asked_appealed_and_cleared(site: &Site, matters: &mut Vec<(MatterId, Number)>) {
    site.with_fresh_eyes();
    let mut under_way = |n: u128, kind: Kind| {
        let opened = site.open_as(kind, &format!("Dredge drain {n}"), Audience::Office);
        site.assign(opened.0, 30);
        site.act(WATER_HEAD, opened.0, Act::SignFor);
        matters.push(opened);
        opened.0
    };
    let asked = under_way(0, Kind::Directive);
    let to = jiff::civil::date(2027, 2, 1);
    site.act(WATER_HEAD, asked, Act::AskExtension { to, reason: text("rain") });
    site.act(LEADER, asked, Act::Instruct { instruction: text("hurry") });
    for n in 1..3 {
        let refused = under_way(n, Kind::Need);
        let evidence = vec![site.evidence(WATER_MEMBER, refused, 0x600 + n)];
        let outcome = Outcome::Refused { appeal_until: jiff::civil::date(2027, 3, 31) };
        site.act(WATER_MEMBER, refused, Act::DraftReport { outcome, report: text("no"), evidence });
        site.act(WATER_HEAD, refused, Act::SignReport);
        if n == 2 {
            site.act(CLERK, refused, Act::Appeal { grounds: text("counted twice") });
        }
    }
    let cleared = site.cleared("Dredge: ", 30);
    site.publish(cleared.0, &all());
    let value = ContradictionText { words: text("full of mud"), place: None, contact: None };
    let said = Personal { person: PersonId(Uuid::from_u128(0x9900)), value };
    let contradiction = ContradictionId(Uuid::from_u128(0x99));
    site.act(OfficerId::PUBLIC.0.as_u128(), cleared.0, Act::Contradict { contradiction, said });
    matters.push(cleared);
}

impl Prepared {
    /// A matter on which one of these officers may do it now.
    fn place(&self, act: ActKind) -> Option<(u128, MatterId, Number)> {
        self.matters.iter().find_map(|(matter, number)| {
            [CLERK, CLERK2, CLERK3, WATER_HEAD, WATER_MEMBER, LEADER].into_iter().find_map(|no| {
                let offers = |read: &mut Read<'_>| -> Result<bool, store::StoreFault> {
                    let matter = read.matter(*matter)?.expect("it was opened");
                    let facts = read.facts(&matter)?;
                    let by = Hand { officer: officer(no), on_behalf: None };
                    read.with_context(by, &facts, |context| matter.offers(act, context).is_ok())
                };
                let is_offered = self.site.app.store.read(offers).expect("read");
                is_offered.then_some((no, *matter, *number))
            })
        })
    }

    /// Something that fits the field.
    fn fitting(&self, matter: MatterId, field: &Field) -> String {
        let matter = self.site.app.store.read(|read| read.matter(matter)).expect("read").expect("it was opened");
        match field.kind {
            FieldKind::Paragraph | FieldKind::Line | FieldKind::File => "words".into(),
            FieldKind::Date => "2027-03-31".into(),
            FieldKind::Party => format!("unit/{WATER}"),
            FieldKind::SupervisingUnit => format!("unit/{SUPERVISION}"),
            FieldKind::Units => WATER.to_string(),
            FieldKind::Officer => format!("officer/{}", officer(LEADER)),
            FieldKind::Officers => officer(LEADER).to_string(),
            FieldKind::One(codes) | FieldKind::Any(codes) => codes[0].into(),
            FieldKind::Evidence => matter.evidence.first().map(|one| one.id.to_string()).unwrap_or_default(),
            FieldKind::Obstacle | FieldKind::Question => "1".into(),
            FieldKind::SubMatter => "2026-0077".into(),
            FieldKind::Matter => self.matters[0].1.to_string(),
        }
    }

    fn version(&self, matter: MatterId) -> u64 {
        self.site.app.store.read(|read| read.version(Stream::Matter(matter))).expect("a version")
    }
}

async fn send(browser: &mut Browser, prepared: &Prepared, path: &str, fields: &[(&str, &str)]) -> Answer {
    let command = prepared.site.app.command_id().to_string();
    let mut fields = fields.to_vec();
    fields.push(("command", &command));
    match path.ends_with("/evidence") {
        true => browser.post_file(path, &fields, ("a.txt", b"words")).await,
        false => browser.post(path, &fields).await,
    }
}

#[tokio::test]
async fn whatever_is_typed_into_any_field_is_taken_or_named_and_never_half_done_in_chinese() {
    type_into_every_act(Lang::ZhHans).await;
}

#[tokio::test]
async fn whatever_is_typed_into_any_field_is_taken_or_named_and_never_half_done_in_english() {
    type_into_every_act(Lang::En).await;
}

async fn type_into_every_act(lang: Lang) {
    let (mut never, mut taken) = (vec![], BTreeMap::<&str, usize>::new());
    for (act, noun, fields) in ACTS {
        let (mut prepared, mut browsers) = (prepared(), BTreeMap::new());
        if prepared.place(*act).is_none() {
            never.push(act.code());
            continue;
        }
        for field in fields.iter().filter(|field| field.kind != FieldKind::File) {
            for typed in walked(field) {
                if prepared.place(*act).is_none() {
                    (prepared, browsers) = (self::prepared(), BTreeMap::new());
                }
                let (no, matter, number) = prepared.place(*act).expect("a place");
                if let Vacant(one) = browsers.entry(no) {
                    one.insert(prepared.site.browser_of(no, lang).await);
                }
                let browser = browsers.get_mut(&no).expect("it was just made");
                let values: Vec<(&str, String)> = fields
                    .iter()
                    .filter(|other| other.kind != FieldKind::File)
                    .filter(|other| other.required || other.name == field.name)
                    .map(|other| match other.name == field.name {
                        true => (other.name, typed.clone()),
                        false => (other.name, prepared.fitting(matter, other)),
                    })
                    .collect();
                let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let before = prepared.version(matter);
                let path = format!("/matters/{number}/{noun}");
                let answer = send(browser, &prepared, &path, &values).await;
                let so = format!("{noun} {} {:?}", field.name, typed.chars().take(20).collect::<String>());
                assert!(!answer.status.is_server_error(), "{so}: {}", answer.body);
                if answer.status != StatusCode::SEE_OTHER {
                    assert!(answer.status.is_client_error(), "{so}: {}", answer.status);
                    assert_eq!(prepared.version(matter), before, "{so}: refused, and yet something happened");
                    assert!(answer.body.contains("class=\"error-summary\""), "{so}: {}", answer.body);
                    let is_typed = matches!(field.kind, FieldKind::Paragraph | FieldKind::Line);
                    let is_clean = !typed.chars().any(char::is_control);
                    if is_typed && is_clean {
                        assert!(answer.body.contains(&escaped(typed.trim())), "{so} is lost: {}", answer.body);
                    }
                } else {
                    *taken.entry(noun).or_default() += 1;
                    let page = browser.get(&format!("/matters/{number}")).await;
                    assert_eq!(page.status, StatusCode::OK, "{so}");
                    assert!(!page.body.contains("<script>alert"), "{so}");
                }
            }
        }
    }
    // Its form is walked as a page is, by somebody without an account (`forms.rs`).
    assert_eq!(never, ["contradict"]);
    assert!(taken.len() > 20, "{taken:?}");
}

#[tokio::test]
async fn what_a_text_may_hold_is_kept_as_it_was_typed_and_comes_back_from_an_export() {
    for (typed, may) in nasties() {
        let prepared = prepared();
        let mut browser = prepared.site.browser_of(CLERK, Lang::En).await;
        let path = format!("/matters/{}/sub-matter", prepared.matters[1].1);
        let answer = send(&mut browser, &prepared, &path, &[("directive", &typed)]).await;
        let begins: String = typed.chars().take(20).collect();
        let is_taken = answer.status == StatusCode::SEE_OTHER;
        assert_eq!(is_taken, may, "{begins:?}: {} {}", answer.status, answer.body);
        if !may {
            continue;
        }
        for ending in ["csv", "xlsx"] {
            let out = browser.get(&format!("/matters/export.{ending}")).await;
            let kind = if ending == "csv" { sources::workbook::Kind::Csv } else { sources::workbook::Kind::Xlsx };
            let read = sources::workbook::read(&out.bytes, kind).expect("a workbook");
            let mut cells = read.sheets[0].rows.iter().flat_map(|row| &row.cells);
            assert!(cells.any(|cell| cell.shown() == typed), "{begins:?} does not come back from {ending}");
        }
    }
}

#[tokio::test]
async fn text_that_is_no_text_in_json_is_the_senders_fault() {
    let prepared = prepared();
    let mut browser = prepared.site.browser_of(WATER_MEMBER, Lang::En).await;
    let (matter, number) = prepared.matters[2];
    let before = prepared.version(matter);
    for body in
        [r#"{"note":"\ud800"}"#, r#"{"note":"a\u0000b"}"#, r#"{"note":{"a":1}}"#, "{", "[]", r#"{"note":"\xff"}"#]
    {
        let answer = browser.script("POST", &format!("/matters/{number}/progress"), "application/json", body).await;
        assert!(answer.status.is_client_error(), "{body}: {} {}", answer.status, answer.body);
        assert_eq!(prepared.version(matter), before, "{body}");
    }
}

/// Who sends what where.
type Sent = (u128, String, Vec<(&'static str, String)>);

/// One form each, sent in the same moment; how many were done, and how many refused.
async fn at_once(prepared: &Prepared, forms: Vec<Sent>) -> (usize, usize) {
    let mut tasks = vec![];
    for (no, path, fields) in forms {
        let mut browser = prepared.site.browser_of(no, Lang::En).await;
        tasks.push(tokio::spawn(async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&path, &fields).await
        }));
    }
    let (mut done, mut refused) = (0, 0);
    for task in tasks {
        let answer = task.await.expect("an answer");
        match answer.status {
            StatusCode::SEE_OTHER => done += 1,
            status if status.is_client_error() && answer.body.contains("class=\"error-summary\"") => refused += 1,
            status => panic!("{status}: {}", answer.body),
        }
    }
    (done, refused)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_do_the_same_in_one_moment_one_does_it_and_the_other_is_told() {
    let prepared = prepared();
    let command = || ("command", prepared.site.app.command_id().to_string());
    let (opened, reported) = (prepared.matters[0], prepared.matters[4]);
    let assign = || {
        vec![
            ("lead", format!("unit/{WATER}")),
            ("supervising", format!("unit/{SUPERVISION}")),
            ("criterion", "dry".to_owned()),
            ("due", "2027-03-31".to_owned()),
            command(),
        ]
    };
    let before = prepared.version(opened.0);
    let path = format!("/matters/{}/assignment", opened.1);
    let forms = vec![(CLERK, path.clone(), assign()), (CLERK2, path.clone(), assign())];
    assert_eq!(at_once(&prepared, forms).await, (1, 1));
    assert_eq!(prepared.version(opened.0), before + 1);

    let verify = || vec![("method", "site_visit".to_owned()), ("finding", "two metres".to_owned()), command()];
    let before = prepared.version(reported.0);
    let path = format!("/matters/{}/verification", reported.1);
    let forms = vec![(CLERK, path.clone(), verify()), (CLERK2, path, verify())];
    assert_eq!(at_once(&prepared, forms).await, (1, 1));
    assert_eq!(prepared.version(reported.0), before + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_command_sent_three_times_in_one_moment_is_done_once_and_answered_thrice() {
    let prepared = prepared();
    let (matter, number) = prepared.matters[2];
    let before = prepared.version(matter);
    let command = prepared.site.app.command_id().to_string();
    let path = format!("/matters/{number}/progress");
    let fields = || vec![("note", "two metres".to_owned()), ("command", command.clone())];
    let forms = (0..3).map(|_| (WATER_MEMBER, path.clone(), fields())).collect();
    assert_eq!(at_once(&prepared, forms).await, (3, 0));
    assert_eq!(prepared.version(matter), before + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_report_signed_while_its_matter_is_withdrawn_leaves_one_of_them_done() {
    let prepared = prepared();
    let (matter, number) = prepared.matters[3];
    let command = || ("command", prepared.site.app.command_id().to_string());
    let withdraw = vec![("authority", "the meeting".to_owned()), ("reason", "moot".to_owned()), command()];
    let forms = vec![
        (WATER_HEAD, format!("/matters/{number}/report-signature"), vec![command()]),
        (CLERK, format!("/matters/{number}/withdrawal"), withdraw),
    ];
    let (done, refused) = at_once(&prepared, forms).await;
    assert_eq!(done + refused, 2);
    let state = prepared.site.app.store.read(|read| read.matter(matter)).expect("read").expect("a matter").state.kind();
    // Withdrawn after it was signed, or before; a report is never signed on a withdrawn matter.
    assert!(
        matches!((state, refused), (StateKind::Withdrawn, 0 | 1) | (StateKind::Reported, 1)),
        "{state:?} {refused}"
    );
}

#[tokio::test]
async fn an_officer_without_a_post_is_led_to_no_page_that_fails_or_is_closed_to_him() {
    for lang in Lang::ALL {
        let Prepared { site, .. } = prepared();
        let name = ledger::Name::parse("无岗", "Wu Gang").expect("a name");
        let value = ledger::organisation::OfficerName { name };
        let personal = ledger::event::Personal { person: ledger::id::PersonId(uuid::Uuid::from_u128(0x9020)), value };
        site.organise(ledger::organise::Change::Enrol { officer: officer(20), personal });
        let mut browser = site.browser_of(20, lang).await;
        let (mut seen, mut next) = (std::collections::BTreeSet::new(), vec!["/".to_owned()]);
        while let Some(path) = next.pop() {
            if seen.len() > 120 || !seen.insert(path.clone()) {
                continue;
            }
            let page = browser.get(&path).await;
            assert!(page.status.is_success() || page.status.is_redirection(), "{path}: {}", page.status);
            let links = page.body.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
            next.extend(links.map(|link| format!("/{}", link.split('#').next().unwrap_or("").replace("&#38;", "&"))));
        }
        assert!(seen.len() > 10, "{seen:?}");
    }
}
