//! Both languages say the same, every code has its word, and every message that is used exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use web::acts::{ACTS, FieldKind};

/// Message ids, each with its variables.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below the folder with this extension: its path and content.
fn files(below: &Path, extension: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    for entry in fs::read_dir(below).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push((path.display().to_string(), fs::read_to_string(&path).expect("UTF-8")));
        }
    }
    found.sort();
    found
}

fn messages(lang: &str) -> Messages {
    let mut messages = Messages::new();
    for (path, source) in files(&folder("texts").join(lang), "ftl") {
        let resource = parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut variables = BTreeSet::new();
                    let pattern = message.value.unwrap_or_else(|| panic!("{path}: {} says nothing", message.id.name));
                    in_pattern(&pattern, &mut variables);
                    let before = messages.insert(message.id.name.to_owned(), variables);
                    assert!(before.is_none(), "{path}: {} stands twice", message.id.name);
                }
                Entry::Junk { content } => panic!("{path}: {content}"),
                Entry::Term(term) => panic!("{path}: terms are not used, and {} is one", term.id.name),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            }
        }
    }
    messages
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => in_expression(expression, variables),
        }
    }
}

fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, variables),
        Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            variants.iter().for_each(|variant| in_pattern(&variant.value, variables));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, variables),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, variables));
        }
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (en, zh) = (messages("en"), messages("zh-Hans"));
    let only = |a: &Messages, b: &Messages| a.keys().filter(|id| !b.contains_key(*id)).cloned().collect::<Vec<_>>();
    assert_eq!(only(&en, &zh), Vec::<String>::new(), "in English only");
    assert_eq!(only(&zh, &en), Vec::<String>::new(), "in Chinese only");
    // A verb or clause that Chinese need not repeat may be left out; what is not given cannot be said.
    for (id, variables) in &zh {
        assert_eq!(variables, &en[id], "{id}: the variables differ");
    }
}

#[test]
fn every_text_file_is_embedded() {
    let embedded = fs::read_to_string(folder("src/texts.rs")).expect("the list");
    for (path, _) in files(&folder("texts"), "ftl") {
        let stem = Path::new(&path).file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert!(embedded.contains(&format!("\"{stem}\",")), "{path} is not in the list of src/texts.rs");
    }
}

#[test]
fn chinese_is_written_with_chinese_punctuation() {
    for (path, source) in files(&folder("texts/zh-Hans"), "ftl") {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let is_cjk = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let wrong = line
                .char_indices()
                .any(|(at, c)| ",;:?!".contains(c) && line[..at].chars().next_back().is_some_and(is_cjk));
            assert!(!wrong, "{path}: {line}");
        }
    }
}

/// The ids that the codes of the ledger and the table of acts ask for.
fn ids_by_code() -> Vec<String> {
    use ledger::{act, document, evidence, matter, organisation, rights, rooms};
    let mut ids = vec![];
    macro_rules! family {
        ($($name:literal: $all:expr,)*) => {$(
            ids.extend($all.iter().map(|value| format!(concat!($name, "-{}"), value.code())));
        )*};
    }
    family! {
        "act": act::ActKind::ALL,
        "state": matter::StateKind::ALL,
        "waits": matter::Group::ALL,
        "kind": matter::Kind::ALL,
        "outcome": matter::OutcomeKind::ALL,
        "method": matter::Method::ALL,
        "public": matter::PublicItem::ALL,
        "withdrawal": matter::WithdrawalGround::ALL,
        "link": matter::LinkRelation::ALL,
        "due_origin": matter::DueOrigin::ALL,
        "evidence": evidence::EvidenceKind::ALL,
        "class": document::Class::ALL,
        "direction": document::Direction::ALL,
        "unread": document::Unread::ALL,
        "role": rights::Role::ALL,
        "relation": rights::Relation::ALL,
        "room": rooms::Room::ALL,
        "function": organisation::Function::ALL,
        "duty": organisation::Duty::ALL,
        "basis": organisation::ErasureBasis::ALL,
        "read": store::access::ReadKind::ALL,
        "scope": [store::access::Scope::Read, store::access::Scope::Act, store::access::Scope::Ingest].map(Word),
    }
    ids.extend(["public", "office", "units", "circle"].map(|code| format!("audience-{code}")));
    ids.extend(["leads", "held-post", "acted-for", "reported"].map(|code| format!("ground-{code}")));
    for (_, _, fields) in ACTS {
        for field in *fields {
            ids.push(format!("field-{}", field.name));
            ids.push(format!("hint-{}", field.name));
            match field.kind {
                FieldKind::One(codes) | FieldKind::Any(codes) => {
                    ids.extend(codes.iter().map(|code| format!("option-{code}")));
                }
                FieldKind::Paragraph
                | FieldKind::Line
                | FieldKind::Date
                | FieldKind::Party
                | FieldKind::SupervisingUnit
                | FieldKind::Officer
                | FieldKind::Evidence
                | FieldKind::Obstacle
                | FieldKind::Question
                | FieldKind::SubMatter
                | FieldKind::Matter
                | FieldKind::Units
                | FieldKind::Officers
                | FieldKind::File => {}
            }
        }
    }
    ids
}

/// A scope goes by its word.
struct Word(store::access::Scope);

impl Word {
    fn code(&self) -> &'static str {
        self.0.word()
    }
}

#[test]
fn every_code_has_its_word() {
    let texts = messages("en");
    let missing: Vec<String> = ids_by_code().into_iter().filter(|id| !texts.contains_key(id)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_refusal_says_what_stands_in_the_way_and_what_to_do_next() {
    let texts = messages("en");
    let source = fs::read_to_string(folder("../ledger/src/refusal.rs")).expect("the refusals");
    let codes: BTreeSet<&str> = source.split('"').filter(|part| part.starts_with("LS-")).collect();
    assert!(codes.len() > 40, "{codes:?}");
    for code in &codes {
        let code = code.to_lowercase();
        assert!(texts.contains_key(&code) && texts.contains_key(&format!("{code}-next")), "{code} has no text");
    }
    let said = texts.keys().filter(|id| id.starts_with("ls-") && !id.ends_with("-next"));
    for id in said {
        assert!(codes.contains(id.to_uppercase().as_str()), "{id} is no refusal any more");
    }
}

#[test]
fn whatever_can_be_wrong_with_a_field_has_a_text() {
    let texts = messages("en");
    for below in ["src", "../ledger/src", "../store/src"] {
        for (path, source) in files(&folder(below), "rs") {
            for call in source.split("Invalid::new(").skip(1) {
                let arguments = call.split(')').next().unwrap_or("");
                let Some((field, code)) = arguments.split_once(',') else { continue };
                let (field, code) = (field.trim(), code.trim().trim_end_matches(','));
                if let Some(code) = quoted(code) {
                    assert!(texts.contains_key(&format!("invalid-{code}")), "{path}: invalid-{code}");
                }
                if let Some(field) = quoted(field) {
                    assert!(texts.contains_key(&format!("field-{field}")), "{path}: field-{field}");
                }
            }
        }
    }
}

fn quoted(literal: &str) -> Option<&str> {
    literal.strip_prefix('"')?.strip_suffix('"')
}

#[test]
fn every_message_that_is_used_exists() {
    let texts = messages("en");
    let sources = files(&folder("src"), "rs").into_iter().chain(files(&folder("templates"), "html"));
    let mut missing = BTreeSet::new();
    for (path, source) in sources {
        let source = source.split("#[cfg(test)]").next().unwrap_or("");
        let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        for opening in [".text(\"", "say(\""] {
            for (at, _) in code.match_indices(opening) {
                let id = code[at + opening.len()..].split('"').next().unwrap_or("");
                // `form.text("login")` asks for what was typed; messages have a hyphen.
                if code[..at].ends_with("form") || (path.ends_with(".rs") && !id.contains('-')) {
                    continue;
                }
                let exists = match id.split_once('{') {
                    // An id made of a family and a code; `every_code_has_its_word` looks at each.
                    Some((family, _)) => texts.keys().any(|key| key.starts_with(family)),
                    None => texts.contains_key(id),
                };
                if !exists {
                    missing.insert(format!("{id} in {}", path.rsplit("crates/").next().unwrap_or("")));
                }
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}
