//! SMTP, through lettre.

use crate::error::{Error, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue, MessageId},
    },
    transport::smtp,
};
use std::time::Duration;

/// So long a mail server may take for one mail, whatever it does meanwhile: lettre's own limit covers the connection only.
pub(crate) const LONGEST_SENDING: Duration = Duration::from_secs(60);

/// The mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    patience: Duration,
}

/// One mail, for one reader.
pub(crate) struct Mail<'a> {
    pub id: String,
    pub from: &'a Mailbox,
    pub to_name: &'a str,
    pub to_address: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// P5: where whoever gets it unsubscribes, with one click in their mail program (RFC 8058).
    pub unsubscribe: Option<&'a str>,
}

/// Why a mail was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotSent {
    /// For the log: nothing that the mail server said, which likes to repeat the address.
    pub brief: String,
    /// For the letter's row: all of it, but for addresses.
    pub full: String,
}

/// What went wrong without the mail server having a say.
impl From<String> for NotSent {
    fn from(why: String) -> Self {
        Self { brief: why.clone(), full: why }
    }
}

impl From<&str> for NotSent {
    fn from(why: &str) -> Self {
        why.to_owned().into()
    }
}

impl From<Error> for NotSent {
    fn from(error: Error) -> Self {
        error.to_string().into()
    }
}

impl From<smtp::Error> for NotSent {
    fn from(error: smtp::Error) -> Self {
        let brief = match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None if error.is_tls() => "no secure connection".to_owned(),
            None if error.is_response() => "an answer that is none of a mail server".to_owned(),
            None => "no connection to the mail server".to_owned(),
        };
        Self { full: without_addresses(&error.to_string()), brief }
    }
}

impl Mailer {
    /// # Errors
    /// When the URL is not one of a mail server (`smtp://…`, `smtps://user:password@host:port`).
    pub fn new(url: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Error::internal("BALIE_SMTP_URL is not the URL of a mail server (smtps://user:password@host)"))?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self { transport, patience: LONGEST_SENDING })
    }

    pub(crate) async fn send(&self, mail: &Mail<'_>) -> Result<(), NotSent> {
        let message = message(mail)?;
        match tokio::time::timeout(self.patience, self.transport.send(message)).await {
            Ok(sent) => sent.map(|_| ()).map_err(NotSent::from),
            Err(_) => Err("the mail server took too long".into()),
        }
    }
}

/// Lettre encodes names and subjects, so that neither can end a header; but a line break in a name makes it panic, so none comes there.
fn message(mail: &Mail<'_>) -> Result<Message> {
    const LIST_UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
    const ONE_CLICK: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
    let address = mail.to_address.parse().map_err(Error::internal)?;
    let mut builder = Message::builder()
        .header(MessageId::from(mail.id.clone()))
        .from(mail.from.clone())
        .to(Mailbox::new(Some(one_line(mail.to_name)), address))
        .subject(one_line(mail.subject));
    if let Some(url) = mail.unsubscribe {
        builder = builder
            .raw_header(HeaderValue::new(LIST_UNSUBSCRIBE, format!("<{url}>")))
            .raw_header(HeaderValue::new(ONE_CLICK, "List-Unsubscribe=One-Click".to_owned()));
    }
    builder.multipart(MultiPart::alternative_plain_html(mail.text.to_owned(), mail.html.to_owned())).map_err(Error::internal)
}

fn without_addresses(text: &str) -> String {
    text.split_whitespace().map(|word| if word.contains('@') { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{io::AsyncWriteExt, net::TcpListener};

    const CARLA: &str = "carla@vandijk.example";

    /// What becomes of a mail whose server says this on every connection, and then nothing.
    async fn sent_to(greeting: &'static [u8], patience: Duration) -> Result<(), NotSent> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut mailer = Mailer::new(&format!("smtp://{}", listener.local_addr().unwrap())).unwrap();
        mailer.patience = patience;
        let server = tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                stream.write_all(greeting).await.unwrap();
                open.push(stream);
            }
        });
        let from: Mailbox = "Balie <balie@balie.example>".parse().unwrap();
        let mail = Mail {
            id: "<1@balie.example>".into(),
            from: &from,
            to_name: "Carla",
            to_address: CARLA,
            subject: "subject",
            text: "text",
            html: "html",
            unsubscribe: None,
        };
        let outcome = tokio::time::timeout(Duration::from_secs(10), mailer.send(&mail)).await.expect("an end to it");
        server.abort();
        outcome
    }

    /// Delete the timeout in `Mailer::send` to see it fail.
    #[tokio::test]
    async fn a_silent_mail_server_stops_nothing() {
        for greeting in [b"".as_slice(), b"220 mail.test ESMTP\r\n"] {
            assert_eq!(sent_to(greeting, Duration::from_millis(300)).await, Err("the mail server took too long".into()));
        }
    }

    #[tokio::test]
    async fn what_the_mail_server_says_is_kept_without_addresses_and_not_logged() {
        let greeting = b"550 5.7.1 <carla@vandijk.example>: Carla is unknown\r\n";
        let not_sent = sent_to(greeting, Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(not_sent.brief, "the mail server answered 550");
        assert!(not_sent.full.contains("is unknown") && !not_sent.full.contains('@'), "{}", not_sent.full);
    }

    #[test]
    fn a_hostile_name_ends_no_header() {
        let from: Mailbox = "Balie <balie@balie.example>".parse().unwrap();
        let name = "Anna\r\nBcc: everybody@evil.example\r\n\r\n<b>body</b>";
        let mail = Mail {
            id: "<1@balie.example>".into(),
            from: &from,
            to_name: name,
            to_address: CARLA,
            subject: name,
            text: "text",
            html: "html",
            unsubscribe: None,
        };
        let headers = headers_of(&mail);
        assert!(!headers.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc:")), "{headers}");
        assert!(headers.contains("Message-ID: <1@balie.example>"));
        assert!(!headers.contains("List-"), "{headers}");
    }

    /// RFC 8058: each on one line, and the address as it is, however long.
    #[test]
    fn a_newsletter_says_where_one_click_unsubscribes() {
        let from: Mailbox = "Balie <balie@balie.example>".parse().unwrap();
        let url = format!("https://balie.example/unsubscribe/{}", "t".repeat(43));
        let mail = Mail {
            id: "<1@balie.example>".into(),
            from: &from,
            to_name: "Carla",
            to_address: CARLA,
            subject: "subject",
            text: "text",
            html: "html",
            unsubscribe: Some(&url),
        };
        let headers = headers_of(&mail);
        let lines: Vec<_> = headers.lines().filter(|line| line.starts_with("List-")).collect();
        assert_eq!(lines, [format!("List-Unsubscribe: <{url}>"), "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned()]);
    }

    fn headers_of(mail: &Mail<'_>) -> String {
        let whole = String::from_utf8(message(mail).unwrap().formatted()).unwrap();
        whole.split("\r\n\r\n").next().unwrap().to_owned()
    }
}
