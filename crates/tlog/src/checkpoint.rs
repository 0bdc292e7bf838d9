//! Checkpoints (C2SP `tlog-checkpoint`): origin, size and root, signed under the origin's own name. No extension lines.

use crate::hash::Hash;
use crate::note::{Note, NoteError, Signer, Verifier, is_key_name};

/// What a log says of itself at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// The log's name: a URL without scheme and final slash.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree of those leaves.
    pub root: Hash,
}

/// Why a checkpoint is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The note itself.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Not three lines of origin, size and root.
    #[error("not a checkpoint: {0}")]
    Malformed(&'static str),
    /// It names another log than the key.
    #[error("a checkpoint of {found}, and the key is of {expected}")]
    Origin {
        /// The key's name.
        expected: String,
        /// The checkpoint's origin.
        found: String,
    },
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// Reads that text. Errors: `Malformed`; extension lines are refused, since cosignatures of every kind cannot
    /// cover them.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let text = text.strip_suffix('\n').ok_or(CheckpointError::Malformed("no newline at the end"))?;
        let lines: Vec<&str> = text.split('\n').collect();
        let [origin, size, root] = lines[..] else { return Err(CheckpointError::Malformed("not three lines")) };
        let plain = size.bytes().all(|b| b.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
        let size = size.parse().ok().filter(|_| plain).ok_or(CheckpointError::Malformed("size"))?;
        let root = Hash::from_base64(root).ok_or(CheckpointError::Malformed("root"))?;
        if !is_key_name(origin) {
            return Err(CheckpointError::Malformed("origin"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The signed note. The origin must be the signer's name.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        if self.origin != signer.name() {
            let (expected, found) = (signer.name().to_owned(), self.origin.clone());
            return Err(CheckpointError::Origin { expected, found });
        }
        Ok(signer.sign(&self.text()))
    }

    /// Reads a signed note and checks the log's own signature. Errors: `CheckpointError`.
    pub fn open(note: &str, verifier: &Verifier) -> Result<Self, CheckpointError> {
        let note = Note::parse(note)?;
        note.verify(verifier)?;
        let checkpoint = Self::parse(&note.text)?;
        if checkpoint.origin != verifier.name() {
            let (expected, found) = (verifier.name().to_owned(), checkpoint.origin);
            return Err(CheckpointError::Origin { expected, found });
        }
        Ok(checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::EMPTY_ROOT;

    #[test]
    fn a_checkpoint_reads_back_and_other_forms_do_not() {
        let checkpoint = Checkpoint { origin: "luoshi.example/log".into(), size: 70_000, root: EMPTY_ROOT };
        assert_eq!(Checkpoint::parse(&checkpoint.text()), Ok(checkpoint.clone()));
        let root = EMPTY_ROOT.to_base64();
        for text in [
            format!("o\n007\n{root}\n"),
            format!("o\n-1\n{root}\n"),
            format!("o\n+1\n{root}\n"),
            format!("o\n1\n{root}"),
            format!("o\n1\n{root}\nextension\n"),
            format!("o p\n1\n{root}\n"),
            "o\n1\nAAAA\n".to_owned(),
            format!("o\n99999999999999999999\n{root}\n"),
        ] {
            assert!(Checkpoint::parse(&text).is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn a_checkpoint_of_another_log_is_refused() {
        let signer = Signer::new("a", &[1; 32]).expect("a name");
        let verifier = Verifier::parse(&signer.vkey()).expect("its own key");
        let mut checkpoint = Checkpoint { origin: "a".into(), size: 0, root: EMPTY_ROOT };
        assert_eq!(Checkpoint::open(&checkpoint.sign(&signer).expect("own origin"), &verifier), Ok(checkpoint.clone()));
        checkpoint.origin = "b".into();
        assert!(checkpoint.sign(&signer).is_err());
        assert!(Checkpoint::open(&signer.sign(&checkpoint.text()), &verifier).is_err());
    }
}
