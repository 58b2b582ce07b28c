//! A1 (one answer), A3 (five wrong passwords).

use crate::support::{ANNA, PASSWORD, from_address, here, on_both, refused, until};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::SaltString};
use server::{desk::digest, passwords::LONGEST_QUEUE, profile, registration, reset, sign_in::sign_in, sql, users};
use shared::{CompanyNumber, FieldName, Problem, Refusal, users::StatusKind};
use std::collections::HashSet;

const WRONG: &str = "not the password";

on_both! {
    async fn the_username_may_be_written_in_capitals(desk) {
        desk.office().await;
        assert!(desk.guess("  ANNA@VanDijk.Example ", PASSWORD).await.is_ok());
        let missing = Refusal::Fields(vec![(FieldName::Username, Problem::Missing), (FieldName::Password, Problem::Missing)]);
        assert_eq!(refused(desk.guess("  ", "").await), missing);
    }

    /// An address is stored as the mail system writes it, whoever types it how: at the door, after five wrong passwords, and for a new one (A4).
    async fn an_address_with_other_letters_is_written_as_people_write_it(desk) {
        const TYPED: &str = " Uwe@MÜNCHEN.example ";
        const STORED: &str = "uwe@xn--mnchen-3ya.example";
        let anna = desk.office().await;
        desk.execute(sql!("INSERT INTO company_domain (company, domain) VALUES (10001, 'xn--mnchen-3ya.example')")).await;
        desk.add(&anna, TYPED).await;
        let token = desk.expect_invitation(STORED).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        for typed in [TYPED, STORED] {
            assert!(desk.guess(typed, PASSWORD).await.is_ok(), "{typed}");
        }
        desk.lock(TYPED).await;
        assert_eq!(refused(desk.guess(STORED, PASSWORD).await), Refusal::SignIn, "they are counted together");
        desk.forgot(TYPED).await;
        let token = desk.expect_reset(STORED).await;
        let new = "Vlonder-Negen-Reiger-17";
        reset::set(desk, &here(), &token, new, new).await.unwrap();
        assert!(desk.guess(TYPED, new).await.is_ok());
    }

    async fn one_answer_for_wrong_unknown_invited_blocked_and_locked(desk) {
        let anna = desk.office().await;
        let blocked = desk.registered(&anna, "blocked@vandijk.example").await;
        desk.block(anna.company(), blocked).await;
        desk.registered(&anna, "locked@vandijk.example").await;
        desk.lock("locked@vandijk.example").await;
        desk.add(&anna, "invited@vandijk.example").await;
        desk.expect_invitation("invited@vandijk.example").await;
        let before = desk.dump_of_deeds().await;
        assert_eq!(refused(desk.guess(ANNA, WRONG).await), Refusal::SignIn);
        for username in ["nobody@vandijk.example", "invited@vandijk.example", "blocked@vandijk.example", "locked@vandijk.example"] {
            assert_eq!(refused(desk.guess(username, PASSWORD).await), Refusal::SignIn, "{username}");
        }
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    async fn five_wrong_passwords_lock_for_thirty_minutes(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.lock("carla@vandijk.example").await;
        assert_eq!(refused(desk.guess("carla@vandijk.example", PASSWORD).await), Refusal::SignIn, "also with the right password");
        let shown = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!((shown.status.kind, shown.may_unlock), (StatusKind::Locked, Ok(())));
        assert!(shown.status.moment.is_some(), "an administrator sees until when");

        desk.clock.advance_seconds(29 * 60);
        assert_eq!(refused(desk.guess("carla@vandijk.example", PASSWORD).await), Refusal::SignIn);
        // Trying meanwhile does not make it longer: a lock-out is not a way to lock others out for good.
        desk.clock.advance_seconds(61);
        assert!(desk.guess("carla@vandijk.example", PASSWORD).await.is_ok());
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().status.kind, StatusKind::NoActiveLicence);
        assert_eq!(desk.kinds_of(carla).await, ["account_locked", "registration_completed", "signed_in", "user_added"]);
    }

    async fn a_lock_that_is_over_gives_five_new_tries(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.lock("carla@vandijk.example").await;
        desk.clock.advance_seconds(31 * 60);
        for _ in 0..4 {
            assert_eq!(refused(desk.guess("carla@vandijk.example", WRONG).await), Refusal::SignIn);
        }
        assert!(desk.guess("carla@vandijk.example", PASSWORD).await.is_ok());
        desk.lock("carla@vandijk.example").await;
        assert_eq!(desk.kinds_of(carla).await.iter().filter(|kind| *kind == "account_locked").count(), 2);
    }

    async fn only_wrong_passwords_in_a_row_count(desk) {
        desk.office().await;
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(refused(desk.guess(ANNA, WRONG).await), Refusal::SignIn);
            }
            assert!(desk.guess(ANNA, PASSWORD).await.is_ok());
        }
    }

    async fn an_administrator_unlocks(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        assert_eq!(refused(users::unlock(desk, &anna, carla).await), Refusal::NotLocked);
        desk.lock("carla@vandijk.example").await;
        users::unlock(desk, &anna, carla).await.unwrap();
        assert_eq!(refused(users::unlock(desk, &anna, carla).await), Refusal::NotLocked);
        assert!(desk.guess("carla@vandijk.example", PASSWORD).await.is_ok());
    }

    async fn a_reset_unlocks(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        desk.lock("carla@vandijk.example").await;
        reset::ask(desk, &here(), "carla@vandijk.example").await.unwrap();
        let token = desk.expect_reset("carla@vandijk.example").await;
        let new = "Vlonder-Negen-Reiger-17";
        reset::set(desk, &here(), &token, new, new).await.unwrap();
        assert!(desk.guess("carla@vandijk.example", new).await.is_ok());
    }

    /// Nobody learns from the counting who has an account.
    async fn unknown_usernames_are_counted_alike(desk) {
        desk.office().await;
        for username in ["nobody@vandijk.example", ANNA] {
            desk.lock(username).await;
            desk.lock(username).await;
            let guard = digest(username.as_bytes());
            let locked = sql!("SELECT COUNT(*) FROM sign_in_guard WHERE username_hash = $1 AND failures = 5 AND locked_until IS NOT NULL", &guard);
            assert_eq!(desk.count(locked).await, 1, "{username}");
        }
        let locked = sql!("SELECT COUNT(*) FROM history WHERE kind = 'account_locked'");
        assert_eq!(desk.count(locked).await, 1, "only who exists is in the history");
    }

    /// Nor from what is written: the same rows whoever it is, and one of them each time.
    async fn a_wrong_password_leaves_the_same_behind_whoever_it_is(desk) {
        let anna = desk.office().await;
        let blocked = desk.registered(&anna, "blocked@vandijk.example").await;
        desk.save(&anna, blocked, |form| form.blocked = Some("on".into())).await.unwrap();
        desk.add(&anna, "invited@vandijk.example").await;
        desk.expect_invitation("invited@vandijk.example").await;
        desk.execute(sql!("DELETE FROM sign_in_guard")).await;
        for username in [ANNA, "nobody@vandijk.example", "blocked@vandijk.example", "invited@vandijk.example"] {
            let before: HashSet<_> = desk.dump().await.into_iter().collect();
            assert_eq!(refused(desk.guess(username, WRONG).await), Refusal::SignIn);
            let new: Vec<_> = desk.dump().await.into_iter().filter(|row| !before.contains(row)).collect();
            assert!(new.len() == 1 && new[0].starts_with("sign_in_guard"), "{username}: {new:?}");
            let counted = sql!("SELECT COUNT(*) FROM sign_in_guard WHERE username_hash = $1 AND failures = 1", &digest(username.as_bytes()));
            assert_eq!(desk.count(counted).await, 1, "{username}");
        }
    }

    /// Delete the WHERE of the upsert in `sign_in::count_try` and the count runs on to 50.
    async fn of_parallel_guesses_at_most_five_are_checked(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let guess = |password: &'static str, address: u8| {
            let desk = desk.another_hand();
            tokio::spawn(async move { sign_in(&desk, &from_address(address), "carla@vandijk.example", password).await })
        };
        let wrong: Vec<_> = (0..40).map(|address| guess(WRONG, address)).collect();
        let guard = digest(b"carla@vandijk.example");
        until("the fifth guess is counted", async || {
            desk.count(sql!("SELECT COUNT(*) FROM sign_in_guard WHERE username_hash = $1 AND locked_until IS NOT NULL", &guard)).await == 1
        })
        .await;
        // Most of the wrong ones still wait to be checked; whatever comes now is the sixth or later.
        let right: Vec<_> = (100..110).map(|address| guess(PASSWORD, address)).collect();
        for guess in wrong.into_iter().chain(right) {
            assert_eq!(refused(guess.await.unwrap()), Refusal::SignIn);
        }
        assert_eq!(desk.count(sql!("SELECT failures FROM sign_in_guard WHERE username_hash = $1", &guard)).await, 5);
        assert_eq!(desk.kinds_of(carla).await, ["account_locked", "registration_completed", "user_added"]);
    }

    /// A right password that overtakes the fifth wrong one takes the lock away, so nobody is shown a lock that is none.
    async fn what_is_shown_as_locked_is_locked(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let failures = |n: i64| sql!("SELECT COUNT(*) FROM sign_in_guard WHERE failures = $1", n);
        for _ in 0..3 {
            assert_eq!(refused(desk.guess("carla@vandijk.example", WRONG).await), Refusal::SignIn);
        }
        let guess = |password: &'static str| {
            let desk = desk.another_hand();
            tokio::spawn(async move { sign_in(&desk, &here(), "carla@vandijk.example", password).await })
        };
        let right = guess(PASSWORD);
        until("the right one is counted", async || desk.count(failures(4)).await == 1).await;
        let wrong = guess(WRONG);
        assert!(right.await.unwrap().is_ok());
        assert_eq!(refused(wrong.await.unwrap()), Refusal::SignIn);
        desk.later.wait().await;
        let locked = users::details(desk, &anna, carla).await.unwrap().status.kind == StatusKind::Locked;
        assert_eq!(locked, desk.guess("carla@vandijk.example", PASSWORD).await.is_err());
    }

    async fn one_address_is_slowed(desk) {
        desk.office().await;
        let mut asked = 0;
        while refused(reset::is_hard_to_guess(desk, &from_address(9), "no token", PASSWORD).await) != Refusal::Busy {
            asked += 1;
            assert!(asked < 1000, "never slowed");
        }
        assert!(asked >= 300, "an office behind one address gets in: {asked}");
        assert_eq!(refused(sign_in(desk, &from_address(9), ANNA, PASSWORD).await), Refusal::Busy);
        assert!(sign_in(desk, &from_address(10), ANNA, PASSWORD).await.is_ok());
    }

    /// A3: no try is counted that is not checked. Take the place in `sign_in::try_password` after `count_and_check` counts, and it fails.
    async fn whoever_is_turned_away_has_not_tried(desk) {
        desk.office().await;
        let visitor = desk.visit(ANNA).await;
        let before = desk.dump().await;
        let queue: Vec<_> = (0..LONGEST_QUEUE).map(|_| desk.passwords.place().unwrap()).collect();
        for username in [ANNA, "nobody@vandijk.example"] {
            for _ in 0..6 {
                assert_eq!(refused(desk.guess(username, PASSWORD).await), Refusal::Busy);
            }
        }
        drop(queue);
        // One place too few to prove the old password and to hash the new one.
        let queue: Vec<_> = (1..LONGEST_QUEUE).map(|_| desk.passwords.place().unwrap()).collect();
        for _ in 0..6 {
            let new = "Vlonder-Negen-Reiger-17";
            assert_eq!(refused(profile::change_password(desk, &visitor, PASSWORD, new, new).await), Refusal::Busy);
        }
        drop(queue);
        assert_eq!(desk.dump().await, before);
        desk.sign_in(ANNA).await;
    }

    /// A3, H1: a browser that goes away while the fifth wrong password is checked leaves no lock that nobody sees. Await `try_password` itself
    /// in `sign_in`, without `to_the_end`, to see it fail.
    async fn whoever_goes_away_is_locked_and_seen(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        for _ in 0..4 {
            assert_eq!(refused(desk.guess("carla@vandijk.example", WRONG).await), Refusal::SignIn);
        }
        // So that the check has to wait for its turn.
        let others: Vec<_> = (0..20)
            .map(|_| {
                let desk = desk.another_hand();
                tokio::spawn(async move { desk.passwords.hash([1; 16], PASSWORD.into()).await })
            })
            .collect();
        let from = here();
        tokio::select! {
            biased;
            () = until("the fifth is counted", async || {
                desk.count(sql!("SELECT COUNT(*) FROM sign_in_guard WHERE locked_until IS NOT NULL")).await == 1
            }) => {}
            _ = sign_in(desk, &from, "carla@vandijk.example", WRONG) => {}
        }
        for other in others {
            other.await.unwrap().unwrap();
        }
        until("the lock is seen", async || users::details(desk, &anna, carla).await.unwrap().status.kind == StatusKind::Locked).await;
        assert_eq!(desk.kinds_of(carla).await, ["account_locked", "registration_completed", "user_added"]);
        users::unlock(desk, &anna, carla).await.unwrap();
        desk.sign_in("carla@vandijk.example").await;
    }

    /// A3: the program ended between the fifth wrong password and what administrators see of it; the next try, even the right one, shows it.
    async fn a_lock_that_nobody_sees_is_written_down_by_the_next_try(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.lock("carla@vandijk.example").await;
        let status = async || users::details(desk, &anna, carla).await.unwrap().status;
        let locked = status().await;
        desk.execute(sql!("UPDATE account SET locked_until = NULL")).await;
        assert_ne!(status().await.kind, StatusKind::Locked);
        desk.clock.advance_seconds(600);
        desk.new_deeds().await;
        for password in [PASSWORD, WRONG] {
            assert_eq!(refused(desk.guess("carla@vandijk.example", password).await), Refusal::SignIn);
        }
        assert_eq!(status().await, locked, "until when it was locked, not longer");
        assert_eq!(desk.new_event().await, shared::event::Event::AccountLocked { account: carla });
        desk.clock.advance_seconds(21 * 60);
        desk.sign_in("carla@vandijk.example").await;
    }

    async fn weaker_hashes_are_replaced(desk) {
        desk.office().await;
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let hash = weak.hash_password(PASSWORD.as_bytes(), &SaltString::encode_b64(&[1; 16]).unwrap()).unwrap().to_string();
        desk.execute(sql!("UPDATE account SET password_hash = $1", hash)).await;
        desk.sign_in(ANNA).await;
        let (hash,): (String,) = desk.db.one(sql!("SELECT password_hash FROM account")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        desk.sign_in(ANNA).await;
    }

    async fn bad_input_gets_the_same_answer_and_changes_nothing(desk) {
        desk.office().await;
        let before = desk.dump_of_deeds().await;
        let long = format!("{}@vandijk.example", "x".repeat(300));
        let enormous = "x".repeat(100_000);
        for username in [
            "anna", "anna@vandijk.example, bram@vandijk.example", &long, "anna@vandijk.example\0", "anna\n@vandijk.example", "' OR 1=1 --",
            "anna@vandijk.example.evil.example", "=?utf-8?q?anna?=@vandijk.example", "%", &enormous,
        ] {
            assert_eq!(refused(desk.guess(username, PASSWORD).await), Refusal::SignIn, "{}", &username[..username.len().min(50)]);
        }
        for password in ["\0", &enormous, "Kade-Zeven-Meeuw-42\0"] {
            assert_eq!(refused(desk.guess(ANNA, password).await), Refusal::SignIn);
        }
        assert_eq!(desk.dump_of_deeds().await, before);
        // Another company's people are as unknown as anybody.
        assert!(desk.visit(ANNA).await.administrator(CompanyNumber(10002)).is_err());
    }
}
