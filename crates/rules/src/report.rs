//! What a reform does, as one page of HTML with a chart.

use std::fmt::Write as _;

use civil::Date;

use crate::census::Groups;
use crate::compare::{Compared, Effect, Tally};
use crate::every::Every;
use crate::message::Message;
use crate::page::{Page, escaped};
use crate::syntax::{Entity, Label};
use crate::wording::Language;

/// So many groups are drawn; the table has all.
const BARS_MAX: usize = 40;
/// Height of a line of words in the chart, and of a bar.
const WORDS: usize = 22;
const BAR: usize = 14;

const STYLE: &str = ".more{fill:#8c2d04}.less{fill:#08519c}svg{display:block;width:100%;max-width:48rem}\
svg text{font:13px system-ui,sans-serif}figure{margin:1rem 0}th[scope=row]{min-width:6em;overflow-wrap:anywhere}";

/// A package: what it is called, and the folder it was read from.
#[derive(Clone, Copy)]
pub struct Named<'n> {
    /// Its words.
    pub label: &'n Label,
    /// Its folder, as it was given.
    pub folder: &'n str,
}

/// The page, in one language, or in both, with notes on what is left out.
pub fn report(
    [rules, reform]: [Named<'_>; 2],
    on: Date,
    groups: Option<&Groups>,
    (compared, notes): (&[Compared], &[Message]),
    language: Option<Language>,
) -> String {
    let title = Label { zh: "改革方案测算".to_owned(), en: "What a reform does".to_owned() };
    let mut report = Report { groups, page: Page::begun(language, &title, STYLE) };
    let page = &report.page;
    let named = |of: Named<'_>| format!("{} <code>{}</code>", page.label(of.label), escaped(of.folder));
    let lines = [
        (page.say("现行规则", "as the rules are"), named(rules)),
        (page.say("改革方案", "as they would be"), named(reform)),
        (page.say("认定日", "decided on"), on.to_string()),
    ];
    let colon = page.colon();
    let lines = lines.map(|(what, is)| format!("{what}{colon}{is}")).join("<br>");
    let counted = page.say("只有两边都能判断的才计入金额。", "Amounts are of those of whom both can be said.");
    let _ = writeln!(report.page.out, "<p>{lines}</p>\n<p>{counted}</p>");
    for note in notes {
        let _ = writeln!(report.page.out, "<p>{}</p>", report.page.say(&note.zh, &note.en));
    }
    compared.iter().for_each(|one| report.decision(one));
    report.page.done()
}

/// Fen as yuan, with its sign where one is asked for.
pub(crate) fn yuan(fen: i128, signed: bool) -> String {
    let sign = match fen.signum() {
        -1 => "−",
        1 if signed => "+",
        _ => "",
    };
    let (whole, rest) = ((fen.unsigned_abs() / 100).to_string(), fen.unsigned_abs() % 100);
    let mut spaced = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            spaced.push(',');
        }
        spaced.push(digit);
    }
    format!("{sign}{spaced}.{rest:02}")
}

struct Report<'p> {
    groups: Option<&'p Groups>,
    page: Page,
}

impl Report<'_> {
    fn decision(&mut self, one: &Compared) {
        let (page, name) = (&self.page, escaped(&one.name));
        let whom = match one.entity {
            Entity::Household => page.say("户", "households"),
            Entity::Person => page.say("人", "persons"),
        };
        let is_said = [&one.label.zh, &one.label.en].contains(&&one.name);
        let code = if is_said { String::new() } else { format!(" <code>{name}</code>") };
        let (label, unit) = (page.label(&one.label), page.say("单位", "counted in"));
        let _ = writeln!(self.page.out, "<h2>{label}{code}</h2>\n<p>{unit}{}{whom}</p>", page.colon());
        let names: Vec<String> = one.made_up.iter().map(|label| self.page.label(label)).collect();
        self.page.made_up(&names);
        let ranked = one.ranked();
        self.chart(one, &ranked);
        self.table(one, &ranked);
    }

    fn table(&mut self, one: &Compared, ranked: &[usize]) {
        let heading = self.groups.map_or(String::new(), |groups| escaped(&groups.heading));
        let _ = write!(self.page.out, "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">{heading}</th>");
        for effect in Effect::ALL {
            let (zh, en) = effect.label();
            let _ = write!(self.page.out, "<th scope=\"col\">{}</th>", self.page.say(zh, en));
        }
        if let Some(every) = one.pays {
            let (zh, en) = every.words();
            for (of, of_en) in [("现行", "before"), ("方案", "after"), ("增支", "cost")] {
                let said = self.page.say(&format!("{of}{zh}（元）"), &format!("{of_en}, yuan{en}"));
                let _ = write!(self.page.out, "<th scope=\"col\">{said}</th>");
            }
        }
        self.page.out.push_str("</tr></thead>\n<tbody>\n");
        for at in ranked {
            let name = self.name(*at);
            self.row(&name, &one.groups[*at], one.pays);
        }
        let all = self.page.say("合计", "all");
        self.row(&format!("<b>{all}</b>"), &one.all, one.pays);
        self.page.close();
    }

    fn row(&mut self, name: &str, tally: &Tally, pays: Option<Every>) {
        let out = &mut self.page.out;
        let _ = write!(out, "<tr><th scope=\"row\">{name}</th>");
        for count in tally.effects {
            let _ = write!(out, "<td class=\"number\">{count}</td>");
        }
        if pays.is_some() {
            for (fen, signed) in [(tally.before_fen, false), (tally.after_fen, false), (tally.cost_fen(), true)] {
                let _ = write!(out, "<td class=\"number\">{}</td>", yuan(fen, signed));
            }
        }
        out.push_str("</tr>\n");
    }

    /// What a group is called, as HTML.
    fn name(&self, at: usize) -> String {
        match self.groups.and_then(|groups| groups.names.get(at)).map_or("", String::as_str) {
            "" => self.page.say("未填", "not stated"),
            name => escaped(name),
        }
    }

    /// Bars to the right for more and to the left for less: what it costs by group, or how many are covered more. Words
    /// stand above each bar, so that a narrow page has them whole.
    fn chart(&mut self, one: &Compared, ranked: &[usize]) {
        let counted = |value: i128| match value.signum() {
            -1 => format!("−{}", value.unsigned_abs()),
            0 => "0".to_owned(),
            _ => format!("+{value}"),
        };
        let said = |value: i128| if one.pays.is_some() { yuan(value, true) } else { counted(value) };
        // In a picture, words of two languages stand in one line.
        let plain = |name: String| name.replace("<span lang=\"en\">", "/ ").replace("</span>", "");
        let mut bars: Vec<(String, i128)> =
            ranked.iter().map(|at| (plain(self.name(*at)), one.gain(&one.groups[*at]))).collect();
        if one.groups.is_empty() {
            bars.push((plain(self.page.say("合计", "all")), one.gain(&one.all)));
        }
        let left_out = bars.len().saturating_sub(BARS_MAX);
        bars.truncate(BARS_MAX);
        let most = |sign: i128| bars.iter().map(|(_, value)| (value * sign).max(0)).max().unwrap_or(0);
        let (less, more) = (most(-1), most(1));
        let all = (less + more).max(1);
        // Thousandths of the width.
        let wide = |value: i128| u64::try_from(value.unsigned_abs() * 1_000 / all.unsigned_abs()).unwrap_or(1_000);
        let per_cent = |wide: u64| format!("{}.{}%", wide / 10, wide % 10);
        let (what, en) = match one.pays {
            Some(every) => {
                let (zh, en) = every.words();
                (format!("{zh}增支（元）"), format!("cost{en}, in yuan"))
            }
            None => ("净增覆盖数".to_owned(), "covered more, less those covered no longer".to_owned()),
        };
        let what = self.page.say(&what, &en);
        let (line, middle) = (WORDS + BAR + 6, wide(less));
        let height = bars.len() * line + 4;
        let title = plain(what.clone());
        let _ = writeln!(
            self.page.out,
            "<figure><figcaption>{what}</figcaption>\n<svg height=\"{height}\" role=\"img\">\n<title>{title}</title>"
        );
        for (at, (name, value)) in bars.iter().enumerate() {
            let (text, y, long) = (at * line + WORDS - 6, at * line + WORDS, wide(*value));
            let (x, class) = if *value < 0 { (middle.saturating_sub(long), "less") } else { (middle, "more") };
            let _ = writeln!(
                self.page.out,
                "<text x=\"0\" y=\"{text}\"><tspan font-weight=\"bold\">{}</tspan> {name}</text>\
                 <rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{BAR}\"/>\
                 <line x1=\"{zero}\" y1=\"{}\" x2=\"{zero}\" y2=\"{}\" stroke=\"#555\"/>",
                said(*value),
                per_cent(x),
                per_cent(long),
                y - 2,
                y + BAR + 2,
                zero = per_cent(middle),
            );
        }
        let _ = writeln!(self.page.out, "</svg>");
        if left_out > 0 {
            let said = self
                .page
                .say(&format!("另有{left_out}组见下表。"), &format!("{left_out} more groups stand in the table."));
            let _ = writeln!(self.page.out, "<p>{said}</p>");
        }
        self.page.out.push_str("</figure>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_spaced_and_signed() {
        assert_eq!(yuan(0, true), "0.00");
        assert_eq!(yuan(123_456_789, true), "+1,234,567.89");
        assert_eq!(yuan(-5, false), "−0.05");
        assert_eq!(yuan(100_000, false), "1,000.00");
    }
}
