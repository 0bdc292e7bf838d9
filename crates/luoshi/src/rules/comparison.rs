//! What a reform does, and what is owed, as tables on a terminal.

use std::collections::BTreeMap;

use rules::{Against, Compared, Effect, Groups, Owed, Rules, Tally};

/// So many groups are printed; the report and the file have all.
const GROUPS_MAX: usize = 30;

/// One decision: everybody, then group by group, the greatest change first.
pub fn tell(one: &Compared, groups: Option<&Groups>) {
    println!("{} {} / {}", one.name, one.label.zh, one.label.en);
    println!("  {}", counted(&one.all));
    if one.pays {
        println!("  {}", cost(&one.all));
    }
    if let Some(groups) = groups {
        let mut named: Vec<(&str, &Tally)> = groups.names.iter().map(String::as_str).zip(&one.groups).collect();
        named.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.cost_fen().abs(), changed(tally))));
        for (name, tally) in named.iter().take(GROUPS_MAX) {
            let name = if name.is_empty() { "(not stated)" } else { name };
            let cost = if one.pays { format!("; {}", cost(tally)) } else { String::new() };
            println!("    {} {name}: {}{cost}", groups.heading, counted(tally));
        }
        if named.len() > GROUPS_MAX {
            println!("    and {} more, which --report has", named.len() - GROUPS_MAX);
        }
    }
    if !one.made_up.is_empty() {
        println!("  synthetic, not to be paid by: {}", one.made_up.join("; "));
    }
}

fn changed(tally: &Tally) -> u64 {
    Effect::ALL.iter().filter(|effect| **effect != Effect::Unchanged).map(|effect| tally.of(*effect)).sum()
}

fn counted(tally: &Tally) -> String {
    Effect::ALL
        .iter()
        .map(|effect| format!("{} {}", effect.label().1, tally.of(*effect)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn cost(tally: &Tally) -> String {
    let sign = if tally.cost_fen() > 0 { "+" } else { "" };
    format!(
        "pays {} after {} before: {sign}{} yuan",
        yuan(tally.after_fen),
        yuan(tally.before_fen),
        yuan(tally.cost_fen())
    )
}

fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// What is owed and what was paid too much, decision by decision and month by month.
pub fn tell_arrears(rules: &Rules, owed: &[Owed], against: &Against<'_>) {
    let said = match against {
        Against::Nothing => "against nothing paid",
        Against::Paid(_) => "against what was paid",
        Against::Before(_) => "against the rules before the reform",
    };
    let mut decisions: BTreeMap<usize, Vec<&Owed>> = BTreeMap::new();
    for one in owed {
        decisions.entry(one.decision).or_default().push(one);
    }
    if decisions.is_empty() {
        println!("no decision that pays an amount a month is in force in these months");
    }
    for (decision, months) in decisions {
        let decision = &rules.decisions[decision];
        println!("{} {} / {}, {said}", decision.name, decision.label.zh, decision.label.en);
        let (mut under, mut over) = (0, 0);
        for one in &months {
            (under, over) = (under + one.under.1, over + one.over.1);
            println!(
                "  {}: owed {} to {}, paid too much {} to {}, cannot say {}",
                rules::month_said(one.month),
                yuan(one.under.1),
                one.under.0,
                yuan(one.over.1),
                one.over.0,
                one.cannot_say
            );
        }
        println!("  in all: owed {} yuan, paid too much {} yuan", yuan(under), yuan(over));
    }
}
