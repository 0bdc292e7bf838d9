//! Checkpoints kept outside the folder: every one of them is compared, not the last alone, since a history that was
//! rebuilt and signed again may have been appended after the one it replaced.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufRead, Read as _};

use tlog::{Checkpoint, Hash, Note};

use crate::error::StoreFault;
use crate::lineage::{Continuation, Lineage};

/// The longest text or block of signatures that is read as part of a note.
const SECTION_BYTES_MAX: usize = 64 << 10;

/// The notes of a file, one after another, however long it is. They stand apart by an empty line; half a note, which a
/// crash can leave, is passed over.
pub(crate) struct Notes<R> {
    lines: R,
    text: Option<String>,
}

impl<R: BufRead> Notes<R> {
    pub(crate) fn new(lines: R) -> Self {
        Self { lines, text: None }
    }

    pub(crate) fn next(&mut self) -> Result<Option<String>, StoreFault> {
        while let Some(section) = self.section()? {
            match self.text.take() {
                Some(text) if section.starts_with('\u{2014}') => return Ok(Some(format!("{text}\n{section}"))),
                Some(_) | None if section.starts_with('\u{2014}') => {}
                Some(_) | None => self.text = Some(section),
            }
        }
        Ok(None)
    }

    /// The next lines up to an empty one; none at the end.
    fn section(&mut self) -> Result<Option<String>, StoreFault> {
        let mut section = vec![];
        loop {
            let mut line = vec![];
            let fault = StoreFault::file("the file of checkpoints");
            let read = (&mut self.lines).take(SECTION_BYTES_MAX as u64).read_until(b'\n', &mut line).map_err(fault)?;
            let is_end = read == 0;
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !is_end && !line.is_empty() {
                // Too long to be one of ours: what follows of it is not kept, and no note comes of it.
                if section.len() <= SECTION_BYTES_MAX {
                    section.extend_from_slice(line);
                    section.push(b'\n');
                }
                continue;
            }
            if section.is_empty() {
                if is_end {
                    return Ok(None);
                }
                continue;
            }
            return Ok(Some(String::from_utf8_lossy(&section).into_owned()));
        }
    }
}

/// Why checkpoints kept outside do not belong to a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Disowned {
    /// They show more events than it has.
    Beyond {
        /// So many.
        shown: u64,
        /// And the record so many.
        has: u64,
    },
    /// They show other events.
    Another {
        /// Over so many.
        size: u64,
    },
    /// One that does not fit bears this log's name and was not signed by its key.
    NotSigned {
        /// Over so many events.
        size: u64,
    },
    /// The log goes on elsewhere.
    LeftBehind {
        /// Under this name.
        new: String,
    },
    /// A log that this one continues was signed on after that.
    WentOn {
        /// Its name.
        old: String,
        /// The size it reached.
        size: u64,
    },
    /// There are checkpoints, and none of this log.
    Foreign {
        /// The name of another log.
        origin: String,
    },
}

impl fmt::Display for Disowned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beyond { shown, has } => {
                write!(f, "they show more events than this record has: {shown}, and it has {has}")
            }
            Self::Another { size } => {
                write!(f, "the history of the first {size} events is another: somebody keeps two records of one name")
            }
            Self::NotSigned { size } => write!(f, "the one over {size} events is not signed by this log's key"),
            Self::LeftBehind { new } => write!(f, "the log goes on as {new}, and this folder was left behind"),
            Self::WentOn { old, size } => {
                write!(f, "{old}, which this log continues, was signed on to {size} events after that")
            }
            Self::Foreign { origin } => write!(f, "none of them is of this log; there are some of {origin}"),
        }
    }
}

/// What was found outside.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Seen {
    /// Checkpoints of this log, under whichever of its names.
    pub(crate) own: u64,
    /// The greatest size among them.
    pub(crate) newest: u64,
    /// Names of other logs, the first few.
    pub(crate) others: BTreeSet<String>,
    /// Events that a log continued here had shown and that were lost with it.
    pub(crate) lost: u64,
}

/// At most so many names of other logs are remembered.
const OTHERS_MAX: usize = 8;

/// A record against which checkpoints are held.
pub(crate) struct Held<'a> {
    pub(crate) lineage: &'a Lineage,
    pub(crate) size: u64,
    pub(crate) root: &'a dyn Fn(u64) -> Option<Hash>,
    /// Whether every signature is checked; otherwise those of the last one and of what does not fit.
    pub(crate) is_strict: bool,
}

/// Holds every checkpoint of a file against a record.
pub(crate) fn compare(lines: impl BufRead, held: &Held<'_>) -> Result<Result<Seen, Disowned>, StoreFault> {
    let mut notes = Notes::new(lines);
    let mut seen = Seen::default();
    let mut last: Option<(String, u64)> = None;
    // Which continuations the keeper of the file was told of, and where he was shown more than they kept.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut lost: Vec<(usize, u64)> = vec![];
    while let Some(note) = notes.next()? {
        let Ok(parsed) = Note::parse(&note) else { continue };
        if let Some(continuation) = Continuation::parse(&parsed.text) {
            let known = held.lineage.earlier.iter().position(|(_, ours)| *ours == continuation);
            match (known, held.lineage.verifier(&continuation.old)) {
                (Some(at), _) => {
                    told.insert(at);
                }
                (None, Some(verifier)) if parsed.verify(verifier).is_ok() => {
                    return Ok(Err(Disowned::LeftBehind { new: continuation.new }));
                }
                (None, Some(_) | None) => {}
            }
            continue;
        }
        let Ok(checkpoint) = Checkpoint::parse(&parsed.text) else { continue };
        let Checkpoint { origin, size, root } = checkpoint;
        let Some(verifier) = held.lineage.verifier(&origin) else {
            if seen.others.len() < OTHERS_MAX {
                seen.others.insert(origin);
            }
            continue;
        };
        let is_signed = || Checkpoint::open(&note, verifier).is_ok();
        let ended = held.lineage.earlier.iter().position(|(_, ours)| ours.old == origin && size > ours.size);
        let wrong = match (ended, (held.root)(size)) {
            (Some(at), _) if told.contains(&at) => Some(Disowned::WentOn { old: origin, size }),
            (Some(at), _) => {
                lost.push((at, size));
                None
            }
            (None, None) => Some(Disowned::Beyond { shown: size, has: held.size }),
            (None, Some(ours)) if ours != root => Some(Disowned::Another { size }),
            (None, Some(_)) => None,
        };
        match wrong {
            Some(_) if !is_signed() => return Ok(Err(Disowned::NotSigned { size })),
            // The newest of those beyond says best what is missing.
            Some(Disowned::Beyond { shown, has }) => return Ok(Err(beyond(notes, held, shown, has)?)),
            Some(wrong) => return Ok(Err(wrong)),
            None if held.is_strict && !is_signed() => return Ok(Err(Disowned::NotSigned { size })),
            None => {}
        }
        seen.own += 1;
        seen.newest = seen.newest.max(size.min(held.size));
        last = Some((note, size));
    }
    if let Some((at, shown)) = lost.iter().find(|(at, _)| !told.contains(at)) {
        let has = held.lineage.earlier[*at].1.size;
        return Ok(Err(Disowned::Beyond { shown: *shown, has }));
    }
    seen.lost = lost.iter().map(|(at, shown)| shown - held.lineage.earlier[*at].1.size).max().unwrap_or(0);
    match (last, seen.others.first()) {
        (Some((note, size)), _) if held.lineage.open(&note).is_none() => Ok(Err(Disowned::NotSigned { size })),
        (None, Some(origin)) => Ok(Err(Disowned::Foreign { origin: origin.clone() })),
        (_, _) => Ok(Ok(seen)),
    }
}

/// Reads on to the greatest size that is signed and lies beyond the record.
fn beyond<R: BufRead>(mut notes: Notes<R>, held: &Held<'_>, shown: u64, has: u64) -> Result<Disowned, StoreFault> {
    let mut most = shown;
    while let Some(note) = notes.next()? {
        most = held.lineage.open(&note).map_or(most, |checkpoint| most.max(checkpoint.size));
    }
    Ok(Disowned::Beyond { shown: most, has })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint;
    use tlog::Signer;

    #[test]
    fn whole_notes_are_found_wherever_they_stand_and_half_ones_are_passed_over() {
        let signer = Signer::new("o", &[1; 32]).expect("a name");
        let notes: Vec<String> =
            (1..=3).map(|size| checkpoint::sign(&signer, size, tlog::EMPTY_ROOT).expect("its own origin")).collect();
        let read = |text: &str| {
            let (mut notes, mut found) = (Notes::new(text.as_bytes()), vec![]);
            while let Some(note) = notes.next().expect("memory") {
                found.push(note);
            }
            found
        };
        let file: String = notes.iter().map(|note| format!("{note}\n")).collect();
        assert_eq!(read(&file), notes);
        assert_eq!(read(&notes[0]), notes[..1]);
        assert_eq!(read(&file.replace('\n', "\r\n")), notes);
        assert_eq!(read(&format!("{}o\n9\nhalf\n\n{}", notes[0].clone() + "\n", notes[1])), notes[..2]);
        assert_eq!(read(&format!("{}\n{}\n\n{}", notes[0], "x".repeat(1 << 20), notes[1])), notes[..2]);
        assert_eq!(read(""), [""; 0]);
    }
}
