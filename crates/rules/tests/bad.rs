//! Bad rule files, each with the exact message it must give: `tests/snapshots/bad__*.snap`.

use std::path::Path;

use rules::{Language, Source, check};

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    assert!(paths.len() >= 40, "{} files", paths.len());
    for path in paths {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let sources = vec![Source { name: format!("{name}.rules"), text }];
        let Err(wrong) = check(sources.clone()) else { panic!("{name} is accepted") };
        let told = |language| wrong.iter().map(|one| one.render(&sources, language, false)).collect::<Vec<_>>();
        for one in &wrong {
            let says_what_to_do = one.help.is_some() || one.code == "syntax";
            assert!(says_what_to_do, "{name}: {} does not say what to do", one.code);
            for message in
                one.places.iter().map(|(_, label)| label).chain([&one.title]).chain(&one.note).chain(&one.help)
            {
                let is_chinese = message.zh.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
                assert!(
                    is_chinese || message.zh.is_empty() && message.en.is_empty() || message.zh.contains('→'),
                    "{name}: {message:?}"
                );
            }
        }
        let told = [told(Language::En), told(Language::Zh)].concat();
        insta::assert_snapshot!(name, told.join("\n\n"));
    }
}
