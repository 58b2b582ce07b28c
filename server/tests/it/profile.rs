//! P2, P3: what somebody changes of their own account.

use crate::support::{ANNA, PASSWORD, TestDesk, form, here, on_both, refused, refused_link};
use server::{profile, reset, sessions::Visitor, sign_in::sign_in, sql, users};
use shared::{FieldName, Problem, Refusal, event::Event, fields::Language, profile::ProfileForm, refusal::LinkState, users::UsersQuery};

const CARLA: &str = "carla@vandijk.example";
const NEW: &str = "Vlonder-Negen-Reiger-17";

fn filled_in(name: &str) -> ProfileForm {
    ProfileForm { name: name.into(), phone: "010 555 01 00".into(), country: "BE".into(), language: "nl".into() }
}

async fn change(desk: &TestDesk, visitor: &Visitor, current: &str, new: &str) -> server::Result<()> {
    let outcome = profile::change_password(desk, visitor, current, new, new).await;
    desk.later.wait().await;
    outcome
}

fn wrong() -> Refusal {
    Refusal::field(FieldName::CurrentPassword, Problem::WrongPassword)
}

on_both! {
    async fn details_are_saved_once(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let visitor = desk.visit(CARLA).await;
        desk.new_deeds().await;
        assert_eq!(profile::save(desk, &visitor.person().unwrap(), &filled_in("  Zoë   Smit ")).await.unwrap(), Language::Dutch);
        assert_eq!(desk.new_event().await, Event::DetailsChanged { account: carla });
        let before = desk.dump().await;
        profile::save(desk, &visitor.person().unwrap(), &filled_in("Zoë Smit")).await.unwrap();
        profile::choose_language(desk, &visitor.person().unwrap(), Language::Dutch).await.unwrap();
        assert_eq!(desk.dump().await, before, "what is so already is no deed");

        let shown = profile::details(desk, &visitor.person().unwrap()).await.unwrap();
        assert_eq!((shown.username.as_str(), shown.name.as_str(), shown.phone.as_deref()), (CARLA, "Zoë Smit", Some("010 555 01 00")));
        assert_eq!((shown.country.unwrap().code(), shown.language), ("BE", Language::Dutch));
        let query = UsersQuery { search: "zoe smit".into(), ..UsersQuery::default() };
        assert_eq!(users::list(desk, &anna, &query).await.unwrap().found, 1, "found by the new name");
        profile::choose_language(desk, &visitor.person().unwrap(), Language::English).await.unwrap();
        assert_eq!(desk.new_event().await, Event::DetailsChanged { account: carla });
        assert_eq!(desk.visit(CARLA).await.language, Language::English);
    }

    async fn details_that_cant_be_used_change_nothing(desk) {
        desk.office().await;
        let anna = desk.visit(ANNA).await.person().unwrap();
        let before = desk.dump().await;
        for (form, field, problem) in [
            (filled_in(" "), FieldName::Name, Problem::Missing),
            (filled_in("Anna\0"), FieldName::Name, Problem::ControlCharacters),
            (ProfileForm { phone: "call me".into(), ..filled_in("Anna") }, FieldName::Phone, Problem::NotAPhoneNumber),
            (ProfileForm { country: String::new(), ..filled_in("Anna") }, FieldName::Country, Problem::Missing),
            (ProfileForm { language: "de".into(), ..filled_in("Anna") }, FieldName::Language, Problem::NotAChoice),
        ] {
            assert_eq!(refused(profile::save(desk, &anna, &form).await), Refusal::field(field, problem));
        }
        assert_eq!(desk.dump().await, before);
    }

    /// A7: the other sessions end, this one doesn't; A6: a link on its way is taken back.
    async fn a_new_password_ends_the_other_sessions_and_open_links(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let (this, other) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        desk.forgot(ANNA).await;
        let link = desk.expect_reset(ANNA).await;
        let visitor = desk.find(&this).await.unwrap();
        desk.new_deeds().await;
        change(desk, &visitor, PASSWORD, NEW).await.unwrap();
        assert_eq!(desk.new_event().await, Event::PasswordChanged { account: annas });
        assert!(desk.find(&this).await.is_some());
        assert!(desk.find(&other).await.is_none());
        assert_eq!(refused_link(reset::look(desk, &link).await), LinkState::Withdrawn);
        assert_eq!(refused_link(reset::set(desk, &here(), &link, PASSWORD, PASSWORD).await), LinkState::Withdrawn);
        assert_eq!(refused(desk.guess(ANNA, PASSWORD).await), Refusal::SignIn);
        desk.guess(ANNA, NEW).await.unwrap();
    }

    async fn a_letter_that_was_queued_with_the_old_password_is_dropped(desk) {
        desk.office().await;
        desk.forgot(ANNA).await;
        let visitor = desk.visit(ANNA).await;
        change(desk, &visitor, PASSWORD, NEW).await.unwrap();
        server::outbox::send_waiting(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'dropped'")).await, 1);
        desk.letters_are_looked_at().await;
    }

    async fn a_password_that_is_refused_changes_nothing(desk) {
        desk.office().await;
        let visitor = desk.visit(ANNA).await;
        let before = desk.dump_of_deeds().await;
        for (current, new, repeated, field, problem) in [
            ("", NEW, NEW, FieldName::CurrentPassword, Problem::Missing),
            ("wrong", NEW, NEW, FieldName::CurrentPassword, Problem::WrongPassword),
            (PASSWORD, "", "", FieldName::NewPassword, Problem::Missing),
            (PASSWORD, "short", "short", FieldName::NewPassword, Problem::TooShort(12)),
            (PASSWORD, "Anna de Vries 42", "Anna de Vries 42", FieldName::NewPassword, Problem::PersonalPassword),
            (PASSWORD, "password1234", "password1234", FieldName::NewPassword, Problem::GuessablePassword),
            (PASSWORD, NEW, PASSWORD, FieldName::RepeatPassword, Problem::NotRepeated),
            (PASSWORD, PASSWORD, PASSWORD, FieldName::NewPassword, Problem::SamePassword),
        ] {
            let outcome = profile::change_password(desk, &visitor, current, new, repeated).await;
            assert_eq!(refused(outcome), Refusal::field(field, problem), "{current} {new}");
        }
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// A3 counts wrong passwords: whoever knows theirs and only chooses badly is not locked out.
    async fn choosing_badly_is_no_guess(desk) {
        desk.office().await;
        let visitor = desk.visit(ANNA).await;
        for _ in 0..7 {
            assert_eq!(refused(change(desk, &visitor, PASSWORD, "short").await), Refusal::field(FieldName::NewPassword, Problem::TooShort(12)));
        }
        desk.sign_in(ANNA).await;
        change(desk, &visitor, PASSWORD, NEW).await.unwrap();
    }

    /// A3: a session left open is no place to guess.
    async fn five_wrong_current_passwords_lock(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let visitor = desk.visit(CARLA).await;
        desk.new_deeds().await;
        for _ in 0..5 {
            assert_eq!(refused(change(desk, &visitor, "wrong", NEW).await), wrong());
        }
        assert_eq!(desk.new_event().await, Event::AccountLocked { account: carla });
        let until = users::details(desk, &anna, carla).await.unwrap().status.moment.expect("until when it is locked");
        let locked = Refusal::field(FieldName::CurrentPassword, Problem::LockedUntil(until));
        for password in [PASSWORD, "wrong"] {
            assert_eq!(refused(change(desk, &visitor, password, NEW).await), locked, "the right one is not called wrong");
        }
        assert_eq!(refused(desk.guess(CARLA, PASSWORD).await), Refusal::SignIn, "at the door there is one answer");
        users::unlock(desk, &anna, carla).await.unwrap();
        change(desk, &visitor, PASSWORD, NEW).await.unwrap();
    }

    /// Guesses here and at the door are counted together.
    async fn wrong_ones_at_the_door_count_too(desk) {
        desk.office().await;
        let visitor = desk.visit(ANNA).await;
        for _ in 0..4 {
            assert_eq!(refused(desk.guess(ANNA, "wrong").await), Refusal::SignIn);
        }
        assert_eq!(refused(change(desk, &visitor, "wrong", NEW).await), wrong());
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'account_locked'")).await, 1);
    }

    /// Delete `AND password_hash = $3` in `profile::change_password` to see it fail: the second then undoes the first.
    async fn of_two_changes_at_once_one_wins(desk) {
        desk.office().await;
        let visitor = desk.visit(ANNA).await;
        let other = desk.another(|_| {}).await;
        let mut current = PASSWORD.to_owned();
        for round in 0..5 {
            let [a, b] = [format!("Vlonder-{round}-Reiger-Zeven"), format!("Kade-{round}-Meeuw-Negen")];
            let outcomes = tokio::join!(
                profile::change_password(desk, &visitor, &current, &a, &a),
                profile::change_password(&other, &visitor, &current, &b, &b),
            );
            let (won, lost) = match outcomes {
                (Ok(()), lost) => (a, lost),
                (lost, Ok(())) => (b, lost),
                neither => panic!("nobody won: {neither:?}"),
            };
            // Whoever comes much later finds another password than theirs.
            let lost = refused(lost);
            assert!(lost == Refusal::Changed || lost == wrong(), "{lost:?}");
            sign_in(desk, &here(), ANNA, &won).await.unwrap();
            current = won;
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'password_changed'")).await, 5);
        other.db.close().await;
    }

    async fn what_the_list_of_requirements_asks_while_typing(desk) {
        let anna = desk.office().await;
        users::add(desk, &anna, &form(CARLA, "Carla")).await.unwrap();
        desk.letters_are_looked_at().await;
        let visitor = desk.visit(ANNA).await;
        let before = desk.dump().await;
        assert!(profile::is_hard_to_guess(desk, &visitor, NEW).await.unwrap());
        assert!(!profile::is_hard_to_guess(desk, &visitor, "password1234").await.unwrap());
        assert_eq!(desk.dump().await, before);
    }
}
