//! SMTP, through lettre.

use crate::error::{Error, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header::MessageId},
};
use std::time::Duration;

/// The mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
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
}

impl Mailer {
    /// # Errors
    /// When the URL is not one of a mail server (`smtp://…`, `smtps://user:password@host:port`).
    pub fn new(url: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Error::internal("BALIE_SMTP_URL is not the URL of a mail server (smtps://user:password@host)"))?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self { transport })
    }

    pub(crate) async fn send(&self, mail: &Mail<'_>) -> Result<(), String> {
        let message = message(mail).map_err(|error| error.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

/// Lettre encodes names and subjects, so that neither can end a header; but a line break in a name makes it panic, so none comes there.
fn message(mail: &Mail<'_>) -> Result<Message> {
    let address = mail.to_address.parse().map_err(Error::internal)?;
    Message::builder()
        .header(MessageId::from(mail.id.clone()))
        .from(mail.from.clone())
        .to(Mailbox::new(Some(one_line(mail.to_name)), address))
        .subject(one_line(mail.subject))
        .multipart(MultiPart::alternative_plain_html(mail.text.to_owned(), mail.html.to_owned()))
        .map_err(Error::internal)
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_ends_no_header() {
        let from: Mailbox = "Balie <balie@balie.example>".parse().unwrap();
        let name = "Anna\r\nBcc: everybody@evil.example\r\n\r\n<b>body</b>";
        let mail = Mail {
            id: "<1@balie.example>".into(),
            from: &from,
            to_name: name,
            to_address: "anna@vandijk.example",
            subject: name,
            text: "text",
            html: "html",
        };
        let bytes = message(&mail).unwrap().formatted();
        let headers = String::from_utf8(bytes).unwrap();
        let headers = headers.split("\r\n\r\n").next().unwrap().to_owned();
        assert!(!headers.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc:")), "{headers}");
        assert!(headers.contains("Message-ID: <1@balie.example>"));
    }
}
