//! The files of a package of rules, and places in them.

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// What the reader is told: its path.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// From one byte of a file up to, and without, another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which file, by its place in the list.
    pub file: usize,
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

impl Span {
    /// From the beginning of this to the end of `other`, in the same file.
    pub fn until(self, other: Span) -> Span {
        Span { file: self.file, from: self.from, to: other.to.max(self.to) }
    }
}
