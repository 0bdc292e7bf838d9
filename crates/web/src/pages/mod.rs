//! Every page, and where it stands. One file a page: its struct, its GET, its POST.

pub mod account;
pub mod act;
pub mod assignment;
pub mod audit;
pub mod delegations;
pub mod display;
pub mod document;
pub mod documents;
pub mod evidence;
pub mod export;
pub mod health;
pub mod home;
pub mod import;
pub mod language;
pub mod matter;
pub mod matters;
pub mod meetings;
pub mod notices;
pub mod organisation;
pub mod overview;
pub mod parts;
pub mod password;
pub mod profile;
pub mod proof;
pub mod public;
pub mod record;
pub mod search;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
pub mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::query::unasked;
use crate::reading::KEPT_BYTES_MAX;
use crate::{App, FORM_BYTES, assets};
use ledger::evidence::EVIDENCE_BYTES_MAX;

/// A file of evidence and what is typed beside it.
const EVIDENCE_REQUEST_BYTES: usize = EVIDENCE_BYTES_MAX as usize + FORM_BYTES;

/// What brings a file may take its time, as long as something comes.
pub fn bringing_files() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/documents",
            get(documents::get).post(documents::post).layer(DefaultBodyLimit::max(KEPT_BYTES_MAX + FORM_BYTES)),
        )
        .route(
            "/matters/{number}/evidence",
            get(act::evidence).post(evidence::post).layer(DefaultBodyLimit::max(EVIDENCE_REQUEST_BYTES)),
        )
        .route(
            "/import",
            unasked(get(import::get).post(import::post)).layer(DefaultBodyLimit::max(WORKBOOK_REQUEST_BYTES)),
        )
        .route("/matters/{number}/uploads", post(evidence::begin))
        .route("/matters/{number}/uploads/{id}", unasked(get(evidence::received).put(evidence::add)))
}

/// A workbook and what is typed beside it.
const WORKBOOK_REQUEST_BYTES: usize = sources::workbook::WORKBOOK_BYTES_MAX + FORM_BYTES;

/// Acts are nouns: what is posted to is the thing that comes about.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(home::get))
        .route("/healthz", unasked(get(health::get)))
        .route("/static/{name}", unasked(get(assets::get)))
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/sign-out", post(sign_out::post))
        .route("/setup/{secret}", unasked(get(setup::get).post(setup::post)))
        .route("/language", post(language::post))
        .route("/display", get(display::get).post(display::post))
        .route("/account", unasked(get(account::get)))
        .route("/account/password", unasked(get(password::get).post(password::post)))
        .route("/account/sessions/end", post(account::end_session))
        .route("/account/sessions/end-others", post(account::end_other_sessions))
        .route("/account/tokens", unasked(get(tokens::get).post(tokens::post)))
        .route("/account/tokens/revocation", post(tokens::revoke))
        .route("/account/delegations", unasked(get(delegations::get).post(delegations::post)))
        .route("/account/delegations/revocation", post(delegations::revoke))
        .route("/documents/{id}", get(document::get))
        .route("/documents/{id}/file", unasked(get(document::file)))
        .route("/documents/{id}/assignment", unasked(get(assignment::of_document).post(assignment::post_document)))
        .route("/documents/{id}/confirmation", unasked(get(document::clear).post(document::confirm_clear)))
        .route("/documents/{id}/undo", post(document::undo))
        .route("/documents/{id}/task-sheet", unasked(get(document::task_sheet)))
        .route("/documents/{id}/task-sheet.xlsx", unasked(get(document::xlsx)))
        .route("/documents/{id}/addition", unasked(get(document::addition).post(document::post_addition)))
        .route("/documents/{id}/proposals/{no}/confirmation", post(document::confirm))
        .route("/documents/{id}/proposals/{no}/dismissal", post(document::dismiss))
        .route("/documents/{id}/proposals/{no}/undo", post(document::take_back))
        .route("/documents/{id}/proposals/{no}/inclusion", post(document::bring_in))
        .route("/documents/{id}/proposals/{no}/lesson", unasked(get(document::lesson).post(document::post_lesson)))
        .route("/documents/{id}/proposals/{no}/merger", post(document::merge))
        .route(
            "/documents/{id}/proposals/{no}/correction",
            unasked(get(document::correction).post(document::post_correction)),
        )
        .route(
            "/documents/{id}/proposals/{no}/division",
            unasked(get(document::division).post(document::post_division)),
        )
        .route("/profile", unasked(get(profile::get)))
        .route("/profile/{no}/revocation", post(profile::revoke))
        .route("/matters", get(matters::get))
        .route("/matters/export.xlsx", get(export::xlsx))
        .route("/matters/export.csv", get(export::csv))
        .route("/import/{id}", get(import::get_one))
        .route("/import/{id}/mapping", post(import::post_mapping))
        .route("/import/{id}/confirmation", post(import::post_confirmation))
        .route("/import/{id}/remarks.xlsx", unasked(get(import::remarks)))
        .route("/search", get(search::get))
        .route("/matters/views", unasked(get(matters::views::get).post(matters::views::post)))
        .route("/matters/views/{what}", post(matters::views::change))
        .route("/matters/new", unasked(get(matters::new::get).post(matters::new::post)))
        .route("/matters/assignment", get(assignment::of_matters).post(assignment::post_matters))
        .route("/meetings", get(meetings::list))
        .route("/meetings/{id}", unasked(get(meetings::get)))
        .route("/notices", get(notices::list).post(notices::post))
        .route("/notices/{numbers}", unasked(get(notices::get)))
        .route("/overview", get(overview::get))
        .route("/overview/instruction", post(overview::post))
        .route("/organisation", get(organisation::get))
        .route("/organisation/calendar", get(organisation::get_calendar))
        .route("/organisation/calendar/years", post(organisation::post_year))
        .route("/organisation/calendar/days", post(organisation::post_day))
        .route("/organisation/units/{id}", get(organisation::get_unit))
        .route("/organisation/units/{id}/{what}", post(organisation::post_unit))
        .route("/organisation/officers/{id}", unasked(get(organisation::get_officer)))
        .route("/organisation/officers/{id}/invitation", post(organisation::invite))
        .route(
            "/organisation/officers/{id}/handover",
            get(organisation::get_handover).post(organisation::post_handover),
        )
        .route("/organisation/officers/{id}/{what}", post(organisation::post_officer))
        .route("/organisation/erasures", post(organisation::erase))
        .route("/organisation/{what}", post(organisation::post))
        .route("/audit", unasked(get(audit::get)))
        .route("/audit/reads", get(audit::reads::get))
        .route("/audit/reads.csv", get(audit::reads::csv))
        .route("/audit/rights", get(audit::rights::get))
        .route("/audit/rights.txt", unasked(get(audit::rights::table)))
        .route("/audit/rights/changes", get(audit::rights::changes))
        .route("/audit/export", unasked(get(audit::export::get)))
        .route("/audit/export.tar", unasked(get(audit::export::tar)))
        .route("/record", unasked(get(record::get)))
        .route("/log/{*path}", unasked(get(record::log)))
        .route("/matters/{number}", get(matter::get))
        .route("/matters/{number}/proof", unasked(get(proof::get)))
        .merge(public::routes())
        .route("/matters/{number}/sub-matters", unasked(get(parts::get).post(parts::post)))
        .route("/matters/{number}/{noun}", get(act::get).post(act::post))
        .route("/matters/{number}/{noun}/draft", post(act::draft::post))
        .route("/matters/{number}/evidence/{id}", unasked(get(evidence::get)))
}
