//! The transparency log in the public C2SP formats: tree hashes, proofs, tiles, signed notes, checkpoints,
//! cosignatures and offline proofs. Bytes in, bytes out: no I/O, no clock, no randomness.
//!
//! Sources, followed to the byte: RFC 6962 section 2.1 (tree), C2SP `tlog-tiles`, `tlog-checkpoint`, `signed-note`,
//! `tlog-cosignature`, `tlog-proof`.

mod checkpoint;
mod cosignature;
mod frontier;
mod hash;
mod note;
mod proof;
mod tile;
mod tlog_proof;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::{cosign, verify_cosignature};
pub use frontier::Frontier;
pub use hash::{EMPTY_ROOT, Hash, leaf_hash, node_hash};
pub use note::{Note, NoteError, Signature, SignatureKind, Signer, Verifier};
pub use proof::{ProofError, consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};
pub use tile::{BundleError, Tile, TilePath, bundle, parse_bundle, tiles_for};
pub use tlog_proof::{TlogProof, TlogProofError};
pub use tree::{Tree, UpperTree};
