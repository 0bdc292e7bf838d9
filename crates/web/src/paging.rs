//! Lists page by page. One line more than a page takes is read, which tells whether another page follows.

use crate::error::Problem;

/// The lines of a page that takes `most`, and whether another follows. Errors: `PastEnd` if there are none; the first page
/// may be empty.
pub fn cut<T>(mut lines: Vec<T>, most: usize, is_first: bool) -> Result<(Vec<T>, bool), Problem> {
    if lines.is_empty() && !is_first {
        return Err(Problem::PastEnd);
    }
    let has_more = lines.len() > most;
    lines.truncate(most);
    Ok((lines, has_more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_where_it_is_full_and_only_the_first_may_be_empty() {
        let cut = |lines: usize, is_first| cut(vec![(); lines], 2, is_first).map(|(page, more)| (page.len(), more));
        assert!(matches!(cut(0, true), Ok((0, false))));
        assert!(matches!(cut(0, false), Err(Problem::PastEnd)));
        assert!(matches!(cut(2, false), Ok((2, false))));
        assert!(matches!(cut(3, false), Ok((2, true))));
    }
}
