//! The clock is wrong for a while: nothing that was written then opens a door, or keeps anybody out, once it is right.

use super::*;

const TEN_YEARS: SignedDuration = SignedDuration::from_hours(3_652 * 24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn scopes() -> Scopes {
    Scopes::parse(["read"]).unwrap()
}

#[test]
fn what_was_begun_ten_years_ahead_ends_when_the_clock_is_put_right() {
    let door = Door::with_account();
    door.pass(TEN_YEARS);
    let session = door.sign_in(GOOD).unwrap();
    let token = door.access.make_token(zhou(), "report", &scopes(), TOKEN_LIFE_MAX, None).unwrap().unwrap().unwrap();
    let link = door.access.make_link(zhou(), Purpose::Reset).unwrap();
    let (_, browser) = door.access.know_device(&session, None).unwrap().unwrap();
    assert!(door.access.token(&token).unwrap().is_some() && door.access.link(&link).unwrap().is_some());
    door.pass(-TEN_YEARS);
    assert_eq!(door.access.sessions(zhou()).unwrap(), vec![]);
    assert!(door.access.session(&session).unwrap().is_none());
    assert!(door.access.token(&token).unwrap().is_none());
    assert!(door.access.link(&link).unwrap().is_none());
    let spent = door.access.reset_password(&link, &password("another horse battery"), Device::Other);
    assert!(matches!(spent, Err(AccessError::LinkSpent)));
    let login = Login::parse("zhou").unwrap();
    assert_eq!(door.access.known_device(&login, Some(&browser)).unwrap(), None);
    // Whoever comes now finds everything as it was.
    let session = door.sign_in(GOOD).unwrap();
    assert!(door.access.session(&session).unwrap().is_some());
}

#[test]
fn nobody_is_kept_out_for_ten_years() {
    let door = Door::with_account();
    door.pass(TEN_YEARS);
    for _ in 0..6 {
        assert!(matches!(door.sign_in("correct horse batterx"), Err(AccessError::WrongPassword)));
    }
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::Throttled { .. })));
    door.pass(-TEN_YEARS);
    assert_eq!(door.access.waits_until("zhou").unwrap(), None);
    assert!(door.sign_in(GOOD).is_ok());
}

#[test]
fn a_clock_that_is_set_back_a_little_frees_no_guesses_and_ends_no_session() {
    let door = Door::with_account();
    let session = door.sign_in(GOOD).unwrap();
    for _ in 0..6 {
        assert!(matches!(door.sign_in("correct horse batterx"), Err(AccessError::WrongPassword)));
    }
    door.pass(-SET_BACK_MAX);
    assert!(matches!(door.sign_in(GOOD), Err(AccessError::Throttled { .. })));
    assert!(door.access.session(&session).unwrap().is_some());
    door.pass(-TICK);
    assert!(door.access.session(&session).unwrap().is_none());
}

#[test]
fn a_session_begun_a_day_behind_ends_with_that_day() {
    let door = Door::with_account();
    door.pass(-DAY);
    let session = door.sign_in(GOOD).unwrap();
    assert!(door.access.session(&session).unwrap().is_some());
    door.pass(DAY);
    assert!(door.access.session(&session).unwrap().is_none());
}
