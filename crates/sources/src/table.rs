//! Tables of work: a row says what is to be done, who does it and by when. Columns are parted by |, a tab or blanks.

use crate::draft::Draft;
use crate::marks::marks;
use crate::workbook::{self, Field, guess};
use crate::{Lang, Rule, lang};
use std::ops::Range;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Task,
    /// A part of the task: where it says something, it is what is to be done.
    Part,
    Owner,
    /// Who answers in person: the owner where no unit is named.
    Person,
    Supporting,
    Due,
    Other,
}

/// The table under way.
#[derive(Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
    /// Where its columns begin, in characters of a line, if blanks part them.
    starts: Vec<usize>,
    /// The columns before a lone line: a part of the table may follow, as "Carried forward".
    before: Vec<Column>,
}

/// A table of work has at most so many columns.
const COLUMNS_MAX: usize = 64;
/// No heading is longer, in bytes.
const HEADING_BYTES_MAX: usize = 200;

const TASK: [&str; 23] = [
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
];
const PART: [&str; 2] = ["整改措施", "分工任务"];
const OWNER: [&str; 18] = [
    "owner",
    "who",
    "lead",
    "responsible",
    "responsibility",
    "responsible officer",
    "assigned to",
    "by whom",
    "action by",
    "lead officer",
    "owner(s)",
    "牵头单位",
    "责任单位",
    "责任部门",
    "牵头部门",
    "承办单位",
    "主办单位",
    "落实单位",
];
const PERSON: [&str; 6] = ["responsible person", "person responsible", "责任人", "负责人", "牵头人", "责任领导"];
const SUPPORTING: [&str; 8] =
    ["support", "supporting", "supported by", "partners", "配合单位", "配合部门", "协办单位", "参与单位"];
const DUE: [&str; 22] = [
    "timeline",
    "timelines",
    "time frame",
    "timeframe",
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
        let aligned = aligned(text, paragraph.clone());
        if !self.starts.is_empty() && self.runs_on(text, paragraph.clone(), out) {
            return true;
        }
        let cells = match aligned {
            Some(pieces) => {
                let words: Vec<&str> = pieces.iter().map(|(_, cell)| &text[cell.clone()]).collect();
                if let Some(columns) = head(&words) {
                    self.starts = pieces.iter().map(|(start, _)| *start).collect();
                    self.columns = columns;
                    return true;
                }
                let begins = |at: &usize| self.starts.iter().any(|start| start.abs_diff(*at) <= 1);
                // Two blanks between sentences make no row.
                if pieces.iter().filter(|(at, _)| begins(at)).count() < 2 {
                    vec![]
                } else {
                    placed(&self.starts, pieces)
                }
            }
            None => {
                self.starts.clear();
                cells(text, paragraph.clone())
            }
        };
        if cells.len() < 2 {
            let heads = !self.columns.is_empty() && self.starts.is_empty() && heads_part(&text[paragraph.clone()]);
            self.before = if heads { std::mem::take(&mut self.columns) } else { vec![] };
            self.columns.clear();
            self.starts.clear();
            return false;
        }
        let before = std::mem::take(&mut self.before);
        if self.columns.is_empty() && before.len() == cells.len() {
            self.columns = before;
        }
        let words: Vec<&str> = cells.iter().map(|cell| &text[cell.clone()]).collect();
        if let Some(columns) = head(&words) {
            self.columns = columns;
            return true;
        }
        if self.columns.is_empty() {
            return false;
        }
        // One cell in a row as wide as the table is a heading within it; a line that begins with a tab is prose.
        if words.iter().filter(|words| !words.is_empty()).count() < 2 {
            let is_row = cells.len() >= self.columns.len();
            if !is_row {
                self.columns.clear();
            }
            return is_row;
        }
        // A line with a tab after a wider table is none of its rows: 联系人：, a tab, a name.
        let line = &text[cells.first().map_or(0, |cell| cell.start)..cells.last().map_or(0, |cell| cell.end)];
        if line.contains('\t') && cells.len() * 3 <= self.columns.len() * 2 {
            self.columns.clear();
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
        if let Some(task) = cell(Column::Part).or_else(|| cell(Column::Task)) {
            let owner = cell(Column::Owner).or_else(|| cell(Column::Person));
            let told =
                self.columns.iter().zip(&cells).filter(|(column, _)| matches!(column, Column::Due | Column::Other));
            let settled = told.into_iter().any(|(_, cell)| is_settled(&text[cell.clone()]));
            if !only_noted(&text[task.clone()]) && !settled {
                let due = cell(Column::Due).map(|due| moved_to(text, due));
                let row = row(text, task, owner, cell(Column::Supporting), due);
                parts(text, row, out);
            }
        }
        true
    }
}

impl Table {
    /// A line with words under the first column alone goes on with the task above; `false` if it is none.
    fn runs_on(&self, text: &str, paragraph: Range<usize>, out: &mut [Draft]) -> bool {
        let line = &text[line_start(text, paragraph.start)..paragraph.start];
        let indent = line.chars().count();
        let column = self.starts.iter().rposition(|start| *start <= indent + 1);
        let words = &text[paragraph.clone()];
        let within = !words.contains("  ") && (indent > 0 || words.starts_with(char::is_lowercase));
        let Some(last) = out.last_mut().filter(|_| within && !words.contains('\n')) else { return false };
        if column.is_some_and(|at| self.columns.get(at) == Some(&Column::Task)) {
            last.range.end = paragraph.end;
        }
        true
    }
}

/// The cells of a line that blanks part into columns, each with the character it begins at; `None` if it has but one.
fn aligned(text: &str, paragraph: Range<usize>) -> Option<Vec<(usize, Range<usize>)>> {
    let row = &text[paragraph.clone()];
    if !row.contains("  ") || marks!['\t', '|', '\n'].stand_in(row) {
        return None;
    }
    let start = line_start(text, paragraph.start);
    let mut out = vec![];
    let mut at = paragraph.start;
    for piece in row.split("  ") {
        let words = piece.trim();
        if !words.is_empty() {
            let from = at + piece.len() - piece.trim_start().len();
            out.push((text[start..from].chars().count(), from..from + words.len()));
        }
        at += piece.len() + 2;
    }
    (out.len() >= 2).then_some(out)
}

/// One cell for each column; what begins between two columns belongs to the left one.
fn placed(starts: &[usize], pieces: Vec<(usize, Range<usize>)>) -> Vec<Range<usize>> {
    let end = pieces.first().map_or(0, |(_, cell)| cell.start);
    let mut out = vec![end..end; starts.len()];
    for (at, cell) in pieces {
        let column = starts.iter().rposition(|start| *start <= at + 1).unwrap_or(0);
        let start = if out[column].is_empty() { cell.start } else { out[column].start };
        out[column] = start..cell.end;
    }
    out
}

/// Where the line that holds a place begins.
fn line_start(text: &str, at: usize) -> usize {
    marks!['\n', '\r'].rfind(&text[..at]).map_or(0, |end| end + 1)
}

/// "Carried forward", "Actions from earlier meetings": a short line between rows; what is closed is over.
fn heads_part(line: &str) -> bool {
    let lower = line.trim().trim_end_matches(':').to_ascii_lowercase();
    let over = ["closed", "complete", "done", "withdrawn", "discharged", "cancelled", "no longer"];
    lower.split_whitespace().take(8).count() <= 6
        && !lower.ends_with(['.', ';', '!', '?'])
        && !lower.chars().any(lang::is_han)
        && !over.iter().any(|word| lower.contains(word))
}

/// "Done 2 June", "Withdrawn, no longer needed", "Complete": what became of an action.
fn is_settled(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    let first = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let settled = ["done", "complete", "completed", "closed", "withdrawn", "cancelled", "discharged", "superseded"];
    settled.contains(&first) && lower.split_whitespace().count() <= 8 && !lower.starts_with("complete by")
}

/// "was 6 June, now 4 July": the day that counts.
fn moved_to(text: &str, due: Range<usize>) -> Range<usize> {
    let lower = text[due.clone()].to_ascii_lowercase();
    let was = ["was ", "from ", "originally ", "previously "].iter().any(|word| lower.starts_with(word));
    let now = ["now ", "moved to ", "extended to ", "revised to "];
    let found = now.iter().filter_map(|word| lower.find(word).map(|at| at + word.len())).min();
    match found {
        Some(at) if was || at <= 12 => due.start + at..due.end,
        Some(_) | None => due,
    }
}

/// "Report noted": nothing is to be done.
fn only_noted(words: &str) -> bool {
    let lower = words.trim().trim_end_matches('.').to_ascii_lowercase();
    lower.split_whitespace().count() <= 4
        && ["noted", "no action", "none", "nil", "for information", "no decision"]
            .iter()
            .any(|end| lower.ends_with(end))
}

/// The orders of one cell, "BDOs to visit and release the first part": each is one of its own.
fn parts(text: &str, row: Draft, out: &mut Vec<Draft>) {
    let words = &text[row.range.clone()];
    if words.chars().any(lang::is_han) || !words.contains([',', ';']) && !words.contains(" and ") {
        out.push(row);
        return;
    }
    for range in crate::en::action::orders_of_cell(text, row.range.clone()) {
        out.push(Draft { body: range.start, range, ..row.clone() });
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

/// What a cell of units says of each, before or after it.
const LABELS: [&str; 9] = ["牵头单位", "责任单位", "主办单位", "配合单位", "协办单位", "牵头", "主办", "配合", "协办"];
const LEADS: [&str; 6] = ["（牵头）", "(牵头)", "牵头", "（主办）", "(主办)", "主办"];
const HELPS: [&str; 6] = ["（配合）", "(配合)", "配合", "（协办）", "(协办)", "协办"];

/// 市水务局、市财政局: one after the other, the lead first: 市财政局配合，市水务局牵头. An English cell names one.
fn units(text: &str, cell: Range<usize>) -> Vec<Range<usize>> {
    if Lang::of(&text[cell.clone()]) == Lang::En {
        return vec![cell];
    }
    let mut units = vec![];
    let mut leads = 0;
    for piece in crate::zh::owner::parts(text, cell, &['、', '，', '；', ';', '：', ':', ' ']) {
        let words = &text[piece.clone()];
        let ends =
            |signs: &[&str]| signs.iter().find_map(|sign| words.strip_suffix(sign)).filter(|own| !own.is_empty());
        let (lead, help) = (ends(&LEADS), ends(&HELPS));
        let own = lead.or(help).unwrap_or(words);
        if LABELS.contains(&words) || own.is_empty() {
            continue;
        }
        let unit = piece.start..piece.start + own.len();
        match lead {
            Some(_) => {
                units.insert(leads, unit);
                leads += 1;
            }
            None => units.push(unit),
        }
    }
    units
}

/// Whether these cells head a table of work.
pub(crate) fn is_head(cells: &[&str]) -> bool {
    head(cells).is_some()
}

/// What each column holds, if the cells head a table of work: they name the task, and who does it or by when. Each is
/// one of the words that offices use; where two are, the others may only hold such a word.
fn head(cells: &[&str]) -> Option<Vec<Column>> {
    // Neither a table of work nor its heading is wider or longer.
    if cells.len() > COLUMNS_MAX || cells.iter().any(|cell| cell.len() > HEADING_BYTES_MAX) {
        return None;
    }
    let exact: Vec<Option<Column>> = cells.iter().map(|cell| exact(cell)).collect();
    let heads = |columns: &[Option<Column>]| {
        let named = |kind| columns.contains(&Some(kind));
        (named(Column::Task) || named(Column::Part))
            && (named(Column::Owner) || named(Column::Person) || named(Column::Due))
    };
    let known = exact.iter().flatten().count();
    if known < 2 {
        return None;
    }
    // A column that is headed to the letter goes before one that is not.
    let loose =
        |cell: &&str| guess(cell).map(|(field, _)| of_field(field)).filter(|found| !exact.contains(&Some(*found)));
    let all: Vec<Option<Column>> = exact.iter().zip(cells).map(|(exact, cell)| exact.or_else(|| loose(cell))).collect();
    heads(&all).then(|| all.into_iter().map(|column| column.unwrap_or(Column::Other)).collect())
}

/// What a heading that is known to the letter says its column holds.
fn exact(cell: &str) -> Option<Column> {
    let words = cell.trim_matches(['*', ' ']).to_lowercase();
    let words = words.trim_end_matches([':', '：']);
    let own = [
        (Column::Task, TASK.as_slice()),
        (Column::Part, &PART),
        (Column::Owner, &OWNER),
        (Column::Person, &PERSON),
        (Column::Supporting, &SUPPORTING),
        (Column::Due, &DUE),
    ];
    let own = own.iter().find(|(_, known)| known.contains(&words)).map(|(column, _)| *column);
    own.or_else(|| workbook::exact(words).map(of_field))
}

fn of_field(field: Option<Field>) -> Column {
    match field {
        Some(Field::Directive) => Column::Task,
        Some(Field::Part) => Column::Part,
        Some(Field::Lead) => Column::Owner,
        Some(Field::Person) => Column::Person,
        Some(Field::Supporting) => Column::Supporting,
        Some(Field::Due) => Column::Due,
        Some(
            Field::Number
            | Field::Reference
            | Field::Source
            | Field::Criterion
            | Field::Supervising
            | Field::Kind
            | Field::Audience,
        )
        | None => Column::Other,
    }
}

fn says_something(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    !matches!(
        lower.as_str(),
        "" | "-"
            | "–"
            | "—"
            | "/"
            | "n/a"
            | "none"
            | "tbc"
            | "tba"
            | "asap"
            | "as soon as possible"
            | "immediately"
            | "immediate"
            | "ongoing"
            | "无"
            | "长期坚持"
    )
}

/// The cells of a row, without white space; a bar at its ends parts nothing, a tab does.
fn cells(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    const ENDS: [char; 7] = ['\n', '\r', '\u{0C}', '\u{0B}', '\u{85}', '\u{2028}', '\u{2029}'];
    let line_start = text[..paragraph.start].char_indices().rfind(|(_, c)| ENDS.contains(c));
    let start = line_start.map_or(0, |(at, c)| at + c.len_utf8());
    let end = text[paragraph.end..].find(ENDS).map_or(text.len(), |at| paragraph.end + at);
    let row = &text[start..end];
    let sign = if row.contains('\t') { '\t' } else { '|' };
    // A paragraph of several lines is no row.
    if text[paragraph].contains('\n') || !row.contains(sign) {
        return vec![];
    }
    let inner = if sign == '|' { row.trim_matches(['|', ' ']) } else { row };
    let mut at = start + row.find(inner).unwrap_or(0);
    let mut out = vec![];
    for cell in inner.split(sign) {
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
    fn a_row_whose_first_cell_is_empty_keeps_its_columns_and_a_heading_ends_no_table() {
        let text = "会议纪要\n2026年3月3日\n\t序号\t工作任务及要求\t具体措施\t责任单位（责任人）\t完成时限\n\
            一、水利\t\t\t\t\t\n\t1\t防汛\t修堤 | 备沙\t市水务局\t4月底前\n\t\t防汛\t\t市财政局\t\n";
        let found = read(text, &Profile::default()).directives;
        let rows: Vec<_> = found.iter().map(|d| (d.text.as_str(), d.owner.as_deref(), d.due.is_some())).collect();
        assert_eq!(rows, [("修堤 | 备沙", Some("市水务局"), true), ("防汛", Some("市财政局"), false)]);
    }

    #[test]
    fn a_cell_of_units_says_who_leads() {
        for cell in [
            "市水务局、市财政局",
            "市水务局牵头，市财政局配合",
            "市财政局（配合）、市水务局（牵头）",
            "牵头单位：市水务局；配合单位：市财政局",
        ] {
            let text = format!(
                "会议纪要\n2026年3月3日\n任务\t责任单位\t完成时限\n完成泵站检修\t{cell}\t4月底前\n联系人：\t江望\n"
            );
            let found = read(&text, &Profile::default()).directives;
            assert_eq!(found.len(), 1, "{found:?}");
            let said: Vec<_> = found[0].supporting.iter().map(|unit| unit.text.as_str()).collect();
            assert_eq!(
                (found[0].owner.as_deref(), said.as_slice()),
                (Some("市水务局"), ["市财政局"].as_slice()),
                "{cell}"
            );
        }
    }

    #[test]
    fn bars_and_tabs_in_prose_are_no_table() {
        for text in ["The path | the gate", "A\tB\tC\nThe Clerk will write.", "Action | Owner\nno bar here"] {
            let found = read(text, &Profile::default()).directives;
            assert!(found.iter().all(|d| d.text.contains("will write")), "{text}: {found:?}");
        }
    }
}
