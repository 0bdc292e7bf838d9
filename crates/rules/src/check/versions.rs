//! Days on which versions are in force: none overlap, and none outlives the law it rests on.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::message::message;
use crate::model::Article;
use crate::source::Span;
use crate::syntax::Days;

impl Checker {
    /// The days of versions, where one without an end goes on until the next begins. Earliest first, by place.
    pub(super) fn settled(&mut self, of: &str, written: &[(Days, Span)]) -> Vec<(usize, Days)> {
        let mut order: Vec<usize> = (0..written.len()).collect();
        order.sort_by_key(|at| written[*at].0.from);
        let mut out = vec![];
        for (place, at) in order.iter().enumerate() {
            let (mut days, span) = written[*at];
            if let Some(next) = order.get(place + 1) {
                let (following, following_span) = written[*next];
                let before = following.from.yesterday().ok();
                if days.to.is_some_and(|to| to >= following.from) || days.from == following.from {
                    let title =
                        message!("`{of}` 对同一段日期写了两个不同的内容", "`{of}` says two things for the same days");
                    let wrong = Diagnostic::new(
                        "overlap",
                        title,
                        following_span,
                        message!("这段日期已经写过", "these days are taken"),
                    );
                    let help = message!(
                        "让较早的在前一天结束，或不写它的 `至`：下一个开始时它就结束",
                        "end the earlier one the day before, or leave its `to` out: it then ends where the next begins"
                    );
                    self.refuse(wrong.and_at(span, message!("写在此处", "by this")).help(help));
                }
                if let (Some(to), Some(before)) = (days.to, before)
                    && to < before
                    && self.rules.imported.is_none()
                {
                    self.gap(of, (to.tomorrow().unwrap_or(to), before), (following_span, span));
                }
                days.to = days.to.or(before);
            }
            out.push((*at, days));
        }
        out
    }

    /// Remarks that nothing is said for some days between two versions.
    fn gap(&mut self, of: &str, (first, last): (civil::Date, civil::Date), (following, before): (Span, Span)) {
        let title = match first == last {
            true => message!("`{of}` 在{first}没有规定", "`{of}` says nothing for {first}"),
            false => message!("`{of}` 自{first}至{last}没有规定", "`{of}` says nothing from {first} to {last}"),
        };
        let label = message!("从这里才又有规定", "it goes on here");
        let remark = Diagnostic::remark("gap", title, following, label);
        self.rules.remarks.push(remark.and_at(before, message!("到这里为止", "it ends here")).help(message!(
            "如果法规在这些日子确实没有规定，就保留；否则从{first}写起",
            "leave it if the law says nothing on those days; else begin at {first}"
        )));
    }

    /// Refuses days on which the basis is not in force.
    pub(super) fn within_basis(&mut self, of: &str, article: &Article, days: Days, span: Span) {
        let basis = &self.rules.bases[article.basis];
        if basis.days.cover(days) {
            return;
        }
        let (from, to) = (basis.days.from, basis.days.to);
        let force = match to {
            Some(to) => message!("`{}` 自{from}至{to}施行", "`{}` is in force from {from} to {to}", basis.name),
            None => message!("`{}` 自{from}起施行", "`{}` is in force from {from} on", basis.name),
        };
        let help = match (days.from < from, to) {
            (true, _) => {
                message!("从{from}写起，或写此前有效的依据", "begin at {from}, or name the basis that held before")
            }
            (false, Some(to)) => message!(
                "用 `至 {to}` 结束，并写明此后依据哪部法规",
                "end it with `to {to}`, and say under which law it goes on"
            ),
            (false, None) => message!("从{from}写起", "begin at {from}"),
        };
        let title = message!(
            "`{of}` 的依据在这段日期里并非一直有效",
            "`{of}` rests on a basis that is not in force on all of these days"
        );
        let wrong = Diagnostic::new("basis-not-in-force", title, span, message!("这段日期", "these days"));
        self.refuse(wrong.note(force).help(help));
    }
}
