//! A sealed part: its plaintext is a salt and a canonical object, under its holder's key, bound to its place.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ledger::id::{EventId, Holder};

use crate::access::Random;
use crate::error::StoreFault;
use crate::keys::HolderKey;

/// Bytes of the salt before the part.
pub(crate) const SALT_BYTES: usize = 32;

/// A part as its row holds it.
pub(crate) struct SealedPart {
    pub(crate) nonce: [u8; 24],
    pub(crate) ct: Vec<u8>,
}

/// Where a part stands, and whose it is: what it is bound to.
pub(crate) struct Place<'a> {
    pub(crate) event: EventId,
    pub(crate) pos: u16,
    pub(crate) holder: &'a Holder,
}

/// Seals `salted` (salt and part) for its place.
pub(crate) fn seal(
    key: &HolderKey,
    place: &Place<'_>,
    salted: &[u8],
    random: &Random,
) -> Result<SealedPart, StoreFault> {
    let mut nonce = [0; 24];
    random(&mut nonce);
    let payload = Payload { msg: salted, aad: &place.bytes() };
    let ct = XChaCha20Poly1305::new(&Key::from(**key))
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| StoreFault::Sealed("a part"))?;
    Ok(SealedPart { nonce, ct })
}

/// Opens it again, to salt and part.
pub(crate) fn open(key: &HolderKey, place: &Place<'_>, nonce: [u8; 24], ct: &[u8]) -> Result<Vec<u8>, StoreFault> {
    let payload = Payload { msg: ct, aad: &place.bytes() };
    XChaCha20Poly1305::new(&Key::from(**key))
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| StoreFault::Sealed("a part"))
        .and_then(|salted| match salted.len() {
            0..SALT_BYTES => Err(StoreFault::Malformed("a part")),
            SALT_BYTES.. => Ok(salted),
        })
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        [self.event.0.as_bytes().as_slice(), &self.pos.to_be_bytes(), self.holder.to_string().as_bytes()].concat()
    }
}
