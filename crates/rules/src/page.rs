//! A page of HTML in both languages, or in one. It needs nothing else: no script, no font, no request.

use std::fmt::Write as _;

use crate::syntax::Label;
use crate::wording::{Language, not_to_be_paid};

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #999}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}\
th,td{border:1px solid #999;padding:.4rem .6rem;text-align:left;vertical-align:top}th{background:#eee}td.number{text-align:right}\
.wide{overflow-x:auto}td:first-child{min-width:6em}h1 span,td>span{display:block}span[lang=en]{color:#444}.synthetic{background:#fff3cd}.article{color:#444}\
code{font-size:.9em}ul{margin:0;padding-left:1.2rem}.plain{list-style:none;padding:0}td.number,time,li b{white-space:nowrap}td.number ul{white-space:normal}\
@media print{body{margin:0;font-size:12px}.wide{overflow:visible}th,td{padding:.2rem .3rem}h2{break-after:avoid}tr{break-inside:avoid}}\
@media(max-width:40rem){body{margin:1rem auto;padding:0 .6rem}th,td{padding:.3rem .4rem}}";

/// A page as it is written.
pub(crate) struct Page {
    pub out: String,
    /// The one language; `None`: both.
    language: Option<Language>,
}

impl Page {
    /// Its head, and its title.
    pub fn begun(language: Option<Language>, title: &Label, style: &str) -> Self {
        let mut page = Self { out: String::new(), language };
        let html = language.map_or("zh-Hans", |language| language.pick("zh-Hans", "en"));
        let plain = match language {
            Some(language) => language.of(title).to_owned(),
            None => format!("{} / {}", title.zh, title.en),
        };
        let (plain, heading) = (escaped(&plain), page.label(title));
        let _ = write!(
            page.out,
            "<!doctype html>\n<html lang=\"{html}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{plain}</title>\n\
             <style>{STYLE}{style}</style>\n</head>\n<body>\n<h1>{heading}</h1>\n"
        );
        page
    }

    /// The whole page.
    pub fn done(mut self) -> String {
        self.out.push_str("</body>\n</html>\n");
        self.out
    }

    /// Words in the languages of the page, as HTML; once, where they are the same.
    pub fn say(&self, zh: &str, en: &str) -> String {
        match self.language {
            Some(language) => escaped(language.pick(zh, en)),
            None if zh == en => escaped(zh),
            None => format!("{} <span lang=\"en\">{}</span>", escaped(zh), escaped(en)),
        }
    }

    /// The words of a label.
    pub fn label(&self, label: &Label) -> String {
        self.say(&label.zh, &label.en)
    }

    /// The same, made for each language.
    pub fn each(&self, words: impl Fn(Language) -> String) -> String {
        self.say(&words(Language::Zh), &words(Language::En))
    }

    /// A cell for each language of the page.
    pub fn cells(&self, words: impl Fn(Language) -> String) -> String {
        match self.language {
            Some(language) => format!("<td>{}</td>", escaped(&words(language))),
            None => {
                let [zh, en] = [Language::Zh, Language::En].map(|language| escaped(&words(language)));
                format!("<td>{zh}</td><td lang=\"en\">{en}</td>")
            }
        }
    }

    pub fn heading(&mut self, zh: &str, en: &str) {
        let _ = writeln!(self.out, "<h2>{}</h2>", self.say(zh, en));
    }

    /// The head of a table. A heading of which [`Page::cells`] makes the cells stands over one for each language.
    pub fn table(&mut self, headings: &[Heading]) {
        self.out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
        for heading in headings {
            let all = match (heading, self.language) {
                (Heading::One(zh, en), _) | (Heading::Each(zh, en), Some(_)) => vec![self.say(zh, en)],
                (Heading::Each(zh, en), None) => {
                    vec![format!("{}（中文）", escaped(zh)), format!("{} (English)", escaped(en))]
                }
            };
            for one in all {
                let _ = write!(self.out, "<th scope=\"col\">{one}</th>");
            }
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
    }

    /// A mark between words, in Chinese where the page is in Chinese alone.
    pub fn mark(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.map_or(en, |language| language.pick(zh, en))
    }

    /// What stands between a name and what it is.
    pub fn colon(&self) -> &'static str {
        self.mark("：", ": ")
    }

    pub fn close(&mut self) {
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    /// What something rests on that was made up.
    pub fn made_up(&mut self, names: &[String]) {
        if !names.is_empty() {
            let [zh, en] = [Language::Zh, Language::En].map(not_to_be_paid);
            let said = self.say(zh, en);
            let between = self.mark("；", "; ");
            let _ = writeln!(self.out, "<p class=\"synthetic\">{said}{}</p>", names.join(between));
        }
    }
}

/// What stands over a column.
pub(crate) enum Heading {
    /// One column, in both languages.
    One(&'static str, &'static str),
    /// A column for each language.
    Each(&'static str, &'static str),
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
