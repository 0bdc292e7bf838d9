//! `GET /robots.txt`, `GET /sitemap.xml`: what search engines may read, and where it is.

use std::sync::Arc;

use axum::extract::State;
use store::PublishedFilter;

use crate::App;
use crate::error::Problem;
use crate::frame::Answer;
use crate::fresh::Asking;

/// Matters in the sitemap: the latest so many pages of a thousand. The format allows fifty thousand.
const PAGES: usize = 40;

/// Forms, receipts and what needs an account are nobody's to read by the thousand.
pub async fn get(State(app): State<Arc<App>>, asking: Asking) -> Answer {
    let closed = ["/account", "/contradictions", "/display", "/matters/*/contradiction", "/setup", "/sign-in"];
    let lines: String = closed.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let base = asking.base(&app);
    Ok(asking.kept("text/plain; charset=utf-8", format!("User-agent: *\n{lines}\nSitemap: {base}/sitemap.xml\n")))
}

/// The address of every published matter, and when the last of it was shown.
pub async fn sitemap(State(app): State<Arc<App>>, asking: Asking) -> Answer {
    let lines = app
        .read(|read| {
            let mut all = vec![];
            let mut filter = PublishedFilter::default();
            for _ in 0..PAGES {
                let page = read.published(&filter, 1_000)?;
                filter.before = page.last().map(|last| last.matter);
                all.extend(page.iter().map(|line| (line.number, line.at)));
                if page.len() < 1_000 {
                    break;
                }
            }
            Ok::<_, Problem>(all)
        })
        .await?;
    let base = asking.base(&app);
    let mut urls: String =
        ["/", "/published", "/open-data"].map(|path| format!("<url><loc>{base}{path}</loc></url>\n")).concat();
    for (number, at) in lines {
        urls.push_str(&format!("<url><loc>{base}/matters/{number}</loc><lastmod>{at:.0}</lastmod></url>\n"));
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    );
    Ok(asking.kept("application/xml; charset=utf-8", xml))
}
