//! An event's body and its entry in the log, to the byte (`docs/record.md`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as B64;
use jiff::Timestamp;
use ledger::encode::{NotCanonical, canonical};
use ledger::event::Meta;
use ledger::id::{CommandId, EventId, OfficerId, Stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The body, with exactly these members.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Always 1.
    pub v: u8,
    /// The event.
    pub id: EventId,
    /// The stream it stands on.
    pub stream: Stream,
    /// 1, 2, … within the stream.
    pub n: u64,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Microseconds UTC.
    pub at: i64,
    /// Who acted.
    pub actor: OfficerId,
    /// In whose place.
    #[serde(rename = "for")]
    pub on_behalf: Option<OfficerId>,
    /// The command it came from.
    pub cmd: CommandId,
    /// Hex SHA-256 of the rights table it was allowed by.
    pub rights: String,
    /// Ids, codes, integers, dates.
    pub data: Value,
    /// What each sealed part is bound to, base64.
    pub sealed: Vec<String>,
}

impl Body {
    /// The bytes that are stored and hashed. Errors: `NotCanonical`, which an event of ours never is.
    pub fn bytes(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical(&serde_json::to_value(self).map_err(|_| NotCanonical::Depth)?)
    }

    /// Reads stored bytes. None if they are anything else.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|body: &Self| body.v == 1)
    }

    /// What the record knows of the event besides what happened. None if the instant lies beyond the calendar.
    pub fn meta(&self) -> Option<Meta> {
        let at = Timestamp::from_microsecond(self.at).ok()?;
        let Self { id, n, actor, on_behalf, cmd, .. } = *self;
        Some(Meta { id, n, at, actor, on_behalf, command: cmd })
    }
}

/// What the log shows of an event: one line and another, 61 bytes, saying nothing without the salt.
pub fn entry(salt: &[u8], body: &[u8]) -> Vec<u8> {
    let blinded = Sha256::new().chain_update("luoshi/body/v1\0").chain_update(salt).chain_update(body).finalize();
    format!("luoshi/event/v1\n{}\n", B64.encode(blinded)).into_bytes()
}

/// What a body says of a part: `C_i = SHA-256("luoshi/part/v1\0" ‖ s_i ‖ part_i)`, base64. `salted` is `s_i ‖ part_i`.
pub fn commitment(salted: &[u8]) -> String {
    B64.encode(Sha256::new().chain_update("luoshi/part/v1\0").chain_update(salted).finalize())
}

/// Hex of the rights table's hash in this version.
pub(crate) fn rights_hex() -> String {
    ledger::rights::table_hash().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn body() -> Body {
        Body {
            v: 1,
            id: EventId(Uuid::from_u128(1)),
            stream: Stream::Matter(ledger::id::MatterId(Uuid::from_u128(2))),
            n: 1,
            kind: "SignedFor".into(),
            at: 1_764_000_000_000_000,
            actor: OfficerId(Uuid::from_u128(3)),
            on_behalf: None,
            cmd: CommandId(Uuid::from_u128(4)),
            rights: "00".into(),
            data: serde_json::json!({"on": "2026-11-24"}),
            sealed: vec![],
        }
    }

    #[test]
    fn a_body_is_canonical_json_with_exactly_its_members() {
        let bytes = body().bytes().expect("canonical");
        assert_eq!(
            String::from_utf8(bytes.clone()).expect("UTF-8"),
            "{\"actor\":\"00000000-0000-0000-0000-000000000003\",\"at\":1764000000000000,\
             \"cmd\":\"00000000-0000-0000-0000-000000000004\",\"data\":{\"on\":\"2026-11-24\"},\"for\":null,\
             \"id\":\"00000000-0000-0000-0000-000000000001\",\"n\":1,\"rights\":\"00\",\"sealed\":[],\
             \"stream\":\"matter/00000000-0000-0000-0000-000000000002\",\"type\":\"SignedFor\",\"v\":1}"
        );
        assert_eq!(Body::parse(&bytes), Some(body()));
        let more = String::from_utf8(bytes).expect("UTF-8").replace("\"v\":1", "\"v\":1,\"x\":0");
        assert_eq!(Body::parse(more.as_bytes()), None);
    }

    #[test]
    fn an_entry_has_sixty_one_bytes_whatever_it_hides() {
        assert_eq!(entry(&[7; 32], b"").len(), 61);
        assert_eq!(entry(&[7; 32], &[1; 10_000]).len(), 61);
        assert_ne!(entry(&[7; 32], b"a"), entry(&[8; 32], b"a"));
    }
}
