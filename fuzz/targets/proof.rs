//! Proof files, and the older checkpoints that they are held against: bytes 0xFF part the two.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::Signer;

fuzz_target!(|bytes: &[u8]| {
    let vkey = Signer::new("city.example/log", &[7; 32]).expect("a name").vkey();
    let mut parts = bytes.splitn(2, |byte| *byte == 0xFF).map(String::from_utf8_lossy);
    let (proof, old) = (parts.next().unwrap_or_default(), parts.next());
    let _ = store::verify_proof(&proof, &vkey, old.as_deref());
    // Whatever stands in it for a checkpoint is signed, so that what follows is reached.
    let Some((before, rest)) = proof.split_once("\"checkpoint\":\"") else { return };
    let Some((_, after)) = rest.split_once('"') else { return };
    let signer = Signer::new("city.example/log", &[7; 32]).expect("a name");
    let checkpoint = tlog::Checkpoint { origin: signer.name().into(), size: 1, root: tlog::EMPTY_ROOT };
    let note = checkpoint.sign(&signer).expect("its own name").replace('\n', "\\n");
    let _ = store::verify_proof(&format!("{before}\"checkpoint\":\"{note}\"{after}"), &vkey, None);
});
