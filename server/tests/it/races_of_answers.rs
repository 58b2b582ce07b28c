//! R5, R8 under races, as in [`crate::races`]: what answers several requests at once locks them in one order.

use crate::{
    races::{BATCH, both, in_batches, pairs},
    support::{COMPANY, Scene, TestDesk, accept, decline, on_both},
};
use futures::future::join_all;
use server::{
    Desk, Error,
    callers::{Administrator, Member},
    licences, products, requests, sql,
};
use shared::{
    LicenceId, ProductId, Refusal, RequestId,
    refusal::NotAll,
    requests::{Answer, Chosen, Decision, Outcome},
};
use tokio::task::JoinHandle;

/// The product and the licence of each pair of a batch; the product has `W` and the pair's place.
struct Arena {
    scene: Scene,
    other: Desk,
    products: Vec<(ProductId, LicenceId)>,
}

async fn arena(desk: &TestDesk, people: usize) -> Arena {
    let scene = desk.scene().await;
    desk.crowd(COMPANY, u32::try_from(pairs() * people).unwrap()).await;
    let mut products = Vec::new();
    for place in 0..BATCH {
        let product = desk.product(&scene.staff, &format!("Product {place}"), &[&format!("W {place}")]).await;
        let licence = desk.licence(&scene.staff, COMPANY, product, |form| form.company_wide_permitted = Some("on".into())).await;
        products.push((product, licence));
    }
    Arena { scene, other: desk.another(|_| {}).await, products }
}

fn decide(desk: &Desk, by: &Administrator, decision: Decision, requests: Vec<RequestId>) -> JoinHandle<server::Result<u32>> {
    let (desk, by) = (desk.clone(), by.clone());
    tokio::spawn(async move { requests::decide(&desk, &by, &decision, &Chosen::These(requests)).await })
}

async fn show(desk: &TestDesk, licence: LicenceId, shown: bool) {
    desk.execute(sql!("UPDATE licence SET shown = $1 WHERE id = $2", shown, licence)).await;
}

/// Two people ask for a document, while its licence is hidden, and then for the licence, the other way round: documents and licences of both.
async fn two_ask_twice(desk: &TestDesk, licence: LicenceId, document: &str, people: [&Member; 2]) -> [Vec<RequestId>; 2] {
    let [first, second] = people;
    show(desk, licence, false).await;
    let documents = vec![desk.ask_standard(first, document).await, desk.ask_standard(second, document).await];
    show(desk, licence, true).await;
    let licences = vec![desk.ask(second, licence).await, desk.ask(first, licence).await];
    [documents, licences]
}

/// How many it was done for, and why not for the others.
fn refused_each(outcome: server::Result<u32>) -> (u32, Vec<Refusal>) {
    match outcome {
        Err(Error::Refused(Refusal::Some(NotAll { done, examples, .. }))) => (done, examples.into_iter().map(|one| one.refusal).collect()),
        other => panic!("not a part of them: {other:?}"),
    }
}

on_both! {
    /// R5. Lock the portion alone in `decide::lock_requests`, and what it answers in `Answered::accept`, to see it fail on PostgreSQL: the two then
    /// wait for each other.
    async fn two_decide_what_answers_each_other(desk) {
        let arena = arena(desk, 2).await;
        in_batches("one accepts licences, the other declines documents in them", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (_, licence) = arena.products[number % BATCH];
                let people = [desk.one_of_the_crowd(2 * number + 1).await, desk.one_of_the_crowd(2 * number + 2).await];
                let document = format!("W {}", number % BATCH);
                let [documents, licences] = two_ask_twice(desk, licence, &document, [&people[0], &people[1]]).await;
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let (accepted, declined) = both(
                    number,
                    || decide(desk, anna, accept(), licences.clone()),
                    || decide(&arena.other, bram, decline("No"), documents.clone()),
                )
                .await;
                assert_eq!(accepted.unwrap(), 2);
                match declined {
                    Ok(done) => assert_eq!(done, 2),
                    Err(Error::Refused(_)) => {}
                    Err(error) => panic!("{error:?}"),
                }
                for request in documents {
                    let state = desk.state_of(request).await;
                    assert!(["accepted", "declined"].contains(&state.as_str()), "{state}");
                }
            }))
            .await;
        })
        .await;
        desk.letters_are_looked_at().await;
        arena.other.db.close().await;
    }

    /// R5, R8. Delete both locks in `Answering::with_collection` to see it fail on PostgreSQL: whoever comes second is not told what happened to each.
    async fn two_answer_the_same_several(desk) {
        let arena = arena(desk, 2).await;
        desk.licence(&arena.scene.staff, COMPANY, arena.scene.product, |_| {}).await;
        let want = Decision::Answer(Answer::Collection(arena.scene.product));
        in_batches("one gives a licence for two documents, the other wants them in a collection", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (_, licence) = arena.products[number % BATCH];
                let give = Decision::Answer(Answer::Licence(licence));
                show(desk, licence, false).await;
                let mut asked = Vec::new();
                for one in [2 * number + 1, 2 * number + 2] {
                    let member = desk.one_of_the_crowd(one).await;
                    asked.push(desk.ask_standard(&member, &format!("W {}", number % BATCH)).await);
                }
                let reversed: Vec<RequestId> = asked.iter().rev().copied().collect();
                let (anna, bram) = (&arena.scene.anna, &arena.scene.bram);
                let (given, wanted) = both(
                    number,
                    || decide(desk, anna, give.clone(), asked.clone()),
                    || decide(&arena.other, bram, want.clone(), reversed.clone()),
                )
                .await;
                let (won, lost, outcome) = match given {
                    Ok(won) => (won, wanted, Outcome::Accepted),
                    lost => (wanted.unwrap(), lost, Outcome::Forwarded),
                };
                assert_eq!((won, refused_each(lost)), (2, (0, vec![Refusal::Decided(outcome); 2])));
                for request in asked {
                    assert_eq!(desk.state_of(request).await, outcome.key());
                }
            }))
            .await;
        })
        .await;
        desk.letters_are_looked_at().await;
        arena.other.db.close().await;
    }

    /// L3, R8. Delete the second statement of `Deed::lock_product` to see it fail on PostgreSQL: what is asked then waits for somebody to give what
    /// everybody has.
    async fn it_comes_while_it_becomes_company_wide(desk) {
        let arena = arena(desk, 1).await;
        let numbers: Vec<String> = (0..pairs()).map(|number| format!("S {number}")).collect();
        desk.product(&arena.scene.staff, "Safety", &numbers.iter().map(String::as_str).collect::<Vec<_>>()).await;
        in_batches("a document comes into what becomes company-wide", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let (product, licence) = arena.products[number % BATCH];
                desk.execute(sql!("UPDATE licence SET company_wide_since = NULL WHERE id = $1", licence)).await;
                let document = format!("S {number}");
                let request = desk.ask_standard(&desk.one_of_the_crowd(number + 1).await, &document).await;
                let content = format!("number,title,language,status\n{document},What {document} says,nl,current\n");
                let file = products::stage(desk, &arena.scene.staff, product, "file.csv", content).await.unwrap();
                let import = || {
                    let (desk, staff) = (arena.other.clone(), arena.scene.staff.clone());
                    tokio::spawn(async move { products::apply(&desk, &staff, product, file).await })
                };
                let switch_on = || {
                    let (desk, anna) = (desk.another_hand(), arena.scene.anna.clone());
                    tokio::spawn(async move { licences::save_settings(&desk, &anna, licence, true, true).await })
                };
                let (imported, switched) = both(number, import, switch_on).await;
                imported.unwrap();
                switched.unwrap();
                let state = desk.state_of(request).await;
                assert!(["accepted", "granted"].contains(&state.as_str()), "{state}");
            }))
            .await;
        })
        .await;
        let granted = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'request_granted'")).await;
        println!("  {granted} times the file was first");
        desk.letters_are_looked_at().await;
        arena.other.db.close().await;
    }
}
