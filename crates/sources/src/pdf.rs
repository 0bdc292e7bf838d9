//! The text of a PDF file: what its pages say, in the order in which one reads them.
//!
//! A PDF says which glyphs are drawn where. From fonts and CMaps come the characters ([`font`]), from their places rows,
//! columns, tables and paragraphs ([`flow`], [`grid`], [`paragraph`]); what repeats on the edge of pages is dropped
//! ([`running`]), rows that a page cut are made whole ([`split`]), footnotes stand after the text ([`notes`]). A glyph for which no character can be believed makes the file unreadable: nothing is guessed, and nothing
//! left out. The syntax below is read by our own code, bounded in every direction (ADR 0034).

mod cid;
mod cmap;
mod coding;
mod content;
mod file;
mod filter;
mod flow;
mod font;
mod grid;
mod letter;
mod line;
mod lock;
mod names;
mod notes;
mod object;
mod paragraph;
mod running;
mod split;
mod truetype;
mod type1;
mod written;

use std::collections::{BTreeSet, HashMap};

use self::coding::Code;
use self::content::{Artist, Drawn, Facing, turn};
use self::file::File;
use self::grid::{Effort, Grid};
use self::letter::{Letter, What};
use self::line::Line;
use self::written::{Written, written};
use crate::canonical::Unreadable;
use crate::place::Placed;

/// Lines of a page that say how wide its text is.
const LINES_ENOUGH: usize = 12;
/// Comparisons between the straight lines of all pages.
const EFFORT: usize = 200_000_000;
/// A picture that covers so much of a page without text is the page: a scan.
const SCAN: f64 = 0.25;
/// A picture that covers so much of a page with no more letters than these is the page too: a scan that was stamped, or
/// numbered, by another program.
const WHOLE: f64 = 0.8;
const STAMP: usize = 50;
/// Curves of a page without text that are its letters, drawn.
const CURVES: usize = 400;
/// One odd sign in so many letters, and so many at least: the letters were read as others.
const ODD_SHARE: usize = 8;
const ODD_LEAST: usize = 8;

/// The text of a PDF file and where the lines of its pages begin in it; and the pages, counted from 1, that are pictures, so
/// that nothing on them was read. Errors: `Broken`, `Encrypted`, `Garbled`, `NoText`, `Scanned`, `TooLarge`, `TooMuch`.
pub(crate) fn document(bytes: &[u8]) -> Result<(Placed, Vec<u32>), Unreadable> {
    let file = File::open(bytes)?;
    let pages = file.pages()?;
    let mut artist = Artist::new(&file);
    let mut drawn = vec![];
    for (no, page) in (1..).zip(&pages) {
        drawn.push(artist.draw(page).map_err(|unreadable| unreadable.on_page(no))?);
    }
    let readings = readings(&file, &artist, &drawn);
    if file.is_too_large() {
        return Err(Unreadable::TooMuch);
    }
    let mut effort = Effort(EFFORT);
    let mut lines = vec![];
    let mut looks = vec![];
    for (no, drawn) in (1..).zip(drawn) {
        let Drawn { pictures, curves, is_recognised, .. } = drawn;
        looks.push(Look { pictures, curves, is_recognised });
        lines.push(page_lines(no, drawn, &readings, &mut effort)?);
    }
    widen(&mut lines);
    running::drop_running(&mut lines);
    let unread = pictures(&lines, &looks)?;
    refuse_odd(&lines)?;
    split::mend(&mut lines);
    let notes = notes::take_notes(&mut lines);
    Ok((paragraph::text(&lines, &notes)?, unread))
}

/// What of a page is no text.
struct Look {
    /// What pictures cover of it, from 0 to 1.
    pictures: f64,
    curves: usize,
    /// A machine recognised the text of its picture.
    is_recognised: bool,
}

/// For each font what its codes stand for.
type Readings = Vec<HashMap<Code, Written>>;

fn readings(file: &File, artist: &Artist, drawn: &[Drawn]) -> Readings {
    let mut shown = vec![BTreeSet::new(); artist.fonts.len()];
    for glyph in drawn.iter().flat_map(|drawn| &drawn.glyphs) {
        shown[usize::from(glyph.font)].insert(glyph.code);
    }
    artist.fonts.iter().zip(&shown).map(|(font, shown)| font.read(file, shown)).collect()
}

fn page_lines(no: u32, mut drawn: Drawn, readings: &Readings, effort: &mut Effort) -> Result<Vec<Line>, Unreadable> {
    // Most of a page goes one way; that way is made to go to the right. Marginal notes that go another way come after.
    let mut counts: HashMap<Facing, usize> = HashMap::new();
    for glyph in &drawn.glyphs {
        *counts.entry(glyph.facing).or_default() += 1;
    }
    let ways = [Facing::Right, Facing::Down, Facing::Up, Facing::Left];
    let count = |way: &Facing| counts.get(way).copied().unwrap_or(0);
    let main = ways.iter().rev().max_by_key(|way| count(way)).copied().unwrap_or(Facing::Right);
    let said: Vec<Written> = drawn.said.iter().map(|text| written(text, None)).collect();
    let mut lines = vec![];
    let mut way = Facing::Right;
    for turned in 0..4 {
        if turned > 0 {
            turn(&mut drawn);
            way = match way {
                Facing::Right => Facing::Up,
                Facing::Up => Facing::Left,
                Facing::Left => Facing::Down,
                Facing::Down | Facing::Askew => Facing::Right,
            };
        }
        if count(&way) == 0 {
            continue;
        }
        let rules = if way == main { drawn.rules.as_slice() } else { &[] };
        let grids = grid::grids(rules, effort)?;
        let found = facing_lines(no, letters(&drawn, &said, readings), grids)?;
        if way == main {
            lines.insert(0, found);
        } else {
            lines.push(found);
        }
    }
    let mut out: Vec<Line> = vec![];
    for group in lines {
        let (before, regions) = (out.len() as u32, out.last().map_or(0, |line| line.region + 1));
        out.extend(group.into_iter().map(|line| Line { no: line.no + before, region: line.region + regions, ..line }));
    }
    Ok(out)
}

/// What of a page goes to the right.
fn letters<'t>(drawn: &Drawn, said: &'t [Written], readings: &'t Readings) -> Vec<Letter<'t>> {
    let facing = drawn.glyphs.iter().filter(|glyph| glyph.facing == Facing::Right);
    facing
        .filter_map(|glyph| {
            let by_font = || readings.get(usize::from(glyph.font))?.get(&glyph.code);
            let own = (glyph.said as usize).checked_sub(1).and_then(|at| said.get(at));
            let what = match own.filter(|own| **own != Written::Unknown).or_else(by_font) {
                Some(Written::Text(text)) => What::Text(text),
                Some(Written::Space) => What::Space,
                Some(Written::Nothing) => return None,
                Some(Written::Unknown) | None => What::Unknown,
            };
            Some(Letter { what, x: glyph.x, end: glyph.x + glyph.width, y: glyph.y, size: glyph.size })
        })
        .collect()
}

fn facing_lines(no: u32, letters: Vec<Letter>, grids: Vec<Grid>) -> Result<Vec<Line>, Unreadable> {
    let mut tables: Vec<(Grid, Vec<Letter>)> = grids.into_iter().map(|grid| (grid, vec![])).collect();
    let mut outside = vec![];
    for letter in letter::once(letters) {
        match tables.iter_mut().find(|(grid, _)| grid.holds(&letter)) {
            Some((_, inside)) => inside.push(letter),
            None => outside.push(letter),
        }
    }
    tables.retain(|(_, inside)| inside.iter().any(|letter| letter.what != What::Space));
    outside.extend(tables.iter().enumerate().map(|(no, (grid, _))| grid::as_letter(grid, no)));
    line::lines(no, flow::regions(outside), tables)
}

/// A page with little on it is as wide as the others: its lines alone do not tell.
fn widen(pages: &mut [Vec<Line>]) {
    let told = pages.iter().filter(|page| page.len() >= LINES_ENOUGH).flatten().filter(|line| !line.is_column);
    let right = told.map(|line| line.right).fold(f32::MIN, f32::max);
    for line in pages.iter_mut().filter(|page| page.len() < LINES_ENOUGH).flatten().filter(|line| !line.is_column) {
        line.right = line.right.max(right);
    }
}

/// The pages that are pictures, beside others that are text. Errors: `Scanned` where all are, `NoText`.
fn pictures(pages: &[Vec<Line>], looks: &[Look]) -> Result<Vec<u32>, Unreadable> {
    let is_picture = |(lines, look): (&Vec<Line>, &Look)| {
        let letters = || lines.iter().flat_map(|line| line.text.chars()).filter(|c| !c.is_whitespace()).count();
        let is_drawn = look.pictures >= SCAN || look.curves >= CURVES;
        let is_stamped = || look.pictures >= WHOLE && !look.is_recognised && letters() < STAMP;
        if lines.is_empty() { is_drawn } else { is_stamped() }
    };
    let unread: Vec<u32> =
        (1..).zip(pages.iter().zip(looks)).filter(|(_, page)| is_picture(*page)).map(|(no, _)| no).collect();
    let is_read = |(no, lines): (u32, &Vec<Line>)| !lines.is_empty() && !unread.contains(&no);
    match (1..).zip(pages).any(is_read) {
        true => Ok(unread),
        false if unread.is_empty() => Err(Unreadable::NoText),
        false => Err(Unreadable::Scanned),
    }
}

/// Signs that no office writes, in number: some font said wrong characters, and said them well.
fn refuse_odd(pages: &[Vec<Line>]) -> Result<(), Unreadable> {
    let (mut odd, mut all, mut first) = (0, 0, None);
    for line in pages.iter().flatten() {
        for c in line.text.chars().filter(|c| !c.is_whitespace()) {
            all += 1;
            if written::is_odd(c) {
                odd += 1;
                first.get_or_insert(line.page);
            }
        }
    }
    match first {
        Some(page) if odd >= ODD_LEAST && odd * ODD_SHARE > all => Err(Unreadable::Garbled { page }),
        Some(_) | None => Ok(()),
    }
}
