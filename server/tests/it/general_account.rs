//! G2: the account that everybody in a company shares.

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, TestDesk, on_both, refused, refused_link};
use server::{Error, callers::Anyone, companies::by_staff, general_account, registration, reset, sessions, sql, users};
use shared::{
    FieldName, Permit, Problem, Refusal,
    companies::{AppointForm, CompanyForm},
    event::Event,
    fields::Language,
    refusal::LinkState,
    users::{Chosen, UsersQuery},
};

const GENERAL: &str = "vandijk-balie";
const OTHER: &str = "Meeuw-Zeven-Kade-24";

/// Made by staff, its password set by Anna.
async fn made(desk: &TestDesk) {
    let staff = desk.staff().await;
    general_account::create(desk, &staff, COMPANY, " VanDijk-Balie ").await.unwrap();
    let token = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();
    reset::set(desk, &crate::support::here(), &token, PASSWORD, PASSWORD).await.unwrap();
    desk.expect_mail(&[("general_password_changed", ANNA)]).await;
}

on_both! {
    async fn from_creation_to_signing_in(desk) {
        let anna = desk.office().await;
        made(desk).await;
        let visitor = desk.visit(GENERAL).await;
        assert!(visitor.standing.general && visitor.member(COMPANY).is_ok());
        assert_eq!(visitor.name, "Van Dijk Bruggenbouw");
        // No profile.
        assert_eq!(visitor.standing.may(Permit::OwnProfile, None), Err(Refusal::NotAllowed));
        assert_eq!(visitor.person().unwrap_err(), Refusal::NotAllowed);
        assert_eq!(refused(visitor.sessions(desk).await), Refusal::NotAllowed);
        assert_eq!(refused(visitor.end_other_sessions(desk).await), Refusal::NotAllowed);
        let list = users::list(desk, &anna, &UsersQuery { search: GENERAL.into(), ..UsersQuery::default() }).await.unwrap();
        assert_eq!(list.found, 1);
    }

    async fn one_for_each_company_and_a_username_that_is_free(desk) {
        desk.office().await;
        desk.offshore().await;
        made(desk).await;
        let staff = desk.visit("staff@balie.example").await.staff().unwrap();
        assert_eq!(refused(general_account::create(desk, &staff, COMPANY, "another").await), Refusal::HasGeneralAccount);
        for (username, problem) in [(GENERAL, Problem::AddressTaken), ("a@vandijk.example", Problem::NotAUsername), ("", Problem::Missing)] {
            let outcome = general_account::create(desk, &staff, OFFSHORE, username).await;
            assert_eq!(refused(outcome), Refusal::field(FieldName::Username, problem), "{username}");
        }
        assert!(matches!(general_account::create(desk, &staff, shared::CompanyNumber(9), "nine").await, Err(Error::NotFound)));
    }

    /// A4: to the administrators, and to nobody where there is none.
    async fn forgot_password_goes_to_the_administrators(desk) {
        desk.office().await;
        made(desk).await;
        let session = desk.sign_in(GENERAL).await;
        desk.forgot(GENERAL).await;
        let token = desk.expect_reset(ANNA).await;
        reset::set(desk, &crate::support::here(), &token, OTHER, OTHER).await.unwrap();
        desk.expect_mail(&[("general_password_changed", ANNA)]).await;
        assert!(desk.find(&session).await.is_none());
        let annas = desk.id_of(ANNA).await;
        desk.execute(sql!("UPDATE membership SET role = 'user' WHERE account = $1", annas)).await;
        desk.forgot(GENERAL).await;
        desk.expect_applied(&[]).await;
    }

    /// P3: with its current password; wrong ones are counted as its own.
    async fn an_administrator_changes_its_password(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        made(desk).await;
        let session = desk.sign_in(GENERAL).await;
        let wrong = Refusal::field(FieldName::CurrentPassword, Problem::WrongPassword);
        assert_eq!(refused(general_account::change_password(desk, &anna, "not it at all", OTHER, OTHER).await), wrong);
        assert!(matches!(general_account::change_password(desk, &dirk, PASSWORD, OTHER, OTHER).await, Err(Error::NotFound)));
        let personal = refused(general_account::change_password(desk, &anna, PASSWORD, "vandijk-balie-1234", "vandijk-balie-1234").await);
        assert_eq!(personal, Refusal::field(FieldName::NewPassword, Problem::PersonalPassword));
        desk.new_deeds().await;
        general_account::change_password(desk, &anna, PASSWORD, OTHER, OTHER).await.unwrap();
        let general = desk.id_of(GENERAL).await;
        assert_eq!(desk.new_event().await, Event::PasswordChanged { account: general });
        desk.expect_mail(&[("general_password_changed", ANNA)]).await;
        assert!(desk.find(&session).await.is_none(), "A7");
        server::sign_in::sign_in(desk, &crate::support::here(), GENERAL, OTHER).await.unwrap();
    }

    async fn what_it_can_not_be(desk) {
        let anna = desk.office().await;
        made(desk).await;
        let general = desk.id_of(GENERAL).await;
        let before = desk.dump().await;
        assert_eq!(refused(desk.save(&anna, general, |form| form.role = "administrator".into()).await), Refusal::GeneralAccount);
        assert_eq!(refused(users::remove(desk, &anna, general).await), Refusal::GeneralAccount);
        assert_eq!(refused(users::address::ask(desk, &anna, general, "x@vandijk.example").await), Refusal::GeneralAccount);
        assert_eq!(desk.dump().await, before);
        // Its mail can't be turned to itself: it has no mailbox.
        desk.save(&anna, general, |form| form.mail_to_administrators = None).await.unwrap();
        desk.forgot(GENERAL).await;
        desk.expect_reset(ANNA).await;
    }

    async fn blocked_by_staff_and_by_an_administrator(desk) {
        let anna = desk.office().await;
        made(desk).await;
        let staff = desk.visit("staff@balie.example").await.staff().unwrap();
        let session = desk.sign_in(GENERAL).await;
        general_account::set_blocked(desk, &staff, COMPANY, true).await.unwrap();
        assert!(desk.find(&session).await.is_none());
        assert_eq!(refused(desk.guess(GENERAL, PASSWORD).await), Refusal::SignIn);
        general_account::set_blocked(desk, &staff, COMPANY, false).await.unwrap();
        desk.sign_in(GENERAL).await;
        let general = desk.id_of(GENERAL).await;
        desk.save(&anna, general, |form| form.blocked = Some("on".into())).await.unwrap();
        assert_eq!(refused(desk.guess(GENERAL, PASSWORD).await), Refusal::SignIn);
        assert!(matches!(general_account::set_blocked(desk, &staff, OFFSHORE, true).await, Err(Error::NotFound)));
    }

    /// G2: made before there was anybody who could be mailed.
    async fn the_first_administrator_is_mailed_as_soon_as_there_is_one(desk) {
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &["vandijk.example"]).await;
        let staff = desk.staff().await;
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        desk.no_mail().await;
        let jan = AppointForm { name: "Jan".into(), email: "jan@elsewhere.example".into() };
        users::appoint(desk, &staff, COMPANY, &jan).await.unwrap();
        let token = desk.expect_invitation("jan@elsewhere.example").await;
        registration::complete(desk, &crate::support::here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        let token = desk.expect_mail(&[("general_account_created", "jan@elsewhere.example")]).await.remove(0).token();
        // One who comes later finds it under way.
        let bram = desk.account("bram@vandijk.example", "Bram").await;
        desk.membership(COMPANY, bram, "user").await;
        users::appoint(desk, &staff, COMPANY, &AppointForm { name: "Bram".into(), email: "bram@vandijk.example".into() }).await.unwrap();
        desk.no_mail().await;
        reset::set(desk, &crate::support::here(), &token, PASSWORD, PASSWORD).await.unwrap();
        desk.expect_mail(&[("general_password_changed", "jan@elsewhere.example"), ("general_password_changed", "bram@vandijk.example")]).await;
        desk.sign_in(GENERAL).await;
    }

    /// The same for somebody who was a user, and is appointed.
    async fn a_user_who_becomes_the_first_administrator_is_mailed(desk) {
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &["vandijk.example"]).await;
        let staff = desk.staff().await;
        let bram = desk.account("bram@vandijk.example", "Bram").await;
        desk.membership(COMPANY, bram, "user").await;
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        desk.no_mail().await;
        users::appoint(desk, &staff, COMPANY, &AppointForm { name: "Bram".into(), email: "bram@vandijk.example".into() }).await.unwrap();
        desk.expect_mail(&[("general_account_created", "bram@vandijk.example")]).await;
    }

    /// It is called what the company is called, unless an administrator calls it otherwise.
    async fn a_company_that_is_renamed_renames_it(desk) {
        let anna = desk.office().await;
        made(desk).await;
        let staff = desk.visit("staff@balie.example").await.staff().unwrap();
        let form = |name: &str| CompanyForm {
            company_name: name.into(),
            kvk: "24351712".into(),
            country: "NL".into(),
            domains: "vandijk.example".into(),
            self_registration: Some("on".into()),
            ..CompanyForm::default()
        };
        by_staff::save(desk, &staff, COMPANY, &form("Zwaluw Bruggen")).await.unwrap();
        assert_eq!(desk.visit(GENERAL).await.name, "Zwaluw Bruggen");
        let found = async |search: &str| users::list(desk, &anna, &UsersQuery { search: search.into(), ..UsersQuery::default() }).await.unwrap().found;
        assert_eq!((found("zwaluw").await, found("bruggenbouw").await), (1, 0));
        desk.execute(sql!("UPDATE account SET name = 'Receptie' WHERE username = $1", GENERAL)).await;
        by_staff::save(desk, &staff, COMPANY, &form("Meeuw Bruggen")).await.unwrap();
        assert_eq!(desk.visit(GENERAL).await.name, "Receptie");
        desk.execute(sql!("UPDATE account SET name = 'Zwaluw Bruggen' WHERE username = $1", GENERAL)).await;
    }

    /// It reads the language of whoever makes it, until somebody chooses another.
    async fn it_reads_what_its_maker_reads(desk) {
        desk.office().await;
        desk.staff().await;
        let token = desk.sign_in("staff@balie.example").await;
        let dutch = Anyone { language: Language::Dutch, ..crate::support::here() };
        let staff = sessions::find(desk, &token, dutch).await.unwrap().unwrap().staff().unwrap();
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        desk.expect_mail(&[("general_account_created", ANNA)]).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM account WHERE general_of IS NOT NULL AND language = 'nl'")).await, 1);
    }

    /// Its first link ran out, or nobody was there to get it.
    async fn forgot_password_also_sets_the_first_one(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        desk.expect_mail(&[("general_account_created", ANNA)]).await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        desk.forgot(GENERAL).await;
        let token = desk.expect_reset(ANNA).await;
        reset::set(desk, &crate::support::here(), &token, PASSWORD, PASSWORD).await.unwrap();
        desk.expect_mail(&[("general_password_changed", ANNA)]).await;
        desk.sign_in(GENERAL).await;
    }

    /// *Resend email*: the same letter with another link and another month, as long as there is no password.
    async fn an_administrator_has_the_first_link_sent_again(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let staff = desk.staff().await;
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        let first = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();
        let general = desk.id_of(GENERAL).await;
        let shown = users::details(desk, &anna, general).await.unwrap();
        assert!(shown.awaits_password() && shown.may_resend.is_ok() && shown.mail.is_some());
        assert!(matches!(users::resend(desk, &dirk, general).await, Err(Error::NotFound)));
        desk.clock.advance_seconds(40 * 24 * 3600);
        desk.new_deeds().await;
        users::resend(desk, &anna, general).await.unwrap();
        assert_eq!(desk.new_event().await, Event::RegistrationResent { company: COMPANY, account: general });
        let second = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();
        assert_eq!(refused_link(reset::look(desk, &first).await), LinkState::Replaced);
        desk.clock.advance_seconds(30 * 24 * 3600);
        assert_eq!(reset::look(desk, &second).await.unwrap().username, GENERAL);
        assert_eq!(users::resend_chosen(desk, &anna, &Chosen::Some(vec![general])).await.unwrap().0, 1);
        let third = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();

        general_account::set_blocked(desk, &staff, COMPANY, true).await.unwrap();
        assert_eq!(refused(users::resend(desk, &anna, general).await), Refusal::Blocked);
        assert_eq!(refused_link(reset::look(desk, &third).await), LinkState::Withdrawn);
        general_account::set_blocked(desk, &staff, COMPANY, false).await.unwrap();
        users::resend(desk, &anna, general).await.unwrap();
        let last = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();
        reset::set(desk, &crate::support::here(), &last, PASSWORD, PASSWORD).await.unwrap();
        desk.expect_mail(&[("general_password_changed", ANNA)]).await;
        assert_eq!(refused(users::resend(desk, &anna, general).await), Refusal::AlreadyRegistered);
        assert!(!users::details(desk, &anna, general).await.unwrap().awaits_password());
    }

    /// Nobody can be added, registered or moved onto a username that is no address; and a link of its own opens no registration.
    async fn its_link_sets_a_password_and_nothing_else(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        general_account::create(desk, &staff, COMPANY, GENERAL).await.unwrap();
        let token = desk.expect_mail(&[("general_account_created", ANNA)]).await.remove(0).token();
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Unknown);
        assert_eq!(reset::look(desk, &token).await.unwrap().username, GENERAL);
    }
}
