//! Votes told name by name: "Sutter yes, Abel yes, Marsh nay", "Yes: 3, No: 0".

use crate::words::bare;

/// Whether more voted for than against, in the words behind a motion.
pub(super) fn ballot(told: &str) -> Option<bool> {
    labelled(told).or_else(|| by_name(told)).or_else(|| counted(told))
}

/// "4 votes for, 1 against", "3 in favour and 2 against".
fn counted(told: &str) -> Option<bool> {
    let lower = told.to_ascii_lowercase();
    let before = |at: usize| {
        lower[..at]
            .split_whitespace()
            .rev()
            .find(|word| !matches!(*word, "vote" | "votes" | "voted"))?
            .parse::<u8>()
            .ok()
    };
    let told = |cues: &[&str]| cues.iter().find_map(|cue| lower.find(cue));
    let ayes = before(told(&["votes for", "voted for", "in favour", "in favor"])?)?;
    match told(&["against", "opposed"]) {
        Some(at) => before(at).filter(|nays| *nays != ayes).map(|nays| ayes > nays),
        None => Some(ayes > 0),
    }
}

/// "Yes: 3, No: 0", "Ayes – 4".
fn labelled(told: &str) -> Option<bool> {
    let lower = told.to_ascii_lowercase();
    let count = |labels: &[&str]| {
        labels.iter().find_map(|label| {
            let (_, rest) = lower.split_once(label)?;
            let digits: String =
                rest.trim_start_matches([':', ' ', '-', '–']).chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u8>().ok()
        })
    };
    let ayes = count(&["ayes", "yeas", "yes:", "for:"])?;
    Some(ayes > count(&["nays", "noes", "no:", "against:"]).unwrap_or(0))
}

/// "Abel, yes; Marsh, yes; Sutter, no.": two votes at least, each behind a name.
fn by_name(told: &str) -> Option<bool> {
    let (mut ayes, mut nays) = (0, 0);
    let mut named = false;
    for word in told.split_whitespace() {
        let bare = bare(word);
        match bare.to_ascii_lowercase().as_str() {
            "yes" | "yea" | "aye" if named => ayes += 1,
            "no" | "nay" if named => nays += 1,
            _ if ayes + nays >= 2 && word.ends_with('.') => break,
            _ => {}
        }
        named = bare.starts_with(char::is_uppercase);
    }
    (ayes + nays >= 2 && ayes != nays).then_some(ayes > nays)
}

#[cfg(test)]
mod tests {
    use super::ballot;

    #[test]
    fn votes_are_counted_name_by_name_and_by_their_numbers() {
        for (told, carried) in [
            (" Roll: Abel yes, Sutter yes, Marsh abstain.", Some(true)),
            (" Upon roll call: Marsh, yea; Sutter, nay; Abel, nay.", Some(false)),
            (" Yes: 3, No: 0.", Some(true)),
            (" Ayes: 1. Nays: 3.", Some(false)),
            (" 4 Votes for, 1 against.", Some(true)),
            (" 2 votes for, 3 against.", Some(false)),
            (" 2 votes in favour, 5 votes against.", Some(false)),
            (" 2 votes for, three against.", None),
            (" There was no further business and no comment.", None),
        ] {
            assert_eq!(ballot(told), carried, "{told}");
        }
    }
}
