//! Tables of work: a row says what is to be done, who does it and by when. Columns are parted by | or a tab.

use crate::draft::Draft;
use crate::{Lang, Rule, lang};
use std::ops::Range;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Task,
    Owner,
    Supporting,
    Due,
    Other,
}

/// The table under way.
#[derive(Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
}

const TASK: [&str; 24] = [
    "action",
    "actions",
    "action item",
    "action items",
    "action point",
    "action required",
    "task",
    "tasks",
    "what",
    "decision",
    "resolution",
    "agreed action",
    "任务",
    "工作任务",
    "事项",
    "工作事项",
    "议定事项",
    "督办事项",
    "工作内容",
    "重点任务",
    "目标任务",
    "任务内容",
    "主要任务",
    "整改措施",
];
const OWNER: [&str; 24] = [
    "owner",
    "who",
    "lead",
    "responsible",
    "responsibility",
    "responsible officer",
    "responsible person",
    "person responsible",
    "assigned to",
    "by whom",
    "action by",
    "lead officer",
    "owner(s)",
    "牵头单位",
    "责任单位",
    "责任部门",
    "牵头部门",
    "责任人",
    "承办单位",
    "主办单位",
    "落实单位",
    "负责人",
    "牵头人",
    "责任领导",
];
const SUPPORTING: [&str; 8] =
    ["support", "supporting", "supported by", "partners", "配合单位", "配合部门", "协办单位", "参与单位"];
const DUE: [&str; 18] = [
    "due",
    "due date",
    "deadline",
    "when",
    "by when",
    "date",
    "target date",
    "timescale",
    "completion date",
    "complete by",
    "完成时限",
    "时限",
    "完成时间",
    "办结时限",
    "时限要求",
    "时间节点",
    "完成日期",
    "整改时限",
];

impl Table {
    /// Read a paragraph as part of a table; `false` if it is none.
    pub(crate) fn read(&mut self, text: &str, paragraph: Range<usize>, out: &mut Vec<Draft>) -> bool {
        let cells = cells(text, paragraph);
        if cells.len() < 2 {
            self.columns.clear();
            return false;
        }
        let words = |cell: &Range<usize>| text[cell.clone()].trim_matches(['*', ' ']).to_lowercase();
        let columns: Vec<Column> = cells.iter().map(|cell| column(&words(cell))).collect();
        let named = |kind| columns.contains(&kind);
        if named(Column::Task) && (named(Column::Owner) || named(Column::Due)) {
            self.columns = columns;
            return true;
        }
        if self.columns.is_empty() {
            return false;
        }
        // The rule under a head: |---|---|.
        if cells.iter().all(|cell| text[cell.clone()].chars().all(|c| matches!(c, '-' | ':' | ' '))) {
            return true;
        }
        let cell = |kind| {
            let places = self.columns.iter().zip(&cells).filter(move |(column, _)| **column == kind);
            places.map(|(_, cell)| cell.clone()).find(|cell| says_something(&text[cell.clone()]))
        };
        if let Some(task) = cell(Column::Task) {
            out.push(row(text, task, cell(Column::Owner), cell(Column::Supporting), cell(Column::Due)));
        }
        true
    }
}

fn row(
    text: &str,
    task: Range<usize>,
    owner: Option<Range<usize>>,
    supporting: Option<Range<usize>>,
    due: Option<Range<usize>>,
) -> Draft {
    let body = text[task.clone()].trim_end_matches(['.', '。', ';', '；']);
    let range = task.start..task.start + body.len();
    let chinese = body.chars().any(lang::is_han);
    let rule = if chinese { Rule::ZhAssigned } else { Rule::EnActionLine };
    let mut units = owner.map(|owner| units(text, owner)).unwrap_or_default().into_iter();
    let owner = units.next();
    let mut others: Vec<Range<usize>> = units.collect();
    others.extend(supporting.map(|cell| self::units(text, cell)).unwrap_or_default());
    Draft { body: range.start, range, owner, owner_rule: "owner-table", supporting: others, due, rule, low: false }
}

/// 市水务局、市财政局: one after the other. An English cell names one.
fn units(text: &str, cell: Range<usize>) -> Vec<Range<usize>> {
    match Lang::of(&text[cell.clone()]) {
        Lang::Zh => crate::zh::owner::parts(text, cell, &['、', '，', '；', ' ']),
        Lang::En => vec![cell],
    }
}

fn column(words: &str) -> Column {
    let words = words.trim_end_matches([':', '：']);
    if TASK.contains(&words) {
        Column::Task
    } else if OWNER.contains(&words) {
        Column::Owner
    } else if SUPPORTING.contains(&words) {
        Column::Supporting
    } else if DUE.contains(&words) {
        Column::Due
    } else {
        Column::Other
    }
}

fn says_something(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    !matches!(lower.as_str(), "" | "-" | "—" | "/" | "n/a" | "none" | "tbc" | "tba" | "ongoing" | "无" | "长期坚持")
}

/// The cells of a row, without white space; a bar at its ends parts nothing.
fn cells(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let row = &text[paragraph.clone()];
    if row.contains('\n') {
        return vec![];
    }
    let bars = row.contains('|');
    if !bars && !row.contains('\t') {
        return vec![];
    }
    let inner = if bars { row.trim_matches(['|', ' ']) } else { row };
    let start = paragraph.start + row.find(inner).unwrap_or(0);
    let mut out = vec![];
    let mut at = start;
    for cell in inner.split(if bars { '|' } else { '\t' }) {
        let lead = cell.len() - cell.trim_start().len();
        out.push(at + lead..at + lead + cell.trim().len());
        at += cell.len() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::{Profile, read};

    #[test]
    fn a_row_says_what_who_and_by_when() {
        let text = "Minutes of 3 March 2026\n\nAction | Owner | Due\n--- | --- | ---\nOrder paint | Clerk | 10 March\nRing the mill. | Cllr Marsh | n/a\n";
        let found = read(text, &Profile::default()).directives;
        let rows: Vec<_> = found
            .iter()
            .map(|d| {
                (
                    d.text.as_str(),
                    d.owner.as_deref(),
                    d.due.as_ref().and_then(|due| due.date).map(|day| day.to_string()),
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("Order paint", Some("Clerk"), Some("2026-03-10".to_owned())),
                ("Ring the mill", Some("Cllr Marsh"), None)
            ]
        );
    }

    #[test]
    fn chinese_rows_name_lead_and_helpers() {
        let text = "会议纪要\n2026年3月3日\n序号\t工作任务\t责任单位\t配合单位\t完成时限\n1\t完成泵站检修\t市水务局\t市财政局、市电力公司\t4月底前\n";
        let found = read(text, &Profile::default()).directives;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].owner.as_deref(), Some("市水务局"));
        assert_eq!(found[0].supporting.len(), 2);
        assert_eq!(
            found[0].due.as_ref().and_then(|due| due.date).map(|day| day.to_string()).as_deref(),
            Some("2026-04-30")
        );
    }

    #[test]
    fn bars_and_tabs_in_prose_are_no_table() {
        for text in ["The path | the gate", "A\tB\tC\nThe Clerk will write.", "Action | Owner\nno bar here"] {
            let found = read(text, &Profile::default()).directives;
            assert!(found.iter().all(|d| d.text.contains("will write")), "{text}: {found:?}");
        }
    }
}
