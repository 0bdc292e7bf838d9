//! A sealed file: chunks under one key, each bound to its place and the last marked as such.

use std::io::{self, Read, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::aead::{KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305};

use crate::error::StoreFault;
use crate::keys::HolderKey;

/// Plaintext bytes of one chunk.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// Of the 24 bytes of a nonce, 5 count the chunks and mark the last.
pub(crate) const NONCE: usize = 19;

/// Seals what is written to it. Without `finish` the file cannot be read.
pub(crate) struct Sealer<W> {
    out: W,
    cipher: EncryptorBE32<XChaCha20Poly1305>,
    bound_to: [u8; 16],
    waiting: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub(crate) fn new(out: W, key: &HolderKey, nonce: &[u8; NONCE], bound_to: [u8; 16]) -> Self {
        let cipher = EncryptorBE32::from_aead(XChaCha20Poly1305::new(&Key::from(**key)), &(*nonce).into());
        Self { out, cipher, bound_to, waiting: Vec::with_capacity(CHUNK) }
    }

    /// Takes more bytes in.
    pub(crate) fn put(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            // A full chunk is written only once more follows: the last one is marked as such.
            if self.waiting.len() == CHUNK {
                let payload = Payload { msg: &self.waiting, aad: &self.bound_to };
                let sealed = self.cipher.encrypt_next(payload).map_err(|_| io::Error::other("too many chunks"))?;
                self.out.write_all(&sealed)?;
                self.waiting.clear();
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Writes the last chunk, and gives back what was written to.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let payload = Payload { msg: &self.waiting, aad: &self.bound_to };
        let sealed = self.cipher.encrypt_last(payload).map_err(|_| io::Error::other("too many chunks"))?;
        self.out.write_all(&sealed)?;
        Ok(self.out)
    }
}

/// Opens a sealed file, chunk by chunk.
pub(crate) struct Opener<R> {
    input: R,
    cipher: Option<DecryptorBE32<XChaCha20Poly1305>>,
    bound_to: [u8; 16],
    next: Vec<u8>,
}

impl<R: Read> Opener<R> {
    pub(crate) fn new(input: R, key: &HolderKey, nonce: &[u8; NONCE], bound_to: [u8; 16]) -> io::Result<Self> {
        let cipher = DecryptorBE32::from_aead(XChaCha20Poly1305::new(&Key::from(**key)), &(*nonce).into());
        let mut opener = Self { input, cipher: Some(cipher), bound_to, next: vec![] };
        opener.next = opener.sealed_chunk()?;
        Ok(opener)
    }

    /// The next bytes; none at the end. Errors: `Sealed` where the file was changed or cut short; `File` under the name
    /// `what` where it cannot be read.
    pub(crate) fn next_chunk(&mut self, what: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        if self.cipher.is_none() {
            return Ok(None);
        }
        let after = self.sealed_chunk().map_err(StoreFault::file(what))?;
        let chunk = std::mem::replace(&mut self.next, after);
        let payload = Payload { msg: &chunk, aad: &self.bound_to };
        let broken = |_| StoreFault::Sealed("a file");
        if self.next.is_empty() {
            let Some(cipher) = self.cipher.take() else { return Ok(None) };
            return cipher.decrypt_last(payload).map_err(broken).map(Some);
        }
        let Some(cipher) = &mut self.cipher else { return Ok(None) };
        cipher.decrypt_next(payload).map_err(broken).map(Some)
    }

    fn sealed_chunk(&mut self) -> io::Result<Vec<u8>> {
        let mut chunk = Vec::new();
        (&mut self.input).take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
        Ok(chunk)
    }
}
