//! L1–L6: what a company has a right to, and who uses it.

use crate::support::{ANNA, BRAM, CARLA, COMPANY, OFFSHORE, Scene, TestDesk, accept, form, on_both, refused};
use server::{Error, Result, callers::Administrator, documents, general_account, licences, products, registration, requests, sql, users};
use shared::{
    AccountId, CompanyNumber, FieldName, LicenceId, Problem, ProductId, Refusal,
    documents::{Held, Next},
    event::Event,
    licences::{Chosen, Effect, LicenceForm, LicencePage, PeopleQuery, Validity, Way},
    products::{ProductForm, SupplierForm},
    refusal::NotAll,
    users::{StatusKind, UserForm, UsersQuery},
};

fn on() -> Option<String> {
    Some("on".into())
}

async fn page(desk: &TestDesk, by: &Administrator, licence: LicenceId) -> LicencePage {
    licences::page(desk, by, licence, &PeopleQuery::default()).await.unwrap()
}

/// Who has access and how, by username.
async fn uses(desk: &TestDesk, by: &Administrator, licence: LicenceId) -> Vec<(String, Way)> {
    let people = page(desk, by, licence).await.people;
    let mut uses: Vec<_> = people.into_iter().map(|row| (row.username, row.access.unwrap().0)).collect();
    uses.sort_by(|a, b| a.0.cmp(&b.0));
    uses
}

fn so(username: &str, way: Way) -> (String, Way) {
    (username.to_owned(), way)
}

async fn status(desk: &TestDesk, scene: &Scene) -> StatusKind {
    users::details(desk, &scene.anna, scene.carlas).await.unwrap().status.kind
}

/// How many it was done for, and for whom not.
#[track_caller]
fn not_all(outcome: Result<u32>) -> (u32, Vec<(String, Refusal)>) {
    let Refusal::Some(NotAll { done, refused, mut examples, .. }) = refused(outcome) else { panic!("refused for something else") };
    assert_eq!(refused as usize, examples.len());
    examples.sort_by(|a, b| a.username.cmp(&b.username));
    (done, examples.into_iter().map(|one| (one.username, one.refusal)).collect())
}

async fn settings(desk: &TestDesk, by: &Administrator, licence: LicenceId, company_wide: bool, shown: bool) -> Result<()> {
    licences::save_settings(desk, by, licence, company_wide, shown).await
}

/// Company-wide permitted, with so many seats.
async fn wide(desk: &TestDesk, scene: &Scene, seats: &str) -> LicenceId {
    desk.licence(&scene.staff, COMPANY, scene.product, |form| (form.company_wide_permitted, form.seats) = (on(), seats.into())).await
}

on_both! {
    /// L1.
    async fn granted_by_staff_and_offered_at_once(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.seats = " 12 ".into()).await;
        let granted = Event::LicenceGranted { company: COMPANY, licence, product: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, granted);
        let row = licences::by_staff::one(desk, &scene.staff, COMPANY, licence).await.unwrap();
        assert_eq!((row.product_id, row.terms.seats, row.used, row.company_wide), (scene.product, Some(12), 0, false));
        assert_eq!(row.terms.validity, Validity::Valid);
        assert_eq!((row.terms.from.machine_date(), row.terms.until.machine_date()), (desk.day(-30), desk.day(300)));
        assert_eq!(licences::by_staff::of_company(desk, &scene.staff, COMPANY).await.unwrap(), [row]);
        let listed = licences::list(desk, &scene.anna).await.unwrap();
        assert_eq!((listed.company, listed.rows.len(), listed.rows[0].id, listed.rows[0].shown), (COMPANY, 1, licence, true));
        let offered = requests::mine(desk, &scene.carla).await.unwrap().on_offer;
        assert_eq!((offered.len(), offered[0].licence, &offered[0].may_ask), (1, licence, &Ok(())));
        assert_eq!((offered[0].about.as_str(), offered[0].is_full), ("All of Eurocodes.", false));
    }

    async fn what_cant_be_granted(desk) {
        let scene = desk.scene().await;
        desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let other = desk.product(&scene.staff, "Welding", &[]).await;
        let before = desk.dump_of_deeds().await;
        let grant = async |company, form: LicenceForm| licences::by_staff::grant(desk, &scene.staff, company, &form).await;
        for (form, field, problem) in [
            (desk.terms(scene.product), FieldName::Product, Problem::HasLicence),
            (desk.terms(ProductId(desk.new_id())), FieldName::Product, Problem::NotAChoice),
            (LicenceForm { product: "x".into(), ..desk.terms(other) }, FieldName::Product, Problem::NotAChoice),
            (LicenceForm { product: String::new(), ..desk.terms(other) }, FieldName::Product, Problem::Missing),
            (LicenceForm { valid_until: desk.day(-31), ..desk.terms(other) }, FieldName::ValidUntil, Problem::EndsBeforeItBegins),
            (LicenceForm { seats: "0".into(), ..desk.terms(other) }, FieldName::Seats, Problem::NotANumber(1_000_000)),
            (
                LicenceForm { external: on(), company_wide_permitted: on(), ..desk.terms(other) },
                FieldName::CompanyWidePermitted,
                Problem::ExternalCompanyWide,
            ),
        ] {
            assert_eq!(refused(grant(COMPANY, form).await), Refusal::field(field, problem));
        }
        let nothing = refused(grant(COMPANY, LicenceForm::default()).await);
        let missing = |field| (field, Problem::Missing);
        assert_eq!(nothing, Refusal::Fields(vec![missing(FieldName::Product), missing(FieldName::ValidFrom), missing(FieldName::ValidUntil)]));
        assert!(matches!(grant(CompanyNumber(9), desk.terms(other)).await, Err(Error::NotFound)));
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// L6. A day of 25 hours, and the moments just before and after it on the provider's wall clock.
    async fn its_last_day_still_gives_access_and_the_next_midnight_does_not(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.valid_until = "2031-10-26".into()).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.turn_to("2031-10-26T00:30:00+02:00");
        let open = desk.ask(&desk.colleague("daan@vandijk.example", "Daan Jansen").await, licence).await;
        desk.expect_asked("daan@vandijk.example").await;
        desk.turn_to("2031-10-26T23:59:57+01:00");
        assert!(desk.opens(&scene.carla, "NEN 1").await);
        documents::open(desk, &scene.carla, desk.document("NEN 1").await).await.unwrap();
        assert_eq!(status(desk, &scene).await, StatusKind::Registered);
        let shown = page(desk, &scene.anna, licence).await.licence.terms;
        assert_eq!((shown.validity, shown.until.machine().as_str()), (Validity::Valid, "2031-10-26T23:59"));

        desk.clock.advance_seconds(4);
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, Next::AskStandard);
        let told = documents::page(desk, &scene.carla, desk.document("NEN 1").await).await.unwrap().held;
        assert_eq!(told, [Held { product: "Eurocodes".into(), validity: Validity::Expired }]);
        assert_eq!(refused(documents::open(desk, &scene.carla, desk.document("NEN 1").await).await), Refusal::NotAllowed);
        assert_eq!(status(desk, &scene).await, StatusKind::NoActiveLicence);
        let mine = requests::mine(desk, &scene.carla).await.unwrap();
        assert_eq!((mine.access[0].validity, mine.access[0].until.machine_date().as_str()), (Validity::Expired, "2031-10-26"));
        assert!(mine.on_offer.is_empty());
        let list = users::list(desk, &scene.anna, &UsersQuery { search: "carla".into(), ..UsersQuery::default() }).await.unwrap();
        assert!(list.rows[0].licences.is_empty());
        assert!(users::details(desk, &scene.anna, desk.id_of(ANNA).await).await.unwrap().to_give.is_empty());
        let bram = desk.id_of(BRAM).await;
        assert_eq!(refused(desk.give(&scene.anna, licence, bram).await), Refusal::LicenceExpired);
        assert_eq!(refused(requests::ask_licence(desk, &desk.member(COMPANY, BRAM).await, licence, "").await), Refusal::LicenceExpired);
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), open).await), Refusal::LicenceExpired);
        assert_eq!(refused(settings(desk, &scene.anna, licence, true, true).await), Refusal::NotCompanyWide);
        // Taking it away is possible still, and a later end brings it back.
        let later = LicenceForm { valid_until: "2031-10-27".into(), ..desk.terms(scene.product) };
        licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &later).await.unwrap();
        assert!(desk.opens(&scene.carla, "NEN 1").await);
    }

    /// L6: before its first day access can be prepared, and gives nothing.
    async fn its_first_day_begins_at_midnight(desk) {
        let scene = desk.scene().await;
        let licence = desk
            .licence(&scene.staff, COMPANY, scene.product, |form| {
                (form.valid_from, form.valid_until) = ("2031-03-30".into(), "2031-04-30".into());
            })
            .await;
        desk.turn_to("2031-03-29T23:59:57+01:00");
        assert!(requests::mine(desk, &scene.carla).await.unwrap().on_offer.is_empty());
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, licence, "").await), Refusal::NotOnOffer);
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        assert_eq!(status(desk, &scene).await, StatusKind::NoActiveLicence);
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, Next::AskStandard);
        assert_eq!(requests::mine(desk, &scene.carla).await.unwrap().access[0].validity, Validity::NotYet);
        desk.clock.advance_seconds(4);
        assert_eq!(status(desk, &scene).await, StatusKind::Registered);
        assert!(desk.opens(&scene.carla, "NEN 1").await);
    }

    /// L3: what the page says before is what happens.
    async fn company_wide_on(desk) {
        let scene = desk.scene().await;
        let licence = wide(desk, &scene, "2").await;
        let daan = desk.colleague("daan@vandijk.example", "Daan Jansen").await;
        let daans = desk.id_of("daan@vandijk.example").await;
        desk.give(&scene.anna, licence, daans).await.unwrap();
        desk.give(&scene.anna, licence, desk.id_of(BRAM).await).await.unwrap();
        let invited = desk.add(&scene.anna, "invited@vandijk.example").await;
        let token = desk.expect_invitation("invited@vandijk.example").await;
        let hanna = desk.colleague("hanna@vandijk.example", "Hanna Smit").await;
        // Nobody could accept these: it is full.
        let asked = [desk.ask(&scene.carla, licence).await, desk.ask(&hanna, licence).await];
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let before = page(desk, &scene.anna, licence).await;
        assert_eq!(before.effect, Effect { members: 5, without: 3, open: 2, used_afterwards: 5 });
        assert_eq!((before.may_be_company_wide, before.has_room), (Ok(()), Err(Refusal::NoSeat { seats: 2, used: 2 })));

        settings(desk, &scene.anna, licence, true, true).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["licence_settings", "request_granted", "request_granted"]);
        desk.expect_mail(&[("request_accepted", CARLA), ("request_accepted", "hanna@vandijk.example")]).await;
        for request in asked {
            assert_eq!(desk.state_of(request).await, "granted");
        }
        assert_eq!(desk.used(licence).await, 2, "nobody takes a seat");
        let after = page(desk, &scene.anna, licence).await;
        assert_eq!((after.licence.used, after.licence.company_wide, after.licence.open, after.effect.open), (2, true, 0, 0));
        assert_eq!(
            uses(desk, &scene.anna, licence).await,
            [
                so(ANNA, Way::CompanyWide),
                so(BRAM, Way::Given),
                so(CARLA, Way::CompanyWide),
                so("daan@vandijk.example", Way::Given),
                so("hanna@vandijk.example", Way::CompanyWide)
            ]
        );
        let next = desk.next_step(&scene.carla, "NEN 2").await;
        assert_eq!(next, Next::Open { licence, product: "Eurocodes".into(), way: Way::CompanyWide });
        assert_eq!(desk.next_step(&daan, "NEN 2").await, Next::Open { licence, product: "Eurocodes".into(), way: Way::Given });
        assert_eq!(status(desk, &scene).await, StatusKind::Registered);
        // Newcomers have it, once they are in.
        assert!(users::details(desk, &scene.anna, invited).await.unwrap().access.is_empty());
        registration::complete(desk, &crate::support::here(), &token, None, crate::support::PASSWORD, crate::support::PASSWORD).await.unwrap();
        let newcomer = desk.member(COMPANY, "invited@vandijk.example").await;
        assert!(desk.opens(&newcomer, "NEN 1").await);
        assert_eq!(requests::mine(desk, &newcomer).await.unwrap().access[0].way, Way::CompanyWide);
        assert_eq!(desk.used(licence).await, 2);
        // There is nothing to ask for, and nothing to give.
        assert!(requests::mine(desk, &newcomer).await.unwrap().on_offer.is_empty());
        assert_eq!(refused(requests::ask_licence(desk, &newcomer, licence, "").await), Refusal::HasAccess);
        assert_eq!(refused(desk.give(&scene.anna, licence, invited).await), Refusal::HasAccess);
        assert_eq!(refused(desk.take_away(&scene.anna, licence, invited).await), Refusal::NoAccess);
    }

    /// L3: those inside keep theirs, whoever had one of their own keeps that as it was, and there may be more than seats.
    async fn company_wide_off(desk) {
        let scene = desk.scene().await;
        let licence = wide(desk, &scene, "3").await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let daan = desk.colleague("daan@vandijk.example", "Daan Jansen").await;
        let request = desk.ask(&daan, licence).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.letters_are_looked_at().await;
        let invited = desk.add(&scene.anna, "invited@vandijk.example").await;
        let token = desk.expect_invitation("invited@vandijk.example").await;
        let given = async || {
            let row: (String, i64) = desk.db.one(sql!("SELECT way, given_at FROM access WHERE account = $1", scene.carlas)).await.unwrap();
            row
        };
        let as_it_was = given().await;
        settings(desk, &scene.anna, licence, true, true).await.unwrap();
        desk.clock.advance_seconds(24 * 3600);
        let effect = page(desk, &scene.anna, licence).await.effect;
        assert_eq!(effect, Effect { members: 4, without: 2, open: 0, used_afterwards: 4 });
        desk.new_deeds().await;

        settings(desk, &scene.anna, licence, false, true).await.unwrap();
        let switched = Event::LicenceSettings { company: COMPANY, licence, product: "Eurocodes".into(), company_wide: Some(false), shown: None };
        assert_eq!(desk.new_event().await, switched);
        desk.no_mail().await;
        assert_eq!(given().await, as_it_was);
        assert_eq!(
            uses(desk, &scene.anna, licence).await,
            [so(ANNA, Way::CompanyWide), so(BRAM, Way::CompanyWide), so(CARLA, Way::Given), so("daan@vandijk.example", Way::Requested)]
        );
        let shown = page(desk, &scene.anna, licence).await;
        assert_eq!((shown.licence.used, i64::from(effect.used_afterwards)), (4, desk.used(licence).await));
        assert_eq!(shown.has_room, Err(Refusal::NoSeat { seats: 3, used: 4 }));
        // A newcomer must ask, and has to wait until there is room.
        registration::complete(desk, &crate::support::here(), &token, None, crate::support::PASSWORD, crate::support::PASSWORD).await.unwrap();
        let newcomer = desk.member(COMPANY, "invited@vandijk.example").await;
        assert!(!desk.opens(&newcomer, "NEN 1").await);
        let request = desk.ask(&newcomer, licence).await;
        desk.expect_asked("invited@vandijk.example").await;
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::NoSeat { seats: 3, used: 4 });
        assert_eq!(refused(desk.give(&scene.anna, licence, invited).await), Refusal::NoSeat { seats: 3, used: 4 });
        desk.take_away(&scene.anna, licence, desk.id_of(ANNA).await).await.unwrap();
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::NoSeat { seats: 3, used: 3 });
        desk.take_away(&scene.anna, licence, desk.id_of(BRAM).await).await.unwrap();
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", "invited@vandijk.example")]).await;
        assert!(desk.opens(&newcomer, "NEN 1").await);
    }

    /// L3, L4.
    async fn settings_that_are_refused_or_so_already(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let welding = desk.product(&scene.staff, "Welding", &[]).await;
        let over = desk
            .licence(&scene.staff, COMPANY, welding, |form| (form.valid_until, form.company_wide_permitted) = (desk.day(-1), on()))
            .await;
        let before = desk.dump_of_deeds().await;
        assert_eq!(refused(settings(desk, &scene.anna, licence, true, true).await), Refusal::NotCompanyWide);
        assert_eq!(refused(settings(desk, &scene.anna, licence, true, false).await), Refusal::NotCompanyWide);
        assert_eq!(refused(settings(desk, &scene.anna, over, true, true).await), Refusal::LicenceExpired);
        settings(desk, &scene.anna, licence, false, true).await.unwrap();
        assert_eq!(desk.dump_of_deeds().await, before);
        assert_eq!(page(desk, &scene.anna, licence).await.may_be_company_wide, Err(Refusal::NotCompanyWide));
        desk.new_deeds().await;
        settings(desk, &scene.anna, over, false, false).await.unwrap();
        let hidden = Event::LicenceSettings { company: COMPANY, licence: over, product: "Welding".into(), company_wide: None, shown: Some(false) };
        assert_eq!(desk.new_event().await, hidden);
    }

    /// L4.
    async fn a_hidden_licence_is_asked_for_by_nobody(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let before = desk.ask(&scene.carla, licence).await;
        desk.expect_asked(CARLA).await;
        settings(desk, &scene.anna, licence, false, false).await.unwrap();
        let bram = desk.member(COMPANY, BRAM).await;
        assert_eq!(refused(requests::ask_licence(desk, &bram, licence, "").await), Refusal::NotOnOffer);
        assert!(requests::mine(desk, &bram).await.unwrap().on_offer.is_empty());
        assert_eq!(desk.next_step(&bram, "NEN 1").await, Next::AskStandard);
        // What was asked before is decided as ever, and administrators give it.
        desk.decide(&scene.anna, &accept(), before).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        assert_eq!(desk.give(&scene.anna, licence, desk.id_of(BRAM).await).await.unwrap(), 1);
    }

    /// L5.
    async fn an_external_licence_is_given_to_persons_with_a_country(desk) {
        let scene = desk.scene().await;
        let supplier = SupplierForm { supplier_name: "Zilt".into(), email: String::new() };
        let zilt = products::create_supplier(desk, &scene.staff, &supplier).await.unwrap();
        let other = SupplierForm { supplier_name: "Brak".into(), email: String::new() };
        let brak = products::create_supplier(desk, &scene.staff, &other).await.unwrap();
        let form = ProductForm { product_name: "Marine".into(), supplier: zilt.to_string(), ..ProductForm::default() };
        let marine = products::create(desk, &scene.staff, &form).await.unwrap();
        desk.import(&scene.staff, marine, &["M 1"]).await;
        let licence = desk.licence(&scene.staff, COMPANY, marine, |form| form.external = on()).await;
        // It is shown, and yet never on offer.
        assert!(page(desk, &scene.anna, licence).await.licence.shown);
        assert!(requests::mine(desk, &scene.carla).await.unwrap().on_offer.is_empty());
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, licence, "").await), Refusal::NotOnOffer);
        assert_eq!(desk.next_step(&scene.carla, "M 1").await, Next::AskStandard);

        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        desk.letters_are_looked_at().await;
        let general = desk.id_of("vandijk-balie").await;
        desk.execute(sql!("UPDATE account SET country = NULL WHERE id = $1", scene.carlas)).await;
        assert_eq!(refused(desk.give(&scene.anna, licence, scene.carlas).await), Refusal::NoCountry);
        assert_eq!(refused(desk.give(&scene.anna, licence, general).await), Refusal::NotForGeneralAccount);
        let givable = users::details(desk, &scene.anna, scene.carlas).await.unwrap().to_give;
        assert_eq!((givable[0].licence, &givable[0].may_be_given), (licence, &Err(Refusal::NoCountry)));
        desk.execute(sql!("UPDATE account SET country = 'BE' WHERE id = $1", scene.carlas)).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        assert!(desk.opens(&scene.carla, "M 1").await);

        let report = licences::by_staff::to_report(desk, &scene.staff, None).await.unwrap();
        assert_eq!(report.len(), 1);
        let line = &report[0];
        assert_eq!((line.supplier.as_deref(), line.product.as_str(), line.company, line.company_name.as_str()), (Some("Zilt"), "Marine", COMPANY, "Van Dijk Bruggenbouw"));
        assert_eq!((line.name.as_str(), line.username.as_str(), line.country.as_deref()), ("Carla de Bruin", CARLA, Some("BE")));
        assert_eq!(licences::by_staff::to_report(desk, &scene.staff, Some(zilt)).await.unwrap(), report);
        assert!(licences::by_staff::to_report(desk, &scene.staff, Some(brak)).await.unwrap().is_empty());
        assert_eq!(products::suppliers(desk, &scene.staff).await.unwrap().iter().map(|row| row.people).collect::<Vec<_>>(), [0, 1]);
        // What is not external is nobody's to know, nor is what is over.
        let eurocodes = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.give(&scene.anna, eurocodes, scene.carlas).await.unwrap();
        assert_eq!(licences::by_staff::to_report(desk, &scene.staff, None).await.unwrap(), report);
        desk.clock.advance_seconds(310 * 24 * 3600);
        assert!(licences::by_staff::to_report(desk, &scene.staff, None).await.unwrap().is_empty());
    }

    /// L5: who was given it before is somebody whom the supplier can be told of, or it stays as it is.
    async fn a_licence_in_use_becomes_external_when_everybody_can_be_reported(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        desk.letters_are_looked_at().await;
        let general = desk.id_of("vandijk-balie").await;
        desk.give(&scene.anna, licence, general).await.unwrap();
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.execute(sql!("UPDATE account SET country = NULL WHERE id = $1", scene.carlas)).await;
        let form = LicenceForm { external: on(), ..desk.terms(scene.product) };
        let change = async || licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &form).await;
        let before = desk.dump().await;
        assert_eq!(refused(change().await), Refusal::NotReportable { people: 2 });
        assert_eq!(desk.dump().await, before);
        desk.take_away(&scene.anna, licence, general).await.unwrap();
        assert_eq!(refused(change().await), Refusal::NotReportable { people: 1 });
        desk.execute(sql!("UPDATE account SET country = 'BE' WHERE id = $1", scene.carlas)).await;
        change().await.unwrap();
        assert_eq!(licences::by_staff::to_report(desk, &scene.staff, None).await.unwrap().len(), 1);
    }

    /// L6: a general account takes a seat as everybody does.
    async fn a_refusal_says_how_many_seats_there_are(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.seats = "2".into()).await;
        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        desk.letters_are_looked_at().await;
        let general = desk.id_of("vandijk-balie").await;
        desk.give(&scene.anna, licence, general).await.unwrap();
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let full = Refusal::NoSeat { seats: 2, used: 2 };
        let annas = desk.id_of(ANNA).await;
        assert_eq!(refused(desk.give(&scene.anna, licence, annas).await), full);
        let request = desk.ask(&desk.member(COMPANY, BRAM).await, licence).await;
        desk.letters_are_looked_at().await;
        assert!(requests::mine(desk, &desk.member(COMPANY, ANNA).await).await.unwrap().on_offer[0].is_full);
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), full);
        let with_licence = UserForm { licence: licence.to_string(), ..form("new@vandijk.example", "New") };
        assert_eq!(refused(users::add(desk, &scene.anna, &with_licence).await), full);
        desk.take_away(&scene.anna, licence, general).await.unwrap();
        assert_eq!(desk.give(&scene.anna, licence, annas).await.unwrap(), 1);
        assert_eq!(desk.used(licence).await, 2);
    }

    /// L2: it accepts what was asked.
    async fn giving_it_to_whoever_asked(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.expect_asked(CARLA).await;
        desk.new_deeds().await;
        let bram = desk.id_of(BRAM).await;
        assert_eq!(licences::give(desk, &scene.anna, licence, &Chosen::These(vec![scene.carlas, bram])).await.unwrap(), 2);
        let mut events: Vec<Event> = desk.new_deeds().await.iter().map(|deed| serde_json::from_str(&deed.event).unwrap()).collect();
        events.sort_by_key(Event::kind);
        assert_eq!(
            events,
            [
                Event::AccessGiven { company: COMPANY, account: bram, licence, product: "Eurocodes".into() },
                Event::RequestAccepted { company: COMPANY, account: scene.carlas, request, what: "Eurocodes".into() }
            ]
        );
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        assert_eq!(desk.state_of(request).await, "accepted");
        assert_eq!(uses(desk, &scene.anna, licence).await, [so(BRAM, Way::Given), so(CARLA, Way::Requested)]);
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 0);
    }

    async fn several_at_once(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let mut ids = vec![scene.carlas, AccountId(desk.new_id()), desk.id_of("dirk@vandijk.example").await];
        for name in ["blocked", "has", "awaits", "good", "invited"] {
            let username = format!("{name}@vandijk.example");
            desk.colleague(&username, name).await;
            ids.push(desk.id_of(&username).await);
        }
        let [blocked, has, awaits, _, invited] = ids[3..] else { panic!("five") };
        desk.give(&scene.anna, licence, has).await.unwrap();
        desk.block(COMPANY, blocked).await;
        desk.execute(sql!("UPDATE membership SET state = 'awaiting_approval' WHERE account = $1", awaits)).await;
        desk.execute(sql!("UPDATE membership SET state = 'invited', invited_until = $2 WHERE account = $1", invited, desk.now().plus_minutes(9))).await;
        desk.new_deeds().await;
        ids.push(scene.carlas);
        let outcome = not_all(licences::give(desk, &scene.anna, licence, &Chosen::These(ids.clone())).await);
        let because = |name: &str, refusal| (format!("{name}@vandijk.example"), refusal);
        assert_eq!(
            outcome,
            (3, vec![because("awaits", Refusal::AwaitsApproval), because("blocked", Refusal::Blocked), because("has", Refusal::HasAccess)])
        );
        assert_eq!(desk.new_kinds().await, ["access_given"; 3]);
        assert_eq!(desk.used(licence).await, 4);
        assert_eq!(refused(licences::give(desk, &scene.anna, licence, &Chosen::These(Vec::new())).await), Refusal::NobodyChosen);
        assert_eq!(refused(licences::give(desk, &scene.anna, licence, &Chosen::These(ids[1..3].to_vec())).await), Refusal::NobodyChosen);

        let outcome = not_all(licences::remove(desk, &scene.anna, licence, &Chosen::These(ids)).await);
        assert_eq!(outcome, (4, vec![because("awaits", Refusal::NoAccess), because("blocked", Refusal::NoAccess)]));
        assert_eq!((desk.used(licence).await, desk.new_kinds().await.len()), (0, 4));
        assert_eq!(licences::list(desk, &dirk).await.unwrap().rows, []);
    }

    /// Those whom the page finds, on all pages, and no others.
    async fn everybody_whom_the_page_finds(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.crowd(COMPANY, 60).await;
        desk.block(COMPANY, desk.id_of("crowd7@vandijk.example").await).await;
        let without = |search: &str, page| PeopleQuery { search: search.into(), without: true, page };
        let shown = licences::page(desk, &scene.anna, licence, &without("", 2)).await.unwrap();
        // 60 without the one who is blocked, Anna, Bram and Carla.
        assert_eq!((shown.found, shown.page, shown.pages, shown.people.len()), (62, 2, 2, 12));
        assert!(shown.people.iter().all(|row| row.access.is_none()));
        assert_eq!(licences::give(desk, &scene.anna, licence, &Chosen::Found(without("1 CROWD", 1))).await.unwrap(), 15);
        assert_eq!(licences::give(desk, &scene.anna, licence, &Chosen::Found(without("crowd", 9))).await.unwrap(), 44);
        let all = licences::page(desk, &scene.anna, licence, &PeopleQuery { page: 2, ..PeopleQuery::default() }).await.unwrap();
        assert_eq!((all.found, all.pages, all.people.len(), all.licence.used), (59, 2, 9, 59));
        assert!(all.people.iter().all(|row| row.access.is_some_and(|(way, _)| way == Way::Given)));
        assert_eq!(refused(licences::give(desk, &scene.anna, licence, &Chosen::Found(without("crowd", 1))).await), Refusal::NobodyChosen);
        let some = PeopleQuery { search: "crowd 2".into(), ..PeopleQuery::default() };
        assert_eq!(licences::remove(desk, &scene.anna, licence, &Chosen::Found(some)).await.unwrap(), 15);
        assert_eq!(desk.used(licence).await, 44);
        for search in ["%", "_", "'", "nobody"] {
            assert_eq!(licences::page(desk, &scene.anna, licence, &without(search, 1)).await.unwrap().found, 0, "{search}");
        }
    }

    /// U1, *Add licence*: one deed, or none.
    async fn a_licence_for_somebody_new(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.seats = "1".into()).await;
        let foreign = desk.licence(&scene.staff, OFFSHORE, scene.product, |_| {}).await;
        let offered = users::add_form(desk, &scene.anna).await.unwrap().licences;
        assert_eq!(offered.iter().map(|one| (one.licence, one.may_be_given.clone())).collect::<Vec<_>>(), [(licence, Ok(()))]);
        let with = |username: &str, licence: String| UserForm { licence, ..form(username, "New Colleague") };
        let before = desk.dump_of_deeds().await;
        let unknown = users::add(desk, &scene.anna, &with("new@vandijk.example", foreign.to_string())).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        let no_choice = Refusal::field(FieldName::Licence, Problem::NotAChoice);
        assert_eq!(refused(users::add(desk, &scene.anna, &with("new@vandijk.example", "x".into())).await), no_choice);
        let blocked = UserForm { blocked: on(), ..with("new@vandijk.example", licence.to_string()) };
        assert_eq!(refused(users::add(desk, &scene.anna, &blocked).await), Refusal::Blocked);
        assert_eq!(desk.dump_of_deeds().await, before);
        desk.new_deeds().await;

        let new = users::add(desk, &scene.anna, &with("new@vandijk.example", licence.to_string())).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["access_given", "user_added"]);
        let token = desk.expect_invitation("new@vandijk.example").await;
        let shown = users::details(desk, &scene.anna, new).await.unwrap();
        assert_eq!((shown.access.len(), shown.access[0].way, shown.status.kind), (1, Way::Given, StatusKind::RegistrationRequested));
        registration::complete(desk, &crate::support::here(), &token, None, crate::support::PASSWORD, crate::support::PASSWORD).await.unwrap();
        assert!(desk.opens(&desk.member(COMPANY, "new@vandijk.example").await, "NEN 1").await);
        let second = users::add(desk, &scene.anna, &with("second@vandijk.example", licence.to_string())).await;
        assert_eq!(refused(second), Refusal::NoSeat { seats: 1, used: 1 });
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM account WHERE username = 'second@vandijk.example'")).await, 0);
        assert_eq!(licences::list(desk, &dirk).await.unwrap().rows[0].used, 0);
    }

    /// L2: one's own ends; what is company-wide goes on.
    async fn taking_it_away(desk) {
        let scene = desk.scene().await;
        let licence = wide(desk, &scene, "").await;
        assert_eq!(refused(desk.take_away(&scene.anna, licence, scene.carlas).await), Refusal::NoAccess);
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.new_deeds().await;
        desk.take_away(&scene.bram, licence, scene.carlas).await.unwrap();
        let removed = Event::AccessRemoved { company: COMPANY, account: scene.carlas, licence, product: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, removed);
        assert!(!desk.opens(&scene.carla, "NEN 1").await);
        desk.no_mail().await;
        // She may ask for it at once.
        desk.ask(&scene.carla, licence).await;
        desk.expect_asked(CARLA).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        settings(desk, &scene.anna, licence, true, true).await.unwrap();
        desk.take_away(&scene.anna, licence, scene.carlas).await.unwrap();
        assert_eq!(requests::mine(desk, &scene.carla).await.unwrap().access[0].way, Way::CompanyWide);
    }

    /// L3: as if an administrator had ended it.
    async fn staff_take_the_permission_away(desk) {
        let scene = desk.scene().await;
        let licence = wide(desk, &scene, "100").await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        settings(desk, &scene.anna, licence, true, true).await.unwrap();
        desk.new_deeds().await;
        let fewer = LicenceForm { seats: "1".into(), ..desk.terms(scene.product) };
        licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &fewer).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["licence_changed", "licence_settings"]);
        let expected = [so(ANNA, Way::CompanyWide), so(BRAM, Way::CompanyWide), so(CARLA, Way::Given)];
        assert_eq!(uses(desk, &scene.anna, licence).await, expected);
        let shown = page(desk, &scene.anna, licence).await;
        assert_eq!((shown.licence.company_wide, shown.has_room), (false, Err(Refusal::NoSeat { seats: 1, used: 3 })));
        assert_eq!(shown.may_be_company_wide, Err(Refusal::NotCompanyWide));
        // Saving what is so does nothing.
        let before = desk.dump_of_deeds().await;
        licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &fewer).await.unwrap();
        assert_eq!(desk.dump_of_deeds().await, before);
        let nothing = refused(licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &LicenceForm::default()).await);
        assert_eq!(nothing, Refusal::Fields(vec![(FieldName::ValidFrom, Problem::Missing), (FieldName::ValidUntil, Problem::Missing)]));
        // The product stays, whatever the form says.
        desk.new_deeds().await;
        let more = LicenceForm { product: "x".into(), ..desk.terms(scene.product) };
        licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &more).await.unwrap();
        assert_eq!(desk.new_event().await, Event::LicenceChanged { company: COMPANY, licence, product: "Eurocodes".into() });
        assert_eq!(page(desk, &scene.anna, licence).await.has_room, Ok(()));
    }

    /// Whoever is no administrator of the company finds nothing, and changes nothing.
    async fn another_companys_licence_is_not_there(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        let dirks = desk.id_of("dirk@vandijk.example").await;
        let licence = wide(desk, &scene, "").await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let theirs = desk.licence(&scene.staff, OFFSHORE, scene.product, |_| {}).await;
        let request = desk.ask(&desk.member(COMPANY, BRAM).await, licence).await;
        desk.letters_are_looked_at().await;
        let as_member = desk.member(OFFSHORE, "dirk@vandijk.example").await;
        let before = desk.dump_of_deeds().await;
        let found = Chosen::Found(PeopleQuery::default());
        for made_up in [licence, LicenceId(desk.new_id())] {
            assert!(matches!(licences::page(desk, &dirk, made_up, &PeopleQuery::default()).await, Err(Error::NotFound)));
            assert!(matches!(settings(desk, &dirk, made_up, true, false).await, Err(Error::NotFound)));
            for account in [scene.carlas, dirks] {
                assert!(matches!(desk.give(&dirk, made_up, account).await, Err(Error::NotFound)));
                assert!(matches!(desk.take_away(&dirk, made_up, account).await, Err(Error::NotFound)));
            }
            assert!(matches!(licences::give(desk, &dirk, made_up, &found).await, Err(Error::NotFound)));
            assert!(matches!(licences::remove(desk, &dirk, made_up, &found).await, Err(Error::NotFound)));
            assert!(matches!(requests::ask_licence(desk, &as_member, made_up, "").await, Err(Error::NotFound)));
            assert!(matches!(licences::by_staff::one(desk, &scene.staff, OFFSHORE, made_up).await, Err(Error::NotFound)));
            let changed = licences::by_staff::change(desk, &scene.staff, OFFSHORE, made_up, &desk.terms(scene.product)).await;
            assert!(matches!(changed, Err(Error::NotFound)), "{changed:?}");
        }
        // Nor are its people, for a licence of one's own.
        assert_eq!(refused(desk.give(&dirk, theirs, scene.carlas).await), Refusal::NobodyChosen);
        assert_eq!(refused(desk.take_away(&dirk, theirs, scene.carlas).await), Refusal::NobodyChosen);
        let people = licences::page(desk, &dirk, theirs, &PeopleQuery { without: true, ..PeopleQuery::default() }).await.unwrap().people;
        assert_eq!(people.iter().map(|row| row.id).collect::<Vec<_>>(), [dirks]);
        assert_eq!(licences::list(desk, &dirk).await.unwrap().rows.iter().map(|row| (row.id, row.open)).collect::<Vec<_>>(), [(theirs, 0)]);
        assert_eq!(desk.dump_of_deeds().await, before);
        assert_eq!(desk.state_of(request).await, "open");
    }

    /// Somebody of two companies has in each what that company gave.
    async fn access_is_each_companys_own(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        desk.membership(OFFSHORE, scene.carlas, "user").await;
        let ours = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let theirs = desk.licence(&scene.staff, OFFSHORE, scene.product, |_| {}).await;
        let there = desk.member(OFFSHORE, CARLA).await;
        desk.give(&scene.anna, ours, scene.carlas).await.unwrap();
        assert!(desk.opens(&scene.carla, "NEN 1").await && !desk.opens(&there, "NEN 1").await);
        assert!(requests::mine(desk, &there).await.unwrap().access.is_empty());
        assert_eq!(users::details(desk, &dirk, scene.carlas).await.unwrap().status.kind, StatusKind::NoActiveLicence);
        desk.give(&dirk, theirs, scene.carlas).await.unwrap();
        // It ends with the membership, there alone.
        users::remove(desk, &scene.anna, scene.carlas).await.unwrap();
        assert_eq!((desk.used(ours).await, desk.used(theirs).await), (0, 1));
        assert!(desk.opens(&there, "NEN 1").await);
    }

    /// U4: what the list names is what each page says.
    async fn the_list_of_people_names_what_they_use(desk) {
        let scene = desk.scene().await;
        let eurocodes = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let mut others = Vec::new();
        for name in ["Archive", "Welding", "archive of before"] {
            let product = desk.product(&scene.staff, name, &[]).await;
            others.push(desk.licence(&scene.staff, COMPANY, product, |form| form.company_wide_permitted = on()).await);
        }
        settings(desk, &scene.anna, others[1], true, true).await.unwrap();
        for licence in [eurocodes, others[0], others[2]] {
            desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        }
        let invited = desk.add(&scene.anna, "invited@vandijk.example").await;
        desk.expect_invitation("invited@vandijk.example").await;
        desk.give(&scene.anna, eurocodes, invited).await.unwrap();
        let rows = users::list(desk, &scene.anna, &UsersQuery::default()).await.unwrap().rows;
        let exported = users::export(desk, &scene.anna, &UsersQuery::default()).await.unwrap();
        for (row, line) in rows.iter().zip(&exported) {
            let expected: &[&str] = match row.username.as_str() {
                CARLA => &["Archive", "archive of before", "Eurocodes", "Welding"],
                "invited@vandijk.example" => &["Eurocodes"],
                _ => &["Welding"],
            };
            assert_eq!((&row.username, &row.licences), (&line.username, &line.licences));
            assert_eq!(row.licences, expected, "{}", row.username);
            let access = users::details(desk, &scene.anna, row.id).await.unwrap().access;
            let mut shown: Vec<String> = access.into_iter().map(|access| access.product).collect();
            shown.sort_by_key(|name| name.to_lowercase());
            assert_eq!(shown, expected, "{}", row.username);
        }
    }
}
