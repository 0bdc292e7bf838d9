//! What an office decides once, in `DIR/settings.json`.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::tz::TimeZone;
use ledger::Name;
use serde::{Deserialize, Serialize};

use crate::error::{OpenError, StoreFault};
use crate::keys::sync_folder;
use crate::outside::Notes;

/// What an office decides once. Origin and time zone never change: the log is signed under the one, and days are
/// counted in the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whose office this is.
    pub office: Name,
    /// The log's name, as in `luoshi.qinghe.example/2026`: no blanks, no plus sign.
    pub origin: String,
    /// An IANA name, as in `Asia/Shanghai`.
    pub time_zone: String,
    /// For people whose browser asks for neither language: `en` or `zh-Hans`.
    pub language: String,
    /// A file outside this folder to which every checkpoint is appended. Without it the record is no proof against
    /// its own operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoints: Option<PathBuf>,
    /// On what terms open data may be used, as in `CC-BY-4.0`. Without it nobody is told that they may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where the public reaches the office, as in `https://luoshi.qinghe.example`: what feeds and open data begin their
    /// addresses with. Without it they name the host that each visitor asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<PublicUrl>,
}

/// Scheme and host, and a port where it is not the scheme's own: `https://luoshi.qinghe.example`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// It, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let bare = typed.trim().trim_end_matches('/').to_ascii_lowercase();
        let authority = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
        let authority = authority.ok_or(format!("{typed:?} begins neither with https:// nor with http://"))?;
        // An address of IPv6 stands in brackets and holds colons of its own.
        let (host, port) = match authority.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let is_name = !host.is_empty()
            && host.split('.').all(|label| {
                let may = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                !label.is_empty() && label.bytes().all(may) && !label.starts_with('-') && !label.ends_with('-')
            });
        let is_ip6 = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is_ip6 = is_ip6.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
        let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0) && !port.starts_with('+'));
        match (is_name || is_ip6) && is_port {
            true => Ok(Self(bare)),
            false => Err(format!(
                "{typed:?} is not the scheme and host alone, as in https://luoshi.qinghe.example (a name in other \
                 letters is written as its xn-- form)"
            )),
        }
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.0
    }
}

impl Settings {
    /// Reads `dir/settings.json`. Errors: `Missing` if there is none, `Settings` if it is malformed.
    pub fn read(dir: &Path) -> Result<Self, OpenError> {
        let text = match std::fs::read_to_string(dir.join("settings.json")) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(OpenError::Missing),
            Err(error) => return Err(StoreFault::file("settings.json")(error).into()),
        };
        let settings: Self = serde_json::from_str(&text).map_err(|error| OpenError::Settings(error.to_string()))?;
        settings.check()?;
        Ok(settings)
    }

    /// Errors: `Settings` if the log cannot be signed under its name, there is no such time zone, or the file of
    /// checkpoints depends on the folder that somebody happens to work in.
    pub(crate) fn check(&self) -> Result<(), OpenError> {
        self.zone()?;
        if tlog::Signer::new(&self.origin, &[0; 32]).is_none() {
            let what = format!("{:?} cannot be a log's name: it may hold neither blanks nor a plus sign", self.origin);
            return Err(OpenError::Settings(what));
        }
        match &self.checkpoints {
            Some(path) if !path.is_absolute() => {
                let what = format!("the file of checkpoints, {}, must be named from the root", path.display());
                Err(OpenError::Settings(what))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Makes sure that a new log can keep its checkpoints where the settings say. The file is made if it is missing.
    pub(crate) fn check_outside(&self, dir: &Path) -> Result<(), OpenError> {
        let Some(path) = &self.checkpoints else { return Ok(()) };
        let is_inside = |dir: &Path| {
            let folder = path.parent().and_then(|parent| parent.canonicalize().ok());
            folder.is_some_and(|folder| folder.starts_with(dir))
        };
        if path.starts_with(dir) || dir.canonicalize().is_ok_and(|dir| is_inside(&dir)) {
            let what = "the file of checkpoints lies in the record's own folder, and belongs on somebody else's disk";
            return Err(OpenError::Settings(what.into()));
        }
        let fault = || StoreFault::file(format!("the file of checkpoints, {}", path.display()));
        let file = std::fs::File::options().create(true).read(true).append(true).open(path).map_err(fault())?;
        file.sync_all().map_err(fault())?;
        path.parent().map_or(Ok(()), sync_folder)?;
        let mut notes = Notes::new(BufReader::new(file));
        while let Some(note) = notes.next()? {
            if note.lines().next() == Some(&self.origin) {
                let what = format!(
                    "{} holds checkpoints of a log {} already; choose another name",
                    path.display(),
                    self.origin
                );
                return Err(OpenError::Settings(what));
            }
        }
        Ok(())
    }

    /// The office's time zone. Errors: `Settings` if there is no such zone.
    pub fn zone(&self) -> Result<TimeZone, OpenError> {
        TimeZone::get(&self.time_zone).map_err(|error| OpenError::Settings(error.to_string()))
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), StoreFault> {
        let text = serde_json::to_string_pretty(self).map_err(|_| StoreFault::Malformed("settings.json"))?;
        let fault = || StoreFault::file("settings.json");
        let half = dir.join("settings.json.new");
        std::fs::write(&half, text + "\n").map_err(fault())?;
        std::fs::File::open(&half).and_then(|file| file.sync_all()).map_err(fault())?;
        std::fs::rename(&half, dir.join("settings.json")).map_err(fault())?;
        sync_folder(dir)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_scheme_and_host_and_nothing_else() {
        for (typed, read) in [
            ("https://luoshi.qinghe.example", "https://luoshi.qinghe.example"),
            (" HTTPS://Luoshi.Qinghe.example/ ", "https://luoshi.qinghe.example"),
            ("http://10.0.0.8:8080", "http://10.0.0.8:8080"),
            ("https://xn--pssy2u.example", "https://xn--pssy2u.example"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(typed.parse::<PublicUrl>().map(|url| url.as_str().to_owned()), Ok(read.to_owned()));
        }
        for typed in [
            "",
            "luoshi.qinghe.example",
            "ftp://luoshi.example",
            "https://",
            "https://luoshi.example/office",
            "https://luoshi.example?x",
            "https://me@luoshi.example",
            "https://luoshi.example:0",
            "https://luoshi.example:99999",
            "https://luoshi.example:",
            "https://luoshi..example",
            "https://落实.example",
            "https://luo shi.example",
            "https://luoshi.example\"onload=x",
            "http://[::x]",
        ] {
            assert!(typed.parse::<PublicUrl>().is_err(), "{typed}");
        }
    }
}
