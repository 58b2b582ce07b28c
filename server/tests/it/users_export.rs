//! U4: the CSV's rows are the list's, all pages of it.

use crate::support::{COMPANY, TestDesk, on_both};
use server::{callers::Administrator, licences, users};
use shared::{
    Role,
    users::{PAGE_SIZE, SortBy, StatusKind, StatusShown, UserForm, UsersQuery},
};

type Line = (String, String, Role, StatusShown, Vec<String>);

async fn listed(desk: &TestDesk, anna: &Administrator, query: &UsersQuery) -> Vec<Line> {
    let mut lines = Vec::new();
    for page in 1.. {
        let shown = users::list(desk, anna, &UsersQuery { page, ..query.clone() }).await.unwrap();
        lines.extend(shown.rows.into_iter().map(|row| (row.username, row.name, row.role, row.status, row.licences)));
        if page >= shown.pages {
            break;
        }
    }
    lines
}

async fn exported(desk: &TestDesk, anna: &Administrator, query: &UsersQuery) -> Vec<Line> {
    let rows = users::export(desk, anna, query).await.unwrap();
    rows.into_iter().map(|row| (row.username, row.name, row.role, row.status, row.licences)).collect()
}

on_both! {
    async fn it_is_the_list(desk) {
        let anna = desk.office().await;
        desk.crowd(COMPANY, PAGE_SIZE + 20).await;
        for (username, name) in [("a_b@vandijk.example", "100% Ünal"), ("a-b@vandijk.example", "Émile _x!"), ("zz@vandijk.example", "emile")] {
            users::add(desk, &anna, &crate::support::form(username, name)).await.unwrap();
        }
        desk.letters_are_looked_at().await;
        let zz = desk.id_of("zz@vandijk.example").await;
        desk.save(&anna, zz, |form| (form.role, form.blocked) = ("administrator".into(), Some("on".into()))).await.unwrap();
        let staff = desk.staff().await;
        for (name, company_wide) in [("Eurocodes", true), ("Welding", false)] {
            let product = desk.product(&staff, name, &[]).await;
            let licence = desk.licence(&staff, COMPANY, product, |form| form.company_wide_permitted = Some("on".into())).await;
            if company_wide {
                licences::save_settings(desk, &anna, licence, true, true).await.unwrap();
            } else {
                desk.give(&anna, licence, desk.id_of("crowd3@vandijk.example").await).await.unwrap();
            }
        }
        // Another company's are in neither.
        desk.offshore().await;
        for sort in SortBy::ALL {
            for descending in [false, true] {
                for (search, status) in [("", None), ("crowd 1", None), ("%", None), ("_", None), ("!", None), ("", Some(StatusKind::Blocked)), ("nobody", None)] {
                    let query = UsersQuery { sort, descending, search: search.into(), status, page: 2 };
                    assert_eq!(exported(desk, &anna, &query).await, listed(desk, &anna, &query).await, "{query:?}");
                }
            }
        }
        let all = exported(desk, &anna, &UsersQuery::default()).await;
        assert_eq!(all.len(), 74);
        for (username, .., used) in all {
            let expected: &[&str] = match username.as_str() {
                "crowd3@vandijk.example" => &["Eurocodes", "Welding"],
                // Not registered yet.
                "a_b@vandijk.example" | "a-b@vandijk.example" | "zz@vandijk.example" => &[],
                _ => &["Eurocodes"],
            };
            assert_eq!(used, expected, "{username}");
        }
        for (search, username) in [("%", "a_b@vandijk.example"), ("!", "a-b@vandijk.example"), ("a_b", "a_b@vandijk.example")] {
            let found = exported(desk, &anna, &UsersQuery { search: search.into(), ..UsersQuery::default() }).await;
            assert_eq!(found.iter().map(|line| line.0.as_str()).collect::<Vec<_>>(), [username], "{search}");
        }
    }

    async fn it_says_what_the_page_of_each_says(desk) {
        let anna = desk.office().await;
        let filled_in = UserForm { phone: "+31 10 555 01 00".into(), country: "BE".into(), ..crate::support::form("carla@vandijk.example", "=cmd|'/c calc'!A1") };
        let carla = users::add(desk, &anna, &filled_in).await.unwrap();
        desk.expect_invitation("carla@vandijk.example").await;
        let shown = users::details(desk, &anna, carla).await.unwrap();
        let rows = users::export(desk, &anna, &UsersQuery { search: "carla@".into(), ..UsersQuery::default() }).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].phone.as_deref(), rows[0].country.as_deref()), (Some("+31 10 555 01 00"), Some("BE")));
        assert_eq!((&rows[0].name, rows[0].added, rows[0].registered, rows[0].status), (&shown.name, shown.added, None, shown.status));
    }
}
