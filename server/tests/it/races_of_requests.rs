//! R4, R5, L3, L6 under races, as in [`crate::races`]: two processes, pair after pair.

use crate::{
    races::{BATCH, both, in_batches, pairs},
    support::{COMPANY, Scene, TestDesk, accept, decline, on_both, refused},
};
use futures::future::join_all;
use server::{
    Desk,
    callers::{Administrator, Member},
    licences, requests, sql, users,
};
use shared::{
    AccountId, LicenceId, Refusal, RequestId,
    licences::Chosen,
    requests::{Chosen as ChosenRequests, Decision, Outcome},
};
use tokio::task::JoinHandle;

type Done<T> = JoinHandle<server::Result<T>>;

/// The scene, the other process, a crowd of whom each pair has its own people, and a licence for each pair of a batch.
struct Arena<'a> {
    desk: &'a TestDesk,
    other: Desk,
    scene: Scene,
    licences: Vec<LicenceId>,
}

/// Somebody of the crowd.
struct Applicant {
    member: Member,
    account: AccountId,
}

/// `people` for each pair.
async fn arena<'a>(desk: &'a TestDesk, seats: &str, people: usize) -> Arena<'a> {
    let scene = desk.scene().await;
    desk.crowd(COMPANY, u32::try_from(pairs() * people).unwrap()).await;
    let mut licences = Vec::new();
    for number in 0..BATCH {
        let product = desk.product(&scene.staff, &format!("Product {number}"), &[]).await;
        let change = |form: &mut shared::licences::LicenceForm| {
            (form.seats, form.company_wide_permitted) = (seats.to_owned(), Some("on".into()));
        };
        licences.push(desk.licence(&scene.staff, COMPANY, product, change).await);
    }
    Arena { desk, other: desk.another(|_| {}).await, scene, licences }
}

impl Arena<'_> {
    async fn applicant(&self, number: usize) -> Applicant {
        let account = self.desk.id_of(&format!("crowd{}@vandijk.example", number + 1)).await;
        Applicant { member: self.desk.one_of_the_crowd(number + 1).await, account }
    }

    /// The pair's licence, as if nobody had ever had it.
    async fn unused(&self, number: usize) -> LicenceId {
        let licence = self.licences[number % BATCH];
        self.desk.execute(sql!("DELETE FROM access WHERE licence = $1", licence)).await;
        self.desk.execute(sql!("UPDATE request SET state = 'withdrawn' WHERE licence = $1", licence)).await;
        self.desk.execute(sql!("UPDATE licence SET company_wide_since = NULL WHERE id = $1", licence)).await;
        licence
    }

    fn decide(&self, desk: &Desk, by: &Administrator, decision: Decision, request: RequestId) -> Done<u32> {
        let (desk, by) = (desk.clone(), by.clone());
        tokio::spawn(async move { requests::decide(&desk, &by, &decision, &ChosenRequests::These(vec![request])).await })
    }

    fn give(&self, desk: &Desk, by: &Administrator, licence: LicenceId, account: AccountId) -> Done<u32> {
        let (desk, by) = (desk.clone(), by.clone());
        tokio::spawn(async move { licences::give(&desk, &by, licence, &Chosen::These(vec![account])).await })
    }

    fn ask(&self, desk: &Desk, member: &Member, licence: LicenceId) -> Done<RequestId> {
        let (desk, member) = (desk.clone(), member.clone());
        tokio::spawn(async move { requests::ask_licence(&desk, &member, licence, "").await })
    }

    fn undo(&self, desk: &Desk, by: &Administrator, request: RequestId) -> Done<()> {
        let (desk, by) = (desk.clone(), by.clone());
        tokio::spawn(async move { requests::undo(&desk, &by, request).await })
    }

    /// So many letters of a kind about a request.
    async fn letters(&self, kind: &str, request: RequestId) -> i64 {
        self.desk.count(sql!("SELECT COUNT(*) FROM letter WHERE kind = $1 AND request = $2", kind, request)).await
    }

    async fn accesses(&self, request: RequestId) -> i64 {
        self.desk.count(sql!("SELECT COUNT(*) FROM access WHERE request = $1", request)).await
    }

    async fn kinds(&self, account: AccountId) -> Vec<String> {
        self.desk.kinds_of(account).await
    }

    async fn end(self) {
        self.desk.letters_are_looked_at().await;
        self.other.db.close().await;
    }
}

/// Who won, and why the other lost.
#[track_caller]
fn winner<T: std::fmt::Debug>(outcomes: (server::Result<T>, server::Result<T>)) -> (usize, Refusal) {
    match outcomes {
        (Ok(_), lost) => (0, refused(lost)),
        (lost, Ok(_)) => (1, refused(lost)),
        neither => panic!("nobody won: {neither:?}"),
    }
}

on_both! {
    /// R5. Delete both `lock_requests` in `decide::Ready::lock` to see it fail on PostgreSQL: the loser then finds that somebody was first, and not
    /// what happened. With a limit of seats in every other pair, where the licence is locked and not just held.
    async fn a_request_is_decided_once(desk) {
        let arena = arena(desk, "", 1).await;
        for licence in arena.licences.iter().step_by(2) {
            desk.execute(sql!("UPDATE licence SET seats = 9 WHERE id = $1", *licence)).await;
        }
        in_batches("one accepts, the other declines", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes = both(number, || arena.decide(desk, anna, accept(), request), || arena.decide(&arena.other, bram, decline("No"), request)).await;
                let (won, lost) = winner(outcomes);
                let (kind, outcome) = [("request_accepted", Outcome::Accepted), ("request_declined", Outcome::Declined)][won];
                assert_eq!(lost, Refusal::Decided(outcome));
                assert_eq!(desk.state_of(request).await, outcome.key());
                assert_eq!(arena.accesses(request).await, i64::from(won == 0));
                assert_eq!(arena.letters("request_accepted", request).await + arena.letters("request_declined", request).await, 1);
                assert_eq!(arena.letters(kind, request).await, 1);
                assert_eq!(arena.kinds(applicant.account).await, [kind, "request_made"]);
            }))
            .await;
        })
        .await;
        let accepted = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'request_accepted'")).await;
        println!("  {accepted} times accepting was first");
        arena.end().await;
    }

    /// The same line, where both accept: one access, one letter.
    async fn a_request_is_accepted_once(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("both accept", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes = both(number, || arena.decide(desk, anna, accept(), request), || arena.decide(&arena.other, bram, accept(), request)).await;
                assert_eq!(winner(outcomes).1, Refusal::Decided(Outcome::Accepted));
                assert_eq!((arena.accesses(request).await, arena.letters("request_accepted", request).await), (1, 1));
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// L6. Delete `lock_licence` in `decide::lock_licences` to see it fail on PostgreSQL: both count the seats before either takes one.
    async fn the_last_seat_is_taken_once(desk) {
        let arena = arena(desk, "1", 2).await;
        in_batches("two requests for one seat", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let licence = arena.unused(number).await;
                let (first, second) = (arena.applicant(2 * number).await, arena.applicant(2 * number + 1).await);
                let (one, two) = (desk.ask(&first.member, licence).await, desk.ask(&second.member, licence).await);
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes = both(number, || arena.decide(desk, anna, accept(), one), || arena.decide(&arena.other, bram, accept(), two)).await;
                let (won, lost) = winner(outcomes);
                assert_eq!(lost, Refusal::NoSeat { seats: 1, used: 1 });
                assert_eq!(desk.used(licence).await, 1);
                assert_eq!(desk.state_of([two, one][won]).await, "open");
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// L6. Delete `lock_licence` in `access::with_portion` to see it fail on PostgreSQL.
    async fn the_last_seat_is_given_or_taken(desk) {
        let arena = arena(desk, "1", 2).await;
        in_batches("one gives, the other accepts", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let licence = arena.unused(number).await;
                let (asks, gets) = (arena.applicant(2 * number).await, arena.applicant(2 * number + 1).await);
                let request = desk.ask(&asks.member, licence).await;
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes =
                    both(number, || arena.give(desk, anna, licence, gets.account), || arena.decide(&arena.other, bram, accept(), request)).await;
                assert_eq!(winner(outcomes).1, Refusal::NoSeat { seats: 1, used: 1 });
                assert_eq!(desk.used(licence).await, 1);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// L2. The same line: somebody who asked is given it, while somebody else accepts just that.
    async fn what_is_asked_is_given_or_accepted(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("one gives what the other accepts", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes =
                    both(number, || arena.give(desk, anna, licence, applicant.account), || arena.decide(&arena.other, bram, accept(), request)).await;
                let (won, lost) = winner(outcomes);
                assert_eq!(lost, [Refusal::Decided(Outcome::Accepted), Refusal::HasAccess][won]);
                assert_eq!((arena.accesses(request).await, arena.letters("request_accepted", request).await), (1, 1));
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R4, R5. Delete `lock_requests` in `ask::withdraw` to see it fail on PostgreSQL, as the first of these.
    async fn it_is_accepted_or_withdrawn(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("an administrator accepts what is taken back", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                let withdraw = || {
                    let (desk, member) = (arena.other.clone(), applicant.member.clone());
                    tokio::spawn(async move { requests::withdraw(&desk, &member, request).await.map(|()| 1) })
                };
                let (won, lost) = winner(both(number, || arena.decide(desk, &arena.scene.anna, accept(), request), withdraw).await);
                let outcome = [Outcome::Accepted, Outcome::Withdrawn][won];
                assert_eq!((lost, desk.state_of(request).await.as_str()), (Refusal::Decided(outcome), outcome.key()));
                assert_eq!(arena.accesses(request).await, i64::from(won == 0));
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R4: a double click. Delete `ON CONFLICT DO NOTHING` in `ask::put_in` to see it fail on PostgreSQL: the second ends in an error of the
    /// database; without the index `request_once` there are two.
    async fn somebody_asks_once(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("the same person asks twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let member = &applicant.member;
                let outcomes = both(number, || arena.ask(desk, member, licence), || arena.ask(&arena.other, member, licence)).await;
                assert_eq!(winner(outcomes).1, Refusal::AlreadyAsked);
                assert_eq!(arena.kinds(applicant.account).await, ["request_made"]);
                let letters = sql!("SELECT COUNT(*) FROM letter WHERE subject_account = $1", applicant.account);
                assert_eq!(desk.count(letters).await, 3);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// L3. Delete `hold_licence` in `ask::ask_licence` to see it fail on PostgreSQL: what is asked meanwhile is then granted by nobody.
    async fn nobody_waits_for_what_everybody_has(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("somebody asks for what becomes company-wide", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let switch_on = || {
                    let (desk, anna) = (arena.other.clone(), arena.scene.anna.clone());
                    tokio::spawn(async move { licences::save_settings(&desk, &anna, licence, true, true).await })
                };
                let (asked, switched) = both(number, || arena.ask(desk, &applicant.member, licence), switch_on).await;
                switched.unwrap();
                match asked {
                    Ok(request) => {
                        assert_eq!(desk.state_of(request).await, "granted");
                        assert_eq!(arena.letters("request_accepted", request).await, 1);
                    }
                    late => assert_eq!(refused(late), Refusal::HasAccess),
                }
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM request WHERE licence = $1 AND state = 'open'", licence)).await, 0);
            }))
            .await;
        })
        .await;
        let granted = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'request_granted'")).await;
        println!("  {granted} times asking was first");
        arena.end().await;
    }

    /// R7. Delete the lock in `Deed::hold_company` to see it fail on PostgreSQL: the two then wait for each other, or access is put in for somebody
    /// who is gone, and either ends in an error of the database.
    async fn whoever_is_removed_has_nothing(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("one accepts, the other removes", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                let remove = || {
                    let (desk, bram, account) = (arena.other.clone(), arena.scene.bram.clone(), applicant.account);
                    tokio::spawn(async move { users::remove(&desk, &bram, account).await })
                };
                let (accepted, removed) = both(number, || arena.decide(desk, &arena.scene.anna, accept(), request), remove).await;
                removed.unwrap();
                let state = desk.state_of(request).await;
                match accepted {
                    Ok(done) => assert_eq!((done, state.as_str()), (1, "accepted")),
                    late => assert_eq!((refused(late), state.as_str()), (Refusal::Decided(Outcome::Lapsed), "lapsed")),
                }
                assert_eq!(arena.accesses(request).await, 0);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R7. The same line, of whoever asks while they are removed: without it a request stays open that nobody can lapse.
    async fn whoever_is_removed_asks_nothing(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("somebody asks and is removed", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let remove = || {
                    let (desk, bram, account) = (arena.other.clone(), arena.scene.bram.clone(), applicant.account);
                    tokio::spawn(async move { users::remove(&desk, &bram, account).await })
                };
                let (asked, removed) = both(number, || arena.ask(desk, &applicant.member, licence), remove).await;
                removed.unwrap();
                match asked {
                    Ok(request) => assert_eq!(desk.state_of(request).await, "lapsed"),
                    late => assert_eq!(refused(late), Refusal::NotAllowed),
                }
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R3. Delete `lock_licences` and `lock_requests` in `undo::undo` to see it fail on PostgreSQL: the second then finds that somebody was first,
    /// and not that there is nothing to undo.
    async fn a_decision_is_undone_once(desk) {
        let arena = arena(desk, "", 1).await;
        desk.product(&arena.scene.staff, "Safety", &["S 1"]).await;
        in_batches("both undo", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let (request, decision) = if number % 4 < 2 {
                    (desk.ask(&applicant.member, licence).await, accept())
                } else {
                    (desk.ask_standard(&applicant.member, "S 1").await, decline(""))
                };
                desk.decide(&arena.scene.anna, &decision, request).await.unwrap();
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let outcomes = both(number, || arena.undo(desk, anna, request), || arena.undo(&arena.other, bram, request)).await;
                assert_eq!(winner(outcomes).1, Refusal::NothingToUndo);
                assert_eq!((desk.state_of(request).await.as_str(), arena.accesses(request).await), ("open", 0));
                assert_eq!(arena.letters("request_reopened", request).await, 1);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R3, R4: undone while whoever lost the access asks anew. Delete `lock_licences` and `is_duplicate` in `undo::undo` to see it fail on
    /// PostgreSQL: it ends in an error of the database.
    async fn undone_or_asked_anew(desk) {
        let arena = arena(desk, "", 1).await;
        in_batches("somebody asks anew while it is undone", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (licence, applicant) = (arena.unused(number).await, arena.applicant(number).await);
                let request = desk.ask(&applicant.member, licence).await;
                desk.decide(&arena.scene.anna, &accept(), request).await.unwrap();
                desk.take_away(&arena.scene.anna, licence, applicant.account).await.unwrap();
                let bram = &arena.scene.bram;
                match both(number, || arena.undo(desk, bram, request), || arena.ask(&arena.other, &applicant.member, licence)).await {
                    (Ok(()), asked) => assert_eq!(refused(asked), Refusal::AlreadyAsked),
                    (undone, Ok(_)) => assert_eq!(refused(undone), Refusal::NothingToUndo),
                    neither => panic!("nobody won: {neither:?}"),
                }
                let open = sql!("SELECT COUNT(*) FROM request WHERE account = $1 AND state = 'open'", applicant.account);
                assert_eq!(desk.count(open).await, 1);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// L6: no seat is taken twice, whoever comes first. Nothing here fails without the locks in `undo::undo`: a seat only comes free.
    async fn a_seat_that_comes_free_is_taken_once(desk) {
        let arena = arena(desk, "1", 2).await;
        in_batches("one undoes, the other accepts", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let licence = arena.unused(number).await;
                let (first, second) = (arena.applicant(2 * number).await, arena.applicant(2 * number + 1).await);
                let (one, two) = (desk.ask(&first.member, licence).await, desk.ask(&second.member, licence).await);
                desk.decide(&arena.scene.anna, &accept(), one).await.unwrap();
                let accept_two = || arena.decide(&arena.other, &arena.scene.bram, accept(), two);
                let (undone, accepted) = both(number, || arena.undo(desk, &arena.scene.anna, one), accept_two).await;
                undone.unwrap();
                match accepted {
                    Ok(_) => assert_eq!(desk.used(licence).await, 1),
                    early => {
                        assert_eq!(refused(early), Refusal::NoSeat { seats: 1, used: 1 });
                        assert_eq!(desk.used(licence).await, 0);
                    }
                }
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R8. Delete both locks in `Answering::with_collection` to see it fail on PostgreSQL where both want it in a collection: the loser is not told
    /// what happened. Of whoever gives a licence the other waits for the licence already.
    async fn a_standard_is_answered_once(desk) {
        let arena = arena(desk, "", 1).await;
        let safety = desk.product(&arena.scene.staff, "Safety", &["S 1"]).await;
        desk.licence(&arena.scene.staff, COMPANY, arena.scene.product, |_| {}).await;
        let hidden = desk.licence(&arena.scene.staff, COMPANY, safety, |_| {}).await;
        licences::save_settings(desk, &arena.scene.anna, hidden, false, false).await.unwrap();
        let collection = format!("collection:{}", arena.scene.product);
        in_batches("one gives a licence or wants it in a collection, the other wants it in a collection", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let applicant = arena.applicant(number).await;
                let request = desk.ask_standard(&applicant.member, "S 1").await;
                let answer = |desk: &Desk, by: &Administrator, choice: String| {
                    let (desk, by) = (desk.clone(), by.clone());
                    tokio::spawn(async move { requests::answer_standard(&desk, &by, request, &choice).await })
                };
                let gives = number % 4 < 2;
                let outcomes = both(
                    number,
                    || answer(desk, &arena.scene.anna, if gives { format!("licence:{hidden}") } else { collection.clone() }),
                    || answer(&arena.other, &arena.scene.bram, collection.clone()),
                )
                .await;
                let (won, lost) = winner(outcomes);
                let given = gives && won == 0;
                let outcome = if given { Outcome::Accepted } else { Outcome::Forwarded };
                assert_eq!((lost, desk.state_of(request).await.as_str()), (Refusal::Decided(outcome), outcome.key()));
                assert_eq!(arena.accesses(request).await, i64::from(given));
            }))
            .await;
        })
        .await;
        arena.end().await;
    }

    /// R8: staff confirm what its administrator takes back. Delete `lock_licences` in `undo::undo` and
    /// `lock_requests` in `by_others::lock_waiting` to see it fail on PostgreSQL.
    async fn a_standard_is_confirmed_or_taken_back(desk) {
        let arena = arena(desk, "", 1).await;
        desk.licence(&arena.scene.staff, COMPANY, arena.scene.product, |_| {}).await;
        let numbers: Vec<String> = (0..pairs()).map(|number| format!("S {number}")).collect();
        desk.product(&arena.scene.staff, "Safety", &numbers.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let collection = format!("collection:{}", arena.scene.product);
        in_batches("staff confirm what is taken back", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let applicant = arena.applicant(number).await;
                let request = desk.ask_standard(&applicant.member, &format!("S {number}")).await;
                requests::answer_standard(desk, &arena.scene.anna, request, &collection).await.unwrap();
                let confirm = || {
                    let (desk, staff, product) = (arena.other.clone(), arena.scene.staff.clone(), arena.scene.product);
                    tokio::spawn(async move { requests::conclude_standard(&desk, &staff, request, product, true, "").await })
                };
                let (won, lost) = winner(both(number, || arena.undo(desk, &arena.scene.bram, request), confirm).await);
                assert_eq!(lost, [Refusal::Decided(Outcome::Open), Refusal::NothingToUndo][won]);
                assert_eq!(desk.state_of(request).await, ["open", "accepted"][won]);
                let here = "SELECT COUNT(*) FROM product_document i JOIN request r ON r.document = i.document WHERE r.id = $1 AND i.product = $2";
                assert_eq!(desk.count(sql!(here, request, arena.scene.product)).await, i64::from(won == 1));
            }))
            .await;
        })
        .await;
        arena.end().await;
    }
}
