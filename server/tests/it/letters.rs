//! Letters as they come out of the mail server's other end.

use crate::support::{MailServer, form, here, on_both};
use server::{outbox, reset, sql, users};

on_both! {
    async fn a_hostile_name_gets_into_no_header(desk) {
        let mail_server = MailServer::start().await;
        let worker = desk.another(|settings| settings.smtp_url = Some(mail_server.url())).await;
        let anna = desk.office().await;
        for (index, name) in ["x\" <evil@evil.example>, \"y", "Änne, Bcc: evil@evil.example", "=?utf-8?q?evil?=", "a\\"].into_iter().enumerate() {
            users::add(desk, &anna, &form(&format!("p{index}@vandijk.example"), name)).await.unwrap();
        }
        // What a door lets in one day that it doesn't now.
        desk.execute(sql!("UPDATE account SET name = $1 WHERE username = 'p0@vandijk.example'", "p0\r\nBcc: evil@evil.example\r\n\r\nbody")).await;
        desk.execute(sql!("UPDATE company SET name = $1", "Van Dijk\r\nBcc: evil@evil.example")).await;
        outbox::send_waiting(&worker).await.unwrap();
        let mails = mail_server.mails();
        assert_eq!(mails.len(), 4);
        for mail in mails {
            let (headers, _) = mail.split_once("\r\n\r\n").unwrap();
            assert!(headers.lines().all(|line| !line.to_lowercase().starts_with("bcc")), "{headers}");
            assert_eq!(headers.matches("@vandijk.example").count(), 1, "{headers}");
            assert!(headers.contains("multipart/alternative"), "{headers}");
        }
        desk.letters_are_looked_at().await;
        desk.execute(sql!("UPDATE known_as SET name = (SELECT name FROM account WHERE id = known_as.account)")).await;
        worker.db.close().await;
    }

    async fn everybody_reads_their_own_language(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        for (language, subject) in [("en", "Set a new password"), ("nl", "Stel een nieuw wachtwoord in"), ("xx", "Set a new password")] {
            desk.execute(sql!("UPDATE account SET language = $1", language)).await;
            reset::ask(desk, &here(), "carla@vandijk.example").await.unwrap();
            let letters = desk.expect_mail(&[("reset_password", "carla@vandijk.example")]).await;
            assert_eq!(letters[0].subject, subject);
        }
    }
}
