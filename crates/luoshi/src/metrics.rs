//! What an operator watches, in the Prometheus text format, on an address of its own that visitors do not reach.
//!
//! Counts and times only: no path, no name, no number of a matter.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use store::{LogSize, StoreFault};
use tokio::time::Instant;
use web::App;

/// Upper bounds of the times that are told apart, in seconds.
const SECONDS: [f64; 11] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 10.0];

/// The measures of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Kind, Counter>,
    seconds: Family<Method, Histogram>,
    connections: Gauge,
    events: Gauge,
    unsigned: Gauge,
    record_bytes: Gauge,
    unmerged_bytes: Gauge,
    memory_bytes: Gauge,
}

/// A sort of request.
#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Kind {
    method: &'static str,
    /// The answer's first digit: 2 to 5.
    class: u16,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("luoshi");
        let seconds: Family<Method, Histogram> = Family::new_with_constructor(|| Histogram::new(SECONDS));
        let requests = Family::default();
        registry.register("requests", "Requests answered, by method and first digit of the status", requests.clone());
        registry.register_with_unit(
            "request_duration",
            "From a request's head to its answer's head",
            Unit::Seconds,
            seconds.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        Self {
            connections: gauge("connections", "Open connections"),
            events: gauge("events", "Events in the record"),
            unsigned: gauge(
                "unsigned_events",
                "Events without a signed checkpoint; more than a second of them is a fault",
            ),
            record_bytes: gauge("record_bytes", "Size of record.db"),
            unmerged_bytes: gauge("write_ahead_bytes", "Size of the write-ahead log of record.db"),
            memory_bytes: gauge("resident_memory_bytes", "Resident memory of the server"),
            requests,
            seconds,
            registry,
        }
    }
}

impl Metrics {
    /// Open connections, for whoever opens and ends them.
    pub fn connections(&self) -> &Gauge {
        &self.connections
    }

    fn page(&self, log: LogSize, dir: &Path) -> Result<String, std::fmt::Error> {
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let set = |gauge: &Gauge, value: u64| gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        set(&self.events, log.events);
        set(&self.unsigned, log.events.saturating_sub(log.signed));
        set(&self.record_bytes, size(&dir.join("record.db")));
        set(&self.unmerged_bytes, size(&dir.join("record.db-wal")));
        set(&self.memory_bytes, resident_bytes().unwrap_or(0));
        let mut page = String::new();
        encode(&mut page, &self.registry)?;
        Ok(page)
    }
}

/// Linux tells it in `/proc`; elsewhere nothing is told.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1_024)
}

/// Counts a request and measures its time.
pub async fn measure(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let method = match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        _ => "other",
    };
    let began = Instant::now();
    let response = next.run(request).await;
    metrics.seconds.get_or_create(&Method { method }).observe(began.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Kind { method, class: response.status().as_u16() / 100 }).inc();
    response
}

/// The page, at `/metrics` and nowhere else.
pub fn router(app: Arc<App>, metrics: Arc<Metrics>) -> Router {
    let page = async move || {
        let (app, metrics) = (app.clone(), metrics.clone());
        let read = tokio::task::spawn_blocking(move || {
            let log = app.store.log_size()?;
            metrics.page(log, app.store.dir()).map_err(|_| StoreFault::Malformed("metrics"))
        });
        match read.await {
            Ok(Ok(page)) => {
                ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], page).into_response()
            }
            Ok(Err(fault)) => {
                tracing::error!(fault = fault.to_string(), "the metrics could not be read");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    };
    Router::new().route("/metrics", get(page))
}
