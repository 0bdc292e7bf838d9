//! The main text of a web page: without navigation, tools to share it, lists of what is related, and footers; the items
//! of lists with their numbers.

mod list;
mod main_part;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashMap;

use list::labels;
use main_part::main_part;
use tree::{Child, Role, Tree};

use crate::canonical::Unreadable;
use crate::place::{At, Placed};
use crate::segment;

/// How deep elements that part text may nest.
const MAX_DEPTH: usize = 512;
/// What is said of the page and not of its matter is no longer than this, in code points.
const NOTE_MAX: usize = 60;

/// How such lines begin: where one is, how large the letters are, who put it there, what comes next.
const NOTES: [&str; 37] = [
    "当前位置",
    "您当前的位置",
    "您当前所在",
    "您的位置",
    "您现在的位置",
    "所在位置",
    "首页>",
    "首页 >",
    "首页 »",
    "字体：",
    "字号：",
    "【字体",
    "[字体",
    "【打印",
    "[打印",
    "打印本页",
    "打印 ",
    "分享到",
    "分享：",
    "扫一扫",
    "浏览次数",
    "浏览量",
    "点击数",
    "阅读次数",
    "责任编辑",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "相关链接",
    "相关附件",
    "附件下载",
    "扫描二维码",
    "share this",
    "print this",
    "skip to",
    "back to top",
];
/// What files that hang on a page end with.
const FILES: [&str; 11] = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar", ".pptx"];

/// The main text, one line a block; a row of a table of data is a line with its cells parted by tabs.
pub(crate) fn main_text(page: &str) -> Result<Placed, Unreadable> {
    let tree = Tree::of(page)?;
    let main = main_part(&tree);
    let mut writer = Writer {
        tree: &tree,
        dropped: &main.dropped,
        placed: Placed::default(),
        line: Line::default(),
        is_new_block: false,
        labels: labels(&tree),
        waiting: vec![],
        paragraphs: 0,
        tables: 0,
    };
    for node in main.title.into_iter().chain(main.nodes) {
        writer.node(node, false)?;
        writer.end_block()?;
    }
    Ok(writer.placed)
}

/// A line of text, white space collapsed as a browser shows it.
#[derive(Default)]
struct Line {
    text: String,
    space: bool,
    /// The space came from a line end in the source, which between two ideographs means nothing.
    wrapped: bool,
    /// So much of it, in bytes, is links.
    linked: usize,
}

impl Line {
    fn push(&mut self, text: &str, is_link: bool) {
        let before = self.text.len();
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{3000}' {
                self.wrapped = if self.space { self.wrapped || c == '\n' } else { c == '\n' };
                self.space = true;
            } else {
                if self.space && !self.text.is_empty() {
                    let wide = |c: char| u32::from(c) >= 0x2E80;
                    let joined = self.wrapped && wide(c) && self.text.chars().next_back().is_some_and(wide);
                    if !joined {
                        self.text.push(' ');
                    }
                }
                self.space = false;
                self.text.push(c);
            }
        }
        if is_link {
            self.linked += self.text.len() - before;
        }
    }

    /// Whether it says something of the page, or names a file that hangs on it.
    fn is_note(&self) -> bool {
        let words = self.text.trim().to_lowercase();
        if words.chars().count() > NOTE_MAX {
            return false;
        }
        let is_file = self.linked * 10 >= self.text.len() * 6 && FILES.iter().any(|ending| words.contains(ending));
        is_file || NOTES.iter().any(|note| words.starts_with(note))
    }
}

struct Writer<'a> {
    tree: &'a Tree,
    dropped: &'a [bool],
    placed: Placed,
    line: Line,
    is_new_block: bool,
    /// What is shown before the items of lists, and which of it waits for the first words of its item.
    labels: HashMap<usize, String>,
    waiting: Vec<usize>,
    paragraphs: u32,
    tables: u32,
}

impl Writer<'_> {
    fn node(&mut self, id: usize, is_preformatted: bool) -> Result<(), Unreadable> {
        if self.dropped[id] {
            return Ok(());
        }
        let node = &self.tree.nodes[id];
        if node.name == "table" && self.tree.is_of_data(id) {
            return self.table(id);
        }
        self.end_block()?;
        let waiting = self.waiting.len();
        if self.labels.contains_key(&id) {
            self.waiting.push(id);
        }
        let is_preformatted = is_preformatted || node.role == Role::Preformatted;
        for child in &node.children {
            match child {
                Child::Node(id) => self.node(*id, is_preformatted)?,
                Child::LineEnd => self.end_line()?,
                Child::Text { text, is_link } if is_preformatted => {
                    for (no, line) in text.split('\n').enumerate() {
                        if no > 0 {
                            self.end_line()?;
                        }
                        self.line.push(line, *is_link);
                    }
                }
                Child::Text { text, is_link } => self.line.push(text, *is_link),
            }
        }
        self.end_block()?;
        // An item without words shows nothing.
        self.waiting.truncate(waiting);
        Ok(())
    }

    fn end_block(&mut self) -> Result<(), Unreadable> {
        self.end_line()?;
        self.is_new_block = true;
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), Unreadable> {
        let line = std::mem::take(&mut self.line);
        if line.text.trim().is_empty() || line.is_note() {
            return Ok(());
        }
        if std::mem::take(&mut self.is_new_block) {
            self.placed.part()?
        } else {
            self.placed.end_line()?
        }
        self.paragraphs += 1;
        self.placed.at(At::Paragraph(self.paragraphs))?;
        let mut text = line.text.trim_end();
        let mut waiting = std::mem::take(&mut self.waiting);
        if segment::marker(text) > 0 {
            // Whoever typed a number took the other away.
            waiting.pop();
        }
        for label in waiting.iter().filter_map(|item| self.labels.get(item)) {
            self.placed.push(label)?;
            text = text.trim_start();
        }
        self.placed.push(text)?;
        self.placed.end_line()
    }

    /// A row a line. A cell over several rows counts for each of them.
    fn table(&mut self, table: usize) -> Result<(), Unreadable> {
        self.end_block()?;
        self.tables += 1;
        self.placed.part()?;
        // For each column, how many rows below what stands above still covers, and what that is.
        let mut over: Vec<(usize, Option<(String, At)>)> = vec![];
        for (row_no, cells) in (1u32..).zip(self.tree.rows(table)) {
            let mut shown: Vec<Option<(String, At)>> = vec![];
            let mut next = cells.into_iter();
            loop {
                let column = shown.len();
                if column > COLUMNS_MAX {
                    return Err(Unreadable::TooLarge);
                }
                if let Some((left, cell)) = over.get_mut(column).filter(|(left, _)| *left > 0) {
                    *left -= 1;
                    shown.push(cell.clone());
                    continue;
                }
                let Some(cell) = next.next() else {
                    if over.iter().skip(column).all(|(left, _)| *left == 0) {
                        break;
                    }
                    shown.push(None);
                    continue;
                };
                let node = &self.tree.nodes[cell];
                let at = At::TableCell { table: self.tables, row: row_no, column: count(column) };
                let text = if self.dropped[cell] { String::new() } else { self.cell(cell) };
                let own = Some((text, at)).filter(|(text, _)| !text.is_empty());
                over.resize(over.len().max(column + node.columns), (0, None));
                for spanned in 0..node.columns {
                    let cell = own.clone().filter(|_| spanned == 0);
                    over[column + spanned] = (node.rows - 1, cell.clone());
                    shown.push(cell);
                }
            }
            self.placed.row(&shown)?;
        }
        self.is_new_block = true;
        Ok(())
    }

    /// All of a cell on one line.
    fn cell(&self, id: usize) -> String {
        let mut line = Line::default();
        self.gather(id, &mut line);
        line.text.trim().replace('\t', " ")
    }

    fn gather(&self, id: usize, line: &mut Line) {
        for child in &self.tree.nodes[id].children {
            match child {
                Child::Text { text, is_link } => line.push(text, *is_link),
                Child::LineEnd => (line.space, line.wrapped) = (true, false),
                Child::Node(id) if self.dropped[*id] => {}
                Child::Node(id) => {
                    (line.space, line.wrapped) = (true, false);
                    match self.labels.get(id) {
                        Some(label) => {
                            let mut item = Line::default();
                            self.gather(*id, &mut item);
                            let is_typed = segment::marker(&item.text) > 0;
                            line.push(if is_typed { "" } else { label }, false);
                            line.push(&item.text, false);
                        }
                        None => self.gather(*id, line),
                    }
                    (line.space, line.wrapped) = (true, false);
                }
            }
        }
    }
}

/// At most so many columns in a table.
const COLUMNS_MAX: usize = 256;

fn count(from_zero: usize) -> u32 {
    u32::try_from(from_zero + 1).unwrap_or(u32::MAX)
}
