//! Notes, checkpoints, keys, cosignatures and proofs of inclusion, as they come from anywhere.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tlog::{Checkpoint, Note, Signer, TlogProof, Verifier};

fuzz_target!(|text: &str| {
    let signer = Signer::new("luoshi.example/fuzz", &[7; 32]).expect("a name");
    let verifier = Verifier::parse(&signer.vkey()).expect("its own key");
    if let Ok(note) = Note::parse(text) {
        let _ = note.verify(&verifier);
        // A note that is signed by us says what was signed.
        let signed = signer.sign(&note.text);
        let again = Note::parse(&signed).expect("a note that was just signed");
        assert_eq!(again.text, note.text);
        again.verify(&verifier).expect("a note that was just signed");
        let _ = tlog::verify_cosignature(&note, &verifier);
    }
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        assert_eq!(checkpoint.text(), text);
    }
    let _ = Checkpoint::open(text, &verifier);
    if let Ok(parsed) = Verifier::parse(text) {
        let _ = parsed.name();
    }
    if let Ok(proof) = TlogProof::parse(text) {
        assert_eq!(proof.text(), text);
        let _ = proof.verify(b"entry", &verifier);
    }
});
