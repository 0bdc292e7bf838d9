//! `luoshi demo`: the fictional city of Qinghe, with a few weeks of history, to look around in.

mod city;
mod history;
mod samples;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context as _, bail};
use indicatif::ProgressBar;
use jiff::{SignedDuration, Timestamp};
use ledger::Name;
use store::access::{Access, Clock, Device, Login, Password, Purpose};
use store::{Settings, Store};

use crate::World;
use crate::serve::{app, bind, open, serve};
use city::OFFICERS;

/// What everybody in the demonstration signs in with. It opens nothing but a city that does not exist.
const PASSWORD: &str = "qinghe-demo-2026";
/// The name of the city's log.
const ORIGIN: &str = "luoshi.qinghe.example/demo";
/// The city's history begins so many days ago.
pub const DAYS: i64 = 30;

/// Make the fictional city of Qinghe and serve it on this machine, to look around
#[derive(clap::Args)]
pub struct Demo {
    /// Keep the city in this folder, which must be missing or empty; a temporary one otherwise
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Make the city and stop
    #[arg(long, requires = "data")]
    prepare_only: bool,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

/// The demonstration's own clock, which starts in the past and is moved on from day to day.
#[derive(Clone)]
pub struct Days(Arc<AtomicI64>);

impl Days {
    /// Morning of a day, counted from today.
    pub fn go_to(&self, now: Timestamp, day: i64) {
        let at = now + SignedDuration::from_hours(24 * day) - SignedDuration::from_hours(1);
        self.0.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Every look at it takes seven minutes.
    fn clock(&self) -> Clock {
        let micros = self.0.clone();
        Arc::new(move || {
            let at = micros.fetch_add(20_000_000, Ordering::SeqCst);
            Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH)
        })
    }
}

impl Demo {
    /// Makes the city, and serves it unless it shall only be prepared.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        let listener =
            bind(self.listen).context("nothing was made; choose another address, as with --listen 127.0.0.1:0");
        let listener = if self.prepare_only { None } else { Some(listener?) };
        let mut temporary = None;
        let dir = match &self.data {
            Some(dir) => dir.clone(),
            None => {
                let stamp = (world.clock)().as_microsecond();
                let dir = world.temporary.join(format!("luoshi-demo-{stamp}"));
                std::fs::create_dir(&dir).with_context(|| dir.display().to_string())?;
                temporary = Some(Temporary(dir.clone()));
                dir.join("city")
            }
        };
        let is_new = !dir.exists();
        if let Err(error) = prepare(&dir, world) {
            // Half a city is none; a folder that was there before stays as it was found.
            if is_new {
                let _ = std::fs::remove_dir_all(&dir);
            }
            return Err(error);
        }
        let Some(listener) = listener else {
            println!("the city of Qinghe stands in {}", dir.display());
            println!("serve it with: luoshi serve --data {}", dir.display());
            return Ok(ExitCode::SUCCESS);
        };
        let served = open(&dir, world).and_then(|(store, access)| {
            let app = app(store, access, world, false, false)?;
            let stays = temporary.is_none().then(|| dir.clone());
            serve(app, listener, None, move |address| greet(address, stays.as_deref()))
        });
        drop(temporary);
        served
    }
}

/// Removes the temporary folder when the demonstration ends.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Makes the city in a folder that is missing or empty.
fn prepare(dir: &Path, world: &World) -> anyhow::Result<()> {
    if dir.exists() && std::fs::read_dir(dir).with_context(|| dir.display().to_string())?.next().is_some() {
        let dir = dir.display();
        bail!(
            "{dir} is not empty: a city is made in a folder of its own; one made before is served by luoshi serve --data {dir}"
        );
    }
    std::fs::create_dir_all(dir).with_context(|| dir.display().to_string())?;
    let absolute = std::path::absolute(dir)?;
    let outside = absolute.with_extension("checkpoints.txt");
    make_way(&outside)?;
    let settings = Settings {
        office: Name::parse("清禾市督查室", "Supervision Office of Qinghe").map_err(|_| anyhow::anyhow!("a name"))?,
        origin: ORIGIN.into(),
        time_zone: "Asia/Shanghai".into(),
        language: "zh-Hans".into(),
        checkpoints: Some(outside),
        licence: Some("CC-BY-4.0".into()),
        public_url: None,
    };
    Store::create(dir, &settings, &world.random)?;
    let now = (world.clock)();
    let days = Days(Arc::new(AtomicI64::new(0)));
    days.go_to(now, -DAYS);
    let store = Store::open(dir, days.clock(), world.random.clone())?;
    let bar = ProgressBar::new_spinner();
    bar.set_message("making the city of Qinghe …");
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    history::write(&store, &days, now, world)?;
    let access = Access::open(dir, world.clock.clone(), world.random.clone())?;
    let organisation = store.read(|read| read.organisation())?;
    for officer in OFFICERS {
        let named = |candidate: &&ledger::organisation::Officer| {
            candidate.name().is_some_and(|name| name.en() == officer.name.1)
        };
        let id = organisation.officers().find(named).map(|officer| officer.id).context("an officer is missing")?;
        let login = Login::parse(officer.login).map_err(|invalid| anyhow::anyhow!("{invalid:?}"))?;
        let password = Password::of_a_demonstration(PASSWORD);
        let link = access.make_link(id, Purpose::Invite)?;
        access.create_account(&link, &login, &password, Device::Computer)?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// Takes away the checkpoints that an earlier demonstration left beside its folder: its log is of the same name, and of
/// another key. Those of any other record may be all that is left to judge it by, and stay.
fn make_way(outside: &Path) -> anyhow::Result<()> {
    let name = outside.display();
    match std::fs::read_to_string(outside) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Ok(notes) if notes.lines().next().is_none_or(|origin| origin == ORIGIN) => {
            std::fs::remove_file(outside).with_context(|| format!("{name}, which an earlier demonstration left"))
        }
        Ok(_) => bail!(
            "{name} stands where the demonstration keeps its checkpoints, and is not a demonstration's; \
             move it elsewhere, or choose another folder with --data"
        ),
        Err(error) => Err(error).with_context(|| {
            format!("{name} stands where the demonstration keeps its checkpoints; move it elsewhere, or choose another folder with --data")
        }),
    }
}

fn greet(address: SocketAddr, stays: Option<&Path>) {
    println!("Luoshi: the fictional city of Qinghe is served on http://{address}");
    println!();
    println!("Sign in with the password {PASSWORD} as");
    for (login, what) in [
        ("clerk", "clerk of the supervision office: reads documents, assigns, verifies"),
        ("head", "head of that office: clears, publishes"),
        ("water", "director of the Water Bureau: signs its reports"),
        ("linjiang2", "field worker in Linjiang Township"),
        ("mayor", "a leader: instructs"),
        ("auditor", "an auditor: sees everything, changes nothing"),
        ("admin", "the administrator: units, posts, officers"),
    ] {
        println!("    {login:<10} {what}");
    }
    println!();
    println!(
        "Try: sign in as clerk, open the council's minutes under Documents, and go through them with j, k, Enter, x."
    );
    println!(
        "     Then assign a matter, sign in as its lead, report on it, and look at the proof at the foot of its page."
    );
    println!("     Without signing in you see what the public sees.");
    match stays {
        Some(dir) => {
            println!("Stop with Ctrl-C; the city stays, to be served by luoshi serve --data {}", dir.display())
        }
        None => println!("Stop with Ctrl-C; the city goes with it."),
    }
}
