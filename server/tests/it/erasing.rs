//! P6: somebody deletes their account, and nothing personal is left of it in any table.

use crate::support::{
    ANNA, BRAM, CARLA, COMPANY, OFFSHORE, PASSWORD, THIRD, TestDesk, YOURS, accept, decline, form, here, on_both, refused, refused_link,
    serve,
};
use server::{
    Error,
    callers::{Administrator, Anyone, Staff},
    companies, confirming,
    desk::digest,
    documents, erasing, history, moving, newsletter, profile, registration, requests, returned, self_registration,
    sessions::{self, Token, Visitor},
    sign_in::sign_in,
    sql, users,
};
use shared::{
    AccountId, FieldName, NewsletterId, Problem, Refusal,
    companies::ContactForm,
    event::Event,
    fields::Language,
    history::{HistoryPage, HistoryQuery, Period},
    newsletter::NewsletterForm,
    profile::ProfileForm,
    refusal::LinkState,
    registration::ApplyForm,
    requests::RequestsQuery,
    users::{UserForm, UsersQuery},
};
use std::{collections::BTreeSet, fmt::Debug};

const NAME: &str = "Quirine Zonderland";
const USERNAME: &str = "q.zonderland@vandijk.example";
/// The one by which she came.
const OLD_ADDRESS: &str = "q.eerder@vandijk.example";
const NEW_ADDRESS: &str = "q.verhuisd@vandijk.example";
const PHONE: &str = "+31 10 555 01 77";
const REASON: &str = "For the sluice at Terneuzen";
const ANSWER: &str = "Not before the budget of spring";
const NETWORK: &str = "198.51.100.77";
const AGENT: &str = "Zeilboot/7.1";

/// What is looked for, whatever the case of its letters, and the tables where it must stand before: or it would be missing afterwards for
/// the wrong reason.
pub fn personal() -> [(String, &'static [&'static str]); 10] {
    let guarded = digest(USERNAME.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    [
        ("Quirine".into(), &["account", "application", "company", "dev_mail", "known_as", "membership"]),
        (USERNAME.into(), &["account", "application", "company", "dev_mail", "known_as", "letter", "membership"]),
        (OLD_ADDRESS.into(), &["dev_mail", "letter"]),
        (NEW_ADDRESS.into(), &["dev_mail", "link"]),
        (PHONE.into(), &["account", "company", "membership"]),
        (REASON.into(), &["dev_mail", "request", "returned"]),
        (ANSWER.into(), &["dev_mail", "request"]),
        (NETWORK.into(), &["history", "session"]),
        (AGENT.into(), &["session"]),
        (guarded, &["sign_in_guard"]),
    ]
}

/// The tables where it stands, in whatever column.
pub fn tables_with<'a>(dump: &'a [String], text: &str) -> BTreeSet<&'a str> {
    let text = text.to_lowercase();
    let rows = dump.iter().filter_map(|line| line.split_once(' '));
    rows.filter(|(_, row)| row.to_lowercase().contains(&text)).map(|(table, _)| table).collect()
}

/// A page that names nobody.
#[track_caller]
fn says_nothing(page: &impl Debug) {
    let page = format!("{page:?}").to_lowercase();
    for (text, _) in personal() {
        assert!(!page.contains(&text.to_lowercase()), "{text} stands in {page}");
    }
}

/// Where she comes from, and with what.
fn hers() -> Anyone {
    Anyone { address: NETWORK.parse().unwrap(), agent: AGENT.into(), ..here() }
}

fn applying() -> ApplyForm {
    ApplyForm { name: NAME.into(), email: USERNAME.into() }
}

/// She comes by herself, is known by that address, and gets another (U5).
async fn comes(desk: &TestDesk, anna: &Administrator) -> AccountId {
    self_registration::apply(desk, &hers(), &ApplyForm { email: OLD_ADDRESS.into(), ..applying() }).await.unwrap();
    let token = desk.expect_applied(&[("apply_registration", OLD_ADDRESS)]).await.remove(0).token();
    registration::complete(desk, &hers(), &token, Some(COMPANY), PASSWORD, PASSWORD).await.unwrap();
    let account = desk.id_of(OLD_ADDRESS).await;
    let contact = ContactForm { contact_name: NAME.into(), contact_email: OLD_ADDRESS.into(), contact_phone: PHONE.into() };
    companies::save_contact(desk, anna, &contact).await.unwrap();
    refused(sign_in(desk, &hers(), OLD_ADDRESS, "not the password").await);
    desk.later.wait().await;
    users::address::ask(desk, anna, account, USERNAME).await.unwrap();
    let letters = desk.expect_mail(&[("address_change_told", OLD_ADDRESS), ("confirm_address", USERNAME)]).await;
    confirming::confirm(desk, &hers(), None, &letters[1].token()).await.unwrap();
    account
}

async fn arrives(desk: &TestDesk) -> (Token, Visitor) {
    let token = sign_in(desk, &hers(), USERNAME, PASSWORD).await.unwrap();
    let visitor = sessions::find(desk, &token, hers()).await.unwrap().unwrap();
    (token, visitor)
}

async fn delete(desk: &TestDesk, visitor: &Visitor, password: &str) -> server::Result<()> {
    let outcome = erasing::delete_account(desk, visitor, password).await;
    desk.later.wait().await;
    outcome
}

/// The page and the deed say that they are the last administrator somewhere. Nothing is counted against the password.
async fn must_stay(desk: &TestDesk, visitor: &Visitor) {
    let before = desk.dump().await;
    assert_eq!(refused(delete(desk, visitor, PASSWORD).await), Refusal::LastAdministrator);
    let page = erasing::read(desk, &visitor.person().unwrap()).await.unwrap();
    assert_eq!((page.username.as_str(), page.allowed()), (ANNA, Err(Refusal::LastAdministrator)));
    assert_eq!(desk.dump().await, before);
}

async fn all_of_history(desk: &TestDesk, by: &Administrator) -> HistoryPage {
    history::of_company(desk, by, &HistoryQuery { period: Period::All, ..HistoryQuery::default() }).await.unwrap()
}

/// Somebody who has left something of herself everywhere, and whom it is about.
struct Life {
    anna: Administrator,
    dirk: Administrator,
    staff: Staff,
    newsletter: NewsletterId,
    account: AccountId,
    token: Token,
    visitor: Visitor,
}

async fn life(desk: &TestDesk) -> Life {
    let (anna, dirk, staff) = (desk.office().await, desk.offshore().await, desk.staff().await);
    desk.company(THIRD, "Van Dijk Havens", &["vandijk.example"]).await;
    let eva = desk.administrator(THIRD, "eva@vandijk.example", "Eva Bos").await;
    let eurocodes = desk.product(&staff, "Eurocodes", &["NEN 1"]).await;
    let marine = desk.product(&staff, "Marine", &[]).await;
    // Her address has changed, and is going to change again.
    let account = comes(desk, &anna).await;
    users::address::ask(desk, &anna, account, NEW_ADDRESS).await.unwrap();
    // A company that she was in, and one that waits for her word.
    desk.membership(THIRD, account, "user").await;
    let there = desk.licence(&staff, THIRD, eurocodes, |_| {}).await;
    let member = arrives(desk).await.1.member(THIRD).unwrap();
    requests::ask_licence(desk, &member, there, REASON).await.unwrap();
    users::remove(desk, &eva, account).await.unwrap();
    users::add(desk, &dirk, &UserForm { phone: PHONE.into(), ..form(USERNAME, NAME) }).await.unwrap();

    let (token, visitor) = arrives(desk).await;
    let (person, member) = (visitor.person().unwrap(), visitor.member(COMPANY).unwrap());
    let details = ProfileForm { name: NAME.into(), phone: PHONE.into(), country: "NL".into(), language: "en".into() };
    profile::save(desk, &person, &details).await.unwrap();
    let has = desk.licence(&staff, COMPANY, eurocodes, |_| {}).await;
    let wants = desk.licence(&staff, COMPANY, marine, |_| {}).await;
    let declined = requests::ask_licence(desk, &member, has, REASON).await.unwrap();
    desk.decide(&anna, &decline(ANSWER), declined).await.unwrap();
    desk.give(&anna, has, account).await.unwrap();
    documents::open(desk, &member, desk.document("NEN 1").await).await.unwrap();
    requests::ask_licence(desk, &member, wants, REASON).await.unwrap();
    newsletter::subscribe(desk, &person).await.unwrap();
    returned::keep(desk, &visitor, REASON).await.unwrap();
    let written = NewsletterForm {
        subject_en: "News".into(),
        text_en: "Read this.".into(),
        subject_nl: "Nieuws".into(),
        text_nl: "Lees dit.".into(),
    };
    let newsletter = newsletter::create(desk, &staff, &written).await.unwrap();
    assert_eq!(newsletter::send(desk, &staff, newsletter, 1).await.unwrap(), 1);
    // She forgot that she has an account.
    self_registration::apply(desk, &hers(), &applying()).await.unwrap();
    desk.mail_goes_out().await;
    // One letter waits, and one password was wrong.
    desk.forgot(USERNAME).await;
    refused(sign_in(desk, &hers(), USERNAME, "not the password").await);
    desk.later.wait().await;
    Life { anna, dirk, staff, newsletter, account, token, visitor }
}

/// The session of somebody who has left something of herself everywhere.
pub async fn somebodys(desk: &TestDesk) -> Visitor {
    life(desk).await.visitor
}

on_both! {
    /// Take any statement out of `erasing::everything_personal` to see it fail.
    async fn nothing_personal_is_left_in_any_table(desk) {
        let life = life(desk).await;
        let before = desk.dump().await;
        for (text, tables) in personal() {
            let found = tables_with(&before, &text);
            assert!(tables.iter().all(|table| found.contains(table)), "{text} should stand in {tables:?}, and stands in {found:?}");
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE kind = 'newsletter' AND state = 'sent'")).await, 1);
        let lines = (all_of_history(desk, &life.anna).await.found, all_of_history(desk, &life.dirk).await.found);
        desk.new_deeds().await;

        delete(desk, &life.visitor, PASSWORD).await.unwrap();
        // To the company that only asked her to join, she said no.
        assert_eq!(desk.new_kinds().await, ["account_deleted", "joining_refused"]);
        let after = desk.dump().await;
        for (text, _) in personal() {
            let rows: Vec<_> = after.iter().filter(|line| line.to_lowercase().contains(&text.to_lowercase())).collect();
            assert!(rows.is_empty(), "{text} is left: {rows:#?}");
        }
        for table in ["session", "link", "membership", "known_as", "access"] {
            let rows = format!("SELECT COUNT(*) FROM {table} WHERE account = $1");
            assert_eq!(desk.count(sql!(sqlx::AssertSqlSafe(rows), life.account)).await, 0, "{table}");
        }
        let letters = sql!("SELECT COUNT(*) FROM letter WHERE recipient = $1 OR subject_account = $1", life.account);
        assert_eq!(desk.count(letters).await, 0);
        let open = sql!("SELECT COUNT(*) FROM request WHERE account = $1 AND state IN ('open', 'forwarded')", life.account);
        assert_eq!(desk.count(open).await, 0);

        // History keeps its lines, and calls nobody by name.
        let pages = [all_of_history(desk, &life.anna).await, all_of_history(desk, &life.dirk).await];
        assert_eq!((pages[0].found, pages[1].found), (lines.0 + 1, lines.1 + 1));
        for (page, least) in pages.iter().zip([6, 2]) {
            let hers = page.rows.iter().filter(|row| row.event.as_ref().unwrap().subject() == Some(life.account));
            assert!(hers.count() >= least, "{page:#?}");
        }
        for who in pages.iter().flat_map(|page| &page.rows).flat_map(|row| [&row.actor, &row.subject]).flatten() {
            assert_eq!(who.id == life.account, who.name.is_empty(), "{who:?}");
        }
        says_nothing(&pages);
        for person in ["quirine", "zonderland"] {
            let query = HistoryQuery { person: person.into(), period: Period::All, ..HistoryQuery::default() };
            assert_eq!(history::of_company(desk, &life.anna, &query).await.unwrap().found, 0);
            assert_eq!(history::of_all(desk, &life.staff, &query).await.unwrap().found, 0);
        }

        // Nor does any page of the administrators and of staff.
        let member = desk.visit(ANNA).await.member(COMPANY).unwrap();
        let queue = requests::list(desk, &member, &RequestsQuery::default()).await.unwrap();
        assert_eq!((queue.found, queue.done_found), (0, 2));
        says_nothing(&queue);
        says_nothing(&companies::home(desk, &member).await.unwrap());
        says_nothing(&users::list(desk, &life.anna, &UsersQuery::default()).await.unwrap());
        says_nothing(&users::list(desk, &life.dirk, &UsersQuery::default()).await.unwrap());
        let members = users::members(desk, &life.staff, COMPANY, &UsersQuery::default()).await.unwrap();
        assert_eq!(members.total, 1);
        says_nothing(&members);
        let details = companies::by_staff::details(desk, &life.staff, COMPANY).await.unwrap();
        assert_eq!(details.people_by_domain, [("vandijk.example".to_owned(), 1)]);
        says_nothing(&details);
        assert_eq!(newsletter::list(desk, &life.staff).await.unwrap().subscribers, 0);
        says_nothing(&newsletter::read(desk, &life.staff, life.newsletter, 1).await.unwrap());
    }

    /// Nobody signs in with it any more, and whoever has the address is somebody new.
    async fn the_address_registers_again_as_somebody_else(desk) {
        let life = life(desk).await;
        delete(desk, &life.visitor, PASSWORD).await.unwrap();
        assert!(desk.find(&life.token).await.is_none());
        assert_eq!(refused(desk.guess(USERNAME, PASSWORD).await), Refusal::SignIn);
        assert_eq!(refused(desk.guess(&life.account.to_string(), PASSWORD).await), Refusal::SignIn);
        desk.forgot(USERNAME).await;
        desk.no_mail().await;
        assert!(delete(desk, &life.visitor, PASSWORD).await.is_err(), "once");

        self_registration::apply(desk, &here(), &applying()).await.unwrap();
        let token = desk.expect_applied(&[("apply_registration", USERNAME)]).await.remove(0).token();
        registration::complete(desk, &here(), &token, Some(COMPANY), PASSWORD, PASSWORD).await.unwrap();
        assert_ne!(desk.id_of(USERNAME).await, life.account);
        let visitor = desk.visit(USERNAME).await;
        let mine = companies::home(desk, &visitor.member(COMPANY).unwrap()).await.unwrap().mine;
        assert_eq!((mine.access.len(), mine.open.len()), (0, 0));
    }

    /// O1: one of the staff, whose name stands where companies look for whom to call; not that of a namesake.
    async fn nobody_calls_for_staff_who_are_gone(desk) {
        desk.office().await;
        desk.offshore().await;
        desk.staff().await;
        desk.execute(sql!("UPDATE company SET account_manager = 'Sophie Maas' WHERE number = $1", COMPANY)).await;
        let namesake = desk.account("maas@balie.example", "Sophie Maas").await;
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", namesake)).await;
        let named = async || desk.count(sql!("SELECT COUNT(*) FROM company WHERE account_manager = 'Sophie Maas'")).await;
        delete(desk, &desk.visit("maas@balie.example").await, PASSWORD).await.unwrap();
        assert_eq!(named().await, 1);
        delete(desk, &desk.visit("staff@balie.example").await, PASSWORD).await.unwrap();
        assert_eq!(named().await, 0);
    }

    /// A3.
    async fn a_wrong_password_counts(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        let visitor = desk.visit(CARLA).await;
        desk.new_deeds().await;
        let before = desk.dump().await;
        assert_eq!(refused(delete(desk, &visitor, "").await), Refusal::field(FieldName::Password, Problem::Missing));
        assert_eq!(desk.dump().await, before);
        let (wrong, before) = (Refusal::field(FieldName::Password, Problem::WrongPassword), desk.dump_of_deeds().await);
        for _ in 0..4 {
            assert_eq!(refused(delete(desk, &visitor, "not the password").await), wrong);
        }
        assert_eq!(desk.dump_of_deeds().await, before);
        assert_eq!(refused(delete(desk, &visitor, "not the password").await), wrong);
        assert_eq!(desk.new_event().await, Event::AccountLocked { account: carla });
        let until = users::details(desk, &anna, carla).await.unwrap().status.moment.expect("until when it is locked");
        let locked = Refusal::field(FieldName::Password, Problem::LockedUntil(until));
        assert_eq!(refused(delete(desk, &visitor, PASSWORD).await), locked, "the right one is not called wrong");
        assert_eq!(refused(desk.guess(CARLA, PASSWORD).await), Refusal::SignIn);
        users::unlock(desk, &anna, carla).await.unwrap();
        desk.new_deeds().await;
        delete(desk, &visitor, PASSWORD).await.unwrap();
        assert_eq!(desk.new_event().await, Event::AccountDeleted { company: Some(COMPANY), account: carla });
        desk.no_mail().await;
    }

    /// U6, in any company.
    async fn the_last_administrator_is_refused(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let visitor = desk.visit(ANNA).await;
        let bram = desk.account(BRAM, "Bram Janssen").await;
        must_stay(desk, &visitor).await;
        // Beside another here, and the last one there.
        desk.company(THIRD, "Van Dijk Havens", &["vandijk.example"]).await;
        desk.membership(THIRD, annas, "administrator").await;
        desk.membership(COMPANY, bram, "administrator").await;
        must_stay(desk, &visitor).await;
        desk.membership(THIRD, bram, "administrator").await;
        assert_eq!(erasing::read(desk, &visitor.person().unwrap()).await.unwrap().allowed(), Ok(()));
        desk.new_deeds().await;
        delete(desk, &visitor, PASSWORD).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["account_deleted", "account_deleted"]);
    }

    /// G2.
    async fn a_general_account_is_not_its_users_to_delete(desk) {
        desk.office().await;
        desk.general_account("vandijk-balie").await;
        let visitor = desk.visit("vandijk-balie").await;
        let before = desk.dump().await;
        assert_eq!(refused(delete(desk, &visitor, PASSWORD).await), Refusal::NotAllowed);
        assert_eq!(desk.dump().await, before);
    }

    /// P6: a page of theirs stood open elsewhere, and was sent as the account went. The lock in `Deed::lock_account` asks whether somebody is there.
    async fn nothing_is_written_of_whoever_is_gone(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, CARLA).await;
        let visitor = desk.visit(CARLA).await;
        delete(desk, &visitor, PASSWORD).await.unwrap();
        let (person, before) = (visitor.person().unwrap(), desk.dump().await);
        let details = ProfileForm { name: NAME.into(), phone: PHONE.into(), country: "BE".into(), language: "nl".into() };
        assert!(matches!(profile::save(desk, &person, &details).await, Err(Error::NotFound)));
        assert!(matches!(profile::choose_language(desk, &person, Language::Dutch).await, Err(Error::NotFound)));
        assert!(matches!(newsletter::subscribe(desk, &person).await, Err(Error::NotFound)));
        assert!(visitor.end_other_sessions(desk).await.is_err());
        visitor.remember_company(desk, COMPANY).await.unwrap();
        visitor.sign_out(desk).await.unwrap();
        assert_eq!(desk.dump().await, before);
    }

    async fn somebody_without_a_company_can(desk) {
        let account = desk.account(CARLA, "Carla de Bruin").await;
        let visitor = desk.visit(CARLA).await;
        desk.new_deeds().await;
        delete(desk, &visitor, PASSWORD).await.unwrap();
        assert_eq!(desk.new_event().await, Event::AccountDeleted { company: None, account });
    }

    /// A7: every company that she was in sees it at once, and her own pages end.
    async fn every_company_is_told(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.membership(OFFSHORE, carla, "user").await;
        let served = serve(desk).await;
        let token = desk.sign_in(CARLA).await;
        let mut carlas = served.live(&token).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let mut dirks = served.live(&desk.sign_in("dirk@vandijk.example").await).await;
        delete(desk, &desk.find(&token).await.unwrap(), PASSWORD).await.unwrap();
        annas.heard_until(r#"{"changed":[10001,"users"]}"#).await;
        dirks.heard_until(r#"{"changed":[10002,"users"]}"#).await;
        assert_eq!(carlas.next_change().await.as_deref(), Some(YOURS));
        while let Some(data) = carlas.next_change().await {
            assert_eq!(data, YOURS);
        }
        for by in [&anna, &dirk] {
            let newest = all_of_history(desk, by).await.rows.remove(0);
            assert_eq!(newest.event, Some(Event::AccountDeleted { company: Some(by.company()), account: carla }));
            assert_eq!(newest.address, None);
        }
    }

    /// U3: links for others that were mailed to an administrator who is gone.
    async fn what_an_administrator_held_for_others_opens_nothing(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
        let karim = UserForm { mail_to_administrators: Some("on".into()), ..form("karim@vandijk.example", "Karim Haddad") };
        users::add(desk, &anna, &karim).await.unwrap();
        let held = desk.expect_mail(&[("complete_registration", ANNA), ("complete_registration", BRAM)]).await.remove(1).token();
        delete(desk, &desk.visit(BRAM).await, PASSWORD).await.unwrap();
        assert_eq!(refused_link(registration::look(desk, &held).await), LinkState::Replaced);
        let token = desk.expect_invitation(ANNA).await;
        registration::look(desk, &token).await.unwrap();
    }

    /// U6: nor can anybody take the place of whoever is gone.
    async fn what_they_asked_of_a_successor_is_over(desk) {
        let scene = desk.scene().await;
        let carlas = desk.visit(CARLA).await;
        moving::hand_over(desk, &scene.bram, scene.carlas).await.unwrap();
        let token = desk.expect_mail(&[("succession_asked", CARLA)]).await.remove(0).token();
        delete(desk, &desk.visit(BRAM).await, PASSWORD).await.unwrap();
        assert_eq!(refused_link(confirming::look(desk, &token).await), LinkState::Withdrawn);
        let confirmed = confirming::confirm(desk, &here(), Some(&carlas), &token).await;
        assert_eq!(refused_link(confirmed), LinkState::Withdrawn);
    }

    /// What waited for somebody, and what told others of them, is not sent any more.
    async fn letters_that_waited_are_not_sent(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.forgot(CARLA).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'queued'")).await, 5);
        delete(desk, &desk.visit(CARLA).await, PASSWORD).await.unwrap();
        desk.no_mail().await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter")).await, 0);
        assert_eq!((desk.used(licence).await, desk.state_of(request).await.as_str()), (0, "accepted"));
        // R3: and there is nobody for whom it could be undone.
        assert_eq!(refused(requests::undo(desk, &scene.bram, request).await), Refusal::NothingToUndo);
    }
}
