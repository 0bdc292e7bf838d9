mod clocks;

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use jiff::SignedDuration;
use ledger::id::CommandId;

use super::*;

struct Door {
    access: Access,
    now: Arc<AtomicI64>,
    _dir: tempfile::TempDir,
}

const START: i64 = 1_795_000_000_000_000;
const GOOD: &str = "correct horse battery";

impl Door {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(START));
        let (ticking, counter) = (now.clone(), AtomicU8::new(1));
        let clock: Clock = Arc::new(move || Timestamp::from_microsecond(ticking.load(Ordering::SeqCst)).unwrap());
        let random: Random = Arc::new(move |bytes| bytes.fill(counter.fetch_add(1, Ordering::SeqCst)));
        Self { access: Access::open(dir.path(), clock, random).unwrap(), now, _dir: dir }
    }

    fn with_account() -> Self {
        let door = Self::new();
        let link = door.access.make_link(zhou(), Purpose::Setup).unwrap();
        door.access.create_account(&link, &Login::parse("Zhou").unwrap(), &password(GOOD), Device::Computer).unwrap();
        door
    }

    fn pass(&self, time: SignedDuration) {
        self.now.fetch_add(time.as_micros() as i64, Ordering::SeqCst);
    }

    fn sign_in(&self, typed: &str) -> Result<Secret, AccessError> {
        self.access.sign_in("zhou", typed, Some([10, 0, 0, 1].into()), Device::Phone, None)
    }
}

fn zhou() -> OfficerId {
    OfficerId(Uuid::from_u128(7))
}

fn password(text: &str) -> Password {
    Password::parse("password", text, &[]).unwrap()
}

const TICK: SignedDuration = SignedDuration::from_micros(1);

#[test]
fn a_password_has_twelve_to_two_hundred_and_fifty_six_characters() {
    let code = |text: &str| Password::parse("password", text, &[]).err().map(|invalid| invalid.code);
    assert_eq!(code(""), Some("missing"));
    let of_length = |count: u32| (0..count).filter_map(|no| char::from_u32(0x4e00 + 7 * no)).collect::<String>();
    assert_eq!(code(&of_length(11)), Some("password-too-short"));
    assert_eq!(code(&of_length(12)), None);
    assert_eq!(code(&of_length(256)), None);
    assert_eq!(code(&of_length(257)), Some("password-too-long"));
    assert_eq!(code("Password12345"), Some("password-guessable"));
}

#[test]
fn a_login_is_compared_without_regard_to_case() {
    let door = Door::with_account();
    assert!(door.access.sign_in(" ZHOU ", GOOD, None, Device::Other, None).is_ok());
    assert_eq!(Login::parse("a b").unwrap_err().code, "login-blank-inside");
    assert_eq!(Login::parse(&"a".repeat(65)).unwrap_err().code, "login-too-long");
}

#[test]
fn the_right_password_opens_a_session_and_the_wrong_one_nothing() {
    let door = Door::with_account();
    let secret = door.sign_in(GOOD).unwrap();
    assert_eq!(door.access.session(&secret).unwrap().unwrap().officer, zhou());
    assert!(matches!(door.sign_in("correct horse batterx"), Err(AccessError::WrongPassword)));
    assert!(matches!(door.access.sign_in("nobody", GOOD, None, Device::Other, None), Err(AccessError::WrongPassword)));
}

#[test]
fn every_sign_in_begins_another_session_with_another_csrf_secret() {
    let door = Door::with_account();
    let (first, second) = (door.sign_in(GOOD).unwrap(), door.sign_in(GOOD).unwrap());
    let csrf = |secret| door.access.session(secret).unwrap().unwrap().csrf;
    assert_ne!(first, second);
    assert_ne!(csrf(&first), csrf(&second));
}

#[test]
fn an_idle_session_ends_at_an_hour_and_not_before() {
    let door = Door::with_account();
    let secret = door.sign_in(GOOD).unwrap();
    door.pass(SESSION_IDLE - TICK);
    assert!(door.access.session(&secret).unwrap().is_some());
    door.pass(SESSION_IDLE);
    assert!(door.access.session(&secret).unwrap().is_none());
}

#[test]
fn a_session_in_use_ends_at_twelve_hours_and_not_before() {
    let door = Door::with_account();
    let secret = door.sign_in(GOOD).unwrap();
    for _ in 0..23 {
        door.pass(SignedDuration::from_mins(30));
        assert!(door.access.session(&secret).unwrap().is_some());
    }
    door.pass(SignedDuration::from_mins(30) - TICK);
    assert!(door.access.session(&secret).unwrap().is_some());
    door.pass(TICK);
    assert!(door.access.session(&secret).unwrap().is_none());
}

#[test]
fn sessions_are_listed_and_ended_by_their_own_officer_only() {
    let door = Door::with_account();
    let (kept, other) = (door.sign_in(GOOD).unwrap(), door.sign_in(GOOD).unwrap());
    let (kept_id, other_id) = (kept.hash(), other.hash());
    assert_eq!(door.access.sessions(zhou()).unwrap().len(), 3, "the one of the setup link stands too");
    assert!(!door.access.end_session(OfficerId(Uuid::from_u128(8)), other_id).unwrap());
    assert!(door.access.end_session(zhou(), other_id).unwrap());
    assert!(door.access.session(&other).unwrap().is_none());
    assert_eq!(door.access.end_other_sessions(zhou(), kept_id).unwrap(), 1);
    door.access.sign_out(&kept).unwrap();
    assert!(door.access.session(&kept).unwrap().is_none());
}

#[test]
fn the_sixth_wrong_password_makes_even_the_right_one_wait() {
    let door = Door::with_account();
    for _ in 0..6 {
        assert!(matches!(door.sign_in("not the password"), Err(AccessError::WrongPassword)));
    }
    let Err(AccessError::Throttled { until }) = door.sign_in(GOOD) else { panic!("not throttled") };
    assert_eq!(until.as_microsecond(), START + 2_000_000);
    door.pass(SignedDuration::from_secs(2) - TICK);
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::Throttled { .. })));
    door.pass(TICK);
    assert!(door.sign_in(GOOD).is_ok());
    assert!(matches!(door.sign_in("not the password"), Err(AccessError::WrongPassword)), "it starts afresh");
    assert!(door.sign_in(GOOD).is_ok());
}

#[test]
fn nobody_keeps_an_officer_out_of_a_browser_he_has_signed_in_with_before() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    let (_, known) = door.access.know_device(&session, None).unwrap().expect("the session is live");
    let home = Some([10, 0, 0, 9].into());
    let knows = |typed: &str, with: &Secret| door.access.sign_in("zhou", typed, home, Device::Computer, Some(with));
    for no in 0..40 {
        let guess = door.access.sign_in("zhou", "not the password", home, Device::Other, None);
        assert!(matches!(guess, Err(AccessError::WrongPassword | AccessError::Throttled { .. })), "{no}");
        door.pass(SignedDuration::from_mins(16));
    }
    let stranger = door.access.sign_in("zhou", "not the password", home, Device::Other, None);
    assert!(matches!(stranger, Err(AccessError::WrongPassword)));
    assert!(matches!(door.access.sign_in("zhou", GOOD, home, Device::Other, None), Err(AccessError::Throttled { .. })));
    assert!(matches!(knows(GOOD, &door.access.secret()), Err(AccessError::Throttled { .. })), "made up");
    assert!(knows(GOOD, &known).is_ok());
    // What a stolen one is good for: six guesses, and then the wait that everybody has.
    for _ in 0..6 {
        assert!(matches!(knows("not the password", &known), Err(AccessError::WrongPassword)));
    }
    assert!(matches!(knows(GOOD, &known), Err(AccessError::Throttled { .. })));
}

#[test]
fn a_browser_is_known_for_one_officer_and_until_his_password_is_another() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    let (_, known) = door.access.know_device(&session, None).unwrap().expect("the session is live");
    assert_eq!(door.access.know_device(&session, Some(&known)).unwrap(), Some((zhou(), known.clone())), "it is kept");
    let login = |text| Login::parse(text).unwrap();
    assert!(door.access.known_device(&login("zhou"), Some(&known)).unwrap().is_some());
    assert!(door.access.known_device(&login("somebody"), Some(&known)).unwrap().is_none());
    door.pass(DEVICE_LIFE - TICK);
    assert!(door.access.known_device(&login("zhou"), Some(&known)).unwrap().is_some());
    door.pass(TICK);
    assert!(door.access.known_device(&login("zhou"), Some(&known)).unwrap().is_none());
    assert!(door.access.know_device(&session, Some(&known)).unwrap().is_none(), "the session is over");
    let session = door.sign_in(GOOD).unwrap();
    let (_, known) = door.access.know_device(&session, Some(&known)).unwrap().expect("the session is live");
    door.access.change_password(zhou(), GOOD, &password("eleven grey herons"), Device::Computer).unwrap();
    assert!(door.access.known_device(&login("zhou"), Some(&known)).unwrap().is_none());
}

#[test]
fn guesses_at_the_door_do_not_keep_whoever_is_in_from_changing_the_password() {
    let door = Door::with_account();
    for _ in 0..6 {
        assert!(matches!(door.sign_in("not the password"), Err(AccessError::WrongPassword)));
    }
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::Throttled { .. })));
    let new = password("eleven grey herons");
    for _ in 0..6 {
        let wrong = door.access.change_password(zhou(), "not the password", &new, Device::Other);
        assert!(matches!(wrong, Err(AccessError::WrongPassword)));
    }
    let slowed = door.access.change_password(zhou(), GOOD, &new, Device::Other);
    assert!(matches!(slowed, Err(AccessError::Throttled { .. })), "guesses from inside are slowed too");
    door.pass(SignedDuration::from_secs(2));
    assert!(door.access.change_password(zhou(), GOOD, &new, Device::Other).is_ok());
}

#[test]
fn an_unknown_login_is_slowed_like_a_known_one() {
    let door = Door::with_account();
    let guess = || door.access.sign_in("nobody", "whatever it is", None, Device::Other, None);
    for _ in 0..6 {
        assert!(matches!(guess(), Err(AccessError::WrongPassword)));
    }
    assert!(matches!(guess(), Err(AccessError::Throttled { .. })));
}

#[test]
fn an_address_that_guesses_at_many_logins_is_slowed() {
    let door = Door::with_account();
    let guess = |n: usize| {
        door.access.sign_in(&format!("login{n}"), "whatever", Some([10, 0, 0, 9].into()), Device::Other, None)
    };
    for n in 0..31 {
        assert!(matches!(guess(n), Err(AccessError::WrongPassword)), "{n}");
    }
    assert!(matches!(guess(31), Err(AccessError::Throttled { .. })));
    assert!(door.sign_in(GOOD).is_ok(), "another address is not");
}

#[test]
fn a_link_opens_once() {
    let door = Door::new();
    let link = door.access.make_link(zhou(), Purpose::Invite).unwrap();
    let login = Login::parse("zhou").unwrap();
    assert!(door.access.link(&link).unwrap().is_some());
    assert!(door.access.create_account(&link, &login, &password(GOOD), Device::Other).is_ok());
    assert!(door.access.link(&link).unwrap().is_none());
    let again = door.access.create_account(&link, &login, &password("kettle under nine lanterns"), Device::Other);
    assert!(matches!(again, Err(AccessError::LinkSpent)));
    assert!(door.sign_in(GOOD).is_ok(), "the first password stands");
}

#[test]
fn a_link_ends_at_three_days_and_a_newer_one_replaces_it() {
    let door = Door::new();
    let old = door.access.make_link(zhou(), Purpose::Invite).unwrap();
    let new = door.access.make_link(zhou(), Purpose::Invite).unwrap();
    assert!(door.access.link(&old).unwrap().is_none());
    door.pass(LINK_LIFE - TICK);
    assert!(door.access.link(&new).unwrap().is_some());
    door.pass(TICK);
    assert!(door.access.link(&new).unwrap().is_none());
    let late = door.access.create_account(&new, &Login::parse("zhou").unwrap(), &password(GOOD), Device::Other);
    assert!(matches!(late, Err(AccessError::LinkSpent)));
}

#[test]
fn a_taken_login_does_not_spend_the_link() {
    let door = Door::with_account();
    let link = door.access.make_link(OfficerId(Uuid::from_u128(8)), Purpose::Invite).unwrap();
    let create =
        |login| door.access.create_account(&link, &Login::parse(login).unwrap(), &password(GOOD), Device::Other);
    assert!(matches!(create("zhou"), Err(AccessError::LoginTaken)));
    assert!(create("wu").is_ok());
}

#[test]
fn a_reset_ends_every_session_and_token_and_makes_no_account() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    let scopes = Scopes::parse(["read"]).unwrap();
    let token = door.access.make_token(zhou(), "desk", &scopes, TOKEN_LIFE_MAX, None).unwrap().unwrap().unwrap();
    let link = door.access.make_link(zhou(), Purpose::Reset).unwrap();
    let login = Login::parse("zhou").unwrap();
    let misused = door.access.create_account(&link, &login, &password(GOOD), Device::Other);
    assert!(matches!(misused, Err(AccessError::LinkSpent)));
    let fresh = door.access.reset_password(&link, &password("eleven grey herons"), Device::Other).unwrap();
    assert!(door.access.session(&fresh).unwrap().is_some());
    assert!(door.access.session(&session).unwrap().is_none());
    assert!(door.access.token(&token).unwrap().is_none());
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::WrongPassword)));
    let stranger = door.access.make_link(OfficerId(Uuid::from_u128(9)), Purpose::Reset).unwrap();
    let none = door.access.reset_password(&stranger, &password(GOOD), Device::Other);
    assert!(matches!(none, Err(AccessError::NoAccount)));
}

#[test]
fn changing_the_password_asks_for_the_old_one_and_ends_the_other_sessions() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    let new = password("eleven grey herons");
    let change = |old| door.access.change_password(zhou(), old, &new, Device::Computer);
    assert!(matches!(change("not the old one"), Err(AccessError::WrongPassword)));
    assert!(door.access.session(&session).unwrap().is_some());
    let fresh = change(GOOD).unwrap();
    assert!(door.access.session(&session).unwrap().is_none());
    assert!(door.access.session(&fresh).unwrap().is_some());
}

#[test]
fn a_command_makes_one_token_whatever_it_says_the_second_time() {
    let door = Door::with_account();
    let scopes = Scopes::parse(["read"]).unwrap();
    let command = Some(CommandId(Uuid::from_u128(7)));
    let make = |label: &str| door.access.make_token(zhou(), label, &scopes, TOKEN_LIFE_MAX, command).unwrap().unwrap();
    let first = make("desk").unwrap();
    assert_eq!((make("desk"), make("scanner")), (None, None));
    assert!(door.access.token(&first).unwrap().is_some());
    assert_eq!(door.access.tokens(zhou()).unwrap().len(), 1);
}

#[test]
fn a_command_is_its_officers_own_and_its_token_is_live_until_it_is_revoked() {
    let door = Door::with_account();
    let scopes = Scopes::parse(["read"]).unwrap();
    let (command, other) = (CommandId(Uuid::from_u128(7)), OfficerId(Uuid::from_u128(8)));
    let make = |officer| {
        door.access
            .make_token(officer, "desk", &scopes, SignedDuration::from_hours(24), Some(command))
            .unwrap()
            .unwrap()
    };
    assert!(make(zhou()).is_some() && make(other).is_some(), "another officer's form is another form");
    let is_live = |officer| door.access.is_made_and_live(officer, command).unwrap();
    assert!(is_live(zhou()) && is_live(other));
    let line = &door.access.tokens(zhou()).unwrap()[0];
    assert!(door.access.revoke_token(zhou(), line.id).unwrap());
    assert_eq!((is_live(zhou()), make(zhou())), (false, None), "revoked, and not made again");
    door.pass(SignedDuration::from_hours(24) - TICK);
    assert!(is_live(other));
    door.pass(TICK);
    assert!(!is_live(other), "expired");
}

#[test]
fn a_token_opens_until_it_expires_or_is_revoked() {
    let door = Door::with_account();
    let scopes = Scopes::parse(["act", "read", "act"]).unwrap();
    let token = |life| door.access.make_token(zhou(), "desk", &scopes, life, None).unwrap().unwrap().unwrap();
    let (short, long) = (token(SignedDuration::from_hours(24)), token(SignedDuration::from_hours(48)));
    assert!(door.access.token(&short).unwrap().unwrap().scopes.hold(Scope::Act));
    assert!(!door.access.token(&short).unwrap().unwrap().scopes.hold(Scope::Ingest));
    door.pass(SignedDuration::from_hours(24) - TICK);
    assert!(door.access.token(&short).unwrap().is_some());
    door.pass(TICK);
    assert!(door.access.token(&short).unwrap().is_none());
    let line = door
        .access
        .tokens(zhou())
        .unwrap()
        .into_iter()
        .find(|line| line.expires.as_microsecond() > START + 90_000_000_000)
        .unwrap();
    assert!(door.access.token(&long).unwrap().is_some());
    assert!(!door.access.revoke_token(OfficerId(Uuid::from_u128(8)), line.id).unwrap());
    assert!(door.access.revoke_token(zhou(), line.id).unwrap());
    assert!(door.access.token(&long).unwrap().is_none());
    assert!(!door.access.revoke_token(zhou(), line.id).unwrap(), "once is enough");
}

#[test]
fn a_token_that_was_never_made_opens_nothing() {
    let door = Door::with_account();
    let unknown = format!("luoshi_{}", Secret([9; 32]).reveal());
    for sent in ["", "luoshi_", "luoshi_x", &unknown, &Secret([9; 32]).reveal()] {
        assert!(door.access.token(sent).unwrap().is_none(), "{sent}");
    }
    assert_eq!(Scopes::parse([]).unwrap_err().code, "scope-missing");
    assert_eq!(Scopes::parse(["all"]).unwrap_err().code, "unknown-scope");
}

#[test]
fn the_file_holds_neither_secret_nor_password() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    let kept: Vec<Vec<u8>> = {
        let connection = door.access.lock().unwrap();
        let mut statement = connection.prepare("SELECT hash FROM session").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(kept.iter().all(|hash| hash != &session.0));
    let hash: String =
        door.access.lock().unwrap().query_row("SELECT password FROM account", [], |row| row.get(0)).unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

#[test]
fn a_closed_account_leaves_no_way_in() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    door.access.close_account(zhou()).unwrap();
    assert!(door.access.session(&session).unwrap().is_none());
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::WrongPassword)));
    assert!(!door.access.anybody().unwrap());
}

#[test]
fn views_are_the_officers_own_are_bounded_and_one_of_them_is_where_he_begins() {
    let (door, other) = (Door::new(), OfficerId(Uuid::from_u128(8)));
    let keep = |name: &str| door.access.keep_view(zhou(), name, "standing=late").unwrap();
    let late = keep(" Late  ones ").unwrap();
    assert_eq!(late.name, "Late ones");
    let code = |name: &str| keep(name).err().map(|invalid| invalid.code);
    assert_eq!(code("late ONES"), Some("view-name-taken"));
    assert_eq!(code("  "), Some("missing"));
    assert_eq!(code(&"看".repeat(61)), Some("view-name-too-long"));
    let mine = keep("Mine").unwrap();
    assert!(door.access.begin_with_view(zhou(), Some(late.id)).unwrap());
    assert!(door.access.begin_with_view(zhou(), Some(mine.id)).unwrap());
    let begins =
        |views: Vec<View>| views.into_iter().filter(|view| view.is_default).map(|view| view.name).collect::<Vec<_>>();
    assert_eq!(begins(door.access.views(zhou()).unwrap()), ["Mine"]);
    for done in [
        door.access.begin_with_view(other, Some(late.id)).unwrap(),
        door.access.forget_view(other, late.id).unwrap(),
        door.access.rename_view(other, late.id, "Taken over").unwrap().unwrap().is_some(),
    ] {
        assert!(!done, "nobody touches another's views");
    }
    assert_eq!(begins(door.access.views(zhou()).unwrap()), ["Mine"]);
    assert_eq!(door.access.rename_view(zhou(), late.id, "LATE ones").unwrap(), Ok(Some("LATE ones".into())));
    (2..VIEWS_MAX).for_each(|n| drop(keep(&format!("View {n}")).unwrap()));
    assert_eq!(code("One more"), Some("too-many-views"));
    assert!(door.access.forget_view(zhou(), mine.id).unwrap());
    door.access.close_account(zhou()).unwrap();
    assert_eq!(door.access.views(zhou()).unwrap(), []);
}

fn reading(no: u128) -> Reading {
    Reading { kind: ReadKind::Matter, matter: Some(ledger::id::MatterId(Uuid::from_u128(no))), file: None }
}

fn by(officer: u128, other: Option<u128>) -> ledger::matter::Hand {
    let id = |no| OfficerId(Uuid::from_u128(no));
    ledger::matter::Hand { officer: id(officer), on_behalf: other.map(id) }
}

#[test]
fn the_read_log_is_found_by_officer_place_matter_and_instant_the_latest_first() {
    let door = Door::new();
    door.access.note_read(by(1, None), &[reading(10), reading(11)]).unwrap();
    door.pass(TICK);
    door.access.note_read(by(2, Some(1)), &[reading(10)]).unwrap();
    let log = |filter: ReadFilter| door.access.read_log(&filter, None, 500).unwrap();
    let all = log(ReadFilter::default());
    assert_eq!(
        all.iter().map(|line| (line.by, line.what)).collect::<Vec<_>>(),
        [(by(2, Some(1)), reading(10)), (by(1, None), reading(11)), (by(1, None), reading(10))]
    );
    assert_eq!(log(ReadFilter { officer: Some(by(1, None).officer), ..Default::default() }).len(), 3);
    assert_eq!(log(ReadFilter { officer: Some(by(2, None).officer), ..Default::default() }).len(), 1);
    assert_eq!(log(ReadFilter { matter: reading(10).matter, ..Default::default() }).len(), 2);
    assert_eq!(log(ReadFilter { from: Some(all[0].at), ..Default::default() }).len(), 1);
    assert_eq!(log(ReadFilter { until: Some(all[0].at), ..Default::default() }).len(), 2);
    let rest = door.access.read_log(&ReadFilter::default(), Some((all[1].at, all[1].id)), 500).unwrap();
    assert_eq!(rest, all[2..]);
}

#[test]
fn a_read_is_kept_for_three_years_and_let_go_of_at_a_sign_in() {
    let door = Door::with_account();
    door.access.note_read(by(1, None), &[reading(10)]).unwrap();
    let left = || door.access.read_log(&ReadFilter::default(), None, 500).unwrap().len();
    door.pass(READ_LOG_LIFE - TICK);
    door.sign_in(GOOD).unwrap();
    assert_eq!(left(), 1);
    door.pass(TICK);
    door.access.close_account(by(1, None).officer).unwrap();
    assert_eq!(left(), 1, "what an officer read stays when the account goes");
    door.sign_in(GOOD).unwrap();
    assert_eq!(left(), 0);
}

#[test]
fn an_import_is_forgotten_after_a_day_unless_it_is_under_way() {
    let door = Door::new();
    let make = |id: u128, state: ImportState| {
        let import = Import {
            id: Uuid::from_u128(id),
            officer: zhou(),
            name: "台账.xlsx".into(),
            file: ledger::id::EvidenceId(Uuid::from_u128(id)),
            sha256: String::new(),
            settings: "{}".into(),
            state,
            done: 0,
            total: 0,
            opened: 0,
            created: door.access.now(),
        };
        door.access.make_import(&import).unwrap();
        door.access.move_import(import.id, &[ImportState::Checked], state, 1).unwrap();
    };
    make(1, ImportState::Checked);
    make(2, ImportState::Running);
    make(3, ImportState::Done);
    let left = || {
        door.access.sweep_imports().unwrap();
        [1, 2, 3].map(|id| door.access.import(Uuid::from_u128(id)).unwrap().is_some())
    };
    door.pass(SignedDuration::from_hours(24));
    assert_eq!(left(), [true, true, true]);
    door.pass(TICK);
    assert_eq!(left(), [false, true, false]);
}
