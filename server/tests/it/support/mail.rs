//! Letters that a test expects, and the links in them.

use super::{TestDesk, until};
use server::{
    links::{self, Purpose, Sending},
    outbox, sql,
};
use shared::AccountId;
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Letter {
    id: Uuid,
    pub kind: String,
    pub recipient: String,
    pub state: String,
    /// Empty until it was sent.
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    /// What the link in it ends with.
    pub fn token(&self) -> String {
        token_in(&self.text)
    }
}

/// The token of the link in a letter, also in one that was folded for the wire.
pub fn token_in(letter: &str) -> String {
    let whole = letter.replace("=\r\n", "");
    let start = whole.find("http://balie.test/").expect("a link, built from the public address");
    let url = whole[start..].split_whitespace().next().unwrap();
    url.rsplit('/').next().unwrap().to_owned()
}

impl TestDesk {
    /// Sends what is waiting: it must be these letters (kind, recipient) and no others.
    #[track_caller]
    pub fn expect_mail<'a>(&'a self, expected: &'a [(&'a str, &'a str)]) -> impl Future<Output = Vec<Letter>> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            // Where the desk is served, its own worker may be at one.
            until("every letter is sent", async || {
                outbox::send_waiting(self).await.unwrap();
                self.unseen_letters().await.iter().all(|letter| letter.state == "sent")
            })
            .await;
            let mut letters = self.unseen_letters().await;
            letters.sort_by(|a, b| (&a.kind, &a.recipient).cmp(&(&b.kind, &b.recipient)));
            let found: Vec<_> = letters.iter().map(|letter| (letter.kind.as_str(), letter.recipient.as_str())).collect();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "the letters at {caller}");
            self.seen_letters.lock().unwrap().extend(letters.iter().map(|letter| letter.id));
            letters
        }
    }

    /// [`Self::expect_mail`] after somebody asked to register: what is sent is decided as it is sent, and may be nothing.
    #[track_caller]
    pub fn expect_applied<'a>(&'a self, expected: &'a [(&'a str, &'a str)]) -> impl Future<Output = Vec<Letter>> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            while outbox::send_waiting(self).await.unwrap() > 0 {}
            let (dropped, mut letters): (Vec<_>, Vec<_>) =
                self.unseen_letters().await.into_iter().partition(|letter| letter.state == "dropped");
            letters.sort_by(|a, b| (&a.kind, &a.recipient).cmp(&(&b.kind, &b.recipient)));
            let found: Vec<_> = letters.iter().map(|letter| (letter.kind.as_str(), letter.recipient.as_str())).collect();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "the letters at {caller}");
            self.seen_letters.lock().unwrap().extend(letters.iter().chain(&dropped).map(|letter| letter.id));
            letters
        }
    }

    /// The one letter that completes a registration.
    #[track_caller]
    pub fn expect_invitation<'a>(&'a self, recipient: &'a str) -> impl Future<Output = String> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let letters = self.expect_mail(&[("complete_registration", recipient)]).await;
            letters.first().unwrap_or_else(|| panic!("a letter at {caller}")).token()
        }
    }

    /// The one letter that sets a password.
    pub async fn expect_reset(&self, recipient: &str) -> String {
        self.expect_mail(&[("reset_password", recipient)]).await[0].token()
    }

    pub async fn no_mail(&self) {
        self.expect_mail(&[]).await;
    }

    /// Sends what waits, for tests to which it is all the same what that is.
    pub async fn mail_goes_out(&self) {
        self.later.wait().await;
        while outbox::send_waiting(self).await.unwrap() > 0 {}
        self.letters_are_looked_at().await;
    }

    /// For tests that look at the letters' rows themselves.
    pub async fn letters_are_looked_at(&self) {
        let letters = self.unseen_letters().await;
        self.seen_letters.lock().unwrap().extend(letters.iter().map(|letter| letter.id));
    }

    /// The token of somebody's invitation, as if its letter had come.
    pub async fn invitation_of(&self, account: AccountId) -> String {
        self.token_of(account, "complete_registration", Purpose::CompleteRegistration).await
    }

    /// The same of the question whether they want to be administrator (U6).
    pub async fn succession_of(&self, account: AccountId) -> String {
        self.token_of(account, "succeed", Purpose::Succeed).await
    }

    async fn token_of(&self, account: AccountId, key: &str, purpose: Purpose) -> String {
        let link = sql!("SELECT id, generation FROM link WHERE account = $1 AND purpose = $2", account, key);
        let (link, generation) = self.db.one(link).await.unwrap();
        let url = links::url(self, "page", purpose, Sending { link, generation });
        url.rsplit('/').next().unwrap().to_owned()
    }

    pub(super) async fn unseen_letters(&self) -> Vec<Letter> {
        self.later.wait().await;
        let letters: Vec<Letter> = self
            .db
            .all(sql!(
                "SELECT l.id, l.kind, COALESCE(d.recipient, r.username, p.address) AS recipient, l.state, COALESCE(d.subject, '') AS subject,
                   COALESCE(d.text, '') AS text, COALESCE(d.html, '') AS html
                 FROM letter l LEFT JOIN account r ON r.id = l.recipient LEFT JOIN application p ON p.id = l.application
                 LEFT JOIN dev_mail d ON d.id = l.id"
            ))
            .await
            .unwrap();
        let seen = self.seen_letters.lock().unwrap();
        letters.into_iter().filter(|letter| !seen.contains(&letter.id)).collect()
    }
}
