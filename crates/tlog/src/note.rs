//! Signed notes (C2SP `signed-note`): a text, a blank line, and signature lines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature as Ed25519Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// At most this many bytes in a note.
pub const NOTE_BYTES_MAX: usize = 1 << 20;
/// At most this many signature lines; verifiers must take at least 16.
pub const SIGNATURES_MAX: usize = 64;

/// What kind of key and signature: the byte that goes into the key's id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignatureKind {
    /// 0x01: Ed25519 over the note's text.
    Ed25519,
    /// 0x04: a time-stamped Ed25519 cosignature of a checkpoint.
    Cosignature,
}

impl SignatureKind {
    fn byte(self) -> u8 {
        match self {
            SignatureKind::Ed25519 => 0x01,
            SignatureKind::Cosignature => 0x04,
        }
    }
}

/// Why a note or key is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoteError {
    /// Longer than `NOTE_BYTES_MAX`, or more than `SIGNATURES_MAX` signature lines.
    #[error("the note is too large")]
    TooLarge,
    /// Not a text, a blank line and signature lines.
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    /// The verifier key is not `name+hex+base64` of a known kind, or its id does not belong to it.
    #[error("not a verifier key")]
    VerifierKey,
    /// A signature by the key's name and id does not verify.
    #[error("the signature of {0} does not verify")]
    BadSignature(String),
    /// The key has not signed.
    #[error("no signature of {0}")]
    NotSigned(String),
}

/// One signature line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// Name of the key.
    pub name: String,
    /// First four bytes of the key's hash.
    pub key_id: [u8; 4],
    /// The signature itself.
    pub bytes: Vec<u8>,
}

/// A note as read. Its text ends in a newline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What is signed.
    pub text: String,
    /// The signatures, in order; unknown ones too.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// Reads a note. Errors: `TooLarge`, `Malformed`.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::TooLarge);
        }
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Malformed("control character"));
        }
        let split = note.rfind("\n\n").ok_or(NoteError::Malformed("no blank line"))?;
        let (text, lines) = (&note[..=split], &note[split + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed("no newline at the end"))?;
        let lines: Vec<&str> = lines.split('\n').collect();
        if lines.len() > SIGNATURES_MAX {
            return Err(NoteError::TooLarge);
        }
        let signatures = lines.into_iter().map(Signature::parse).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Checks the one signature of `verifier`'s key. Others are ignored. Errors: `NotSigned`, `BadSignature`.
    pub fn verify(&self, verifier: &Verifier) -> Result<&Signature, NoteError> {
        let mut own = self.signatures.iter().filter(|s| s.name == verifier.name && s.key_id == verifier.key_id);
        let signature = own.next().ok_or_else(|| NoteError::NotSigned(verifier.name.clone()))?;
        if own.next().is_some() {
            return Err(NoteError::Malformed("two signatures of one key"));
        }
        match verifier.check(&self.text, &signature.bytes) {
            true => Ok(signature),
            false => Err(NoteError::BadSignature(verifier.name.clone())),
        }
    }
}

impl Signature {
    fn parse(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix("\u{2014} ").ok_or(NoteError::Malformed("signature line"))?;
        let (name, encoded) = rest.split_once(' ').ok_or(NoteError::Malformed("signature line"))?;
        let bytes = STANDARD.decode(encoded).map_err(|_| NoteError::Malformed("signature is not base64"))?;
        let (key_id, bytes) = bytes.split_first_chunk::<4>().ok_or(NoteError::Malformed("signature is too short"))?;
        if !is_key_name(name) || bytes.is_empty() {
            return Err(NoteError::Malformed("signature line"));
        }
        Ok(Self { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_vec() })
    }

    /// The line as it stands in a note, with its newline.
    pub fn line(&self) -> String {
        let encoded = STANDARD.encode([&self.key_id[..], &self.bytes].concat());
        format!("\u{2014} {} {encoded}\n", self.name)
    }
}

/// Not empty, no spaces, no plus sign.
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// First four bytes of SHA-256(name ‖ 0x0A ‖ kind ‖ public key).
pub(crate) fn key_id(name: &str, kind: SignatureKind, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::new_with_prefix(name.as_bytes()).chain_update([0x0a, kind.byte()]).chain_update(key.as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// A key that signs notes with Ed25519.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// The key of this name from its 32 secret bytes; none if the name is empty or holds a space or plus sign.
    pub fn new(name: &str, seed: &[u8; 32]) -> Option<Self> {
        is_key_name(name).then(|| Self { name: name.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key as `name+hex id+base64(kind ‖ key)`.
    pub fn vkey(&self) -> String {
        vkey(&self.name, SignatureKind::Ed25519, &self.key.verifying_key())
    }

    /// The note of `text`, which must end in a newline.
    pub fn sign(&self, text: &str) -> String {
        let key_id = key_id(&self.name, SignatureKind::Ed25519, &self.key.verifying_key());
        let bytes = self.key.sign(text.as_bytes()).to_bytes().to_vec();
        let line = Signature { name: self.name.clone(), key_id, bytes }.line();
        format!("{text}\n{line}")
    }
}

pub(crate) fn vkey(name: &str, kind: SignatureKind, key: &VerifyingKey) -> String {
    let id: String = key_id(name, kind, key).iter().map(|b| format!("{b:02x}")).collect();
    format!("{name}+{id}+{}", STANDARD.encode([&[kind.byte()][..], key.as_bytes()].concat()))
}

/// A public key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verifier {
    name: String,
    key_id: [u8; 4],
    kind: SignatureKind,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads `name+hex id+base64(kind ‖ key)`. Errors: `VerifierKey`.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        let read = || {
            let (name, rest) = vkey.split_once('+')?;
            let (id, encoded) = rest.split_once('+')?;
            let bytes = STANDARD.decode(encoded).ok()?;
            let (kind, key) = bytes.split_first()?;
            let kind = [SignatureKind::Ed25519, SignatureKind::Cosignature].into_iter().find(|k| k.byte() == *kind)?;
            let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
            let key_id = key_id(name, kind, &key);
            let written: String = key_id.iter().map(|b| format!("{b:02x}")).collect();
            (is_key_name(name) && id == written).then(|| Self { name: name.to_owned(), key_id, kind, key })
        };
        read().ok_or(NoteError::VerifierKey)
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What kind of signatures it checks.
    pub fn kind(&self) -> SignatureKind {
        self.kind
    }

    fn check(&self, text: &str, signature: &[u8]) -> bool {
        let (signed, signature) = match self.kind {
            SignatureKind::Ed25519 => (text.to_owned(), Some(signature)),
            SignatureKind::Cosignature => match signature.split_first_chunk::<8>() {
                Some((time, signature)) => {
                    (crate::cosignature::signed_text(u64::from_be_bytes(*time), text), Some(signature))
                }
                None => (String::new(), None),
            },
        };
        let signature = signature.and_then(|bytes| Ed25519Signature::from_slice(bytes).ok());
        signature.is_some_and(|signature| self.key.verify_strict(signed.as_bytes(), &signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_verifies_and_any_change_to_it_does_not() {
        let signer = Signer::new("log.example/qinghe", &[7; 32]).expect("a name");
        let verifier = Verifier::parse(&signer.vkey()).expect("its own key");
        let note = signer.sign("log.example/qinghe\n1\nabc\n");
        Note::parse(&note).expect("a note").verify(&verifier).expect("signed");
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let accepted = Note::parse(&changed).and_then(|note| note.verify(&verifier).map(|_| ())).is_ok();
            assert!(!accepted, "byte {at} flipped was accepted");
        }
    }

    #[test]
    fn unknown_signatures_are_ignored_and_doubled_ones_refused() {
        let signer = Signer::new("one", &[1; 32]).expect("a name");
        let verifier = Verifier::parse(&signer.vkey()).expect("its own key");
        let other = Signer::new("two", &[2; 32]).expect("a name");
        let (mine, theirs) = (signer.sign("text\n"), other.sign("text\n"));
        let line = theirs.lines().last().expect("a signature");
        let both = format!("{mine}{line}\n");
        Note::parse(&both).expect("a note").verify(&verifier).expect("signed");
        let twice = format!("{mine}{}\n", mine.lines().last().expect("a signature"));
        assert!(Note::parse(&twice).expect("a note").verify(&verifier).is_err());
        assert!(Note::parse(&theirs).expect("a note").verify(&verifier).is_err());
    }

    #[test]
    fn a_key_whose_id_does_not_belong_to_it_is_refused() {
        let signer = Signer::new("one", &[1; 32]).expect("a name");
        let vkey = signer.vkey();
        assert!(Verifier::parse(&vkey.replacen("one", "two", 1)).is_err());
        for broken in ["", "one", "one+00000000+", &vkey[..vkey.len() - 4]] {
            assert_eq!(Verifier::parse(broken), Err(NoteError::VerifierKey));
        }
    }
}
