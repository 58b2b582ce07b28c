//! U5, U7, A7: what an administrator changes of somebody, and what that ends.

use crate::support::{COMPANY, OFFSHORE, PASSWORD, form, here, on_both, refused, refused_link};
use server::{Error, outbox, registration, sql, users};
use shared::{
    AccountId, FieldName, Problem, Refusal, Role,
    event::Event,
    refusal::LinkState,
    users::{StatusKind, UserForm},
};

const CARLA: &str = "carla@vandijk.example";

/// What an event names as changed.
#[derive(Default)]
struct Named {
    details: bool,
    role: Option<Role>,
    blocked: Option<bool>,
    mail_to_administrators: Option<bool>,
    mailed: bool,
}

impl Named {
    fn of(self, account: AccountId) -> Event {
        let Self { details, role, blocked, mail_to_administrators, mailed } = self;
        Event::UserEdited { company: COMPANY, account, details, role, blocked, mail_to_administrators, mailed }
    }
}

fn on() -> Option<String> {
    Some("on".into())
}

on_both! {
    async fn saving_writes_down_only_what_changed(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.new_deeds().await;
        type Case = (fn(&mut UserForm), Named);
        let cases: [Case; 9] = [
            (|form| form.name = "Carla Smit".into(), Named { details: true, ..Named::default() }),
            (|form| form.phone = "010 555 01 00".into(), Named { details: true, ..Named::default() }),
            (|form| form.country = "BE".into(), Named { details: true, ..Named::default() }),
            (|form| form.phone = String::new(), Named { details: true, ..Named::default() }),
            (|form| form.role = "administrator".into(), Named { role: Some(Role::Administrator), ..Named::default() }),
            (|form| form.mail_to_administrators = on(), Named { mail_to_administrators: Some(true), ..Named::default() }),
            (|form| form.mail_to_administrators = None, Named { mail_to_administrators: Some(false), ..Named::default() }),
            (
                |form| (form.role, form.blocked, form.name) = ("user".into(), on(), "Carla".into()),
                Named { details: true, role: Some(Role::User), blocked: Some(true), ..Named::default() },
            ),
            (|form| form.blocked = None, Named { blocked: Some(false), ..Named::default() }),
        ];
        for (change, named) in cases {
            desk.save(&anna, carla, change).await.unwrap();
            assert_eq!(desk.new_event().await, named.of(carla));
            let before = desk.dump().await;
            desk.save(&anna, carla, |_| {}).await.unwrap();
            desk.save(&anna, carla, change).await.unwrap();
            assert_eq!(desk.dump().await, before, "what is so already is no deed");
        }
        let shown = users::details(desk, &anna, carla).await.unwrap();
        let country = shown.country.map(|country| country.code().to_owned());
        assert_eq!((shown.name.as_str(), shown.phone, country.as_deref()), ("Carla", None, Some("BE")));
        assert_eq!((shown.role, shown.blocked, shown.mail_to_administrators), (Role::User, false, false));
    }

    /// U5. Delete the comparison with `form.seen` in `change::save` to see it fail: whoever corrects a telephone number takes back, without having
    /// seen it, what somebody else has changed since.
    async fn what_somebody_else_has_changed_is_not_taken_back(desk) {
        let anna = desk.office().await;
        let bram = desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let carla = desk.registered(&anna, CARLA).await;
        type Case = fn(&mut UserForm);
        let cases: [Case; 6] = [
            |form| form.blocked = on(),
            |form| form.mail_to_administrators = on(),
            |form| form.role = "administrator".into(),
            |form| form.name = "Carla Smit".into(),
            |form| form.country = "BE".into(),
            |form| form.blocked = None,
        ];
        for (number, by_bram) in cases.into_iter().enumerate() {
            let phone = format!("+31 10 555 01 0{number}");
            let page = desk.form_of(&anna, carla).await;
            desk.save(&bram, carla, by_bram).await.unwrap();
            let before = desk.dump().await;
            let late = UserForm { phone: phone.clone(), ..page.clone() };
            assert_eq!(refused(users::save(desk, &anna, carla, &late).await), Refusal::Changed, "{number}");
            assert_eq!(desk.dump().await, before);
            // What both of them changed alike is so already, and whoever looks again can save.
            let mut same = page;
            by_bram(&mut same);
            users::save(desk, &anna, carla, &same).await.unwrap();
            assert_eq!(desk.dump().await, before);
            desk.save(&anna, carla, |form| form.phone = phone).await.unwrap();
        }
        let shown = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!((shown.role, shown.blocked, shown.mail_to_administrators), (Role::Administrator, false, true));
        assert_eq!((shown.name.as_str(), shown.phone.as_deref()), ("Carla Smit", Some("+31 10 555 01 05")));
    }

    /// The address is not the form's to change, and the new name is found.
    async fn a_new_name_is_found_and_the_address_stays(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| (form.name, form.username) = ("Zoë Öz".into(), "other@vandijk.example".into())).await.unwrap();
        for (search, found) in [("zoe oz", 1), ("carla@", 1), ("de bruin", 0), ("other@", 0)] {
            let query = shared::users::UsersQuery { search: search.into(), ..Default::default() };
            assert_eq!(users::list(desk, &anna, &query).await.unwrap().found, found, "{search}");
        }
    }

    async fn what_cant_be_used_changes_nothing(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let before = desk.dump().await;
        let long = "x".repeat(101);
        type Case<'a> = (&'a str, &'a str, &'a str, &'a str, FieldName, Problem);
        let cases: [Case<'_>; 9] = [
            ("owner", "Carla", "", "NL", FieldName::Role, Problem::NotAChoice),
            ("staff", "Carla", "", "NL", FieldName::Role, Problem::NotAChoice),
            ("Administrator", "Carla", "", "NL", FieldName::Role, Problem::NotAChoice),
            ("", "Carla", "", "NL", FieldName::Role, Problem::NotAChoice),
            ("user", " ", "", "NL", FieldName::Name, Problem::Missing),
            ("user", "Carla\r\nBcc: x@evil.example", "", "NL", FieldName::Name, Problem::ControlCharacters),
            ("user", &long, "", "NL", FieldName::Name, Problem::TooLong(100)),
            ("user", "Carla", "call me", "NL", FieldName::Phone, Problem::NotAPhoneNumber),
            ("user", "Carla", "", "nl", FieldName::Country, Problem::NotACountry),
        ];
        for (role, name, phone, country, field, problem) in cases {
            let form = UserForm { role: role.into(), phone: phone.into(), country: country.into(), blocked: on(), ..form(CARLA, name) };
            assert_eq!(refused(users::save(desk, &anna, carla, &form).await), Refusal::field(field, problem), "{form:?}");
        }
        assert_eq!(desk.dump().await, before);
    }

    /// A7, A6. Delete `links::withdraw` in `change::shut_out`: the letter is then sent.
    async fn blocking_withdraws_what_was_mailed_and_unblocking_mails_again(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let old = desk.invitation_of(carla).await;
        desk.save(&anna, carla, |form| form.blocked = on()).await.unwrap();
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Withdrawn);
        outbox::send_waiting(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'dropped'")).await, 1);
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().mail, None);
        desk.letters_are_looked_at().await;

        desk.clock.advance_seconds(40 * 24 * 3600);
        desk.new_deeds().await;
        desk.save(&anna, carla, |form| form.blocked = None).await.unwrap();
        assert_eq!(desk.new_event().await, Named { blocked: Some(false), mailed: true, ..Named::default() }.of(carla));
        let new = desk.expect_invitation(CARLA).await;
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().status.kind, StatusKind::RegistrationRequested);
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Replaced);
        registration::complete(desk, &here(), &new, None, PASSWORD, PASSWORD).await.unwrap();
    }

    async fn whoever_was_added_blocked_is_mailed_when_unblocked(desk) {
        let anna = desk.office().await;
        let carla = users::add(desk, &anna, &UserForm { blocked: on(), ..form(CARLA, "Carla") }).await.unwrap();
        desk.no_mail().await;
        desk.save(&anna, carla, |form| form.blocked = None).await.unwrap();
        let token = desk.expect_invitation(CARLA).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
    }

    /// A7.
    async fn blocking_somebody_registered_ends_their_sessions_and_mails_nobody(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let (one, two) = (desk.sign_in(CARLA).await, desk.sign_in(CARLA).await);
        desk.save(&anna, carla, |form| form.blocked = on()).await.unwrap();
        assert!(desk.find(&one).await.is_none() && desk.find(&two).await.is_none());
        assert_eq!(refused(desk.guess(CARLA, PASSWORD).await), Refusal::SignIn);
        desk.save(&anna, carla, |form| form.blocked = None).await.unwrap();
        assert!(desk.find(&one).await.is_none(), "what was ended stays so");
        desk.sign_in(CARLA).await;
        desk.no_mail().await;
    }

    async fn whoever_is_demoted_stays_signed_in_as_a_user(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let token = desk.sign_in("bram@vandijk.example").await;
        let bram = desk.id_of("bram@vandijk.example").await;
        desk.save(&anna, bram, |form| form.role = "user".into()).await.unwrap();
        let visitor = desk.find(&token).await.unwrap();
        assert!(visitor.member(COMPANY).is_ok());
        assert_eq!(visitor.administrator(COMPANY).unwrap_err(), Refusal::NotAllowed);
    }

    /// U5: name, telephone number and country are the account's; role, blocked and redirection the membership's.
    async fn details_that_others_share_are_left_alone_but_the_membership_is_ours(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let shared = desk.registered(&anna, CARLA).await;
        desk.membership(OFFSHORE, shared, "user").await;
        let staff = desk.registered(&anna, "staff@vandijk.example").await;
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", staff)).await;
        for person in [shared, staff] {
            let shown = users::details(desk, &anna, person).await.unwrap();
            assert_eq!(shown.may_edit_details, Err(Refusal::OwnDetails));
            let before = desk.dump().await;
            desk.save(&anna, person, |form| (form.name, form.phone, form.country) = ("Mine".into(), "call me".into(), "BE".into())).await.unwrap();
            assert_eq!(desk.dump().await, before);
            desk.new_deeds().await;
            desk.save(&anna, person, |form| (form.name, form.role, form.blocked) = ("Mine".into(), "administrator".into(), on())).await.unwrap();
            let named = Named { role: Some(Role::Administrator), blocked: Some(true), ..Named::default() };
            assert_eq!(desk.new_event().await, named.of(person));
            assert_eq!(users::details(desk, &anna, person).await.unwrap().name, shown.name);
        }
        let there = sql!("SELECT COUNT(*) FROM membership WHERE company = 10002 AND account = $1 AND role = 'user' AND blocked_at IS NULL", shared);
        assert_eq!(desk.count(there).await, 1, "the other company's membership is its own");
    }

    async fn nobody_blocks_or_removes_themselves(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let annas = desk.id_of(crate::support::ANNA).await;
        let before = desk.dump().await;
        assert_eq!(refused(desk.save(&anna, annas, |form| form.blocked = on()).await), Refusal::Yourself);
        assert_eq!(refused(users::remove(desk, &anna, annas).await), Refusal::Yourself);
        assert_eq!(desk.dump().await, before);
        let shown = users::details(desk, &anna, annas).await.unwrap();
        assert_eq!((shown.may_block, shown.may_remove, shown.may_demote), (Err(Refusal::Yourself), Err(Refusal::Yourself), Ok(())));
    }

    /// U5, A7, S6.
    async fn whoever_is_removed_is_out_but_keeps_the_account(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let token = desk.sign_in(CARLA).await;
        desk.find(&token).await.unwrap().remember_company(desk, COMPANY).await.unwrap();
        desk.new_deeds().await;
        users::remove(desk, &anna, carla).await.unwrap();
        assert_eq!(desk.new_event().await, Event::UserRemoved { company: COMPANY, account: carla });
        assert!(desk.find(&token).await.is_none());
        assert!(matches!(users::details(desk, &anna, carla).await, Err(Error::NotFound)));
        assert!(matches!(users::remove(desk, &anna, carla).await, Err(Error::NotFound)));

        let visitor = desk.visit(CARLA).await;
        assert_eq!((visitor.companies.len(), visitor.last_company), (0, None));
        assert_eq!(visitor.member(COMPANY).unwrap_err(), Refusal::NotAllowed);
        // The account has a password: it is somebody's, who is asked.
        users::add(desk, &anna, &form(CARLA, "Somebody else")).await.unwrap();
        desk.expect_mail(&[("join_company", CARLA)]).await;
        let visitor = desk.visit(CARLA).await;
        assert_eq!((visitor.name.as_str(), visitor.companies.len()), ("Carla de Bruin", 0));
    }

    async fn whoever_is_removed_stays_in_the_other_company(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.membership(OFFSHORE, carla, "user").await;
        desk.visit(CARLA).await.remember_company(desk, OFFSHORE).await.unwrap();
        users::remove(desk, &anna, carla).await.unwrap();
        let visitor = desk.visit(CARLA).await;
        assert_eq!(visitor.companies.iter().map(|company| company.number).collect::<Vec<_>>(), [OFFSHORE]);
        assert_eq!(visitor.last_company, Some(OFFSHORE));
    }

    /// Nobody ever had that account's password, so the address is free again, here and in a department.
    async fn whoever_was_removed_before_registering_can_be_added_again(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.add(&anna, CARLA).await;
        let first = desk.expect_invitation(CARLA).await;
        users::remove(desk, &anna, carla).await.unwrap();
        let dead = async |token: &str, state| {
            assert_eq!(refused_link(registration::look(desk, token).await), state);
            assert_eq!(refused_link(registration::complete(desk, &here(), token, None, PASSWORD, PASSWORD).await), state);
            assert_eq!(refused_link(registration::send_new_link(desk, &here(), token).await), state);
        };
        dead(&first, LinkState::Withdrawn).await;

        let again = UserForm { role: "administrator".into(), phone: "010 555 01 00".into(), ..form(CARLA, "Carla Smit") };
        assert_eq!(users::add(desk, &anna, &again).await.unwrap(), carla);
        let second = desk.expect_invitation(CARLA).await;
        dead(&first, LinkState::Replaced).await;
        let shown = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.phone.as_deref(), shown.role), ("Carla Smit", Some("010 555 01 00"), Role::Administrator));

        users::remove(desk, &anna, carla).await.unwrap();
        users::add(desk, &dirk, &form(CARLA, "Carla")).await.unwrap();
        let third = desk.expect_invitation(CARLA).await;
        dead(&second, LinkState::Withdrawn).await;
        let (_, company) = registration::complete(desk, &here(), &third, None, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, OFFSHORE);
        dead(&second, LinkState::Withdrawn).await;
        assert_eq!(desk.visit(CARLA).await.companies.len(), 1);
    }
}
