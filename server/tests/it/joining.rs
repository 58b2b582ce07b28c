//! U1: adding somebody who has an account elsewhere. The administrator sees the same as with anybody else; only the person can join.

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, TestDesk, form, here, on_both, refused, refused_link};
use server::{confirming, confirming::Confirmed, history, registration, reset, self_registration, sql, users};
use shared::{
    AccountId, Refusal, Role,
    companies::AppointForm,
    event::Event,
    history::{HistoryQuery, Period},
    refusal::LinkState,
    registration::{ApplyForm, ToConfirm},
    users::{Chosen, StatusKind, UserForm, UsersQuery},
};

const CARLA: &str = "carla@vandijk.example";
const DIRK: &str = "dirk@vandijk.example";

/// What the letter to somebody with an account holds.
async fn asked(desk: &TestDesk, username: &str) -> String {
    desk.expect_mail(&[("join_company", username)]).await.remove(0).token()
}

fn search(text: &str) -> UsersQuery {
    UsersQuery { search: text.into(), ..UsersQuery::default() }
}

on_both! {
    async fn whoever_confirms_is_in(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        users::add(desk, &dirk, &UserForm { role: "administrator".into(), ..form(CARLA, "Mevrouw C.") }).await.unwrap();
        let token = asked(desk, CARLA).await;
        let (what, username) = confirming::look(desk, &token).await.unwrap();
        assert_eq!((what, username.as_str()), (ToConfirm::Joining { company: "Van Dijk Offshore".into(), role: Role::Administrator, proven: true }, CARLA));
        assert_eq!(refused(registration::look(desk, &token).await), Refusal::AlreadyRegistered, "it sets no password");
        let carlas = desk.visit(CARLA).await;
        assert_eq!(carlas.companies.len(), 1, "not yet");
        assert!(carlas.member(OFFSHORE).is_err());
        // Nobody else, and not without signing in.
        let before = desk.dump_of_deeds().await;
        assert_eq!(refused(confirming::confirm(desk, &here(), None, &token).await), Refusal::SignedOut);
        let annas = desk.visitor_of(desk.id_of(ANNA).await, ANNA).await;
        for outcome in [confirming::confirm(desk, &here(), Some(&annas), &token).await.map(|_| ()), confirming::refuse(desk, &here(), Some(&annas), &token).await] {
            assert_eq!(refused(outcome), Refusal::NotAllowed);
        }
        desk.execute(sql!("DELETE FROM session WHERE agent = ''")).await;
        assert_eq!(desk.dump_of_deeds().await, before);
        desk.new_deeds().await;
        assert_eq!(confirming::confirm(desk, &here(), Some(&carlas), &token).await.unwrap(), Confirmed::Joined(OFFSHORE));
        assert_eq!(desk.new_event().await, Event::CompanyJoined { company: OFFSHORE, account: carla });
        let visitor = desk.visit(CARLA).await;
        assert_eq!(visitor.companies.iter().map(|company| (company.number, company.role)).collect::<Vec<_>>(), [(COMPANY, Role::User), (OFFSHORE, Role::Administrator)]);
        let row = users::list(desk, &dirk, &search("carla")).await.unwrap().rows.remove(0);
        assert_eq!(row.name, "Carla de Bruin", "their own name, now that they are a member");
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Used);
    }

    /// A6: the page of the expired link leads to where a new one is sent from.
    async fn an_expired_question_is_asked_anew(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        desk.registered(&anna, CARLA).await;
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        desk.clock.advance_seconds(32 * 24 * 3600);
        assert_eq!(refused(confirming::look(desk, &token).await), Refusal::NotRegistered);
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Expired);
        registration::send_new_link(desk, &here(), &token).await.unwrap();
        let again = asked(desk, CARLA).await;
        confirming::look(desk, &again).await.unwrap();
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Replaced);
    }

    async fn whoever_refuses_is_not(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        desk.new_deeds().await;
        confirming::refuse(desk, &here(), Some(&carlas), &token).await.unwrap();
        assert_eq!(desk.new_event().await, Event::JoiningRefused { company: OFFSHORE, account: carla });
        assert!(users::list(desk, &dirk, &search("carla")).await.unwrap().rows.is_empty());
        // Asked again it is a new question.
        desk.add(&dirk, CARLA).await;
        let again = asked(desk, CARLA).await;
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Replaced);
        confirming::look(desk, &again).await.unwrap();
    }

    /// Everything that an administrator can ask about the two, and do with them, is the same.
    async fn the_administrator_can_not_tell_who_has_an_account(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        desk.registered(&anna, "known@vandijk.example").await;
        desk.execute(sql!("UPDATE account SET name = 'Secret Name', phone = '+31 6 12345678', country = 'BE' WHERE username = 'known@vandijk.example'")).await;
        desk.execute(sql!("UPDATE membership SET name_key = 'secret name' WHERE username = 'known@vandijk.example'")).await;
        let known = desk.id_of("known@vandijk.example").await;
        desk.execute(sql!("UPDATE account SET name_key = 'secret name', search_key = 'secret name' || CAST(X'0A' AS TEXT) || username WHERE id = $1", known)).await;
        desk.execute(sql!("UPDATE membership SET search_key = (SELECT search_key FROM account WHERE id = $1) WHERE account = $1", known)).await;
        desk.execute(sql!("UPDATE known_as SET name = 'Secret Name', search_key = (SELECT search_key FROM account WHERE id = $1) WHERE account = $1", known)).await;
        desk.lock("known@vandijk.example").await;
        desk.lock("fresh@vandijk.example").await;
        let mut ids = Vec::new();
        for username in ["known@vandijk.example", "fresh@vandijk.example"] {
            ids.push(users::add(desk, &dirk, &UserForm { phone: "+31 10 555 01 99".into(), ..form(username, "Nora Blom") }).await.unwrap());
        }
        desk.expect_mail(&[("complete_registration", "fresh@vandijk.example"), ("join_company", "known@vandijk.example")]).await;
        desk.lock("fresh@vandijk.example").await;
        let [known, fresh] = [ids[0], ids[1]];
        same(desk, &dirk, known, fresh).await;
        for id in [known, fresh] {
            desk.save(&dirk, id, |form| { form.name = "Nora van den Blom".into(); form.phone = String::new(); form.mail_to_administrators = Some("on".into()); }).await.unwrap();
        }
        same(desk, &dirk, known, fresh).await;
        for id in [known, fresh] {
            users::resend(desk, &dirk, id).await.unwrap();
        }
        desk.expect_mail(&[("complete_registration", DIRK), ("join_company", "known@vandijk.example")]).await;
        same(desk, &dirk, known, fresh).await;
        for id in [known, fresh] {
            assert_eq!(refused(users::unlock(desk, &dirk, id).await), Refusal::NotLocked);
            assert_eq!(refused(users::address::ask(desk, &dirk, id, "other@vandijk.example").await), Refusal::NotRegistered);
            assert_eq!(users::block_chosen(desk, &dirk, &Chosen::Some(vec![id])).await.unwrap(), 1);
        }
        same(desk, &dirk, known, fresh).await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        same(desk, &dirk, known, fresh).await;
        for id in [known, fresh] {
            users::remove(desk, &dirk, id).await.unwrap();
        }
        // Neither name nor search tells afterwards.
        let query = HistoryQuery { period: Period::All, ..HistoryQuery::default() };
        let rows = history::of_company(desk, &dirk, &query).await.unwrap().rows;
        assert!(rows.len() > 6 && rows.iter().all(|row| row.subject.as_ref().is_none_or(|subject| subject.name != "Secret Name")), "{rows:#?}");
        let secret = HistoryQuery { person: "secret".into(), ..query };
        assert_eq!(history::of_company(desk, &dirk, &secret).await.unwrap().found, 0);
        // What the other company has of them is as it was.
        let shown = users::details(desk, &anna, known).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.blocked, shown.mail_to_administrators), ("Secret Name", false, false));
        assert!(shown.may_edit_details.is_ok());
    }

    /// A4, A7: what another company writes down about somebody takes nothing from their own.
    async fn a_question_from_elsewhere_changes_nothing_here(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        let session = desk.sign_in(CARLA).await;
        users::add(desk, &dirk, &UserForm { mail_to_administrators: Some("on".into()), ..form(CARLA, "Mine") }).await.unwrap();
        asked(desk, CARLA).await;
        desk.forgot(CARLA).await;
        desk.expect_reset(ANNA).await;
        users::block_chosen(desk, &dirk, &Chosen::Some(vec![carla])).await.unwrap();
        users::remove(desk, &dirk, carla).await.unwrap();
        assert!(desk.find(&session).await.is_some(), "signed in still");
        desk.sign_in(CARLA).await;
        assert!(users::details(desk, &anna, carla).await.unwrap().may_edit_details.is_ok());
    }

    /// Two companies added somebody who had no account: the first link that is used makes one, the other asks.
    async fn whoever_was_added_twice_registers_once(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        users::add(desk, &anna, &form(CARLA, "As Anna wrote")).await.unwrap();
        let annas = desk.expect_invitation(CARLA).await;
        let carla = users::add(desk, &dirk, &form(CARLA, "As Dirk wrote")).await.unwrap();
        let dirks = desk.expect_invitation(CARLA).await;
        assert_eq!(registration::look(desk, &dirks).await.unwrap().name, "As Dirk wrote");
        let (session, company) = registration::complete(desk, &here(), &dirks, None, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, OFFSHORE);
        let visitor = desk.find(&session).await.unwrap();
        assert_eq!((visitor.name.as_str(), visitor.companies.len()), ("As Dirk wrote", 1));
        let row = users::list(desk, &anna, &search("carla")).await.unwrap().rows.remove(0);
        assert_eq!((row.name.as_str(), row.status.kind), ("As Anna wrote", StatusKind::RegistrationRequested));
        assert_eq!(refused(registration::look(desk, &annas).await), Refusal::AlreadyRegistered);
        assert_eq!(confirming::confirm(desk, &here(), Some(&visitor), &annas).await.unwrap(), Confirmed::Joined(COMPANY));
        assert_eq!(desk.visit(CARLA).await.companies.len(), 2);
        assert_eq!(users::list(desk, &anna, &search("carla")).await.unwrap().rows[0].id, carla);
    }

    /// U5 meets U1: whoever has the account by another address now is not whom was asked.
    async fn a_question_stays_with_the_address_that_it_went_to(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        users::address::ask(desk, &anna, carla, "mallory@vandijk.example").await.unwrap();
        let letters = desk.expect_mail(&[("address_change_told", CARLA), ("confirm_address", "mallory@vandijk.example")]).await;
        confirming::confirm(desk, &here(), None, &letters[1].token()).await.unwrap();
        assert_eq!(users::details(desk, &dirk, carla).await.unwrap().username, CARLA, "what Dirk wrote");
        let mallory = desk.visit("mallory@vandijk.example").await;
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Withdrawn);
        assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(&mallory), &token).await), LinkState::Withdrawn);
        users::remove(desk, &dirk, carla).await.unwrap();
        let rows = history::of_company(desk, &dirk, &HistoryQuery { period: Period::All, ..HistoryQuery::default() }).await.unwrap().rows;
        assert!(rows.iter().filter_map(|row| row.subject.as_ref()).all(|subject| !subject.username.starts_with("mallory")));
    }

    /// The address of a person's page says nothing of when the account was made.
    async fn an_account_does_not_tell_its_age(desk) {
        let anna = desk.office().await;
        for number in 0..3 {
            let id = desk.add(&anna, &format!("p{number}@vandijk.example")).await;
            assert_eq!(id.0.get_version_num(), 4, "random, not a moment");
        }
        desk.letters_are_looked_at().await;
    }

    async fn what_was_withdrawn_is_not_confirmed(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        users::remove(desk, &dirk, carla).await.unwrap();
        assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(&carlas), &token).await), LinkState::Withdrawn);
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        desk.clock.advance_seconds(32 * 24 * 3600);
        let carlas = desk.visit(CARLA).await;
        assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(&carlas), &token).await), LinkState::Expired);
    }

    /// A4, S6: administrators elsewhere got the mail with which the password was set, and may know it: they would join with her. Delete `may_join` in
    /// `joining::confirm` to see it fail.
    async fn a_password_that_others_may_know_joins_nothing(desk) {
        let (carla, dirk) = by_annas_mail(desk).await;
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        let (what, _) = confirming::look(desk, &token).await.unwrap();
        assert_eq!(what.may_confirm(), Err(Refusal::AddressNotProven));
        let before = desk.dump().await;
        assert_eq!(refused(confirming::confirm(desk, &here(), Some(&carlas), &token).await), Refusal::AddressNotProven);
        assert_eq!(desk.dump().await, before);
        // The way out: what sets a new password comes to herself.
        desk.forgot(CARLA).await;
        let own = desk.expect_reset(CARLA).await;
        reset::set(desk, &here(), &own, "Meeuw-Zeven-Kade-24", "Meeuw-Zeven-Kade-24").await.unwrap();
        let carlas = desk.visitor_of(carla, CARLA).await;
        assert_eq!(confirming::look(desk, &token).await.unwrap().0.may_confirm(), Ok(()));
        assert_eq!(confirming::confirm(desk, &here(), Some(&carlas), &token).await.unwrap(), Confirmed::Joined(OFFSHORE));
    }

    /// Nor when staff appoint her.
    async fn nor_does_it_make_an_administrator(desk) {
        by_annas_mail(desk).await;
        let staff = desk.staff().await;
        let form = AppointForm { name: "Mevrouw C.".into(), email: CARLA.into() };
        users::appoint(desk, &staff, OFFSHORE, &form).await.unwrap();
        let token = asked(desk, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        assert_eq!(refused(confirming::confirm(desk, &here(), Some(&carlas), &token).await), Refusal::AddressNotProven);
        confirming::refuse(desk, &here(), Some(&carlas), &token).await.unwrap();
    }

    /// U3, A4: another company's question turns that one mail to the person for as long as it stands, and no other mail; to that company goes none.
    async fn a_question_turns_no_more_mail_than_it_needs(desk) {
        let (carla, dirk) = by_annas_mail(desk).await;
        let redirected = UserForm { mail_to_administrators: Some("on".into()), ..form(CARLA, "Mine") };
        users::add(desk, &dirk, &redirected).await.unwrap();
        asked(desk, CARLA).await;
        desk.forgot(CARLA).await;
        desk.expect_reset(CARLA).await;
        self_registration::apply(desk, &here(), &ApplyForm { name: "Nora Blom".into(), email: CARLA.into() }).await.unwrap();
        desk.expect_applied(&[("has_account", ANNA)]).await;
        // Blocked, unblocked, taken back.
        desk.save(&dirk, carla, |form| form.blocked = Some("on".into())).await.unwrap();
        desk.forgot(CARLA).await;
        desk.expect_reset(ANNA).await;
        desk.save(&dirk, carla, |form| form.blocked = None).await.unwrap();
        asked(desk, CARLA).await;
        users::remove(desk, &dirk, carla).await.unwrap();
        desk.forgot(CARLA).await;
        desk.expect_reset(ANNA).await;
        // And when nobody answers, for a month.
        desk.add(&dirk, CARLA).await;
        asked(desk, CARLA).await;
        desk.clock.advance_seconds(32 * 24 * 3600);
        desk.forgot(CARLA).await;
        desk.expect_reset(ANNA).await;
    }

    /// A4: with the second company the first one's administrators lose the links that they hold.
    async fn joining_takes_redirected_links_away(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        desk.add(&dirk, CARLA).await;
        let token = asked(desk, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        desk.forgot(CARLA).await;
        let annas = desk.expect_reset(ANNA).await;
        confirming::confirm(desk, &here(), Some(&carlas), &token).await.unwrap();
        assert_eq!(refused_link(reset::look(desk, &annas).await), LinkState::Replaced);
        desk.expect_reset(CARLA).await;
    }
}

/// Somebody of 10001 whose registration went to Anna; and Dirk of 10002.
async fn by_annas_mail(desk: &TestDesk) -> (AccountId, server::callers::Administrator) {
    let anna = desk.office().await;
    let dirk = desk.offshore().await;
    let carla =
        users::add(desk, &anna, &UserForm { mail_to_administrators: Some("on".into()), ..form(CARLA, "Carla de Bruin") }).await.unwrap();
    let token = desk.expect_invitation(ANNA).await;
    registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
    desk.forgot(CARLA).await;
    desk.expect_reset(ANNA).await;
    (carla, dirk)
}

/// Both, as pages, list, export and history show them, but for what was typed.
async fn same(desk: &TestDesk, dirk: &server::callers::Administrator, known: AccountId, fresh: AccountId) {
    let mut pages = Vec::new();
    for id in [known, fresh] {
        let mut page = users::details(desk, dirk, id).await.unwrap();
        (page.id, page.username) = (fresh, String::new());
        pages.push(format!("{page:#?}"));
    }
    assert_eq!(pages[0], pages[1]);
    for kind in [
        None,
        Some(StatusKind::Locked),
        Some(StatusKind::RegistrationRequested),
        Some(StatusKind::RegistrationExpired),
        Some(StatusKind::Blocked),
    ] {
        let list = users::list(desk, dirk, &UsersQuery { status: kind, search: "nora".into(), ..UsersQuery::default() }).await.unwrap();
        assert!(list.rows.len() == 2 || list.rows.is_empty(), "{kind:?}: {:#?}", list.rows);
        assert!(list.rows.windows(2).all(|two| (two[0].name.as_str(), two[0].status) == (two[1].name.as_str(), two[1].status)));
    }
    assert!(users::list(desk, dirk, &search("secret")).await.unwrap().rows.is_empty());
    let mut lines = users::export(desk, dirk, &search("nora")).await.unwrap();
    assert_eq!(lines.len(), 2);
    for line in &mut lines {
        line.username.clear();
    }
    assert_eq!(lines[0], lines[1]);
    let query = |account| HistoryQuery { account: Some(account), period: Period::All, ..HistoryQuery::default() };
    let mut histories = Vec::new();
    for id in [known, fresh] {
        let rows = history::of_company(desk, dirk, &query(id)).await.unwrap().rows;
        histories.push(rows.into_iter().map(|row| (row.subject.unwrap().name, row.event.unwrap().kind())).collect::<Vec<_>>());
    }
    assert_eq!(histories[0], histories[1]);
}
