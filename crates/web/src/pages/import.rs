//! `GET`, `POST /import`: an office's existing ledger comes in. `GET /import/{id}`: what becomes of each row, and how far
//! it is; `POST /import/{id}/mapping`: what its columns are; `POST /import/{id}/confirmation`: the good rows are taken in;
//! `GET /import/{id}/remarks.xlsx`: the same workbook with a column of remarks.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, REFRESH};
use axum::response::IntoResponse as _;
use ledger::Invalid;
use ledger::id::{EvidenceId, OfficerId, UnitId};
use ledger::matter::Kind;
use serde::{Deserialize, Deserializer};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sources::workbook::{COLUMNS_MAX, Encoding, Field, Mapping, Outline, Wanted, fingerprint};
use store::access::{Import, ImportState};
use uuid::Uuid;

use crate::App;
use crate::acts::supervising_units;
use crate::error::Problem;
use crate::form::{CheckedForm, File, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::import::{
    Checked, FATES, Fate, Remarked, Settings, Spread, View, best_sheet, holder, look, may_import, read_bytes, said,
    start, taken, view,
};
use crate::paging::cut;
use crate::query::{Query, readable};
use crate::session::SignedIn;
use crate::who::Who;

/// Rows on one page.
const LINES: usize = 100;

#[derive(Template)]
#[template(path = "import.html")]
struct Imports {
    frame: Frame,
    form: Filled,
    imports: Vec<Import>,
}

impl Imports {
    fn state(&self, import: &Import) -> String {
        self.frame.word("import-state", import.state.word())
    }
}

async fn may(app: &App, officer: OfficerId) -> Result<(), Problem> {
    app.read(move |read| Ok(may_import(&*read.organisation()?, officer, read.today())?)).await
}

/// Runs what reads files or the disk off the event loop.
async fn apart<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let app = app.clone();
    tokio::task::spawn_blocking(move || work(&app)).await.map_err(Problem::fault)?
}

async fn imports(app: &Arc<App>, frame: Frame, officer: OfficerId, form: Filled) -> Result<Imports, Problem> {
    may(app, officer).await?;
    let imports = apart(app, move |app| Ok(app.access.imports(officer)?)).await?;
    Ok(Imports { frame, form, imports })
}

/// The form, and what the officer brought before.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    page(&imports(&app, frame, officer, Filled::default()).await?)
}

/// Reads a workbook and shows what would become of its rows. Nothing of it comes on the record yet.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, mut sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    may(&app, officer).await?;
    let file = sent.files.drain(..).find(|file| file.field == "file");
    match bring(&app, &frame, officer, file).await {
        Ok(id) if frame.visit().json => Ok(Json(json!({ "import": id.to_string() })).into_response()),
        Ok(id) => Ok(go_to(&format!("/import/{id}"))),
        Err(Problem::Invalid(invalid)) if !frame.visit().json => {
            sent.form.wrong(invalid);
            page_again(&imports(&app, frame, officer, sent.form).await?)
        }
        Err(problem) => Err(problem),
    }
}

async fn bring(app: &Arc<App>, frame: &Frame, officer: OfficerId, file: Option<File>) -> Result<Uuid, Problem> {
    let File { name, bytes, .. } = file.ok_or(Invalid::new("file", "no-file"))?;
    let (id, lang) = (app.command_id().0, frame.lang().tag().to_owned());
    apart(app, move |app| {
        let turn = app.imports.turn();
        let outline = read_bytes(app, &name, &bytes, &Wanted::Outline, &mut |_| {})?;
        drop(turn);
        let sheet = best_sheet(&outline);
        let default = app.store.read(|read| -> Result<Option<UnitId>, Problem> {
            let units = supervising_units(&*read.organisation()?, read.today());
            let own = crate::import::office_of(read, officer)?.filter(|unit| units.contains(unit));
            Ok(own.or(units.first().copied().filter(|_| units.len() == 1)))
        })?;
        let settings = Settings {
            sheet,
            mapping: mapping(app, &outline, sheet)?,
            year: outline.sheets.get(sheet).and_then(|sheet| sheet.header.year),
            takes_hidden: false,
            supervising: default,
            kind: Kind::Directive,
            spread: Spread::Office,
            lang,
        };
        let file = EvidenceId(app.command_id().0);
        let mut writer = app.store.blob_writer(&holder(id), file)?;
        writer.write(&bytes)?;
        writer.finish()?;
        app.access.make_import(&Import {
            id,
            officer,
            name: name.chars().take(200).collect(),
            file,
            sha256: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            settings: serde_json::to_string(&settings).map_err(Problem::fault)?,
            state: ImportState::Checked,
            done: 0,
            total: 0,
            opened: 0,
            created: app.now(),
        })?;
        Ok(id)
    })
    .await
}

/// What these headings were taken for last, else what they say.
fn mapping(app: &App, outline: &Outline, sheet: usize) -> Result<Mapping, Problem> {
    let Some(header) = outline.sheets.get(sheet).map(|sheet| &sheet.header) else { return Ok(Mapping::default()) };
    let kept = app.access.mapping(fingerprint(header))?;
    let kept = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok(kept.map_or_else(|| Mapping::guess(header), |kept| Mapping::recall(header, &kept)))
}

/// Which rows are looked at.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The code of a fate; nothing for all. Without it, of an import that is done no rows are asked for.
    #[serde(default, deserialize_with = "fate_or_all")]
    pub show: Option<String>,
    /// From 0.
    #[serde(default)]
    pub page: usize,
}

fn fate_or_all<'de, D: Deserializer<'de>>(asked: D) -> Result<Option<String>, D::Error> {
    readable(asked, |code| FATES.contains(&code)).map(Some)
}

impl Asked {
    /// Whether rows are looked at, and not only what came of the whole.
    fn is_for_rows(&self) -> bool {
        self.show.is_some() || self.page > 0
    }
}

/// A row as the page shows it.
struct Line {
    row: u32,
    words: String,
    fate: &'static str,
    number: Option<String>,
    remarks: Vec<String>,
}

#[derive(Template)]
#[template(path = "import-one.html")]
struct One {
    frame: Frame,
    who: Who,
    import: Import,
    /// None once the file has gone, and where no rows are looked at.
    view: Option<View>,
    counts: Vec<(&'static str, usize)>,
    lines: Vec<Line>,
    units: Vec<UnitId>,
    asked: Asked,
    has_more: bool,
}

impl One {
    fn count(&self, fate: &str) -> usize {
        self.counts.iter().find(|(code, _)| *code == fate).map_or(0, |(_, count)| *count)
    }

    fn is(&self, word: &str) -> bool {
        self.import.state.word() == word
    }

    /// How it was read: what the clerk should know before he believes it.
    fn notices(&self) -> Vec<String> {
        let Some(View { outline, settings, .. }) = &self.view else { return vec![] };
        let mut notices = vec![];
        if let Some(read) = outline.text {
            let encoding = match read.encoding {
                Encoding::Utf8 => "UTF-8",
                Encoding::Utf16 => "UTF-16",
                Encoding::Gb18030 => "GB 18030",
            };
            let separator = match read.separator {
                ',' => "comma",
                ';' => "semicolon",
                '\t' => "tab",
                _other => "wide-comma",
            };
            let separator = self.frame.word("import-separator", separator);
            let message = self.frame.text("import-read-as").arg("encoding", encoding).arg("separator", separator);
            notices.push(message.to_string());
        }
        if let Some(sheet) = outline.sheets.get(settings.sheet).filter(|sheet| sheet.formulas > 0) {
            notices.push(self.frame.text("import-formulas").arg("count", sheet.formulas).to_string());
        }
        if outline.sheets.get(settings.sheet).is_some_and(|sheet| sheet.is_cut) {
            notices.push(self.frame.text("import-cut").arg("columns", COLUMNS_MAX).to_string());
        }
        if outline.is_1904 {
            notices.push(self.frame.text("import-1904").to_string());
        }
        notices
    }

    /// Number, heading and field of each column that has a heading.
    fn columns(&self) -> Vec<(usize, String, Option<Field>)> {
        let Some(View { outline, settings, .. }) = &self.view else { return vec![] };
        let Some(header) = outline.sheets.get(settings.sheet).map(|sheet| &sheet.header) else { return vec![] };
        let field = |at: usize| settings.mapping.columns.get(at).copied().flatten();
        let named = header.names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        named.map(|(at, name)| (at, name.clone(), field(at))).collect()
    }

    fn wide(&self, count: &usize) -> String {
        self.frame.number(&(*count as u64))
    }

    fn lacks_directive(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.settings.mapping.column(Field::Directive).is_none())
    }

    /// Only the sums that were kept: whoever wants to see rows asks for them, and they are checked once more.
    fn shows_sums(&self) -> bool {
        self.import.state == ImportState::Done && !self.asked.is_for_rows()
    }

    fn show(&self) -> &str {
        self.asked.show.as_deref().unwrap_or_default()
    }

    fn address(&self, show: &str, page: usize) -> String {
        format!("/import/{}?show={show}&page={page}", self.import.id)
    }
}

fn find(app: &App, officer: OfficerId, id: &str) -> Result<Import, Problem> {
    let id = Uuid::parse_str(id).map_err(|_| Problem::NotFound)?;
    app.access.import(id)?.filter(|import| import.officer == officer).ok_or(Problem::NotFound)
}

async fn one(app: &Arc<App>, frame: Frame, officer: OfficerId, id: String, asked: Asked) -> Result<One, Problem> {
    may(app, officer).await?;
    let is_for_rows = asked.is_for_rows();
    let (import, found) = apart(app, move |app| {
        let import = find(app, officer, &id)?;
        // While its rows are taken in, what becomes of them changes under the page; only how far it is is shown. Once
        // they are, all of them would be checked again to say what is known.
        match import.state {
            ImportState::Running => return Ok((import, None)),
            ImportState::Done if !is_for_rows => return Ok((import, None)),
            ImportState::Checked | ImportState::Done | ImportState::Stopped => {}
        }
        match view(app, &import) {
            Ok(found) => Ok((import, Some(found))),
            Err(Problem::NotFound) => Ok((import, None)),
            Err(problem) => Err(problem),
        }
    })
    .await?;
    if import.state == ImportState::Running && !app.imports.is_running(import.id) {
        start(app.clone(), import.clone());
    }
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    let who = Who::new(&frame, organisation.clone());
    let rows: &[Checked] = found.as_ref().map_or(&[], |view| &view.checked);
    let count = |code: &str| rows.iter().filter(|row| row.fate.code() == code).count();
    let counts = if found.is_some() { FATES.iter().map(|code| (*code, count(code))).collect() } else { vec![] };
    let show = asked.show.as_deref().unwrap_or_default();
    let shown = rows.iter().filter(|row| show.is_empty() || row.fate.code() == show);
    let page: Vec<&Checked> = shown.skip(asked.page.saturating_mul(LINES)).take(LINES + 1).collect();
    let (page, has_more) = cut(page, LINES, asked.page == 0)?;
    let lines = page
        .into_iter()
        .map(|row| Line {
            row: row.row,
            words: row.words.to_string(),
            fate: row.fate.code(),
            number: match &row.fate {
                Fate::There(number) => number.map(|number| number.to_string()),
                Fate::Changed(number, _) => Some(number.to_string()),
                Fate::Add { .. } | Fate::Same { .. } | Fate::Refused | Fate::Left(_) => None,
            },
            remarks: said(&frame, &who, row),
        })
        .collect();
    let units = supervising_units(&organisation, today);
    Ok(One { frame, who, import, view: found, counts, lines, units, asked, has_more })
}

/// What becomes of each row, or how far it is.
pub async fn get_one(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let shown = one(&app, frame, officer, id, asked).await?;
    if shown.frame.visit().json {
        return Ok(Json(as_json(&shown)).into_response());
    }
    let is_running = shown.is("running");
    let mut response = page(&shown)?;
    if is_running {
        // Without scripts the page looks again by itself.
        response.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(response)
}

fn as_json(one: &One) -> serde_json::Value {
    let counts: serde_json::Map<String, serde_json::Value> =
        one.counts.iter().map(|(code, count)| ((*code).to_owned(), json!(count))).collect();
    let columns: Vec<_> = one
        .columns()
        .into_iter()
        .map(|(at, heading, field)| json!({ "column": at, "heading": heading, "field": field.map(Field::code) }))
        .collect();
    let rows: Vec<_> = one
        .lines
        .iter()
        .map(|line| json!({ "row": line.row, "fate": line.fate, "directive": line.words, "number": line.number, "remarks": line.remarks }))
        .collect();
    json!({
        "import": one.import.id.to_string(),
        "state": one.import.state.word(),
        "done": one.import.done,
        "total": one.import.total,
        "opened": one.import.opened,
        "counts": counts,
        "columns": columns,
        "notices": one.notices(),
        "rows": rows,
        "more": one.has_more,
    })
}

/// Keeps what the columns are taken for, and for the next workbook with these headings.
pub async fn post_mapping(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(id): Path<String>,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    may(&app, officer).await?;
    let (form, lang, to) = (sent.form, frame.lang().tag().to_owned(), id.clone());
    let kept = apart(&app, move |app| {
        let import = find(app, officer, &id)?;
        let View { outline, settings, .. } = view(app, &import)?;
        let settings = chosen(app, &form, &outline, settings, lang)?;
        let header = outline.sheets.get(settings.sheet).map(|sheet| sheet.header.clone()).unwrap_or_default();
        let columns = serde_json::to_string(&settings.mapping.kept(&header)).map_err(Problem::fault)?;
        let json = serde_json::to_string(&settings).map_err(Problem::fault)?;
        let kept = app.access.set_import_settings(import.id, &json)?;
        if kept {
            app.access.keep_mapping(fingerprint(&header), &columns)?;
        }
        Ok(kept)
    })
    .await?;
    match (kept, frame.visit().json) {
        (true, true) => Ok(Json(json!({ "import": to })).into_response()),
        (true, false) => Ok(go_to(&format!("/import/{to}"))),
        (false, _) => Err(Problem::Stale),
    }
}

fn chosen(app: &App, form: &Filled, outline: &Outline, before: Settings, lang: String) -> Result<Settings, Problem> {
    let typed = |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let sheet = match typed("sheet") {
        Some(sheet) => sheet.parse().ok().filter(|at| *at < outline.sheets.len()),
        None => Some(before.sheet),
    };
    let sheet = sheet.ok_or(Invalid::new("sheet", "unknown-code"))?;
    let header = outline.sheets.get(sheet).map(|sheet| sheet.header.clone()).unwrap_or_default();
    // Another sheet has other columns: what was chosen for the one before does not fit it.
    let mut taken = if sheet == before.sheet { before.mapping } else { mapping(app, outline, sheet)? };
    taken.columns.resize(header.names.len(), None);
    if sheet == before.sheet {
        for (at, column) in taken.columns.iter_mut().enumerate() {
            let name = format!("column-{at}");
            if form.typed().any(|(field, _)| field == name) {
                *column = match form.text(&name) {
                    "" => None,
                    code => Some(Field::parse(code).ok_or(Invalid::new("column", "unknown-code"))?),
                };
            }
        }
    }
    let fields: Vec<Field> = taken.columns.iter().flatten().copied().collect();
    if fields.iter().any(|field| fields.iter().filter(|other| *other == field).count() > 1) {
        return Err(Invalid::new("column", "column-twice").into());
    }
    let year = match typed("year") {
        Some(year) => {
            let year = year.parse::<i16>().ok().filter(|year| (2000..2100).contains(year));
            Some(year.ok_or(Invalid::new("year", "no-such-day"))?)
        }
        None => None,
    };
    let supervising = match typed("supervising") {
        Some(unit) => Some(UnitId::parse(&unit).map_err(|_| Invalid::new("supervising", "malformed-id"))?),
        None => None,
    };
    let unknown = |field| Problem::Invalid(Invalid::new(field, "unknown-code"));
    let kind = typed("kind").map_or(Ok(before.kind), |kind| kind.parse().map_err(|_| unknown("kind")))?;
    let spread = match form.text("audience") {
        "" => before.spread,
        "office" => Spread::Office,
        "units" => Spread::Units,
        _other => return Err(unknown("audience")),
    };
    let takes_hidden = form.has("hidden", "yes");
    Ok(Settings { sheet, mapping: taken, year, takes_hidden, supervising, kind, spread, lang })
}

/// Takes the good rows in, on a thread of its own.
pub async fn post_confirmation(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(id): Path<String>,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    may(&app, officer).await?;
    let to = id.clone();
    let (import, moved) = apart(&app, move |app| {
        let import = find(app, officer, &id)?;
        let View { checked, .. } = view(app, &import)?;
        let from = [ImportState::Checked, ImportState::Stopped];
        let moved = app.access.move_import(import.id, &from, ImportState::Running, taken(&checked))?;
        Ok((find(app, officer, &id)?, moved))
    })
    .await?;
    if moved {
        start(app.clone(), import);
    }
    if frame.visit().json {
        return Ok(Json(json!({ "import": to, "started": moved })).into_response());
    }
    Ok(go_to(&format!("/import/{to}")))
}

/// The workbook with a column of remarks.
pub async fn remarks(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    may(&app, officer).await?;
    let organisation = app.read(|read| Ok(read.organisation()?)).await?;
    let who = Who::new(&frame, organisation);
    let text: crate::texts::Text = (*frame).clone();
    let bytes = apart(&app, move |app| {
        let import = find(app, officer, &id)?;
        let View { outline, settings, checked } = view(app, &import)?;
        let sheet = outline.sheets.get(settings.sheet).ok_or(Problem::NotFound)?;
        let mut book = Remarked::begin(&text, &who, sheet, &checked, app.store.dir()).map_err(Problem::fault)?;
        let _turn = app.imports.turn();
        look(app, &import, &Wanted::Rows { sheet: settings.sheet }, &mut |piece| book.take(piece))?;
        book.end().map_err(Problem::fault)
    })
    .await?;
    let mut response = bytes.into_response();
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::from_static("attachment; filename=\"remarks.xlsx\"");
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(response)
}
