//! What a reform does, as one page of HTML in both languages, with a chart. It needs nothing else: no script, no request.

use std::fmt::Write as _;

use civil::Date;

use crate::book::{STYLE, escaped};
use crate::census::Groups;
use crate::compare::{Compared, Effect, Tally};
use crate::syntax::{Entity, Label};

/// So many groups are drawn; the table has all.
const BARS_MAX: usize = 40;
/// Widths of the chart, in its own units: of the words, of a bar at its longest, of all.
const WORDS: usize = 180;
const BAR: usize = 230;
const WIDTH: usize = 760;
/// Height of a line of the chart.
const LINE: usize = 24;

/// The page. `rules` and `reform` are what both packages are called.
pub fn report(rules: &Label, reform: &Label, on: Date, groups: Option<&Groups>, compared: &[Compared]) -> String {
    let mut page = Page { groups, out: String::new() };
    let title = "改革方案测算 <span lang=\"en\">What a reform does</span>";
    let _ = write!(
        page.out,
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>改革方案测算 / What a reform does</title>\n\
         <style>{STYLE}.more{{fill:#8c2d04}}.less{{fill:#08519c}}svg text{{font:13px system-ui,sans-serif}}figure{{margin:1rem 0}}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n"
    );
    let [before, after] = [rules, reform].map(both);
    let _ = writeln!(
        page.out,
        "<p>现行规则 <span lang=\"en\">as the rules are</span>: {before}<br>改革方案 <span lang=\"en\">as they would be</span>: \
         {after}<br>认定日 <span lang=\"en\">decided on</span>: {on}</p>\n\
         <p>只有两边都能判断的才计入金额。<span lang=\"en\">Amounts are of those of whom both can be said.</span></p>"
    );
    compared.iter().for_each(|one| page.decision(one));
    page.out.push_str("</body>\n</html>\n");
    page.out
}

fn both(label: &Label) -> String {
    format!("{} <span lang=\"en\">{}</span>", escaped(&label.zh), escaped(&label.en))
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

struct Page<'p> {
    groups: Option<&'p Groups>,
    out: String,
}

impl Page<'_> {
    fn decision(&mut self, one: &Compared) {
        let whom = match one.entity {
            Entity::Household => "户 <span lang=\"en\">households</span>",
            Entity::Person => "人 <span lang=\"en\">persons</span>",
        };
        let _ = writeln!(
            self.out,
            "<h2>{} <code>{}</code></h2>\n<p>单位 <span lang=\"en\">counted in</span>: {whom}</p>",
            both(&one.label),
            escaped(&one.name)
        );
        if !one.made_up.is_empty() {
            let names = one.made_up.iter().map(|name| escaped(name)).collect::<Vec<_>>().join("; ");
            let _ = writeln!(
                self.out,
                "<p class=\"synthetic\">虚构，不得据以支付 <span lang=\"en\">Synthetic, not to be paid by</span>: {names}</p>"
            );
        }
        self.chart(one);
        self.table(one);
    }

    fn table(&mut self, one: &Compared) {
        let heading = self.groups.map_or(String::new(), |groups| escaped(&groups.heading));
        let _ = write!(self.out, "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">{heading}</th>");
        for effect in Effect::ALL {
            let (zh, en) = effect.label();
            let _ = write!(self.out, "<th scope=\"col\">{zh} <span lang=\"en\">{en}</span></th>");
        }
        let money = [("现行（元）", "before, yuan"), ("方案（元）", "after, yuan"), ("增支（元）", "cost, yuan")];
        for (zh, en) in money.iter().filter(|_| one.pays) {
            let _ = write!(self.out, "<th scope=\"col\">{zh} <span lang=\"en\">{en}</span></th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for (at, tally) in one.groups.iter().enumerate() {
            let name = self.name(at);
            self.row(&name, tally, one.pays);
        }
        self.row("<b>合计 <span lang=\"en\">all</span></b>", &one.all, one.pays);
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    fn row(&mut self, name: &str, tally: &Tally, pays: bool) {
        let _ = write!(self.out, "<tr><th scope=\"row\">{name}</th>");
        for count in tally.effects {
            let _ = write!(self.out, "<td class=\"number\">{count}</td>");
        }
        if pays {
            for (fen, signed) in [(tally.before_fen, false), (tally.after_fen, false), (tally.cost_fen(), true)] {
                let _ = write!(self.out, "<td class=\"number\">{}</td>", yuan(fen, signed));
            }
        }
        self.out.push_str("</tr>\n");
    }

    /// What a group is called, as HTML.
    fn name(&self, at: usize) -> String {
        let name = self.groups.and_then(|groups| groups.names.get(at)).map_or("", String::as_str);
        if name.is_empty() { "未填 <span lang=\"en\">not stated</span>".to_owned() } else { escaped(name) }
    }

    /// Bars to the right for more and to the left for less: what it costs by group, or how many are covered more.
    fn chart(&mut self, one: &Compared) {
        let covered =
            |tally: &Tally| i128::from(tally.of(Effect::NewlyCovered)) - i128::from(tally.of(Effect::NoLongerCovered));
        let length = |tally: &Tally| if one.pays { tally.cost_fen() } else { covered(tally) };
        let counted = |value: i128| match value.signum() {
            -1 => format!("−{}", value.unsigned_abs()),
            0 => "0".to_owned(),
            _ => format!("+{value}"),
        };
        let said = |value: i128| if one.pays { yuan(value, true) } else { counted(value) };
        let mut bars: Vec<(String, i128)> = if one.groups.is_empty() {
            vec![("合计 / all".to_owned(), length(&one.all))]
        } else {
            let plain = |at: usize| match self.groups.and_then(|groups| groups.names.get(at)).map(String::as_str) {
                None | Some("") => "未填 / not stated".to_owned(),
                Some(name) => escaped(name),
            };
            one.groups.iter().enumerate().map(|(at, tally)| (plain(at), length(tally))).collect()
        };
        // The longest first; of the same length as the table has them.
        bars.sort_by_key(|(_, value)| std::cmp::Reverse(value.abs()));
        let left_out = bars.len().saturating_sub(BARS_MAX);
        bars.truncate(BARS_MAX);
        let most = bars.iter().map(|(_, value)| value.unsigned_abs()).max().unwrap_or(0).max(1);
        let (zh, en) = if one.pays {
            ("每月或每次增支（元）", "cost, in yuan")
        } else {
            ("净增覆盖数", "covered more, less those covered no longer")
        };
        let height = bars.len() * LINE + 8;
        let _ = writeln!(
            self.out,
            "<figure class=\"wide\"><figcaption>{zh} <span lang=\"en\">{en}</span></figcaption>\n\
             <svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n\
             <title>{zh} / {en}</title>"
        );
        let middle = WORDS + BAR;
        for (at, (name, value)) in bars.iter().enumerate() {
            let (y, text) = (at * LINE + 4, at * LINE + 4 + LINE * 2 / 3);
            let long = usize::try_from(value.unsigned_abs() * BAR as u128 / most).unwrap_or(BAR);
            let (x, class) = if *value < 0 { (middle - long, "less") } else { (middle, "more") };
            let _ = writeln!(
                self.out,
                "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\">{name}</text>\
                 <rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{long}\" height=\"{}\"/>\
                 <text x=\"{}\" y=\"{text}\">{}</text>",
                WORDS - 8,
                LINE - 6,
                if *value < 0 { middle + 6 } else { middle + long + 6 },
                said(*value)
            );
        }
        let _ = writeln!(
            self.out,
            "<line x1=\"{middle}\" y1=\"0\" x2=\"{middle}\" y2=\"{height}\" stroke=\"#555\"/>\n</svg>"
        );
        if left_out > 0 {
            let _ = writeln!(
                self.out,
                "<p>另有{left_out}组见下表。<span lang=\"en\">{left_out} more groups stand in the table.</span></p>"
            );
        }
        self.out.push_str("</figure>\n");
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
