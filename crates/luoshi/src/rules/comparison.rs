//! What a reform does, and what is owed, as tables on a terminal.

use std::collections::{BTreeMap, BTreeSet};

use rules::{Against, Compared, Effect, Every, Groups, Label, Language, Owed, Rules, Tally};

/// So many groups are printed; the report and the file have all.
const GROUPS_MAX: usize = 30;

/// One decision: everybody, then group by group, the greatest change first.
pub fn tell(one: &Compared, groups: Option<&Groups>, language: Language) {
    println!("{} {} / {}", one.name, one.label.zh, one.label.en);
    println!("  {}", counted(&one.all, language));
    if let Some(every) = one.pays {
        println!("  {}", cost(&one.all, every, language));
    }
    if let Some(groups) = groups {
        let ranked = one.ranked();
        for at in ranked.iter().take(GROUPS_MAX) {
            let (name, tally) = (groups.names[*at].as_str(), &one.groups[*at]);
            let name = if name.is_empty() { language.pick("（未填）", "(not stated)") } else { name };
            let semicolon = language.pick("；", "; ");
            let cost = one.pays.map(|every| format!("{semicolon}{}", cost(tally, every, language)));
            let (colon, cost) = (language.pick("：", ": "), cost.unwrap_or_default());
            println!("    {} {name}{colon}{}{cost}", groups.heading, counted(tally, language));
        }
        if ranked.len() > GROUPS_MAX {
            let more = ranked.len() - GROUPS_MAX;
            match language {
                Language::Zh => println!("    另有{more}组，见 --report"),
                Language::En => println!("    and {more} more, which --report has"),
            }
        }
    }
    tell_made_up(&one.made_up, language);
}

/// What a decision rests on that was made up.
pub fn tell_made_up<'l>(made_up: impl IntoIterator<Item = &'l Label>, language: Language) {
    let made_up: Vec<String> = made_up.into_iter().map(|label| format!("{} / {}", label.zh, label.en)).collect();
    if !made_up.is_empty() {
        println!("  {}{}", rules::not_to_be_paid(language), made_up.join(language.pick("；", "; ")));
    }
}

fn counted(tally: &Tally, language: Language) -> String {
    Effect::ALL
        .iter()
        .map(|effect| match language {
            Language::Zh => format!("{}{}", effect.label().0, tally.of(*effect)),
            Language::En => format!("{} {}", effect.label().1, tally.of(*effect)),
        })
        .collect::<Vec<_>>()
        .join(language.pick("，", ", "))
}

fn cost(tally: &Tally, every: Every, language: Language) -> String {
    let (zh, en) = every.words();
    let sign = if tally.cost_fen() > 0 { "+" } else { "" };
    let (after, before, cost) = (yuan(tally.after_fen), yuan(tally.before_fen), yuan(tally.cost_fen()));
    let open = tally.of(Effect::CannotSay);
    let left_out = match language {
        _ if open == 0 => String::new(),
        Language::Zh => format!("（不含无法判断的{open}项，此前能算出的应付{}元）", yuan(tally.left_out_fen)),
        Language::En => format!(
            ", without the {open} that cannot be said; as far as known they were paid {} before",
            yuan(tally.left_out_fen)
        ),
    };
    match language {
        Language::Zh => format!("此前{zh}应付{before}元，此后{zh}应付{after}元：{sign}{cost}元{left_out}"),
        Language::En => format!("pays {after}{en} after {before} before: {sign}{cost} yuan{left_out}"),
    }
}

/// Fen as yuan.
pub fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// What is owed and what was paid too much, decision by decision and month by month.
pub fn tell_arrears(rules: &Rules, owed: &[Owed], against: &Against<'_>, language: Language) {
    let said = match against {
        Against::Nothing => language.pick("以未付为准", "against nothing paid"),
        Against::Paid(_) => language.pick("与已付相比", "against what was paid"),
        Against::Before(_) => language.pick("与改革前的规则相比", "against the rules before the reform"),
    };
    let mut decisions: BTreeMap<usize, Vec<&Owed>> = BTreeMap::new();
    for one in owed {
        decisions.entry(one.decision).or_default().push(one);
    }
    if decisions.is_empty() {
        let none = "no decision that pays an amount a month is in force in these months";
        println!("{}", language.pick("这些月份没有按月支付的认定有效", none));
    }
    for (decision, months) in decisions {
        let decision = &rules.decisions[decision];
        let comma = language.pick("，", ", ");
        println!("{} {} / {}{comma}{said}", decision.name, decision.label.zh, decision.label.en);
        let (mut under, mut over) = (0, 0);
        for one in &months {
            (under, over) = (under + one.under.1, over + one.over.1);
            let month = rules::month_said(one.month);
            let ((owed_to, owed), (over_to, over), open) = (one.under, one.over, one.cannot_say);
            let (owed, over) = (yuan(owed), yuan(over));
            match language {
                Language::Zh => {
                    println!("  {month}：应补{owed_to}项{owed}元，多付{over_to}项{over}元，无法判断{open}项")
                }
                Language::En => {
                    println!(
                        "  {month}: owed {owed} to {owed_to}, paid too much {over} to {over_to}, cannot say {open}"
                    );
                }
            }
        }
        match language {
            Language::Zh => println!("  合计：应补{}元，多付{}元", yuan(under), yuan(over)),
            Language::En => println!("  in all: owed {} yuan, paid too much {} yuan", yuan(under), yuan(over)),
        }
        let made_up: BTreeSet<&Label> = months.iter().flat_map(|one| &one.made_up).collect();
        tell_made_up(made_up, language);
    }
}
