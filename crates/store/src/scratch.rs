//! What must wait on disk because there may be much of it: a file without a name, sealed under a key that only lies in
//! memory. When it is dropped, or the process ends, nobody can read what is left of it.

use std::fs::File;
use std::io::{self, Read, Seek as _, Write};

use zeroize::Zeroizing;

use crate::Store;
use crate::chunks::{NONCE, Opener, Sealer};
use crate::error::StoreFault;
use crate::keys::HolderKey;

/// One key, one file: nothing else to bind it to.
const BOUND_TO: [u8; 16] = *b"luoshi/scratch/1";

/// Being written.
pub struct Scratch {
    sealer: Sealer<File>,
    key: HolderKey,
    nonce: [u8; NONCE],
    bytes: u64,
}

/// Being read, from the start to the end.
pub struct ScratchReader {
    opener: Opener<File>,
    bytes: u64,
    chunk: Vec<u8>,
    taken: usize,
}

impl Store {
    /// Begins a file without a name in the record's folder.
    pub fn scratch(&self) -> Result<Scratch, StoreFault> {
        let file = tempfile::tempfile_in(&self.inner.dir).map_err(StoreFault::file("a file without a name"))?;
        let (mut key, mut nonce) = (Zeroizing::new([0; 32]), [0; NONCE]);
        (self.inner.random)(&mut *key);
        (self.inner.random)(&mut nonce);
        Ok(Scratch { sealer: Sealer::new(file, &key, &nonce, BOUND_TO), key, nonce, bytes: 0 })
    }
}

impl Scratch {
    /// Ends it; what was written can be read.
    pub fn reader(self) -> io::Result<ScratchReader> {
        let mut file = self.sealer.finish()?;
        file.rewind()?;
        let opener = Opener::new(file, &self.key, &self.nonce, BOUND_TO)?;
        Ok(ScratchReader { opener, bytes: self.bytes, chunk: vec![], taken: 0 })
    }
}

impl Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sealer.put(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl ScratchReader {
    /// Bytes in all, as they were written.
    pub fn size(&self) -> u64 {
        self.bytes
    }
}

impl Read for ScratchReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.chunk.len() {
            self.chunk = self.opener.next_chunk("a file without a name").map_err(io::Error::other)?.unwrap_or_default();
            self.taken = 0;
        }
        let count = into.len().min(self.chunk.len() - self.taken);
        into[..count].copy_from_slice(&self.chunk[self.taken..][..count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch() -> Scratch {
        let (key, nonce) = (Zeroizing::new([7; 32]), [8; NONCE]);
        let sealer = Sealer::new(tempfile::tempfile().expect("a file"), &key, &nonce, BOUND_TO);
        Scratch { sealer, key, nonce, bytes: 0 }
    }

    #[test]
    fn what_waits_is_read_again_as_it_was_written_and_lies_sealed_on_the_disk() {
        for rows in [0, 1, 4_096, 20_000] {
            let row = b"Old Harbour Road, bridge 17\n";
            let (mut kept, mut seen) = (scratch(), scratch());
            for _ in 0..rows {
                kept.write_all(row).expect("space");
                seen.write_all(row).expect("space");
            }
            let (mut reader, mut back) = (kept.reader().expect("it ends"), vec![]);
            assert_eq!(reader.size(), (rows * row.len()) as u64);
            reader.read_to_end(&mut back).expect("it opens");
            assert_eq!(back, row.repeat(rows));

            let (mut file, mut bytes) = (seen.sealer.finish().expect("it ends"), vec![]);
            file.rewind().and_then(|()| file.read_to_end(&mut bytes)).expect("it reads");
            assert!(!bytes.windows(11).any(|window| window == b"Old Harbour"));
        }
    }
}
