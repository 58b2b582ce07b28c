//! The same deed for several people at once (U2, U5): for whom it can be done it is, the others are named.

use crate::support::{ANNA, CARLA, COMPANY, PASSWORD, TestDesk, here, on_both, refused, refused_link};
use server::{Result, callers::Administrator, licences, registration, sql, users};
use shared::{
    AccountId, Refusal,
    refusal::{LinkState, NotAll},
    users::{Chosen, Ends, StatusKind, UsersQuery},
};

/// Registered, invited, expired, blocked; each named as they are.
struct People {
    registered: AccountId,
    invited: AccountId,
    expired: AccountId,
    blocked: AccountId,
    /// Everybody, the administrator and whom the company doesn't have among them.
    all: Chosen,
}

async fn people(desk: &TestDesk, anna: &Administrator) -> People {
    let dirk = desk.offshore().await;
    let foreign = desk.registered(&dirk, "foreign@vandijk.example").await;
    let expired = named(desk, anna, "expired").await;
    desk.clock.advance_seconds(40 * 24 * 3600);
    let registered = named(desk, anna, "registered").await;
    let token = desk.invitation_of(registered).await;
    registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
    let (invited, blocked) = (named(desk, anna, "invited").await, named(desk, anna, "blocked").await);
    desk.save(anna, blocked, |form| form.blocked = Some("on".into())).await.unwrap();
    desk.letters_are_looked_at().await;
    let annas = desk.id_of(ANNA).await;
    let all = vec![foreign, blocked, AccountId(desk.new_id()), annas, registered, invited, expired, invited];
    desk.new_deeds().await;
    People { registered, invited, expired, blocked, all: Chosen::Some(all) }
}

async fn named(desk: &TestDesk, anna: &Administrator, name: &str) -> AccountId {
    users::add(desk, anna, &crate::support::form(&format!("{name}@vandijk.example"), name)).await.unwrap()
}

/// How many it was done for, and for whom not.
#[track_caller]
fn not_all(outcome: Result<u32>) -> (u32, Vec<(String, Refusal)>) {
    let Refusal::Some(NotAll { done, refused, mut examples, .. }) = refused(outcome) else { panic!("refused for something else") };
    assert_eq!(refused as usize, examples.len());
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    (done, examples.into_iter().map(|one| (one.name, one.refusal)).collect())
}

/// Kind and person of what was done since, sorted.
async fn done(desk: &TestDesk) -> Vec<(String, AccountId)> {
    let mut done: Vec<_> = desk.new_deeds().await.into_iter().map(|deed| (deed.kind, AccountId(deed.subject.unwrap()))).collect();
    done.sort();
    done
}

fn each(kind: &str, people: &[AccountId]) -> Vec<(String, AccountId)> {
    let mut all: Vec<_> = people.iter().map(|&person| (kind.to_owned(), person)).collect();
    all.sort();
    all
}

fn because(name: &str, refusal: Refusal) -> (String, Refusal) {
    (name.to_owned(), refusal)
}

on_both! {
    async fn blocking_several(desk) {
        let anna = desk.office().await;
        let people = people(desk, &anna).await;
        let session = desk.sign_in("registered@vandijk.example").await;
        let token = desk.invitation_of(people.invited).await;
        desk.new_deeds().await;
        let expected = vec![because("Anna de Vries", Refusal::Yourself)];
        assert_eq!(not_all(users::block_chosen(desk, &anna, &people.all).await), (4, expected), "whoever is blocked already is blocked");
        assert_eq!(done(desk).await, each("user_edited", &[people.registered, people.invited, people.expired]));
        assert!(desk.find(&session).await.is_none());
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Withdrawn);
        let blocked = users::list(desk, &anna, &UsersQuery { status: Some(StatusKind::Blocked), ..Default::default() }).await.unwrap();
        assert_eq!(blocked.found, 4);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM membership WHERE company <> 10001 AND blocked_at IS NOT NULL")).await, 0);
    }

    async fn mailing_several_again(desk) {
        let anna = desk.office().await;
        let people = people(desk, &anna).await;
        let old = desk.invitation_of(people.invited).await;
        let expected = vec![
            because("Anna de Vries", Refusal::AlreadyRegistered),
            because("blocked", Refusal::Blocked),
            because("registered", Refusal::AlreadyRegistered),
        ];
        let outcome = users::resend_chosen(desk, &anna, &people.all).await.map(|(done, _)| done);
        assert_eq!(not_all(outcome), (2, expected));
        assert_eq!(done(desk).await, each("registration_resent", &[people.invited, people.expired]));
        let letters = [("complete_registration", "expired@vandijk.example"), ("complete_registration", "invited@vandijk.example")];
        let letters = desk.expect_mail(&letters).await;
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Replaced);
        for letter in letters {
            registration::complete(desk, &here(), &letter.token(), None, PASSWORD, PASSWORD).await.unwrap();
        }
    }

    async fn removing_several(desk) {
        let anna = desk.office().await;
        let people = people(desk, &anna).await;
        let session = desk.sign_in("registered@vandijk.example").await;
        desk.new_deeds().await;
        let expected = vec![because("Anna de Vries", Refusal::Yourself)];
        assert_eq!(not_all(users::remove_chosen(desk, &anna, &people.all).await), (4, expected));
        assert_eq!(done(desk).await, each("user_removed", &[people.registered, people.invited, people.expired, people.blocked]));
        assert!(desk.find(&session).await.is_none());
        assert_eq!(users::list(desk, &anna, &UsersQuery::default()).await.unwrap().total, 1);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM membership WHERE company = 10002")).await, 2, "another company's are left alone");
    }

    async fn where_it_can_be_done_for_all_it_says_how_many(desk) {
        let anna = desk.office().await;
        let people = people(desk, &anna).await;
        let two = Chosen::Some(vec![people.registered, people.invited]);
        assert_eq!(users::block_chosen(desk, &anna, &two).await.unwrap(), 2);
        assert_eq!(users::remove_chosen(desk, &anna, &two).await.unwrap(), 2);
    }

    async fn whoever_is_nobody_of_ours_is_nobody(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&dirk, "carla@vandijk.example").await;
        let before = desk.dump().await;
        let nobody = UsersQuery { search: "nobody is called so".into(), ..UsersQuery::default() };
        for chosen in [Chosen::Some(Vec::new()), Chosen::Some(vec![carla, AccountId(desk.new_id())]), Chosen::Found(nobody)] {
            assert_eq!(refused(users::block_chosen(desk, &anna, &chosen).await), Refusal::NobodyChosen);
            assert_eq!(refused(users::resend_chosen(desk, &anna, &chosen).await), Refusal::NobodyChosen);
            assert_eq!(refused(users::remove_chosen(desk, &anna, &chosen).await), Refusal::NobodyChosen);
        }
        assert_eq!(desk.dump().await, before);
    }

    /// Ten are named, however many are refused; the others are told by their ids.
    async fn only_the_first_of_many_refused_are_named(desk) {
        let anna = desk.office().await;
        desk.crowd(COMPANY, 30).await;
        let crowd = Chosen::Found(UsersQuery { search: "crowd".into(), ..UsersQuery::default() });
        let Refusal::Some(all) = refused(users::resend_chosen(desk, &anna, &crowd).await) else { panic!("refused for something else") };
        assert_eq!((all.done, all.refused, all.examples.len()), (0, 30, 10));
        assert!(all.examples.iter().all(|one| one.name.starts_with("Crowd") && one.refusal == Refusal::AlreadyRegistered));
        let ids: std::collections::BTreeSet<_> = all.ids().into_iter().collect();
        assert_eq!(ids.len(), 30);
    }

    /// R7, L3: what the questions say before *Block* and *Remove*: licences of their own and of everybody, but expired ones; open requests.
    async fn what_it_would_cost_is_counted(desk) {
        let scene = desk.scene().await;
        let (staff, anna) = (&scene.staff, &scene.anna);
        let wide = |form: &mut shared::licences::LicenceForm| form.company_wide_permitted = Some("on".into());
        let everybodys = desk.licence(staff, COMPANY, scene.product, wide).await;
        licences::save_settings(desk, anna, everybodys, true, true).await.unwrap();
        let (safety, energy) = (desk.product(staff, "Safety", &["NEN 7"]).await, desk.product(staff, "Energy", &["NEN 8"]).await);
        let old = |form: &mut shared::licences::LicenceForm| form.valid_until = desk.day(5);
        let (safety, energy) = (desk.licence(staff, COMPANY, safety, old).await, desk.licence(staff, COMPANY, energy, |_| {}).await);
        let daan = desk.colleague("daan@vandijk.example", "Daan Jansen").await;
        let daans = desk.id_of("daan@vandijk.example").await;
        desk.give(anna, safety, scene.carlas).await.unwrap();
        desk.give(anna, safety, daans).await.unwrap();
        desk.ask(&scene.carla, energy).await;
        desk.ask(&daan, energy).await;

        let these = |ids: &[AccountId]| Chosen::Some(ids.to_vec());
        let found = |search: &str| Chosen::Found(UsersQuery { search: search.into(), ..UsersQuery::default() });
        let ends = |access, requests| Ends { access, requests };
        for (chosen, expected) in [
            (these(&[scene.carlas]), ends(2, 1)),
            (these(&[scene.carlas, daans, daans]), ends(4, 2)),
            (found("carla@"), ends(2, 1)),
            (Chosen::Found(UsersQuery::default()), ends(6, 2)),
            (these(&[]), ends(0, 0)),
            (found("nobody is called so"), ends(0, 0)),
        ] {
            assert_eq!(users::ends(desk, anna, &chosen).await.unwrap(), expected, "{chosen:?}");
        }
        assert_eq!(users::details(desk, anna, scene.carlas).await.unwrap().ends, ends(2, 1));
        desk.clock.advance_seconds(10 * 24 * 3600);
        assert_eq!(users::ends(desk, anna, &these(&[scene.carlas])).await.unwrap(), ends(1, 1));
        let dirk = desk.offshore().await;
        assert_eq!(users::ends(desk, &dirk, &these(&[scene.carlas])).await.unwrap(), ends(0, 0), "nobody of theirs");
        users::remove(desk, anna, scene.carlas).await.unwrap();
        assert_eq!(users::ends(desk, anna, &found("carla@")).await.unwrap(), ends(0, 0));
        desk.letters_are_looked_at().await;
        assert!(desk.visit(CARLA).await.companies.is_empty());
    }

    /// All pages of the filter, in portions of 500, each one deed with one moment; and nobody whom the filter doesn't find.
    async fn everybody_whom_the_filter_finds(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        desk.crowd(COMPANY, 1200).await;
        desk.new_deeds().await;
        let crowd = Chosen::Found(UsersQuery { search: "crowd".into(), page: 3, ..UsersQuery::default() });
        assert_eq!(users::block_chosen(desk, &anna, &crowd).await.unwrap(), 1200);
        let written = "FROM history WHERE kind = 'user_edited'";
        for (what, expected) in [("COUNT(*)", 1200), ("COUNT(DISTINCT subject)", 1200), ("COUNT(DISTINCT at)", 3)] {
            assert_eq!(desk.count(sql!(sqlx::AssertSqlSafe(format!("SELECT {what} {written}")))).await, expected, "{what}");
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM membership WHERE blocked_at IS NOT NULL")).await, 1200);
        let before = desk.dump().await;
        assert_eq!(users::block_chosen(desk, &anna, &crowd).await.unwrap(), 1200);
        assert_eq!(desk.dump().await, before, "what is so already is no deed");
        assert_eq!(users::remove_chosen(desk, &anna, &crowd).await.unwrap(), 1200);
        assert_eq!(users::list(desk, &anna, &UsersQuery::default()).await.unwrap().total, 2);
    }
}
