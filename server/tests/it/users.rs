//! U1, U2: adding people, and who may do anything with them.

use crate::support::{ANNA, COMPANY, PASSWORD, form, here, on_both, refused};
use server::{Error, registration, sql, users};
use shared::{
    AccountId, FieldName, Problem, Refusal, Role,
    users::{Chosen, MailState, StatusKind, UserForm, UsersQuery},
};

const CARLA: &str = "carla@vandijk.example";

fn checked() -> Option<String> {
    Some("on".into())
}

on_both! {
    async fn adding_somebody_stores_what_was_filled_in(desk) {
        let anna = desk.office().await;
        let filled_in = UserForm {
            role: "administrator".into(),
            phone: " +31 10 555 01 00 ".into(),
            ..form("  Carla@VanDijk.Example ", "  Carla   de Bruin ")
        };
        let carla = users::add(desk, &anna, &filled_in).await.unwrap();
        let details = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!(details.mail.unwrap().state, MailState::Queued);
        desk.expect_invitation(CARLA).await;
        let details = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!((details.username.as_str(), details.name.as_str(), details.role), (CARLA, "Carla de Bruin", Role::Administrator));
        assert_eq!(details.phone.as_deref(), Some("+31 10 555 01 00"));
        assert_eq!(details.status.kind, StatusKind::RegistrationRequested);
        assert_eq!(details.mail.unwrap().state, MailState::Sent);
        assert!(!details.blocked && !details.mail_to_administrators && details.registered.is_none());
        assert_eq!((details.may_resend, details.may_unlock), (Ok(()), Err(Refusal::NotLocked)));
    }

    async fn whoever_is_blocked_from_the_start_gets_no_mail(desk) {
        let anna = desk.office().await;
        let carla = users::add(desk, &anna, &UserForm { blocked: checked(), ..form(CARLA, "Carla") }).await.unwrap();
        desk.no_mail().await;
        let details = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!((details.status.kind, details.mail, details.may_resend), (StatusKind::Blocked, None, Err(Refusal::Blocked)));
    }

    async fn what_cant_be_used_changes_nothing(desk) {
        let anna = desk.office().await;
        let before = desk.dump().await;
        let field = |name, problem| Refusal::Fields(vec![(name, problem)]);
        let username = |text: &str| form(text, "Carla");
        let name = |text: &str| form(CARLA, text);
        let foreign = || Problem::ForeignDomain(vec!["vandijk.example".into()]);
        let cases = [
            (username(""), FieldName::Username, Problem::Missing),
            (username("carla"), FieldName::Username, Problem::NotAnAddress),
            (username("a@vandijk.example, b@vandijk.example"), FieldName::Username, Problem::SeveralAddresses),
            (username(&format!("{}@vandijk.example", "x".repeat(300))), FieldName::Username, Problem::TooLong(254)),
            (username("carla\0@vandijk.example"), FieldName::Username, Problem::ControlCharacters),
            (username("carla@vandijk.example\r\nBcc: x@evil.example"), FieldName::Username, Problem::ControlCharacters),
            (username("carla@noordzee.example"), FieldName::Username, foreign()),
            (username("x@vandijk.example.evil.example"), FieldName::Username, foreign()),
            (username("x@sub.vandijk.example"), FieldName::Username, foreign()),
            (username("=?utf-8?q?carla?=@vandijk.example"), FieldName::Username, Problem::NotAnAddress),
            (username("\"carla\"@vandijk.example"), FieldName::Username, Problem::NotAnAddress),
            (username("cárla@vandijk.example"), FieldName::Username, Problem::NotAnAddress),
            (name(" "), FieldName::Name, Problem::Missing),
            (name(&"x".repeat(101)), FieldName::Name, Problem::TooLong(100)),
            (name("Carla\r\nBcc: x@evil.example"), FieldName::Name, Problem::ControlCharacters),
            (UserForm { phone: "call me".into(), ..username(CARLA) }, FieldName::Phone, Problem::NotAPhoneNumber),
            (UserForm { country: "XX".into(), ..username(CARLA) }, FieldName::Country, Problem::NotACountry),
            (UserForm { role: "staff".into(), ..username(CARLA) }, FieldName::Role, Problem::NotAChoice),
        ];
        for (filled_in, name, problem) in cases {
            assert_eq!(refused(users::add(desk, &anna, &filled_in).await), field(name, problem), "{filled_in:?}");
        }
        assert_eq!(desk.dump().await, before);
    }

    async fn hostile_names_are_stored_as_they_are(desk) {
        let anna = desk.office().await;
        for (index, name) in ["<script>alert(1)</script>", "Robert'); DROP TABLE account;--", "=cmd|'/c calc'!A1", "\"Q\" \\ (x) <y@z>", "李小龍 🙂"].into_iter().enumerate() {
            let username = format!("p{index}@vandijk.example");
            let id = users::add(desk, &anna, &form(&username, name)).await.unwrap();
            assert_eq!(users::details(desk, &anna, id).await.unwrap().name, name);
            let letters = desk.expect_mail(&[("complete_registration", &username)]).await;
            assert!(!letters[0].html.contains("<script>"));
        }
    }

    async fn an_address_is_added_once(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        desk.add(&anna, CARLA).await;
        desk.expect_invitation(CARLA).await;
        let before = desk.dump().await;
        assert_eq!(refused(users::add(desk, &anna, &form("CARLA@vandijk.example", "Somebody else")).await), Refusal::field(FieldName::Username, Problem::AlreadyHere));
        assert_eq!(refused(users::add(desk, &anna, &form(ANNA, "Anna")).await), Refusal::field(FieldName::Username, Problem::AlreadyHere));
        assert_eq!(desk.dump().await, before);
        users::add(desk, &dirk, &form(CARLA, "Carla")).await.unwrap();
        assert_eq!(refused(users::add(desk, &dirk, &form(CARLA, "Carla")).await), Refusal::field(FieldName::Username, Problem::AlreadyHere));
        desk.expect_invitation(CARLA).await;
    }

    async fn without_a_domain_nobody_is_added(desk) {
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &[]).await;
        let anna = desk.administrator(COMPANY, ANNA, "Anna de Vries").await;
        assert_eq!(users::list(desk, &anna, &UsersQuery::default()).await.unwrap().may_add, Err(Refusal::NoDomain));
        assert_eq!(refused(users::add(desk, &anna, &form(CARLA, "Carla")).await), Refusal::NoDomain);
    }

    async fn nobody_of_another_company_and_nobody_made_up_is_found(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.add(&anna, CARLA).await;
        desk.expect_invitation(CARLA).await;
        desk.lock(ANNA).await;
        let annas = desk.id_of(ANNA).await;
        let before = desk.dump().await;
        for id in [carla, annas, AccountId(desk.new_id())] {
            assert!(matches!(users::details(desk, &dirk, id).await, Err(Error::NotFound)));
            assert!(matches!(users::resend(desk, &dirk, id).await, Err(Error::NotFound)));
            assert!(matches!(users::unlock(desk, &dirk, id).await, Err(Error::NotFound)));
            assert!(matches!(users::save(desk, &dirk, id, &form(CARLA, "Somebody else")).await, Err(Error::NotFound)));
            assert!(matches!(users::remove(desk, &dirk, id).await, Err(Error::NotFound)));
            for outcome in [
                users::block_chosen(desk, &dirk, &Chosen::Some(vec![id])).await,
                users::resend_chosen(desk, &dirk, &Chosen::Some(vec![id])).await.map(|(done, _)| done),
                users::remove_chosen(desk, &dirk, &Chosen::Some(vec![id])).await,
            ] {
                assert_eq!(refused(outcome), Refusal::NobodyChosen);
            }
        }
        let list = users::list(desk, &dirk, &UsersQuery::default()).await.unwrap();
        assert_eq!(list.rows.iter().map(|row| row.username.as_str()).collect::<Vec<_>>(), ["dirk@vandijk.example"]);
        assert_eq!(desk.dump().await, before);
    }

    /// The session was read before; the deed asks again. Delete `callers::check` in `Deed::permitted` to see this fail.
    async fn whoever_was_demoted_blocked_or_removed_meanwhile_is_refused(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        desk.expect_invitation(CARLA).await;
        let annas = desk.id_of(ANNA).await;
        for change in [
            "UPDATE membership SET role = 'user' WHERE account = $1",
            "UPDATE membership SET role = 'administrator', blocked_at = 1 WHERE account = $1",
            "UPDATE membership SET blocked_at = NULL, state = 'awaiting_approval' WHERE account = $1",
            "DELETE FROM membership WHERE account = $1",
        ] {
            desk.execute(sql!(change, annas)).await;
            let before = desk.dump().await;
            assert_eq!(refused(users::add(desk, &anna, &form("new@vandijk.example", "New")).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::resend(desk, &anna, carla).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::unlock(desk, &anna, carla).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::save(desk, &anna, carla, &form(CARLA, "Somebody else")).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::remove(desk, &anna, carla).await), Refusal::NotAllowed, "{change}");
            let chosen = Chosen::Some(vec![carla]);
            assert_eq!(refused(users::block_chosen(desk, &anna, &chosen).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::resend_chosen(desk, &anna, &chosen).await), Refusal::NotAllowed, "{change}");
            assert_eq!(refused(users::remove_chosen(desk, &anna, &chosen).await), Refusal::NotAllowed, "{change}");
            assert_eq!(desk.dump().await, before);
        }
    }

    /// U3.
    async fn redirected_mail_goes_to_every_active_administrator(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        for (username, change) in [
            ("blocked@vandijk.example", "UPDATE membership SET blocked_at = 1 WHERE account = $1"),
            ("waiting@vandijk.example", "UPDATE membership SET state = 'awaiting_approval' WHERE account = $1"),
        ] {
            let account = desk.account(username, "Somebody").await;
            desk.membership(COMPANY, account, "administrator").await;
            desk.execute(sql!(change, account)).await;
        }
        desk.offshore().await;

        let karim = users::add(desk, &anna, &UserForm { mail_to_administrators: checked(), ..form("karim@vandijk.example", "Karim") }).await.unwrap();
        let expected = [("complete_registration", ANNA), ("complete_registration", "bram@vandijk.example")];
        let letters = desk.expect_mail(&expected).await;
        assert!(letters[0].text.starts_with("Dear Anna de Vries,") && letters[0].text.contains("karim@vandijk.example"), "{}", letters[0].text);
        assert_eq!(letters[0].token(), letters[1].token());
        users::resend(desk, &anna, karim).await.unwrap();
        let letters = desk.expect_mail(&expected).await;
        registration::complete(desk, &here(), &letters[1].token(), None, PASSWORD, PASSWORD).await.unwrap();
    }
}
