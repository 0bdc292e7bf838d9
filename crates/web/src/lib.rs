//! The pages: server-rendered, working without scripts, in English and simplified Chinese.
//!
//! A page is three files: `src/pages/<page>.rs` (page struct, GET, POST), `templates/<page>.html`, and its texts in
//! `texts/{en,zh-Hans}/<page>.ftl`. A request comes in through `visit` (who asks, in which language), and whatever a
//! handler cannot answer goes out through `error`.

pub mod acts;
pub mod assets;
pub mod error;
pub mod form;
pub mod frame;
pub mod fresh;
pub mod headers;
pub mod import;
pub mod next;
pub mod pages;
pub mod paging;
pub mod query;
pub mod read_log;
pub mod reading;
pub mod record;
pub mod session;
pub mod stream;
pub mod texts;
pub mod uploads;
pub mod visit;
pub mod watch;
pub mod who;
pub mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::Name;
use ledger::id::CommandId;
use store::Store;
use store::access::{Access, AccessError, Clock, Random};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::error::Problem;
use crate::reading::Reader;
use crate::texts::Lang;
use crate::uploads::Uploads;

/// A form's greatest size: one text of the greatest length, in Chinese, percent-encoded, and room to spare.
pub const FORM_BYTES: usize = 1 << 20;
/// So many passwords are hashed at once.
const HASHED_AT_ONCE: usize = 2;
/// So long somebody waits for his turn.
const HASHING_PATIENCE: Duration = Duration::from_secs(10);
/// After so long a request is given up; one that brings a file, after so long without a byte.
const PATIENCE: Duration = Duration::from_secs(60);

/// What every page may use.
pub struct App {
    /// The record.
    pub store: Store,
    /// Reads documents, apart from this process where the binary says so.
    pub reader: Reader,
    /// Reads workbooks, apart from this process likewise.
    pub workbooks: import::WorkbookReader,
    /// Ledgers that are being taken in.
    pub imports: import::Desk,
    /// Who may come in.
    pub access: Arc<Access>,
    /// So many passwords are hashed at once; each takes memory by design.
    pub hashing: Hashing,
    /// Files that come in piece by piece.
    pub uploads: Uploads,
    /// So many files are written at once while they are sent.
    pub sending: stream::Turns,
    /// What the public's pages count.
    pub counting: pages::public::Counting,
    /// What the office decided once.
    pub settings: Settings,
    /// Tells the time.
    pub clock: Clock,
    /// Makes ids and secrets.
    pub random: Random,
}

/// Turns at hashing passwords.
pub struct Hashing(Semaphore);

impl Default for Hashing {
    fn default() -> Self {
        Self(Semaphore::new(HASHED_AT_ONCE))
    }
}

/// What the office decided once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose office this is; shown at the head of every page.
    pub office: Name,
    /// The record's own name, under which its checkpoints are signed.
    pub origin: String,
    /// The office's time zone.
    pub zone: TimeZone,
    /// For people whose browser asks for neither language.
    pub language: Lang,
    /// Whether people reach the office over TLS only; cookies then carry the `__Host-` prefix and `Secure`.
    pub secure_cookies: bool,
    /// Whether a proxy of ours stands in front and writes `X-Forwarded-For`.
    pub behind_proxy: bool,
}

impl App {
    /// Now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Today in the office's time zone.
    pub fn today(&self) -> civil::Date {
        self.now().to_zoned_datetime(self.settings.zone.clone()).date()
    }

    /// A command id for a form that is about to be shown: a UUIDv7.
    pub fn command_id(&self) -> CommandId {
        let mut bytes = [0; 10];
        (self.random)(&mut bytes);
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        CommandId(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// Uses accounts where a password is hashed. Waits for its turn, so that a crowd at the door costs time and no memory.
    /// Errors: `Busy` after ten seconds.
    pub async fn hash<T, E>(&self, work: impl FnOnce(&Access) -> Result<T, E> + Send + 'static) -> Result<T, Entry>
    where
        T: Send + 'static,
        E: Into<AccessError> + Send + 'static,
    {
        let turn = tokio::time::timeout(HASHING_PATIENCE, self.hashing.0.acquire()).await;
        let _turn = turn.map_err(|_| Entry::Problem(Problem::Busy))?;
        self.access(work).await
    }

    /// Uses accounts and sessions off the event loop: hashing takes tens of milliseconds, and a commit waits for the disk.
    pub async fn access<T, E>(&self, work: impl FnOnce(&Access) -> Result<T, E> + Send + 'static) -> Result<T, Entry>
    where
        T: Send + 'static,
        E: Into<AccessError> + Send + 'static,
    {
        let access = self.access.clone();
        match tokio::task::spawn_blocking(move || work(&access)).await {
            Ok(done) => done.map_err(|error| Entry::from(error.into())),
            Err(panicked) => Err(Entry::Problem(Problem::fault(panicked))),
        }
    }
}

/// Why somebody could not come in: something the form shows, or a problem for the error page.
#[derive(Debug)]
pub enum Entry {
    /// What the form itself can show.
    Denied(AccessError),
    /// The rest.
    Problem(Problem),
}

impl From<AccessError> for Entry {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Fault(fault) => Entry::Problem(fault.into()),
            AccessError::WrongPassword
            | AccessError::Throttled { .. }
            | AccessError::LinkSpent
            | AccessError::LoginTaken
            | AccessError::NoAccount => Entry::Denied(error),
        }
    }
}

/// The whole site. Serve it with connect info, or every visitor counts as one address when guesses are slowed.
pub fn router(app: Arc<App>) -> Router {
    pages::routes()
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .merge(pages::bringing_files().layer(RequestBodyTimeoutLayer::new(PATIENCE)))
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(app.clone(), visit::receive))
        .layer(from_fn_with_state(app, headers::secure))
}
