//! Offline proofs of one entry (C2SP `tlog-proof`): index, path and checkpoint in one text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::hash::{Hash, leaf_hash};
use crate::note::{NOTE_BYTES_MAX, Verifier};
use crate::proof::{ProofError, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof that an entry stands at `index` in the tree of `checkpoint`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TlogProof {
    /// What the log wants known besides; opaque.
    pub extra: Option<Vec<u8>>,
    /// The entry's index.
    pub index: u64,
    /// Hashes from the leaf to the root.
    pub path: Vec<Hash>,
    /// The signed checkpoint, as text.
    pub checkpoint: String,
}

/// Why an offline proof is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TlogProofError {
    /// Not of the format.
    #[error("not a tlog-proof: {0}")]
    Malformed(&'static str),
    /// The checkpoint in it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The path in it.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl TlogProof {
    /// The proof as text.
    pub fn text(&self) -> String {
        let extra = self.extra.as_ref().map_or(String::new(), |extra| format!("extra {}\n", STANDARD.encode(extra)));
        let path: String = self.path.iter().map(|hash| hash.to_base64() + "\n").collect();
        format!("{HEADER}\n{extra}index {}\n{path}\n{}", self.index, self.checkpoint)
    }

    /// Reads a proof; at most 64 hashes. Errors: `Malformed`.
    pub fn parse(text: &str) -> Result<Self, TlogProofError> {
        let malformed = TlogProofError::Malformed;
        if text.len() > NOTE_BYTES_MAX + 8192 {
            return Err(malformed("too large"));
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(malformed("no blank line"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(malformed("header"));
        }
        let mut line = lines.next().ok_or(malformed("index"))?;
        let mut extra = None;
        if let Some(encoded) = line.strip_prefix("extra ") {
            extra = Some(STANDARD.decode(encoded).map_err(|_| malformed("extra"))?);
            line = lines.next().ok_or(malformed("index"))?;
        }
        let index = line.strip_prefix("index ").ok_or(malformed("index"))?;
        let plain = index.bytes().all(|b| b.is_ascii_digit()) && (index == "0" || !index.starts_with('0'));
        let index = index.parse().ok().filter(|_| plain).ok_or(malformed("index"))?;
        let path: Option<Vec<Hash>> = lines.map(Hash::from_base64).collect();
        let path = path.filter(|path| path.len() <= 64).ok_or(malformed("path"))?;
        Ok(Self { extra, index, path, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that `entry` stands where the proof says, under a checkpoint signed by `verifier`. Gives the checkpoint.
    pub fn verify(&self, entry: &[u8], verifier: &Verifier) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, verifier)?;
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.size, checkpoint.root, &self.path)?;
        Ok(checkpoint)
    }
}
