//! Word documents (Office Open XML) to canonical text: one line a paragraph, its number before it; one line a row of a
//! table, its cells parted by tabs. A reader of our own and not a crate for documents: those lose the numbers of lists,
//! which stand nowhere in the text, and know elements by a prefix that a file may choose.

mod numbering;
mod story;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use numbering::Numbering;
use story::{Block, Note, Paragraph, Row, Story};
use styles::Styles;

use crate::canonical::Unreadable;
use crate::package::{Bytes, Package, of_kind};
use crate::place::{At, Placed};

/// What the parts of a document that hold text may unfold to, together.
const INFLATED_BYTES_MAX: u64 = 128 << 20;
/// A cell with more paragraphs than one is read as text if it is longer than this, in code points.
const CELL_OF_TABLE_MAX: usize = 300;
/// In a row that is one cell, so much is a heading within the table.
const HEADING_MAX: usize = 60;

/// The text of a document and where each piece of it stands.
pub(crate) fn document(bytes: &[u8]) -> Result<Placed, Unreadable> {
    let mut package = Package::open(bytes, INFLATED_BYTES_MAX)?;
    let home = package.home("word/document.xml")?;
    let targets = package.targets(&home)?;
    let part = |kind| of_kind(&targets, kind);
    let styles = match part("/styles") {
        Some(path) => package.part(&path, Styles::read)?.unwrap_or_default(),
        None => Styles::default(),
    };
    let numbering = match part("/numbering") {
        Some(path) => package.part(&path, Numbering::read)?.unwrap_or_default(),
        None => Numbering::default(),
    };
    let body = body(&mut package, &home, &styles)?.ok_or(Unreadable::Broken)?;
    let mut notes = HashMap::new();
    for (kind, note) in [("/footnotes", Note::Footnote as fn(String) -> Note), ("/endnotes", Note::Endnote)] {
        let Some(path) = part(kind) else { continue };
        let read = package.bytes(&path, |bytes| Story::of(bytes, &styles, true).notes())?.unwrap_or_default();
        notes.extend(read.into_iter().map(|(id, blocks)| (note(id), blocks)));
    }
    let mut writer = Writer {
        styles: &styles,
        numbering,
        placed: Placed::default(),
        paragraphs: 0,
        tables: 0,
        boxes: 0,
        notes: vec![],
    };
    writer.flow(&body, None)?;
    writer.finish(&notes)
}

fn body(package: &mut Package<'_>, home: &str, styles: &Styles) -> Result<Option<Vec<Block>>, Unreadable> {
    fn read(bytes: Bytes<'_>, styles: &Styles, ignores_fields: bool) -> Result<(Vec<Block>, bool), Unreadable> {
        let mut story = Story::of(bytes, styles, ignores_fields);
        let blocks = story.body()?;
        Ok((blocks, story.is_cut()))
    }
    match package.bytes(home, |bytes| read(bytes, styles, false))? {
        Some((blocks, false)) => Ok(Some(blocks)),
        // A field that never ends would swallow the rest of the text.
        Some((_, true)) => Ok(package.bytes(home, |bytes| read(bytes, styles, true))?.map(|(blocks, _)| blocks)),
        None => Ok(None),
    }
}

struct Writer<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    placed: Placed,
    paragraphs: u32,
    tables: u32,
    boxes: u32,
    /// In the order in which the text refers to them.
    notes: Vec<Note>,
}

impl Writer<'_> {
    /// Paragraphs and tables, one after the other; all at one place if that is given.
    fn flow(&mut self, blocks: &[Block], at: Option<&At>) -> Result<(), Unreadable> {
        let mut open: Vec<&Paragraph> = vec![];
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if paragraph.is_open => open.push(paragraph),
                Block::Paragraph(paragraph) => {
                    self.paragraph(&open, Some(paragraph), at)?;
                    open.clear();
                }
                Block::Table(rows) => {
                    self.paragraph(&open, None, at)?;
                    open.clear();
                    self.table(rows, at)?;
                }
            }
        }
        self.paragraph(&open, None, at)
    }

    /// A paragraph, after those whose marks are gone: it goes on where they end.
    fn paragraph(&mut self, open: &[&Paragraph], last: Option<&Paragraph>, at: Option<&At>) -> Result<(), Unreadable> {
        let parts: Vec<&Paragraph> = open.iter().copied().chain(last).collect();
        if let Some(line) = self.line(&parts, last) {
            let at = at.cloned().unwrap_or_else(|| {
                self.paragraphs += 1;
                At::Paragraph(self.paragraphs)
            });
            self.placed.part()?;
            self.placed.at(at)?;
            self.placed.push(&line)?;
            self.placed.end_line()?;
        }
        for part in parts {
            self.notes.extend(part.notes.iter().cloned());
            for blocks in &part.boxes {
                self.boxes += 1;
                let at = at.cloned().unwrap_or(At::TextBox(self.boxes));
                self.flow(blocks, Some(&at))?;
            }
        }
        Ok(())
    }

    /// The words of a paragraph with its number; none where it has no words. The number is counted all the same.
    fn line(&mut self, parts: &[&Paragraph], last: Option<&Paragraph>) -> Option<String> {
        let label = last.and_then(|paragraph| self.label(paragraph));
        let text: String = parts.iter().map(|part| part.text.as_str()).collect();
        // An ideographic space before the first word is how Chinese begins a paragraph.
        let words = text.trim_start_matches([' ', '\t', '\n', '\u{A0}']).trim_end();
        if words.trim().is_empty() {
            return None;
        }
        Some(match label {
            Some(label) => label + words.trim_start(),
            None => words.to_owned(),
        })
    }

    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let of_style = self.styles.list(paragraph.style.as_deref());
        let (list, level, style) = match (&paragraph.list, of_style) {
            (Some(list), _) => (list.as_str(), paragraph.level, paragraph.style.as_deref()),
            (None, Some((list, level, style))) => (list, paragraph.level.or(level), Some(style)),
            (None, None) => return None,
        };
        // List 0 takes a paragraph out of the list of its style.
        if list == "0" { None } else { self.numbering.label(list, level, style, self.styles) }
    }

    fn table(&mut self, rows: &[Row], at: Option<&At>) -> Result<(), Unreadable> {
        if at.is_none() {
            self.tables += 1;
        }
        let table = self.tables;
        let place = |row: usize, column: usize| match at {
            Some(at) => at.clone(),
            None => At::TableCell { table, row: count(row), column: count(column) },
        };
        let width = rows.iter().map(|row| row.before + row.cells.iter().map(|cell| cell.span).sum::<usize>()).max();
        let width = width.unwrap_or(0).min(256);
        self.placed.part()?;
        let mut above: Vec<Option<(String, At)>> = vec![None; width];
        let mut is_of_work = false;
        for (row_no, row) in rows.iter().enumerate() {
            let is_one = row.cells.len() == 1;
            // A form, or a table made to set out a page: its cells hold text of their own.
            let is_text = |blocks: &[Block]| {
                let (paragraphs, length) = measure(blocks);
                let is_long = paragraphs > 1 && length > CELL_OF_TABLE_MAX && !is_of_work;
                is_long || (is_one && (width == 1 || length > HEADING_MAX))
            };
            if row.cells.iter().any(|cell| is_text(&cell.blocks)) {
                let mut column = row.before;
                for cell in &row.cells {
                    self.flow(&cell.blocks, Some(&place(row_no, column)))?;
                    column += cell.span;
                }
                self.placed.part()?;
                above.fill(None);
                continue;
            }
            let mut shown: Vec<Option<(String, At)>> = vec![None; width];
            let mut column = row.before;
            for cell in &row.cells {
                let own = self.cell_text(&cell.blocks)?;
                let written = match above.get(column) {
                    Some(over) if cell.is_continued && own.is_empty() => over.clone(),
                    _ => (!own.is_empty()).then(|| (own, place(row_no, column))),
                };
                if let Some(slot) = shown.get_mut(column) {
                    *slot = written;
                }
                column += cell.span;
            }
            let words: Vec<&str> = shown.iter().map(|cell| cell.as_ref().map_or("", |(text, _)| text)).collect();
            is_of_work |= crate::table::is_head(&words);
            self.placed.row(&shown)?;
            above = shown;
        }
        self.placed.part()
    }

    /// All of a cell on one line.
    fn cell_text(&mut self, blocks: &[Block]) -> Result<String, Unreadable> {
        let mut pieces: Vec<String> = vec![];
        let mut open: Vec<&Paragraph> = vec![];
        let mut boxed = vec![];
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.notes.extend(paragraph.notes.iter().cloned());
                    boxed.extend(&paragraph.boxes);
                    open.push(paragraph);
                    if !paragraph.is_open {
                        pieces.extend(self.line(&open, Some(paragraph)));
                        open.clear();
                    }
                }
                Block::Table(rows) => {
                    for cell in rows.iter().flat_map(|row| &row.cells) {
                        pieces.push(self.cell_text(&cell.blocks)?);
                    }
                }
            }
        }
        pieces.extend(self.line(&open, None));
        for blocks in boxed {
            self.boxes += 1;
            pieces.push(self.cell_text(blocks)?);
        }
        let words = pieces.iter().flat_map(|piece| piece.split(['\t', '\n'])).map(str::trim);
        Ok(words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// The notes that the text refers to, after all of it: in the middle they would break a sentence.
    fn finish(mut self, known: &HashMap<Note, Vec<Block>>) -> Result<Placed, Unreadable> {
        let (mut seen, mut footnotes, mut endnotes) = (HashSet::new(), 0, 0);
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|note| match note {
            Note::Footnote(_) => 0,
            Note::Endnote(_) => 1,
        });
        for note in notes {
            let Some(blocks) = known.get(&note).filter(|_| !seen.contains(&note)) else { continue };
            let (no, at) = match &note {
                Note::Footnote(_) => {
                    footnotes += 1;
                    (footnotes, At::Footnote(footnotes))
                }
                Note::Endnote(_) => {
                    endnotes += 1;
                    (endnotes, At::Endnote(endnotes))
                }
            };
            seen.insert(note);
            let text = self.cell_text(blocks)?;
            if !text.is_empty() {
                self.placed.part()?;
                self.placed.at(at)?;
                self.placed.push(&format!("[{no}] {text}"))?;
            }
        }
        Ok(self.placed)
    }
}

fn count(from_zero: usize) -> u32 {
    u32::try_from(from_zero + 1).unwrap_or(u32::MAX)
}

/// How many paragraphs hold words, and how many code points.
fn measure(blocks: &[Block]) -> (usize, usize) {
    let (mut paragraphs, mut length) = (0, 0);
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let own = paragraph.text.trim().chars().count();
                paragraphs += usize::from(own > 0);
                length += own;
            }
            Block::Table(rows) => {
                for cell in rows.iter().flat_map(|row| &row.cells) {
                    let (inner, longer) = measure(&cell.blocks);
                    (paragraphs, length) = (paragraphs + inner, length + longer);
                }
            }
        }
    }
    (paragraphs, length)
}
