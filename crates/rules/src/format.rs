//! A file in its one layout. Lines stay as their author broke them; blanks and indents become regular, comments stay.

use crate::diagnostic::Diagnostic;
use crate::lex::{Lexeme, Token, lex};
use crate::parse::parse;
use crate::source::Source;
use crate::word::Word;
use crate::wording::Language;

/// The file in its one layout; with a language, the words of the rule language in that one too.
/// Errors: what cannot be read is not laid out.
pub fn format(text: &str, words: Option<Language>) -> Result<String, Vec<Diagnostic>> {
    let (_, wrong) = parse(0, text);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (lexemes, _) = lex(0, text);
    let layout = Layout { text, words };
    let mut lines: Vec<Vec<&Lexeme>> = vec![];
    let mut blank_before = vec![];
    let mut end = 0;
    for lexeme in lexemes.iter().filter(|lexeme| lexeme.token != Token::End) {
        let breaks = text[end..lexeme.span.from].matches('\n').count();
        if breaks > 0 || lines.is_empty() {
            blank_before.push(breaks > 1 && !lines.is_empty());
            lines.push(vec![]);
        }
        if let Some(line) = lines.last_mut() {
            line.push(lexeme);
        }
        end = lexeme.span.to;
    }
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if blank_before[at] {
            out.push('\n');
        }
        // A comment stands as deep as what it speaks of.
        let of = lines[at..].iter().find(|line| !matches!(line[0].token, Token::Comment(_)));
        out.push_str(&" ".repeat(of.map_or(0, |line| indent(line))));
        out.push_str(&layout.line(line));
        out.push('\n');
    }
    Ok(out)
}

/// In which language most words of the rule language stand in these files.
pub fn written_in(sources: &[Source]) -> Language {
    let (mut all, mut chinese) = (0usize, 0usize);
    for source in sources {
        for lexeme in lex(0, &source.text).0 {
            if matches!(lexeme.token, Token::Word(_)) {
                all += 1;
                chinese += usize::from(!source.text[lexeme.span.from..lexeme.span.to].is_ascii());
            }
        }
    }
    if chinese * 2 > all { Language::Zh } else { Language::En }
}

fn indent(line: &[&Lexeme]) -> usize {
    let dotted = line.get(1).is_some_and(|next| next.token == Token::Mark('.'));
    match line[0].token {
        Token::Word(word) if word.declares() => 0,
        Token::Word(Word::Person | Word::Household) if dotted => 4,
        Token::Word(word) if word.is_clause() => 2,
        Token::Mark('=') => 2,
        Token::Word(_) | Token::Name(_) | Token::Number { .. } | Token::Date(_) | Token::Text(_) => 4,
        Token::Month(_) | Token::Mark(_) | Token::Comment(_) | Token::End => 4,
    }
}

struct Layout<'t> {
    text: &'t str,
    words: Option<Language>,
}

impl Layout<'_> {
    fn line(&self, line: &[&Lexeme]) -> String {
        let mut out = String::new();
        for (at, lexeme) in line.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &line[before].token);
            let earlier = at.checked_sub(2).map(|earlier| &line[earlier].token);
            let after = line.get(at + 1).map(|after| &after.token);
            if let Some(before) = before
                && !joined(earlier, before, &lexeme.token, after)
                && !(*before == Token::Word(Word::Article) && out.ends_with('第'))
            {
                out.push_str(if matches!(lexeme.token, Token::Comment(_)) { "  " } else { " " });
            }
            out.push_str(&self.token(lexeme, before, after));
        }
        out
    }

    fn token(&self, lexeme: &Lexeme, before: Option<&Token>, after: Option<&Token>) -> String {
        let written = &self.text[lexeme.span.from..lexeme.span.to];
        match (&lexeme.token, self.words) {
            (Token::Word(Word::Month), Some(Language::Zh)) if matches!(before, Some(Token::Number { .. })) => {
                "个月".to_owned()
            }
            (Token::Word(Word::Article), Some(Language::Zh)) if after.is_some_and(numbers_an_article) => {
                "第".to_owned()
            }
            (Token::Number { units, .. }, Some(language))
                if before == Some(&Token::Word(Word::Article)) && numbers_an_article(&lexeme.token) =>
            {
                format!("{units}{}", language.pick("条", ""))
            }
            (Token::Word(word), Some(Language::Zh)) => word.chinese().to_owned(),
            (Token::Word(word @ (Word::Month | Word::Year | Word::Day)), Some(Language::En)) if singular(before) => {
                word.english().trim_end_matches('s').to_owned()
            }
            (Token::Word(word), Some(Language::En)) => word.english().to_owned(),
            (Token::Word(_), None) => written.split_whitespace().collect::<Vec<_>>().join(" "),
            (Token::Mark(mark), _) => mark.to_string(),
            (Token::Text(text), _) => format!("\"{text}\""),
            (Token::Comment(text), _) => text.clone(),
            // 三 of 近三个月 would be a name where it stands alone.
            (Token::Number { units, .. }, _) if before == Some(&Token::Word(Word::Last)) => units.to_string(),
            (Token::Number { percent: true, .. }, _) => written.replace('％', "%"),
            (Token::Name(_) | Token::Number { .. } | Token::Date(_) | Token::Month(_) | Token::End, _) => {
                written.to_owned()
            }
        }
    }
}

/// Whether a number stands between 第 and 条 where words are Chinese.
fn numbers_an_article(token: &Token) -> bool {
    matches!(token, Token::Number { units: 1.., scale: 0, percent: false })
}

/// Whether a unit of time stands for one: `money/month`, `1 year`.
fn singular(before: Option<&Token>) -> bool {
    matches!(before, Some(Token::Mark('/') | Token::Number { units: 1, scale: 0, .. }))
}

/// Whether a token stands directly after the one before it.
fn joined(earlier: Option<&Token>, before: &Token, token: &Token, after: Option<&Token>) -> bool {
    let unit = |token: &Token| matches!(token, Token::Word(Word::Money | Word::Yuan | Word::Yes));
    let per = |token: &Token| matches!(token, Token::Word(Word::Month | Word::Year | Word::No));
    let value = |token: &Token| {
        matches!(token, Token::Name(_) | Token::Number { .. } | Token::Mark(')' | ']'))
            || matches!(token, Token::Word(Word::Year | Word::Month | Word::Day | Word::Yuan))
    };
    match (before, token) {
        (Token::Mark('(' | '[' | '{' | '.'), _) | (_, Token::Mark(',' | ':' | ')' | ']' | '}' | '.' | '[')) => true,
        (Token::Word(Word::Larger | Word::Smaller), Token::Mark('(')) => true,
        (_, Token::Mark('/')) => unit(before) && after.is_some_and(per),
        (Token::Mark('/'), _) => earlier.is_some_and(unit) && per(token),
        (Token::Mark('-'), Token::Number { .. }) => !earlier.is_some_and(value),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_in_the_language_of_most_of_its_words() {
        let of = |text: &str| written_in(&[Source { name: String::new(), text: text.to_owned() }]);
        assert_eq!(of("输入 个人.wage: money \"工资\" / \"wage\""), Language::Zh);
        assert_eq!(of("input person.工资: 金额 \"工资\" / \"wage\""), Language::En);
        assert_eq!(of(""), Language::En);
    }

    const LOOSE: &str = "package  p \"甲\"/\"a\"\n\n\n\n# of whom\ninput household.rent:money / month \"租\" / \"rent\"   # monthly\n\
                         let household.x \"乙\" / \"b\"\n= larger ( 0 , rent*12 months - rent *12 months )\n";

    fn tokens(text: &str) -> Vec<Token> {
        lex(0, text).0.into_iter().map(|lexeme| lexeme.token).collect()
    }

    #[test]
    fn layout_is_regular_and_comments_stay() {
        let laid = format(LOOSE, None).expect("it can be read");
        let wanted = "package p \"甲\" / \"a\"\n\n# of whom\ninput household.rent: money/month \"租\" / \"rent\"  # monthly\n\
                      let household.x \"乙\" / \"b\"\n  = larger(0, rent * 12 months - rent * 12 months)\n";
        assert_eq!(laid, wanted);
        assert_eq!(format(&laid, None).expect("read"), laid, "laid out again it stays");
    }

    #[test]
    fn words_change_their_language_and_nothing_else() {
        let chinese = format(LOOSE, Some(Language::Zh)).expect("read");
        assert!(chinese.contains("输入 家庭.rent: 金额/月") && chinese.contains("较大(0, rent * 12 个月"), "{chinese}");
        assert_eq!(tokens(&chinese), tokens(LOOSE));
        let english = format(&chinese, Some(Language::En)).expect("read");
        assert_eq!(tokens(&english), tokens(LOOSE));
        assert!(english.contains("money/month") && english.contains("12 months"), "{english}");
    }

    #[test]
    fn an_article_is_written_as_each_language_writes_it() {
        for (written, language, laid) in [
            ("under law article 9", None, "under law article 9"),
            ("依 law  第九条", None, "依 law 第九条"),
            ("under law article 9", Some(Language::Zh), "依 law 第9条"),
            ("依 law 第九条", Some(Language::En), "under law article 9"),
            ("under law article \"9(2)\"", Some(Language::Zh), "依 law 条 \"9(2)\""),
        ] {
            let text = format(&format!("let person.a \"甲\" / \"a\" {written} = 1"), language).expect("it can be read");
            assert!(text.contains(&format!("\"a\" {laid} = 1")), "{text}");
        }
    }

    #[test]
    fn what_is_no_declaration_is_not_laid_out() {
        let wrong = format("认订 家庭.a \"甲\" / \"a\"", None).expect_err("认订 begins nothing");
        assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), ["syntax"]);
    }

    #[test]
    fn numbers_in_characters_and_wide_signs_are_written_as_they_are_read() {
        for (written, laid) in [("平均 b 遍及 近三个月", "平均 b 遍及 近 3 个月"), ("b × 2 ÷ 3", "b * 2 / 3")]
        {
            let text = format(&format!("设 家庭.a \"甲\" / \"a\" = {written}"), None).expect("it can be read");
            assert!(text.contains(laid), "{text}");
            assert_eq!(format(&text, None).as_deref(), Ok(text.as_str()));
        }
    }
}
