//! U6: every company that has had an administrator keeps one, whatever the deed.

use crate::support::{ANNA, COMPANY, TestDesk, on_both, refused};
use server::{Error, deed::Deed, sql, users};
use shared::{AccountId, Refusal, Role, event::Event};

const BRAM: &str = "bram@vandijk.example";

fn edited(account: AccountId, role: Option<Role>, blocked: Option<bool>) -> Event {
    Event::UserEdited { company: COMPANY, account, details: false, role, blocked, mail_to_administrators: None, mailed: false }
}

/// What any deed may write, and the event that it then ends in.
type Careless = (&'static str, fn(AccountId) -> Event);

const TAKEN_AWAY: [Careless; 3] = [
    ("UPDATE membership SET role = 'user' WHERE account = $1", |account| edited(account, Some(Role::User), None)),
    ("UPDATE membership SET blocked_at = 1 WHERE account = $1", |account| edited(account, None, Some(true))),
    ("DELETE FROM membership WHERE account = $1", |account| Event::UserRemoved { company: COMPANY, account }),
];

/// A deed that asks no rule before it writes: only the door that all go through is left.
async fn careless(desk: &TestDesk, change: &'static str, account: AccountId, event: Event) -> server::Result<()> {
    let mut deed = Deed::by_the_system(desk).await?;
    deed.lock_company(COMPANY).await?;
    deed.execute(sql!(change, account)).await?;
    deed.commit(event).await
}

on_both! {
    async fn the_last_one_can_not_become_a_user(desk) {
        let anna = desk.office().await;
        let annas = desk.id_of(ANNA).await;
        desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
        let bram = desk.id_of(BRAM).await;
        // Whoever is invited, awaits approval or is blocked is none.
        for change in [
            "UPDATE membership SET blocked_at = 1 WHERE account = $1",
            "UPDATE membership SET blocked_at = NULL, state = 'awaiting_approval' WHERE account = $1",
            "UPDATE membership SET state = 'invited', invited_until = 9000000000000 WHERE account = $1",
            "UPDATE membership SET role = 'user', state = 'active', invited_until = NULL WHERE account = $1",
            "DELETE FROM membership WHERE account = $1",
        ] {
            desk.execute(sql!(change, bram)).await;
            let before = desk.dump().await;
            assert_eq!(refused(desk.save(&anna, annas, |form| form.role = "user".into()).await), Refusal::LastAdministrator, "{change}");
            let shown = users::details(desk, &anna, annas).await.unwrap();
            assert_eq!(shown.may_demote, Err(Refusal::LastAdministrator), "the page says what the deed does");
            assert_eq!(desk.dump().await, before);
        }
        desk.membership(COMPANY, bram, "administrator").await;
        desk.save(&anna, annas, |form| form.role = "user".into()).await.unwrap();
        assert_eq!(desk.visit(ANNA).await.administrator(COMPANY).unwrap_err(), Refusal::NotAllowed);
    }

    async fn whoever_does_not_count_can_be_taken_away(desk) {
        let anna = desk.office().await;
        let bram = desk.id_of_new_administrator(BRAM).await;
        desk.save(&anna, bram, |form| form.blocked = Some("on".into())).await.unwrap();
        desk.save(&anna, bram, |form| form.role = "user".into()).await.unwrap();
        desk.save(&anna, bram, |form| form.role = "administrator".into()).await.unwrap();
        users::remove(desk, &anna, bram).await.unwrap();
        assert_eq!(users::details(desk, &anna, desk.id_of(ANNA).await).await.unwrap().may_demote, Err(Refusal::LastAdministrator));
    }

    /// Delete `keep_an_administrator` in `Deed::commit_all` to see it fail.
    async fn no_deed_gets_by_the_door(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let before = desk.dump().await;
        for (change, event) in TAKEN_AWAY {
            assert_eq!(refused(careless(desk, change, annas, event(annas)).await), Refusal::LastAdministrator, "{change}");
            assert_eq!(desk.dump().await, before, "nothing of it happened");
        }
        let bram = desk.id_of_new_administrator(BRAM).await;
        for (change, event) in TAKEN_AWAY {
            let mut deed = Deed::by_the_system(desk).await.unwrap();
            deed.lock_company(COMPANY).await.unwrap();
            for account in [annas, bram] {
                deed.execute(sql!(change, account)).await.unwrap();
            }
            assert_eq!(refused(deed.commit_all(vec![event(annas), event(bram)]).await), Refusal::LastAdministrator, "{change}");
        }
        for (change, event) in TAKEN_AWAY {
            careless(desk, change, bram, event(bram)).await.unwrap();
            desk.execute(sql!("DELETE FROM membership WHERE account = $1", bram)).await;
            desk.membership(COMPANY, bram, "administrator").await;
        }
    }

    async fn a_company_that_never_had_one_is_not_bound(desk) {
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &["vandijk.example"]).await;
        for (change, event) in TAKEN_AWAY {
            let carla = desk.account(&format!("p{}@vandijk.example", change.len()), "Carla de Bruin").await;
            desk.membership(COMPANY, carla, "user").await;
            careless(desk, change, carla, event(carla)).await.unwrap();
        }
    }

    async fn a_deed_that_did_not_lock_the_company_is_refused(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        desk.id_of_new_administrator(BRAM).await;
        let before = desk.dump().await;
        for (change, event) in TAKEN_AWAY {
            let mut deed = Deed::by_the_system(desk).await.unwrap();
            deed.execute(sql!(change, annas)).await.unwrap();
            assert!(matches!(deed.commit(event(annas)).await, Err(Error::Internal(_))), "{change}");
        }
        let deed = Deed::by_the_system(desk).await.unwrap();
        assert!(matches!(deed.commit_all(Vec::new()).await, Err(Error::Internal(_))), "a deed without an event");
        assert_eq!(desk.dump().await, before);
    }
}

impl TestDesk {
    async fn id_of_new_administrator(&self, username: &str) -> AccountId {
        self.administrator(COMPANY, username, "Bram Janssen").await;
        self.id_of(username).await
    }
}
