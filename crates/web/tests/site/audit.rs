//! The auditor: reads that are logged, rights as they were, an export that verifies, and hands that change nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use jiff::SignedDuration;
use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, Holder, MatterId, PostId};
use ledger::organise::Change;
use store::access::{ReadFilter, ReadKind, ReadLine};
use uuid::Uuid;
use web::acts::ACTS;
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, CLERK2, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Browser, Site, officer};

impl Site {
    /// What stands in the read log, the latest first.
    pub fn reads(&self) -> Vec<ReadLine> {
        self.app.access.read_log(&ReadFilter::default(), None, 500).expect("access.db")
    }

    /// How many events there are.
    fn events(&self) -> u64 {
        self.app.store.checkpoint_now().expect("a checkpoint");
        self.app.store.last_checkpoint().expect("a state").expect("a checkpoint").size
    }

    /// From now on nothing can be put on the read log.
    fn without_read_log(&self) {
        let path = self.app.store.dir().join("access.db");
        let connection = rusqlite::Connection::open(path).expect("access.db");
        connection.execute_batch("DROP TABLE read_log").expect("it was there");
    }

    fn kinds_read(&self) -> Vec<ReadKind> {
        self.reads().iter().rev().map(|line| line.what.kind).collect()
    }

    /// A file of evidence that can be taken out.
    fn stored_evidence(&self, matter: MatterId) -> EvidenceId {
        let id = EvidenceId(Uuid::from_u128(0xe1));
        let mut writer = self.app.store.blob_writer(&Holder::Matter(matter), id).expect("a file");
        writer.write(b"three").expect("bytes");
        writer.finish().expect("a file");
        let words = EvidenceText {
            file_name: text("log.txt"),
            media_type: text("text/plain"),
            sha256: text("00"),
            caption: None,
        };
        self.act(
            WATER_MEMBER,
            matter,
            Act::AddEvidence { evidence: id, kind: EvidenceKind::Document, bytes: 5, text: words },
        );
        id
    }
}

fn circle(members: &[u128]) -> Audience {
    Audience::Circle(members.iter().map(|no| officer(*no)).collect())
}

const ROOM: [&str; 5] = ["/audit", "/audit/reads", "/audit/rights", "/audit/rights/changes", "/audit/export"];

#[tokio::test]
async fn the_room_is_the_auditors_alone_and_keeps_to_the_houses_promises() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let file = site.stored_evidence(matter);
    for lang in Lang::ALL {
        let mut clerk = site.browser_of(CLERK, lang).await;
        clerk.get(&format!("/matters/{number}/evidence/{file}")).await;
        assert!(!clerk.get("/").await.body.contains("/audit"), "no way leads there");
        for path in ROOM.iter().chain(&["/audit/reads.csv", "/audit/rights.txt", "/audit/export.tar"]) {
            assert_eq!(clerk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(site.browser(lang).get(path).await.status, StatusCode::SEE_OTHER, "{path}");
        }
        let mut auditor = site.browser_of(AUDITOR, lang).await;
        let desk = auditor.get("/").await;
        markup::check("desk", &desk.body);
        for path in ROOM {
            assert!(desk.body.contains(&format!("href=\"{path}\"")), "{path} is not on the desk");
            let page = auditor.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            markup::check(path, &page.body);
        }
        assert!(desk.body.contains(&format!("href=\"/matters/{number}\"")), "the last reads: {}", desk.body);
    }
}

#[tokio::test]
async fn what_is_personal_or_confined_is_on_the_read_log_before_it_is_served() {
    let site = Site::with_city();
    let (open, plain) = site.open("Dredge the outfall", Audience::Office);
    site.assign(open, 30);
    site.act(WATER_HEAD, open, Act::SignFor);
    let file = site.stored_evidence(open);
    let (_, secret) = site.open("Look into a tip", circle(&[CLERK, AUDITOR]));
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    for path in ["/", "/matters", &format!("/matters/{plain}"), &format!("/matters/{plain}/reassignment")] {
        assert_eq!(clerk.get(path).await.status, StatusCode::OK);
    }
    assert_eq!(site.reads(), vec![], "what the whole office may know is not logged, nor a line of a list");
    for (path, kind) in [
        (format!("/matters/{secret}"), ReadKind::Matter),
        (format!("/matters/{secret}/assignment"), ReadKind::Matter),
        (format!("/matters/{secret}/proof"), ReadKind::Proof),
        (format!("/matters/{plain}/evidence/{file}"), ReadKind::Evidence),
        ("/matters/export.csv".to_owned(), ReadKind::List),
    ] {
        let before = site.reads().len();
        assert_eq!(clerk.get(&path).await.status, StatusCode::OK, "{path}");
        let lines = site.reads();
        assert_eq!(lines.len(), before + 1, "{path}");
        assert_eq!((lines[0].what.kind, lines[0].by.officer), (kind, officer(CLERK)), "{path}");
        assert_eq!(lines[0].what.file, (kind == ReadKind::Evidence).then_some(file));
    }
    // Whoever may not know it reads nothing, so nothing is logged.
    let before = site.reads().len();
    let mut outside = site.browser_of(CLERK2, Lang::En).await;
    for path in [format!("/matters/{secret}"), format!("/matters/{secret}/proof")] {
        assert_eq!(outside.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    outside.get("/matters/export.csv").await;
    assert_eq!(site.reads().len(), before);
}

#[tokio::test]
async fn whoever_reads_in_anothers_place_is_logged_with_both_names() {
    let site = Site::with_city();
    let (matter, number) = site.open("Look into a tip", circle(&[CLERK, CLERK2, WATER_HEAD, WATER_MEMBER, AUDITOR]));
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let (to, place) = (format!("officer/{}", officer(WATER_MEMBER)), format!("officer/{}", officer(WATER_HEAD)));
    let fields = [("delegate", &*to), ("lend", "work"), ("from", "2026-11-24"), ("last_day", "2026-11-30")];
    assert_eq!(head.post("/account/delegations", &fields).await.status, StatusCode::SEE_OTHER);
    let mut member = site.browser_of(WATER_MEMBER, Lang::En).await;
    let form = member.get(&format!("/matters/{number}/progress?in_place_of={place}")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let by = site.reads()[0].by;
    assert_eq!((by.officer, by.on_behalf), (officer(WATER_MEMBER), Some(officer(WATER_HEAD))));
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    for no in [WATER_MEMBER, WATER_HEAD] {
        let page = auditor.get(&format!("/audit/reads?officer=officer/{}", officer(no))).await;
        assert!(page.body.contains("Wen Lan for Jiang Wang"), "{}", page.body);
    }
    assert!(auditor.get("/audit/rights").await.body.contains("Wen Lan for Jiang Wang"), "the delegation is in force");
}

#[tokio::test]
async fn what_cannot_be_logged_is_not_served() {
    let site = Site::with_city();
    let (matter, plain) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let file = site.stored_evidence(matter);
    let (_, secret) = site.open("Look into a tip", circle(&[CLERK]));
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    site.without_read_log();
    for path in [
        format!("/matters/{secret}"),
        format!("/matters/{secret}/assignment"),
        format!("/matters/{secret}/proof"),
        format!("/matters/{plain}/evidence/{file}"),
    ] {
        let answer = clerk.get(&path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(!answer.body.contains("Look into a tip") && !answer.body.contains("three"), "{path}");
    }
    assert_eq!(auditor.get("/audit/export.tar").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(clerk.get(&format!("/matters/{plain}")).await.status, StatusCode::OK, "everything else goes on");
}

#[tokio::test]
async fn the_read_log_is_asked_by_officer_matter_and_day() {
    let site = Site::with_city();
    let (_, first) = site.open("Look into a tip", circle(&[CLERK, CLERK2, AUDITOR]));
    let (_, second) = site.open("Look into another", circle(&[CLERK, AUDITOR]));
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut other = site.browser_of(CLERK2, Lang::En).await;
    clerk.get(&format!("/matters/{first}")).await;
    site.wait(SignedDuration::from_hours(24));
    let mut other_again = site.browser_of(CLERK2, Lang::En).await;
    let mut clerk_again = site.browser_of(CLERK, Lang::En).await;
    other_again.get(&format!("/matters/{first}")).await;
    clerk_again.get(&format!("/matters/{second}")).await;
    other.get("/").await;
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    let rows = |body: &str| {
        let own = body.matches("the read log, taken out").count();
        body.matches("<tr><th scope=\"row\">").count() - own
    };
    for (query, count) in [
        ("", 3),
        ("?officer=He+Qingyang", 1),
        ("?officer=%E4%BD%95%E6%B8%85%E6%89%AC", 1),
        (&format!("?number={first}"), 2),
        (&format!("?number={first}&officer=officer/{}", officer(CLERK)), 1),
        ("?from=2026-11-25", 2),
        ("?last_day=2026-11-24", 1),
        ("?from=2026-11-24&last_day=2026-11-25", 3),
        ("?from=2026-11-26", 0),
    ] {
        let page = auditor.get(&format!("/audit/reads{query}")).await;
        assert_eq!((page.status, rows(&page.body)), (StatusCode::OK, count), "{query}: {}", page.body);
        let csv = auditor.get(&format!("/audit/reads.csv{query}")).await;
        let own = csv.body.lines().filter(|line| line.contains("read_log")).count();
        assert_eq!(csv.body.lines().count() - 1 - own, count, "{query}: {}", csv.body);
    }
    assert!(site.kinds_read().contains(&ReadKind::ReadLog), "that it was taken out is logged too");
    for (query, field) in [
        ("?officer=Nobody", "officer"),
        ("?officer=Water+Bureau", "officer"),
        ("?number=2026-9999", "number"),
        ("?number=x", "number"),
        ("?from=2026-02-30", "from"),
        ("?last_day=yesterday", "last_day"),
        ("?from=2026-11-25&last_day=2026-11-24", "last_day"),
    ] {
        let page = auditor.get(&format!("/audit/reads{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        markup::check(query, &page.body);
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{query}");
        let csv = auditor.get(&format!("/audit/reads.csv{query}")).await;
        assert_eq!(csv.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

/// The same reads with and without a circle that the auditor stands outside: the same pages.
#[tokio::test]
async fn whoever_audits_outside_a_circle_finds_no_trace_of_it_in_the_read_log() {
    let mut worlds = vec![];
    for is_there in [false, true] {
        let site = Site::with_city();
        let (_, known) = site.open("Look into a tip", circle(&[CLERK, AUDITOR]));
        let mut clerk = site.browser_of(CLERK, Lang::En).await;
        for _ in 0..60 {
            if is_there && site.reads().len() == 30 {
                let (_, hidden) = site.open("Nobody shall know", circle(&[CLERK]));
                for _ in 0..250 {
                    clerk.get(&format!("/matters/{hidden}")).await;
                }
                clerk.get("/matters/export.csv?words=shall").await;
                assert_eq!(site.reads().len(), 281);
            }
            clerk.get(&format!("/matters/{known}")).await;
        }
        let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
        let first = auditor.get("/audit/reads").await;
        assert_eq!(first.body.matches("<tr><th scope=\"row\">").count(), 50);
        let older = first.between("<a href=\"/audit/reads?place=", "\"").to_owned();
        let second = auditor.get(&format!("/audit/reads?place={older}")).await;
        assert_eq!(second.body.matches("<tr><th scope=\"row\">").count(), 10);
        assert!(!second.body.contains("href=\"/audit/reads?place="), "there is no third page");
        let asked = auditor.get("/audit/reads?number=2026-C0002").await;
        let table = |body: &str| body.split("<tbody>").nth(1).map(str::to_owned);
        let said = asked.body.split("<ul>").find(|part| part.contains("href=\"#number\"")).map(str::to_owned);
        worlds.push((table(&first.body), table(&second.body), asked.status, said));
    }
    assert_eq!(worlds[0], worlds[1]);
}

#[tokio::test]
async fn rights_are_told_as_the_record_stood_that_day() {
    let site = Site::with_city();
    site.wait(SignedDuration::from_hours(48));
    let left = Change::LeavePost {
        officer: officer(WATER_MEMBER),
        post: PostId(Uuid::from_u128(0x7000 + WATER_MEMBER)),
        until: date(2026, 11, 20),
    };
    site.organise(left);
    site.organise(Change::LeavePost {
        officer: officer(CLERK2),
        post: PostId(Uuid::from_u128(0x7000 + CLERK2)),
        until: date(2026, 11, 26),
    });
    site.organise(Change::SetSingleClerk { unit: SUPERVISION, holds: true });
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    let before = auditor.get("/audit/rights?on=2026-11-25").await;
    assert!(before.body.contains("Wen Lan"), "what was dated back later does not change what could be done that day");
    assert!(before.body.contains("None: whoever verified"), "{}", before.body);
    let after = auditor.get("/audit/rights?on=2026-11-26").await;
    assert!(!after.body.contains("Wen Lan") && after.body.contains("Zhou Yinuo"));
    assert!(!after.body.contains("None: whoever verified"), "{}", after.body);
    assert_eq!(auditor.get("/audit/rights").await.body.matches("Zhou Yinuo").count(), 1, "today, where none is asked");
    let none = auditor.get("/audit/rights?on=2025-01-01").await;
    assert!(none.body.contains("Nobody held a post"), "{}", none.body);
    let wrong = auditor.get("/audit/rights?on=2026-02-30").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("wrong", &wrong.body);

    let changes = auditor.get("/audit/rights/changes").await;
    assert!(changes.body.contains("Wei Ming made it an office of one person."), "{}", changes.body);
    assert!(changes.body.contains(&format!("/organisation/units/{SUPERVISION}")));
    assert!(changes.body.contains(&format!("/organisation/officers/{}", officer(CLERK2))));
    let older = auditor.get("/audit/rights/changes?before=3").await;
    assert_eq!(older.body.matches("<tr><th scope=\"row\">").count(), 3, "events 0 to 2");

    let table = auditor.get("/audit/rights.txt").await;
    assert_eq!(table.body, ledger::rights::table());
    let hash: String = ledger::rights::table_hash().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(changes.status == StatusCode::OK && after.body.contains(&hash));
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().expect("an archive");
    let read = entries.map(|entry| {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a path").display().to_string();
        let mut content = String::new();
        entry.read_to_string(&mut content).expect("UTF-8");
        (name.strip_prefix("luoshi-proofs-2026-11-24/").expect("one folder").to_owned(), content)
    });
    read.collect()
}

async fn export(browser: &mut Browser) -> BTreeMap<String, String> {
    let answer = browser.get("/audit/export.tar").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.header(CONTENT_TYPE), "application/x-tar");
    unpacked(&answer.bytes)
}

#[tokio::test]
async fn the_export_holds_a_proof_of_every_matter_the_auditor_may_see_and_each_verifies() {
    let site = Site::with_city();
    let mut numbers = BTreeSet::new();
    for no in 0..205 {
        let (matter, number) = site.open(&format!("Mend bridge {no}"), Audience::Office);
        if no % 40 == 0 {
            site.assign(matter, 30);
            site.act(WATER_HEAD, matter, Act::SignFor);
        }
        numbers.insert(number.to_string());
    }
    numbers.insert(site.open("For one bureau", Audience::Units(BTreeSet::from([WATER, SUPERVISION]))).1.to_string());
    numbers.insert(site.open("A tip for the auditor", circle(&[CLERK, AUDITOR])).1.to_string());
    let (_, hidden) = site.open("Nobody shall know", circle(&[CLERK]));
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    let files = export(&mut auditor).await;

    let vkey = files["vkey.txt"].trim();
    assert_eq!(vkey, site.app.store.vkey());
    let proofs: Vec<(&String, &String)> = files.iter().filter(|(name, _)| name.starts_with("proofs/")).collect();
    let mut proven = BTreeSet::new();
    for (name, proof) in proofs {
        let shown = store::verify_proof(proof, vkey, Some(&files["checkpoint.txt"])).expect("it verifies");
        assert!(!shown.events.is_empty(), "{name}");
        let number = name.trim_start_matches("proofs/").trim_end_matches(".proof.json").to_owned();
        let says: serde_json::Value = serde_json::from_str(proof).expect("JSON");
        assert_eq!(says["checkpoint"], files["checkpoint.txt"], "{name} stands under another checkpoint");
        assert!(proven.insert(number));
    }
    assert_eq!(proven, numbers);
    let table = &files["matters.csv"];
    assert_eq!(table.lines().count(), numbers.len() + 1, "a heading and every matter");
    assert!(numbers.iter().all(|number| table.contains(number)) && table.contains("Mend bridge 7"));
    assert!(!files.values().any(|file| file.contains("Nobody shall know")) && !table.contains(&hidden.to_string()));
    let readme = &files["README.txt"];
    assert!(readme.contains("luoshi verify --proof") && readme.contains("校验方法") && readme.contains("To verify"));
    // One changed letter, and it does not verify.
    let (_, proof) = files.iter().find(|(name, _)| name.starts_with("proofs/")).expect("a proof");
    let at = proof.find("\"value\": \"").expect("a part") + 20;
    let other = if &proof[at..=at] == "A" { "B" } else { "A" };
    let forged = format!("{}{other}{}", &proof[..at], &proof[at + 1..]);
    assert!(store::verify_proof(&forged, vkey, None).is_err());

    let lines = site.reads();
    assert!(lines.iter().all(|line| line.what.kind == ReadKind::Export && line.by.officer == officer(AUDITOR)));
    assert_eq!(lines.len(), 2, "the export, and the matter of a circle that is in it");
}

#[tokio::test]
async fn a_program_of_the_auditor_takes_the_same_export_and_nobody_elses_does() {
    let site = Site::with_city();
    site.open("Mend the bridge", Audience::Office);
    for (no, status) in [(AUDITOR, StatusCode::OK), (CLERK, StatusCode::NOT_FOUND)] {
        let mut browser = site.browser_of(no, Lang::En).await;
        let made = browser
            .post(
                "/account/tokens",
                &[("label", "audit"), ("scope", "read"), ("life", "30"), ("old_password", crate::site::PASSWORD)],
            )
            .await;
        let token = made.between("data-select>", "<").to_owned();
        let answer = site.program_as("GET", "/audit/export.tar", &format!("Bearer {token}")).await;
        assert_eq!(answer.status, status);
        if status == StatusCode::OK {
            assert_eq!(unpacked(&answer.bytes).keys().filter(|name| name.starts_with("proofs/")).count(), 1);
        }
    }
}

#[tokio::test]
async fn an_auditor_changes_nothing_unless_named_to_verify() {
    let site = Site::with_city();
    let (opened, _) = site.open("Mend the bridge", Audience::Office);
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    auditor.get("/account").await;
    let before = site.events();
    for id in [opened, matter] {
        let number = site.app.store.read(|read| read.matter(id)).expect("a state").expect("a matter").number;
        let page = auditor.get(&format!("/matters/{number}")).await;
        for (act, noun, _) in ACTS {
            let path = format!("/matters/{number}/{noun}");
            assert!(!page.body.contains(&format!("{path}\"")), "{path} is offered");
            assert_ne!(auditor.get(&path).await.status, StatusCode::OK, "{act:?}");
            let tried = auditor.post(&path, &[("note", "x"), ("reason", "x")]).await;
            assert!(!tried.status.is_success() && tried.status != StatusCode::SEE_OTHER, "{act:?}: {}", tried.status);
        }
    }
    for path in [
        "/matters/new",
        "/matters/assignment",
        "/notices",
        "/import",
        "/documents",
        "/organisation/units",
        "/organisation/officers",
        "/organisation/calendar/days",
        "/account/delegations",
        &format!("/organisation/units/{WATER}/names"),
    ] {
        let tried =
            auditor.post(path, &[("name_zh", "x"), ("quote", "x"), ("day", "2026-12-24"), ("rule", "free")]).await;
        assert!(!tried.status.is_success() && tried.status != StatusCode::SEE_OTHER, "{path}: {}", tried.status);
    }
    assert_eq!(site.events(), before, "the record stands as it did");
}
