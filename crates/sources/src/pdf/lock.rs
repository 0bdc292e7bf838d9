//! Files locked with an empty password (ISO 32000-2, 7.6): every program opens them without asking, and so do we.
//!
//! Ciphers and digests are those of maintained crates; here is only which key opens which object (ADR 0039).

use std::borrow::Cow;
use std::rc::Rc;

use aes::{Aes128, Aes256};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use md5::Md5;
use rc4::{KeyInit as _, Rc4, StreamCipher as _};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::file::File;
use super::object::{Dict, Object};

/// What stands for an empty password.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00,
    0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];
/// Bytes of a block of AES.
const BLOCK: usize = 16;
/// Rounds of the digest of revision 6: at least, and as many as its last byte can ask for.
const ROUNDS_LEAST: usize = 64;
const ROUNDS_MOST: usize = 255 + 32;

/// The number of an object, and its generation: its key depends on both.
pub(super) type ObjectId = (u32, u16);

/// How a locked file is opened.
#[derive(Debug)]
pub(super) struct Lock {
    key: Vec<u8>,
    streams: Method,
    strings: Method,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Plain,
    Rc4,
    Aes128,
    Aes256,
}

impl Lock {
    /// How a file is opened; `None` if an empty password does not open it, or nobody knows how it is locked.
    pub fn open(file: &File, trailer: &Dict) -> Option<Lock> {
        let lock = file.get(trailer, b"Encrypt");
        let lock = lock.dict()?;
        let (version, revision) = (file.get(lock, b"V").count()?, file.get(lock, b"R").count()?);
        if file.get(lock, b"Filter").name() != Some(b"Standard") {
            return None;
        }
        let key = match revision {
            2..=4 => old_key(file, trailer, lock, version, revision)?,
            5 | 6 => new_key(file, lock, revision)?,
            _ => return None,
        };
        let (streams, strings) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(file, lock, b"StmF")?, method(file, lock, b"StrF")?),
            _ => return None,
        };
        let suits = |method: &Method| match method {
            Method::Plain => true,
            Method::Rc4 | Method::Aes128 => revision < 5,
            Method::Aes256 => revision >= 5,
        };
        [streams, strings].iter().all(suits).then_some(Lock { key, streams, strings })
    }

    /// The bytes of a stream as they were before the file was locked.
    pub fn stream<'b>(&self, id: ObjectId, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        self.opened(self.streams, id, bytes)
    }

    /// An object with its strings as they were. No deeper than the reader of objects goes.
    pub fn object(&self, id: ObjectId, object: Object) -> Object {
        match object {
            _ if self.strings == Method::Plain => object,
            Object::String(string) => Object::String(self.opened(self.strings, id, &string).into()),
            Object::Array(list) => {
                Object::Array(Rc::new(list.iter().map(|one| self.object(id, one.clone())).collect()))
            }
            Object::Dict(dict) => {
                let opened = |(key, value): (&Vec<u8>, &Object)| (key.clone(), self.object(id, value.clone()));
                Object::Dict(Rc::new(dict.iter().map(opened).collect()))
            }
            Object::Null
            | Object::Bool(_)
            | Object::Number(_)
            | Object::Name(_)
            | Object::Stream(_)
            | Object::Ref(_) => object,
        }
    }

    fn opened<'b>(&self, method: Method, id: ObjectId, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        match method {
            Method::Plain => Cow::Borrowed(bytes),
            Method::Rc4 => rc4(&self.key_of(id, b""), bytes).into(),
            Method::Aes128 => unchained(&self.key_of(id, b"sAlT"), bytes).into(),
            Method::Aes256 => unchained(&self.key, bytes).into(),
        }
    }

    fn key_of(&self, (no, generation): ObjectId, salt: &[u8]) -> Vec<u8> {
        let digest = Md5::new().chain_update(&self.key).chain_update(&no.to_le_bytes()[..3]);
        let digest = digest.chain_update(generation.to_le_bytes()).chain_update(salt).finalize();
        digest[..(self.key.len() + 5).min(digest.len())].to_vec()
    }
}

/// How streams or strings are locked, by the name of a filter.
fn method(file: &File, lock: &Dict, key: &[u8]) -> Option<Method> {
    let name = file.get(lock, key);
    let name = match name.name() {
        None | Some(b"Identity") => return Some(Method::Plain),
        Some(name) => name,
    };
    let filters = file.get(lock, b"CF");
    let filter = file.get(filters.dict()?, name);
    match file.get(filter.dict()?, b"CFM").name() {
        None | Some(b"None") => Some(Method::Plain),
        Some(b"V2") => Some(Method::Rc4),
        Some(b"AESV2") => Some(Method::Aes128),
        Some(b"AESV3") => Some(Method::Aes256),
        Some(_) => None,
    }
}

/// Algorithms 2, 4, 5 and 6 of the standard, for an empty password.
fn old_key(file: &File, trailer: &Dict, lock: &Dict, version: usize, revision: usize) -> Option<Vec<u8>> {
    let ids = file.get(trailer, b"ID");
    let id = ids.array().and_then(|ids| ids.first()).map(|id| file.resolve(id)).unwrap_or_default();
    let id = id.string().unwrap_or_default();
    let (owner, user) = (file.get(lock, b"O"), file.get(lock, b"U"));
    // Written as a signed number, and by some as the same bits without a sign.
    let rights = file.get(lock, b"P").number()? as i64 as u32;
    let length = match version {
        1 => 5,
        4 => 16,
        _ => file.get(lock, b"Length").count().map_or(5, |bits| (bits / 8).clamp(5, 16)),
    };
    let mut digest = Md5::new().chain_update(PADDING).chain_update(owner.string()?.get(..32)?);
    digest = digest.chain_update(rights.to_le_bytes()).chain_update(id);
    if revision >= 4 && matches!(file.get(lock, b"EncryptMetadata"), Object::Bool(false)) {
        digest = digest.chain_update([0xFF; 4]);
    }
    let mut key = digest.finalize().to_vec();
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key[..length]).to_vec();
        }
    }
    key.truncate(length);
    let user = user.string()?;
    let opens = if revision == 2 {
        rc4(&key, &PADDING) == user.get(..32)?
    } else {
        let mut check = Md5::new().chain_update(PADDING).chain_update(id).finalize().to_vec();
        for round in 0..20 {
            let turned: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            check = rc4(&turned, &check);
        }
        check == user.get(..16)?
    };
    opens.then_some(key)
}

/// Algorithms 2.A and 2.B, for an empty password.
fn new_key(file: &File, lock: &Dict, revision: usize) -> Option<Vec<u8>> {
    let (user, sealed) = (file.get(lock, b"U"), file.get(lock, b"UE"));
    let user = user.string()?.get(..48)?;
    let (check, salts) = user.split_at(32);
    let digest = |salt: &[u8]| if revision == 5 { Some(Sha256::digest(salt).to_vec()) } else { hardened(salt) };
    if digest(&salts[..8])? != check {
        return None;
    }
    let mut key = sealed.string()?.get(..32)?.to_vec();
    decrypt(&digest(&salts[8..])?, &[0; BLOCK], &mut key)?;
    Some(key)
}

/// The digest of revision 6: each round encrypts, and what comes of it says which digest is next, and whether it is over.
fn hardened(salt: &[u8]) -> Option<Vec<u8>> {
    let mut key = Sha256::digest(salt).to_vec();
    for round in 1..=ROUNDS_MOST {
        let mut mixed = key.repeat(64);
        let length = mixed.len();
        let cipher = cbc::Encryptor::<Aes128>::new_from_slices(key.get(..16)?, key.get(16..32)?).ok()?;
        cipher.encrypt_padded::<NoPadding>(&mut mixed, length).ok()?;
        // 256 leaves 1 when divided by 3: the first block does as the sum of its bytes.
        let rest = mixed[..BLOCK].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match rest {
            0 => Sha256::digest(&mixed).to_vec(),
            1 => Sha384::digest(&mixed).to_vec(),
            _ => Sha512::digest(&mixed).to_vec(),
        };
        if round >= ROUNDS_LEAST && usize::from(*mixed.last()?) + 32 <= round {
            break;
        }
    }
    key.truncate(32);
    Some(key)
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    Rc4::new_from_slice(key).expect("keys are of 5 to 16 bytes").apply_keystream(&mut out);
    out
}

/// By AES, each block chained to the one before it, the first to what stands before it. Programs fill the last block
/// wrongly now and then; what is there is kept.
fn unchained(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let Some((first, rest)) = bytes.split_at_checked(BLOCK) else { return vec![] };
    let mut out = rest[..rest.len() / BLOCK * BLOCK].to_vec();
    if decrypt(key, first, &mut out).is_none() {
        return vec![];
    }
    let filled = out.last().map_or(0, |filled| usize::from(*filled));
    if (1..=BLOCK).contains(&filled) {
        out.truncate(out.len() - filled);
    }
    out
}

/// Whole blocks, in their place. `None` for a key or a first block of another length.
fn decrypt(key: &[u8], first: &[u8], blocks: &mut [u8]) -> Option<()> {
    if key.len() == 16 {
        cbc::Decryptor::<Aes128>::new_from_slices(key, first).ok()?.decrypt_padded::<NoPadding>(blocks).ok()?;
    } else {
        cbc::Decryptor::<Aes256>::new_from_slices(key, first).ok()?.decrypt_padded::<NoPadding>(blocks).ok()?;
    }
    Some(())
}
