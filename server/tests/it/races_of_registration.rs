//! S1–S3 and U1 under races, as in [`crate::races`]: two processes, pair after pair.

use crate::{
    races::{both, in_batches},
    support::{COMPANY, OFFSHORE, TestDesk, form, hash, here, on_both, refused},
};
use futures::future::join_all;
use server::{
    Desk,
    callers::Staff,
    companies::by_staff,
    confirming::{self, Confirmed},
    links,
    links::{Purpose, Sending},
    registration, self_registration,
    sessions::Visitor,
    sql, users,
};
use shared::{AccountId, CompanyNumber, FieldName, Problem, Refusal, companies::CompanyForm, refusal::LinkState, registration::ApplyForm};
use std::net::Ipv4Addr;
use tokio::task::JoinHandle;

/// The token of what somebody was mailed, as if the letter had come.
async fn applied(desk: &TestDesk, number: usize, address: &str) -> String {
    let from = server::callers::Anyone { address: Ipv4Addr::from_bits(0x0A00_0000 + u32::try_from(number).unwrap()).into(), ..here() };
    let before: Vec<(uuid::Uuid,)> = desk.db.all(sql!("SELECT id FROM application WHERE address = $1", address)).await.unwrap();
    self_registration::apply(desk, &from, &ApplyForm { name: "Nora Blom".into(), email: address.into() }).await.unwrap();
    let all: Vec<(uuid::Uuid, uuid::Uuid)> = desk
        .db
        .all(sql!("SELECT a.id, l.id FROM application a JOIN link l ON l.application = a.id WHERE a.address = $1", address))
        .await
        .unwrap();
    let (_, link) = all.into_iter().find(|(id, _)| !before.contains(&(*id,))).unwrap();
    token(desk, Purpose::ProveAddress, Sending { link, generation: 1 })
}

fn token(desk: &TestDesk, purpose: Purpose, sending: Sending) -> String {
    links::url(desk, "x", purpose, sending).rsplit('/').next().unwrap().to_owned()
}

fn complete(desk: &Desk, token: &str, company: CompanyNumber) -> JoinHandle<server::Result<()>> {
    let (desk, token) = (desk.clone(), token.to_owned());
    tokio::spawn(async move { registration::complete_hashed(&desk, &here(), &token, Some(company), hash(&desk).await).await.map(|_| ()) })
}

fn answer(desk: &Desk, visitor: &Visitor, token: &str, yes: bool) -> JoinHandle<server::Result<()>> {
    let (desk, visitor, token) = (desk.clone(), visitor.clone(), token.to_owned());
    tokio::spawn(async move {
        if yes {
            confirming::confirm(&desk, &here(), Some(&visitor), &token).await.map(|_| ())
        } else {
            confirming::refuse(&desk, &here(), Some(&visitor), &token).await
        }
    })
}

fn switched_off(desk: &Desk, staff: &Staff, company: CompanyNumber, domain: &str) -> JoinHandle<server::Result<()>> {
    let (desk, staff) = (desk.clone(), staff.clone());
    let (company_name, kvk, country) = ("One of many".into(), "24351712".into(), "NL".into());
    let form = CompanyForm { company_name, kvk, country, domains: domain.to_owned(), ..CompanyForm::default() };
    tokio::spawn(async move { by_staff::save(&desk, &staff, company, &form).await })
}

/// Somebody of 10001.
async fn member(desk: &TestDesk, username: &str) -> AccountId {
    let account = desk.account(username, "Pia").await;
    desk.membership(COMPANY, account, "user").await;
    account
}

/// The token of what an address was asked (U5), as if the letter had come.
async fn asked_of(desk: &TestDesk, account: AccountId, purpose: Purpose, key: &str) -> String {
    let link = sql!("SELECT id, generation FROM link WHERE account = $1 AND purpose = $2", account, key);
    let (link, generation) = desk.db.one(link).await.unwrap();
    token(desk, purpose, Sending { link, generation })
}

fn confirm(desk: &Desk, token: String) -> JoinHandle<server::Result<Confirmed>> {
    let desk = desk.clone();
    tokio::spawn(async move { confirming::confirm(&desk, &here(), None, &token).await })
}

on_both! {
    /// The same link twice, or two links of one address; into one company, or into two. Delete `AND used_at IS NULL` in `links::use_up`, or
    /// `ON CONFLICT (username) DO NOTHING` in `self_registration::account_of`, to see it fail.
    async fn an_address_registers_once(desk) {
        desk.office().await;
        desk.offshore().await;
        let other = desk.another(|_| {}).await;
        in_batches("the same address registered twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let address = format!("p{number}@vandijk.example");
                let first = applied(desk, number, &address).await;
                let second = if number % 2 == 0 { first.clone() } else { applied(desk, number, &address).await };
                let company = if number % 4 < 2 { COMPANY } else { OFFSHORE };
                let outcomes = both(number, || complete(desk, &first, COMPANY), || complete(&other, &second, company)).await;
                let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("not one of two: {outcomes:?}") };
                assert_eq!(refused(lost), Refusal::Link(LinkState::Used));
                let account = desk.id_of(&address).await;
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM membership WHERE account = $1", account)).await, 1);
                assert_eq!(desk.kinds_of(account).await, ["self_registered"]);
            }))
            .await;
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// S5. Delete the second look at `joinable` in `self_registration::register` to see it fail: somebody is then in after it was switched off. Both
    /// lock the company before they look at the clock, so history says who came first.
    async fn whoever_registers_while_it_is_switched_off_is_in_before_or_not_at_all(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        in_batches("registered while it is switched off", async |numbers| {
            for number in numbers {
                let company = CompanyNumber(20000 + i64::try_from(number).unwrap());
                let domain = format!("d{number}.example");
                desk.company(company, "One of many", &[&domain]).await;
                let token = applied(desk, number, &format!("nora@{domain}")).await;
                let off = || switched_off(&other, &staff, company, &domain);
                let (registered, off) = both(number, || complete(desk, &token, company), off).await;
                off.unwrap();
                let members = desk.count(sql!("SELECT COUNT(*) FROM membership WHERE company = $1", company)).await;
                let accounts = desk.count(sql!("SELECT COUNT(*) FROM account WHERE username = $1", format!("nora@{domain}"))).await;
                match registered {
                    Ok(()) => {
                        assert_eq!((members, accounts), (1, 1));
                        let (came, off) = (desk.last(company, "self_registered").await, desk.last(company, "company_edited").await);
                        assert!(came <= off, "switched off at {off}, in at {came}, pair {number}");
                    }
                    lost => {
                        assert_eq!(refused(lost), Refusal::NoSelfRegistration);
                        assert_eq!((members, accounts), (0, 0), "what was refused made nothing");
                    }
                }
            }
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// U1: confirmed and refused at the same instant.
    async fn a_joining_is_answered_once(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let other = desk.another(|_| {}).await;
        in_batches("a joining confirmed and refused", async |numbers| {
            for number in numbers {
                let username = format!("p{number}@vandijk.example");
                let account = desk.account(&username, "Pia").await;
                desk.membership(OFFSHORE, account, "user").await;
                users::add(desk, &anna, &form(&username, "Pia")).await.unwrap();
                let link = desk.db.one(sql!("SELECT id FROM link WHERE account = $1", account)).await.map(|(id,): (uuid::Uuid,)| id).unwrap();
                let token = token(desk, Purpose::CompleteRegistration, Sending { link, generation: 1 });
                let visitor = if number == 0 { desk.visit(&username).await } else { desk.visitor_of(account, &username).await };
                let outcomes = both(number, || answer(desk, &visitor, &token, true), || answer(&other, &visitor, &token, number % 3 == 0)).await;
                let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("not one of two: {outcomes:?}") };
                assert_eq!(refused(lost), Refusal::Link(LinkState::Used));
                let kinds = desk.kinds_of(account).await;
                let members = desk.count(sql!("SELECT COUNT(*) FROM membership WHERE account = $1 AND company = $2", account, COMPANY)).await;
                let joined = kinds.contains(&"company_joined".to_owned());
                assert_eq!(members, i64::from(joined), "{kinds:?}");
                assert!(joined != kinds.contains(&"joining_refused".to_owned()), "{kinds:?}");
            }
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// U5: both addresses at the same instant. Delete the locks in `address::open` to see it fail on PostgreSQL: each then waits for the other one,
    /// and the address never changes.
    async fn the_second_of_two_addresses_changes_it(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let other = desk.another(|_| {}).await;
        in_batches("another address confirmed from both", async |numbers| {
            for number in numbers {
                let (username, new) = (format!("p{number}@vandijk.example"), format!("new{number}@vandijk.example"));
                let account = member(desk, &username).await;
                desk.membership(OFFSHORE, account, "user").await;
                users::address::ask(desk, &anna, account, &new).await.unwrap();
                let from_old = asked_of(desk, account, Purpose::ApproveAddress, "approve_address").await;
                let from_new = asked_of(desk, account, Purpose::ConfirmAddress, "confirm_address").await;
                let outcomes = both(number, || confirm(desk, from_old), || confirm(&other, from_new)).await;
                let mut confirmed = [outcomes.0.unwrap(), outcomes.1.unwrap()];
                confirmed.sort_by_key(|what| *what == Confirmed::AddressWaits);
                assert_eq!(confirmed, [Confirmed::AddressChanged, Confirmed::AddressWaits]);
                assert_eq!(desk.id_of(&new).await, account);
                assert_eq!(desk.kinds_of(account).await, ["address_change_asked", "address_changed", "address_confirmed"]);
            }
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// U5, U1: the address is confirmed while somebody is added by it elsewhere. Delete `is_duplicate` in `address::change` to see it fail on
    /// PostgreSQL: the loser is then told of an incident.
    async fn an_address_is_one_persons(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let other = desk.another(|_| {}).await;
        in_batches("an address confirmed while somebody is added by it", async |numbers| {
            for number in numbers {
                let (username, new) = (format!("p{number}@vandijk.example"), format!("new{number}@vandijk.example"));
                let account = member(desk, &username).await;
                users::address::ask(desk, &anna, account, &new).await.unwrap();
                let token = asked_of(desk, account, Purpose::ConfirmAddress, "confirm_address").await;
                let add = || {
                    let (desk, by, form) = (other.clone(), dirk.clone(), form(&new, "Pia"));
                    tokio::spawn(async move { users::add(&desk, &by, &form).await })
                };
                let (confirmed, added) = both(number, || confirm(desk, token), add).await;
                let added = added.unwrap();
                match confirmed {
                    Ok(what) => assert_eq!((what, added), (Confirmed::AddressChanged, account)),
                    lost => {
                        assert_eq!(refused(lost), Refusal::field(FieldName::Username, Problem::AddressTaken));
                        assert_ne!(added, account);
                    }
                }
                assert_eq!(desk.id_of(&new).await, added);
            }
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }
}
