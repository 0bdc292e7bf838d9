//! A page as a tree of the elements that part its text. Others (`span`, `font`, `b`) only run on: they are no nodes, so
//! that a page that never closes them nests no deeper.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::MAX_DEPTH;
use super::list::Told;
use crate::canonical::{MAX_CODE_POINTS, Unreadable, is_private};

/// At most so many nodes.
const NODES_MAX: usize = 500_000;
/// A cell with more paragraphs than one sets out a page if it is longer than this, in code points.
const CELL_OF_DATA_MAX: usize = 300;
/// A cell spans at most so many rows and columns.
const SPAN_MAX: usize = 64;

/// What an element means for the text inside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Never text of the document.
    Dropped,
    /// The page's frame, dropped unless it stands inside the main part.
    Frame,
    /// The main part, where a page names it.
    Main,
    /// Line ends count.
    Preformatted,
    /// Any other.
    Plain,
}

pub(super) enum Child {
    Node(usize),
    Text {
        text: String,
        is_link: bool,
    },
    /// `<br>`.
    LineEnd,
}

pub(super) struct Node {
    pub(super) name: String,
    pub(super) role: Role,
    /// Its id and its classes, in small letters.
    pub(super) names: Vec<String>,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<Child>,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Of a list or an item: how it is numbered.
    pub(super) told: Option<Box<Told>>,
}

/// Nodes in the order in which they begin; the first is the page.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// What a tag ends without saying so stands no further up than this.
const IMPLIED_WITHIN: usize = 16;

/// Elements without content.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];
/// Elements that part their text from what stands around them.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "dir",
    "menu",
];

impl Tree {
    pub(super) fn of(page: &str) -> Result<Tree, Unreadable> {
        let mut emitter = DefaultEmitter::<()>::default();
        emitter.naively_switch_states(true);
        let root = Node { names: vec![], parent: None, ..node("html") };
        let mut tree = Tree { nodes: vec![root] };
        let (mut open, mut is_link, mut bytes) = (vec![0usize], false, 0usize);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    match name.as_str() {
                        "br" => tree.add(&open, Child::LineEnd),
                        "a" => is_link = true,
                        _ => {}
                    }
                    let role = role(&tag, &name);
                    if !BLOCKS.contains(&name.as_str()) && matches!(role, Role::Plain) {
                        continue;
                    }
                    is_link = false;
                    tree.close_implied(&mut open, &name);
                    let is_void = VOID.contains(&name.as_str()) || (tag.self_closing && role == Role::Dropped);
                    tree.open(&mut open, &tag, name, role)?;
                    if is_void {
                        open.pop();
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name);
                    if name == "a" {
                        is_link = false;
                    }
                    // The page itself is never closed: what follows it belongs to it.
                    let at = open.iter().skip(1).rposition(|node| tree.nodes[*node].name == name);
                    if let Some(at) = at.filter(|_| name != "body" && name != "html") {
                        open.truncate(at + 1);
                        is_link = false;
                    }
                }
                Token::String(string) => {
                    let text = String::from_utf8_lossy(&string.value);
                    bytes += text.len();
                    if bytes > 4 * MAX_CODE_POINTS {
                        return Err(Unreadable::TooLarge);
                    }
                    // An icon: a sign of a font that only the page knows.
                    let is_icon = text.contains(is_private) && text.chars().all(|c| is_private(c) || c.is_whitespace());
                    if !is_icon {
                        tree.add(&open, Child::Text { text: text.into_owned(), is_link });
                    }
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        Ok(tree)
    }

    fn add(&mut self, open: &[usize], child: Child) {
        if let Some(node) = open.last().and_then(|last| self.nodes.get_mut(*last)) {
            node.children.push(child);
        }
    }

    fn open(&mut self, open: &mut Vec<usize>, tag: &StartTag<()>, name: String, role: Role) -> Result<(), Unreadable> {
        if open.len() > MAX_DEPTH {
            return Err(Unreadable::TooDeep);
        }
        if self.nodes.len() >= NODES_MAX {
            return Err(Unreadable::TooLarge);
        }
        let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value));
        let names = [value(b"id"), value(b"class")].into_iter().flatten();
        let names =
            names.flat_map(|names| names.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let span =
            |name: &[u8]| value(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1usize).clamp(1, SPAN_MAX);
        let id = self.nodes.len();
        let (rows, columns) = (span(b"rowspan"), span(b"colspan"));
        let parent = open.last().copied();
        let told = matches!(name.as_str(), "ol" | "li").then(|| Box::new(Told::of(tag)));
        self.nodes.push(Node { role, names: names.take(32).collect(), parent, rows, columns, told, ..node(&name) });
        self.add(open, Child::Node(id));
        open.push(id);
        Ok(())
    }

    /// Ends what a tag ends without saying so: a paragraph before a block, a row before a row.
    fn close_implied(&self, open: &mut Vec<usize>, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th"], &["table"]),
            _block => (&["p"], &["td", "th", "li", "div", "section", "article", "table"]),
        };
        let named = |node: &usize, names: &[&str]| names.contains(&self.nodes[*node].name.as_str());
        let near = open.len().saturating_sub(IMPLIED_WITHIN).max(1);
        let from = open.iter().skip(near).rposition(|node| named(node, within)).map_or(near, |at| near + at + 1);
        if let Some(at) = open.iter().skip(from).position(|node| named(node, ends)) {
            open.truncate(from + at);
        }
    }
}

fn node(name: &str) -> Node {
    Node {
        name: name.to_owned(),
        role: Role::Plain,
        names: vec![],
        parent: None,
        children: vec![],
        rows: 1,
        columns: 1,
        told: None,
    }
}

fn role(tag: &StartTag<()>, name: &str) -> Role {
    let is_hidden =
        |name: &[u8], value: &[u8]| tag.attributes.get(name).is_some_and(|said| said.value.as_slice() == value);
    if tag.attributes.contains_key(b"hidden".as_slice()) || is_hidden(b"aria-hidden", b"true") {
        return Role::Dropped;
    }
    match tag.attributes.get(b"role".as_slice()).map(|value| value.value.as_slice()) {
        Some(b"main") => return Role::Main,
        Some(b"navigation" | b"search" | b"menu" | b"banner" | b"contentinfo" | b"complementary") => {
            return Role::Dropped;
        }
        Some(_) | None => {}
    }
    match name {
        "script" | "style" | "nav" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "select"
        | "button" | "textarea" | "title" | "head" | "aside" | "dialog" | "canvas" | "audio" | "video" => Role::Dropped,
        "header" | "footer" => Role::Frame,
        "main" | "article" => Role::Main,
        "pre" => Role::Preformatted,
        _plain => Role::Plain,
    }
}

impl Tree {
    /// Whether a table holds data, a row a line: it holds no other, more columns than one, and no cell with paragraphs of
    /// its own. Others set out a page.
    pub(super) fn is_of_data(&self, table: usize) -> bool {
        let rows = self.rows(table);
        let is_short = |cell: &usize| {
            let (mut blocks, mut length) = (0, 0);
            self.measure(*cell, &mut blocks, &mut length) && (blocks <= 1 || length <= CELL_OF_DATA_MAX)
        };
        rows.iter().any(|cells| cells.len() > 1) && rows.iter().flatten().all(is_short)
    }

    /// The cells of each row of a table.
    pub(super) fn rows(&self, table: usize) -> Vec<Vec<usize>> {
        let named = |id: usize, names: &[&str]| -> Vec<usize> {
            let children = self.nodes[id].children.iter().filter_map(|child| match child {
                Child::Node(id) => Some(*id),
                Child::Text { .. } | Child::LineEnd => None,
            });
            children.filter(|id| names.contains(&self.nodes[*id].name.as_str())).collect()
        };
        let parts = named(table, &["tr", "tbody", "thead", "tfoot"]);
        let rows = parts
            .into_iter()
            .flat_map(|part| if self.nodes[part].name == "tr" { vec![part] } else { named(part, &["tr"]) });
        rows.map(|row| named(row, &["td", "th"])).collect()
    }

    /// Counts paragraphs and code points of a cell; `false` if a table stands in it.
    fn measure(&self, id: usize, blocks: &mut usize, length: &mut usize) -> bool {
        self.nodes[id].children.iter().all(|child| match child {
            Child::Text { text, .. } => {
                *length += text.chars().filter(|c| !c.is_whitespace()).count();
                true
            }
            Child::Node(id) => {
                *blocks += 1;
                self.nodes[*id].name != "table" && self.measure(*id, blocks, length)
            }
            Child::LineEnd => true,
        })
    }
}
