//! Views: lists that an officer keeps under a name of his own. They are how he looks at the record, and no part of it.

use ledger::Invalid;
use ledger::id::OfficerId;
use rusqlite::params;
use uuid::Uuid;

use super::{Access, AccessFault, key};

/// At most so many views of one officer.
pub const VIEWS_MAX: usize = 50;
/// At most so many bytes of a view's query.
const QUERY_MAX: usize = 2_000;

/// A list kept under a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// Its id.
    pub id: Uuid,
    /// What the officer calls it; no two of his views alike.
    pub name: String,
    /// What the address asks, without the path.
    pub query: String,
    /// Whether it is where the officer begins.
    pub is_default: bool,
}

impl Access {
    /// The officer's views, in the order they were kept.
    pub fn views(&self, officer: OfficerId) -> Result<Vec<View>, AccessFault> {
        let connection = self.lock()?;
        let sql = "SELECT id, name, query, is_default FROM view WHERE officer = ?1 ORDER BY created, id LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![key(officer), VIEWS_MAX as i64])?;
        let mut views = vec![];
        while let Some(row) = rows.next()? {
            let id = Uuid::from_slice(&row.get::<_, Vec<u8>>(0)?).map_err(|_| AccessFault::Malformed("view"))?;
            views.push(View { id, name: row.get(1)?, query: row.get(2)?, is_default: row.get(3)? });
        }
        Ok(views)
    }

    /// Keeps a list under a name. Errors of the inner result: `Invalid` on the field `view` with `missing`,
    /// `view-name-too-long`, `view-name-taken`, `view-too-long` or `too-many-views`.
    pub fn keep_view(&self, officer: OfficerId, name: &str, query: &str) -> Result<Result<View, Invalid>, AccessFault> {
        let views = self.views(officer)?;
        let name = match named(&views, None, name) {
            Ok(name) => name,
            Err(invalid) => return Ok(Err(invalid)),
        };
        if query.len() > QUERY_MAX {
            return Ok(Err(Invalid::new("view", "view-too-long")));
        }
        if views.len() >= VIEWS_MAX {
            return Ok(Err(Invalid::new("view", "too-many-views")));
        }
        let mut bytes = [0; 16];
        (self.random)(&mut bytes);
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        self.lock()?.execute(
            "INSERT INTO view (id, officer, name, query, is_default, created) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
            params![id.as_bytes(), key(officer), name, query, self.now().as_microsecond()],
        )?;
        Ok(Ok(View { id, name, query: query.to_owned(), is_default: false }))
    }

    /// Gives one of the officer's views another name; none where he has no such view. Errors as `keep_view`.
    pub fn rename_view(
        &self,
        officer: OfficerId,
        id: Uuid,
        name: &str,
    ) -> Result<Result<Option<String>, Invalid>, AccessFault> {
        let views = self.views(officer)?;
        let name = match named(&views, Some(id), name) {
            Ok(name) => name,
            Err(invalid) => return Ok(Err(invalid)),
        };
        let sql = "UPDATE view SET name = ?3 WHERE officer = ?1 AND id = ?2";
        let changed = self.lock()?.execute(sql, params![key(officer), id.as_bytes(), name])?;
        Ok(Ok((changed > 0).then_some(name)))
    }

    /// Forgets one of the officer's views; whether there was one.
    pub fn forget_view(&self, officer: OfficerId, id: Uuid) -> Result<bool, AccessFault> {
        let sql = "DELETE FROM view WHERE officer = ?1 AND id = ?2";
        Ok(self.lock()?.execute(sql, params![key(officer), id.as_bytes()])? > 0)
    }

    /// Makes one of the officer's views where he begins, and no other; none for the whole list. Whether there is such
    /// a view.
    pub fn begin_with_view(&self, officer: OfficerId, id: Option<Uuid>) -> Result<bool, AccessFault> {
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        transaction.execute("UPDATE view SET is_default = 0 WHERE officer = ?1", [key(officer)])?;
        let is_there = match id {
            None => true,
            Some(id) => {
                let sql = "UPDATE view SET is_default = 1 WHERE officer = ?1 AND id = ?2";
                transaction.execute(sql, params![key(officer), id.as_bytes()])? > 0
            }
        };
        if is_there {
            transaction.commit()?;
        }
        Ok(is_there)
    }
}

/// The name as it is kept, if no other view has it.
fn named(views: &[View], own: Option<Uuid>, name: &str) -> Result<String, Invalid> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => return Err(Invalid::new("view", "missing")),
        1..=60 => {}
        61.. => return Err(Invalid::new("view", "view-name-too-long")),
    }
    if name.chars().any(char::is_control) {
        return Err(Invalid::new("view", "control-character"));
    }
    let is_taken = views.iter().any(|view| Some(view.id) != own && view.name.to_lowercase() == name.to_lowercase());
    if is_taken { Err(Invalid::new("view", "view-name-taken")) } else { Ok(name) }
}
