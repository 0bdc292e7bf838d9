//! What is malformed in files of rows. What a spreadsheet changes in one cell it changes in a whole column: some of each are
//! told, the others counted.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::shortened;
use crate::message::{Message, message};
use crate::wording::Language;

/// So many are told of all files.
const TOLD_MAX: usize = 20;
/// So many are told of one column.
const OF_A_COLUMN_MAX: u64 = 5;

/// What is malformed, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Malformed {
    /// Which file.
    pub file: String,
    /// Which line, from 1; 0 for the file as a whole.
    pub row: u64,
    /// Which column, by its heading.
    pub column: String,
    /// What is wrong with it, and what to do.
    pub what: Message,
}

impl Malformed {
    /// Where and what, in one language.
    pub fn told(&self, language: Language) -> String {
        let Self { file, row, column, what } = self;
        let row = match row {
            0 => Message::default(),
            row => message!("，第{row}行", ", row {row}"),
        };
        let column = match column.as_str() {
            "" => Message::default(),
            column => message!("，{column} 列", ", column {column}"),
        };
        let told = message!("{file}{}{}：{}", "{file}{}{}: {}", row, column, what.clone());
        shortened(told.told(language))
    }
}

/// In English, as errors are in logs.
impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

/// That something is malformed, which was written down among the flaws.
pub(crate) struct Flawed;

/// All that is malformed in some files: the first are told, the others counted by their column.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Flaws {
    /// The first of them, in the order in which they were read; never empty where reading failed.
    pub first: Vec<Malformed>,
    /// By file and column: as the how-manieth it was found, how many of it are told, and how many are not.
    columns: BTreeMap<String, BTreeMap<String, OfColumn>>,
    /// What to do about several of them, each said once.
    advice: Vec<Message>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfColumn {
    found: usize,
    told: u64,
    more: u64,
}

impl Flaws {
    /// One more. What is wrong with it, and what to do where a whole column is so, is put into words only where it is told.
    pub(crate) fn add(
        &mut self,
        file: &str,
        row: u64,
        column: &str,
        what: impl FnOnce() -> (Message, Option<Message>),
    ) -> Flawed {
        let found = self.columns.values().map(BTreeMap::len).sum();
        let known = self.columns.get_mut(file).and_then(|columns| columns.get_mut(column));
        let of_column = match known {
            Some(known) => known,
            None => {
                let columns = self.columns.entry(file.to_owned()).or_default();
                columns.entry(column.to_owned()).or_insert(OfColumn { found, ..OfColumn::default() })
            }
        };
        // What is wrong with files as a whole is never alike.
        if self.first.len() < TOLD_MAX && (row == 0 || of_column.told < OF_A_COLUMN_MAX) {
            of_column.told += 1;
            let (what, advice) = what();
            self.first.push(Malformed { file: file.to_owned(), row, column: column.to_owned(), what });
            self.advice.extend(advice.filter(|advice| !self.advice.contains(advice)));
        } else {
            of_column.more += 1;
        }
        Flawed
    }

    /// What was read, where nothing is malformed.
    pub(crate) fn or<T>(self, read: Result<T, Flawed>) -> Result<T, Flaws> {
        match read {
            Ok(read) if self.first.is_empty() => Ok(read),
            Ok(_) | Err(Flawed) => Err(self),
        }
    }

    /// All of it in one language, each on its line.
    pub fn told(&self, language: Language) -> String {
        let mut lines: Vec<String> = self.first.iter().map(|one| one.told(language)).collect();
        let columns = self.columns.iter().flat_map(|(file, columns)| columns.iter().map(move |of| (file, of)));
        let mut more: Vec<_> = columns.filter(|(_, (_, of))| of.more > 0).collect();
        more.sort_by_key(|(_, (_, of))| of.found);
        let rest: u64 = more.iter().skip(TOLD_MAX).map(|(_, (_, of))| of.more).sum();
        for (file, (column, of)) in more.into_iter().take(TOLD_MAX) {
            let count = of.more;
            let said = match (column.as_str(), count) {
                ("", 1) => message!("{file}：另有1行有误", "{file}: 1 more row is wrong"),
                ("", _) => message!("{file}：另有{count}行有误", "{file}: {count} more rows are wrong"),
                (_, 1) => {
                    message!("{file}，{column} 列：另有1个单元格有误", "{file}, column {column}: 1 more cell is wrong")
                }
                _ => message!(
                    "{file}，{column} 列：另有{count}个单元格有误",
                    "{file}, column {column}: {count} more cells are wrong"
                ),
            };
            lines.push(shortened(said.told(language)));
        }
        if rest > 0 {
            let said = message!("其他各列还有{rest}个单元格有误", "{rest} more cells of other columns are wrong");
            lines.push(said.told(language).to_owned());
        }
        let hint = language.pick("提示：", "hint: ");
        lines.extend(self.advice.iter().map(|advice| format!("{hint}{}", advice.told(language))));
        lines.join("\n")
    }
}

/// In English, as errors are in logs.
impl fmt::Display for Flaws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_million_wrong_cells_some_are_told_and_no_more_are_put_into_words() {
        let (mut flaws, mut said) = (Flaws::default(), 0);
        for row in 0..1_000_000u64 {
            let column = format!("c{}", row % 30);
            flaws.add("a.csv", row + 2, &column, || {
                said += 1;
                (message!("错", "wrong"), None)
            });
        }
        assert_eq!((said, flaws.first.len()), (TOLD_MAX, TOLD_MAX));
        let told = flaws.told(Language::En);
        assert_eq!(told.lines().count(), 2 * TOLD_MAX + 1);
        assert!(told.starts_with("a.csv, row 2, column c0: wrong\n"), "{told}");
        assert!(told.contains("\na.csv, column c0: 33333 more cells are wrong\n"), "{told}");
        assert!(told.ends_with("\n333330 more cells of other columns are wrong"), "{told}");
    }
}
