//! The text cut at its proposals, so that each stands highlighted at its exact span.

use ledger::document::{Proposal, Settled};

/// A run of the text.
pub struct Passage {
    /// As it stands in the text.
    pub text: String,
    /// The proposal it is, if it is one.
    pub no: Option<u32>,
    /// Whether that proposal is settled.
    pub is_settled: bool,
}

/// The whole text, in order; joined again it is the text to the letter. Where a dismissed proposal and a newer one
/// overlap, the one that is not dismissed is marked.
pub fn passages(body: &str, proposals: &[(&Proposal, Settled)]) -> Vec<Passage> {
    let mut marks: Vec<(&Proposal, Settled)> = proposals.to_vec();
    marks.sort_by_key(|(proposal, settled)| (*settled == Settled::Dismissed, proposal.start));
    let mut kept: Vec<(&Proposal, Settled)> = vec![];
    for (proposal, settled) in marks {
        if kept.iter().all(|(other, _)| proposal.end <= other.start || other.end <= proposal.start) {
            kept.push((proposal, settled));
        }
    }
    kept.sort_by_key(|(proposal, _)| proposal.start);
    let mut passages = vec![];
    let mut characters = body.chars();
    let mut at = 0u32;
    let mut take = |until: u32, at: &mut u32| -> String {
        let count = until.saturating_sub(*at) as usize;
        *at = until.max(*at);
        characters.by_ref().take(count).collect()
    };
    for (proposal, settled) in kept {
        let before = take(proposal.start, &mut at);
        passages.push(Passage { text: before, no: None, is_settled: false });
        let marked = take(proposal.end, &mut at);
        passages.push(Passage { text: marked, no: Some(proposal.no), is_settled: settled != Settled::Open });
    }
    passages.push(Passage { text: characters.collect(), no: None, is_settled: false });
    passages.retain(|passage| !passage.text.is_empty());
    passages
}

/// Where `quote` stands in the text, in code points; of several places the one nearest to `near`. Line ends in the
/// quote, which a browser's text box changes, stand for any white space.
pub fn locate(body: &str, quote: &str, near: u32) -> Option<(u32, u32)> {
    let text: Vec<char> = body.chars().collect();
    let wanted: Vec<char> = quote.trim().replace("\r\n", "\n").chars().collect();
    let fits = |at: usize| {
        text.get(at..at + wanted.len()).is_some_and(|found| {
            found.iter().zip(&wanted).all(|(a, b)| a == b || (a.is_whitespace() && b.is_whitespace()))
        })
    };
    let first = *wanted.first()?;
    let places = (0..text.len()).filter(|at| text[*at] == first && fits(*at));
    let nearest = places.min_by_key(|at| at.abs_diff(near as usize))?;
    Some((u32::try_from(nearest).ok()?, u32::try_from(nearest + wanted.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_where_it_stands_nearest() {
        let body = "一要快。二要快。";
        assert_eq!(locate(body, "要快", 0), Some((1, 3)));
        assert_eq!(locate(body, " 要快 ", 6), Some((5, 7)));
        assert_eq!(locate(body, "要慢", 0), None);
        assert_eq!(locate(body, "", 0), None);
        assert_eq!(locate("do\r\nit now", "it\nnow", 0), Some((4, 10)));
    }
}
