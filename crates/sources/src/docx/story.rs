//! A part that holds text (the body, the footnotes) as paragraphs and tables: what was inserted is in, what was deleted or
//! is hidden is out, and of two ways to show the same only one is taken.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::styles::{Styles, holds};
use crate::canonical::{MAX_CODE_POINTS, Unreadable, is_private};
use crate::package::{Bytes, Unusable, attribute, character};
use crate::symbols::{is_symbol_font, sign};

/// How deep elements nest at most.
const DEPTH_MAX: usize = 256;
/// At most so many elements in one part, and so many paragraphs and cells.
const ELEMENTS_MAX: usize = 3_000_000;
const BLOCKS_MAX: usize = 300_000;
/// At most so many fields within fields.
const FIELDS_MAX: usize = 1_000;
/// A cell spans at most so many columns.
const SPAN_MAX: usize = 64;

#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Option<String>,
    /// The list it says it is in, and the level.
    pub(super) list: Option<String>,
    pub(super) level: Option<u8>,
    /// Its mark was deleted or is hidden: the next paragraph goes on where it ends.
    pub(super) is_open: bool,
    pub(super) notes: Vec<Note>,
    pub(super) boxes: Vec<Vec<Block>>,
}

/// What a paragraph refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Note {
    Footnote(String),
    Endnote(String),
}

#[derive(Debug, Default)]
pub(super) struct Row {
    /// Columns left out before the first cell.
    pub(super) before: usize,
    pub(super) cells: Vec<Cell>,
    is_deleted: bool,
}

#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Columns it spans.
    pub(super) span: usize,
    /// It is part of the cell above.
    pub(super) is_continued: bool,
    is_deleted: bool,
    pub(super) blocks: Vec<Block>,
}

/// Whose element it is; the two editions of the standard name theirs otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Word,
    Compatibility,
    Math,
    Other,
}

impl Space {
    fn of(resolved: &ResolveResult<'_>) -> Space {
        let ResolveResult::Bound(Namespace(space)) = resolved else { return Space::Other };
        match *space {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
            _other => Space::Other,
        }
    }
}

struct Tag {
    space: Space,
    name: String,
    /// The attributes that mean something to us, by name.
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name == name
    }
}

enum Node {
    Start(Tag),
    End,
    Text(String),
    Eof,
}

/// What a run looks like, as far as it matters.
#[derive(Default)]
struct Look {
    is_hidden: bool,
    symbols: Option<String>,
}

pub(super) struct Story<'b, 's> {
    xml: NsReader<Bytes<'b>>,
    buffer: Vec<u8>,
    styles: &'s Styles,
    depth: usize,
    elements: usize,
    blocks: usize,
    length: usize,
    /// For each field that is open, whether its instruction is still being read.
    fields: Vec<bool>,
    /// Fields are not told from their instructions: one of them never ends.
    ignores_fields: bool,
}

impl<'b, 's> Story<'b, 's> {
    pub(super) fn of(bytes: Bytes<'b>, styles: &'s Styles, ignores_fields: bool) -> Self {
        let mut xml = NsReader::from_reader(bytes);
        xml.config_mut().expand_empty_elements = true;
        let buffer = vec![];
        Self { xml, buffer, styles, depth: 0, elements: 0, blocks: 0, length: 0, fields: vec![], ignores_fields }
    }

    /// Whether what was read hides text in an instruction that never ended.
    pub(super) fn is_cut(&self) -> bool {
        self.fields.contains(&true)
    }

    /// The blocks of the body.
    pub(super) fn body(&mut self) -> Result<Vec<Block>, Unreadable> {
        let mut blocks = vec![];
        loop {
            match self.next()? {
                Node::Start(tag) if tag.is("document") => {}
                Node::Start(tag) if tag.is("body") => self.blocks(&mut blocks)?,
                Node::Start(_) => self.skip()?,
                Node::End | Node::Text(_) => {}
                Node::Eof => return Ok(blocks),
            }
        }
    }

    /// The notes of a part, by their ids.
    pub(super) fn notes(&mut self) -> Result<Vec<(String, Vec<Block>)>, Unreadable> {
        let mut notes = vec![];
        loop {
            match self.next()? {
                Node::Start(tag) if tag.is("footnotes") || tag.is("endnotes") => {}
                Node::Start(tag) if tag.is("footnote") || tag.is("endnote") => {
                    let mut blocks = vec![];
                    self.blocks(&mut blocks)?;
                    notes.push((tag.get("id").unwrap_or_default().to_owned(), blocks));
                }
                Node::Start(_) => self.skip()?,
                Node::End | Node::Text(_) => {}
                Node::Eof => return Ok(notes),
            }
        }
    }

    fn next(&mut self) -> Result<Node, Unreadable> {
        loop {
            self.buffer.clear();
            let (resolved, event) = match self.xml.read_resolved_event_into(&mut self.buffer) {
                Ok(read) => read,
                Err(error) => return Err(Unusable::from(&error).into()),
            };
            return Ok(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.elements += 1;
                    if self.depth > DEPTH_MAX {
                        return Err(Unreadable::TooDeep);
                    }
                    if self.elements > ELEMENTS_MAX {
                        return Err(Unreadable::TooLarge);
                    }
                    Node::Start(read_tag(Space::of(&resolved), &tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => Node::Text(character(&entity)?.to_string()),
                Event::DocType(_) => return Err(Unreadable::Entities),
                Event::Eof => Node::Eof,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// A child of the element that is open, or nothing where it ends.
    fn child(&mut self) -> Result<Option<Tag>, Unreadable> {
        loop {
            match self.next()? {
                Node::Start(tag) => return Ok(Some(tag)),
                Node::End => return Ok(None),
                Node::Text(_) => {}
                Node::Eof => return Err(Unreadable::Broken),
            }
        }
    }

    /// To the end of the element that is open.
    fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Node::Eof = self.next()? {
                return Err(Unreadable::Broken);
            }
        }
        Ok(())
    }

    /// Of a choice and what stands for it where it is not understood, one: the first choice, if there is any.
    fn alternate(&mut self, work: &mut dyn FnMut(&mut Self) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
        let mut is_taken = false;
        while let Some(tag) = self.child()? {
            let is_way = tag.space == Space::Compatibility && (tag.name == "Choice" || tag.name == "Fallback");
            if is_way && !is_taken {
                is_taken = true;
                work(self)?;
            } else {
                self.skip()?;
            }
        }
        Ok(())
    }

    /// A content control: what it holds, unless that only says what should be typed there.
    fn control(&mut self, work: &mut dyn FnMut(&mut Self) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
        let mut is_placeholder = false;
        while let Some(tag) = self.child()? {
            if tag.is("sdtPr") {
                while let Some(property) = self.child()? {
                    is_placeholder |= property.is("showingPlcHdr") && holds(property.get("val"));
                    self.skip()?;
                }
            } else if tag.is("sdtContent") && !is_placeholder {
                work(self)?;
            } else {
                self.skip()?;
            }
        }
        Ok(())
    }

    fn count_block(&mut self) -> Result<(), Unreadable> {
        self.blocks += 1;
        if self.blocks > BLOCKS_MAX { Err(Unreadable::TooLarge) } else { Ok(()) }
    }

    fn blocks(&mut self, out: &mut Vec<Block>) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            self.block(&tag, out)?;
        }
        Ok(())
    }

    fn rows(&mut self, out: &mut Vec<Row>) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "tr") => {
                    let mut row = Row::default();
                    self.cells(&mut row)?;
                    if !row.is_deleted {
                        out.push(row);
                    }
                }
                (Space::Word, "ins" | "moveTo" | "customXml") => self.rows(out)?,
                (Space::Word, "sdt") => self.control(&mut |story| story.rows(out))?,
                (Space::Compatibility, "AlternateContent") => self.alternate(&mut |story| story.rows(out))?,
                (_, _) => self.skip()?,
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: &mut Row) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "trPr") => {
                    while let Some(property) = self.child()? {
                        row.is_deleted |= property.is("del");
                        if property.is("gridBefore") {
                            row.before = number(&property).unwrap_or(0).min(SPAN_MAX);
                        }
                        self.skip()?;
                    }
                }
                (Space::Word, "tc") => {
                    self.count_block()?;
                    let cell = self.cell()?;
                    if !cell.is_deleted {
                        row.cells.push(cell);
                    }
                }
                (Space::Word, "ins" | "moveTo" | "customXml") => self.cells(row)?,
                (Space::Word, "sdt") => self.control(&mut |story| story.cells(row))?,
                (_, _) => self.skip()?,
            }
        }
        Ok(())
    }

    fn cell(&mut self) -> Result<Cell, Unreadable> {
        let mut cell = Cell { span: 1, ..Cell::default() };
        let mut blocks = vec![];
        while let Some(tag) = self.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "tcPr") => {
                    while let Some(property) = self.child()? {
                        if property.is("gridSpan") {
                            cell.span = number(&property).unwrap_or(1).clamp(1, SPAN_MAX);
                        }
                        cell.is_continued |=
                            property.is("vMerge") && property.get("val").is_none_or(|v| v == "continue");
                        cell.is_deleted |= property.is("cellDel");
                        self.skip()?;
                    }
                }
                (_, _) => self.block(&tag, &mut blocks)?,
            }
        }
        cell.blocks = blocks;
        Ok(cell)
    }

    /// A block whose tag is open already.
    fn block(&mut self, tag: &Tag, out: &mut Vec<Block>) -> Result<(), Unreadable> {
        match (tag.space, tag.name.as_str()) {
            (Space::Word, "p") => {
                self.count_block()?;
                let mut paragraph = Paragraph::default();
                self.inline(&mut paragraph)?;
                out.push(Block::Paragraph(paragraph));
                Ok(())
            }
            (Space::Word, "tbl") => {
                let mut rows = vec![];
                self.rows(&mut rows)?;
                out.push(Block::Table(rows));
                Ok(())
            }
            (Space::Word, "ins" | "moveTo" | "customXml" | "smartTag") => self.blocks(out),
            (Space::Word, "sdt") => self.control(&mut |story| story.blocks(out)),
            (Space::Compatibility, "AlternateContent") => self.alternate(&mut |story| story.blocks(out)),
            // Text of another file, put in when it is opened.
            (Space::Word, "altChunk" | "subDoc") => Err(Unreadable::Broken),
            (_, _) => self.skip(),
        }
    }

    fn inline(&mut self, paragraph: &mut Paragraph) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "pPr") => self.paragraph_properties(paragraph)?,
                (Space::Word, "r") => self.run(paragraph)?,
                (
                    Space::Word,
                    "ins" | "moveTo" | "hyperlink" | "smartTag" | "customXml" | "fldSimple" | "bdo" | "dir",
                ) => self.inline(paragraph)?,
                (Space::Word, "sdt") => self.control(&mut |story| story.inline(paragraph))?,
                (Space::Word, "ruby") => self.ruby(paragraph)?,
                (Space::Word, "subDoc") => return Err(Unreadable::Broken),
                (Space::Compatibility, "AlternateContent") => self.alternate(&mut |story| story.inline(paragraph))?,
                (Space::Math, _) => self.math(&tag, paragraph)?,
                (_, _) => self.skip()?,
            }
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, paragraph: &mut Paragraph) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "pStyle") => {
                    paragraph.style = tag.get("val").map(str::to_owned);
                    self.skip()?;
                }
                (Space::Word, "numPr") => {
                    while let Some(property) = self.child()? {
                        if property.is("numId") {
                            paragraph.list = property.get("val").map(str::to_owned);
                        }
                        if property.is("ilvl") {
                            paragraph.level = number(&property).and_then(|level| u8::try_from(level).ok());
                        }
                        self.skip()?;
                    }
                }
                // What the paragraph's own mark looks like.
                (Space::Word, "rPr") => {
                    while let Some(property) = self.child()? {
                        let is_gone = property.is("del") || property.is("moveFrom");
                        let is_hidden = property.is("vanish") && holds(property.get("val"));
                        paragraph.is_open |= is_gone || is_hidden;
                        self.skip()?;
                    }
                }
                (_, _) => self.skip()?,
            }
        }
        Ok(())
    }

    fn run(&mut self, paragraph: &mut Paragraph) -> Result<(), Unreadable> {
        let mut look = Look { is_hidden: self.styles.hides(paragraph.style.as_deref()), symbols: None };
        self.run_content(paragraph, &mut look)
    }

    fn run_content(&mut self, paragraph: &mut Paragraph, look: &mut Look) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            let is_shown = !look.is_hidden && (self.ignores_fields || !self.fields.contains(&true));
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "rPr") => self.run_properties(look)?,
                (Space::Word, "t") => {
                    let text = self.words()?;
                    if is_shown {
                        self.push_signs(paragraph, &text, look)?;
                    }
                }
                (Space::Word, name @ ("tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym")) => {
                    let written = match name {
                        "tab" | "ptab" => '\t',
                        "br" | "cr" => '\n',
                        "noBreakHyphen" => '-',
                        _symbol => symbol(&tag),
                    };
                    if is_shown {
                        self.push(paragraph, written)?;
                    }
                    self.skip()?;
                }
                (Space::Word, "footnoteReference" | "endnoteReference") => {
                    let id = tag.get("id").unwrap_or_default().to_owned();
                    let is_footnote = tag.name == "footnoteReference";
                    if is_shown {
                        paragraph.notes.push(if is_footnote { Note::Footnote(id) } else { Note::Endnote(id) });
                    }
                    self.skip()?;
                }
                (Space::Word, "fldChar") => {
                    self.field(tag.get("fldCharType"))?;
                    self.skip()?;
                }
                (Space::Word, "ruby") => self.ruby(paragraph)?,
                (Space::Word, "drawing" | "pict" | "object") => self.drawing(paragraph, is_shown)?,
                (Space::Compatibility, "AlternateContent") => {
                    self.alternate(&mut |story| story.run_content(paragraph, look))?;
                }
                (_, _) => self.skip()?,
            }
        }
        Ok(())
    }

    fn run_properties(&mut self, look: &mut Look) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            if tag.is("rStyle") {
                look.is_hidden |= tag.get("val").is_some_and(|style| self.styles.hides(Some(style)));
            } else if tag.is("vanish") {
                look.is_hidden = holds(tag.get("val"));
            } else if tag.is("rFonts") {
                let font = tag.get("ascii").or(tag.get("hAnsi"));
                look.symbols = font.filter(|font| is_symbol_font(font)).map(str::to_owned);
            }
            self.skip()?;
        }
        Ok(())
    }

    /// The texts up to the end of the element that is open.
    fn words(&mut self) -> Result<String, Unreadable> {
        let mut words = String::new();
        loop {
            match self.next()? {
                Node::Text(text) => words.push_str(&text),
                Node::Start(_) => self.skip()?,
                Node::End => return Ok(words),
                Node::Eof => return Err(Unreadable::Broken),
            }
        }
    }

    fn push(&mut self, paragraph: &mut Paragraph, c: char) -> Result<(), Unreadable> {
        self.length += 1;
        // Text that is dropped later, as in a table of layout, counts too.
        if self.length > 2 * MAX_CODE_POINTS {
            return Err(Unreadable::TooLarge);
        }
        paragraph.text.push(c);
        Ok(())
    }

    fn push_signs(&mut self, paragraph: &mut Paragraph, text: &str, look: &Look) -> Result<(), Unreadable> {
        for c in text.chars() {
            let code = u32::from(c);
            let is_first = paragraph.text.trim().is_empty();
            let c = match &look.symbols {
                Some(font) if (0x20..=0xFF).contains(&code) => sign(font, code),
                Some(font) if (0xF020..=0xF0FF).contains(&code) => sign(font, code - 0xF000),
                // Some font's picture before the first word: the sign of a list.
                None if is_private(c) && is_first => '•',
                // Line ends in the file mean nothing.
                Some(_) | None if matches!(c, '\n' | '\r') => ' ',
                Some(_) | None => c,
            };
            self.push(paragraph, c)?;
        }
        Ok(())
    }

    fn field(&mut self, kind: Option<&str>) -> Result<(), Unreadable> {
        match kind {
            Some("begin") if self.fields.len() == FIELDS_MAX => return Err(Unreadable::TooDeep),
            Some("begin") => self.fields.push(true),
            Some("separate") => {
                if let Some(is_instruction) = self.fields.last_mut() {
                    *is_instruction = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// Characters with their reading above them: only the characters.
    fn ruby(&mut self, paragraph: &mut Paragraph) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            if tag.is("rubyBase") { self.inline(paragraph)? } else { self.skip()? }
        }
        Ok(())
    }

    /// A formula, on one line: ½ as 1/2, m² as m^2.
    fn math(&mut self, tag: &Tag, paragraph: &mut Paragraph) -> Result<(), Unreadable> {
        match tag.name.as_str() {
            "t" => {
                for c in self.words()?.chars() {
                    self.push(paragraph, c)?;
                }
                return Ok(());
            }
            "den" => self.push(paragraph, '/')?,
            "sup" => self.push(paragraph, '^')?,
            "sub" => self.push(paragraph, '_')?,
            _other => {}
        }
        while let Some(inner) = self.child()? {
            if inner.space == Space::Math { self.math(&inner, paragraph)? } else { self.skip()? }
        }
        Ok(())
    }

    /// The text boxes of a drawing, however deep they lie in it.
    fn drawing(&mut self, paragraph: &mut Paragraph, is_shown: bool) -> Result<(), Unreadable> {
        while let Some(tag) = self.child()? {
            if tag.is("txbxContent") {
                // What is said of a field outside says nothing of the text inside.
                let outside = std::mem::take(&mut self.fields);
                let mut blocks = vec![];
                self.blocks(&mut blocks)?;
                self.fields = outside;
                if is_shown {
                    paragraph.boxes.push(blocks);
                }
            } else if tag.space == Space::Compatibility && tag.name == "AlternateContent" {
                self.alternate(&mut |story| story.drawing(paragraph, is_shown))?;
            } else {
                self.drawing(paragraph, is_shown)?;
            }
        }
        Ok(())
    }
}

impl From<Unusable> for Unreadable {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Damaged => Unreadable::Broken,
            Unusable::Locked => Unreadable::Encrypted,
            Unusable::Bomb => Unreadable::TooMuch,
            Unusable::Entities => Unreadable::Entities,
        }
    }
}

fn read_tag(space: Space, tag: &BytesStart<'_>) -> Tag {
    const KNOWN: [&str; 8] = ["val", "id", "fldCharType", "font", "char", "ascii", "hAnsi", "type"];
    let mut attributes = vec![];
    // Most elements have none but marks of revisions.
    if space == Space::Word && !tag.attributes_raw().trim().is_empty() {
        for name in KNOWN {
            if tag.attributes_raw().contains(name)
                && let Some(value) = attribute(tag, name)
            {
                attributes.push((name, value));
            }
        }
    }
    Tag { space, name: tag.local_name().into_inner().to_owned(), attributes }
}

fn number(tag: &Tag) -> Option<usize> {
    tag.get("val")?.trim().parse().ok()
}

/// `<w:sym w:font="Wingdings" w:char="F0FC"/>`
fn symbol(tag: &Tag) -> char {
    let code = tag.get("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0xF000);
    let font = tag.get("font").unwrap_or_default();
    match code {
        0x20..=0xFF if is_symbol_font(font) => sign(font, code),
        0xF020..=0xF0FF => sign(font, code - 0xF000),
        _ => char::from_u32(code).unwrap_or('\u{FFFD}'),
    }
}
