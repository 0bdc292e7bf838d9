//! Parameters: each dated, each with its source, each of its unit.

use super::{Checker, Meaning, quoted};
use crate::diagnostic::Diagnostic;
use crate::kind::{Kind, Rounded, Unit};
use crate::message::message;
use crate::model::{Param, ParamVersion, RATIO_DEN};
use crate::source::Span;
use crate::syntax::{self, Name, Value};
use crate::value::{may_be_percent, percent_or_times, trimmed};

/// How many decimals of a ratio are held.
const DECIMALS_MAX: u32 = 6;

impl Checker {
    pub(super) fn declare_param(&mut self, written: syntax::Param) {
        self.claim(None, &written.name, Meaning::Param(self.rules.params.len()));
        let kind = self.kind_of(&written.kind);
        let by = written.by.as_ref().and_then(|by| self.options_named(by));
        let article = self.article(&written.name, written.under.as_ref());
        if written.versions.is_empty() {
            let title = message!("参数 `{}` 没有值", "the parameter `{}` has no value", written.name.text);
            let wrong = Diagnostic::new("no-value", title, written.name.span, message!("", ""));
            self.refuse(wrong.help(message!(
                "加上一个：`自 2021-01-01：800.00 来源 \"…\"`",
                "add one: `from 2021-01-01: 800.00 source \"…\"`"
            )));
        }
        let dated = self.dated(&written);
        let (Some(kind), Some(article)) = (kind, article) else {
            return self.push_broken(&written, kind);
        };
        let kind = self.finest(kind, &written);
        self.unsaid(|unsaid| unsaid.units += usize::from(matches!(kind, Kind::Number { .. })));
        self.of_one_way(kind, &written.versions);
        let mut versions = vec![];
        for (at, days) in self.settled(&written.name.text, &dated) {
            let version = &written.versions[at];
            if version.days.is_some() {
                self.within_basis(&written.name.text, &article, days, version.span);
            }
            let values = self.values(&written.name, kind, by, version);
            let is_synthetic = version.synthetic.is_some();
            let source = version.source.clone().or_else(|| version.synthetic.clone()).unwrap_or_default();
            versions.push(ParamVersion { days, values, source, is_synthetic });
        }
        let (name, label) = (written.name.text, written.label);
        self.rules.params.push(Param { name, label, kind, by, article, versions, is_used: false });
    }

    /// Keeps the place of a parameter that was refused, so that formulas which use it are checked all the same.
    fn push_broken(&mut self, written: &syntax::Param, kind: Option<Kind>) {
        let (name, label) = (written.name.text.clone(), written.label.clone());
        if kind.is_none() {
            self.unclear.insert(name.clone());
        }
        let by = written.by.as_ref().and_then(|by| self.rules.options.iter().position(|o| o.name == by.text));
        let article = crate::model::Article { basis: 0, article: String::new() };
        let kind = kind.unwrap_or(Kind::YesNo);
        self.rules.params.push(Param { name, label, kind, by, article, versions: vec![], is_used: false });
    }

    /// The days of each version. Refused where one has none, or nobody can look it up.
    fn dated(&mut self, written: &syntax::Param) -> Vec<(syntax::Days, Span)> {
        let mut out = vec![];
        let name = &written.name.text;
        for version in &written.versions {
            match version.days {
                Some(days) => out.push((days, version.span)),
                None => {
                    let title = message!("参数 `{name}` 没有日期", "the parameter `{name}` is not dated");
                    let wrong = Diagnostic::new(
                        "undated",
                        title,
                        version.span,
                        message!("自哪天起施行？", "in force from which day?"),
                    );
                    let note = message!(
                        "法定数额会变；过去的认定要能按当时的数额重算",
                        "a figure of the law changes; what was decided must be decided again as it stood"
                    );
                    self.refuse(
                        wrong.note(note).help(message!("写作 `自 2021-01-01：…`", "write `from 2021-01-01: …`")),
                    );
                    out.push((syntax::Days { from: civil::Date::MIN, to: None }, version.span));
                }
            }
            match (&version.source, &version.synthetic) {
                (Some(_), None) | (None, Some(_)) => {}
                (None, None) if self.rules.imported.is_some() => self.unsaid(|unsaid| unsaid.sources += 1),
                (None, None) => {
                    let title = message!("参数 `{name}` 没有来源", "the parameter `{name}` has no source");
                    let wrong =
                        Diagnostic::new("unsourced", title, version.span, message!("依据什么文件？", "who says so?"));
                    let help = message!(
                        "加上 `来源 \"…\"`：文件和文号；如系自拟，请写明：`虚构 \"理由\"`",
                        "add `source \"…\"`: the document and its number; if it was made up, say so: `synthetic \"why\"`"
                    );
                    self.refuse(wrong.help(help));
                }
                (Some(_), Some(_)) => {
                    let title = message!("`{name}` 既写来源又写虚构", "`{name}` is said to be both read and made up");
                    let wrong =
                        Diagnostic::new("unsourced", title, version.span, message!("二者取一", "one of the two"));
                    self.refuse(wrong.help(message!(
                        "能查到的留 `来源`，查不到的留 `虚构`",
                        "keep `source` if somebody can look it up, `synthetic` if not"
                    )));
                }
            }
        }
        out
    }

    /// The kind with parts as fine as the finest value needs.
    fn finest(&self, kind: Kind, written: &syntax::Param) -> Kind {
        let Kind::Number { unit, den, .. } = kind else { return kind };
        if den != RATIO_DEN {
            return kind;
        }
        let scales = written.versions.iter().flat_map(|version| &version.values).map(|(_, value)| match value {
            Value::Number { units, scale, .. } => trimmed(*units, *scale).1,
            Value::YesNo(..) | Value::Date(..) | Value::Option(_) => 0,
        });
        let scale = scales.max().unwrap_or(0).min(DECIMALS_MAX);
        Kind::Number { unit, den: 10i64.pow(scale), rounded: Rounded::Never }
    }

    /// Of ratios beside one another none is a bare number where others are per cent: `80%, 1`.
    fn of_one_way(&mut self, kind: Kind, versions: &[syntax::ParamVersion]) {
        let values = || versions.iter().flat_map(|version| &version.values).map(|(_, value)| value);
        let is_percent = |value: &Value| matches!(value, Value::Number { percent: true, .. });
        let is_ratio = matches!(kind, Kind::Number { unit: Unit::RATIO, .. });
        if !is_ratio || self.rules.imported.is_some() || !values().any(is_percent) {
            return;
        }
        for value in values() {
            let Value::Number { units, scale, percent: false, span } = value else { continue };
            // From two on, and below zero, it is told by itself.
            if *units < 0 || !may_be_percent(*units, *scale, true) || may_be_percent(*units, *scale, false) {
                continue;
            }
            let (what, help) = percent_or_times(*units, *scale);
            let wrong = Diagnostic::new("wrong-value", what, *span, message!("并列的是百分数", "others are per cent"));
            self.refuse(wrong.help(help));
        }
    }

    fn values(&mut self, of: &Name, kind: Kind, by: Option<usize>, version: &syntax::ParamVersion) -> Vec<i64> {
        let Some(by) = by else {
            if let [(None, value)] = version.values.as_slice() {
                return self.figure(of, kind, value).into_iter().collect();
            }
            let title =
                message!("`{}` 只有一个值，此处写了几个", "`{}` has one value, and several stand here", of.text);
            let wrong = Diagnostic::new("wrong-values", title, version.span, message!("", ""));
            self.refuse(wrong.help(message!(
                "如果因选项而异，请写明：`参数 {}：… 按 地区`",
                "if it differs by options, say so: `param {}: … by area`",
                of.text
            )));
            return vec![];
        };
        let options = self.rules.options[by].clone();
        let mut out: Vec<Option<i64>> = vec![None; options.options.len()];
        for (key, value) in &version.values {
            let at = key.as_ref().and_then(|key| options.position(&key.text));
            let (Some(key), Some(at)) = (key, at) else {
                let span = key.as_ref().map_or(value.span(), |key| key.span);
                let known = quoted(options.options.iter().map(|(name, _)| name.as_str()));
                let title = message!(
                    "`{}` 要对 `{}` 的每个选项各写一个值",
                    "`{}` has a value for each option of `{}`",
                    of.text,
                    options.name
                );
                let wrong = Diagnostic::new("wrong-values", title, span, message!("哪个选项的？", "for which option?"));
                self.refuse(wrong.help(message!(
                    "值的前面写选项；选项有 {}",
                    "name the option before its value; there are {}",
                    known
                )));
                return vec![];
            };
            if out[at].is_some() {
                let title = message!("`{}` 对 `{}` 写了两个值", "`{}` has two values for `{}`", of.text, key.text);
                let wrong = Diagnostic::new("wrong-values", title, key.span, message!("第二次", "the second time"));
                self.refuse(wrong.help(message!("去掉其中一个", "take one of the two out")));
            }
            out[at] = Some(self.figure(of, kind, value).unwrap_or(0));
        }
        let without: Vec<&str> =
            options.options.iter().zip(&out).filter(|(_, v)| v.is_none()).map(|((n, _), _)| n.as_str()).collect();
        if !without.is_empty() {
            let without = quoted(without);
            let title = message!("`{}` 没有写 {} 的值", "`{}` has no value for {}", of.text, without);
            let wrong = Diagnostic::new(
                "wrong-values",
                title,
                version.span,
                message!("不是每个选项都有值", "not every option has a value"),
            );
            self.refuse(
                wrong
                    .help(message!("每个选项都要写值；不作任何推定", "give each option its value; nothing is assumed")),
            );
        }
        out.into_iter().flatten().collect()
    }

    /// A figure of the law, which has no sign: what is taken away is subtracted where it is.
    fn figure(&mut self, of: &Name, kind: Kind, value: &Value) -> Option<i64> {
        let held = self.held(kind, value)?;
        let is_number = matches!(kind, Kind::Number { .. });
        if held >= 0 || !is_number || self.rules.imported.is_some() {
            return Some(held);
        }
        let title = message!("参数 `{}` 的值低于零", "the parameter `{}` has a value below zero", of.text);
        let wrong = Diagnostic::new("wrong-value", title, value.span(), message!("低于零", "below zero"));
        self.refuse(wrong.help(message!(
            "法定数额不带正负号；要扣减的，在公式里用 `-` 减去",
            "write figures of the law without a sign; subtract with `-` in the formula what is taken off"
        )));
        None
    }

    /// A value in the parts of its kind. Refused where it is of another kind or too fine.
    pub(crate) fn held(&mut self, kind: Kind, value: &Value) -> Option<i64> {
        match crate::value::held(&self.rules, kind, value) {
            Ok(held) => Some(held),
            Err(wrong) => {
                self.refuse(*wrong);
                None
            }
        }
    }
}
