//! The files that pages load: embedded, and named by their content so that they can be kept for a year.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use crate::error::Problem;

/// A file, its type, and the address it has because of its content.
pub struct Asset {
    kind: &'static str,
    content: &'static str,
    name: String,
}

impl Asset {
    fn new(stem: &str, extension: &str, kind: &'static str, content: &'static str) -> Self {
        let hash: String = Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { kind, content, name: format!("{stem}-{hash}.{extension}") }
    }

    /// Where pages find it.
    pub fn address(&self) -> String {
        format!("/static/{}", self.name)
    }
}

/// The one style sheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("luoshi", "css", "text/css; charset=utf-8", include_str!("../static/luoshi.css")));
/// The one script; pages work without it.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("luoshi", "js", "text/javascript; charset=utf-8", include_str!("../static/luoshi.js")));
/// Sends files piece by piece; loaded where a form takes one.
pub static UPLOAD: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("upload", "js", "text/javascript; charset=utf-8", include_str!("../static/upload.js")));
/// The mark.
pub static MARK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("mark", "svg", "image/svg+xml", include_str!("../static/mark.svg")));

/// `GET /static/{name}`
pub async fn get(Path(name): Path<String>) -> Result<Response, Problem> {
    let asset =
        [&STYLE, &SCRIPT, &UPLOAD, &MARK].into_iter().find(|asset| asset.name == name).ok_or(Problem::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.content).into_response())
}
