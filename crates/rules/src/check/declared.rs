//! Names, bases, options and inputs.

use super::{Checker, Meaning, quoted, spelled};
use crate::census::id_headings;
use crate::diagnostic::{Diagnostic, do_you_mean, nearest};
use crate::kind::{Kind, Rounded, Unit};
use crate::message::message;
use crate::model::{Article, Basis, Fact, Options, RATIO_DEN, shared};
use crate::syntax::{Days, Entity, Input, Label, Name, Under, Written};
use crate::word::Word;

/// An option stands in one byte.
pub(crate) const OPTIONS_MAX: usize = 250;

impl Checker {
    /// Gives a name its meaning. Refused where it has one already.
    pub(super) fn claim(&mut self, entity: Option<Entity>, name: &Name, meaning: Meaning) {
        // A fact may be called what its options are called: `input household.area : area`.
        let lists = |meaning: &Meaning| matches!(meaning, Meaning::Options(_));
        let known = |scope: Option<Entity>| {
            let found = self.names.get(&(scope, name.text.clone()));
            found.filter(|(other, _)| scope == entity || lists(other) == lists(&meaning)).map(|(_, span)| *span)
        };
        let first = match entity {
            Some(_) => known(entity).or_else(|| known(None)),
            None => known(None).or_else(|| known(Some(Entity::Person))).or_else(|| known(Some(Entity::Household))),
        };
        if let Some(first) = first {
            let title = message!("`{}` 声明了两次", "`{}` is declared twice", name.text);
            // Declarations are not taken up in the order in which they stand.
            let (first, second) = (first.min(name.span), first.max(name.span));
            let wrong = Diagnostic::new("two-meanings", title, second, message!("第二次", "the second time"));
            self.unclear.insert(name.text.clone());
            self.refuse(
                wrong
                    .and_at(first, message!("第一次", "the first time"))
                    .help(message!("一名一义：请给其中一个改名", "one name, one meaning: rename one of the two")),
            );
            return;
        }
        self.names.insert((entity, name.text.clone()), (meaning, name.span));
    }

    pub(super) fn declare_basis(
        &mut self,
        name: Name,
        label: Label,
        days: Option<Days>,
        (source, synthetic): (Option<String>, Option<String>),
    ) {
        self.claim(None, &name, Meaning::Basis(self.rules.bases.len()));
        if days.is_none() {
            let title = message!("`{}` 没有写明自何时施行", "`{}` does not say from when it is in force", name.text);
            let wrong = Diagnostic::new("undated", title, name.span, message!("自哪天起？", "from which day?"));
            self.refuse(wrong.help(message!(
                "加上 `自 2014-05-01`；已废止的，再用 `至` 写明最后一天",
                "add `from 2014-05-01`, and `to` with its last day where it was repealed"
            )));
        }
        if source.is_some() == synthetic.is_some() {
            let title = message!("`{}` 没有写明在哪里查得到", "`{}` does not say where it can be read", name.text);
            let wrong = Diagnostic::new("unsourced", title, name.span, message!("哪里查得到？", "read where?"));
            let help = message!(
                "加上 `来源 \"…\"`：公报、文号或网址；自拟的写 `虚构` 和理由",
                "add `source \"…\"`: the gazette, the document's number, an address; or `synthetic` and why it was made up"
            );
            self.refuse(wrong.help(help));
        }
        let days = days.unwrap_or(Days { from: civil::Date::MIN, to: None });
        let is_synthetic = synthetic.is_some();
        let source = source.or(synthetic).unwrap_or_default();
        self.rules.bases.push(Basis { name: name.text, label, days, source, is_synthetic });
    }

    pub(super) fn declare_options(&mut self, name: &Name, options: Vec<(Name, Label)>) {
        self.claim(None, name, Meaning::Options(self.rules.options.len()));
        if options.len() > OPTIONS_MAX {
            let title = message!("选项超过{OPTIONS_MAX}个", "more than {OPTIONS_MAX} options");
            let wrong = Diagnostic::new("too-many", title, name.span, message!("太多", "too many"));
            self.refuse(wrong.help(message!(
                "选项是法规加以区分的类别；村名不是选项",
                "options are for what law tells apart; a village is not an option"
            )));
        }
        let mut out: Vec<(String, Label)> = vec![];
        for (option, label) in options.into_iter().take(OPTIONS_MAX) {
            if out.iter().any(|(known, _)| *known == option.text) {
                let title = message!("选项 `{}` 在此写了两次", "the option `{}` stands here twice", option.text);
                let wrong = Diagnostic::new("two-meanings", title, option.span, message!("第二次", "the second time"));
                self.refuse(wrong.help(message!("去掉其中一个", "take one of the two out")));
            } else {
                let mut known = out.iter().map(|(known, words)| (known.as_str(), words));
                let word = known.find_map(|known| Some((known.0, shared((&option.text, &label), known)?)));
                if let Some(wrong) = word.map(|(known, word)| called_alike(&option, known, word)) {
                    self.refuse_alike(wrong);
                }
            }
            out.push((option.text, label));
        }
        self.rules.options.push(Options { name: name.text.clone(), options: out });
    }

    /// Roles are the options of a fact that every member has.
    pub(super) fn declare_role(&mut self) {
        let Some((Meaning::Options(at), span)) = self.names.get(&(None, "role".to_owned())).copied() else { return };
        self.names.remove(&(None, "role".to_owned()));
        for name in ["role", "角色"] {
            self.names.insert((Some(Entity::Person), name.to_owned()), (Meaning::Fact(0), span));
        }
        self.rules.person.push(Fact {
            name: "role".to_owned(),
            label: Label { zh: "家庭角色".to_owned(), en: "role in the household".to_owned() },
            kind: Kind::Options(at),
            is_monthly: false,
            is_signed: false,
            rising: false,
            falling: false,
            is_used: false,
        });
    }

    pub(super) fn declare_input(&mut self, input: Input) {
        let Input { entity, name, label, kind, monthly: is_monthly, signed: is_signed, rising, falling } = input;
        let at = self.rules.facts(entity).len();
        self.claim(Some(entity), &name, Meaning::Fact(at));
        self.told_apart(entity, &name, &label);
        let kind = self.kind_of(&kind).unwrap_or_else(|| {
            self.unclear.insert(name.text.clone());
            Kind::YesNo
        });
        self.unsaid(|unsaid| unsaid.units += usize::from(matches!(kind, Kind::Number { .. })));
        let text = name.text.clone();
        let fact = Fact { name: text, label, kind, is_monthly, is_signed, rising, falling, is_used: false };
        match entity {
            Entity::Person => self.rules.person.push(fact),
            Entity::Household => self.rules.household.push(fact),
        }
        if is_signed && !matches!(kind, Kind::Number { .. }) {
            let title = message!("`{}` 不是数，不能 `可负`", "`{}` is no number and cannot be `signed`", name.text);
            let wrong = Diagnostic::new("not-a-number", title, name.span, message!("", ""));
            self.refuse(wrong.help(message!("去掉 `可负`", "take `signed` out")));
        }
    }

    /// Refused where a table's column would mean this fact and another, or whose row it is.
    fn told_apart(&mut self, entity: Entity, name: &Name, label: &Label) {
        let own = (name.text.as_str(), label);
        let mut others = self.rules.facts(entity).iter().filter(|other| other.name != name.text);
        let other = others.find_map(|other| Some((&other.name, shared(own, (&other.name, &other.label))?)));
        let of_ids = || {
            let word = [own.0, &label.zh, &label.en].into_iter().find(|word| id_headings(entity).contains(word))?;
            let title = message!(
                "`{0}` 也叫“{word}”，而表里这一列写的是谁的行",
                "`{0}` is called {word:?} too, which heads the column that says whose row it is",
                name.text
            );
            Some(Diagnostic::new("two-meanings", title, name.span, message!("", "")))
        };
        let wrong = match other {
            Some((other, word)) => {
                let wrong = called_alike(name, other, word);
                match self.names.get(&(Some(entity), other.clone())) {
                    Some((_, first)) => wrong.and_at(*first, message!("另一个", "the other")),
                    None => wrong,
                }
            }
            None => match of_ids() {
                Some(wrong) => wrong,
                None => return,
            },
        };
        self.refuse_alike(wrong);
    }

    /// What is imported keeps the words it came with; there a table that could mean either is refused when it is read.
    fn refuse_alike(&mut self, wrong: Diagnostic) {
        if self.rules.imported.is_none() {
            self.refuse(wrong.help(message!(
                "表格按名称，也按说法认出它：请换一个说法",
                "tables say it by its name or by its words: give it other words"
            )));
        }
    }

    /// What a written kind means.
    pub(super) fn kind_of(&mut self, written: &Written) -> Option<Kind> {
        Some(match written {
            Written::Number(unit) => {
                let den = if *unit == Unit::RATIO { RATIO_DEN } else { 1 };
                Kind::Number { unit: *unit, den, rounded: Rounded::Never }
            }
            Written::YesNo => Kind::YesNo,
            Written::Date => Kind::Date,
            Written::Options(name) => Kind::Options(self.options_named(name)?),
        })
    }

    pub(super) fn options_named(&mut self, name: &Name) -> Option<usize> {
        if let Some(at) = self.rules.options.iter().position(|options| options.name == name.text) {
            return Some(at);
        }
        let known: Vec<&str> = self.rules.options.iter().map(|options| options.name.as_str()).collect();
        let kinds = [Word::Money, Word::Ratio, Word::Number, Word::Month, Word::Year, Word::Day, Word::Date];
        let spelled: Vec<&str> = kinds.iter().flat_map(|kind| [kind.english(), kind.chinese()]).collect();
        let meant = Word::meant(&name.text).filter(|word| kinds.contains(word));
        let guess = match meant {
            _ if matches!(name.text.as_str(), "boolean" | "bool" | "布尔" | "是否") => {
                Some(message!("写 `是/否`", "write `yes/no`"))
            }
            Some(word) => Some(message!("是不是要写 `{}`？", "do you mean `{}`?", word)),
            None => nearest(&name.text, known.iter().copied().chain(spelled)).map(do_you_mean),
        };
        let title = message!("没有叫 `{}` 的计量", "there is nothing that measures in `{}`", name.text);
        let wrong = Diagnostic::new(
            "unknown-name",
            title,
            name.span,
            message!("既不是单位，也不是选项的名称", "neither a unit nor the name of options"),
        );
        self.refuse(match guess {
            Some(guess) => wrong.help(guess),
            None => wrong.help(message!(
                "先声明它的选项：`选项 地区 城镇 \"城镇\" / \"urban\"，…`",
                "declare its options first: `options area urban \"城镇\" / \"urban\", …`"
            )),
        });
        None
    }

    /// The article that a thing stands under. Refused where none is named or the basis is unknown.
    pub(super) fn article(&mut self, of: &Name, under: Option<&Under>) -> Option<Article> {
        let Some(under) = under else {
            let title = message!("`{}` 没有写明依据哪一条", "`{}` does not say under which article it stands", of.text);
            let wrong = Diagnostic::new("no-basis", title, of.span, message!("依据哪部法规？", "under which law?"));
            self.refuse(wrong.help(message!(
                "用 `依` 写明依据和条款：`依 办法 第9条`",
                "add `under` with a basis and its article: `under decree649 article 9`"
            )));
            return None;
        };
        let (name, article) = (&under.basis, under.article.clone());
        if let Some((Meaning::Basis(basis), _)) = self.names.get(&(None, name.text.clone())) {
            return Some(Article { basis: *basis, article });
        }
        let known: Vec<&str> = self.rules.bases.iter().map(|basis| basis.name.as_str()).collect();
        let guess = nearest(&name.text, known).map(str::to_owned);
        let title = message!("没有依据 `{}`", "there is no basis `{}`", name.text);
        let wrong = Diagnostic::new("unknown-name", title, name.span, message!("没有声明", "not declared"));
        self.refuse(match guess {
            Some(guess) => wrong.help(do_you_mean(&guess)),
            None => wrong.help(message!(
                "请声明：依据 {} \"…\" / \"…\" 自 … 来源 \"…\"",
                "declare it: basis {} \"…\" / \"…\" from … source \"…\"",
                name.text
            )),
        });
        None
    }

    /// What a name means where a formula of `scope` uses it. Refused where it means nothing there.
    pub(super) fn look_up(&mut self, scope: Entity, entity: Option<Entity>, name: &Name) -> Option<Meaning> {
        let of = entity.unwrap_or(scope);
        if self.unclear.contains(&name.text) {
            return None;
        }
        let found = |scope: Option<Entity>| self.names.get(&(scope, name.text.clone())).map(|(meaning, _)| *meaning);
        if let Some(meaning) = found(Some(of)).or_else(|| if entity.is_none() { found(None) } else { None }) {
            return Some(meaning);
        }
        let other = of.other();
        let title = message!("{}没有 `{}`", "a {} has no `{}`", spelled(of), name.text);
        let mut wrong = Diagnostic::new("unknown-name", title, name.span, message!("没有声明", "not declared"));
        let known = self.names.keys().filter(|(scope, _)| scope.is_none() || *scope == Some(of));
        let mut known: Vec<&str> = known.map(|(_, name)| name.as_str()).collect();
        known.sort_unstable();
        let cut = self.run_together(&name.text, &known);
        let lists = self.rules.options.iter().filter(|options| options.position(&name.text).is_some());
        let lists: Vec<&str> = lists.map(|options| options.name.as_str()).collect();
        if found(Some(other)).is_some() {
            wrong = wrong.help(match other {
                Entity::Household => message!("家庭有：写 `家庭.{}`", "a household has one: write `household.{}`", name.text),
                Entity::Person => {
                    message!(
                        "个人有；家庭要对全体成员：合计写 `合计 {0} 遍及 成员`，问有没有人写 `任一 (… {0} …) 遍及 成员`",
                        "a person has one; a household needs all of its members: `sum {0} over members`, or to ask of each `any (… {0} …) over members`",
                        name.text
                    )
                }
            });
        } else if let Some(guess) = nearest(&name.text, known) {
            wrong = wrong.help(do_you_mean(guess));
        } else if lists.len() > 1 {
            wrong = wrong.help(message!(
                "`{0}` 是 {1} 都有的选项，公式里分不清是哪一个：给其中一个改名",
                "`{0}` is an option of {1}, and a formula cannot tell which: rename one of them",
                name.text,
                quoted(lists.iter().copied())
            ));
        } else if let Some(zh) = cut {
            wrong = wrong.help(message!(
                "如果 `{zh}` 是语言里的词，前后请加空格",
                "put blanks around `{zh}` if it is meant as a word of the language"
            ));
        } else {
            wrong = wrong.help(message!(
                "请声明：有人核实的写 `输入 {1}.{0}：…`，推算得出的写 `设 {1}.{0} …`",
                "declare it: `input {1}.{0}: …` if somebody establishes it, `let {1}.{0} …` if it follows",
                name.text,
                spelled(of)
            ));
        }
        self.refuse(wrong);
        None
    }

    /// A word of the language that was written without blanks around it: `人数为1`, `收入低于标准`.
    fn run_together(&self, text: &str, known: &[&str]) -> Option<&'static str> {
        let words = || Word::spellings().filter(|word| !word.is_ascii());
        let long = || {
            let within = words().filter(|zh| zh.chars().count() > 1 && text.contains(zh));
            within.max_by_key(|zh| zh.len())
        };
        let after_a_name = |zh: &&str| {
            let mut rests = known.iter().filter_map(|name| text.strip_prefix(*name));
            rests.any(|rest| rest.starts_with(*zh))
        };
        words().filter(after_a_name).max_by_key(|zh| zh.len()).or_else(long)
    }
}

fn called_alike(name: &Name, other: &str, word: &str) -> Diagnostic {
    let title = message!("`{0}` 与 `{other}` 都叫“{word}”", "`{0}` and `{other}` are both called {word:?}", name.text);
    Diagnostic::new("two-meanings", title, name.span, message!("表格分不清", "a table could mean either"))
}
