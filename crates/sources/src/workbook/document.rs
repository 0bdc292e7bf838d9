//! A task sheet as a document: a row a line with its cells parted by tabs, and each piece at its cell.

use civil::Date;

use super::entry::Grid;
use super::{COLUMNS_MAX, Cell, Header, Kind, Sheet, header, read};
use crate::canonical::Unreadable;
use crate::lang::is_han;
use crate::place::{At, Placed};

/// In a row that is one cell, so much is a heading within the table; more is text of its own.
const HEADING_MAX: usize = 60;
/// The longest name of a sheet that is kept, in code points; office programs allow 31.
const NAME_MAX: usize = 60;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The text of what a workbook shows: hidden sheets and rows are left out.
pub(crate) fn document(bytes: &[u8]) -> Result<Placed, Unreadable> {
    let workbook = read(bytes, Kind::Xlsx)?;
    let mut placed = Placed::default();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_hidden) {
        // What stands beyond the last column that is read would be left out unsaid.
        if sheet.is_cut {
            return Err(Unreadable::TooLarge);
        }
        placed.part()?;
        write(sheet, &mut placed)?;
    }
    Ok(placed)
}

impl From<super::Unreadable> for Unreadable {
    fn from(unreadable: super::Unreadable) -> Self {
        match unreadable {
            super::Unreadable::Empty => Unreadable::NoText,
            super::Unreadable::TooLarge | super::Unreadable::CellTooLong => Unreadable::TooLarge,
            super::Unreadable::Bomb => Unreadable::TooMuch,
            super::Unreadable::Damaged | super::Unreadable::MisEncoded => Unreadable::Broken,
            super::Unreadable::Locked => Unreadable::Encrypted,
            super::Unreadable::Entities => Unreadable::Entities,
        }
    }
}

fn write(sheet: &Sheet, placed: &mut Placed) -> Result<(), Unreadable> {
    let grid = Grid::of(sheet);
    let head: Header = header(sheet);
    let width = head.names.len().max(grid.width()).min(COLUMNS_MAX);
    let is_chinese = sheet.name.chars().chain(head.names.iter().flat_map(|name| name.chars())).any(is_han);
    let name: String = sheet.name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
    for row in sheet.rows.iter().filter(|row| !row.is_hidden) {
        let mut cells: Vec<(usize, String, At)> = vec![];
        for column in 0..width {
            let (cell, (no, first)) = grid.seen(row.no, column, row.no == head.row);
            // A formula whose result was not saved: the office program shows words that the file does not hold.
            if *cell == Cell::Unsaved {
                return Err(Unreadable::Broken);
            }
            let text = shown(cell, is_chinese);
            if !text.is_empty() {
                let at = At::Cell { sheet: name.clone(), cell: format!("{}{no}", letters(first)) };
                cells.push((column, text, at));
            }
        }
        let is_table = row.no >= head.row;
        let is_text = !is_table || matches!(cells.as_slice(), [(_, text, _)] if text.chars().count() > HEADING_MAX);
        let last = cells.len().saturating_sub(1);
        let mut column = 0;
        for (at_cell, (own, text, at)) in cells.iter().enumerate() {
            // Above the table, and where a row is one text, empty cells say nothing.
            let tabs = if is_text { usize::from(at_cell > 0) } else { own - column };
            placed.push(&"\t".repeat(tabs))?;
            column = *own;
            placed.at(at.clone())?;
            placed.push(text)?;
            if at_cell == last && !is_text {
                placed.push(&"\t".repeat(width.saturating_sub(own + 1)))?;
            }
        }
        placed.end_line()?;
    }
    Ok(())
}

/// What a cell shows, on one line; a day in words, so that no two readers take it for two days.
fn shown(cell: &Cell, is_chinese: bool) -> String {
    match cell {
        Cell::Day(day) => in_words(*day, is_chinese),
        Cell::Empty | Cell::Text(_) | Cell::Number(..) | Cell::Failed(_) | Cell::Unsaved => {
            cell.shown().split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

fn in_words(day: Date, is_chinese: bool) -> String {
    let month = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    match is_chinese {
        true => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        false => format!("{} {month} {}", day.day(), day.year()),
    }
}

/// `A` for column 0, `AB` for 27.
fn letters(column: usize) -> String {
    let (mut left, mut out) = (column + 1, String::new());
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).map_or('?', |letter| char::from(b'A' + letter));
        out.insert(0, letter);
        left = (left - 1) / 26;
    }
    out
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format as Look, Workbook as Made};

    use crate::canonical::{Format, canonical};
    use crate::{Profile, place, read};

    /// A task sheet: a title over the table, a heading over two rows, cells merged over sub-tasks, days as days.
    fn sheet() -> Vec<u8> {
        let mut made = Made::new();
        let sheet = made.add_worksheet().set_name("任务分解").expect("a name");
        let look = Look::new();
        sheet.merge_range(0, 0, 0, 6, "清禾市2026年重点工作任务分解表", &look).expect("a title");
        sheet.write(1, 0, "填报单位：清禾市督查室").expect("a cell");
        for (column, heading) in ["序号", "工作任务", "具体措施"].into_iter().enumerate() {
            sheet.merge_range(2, column as u16, 3, column as u16, heading, &look).expect("a heading");
        }
        sheet.merge_range(2, 3, 2, 4, "责任分工", &look).expect("a group");
        sheet.write(3, 3, "牵头单位").expect("a heading");
        sheet.write(3, 4, "配合单位").expect("a heading");
        sheet.merge_range(2, 5, 3, 5, "完成时限", &look).expect("a heading");
        sheet.merge_range(2, 6, 3, 6, "备注", &look).expect("a heading");
        sheet.merge_range(4, 0, 4, 6, "一、水利", &look).expect("a heading within");
        sheet.write(5, 0, 1).expect("a number");
        sheet.merge_range(5, 1, 6, 1, "防汛准备", &look).expect("a task over two rows");
        sheet.write(5, 2, "完成泵站检修").expect("a part");
        sheet.write(6, 2, "备足\n防汛沙石").expect("a part");
        sheet.merge_range(5, 3, 6, 3, "市水务局", &look).expect("a lead");
        sheet.write(5, 4, "市财政局、市交通局").expect("a supporting unit");
        let day = ExcelDateTime::from_ymd(2026, 4, 30).expect("a day");
        sheet.write_with_format(5, 5, &day, &Look::new().set_num_format_index(31)).expect("a day");
        sheet.write(6, 5, "2026年5月10日前").expect("a day in words");
        sheet.write(7, 0, 2).expect("a number");
        sheet.write(7, 1, "修订预案").expect("a task");
        sheet.write(7, 3, "市应急局").expect("a lead");
        sheet.write(8, 1, "隐藏的任务").expect("a task");
        sheet.set_row_hidden(8).expect("hidden");
        let other = made.add_worksheet().set_name("附表").expect("a name");
        for (column, (heading, words)) in
            [("任务", "公布名单"), ("责任单位", "市民政局"), ("完成时限", "6月底前")].into_iter().enumerate()
        {
            other.write(0, column as u16, heading).expect("a heading");
            other.write(1, column as u16, words).expect("a cell");
        }
        let hidden = made.add_worksheet().set_name("内部").expect("a name");
        hidden.write(0, 0, "不公开").expect("a cell");
        hidden.set_hidden(true);
        made.save_to_buffer().expect("a workbook")
    }

    #[test]
    fn every_row_says_what_who_and_by_when_and_in_which_cell() {
        let text = canonical(&sheet(), Format::Xlsx).expect("a task sheet");
        let found = read(&text, &Profile::default()).directives;
        let rows: Vec<_> = found
            .iter()
            .map(|d| {
                let supporting: Vec<&str> = d.supporting.iter().map(|unit| unit.text.as_str()).collect();
                let day = d.due.as_ref().and_then(|due| due.date).map(|day| day.to_string()).unwrap_or_default();
                let at = place(text.places(), d.start).map(ToString::to_string).unwrap_or_default();
                format!("{} | {} | {} | {day} | {at}", d.text, d.owner.as_deref().unwrap_or(""), supporting.join(" "))
            })
            .collect();
        assert_eq!(
            rows,
            [
                "完成泵站检修 | 市水务局 | 市财政局 市交通局 | 2026-04-30 | cell C6 of sheet 任务分解",
                "备足 防汛沙石 | 市水务局 |  | 2026-05-10 | cell C7 of sheet 任务分解",
                "修订预案 | 市应急局 |  |  | cell B8 of sheet 任务分解",
                "公布名单 | 市民政局 |  | 2026-06-30 | cell A2 of sheet 附表",
            ],
            "{}",
            text.as_str()
        );
        let owner = found[1].owner_span.expect("where it stands").start;
        assert_eq!(place(text.places(), owner).map(ToString::to_string).as_deref(), Some("cell D6 of sheet 任务分解"));
        assert!(!text.contains("隐藏") && !text.contains("不公开"), "{}", text.as_str());
        assert!(text.starts_with("清禾市2026年重点工作任务分解表\n填报单位"), "{}", text.as_str());
        assert!(text.contains("2026年4月30日"), "{}", text.as_str());
    }

    #[test]
    fn columns_have_letters() {
        let said: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(super::letters).collect();
        assert_eq!(said, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
