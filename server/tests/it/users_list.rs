//! U4: the list of people.

use crate::support::{ANNA, COMPANY, TestDesk, form, on_both};
use server::{callers::Administrator, companies, profile, sql, users};
use shared::{
    AccountId, CompanyNumber,
    licences::LicenceForm,
    profile::ProfileForm,
    users::{PAGE_SIZE, SortBy, StatusKind, UserRow, UsersQuery},
};
use std::collections::HashSet;

async fn rows(desk: &TestDesk, anna: &Administrator, query: UsersQuery) -> Vec<UserRow> {
    users::list(desk, anna, &query).await.unwrap().rows
}

async fn found(desk: &TestDesk, anna: &Administrator, search: &str) -> Vec<String> {
    let rows = rows(desk, anna, UsersQuery { search: search.into(), ..UsersQuery::default() }).await;
    rows.into_iter().map(|row| row.name).collect()
}

async fn add_all(desk: &TestDesk, anna: &Administrator, people: &[(&str, &str)]) {
    for (username, name) in people {
        users::add(desk, anna, &form(username, name)).await.unwrap();
    }
    let letters: Vec<_> = people.iter().map(|(username, _)| ("complete_registration", *username)).collect();
    desk.expect_mail(&letters).await;
}

/// Somebody in every status, and in the doubtful ones where two would fit.
async fn one_of_each(desk: &TestDesk, anna: &Administrator) -> Vec<AccountId> {
    let expired = desk.add(anna, "expired@vandijk.example").await;
    let expired_and_blocked = desk.add(anna, "expired-blocked@vandijk.example").await;
    desk.expect_mail(&[("complete_registration", "expired@vandijk.example"), ("complete_registration", "expired-blocked@vandijk.example")])
        .await;
    desk.clock.advance_seconds(40 * 24 * 3600);
    let mut all = vec![expired, expired_and_blocked];
    for username in ["requested@vandijk.example", "requested-locked@vandijk.example"] {
        all.push(desk.add(anna, username).await);
        desk.expect_invitation(username).await;
    }
    for name in ["registered", "locked", "was-locked", "blocked", "blocked-locked", "awaiting"] {
        all.push(desk.registered(anna, &format!("{name}@vandijk.example")).await);
    }
    for locked in ["was-locked", "locked", "blocked-locked", "requested-locked"] {
        if locked == "locked" {
            desk.clock.advance_seconds(31 * 60);
        }
        desk.lock(&format!("{locked}@vandijk.example")).await;
    }
    desk.execute(sql!("UPDATE membership SET blocked_at = 1 WHERE account IN (SELECT id FROM account WHERE username LIKE '%blocked%')"))
        .await;
    let awaiting = desk.id_of("awaiting@vandijk.example").await;
    desk.execute(sql!("UPDATE membership SET state = 'awaiting_approval' WHERE account = $1", awaiting)).await;
    all.extend(with_licences(desk, anna).await);
    all
}

/// Who has access to what is valid, to what is over, and to what has not begun; of the others some have access too.
async fn with_licences(desk: &TestDesk, anna: &Administrator) -> Vec<AccountId> {
    let staff = desk.staff().await;
    let mut licences = Vec::new();
    for (name, from, until) in [("Valid", -1, 1), ("Over", -9, -1), ("Not yet", 2, 9)] {
        let product = desk.product(&staff, name, &[]).await;
        let change = |form: &mut LicenceForm| (form.valid_from, form.valid_until) = (desk.day(from), desk.day(until));
        licences.push(desk.licence(&staff, COMPANY, product, change).await);
    }
    for other in ["requested@vandijk.example", "was-locked@vandijk.example", "locked@vandijk.example"] {
        desk.give(anna, licences[0], desk.id_of(other).await).await.unwrap();
    }
    let mut all = Vec::new();
    for (name, licence) in ["valid", "over", "not-yet"].into_iter().zip(licences) {
        let username = format!("{name}@vandijk.example");
        desk.colleague(&username, name).await;
        all.push(desk.id_of(&username).await);
        // What is over was given before.
        desk.execute(sql!(
            "INSERT INTO access (licence, account, company, way, given_at) VALUES ($1, $2, $3, 'given', 1)",
            licence,
            all[all.len() - 1],
            COMPANY
        ))
        .await;
    }
    all
}

on_both! {
    /// The SQL of the filter and the sorting against the rule in `shared`, which each person's page shows.
    async fn the_filter_agrees_with_the_rule(desk) {
        let anna = desk.office().await;
        let people = one_of_each(desk, &anna).await;
        let mut seen = HashSet::new();
        for kind in StatusKind::ALL {
            for row in rows(desk, &anna, UsersQuery { status: Some(kind), ..UsersQuery::default() }).await {
                assert_eq!(row.status.kind, kind);
                let details = users::details(desk, &anna, row.id).await.unwrap();
                assert_eq!(details.status, row.status, "{}", row.username);
                assert!(seen.insert(row.id), "{} is found twice", row.username);
            }
        }
        assert_eq!(seen.len(), people.len() + 1, "everybody has one status");
        let all = rows(desk, &anna, UsersQuery::default()).await;
        let kinds: HashSet<_> = all.iter().map(|row| row.status.kind).collect();
        assert_eq!(kinds, StatusKind::ALL.into());
        let registered: HashSet<_> = all.iter().filter(|row| row.status.kind == StatusKind::Registered).map(|row| row.username.as_str()).collect();
        assert_eq!(registered, ["valid@vandijk.example", "was-locked@vandijk.example"].into());
    }

    /// Each of Home's figures leads to a list, which must find as many.
    async fn the_figures_of_home_agree_with_the_list(desk) {
        let anna = desk.office().await;
        one_of_each(desk, &anna).await;
        let member = desk.visit(ANNA).await.member(COMPANY).unwrap();
        let people = companies::home(desk, &member).await.unwrap().people.unwrap();
        let listed = async |status| {
            let query = UsersQuery { status: Some(status), ..UsersQuery::default() };
            i64::from(users::list(desk, &anna, &query).await.unwrap().found)
        };
        assert_eq!(people.waiting, listed(StatusKind::RegistrationRequested).await);
        assert_eq!(people.expired, listed(StatusKind::RegistrationExpired).await);
        assert_eq!(people.locked, listed(StatusKind::Locked).await);
        assert_eq!(people.total, 14);
    }

    /// What the list is sorted by is a copy: it follows the name, whoever changes that.
    async fn a_new_name_has_a_new_place(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let first = async || rows(desk, &anna, UsersQuery::default()).await[0].name.clone();
        assert_eq!(first().await, "Anna de Vries");
        desk.save(&anna, carla, |form| form.name = "Aaltje".into()).await.unwrap();
        assert_eq!(first().await, "Aaltje");
        let form = ProfileForm { name: "Zwaantje".into(), country: "NL".into(), language: "en".into(), ..ProfileForm::default() };
        profile::save(desk, &desk.visit("carla@vandijk.example").await.person().unwrap(), &form).await.unwrap();
        assert_eq!(first().await, "Anna de Vries");
    }

    async fn the_search_takes_every_character_as_itself(desk) {
        let anna = desk.office().await;
        add_all(desk, &anna, &[
            ("a@vandijk.example", "100% Zoë"),
            ("b@vandijk.example", "100 Zoe_B"),
            ("c@vandijk.example", "Wow! Çelik"),
            ("d@vandijk.example", "back\\slash"),
            ("e@vandijk.example", "O'Neil ŁÓDŹ"),
        ]).await;
        for (search, names) in [
            ("%", vec!["100% Zoë"]),
            ("_", vec!["100 Zoe_B"]),
            ("!", vec!["Wow! Çelik"]),
            ("\\", vec!["back\\slash"]),
            ("'", vec!["O'Neil ŁÓDŹ"]),
            ("zoe", vec!["100 Zoe_B", "100% Zoë"]),
            ("ZOË", vec!["100 Zoe_B", "100% Zoë"]),
            ("celik", vec!["Wow! Çelik"]),
            ("  lodz ", vec!["O'Neil ŁÓDŹ"]),
            ("C@VanDijk", vec!["Wow! Çelik"]),
            ("100%%", vec![]),
            ("\0", vec![]),
            ("' OR ''='", vec![]),
        ] {
            assert_eq!(found(desk, &anna, search).await, names, "{search}");
        }
        assert_eq!(found(desk, &anna, "").await.len(), 6);
        assert_eq!(found(desk, &anna, &"x".repeat(100_000)).await.len(), 0);
    }

    /// Every word that was typed, anywhere in the name and the username, in any order.
    async fn the_search_takes_words_in_any_order(desk) {
        let anna = desk.office().await;
        add_all(desk, &anna, &[
            ("a.devries@vandijk.example", "Anne de Vries"),
            ("joanna@vandijk.example", "Joanna Smit"),
            ("p@vandijk.example", "100% de_Vries"),
        ]).await;
        for (search, names) in [
            ("vries anna", vec!["Anna de Vries"]),
            ("  VRIES \t de ann ", vec!["Anna de Vries", "Anne de Vries"]),
            ("vandijk.example smit", vec!["Joanna Smit"]),
            ("anna anna", vec!["Anna de Vries", "Joanna Smit"]),
            ("anna smit vries", vec![]),
            ("vries %", vec!["100% de_Vries"]),
            ("de_ 100", vec!["100% de_Vries"]),
            ("! vries", vec![]),
            // Eight count.
            ("a n n a v r i nobody", vec![]),
            ("a n n a v r i e nobody", vec!["100% de_Vries", "Anna de Vries", "Anne de Vries"]),
        ] {
            assert_eq!(found(desk, &anna, search).await, names, "{search}");
        }
        let staff = desk.staff().await;
        let query = UsersQuery { search: "vries anna".into(), ..UsersQuery::default() };
        assert_eq!(users::members(desk, &staff, COMPANY, &query).await.unwrap().found, 1);
        let of_status = UsersQuery { status: Some(StatusKind::RegistrationRequested), search: "vries a".into(), ..UsersQuery::default() };
        assert_eq!(users::list(desk, &anna, &of_status).await.unwrap().found, 2);
        assert_eq!(found(desk, &anna, &"vries ".repeat(20_000)).await.len(), 3);
    }

    /// Both databases must give this very order; PostgreSQL's own would put `_` and `-` elsewhere.
    async fn the_order_is_the_same_on_both_databases(desk) {
        let anna = desk.office().await;
        add_all(desk, &anna, &[
            ("z@vandijk.example", "Émile"),
            ("y@vandijk.example", "emil b"),
            ("x@vandijk.example", "Emil-A"),
            ("w-a@vandijk.example", "Ünal"),
            ("w_a@vandijk.example", "unal"),
            ("wa@vandijk.example", "Zwart"),
            ("w.b@vandijk.example", "_under"),
        ]).await;
        let order = async |sort, descending| -> Vec<String> {
            let rows = rows(desk, &anna, UsersQuery { sort, descending, ..UsersQuery::default() }).await;
            rows.into_iter().map(|row| row.username.trim_end_matches("@vandijk.example").to_owned()).collect()
        };
        let by_name = ["w.b", "anna", "y", "x", "z", "w-a", "w_a", "wa"];
        assert_eq!(order(SortBy::Name, false).await, by_name);
        assert_eq!(order(SortBy::Username, false).await, ["anna", "w-a", "w.b", "w_a", "wa", "x", "y", "z"]);
        assert_eq!(order(SortBy::Role, false).await, ["anna", "w-a", "w.b", "w_a", "wa", "x", "y", "z"]);
        for sort in SortBy::ALL {
            let mut forwards = order(sort, false).await;
            forwards.reverse();
            assert_eq!(order(sort, true).await, forwards, "{sort:?}");
        }
    }

    async fn pages_never_overlap(desk) {
        let anna = desk.office().await;
        let people: Vec<_> = (0..120).map(|n| (format!("p{n}@vandijk.example"), format!("Same {}", n % 7))).collect();
        let people: Vec<_> = people.iter().map(|(username, name)| (username.as_str(), name.as_str())).collect();
        add_all(desk, &anna, &people).await;
        desk.company(CompanyNumber(10002), "Van Dijk Offshore", &["vandijk.example"]).await;
        desk.administrator(CompanyNumber(10002), "dirk@vandijk.example", "Same 1").await;
        for sort in SortBy::ALL {
            let mut ids = HashSet::new();
            for page in 1..=3 {
                let shown = users::list(desk, &anna, &UsersQuery { sort, page, ..UsersQuery::default() }).await.unwrap();
                assert_eq!((shown.company, shown.found, shown.total, shown.page, shown.pages), (COMPANY, 121, 121, page, 3));
                assert!(shown.rows.len() <= PAGE_SIZE as usize);
                ids.extend(shown.rows.into_iter().map(|row| row.id));
            }
            assert_eq!(ids.len(), 121, "{sort:?}");
        }
        for (asked, given) in [(0, 1), (4, 3), (u32::MAX, 3)] {
            assert_eq!(users::list(desk, &anna, &UsersQuery { page: asked, ..UsersQuery::default() }).await.unwrap().page, given);
        }
        let some = users::list(desk, &anna, &UsersQuery { search: "3@ same".into(), page: 9, ..UsersQuery::default() }).await.unwrap();
        assert_eq!((some.found, some.total, some.pages, some.page), (12, 121, 1, 1));
    }
}
