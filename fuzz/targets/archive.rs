//! The two archives of a backup, changed anywhere: what is restored verifies, or nothing is left. Bytes 0xFF 0xFF part them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use store::Restoring;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
    let at = folder.path();
    let middle = bytes.windows(2).position(|pair| pair == [0xFF, 0xFF]).unwrap_or(bytes.len());
    let (data, keys) = (at.join("data.tar"), at.join("keys.tar"));
    std::fs::write(&data, &bytes[..middle]).expect("space");
    std::fs::write(&keys, bytes.get(middle + 2..).unwrap_or_default()).expect("space");
    let dir = at.join("inner").join("record");
    std::fs::create_dir(at.join("inner")).expect("a folder");
    let restoring = Restoring { data, keys, dir: dir.clone(), checkpoints: None, new_origin: None };
    if store::restore(&restoring).is_err() {
        assert_eq!(std::fs::read_dir(at.join("inner")).expect("a folder").count(), 0, "something was left");
    }
    assert_eq!(std::fs::read_dir(at).expect("a folder").count(), 3, "something was written elsewhere");
});
