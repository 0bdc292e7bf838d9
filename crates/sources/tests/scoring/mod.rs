//! How well a reading agrees with one made by hand: spans that share half of their words are the same directive;
//! its fields are compared as words without spaces and marks.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::path::Path;

use serde::Deserialize;
use sources::{Class, Confidence, Profile, Reading, canonical, read};

/// A reading made by hand.
#[derive(Deserialize)]
pub struct Gold {
    pub lang: sources::Lang,
    pub date: Option<civil::Date>,
    pub meeting: String,
    pub presided_by: Option<String>,
    pub directives: Vec<GoldDirective>,
}

#[derive(Deserialize)]
pub struct GoldDirective {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub owner: Option<String>,
    pub due: Option<GoldDue>,
    pub quantity: Option<String>,
    pub class: Class,
}

#[derive(Deserialize)]
pub struct GoldDue {
    pub text: String,
    pub date: Option<civil::Date>,
}

/// How many there should be, how many there are, how many agree.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
}

impl Count {
    pub fn f1(self) -> f64 {
        if self.gold + self.found == 0 { 1.0 } else { 2.0 * self.right as f64 / (self.gold + self.found) as f64 }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

/// The counts of one text or of many.
#[derive(Clone, Copy, Default)]
pub struct Score {
    pub directives: Count,
    pub shown: Count,
    pub class: Count,
    pub owner: Count,
    pub due_text: Count,
    pub due_date: Count,
    pub quantity: Count,
    pub head: Count,
}

impl Score {
    fn counts(&mut self) -> [&mut Count; 8] {
        let Score { directives, shown, class, owner, due_text, due_date, quantity, head } = self;
        [directives, shown, class, owner, due_text, due_date, quantity, head]
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, mut other: Score) {
        for (mine, theirs) in self.counts().into_iter().zip(other.counts()) {
            *mine += *theirs;
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Score { directives: d, shown, class, owner, due_text, due_date, quantity, head } = self;
        let share = |count: &Count| if count.gold == 0 { 1.0 } else { count.right as f64 / count.gold as f64 };
        write!(
            f,
            "{:>3}/{:<3} F1 {:.3}  shown {:.3}  class {:.3}",
            d.right,
            d.gold,
            d.f1(),
            share(shown),
            share(class)
        )?;
        for (name, count) in [("owner", owner), ("due", due_text), ("date", due_date), ("quantity", quantity)] {
            write!(f, "  {name} {:.3} ({}/{})", count.f1(), count.right, count.gold)?;
        }
        write!(f, "  head {}/{}", head.right, head.gold)
    }
}

/// Every text of a folder, by its number, with its score and what differs.
pub fn folder(folder: &Path) -> BTreeMap<String, (sources::Lang, Score, Vec<String>)> {
    let mut out = BTreeMap::new();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in Unicode"))
        .collect();
    names.sort();
    for name in names.iter().filter(|name| name.ends_with(".txt")) {
        let (number, _) = name.split_once('_').expect("a number");
        let gold = std::fs::read(folder.join(format!("{number}.json"))).expect("its annotation");
        let gold: Gold = serde_json::from_slice(&gold).expect("an annotation");
        let bytes = std::fs::read(folder.join(name)).expect("a text");
        let text = canonical(&bytes, sources::Format::Text).expect("a text").into_parts().0;
        let (score, differences) = compare(&text, &gold, &read(&text, &Profile::default()));
        out.insert(name.clone(), (gold.lang, score, differences));
    }
    out
}

/// The score of one reading, and its differences in words.
pub fn compare(text: &str, gold: &Gold, reading: &Reading) -> (Score, Vec<String>) {
    let chars: Vec<char> = text.chars().collect();
    let mut score = Score::default();
    let mut told = vec![];
    let golds: Vec<_> = gold.directives.iter().map(|d| trimmed(&chars, d.start, d.end)).collect();
    let sure: Vec<_> = reading.directives.iter().filter(|d| d.confidence == Confidence::High).collect();
    let pairs = matched(&golds, &sure.iter().map(|d| trimmed(&chars, d.start, d.end)).collect::<Vec<_>>());
    let all = matched(&golds, &reading.directives.iter().map(|d| trimmed(&chars, d.start, d.end)).collect::<Vec<_>>());
    score.directives = Count { gold: golds.len(), found: sure.len(), right: pairs.len() };
    score.shown = Count { gold: golds.len(), found: reading.directives.len(), right: all.len() };
    let count = |count: &mut Count, mine: Option<bool>| count.right += usize::from(mine == Some(true));
    for d in &gold.directives {
        score.owner.gold += usize::from(d.owner.is_some());
        score.due_text.gold += usize::from(d.due.is_some());
        score.due_date.gold += usize::from(d.due.as_ref().is_some_and(|due| due.date.is_some()));
        score.quantity.gold += usize::from(d.quantity.is_some());
    }
    for d in &sure {
        score.owner.found += usize::from(d.owner.is_some());
        score.due_text.found += usize::from(d.due.is_some());
        score.due_date.found += usize::from(d.due.as_ref().is_some_and(|due| due.date.is_some()));
        score.quantity.found += usize::from(d.quantity.is_some());
    }
    for &(i, j) in &pairs {
        let (want, have) = (&gold.directives[i], sure[j]);
        let mut differ =
            |name: &str, a: String, b: String| told.push(format!("{name}: {a} <- {b} | {}", brief(&want.text)));
        score.class += Count { gold: 1, found: 1, right: usize::from(want.class == have.class) };
        if want.class != have.class {
            differ("class", format!("{:?}", want.class), format!("{:?}", have.class));
        }
        let mut field =
            |name: &str, counted: &mut Count, a: Option<&str>, b: Option<&str>, same: fn(&str, &str) -> bool| {
                let agreed = a.zip(b).map(|(a, b)| same(a, b));
                count(counted, agreed);
                if agreed != Some(true) && (a.is_some() || b.is_some()) {
                    differ(name, format!("{a:?}"), format!("{b:?}"));
                }
            };
        field("owner", &mut score.owner, want.owner.as_deref(), have.owner.as_deref(), agree);
        let due = (want.due.as_ref(), have.due.as_ref());
        field("due", &mut score.due_text, due.0.map(|d| d.text.as_str()), due.1.map(|d| d.text.as_str()), agree);
        let day = |date: Option<civil::Date>| date.map(|date| date.to_string());
        let days = (day(due.0.and_then(|d| d.date)), day(due.1.and_then(|d| d.date)));
        field("date", &mut score.due_date, days.0.as_deref(), days.1.as_deref(), |a, b| a == b);
        let same = |a: &str, b: &str| agree(a, b) && digits(a) == digits(b);
        field("quantity", &mut score.quantity, want.quantity.as_deref(), have.quantity.as_deref(), same);
    }
    for (i, d) in gold.directives.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|(k, _)| k == i)) {
        let shown = all.iter().any(|(k, _)| *k == i);
        told.push(format!("missed{} {:?}: {}", if shown { " (shown)" } else { "" }, d.class, brief(&d.text)));
    }
    for (_, d) in sure.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|(_, k)| k == j)) {
        told.push(format!("invented {:?} by {:?}: {}", d.class, d.rule, brief(&d.text)));
    }
    let heads = [
        ("day", gold.date.map(|d| d.to_string()), reading.date.map(|d| d.to_string())),
        ("meeting", Some(gold.meeting.clone()), reading.meeting.clone()),
        ("chair", gold.presided_by.clone(), reading.presided_by.clone()),
    ];
    for (name, want, have) in heads {
        let right = want == have
            || name == "meeting"
                && want.as_deref().zip(have.as_deref()).is_some_and(|(a, b)| agree(a, b) || alike(a, b));
        score.head += Count { gold: 1, found: 1, right: usize::from(right) };
        if !right {
            told.push(format!("{name}: {want:?} <- {have:?}"));
        }
    }
    (score, told)
}

fn brief(text: &str) -> String {
    text.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

fn is_mark(c: char) -> bool {
    !(c.is_alphanumeric() || "%+£$€℃°|<>=~^`".contains(c))
}

fn trimmed(text: &[char], start: usize, end: usize) -> (usize, usize) {
    let edge = |c: char| is_mark(c) && c != '%';
    let (mut start, mut end) = (start.min(text.len()), end.min(text.len()));
    while start < end && edge(text[start]) {
        start += 1;
    }
    while start < end && edge(text[end - 1]) {
        end -= 1;
    }
    (start, end)
}

/// Pairs of spans that share at least half of what they cover, best first, each span once.
fn matched(gold: &[(usize, usize)], found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut pairs = vec![];
    for (i, a) in gold.iter().enumerate() {
        for (j, b) in found.iter().enumerate() {
            let shared = a.1.min(b.1).saturating_sub(a.0.max(b.0)) as f64;
            let covered = (a.1.max(b.1) - a.0.min(b.0)) as f64;
            if shared > 0.0 && shared / covered >= 0.5 {
                pairs.push((-shared / covered, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| a.partial_cmp(b).expect("shares are numbers"));
    let mut out: Vec<(usize, usize)> = vec![];
    for (_, i, j) in pairs {
        if !out.iter().any(|(a, b)| *a == i || *b == j) {
            out.push((i, j));
        }
    }
    out
}

fn bare(words: &str) -> Vec<char> {
    words
        .chars()
        .map(civil::narrow)
        .flat_map(char::to_lowercase)
        .filter(|c| !is_mark(*c) && !c.is_whitespace())
        .collect()
}

/// The same words, or one inside the other and at least half as long.
fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && 2 * short.len() >= long.len() && long.windows(short.len()).any(|w| w == short.as_slice())
}

/// Half of the pairs of neighbouring letters are the same.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let mut pool: Vec<&[char]> = b.windows(2).collect();
    let total = a.windows(2).count() + pool.len();
    let mut hits = 0;
    for pair in a.windows(2) {
        if let Some(at) = pool.iter().position(|p| *p == pair) {
            pool.swap_remove(at);
            hits += 1;
        }
    }
    total > 0 && 4 * hits >= total
}

fn digits(words: &str) -> Vec<String> {
    let plain: String = words.chars().map(civil::narrow).filter(|c| *c != ',').collect();
    plain
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}
