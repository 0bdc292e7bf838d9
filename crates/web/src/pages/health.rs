//! `GET /healthz`: for whatever watches the process.

/// `ok`, as long as requests are answered at all.
pub async fn get() -> &'static str {
    "ok\n"
}
