//! O1, G1, S2, S4: companies, their domains and their first administrators.

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, TestDesk, here, on_both, refused};
use server::{Error, companies, companies::by_staff, registration, sql, users};
use shared::{
    CompanyNumber, FieldName, Problem, Refusal, Role,
    companies::{AppointForm, CompaniesQuery, CompanyForm, ContactForm},
    event::Event,
    refusal::DomainInUse,
    users::UsersQuery,
};

fn filled_in() -> CompanyForm {
    CompanyForm {
        company_name: "Jansen Techniek".into(),
        kvk: "6120 4418".into(),
        country: "NL".into(),
        contact_name: "Jan Jansen".into(),
        contact_email: "Office@Jansen.example".into(),
        domains: "Jansen.example\n@jansen-techniek.example, jansen.example".into(),
        self_registration: Some("on".into()),
        ..CompanyForm::default()
    }
}

async fn domains(desk: &TestDesk, company: CompanyNumber) -> Vec<String> {
    let rows: Vec<(String,)> =
        desk.db.all(sql!("SELECT domain FROM company_domain WHERE company = $1 ORDER BY domain", company)).await.unwrap();
    rows.into_iter().map(|(domain,)| domain).collect()
}

fn appointing(name: &str, email: &str) -> AppointForm {
    AppointForm { name: name.into(), email: email.into() }
}

on_both! {
    /// From nothing to an administrator who is in, by staff alone.
    async fn a_new_customer(desk) {
        let staff = desk.staff().await;
        desk.new_deeds().await;
        let company = by_staff::create(desk, &staff, &filled_in()).await.unwrap();
        assert_eq!(company, CompanyNumber(10001));
        let mut kinds: Vec<_> = desk.new_deeds().await.into_iter().map(|deed| (deed.kind, deed.company, deed.subject)).collect();
        kinds.sort();
        assert_eq!(kinds, [("company_created".to_owned(), Some(10001), None), ("company_edited".to_owned(), Some(10001), None)]);
        let shown = by_staff::details(desk, &staff, company).await.unwrap();
        assert_eq!((shown.general.name.as_str(), shown.general.kvk.as_str(), shown.administrators), ("Jansen Techniek", "61204418", 0));
        assert_eq!(shown.general.contact.email, "office@jansen.example");
        assert_eq!(shown.people_by_domain, [("jansen-techniek.example".to_owned(), 0), ("jansen.example".to_owned(), 0)]);
        // From anywhere: not in the company's domains.
        users::appoint(desk, &staff, company, &appointing("Jan Jansen", "jan@elsewhere.example")).await.unwrap();
        let token = desk.expect_invitation("jan@elsewhere.example").await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        let jan = desk.visit("jan@elsewhere.example").await.administrator(company).unwrap();
        desk.add(&jan, "piet@jansen.example").await;
        desk.expect_invitation("piet@jansen.example").await;
        assert_eq!(by_staff::create(desk, &staff, &filled_in()).await.unwrap(), CompanyNumber(10002));
    }

    async fn numbers_are_given_out_once(desk) {
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        let forms: Vec<_> = (0..20).map(|number| CompanyForm { domains: format!("d{number}.example"), ..filled_in() }).collect();
        let made = futures::future::join_all(
            forms.iter().enumerate().map(|(turn, form)| by_staff::create(if turn % 2 == 0 { desk } else { &other }, &staff, form)),
        )
        .await;
        let mut numbers: Vec<_> = made.into_iter().map(|number| number.unwrap().0).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (10001..=10020).collect::<Vec<_>>());
        other.db.close().await;
    }

    async fn what_can_not_be_a_companys(desk) {
        let staff = desk.staff().await;
        let before = desk.dump().await;
        for (form, field, problem) in [
            (CompanyForm { kvk: "123".into(), ..filled_in() }, FieldName::Kvk, Problem::NotAKvkNumber),
            (CompanyForm { company_name: " ".into(), ..filled_in() }, FieldName::CompanyName, Problem::Missing),
            (CompanyForm { company_name: "a\r\nBcc: x".into(), ..filled_in() }, FieldName::CompanyName, Problem::ControlCharacters),
            (CompanyForm { domains: "GMail.com".into(), ..filled_in() }, FieldName::Domains, Problem::PublicMailDomain("gmail.com".into())),
            (CompanyForm { domains: "x@y.example".into(), ..filled_in() }, FieldName::Domains, Problem::NotADomain("x@y.example".into())),
        ] {
            assert_eq!(refused(by_staff::create(desk, &staff, &form).await), Refusal::field(field, problem));
        }
        assert_eq!(desk.dump().await, before);
    }

    async fn found_by_name_number_and_domain(desk) {
        let staff = desk.staff().await;
        for (name, domain) in [("Çelik Staal", "celik.example"), ("Van Dijk", "vandijk.example"), ("Van Dijk Offshore", "vandijk.example"), ("Isar", "münchen.example")] {
            by_staff::create(desk, &staff, &CompanyForm { company_name: name.into(), domains: domain.into(), ..filled_in() }).await.unwrap();
        }
        for (search, found) in [("", vec![10001, 10004, 10002, 10003]), ("celik", vec![10001]), ("VAN dijk", vec![10002, 10003]), ("dijk offsh van", vec![10003]), ("10003 vandijk.example", vec![10003]), ("celik dijk", vec![]), ("10003", vec![10003]), ("@vandijk.example", vec![10002, 10003]), ("MÜNCHEN", vec![10004]), ("@münchen.example", vec![10004]), ("%", vec![]), ("nobody", vec![])] {
            let page = by_staff::list(desk, &staff, &CompaniesQuery { search: search.into(), page: 1 }).await.unwrap();
            assert_eq!(page.rows.iter().map(|row| row.number.0).collect::<Vec<_>>(), found, "{search}");
            assert_eq!(page.found as usize, found.len());
        }
        let page = by_staff::list(desk, &staff, &CompaniesQuery::default()).await.unwrap();
        assert_eq!(page.rows[0].domains, ["celik.example"]);
    }

    /// S2, O1: who goes on as before, and what is said before.
    async fn a_domain_goes_only_when_it_was_said_how_many_stay(desk) {
        let anna = desk.office().await;
        let staff = desk.staff().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let form = CompanyForm { domains: "bruggen.example".into(), ..filled_in() };
        let before = desk.dump().await;
        let in_use = Refusal::DomainsInUse(vec![DomainInUse { domain: "vandijk.example".into(), people: 2 }]);
        assert_eq!(refused(by_staff::save(desk, &staff, COMPANY, &form).await), in_use);
        let another = CompanyForm { remove_domains: "other.example".into(), ..form.clone() };
        assert_eq!(refused(by_staff::save(desk, &staff, COMPANY, &another).await), in_use, "what was agreed to was another");
        assert_eq!(desk.dump().await, before);
        desk.new_deeds().await;
        by_staff::save(desk, &staff, COMPANY, &CompanyForm { remove_domains: "vandijk.example".into(), ..form }).await.unwrap();
        assert_eq!(
            desk.new_event().await,
            Event::CompanyEdited { company: COMPANY, details: true, added: vec!["bruggen.example".into()], removed: vec!["vandijk.example".into()], self_registration: None }
        );
        assert_eq!(domains(desk, COMPANY).await, ["bruggen.example"]);
        desk.sign_in("carla@vandijk.example").await;
        assert!(users::details(desk, &anna, carla).await.is_ok());
        let refusal = refused(users::add(desk, &anna, &crate::support::form("new@vandijk.example", "New")).await);
        assert_eq!(refusal, Refusal::field(FieldName::Username, Problem::ForeignDomain(vec!["bruggen.example".into()])));
    }

    async fn saving_what_is_so_already_does_nothing(desk) {
        let staff = desk.staff().await;
        let company = by_staff::create(desk, &staff, &filled_in()).await.unwrap();
        let before = desk.dump().await;
        by_staff::save(desk, &staff, company, &filled_in()).await.unwrap();
        assert_eq!(desk.dump().await, before);
        desk.new_deeds().await;
        by_staff::save(desk, &staff, company, &CompanyForm { self_registration: None, ..filled_in() }).await.unwrap();
        let Event::CompanyEdited { details: false, self_registration: Some(false), .. } = desk.new_event().await else { panic!("something else") };
        assert!(matches!(by_staff::save(desk, &staff, CompanyNumber(9), &filled_in()).await, Err(Error::NotFound)));
    }

    /// S4: everybody with an address there, each once, in their language; nobody who is blocked or not registered.
    async fn people_of_a_new_domain_are_told(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let staff = desk.staff().await;
        let inside = desk.registered(&anna, "inside@vandijk.example").await;
        desk.execute(sql!("UPDATE account SET language = 'nl', username = 'inside@bruggen.example' WHERE id = $1", inside)).await;
        desk.execute(sql!("UPDATE membership SET username = 'inside@bruggen.example' WHERE account = $1", inside)).await;
        let outside = desk.account("outside@bruggen.example", "Olga").await;
        desk.membership(OFFSHORE, outside, "user").await;
        let blocked = desk.account("blocked@bruggen.example", "Bob").await;
        desk.membership(OFFSHORE, blocked, "user").await;
        desk.block(OFFSHORE, blocked).await;
        desk.account("alone@bruggen.example", "Ali").await;
        desk.account("alone@notbruggen.example", "Ali").await;
        desk.account("alone@bruggen.example.evil.example", "Ali").await;
        let redirected = desk.account("redirected@bruggen.example", "Rik").await;
        desk.membership(COMPANY, redirected, "user").await;
        desk.execute(sql!("UPDATE membership SET mail_to_administrators = TRUE WHERE account = $1", redirected)).await;
        let shown = by_staff::details(desk, &staff, COMPANY).await.unwrap().general;
        let mut form = CompanyForm { company_name: shown.name, kvk: shown.kvk, country: "NL".into(), domains: "vandijk.example bruggen.example".into(), self_registration: Some("on".into()), ..CompanyForm::default() };
        by_staff::save(desk, &staff, COMPANY, &form).await.unwrap();
        while server::outbox::send_waiting(desk).await.unwrap() > 0 {}
        let letters = desk
            .expect_applied(&[
                ("domain_added", "inside@bruggen.example"),
                ("domain_added", "outside@bruggen.example"),
                ("domain_added", "alone@bruggen.example"),
                ("domain_added", ANNA),
            ])
            .await;
        let of = |recipient: &str| letters.iter().find(|letter| letter.recipient == recipient).unwrap().text.clone();
        assert!(of("outside@bruggen.example").contains("/profile/company") && !of("inside@bruggen.example").contains("/profile/company"));
        assert!(of("inside@bruggen.example").starts_with("Beste"), "in their language");
        assert!(of(ANNA).contains("Rik"));
        // Where nobody may join by themselves, outsiders are not told that they can.
        form.self_registration = None;
        form.domains = "vandijk.example".into();
        form.remove_domains = "bruggen.example".into();
        by_staff::save(desk, &staff, COMPANY, &form).await.unwrap();
        form.domains = "vandijk.example bruggen.example".into();
        by_staff::save(desk, &staff, COMPANY, &form).await.unwrap();
        desk.expect_applied(&[("domain_added", "inside@bruggen.example"), ("domain_added", ANNA)]).await;
        desk.execute(sql!("UPDATE account SET search_key = 'x' WHERE id = $1", inside)).await;
        desk.execute(sql!("UPDATE membership SET search_key = 'x' WHERE account = $1", inside)).await;
        desk.execute(sql!("UPDATE known_as SET search_key = 'x', username = 'inside@bruggen.example' WHERE account = $1", inside)).await;
    }

    /// S4: outsiders hear of it when they can join: when self-registration comes, of the domains that were there; and not twice.
    async fn outsiders_are_told_when_they_can_join(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        desk.execute(sql!("UPDATE company SET self_registration = FALSE")).await;
        desk.account("alone@bruggen.example", "Ali").await;
        desk.account("alone@kades.example", "Karim").await;
        desk.account("alone@elsewhere.example", "Eva").await;
        let save = async |domains: &str, allowed: bool| {
            let form = CompanyForm { domains: domains.into(), self_registration: allowed.then(|| "on".into()), ..filled_in() };
            by_staff::save(desk, &staff, COMPANY, &form).await.unwrap();
        };
        save("vandijk.example bruggen.example", false).await;
        desk.no_mail().await;
        save("vandijk.example bruggen.example", true).await;
        let letters = desk.expect_mail(&[("domain_added", "alone@bruggen.example")]).await;
        assert!(letters[0].text.contains("/profile/company"));
        save("vandijk.example bruggen.example", false).await;
        save("vandijk.example bruggen.example kades.example", true).await;
        desk.expect_mail(&[("domain_added", "alone@kades.example")]).await;
    }

    /// O1: two people at the desk; what the one adds, the other's older form does not take away.
    async fn what_a_colleague_changed_meanwhile_stays(desk) {
        let staff = desk.staff().await;
        let company = by_staff::create(desk, &staff, &filled_in()).await.unwrap();
        let opened = CompanyForm { began_domains: "jansen-techniek.example jansen.example".into(), began_self_registration: "yes".into(), ..filled_in() };
        let first = CompanyForm { domains: format!("{} kades.example", opened.domains), self_registration: None, ..opened.clone() };
        by_staff::save(desk, &staff, company, &first).await.unwrap();
        let second = CompanyForm { domains: "jansen.example".into(), account_manager: "Mia Bos".into(), ..opened };
        by_staff::save(desk, &staff, company, &second).await.unwrap();
        let shown = by_staff::details(desk, &staff, company).await.unwrap().general;
        assert_eq!((shown.domains, shown.self_registration), (vec!["jansen.example".to_owned(), "kades.example".to_owned()], false));
        assert_eq!(shown.account_manager, "Mia Bos");
    }

    /// A general account's username may look like a domain, and is none.
    async fn people_are_counted_by_the_domain_of_their_address(desk) {
        let anna = desk.office().await;
        let staff = desk.staff().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        desk.general_account("vandijk.example").await;
        let shown = by_staff::details(desk, &staff, COMPANY).await.unwrap();
        assert_eq!(shown.people_by_domain, [("vandijk.example".to_owned(), 2)]);
    }

    async fn appointing_somebody_of_the_company(desk) {
        let anna = desk.office().await;
        let staff = desk.staff().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        users::appoint(desk, &staff, COMPANY, &appointing("Carla", "Carla@VanDijk.example")).await.unwrap();
        desk.visit("carla@vandijk.example").await.administrator(COMPANY).unwrap();
        let again = users::appoint(desk, &staff, COMPANY, &appointing("Carla", "carla@vandijk.example")).await;
        assert_eq!(refused(again), Refusal::field(FieldName::Email, Problem::AlreadyHere));
        let bob = desk.registered(&anna, "bob@vandijk.example").await;
        desk.block(COMPANY, bob).await;
        assert_eq!(refused(users::appoint(desk, &staff, COMPANY, &appointing("Bob", "bob@vandijk.example")).await), Refusal::Blocked);
        assert!(matches!(users::appoint(desk, &staff, CompanyNumber(9), &appointing("X", "x@y.example")).await, Err(Error::NotFound)));
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().role, Role::Administrator);
    }

    /// The first administrator's mail was lost, or ran out: nobody but staff can help.
    async fn appointing_again_sends_the_mail_again(desk) {
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &["vandijk.example"]).await;
        let staff = desk.staff().await;
        users::appoint(desk, &staff, COMPANY, &appointing("Jan", "jan@elsewhere.example")).await.unwrap();
        desk.expect_invitation("jan@elsewhere.example").await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        let staff = desk.visit("staff@balie.example").await.staff().unwrap();
        users::appoint(desk, &staff, COMPANY, &appointing("Jan", "jan@elsewhere.example")).await.unwrap();
        let token = desk.expect_invitation("jan@elsewhere.example").await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        desk.visit("jan@elsewhere.example").await.administrator(COMPANY).unwrap();
    }

    /// Somebody with an account elsewhere is asked.
    async fn appointing_somebody_of_another_company(desk) {
        desk.office().await;
        desk.company(OFFSHORE, "Van Dijk Offshore", &[]).await;
        let staff = desk.staff().await;
        users::appoint(desk, &staff, OFFSHORE, &appointing("Anna", ANNA)).await.unwrap();
        desk.expect_mail(&[("join_company", ANNA)]).await;
        assert_eq!(by_staff::details(desk, &staff, OFFSHORE).await.unwrap().administrators, 0);
    }

    async fn members_are_read_and_unlocked_by_staff(desk) {
        let anna = desk.office().await;
        let staff = desk.staff().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.lock("carla@vandijk.example").await;
        let members = users::members(desk, &staff, COMPANY, &UsersQuery::default()).await.unwrap();
        assert_eq!(members.found, 2);
        assert!(matches!(users::unlock_member(desk, &staff, OFFSHORE, carla).await, Err(Error::NotFound)));
        users::unlock_member(desk, &staff, COMPANY, carla).await.unwrap();
        desk.sign_in("carla@vandijk.example").await;
    }

    /// G1.
    async fn administrators_say_how_the_company_is_reached(desk) {
        let anna = desk.office().await;
        desk.new_deeds().await;
        let form = ContactForm { contact_name: "Carla de Bruin".into(), contact_email: "Office@VanDijk.example".into(), contact_phone: "+31 10 555 01 00".into() };
        companies::save_contact(desk, &anna, &form).await.unwrap();
        assert_eq!(desk.new_event().await, Event::ContactChanged { company: COMPANY });
        let contact = companies::general(desk, &anna).await.unwrap().contact;
        assert_eq!((contact.name.as_str(), contact.email.as_str()), ("Carla de Bruin", "office@vandijk.example"));
        let before = desk.dump().await;
        companies::save_contact(desk, &anna, &form).await.unwrap();
        let wrong = ContactForm { contact_email: "x".into(), ..form };
        assert_eq!(refused(companies::save_contact(desk, &anna, &wrong).await), Refusal::field(FieldName::ContactEmail, Problem::NotAnAddress));
        assert_eq!(desk.dump().await, before);
    }

    /// The permit is asked again in the transaction.
    async fn who_is_staff_no_more_changes_nothing(desk) {
        let staff = desk.staff().await;
        desk.execute(sql!("UPDATE account SET staff = FALSE WHERE username = 'staff@balie.example'")).await;
        assert_eq!(refused(by_staff::create(desk, &staff, &filled_in()).await), Refusal::NotAllowed);
    }
}
