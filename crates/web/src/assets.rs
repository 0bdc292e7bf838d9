//! The files that pages load: embedded, named by their content so that they can be kept for a year, and packed once.
//! Pages themselves are never packed: their length would then tell of the secrets in their forms.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::error::Problem;

/// A file, its type, and the address it has because of its content.
pub struct Asset {
    kind: &'static str,
    content: &'static str,
    packed: Vec<u8>,
    name: String,
}

impl Asset {
    fn new(stem: &str, extension: &str, kind: &'static str, content: &'static str) -> Self {
        let hash: String = Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let mut packer = GzEncoder::new(vec![], Compression::best());
        // Writing to memory does not fail; were it to, the file would go as it is.
        let packed = packer.write_all(content.as_bytes()).and_then(|()| packer.finish()).unwrap_or_default();
        Self { kind, content, packed, name: format!("{stem}-{hash}.{extension}") }
    }

    /// Where pages find it.
    pub fn address(&self) -> String {
        format!("/static/{}", self.name)
    }

    /// Bytes on the way to a browser that unpacks, as every one does.
    pub fn weight(&self) -> usize {
        self.packed.len()
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
    LazyLock::new(|| Asset::new("mark", "svg", "image/svg+xml; charset=utf-8", include_str!("../static/mark.svg")));

/// `GET /static/{name}`
pub async fn get(Path(name): Path<String>, asked: HeaderMap) -> Result<Response, Problem> {
    let asset =
        [&STYLE, &SCRIPT, &UPLOAD, &MARK].into_iter().find(|asset| asset.name == name).ok_or(Problem::NotFound)?;
    let headers =
        [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (VARY, "accept-encoding")];
    if !asset.packed.is_empty() && unpacks(&asked) {
        return Ok((headers, [(CONTENT_ENCODING, "gzip")], asset.packed.as_slice()).into_response());
    }
    Ok((headers, asset.content).into_response())
}

/// Whether the browser says that it unpacks gzip.
fn unpacks(asked: &HeaderMap) -> bool {
    let said = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}
