//! Cases that a lawyer can read: facts, and what must come out.

use crate::diagnostic::Diagnostic;
use crate::exact::failing;
use crate::facts::Gap;
use crate::message::{Message, list, message};
use crate::model::{Case, Expected, Rules};
use crate::proof::{Teller, prove};
use crate::row::Row;
use crate::syntax::Answer;
use crate::wording::Language;

/// What a case says and what comes out otherwise; empty if all of it holds.
pub fn test(rules: &Rules, case: &Case) -> Vec<Diagnostic> {
    let mut row = Row::new(rules, case.on, &case.household);
    case.expects.iter().filter_map(|expected| differs(&mut row, expected)).collect()
}

fn differs(row: &mut Row<'_>, expected: &Expected) -> Option<Diagnostic> {
    let rules = row.rules;
    let decided = row.decide(expected.decision, expected.place);
    let decision = &rules.decisions[expected.decision];
    let version = decision.on(row.on);
    let answer = |answer: Answer| spoken(row, |teller| teller.answer(answer).to_owned());
    let amount = |fen: i64| spoken(row, |teller| teller.amount(expected.decision, fen));
    let reasons = version.map_or(0, |version| failing(&version.needs, decided.met, decided.unknown));
    let conditions = version.iter().flat_map(|version| version.conditions.iter().enumerate());
    let fails: Vec<&str> =
        conditions.filter(|(bit, _)| reasons >> bit & 1 == 1).map(|(_, condition)| condition.name.as_str()).collect();
    let missing: Vec<Gap> =
        decided.gaps.iter().filter(|gap| matches!(gap, Gap::Missing(..) | Gap::MissingIn(..))).copied().collect();
    let because: Vec<&str> = expected.because.iter().map(String::as_str).collect();
    let (name, is) = (&decision.name, answer(decided.answer));
    let title = if decided.answer != expected.answer {
        let wanted = answer(expected.answer);
        message!("`{name}` 的结果是“{}”，不是“{}”", "`{name}` comes to “{}”, and not to “{}”", is, wanted)
    } else if let Some(fen) = expected.pay_fen
        && decided.amount != Some(Ok(fen))
    {
        let wanted = amount(fen);
        match &decided.amount {
            Some(Ok(fen)) => {
                message!("`{name}` 支付{}，不是{}", "`{name}` pays {}, and not {}", amount(*fen), wanted)
            }
            Some(Err(_)) => {
                message!(
                    "`{name}` 支付多少无法判断，不是{}",
                    "what `{name}` pays cannot be said, and is not {}",
                    wanted
                )
            }
            None => message!("`{name}` 不支付，不是{}", "`{name}` pays nothing, and not {}", wanted),
        }
    } else if !expected.because.is_empty() && !same(&because, &fails) {
        let (found, said) = (list(&fails), list(&because));
        message!("`{name}` 为“{}”的原因是{}，不是{}", "`{name}` is {} because of {}, and not of {}", is, found, said)
    } else if !expected.missing.is_empty() && !same(&expected.missing, &missing) {
        message!("`{name}` 所缺的事实与本案例写的不同", "for `{name}`, other facts are missing than this case says")
    } else {
        return None;
    };
    let proof = prove(row, expected.decision, expected.place);
    let proof = spoken(row, |teller| teller.proof(&proof).trim_end().to_owned());
    let wrong =
        Diagnostic::new("case", title, expected.span, message!("本案例写的不是这样", "this case says otherwise"));
    Some(wrong.note(proof).help(message!(
        "如果案例写得对，就是规则写错了；上面各条件前的记号：+ 符合，- 不符合，? 无法判断",
        "where the case is right, the rule is wrong; each condition above is marked + met, - not met, ? cannot say"
    )))
}

/// What a teller says, in both languages.
fn spoken(row: &Row<'_>, say: impl Fn(&Teller<'_, '_>) -> String) -> Message {
    let say = |language| say(&Teller { row, language });
    Message { zh: say(Language::Zh), en: say(Language::En) }
}

fn same<T: Ord + Clone>(a: &[T], b: &[T]) -> bool {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort();
    b.sort();
    a == b
}
