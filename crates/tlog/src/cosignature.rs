//! Witness cosignatures (C2SP `tlog-cosignature`, v1): a witness says when it saw a checkpoint that extends the last.

use ed25519_dalek::{Signer as _, SigningKey};

use crate::note::{Note, NoteError, Signature, SignatureKind, Verifier, is_key_name, key_id};

/// What a witness signs: its header with the time, and the checkpoint's text.
pub(crate) fn signed_text(time: u64, checkpoint: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{checkpoint}")
}

/// A witness's signature line for the checkpoint text at `time` (seconds since 1970); none if the name is no key name.
pub fn cosign(name: &str, seed: &[u8; 32], checkpoint: &str, time: u64) -> Option<Signature> {
    if !is_key_name(name) {
        return None;
    }
    let key = SigningKey::from_bytes(seed);
    let signature = key.sign(signed_text(time, checkpoint).as_bytes());
    let key_id = key_id(name, SignatureKind::Cosignature, &key.verifying_key());
    Some(Signature { name: name.to_owned(), key_id, bytes: [&time.to_be_bytes()[..], &signature.to_bytes()].concat() })
}

/// Checks a witness's cosignature on a note and gives its time, in seconds since 1970. Errors: `NoteError`.
pub fn verify_cosignature(note: &Note, witness: &Verifier) -> Result<u64, NoteError> {
    if witness.kind() != SignatureKind::Cosignature {
        return Err(NoteError::VerifierKey);
    }
    let signature = note.verify(witness)?;
    let (time, _) = signature.bytes.split_first_chunk::<8>().ok_or(NoteError::Malformed("cosignature is too short"))?;
    Ok(u64::from_be_bytes(*time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Signer, vkey};

    #[test]
    fn a_cosignature_binds_time_and_checkpoint() {
        let log = Signer::new("log", &[1; 32]).expect("a name");
        let text = "log\n1\nabc\n";
        let line = cosign("witness", &[2; 32], text, 1_790_000_000).expect("a name").line();
        let key = SigningKey::from_bytes(&[2; 32]).verifying_key();
        let witness = Verifier::parse(&vkey("witness", SignatureKind::Cosignature, &key)).expect("its own key");
        let note = Note::parse(&format!("{}{line}", log.sign(text))).expect("a note");
        assert_eq!(verify_cosignature(&note, &witness), Ok(1_790_000_000));
        let mut later = note.clone();
        later.signatures[1].bytes[7] ^= 1;
        assert!(verify_cosignature(&later, &witness).is_err());
        let other = Note { text: "log\n2\nabc\n".into(), ..note };
        assert!(verify_cosignature(&other, &witness).is_err());
    }
}
