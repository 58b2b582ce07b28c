//! Settings: flags, else environment, else the file that `…_FILE` names. What is wrong with them is one clear line.

mod address;

use crate::mail::Mailer;
use address::{public_url, resolved};
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};
use std::{env, fmt, fs, net::SocketAddr, path::PathBuf, str::FromStr};

/// What the program was told.
#[derive(Clone, Debug)]
pub struct Settings {
    pub database_url: String,
    pub addr: SocketAddr,
    /// Scheme, host and port as browsers write them in `Origin`, without a slash at the end: what links in mails begin with (A8).
    pub public_url: String,
    pub smtp_url: Option<String>,
    pub mail_from: Mailbox,
    pub secret: Secret,
    /// Development: mail is kept and shown, the clock can be moved.
    pub dev: bool,
    pub site: PathBuf,
    pub time_zone: TimeZone,
    pub provider_name: String,
    /// G1, S1: an address or a telephone number where companies can ask the provider; empty where none is given.
    pub provider_contact: String,
    /// The address of whoever asks is in `X-Forwarded-For`, put there by a proxy of ours.
    pub behind_proxy: bool,
}

impl Settings {
    /// Whether people reach it by https, so that cookies can be bound to it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    #[must_use]
    pub fn session_cookie(&self) -> &'static str {
        if self.is_https() { "__Host-session" } else { "session" }
    }
}

/// The server's secret. Not shown by accident.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// # Errors
    /// When it is shorter than 32 characters.
    pub fn new(text: impl Into<String>) -> Result<Self, WrongSetting> {
        let text = text.into();
        if text.len() < 32 {
            return Err(wrong("BALIE_SECRET is shorter than 32 characters"));
        }
        Ok(Self(text.into_bytes()))
    }

    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The flags that every command takes. Each has its variable.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Flags {
    /// Database: sqlite:PATH or postgres://… [env: DATABASE_URL; default sqlite:data/balie.db]
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Address to listen on [env: BALIE_ADDR; default 127.0.0.1:3000]
    #[arg(long, global = true, value_name = "HOST:PORT")]
    pub addr: Option<String>,
    /// What people type to get here, and links in mails begin with [env: BALIE_PUBLIC_URL; in development http://ADDR]
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// Mail server: smtps://user:password@host [env: BALIE_SMTP_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// Folder of the client that `cargo xtask client` built [env: BALIE_SITE; default target/site]
    #[arg(long, global = true, value_name = "PATH")]
    pub site: Option<String>,
    /// Development: keeps mail at /dev/mail, lets the clock be moved [env: BALIE_DEV=1]
    #[arg(long, global = true)]
    pub dev: bool,
}

/// One line that says what is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongSetting(pub String);

impl Flags {
    /// Where Balie listens.
    ///
    /// # Errors
    /// When that is no address and port.
    pub fn addr(&self) -> Result<SocketAddr, WrongSetting> {
        resolved(&self.typed_addr()?)
    }

    fn typed_addr(&self) -> Result<String, WrongSetting> {
        Ok(setting("BALIE_ADDR", self.addr.as_deref())?.unwrap_or_else(|| "127.0.0.1:3000".into()))
    }

    /// # Errors
    /// A setting that is missing or can't be read.
    pub fn settings(&self) -> Result<Settings, WrongSetting> {
        let dev = switch("BALIE_DEV", setting("BALIE_DEV", None)?.as_deref())? || self.dev;
        let typed_addr = self.typed_addr()?;
        let addr = resolved(&typed_addr)?;
        let public_url = public_url(setting("BALIE_PUBLIC_URL", self.public_url.as_deref())?, &typed_addr, addr, dev)?;
        Ok(Settings {
            database_url: database_url(setting("DATABASE_URL", self.database_url.as_deref())?)?,
            addr,
            smtp_url: smtp_url(setting("BALIE_SMTP_URL", self.smtp_url.as_deref())?)?,
            mail_from: mail_from(setting("BALIE_MAIL_FROM", None)?, &public_url, dev)?,
            public_url,
            secret: secret(setting("BALIE_SECRET", None)?)?,
            dev,
            site: setting("BALIE_SITE", self.site.as_deref())?.unwrap_or_else(|| "target/site".into()).into(),
            time_zone: time_zone(setting("BALIE_TIME_ZONE", None)?)?,
            provider_name: setting("BALIE_PROVIDER_NAME", None)?.unwrap_or_else(|| "Balie".into()),
            provider_contact: setting("BALIE_PROVIDER_CONTACT", None)?.unwrap_or_default(),
            behind_proxy: switch("BALIE_BEHIND_PROXY", setting("BALIE_BEHIND_PROXY", None)?.as_deref())?,
        })
    }
}

/// The flag, else the variable, else the file that the variable with `_FILE` names.
fn setting(name: &str, flag: Option<&str>) -> Result<Option<String>, WrongSetting> {
    if let Some(value) = flag {
        return Ok(Some(value.to_owned()));
    }
    let file_name = format!("{name}_FILE");
    match (filled(name), filled(&file_name)) {
        (Some(_), Some(_)) => Err(wrong(&format!("both {name} and {file_name} are set; keep one"))),
        (Some(value), None) => Ok(Some(value)),
        (None, Some(path)) => match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
            Err(error) => Err(wrong(&format!("{file_name}: {path} can't be read: {error}"))),
        },
        (None, None) => Ok(None),
    }
}

fn filled(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn wrong(line: &str) -> WrongSetting {
    WrongSetting(line.to_owned())
}

fn database_url(url: Option<String>) -> Result<String, WrongSetting> {
    let url = url.unwrap_or_else(|| "sqlite:data/balie.db".into());
    let readable = if url.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(&url).is_ok()
    } else {
        (url.starts_with("postgres:") || url.starts_with("postgresql:")) && PgConnectOptions::from_str(&url).is_ok()
    };
    if readable { Ok(url) } else { Err(wrong("DATABASE_URL is neither sqlite:PATH nor postgres://user@host/database")) }
}

fn smtp_url(url: Option<String>) -> Result<Option<String>, WrongSetting> {
    if let Some(url) = &url {
        // Its error might show the password.
        Mailer::new(url).map_err(|_| wrong("BALIE_SMTP_URL is not the URL of a mail server (smtps://user:password@host)"))?;
    }
    Ok(url)
}

/// Anything else that somebody may take for yes or no would silently mean the other.
fn switch(name: &str, value: Option<&str>) -> Result<bool, WrongSetting> {
    match value {
        Some("1" | "true") => Ok(true),
        Some("0" | "false" | "") | None => Ok(false),
        Some(_) => Err(wrong(&format!("{name} is neither 1 (on) nor 0 (off)"))),
    }
}

fn secret(secret: Option<String>) -> Result<Secret, WrongSetting> {
    let missing = "BALIE_SECRET is missing: 32 random bytes or more, for instance from `openssl rand -hex 32`";
    Secret::new(secret.ok_or_else(|| wrong(missing))?)
}

/// In production from the place that people know; in development no mail leaves.
fn mail_from(from: Option<String>, public_url: &str, dev: bool) -> Result<Mailbox, WrongSetting> {
    let url: http::Uri = public_url.parse().map_err(|_| wrong("BALIE_PUBLIC_URL is not a URL"))?;
    let host = url.host().filter(|_| !dev).unwrap_or("balie.example");
    let from = from.unwrap_or_else(|| format!("Balie <no-reply@{host}>"));
    from.parse().map_err(|_| wrong("BALIE_MAIL_FROM is not an address, like Balie <no-reply@balie.example.com>"))
}

fn time_zone(name: Option<String>) -> Result<TimeZone, WrongSetting> {
    let name = name.unwrap_or_else(|| "Europe/Amsterdam".into());
    TimeZone::get(&name).map_err(|_| wrong("BALIE_TIME_ZONE is not a time zone, like Europe/Amsterdam"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_on_or_off_and_nothing_else() {
        for (value, on) in
            [(Some("1"), true), (Some("true"), true), (Some("0"), false), (Some("false"), false), (Some(""), false), (None, false)]
        {
            assert_eq!(switch("BALIE_DEV", value).unwrap(), on, "{value:?}");
        }
        for bad in ["yes", "on", "TRUE", "2", " 1"] {
            assert_eq!(switch("BALIE_DEV", Some(bad)).unwrap_err().0, "BALIE_DEV is neither 1 (on) nor 0 (off)", "{bad}");
        }
    }

    #[test]
    fn mail_comes_from_where_people_go() {
        let from = |from: Option<&str>, dev| {
            mail_from(from.map(str::to_owned), "https://balie.example.com:8443", dev).map(|from| from.to_string())
        };
        assert_eq!(from(None, false).unwrap(), "Balie <no-reply@balie.example.com>");
        assert_eq!(from(None, true).unwrap(), "Balie <no-reply@balie.example>");
        assert_eq!(from(Some("Desk <desk@x.example>"), false).unwrap(), "Desk <desk@x.example>");
        assert!(from(Some("nobody"), false).is_err());
    }

    // A mail transport wants a runtime around it.
    #[tokio::test]
    async fn secrets_databases_and_mail_servers() {
        assert!(secret(None).is_err());
        assert!(secret(Some("short".into())).is_err());
        assert!(secret(Some("x".repeat(32))).is_ok());
        for bad in ["mysql://x", "postgres", "postgres://host:notaport/x"] {
            assert!(database_url(Some(bad.into())).is_err(), "{bad}");
        }
        assert!(smtp_url(Some("http://mail.example.com".into())).is_err());
        assert!(smtp_url(Some("smtp://127.0.0.1:25".into())).is_ok());
        assert!(database_url(None).is_ok());
        assert_eq!(format!("{:?}", secret(Some("x".repeat(32))).unwrap()), "Secret(…)");
    }
}
