use ledger::act::Act;
use ledger::audience::Audience;
use ledger::matter::PublicItem;
use tlog::{Checkpoint, Verifier};

use super::office::{CLERK, Office, WATER_HEAD};
use crate::{Disclosure, ProofError, VerifyError, verify_log, verify_proof};

fn fetch(office: &Office) -> impl FnMut(&str) -> Result<Vec<u8>, String> {
    |path| match office.store.log_file(path) {
        Ok(Some(file)) => Ok(file.bytes),
        Ok(None) => Err("not found".into()),
        Err(fault) => Err(fault.to_string()),
    }
}

#[test]
fn the_served_log_verifies_and_one_flipped_byte_does_not() {
    let office = Office::new();
    for n in 0..300 {
        office.open_matter(&format!("Matter {n}"), Audience::Office);
    }
    office.store.checkpoint_now().expect("a checkpoint");
    let vkey = office.store.vkey();
    let verified = verify_log(&vkey, None, fetch(&office)).expect("it holds");
    assert!(verified.events > 300);
    let note = String::from_utf8(fetch(&office)("checkpoint").expect("signed")).expect("text");
    office.open_matter("One more", Audience::Office);
    office.store.checkpoint_now().expect("a checkpoint");
    assert_eq!(
        verify_log(&vkey, Some(&note), fetch(&office)).expect("it holds").old.map(|old| old.size),
        Some(verified.events)
    );
    let mut honest = fetch(&office);
    let lie = verify_log(&vkey, None, |path| {
        let mut bytes = honest(path)?;
        if path.starts_with("tile/entries/001") {
            bytes[40] ^= 1;
        }
        Ok(bytes)
    });
    assert!(matches!(lie, Err(VerifyError::Failed(_))), "{lie:?}");
    for path in ["", "tile", "tile/0/000.p/999", "tile/0/999", "tile/entries/999", "../settings.json", "tile/9/000"] {
        assert_eq!(office.store.log_file(path).expect("a log"), None, "{path}");
    }
    let tile = office.store.log_file("tile/0/000").expect("a log").expect("a full tile");
    assert!(tile.is_final && tile.bytes.len() == 256 * 32);
}

#[test]
fn checkpoints_are_those_of_the_tree() {
    let office = Office::new();
    office.store.checkpoint_now().expect("a checkpoint");
    let note = String::from_utf8(fetch(&office)("checkpoint").expect("signed")).expect("text");
    let verifier = Verifier::parse(&office.store.vkey()).expect("a key");
    let checkpoint = Checkpoint::open(&note, &verifier).expect("its own signature");
    assert_eq!(checkpoint.root, office.store.inner.with_tree(|tree| tree.upper.root()));
}

#[test]
fn a_proof_holds_offline_and_gives_the_public_only_what_was_published() {
    let office = Office::new();
    let matter = office.open_matter("Dredge the outfall", Audience::Office);
    office.assign(matter);
    office.act(WATER_HEAD, matter, Act::SignFor).expect("the lead may");
    let items = [PublicItem::Directive, PublicItem::Due].into();
    office.act(CLERK, matter, Act::Publish { items }).expect("the head may");
    office.store.checkpoint_now().expect("a checkpoint");
    let matter = office.store.read(|read| read.matter(matter)).expect("a state").expect("it was opened");
    let vkey = office.store.vkey();
    let proof = office.store.proof(&matter, Disclosure::Office).expect("a proof").expect("signed");
    let proven = verify_proof(&proof, &vkey, None).expect("it holds");
    assert_eq!(proven.events.len(), 4);
    assert!(proven.events[0].parts[0].is_some() && proven.events[1].parts[0].is_some());

    let public = office.store.proof(&matter, Disclosure::Public).expect("a proof").expect("signed");
    let proven = verify_proof(&public, &vkey, None).expect("it holds");
    let kinds: Vec<&str> = proven.events.iter().map(|event| event.body.kind.as_str()).collect();
    assert_eq!(kinds, ["Opened", "Published"]);
    assert!(!public.contains("inspections") && proven.events[0].parts[0].is_some());

    let note = String::from_utf8(fetch(&office)("checkpoint").expect("signed")).expect("text");
    verify_proof(&proof, &vkey, Some(&note)).expect("the same history");
    let other = tlog::Signer::new("luoshi.qinghe.example/test", &[3; 32]).expect("a name");
    assert!(matches!(verify_proof(&proof, &other.vkey(), None), Err(ProofError::Checkpoint(_))));
    assert!(matches!(verify_proof(&proof, "nonsense", None), Err(ProofError::Key)));
    assert!(matches!(verify_proof("{}", &vkey, None), Err(ProofError::Malformed(_))));
    // Every value in the file is bound: flip one character of any base64 string and it no longer holds.
    let json: serde_json::Value = serde_json::from_str(&proof).expect("JSON");
    for (at, _) in ["salt", "body", "path", "parts"].iter().enumerate() {
        let mut lie = json.clone();
        let event = &mut lie["events"][0];
        let place = match at {
            0 => &mut event["salt"],
            1 => &mut event["body"],
            2 => &mut event["path"][0],
            _ => &mut event["parts"][0]["value"],
        };
        let text = place.as_str().expect("base64").to_owned();
        let flipped = if text.starts_with('A') { "B" } else { "A" };
        *place = format!("{flipped}{}", &text[1..]).into();
        let refused = verify_proof(&lie.to_string(), &vkey, None);
        assert!(matches!(refused, Err(ProofError::Event { .. })), "{at}: {refused:?}");
    }
}
