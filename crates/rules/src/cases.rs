//! Cases that a lawyer can read: facts, and what must come out.

use crate::diagnostic::Diagnostic;
use crate::facts::Gap;
use crate::model::{Case, Expected, Rules};
use crate::proof::{Teller, prove};
use crate::row::Row;
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
    let teller = Teller { row, language: Language::En };
    let failing: Vec<&str> = version
        .iter()
        .flat_map(|version| version.conditions.iter().enumerate())
        .filter(|(bit, _)| (decided.met | decided.unknown) >> bit & 1 == 0)
        .map(|(_, condition)| condition.name.as_str())
        .collect();
    let missing: Vec<Gap> =
        decided.gaps.iter().filter(|gap| matches!(gap, Gap::Missing(..) | Gap::MissingIn(..))).copied().collect();
    let answer = teller.answer(decided.answer);
    let title = if decided.answer != expected.answer {
        format!("`{}` is {answer}, and not {}", decision.name, teller.answer(expected.answer))
    } else if let Some(fen) = expected.pay_fen
        && decided.amount != Some(Ok(fen))
    {
        let wanted = teller.amount(expected.decision, fen);
        match &decided.amount {
            Some(Ok(fen)) => {
                format!("`{}` pays {}, and not {wanted}", decision.name, teller.amount(expected.decision, *fen))
            }
            Some(Err(_)) => format!("what `{}` pays cannot be said, and is not {wanted}", decision.name),
            None => format!("`{}` pays nothing, and not {wanted}", decision.name),
        }
    } else if !expected.because.is_empty() && expected.because != failing {
        format!(
            "`{}` is {answer} because of {}, and not of {}",
            decision.name,
            failing.join(", "),
            expected.because.join(", ")
        )
    } else if !expected.missing.is_empty() && !same(&expected.missing, &missing) {
        format!("for `{}`, other facts are missing than this case says", decision.name)
    } else {
        return None;
    };
    let proof = teller_proof(row, expected);
    let wrong = Diagnostic::new("case", title, expected.span, "this case says otherwise");
    Some(wrong.note(proof.trim_end()).help(
        "where the case is right, the rule is wrong; each condition above is marked + met, - not met, ? cannot say",
    ))
}

fn same<T: Ord + Clone>(a: &[T], b: &[T]) -> bool {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    a.sort();
    b.sort();
    a == b
}

fn teller_proof(row: &mut Row<'_>, expected: &Expected) -> String {
    let proof = prove(row, expected.decision, expected.place);
    Teller { row, language: Language::En }.proof(&proof)
}
