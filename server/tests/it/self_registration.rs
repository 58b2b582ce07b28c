//! S1–S6: registering by oneself, and joining a company with the account that one has.

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, TestDesk, form, from_address, here, on_both, refused, refused_link};
use server::{companies, erasing, licences, moving, registration, reset, self_registration, sql, users};
use shared::{
    CompanyNumber, FieldName, Problem, Refusal, Role,
    event::Event,
    fields::Language,
    refusal::LinkState,
    registration::ApplyForm,
    users::{StatusKind, UsersQuery},
};
use std::time::{Duration, Instant};

const NEW: &str = "nora@vandijk.example";

fn applying(email: &str) -> ApplyForm {
    ApplyForm { name: "Nora Blom".into(), email: email.into() }
}

async fn apply(desk: &TestDesk, email: &str) {
    self_registration::apply(desk, &here(), &applying(email)).await.unwrap();
}

/// The one letter with which somebody goes on.
async fn applied(desk: &TestDesk, email: &str) -> String {
    apply(desk, email).await;
    let stored = email.trim().to_lowercase();
    desk.expect_applied(&[("apply_registration", &stored)]).await.remove(0).token()
}

async fn self_registration(desk: &TestDesk, company: CompanyNumber, allowed: bool) {
    desk.execute(sql!("UPDATE company SET self_registration = $1 WHERE number = $2", allowed, company)).await;
}

on_both! {
    async fn the_only_company_that_matches(desk) {
        let anna = desk.office().await;
        desk.new_deeds().await;
        let token = applied(desk, " Nora@VanDijk.example ").await;
        assert_eq!(desk.new_event().await, Event::RegistrationAsked);
        let page = registration::look(desk, &token).await.unwrap();
        assert_eq!((page.username.as_str(), page.companies.len(), page.companies[0].name.as_str()), (NEW, 1, "Van Dijk Bruggenbouw"));
        let (session, company) = registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, COMPANY);
        let nora = desk.id_of(NEW).await;
        assert_eq!(desk.new_event().await, Event::SelfRegistered { company: COMPANY, account: nora });
        let visitor = desk.find(&session).await.unwrap();
        assert_eq!((visitor.name.as_str(), visitor.companies[0].role), ("Nora Blom", Role::User));
        let list = users::list(desk, &anna, &UsersQuery { search: "nora".into(), ..UsersQuery::default() }).await.unwrap();
        assert_eq!(list.rows[0].status.kind, StatusKind::NoActiveLicence);
        desk.sign_in(NEW).await;
        assert_eq!(refused_link(registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await), LinkState::Used);
    }

    /// S3, L5: what is company-wide is there at once, what can be asked for is offered, and a supplier learns of nobody without a country.
    async fn licences_of_whoever_registers(desk) {
        let scene = desk.scene().await;
        let wide = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.company_wide_permitted = Some("on".into())).await;
        licences::save_settings(desk, &scene.anna, wide, true, true).await.unwrap();
        let mut others = Vec::new();
        for name in ["Safety", "Marine"] {
            let product = desk.product(&scene.staff, name, &[]).await;
            others.push(desk.licence(&scene.staff, COMPANY, product, |form| form.external = (name == "Marine").then(|| "on".into())).await);
        }
        let token = applied(desk, NEW).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        let nora = desk.member(COMPANY, NEW).await;
        let mine = companies::home(desk, &nora).await.unwrap().mine;
        assert_eq!(mine.access.iter().map(|access| access.licence).collect::<Vec<_>>(), [wide]);
        assert_eq!(mine.on_offer.iter().map(|offer| offer.licence).collect::<Vec<_>>(), [others[0]]);
        assert!(desk.opens(&nora, "NEN 1").await);
        let list = users::list(desk, &scene.anna, &UsersQuery { search: "nora".into(), ..UsersQuery::default() }).await.unwrap();
        assert_eq!(list.rows[0].status.kind, StatusKind::Registered);
        assert_eq!(refused(desk.give(&scene.anna, others[1], list.rows[0].id).await), Refusal::NoCountry);
    }

    async fn of_several_companies_one_is_chosen_by_name(desk) {
        desk.office().await;
        desk.offshore().await;
        desk.company(CompanyNumber(10003), "Elsewhere", &["elsewhere.example"]).await;
        let token = applied(desk, NEW).await;
        let names: Vec<_> = registration::look(desk, &token).await.unwrap().companies.into_iter().map(|company| company.name).collect();
        assert_eq!(names, ["Van Dijk Bruggenbouw", "Van Dijk Offshore"]);
        let before = desk.dump().await;
        for (company, problem) in [(None, Problem::Missing), (Some(CompanyNumber(10003)), Problem::NotAChoice), (Some(CompanyNumber(1)), Problem::NotAChoice)] {
            let outcome = registration::complete(desk, &here(), &token, company, PASSWORD, PASSWORD).await;
            assert_eq!(refused(outcome), Refusal::field(FieldName::Company, problem));
        }
        // Both halves of the form say what is wrong.
        let outcome = registration::complete(desk, &here(), &token, None, "short", "short").await;
        let Refusal::Fields(fields) = refused(outcome) else { panic!("not about fields") };
        assert_eq!(fields.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [FieldName::Company, FieldName::NewPassword]);
        assert_eq!(desk.dump().await, before);
        let (_, company) = registration::complete(desk, &here(), &token, Some(OFFSHORE), PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, OFFSHORE);
    }

    /// S2: exactly that domain.
    async fn where_nobody_lets_one_in_a_mail_says_so(desk) {
        desk.office().await;
        for address in ["x@elsewhere.example", "x@sub.vandijk.example", "x@notvandijk.example", "x@vandijk.example.evil.example"] {
            apply(desk, address).await;
            let letters = desk.expect_applied(&[("no_company", address)]).await;
            assert!(!letters[0].text.contains("Nora") && !letters[0].html.contains("Nora"), "a stranger's words go to nobody");
            assert!(!letters[0].text.contains("/register/complete/"));
        }
        self_registration(desk, COMPANY, false).await;
        apply(desk, NEW).await;
        desk.expect_applied(&[("no_company", NEW)]).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM account")).await, 1);
    }

    /// S5: allowed at the start, and not at completion; an expired link makes nothing either.
    async fn what_is_switched_off_is_refused_at_completion(desk) {
        desk.office().await;
        let token = applied(desk, NEW).await;
        let link_of_two = { desk.offshore().await; applied(desk, "otto@vandijk.example").await };
        let before = desk.dump().await;
        self_registration(desk, COMPANY, false).await;
        // Chosen while it was still open.
        let outcome = registration::complete(desk, &here(), &link_of_two, Some(COMPANY), PASSWORD, PASSWORD).await;
        assert_eq!(refused(outcome), Refusal::field(FieldName::Company, Problem::NotAChoice));
        self_registration(desk, OFFSHORE, false).await;
        assert_eq!(refused(registration::look(desk, &token).await), Refusal::NoSelfRegistration);
        assert_eq!(refused(registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await), Refusal::NoSelfRegistration);
        self_registration(desk, OFFSHORE, true).await;
        self_registration(desk, COMPANY, true).await;
        desk.execute(sql!("DELETE FROM company_domain")).await;
        assert_eq!(refused(registration::complete(desk, &here(), &token, Some(COMPANY), PASSWORD, PASSWORD).await), Refusal::NoSelfRegistration);
        desk.execute(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, 'vandijk.example')", COMPANY)).await;
        desk.execute(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, 'vandijk.example')", OFFSHORE)).await;
        desk.clock.advance_seconds(24 * 3600);
        assert_eq!(refused_link(registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await), LinkState::Expired);
        assert_eq!(desk.dump().await, before);
        registration::send_new_link(desk, &here(), &token).await.unwrap();
        let fresh = desk.expect_applied(&[("apply_registration", NEW)]).await.remove(0).token();
        registration::complete(desk, &here(), &fresh, Some(COMPANY), PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Expired);
    }

    async fn whoever_has_an_account_is_told_by_mail(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        apply(desk, "carla@vandijk.example").await;
        let letters = desk.expect_applied(&[("has_account", "carla@vandijk.example")]).await;
        assert!(letters[0].text.contains("Carla de Bruin") && !letters[0].text.contains("Nora"));
        // U3: that mail too goes to the administrators.
        desk.save(&anna, carla, |form| form.mail_to_administrators = Some("on".into())).await.unwrap();
        apply(desk, "carla@vandijk.example").await;
        desk.expect_applied(&[("has_account", ANNA)]).await;
        // Whoever is blocked gets no mail, and can't come in by another door (S6).
        desk.block(COMPANY, carla).await;
        apply(desk, "carla@vandijk.example").await;
        desk.expect_applied(&[]).await;
    }

    /// Who was added gets that mail again; its month is not longer for it.
    async fn whoever_was_added_is_reminded(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, NEW).await;
        let first = desk.expect_invitation(NEW).await;
        let until = sql!("SELECT invited_until FROM membership WHERE account = $1", carla);
        let ends: (i64,) = desk.db.one(until).await.unwrap();
        desk.clock.advance_seconds(24 * 3600);
        apply(desk, NEW).await;
        let again = desk.expect_applied(&[("complete_registration", NEW)]).await.remove(0).token();
        assert_eq!(refused_link(registration::look(desk, &first).await), LinkState::Replaced);
        let page = registration::look(desk, &again).await.unwrap();
        assert_eq!(page.name, "Carla de Bruin");
        let (expires,): (i64,) = desk.db.one(sql!("SELECT expires_at FROM link WHERE account = $1", carla)).await.unwrap();
        assert_eq!(expires, ends.0);
        registration::complete(desk, &here(), &again, None, PASSWORD, PASSWORD).await.unwrap();
    }

    /// An invitation that ran out does not stand in the way, and makes nobody administrator.
    async fn who_was_invited_too_long_ago_registers_as_a_user(desk) {
        let anna = desk.office().await;
        users::add(desk, &anna, &shared::users::UserForm { role: "administrator".into(), ..form(NEW, "Wrong Name") }).await.unwrap();
        desk.expect_invitation(NEW).await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        let token = applied(desk, NEW).await;
        let (session, _) = registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        let visitor = desk.find(&session).await.unwrap();
        assert_eq!((visitor.name.as_str(), visitor.companies[0].role), ("Nora Blom", Role::User));
    }

    /// S6: a membership that is blocked there.
    async fn who_is_blocked_in_a_company_does_not_register_there(desk) {
        let anna = desk.office().await;
        let added = users::add(desk, &anna, &shared::users::UserForm { blocked: Some("on".into()), ..form(NEW, "Nora") }).await.unwrap();
        desk.no_mail().await;
        apply(desk, NEW).await;
        desk.expect_applied(&[("no_company", NEW)]).await;
        desk.execute(sql!("UPDATE membership SET blocked_at = NULL, invited_until = 1 WHERE account = $1", added)).await;
        let token = applied(desk, NEW).await;
        desk.block(COMPANY, added).await;
        assert_eq!(refused(registration::complete(desk, &here(), &token, Some(COMPANY), PASSWORD, PASSWORD).await), Refusal::NoSelfRegistration);
    }

    async fn at_most_five_mails_an_hour_to_one_address(desk) {
        desk.office().await;
        for turn in 0..7 {
            self_registration::apply(desk, &from_address(turn), &applying("Nora@vandijk.example")).await.unwrap();
        }
        desk.expect_applied(&[("apply_registration", NEW); 5]).await;
        desk.clock.advance_seconds(3600 + 1);
        applied(desk, NEW).await;
    }

    /// S1: what is not mailed does not count, or a stranger could keep an address from registering for good.
    async fn whoever_asks_again_and_again_keeps_nobody_from_registering(desk) {
        desk.office().await;
        for hour in 0..3 {
            for start in 0..6 {
                apply(desk, NEW).await;
                let mailed = desk.expect_applied(if start < 5 { &[("apply_registration", NEW)] } else { &[] }).await;
                assert_eq!(mailed.len(), usize::from(start < 5), "start {start} of hour {hour}");
                desk.clock.advance_seconds(600);
            }
        }
    }

    /// S1: of those who wait for the worker at the same moment five are mailed, not none.
    async fn of_six_in_one_millisecond_five_are_mailed(desk) {
        desk.office().await;
        for _ in 0..6 {
            apply(desk, NEW).await;
        }
        desk.execute(sql!("UPDATE application SET created_at = 1")).await;
        desk.expect_applied(&[("apply_registration", NEW); 5]).await;
    }

    /// S1: one mail for each application, however many companies have added the person.
    async fn whoever_two_companies_added_is_reminded_of_one(desk) {
        let (anna, dirk) = (desk.office().await, desk.offshore().await);
        desk.add(&anna, NEW).await;
        desk.expect_invitation(NEW).await;
        desk.clock.advance_seconds(3600);
        desk.add(&dirk, NEW).await;
        desk.expect_invitation(NEW).await;
        apply(desk, NEW).await;
        let token = desk.expect_applied(&[("complete_registration", NEW)]).await.remove(0).token();
        let (_, company) = registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, OFFSHORE, "the invitation that is good for longer");
    }

    /// 100 at once; the next second brings none, six seconds bring one. Another office is not held up.
    async fn an_office_of_hundred_registers_at_once(desk) {
        desk.office().await;
        for number in 0..100 {
            self_registration::apply(desk, &from_address(9), &applying(&format!("p{number}@elsewhere.example"))).await.unwrap();
        }
        let one_more = self_registration::apply(desk, &from_address(9), &applying("more@elsewhere.example")).await;
        assert_eq!(refused(one_more), Refusal::Busy);
        self_registration::apply(desk, &from_address(10), &applying("more@elsewhere.example")).await.unwrap();
        desk.letters_are_looked_at().await;
    }

    async fn nonsense_is_refused_before_anything_is_written(desk) {
        let before = desk.dump().await;
        let outcome = self_registration::apply(desk, &here(), &ApplyForm { name: " ".into(), email: "a@b, c@d".into() }).await;
        assert_eq!(refused(outcome), Refusal::Fields(vec![(FieldName::Name, Problem::Missing), (FieldName::Email, Problem::SeveralAddresses)]));
        assert_eq!(desk.dump().await, before);
    }

    /// Same rows, whoever it is: nothing that a stranger could see or time. Only numbers and moments differ.
    async fn the_same_is_written_for_everybody(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let shapes = |lines: Vec<String>| lines.into_iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
        let mut written = Vec::new();
        for address in ["carla@vandijk.example", "nobody@vandijk.example", "nobody@elsewhere.example"] {
            let before = shapes(desk.dump().await);
            apply(desk, address).await;
            let mut after = shapes(desk.dump().await);
            for table in before {
                after.remove(after.iter().position(|one| *one == table).unwrap());
            }
            written.push(after);
            desk.clock.advance_seconds(1);
        }
        assert_eq!(written[0], ["application", "history", "letter", "link", "link_token"]);
        assert!(written.iter().all(|one| *one == written[0]), "{written:?}");
        server::outbox::send_waiting(desk).await.unwrap();
        desk.letters_are_looked_at().await;
    }

    /// S6.
    async fn an_account_without_a_company_joins_one(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let visitor = desk.visit("carla@vandijk.example").await;
        let person = visitor.person().unwrap();
        assert_eq!(moving::read(desk, &person).await.unwrap().departments.len(), 1, "who has a company moves, and does not join");
        assert_eq!(refused(self_registration::join(desk, &person, OFFSHORE).await), Refusal::Changed);
        users::remove(desk, &anna, carla).await.unwrap();
        let person = desk.visit("carla@vandijk.example").await.person().unwrap();
        assert_eq!(moving::read(desk, &person).await.unwrap().departments.len(), 2);
        self_registration(desk, OFFSHORE, false).await;
        assert_eq!(refused(self_registration::join(desk, &person, OFFSHORE).await), Refusal::NoSelfRegistration);
        assert_eq!(refused(self_registration::join(desk, &person, CompanyNumber(9)).await), Refusal::NoSelfRegistration);
        desk.new_deeds().await;
        self_registration::join(desk, &person, COMPANY).await.unwrap();
        assert_eq!(desk.new_event().await, Event::CompanyJoined { company: COMPANY, account: carla });
        let visitor = desk.visit("carla@vandijk.example").await;
        assert_eq!((visitor.companies.len(), visitor.companies[0].role), (1, Role::User));
    }

    /// A4, S6: a password that administrators could set (U3) proves no address.
    async fn who_holds_an_account_by_others_mail_joins_nothing(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let ghost = users::add(desk, &anna, &shared::users::UserForm { mail_to_administrators: Some("on".into()), ..form("ghost@vandijk.example", "Ghost") }).await.unwrap();
        let token = desk.expect_invitation(ANNA).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        users::remove(desk, &anna, ghost).await.unwrap();
        let person = desk.visit("ghost@vandijk.example").await.person().unwrap();
        assert_eq!(refused(self_registration::join(desk, &person, OFFSHORE).await), Refusal::AddressNotProven);
        // Whoever has the mailbox shows it.
        desk.forgot("ghost@vandijk.example").await;
        let token = desk.expect_reset("ghost@vandijk.example").await;
        reset::set(desk, &here(), &token, "Meeuw-Zeven-Kade-24", "Meeuw-Zeven-Kade-24").await.unwrap();
        let visitor = desk.visitor_of(ghost, "ghost@vandijk.example").await;
        self_registration::join(desk, &visitor.person().unwrap(), OFFSHORE).await.unwrap();
    }

    /// U5, S6: the new address belongs to whoever confirmed it, and the password may still be others'.
    async fn another_address_proves_no_password(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let ghost = users::add(desk, &anna, &shared::users::UserForm { mail_to_administrators: Some("on".into()), ..form("ghost@vandijk.example", "Ghost") }).await.unwrap();
        let token = desk.expect_invitation(ANNA).await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        users::address::ask(desk, &anna, ghost, NEW).await.unwrap();
        let letters = desk.expect_mail(&[("address_change_told", ANNA), ("confirm_address", NEW)]).await;
        server::confirming::confirm(desk, &here(), None, &letters[1].token()).await.unwrap();
        users::remove(desk, &anna, ghost).await.unwrap();
        let person = desk.visit(NEW).await.person().unwrap();
        assert_eq!(refused(self_registration::join(desk, &person, OFFSHORE).await), Refusal::AddressNotProven);
    }

    /// S6, P6. Delete `blocked_address` in `self_registration::joinable` to see it fail.
    async fn who_was_blocked_stays_out_when_the_account_is_deleted(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        for username in ["carla@vandijk.example", NEW] {
            let account = desk.registered(&anna, username).await;
            desk.membership(OFFSHORE, account, "user").await;
            desk.block(OFFSHORE, account).await;
            erasing::delete_account(desk, &desk.visit(username).await, PASSWORD).await.unwrap();
        }
        let kept = async || desk.count(sql!("SELECT COUNT(*) FROM blocked_address WHERE company = $1", OFFSHORE)).await;
        assert_eq!(kept().await, 2);
        let token = applied(desk, NEW).await;
        let companies: Vec<_> = registration::look(desk, &token).await.unwrap().companies.into_iter().map(|company| company.number).collect();
        assert_eq!(companies, [COMPANY]);
        let outcome = registration::complete(desk, &here(), &token, Some(OFFSHORE), PASSWORD, PASSWORD).await;
        assert_eq!(refused(outcome), Refusal::field(FieldName::Company, Problem::NotAChoice));
        registration::complete(desk, &here(), &token, Some(COMPANY), PASSWORD, PASSWORD).await.unwrap();
        let visitor = desk.visit(NEW).await;
        assert!(moving::read(desk, &visitor.person().unwrap()).await.unwrap().departments.is_empty());
        assert_eq!(refused(moving::change_company(desk, &visitor, COMPANY, OFFSHORE).await), Refusal::NoSelfRegistration);
        // Whom an administrator there adds again is welcome; and after a year nobody knows any more.
        desk.add(&dirk, NEW).await;
        desk.expect_mail(&[("join_company", NEW)]).await;
        assert_eq!(kept().await, 1);
        erasing::sweep(desk).await.unwrap();
        assert_eq!(kept().await, 1);
        desk.clock.advance_seconds(366 * 24 * 3600);
        erasing::sweep(desk).await.unwrap();
        assert_eq!(kept().await, 0);
        let token = applied(desk, "carla@vandijk.example").await;
        assert_eq!(registration::look(desk, &token).await.unwrap().companies.len(), 2);
    }

    /// U1: what one company wrote about somebody is neither changed nor handed on when they register at another.
    async fn another_companys_words_stay_its_own(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let xavier = users::add(desk, &anna, &shared::users::UserForm { phone: "+31 10 555 01 99".into(), ..form(NEW, "Xavier") }).await.unwrap();
        desk.expect_invitation(NEW).await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        let token = applied(desk, NEW).await;
        registration::complete(desk, &here(), &token, Some(OFFSHORE), PASSWORD, PASSWORD).await.unwrap();
        let anna = desk.visit(ANNA).await.administrator(COMPANY).unwrap();
        let dirk = desk.visit("dirk@vandijk.example").await.administrator(OFFSHORE).unwrap();
        let annas = users::details(desk, &anna, xavier).await.unwrap();
        assert_eq!((annas.name.as_str(), annas.phone.as_deref(), annas.status.kind), ("Xavier", Some("+31 10 555 01 99"), StatusKind::RegistrationExpired));
        let dirks = users::details(desk, &dirk, xavier).await.unwrap();
        assert_eq!((dirks.name.as_str(), dirks.phone, dirks.country), ("Nora Blom", None, None));
    }

    /// A reset is nothing to somebody who only asked to register, and their link opens no other door.
    async fn a_link_that_proves_an_address_does_nothing_else(desk) {
        desk.office().await;
        let token = applied(desk, NEW).await;
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Unknown);
        assert_eq!(refused_link(server::confirming::look(desk, &token).await), LinkState::Unknown);
        desk.forgot(NEW).await;
        desk.no_mail().await;
    }

    async fn applications_are_forgotten(desk) {
        desk.office().await;
        apply(desk, "x@elsewhere.example").await;
        desk.expect_applied(&[("no_company", "x@elsewhere.example")]).await;
        desk.clock.advance_seconds(92 * 24 * 3600);
        server::outbox::sweep(desk).await.unwrap();
        server::links::sweep(desk).await.unwrap();
        for table in ["application", "link", "link_token", "letter"] {
            assert_eq!(desk.count(sql!(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))).await, 0, "{table}");
        }
    }

    /// The language of the page is the language of the mail.
    async fn mail_comes_in_the_language_of_the_page(desk) {
        desk.office().await;
        let from = server::callers::Anyone { language: Language::Dutch, ..here() };
        self_registration::apply(desk, &from, &applying(NEW)).await.unwrap();
        let letters = desk.expect_applied(&[("apply_registration", NEW)]).await;
        assert!(letters[0].text.starts_with("Hallo"), "{}", letters[0].text);
    }

    /// Medians of 300 interleaved calls; on a machine that has other work at the moment, of 600, 900, 1200: what a look at the account would
    /// cost stands in every one of them.
    async fn known_and_unknown_take_the_same_time(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let (mut times, mut seen) = ([Vec::new(), Vec::new(), Vec::new()], Vec::new());
        for round in 0..4 {
            take_times(desk, round, &mut times).await;
            let [known, unknown, elsewhere] = times.each_mut().map(|times| {
                times.sort_unstable();
                times[times.len() / 2].as_secs_f64()
            });
            seen.push([known, unknown, elsewhere]);
            if [unknown, elsewhere].iter().all(|other| (known / other - 1.0).abs() < 0.1) {
                desk.letters_are_looked_at().await;
                return;
            }
        }
        panic!("known, unknown, unknown domain, in seconds: {seen:?}");
    }
}

/// In every order in turn, so that none is always the one after another.
async fn take_times(desk: &TestDesk, round: usize, times: &mut [Vec<Duration>; 3]) {
    for turn in 0..300 {
        for place in 0..3 {
            let which = (place + turn) % 3;
            let address = ["carla@vandijk.example", "nobody@vandijk.example", "nobody@elsewhere.example"][which];
            // Every few turns another office, so that nobody is held up.
            let office = u32::try_from(round * 300 + turn).unwrap() / 8;
            let from = server::callers::Anyone { address: std::net::Ipv4Addr::from_bits(0x0A00_0000 + office).into(), ..here() };
            let started = Instant::now();
            self_registration::apply(desk, &from, &applying(address)).await.unwrap();
            times[which].push(started.elapsed());
        }
    }
}
