//! R8: documents are found, opened, and say how somebody comes to read them.

use crate::support::{ANNA, COMPANY, OFFSHORE, TestDesk, on_both, refused};
use server::{
    Error,
    callers::{Member, Staff},
    documents, licences, products, sql,
};
use shared::{
    AccountId, DocumentId, FieldName, LicenceId, Problem, ProductId, Refusal,
    documents::{DocumentsPage, Next},
    event::Event,
    licences::{LicenceForm, Way},
    products::ProductForm,
};
use uuid::Uuid;

const CATALOGUE: [&str; 12] = [
    "NEN 1010:2020,Elektrische installaties voor laagspanning,nl,current",
    "NEN 1010:2015,Elektrische installaties voor laagspanning,nl,withdrawn",
    "NEN 10,Tien,nl,current",
    "NEN-EN 1990,Eurocode: Grondslagen van het constructief ontwerp,nl,current",
    "NEN-EN-ISO 9001:2015,Kwaliteitsmanagementsystemen,nl,current",
    "ISO 1010,Café's en hôtels: eisen,nl,current",
    "DIN 476,Papier²-Formate für Übergrößen,de,current",
    "ΕΛΟΤ 1,Ωμέγα και άλλα,el,current",
    "NPR 5,OR AND NOT NEAR,en,current",
    "NTA 8,100% staal_beton 'sterk',nl,current",
    "UTF 1,हिन्दी मानक,hi,current",
    "X 7,İstanbul köprüsü,tr,current",
];

async fn catalogue(desk: &TestDesk, staff: &Staff, name: &str, lines: &[&str]) -> ProductId {
    let product = products::create(desk, staff, &ProductForm { product_name: name.into(), ..ProductForm::default() }).await.unwrap();
    let content = format!("number,title,language,status\n{}", lines.join("\n"));
    let import = products::stage(desk, staff, product, "catalogue.csv", content).await.unwrap();
    products::apply(desk, staff, product, import).await.unwrap();
    product
}

async fn granted(desk: &TestDesk, staff: &Staff, product: ProductId, external: bool) -> LicenceId {
    let form = LicenceForm {
        product: product.to_string(),
        valid_from: "2020-01-01".into(),
        valid_until: "2199-12-31".into(),
        company_wide_permitted: (!external).then(|| "on".into()),
        external: external.then(|| "on".into()),
        ..LicenceForm::default()
    };
    licences::by_staff::grant(desk, staff, COMPANY, &form).await.unwrap()
}

/// Anna, as anybody of her company.
async fn anna(desk: &TestDesk) -> Member {
    desk.office().await;
    desk.visit(ANNA).await.member(COMPANY).unwrap()
}

async fn carla(desk: &TestDesk) -> (Member, AccountId) {
    let id = desk.account("carla@vandijk.example", "Carla de Bruin").await;
    desk.membership(COMPANY, id, "user").await;
    (desk.visit("carla@vandijk.example").await.member(COMPANY).unwrap(), id)
}

fn shown(page: &DocumentsPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.number.as_str()).collect()
}

async fn id_of(desk: &TestDesk, number: &str) -> DocumentId {
    let (id,): (i64,) = desk.db.one(sql!("SELECT id FROM document WHERE number = $1", number)).await.unwrap();
    DocumentId(id)
}

async fn gives(desk: &TestDesk, licence: LicenceId, to: AccountId) {
    desk.execute(sql!(
        "INSERT INTO access (licence, account, company, way, given_at) VALUES ($1, $2, $3, 'given', $4)",
        licence,
        to,
        COMPANY,
        desk.now()
    ))
    .await;
}

async fn asks(desk: &TestDesk, account: AccountId, licence: Option<LicenceId>, document: Option<DocumentId>, state: &str) {
    desk.execute(sql!(
        "INSERT INTO request (id, company, account, licence, document, state, asked_at, since, confirmed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, FALSE)",
        desk.new_id(),
        COMPANY,
        account,
        licence,
        document,
        state,
        desk.now()
    ))
    .await;
}

on_both! {
    /// One list of answers for both databases.
    async fn both_find_the_same(desk) {
        let reader = anna(desk).await;
        let staff = desk.staff().await;
        catalogue(desk, &staff, "All", &CATALOGUE).await;
        for (typed, found) in [
            ("nen 1010", vec!["NEN 1010:2015", "NEN 1010:2020"]),
            ("NEN-1010:2020", vec!["NEN 1010:2020"]),
            // By the number first and in order, then by any word, in the order of the catalogue.
            ("nen 10", vec!["NEN 10", "NEN 1010:2015", "NEN 1010:2020"]),
            ("10", vec!["NEN 1010:2020", "NEN 1010:2015", "NEN 10", "ISO 1010", "NTA 8"]),
            ("iso", vec!["ISO 1010", "NEN-EN-ISO 9001:2015"]),
            ("en 1990", vec!["NEN-EN 1990"]),
            ("laag elek", vec!["NEN 1010:2020", "NEN 1010:2015"]),
            ("spanning", vec![]),
            ("Grondslagen VAN constr", vec!["NEN-EN 1990"]),
            ("cafe hotels", vec!["ISO 1010"]),
            ("CAFÉ'S", vec!["ISO 1010"]),
            ("ubergro", vec!["DIN 476"]),
            ("papier²", vec!["DIN 476"]),
            ("ωμέγα", vec!["ΕΛΟΤ 1"]),
            ("ΕΛΟΤ", vec!["ΕΛΟΤ 1"]),
            ("OR", vec!["NPR 5"]),
            ("NEAR(nen, 1)", vec![]),
            ("not and", vec!["NPR 5"]),
            ("100%", vec!["NTA 8"]),
            ("staal_beton", vec!["NTA 8"]),
            ("'sterk' & \"st", vec!["NTA 8"]),
            ("हिन्", vec!["UTF 1"]),
            ("मानक", vec!["UTF 1"]),
            ("istanbul", vec!["X 7"]),
            ("İSTANBUL köp", vec!["X 7"]),
            ("nen 1010 2020 elektrische installaties voor laagspanning nen 1010 2020 elektrische and more", vec!["NEN 1010:2020"]),
            ("\0", vec!["DIN 476"]),
            ("*", vec!["DIN 476"]),
        ] {
            let page = documents::search(desk, &reader, typed).await.unwrap();
            if typed == "\0" || typed == "*" {
                assert_eq!(page.rows.len(), CATALOGUE.len(), "no word at all is no search");
                assert_eq!(shown(&page)[0], found[0]);
            } else {
                assert_eq!(shown(&page), found, "{typed}");
            }
            assert!(!page.more);
        }
        let long = documents::search(desk, &reader, &"nen ".repeat(100_000)).await.unwrap();
        assert_eq!(shown(&long).len(), 5, "NEN is found, however often it is typed");
        let word = documents::search(desk, &reader, &"x".repeat(100_000)).await.unwrap();
        assert!(word.rows.is_empty());
    }

    /// What is changed is found by its new words alone.
    async fn the_search_follows_the_catalogue(desk) {
        let reader = anna(desk).await;
        let staff = desk.staff().await;
        catalogue(desk, &staff, "First", &["NEN 1,Oude titel,nl,current", "NEN 2,Blijft,nl,current"]).await;
        catalogue(desk, &staff, "Second", &["NEN 1,Nieuwe naam,nl,current"]).await;
        for (typed, found) in [("oude", vec![]), ("titel", vec![]), ("nieuwe", vec!["NEN 1"]), ("blijft", vec!["NEN 2"])] {
            assert_eq!(shown(&documents::search(desk, &reader, typed).await.unwrap()), found, "{typed}");
        }
        if !desk.db.is_postgres() {
            desk.execute(sql!("INSERT INTO document_search (document_search, rank) VALUES ('integrity-check', 1)")).await;
            // As where documents were there before the search was.
            desk.execute(sql!("DROP TRIGGER document_search_deleted")).await;
            desk.execute(sql!("DROP TABLE document_search")).await;
            let newer = desk.another(|_| {}).await;
            assert_eq!(shown(&documents::search(&newer, &reader, "nieuwe").await.unwrap()), ["NEN 1"]);
            newer.db.close().await;
        }
    }

    async fn a_hundred_thousand_documents(desk) {
        let reader = anna(desk).await;
        desk.execute(sql!(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
             INSERT INTO document (id, number, number_key, title, words, language, status, created_at)
             SELECT i, 'NORM ' || i, 'norm ' || i, 'Bridge part ' || (i % 997), 'norm ' || i || ' bridge part ' || (i % 997), 'en', 'current', 0
             FROM n"
        ))
        .await;
        let search = async |typed: &str| documents::search(desk, &reader, typed).await.unwrap();
        let all = search("").await;
        assert_eq!((all.rows.len(), all.more, shown(&all)[..3].to_vec()), (50, true, vec!["NORM 1", "NORM 10", "NORM 100"]));
        let by_number = search("norm 9999").await;
        assert_eq!(shown(&by_number)[..4], ["NORM 9999", "NORM 99990", "NORM 99991", "NORM 99992"]);
        assert!(!by_number.more && by_number.rows.len() == 11);
        let by_word = search("bri").await;
        assert_eq!((shown(&by_word)[49], by_word.more), ("NORM 50", true));
        // 99, and 990 to 996, of each 997.
        let by_words = search("part 99 bridge").await;
        assert_eq!(shown(&by_words)[..3], ["NORM 99", "NORM 990", "NORM 991"]);
        assert!(by_words.more);
        let last = search("99999 bri").await;
        assert_eq!((shown(&last), last.more), (vec!["NORM 99999"], false));
        assert!(search("norm bridge x").await.rows.is_empty());
        assert_eq!(search("norm").await.rows.len(), 50);
    }

    /// R8, sentence by sentence, through the tables.
    async fn how_somebody_comes_to_read_a_document(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        let (reader, carla) = carla(desk).await;
        let product = catalogue(desk, &staff, "Eurocodes", &["NEN 1,One,nl,current"]).await;
        let id = id_of(desk, "NEN 1").await;
        let next = async || documents::page(desk, &reader, id).await.unwrap().next;
        assert_eq!(next().await, Next::AskStandard);
        let licence = granted(desk, &staff, product, false).await;
        let Next::AskLicence(offers) = next().await else { panic!("it is on offer") };
        assert_eq!((offers.len(), offers[0].licence, offers[0].may_ask.clone()), (1, licence, Ok(())));
        asks(desk, carla, Some(licence), None, "open").await;
        let Next::AskLicence(offers) = next().await else { panic!("it is on offer") };
        assert_eq!(offers[0].may_ask, Err(Refusal::AlreadyAsked));
        desk.execute(sql!("UPDATE licence SET shown = FALSE")).await;
        assert_eq!(next().await, Next::AskStandard);
        asks(desk, carla, None, Some(id), "open").await;
        assert_eq!(next().await, Next::NotNow(Refusal::AlreadyAsked));
        desk.execute(sql!("UPDATE request SET state = 'declined'")).await;
        assert_eq!(next().await, Next::NotNow(Refusal::AskAgainLater { days: 7 }));
        assert_eq!(refused(documents::open(desk, &reader, id).await), Refusal::NotAllowed);
        gives(desk, licence, carla).await;
        assert_eq!(next().await, Next::Open { licence, product: "Eurocodes".into(), way: Way::Given });
        documents::open(desk, &reader, id).await.unwrap();
        let page = documents::page(desk, &reader, id).await.unwrap();
        assert_eq!((page.opened.is_some(), page.administers, page.collections), (true, false, vec!["Eurocodes".to_owned()]));
        let (of, by): (Uuid, Uuid) = desk.db.one(sql!("SELECT licence, account FROM opening")).await.unwrap();
        assert_eq!((LicenceId(of), AccountId(by)), (licence, carla));
        desk.execute(sql!("UPDATE licence SET valid_until = $1", desk.now())).await;
        assert_eq!(refused(documents::open(desk, &reader, id).await), Refusal::NotAllowed, "it ended");
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM opening")).await, 1);
        assert!(matches!(documents::page(desk, &reader, DocumentId(999)).await, Err(Error::NotFound)));
        assert!(matches!(documents::open(desk, &reader, DocumentId(999)).await, Err(Error::NotFound)));
    }

    /// One company's licence opens nothing for another, and one person's request is nobody else's.
    async fn everybody_stands_for_themselves(desk) {
        let anna = anna(desk).await;
        let staff = desk.staff().await;
        desk.offshore().await;
        let dirk = desk.visit("dirk@vandijk.example").await.member(OFFSHORE).unwrap();
        let (_, carla) = carla(desk).await;
        let product = catalogue(desk, &staff, "Eurocodes", &["NEN 1,One,nl,current"]).await;
        let licence = granted(desk, &staff, product, true).await;
        gives(desk, licence, carla).await;
        let id = id_of(desk, "NEN 1").await;
        asks(desk, carla, None, Some(id), "open").await;
        for reader in [&anna, &dirk] {
            assert_eq!(documents::page(desk, reader, id).await.unwrap().next, Next::AskStandard);
            assert_eq!(refused(documents::open(desk, reader, id).await), Refusal::NotAllowed);
        }
        desk.execute(sql!("UPDATE licence SET external = FALSE, company_wide_permitted = TRUE, company_wide_since = 1")).await;
        assert!(matches!(documents::page(desk, &anna, id).await.unwrap().next, Next::Open { way: Way::CompanyWide, .. }));
        assert_eq!(documents::page(desk, &dirk, id).await.unwrap().next, Next::AskStandard);
    }

    async fn the_text_on_the_request_form(desk) {
        let administrator = desk.office().await;
        let staff = desk.staff().await;
        catalogue(desk, &staff, "Eurocodes", &["NEN 1,One,nl,current"]).await;
        let (reader, carla) = carla(desk).await;
        let anna = desk.visit(ANNA).await.member(COMPANY).unwrap();
        desk.new_deeds().await;
        documents::save_request_text(desk, &administrator, " Name your cost centre.\r\nAnd why. ").await.unwrap();
        assert_eq!(desk.new_event().await, Event::RequestTextChanged { company: COMPANY });
        let text = "Name your cost centre.\nAnd why.";
        assert_eq!(documents::search(desk, &anna, "").await.unwrap().request_text.as_deref(), Some(text));
        assert_eq!(documents::search(desk, &reader, "").await.unwrap().request_text, None, "a setting of the administrators");
        let page = documents::page(desk, &reader, id_of(desk, "NEN 1").await).await.unwrap();
        assert_eq!((page.request_text.as_str(), page.administers), (text, false));
        let before = desk.dump().await;
        documents::save_request_text(desk, &administrator, text).await.unwrap();
        let long = documents::save_request_text(desk, &administrator, &"x".repeat(301)).await;
        assert_eq!(refused(long), Refusal::field(FieldName::RequestText, Problem::TooLong(300)));
        assert_eq!(desk.dump().await, before);
        desk.execute(sql!("UPDATE membership SET role = 'administrator' WHERE account = $1", carla)).await;
        desk.execute(sql!("UPDATE membership SET role = 'user' WHERE company = $1 AND account = $2", COMPANY, desk.id_of(ANNA).await)).await;
        assert_eq!(refused(documents::save_request_text(desk, &administrator, "").await), Refusal::NotAllowed);
    }
}
