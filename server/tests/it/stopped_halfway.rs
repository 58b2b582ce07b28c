//! Something is done with very many, and goes wrong in a later portion: what was done before stays done, and those that were left are told, so
//! that they stay ticked.

use crate::support::{ANNA, COMPANY, TestDesk, accept, all_open, decline, on_both, refused};
use server::{Result, db::Value, licences, requests, sql, users};
use shared::{
    Refusal, RequestId,
    licences::{Chosen as ChosenPeople, PeopleQuery},
    refusal::{NotAll, Stopped},
    requests::{Chosen as ChosenRequests, Queue},
    users::{Chosen, UsersQuery},
};
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;
use uuid::Uuid;

/// To be followed by a condition.
const DEMOTE_ANNA: &str =
    "UPDATE membership SET role = 'user' WHERE account = (SELECT id FROM account WHERE username = 'anna@vandijk.example')";
const BREAK: &str = "UPDATE company SET name = NULL WHERE number = 10001";

/// This is done in the transaction of the change that makes it so.
async fn halfway(desk: &TestDesk, change: &str, is_so: &str, statement: &str) {
    let name = format!("halfway_{}", desk.new_id().simple());
    let (statement, trigger) = (format!("{statement} AND {is_so};"), format!("CREATE TRIGGER {name} AFTER {change} FOR EACH ROW"));
    let statements = if desk.db.is_postgres() {
        vec![
            format!("CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statement} RETURN NULL; END $$"),
            format!("{trigger} EXECUTE FUNCTION {name}()"),
        ]
    } else {
        vec![format!("{trigger} BEGIN {statement} END")]
    };
    for statement in statements {
        desk.execute(sql!(AssertSqlSafe(statement))).await;
    }
}

/// Each of the crowd has asked for what stands in this column, without a letter.
async fn crowd_has_asked(desk: &TestDesk, column: &str, what: impl Into<Value>) {
    let id = if desk.db.is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };
    let text = format!(
        "INSERT INTO request (id, company, account, {column}, state, asked_at, since, confirmed)
         SELECT {id}, 10001, id, $1, 'open', $2, $2, FALSE FROM account WHERE username LIKE 'crowd%'"
    );
    desk.execute(server::db::Query::new(AssertSqlSafe(text), vec![what.into(), desk.now().into()])).await;
}

#[track_caller]
fn not_all(outcome: Result<u32>) -> NotAll {
    let Refusal::Some(not_all) = refused(outcome) else { panic!("refused for something else") };
    not_all
}

/// How many were left, and why.
fn stopped(not_all: &NotAll) -> (u32, Option<Refusal>) {
    let Stopped { left, why } = not_all.stopped.as_deref().cloned().expect("it stopped");
    (left, why)
}

async fn open_requests(desk: &TestDesk) -> BTreeSet<Uuid> {
    let open: Vec<(Uuid,)> = desk.db.all(sql!("SELECT id FROM request WHERE state = 'open'")).await.unwrap();
    open.into_iter().map(|(id,)| id).collect()
}

on_both! {
    /// Answer with the error itself in `bulk::with_each` to see it fail: Anna would hear that she may not do this, and 1,000 are blocked.
    async fn people_who_were_blocked(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        desk.crowd(COMPANY, 1200).await;
        let is_so = "700 = (SELECT COUNT(*) FROM membership WHERE blocked_at IS NOT NULL)";
        halfway(desk, "UPDATE OF blocked_at ON membership", is_so, DEMOTE_ANNA).await;
        let crowd = Chosen::Found(UsersQuery { search: "crowd".into(), ..UsersQuery::default() });
        let all = not_all(users::block_chosen(desk, &anna, &crowd).await);
        assert_eq!((all.done, all.refused, all.ids().len()), (1000, 0, 200));
        assert_eq!(stopped(&all), (200, Some(Refusal::NotAllowed)));
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM membership WHERE blocked_at IS NOT NULL")).await, 1000);
    }

    /// R5 as well: five that were open when *Select all* was pressed had been decided when it began. Answer with the error itself in
    /// `decide::decide_all` to see it fail.
    async fn requests_that_were_accepted(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.crowd(COMPANY, 459).await;
        crowd_has_asked(desk, "licence", licence).await;
        let annas = desk.ask(&desk.member(COMPANY, ANNA).await, licence).await;
        halfway(desk, "UPDATE OF state ON request", "250 = (SELECT COUNT(*) FROM request WHERE state = 'accepted')", DEMOTE_ANNA).await;
        let chosen = ChosenRequests::AllOpen { queue: Queue::Licences, newest: RequestId(Uuid::max()), expected: Some(465) };
        let all = not_all(requests::decide(desk, &scene.anna, &accept(), &chosen).await);
        // Portions of 200. Hers has the time in its id and is among the first.
        assert_eq!((all.done, all.refused, all.meanwhile, stopped(&all)), (399, 1, 5, (60, Some(Refusal::NotAllowed))));
        assert_eq!((all.examples[0].id, &all.examples[0].refusal), (annas.0, &Refusal::OwnRequest));
        assert_eq!(all.ids().into_iter().collect::<BTreeSet<_>>(), open_requests(desk).await);
        assert_eq!(desk.used(licence).await, 399);
        desk.letters_are_looked_at().await;
    }

    /// What was refused in a portion that came to nothing is left, and told once.
    async fn documents_that_were_declined(desk) {
        let scene = desk.scene().await;
        desk.crowd(COMPANY, 250).await;
        let document = desk.document("NEN 1").await;
        crowd_has_asked(desk, "document", document).await;
        // Hers is in the last portion, and the first there.
        let annas = "INSERT INTO request (id, company, account, document, state, asked_at, since, confirmed)
                     VALUES ($1, 10001, $2, $3, 'open', 0, 0, FALSE)";
        desk.execute(sql!(annas, Uuid::max(), desk.id_of(ANNA).await, document)).await;
        halfway(desk, "UPDATE OF state ON request", "230 = (SELECT COUNT(*) FROM request WHERE state = 'declined')", BREAK).await;
        let all = not_all(requests::decide(desk, &scene.anna, &decline("Too many"), &all_open(Queue::Documents)).await);
        assert_eq!((all.done, all.refused, all.meanwhile, stopped(&all)), (200, 0, 0, (51, None)));
        assert_eq!(all.ids().into_iter().collect::<BTreeSet<_>>(), open_requests(desk).await);
        desk.letters_are_looked_at().await;
    }

    /// Answer with the error itself in `access::with_each` to see it fail.
    async fn access_that_was_given_and_taken_away(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.crowd(COMPANY, 1200).await;
        halfway(desk, "INSERT ON access", "700 = (SELECT COUNT(*) FROM access)", DEMOTE_ANNA).await;
        let crowd = |without| ChosenPeople::Found(PeopleQuery { search: "crowd".into(), without, page: 1 });
        let all = not_all(licences::give(desk, &scene.anna, licence, &crowd(true)).await);
        assert_eq!((all.done, all.refused, all.ids().len(), stopped(&all)), (1000, 0, 200, (200, Some(Refusal::NotAllowed))));
        assert_eq!(desk.used(licence).await, 1000);

        halfway(desk, "DELETE ON access", "300 = (SELECT COUNT(*) FROM access)", BREAK).await;
        let all = not_all(licences::remove(desk, &scene.bram, licence, &crowd(false)).await);
        assert_eq!((all.done, all.refused, all.ids().len(), stopped(&all)), (500, 0, 500, (500, None)));
        assert_eq!(desk.used(licence).await, 500);
    }
}
