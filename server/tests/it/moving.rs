//! P4, U6: going to another company by oneself, leaving one, and handing over first.

use crate::support::{
    ANNA, BRAM, CARLA, COMPANY, OFFSHORE, THIRD, TestDesk, YOURS, accept, decline, form, here, on_both, refused, refused_link, serve,
};
use server::{
    Error,
    callers::Administrator,
    companies,
    confirming::{self, Confirmed},
    history, licences, moving, registration, requests, reset, self_registration,
    sessions::Visitor,
    sql, users,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Problem, Refusal, Role,
    companies::ContactForm,
    event::Event,
    history::{HistoryQuery, Period},
    moving::{Department, Losses},
    refusal::LinkState,
    registration::ToConfirm,
    users::{UserForm, UsersQuery},
};

const DIRK: &str = "dirk@vandijk.example";

/// Of Carla's move from 10001, with two administrators, to 10002.
const MOVED: [(&str, &str); 4] = [("company_changed", CARLA), ("moved_away", ANNA), ("moved_away", BRAM), ("moved_here", DIRK)];

fn on() -> Option<String> {
    Some("on".into())
}

/// *Change company*, from 10001 to 10002.
async fn go(desk: &TestDesk, visitor: &Visitor) -> server::Result<()> {
    moving::change_company(desk, visitor, COMPANY, OFFSHORE).await
}

/// It is refused, and nothing is changed.
async fn stays(desk: &TestDesk, visitor: &Visitor, to: CompanyNumber, why: Refusal) {
    let before = desk.dump().await;
    assert_eq!(refused(moving::change_company(desk, visitor, COMPANY, to).await), why, "{to:?}");
    assert_eq!(desk.dump().await, before, "{why:?}");
}

/// Company, role, state, and whether the administrators get the mail.
async fn memberships(desk: &TestDesk, account: AccountId) -> Vec<(i64, String, String, bool)> {
    let rows = "SELECT company, role, state, mail_to_administrators FROM membership WHERE account = $1 ORDER BY company";
    desk.db.all(sql!(rows, account)).await.unwrap()
}

fn user_of(company: CompanyNumber) -> (i64, String, String, bool) {
    (company.0, "user".into(), "active".into(), false)
}

/// What a company's history shows, the newest first.
async fn kinds(desk: &TestDesk, by: &Administrator) -> Vec<&'static str> {
    let everything = HistoryQuery { period: Period::All, ..HistoryQuery::default() };
    let rows = history::of_company(desk, by, &everything).await.unwrap().rows;
    rows.iter().map(|row| row.event.as_ref().unwrap().kind()).collect()
}

fn search(text: &str) -> UsersQuery {
    UsersQuery { search: text.into(), ..UsersQuery::default() }
}

/// An administrator asks somebody to take their place: the link in the letter.
async fn asked(desk: &TestDesk, by: &Administrator, successor: &str) -> String {
    moving::hand_over(desk, by, desk.id_of(successor).await).await.unwrap();
    desk.expect_mail(&[("succession_asked", successor)]).await.remove(0).token()
}

/// Neither looked at nor confirmed.
async fn is_withdrawn(desk: &TestDesk, visitor: &Visitor, token: &str, what: &str) {
    let before = desk.dump().await;
    assert_eq!(refused_link(confirming::look(desk, token).await), LinkState::Withdrawn, "{what}");
    assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(visitor), token).await), LinkState::Withdrawn, "{what}");
    assert_eq!(desk.dump().await, before, "{what}");
}

/// They are nothing but this.
async fn put_back(desk: &TestDesk, account: AccountId, role: &str) {
    desk.execute(sql!("DELETE FROM membership WHERE account = $1", account)).await;
    desk.membership(COMPANY, account, role).await;
}

on_both! {
    /// P4, R7, L3, U3.
    async fn what_was_here_ends_and_what_is_there_comes(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        let given = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let marine = desk.product(&scene.staff, "Marine", &[]).await;
        let safety = desk.product(&scene.staff, "Safety", &["S 1"]).await;
        let on_offer = desk.licence(&scene.staff, COMPANY, marine, |_| {}).await;
        desk.give(&scene.anna, given, scene.carlas).await.unwrap();
        let request = desk.ask(&scene.carla, on_offer).await;
        desk.expect_asked(CARLA).await;
        let standard = desk.ask_standard(&scene.carla, "S 1").await;
        desk.expect_asked(CARLA).await;
        requests::answer_standard(desk, &scene.anna, standard, &format!("collection:{}", scene.product)).await.unwrap();
        desk.save(&scene.anna, scene.carlas, |form| form.mail_to_administrators = on()).await.unwrap();
        let wide = desk.licence(&scene.staff, OFFSHORE, safety, |form| form.company_wide_permitted = on()).await;
        licences::save_settings(desk, &dirk, wide, true, true).await.unwrap();
        let token = desk.sign_in(CARLA).await;
        let visitor = desk.find(&token).await.unwrap();
        visitor.remember_company(desk, COMPANY).await.unwrap();
        desk.new_deeds().await;

        go(desk, &visitor).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["moved_away", "moved_here"]);
        assert_eq!(memberships(desk, scene.carlas).await, [user_of(OFFSHORE)]);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM access WHERE account = $1", scene.carlas)).await, 0);
        assert_eq!([desk.state_of(request).await, desk.state_of(standard).await], ["lapsed", "lapsed"]);

        let visitor = desk.find(&token).await.unwrap();
        assert_eq!(visitor.companies.iter().map(|company| (company.number, company.role)).collect::<Vec<_>>(), [(OFFSHORE, Role::User)]);
        assert_eq!(visitor.last_company, None, "`/` leads to the company of now");
        let there = visitor.member(OFFSHORE).unwrap();
        assert!(desk.opens(&there, "S 1").await && !desk.opens(&there, "NEN 1").await);
        let mine = companies::home(desk, &there).await.unwrap().mine;
        assert_eq!((mine.access.len(), mine.open.len()), (1, 0));
        // An old page and a kept URL ask for this.
        assert_eq!(visitor.member(COMPANY).unwrap_err(), Refusal::NotAllowed);
        assert_eq!(refused(requests::ask_licence(desk, &scene.carla, on_offer, "").await), Refusal::NotAllowed);
        assert!(matches!(companies::home(desk, &scene.carla).await, Err(Error::NotFound)));

        // Both companies' administrators see it at once, and are told nothing of each other.
        assert_eq!(users::list(desk, &scene.anna, &search("carla")).await.unwrap().found, 0);
        assert!(matches!(users::details(desk, &scene.anna, scene.carlas).await, Err(Error::NotFound)));
        assert_eq!(users::list(desk, &dirk, &search("carla")).await.unwrap().found, 1);
        let letters = desk.expect_mail(&MOVED).await;
        assert!(letters[0].text.contains("Van Dijk Offshore"), "{}", letters[0].text);
        for (letter, other) in letters.iter().zip(["Bruggenbouw", "Offshore", "Offshore", "Bruggenbouw"]) {
            for part in [&letter.subject, &letter.text, &letter.html] {
                assert!(!part.contains(other), "{part}");
            }
        }
    }

    /// Links that an administrator holds for others (U3) die with the role.
    async fn an_administrator_comes_as_a_user(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
        desk.offshore().await;
        users::add(desk, &anna, &UserForm { mail_to_administrators: on(), ..form("karim@vandijk.example", "Karim Haddad") }).await.unwrap();
        let held = desk.expect_mail(&[("complete_registration", ANNA), ("complete_registration", BRAM)]).await.remove(1).token();
        let brams = desk.id_of(BRAM).await;
        go(desk, &desk.visit(BRAM).await).await.unwrap();
        assert_eq!(memberships(desk, brams).await, [user_of(OFFSHORE)]);
        assert_eq!(refused_link(registration::look(desk, &held).await), LinkState::Replaced);
        let expected = [("company_changed", BRAM), ("complete_registration", ANNA), ("moved_away", ANNA), ("moved_here", DIRK)];
        let annas = desk.expect_mail(&expected).await.remove(1).token();
        registration::look(desk, &annas).await.unwrap();
    }

    /// S2, U6.
    async fn what_is_refused_changes_nothing(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        desk.company(THIRD, "Elsewhere", &["elsewhere.example", "sub.vandijk.example"]).await;
        desk.company(CompanyNumber(10004), "Closed", &["vandijk.example"]).await;
        desk.execute(sql!("UPDATE company SET self_registration = FALSE WHERE number = 10004")).await;
        let carla = desk.registered(&anna, CARLA).await;
        let (annas, carlas) = (desk.visit(ANNA).await, desk.visit(CARLA).await);
        for (to, why) in [
            (THIRD, Refusal::NoSelfRegistration),
            (CompanyNumber(10004), Refusal::NoSelfRegistration),
            (CompanyNumber(9), Refusal::NoSelfRegistration),
            (COMPANY, Refusal::field(FieldName::Company, Problem::NotAChoice)),
        ] {
            stays(desk, &carlas, to, why).await;
        }
        stays(desk, &annas, OFFSHORE, Refusal::LastAdministrator).await;
        // Not from a company that is not theirs, nor from one that is not there.
        let before = desk.dump().await;
        for from in [OFFSHORE, THIRD, CompanyNumber(9)] {
            let moved = moving::change_company(desk, &carlas, from, CompanyNumber(10004)).await;
            assert!(matches!(moved, Err(Error::NotFound)), "{from:?}: {moved:?}");
        }
        assert_eq!(desk.dump().await, before);

        // U3: the password may be that of administrators who got this person's mail.
        desk.execute(sql!("UPDATE account SET proven_at = NULL WHERE id = $1", carla)).await;
        stays(desk, &carlas, OFFSHORE, Refusal::AddressNotProven).await;
        desk.execute(sql!("UPDATE account SET proven_at = 1 WHERE id = $1", carla)).await;
        // There already, whatever they are there.
        desk.membership(OFFSHORE, carla, "user").await;
        stays(desk, &carlas, OFFSHORE, Refusal::Changed).await;
        desk.block(OFFSHORE, carla).await;
        stays(desk, &carlas, OFFSHORE, Refusal::Changed).await;
        let there = |change: &str| {
            let change = format!("UPDATE membership SET {change} WHERE company = $1 AND account = $2");
            sql!(sqlx::AssertSqlSafe(change), OFFSHORE, carla)
        };
        desk.execute(there("blocked_at = NULL, state = 'awaiting_approval'")).await;
        stays(desk, &carlas, OFFSHORE, Refusal::Changed).await;
        // S6: added, and blocked before they joined.
        desk.execute(there("blocked_at = 1, state = 'invited', invited_until = 9000000000000")).await;
        stays(desk, &carlas, OFFSHORE, Refusal::NoSelfRegistration).await;
        // Blocked here.
        desk.execute(sql!("DELETE FROM membership WHERE company = $1 AND account = $2", OFFSHORE, carla)).await;
        desk.block(COMPANY, carla).await;
        let before = desk.dump().await;
        assert!(matches!(go(desk, &carlas).await, Err(Error::NotFound)));
        assert_eq!(desk.dump().await, before);
        desk.execute(sql!("UPDATE membership SET blocked_at = NULL WHERE account = $1", carla)).await;
        go(desk, &carlas).await.unwrap();
        desk.expect_mail(&[("company_changed", CARLA), ("moved_away", ANNA), ("moved_here", DIRK)]).await;
        assert!(matches!(go(desk, &carlas).await, Err(Error::NotFound)), "the form sent twice");
    }

    /// G2.
    async fn a_general_account_goes_nowhere(desk) {
        desk.office().await;
        desk.offshore().await;
        desk.general_account("vandijk-balie").await;
        let visitor = desk.visit("vandijk-balie").await;
        stays(desk, &visitor, OFFSHORE, Refusal::NotAllowed).await;
        assert_eq!(refused(moving::leave(desk, &visitor, COMPANY).await), Refusal::NotAllowed);
    }

    /// U1: whoever was added there and has not answered yet answers with it, and comes as anybody does.
    async fn an_invitation_there_is_answered_by_it(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        let added = UserForm { role: "administrator".into(), mail_to_administrators: on(), ..form(CARLA, "Mevrouw C.") };
        users::add(desk, &dirk, &added).await.unwrap();
        let token = desk.expect_mail(&[("join_company", CARLA)]).await.remove(0).token();
        let visitor = desk.visit(CARLA).await;
        let departments = moving::read(desk, &visitor.person().unwrap()).await.unwrap().departments;
        assert_eq!(departments.iter().map(|department| department.number).collect::<Vec<_>>(), [OFFSHORE]);
        go(desk, &visitor).await.unwrap();
        assert_eq!(memberships(desk, carla).await, [user_of(OFFSHORE)]);
        let row = users::list(desk, &dirk, &search("carla")).await.unwrap().rows.remove(0);
        assert_eq!((row.name.as_str(), row.role), ("Carla de Bruin", Role::User));
        is_withdrawn(desk, &visitor, &token, "the question").await;
        desk.expect_mail(&[("company_changed", CARLA), ("moved_away", ANNA), ("moved_here", DIRK)]).await;
    }

    /// A7. Delete `end_other_sessions` in `moving::change_company` and `moving::leave` to see it fail.
    async fn the_other_sessions_end_and_this_one_goes_on(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        desk.registered(&anna, CARLA).await;
        let (this, other) = (desk.sign_in(CARLA).await, desk.sign_in(CARLA).await);
        go(desk, &desk.find(&this).await.unwrap()).await.unwrap();
        assert!(desk.find(&other).await.is_none());
        let other = desk.sign_in(CARLA).await;
        moving::leave(desk, &desk.find(&this).await.unwrap(), OFFSHORE).await.unwrap();
        assert!(desk.find(&other).await.is_none());
        assert!(desk.find(&this).await.unwrap().companies.is_empty());
        desk.mail_goes_out().await;
    }

    /// A7: the page that stands open is told, and hears of the new company alone.
    async fn an_open_page_hears_no_more_of_the_old_company(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        desk.registered(&anna, CARLA).await;
        let served = serve(desk).await;
        let (this, other) = (desk.sign_in(CARLA).await, desk.sign_in(CARLA).await);
        let (mut carlas, mut ends) = (served.live(&this).await, served.live(&other).await);
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let mut dirks = served.live(&desk.sign_in(DIRK).await).await;
        go(desk, &desk.find(&this).await.unwrap()).await.unwrap();
        annas.heard_until(r#"{"changed":[10001,"users"]}"#).await;
        dirks.heard_until(r#"{"changed":[10002,"users"]}"#).await;
        assert!(carlas.heard_until(YOURS).await.is_empty(), "nothing before it");
        assert_eq!(ends.next_change().await.as_deref(), Some(YOURS));
        while let Some(data) = ends.next_change().await {
            assert_eq!(data, YOURS);
        }
        for by in [&anna, &dirk] {
            let contact = ContactForm { contact_name: "Wie Ook".into(), ..ContactForm::default() };
            companies::save_contact(desk, by, &contact).await.unwrap();
        }
        let heard = carlas.heard_until(r#"{"changed":[10002,"company"]}"#).await;
        assert!(heard.iter().all(|data| data.starts_with(r#"{"changed":[10002,"#)), "{heard:?}");
        desk.expect_mail(&[("company_changed", CARLA), ("moved_away", ANNA), ("moved_here", DIRK)]).await;
    }

    /// R7: what waited to be sent is dropped, and nothing comes later.
    async fn no_letter_of_the_old_company_comes_any_more(desk) {
        let scene = desk.scene().await;
        desk.offshore().await;
        let one = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let marine = desk.product(&scene.staff, "Marine", &["S 1"]).await;
        let accepted = desk.ask(&scene.carla, one).await;
        desk.decide(&scene.anna, &accept(), accepted).await.unwrap();
        let declined = desk.ask_standard(&scene.carla, "S 1").await;
        desk.decide(&scene.anna, &decline("No"), declined).await.unwrap();
        let open = desk.licence(&scene.staff, COMPANY, marine, |_| {}).await;
        desk.ask(&scene.carla, open).await;
        moving::hand_over(desk, &scene.anna, scene.carlas).await.unwrap();
        go(desk, &desk.visit(CARLA).await).await.unwrap();
        desk.expect_applied(&MOVED).await;
        // R8: the document that was asked for comes; R3: nothing is undone for somebody who is gone.
        desk.import(&scene.staff, scene.product, &["S 1"]).await;
        assert_eq!(refused(requests::undo(desk, &scene.bram, accepted).await), Refusal::NothingToUndo);
        desk.no_mail().await;
    }

    /// A4, U5: what others hold for somebody who moves, and what a company asked of them.
    async fn links_of_the_old_company_open_nothing(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        users::address::ask(desk, &anna, carla, "c.smit@vandijk.example").await.unwrap();
        let letters = desk.expect_mail(&[("address_change_told", CARLA), ("confirm_address", "c.smit@vandijk.example")]).await;
        let change = letters[1].token();
        desk.save(&anna, carla, |form| form.mail_to_administrators = on()).await.unwrap();
        desk.forgot(CARLA).await;
        let held = desk.expect_reset(ANNA).await;
        let visitor = desk.visit(CARLA).await;
        go(desk, &visitor).await.unwrap();
        is_withdrawn(desk, &visitor, &change, "another address").await;
        assert_eq!(refused_link(reset::look(desk, &held).await), LinkState::Replaced);
        let expected = [("company_changed", CARLA), ("moved_away", ANNA), ("moved_here", DIRK), ("reset_password", CARLA)];
        let own = desk.expect_mail(&expected).await.remove(3).token();
        reset::look(desk, &own).await.unwrap();
    }

    /// H1: each company reads its own half, and nothing of where somebody came from or went to.
    async fn each_company_reads_its_half(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        let visitor = desk.visit(CARLA).await;
        go(desk, &visitor).await.unwrap();
        desk.mail_goes_out().await;
        assert_eq!(kinds(desk, &anna).await[..2], ["moved_away", "signed_in"]);
        assert_eq!(kinds(desk, &dirk).await, ["moved_here", "signed_in"]);
        for (company, other) in [(COMPANY, OFFSHORE), (OFFSHORE, COMPANY)] {
            let names = format!("%\"company\":{other}%");
            assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE company = $1 AND event LIKE $2", company, names)).await, 0);
        }
        // What they do from now on is the new company's to read.
        let before = kinds(desk, &anna).await;
        visitor.sign_out(desk).await.unwrap();
        assert_eq!(kinds(desk, &anna).await, before);
        assert_eq!(kinds(desk, &dirk).await[0], "signed_out");
        let row = history::of_company(desk, &anna, &HistoryQuery::default()).await.unwrap().rows.remove(0);
        let (actor, subject) = (row.actor.unwrap(), row.subject.unwrap());
        assert_eq!((actor.id, subject.id, subject.name.as_str()), (carla, carla, "Carla de Bruin"));
    }

    /// Only the company that was chosen.
    async fn somebody_with_several_companies_moves_from_one(desk) {
        let scene = desk.scene().await;
        desk.offshore().await;
        desk.company(THIRD, "Van Dijk Havens", &["vandijk.example"]).await;
        desk.administrator(THIRD, "eva@vandijk.example", "Eva Bos").await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.membership(OFFSHORE, scene.carlas, "administrator").await;
        let token = desk.sign_in(CARLA).await;
        moving::change_company(desk, &desk.find(&token).await.unwrap(), OFFSHORE, THIRD).await.unwrap();
        assert_eq!(memberships(desk, scene.carlas).await, [user_of(COMPANY), user_of(THIRD)]);
        assert_eq!(desk.used(licence).await, 1);
        let visitor = desk.find(&token).await.unwrap();
        assert!(desk.opens(&visitor.member(COMPANY).unwrap(), "NEN 1").await && visitor.member(OFFSHORE).is_err());
        desk.expect_mail(&[("company_changed", CARLA), ("moved_away", DIRK), ("moved_here", "eva@vandijk.example")]).await;
    }

    /// Nothing of before comes back.
    async fn whoever_comes_back_begins_anew(desk) {
        let scene = desk.scene().await;
        desk.offshore().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let token = desk.sign_in(CARLA).await;
        for (from, to) in [(COMPANY, OFFSHORE), (OFFSHORE, COMPANY)] {
            moving::change_company(desk, &desk.find(&token).await.unwrap(), from, to).await.unwrap();
        }
        desk.mail_goes_out().await;
        assert_eq!((desk.used(licence).await, desk.state_of(request).await.as_str()), (0, "accepted"));
        let carla = desk.find(&token).await.unwrap().member(COMPANY).unwrap();
        assert!(!desk.opens(&carla, "NEN 1").await);
        desk.ask(&carla, licence).await;
        desk.expect_asked(CARLA).await;
    }

    /// P4, S6.
    async fn whoever_leaves_keeps_the_account(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let token = desk.sign_in(CARLA).await;
        let visitor = desk.find(&token).await.unwrap();
        desk.new_deeds().await;
        moving::leave(desk, &visitor, COMPANY).await.unwrap();
        assert_eq!(desk.new_event().await, Event::CompanyLeft { company: COMPANY, account: scene.carlas });
        let letters = desk.expect_mail(&[("company_left", ANNA), ("company_left", BRAM)]).await;
        assert!(letters[0].text.contains("Carla de Bruin"), "{}", letters[0].text);
        assert_eq!((desk.used(licence).await, memberships(desk, scene.carlas).await.len()), (0, 0));
        assert!(matches!(moving::leave(desk, &visitor, COMPANY).await, Err(Error::NotFound)));
        let person = desk.find(&token).await.unwrap().person().unwrap();
        let joinable = moving::read(desk, &person).await.unwrap().departments;
        assert_eq!(joinable.iter().map(|company| company.number).collect::<Vec<_>>(), [COMPANY]);
        self_registration::join(desk, &person, COMPANY).await.unwrap();
        assert_eq!(memberships(desk, scene.carlas).await, [user_of(COMPANY)]);
    }

    /// U6, also with another membership to stay in.
    async fn the_last_administrator_leaves_only_after_another(desk) {
        desk.office().await;
        desk.offshore().await;
        let annas = desk.id_of(ANNA).await;
        desk.membership(OFFSHORE, annas, "user").await;
        let bram = desk.account(BRAM, "Bram Janssen").await;
        let visitor = desk.visit(ANNA).await;
        // Whoever is blocked, or no administrator, is no other.
        for (role, blocked) in [("user", false), ("administrator", true)] {
            put_back(desk, bram, role).await;
            if blocked {
                desk.block(COMPANY, bram).await;
            }
            let before = desk.dump().await;
            assert_eq!(refused(moving::leave(desk, &visitor, COMPANY).await), Refusal::LastAdministrator);
            let page = moving::read(desk, &visitor.person().unwrap()).await.unwrap();
            assert_eq!(page.here[0].may_leave(), Err(Refusal::LastAdministrator), "the page says what the deed does");
            assert_eq!(desk.dump().await, before);
        }
        put_back(desk, bram, "administrator").await;
        moving::leave(desk, &visitor, COMPANY).await.unwrap();
        assert_eq!(memberships(desk, annas).await, [user_of(OFFSHORE)]);
        desk.expect_mail(&[("company_left", BRAM)]).await;
    }

    /// U6, the way out: the successor confirms, and then the first may go.
    async fn a_successor_confirms_and_the_first_may_go(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = on()).await.unwrap();
        let (annas, token) = (desk.visit(ANNA).await, desk.sign_in(CARLA).await);
        desk.new_deeds().await;
        moving::hand_over(desk, &anna, carla).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SuccessionAsked { company: COMPANY, account: carla });
        // It is theirs alone to answer, whoever gets the rest of their mail.
        let link = desk.expect_mail(&[("succession_asked", CARLA)]).await.remove(0).token();
        let waits = moving::read(desk, &annas.person().unwrap()).await.unwrap().here.remove(0).succession.unwrap();
        assert_eq!((waits.name.as_str(), waits.username.as_str()), ("Carla de Bruin", CARLA));
        let asks = ToConfirm::Succession { company: "Van Dijk Bruggenbouw".into(), by: "Anna de Vries".into() };
        assert_eq!(confirming::look(desk, &link).await.unwrap(), (asks, CARLA.to_owned()));
        let before = desk.dump().await;
        assert_eq!(refused(confirming::confirm(desk, &here(), None, &link).await), Refusal::SignedOut);
        assert_eq!(refused(confirming::refuse(desk, &here(), None, &link).await), Refusal::SignedOut);
        assert_eq!(refused(confirming::confirm(desk, &here(), Some(&annas), &link).await), Refusal::NotAllowed);
        assert_eq!(refused(confirming::refuse(desk, &here(), Some(&annas), &link).await), Refusal::NotAllowed);
        assert_eq!(refused(moving::leave(desk, &annas, COMPANY).await), Refusal::LastAdministrator, "asked is not answered");
        assert_eq!(desk.dump().await, before);

        let carlas = desk.find(&token).await.unwrap();
        assert_eq!(confirming::confirm(desk, &here(), Some(&carlas), &link).await.unwrap(), Confirmed::Succeeded(COMPANY));
        assert_eq!(desk.new_event().await, Event::SuccessionConfirmed { company: COMPANY, account: carla });
        desk.expect_mail(&[("succession_confirmed", ANNA)]).await;
        assert!(desk.find(&token).await.unwrap().administrator(COMPANY).is_ok(), "at once, in the session of now");
        assert_eq!(memberships(desk, desk.id_of(ANNA).await).await[0].1, "administrator", "beside the first");
        assert_eq!(refused_link(confirming::look(desk, &link).await), LinkState::Used);
        moving::leave(desk, &annas, COMPANY).await.unwrap();
        desk.expect_mail(&[("company_left", CARLA)]).await;
    }

    async fn a_successor_may_refuse(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let link = asked(desk, &anna, CARLA).await;
        let carlas = desk.visit(CARLA).await;
        desk.new_deeds().await;
        confirming::refuse(desk, &here(), Some(&carlas), &link).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SuccessionRefused { company: COMPANY, account: carla });
        desk.expect_mail(&[("succession_refused", ANNA)]).await;
        assert_eq!(memberships(desk, carla).await, [user_of(COMPANY)]);
        assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(&carlas), &link).await), LinkState::Used);
        let annas = desk.visit(ANNA).await.person().unwrap();
        assert_eq!(moving::read(desk, &annas).await.unwrap().here[0].succession, None);
        // Asked again it is a new question.
        let again = asked(desk, &anna, CARLA).await;
        assert_eq!(refused_link(confirming::look(desk, &link).await), LinkState::Replaced);
        confirming::look(desk, &again).await.unwrap();
    }

    async fn one_question_at_a_time(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, CARLA).await;
        let daan = desk.registered(&anna, "daan@vandijk.example").await;
        let (carlas, daans) = (desk.visit(CARLA).await, desk.visit("daan@vandijk.example").await);
        let first = asked(desk, &anna, CARLA).await;
        let second = asked(desk, &anna, "daan@vandijk.example").await;
        is_withdrawn(desk, &carlas, &first, "somebody else was asked").await;
        confirming::look(desk, &second).await.unwrap();
        desk.new_deeds().await;
        moving::withdraw_succession(desk, &anna).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SuccessionWithdrawn { company: COMPANY, account: daan });
        is_withdrawn(desk, &daans, &second, "taken back").await;
        let before = desk.dump().await;
        assert_eq!(refused(moving::withdraw_succession(desk, &anna).await), Refusal::Changed);
        assert_eq!(desk.dump().await, before);
        let third = asked(desk, &anna, CARLA).await;
        assert_eq!(refused_link(confirming::look(desk, &first).await), LinkState::Replaced);
        confirming::look(desk, &third).await.unwrap();
        // What was taken back before it was sent is not sent.
        moving::hand_over(desk, &anna, daan).await.unwrap();
        moving::withdraw_succession(desk, &anna).await.unwrap();
        desk.expect_applied(&[]).await;
    }

    async fn who_can_not_succeed_is_not_asked(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let invited = desk.add(&anna, "invited@vandijk.example").await;
        desk.expect_invitation("invited@vandijk.example").await;
        let blocked = desk.account("blocked@vandijk.example", "Blocked").await;
        desk.membership(COMPANY, blocked, "user").await;
        desk.block(COMPANY, blocked).await;
        let general = desk.general_account("vandijk-balie").await;
        let before = desk.dump().await;
        let nobody = AccountId(desk.new_id());
        for account in [desk.id_of(ANNA).await, invited, blocked, general, desk.id_of(DIRK).await, nobody] {
            let outcome = moving::hand_over(desk, &anna, account).await;
            assert_eq!(refused(outcome), Refusal::field(FieldName::Successor, Problem::NotAChoice), "{account}");
        }
        assert_eq!(desk.dump().await, before);
    }

    /// Delete `AND EXISTS` in `moving::succession::succeed` to see it fail.
    async fn whoever_asked_is_no_administrator_any_more(desk) {
        let scene = desk.scene().await;
        let (brams, carlas) = (desk.id_of(BRAM).await, desk.visit(CARLA).await);
        for way in ["demoted", "blocked", "removed", "left"] {
            let link = asked(desk, &scene.bram, CARLA).await;
            match way {
                "demoted" => desk.save(&scene.anna, brams, |form| form.role = "user".into()).await.unwrap(),
                "blocked" => desk.save(&scene.anna, brams, |form| form.blocked = on()).await.unwrap(),
                "removed" => users::remove(desk, &scene.anna, brams).await.unwrap(),
                _ => {
                    moving::leave(desk, &desk.visit(BRAM).await, COMPANY).await.unwrap();
                    desk.expect_mail(&[("company_left", ANNA)]).await;
                }
            }
            is_withdrawn(desk, &carlas, &link, way).await;
            put_back(desk, brams, "administrator").await;
        }
    }

    /// The rows alone, too: every condition must hold by itself.
    async fn the_successor_is_no_user_any_more(desk) {
        let scene = desk.scene().await;
        let carlas = desk.visit(CARLA).await;
        for way in ["blocked", "blocked by hand", "removed", "promoted"] {
            let link = asked(desk, &scene.anna, CARLA).await;
            match way {
                "blocked" => desk.save(&scene.bram, scene.carlas, |form| form.blocked = on()).await.unwrap(),
                "blocked by hand" => desk.block(COMPANY, scene.carlas).await,
                "removed" => users::remove(desk, &scene.bram, scene.carlas).await.unwrap(),
                _ => desk.save(&scene.bram, scene.carlas, |form| form.role = "administrator".into()).await.unwrap(),
            }
            is_withdrawn(desk, &carlas, &link, way).await;
            put_back(desk, scene.carlas, "user").await;
        }
    }

    /// A5: one calendar month.
    async fn the_question_waits_for_a_month(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, CARLA).await;
        let link = asked(desk, &anna, CARLA).await;
        desk.clock.advance_seconds(27 * 24 * 3600);
        confirming::look(desk, &link).await.unwrap();
        desk.clock.advance_seconds(5 * 24 * 3600);
        let carlas = desk.visit(CARLA).await;
        assert_eq!(refused_link(confirming::look(desk, &link).await), LinkState::Expired);
        assert_eq!(refused_link(confirming::confirm(desk, &here(), Some(&carlas), &link).await), LinkState::Expired);
        let annas = desk.visit(ANNA).await.person().unwrap();
        assert_eq!(moving::read(desk, &annas).await.unwrap().here[0].succession, None);
        assert_eq!(refused(moving::withdraw_succession(desk, &anna).await), Refusal::Changed);
        let again = asked(desk, &anna, CARLA).await;
        confirming::confirm(desk, &here(), Some(&carlas), &again).await.unwrap();
        desk.expect_mail(&[("succession_confirmed", ANNA)]).await;
    }

    /// P4: by name, and no more than is so.
    async fn the_page_says_what_goes_and_what_comes(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        for (number, name, domain) in
            [(10003, "Aannemers", "vandijk.example"), (10004, "Closed", "vandijk.example"), (10005, "Elsewhere", "elsewhere.example")]
        {
            desk.company(CompanyNumber(number), name, &[domain]).await;
        }
        desk.execute(sql!("UPDATE company SET name_key = LOWER(name), self_registration = number <> 10004")).await;
        let safety = desk.product(&scene.staff, "Safety", &[]).await;
        let marine = desk.product(&scene.staff, "Marine", &[]).await;
        let old = desk.product(&scene.staff, "Asbestos", &[]).await;
        desk.product(&scene.staff, "Drafts", &["D 1"]).await;
        let wide = |form: &mut shared::licences::LicenceForm| form.company_wide_permitted = on();

        let own = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let over = desk.licence(&scene.staff, COMPANY, old, |_| {}).await;
        for licence in [own, over] {
            desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        }
        let everybodys = desk.licence(&scene.staff, COMPANY, safety, wide).await;
        licences::save_settings(desk, &scene.anna, everybodys, true, true).await.unwrap();
        let on_offer = desk.licence(&scene.staff, COMPANY, marine, |_| {}).await;
        desk.ask(&scene.carla, on_offer).await;
        desk.clock.advance_seconds(1);
        desk.ask_standard(&scene.carla, "D 1").await;
        desk.mail_goes_out().await;
        desk.save(&scene.anna, scene.carlas, |form| form.mail_to_administrators = on()).await.unwrap();

        let there = desk.licence(&scene.staff, OFFSHORE, scene.product, wide).await;
        let ended = desk.licence(&scene.staff, OFFSHORE, safety, wide).await;
        let begins = |form: &mut shared::licences::LicenceForm| (form.company_wide_permitted, form.valid_from) = (on(), desk.day(5));
        let not_yet = desk.licence(&scene.staff, OFFSHORE, marine, begins).await;
        for licence in [there, ended, not_yet] {
            licences::save_settings(desk, &dirk, licence, true, true).await.unwrap();
        }
        desk.licence(&scene.staff, OFFSHORE, old, |_| {}).await;
        for licence in [over, ended] {
            desk.execute(sql!("UPDATE licence SET valid_until = valid_from + 1 WHERE id = $1", licence)).await;
        }

        let page = moving::read(desk, &desk.visit(CARLA).await.person().unwrap()).await.unwrap();
        assert_eq!((page.username.as_str(), page.proven, page.here.len()), (CARLA, true, 1));
        let here = &page.here[0];
        assert_eq!((here.company.number, here.company.role, here.other_administrators), (COMPANY, Role::User, 2));
        let losses = Losses {
            access: vec!["Eurocodes".into()],
            company_wide: vec!["Safety".into()],
            requests: vec!["Marine".into(), "D 1 What D 1 says".into()],
            mail_to_administrators: true,
        };
        assert_eq!(here.losses, losses);
        assert!(here.succession.is_none() && here.heirs.is_empty());
        let department = |number, name: &str, offers: &[&str]| Department {
            number: CompanyNumber(number),
            name: name.into(),
            offers: offers.iter().map(|&product| product.to_owned()).collect(),
        };
        assert_eq!(page.departments, [department(10003, "Aannemers", &[]), department(10002, "Van Dijk Offshore", &["Eurocodes"])]);

        // U6: heirs are shown only to whoever must hand over first.
        let annas = desk.visit(ANNA).await.person().unwrap();
        let here = moving::read(desk, &annas).await.unwrap().here.remove(0);
        assert_eq!((here.other_administrators, here.may_leave(), here.heirs.len()), (1, Ok(()), 0));
        let brams = desk.id_of(BRAM).await;
        desk.save(&scene.anna, brams, |form| form.role = "user".into()).await.unwrap();
        desk.general_account("vandijk-balie").await;
        let here = moving::read(desk, &annas).await.unwrap().here.remove(0);
        assert_eq!((here.other_administrators, here.may_leave(), here.more_heirs), (0, Err(Refusal::LastAdministrator), false));
        assert_eq!(here.heirs.iter().map(|heir| heir.username.as_str()).collect::<Vec<_>>(), [BRAM, CARLA]);

        // S6: nowhere to go for whoever has another domain, or is blocked there.
        let sophies = desk.visit("staff@balie.example").await.person().unwrap();
        assert!(moving::read(desk, &sophies).await.unwrap().departments.is_empty());
        desk.membership(OFFSHORE, brams, "user").await;
        desk.block(OFFSHORE, brams).await;
        let page = moving::read(desk, &desk.visit(BRAM).await.person().unwrap()).await.unwrap();
        assert_eq!(page.departments, [department(10003, "Aannemers", &[])]);
    }
}
