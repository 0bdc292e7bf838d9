//! What a page draws: its letters and where they stand, and the straight lines between them (ISO 32000-1, 8 and 9).

use std::collections::HashMap;
use std::rc::Rc;

use super::coding::Code;
use super::file::{File, Page};
use super::font::Font;
use super::object::{Dict, Item, Lexer, Object, Stream, is_white};
use crate::canonical::{MAX_CODE_POINTS, Unreadable};

/// Operators of the whole file.
const OPERATORS_MAX: usize = 6_000_000;
/// Forms in forms.
const FORMS_DEEP: usize = 12;
/// States kept by `q`, operands before an operator, fonts of the file.
const STATES_MAX: usize = 256;
const OPERANDS_MAX: usize = 512;
const FONTS_MAX: usize = 2_000;
/// Corners of the paths of one page; a drawing with more is no table.
const CORNERS_MAX: usize = 100_000;
/// Marked pieces in marked pieces; what one says is written there, in bytes; and how many glyphs that may stand for.
const MARKS_MAX: usize = 10_000;
const SAID_MAX: usize = 256;
const SAID_GLYPHS_MAX: usize = 16;
/// A rectangle thinner than this, in points, is a line.
const THIN: f64 = 3.0;

/// A letter as it is drawn, in points; y goes up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub font: u16,
    pub code: Code,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub size: f32,
    pub facing: Facing,
    /// The file says itself what is written here: which of [`Drawn::said`], counted from 1; 0 where it does not.
    pub said: u32,
}

/// Which way a letter's line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Facing {
    Right,
    Up,
    Left,
    Down,
    /// Across the page: a watermark.
    Askew,
}

/// A straight line, upright or level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
}

#[derive(Default)]
pub(super) struct Drawn {
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub said: Vec<String>,
    /// What pictures cover of the page, from 0 to 1 and beyond if they lie on each other.
    pub pictures: f64,
    /// How many curves it draws.
    pub curves: usize,
    /// Some of its text is not drawn: a machine recognised it in the picture.
    pub is_recognised: bool,
}

/// Draws pages, and keeps the fonts that they use.
pub(super) struct Artist<'a> {
    file: &'a File<'a>,
    pub fonts: Vec<Font>,
    by_number: HashMap<u32, u16>,
    /// Fonts that stand in a page's resources themselves; the dictionary is kept so that its address stays its own.
    by_address: HashMap<*const Dict, (Rc<Dict>, u16)>,
    forms: HashMap<u32, Rc<Vec<u8>>>,
    operators: usize,
    glyphs: usize,
}

type Matrix = [f64; 6];
const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What the unit square covers, where pictures are drawn.
fn area(m: Matrix) -> f64 {
    let area = (m[0] * m[3] - m[1] * m[2]).abs();
    if area.is_finite() { area } else { 0.0 }
}

fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<u16>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Letters are placed and not drawn.
    is_hidden: bool,
    /// Left, bottom, right, top of what is seen, if something hides the rest.
    clip: Option<[f64; 4]>,
}

/// What is under way while one stream is drawn.
struct Canvas<'r> {
    resources: &'r Object,
    state: State,
    kept: Vec<State>,
    tm: Matrix,
    line: Matrix,
    /// Corners of the paths begun, one list a part.
    path: Vec<Vec<(f64, f64)>>,
    corners: usize,
    /// What lies outside the path is hidden, once it is painted.
    clips: bool,
    /// The marked pieces that are open, and how many of them are running.
    marks: Vec<Mark>,
    running: usize,
}

/// A piece of the contents that is marked.
#[derive(Default)]
struct Mark {
    /// It is a header or footer of every page.
    is_running: bool,
    /// What is written there, and with which glyph it begins.
    said: Option<(String, usize)>,
}

impl<'a> Artist<'a> {
    pub fn new(file: &'a File<'a>) -> Artist<'a> {
        Artist {
            file,
            fonts: vec![],
            by_number: HashMap::new(),
            by_address: HashMap::new(),
            forms: HashMap::new(),
            operators: 0,
            glyphs: 0,
        }
    }

    /// Draws a page. Errors: `Broken`, `TooLarge`.
    pub fn draw(&mut self, page: &Page) -> Result<Drawn, Unreadable> {
        let contents = self.file.contents(page)?;
        let mut drawn = Drawn::default();
        let state = State {
            ctm: SAME,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_hidden: false,
            clip: None,
        };
        self.run(&contents, &page.resources, state, &mut vec![], &mut drawn)?;
        if self.file.is_too_large() {
            return Err(Unreadable::TooMuch);
        }
        drawn.pictures /= (page.shown[2] - page.shown[0]) * (page.shown[3] - page.shown[1]);
        let [left, bottom, right, top] = page.shown.map(|edge| edge as f32);
        drawn.glyphs.retain(|glyph| {
            (left - 2.0..=right + 2.0).contains(&glyph.x) && (bottom - 2.0..=top + 2.0).contains(&glyph.y)
        });
        for _ in 0..page.turns {
            turn(&mut drawn);
        }
        Ok(drawn)
    }

    fn run(
        &mut self,
        bytes: &[u8],
        resources: &Object,
        state: State,
        forms: &mut Vec<u32>,
        drawn: &mut Drawn,
    ) -> Result<(), Unreadable> {
        let mut canvas = Canvas {
            resources,
            state,
            kept: vec![],
            tm: SAME,
            line: SAME,
            path: vec![],
            corners: 0,
            clips: false,
            marks: vec![],
            running: 0,
        };
        let mut lexer = Lexer::new(bytes, 0);
        let mut operands: Vec<Object> = vec![];
        loop {
            let at = lexer.at;
            match lexer.item() {
                Some(Item::Object(object)) => {
                    if operands.len() < OPERANDS_MAX {
                        operands.push(object);
                    }
                }
                Some(Item::Keyword(b"BI")) => {
                    drawn.pictures += area(canvas.state.ctm);
                    operands.clear();
                    skip_picture(&mut lexer);
                }
                Some(Item::Keyword(operator)) => {
                    self.operators += 1;
                    if self.operators > OPERATORS_MAX {
                        return Err(Unreadable::TooMuch);
                    }
                    match operator {
                        b"Do" => self.draw_object(&canvas, &operands, forms, drawn)?,
                        b"Tj" | b"'" | b"\"" | b"TJ" => self.show(&mut canvas, operator, &operands, drawn)?,
                        b"Tf" => self.choose_font(&mut canvas, &operands)?,
                        b"gs" => self.choose_state(&mut canvas, &operands)?,
                        b"BDC" | b"BMC" => self.mark(&mut canvas, &operands, drawn),
                        _ => canvas.operate(operator, &operands, drawn),
                    }
                    operands.clear();
                }
                None if lexer.rest().is_empty() => return Ok(()),
                // What nobody can read is passed over, as every reader does.
                None => lexer.at = lexer.at.max(at + 1),
            }
        }
    }

    fn resource(&self, canvas: &Canvas, kind: &[u8], name: Option<&Object>) -> Option<Object> {
        let group = self.file.get(canvas.resources.dict()?, kind);
        group.dict()?.get(name?.name()?).cloned()
    }

    fn draw_object(
        &mut self,
        canvas: &Canvas,
        operands: &[Object],
        forms: &mut Vec<u32>,
        drawn: &mut Drawn,
    ) -> Result<(), Unreadable> {
        let Some(Object::Stream(stream)) =
            self.resource(canvas, b"XObject", operands.last()).map(|object| self.file.resolve(&object))
        else {
            return Ok(());
        };
        if self.file.get(&stream.dict, b"Subtype").name() != Some(b"Form") {
            drawn.pictures += area(canvas.state.ctm);
            return Ok(());
        }
        if forms.len() >= FORMS_DEEP || forms.contains(&stream.no) || canvas.is_running() {
            return Ok(());
        }
        let bytes = self.form(&stream)?;
        let mut state = canvas.state.clone();
        if let Some(matrix) = numbers::<6>(self.file, &self.file.get(&stream.dict, b"Matrix")) {
            state.ctm = then(matrix, state.ctm);
        }
        let own = self.file.get(&stream.dict, b"Resources");
        let resources = if own.dict().is_some() { own } else { canvas.resources.clone() };
        forms.push(stream.no);
        self.run(&bytes, &resources, state, forms, drawn)?;
        forms.pop();
        Ok(())
    }

    fn form(&mut self, stream: &Stream) -> Result<Rc<Vec<u8>>, Unreadable> {
        if let Some(bytes) = self.forms.get(&stream.no) {
            return Ok(bytes.clone());
        }
        let bytes = Rc::new(self.file.unpack(stream).map_err(|_| self.file.fault())?);
        self.forms.insert(stream.no, bytes.clone());
        Ok(bytes)
    }

    fn choose_font(&mut self, canvas: &mut Canvas, operands: &[Object]) -> Result<(), Unreadable> {
        let [.., name, size] = operands else { return Ok(()) };
        canvas.state.size = size.number().unwrap_or(0.0);
        canvas.state.font = match self.resource(canvas, b"Font", Some(name)) {
            Some(font) => self.font(&font)?,
            None => None,
        };
        Ok(())
    }

    fn choose_state(&mut self, canvas: &mut Canvas, operands: &[Object]) -> Result<(), Unreadable> {
        let chosen = self.resource(canvas, b"ExtGState", operands.last()).map(|object| self.file.resolve(&object));
        let font = chosen.as_ref().and_then(Object::dict).map(|chosen| self.file.get(chosen, b"Font"));
        if let Some([font, size]) = font.as_ref().and_then(Object::array) {
            canvas.state.size = self.file.resolve(size).number().unwrap_or(0.0);
            canvas.state.font = self.font(font)?;
        }
        Ok(())
    }

    fn font(&mut self, object: &Object) -> Result<Option<u16>, Unreadable> {
        if let Object::Ref(no) = object
            && let Some(known) = self.by_number.get(no)
        {
            return Ok(Some(*known));
        }
        let Object::Dict(dict) = self.file.resolve(object) else { return Ok(None) };
        if let Some((_, known)) = self.by_address.get(&Rc::as_ptr(&dict)) {
            return Ok(Some(*known));
        }
        if self.fonts.len() == FONTS_MAX {
            return Err(Unreadable::TooMuch);
        }
        let no = self.fonts.len() as u16;
        self.fonts.push(Font::load(self.file, &dict));
        if let Object::Ref(number) = object {
            self.by_number.insert(*number, no);
        }
        self.by_address.insert(Rc::as_ptr(&dict), (dict, no));
        Ok(Some(no))
    }

    /// A piece begins that may be marked as a header or footer, or with what is written there.
    fn mark(&self, canvas: &mut Canvas, operands: &[Object], drawn: &Drawn) {
        let mut mark = Mark::default();
        if let [Object::Name(tag), what] = operands {
            let what = match what {
                Object::Name(_) => self.resource(canvas, b"Properties", Some(what)).unwrap_or_default(),
                what => what.clone(),
            };
            let what = self.file.resolve(&what);
            let get = |key: &[u8]| what.dict().map(|what| self.file.get(what, key)).unwrap_or_default();
            mark.is_running = &tag[..] == b"Artifact" && get(b"Type").name() == Some(b"Pagination");
            mark.said = get(b"ActualText").string().and_then(text_string).map(|text| (text, drawn.glyphs.len()));
        }
        if canvas.marks.len() < MARKS_MAX {
            canvas.running += usize::from(mark.is_running);
            canvas.marks.push(mark);
        }
    }

    fn show(
        &mut self,
        canvas: &mut Canvas,
        operator: &[u8],
        operands: &[Object],
        drawn: &mut Drawn,
    ) -> Result<(), Unreadable> {
        match (operator, operands) {
            (b"'", _) => canvas.next_line(),
            (b"\"", [.., words, letters, _]) => {
                canvas.state.word_spacing = words.number().unwrap_or(0.0);
                canvas.state.spacing = letters.number().unwrap_or(0.0);
                canvas.next_line();
            }
            _ => {}
        }
        let parts = match operands.last() {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let Some(no) = canvas.state.font else { return self.show_without_font(canvas, parts) };
        let font = &self.fonts[usize::from(no)];
        drawn.is_recognised |= canvas.state.is_hidden;
        for part in parts {
            match part {
                Object::String(bytes) => {
                    let mut rest = &bytes[..];
                    while !rest.is_empty() {
                        let code = font.first(rest);
                        rest = &rest[usize::from(code.length).clamp(1, rest.len())..];
                        if let Some(glyph) = canvas.place(font, no, code) {
                            drawn.glyphs.push(glyph);
                            self.glyphs += 1;
                        }
                    }
                }
                Object::Number(back) => canvas.step_back(*back, font.is_vertical),
                _ => {}
            }
            if self.glyphs > MAX_CODE_POINTS {
                return Err(Unreadable::TooMuch);
            }
        }
        Ok(())
    }

    /// Text in a font that the file does not have cannot be read.
    fn show_without_font(&self, canvas: &Canvas, parts: &[Object]) -> Result<(), Unreadable> {
        let has_text = parts.iter().any(|part| part.string().is_some_and(|string| !string.is_empty()));
        if has_text && !canvas.is_running() { Err(Unreadable::Garbled { page: 0 }) } else { Ok(()) }
    }
}

/// A text of the file's own, in UTF-16 or UTF-8 or nothing but ASCII; `None` if it says nothing.
fn text_string(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()?
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok()?,
        _ if bytes.is_ascii() => String::from_utf8(bytes.to_vec()).ok()?,
        _ => return None,
    };
    (!text.is_empty() && text.len() <= SAID_MAX).then_some(text)
}

/// From the glyph `first` on a few stand on one line, and the file says what they are.
fn say(drawn: &mut Drawn, text: String, first: usize) {
    let Some([one, .., last] | [one @ last]) =
        drawn.glyphs.get(first..).filter(|glyphs| glyphs.len() <= SAID_GLYPHS_MAX)
    else {
        return;
    };
    let (x, y) = (last.x - one.x, last.y - one.y);
    let is_line = drawn.glyphs[first..].iter().all(|glyph| glyph.facing == one.facing && glyph.said == 0);
    let is_level = match one.facing {
        Facing::Right | Facing::Left => y.abs() < 0.1 * one.size,
        Facing::Up | Facing::Down => x.abs() < 0.1 * one.size,
        Facing::Askew => false,
    };
    if is_line && is_level {
        let width = x.hypot(y) + last.width;
        drawn.said.push(text);
        drawn.glyphs.truncate(first + 1);
        drawn.glyphs[first].width = width;
        drawn.glyphs[first].said = drawn.said.len() as u32;
    }
}

fn numbers<const N: usize>(file: &File, object: &Object) -> Option<[f64; N]> {
    let list: Vec<f64> = object.array()?.iter().filter_map(|one| file.resolve(one).number()).collect();
    list.try_into().ok()
}

/// Goes past a picture that stands among the operators: to an `EI` between white space.
fn skip_picture(lexer: &mut Lexer) {
    while let Some(item) = lexer.item() {
        if matches!(item, Item::Keyword(b"ID")) {
            break;
        }
    }
    let rest = lexer.rest();
    let mut at = 0;
    while let Some(step) = super::file::find(&rest[at..], b"EI") {
        at += step;
        let is_apart = at > 0 && is_white(rest[at - 1]) && rest.get(at + 2).is_none_or(|byte| is_white(*byte));
        let next = rest.get(at + 2..(at + 14).min(rest.len())).unwrap_or_default();
        at += 2;
        if is_apart && next.iter().all(|byte| byte.is_ascii_graphic() || is_white(*byte)) {
            lexer.at += at;
            return;
        }
    }
    lexer.at += rest.len();
}

/// Turns a page by a quarter, clockwise.
pub(super) fn turn(drawn: &mut Drawn) {
    for glyph in &mut drawn.glyphs {
        (glyph.x, glyph.y) = (glyph.y, -glyph.x);
        glyph.facing = match glyph.facing {
            Facing::Right => Facing::Down,
            Facing::Down => Facing::Left,
            Facing::Left => Facing::Up,
            Facing::Up => Facing::Right,
            Facing::Askew => Facing::Askew,
        };
    }
    for rule in &mut drawn.rules {
        rule.from = (rule.from.1, -rule.from.0);
        rule.to = (rule.to.1, -rule.to.0);
    }
}

impl Canvas<'_> {
    fn is_running(&self) -> bool {
        self.running > 0
    }

    fn operate(&mut self, operator: &[u8], operands: &[Object], drawn: &mut Drawn) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        let matrix = || [number(0), number(1), number(2), number(3), number(4), number(5)];
        let state = &mut self.state;
        match operator {
            b"q" if self.kept.len() < STATES_MAX => self.kept.push(state.clone()),
            b"Q" => {
                if let Some(kept) = self.kept.pop() {
                    *state = kept;
                }
            }
            b"cm" => state.ctm = then(matrix(), state.ctm),
            b"BT" => (self.tm, self.line) = (SAME, SAME),
            b"Tc" => state.spacing = number(0),
            b"Tw" => state.word_spacing = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Tr" => state.is_hidden = number(0) == 3.0,
            b"Td" => self.move_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                self.move_line(number(0), number(1));
            }
            b"Tm" => (self.tm, self.line) = (matrix(), matrix()),
            b"T*" => self.next_line(),
            b"EMC" => {
                if let Some(mark) = self.marks.pop() {
                    self.running -= usize::from(mark.is_running);
                    mark.said.into_iter().for_each(|(text, first)| say(drawn, text, first));
                }
            }
            _ => self.draw_line(operator, number, drawn),
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.tm = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    fn step(&mut self, x: f64, y: f64) {
        self.tm = then([1.0, 0.0, 0.0, 1.0, x, y], self.tm);
    }

    fn step_back(&mut self, thousandths: f64, is_vertical: bool) {
        let back = thousandths / 1000.0 * self.state.size;
        if is_vertical { self.step(0.0, -back) } else { self.step(-back * self.state.stretch, 0.0) }
    }

    /// Where a code is drawn; goes on by its width.
    fn place(&mut self, font: &Font, no: u16, code: Code) -> Option<Glyph> {
        let State { ctm, size, spacing, word_spacing, stretch, rise, .. } = self.state;
        let m = then(self.tm, ctm);
        let (x, y) = apply(m, 0.0, rise);
        let own = if font.is_vertical { size } else { f64::from(font.width(code)) / 1000.0 * size };
        let space = spacing + if code.length == 1 && code.value == 32 { word_spacing } else { 0.0 };
        // The way a letter takes, and how tall it is, on the page.
        let (along, across) =
            if font.is_vertical { ((-m[2], -m[3]), (m[0], m[1])) } else { ((m[0], m[1]), (m[2], m[3])) };
        let stretched = if font.is_vertical { 1.0 } else { stretch };
        let sign = (size * stretched).signum();
        if font.is_vertical {
            self.step(0.0, -(own + space));
        } else {
            self.step((own + space) * stretch, 0.0);
        }
        let width = (own * stretched).abs() * along.0.hypot(along.1);
        let tall = size.abs() * across.0.hypot(across.1) * f64::from(font.em);
        let is_sound = [x, y, width, tall].iter().all(|n| n.is_finite() && n.abs() < 1e6);
        let glyph = Glyph {
            font: no,
            code,
            x: x as f32,
            y: y as f32,
            width: width as f32,
            size: tall as f32,
            facing: facing(along.0 * sign, along.1 * sign),
            said: 0,
        };
        (is_sound && tall > 0.01 && !self.is_running() && self.is_seen(&glyph)).then_some(glyph)
    }

    fn draw_line(&mut self, operator: &[u8], number: impl Fn(usize) -> f64, drawn: &mut Drawn) {
        let corner = |x: f64, y: f64| apply(self.state.ctm, x, y);
        match operator {
            b"m" => {
                let at = corner(number(0), number(1));
                self.path.push(vec![at]);
            }
            b"l" => {
                let at = corner(number(0), number(1));
                if let Some(part) = self.path.last_mut() {
                    part.push(at);
                }
            }
            b"re" => {
                let (x, y, w, h) = (number(0), number(1), number(2), number(3));
                let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
                self.path.push(corners.iter().map(|(x, y)| corner(*x, *y)).collect());
            }
            b"h" => {
                if let Some(part) = self.path.last_mut() {
                    part.extend(part.first().copied());
                }
            }
            // A curve: its part of the path is no line.
            b"c" | b"v" | b"y" => {
                drawn.curves += 1;
                if let Some(part) = self.path.last_mut() {
                    part.push((f64::NAN, f64::NAN));
                }
            }
            b"W" | b"W*" => self.clips = true,
            b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                self.clip();
                self.paint(true, drawn);
            }
            b"f" | b"F" | b"f*" => {
                self.clip();
                self.paint(false, drawn);
            }
            b"n" => {
                self.clip();
                self.path.clear();
            }
            _ => return,
        }
        self.corners = if self.path.is_empty() { 0 } else { self.corners + 5 };
        if self.corners > CORNERS_MAX {
            self.path.clear();
        }
    }

    /// Hides what lies outside the path, or outside the rectangle around it: never more than the file hides.
    fn clip(&mut self) {
        if !std::mem::take(&mut self.clips) || self.path.is_empty() {
            return;
        }
        let corners = self.path.iter().flatten();
        let mut around = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (x, y) in corners {
            if !x.is_finite() || !y.is_finite() {
                return;
            }
            around = [around[0].min(*x), around[1].min(*y), around[2].max(*x), around[3].max(*y)];
        }
        self.state.clip = Some(match self.state.clip {
            Some([left, bottom, right, top]) => {
                [around[0].max(left), around[1].max(bottom), around[2].min(right), around[3].min(top)]
            }
            None => around,
        });
    }

    /// Whether the middle of a letter is seen, a letter's edge aside.
    fn is_seen(&self, glyph: &Glyph) -> bool {
        let Some([left, bottom, right, top]) = self.state.clip else { return true };
        let (half, up) = (f64::from(glyph.width) / 2.0, 0.3 * f64::from(glyph.size));
        let (along, across) = match glyph.facing {
            Facing::Right => (half, up),
            Facing::Left => (-half, -up),
            Facing::Up => (-up, half),
            Facing::Down => (up, -half),
            Facing::Askew => (0.0, 0.0),
        };
        let (x, y) = (f64::from(glyph.x) + along, f64::from(glyph.y) + across);
        let slack = 0.2 * f64::from(glyph.size);
        (left - slack..=right + slack).contains(&x) && (bottom - slack..=top + slack).contains(&y)
    }

    fn paint(&mut self, is_stroked: bool, drawn: &mut Drawn) {
        for part in self.path.drain(..) {
            if drawn.rules.len() >= CORNERS_MAX || part.iter().any(|(x, y)| !(x.abs() < 1e6 && y.abs() < 1e6)) {
                continue;
            }
            let edges = |f: fn(f64, f64) -> f64, from: f64| {
                part.iter().fold((from, from), |(x, y), corner| (f(x, corner.0), f(y, corner.1)))
            };
            let (low, high) = (edges(f64::min, f64::INFINITY), edges(f64::max, f64::NEG_INFINITY));
            let (width, height) = (high.0 - low.0, high.1 - low.1);
            let mut add = |from: (f64, f64), to: (f64, f64)| {
                drawn.rules.push(Rule { from: (from.0 as f32, from.1 as f32), to: (to.0 as f32, to.1 as f32) });
            };
            if width.min(height) < THIN && width.max(height) > THIN {
                let (x, y) = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
                if width > height { add((low.0, y), (high.0, y)) } else { add((x, low.1), (x, high.1)) }
            } else if is_stroked {
                for pair in part.windows(2) {
                    let (x, y) = ((pair[0].0 - pair[1].0).abs(), (pair[0].1 - pair[1].1).abs());
                    if x.min(y) < 0.5 && x.max(y) > THIN {
                        add(pair[0], pair[1]);
                    }
                }
            }
        }
    }
}

fn facing(x: f64, y: f64) -> Facing {
    if y.abs() < 0.1 * x.abs() {
        if x > 0.0 { Facing::Right } else { Facing::Left }
    } else if x.abs() < 0.1 * y.abs() {
        if y > 0.0 { Facing::Up } else { Facing::Down }
    } else {
        Facing::Askew
    }
}
