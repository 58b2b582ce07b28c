//! U5: another address for somebody.

use crate::support::{ANNA, COMPANY, OFFSHORE, TestDesk, here, on_both, refused, refused_link};
use server::{Error, confirming, confirming::Confirmed, sql, users, users::address};
use shared::{FieldName, Problem, Refusal, event::Event, refusal::LinkState, registration::ToConfirm};

const CARLA: &str = "carla@vandijk.example";
const NEW: &str = "c.smit@vandijk.example";

async fn asked(desk: &TestDesk) -> String {
    let letters = desk.expect_mail(&[("address_change_told", CARLA), ("confirm_address", NEW)]).await;
    assert!(letters[0].text.contains(NEW), "both addresses are told");
    letters[1].token()
}

on_both! {
    async fn the_new_address_confirms(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.new_deeds().await;
        address::ask(desk, &anna, carla, " C.Smit@VanDijk.example").await.unwrap();
        assert_eq!(desk.new_event().await, Event::AddressChangeAsked { company: COMPANY, account: carla, both: false });
        let token = asked(desk).await;
        let waiting = users::details(desk, &anna, carla).await.unwrap().address_change.unwrap();
        assert_eq!((waiting.new.as_str(), waiting.waits_for_new, waiting.waits_for_old), (NEW, true, false));
        let session = desk.sign_in(CARLA).await;
        let (what, username) = confirming::look(desk, &token).await.unwrap();
        assert_eq!((what, username.as_str()), (ToConfirm::NewAddress { company: "Van Dijk Bruggenbouw".into(), new: NEW.into() }, NEW));
        desk.forgot(CARLA).await;
        let reset = desk.expect_reset(CARLA).await;
        desk.new_deeds().await;
        assert_eq!(confirming::confirm(desk, &here(), None, &token).await.unwrap(), Confirmed::AddressChanged);
        assert_eq!(desk.new_event().await, Event::AddressChanged { company: COMPANY, account: carla });
        assert_eq!(refused(desk.guess(CARLA, crate::support::PASSWORD).await), Refusal::SignIn);
        desk.sign_in(NEW).await;
        assert!(desk.find(&session).await.is_some(), "who is signed in stays so");
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().username, NEW);
        assert_eq!(refused_link(server::reset::look(desk, &reset).await), LinkState::Withdrawn, "what went to the old address opens nothing");
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &token).await), LinkState::Used);
    }

    async fn within_the_companys_domains(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let before = desk.dump().await;
        for (new, problem) in [
            ("c@elsewhere.example", Problem::ForeignDomain(vec!["vandijk.example".into()])),
            (CARLA, Problem::SameAddress),
            ("", Problem::Missing),
            ("no address", Problem::NotAnAddress),
        ] {
            assert_eq!(refused(address::ask(desk, &anna, carla, new).await), Refusal::field(FieldName::Username, problem), "{new}");
        }
        assert_eq!(desk.dump().await, before);
    }

    /// Somebody with another membership confirms from the address of now, too; in either order.
    async fn who_belongs_to_others_too_confirms_from_both(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.membership(OFFSHORE, carla, "user").await;
        for first_is_new in [true, false] {
            address::ask(desk, &anna, carla, NEW).await.unwrap();
            let letters = desk.expect_mail(&[("approve_address", CARLA), ("confirm_address", NEW)]).await;
            let (old, new) = (letters[0].token(), letters[1].token());
            let (first, second) = if first_is_new { (&new, &old) } else { (&old, &new) };
            assert_eq!(confirming::confirm(desk, &here(), None, first).await.unwrap(), Confirmed::AddressWaits);
            desk.sign_in(CARLA).await;
            desk.no_mail().await;
            assert_eq!(confirming::confirm(desk, &here(), None, second).await.unwrap(), Confirmed::AddressChanged);
            desk.sign_in(NEW).await;
            // And back, for the other order.
            desk.execute(sql!("UPDATE account SET username = $1, search_key = 'carla de bruin' WHERE id = $2", CARLA, carla)).await;
            desk.execute(sql!("UPDATE membership SET username = $1, search_key = 'carla de bruin' WHERE account = $2", CARLA, carla)).await;
            desk.execute(sql!("UPDATE known_as SET search_key = 'carla de bruin', username = $1 WHERE account = $2", CARLA, carla)).await;
        }
    }

    /// Who joined another company after it was asked has a say in it.
    async fn a_say_that_came_later_counts(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let token = asked(desk).await;
        desk.membership(OFFSHORE, carla, "user").await;
        assert_eq!(refused(confirming::confirm(desk, &here(), None, &token).await), Refusal::Changed);
        desk.sign_in(CARLA).await;
    }

    async fn refused_taken_back_or_expired(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let token = asked(desk).await;
        confirming::refuse(desk, &here(), None, &token).await.unwrap();
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &token).await), LinkState::Used);
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let second = asked(desk).await;
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Replaced);
        address::withdraw(desk, &anna, carla).await.unwrap();
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &second).await), LinkState::Withdrawn);
        assert_eq!(refused(address::withdraw(desk, &anna, carla).await), Refusal::Changed);
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let third = asked(desk).await;
        desk.clock.advance_seconds(32 * 24 * 3600);
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &third).await), LinkState::Expired);
        assert!(users::details(desk, &anna, carla).await.unwrap().address_change.is_none());
    }

    /// The administrator learns nothing of it; whoever has the address does.
    async fn an_address_that_somebody_has_is_not_given_away(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.account(NEW, "Somebody else").await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let token = asked(desk).await;
        let before = desk.dump().await;
        assert_eq!(refused(confirming::confirm(desk, &here(), None, &token).await), Refusal::field(FieldName::Username, Problem::AddressTaken));
        assert_eq!(desk.dump().await, before);
    }

    /// Somebody was added by that address, and removed before they registered: it is nobody's, and that row stays behind without it.
    async fn an_address_that_nobody_claimed_is_free(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let left = desk.add(&anna, NEW).await;
        let invitation = desk.expect_invitation(NEW).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let token = asked(desk).await;
        assert_eq!(refused(confirming::confirm(desk, &here(), None, &token).await), Refusal::field(FieldName::Username, Problem::AddressTaken), "invited");
        users::remove(desk, &anna, left).await.unwrap();
        assert_eq!(confirming::confirm(desk, &here(), None, &token).await.unwrap(), Confirmed::AddressChanged);
        assert_eq!(desk.id_of(NEW).await, carla);
        assert_eq!(refused_link(server::registration::look(desk, &invitation).await), LinkState::Withdrawn);
        let written = sql!("SELECT COUNT(*) FROM account WHERE id = $1 AND (name <> '' OR search_key <> '' OR deleted_at IS NULL)", left);
        assert_eq!(desk.count(written).await, 0);
    }

    /// U5: the old address is told even if the new one is quicker.
    async fn the_old_address_is_told_in_any_case(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        desk.execute(sql!("UPDATE letter SET next_attempt_at = next_attempt_at + 60000 WHERE kind = 'address_change_told'")).await;
        server::outbox::send_waiting(desk).await.unwrap();
        let (link, generation) = desk.db.one(sql!("SELECT id, generation FROM link WHERE purpose = 'confirm_address'")).await.unwrap();
        let sending = server::links::Sending { link, generation };
        let url = server::links::url(desk, "confirm", server::links::Purpose::ConfirmAddress, sending);
        confirming::confirm(desk, &here(), None, url.rsplit('/').next().unwrap()).await.unwrap();
        desk.clock.advance_seconds(61);
        let letters = desk.expect_applied(&[("address_change_told", CARLA), ("confirm_address", NEW)]).await;
        assert!(letters[0].text.contains(CARLA) && letters[0].text.contains(NEW), "{}", letters[0].text);
    }

    async fn a_domain_that_went_meanwhile_is_not_confirmed(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.execute(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, 'bruggen.example')", COMPANY)).await;
        address::ask(desk, &anna, carla, "carla@bruggen.example").await.unwrap();
        let letters = desk.expect_mail(&[("address_change_told", CARLA), ("confirm_address", "carla@bruggen.example")]).await;
        desk.execute(sql!("DELETE FROM company_domain WHERE domain = 'bruggen.example'")).await;
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &letters[1].token()).await), LinkState::Withdrawn);
        desk.sign_in(CARLA).await;
    }

    /// A4: where their mail goes to the administrators, the old address's does; the new one proves itself.
    async fn the_new_address_proves_itself_whoever_gets_the_mail(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        desk.expect_mail(&[("address_change_told", ANNA), ("confirm_address", NEW)]).await;
    }

    /// A4: with a second company nobody answers for them, though both have their mail.
    async fn the_old_address_answers_for_itself_whoever_gets_the_mail(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.membership(OFFSHORE, carla, "user").await;
        for by in [&anna, &dirk] {
            desk.save(by, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        }
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let letters = desk.expect_mail(&[("approve_address", CARLA), ("confirm_address", NEW)]).await;
        assert_eq!(confirming::confirm(desk, &here(), None, &letters[1].token()).await.unwrap(), Confirmed::AddressWaits);
        desk.sign_in(CARLA).await;
        assert_eq!(confirming::confirm(desk, &here(), None, &letters[0].token()).await.unwrap(), Confirmed::AddressChanged);
        desk.sign_in(NEW).await;
    }

    async fn whoever_is_removed_or_blocked_keeps_the_address_of_now(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        let token = asked(desk).await;
        users::remove(desk, &anna, carla).await.unwrap();
        assert_eq!(refused_link(confirming::confirm(desk, &here(), None, &token).await), LinkState::Withdrawn);
        assert!(matches!(address::ask(desk, &anna, carla, NEW).await, Err(Error::NotFound)));
    }

    async fn nobody_of_another_company(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        address::ask(desk, &anna, carla, NEW).await.unwrap();
        asked(desk).await;
        let before = desk.dump().await;
        assert!(matches!(address::ask(desk, &dirk, carla, "mine@vandijk.example").await, Err(Error::NotFound)));
        assert!(matches!(address::withdraw(desk, &dirk, carla).await, Err(Error::NotFound)));
        assert_eq!(desk.dump().await, before);
    }
}
