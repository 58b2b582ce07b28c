//! The demo: a provider, companies that share a domain, and people in every status, made through the real deeds with the clock turned back.

mod licences;
mod newsletters;

use crate::{
    Desk,
    callers::{Anyone, SignedIn, Staff},
    companies::by_staff,
    deed::Deed,
    error::{Error, Result},
    general_account, registration, reset, sign_in, sql, staff, users,
};
use shared::{
    AccountId, CompanyNumber,
    companies::CompanyForm,
    event::Event,
    fields::{EmailAddress, Language, PersonName},
    users::UserForm,
};
use std::net::{IpAddr, Ipv4Addr};
use uuid::Uuid;

const PASSWORD: &str = "Kade-Zeven-Meeuw-42";

pub const WHO_CAN_SIGN_IN: &str = "\
The demo is ready. Everybody's password is Kade-Zeven-Meeuw-42
  staff@balie.example       the provider's staff
  anna@vandijk.example      administrator of 10001 Van Dijk Bruggenbouw (also bram@)
  carla@vandijk.example     user of 10001 Van Dijk Bruggenbouw
  dirk@vandijk.example      only administrator of 10002 Van Dijk Offshore
  marit@vandijk.example     user of 10002 Van Dijk Offshore
  eva@noordzee.example      only administrator of 10003 Noordzee Energie
  noordzee                  the general account of 10003 Noordzee Energie
10001 and 10002 are departments. Anna, Bram, Carla and Marit can go from one to the other: My profile, Change company.
Dirk can too, once Marit has taken his place as administrator: he asks her there with Hand over.";

const DAY: i64 = 24 * 3600;

struct DemoCompany {
    number: CompanyNumber,
    name: &'static str,
    kvk: &'static str,
    domain: &'static str,
    self_registration: bool,
    contact: &'static str,
}

const BRUGGENBOUW: CompanyNumber = CompanyNumber(10001);
const OFFSHORE: CompanyNumber = CompanyNumber(10002);
const NOORDZEE: CompanyNumber = CompanyNumber(10003);

const COMPANIES: [DemoCompany; 3] = [
    DemoCompany {
        number: BRUGGENBOUW,
        name: "Van Dijk Bruggenbouw",
        kvk: "24351712",
        domain: "vandijk.example",
        self_registration: true,
        contact: "Anna de Vries",
    },
    DemoCompany {
        number: OFFSHORE,
        name: "Van Dijk Offshore",
        kvk: "24351713",
        domain: "vandijk.example",
        self_registration: true,
        contact: "Dirk Willemsen",
    },
    DemoCompany {
        number: NOORDZEE,
        name: "Noordzee Energie",
        kvk: "61204418",
        domain: "noordzee.example",
        self_registration: false,
        contact: "Eva Prins",
    },
];

/// How far somebody of the demo got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Registered,
    Waiting,
    Expired,
    Blocked,
    Locked,
}

/// First name, surname, how far they got: colleagues of Van Dijk Bruggenbouw.
const COLLEAGUES: [(&str, &str, Way); 34] = [
    ("carla", "de Bruin", Way::Registered),
    ("aisha", "El Amrani", Way::Registered),
    ("bas", "Kuiper", Way::Registered),
    ("daan", "Jansen", Way::Waiting),
    ("eline", "van der Meer", Way::Registered),
    ("fatima", "Yılmaz", Way::Registered),
    ("femke", "Bakker", Way::Expired),
    ("gijs", "Visser", Way::Registered),
    ("hanna", "Smit", Way::Waiting),
    ("ibrahim", "Demir", Way::Registered),
    ("ilse", "Mulder", Way::Blocked),
    ("jasper", "de Groot", Way::Registered),
    ("joris", "Bos", Way::Registered),
    ("julia", "Vos", Way::Waiting),
    ("karim", "Haddad", Way::Registered),
    ("koen", "Peters", Way::Registered),
    ("lars", "Hendriks", Way::Expired),
    ("lotte", "van Leeuwen", Way::Registered),
    ("luuk", "Dekker", Way::Registered),
    ("maartje", "Brouwer", Way::Locked),
    ("mees", "de Wit", Way::Registered),
    ("mila", "Dijkstra", Way::Registered),
    ("noor", "Smits", Way::Registered),
    ("olivier", "de Graaf", Way::Waiting),
    ("pieter", "van den Berg", Way::Registered),
    ("quinten", "Kok", Way::Registered),
    ("roos", "Jacobs", Way::Blocked),
    ("ruben", "van Vliet", Way::Registered),
    ("sanne", "Postma", Way::Registered),
    ("sem", "Huisman", Way::Registered),
    ("tess", "Çelik", Way::Expired),
    ("thijs", "Kramer", Way::Registered),
    ("vera", "Scholten", Way::Registered),
    ("wouter", "Prins", Way::Registered),
];

/// The same, of Van Dijk Offshore: one of them can take Dirk's place, who is its only administrator (U6).
const OFFSHORE_COLLEAGUES: [(&str, &str, Way); 2] = [("jelle", "Bouma", Way::Registered), ("marit", "Hoekstra", Way::Registered)];

/// Fills an empty database.
///
/// # Errors
/// When there are people in it.
pub async fn make(desk: &Desk) -> Result<()> {
    let (people,): (i64,) = desk.db.one(sql!("SELECT COUNT(*) FROM account")).await?;
    if people > 0 {
        return Err(Error::internal("the demo needs a database without people; this one has some"));
    }
    // One hash for all: the password is the same.
    let hash = desk.passwords.hash(desk.chance.bytes(), PASSWORD.to_owned()).await?;
    for company in &COMPANIES {
        make_company(desk, company).await?;
    }
    make_staff(desk, &hash).await?;
    for (company, username, name) in [
        (BRUGGENBOUW, "anna@vandijk.example", "Anna de Vries"),
        (BRUGGENBOUW, "bram@vandijk.example", "Bram Janssen"),
        (OFFSHORE, "dirk@vandijk.example", "Dirk Willemsen"),
        (NOORDZEE, "eva@noordzee.example", "Eva Prins"),
    ] {
        make_administrator(desk, company, username, name, &hash).await?;
    }
    for (company, colleagues) in [(BRUGGENBOUW, COLLEAGUES.as_slice()), (OFFSHORE, OFFSHORE_COLLEAGUES.as_slice())] {
        for (index, colleague) in colleagues.iter().enumerate() {
            let days_ago = 70 - i64::try_from(index).unwrap_or_default();
            make_colleague(desk, company, colleague, days_ago, &hash).await?;
        }
    }
    make_general_account(desk, NOORDZEE, "noordzee", &hash).await?;
    licences::make(desk).await?;
    newsletters::make(desk).await?;
    settle_mail(desk).await
}

async fn make_company(desk: &Desk, company: &DemoCompany) -> Result<()> {
    let form = CompanyForm {
        company_name: company.name.into(),
        kvk: company.kvk.into(),
        country: "NL".into(),
        contact_name: company.contact.into(),
        contact_email: format!("office@{}", company.domain),
        contact_phone: "+31 10 555 01 00".into(),
        account_manager: "Sophie Maas".into(),
        domains: company.domain.into(),
        self_registration: company.self_registration.then(|| "on".into()),
        ..CompanyForm::default()
    };
    let number = ago(desk, 400, async {
        let deed = Deed::by_the_system(desk).await?;
        by_staff::create_in(deed, &form.parse()?).await
    })
    .await?;
    if number == company.number { Ok(()) } else { Err(Error::internal("the demo's companies have other numbers")) }
}

async fn make_staff(desk: &Desk, hash: &str) -> Result<()> {
    let email = EmailAddress::parse("staff@balie.example").map_err(|_| Error::internal("the demo's address"))?;
    let name = PersonName::parse("Sophie Maas").map_err(|_| Error::internal("the demo's name"))?;
    let mut deed = Deed::by_the_system(desk).await?;
    let account = staff::insert(&mut deed, &email, &name, Language::English).await?;
    let now = deed.now;
    deed.exactly_one(sql!("UPDATE account SET password_hash = $1, registered_at = $2 WHERE id = $3", hash, now, account)).await?;
    deed.commit(Event::StaffAdded { account }).await
}

async fn make_general_account(desk: &Desk, company: CompanyNumber, username: &str, hash: &str) -> Result<()> {
    ago(desk, 80, async {
        let mut deed = Deed::by_the_system(desk).await?;
        let account = general_account::insert(&mut deed, company, username, Language::English).await?;
        let sending = reset::issue(&mut deed, account, 60).await?;
        let now = deed.now;
        deed.exactly_one(sql!("UPDATE link SET used_at = $1 WHERE id = $2", now, sending.link)).await?;
        deed.exactly_one(sql!("UPDATE account SET password_hash = $1, registered_at = $2 WHERE id = $3", hash, now, account)).await?;
        deed.commit(Event::GeneralAccountCreated { company, account }).await
    })
    .await
}

/// The first administrator of a company has nobody to be added by.
async fn make_administrator(desk: &Desk, company: CompanyNumber, username: &str, name: &str, hash: &str) -> Result<()> {
    let form = form(username, name, "administrator", false);
    let account = add(desk, company, &form, 90).await?;
    complete(desk, company, account, hash, 89).await
}

async fn make_colleague(
    desk: &Desk,
    company: CompanyNumber,
    &(first, surname, way): &(&str, &str, Way),
    days_ago: i64,
    hash: &str,
) -> Result<()> {
    let mut capital = first.to_owned();
    capital[..1].make_ascii_uppercase();
    let form = form(&format!("{first}@vandijk.example"), &format!("{capital} {surname}"), "user", way == Way::Blocked);
    let days_ago = if way == Way::Waiting { days_ago % 20 + 1 } else { days_ago.max(35) };
    let account = add(desk, company, &form, days_ago).await?;
    match way {
        Way::Registered => complete(desk, company, account, hash, days_ago - 1).await,
        Way::Locked => {
            complete(desk, company, account, hash, days_ago - 1).await?;
            for _ in 0..5 {
                // Refused, as it should be.
                let _ = sign_in::sign_in(desk, &somewhere(), &form.username, "not the password").await;
            }
            desk.later.wait().await;
            Ok(())
        }
        Way::Waiting | Way::Expired | Way::Blocked => Ok(()),
    }
}

fn form(username: &str, name: &str, role: &str, blocked: bool) -> UserForm {
    UserForm {
        role: role.into(),
        username: username.into(),
        name: name.into(),
        country: "NL".into(),
        blocked: blocked.then(|| "on".into()),
        ..UserForm::default()
    }
}

async fn complete(desk: &Desk, company: CompanyNumber, account: AccountId, hash: &str, days_ago: i64) -> Result<()> {
    ago(desk, days_ago, async {
        let mut deed = Deed::by_the_system(desk).await?;
        registration::become_active(&mut deed, company, account, hash.to_owned()).await?;
        // P4: the mail came to them, so the address is theirs.
        registration::write_proof(&mut deed, account, true).await?;
        let now = deed.now;
        deed.execute(sql!("UPDATE link SET used_at = $1 WHERE account = $2 AND company = $3", now, account, company)).await?;
        deed.done_by(account);
        deed.commit(Event::RegistrationCompleted { company, account }).await
    })
    .await
}

/// Does something on an earlier day.
async fn ago<T>(desk: &Desk, days: i64, work: impl Future<Output = T>) -> T {
    desk.clock.advance_seconds(-days * DAY);
    let done = work.await;
    desk.clock.advance_seconds(days * DAY);
    done
}

async fn add(desk: &Desk, company: CompanyNumber, form: &UserForm, days_ago: i64) -> Result<AccountId> {
    ago(desk, days_ago, async {
        let deed = Deed::by_the_system(desk).await?;
        users::add_in(deed, company, form, Language::English).await
    })
    .await
}

/// By the part of the username before the @.
async fn account(desk: &Desk, first: &str) -> Result<AccountId> {
    let (id,): (Uuid,) = desk.db.one(sql!("SELECT id FROM account WHERE username LIKE $1", format!("{first}@%"))).await?;
    Ok(AccountId(id))
}

async fn signed_in(desk: &Desk, first: &str) -> Result<SignedIn> {
    Ok(SignedIn { account: account(desk, first).await?, from: somewhere() })
}

async fn staff(desk: &Desk) -> Result<Staff> {
    Ok(Staff(signed_in(desk, "staff").await?))
}

fn somewhere() -> Anyone {
    Anyone { address: IpAddr::V4(Ipv4Addr::LOCALHOST), agent: "demo".into(), language: Language::English, brought: None }
}

/// Mail of long ago was sent long ago; only those who still wait find theirs in the mail box.
async fn settle_mail(desk: &Desk) -> Result<()> {
    desk.db
        .tick(sql!(
            "UPDATE letter SET state = 'sent', attempts = 1, sent_at = created_at WHERE request IS NOT NULL OR NOT EXISTS
               (SELECT 1 FROM membership m WHERE m.account = letter.subject_account AND m.invited_until > $1 AND m.blocked_at IS NULL)",
            desk.now()
        ))
        .await?;
    Ok(())
}
