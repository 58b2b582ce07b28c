//! The demo: what somebody sees who tries Balie.

use crate::support::{PASSWORD, on_both};
use server::{demo, sql, users};
use shared::{
    CompanyNumber, Role,
    users::{StatusKind, UsersQuery},
};

on_both! {
    async fn it_makes_everybody_that_it_promises(desk) {
        demo::make(desk).await.unwrap();
        for (username, company, role) in [
            ("anna@vandijk.example", 10001, Role::Administrator),
            ("bram@vandijk.example", 10001, Role::Administrator),
            ("carla@vandijk.example", 10001, Role::User),
            ("dirk@vandijk.example", 10002, Role::Administrator),
            ("eva@noordzee.example", 10003, Role::Administrator),
        ] {
            assert!(demo::WHO_CAN_SIGN_IN.contains(username.split('@').next().unwrap()) && demo::WHO_CAN_SIGN_IN.contains(PASSWORD));
            let visitor = desk.visit(username).await;
            let found: Vec<_> = visitor.companies.iter().map(|company| (company.number.0, company.role)).collect();
            assert_eq!(found, [(company, role)], "{username}");
        }
        assert!(desk.visit("staff@balie.example").await.staff().is_ok());

        let anna = desk.visit("anna@vandijk.example").await.administrator(CompanyNumber(10001)).unwrap();
        let general = server::companies::general(desk, &anna).await.unwrap();
        assert_eq!((general.name.as_str(), general.domains, general.self_registration), ("Van Dijk Bruggenbouw", vec!["vandijk.example".to_owned()], true));
        let by_status = async |status| users::list(desk, &anna, &UsersQuery { status, ..UsersQuery::default() }).await.unwrap();
        assert_eq!(by_status(None).await.total, 36);
        for kind in StatusKind::ALL {
            // Nobody is to be approved before there are registrations.
            assert_eq!(by_status(Some(kind)).await.found > 0, kind != StatusKind::AwaitingApproval, "{kind:?}");
        }
        let waiting = by_status(Some(StatusKind::RegistrationRequested)).await;
        let letters: Vec<_> = waiting.rows.iter().map(|row| ("complete_registration", row.username.as_str())).collect();
        // Whose mail was sent long ago is not mailed now.
        desk.execute(sql!("INSERT INTO dev_mail (id, recipient, subject, text, html, created_at) SELECT id, '', '', '', '', 0 FROM letter WHERE state = 'sent'")).await;
        let old = desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'sent'")).await;
        while server::outbox::send_waiting(desk).await.unwrap() > 0 {}
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter")).await - old, i64::try_from(letters.len()).unwrap());
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state <> 'sent'")).await, 0);
        desk.letters_are_looked_at().await;
    }

    async fn it_refuses_a_database_with_people_in_it(desk) {
        desk.office().await;
        let before = desk.dump().await;
        let refused = demo::make(desk).await.unwrap_err();
        assert!(refused.to_string().contains("without people"), "{refused}");
        assert_eq!(desk.dump().await, before);
    }
}
