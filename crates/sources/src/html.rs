//! The main text of a web page.

use crate::canonical::{MAX_CODE_POINTS, Unreadable};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// How deep elements that decide what is text may nest. Others are not counted: nothing here recurses.
pub(crate) const MAX_DEPTH: usize = 512;

/// What an element means for the text inside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Never text of the document.
    Dropped,
    /// The page's frame, dropped unless it stands inside the main part.
    Frame,
    /// The main part, where a page names it.
    Main,
    /// Line ends count.
    Preformatted,
}

fn role(tag: &StartTag<()>) -> Option<Role> {
    match tag.attributes.get(b"role".as_slice()).map(|value| value.value.as_slice()) {
        Some(b"main") => return Some(Role::Main),
        Some(b"navigation" | b"search" | b"menu") => return Some(Role::Dropped),
        Some(_) | None => {}
    }
    named_role(&tag.name)
}

fn named_role(name: &[u8]) -> Option<Role> {
    match name {
        b"script" | b"style" | b"nav" | b"noscript" | b"template" | b"svg" | b"math" | b"iframe" | b"object"
        | b"select" | b"button" | b"textarea" | b"title" | b"head" | b"aside" | b"dialog" | b"canvas" | b"audio"
        | b"video" => Some(Role::Dropped),
        b"header" | b"footer" => Some(Role::Frame),
        b"main" | b"article" => Some(Role::Main),
        b"pre" => Some(Role::Preformatted),
        _ => None,
    }
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"caption"
            | b"center"
            | b"dd"
            | b"details"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"legend"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"summary"
            | b"table"
            | b"tbody"
            | b"tfoot"
            | b"thead"
            | b"tr"
            | b"ul"
    )
}

/// Lines of text, white space collapsed as a browser shows it.
#[derive(Default)]
struct Lines {
    text: String,
    space: bool,
    /// The space came from a line end in the source, which between two ideographs means nothing.
    wrapped: bool,
}

impl Lines {
    fn push(&mut self, text: &str, preformatted: bool) {
        for c in text.chars() {
            if preformatted && c == '\n' {
                self.line_end("\n");
            } else if c.is_whitespace() {
                self.wrapped = if self.space { self.wrapped || c == '\n' } else { c == '\n' };
                self.space = true;
            } else {
                if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
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
    }

    fn line_end(&mut self, end: &str) {
        self.space = false;
        if self.text.is_empty() {
            return;
        }
        let have = self.text.len() - self.text.trim_end_matches('\n').len();
        for _ in have..end.len() {
            self.text.push('\n');
        }
    }
}

/// The main text: what stands in `<main>` or `<article>` if the page has one, else all but scripts, styles and navigation.
pub(crate) fn main_text(page: &str) -> Result<String, Unreadable> {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut open: Vec<(Vec<u8>, Role)> = Vec::new();
    let (mut whole, mut main) = (Lines::default(), Lines::default());
    let roles = |open: &[(Vec<u8>, Role)]| {
        let in_main = open.iter().any(|(_, r)| *r == Role::Main);
        let dropped =
            open.iter().any(|(_, r)| *r == Role::Dropped) || (!in_main && open.iter().any(|(_, r)| *r == Role::Frame));
        (in_main, dropped, open.iter().any(|(_, r)| *r == Role::Preformatted))
    };
    let (mut in_main, mut dropped, mut preformatted) = (false, false, false);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        let mut break_line = |name: &[u8]| {
            let end = match name {
                b"br" => "\n",
                b"td" | b"th" => " ",
                name if is_block(name) => "\n\n",
                _ => return,
            };
            for lines in [&mut whole, &mut main] {
                if end == " " { lines.space = true } else { lines.line_end(end) }
            }
        };
        match token {
            Token::StartTag(tag) => {
                break_line(&tag.name);
                if let Some(role) = role(&tag).filter(|_| !tag.self_closing) {
                    if open.len() == MAX_DEPTH {
                        return Err(Unreadable::TooDeep);
                    }
                    open.push((tag.name.0.clone(), role));
                    (in_main, dropped, preformatted) = roles(&open);
                }
            }
            Token::EndTag(tag) => {
                break_line(&tag.name);
                if let Some(at) = open.iter().rposition(|(name, _)| *name == tag.name.0) {
                    open.truncate(at);
                    (in_main, dropped, preformatted) = roles(&open);
                }
            }
            Token::String(string) => {
                if !dropped {
                    let string = std::str::from_utf8(&string.value).expect("the tokenizer was given UTF-8");
                    whole.push(string, preformatted);
                    if in_main {
                        main.push(string, preformatted);
                    }
                    if whole.text.len() > 4 * MAX_CODE_POINTS {
                        return Err(Unreadable::TooLarge);
                    }
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let lines = if main.text.trim().is_empty() { whole } else { main };
    Ok(lines.text.trim_end().to_owned())
}
