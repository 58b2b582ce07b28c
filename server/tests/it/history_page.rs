//! H1: who reads what of history.

use crate::support::{ANNA, COMPANY, OFFSHORE, TestDesk, form, here, on_both};
use server::{callers::Administrator, history, sign_in, sql, users};
use shared::history::{EXPORT_LIMIT, HistoryPage, HistoryQuery, PAGE_SIZE, Period};

const CARLA: &str = "carla@vandijk.example";

async fn page(desk: &TestDesk, by: &Administrator, query: &HistoryQuery) -> HistoryPage {
    history::of_company(desk, by, query).await.unwrap()
}

/// The kinds that a company's page shows, the newest first.
async fn kinds(desk: &TestDesk, by: &Administrator, query: &HistoryQuery) -> Vec<&'static str> {
    page(desk, by, query).await.rows.into_iter().map(|row| row.event.unwrap().kind()).collect()
}

fn of_person(person: &str) -> HistoryQuery {
    HistoryQuery { person: person.into(), ..HistoryQuery::default() }
}

fn of_kind(kind: &str) -> HistoryQuery {
    HistoryQuery { kind: kind.into(), ..HistoryQuery::default() }
}

on_both! {
    async fn a_company_reads_what_was_done_in_it(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.lock(CARLA).await;
        users::unlock(desk, &anna, carla).await.unwrap();
        desk.save(&anna, carla, |form| form.role = "administrator".into()).await.unwrap();
        desk.visit(CARLA).await.sign_out(desk).await.unwrap();
        users::remove(desk, &anna, carla).await.unwrap();
        let expected = ["user_removed", "signed_out", "signed_in", "user_edited", "account_unlocked", "account_locked", "registration_completed", "user_added"];
        assert_eq!(kinds(desk, &anna, &of_person("carla")).await, expected);
        let all = page(desk, &anna, &HistoryQuery::default()).await;
        assert_eq!((all.found, all.page, all.pages), (9, 1, 1));
        let removal = &all.rows[0];
        assert_eq!(removal.actor.as_ref().map(|who| (who.username.as_str(), who.name.as_str())), Some((ANNA, "Anna de Vries")));
        let subject = removal.subject.as_ref().unwrap();
        assert_eq!((subject.username.as_str(), subject.id), (CARLA, carla));
        assert_eq!((removal.address.as_deref(), removal.at), (Some("192.0.2.1"), desk.local(desk.now())));
        let lock = all.rows.iter().find(|row| row.event.as_ref().unwrap().kind() == "account_locked").unwrap();
        assert_eq!(lock.actor, None, "whoever guessed is nobody yet");
    }

    /// What somebody does with their account alone is a company's business only where nobody else has a say in the account.
    async fn deeds_of_an_account_alone_are_its_only_companys(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        let alone = async || {
            desk.visit(CARLA).await.sign_out(desk).await.unwrap();
            desk.lock(CARLA).await;
            desk.forgot(CARLA).await;
            let new = "Vlonder-Negen-Reiger-17";
            let token = desk.expect_reset(CARLA).await;
            server::reset::set(desk, &here(), &token, new, new).await.unwrap();
            desk.execute(sql!("UPDATE account SET password_hash = $1 WHERE id = $2", crate::support::hash(desk).await, carla)).await;
            desk.new_deeds().await.len()
        };
        desk.new_deeds().await;
        assert_eq!(alone().await, 5);
        assert_eq!(page(desk, &anna, &of_person("carla")).await.found, 7);
        desk.membership(OFFSHORE, carla, "user").await;
        assert_eq!(alone().await, 5);
        desk.execute(sql!("DELETE FROM membership WHERE account = $1 AND company = 10002", carla)).await;
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", carla)).await;
        assert_eq!(alone().await, 5);
        desk.execute(sql!("UPDATE account SET staff = FALSE WHERE id = $1", carla)).await;
        desk.execute(sql!("DELETE FROM membership WHERE account = $1", carla)).await;
        assert_eq!(alone().await, 5);
        assert_eq!(page(desk, &anna, &of_person("carla")).await.found, 7);
        assert_eq!(page(desk, &dirk, &of_person("carla")).await.found, 0);
        let staff = desk.staff().await;
        assert_eq!(history::of_all(desk, &staff, &of_person("carla")).await.unwrap().found, 22);
    }

    /// G2, H1: what was done with the account that many share is said to be so.
    async fn a_general_account_is_said_to_be_one(desk) {
        let anna = desk.office().await;
        desk.general_account("vandijk-balie").await;
        desk.sign_in("vandijk-balie").await;
        let rows = page(desk, &anna, &of_kind("signed_in")).await.rows;
        let general: Vec<_> = rows.iter().map(|row| row.subject.as_ref().map(|who| (who.username.as_str(), who.general))).collect();
        assert_eq!(general, [Some(("vandijk-balie", true)), Some((ANNA, false))]);
    }

    async fn another_companys_is_never_read_and_staff_read_all(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        desk.registered(&anna, CARLA).await;
        desk.registered(&dirk, "daan@vandijk.example").await;
        let staff = desk.staff().await;
        for (by, own, other) in [(&anna, CARLA, "daan@"), (&dirk, "daan@vandijk.example", "carla@")] {
            assert_eq!(page(desk, by, &of_person(other)).await.found, 0);
            let own_rows = kinds(desk, by, &of_person(own)).await;
            assert_eq!(own_rows, ["registration_completed", "user_added"]);
            let exported = history::export_of_company(desk, by, &HistoryQuery { period: Period::All, ..HistoryQuery::default() }).await.unwrap();
            assert_eq!(exported.len(), 3);
            assert!(exported.iter().all(|row| !row.subject.as_ref().unwrap().username.starts_with(other)));
        }
        let everything = HistoryQuery { period: Period::All, ..HistoryQuery::default() };
        let all = desk.count(sql!("SELECT COUNT(*) FROM history")).await;
        assert_eq!(i64::from(history::of_all(desk, &staff, &everything).await.unwrap().found), all);
        assert_eq!(history::export_of_all(desk, &staff, &everything).await.unwrap().len(), usize::try_from(all).unwrap());
    }

    async fn it_is_filtered_by_person_and_kind(desk) {
        let anna = desk.office().await;
        users::add(desk, &anna, &form(CARLA, "Çarla 100%")).await.unwrap();
        users::add(desk, &anna, &form("daan_x@vandijk.example", "Daan")).await.unwrap();
        desk.letters_are_looked_at().await;
        for (query, found) in [
            (of_person("carla"), 1),
            (of_person(" ÇARLA 100% "), 1),
            (of_person("%"), 1),
            (of_person("_"), 1),
            (of_person("anna"), 3),
            (of_person("vries anna"), 3),
            (of_person("anna nobody"), 0),
            (of_person("nobody"), 0),
            (of_kind("user_added"), 2),
            (of_kind("signed_in"), 1),
            (of_kind("' OR 1=1 --"), 0),
            (HistoryQuery { person: "daan".into(), ..of_kind("user_added") }, 1),
            (HistoryQuery { person: "daan".into(), ..of_kind("signed_in") }, 0),
            (of_person(&"x".repeat(100_000)), 0),
        ] {
            let shown = page(desk, &anna, &query).await;
            assert_eq!((shown.found, shown.rows.len()), (found, found as usize), "{query:?}");
        }
    }

    /// By id nobody is mistaken for another, and nobody of another company is found.
    async fn it_is_filtered_by_account(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        let annas = desk.id_of(ANNA).await;
        desk.add(&anna, "another.carla@vandijk.example").await;
        desk.letters_are_looked_at().await;
        let of = |account| HistoryQuery { account: Some(account), ..HistoryQuery::default() };
        assert_eq!(kinds(desk, &anna, &of(carla)).await, ["registration_completed", "user_added"]);
        assert_eq!(kinds(desk, &anna, &of(annas)).await, ["user_added", "user_added", "signed_in"], "what was done, and what was suffered");
        assert_eq!(page(desk, &anna, &HistoryQuery { account: Some(annas), ..of_kind("user_added") }).await.found, 2);
        assert_eq!(page(desk, &dirk, &of(carla)).await.found, 0);
        let staff = desk.staff().await;
        assert_eq!(history::of_all(desk, &staff, &of(carla)).await.unwrap().found, 2);
    }

    /// Nobody counts further than an export goes.
    async fn what_is_too_much_is_not_counted(desk) {
        let anna = desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let id = if desk.db.is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };
        let many = format!(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)
             INSERT INTO history (id, at, company, actor, subject, kind, event)
             SELECT {id}, CAST($2 AS BIGINT) - i, 10001, $3, $3, 'signed_out', '{{}}' FROM n"
        );
        desk.execute(sql!(sqlx::AssertSqlSafe(many), EXPORT_LIMIT + 500, desk.now(), annas)).await;
        for query in [HistoryQuery::default(), of_kind("signed_out"), of_person("anna")] {
            let shown = page(desk, &anna, &HistoryQuery { page: u32::MAX, ..query }).await;
            assert_eq!((shown.found, shown.pages, shown.page), (EXPORT_LIMIT + 1, EXPORT_LIMIT / PAGE_SIZE, EXPORT_LIMIT / PAGE_SIZE));
            assert_eq!(shown.rows.len(), PAGE_SIZE as usize);
        }
        let exported = history::export_of_company(desk, &anna, &HistoryQuery::default()).await.unwrap();
        assert_eq!(exported.len(), EXPORT_LIMIT as usize);
    }

    async fn it_is_filtered_by_period(desk) {
        let anna = desk.office().await;
        let day = 24 * 3600;
        for (days, period) in [(0, Period::All), (8, Period::Week), (24, Period::Month), (61, Period::Quarter), (274, Period::Year)] {
            desk.clock.advance_seconds(days * day);
            let query = HistoryQuery { period, ..HistoryQuery::default() };
            assert_eq!(page(desk, &anna, &query).await.found, u32::from(period == Period::All), "{period:?}");
            let longer = HistoryQuery { period: Period::All, ..query };
            assert_eq!(page(desk, &anna, &longer).await.found, 1);
        }
    }

    async fn pages_never_overlap_and_the_newest_is_first(desk) {
        let anna = desk.office().await;
        desk.crowd(COMPANY, PAGE_SIZE * 2 + 20).await;
        let crowd = shared::users::Chosen::Found(shared::users::UsersQuery { search: "crowd".into(), ..Default::default() });
        // Everything of one deed has the same moment.
        users::block_chosen(desk, &anna, &crowd).await.unwrap();
        let mut seen = std::collections::HashSet::new();
        for number in 1..=3 {
            let shown = page(desk, &anna, &HistoryQuery { page: number, ..of_kind("user_edited") }).await;
            assert_eq!((shown.found, shown.page, shown.pages), (120, number, 3));
            seen.extend(shown.rows.into_iter().map(|row| row.subject.unwrap().id));
        }
        assert_eq!(seen.len(), 120);
        for (asked, given) in [(0, 1), (4, 3), (u32::MAX, 3)] {
            assert_eq!(page(desk, &anna, &HistoryQuery { page: asked, ..HistoryQuery::default() }).await.page, given);
        }
        assert_eq!(kinds(desk, &anna, &HistoryQuery { page: 3, ..HistoryQuery::default() }).await.last(), Some(&"signed_in"));
    }

    /// What a newer program wrote stands there without its words.
    async fn a_kind_that_is_not_known_is_still_a_row(desk) {
        let anna = desk.office().await;
        desk.execute(sql!("UPDATE history SET kind = 'levitated', event = $1", r#"{"kind":"levitated","account":"x"}"#)).await;
        let shown = page(desk, &anna, &HistoryQuery::default()).await;
        assert_eq!((shown.rows.len(), &shown.rows[0].event), (1, &None));
    }

    async fn network_addresses_are_forgotten_after_180_days(desk) {
        let anna = desk.office().await;
        let addresses = async || page(desk, &anna, &HistoryQuery { period: Period::All, ..HistoryQuery::default() }).await.rows;
        desk.clock.advance_seconds(179 * 24 * 3600);
        sign_in::sign_in(desk, &crate::support::from_address(7), ANNA, crate::support::PASSWORD).await.unwrap();
        history::sweep(desk).await.unwrap();
        assert!(addresses().await.iter().all(|row| row.address.is_some()));
        desk.clock.advance_seconds(24 * 3600);
        history::sweep(desk).await.unwrap();
        let kept: Vec<_> = addresses().await.into_iter().map(|row| row.address).collect();
        assert_eq!(kept, [Some("192.0.2.7".to_owned()), None]);
    }
}
