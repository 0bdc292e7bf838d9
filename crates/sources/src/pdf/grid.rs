//! Tables whose cells are parted by lines.

use std::collections::BTreeMap;

use super::content::Rule;
use super::letter::{Letter, Row, What, rows};
use crate::canonical::Unreadable;

/// Lines of a page that are looked at; a page with more is a drawing.
const RULES_MAX: usize = 4_000;
/// Rows or columns of one table.
const PARTS_MAX: usize = 400;
/// How far apart, in points, two lines may be that are meant to meet.
const NEAR: f32 = 3.0;

/// A table: where its lines are, and which cells no line parts.
#[derive(Debug)]
pub(super) struct Grid {
    /// From left to right, and from top to bottom.
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each of them, from where to where there is a line.
    upright: Vec<Vec<(f32, f32)>>,
    level: Vec<Vec<(f32, f32)>>,
}

/// A row of a table that holds something.
#[derive(Debug)]
pub(super) struct GridRow {
    pub top: f32,
    pub cells: Vec<String>,
    /// For each cell whether its last line leaves no room.
    pub is_full: Vec<bool>,
}

/// What may still be compared in a file, counted down.
pub(super) struct Effort(pub usize);

impl Effort {
    fn spend(&mut self, comparisons: usize) -> Result<(), Unreadable> {
        self.0 = self.0.checked_sub(comparisons).ok_or(Unreadable::TooMuch)?;
        Ok(())
    }
}

/// All tables of a page. What has but one column or one cell is a frame and no table. Errors: `TooMuch`.
pub(super) fn grids(rules: &[Rule], effort: &mut Effort) -> Result<Vec<Grid>, Unreadable> {
    if rules.len() > RULES_MAX {
        return Ok(vec![]);
    }
    effort.spend(rules.len() * rules.len() / 2)?;
    // Lines that meet belong together: each points to another of its table, the first to itself.
    let mut heads: Vec<usize> = (0..rules.len()).collect();
    let boxes: Vec<Box4> = rules.iter().map(Box4::of).collect();
    for (at, edges) in boxes.iter().enumerate() {
        for other in (0..at).filter(|other| edges.meets(&boxes[*other])) {
            let (a, b) = (head(&mut heads, at), head(&mut heads, other));
            heads[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Rule>> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        groups.entry(head(&mut heads, at)).or_default().push(*rule);
    }
    let mut grids: Vec<Grid> = groups.values().filter_map(|rules| Grid::of(rules)).collect();
    grids.sort_by(|a, b| b.ys[0].total_cmp(&a.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
    Ok(grids)
}

fn head(heads: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while heads[at] != at {
        heads[at] = heads[heads[at]];
        at = heads[at];
    }
    at
}

#[derive(Clone, Copy, Debug)]
struct Box4 {
    left: f32,
    right: f32,
    bottom: f32,
    top: f32,
}

impl Box4 {
    fn of(rule: &Rule) -> Box4 {
        let (a, b) = (rule.from, rule.to);
        Box4 { left: a.0.min(b.0), right: a.0.max(b.0), bottom: a.1.min(b.1), top: a.1.max(b.1) }
    }

    fn meets(&self, other: &Box4) -> bool {
        self.left <= other.right + NEAR
            && other.left <= self.right + NEAR
            && self.bottom <= other.top + NEAR
            && other.bottom <= self.top + NEAR
    }
}

/// Positions, those that are meant to be one taken as one, in order.
fn positions(of: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = of.collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|b, a| *b - *a < NEAR);
    all
}

impl Grid {
    fn of(rules: &[Rule]) -> Option<Grid> {
        let is_level = |rule: &&Rule| (rule.from.1 - rule.to.1).abs() < (rule.from.0 - rule.to.0).abs();
        let (level, upright): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(is_level);
        let xs = positions(upright.iter().map(|rule| rule.from.0));
        let mut ys = positions(level.iter().map(|rule| rule.from.1));
        ys.reverse();
        if xs.len() < 3 || ys.len() < 2 || xs.len() > PARTS_MAX || ys.len() > PARTS_MAX {
            return None;
        }
        let upright = reaches(&xs, &upright, |rule| (rule.from.0, rule.from.1, rule.to.1));
        let level = reaches(&ys, &level, |rule| (rule.from.1, rule.from.0, rule.to.0));
        Some(Grid { xs, ys, upright, level })
    }

    pub fn top(&self) -> f32 {
        self.ys[0]
    }

    pub fn bottom(&self) -> f32 {
        self.ys[self.ys.len() - 1]
    }

    pub fn left(&self) -> f32 {
        self.xs[0]
    }

    /// Where the columns part, from left to right.
    pub fn columns(&self) -> &[f32] {
        &self.xs
    }

    pub fn right(&self) -> f32 {
        self.xs[self.xs.len() - 1]
    }

    /// Whether a letter stands in the table, by its middle.
    pub fn holds(&self, letter: &Letter) -> bool {
        let (x, y) = middle(letter);
        (self.left()..=self.right()).contains(&x) && (self.bottom()..=self.top()).contains(&y)
    }

    /// The rows that hold something. What a cell over several rows says is said in each of them; of a cell over several
    /// columns the others are empty. `say` is told where the cell begins and ends; `None` if it cannot be said.
    pub fn rows<'t>(
        &self,
        letters: Vec<Letter<'t>>,
        say: impl Fn(&[Row<'t>], f32, f32) -> Option<(String, bool)>,
    ) -> Option<Vec<GridRow>> {
        let (columns, lines) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut inside: Vec<Vec<Letter>> = vec![vec![]; columns * lines];
        let homes = self.homes();
        for letter in letters {
            let (x, y) = middle(&letter);
            let column = self.xs.partition_point(|edge| *edge <= x).clamp(1, columns) - 1;
            let line = self.ys.partition_point(|edge| *edge >= y).clamp(1, lines) - 1;
            inside[homes[line * columns + column]].push(letter);
        }
        let mut said: Vec<(String, bool)> = vec![];
        for (cell, letters) in inside.into_iter().enumerate() {
            let over = (cell..(cell / columns + 1) * columns).take_while(|at| homes[*at] == cell).count().max(1);
            said.push(say(&rows(letters), self.xs[cell % columns], self.xs[cell % columns + over])?);
        }
        let mut out = vec![];
        for (line, top) in self.ys.iter().take(lines).enumerate() {
            let cells = line * columns..(line + 1) * columns;
            if cells.clone().all(|cell| homes[cell] != cell || said[cell].0.is_empty()) {
                continue;
            }
            let shown = |cell: usize| {
                let is_said = homes[cell] % columns == cell % columns;
                if is_said { said[homes[cell]].clone() } else { (String::new(), false) }
            };
            let (cells, is_full) = cells.map(shown).unzip();
            out.push(GridRow { top: *top, cells, is_full });
        }
        Some(out)
    }

    /// For each cell the cell whose text it shares, because no line parts them.
    fn homes(&self) -> Vec<usize> {
        let (columns, lines) = (self.xs.len() - 1, self.ys.len() - 1);
        let parts =
            |reaches: &[(f32, f32)], beside: f32| reaches.iter().any(|(low, high)| (*low..=*high).contains(&beside));
        let mut homes: Vec<usize> = (0..columns * lines).collect();
        for line in 0..lines {
            for column in 0..columns {
                let at = line * columns + column;
                let x = (self.xs[column] + self.xs[column + 1]) / 2.0;
                let y = (self.ys[line] + self.ys[line + 1]) / 2.0;
                if column > 0 && !parts(&self.upright[column], y) {
                    homes[at] = homes[at - 1];
                } else if line > 0 && !parts(&self.level[line], x) {
                    homes[at] = homes[at - columns];
                }
            }
        }
        homes
    }
}

/// For each position, from where to where the lines there reach, joined where they meet.
fn reaches(places: &[f32], rules: &[&Rule], of: fn(&Rule) -> (f32, f32, f32)) -> Vec<Vec<(f32, f32)>> {
    let mut all: Vec<Vec<(f32, f32)>> = vec![vec![]; places.len()];
    for (at, from, to) in rules.iter().map(|rule| of(rule)) {
        if let Some(no) = places.iter().position(|place| (place - at).abs() < NEAR) {
            all[no].push((from.min(to), from.max(to)));
        }
    }
    for reaches in &mut all {
        reaches.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined: Vec<(f32, f32)> = vec![];
        for (low, high) in reaches.drain(..) {
            match joined.last_mut() {
                Some(last) if low <= last.1 + NEAR => last.1 = last.1.max(high),
                Some(_) | None => joined.push((low, high)),
            }
        }
        *reaches = joined;
    }
    all
}

fn middle(letter: &Letter) -> (f32, f32) {
    ((letter.x + letter.end) / 2.0, letter.y + 0.3 * letter.size)
}

/// What a table is in the rows of its page.
pub(super) fn as_letter<'t>(grid: &Grid, no: usize) -> Letter<'t> {
    Letter { what: What::Table(no), x: grid.left(), end: grid.right(), y: grid.top(), size: 1.0 }
}
