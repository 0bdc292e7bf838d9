//! Which part of a page is its text: by the names that the systems of offices give it, by the elements that say so, or by
//! where most of the words stand that are no links.

use super::tree::{Child, Role, Tree};

/// Ids and classes that hold the text of an article, as the content systems of governments, and WordPress, call it.
const TEXT: [&str; 30] = [
    "ucap-content",
    "trs_editor",
    "trs_ueditor",
    "zoom",
    "zoomcon",
    "article-content",
    "article_content",
    "articlecontent",
    "article-body",
    "article_body",
    "articlebody",
    "artibody",
    "arti_content",
    "wp_articlecontent",
    "entry-content",
    "post-content",
    "post_content",
    "news_content",
    "newscontent",
    "news-content",
    "content-text",
    "content_text",
    "pages_content",
    "detail-content",
    "detail_content",
    "govspeak",
    "govuk-govspeak",
    "field--name-body",
    "wp-block-post-content",
    "v_news_content",
];
/// Ids and classes of headings that are no `<h1>`.
const TITLE: [&str; 11] = [
    "article-title",
    "article_title",
    "articletitle",
    "arti_title",
    "arti-title",
    "ucaptitle",
    "xl_title",
    "news_title",
    "content-title",
    "content_title",
    "entry-title",
];
/// Words within an id or a class that say: none of the text.
const CHROME: [&str; 42] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "share",
    "sharing",
    "sharedaddy",
    "bdsharebuttonbox",
    "sidebar",
    "related",
    "relatedposts",
    "recommend",
    "pagination",
    "pager",
    "toolbar",
    "qrcode",
    "ewm",
    "copyright",
    "cookie",
    "cookies",
    "banner",
    "comments",
    "search",
    "login",
    "print",
    "widget",
    "social",
    "footer",
    "skip",
    "attachments",
    "attachment",
    "fujian",
    "tags",
    "feedback",
    "subscribe",
    "dqwz",
    "xglj",
    "xgbd",
];
/// Ids and classes of the frame.
const FRAME: [&str; 10] =
    ["header", "head", "top", "foot", "bottom", "position", "location", "weizhi", "fenxiang", "screen-reader-text"];
/// A title is no longer than this, in code points.
const TITLE_MAX: usize = 120;
/// What says the same as the title of the page holds at least so many.
const TITLE_MIN: usize = 6;
/// A part named as the text holds at least so many code points.
const TEXT_MIN: usize = 20;

/// Blocks that may be a list of links and nothing else.
const LISTS: [&str; 6] = ["ul", "ol", "div", "dl", "section", "td"];

pub(super) struct MainPart {
    /// The heading that stands before it.
    pub(super) title: Option<usize>,
    /// In order; none within another.
    pub(super) nodes: Vec<usize>,
    /// Whether each node is no text.
    pub(super) dropped: Vec<bool>,
}

/// What stands in a node, in code points: its own words, and those of links.
#[derive(Clone, Copy, Default)]
struct Weight {
    own: usize,
    linked: usize,
    links: usize,
}

pub(super) fn main_part(tree: &Tree) -> MainPart {
    let weights = weights(tree);
    let whole = weights.first().map_or(0, |weight| weight.own);
    let is_chrome = |id: usize| {
        let (node, weight) = (&tree.nodes[id], &weights[id]);
        let is_named = node
            .names
            .iter()
            .any(|name| FRAME.contains(&name.as_str()) || name.split(['-', '_']).any(|part| CHROME.contains(&part)));
        // Whatever it is called, what holds most of the page is not its frame.
        let is_small = weight.own * 5 <= whole * 2;
        let is_links = weight.links >= 3 && weight.linked >= weight.own * 4;
        (is_named && is_small) || (is_links && LISTS.contains(&node.name.as_str()))
    };
    let chrome: Vec<bool> = (0..tree.nodes.len()).map(is_chrome).collect();
    let hidden = dropped(tree, &chrome, &[], false);
    let (nodes, is_named) = match named(tree, &weights, &hidden) {
        Some(nodes) => (nodes, true),
        None => (vec![densest(tree, &weights)], false),
    };
    let dropped = dropped(tree, &chrome, &nodes, is_named);
    MainPart { title: title(tree, &weights, &nodes, &dropped), nodes, dropped }
}

fn weights(tree: &Tree) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate().rev() {
        if node.role == Role::Dropped {
            weights[id] = Weight::default();
            continue;
        }
        for child in &node.children {
            if let Child::Text { text, is_link } = child {
                let length = text.chars().filter(|c| !c.is_whitespace()).count();
                let weight = &mut weights[id];
                match is_link {
                    true if length > 0 => (weight.linked, weight.links) = (weight.linked + length, weight.links + 1),
                    true => {}
                    false => weight.own += length,
                }
            }
        }
        let own = weights[id];
        if let Some(parent) = node.parent {
            let over = &mut weights[parent];
            over.own += own.own;
            over.linked += own.linked;
            over.links += own.links;
        }
    }
    weights
}

/// Whether each node is no text: it or one above it is dropped. A main part is text wherever it stands, and inside one
/// that the page names a header is the text's own.
fn dropped(tree: &Tree, chrome: &[bool], nodes: &[usize], is_named: bool) -> Vec<bool> {
    let mut inside = vec![false; tree.nodes.len()];
    let mut dropped = vec![false; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate() {
        let is_main = nodes.binary_search(&id).is_ok();
        let (in_main, in_dropped) = node.parent.map_or((false, false), |parent| (inside[parent], dropped[parent]));
        inside[id] = is_main || in_main || node.role == Role::Main;
        let is_frame = node.role == Role::Frame && !(is_named && inside[id]);
        dropped[id] = !is_main && (in_dropped || node.role == Role::Dropped || chrome[id] || is_frame);
    }
    dropped
}

/// What the page itself calls its text: the part that is named as such, else its main elements.
fn named(tree: &Tree, weights: &[Weight], hidden: &[bool]) -> Option<Vec<usize>> {
    let is_text = |id: &usize| {
        let names = &tree.nodes[*id].names;
        let is_named = names.iter().any(|name| TEXT.contains(&name.as_str()) || name.starts_with("vsb_content"));
        is_named && !hidden[*id] && weights[*id].own >= TEXT_MIN
    };
    let texts = topmost(tree, is_text);
    let total: usize = texts.iter().map(|id| weights[*id].own).sum();
    let greatest = texts.into_iter().max_by_key(|id| weights[*id].own);
    if let Some(greatest) = greatest.filter(|id| weights[*id].own * 10 >= total * 6) {
        return Some(vec![greatest]);
    }
    let is_main = |id: &usize| tree.nodes[*id].role == Role::Main && weights[*id].own > 0;
    let mains = topmost(tree, is_main);
    let greatest = mains.iter().map(|id| weights[*id].own).max()?;
    Some(mains.into_iter().filter(|id| weights[*id].own * 5 >= greatest).collect())
}

/// Those that are none within another, in order.
fn topmost(tree: &Tree, is_wanted: impl Fn(&usize) -> bool) -> Vec<usize> {
    let (mut inside, mut out) = (vec![false; tree.nodes.len()], vec![]);
    for (id, node) in tree.nodes.iter().enumerate() {
        let in_one = node.parent.is_some_and(|parent| inside[parent]);
        let is_one = !in_one && is_wanted(&id);
        inside[id] = in_one || is_one;
        if is_one {
            out.push(id);
        }
    }
    out
}

/// The innermost node that holds four fifths of the words that are no links.
fn densest(tree: &Tree, weights: &[Weight]) -> usize {
    let mut at = 0;
    loop {
        let children = tree.nodes[at].children.iter().filter_map(|child| match child {
            Child::Node(id) => Some(*id),
            Child::Text { .. } | Child::LineEnd => None,
        });
        let heaviest = children.max_by_key(|id| weights[*id].own);
        match heaviest.filter(|id| weights[*id].own * 5 >= weights[at].own * 4 && weights[*id].own > 0) {
            // A table of work stays whole.
            Some(id) if tree.nodes[id].name == "table" && tree.is_of_data(id) => return at,
            // So does a paragraph with what stands beside it.
            Some(id) if matches!(tree.nodes[id].name.as_str(), "p" | "li" | "h1" | "h2" | "h3") => return at,
            Some(id) => at = id,
            None => return at,
        }
    }
}

/// The last heading before the text, unless the text has one of its own: what is marked as one, else what says the same as
/// the title of the page.
fn title(tree: &Tree, weights: &[Weight], nodes: &[usize], dropped: &[bool]) -> Option<usize> {
    let first = *nodes.first()?;
    let of_page = tree.nodes.iter().find(|node| node.name == "title").map(|node| words(&node.children));
    let of_page = of_page.filter(|title| !title.is_empty());
    let is_short = |id: usize| {
        let length = weights[id].own + weights[id].linked;
        !dropped[id] && (1..=TITLE_MAX).contains(&length)
    };
    let is_marked = |id: usize| {
        let node = &tree.nodes[id];
        is_short(id) && (node.name == "h1" || node.names.iter().any(|name| TITLE.contains(&name.as_str())))
    };
    let says_title = |id: usize| {
        let own = words(&tree.nodes[id].children);
        is_short(id)
            && own.chars().count() >= TITLE_MIN
            && of_page.as_ref().is_some_and(|title| title.starts_with(&own))
    };
    let ids = 0..tree.nodes.len();
    let is_inside = |id: usize| {
        let mut above = std::iter::successors(Some(id), |id| tree.nodes[*id].parent);
        above.any(|id| nodes.binary_search(&id).is_ok())
    };
    if ids.clone().any(|id| (is_marked(id) || says_title(id)) && is_inside(id)) {
        return None;
    }
    ids.clone().take(first).rfind(|id| is_marked(*id)).or_else(|| ids.take(first).rfind(|id| says_title(*id)))
}

/// A node's own words, without white space.
fn words(children: &[Child]) -> String {
    let texts = children.iter().filter_map(|child| match child {
        Child::Text { text, .. } => Some(text.as_str()),
        Child::Node(_) | Child::LineEnd => None,
    });
    texts.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}
