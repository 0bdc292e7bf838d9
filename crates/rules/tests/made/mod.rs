//! Random packages of rules and random households, from a seed.

use std::fmt::Write as _;

use rules::{Entity, Household, Place, Rules};

/// A sequence that its seed determines (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }
}

const HEAD: &str = r#"
package made "随机" / "made"
basis law "法" / "law" from 2000-01-01 source "test"
options area urban "城" / "urban", rural "乡" / "rural", far "远" / "far"
roles head "户主" / "head", child "子女" / "child", parent "父母" / "parent"
input household.area: area "类别" / "area" changeable
input household.rent: money/month "租金" / "rent" rising
input household.gain: money/month "盈亏" / "gain" signed changeable
input household.heads: number "数" / "heads" changeable
input household.share: ratio "比" / "share" changeable
input household.waived: yes/no "放弃" / "waived" changeable
input person.wage: money/month "工资" / "wage" changeable
input person.farm: money/year "农" / "farm" falling
input person.birth: date "生日" / "birth"
input person.ill: yes/no "病" / "ill" changeable
input person.poor: yes/no "贫" / "poor" rising
input person.earned: money/month monthly "得" / "earned" signed changeable
input person.idle: yes/no monthly "闲" / "idle" changeable
input household.spent: money/month monthly "支" / "spent" changeable
"#;

/// A package of random formulas and decisions; each checks, and none can never hold by its range.
pub fn package(dice: &mut Dice) -> String {
    made_package(dice, false)
}

/// The same package with each condition as a formula, `first_A`, and each decision as a fact that may be anything.
pub fn conditions_as_formulas(dice: &mut Dice) -> String {
    made_package(dice, true)
}

fn made_package(dice: &mut Dice, as_formulas: bool) -> String {
    let mut out = HEAD.to_owned();
    let amounts = [dice.below(900) + 100, dice.below(900) + 100, dice.below(900) + 100];
    let _ = writeln!(
        out,
        "param cap: money/month by area \"限\" / \"cap\" under law article 1\n  from 2000-01-01: urban {}.{:02}, rural {}.00, far {}.50 source \"t\"",
        amounts[0],
        dice.below(100),
        amounts[1],
        amounts[2]
    );
    let thousandths = dice.below(3) * 1_000 + dice.below(1_000) + 1;
    let _ = writeln!(
        out,
        "param factor: ratio \"倍\" / \"factor\" under law article 2\n  from 2000-01-01 to 2020-06-30: 150% source \"t\"\n  from 2020-07-01: {}.{}% source \"t\"",
        thousandths / 10,
        thousandths % 10
    );
    // One figure that is not in force on the day decided on, in some packages.
    let _ = writeln!(
        out,
        "param gone: number \"去\" / \"gone\" under law article 3\n  from 2000-01-01{}: 3 source \"t\"",
        dice.one(&["", "", "", " to 2019-12-31"])
    );
    // Formulas that have a value for each month.
    let _ = writeln!(
        out,
        "let person.kept \"k\" / \"kept\" = earned - household.spent\n\
         let person.slack \"s\" / \"slack\" = idle or earned below {}\n\
         let person.turn \"t\" / \"turn\" = rank earned over members{}\n\
         let household.made \"m\" / \"made\" = (sum kept over members{}) + spent * heads\n\
         let household.zone \"z\" / \"zone\" = if waived then {} else area\n\
         let person.zone \"z\" / \"zone\" = if ill then household.zone else if poor then rural else household.area",
        dice.one(&["wage", "household.rent", "cap[household.area]"]),
        dice.one(&["", " where slack", " where not idle"]),
        dice.one(&["", " where slack", " where not idle"]),
        dice.one(&["urban", "rural", "far"])
    );
    let mut scope = Scope { dice, person: vec![], household: vec![], truths: [vec![], vec![]] };
    for at in 0..3 {
        let expr = scope.number(Entity::Person, 3);
        let _ = writeln!(out, "let person.p{at} \"p{at}\" / \"p{at}\" = {expr}");
        scope.person.push(format!("p{at}"));
        let expr = scope.truth(Entity::Person, 2);
        let _ = writeln!(out, "let person.q{at} \"q{at}\" / \"q{at}\" = {expr}");
        scope.truths[0].push(format!("q{at}"));
        let (expr, later) = (scope.number(Entity::Household, 3), scope.number(Entity::Household, 2));
        let versions = match scope.dice.below(6) {
            0 => format!("from 2000-01-01 = {expr} from 2020-12-21 = {later}"),
            1 => format!("from 2000-01-01 to 2020-12-21 = {expr} from 2020-12-22 = {later}"),
            2 if at == 2 => format!("from 2000-01-01 to 2020-12-20 = {expr} from 2020-12-22 = {later}"),
            _ => format!("= {expr}"),
        };
        let _ = writeln!(out, "let household.h{at} \"h{at}\" / \"h{at}\" {versions}");
        scope.household.push(format!("h{at}"));
        let expr = scope.truth(Entity::Household, 2);
        let _ = writeln!(out, "let household.k{at} \"k{at}\" / \"k{at}\" = {expr}");
        scope.truths[1].push(format!("k{at}"));
    }
    for (entity, of, name) in [
        (Entity::Household, "household", "first"),
        (Entity::Person, "person", "second"),
        (Entity::Household, "household", "third"),
    ] {
        let mut decide = String::new();
        let _ = writeln!(decide, "decide {of}.{name} \"{name}\" / \"{name}\" under law article 4 from 2001-01-01");
        // An exception comes second at most, and by a fact or formula: it can fail by itself.
        for letter in ["A", "B", "C"] {
            let word = if letter == "B" { scope.dice.one(&["when", "unless"]) } else { "when" };
            let expr = scope.truth(entity, 2);
            if as_formulas {
                let _ = writeln!(out, "let {of}.{name}_{letter} \"c\" / \"c\" = {expr}");
            }
            let _ = writeln!(decide, "  {word} {letter} \"{letter}\" / \"{letter}\": {expr}");
        }
        let needs = scope.dice.one(&["A or (B and C)", "A or B or C", "(A or B) and (B or C)", "C or (A and B)"]);
        let _ = writeln!(decide, "  needs {needs}");
        let amount = scope.number(entity, 2);
        let pay = match scope.dice.below(4) {
            0 => format!("pay round up to yuan larger(0, {amount})"),
            1 => format!("pay round half up to jiao {amount}"),
            2 if entity == Entity::Household => format!("pay round down to fen ({amount}) / (count members)"),
            _ => format!("pay round down to fen larger(0, {amount}) * factor"),
        };
        let _ = writeln!(decide, "  {pay}");
        if as_formulas {
            let _ = writeln!(out, "input {of}.{name}: yes/no \"{name}\" / \"{name}\"");
        } else {
            out.push_str(&decide);
        }
        scope.truths[usize::from(entity == Entity::Household)].push(name.to_owned());
    }
    out
}

struct Scope<'d> {
    dice: &'d mut Dice,
    person: Vec<String>,
    household: Vec<String>,
    truths: [Vec<String>; 2],
}

impl Scope<'_> {
    /// An amount a month.
    fn number(&mut self, of: Entity, depth: u32) -> String {
        let person = of == Entity::Person;
        if depth == 0 || self.dice.below(5) == 0 {
            let known = if person { &self.person } else { &self.household };
            if !known.is_empty() && self.dice.below(2) == 0 {
                let at = self.dice.below(known.len() as u64) as usize;
                return known[at].clone();
            }
            return if person {
                self.dice.one(&[
                    "wage",
                    "wage",
                    "farm * 1 year / 12 months",
                    "household.rent",
                    "cap[household.area]",
                    "cap[zone]",
                    "household.gain",
                ])
            } else {
                self.dice.one(&["rent", "gain", "cap[area]", "cap[zone]", "cap[rural]", "rent"])
            }
            .to_owned();
        }
        let inner = |scope: &mut Self| scope.number(of, depth - 1);
        if self.dice.below(7) == 0 {
            return self.looked_back(of);
        }
        match self.dice.below(if person { 7 } else { 11 }) {
            0 => format!("({} + {})", inner(self), inner(self)),
            1 => format!("({} - {})", inner(self), inner(self)),
            2 => format!("larger({}, {})", inner(self), inner(self)),
            3 => format!("smaller({}, {})", inner(self), inner(self)),
            4 => format!("(if {} then {} else {})", self.truth(of, depth - 1), inner(self), inner(self)),
            5 => format!("({} / {})", inner(self), self.dice.one(&["2", "3", "12"])),
            6 if person => format!("(household.heads * {})", inner(self)),
            6 => format!("({} * heads)", inner(self)),
            7 => format!(
                "(sum {} over members where {})",
                self.number(Entity::Person, depth - 1),
                self.truth(Entity::Person, 1)
            ),
            8 => format!("(sum {} over members)", self.number(Entity::Person, depth - 1)),
            9 => {
                format!("({} {} over members)", self.dice.one(&["min", "max"]), self.number(Entity::Person, depth - 1))
            }
            _ => format!("((count members where {}) * {})", self.truth(Entity::Person, 1), inner(self)),
        }
    }

    fn truth(&mut self, of: Entity, depth: u32) -> String {
        let person = of == Entity::Person;
        if depth == 0 {
            let known = &self.truths[usize::from(!person)];
            if !known.is_empty() && self.dice.below(3) == 0 {
                let at = self.dice.below(known.len() as u64) as usize;
                return known[at].clone();
            }
            return if person {
                self.dice.one(&[
                    "ill",
                    "poor",
                    "role is child",
                    "role in {head, parent}",
                    "(years since birth) at least 60 years",
                    "(month of birth) below (month of decision day)",
                    "(rank birth over members where role is child) at most 2",
                    "(rank (wage - household.gain) over members) is 1",
                    "(rank (sum earned over last 2 months) over members where any idle over last 3 months) is 1",
                    "household.waived",
                    "zone is not far",
                ])
            } else {
                self.dice.one(&[
                    "waived",
                    "area is not far",
                    "zone in {urban, far}",
                    "heads is gone",
                    "share above factor",
                ])
            }
            .to_owned();
        }
        let order = self.dice.one(&["below", "at most", "above", "at least", "is", "is not"]);
        if self.dice.below(9) == 0 {
            return self.asked_back(of);
        }
        match self.dice.below(if person { 5 } else { 8 }) {
            // Money that may be below zero on one side: no order of it is impossible by its range.
            0 | 1 if person => {
                format!("({} - household.gain) {order} {}", self.number(of, depth), self.number(of, depth - 1))
            }
            0 | 1 => format!("({} - gain) {order} {}", self.number(of, depth), self.number(of, depth - 1)),
            2 => format!("({} and {})", self.distinct(of, depth - 1), self.truth(of, 0)),
            3 => format!("({} or {})", self.truth(of, depth - 1), self.truth(of, depth - 1)),
            4 => format!("not ({})", self.truth(of, depth - 1)),
            5 => format!(
                "(any {} over members where {})",
                self.truth(Entity::Person, depth - 1),
                self.truth(Entity::Person, 0)
            ),
            6 => format!(
                "(all {} over members where {})",
                self.truth(Entity::Person, depth - 1),
                self.truth(Entity::Person, 0)
            ),
            _ => format!(
                "(count members where {}) {} 1",
                self.truth(Entity::Person, depth - 1),
                self.dice.one(&["above", "at most"])
            ),
        }
    }

    fn months(&mut self) -> &'static str {
        self.dice.one(&[
            "last 3 months",
            "last 1 months",
            "last 2 to 4 months",
            "last 4 months",
            "previous year",
            "this year",
        ])
    }

    /// An amount a month, of several months.
    fn looked_back(&mut self, of: Entity) -> String {
        let monthly = match of {
            Entity::Person => {
                self.dice.one(&["earned", "kept", "(earned - household.made)", "larger(earned, household.rent)"])
            }
            Entity::Household => {
                self.dice.one(&["spent", "made", "(sum earned over members where slack)", "(spent - gain)"])
            }
        };
        let filter = match of {
            Entity::Person => self.dice.one(&["", " where slack", " where idle", " where earned above wage"]),
            Entity::Household => self.dice.one(&["", " where any idle over members", " where spent below rent"]),
        };
        let months = self.months();
        match self.dice.below(5) {
            0 | 1 => format!("((sum {monthly} over {months}{filter}) / 3 months)"),
            2 if months != "this year" => format!("(average {monthly} over {months})"),
            3 => format!("(min {monthly} over {months}{filter})"),
            _ => format!("(max {monthly} over {months}{filter})"),
        }
    }

    /// Yes or no, of several months.
    fn asked_back(&mut self, of: Entity) -> String {
        let asked = match of {
            Entity::Person => self.dice.one(&[
                "idle",
                "slack",
                "(kept above wage)",
                "(idle and household.waived)",
                "(turn is 1)",
                "(slack or (month of birth) below 7)",
                "((rank (earned - household.made) over members where idle) at most 2)",
            ]),
            Entity::Household => self.dice.one(&[
                "(spent above rent)",
                "(made at least gain)",
                "(all slack over members)",
                "(any (turn is not 1) over members where idle)",
            ]),
        };
        let months = self.months();
        match self.dice.below(4) {
            0 => format!("((count {months} where {asked}) at least 1 months)"),
            1 => format!("(any {asked} over {months})"),
            2 => format!("(all {asked} over {months})"),
            _ => format!("(all {asked} over {months} where not {asked})"),
        }
    }

    /// Something that excludes no simple fact.
    fn distinct(&mut self, of: Entity, depth: u32) -> String {
        let (left, right) = (self.truth(of, depth), self.number(of, 1));
        let gain = if of == Entity::Person { "household.gain" } else { "gain" };
        format!("({left} or ({right} - {gain}) above 0)")
    }
}

/// August to November 2020.
pub const MONTHS: std::ops::RangeInclusive<i64> = 2020 * 12 + 7..=2020 * 12 + 10;

/// A household of none to six members; facts are missing, and now and then too large to compute with.
pub fn household(rules: &Rules, dice: &mut Dice) -> Household {
    made(rules, dice, 300_000, true)
}

/// As [`household`], within reach of brute force.
pub fn small_household(rules: &Rules, dice: &mut Dice) -> Household {
    made(rules, dice, 120_000, false)
}

fn made(rules: &Rules, dice: &mut Dice, most: u64, wild: bool) -> Household {
    let members = dice.below(if wild { 7 } else { 4 });
    let mut out = Household::unknown(rules, "h", (0..members).map(|at| format!("m{at}")));
    for entity in [Entity::Household, Entity::Person] {
        for place in out.places(entity) {
            for fact in 0..rules.facts(entity).len() {
                if !rules.facts(entity)[fact].is_monthly {
                    let value = value(rules, dice, place, fact, most, wild);
                    out.facts_mut(place).set(fact, value, None);
                    continue;
                }
                // Of most, each of the four months before the day decided on is known.
                let gaps = dice.below(3) == 0;
                for month in MONTHS {
                    let value = value(rules, dice, place, fact, most, wild && gaps);
                    out.facts_mut(place).set_in(fact, month, value, None);
                }
            }
        }
    }
    out
}

fn value(rules: &Rules, dice: &mut Dice, place: Place, fact: usize, most: u64, wild: bool) -> Option<i64> {
    let declared = &rules.facts(place.entity())[fact];
    if dice.below(if wild {
        12
    } else if declared.is_monthly {
        400
    } else {
        40
    }) == 0
    {
        return None;
    }
    if declared.name == "birth" {
        let (year, month, day) = (1930 + dice.below(95), 1 + dice.below(12), 1 + dice.below(28));
        let leap = dice.below(10) == 0 && year % 4 == 0;
        let number = if leap { year * 10_000 + 229 } else { year * 10_000 + month * 100 + day };
        return Some(number as i64);
    }
    if !declared.is_number() {
        let options = if matches!(declared.name.as_str(), "area" | "role") { 3 } else { 2 };
        return Some(dice.below(options) as i64);
    }
    if wild && dice.below(60) == 0 {
        return Some(i64::MAX - dice.below(3) as i64);
    }
    let value = match declared.name.as_str() {
        "heads" => dice.below(6),
        "share" => dice.below(20_000),
        // Steps of a yuan, so that values meet their boundaries.
        _ if dice.below(2) == 0 => dice.below(most) / 100 * 100,
        _ => dice.below(most),
    } as i64;
    Some(if declared.is_signed && dice.below(2) == 0 { -value } else { value })
}
