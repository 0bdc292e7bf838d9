//! Whatever the text, a reading stays inside it: nothing panics, spans say what they quote, and the same text is read the same.

use proptest::prelude::*;
use sources::{CodePoints, Profile, Span, describe, explain, read};

/// Pieces of minutes and communiqués, whole and broken, with what stands between them.
const PIECES: [&str; 102] = [
    "会议要求，",
    "会议决定，",
    "会议指出，",
    "会议同意",
    "会议通过《条例》，",
    "市水务局",
    "各区政府",
    "由",
    "牵头",
    "配合",
    "会同",
    "请",
    "要",
    "不得",
    "应",
    "将",
    "于",
    "6月30日前",
    "5个工作日内",
    "春节前",
    "到2030年",
    "“十四五”期间",
    "年底",
    "每月",
    "完成28处整治",
    "制定方案",
    "加强监管",
    "确保全覆盖",
    "以上",
    "60%",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "（责任单位：市水务局；完成时限：4月底）",
    "“",
    "”",
    "《",
    "》",
    "一是",
    "（一）",
    "一、",
    "\n",
    "\r\n",
    "\t",
    "|",
    " ",
    "\u{3000}",
    "é",
    "🏛",
    "e\u{301}",
    "ﬁ",
    "İ",
    "The Clerk ",
    "Cllr P. Marsh ",
    "Council ",
    "It was ",
    "resolved ",
    "agreed ",
    "that ",
    "to ",
    "be ",
    "RESOLVED: ",
    "Action: ",
    "ACTION: CLERK",
    "(LF)",
    "Moved Bell Seconded Marsh",
    "That Council:",
    "CARRIED",
    "LOST",
    "Officer Recommendation",
    "will ",
    "should ",
    "is to ",
    "must ",
    "write ",
    "purchase ",
    "requests ",
    "and ",
    "but ",
    "if ",
    "by 30 June",
    "within two weeks",
    "before the next meeting",
    "£1,250.00",
    "no more than ",
    "three ",
    "by ",
    "the end of ",
    "Q3 ",
    "30/06/2025 ",
    "Action | Owner | Due\n",
    "5 p.m. on ",
    ". ",
    "he’ll ",
    ", who will ",
    ", which is to be made",
    "June/",
    "followed by ",
    "Clerk will ",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..60).prop_map(|picked| {
        let mut text = String::new();
        for (n, cut) in picked {
            let piece = PIECES[n];
            // A piece may be broken off after its first character.
            let end = piece.char_indices().nth(1).filter(|_| cut && n % 3 == 0).map_or(piece.len(), |(at, _)| at);
            text.push_str(&piece[..end]);
        }
        text
    })
}

/// What is repeated without end takes a stack of its own at no word.
#[test]
fn one_piece_again_and_again_is_read() {
    for piece in ["'ll", "a’ll ", "June/", "and if a, ", "who will ", "一方面"] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(read(&text, &Profile::default()).directives.len() < 40_000, "{piece}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn a_reading_stays_inside_its_text(text in text()) {
        let (reading, whys) = explain(&text, &Profile::default());
        let points = CodePoints::of(&text);
        prop_assert_eq!(&reading, &read(&text, &Profile::default()));
        prop_assert_eq!(reading.directives.len(), whys.len());
        let mut end = 0;
        for directive in &reading.directives {
            prop_assert!(directive.start >= end && directive.end > directive.start);
            end = directive.end;
            let quoted = |start, end| points.slice(Span { start, end }).map(str::to_owned);
            prop_assert_eq!(quoted(directive.start, directive.end), Some(directive.text.clone()));
            if let Some(due) = &directive.due {
                prop_assert_eq!(quoted(due.start, due.end), Some(due.text.clone()));
                prop_assert_eq!(due.ambiguous, due.date.is_none());
            }
            for mention in &directive.supporting {
                prop_assert_eq!(quoted(mention.start, mention.end), Some(mention.text.clone()));
            }
            for amount in &directive.quantities {
                prop_assert_eq!(quoted(amount.start, amount.end), Some(amount.text.clone()));
            }
            let first = directive.quantities.first();
            prop_assert_eq!(directive.direction, first.and_then(|amount| amount.direction));
            if let (Some(span), Some(owner)) = (directive.owner_span, &directive.owner) {
                prop_assert_eq!(points.slice(span), Some(owner.as_str()));
            }
        }
    }

    #[test]
    fn a_marked_span_is_described_or_left(text in text(), start in 0usize..80, length in 0usize..40) {
        if let Some(directive) = describe(&text, Span { start, end: start + length }, &Profile::default()) {
            prop_assert_eq!(directive.span(), Span { start, end: start + length });
        }
    }
}
