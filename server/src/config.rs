//! Settings: flags, else environment, else the file that `…_FILE` names. What is wrong with them is one clear line.

use crate::mail::Mailer;
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};
use std::{env, fmt, fs, net::SocketAddr, path::PathBuf, str::FromStr};

/// What the program was told.
#[derive(Clone, Debug)]
pub struct Settings {
    pub database_url: String,
    pub addr: SocketAddr,
    /// Scheme, host and port, without a slash at the end: what links in mails begin with (A8).
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
        let addr = setting("BALIE_ADDR", self.addr.as_deref())?.unwrap_or_else(|| "127.0.0.1:3000".into());
        addr.parse().map_err(|_| wrong("BALIE_ADDR is not an address and port, like 127.0.0.1:3000"))
    }

    /// # Errors
    /// A setting that is missing or can't be read.
    pub fn settings(&self) -> Result<Settings, WrongSetting> {
        let dev = self.dev || matches!(setting("BALIE_DEV", None)?.as_deref(), Some("1" | "true"));
        let addr = self.addr()?;
        Ok(Settings {
            database_url: database_url(setting("DATABASE_URL", self.database_url.as_deref())?)?,
            addr,
            public_url: public_url(setting("BALIE_PUBLIC_URL", self.public_url.as_deref())?, &addr.to_string(), dev)?,
            smtp_url: smtp_url(setting("BALIE_SMTP_URL", self.smtp_url.as_deref())?)?,
            mail_from: mail_from(setting("BALIE_MAIL_FROM", None)?)?,
            secret: secret(setting("BALIE_SECRET", None)?)?,
            dev,
            site: setting("BALIE_SITE", self.site.as_deref())?.unwrap_or_else(|| "target/site".into()).into(),
            time_zone: time_zone(setting("BALIE_TIME_ZONE", None)?)?,
            provider_name: setting("BALIE_PROVIDER_NAME", None)?.unwrap_or_else(|| "Balie".into()),
            provider_contact: setting("BALIE_PROVIDER_CONTACT", None)?.unwrap_or_default(),
            behind_proxy: matches!(setting("BALIE_BEHIND_PROXY", None)?.as_deref(), Some("1" | "true")),
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

fn public_url(url: Option<String>, addr: &str, dev: bool) -> Result<String, WrongSetting> {
    let url = match url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if dev => format!("http://{addr}"),
        None => return Err(wrong("BALIE_PUBLIC_URL is missing: what people type to get here, like https://balie.example.com")),
    };
    let parsed: http::Uri = url.parse().map_err(|_| wrong("BALIE_PUBLIC_URL is not a URL"))?;
    let plain = matches!(parsed.scheme_str(), Some("http" | "https")) && parsed.authority().is_some() && parsed.path() == "/";
    if !plain || parsed.query().is_some() {
        return Err(wrong("BALIE_PUBLIC_URL must be http(s)://host[:port] without a path"));
    }
    if dev && parsed.scheme_str() == Some("https") {
        return Err(wrong("development mode (BALIE_DEV) shows everybody's mail, so it refuses an https public address"));
    }
    Ok(url)
}

fn secret(secret: Option<String>) -> Result<Secret, WrongSetting> {
    let missing = "BALIE_SECRET is missing: 32 random bytes or more, for instance from `openssl rand -hex 32`";
    Secret::new(secret.ok_or_else(|| wrong(missing))?)
}

fn mail_from(from: Option<String>) -> Result<Mailbox, WrongSetting> {
    let from = from.unwrap_or_else(|| "Balie <no-reply@balie.example>".into());
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
    fn public_addresses() {
        assert_eq!(public_url(None, "127.0.0.1:1", true).unwrap(), "http://127.0.0.1:1");
        assert_eq!(public_url(Some("https://balie.example.com/".into()), "", false).unwrap(), "https://balie.example.com");
        assert!(public_url(None, "127.0.0.1:1", false).is_err());
        assert!(public_url(Some("https://balie.example.com".into()), "", true).is_err(), "development mode refuses https");
        for bad in ["balie.example.com", "ftp://balie.example.com", "https://balie.example.com/path", "https://balie.example.com/?x=1"] {
            assert!(public_url(Some(bad.into()), "", false).is_err(), "{bad}");
        }
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
