//! What a disk may hold after the power went: everything that was synced, and of the rest any part, in sectors.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::kernel::Op;

/// A disk writes so many bytes whole, or not at all.
const SECTOR: usize = 512;

/// How much of what was not synced is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Luck {
    /// All of it: as after `kill -9`.
    All,
    /// Nothing.
    None,
    /// Of each file some sectors, each as one of the writes to it left it; its length as one of them left it; and of
    /// the changed names in each folder the first few.
    Some(u64),
}

/// Numbers that look random; the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 up to, and without, `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
    }
}

/// A change of a file's bytes.
enum Change {
    Wrote(usize, Vec<u8>),
    Cut(usize),
}

impl Change {
    fn length_after(&self, length: usize) -> usize {
        match self {
            Change::Wrote(at, bytes) => length.max(at + bytes.len()),
            Change::Cut(to) => *to,
        }
    }

    fn apply(&self, file: &mut Vec<u8>) {
        file.resize(self.length_after(file.len()), 0);
        if let Change::Wrote(at, bytes) = self {
            file[*at..at + bytes.len()].copy_from_slice(bytes);
        }
    }

    /// Applies to one sector, which begins at `from`.
    fn apply_within(&self, sector: &mut [u8], from: usize) {
        match self {
            Change::Wrote(at, bytes) => {
                let (begin, end) = ((*at).max(from), (at + bytes.len()).min(from + SECTOR));
                if begin < end {
                    sector[begin - from..end - from].copy_from_slice(&bytes[begin - at..end - at]);
                }
            }
            Change::Cut(to) => sector[to.saturating_sub(from).min(SECTOR)..].fill(0),
        }
    }

    fn is_cut(&self) -> bool {
        matches!(self, Change::Cut(_))
    }

    fn touches(&self, from: usize) -> bool {
        match self {
            Change::Wrote(at, bytes) => *at < from + SECTOR && from < at + bytes.len(),
            Change::Cut(to) => *to < from + SECTOR,
        }
    }
}

/// A file, whatever it is called.
#[derive(Default)]
struct Bytes {
    synced: Vec<u8>,
    since: Vec<Change>,
    now: Vec<u8>,
}

impl Bytes {
    fn after_a_crash(&self, luck: &mut Dice) -> Vec<u8> {
        // One in so many sectors is left behind; 1 leaves nothing to luck but how far each came.
        let left_behind = [1, 2, 10, 100][luck.roll(4)];
        let mut choose = |most: usize| if luck.roll(left_behind) == 0 { luck.roll(most + 1) } else { most };
        // A file is cut as a whole or not at all, as names are given, and before what is written after that: a file system
        // that kept the length and lost the bytes, or showed what was cut off where it grew again, would be at fault itself.
        let far = choose(self.since.len());
        let cut_next = self.since[far..].iter().position(Change::is_cut).map_or(self.since.len(), |n| far + n);
        let mut length = self.synced.len();
        for change in &self.since[..far] {
            length = change.length_after(length);
        }
        let mut file = self.synced.clone();
        file.resize(length.next_multiple_of(SECTOR), 0);
        if self.since.is_empty() {
            file.truncate(length);
            return file;
        }
        for (n, sector) in file.chunks_mut(SECTOR).enumerate() {
            let from = n * SECTOR;
            let reached = self.since[..cut_next].iter().enumerate().filter(|(_, change)| change.touches(from));
            let touching: Vec<(usize, &Change)> = reached.collect();
            let cut = touching.iter().rposition(|(at, change)| *at < far && change.is_cut()).map_or(0, |n| n + 1);
            for (_, change) in &touching[..cut.max(choose(touching.len()))] {
                change.apply_within(sector, from);
            }
        }
        file.truncate(length);
        file
    }
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    File(usize),
    Folder,
}

/// A change of the names in one folder.
#[derive(Clone)]
enum Naming {
    Given(PathBuf, Thing),
    Taken(PathBuf),
    Changed(PathBuf, PathBuf, Thing),
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Thing>) {
        match self {
            Naming::Given(path, thing) => drop(names.insert(path.clone(), *thing)),
            Naming::Taken(path) => drop(names.remove(path)),
            Naming::Changed(from, to, thing) => {
                names.remove(from);
                names.insert(to.clone(), *thing);
            }
        }
    }
}

/// A disk while operations come in.
#[derive(Default)]
pub struct Disk {
    files: Vec<Bytes>,
    names: BTreeMap<PathBuf, Thing>,
    synced_names: BTreeMap<PathBuf, Thing>,
    since: BTreeMap<PathBuf, Vec<Naming>>,
}

impl Disk {
    /// Takes the next operation in. With `is_lying` a sync of a database does nothing, which is what
    /// `synchronous=OFF` asks for.
    pub fn take(&mut self, op: &Op, is_lying: bool) {
        match op {
            Op::Told(_) => {}
            Op::Made(path) => {
                self.files.push(Bytes::default());
                let file = Thing::File(self.files.len() - 1);
                self.name(path, Naming::Given(path.clone(), file));
            }
            Op::Folder(path) => self.name(path, Naming::Given(path.clone(), Thing::Folder)),
            Op::Removed(path) => self.name(path, Naming::Taken(path.clone())),
            Op::Renamed(from, to) => {
                assert_eq!(from.parent(), to.parent(), "names move within one folder only");
                if let Some(thing) = self.names.get(from).copied() {
                    self.name(from, Naming::Changed(from.clone(), to.clone(), thing));
                }
            }
            Op::Wrote(path, at, bytes) => self.change(path, Change::Wrote(*at as usize, bytes.clone())),
            Op::Cut(path, length) => self.change(path, Change::Cut(*length as usize)),
            Op::Synced(path) => match self.names.get(path) {
                Some(Thing::File(n)) => {
                    let is_database = path.to_string_lossy().contains(".db");
                    let file = &mut self.files[*n];
                    if !(is_lying && is_database) {
                        file.synced.clone_from(&file.now);
                        file.since.clear();
                    }
                }
                Some(Thing::Folder) | None => {
                    for naming in self.since.remove(path).unwrap_or_default() {
                        naming.apply(&mut self.synced_names);
                    }
                }
            },
        }
    }

    fn name(&mut self, path: &Path, naming: Naming) {
        naming.apply(&mut self.names);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.since.entry(folder).or_default().push(naming);
    }

    fn change(&mut self, path: &Path, change: Change) {
        // A file whose name is gone is gone with the process.
        let Some(Thing::File(n)) = self.names.get(path) else { return };
        let file = &mut self.files[*n];
        change.apply(&mut file.now);
        file.since.push(change);
    }

    /// Writes into an empty folder what is there after a crash.
    pub fn crash(&self, luck: Luck, into: &Path) {
        let mut dice = Dice::new(if let Luck::Some(seed) = luck { seed } else { 0 });
        let mut names = match luck {
            Luck::All => self.names.clone(),
            Luck::None | Luck::Some(_) => self.synced_names.clone(),
        };
        if let Luck::Some(_) = luck {
            for namings in self.since.values() {
                let some = dice.roll(namings.len() + 1);
                namings[..some].iter().for_each(|naming| naming.apply(&mut names));
            }
        }
        // A folder stands before what is in it; what lies in one that is not there cannot be reached.
        for (path, thing) in &names {
            let path = into.join(path);
            if !path.parent().is_some_and(Path::is_dir) {
                continue;
            }
            match thing {
                Thing::Folder => std::fs::create_dir(path).expect("space"),
                Thing::File(n) => {
                    let file = &self.files[*n];
                    match luck {
                        Luck::All => std::fs::write(path, &file.now),
                        Luck::None => std::fs::write(path, &file.synced),
                        Luck::Some(_) => std::fs::write(path, file.after_a_crash(&mut dice)),
                    }
                    .expect("space");
                }
            }
        }
    }
}
