//! The reading of texts that were annotated by hand (`communiques/`).

mod scoring;

use std::path::Path;

use scoring::Score;
use sources::Lang;

#[test]
fn hand_made_readings_are_met_above_a_floor() {
    let read = scoring::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/communiques"));
    let (mut zh, mut en) = (Score::default(), Score::default());
    for (name, (lang, score, _)) in &read {
        println!("{name:<24} {score}");
        match lang {
            Lang::Zh => zh += *score,
            Lang::En => en += *score,
        }
    }
    let mut all = zh;
    all += en;
    for (name, score) in [("zh", zh), ("en", en), ("all", all)] {
        println!("{name:<24} {score}");
    }
    let floors = [
        ("directives in Chinese", zh.directives.f1(), 0.88),
        ("directives in English", en.directives.f1(), 0.83),
        ("owners", all.owner.f1(), 0.70),
        ("deadlines", all.due_text.f1(), 0.65),
        ("days", all.due_date.f1(), 0.50),
        ("quantities", all.quantity.f1(), 0.65),
        ("classes", all.class.f1(), 0.80),
        ("heads", all.head.f1(), 0.70),
    ];
    for (what, f1, floor) in floors {
        assert!(f1 >= floor, "{what}: {f1:.3} is under {floor}");
    }
}
