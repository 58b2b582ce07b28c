//! Companies and people. What has no door yet (a company, its first administrator) is put into the tables; everybody else is added,
//! mailed and registered as people are.

use super::{PASSWORD, TestDesk, refused};
use server::{
    Desk,
    callers::{Administrator, Anyone, Staff},
    registration, reset,
    sessions::{self, Token, Visitor},
    sign_in, sql, users,
};
use shared::{
    AccountId, CompanyNumber, Refusal,
    fields::{Language, folded},
    users::UserForm,
};
use sqlx::AssertSqlSafe;
use std::net::{IpAddr, Ipv4Addr};
use tokio::sync::OnceCell;

/// The company of [`TestDesk::office`], and its administrator.
pub const COMPANY: CompanyNumber = CompanyNumber(10001);
pub const ANNA: &str = "anna@vandijk.example";
/// A department that shares its domain.
pub const OFFSHORE: CompanyNumber = CompanyNumber(10002);
/// A third company, where a test wants one.
pub const THIRD: CompanyNumber = CompanyNumber(10003);

pub fn here() -> Anyone {
    from_address(1)
}

pub fn from_address(last: u8) -> Anyone {
    Anyone { address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)), agent: "a test".into(), language: Language::English, brought: None }
}

/// *Add user*, filled in for somebody with role User.
pub fn form(username: &str, name: &str) -> UserForm {
    UserForm { role: "user".into(), username: username.into(), name: name.into(), country: "NL".into(), ..UserForm::default() }
}

impl TestDesk {
    pub async fn company(&self, number: CompanyNumber, name: &str, domains: &[&str]) {
        self.execute(sql!(
            "INSERT INTO company (number, name, kvk, self_registration, created_at) VALUES ($1, $2, '24351712', TRUE, $3)",
            number,
            name,
            self.now()
        ))
        .await;
        for domain in domains {
            self.execute(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, $2)", number, *domain)).await;
        }
    }

    /// The company 10001 with Anna, signed in.
    pub async fn office(&self) -> Administrator {
        self.company(COMPANY, "Van Dijk Bruggenbouw", &["vandijk.example"]).await;
        self.administrator(COMPANY, ANNA, "Anna de Vries").await
    }

    /// The company 10002 with Dirk, signed in.
    pub async fn offshore(&self) -> Administrator {
        self.company(OFFSHORE, "Van Dijk Offshore", &["vandijk.example"]).await;
        self.administrator(OFFSHORE, "dirk@vandijk.example", "Dirk Willemsen").await
    }

    /// Somebody of the provider, signed in.
    pub async fn staff(&self) -> Staff {
        let account = self.account("staff@balie.example", "Sophie Maas").await;
        self.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", account)).await;
        self.visit("staff@balie.example").await.staff().unwrap()
    }

    /// An administrator whom nobody added, signed in.
    pub async fn administrator(&self, company: CompanyNumber, username: &str, name: &str) -> Administrator {
        let account = self.account(username, name).await;
        self.membership(company, account, "administrator").await;
        self.visit(username).await.administrator(company).unwrap()
    }

    /// An account with the password of all and without a membership.
    pub async fn account(&self, username: &str, name: &str) -> AccountId {
        let id = AccountId(self.new_id());
        let hash = hash(self).await;
        self.execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, country, language, staff, password_hash, registered_at, proven_at, created_at)
             VALUES ($1, $2, $3, $4, $5, 'NL', 'en', FALSE, $6, $7, $7, $7)",
            id,
            username,
            name,
            format!("{}\n{username}", folded(name)),
            folded(name),
            hash,
            self.now()
        ))
        .await;
        id
    }

    pub async fn membership(&self, company: CompanyNumber, account: AccountId, role: &str) {
        self.execute(sql!(
            "INSERT INTO membership (company, account, role, state, mail_to_administrators, name_key, search_key, username, created_at)
             SELECT CAST($1 AS BIGINT), id, $3, 'active', FALSE, name_key, search_key, username, CAST($4 AS BIGINT) FROM account WHERE id = $2",
            company,
            account,
            role,
            self.now()
        ))
        .await;
        self.know_everybody().await;
    }

    /// By what name each company knows its people, where the tables were filled by hand.
    async fn know_everybody(&self) {
        self.execute(sql!(
            "INSERT INTO known_as (company, account, name, username, search_key)
             SELECT m.company, m.account, a.name, a.username, a.search_key FROM membership m JOIN account a ON a.id = m.account
             WHERE m.given_name IS NULL ON CONFLICT DO NOTHING"
        ))
        .await;
    }

    /// The account that everybody in 10001 shares (G2), as if staff had made it and somebody had set its password.
    pub async fn general_account(&self, username: &str) -> AccountId {
        let account = self.account(username, "Van Dijk Bruggenbouw").await;
        self.execute(sql!("UPDATE account SET general_of = $1 WHERE id = $2", COMPANY, account)).await;
        self.membership(COMPANY, account, "user").await;
        account
    }

    /// Added and mailed; the mail is still to be expected.
    pub async fn add(&self, administrator: &Administrator, username: &str) -> AccountId {
        users::add(self, administrator, &form(username, "Carla de Bruin")).await.unwrap()
    }

    /// Added, mailed, and through the registration.
    pub async fn registered(&self, administrator: &Administrator, username: &str) -> AccountId {
        let account = self.add(administrator, username).await;
        let token = self.expect_invitation(username).await;
        registration::complete(self, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        account
    }

    /// Signs in with the password of all.
    pub async fn sign_in(&self, username: &str) -> Token {
        sign_in::sign_in(self, &here(), username, PASSWORD).await.unwrap()
    }

    pub async fn visit(&self, username: &str) -> Visitor {
        let token = self.sign_in(username).await;
        self.find(&token).await.unwrap()
    }

    /// Signed in without a password, which would take its time hundreds of times over.
    pub async fn visitor_of(&self, account: AccountId, username: &str) -> Visitor {
        let hash = server::desk::digest(username.as_bytes());
        let now = self.now();
        self.execute(sql!(
            "INSERT INTO session (token_hash, id, account, created_at, seen_at, ends_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, '', '')",
            &hash,
            self.new_id(),
            account,
            now,
            now.plus_minutes(60)
        ))
        .await;
        self.find(&Token::from_cookie(username)).await.unwrap()
    }

    /// And waits until it is written down that they were seen.
    pub async fn find(&self, token: &Token) -> Option<Visitor> {
        let found = sessions::find(self, token, here()).await.unwrap();
        self.later.wait().await;
        found
    }

    /// The row alone, without what blocking somebody does besides: every condition must hold by itself.
    pub async fn block(&self, company: CompanyNumber, account: AccountId) {
        let blocked =
            self.execute(sql!("UPDATE membership SET blocked_at = 1 WHERE company = $1 AND account = $2", company, account)).await;
        assert_eq!(blocked, 1);
    }

    pub async fn id_of(&self, username: &str) -> AccountId {
        let (id,): (uuid::Uuid,) = self.db.one(sql!("SELECT id FROM account WHERE username = $1", username)).await.unwrap();
        AccountId(id)
    }

    pub async fn guess(&self, username: &str, password: &str) -> server::Result<Token> {
        let outcome = sign_in::sign_in(self, &here(), username, password).await;
        self.later.wait().await;
        outcome
    }

    /// Five wrong passwords in a row (A3).
    pub async fn lock(&self, username: &str) {
        for _ in 0..5 {
            assert_eq!(refused(self.guess(username, "not the password").await), Refusal::SignIn);
        }
    }

    /// *Forgot password*, and what follows from it after the answer.
    pub async fn forgot(&self, username: &str) {
        reset::ask(self, &here(), username).await.unwrap();
        self.later.wait().await;
    }

    /// *Save user* with what the page shows, changed.
    pub async fn save(&self, by: &Administrator, account: AccountId, change: impl FnOnce(&mut UserForm)) -> server::Result<()> {
        let mut form = self.form_of(by, account).await;
        change(&mut form);
        users::save(self, by, account, &form).await
    }

    /// The form of somebody's page, as it stands there at this moment.
    pub async fn form_of(&self, by: &Administrator, account: AccountId) -> UserForm {
        let shown = users::details(self, by, account).await.unwrap();
        UserForm {
            seen: Some(shown.seen()),
            role: shown.role.key().into(),
            username: shown.username,
            name: shown.name,
            phone: shown.phone.unwrap_or_default(),
            country: shown.country.map(|country| country.code().to_owned()).unwrap_or_default(),
            blocked: shown.blocked.then(|| "on".into()),
            mail_to_administrators: shown.mail_to_administrators.then(|| "on".into()),
            licence: String::new(),
        }
    }

    /// So many registered people of role User, from `crowd1@vandijk.example` on, without a letter.
    pub async fn crowd(&self, company: CompanyNumber, count: u32) {
        let id = if self.db.is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };
        let people = format!(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)
             INSERT INTO account (id, username, name, search_key, name_key, country, language, staff, password_hash, registered_at, created_at)
             SELECT {id}, 'crowd' || i || '@vandijk.example', 'Crowd ' || i, 'crowd ' || i, 'crowd ' || i, 'NL', 'en', FALSE, 'x', $2, $2 FROM n"
        );
        self.execute(sql!(AssertSqlSafe(people), count, self.now())).await;
        self.execute(sql!(
            "INSERT INTO membership (company, account, role, state, mail_to_administrators, name_key, search_key, username, created_at)
             SELECT CAST($1 AS BIGINT), id, 'user', 'active', FALSE, name_key, search_key, username, created_at FROM account
             WHERE username LIKE 'crowd%'",
            company
        ))
        .await;
        self.know_everybody().await;
    }
}

/// Of the password of all.
pub async fn hash(desk: &Desk) -> String {
    static HASH: OnceCell<String> = OnceCell::const_new();
    HASH.get_or_init(async || desk.passwords.hash([7; 16], PASSWORD.to_owned()).await.unwrap()).await.clone()
}
