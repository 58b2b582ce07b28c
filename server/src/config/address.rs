//! Where Balie listens, and what people type to get there.

use super::{WrongSetting, wrong};
use std::net::{SocketAddr, ToSocketAddrs};

/// A name may stand for several addresses: of those the first of IPv4, which every machine has.
pub(super) fn resolved(addr: &str) -> Result<SocketAddr, WrongSetting> {
    let found: Vec<SocketAddr> = addr.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
    let chosen = found.iter().find(|addr| addr.is_ipv4()).or(found.first());
    chosen.copied().ok_or_else(|| wrong("BALIE_ADDR is not an address and port that this machine knows, like 127.0.0.1:3000"))
}

pub(super) fn public_url(url: Option<String>, typed_addr: &str, addr: SocketAddr, dev: bool) -> Result<String, WrongSetting> {
    let url = match url {
        Some(url) => as_origin(url.trim_end_matches('/'))?,
        None if !dev => return Err(wrong("BALIE_PUBLIC_URL is missing: what people type to get here, like https://balie.example.com")),
        None if addr.ip().is_unspecified() => {
            return Err(wrong(
                "BALIE_PUBLIC_URL is missing: BALIE_ADDR means every address; say the one people type, like http://192.168.1.10:3000",
            ));
        }
        None => as_origin(&format!("http://{typed_addr}"))?,
    };
    if dev && url.starts_with("https://") {
        return Err(wrong("development mode (BALIE_DEV) shows everybody's mail, so it refuses an https public address"));
    }
    Ok(url)
}

/// As browsers write it: in small letters, and without the port that the scheme has by itself. Otherwise the guard would know no page as ours.
fn as_origin(url: &str) -> Result<String, WrongSetting> {
    let unfit = || wrong("BALIE_PUBLIC_URL must be http(s)://host[:port] without a path");
    let parsed: http::Uri = url.parse().map_err(|_| wrong("BALIE_PUBLIC_URL is not a URL"))?;
    let (Some(scheme @ ("http" | "https")), Some(authority)) = (parsed.scheme_str(), parsed.authority()) else { return Err(unfit()) };
    // A parsed URL has lost its fragment.
    if parsed.path() != "/" || parsed.query().is_some() || url.contains('#') || authority.as_str().contains('@') {
        return Err(unfit());
    }
    let host = authority.host().to_ascii_lowercase();
    let port = match authority.as_str()[host.len()..].strip_prefix(':') {
        None | Some("") => None,
        Some(port) => Some(port.parse::<u16>().map_err(|_| unfit())?),
    };
    let usual = if scheme == "https" { 443 } else { 80 };
    Ok(match port.filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "127.0.0.1:1";

    fn public(url: Option<&str>, addr: &str, dev: bool) -> Result<String, WrongSetting> {
        public_url(url.map(str::to_owned), addr, resolved(addr)?, dev)
    }

    #[test]
    fn public_addresses() {
        assert_eq!(public(None, HERE, true).unwrap(), "http://127.0.0.1:1");
        assert_eq!(public(None, "localhost:3001", true).unwrap(), "http://localhost:3001", "as it was typed");
        assert!(public(None, HERE, false).is_err());
        assert!(public(Some("https://balie.example.com"), HERE, true).is_err(), "development mode refuses https");
        for every in ["0.0.0.0:3000", "[::]:3000"] {
            assert!(public(None, every, true).unwrap_err().0.starts_with("BALIE_PUBLIC_URL is missing"), "{every}");
            assert_eq!(public(Some("http://10.0.0.1:3000"), every, true).unwrap(), "http://10.0.0.1:3000");
        }
        for bad in [
            "balie.example.com",
            "ftp://balie.example.com",
            "https://balie.example.com/path",
            "https://balie.example.com/?x=1",
            "https://balie.example.com/#x",
            "https://user@balie.example.com",
            "https://user:password@balie.example.com",
            "https://balie.example.com:99999",
        ] {
            assert!(public(Some(bad), HERE, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn public_addresses_are_as_browsers_write_them() {
        for (typed, origin) in [
            ("https://balie.example.com/", "https://balie.example.com"),
            ("HTTPS://Balie.Example.COM", "https://balie.example.com"),
            ("https://balie.example.com:443", "https://balie.example.com"),
            ("https://balie.example.com:", "https://balie.example.com"),
            ("http://balie.example.com:80/", "http://balie.example.com"),
            ("http://balie.example.com:443", "http://balie.example.com:443"),
            ("https://balie.example.com:8443", "https://balie.example.com:8443"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(public(Some(typed), HERE, false).unwrap(), origin, "{typed}");
        }
    }

    #[test]
    fn addresses_to_listen_on_can_be_names() {
        assert_eq!(resolved("localhost:3001").unwrap().port(), 3001);
        assert!(resolved("localhost:3001").unwrap().ip().is_loopback());
        assert_eq!(resolved("[::1]:3000").unwrap(), "[::1]:3000".parse().unwrap());
        for bad in ["localhost", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x"] {
            assert!(resolved(bad).is_err(), "{bad}");
        }
    }
}
