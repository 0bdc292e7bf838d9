//! From what was typed to an act: every malformed field is found at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use ledger::act::{Act, ActKind, Words};
use ledger::audience::Audience;
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, MatterId, Number, OfficerId, PostId, UnitId};
use ledger::matter::{CallBackFinding, LinkRelation, Matter, Method, NoticeText, Outcome, OutcomeKind, PublicItem};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::{Invalid, Name, Text};

use super::{APPEAL_DECISIONS, AUDIENCES, DECISIONS, Lookup, Typed, fields};

/// Reads an act out of what was typed. Errors: every malformed field, in the order of the form.
pub fn parse(act: ActKind, typed: &Typed, lookup: &Lookup) -> Result<Act, Vec<Invalid>> {
    let unknown = fields_astray(act, typed);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut reader = Reader { typed, lookup, invalid: vec![] };
    let read = read(act, &mut reader);
    let mut invalid = reader.invalid;
    match read {
        Some(act) if invalid.is_empty() => Ok(act),
        Some(_) | None => {
            invalid.sort_by_key(|i| fields(act).iter().position(|field| field.name == i.field));
            Err(invalid)
        }
    }
}

/// Fields that the act does not have, and several values where there is room for one: a typing error on the command line
/// must not pass for nothing.
fn fields_astray(act: ActKind, typed: &Typed) -> Vec<Invalid> {
    let known = |name: &str| fields(act).iter().any(|field| field.name == name);
    let mut astray = vec![];
    if typed.0.keys().any(|name| !known(name)) {
        astray.push(Invalid::new("fields", "unknown-field"));
    }
    for field in fields(act) {
        if !field.takes_several() && typed.all(field.name).count() > 1 {
            astray.push(Invalid::new(field.name, "several-values"));
        }
    }
    astray
}

/// The act, or none where a field it needs is malformed (the reader then holds why).
fn read(act: ActKind, r: &mut Reader) -> Option<Act> {
    Some(match act {
        ActKind::Assign => {
            let (lead, supervising) = (r.party("lead"), r.supervising());
            let (criterion, due) = (r.text("criterion"), r.date("due"));
            Act::Assign { lead: lead?, supervising: supervising?, criterion: criterion?, due: due? }
        }
        ActKind::Reassign => {
            let (lead, supervising) = (r.party("lead"), r.supervising());
            let (criterion, reason) = (r.optional("criterion"), r.text("reason"));
            Act::Reassign { lead: lead?, supervising: supervising?, criterion, reason: reason? }
        }
        ActKind::SignFor => Act::SignFor,
        ActKind::Dispute => Act::Dispute { reason: r.text("reason")? },
        ActKind::AskExtension => {
            let (to, reason) = (r.date("to"), r.text("reason"));
            Act::AskExtension { to: to?, reason: reason? }
        }
        ActKind::DecideExtension => {
            let (decision, reason) = (r.one_of("decision", DECISIONS), r.text("reason"));
            let granted = match decision? {
                "granted" => Some(r.date("granted_to")?),
                _declined => {
                    r.nothing_in("granted_to");
                    None
                }
            };
            Act::DecideExtension { granted, reason: reason? }
        }
        ActKind::NameObstacle => {
            let (obstacle, remover) = (r.text("obstacle"), r.optional_party("remover"));
            Act::NameObstacle { obstacle: obstacle?, remover }
        }
        ActKind::RemoveObstacle => {
            let (no, note) = (r.count("no"), r.optional("note"));
            Act::RemoveObstacle { no: no?, note }
        }
        ActKind::AskQuestion => Act::AskQuestion { question: r.text("question")? },
        ActKind::AnswerQuestion => {
            let (no, answer) = (r.count("question_no"), r.text("reply"));
            Act::AnswerQuestion { no: no?, answer: answer? }
        }
        ActKind::Acknowledge => Act::Acknowledge,
        ActKind::RecordProgress => Act::RecordProgress { note: r.optional("note") },
        ActKind::AddEvidence => r.evidence_added()?,
        ActKind::DraftReport => {
            let (outcome, report, evidence) = (r.outcome(), r.text("report"), r.evidence());
            Act::DraftReport { outcome: outcome?, report: report?, evidence: evidence? }
        }
        ActKind::SignReport => Act::SignReport,
        ActKind::NameVerifier => Act::NameVerifier { verifier: r.officer("verifier")? },
        ActKind::Verify => {
            let (method, finding) = (r.code::<Method>("method"), r.text("finding"));
            Act::Verify { method: method?, finding: finding? }
        }
        ActKind::Return => Act::Return { reason: r.text("reason")? },
        ActKind::Clear => Act::Clear { note: r.optional("note") },
        ActKind::Reopen => {
            let (due, reason) = (r.date("due"), r.text("reason"));
            Act::Reopen { due: due?, reason: reason? }
        }
        ActKind::Withdraw => {
            let (authority, reason, successor) =
                (r.text("authority"), r.text("reason"), r.optional_matter("successor"));
            Act::Withdraw { authority: authority?, reason: reason?, successor }
        }
        ActKind::Correct => {
            let (directive, owner) = (r.text("directive"), r.optional("owner"));
            let (deadline, quantity) = (r.optional("deadline"), r.optional("quantity"));
            let reason = r.text("reason");
            let words = Words { directive: directive?, owner, deadline, quantity };
            let (successor, number) = (r.lookup.fresh)();
            Act::Correct { successor, number, words, reason: reason? }
        }
        ActKind::Publish => Act::Publish { items: r.items()? },
        ActKind::ChangeAudience => {
            let (audience, reason) = (r.audience(), r.text("reason"));
            Act::ChangeAudience { audience: audience?, reason: reason? }
        }
        ActKind::Decompose => {
            let directive = r.text("directive")?;
            let (sub, number) = (r.lookup.fresh)();
            Act::Decompose { sub, number, directive }
        }
        ActKind::Waive => {
            let (sub, reason) = (r.matter("sub"), r.text("reason"));
            Act::Waive { sub: sub?, reason: reason? }
        }
        ActKind::Appeal => Act::Appeal { grounds: r.text("grounds")? },
        ActKind::DecideAppeal => {
            let (decision, reason) = (r.one_of("decision", APPEAL_DECISIONS), r.text("reason"));
            Act::DecideAppeal { upheld: decision? == "upheld", reason: reason? }
        }
        ActKind::Escalate => {
            let (to, reason) = (r.officer("leader"), r.text("reason"));
            Act::Escalate { to: to?, reason: reason? }
        }
        ActKind::CallBack => {
            let (finding, method) = (r.code::<CallBackFinding>("result"), r.code::<Method>("method"));
            let answer = r.text("answer");
            let due = match finding? {
                CallBackFinding::NotSo => Some(r.date("new_due")?),
                CallBackFinding::Stands => None,
            };
            Act::CallBack { finding: finding?, method: method?, answer: answer?, due }
        }
        ActKind::Instruct => Act::Instruct { instruction: r.text("instruction")? },
        ActKind::Link => {
            let (other, relation) = (r.another("other"), r.code::<LinkRelation>("relation"));
            let note = r.optional("note");
            Act::Link { other: other?, relation: relation?, note }
        }
        ActKind::Merge => {
            let (into, reason) = (r.another("into"), r.text("reason"));
            Act::Merge { into: into?, reason: reason? }
        }
        ActKind::IssueNotice => {
            let (word, contact, note) = (r.text("word"), r.text("liaison"), r.optional("note"));
            let text = NoticeText { word: word?, contact: contact?, note };
            Act::IssueNotice { notice: r.lookup.fresh_notice, text }
        }
        ActKind::Open
        | ActKind::Contradict
        | ActKind::Ingest
        | ActKind::Settle
        | ActKind::Teach
        | ActKind::Ask
        | ActKind::Observe
        | ActKind::Organise
        | ActKind::Delegate
        | ActKind::AskErasure
        | ActKind::TakeBack
        | ActKind::ApproveErasure => return r.none("act", "not-an-act-on-a-matter"),
    })
}

/// Reads fields and remembers what was wrong with each.
struct Reader<'a> {
    typed: &'a Typed,
    lookup: &'a Lookup<'a>,
    invalid: Vec<Invalid>,
}

impl Reader<'_> {
    fn keep<T>(&mut self, read: Result<T, Invalid>) -> Option<T> {
        read.map_err(|invalid| self.invalid.push(invalid)).ok()
    }

    fn none<T>(&mut self, field: &'static str, code: &'static str) -> Option<T> {
        self.keep(Err(Invalid::new(field, code)))
    }

    /// What goes with another choice must not be typed beside this one: it would be lost without a word.
    fn nothing_in(&mut self, field: &'static str) {
        if self.typed.all(field).next().is_some() {
            self.invalid.push(Invalid::new(field, "not-with-this-choice"));
        }
    }

    fn text(&mut self, field: &'static str) -> Option<Text> {
        let read = Text::parse(field, self.typed.one(field));
        self.keep(read)
    }

    fn optional(&mut self, field: &'static str) -> Option<Text> {
        let read = Text::parse_optional(field, self.typed.one(field));
        self.keep(read).flatten()
    }

    fn date(&mut self, field: &'static str) -> Option<Date> {
        let read = parse_date(field, self.typed.one(field));
        self.keep(read)
    }

    fn count(&mut self, field: &'static str) -> Option<u32> {
        let read = self.typed.one(field).trim().parse().map_err(|_| Invalid::new(field, "malformed-number"));
        self.keep(read)
    }

    fn one_of(&mut self, field: &'static str, codes: &'static [&'static str]) -> Option<&'static str> {
        let typed = self.typed.one(field).trim();
        match codes.iter().find(|code| **code == typed) {
            Some(code) => Some(code),
            None if typed.is_empty() => self.none(field, "missing"),
            None => self.none(field, "unknown-code"),
        }
    }

    fn code<T: std::str::FromStr>(&mut self, field: &'static str) -> Option<T> {
        let typed = self.typed.one(field).trim();
        match typed.parse() {
            Ok(code) => Some(code),
            Err(_) if typed.is_empty() => self.none(field, "missing"),
            Err(_) => self.none(field, "unknown-code"),
        }
    }

    fn party(&mut self, field: &'static str) -> Option<Party> {
        let read = parse_party(field, self.typed.one(field), self.lookup.organisation);
        self.keep(read)
    }

    fn optional_party(&mut self, field: &'static str) -> Option<Party> {
        if self.typed.one(field).trim().is_empty() { None } else { self.party(field) }
    }

    fn supervising(&mut self) -> Option<UnitId> {
        let read = parse_unit("supervising", self.typed.one("supervising"), self.lookup.organisation);
        self.keep(read)
    }

    fn officer(&mut self, field: &'static str) -> Option<OfficerId> {
        match self.party(field)? {
            Party::Officer(officer) => Some(officer),
            Party::Unit(_) | Party::Post(_) => self.none(field, "not-an-officer"),
        }
    }

    fn outcome(&mut self) -> Option<Outcome> {
        let outcome = self.code::<OutcomeKind>("outcome")?;
        if outcome != OutcomeKind::Refused {
            self.nothing_in("appeal_until");
        }
        if outcome != OutcomeKind::Transferred {
            self.nothing_in("transferred_to");
        }
        Some(match outcome {
            OutcomeKind::Done => Outcome::Done,
            OutcomeKind::Unfounded => Outcome::Unfounded,
            OutcomeKind::Refused => Outcome::Refused { appeal_until: self.date("appeal_until")? },
            OutcomeKind::Transferred => Outcome::Transferred { to: self.party("transferred_to")? },
            OutcomeKind::Lapsed => Outcome::Lapsed,
        })
    }

    fn evidence(&mut self) -> Option<Vec<EvidenceId>> {
        let ids: Result<Vec<EvidenceId>, Invalid> = self
            .typed
            .all("evidence")
            .map(|id| EvidenceId::parse(id).map_err(|i| Invalid::new("evidence", i.code)))
            .collect();
        match self.keep(ids) {
            Some(ids) if ids.is_empty() => self.none("evidence", "missing"),
            other => other,
        }
    }

    fn evidence_added(&mut self) -> Option<Act> {
        let (kind, caption) = (self.code::<EvidenceKind>("kind"), self.optional("caption"));
        let Some(file) = self.lookup.file else { return self.none("file", "no-file") };
        let name = Text::parse("file", &file.file_name);
        let media_type = Text::parse("file", &file.media_type);
        let sha256 = Text::parse("file", &file.sha256);
        let (file_name, media_type, sha256) = (self.keep(name)?, self.keep(media_type)?, self.keep(sha256)?);
        let text = EvidenceText { file_name, media_type, sha256, caption };
        Some(Act::AddEvidence { evidence: file.id, kind: kind?, bytes: file.bytes, text })
    }

    fn items(&mut self) -> Option<BTreeSet<PublicItem>> {
        let items: Result<BTreeSet<PublicItem>, Invalid> = self
            .typed
            .all("items")
            .map(|code| code.parse().map_err(|_| Invalid::new("items", "unknown-code")))
            .collect();
        match self.keep(items) {
            Some(items) if items.is_empty() => self.none("items", "missing"),
            other => other,
        }
    }

    fn audience(&mut self) -> Option<Audience> {
        let organisation = self.lookup.organisation;
        let audience = self.one_of("audience", AUDIENCES)?;
        if audience != "units" {
            self.nothing_in("units");
        }
        if audience != "circle" {
            self.nothing_in("officers");
        }
        match audience {
            "units" => {
                let units: Result<BTreeSet<UnitId>, Invalid> =
                    self.typed.all("units").map(|typed| parse_unit("units", typed, organisation)).collect();
                match self.keep(units)? {
                    units if units.is_empty() => self.none("units", "missing"),
                    units => Some(Audience::Units(units)),
                }
            }
            "circle" => {
                let officers: Result<BTreeSet<OfficerId>, Invalid> = self
                    .typed
                    .all("officers")
                    .map(|typed| match parse_party("officers", typed, organisation)? {
                        Party::Officer(officer) => Ok(officer),
                        Party::Unit(_) | Party::Post(_) => Err(Invalid::new("officers", "not-an-officer")),
                    })
                    .collect();
                match self.keep(officers)? {
                    officers if officers.is_empty() => self.none("officers", "missing"),
                    officers => Some(Audience::Circle(officers)),
                }
            }
            _office => Some(Audience::Office),
        }
    }

    fn matter(&mut self, field: &'static str) -> Option<MatterId> {
        self.other(field).map(|matter| matter.id)
    }

    fn other(&mut self, field: &'static str) -> Option<Arc<Matter>> {
        let typed = self.typed.one(field);
        if typed.trim().is_empty() {
            return self.none(field, "missing");
        }
        let number = Number::parse(typed).map_err(|invalid| Invalid::new(field, invalid.code));
        let number = self.keep(number)?;
        match (self.lookup.by_number)(number) {
            Some(matter) => Some(matter),
            None => self.none(field, "no-such-matter"),
        }
    }

    /// A matter other than this one.
    fn another(&mut self, field: &'static str) -> Option<Arc<Matter>> {
        match self.other(field)? {
            other if other.id == self.lookup.matter.id => self.none(field, "the-same-matter"),
            other => Some(other),
        }
    }

    fn optional_matter(&mut self, field: &'static str) -> Option<MatterId> {
        if self.typed.one(field).trim().is_empty() { None } else { self.another(field).map(|matter| matter.id) }
    }
}

/// Reads a civil date as forms send it, `2026-12-31`. Errors: `Invalid` with `missing` or `no-such-day`.
pub fn parse_date(field: &'static str, typed: &str) -> Result<Date, Invalid> {
    match typed.trim() {
        "" => Err(Invalid::new(field, "missing")),
        typed if typed.len() > 10 => Err(Invalid::new(field, "no-such-day")),
        typed => typed.parse().map_err(|_| Invalid::new(field, "no-such-day")),
    }
}

/// As `parse_date`, for a day that has not passed. Errors: as there, and `day-passed`.
pub fn parse_day_to_come(field: &'static str, typed: &str, today: Date) -> Result<Date, Invalid> {
    match parse_date(field, typed)? {
        day if day < today => Err(Invalid::new(field, "day-passed")),
        day => Ok(day),
    }
}

/// Reads a party: `unit/<uuid>`, `post/<uuid>`, `officer/<uuid>`, or the whole name or alias of one unit or officer.
/// Errors: `Invalid` with `missing`, `malformed-id`, `no-such-party` or `several-of-that-name`.
pub fn parse_party(field: &'static str, typed: &str, organisation: &Organisation) -> Result<Party, Invalid> {
    let typed = typed.trim();
    let malformed = |_| Invalid::new(field, "malformed-id");
    let party = match typed.split_once('/') {
        Some(("unit", id)) => Party::Unit(UnitId::parse(id).map_err(malformed)?),
        Some(("post", id)) => Party::Post(PostId::parse(id).map_err(malformed)?),
        Some(("officer", id)) => Party::Officer(OfficerId::parse(id).map_err(malformed)?),
        Some(_) | None if typed.is_empty() => return Err(Invalid::new(field, "missing")),
        Some(_) | None => return party_by_name(field, typed, organisation),
    };
    let exists = match party {
        Party::Unit(unit) => organisation.unit(unit).is_some(),
        Party::Post(post) => organisation.post(post).is_some(),
        Party::Officer(officer) => organisation.officer(officer).is_some(),
    };
    if exists { Ok(party) } else { Err(Invalid::new(field, "no-such-party")) }
}

/// Reads a unit as `parse_party` does. Errors: as there, and `not-a-unit`.
pub fn parse_unit(field: &'static str, typed: &str, organisation: &Organisation) -> Result<UnitId, Invalid> {
    match parse_party(field, typed, organisation)? {
        Party::Unit(unit) => Ok(unit),
        Party::Post(_) | Party::Officer(_) => Err(Invalid::new(field, "not-a-unit")),
    }
}

fn party_by_name(field: &'static str, typed: &str, organisation: &Organisation) -> Result<Party, Invalid> {
    let is_called =
        |name: &Name| [&name.zh, &name.en].into_iter().flatten().any(|n| n.as_str().eq_ignore_ascii_case(typed));
    let units = organisation.units().filter(|unit| {
        unit.closed_on.is_none()
            && unit
                .text
                .open()
                .is_some_and(|text| is_called(&text.name) || text.aliases.iter().any(|alias| alias.as_str() == typed))
    });
    let officers = organisation.officers().filter(|officer| officer.name().is_some_and(is_called));
    let mut found = units.map(|unit| Party::Unit(unit.id)).chain(officers.map(|officer| Party::Officer(officer.id)));
    match (found.next(), found.next()) {
        (Some(party), None) => Ok(party),
        (None, _) => Err(Invalid::new(field, "no-such-party")),
        (Some(_), Some(_)) => Err(Invalid::new(field, "several-of-that-name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_stands_where_one_is_asked() {
        let typed = |pairs: &[(&str, &str)]| {
            let mut typed = Typed::default();
            for (name, value) in pairs {
                typed.0.entry((*name).to_owned()).or_default().push((*value).to_owned());
            }
            fields_astray(ActKind::Assign, &typed)
        };
        assert!(typed(&[("lead", "unit/1"), ("criterion", "x")]).is_empty());
        assert_eq!(typed(&[("lead", "unit/1"), ("lead", "unit/2")])[0].code, "several-values");
        assert_eq!(typed(&[("leed", "unit/1")])[0].code, "unknown-field");
    }

    #[test]
    fn today_is_still_to_come_and_yesterday_has_passed() {
        let today = jiff::civil::date(2026, 11, 24);
        assert_eq!(parse_day_to_come("due", "2026-11-24", today), Ok(today));
        assert_eq!(parse_day_to_come("due", "2026-11-23", today).expect_err("yesterday").code, "day-passed");
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert!(parse_date("due", "2026-12-31").is_ok());
        for typed in ["2026-02-29", "31/12/2026", "2026-13-01", "tomorrow", "2026-12-31T00:00"] {
            assert_eq!(parse_date("due", typed).expect_err(typed).code, "no-such-day");
        }
        assert_eq!(parse_date("due", " ").expect_err("blank").code, "missing");
    }
}
