//! U4: the CSV's rows are the list's, all pages of it.

use crate::support::{COMPANY, TestDesk, on_both};
use server::{callers::Administrator, users};
use shared::{
    Role,
    users::{PAGE_SIZE, SortBy, StatusKind, StatusShown, UserForm, UsersQuery},
};

type Line = (String, String, Role, StatusShown);

async fn listed(desk: &TestDesk, anna: &Administrator, query: &UsersQuery) -> Vec<Line> {
    let mut lines = Vec::new();
    for page in 1.. {
        let shown = users::list(desk, anna, &UsersQuery { page, ..query.clone() }).await.unwrap();
        lines.extend(shown.rows.into_iter().map(|row| (row.username, row.name, row.role, row.status)));
        if page >= shown.pages {
            break;
        }
    }
    lines
}

async fn exported(desk: &TestDesk, anna: &Administrator, query: &UsersQuery) -> Vec<Line> {
    let rows = users::export(desk, anna, query).await.unwrap();
    rows.into_iter().map(|row| (row.username, row.name, row.role, row.status)).collect()
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
        assert_eq!(exported(desk, &anna, &UsersQuery::default()).await.len(), 74);
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
