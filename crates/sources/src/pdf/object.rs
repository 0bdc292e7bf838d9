//! The objects of a PDF file and the reader of their syntax (ISO 32000-1, 7.2 and 7.3).
//!
//! Nothing here recurses, and what one object may hold is bounded: a file of brackets costs no more than its bytes.

use std::collections::BTreeMap;
use std::rc::Rc;

/// How deep arrays and dictionaries may stand in each other.
const MAX_DEPTH: usize = 64;
/// How many objects one object may hold.
const MAX_PARTS: usize = 400_000;

/// A dictionary: names to objects.
pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// An object. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) enum Object {
    /// Nothing, and whatever is not there.
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    String(Rc<[u8]>),
    Name(Rc<[u8]>),
    Array(Rc<Vec<Object>>),
    Dict(Rc<Dict>),
    Stream(Rc<Stream>),
    /// The number of another object; generations are not told apart.
    Ref(u32),
}

/// A stream: what says how it is packed, and where its bytes lie in the file.
#[derive(Debug)]
pub(super) struct Stream {
    /// The number of its object, or 0, and its generation.
    pub no: u32,
    pub generation: u16,
    pub dict: Dict,
    pub start: usize,
    pub end: usize,
}

impl Object {
    pub fn number(&self) -> Option<f64> {
        match self {
            Object::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self) -> Option<usize> {
        self.number().filter(|n| n.fract() == 0.0 && (0.0..=4_294_967_295.0).contains(n)).map(|n| n as usize)
    }

    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn string(&self) -> Option<&[u8]> {
        match self {
            Object::String(string) => Some(string),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(array) => Some(array),
            _ => None,
        }
    }

    /// A dictionary, or the dictionary of a stream.
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }
}

/// What stands at a place: an object, or a word that is none (an operator, `obj`, `stream`).
#[derive(Debug)]
pub(super) enum Item<'a> {
    Object(Object),
    Keyword(&'a [u8]),
}

enum Token<'a> {
    Value(Object),
    Open(Bracket),
    Close(Bracket),
    Keyword(&'a [u8]),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Array,
    Dict,
}

/// Reads objects one after the other.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    /// Where it stands.
    pub at: usize,
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at: at.min(bytes.len()) }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_white(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next object or keyword; `None` at the end, and where no object can be read.
    pub fn item(&mut self) -> Option<Item<'a>> {
        let mut open: Vec<(Bracket, Vec<Object>)> = vec![];
        let mut parts = 0;
        loop {
            let value = match self.token()? {
                Token::Value(value) => value,
                Token::Open(bracket) => {
                    if open.len() == MAX_DEPTH {
                        return None;
                    }
                    open.push((bracket, vec![]));
                    continue;
                }
                Token::Close(bracket) => match open.pop() {
                    Some((Bracket::Array, inside)) if bracket == Bracket::Array => Object::Array(Rc::new(inside)),
                    Some((Bracket::Dict, inside)) if bracket == Bracket::Dict => Object::Dict(Rc::new(pairs(inside))),
                    // A bracket that closes nothing is passed over, as every reader does.
                    None => continue,
                    Some(_) => return None,
                },
                Token::Keyword(word) => match (word, open.last_mut()) {
                    (b"true" | b"false", _) => Object::Bool(word == b"true"),
                    (b"null", _) => Object::Null,
                    (b"R", Some((_, inside))) => {
                        let (_generation, number) = (inside.pop(), inside.pop());
                        let number = number.as_ref().and_then(Object::count);
                        Object::Ref(u32::try_from(number?).ok()?)
                    }
                    (_, None) => return Some(Item::Keyword(word)),
                    (_, Some(_)) => return None,
                },
            };
            parts += 1;
            if parts > MAX_PARTS {
                return None;
            }
            match open.last_mut() {
                Some((_, inside)) => inside.push(value),
                None => return Some(Item::Object(value)),
            }
        }
    }

    /// The next item if it is an object.
    pub fn object(&mut self) -> Option<Object> {
        match self.item()? {
            Item::Object(object) => Some(object),
            Item::Keyword(_) => None,
        }
    }

    /// Goes past a keyword if it stands here.
    pub fn keyword(&mut self, word: &[u8]) -> Option<()> {
        let mut ahead = self.clone();
        match ahead.token()? {
            Token::Keyword(found) if found == word => {
                *self = ahead;
                Some(())
            }
            Token::Value(_) | Token::Open(_) | Token::Close(_) | Token::Keyword(_) => None,
        }
    }

    fn token(&mut self) -> Option<Token<'a>> {
        self.skip_white();
        let byte = self.peek()?;
        let next = self.bytes.get(self.at + 1).copied();
        let mut take = |n: usize| self.at += n;
        match byte {
            b'[' => {
                take(1);
                Some(Token::Open(Bracket::Array))
            }
            b']' => {
                take(1);
                Some(Token::Close(Bracket::Array))
            }
            b'<' if next == Some(b'<') => {
                take(2);
                Some(Token::Open(Bracket::Dict))
            }
            b'>' if next == Some(b'>') => {
                take(2);
                Some(Token::Close(Bracket::Dict))
            }
            b'<' => Some(Token::Value(self.hex_string())),
            b'(' => Some(Token::Value(self.string())),
            b'/' => Some(Token::Value(self.name())),
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number()),
            b')' | b'>' | b'{' | b'}' => {
                let start = self.at;
                self.at += 1;
                Some(Token::Keyword(&self.bytes[start..self.at]))
            }
            _ => Some(Token::Keyword(self.word())),
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_white(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    /// A number; what begins like one and is none is a keyword.
    fn number(&mut self) -> Token<'a> {
        let word = self.word();
        let (mut value, mut scale, mut is_negative, mut digits) = (0.0, 0.0, false, 0);
        for (at, byte) in word.iter().enumerate() {
            match byte {
                b'-' if at == 0 => is_negative = true,
                b'+' if at == 0 => {}
                // "--5" and "5-3" are written by broken programs, and read as 5 by the others.
                b'-' if digits == 0 => {}
                b'-' => break,
                b'.' if scale == 0.0 => scale = 1.0,
                b'0'..=b'9' => {
                    digits += 1;
                    let digit = f64::from(byte - b'0');
                    if scale > 0.0 {
                        scale /= 10.0;
                        value += digit * scale;
                    } else {
                        value = value * 10.0 + digit;
                    }
                }
                _ => return Token::Keyword(word),
            }
        }
        if digits == 0 && word.len() > 1 && scale == 0.0 {
            return Token::Keyword(word);
        }
        let value: f64 = if is_negative { -value } else { value };
        Token::Value(Object::Number(if value.is_finite() { value } else { 0.0 }))
    }

    fn name(&mut self) -> Object {
        self.at += 1;
        let word = self.word();
        if !word.contains(&b'#') {
            return Object::Name(word.into());
        }
        let mut name = Vec::with_capacity(word.len());
        let mut at = 0;
        while let Some(byte) = word.get(at) {
            let pair = word.get(at + 1..at + 3).filter(|_| *byte == b'#');
            match pair.and_then(|pair| Some(hex(pair[0])? << 4 | hex(pair[1])?)) {
                Some(escaped) => {
                    name.push(escaped);
                    at += 3;
                }
                None => {
                    name.push(*byte);
                    at += 1;
                }
            }
        }
        Object::Name(name.into())
    }

    fn hex_string(&mut self) -> Object {
        self.at += 1;
        let mut out = vec![];
        let mut half = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match half.take() {
                Some(high) => out.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
        out.extend(half.map(|high| high << 4));
        Object::String(out.into())
    }

    fn string(&mut self) -> Object {
        self.at += 1;
        let mut out = vec![];
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    out.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    out.push(byte);
                }
                b'\\' => self.escape(&mut out),
                // A line end of any kind is one line feed.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    out.push(b'\n');
                }
                _ => out.push(byte),
            }
        }
        Object::String(out.into())
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(0x08),
            b'f' => out.push(0x0C),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            code = code * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        Some(_) | None => break,
                    }
                }
                out.push(code as u8);
            }
            _ => out.push(byte),
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Key after value; a key that is no name is passed over with its value.
fn pairs(inside: Vec<Object>) -> Dict {
    let mut dict = Dict::new();
    let mut inside = inside.into_iter();
    while let (Some(key), Some(value)) = (inside.next(), inside.next()) {
        if let Object::Name(key) = key {
            dict.entry(key.to_vec()).or_insert(value);
        }
    }
    dict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object> {
        Lexer::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn objects_are_read_as_they_are_written() {
        let object =
            read("<< /A#42 [1 -2.5 .5 (a\\(b\\051\\r) <48 6> true 7 0 R] % note\n /C null >>").expect("an object");
        let dict = object.dict().expect("a dictionary");
        let list = dict[b"AB".as_slice()].array().expect("an array");
        assert_eq!(list[1].number(), Some(-2.5));
        assert_eq!(list[2].number(), Some(0.5));
        assert_eq!(list[3].string(), Some(b"a(b)\r".as_slice()));
        assert_eq!(list[4].string(), Some(b"H\x60".as_slice()));
        assert!(matches!(list[6], Object::Ref(7)));
        assert!(matches!(dict[b"C".as_slice()], Object::Null));
    }

    #[test]
    fn what_nests_too_deep_or_breaks_off_is_no_object() {
        assert!(read(&"[".repeat(1_000_000)).is_none());
        assert!(read(&("[".repeat(65) + &"]".repeat(65))).is_none());
        assert!(read(&("[".repeat(64) + &"]".repeat(64))).is_some());
        assert!(read("<< /A (").is_none());
        assert!(read("[ endobj").is_none());
        assert!(read("<< R >>").is_none());
    }
}
