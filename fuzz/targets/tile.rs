//! What a served log answers: paths, bundles of entries, tiles, and whatever stands for a checkpoint.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::{Signer, TilePath, bundle, parse_bundle};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(path) = std::str::from_utf8(bytes)
        && let Some(tile) = TilePath::parse(path)
    {
        assert_eq!(tile.to_string(), path);
    }
    if let Ok(entries) = parse_bundle(bytes) {
        assert_eq!(bundle(entries.iter().copied()).as_deref(), Some(bytes));
    }
    // A log of three events that is signed, and serves these bytes for everything else.
    let signer = Signer::new("luoshi.example/fuzz", &[7; 32]).expect("a name");
    let checkpoint = tlog::Checkpoint { origin: signer.name().into(), size: 3, root: tlog::EMPTY_ROOT };
    let note = checkpoint.sign(&signer).expect("its own name");
    let answer = |path: &str| Ok(if path == "checkpoint" { note.clone().into_bytes() } else { bytes.to_vec() });
    assert!(store::verify_log(&signer.vkey(), None, answer).is_err(), "no entries lead to the root of nothing");
    let _ = store::verify_log(&signer.vkey(), None, |_| Ok(bytes.to_vec()));
    let old = String::from_utf8_lossy(bytes).into_owned();
    let empty = tlog::Checkpoint { size: 0, ..checkpoint };
    let empty = empty.sign(&signer).expect("its own name");
    let _ = store::verify_log(&signer.vkey(), Some(&old), |_| Ok(empty.clone().into_bytes()));
});
