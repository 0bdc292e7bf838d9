//! `luoshi serve`: the pages of one office.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::middleware::from_fn_with_state;
use ledger::Name;
use ledger::event::Personal;
use ledger::id::{CommandId, OfficerId, PersonId, PostId, UnitId};
use ledger::matter::Hand;
use ledger::organisation::{Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, First};
use prometheus_client::metrics::gauge::Gauge;
use store::access::{Access, Purpose};
use store::{ChangeError, Command, OpenError, PublicUrl, Settings, Store, StoreFault};
use uuid::Uuid;
use web::texts::Lang;
use web::{App, router};

use crate::connections::{self, Patience};
use crate::metrics::{self, Metrics};
use crate::{World, clock, worker};

/// Serve a real office's record; makes the folder on first start and prints a link for the first administrator
#[derive(clap::Args)]
pub struct Serve {
    /// The record's folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where to listen; anything but this machine itself belongs behind a proxy that speaks TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// First start: whose office this is
    #[arg(long, value_name = "NAME", default_value = "督查室 Supervision Office")]
    office: String,
    /// First start: the log's name, best one that starts with your domain; it never changes
    #[arg(long, value_name = "NAME", default_value = "localhost/luoshi")]
    origin: String,
    /// First start: the time zone in which days are counted
    #[arg(long, value_name = "ZONE", default_value = "Asia/Shanghai")]
    time_zone: String,
    /// First start: a file outside the folder, best on another machine's disk, to which every checkpoint is appended
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<PathBuf>,
    /// First start: on what terms the open data may be used, as in CC-BY-4.0
    #[arg(long, value_name = "LICENCE")]
    licence: Option<String>,
    /// First start: where the public reaches this server, as in https://luoshi.qinghe.example; feeds and open data name it
    #[arg(long, value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// People reach this server over TLS only: cookies say so
    #[arg(long)]
    tls: bool,
    /// A proxy of yours stands in front and writes X-Forwarded-For
    #[arg(long)]
    behind_proxy: bool,
    /// Where measures for a monitoring system are served, under /metrics; visitors must not reach it
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// The clock is right although the newest event is more than a hundred days older, or a day newer
    #[arg(long)]
    clock_is_right: bool,
}

impl Serve {
    /// Serves until told to stop.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        // First the address: a folder made, or a link printed, for a server that cannot listen helps nobody.
        let listener = bind(self.listen)?;
        let measures = self.metrics.map(bind).transpose()?;
        if !self.data.join("settings.json").exists() {
            free_for_a_record(&self.data)?;
            let settings = Settings {
                office: in_its_language(&self.office).map_err(|_| anyhow::anyhow!("--office is empty or too long"))?,
                origin: self.origin.clone(),
                time_zone: self.time_zone.clone(),
                language: "zh-Hans".into(),
                checkpoints: self.checkpoints.as_deref().map(std::path::absolute).transpose()?,
                licence: self.licence.clone(),
                public_url: self.public_url.clone(),
            };
            Store::create(&self.data, &settings, &world.random)?;
        }
        let (store, access) = open(&self.data, world)?;
        if !self.clock_is_right {
            clock::check((world.clock)(), store.last_at()?)?;
        }
        if let Some(secret) = setup_link(&store, &access, world)? {
            println!("Nobody can sign in yet. The first administrator comes in once, within three days, by");
            println!("    http://{}/setup/{secret}", here(listener.local_addr()?));
        }
        if store.settings().checkpoints.is_none() {
            eprintln!("luoshi: no file of checkpoints outside the folder is set; see `luoshi doctor`");
        }
        if self.public_url.is_some() && self.public_url != store.settings().public_url {
            eprintln!("luoshi: --public-url counts at first start only; change public_url in settings.json");
        }
        for warning in warnings(listener.local_addr()?, self.tls, self.behind_proxy) {
            eprintln!("luoshi: {warning}");
        }
        let app = app(store, access, world, self.tls, self.behind_proxy)?;
        serve(app, listener, measures, |address| println!("Luoshi is served on http://{address}"))
    }
}

/// Errors: something stands in the folder and none of it is a record's, so it is most likely the wrong one.
fn free_for_a_record(dir: &Path) -> anyhow::Result<()> {
    if !dir.exists() || dir.join("record.db").exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let entry = entry?;
        // What a disk of its own brings along, and what a first start that was cut short leaves.
        let left = ["lost+found", "lock", "keys", "blobs", "settings.json.new"];
        if !left.iter().any(|name| entry.file_name() == *name) {
            bail!("{} holds something else: name a record's folder, or one that is missing or empty", dir.display());
        }
    }
    Ok(())
}

/// What could bite whoever serves like this.
fn warnings(listens: SocketAddr, tls: bool, behind_proxy: bool) -> Vec<&'static str> {
    let is_beyond = !listens.ip().is_loopback();
    let mut warnings = vec![];
    if is_beyond && !tls {
        warnings.push(
            "others can reach this address, and passwords cross the network unsealed: put a proxy that speaks TLS in \
             front and start with --tls --behind-proxy; see docs/operations.md",
        );
    }
    if is_beyond && behind_proxy {
        warnings.push(
            "others can reach this address without the proxy and name any X-Forwarded-For they like: listen on \
             127.0.0.1, or let nobody but the proxy through",
        );
    }
    if behind_proxy && !tls {
        warnings.push("a proxy stands in front without --tls: cookies may cross the network unsealed");
    }
    if tls && !behind_proxy {
        warnings.push("--tls without --behind-proxy: everybody counts as the address of whatever speaks TLS in front");
    }
    warnings
}

/// Opens a folder for serving.
pub fn open(dir: &Path, world: &World) -> anyhow::Result<(Store, Access)> {
    let store = Store::open(dir, world.clock.clone(), world.random.clone())
        .map_err(|error| match error {
            OpenError::Missing => anyhow::anyhow!("there is no record in {}", dir.display()),
            other => other.into(),
        })
        .with_context(|| format!("cannot open {}", dir.display()))?;
    let access = Access::open(dir, world.clock.clone(), world.random.clone())?;
    // An erasure that a crash cut short may have left the login behind.
    let organisation = store.read(|read| read.organisation())?;
    for erased in organisation.officers().filter(|officer| officer.person_id().is_none()) {
        access.close_account(erased.id)?;
    }
    Ok((store, access))
}

/// The site over an open folder.
pub fn app(store: Store, access: Access, world: &World, tls: bool, behind_proxy: bool) -> anyhow::Result<Arc<App>> {
    let settings = store.settings();
    let settings = web::Settings {
        office: settings.office.clone(),
        origin: settings.origin.clone(),
        zone: settings.zone()?,
        language: Lang::parse(&settings.language).unwrap_or(Lang::En),
        secure_cookies: tls,
        behind_proxy,
    };
    let (clock, random) = (world.clock.clone(), world.random.clone());
    let reader = worker::reader(world.program.clone());
    let workbooks = worker::workbooks(world.program.clone());
    let (access, imports, uploads) = (Arc::new(access), Default::default(), Default::default());
    let (hashing, sending, counting) = Default::default();
    Ok(Arc::new(App {
        store,
        reader,
        workbooks,
        imports,
        access,
        hashing,
        uploads,
        sending,
        counting,
        settings,
        clock,
        random,
    }))
}

/// Threads that wait for the disk; more would only wait longer and hold more memory.
const BLOCKING_THREADS: usize = 64;

/// Takes the address, before anything is made or said.
pub fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(listen).with_context(|| format!("cannot listen on {listen}"))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// An address that can be opened on this machine.
fn here(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    address
}

/// Serves until interrupted; what is under way is finished first.
/// `measures` is where the metrics are served, if they are.
pub fn serve(
    app: Arc<App>,
    listener: TcpListener,
    measures: Option<TcpListener>,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().max_blocking_threads(BLOCKING_THREADS).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        ready(listener.local_addr()?);
        web::import::resume(&app).map_err(|problem| anyhow::anyhow!("imports cannot be gone on with: {problem:?}"))?;
        tokio::spawn(sweep_every_hour(app.clone()));
        let counting = app.clone();
        tokio::spawn(async move { web::pages::public::count_ahead(&counting).await });
        let patience = if app.settings.behind_proxy { Patience::PROXY } else { Patience::VISITORS };
        let metrics = Arc::new(Metrics::default());
        if let Some(measures) = measures {
            let (listener, page) =
                (tokio::net::TcpListener::from_std(measures)?, metrics::router(app.clone(), metrics.clone()));
            tokio::spawn(connections::serve(
                listener,
                page,
                Patience::METRICS,
                Gauge::default(),
                std::future::pending(),
            ));
        }
        let site = router(app).layer(from_fn_with_state(metrics.clone(), metrics::measure));
        connections::serve(listener, site, patience, metrics.connections().clone(), told_to_stop()).await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Takes away what no event has named for a day, and what is kept of workbooks that were brought.
async fn sweep_every_hour(app: Arc<App>) {
    let mut hours = tokio::time::interval(Duration::from_secs(3_600));
    loop {
        hours.tick().await;
        let store = app.store.clone();
        if let Ok(Err(fault)) = tokio::task::spawn_blocking(move || store.sweep_blobs()).await {
            tracing::error!(fault = fault.to_string(), "files that no event names could not be taken away");
        }
        let access = app.access.clone();
        if let Ok(Err(fault)) = tokio::task::spawn_blocking(move || access.sweep_imports()).await {
            tracing::error!(fault = fault.to_string(), "imports whose files have gone could not be forgotten");
        }
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = match signal(SignalKind::terminate()) {
        Ok(ended) => ended,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = ended.recv() => {}
    }
}

/// A link for the first administrator while nobody has an account; enrols him if nobody is enrolled.
fn setup_link(store: &Store, access: &Access, world: &World) -> anyhow::Result<Option<String>> {
    if access.anybody()? {
        return Ok(None);
    }
    let id = || {
        let mut bytes = [0; 10];
        (world.random)(&mut bytes);
        let millis = u64::try_from((world.clock)().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    };
    let enrolled =
        store.read(|read| Ok::<_, StoreFault>(read.organisation()?.officers().next().map(|officer| officer.id)))?;
    let officer = match enrolled {
        Some(officer) => officer,
        None => begin(store, OfficerId(id()), &id)?,
    };
    Ok(Some(access.make_link(officer, Purpose::Setup)?.reveal()))
}

/// A name given on the command line, under the language that it is in.
fn in_its_language(name: &str) -> Result<Name, ledger::Invalid> {
    match Lang::of(name) {
        Some(Lang::ZhHans) => Name::parse(name, ""),
        Some(Lang::En) | None => Name::parse("", name),
    }
}

/// Enrols the first administrator, in a unit of his own: the office and its units he founds himself.
pub fn begin(store: &Store, officer: OfficerId, id: &dyn Fn() -> Uuid) -> Result<OfficerId, ChangeError> {
    let name = |zh: &str, en: &str| Name::parse(zh, en).map_err(ChangeError::Invalid);
    let first = First {
        unit: UnitId(id()),
        unit_text: UnitText { name: name("系统管理", "System administration")?, aliases: vec![] },
        // Nothing is carried out here, and an administrator acts on no matter; whoever makes his supervision office of
        // it has one, and everything else may stand under it.
        function: Function::Supervision,
        post: PostId(id()),
        post_text: PostText { title: name("系统管理员", "Administrator")? },
        personal: Personal { person: PersonId(id()), value: OfficerName { name: name("管理员", "Administrator")? } },
    };
    let command = Command { id: CommandId(id()), actor: officer, on_behalf: None, request: [0; 32], expects: vec![] };
    store.change(command, move |read| {
        let (first, by) = (first.clone(), Hand { officer, on_behalf: None });
        Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
    })?;
    Ok(officer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_serves_beyond_this_machine_without_tls_is_warned() {
        let here: SocketAddr = "127.0.0.1:8080".parse().expect("an address");
        let beyond: SocketAddr = "0.0.0.0:8080".parse().expect("an address");
        assert!(warnings(here, false, false).is_empty(), "on this machine, to look at it");
        assert!(warnings(here, true, true).is_empty(), "as the operator's guide says");
        assert_eq!(warnings(here, false, true).len(), 1);
        assert_eq!(warnings(here, true, false).len(), 1);
        assert!(warnings(beyond, false, false)[0].contains("unsealed"));
        assert!(warnings(beyond, true, true)[0].contains("X-Forwarded-For"));
    }
}
