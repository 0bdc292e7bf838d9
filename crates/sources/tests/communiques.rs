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
        ("directives in Chinese", zh.directives.f1(), 0.95),
        ("directives in English", en.directives.f1(), 0.95),
        ("owners", all.owner.f1(), 0.95),
        ("deadlines", all.due_text.f1(), 0.92),
        ("days", all.due_date.f1(), 0.90),
        ("quantities", all.quantity.f1(), 0.92),
        ("classes", all.class.f1(), 0.90),
        ("heads", all.head.f1(), 0.95),
    ];
    for (what, f1, floor) in floors {
        assert!(f1 >= floor, "{what}: {f1:.3} is under {floor}");
    }
}
