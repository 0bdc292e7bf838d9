//! What a grammar finds, in byte offsets, before it is proposed.

use crate::Rule;
use std::ops::Range;

/// A directive as a grammar sees it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Its words.
    pub(crate) range: Range<usize>,
    /// Where the words after subject and modal begin.
    pub(crate) body: usize,
    /// Who leads; may lie outside `range`.
    pub(crate) owner: Option<Range<usize>>,
    /// How the owner was found.
    pub(crate) owner_rule: &'static str,
    /// Who supports.
    pub(crate) supporting: Vec<Range<usize>>,
    /// A time outside `range` that governs it.
    pub(crate) due: Option<Range<usize>>,
    /// The rule that found it.
    pub(crate) rule: Rule,
    /// Too uncertain to propose, worth offering.
    pub(crate) low: bool,
}
