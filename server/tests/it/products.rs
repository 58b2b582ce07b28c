//! O2: products, suppliers, and documents from a file.

use crate::support::{TestDesk, on_both, refused};
use server::{Desk, Error, callers::Staff, products, sql};
use shared::{
    FieldName, Problem, ProductId, Refusal,
    documents::LineProblem,
    event::Event,
    products::{DryRun, ProductForm, ProductQuery, SupplierForm},
};
use uuid::Uuid;

fn named(name: &str) -> ProductForm {
    ProductForm { product_name: name.into(), ..ProductForm::default() }
}

fn supplied_by(name: &str) -> SupplierForm {
    SupplierForm { supplier_name: name.into(), email: String::new() }
}

async fn product(desk: &Desk, staff: &Staff, name: &str) -> ProductId {
    products::create(desk, staff, &named(name)).await.unwrap()
}

async fn staged(desk: &Desk, staff: &Staff, product: ProductId, lines: &[String]) -> Uuid {
    let content = format!("number,title,language,status\n{}", lines.join("\n"));
    products::stage(desk, staff, product, "catalogue.csv", content).await.unwrap()
}

/// `{sign} {number},Norm,nl,current` for each number.
fn norms(sign: &str, numbers: std::ops::Range<u32>) -> Vec<String> {
    numbers.map(|number| format!("{sign} {number},Norm {number},nl,current")).collect()
}

const fn figures(run: &DryRun) -> [u32; 5] {
    [run.new, run.changed, run.added, run.same, run.bad_lines]
}

async fn numbers(desk: &TestDesk, staff: &Staff, product: ProductId, search: &str) -> Vec<String> {
    let query = ProductQuery { search: search.into(), page: 1 };
    let page = products::page(desk, staff, product, &query).await.unwrap();
    assert_eq!(page.found as usize, page.documents.len());
    page.documents.into_iter().map(|document| document.number).collect()
}

on_both! {
    async fn a_product_and_its_supplier(desk) {
        let staff = desk.staff().await;
        desk.new_deeds().await;
        let iso = products::create_supplier(desk, &staff, &SupplierForm { email: "Reports@ISO.example".into(), ..supplied_by("ISO") }).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SupplierCreated { supplier: iso, name: "ISO".into() });
        let form = ProductForm { about: "All of them".into(), supplier: iso.to_string(), ..named("Eurocodes") };
        let id = products::create(desk, &staff, &form).await.unwrap();
        assert_eq!(desk.new_event().await, Event::ProductCreated { product: id, name: "Eurocodes".into() });
        let row = products::list(desk, &staff).await.unwrap().remove(0);
        assert_eq!((row.id, row.supplier.as_deref(), row.documents, row.licences), (id, Some("ISO"), 0, 0));
        let supplier = products::suppliers(desk, &staff).await.unwrap().remove(0);
        assert_eq!((supplier.email.as_str(), supplier.products, supplier.people), ("reports@iso.example", 1, 0));
        products::save(desk, &staff, id, &form).await.unwrap();
        products::save_supplier(desk, &staff, iso, &SupplierForm { email: "reports@iso.example".into(), ..supplied_by("ISO") }).await.unwrap();
        assert!(desk.new_deeds().await.is_empty(), "saving what is so already does nothing");
        products::save(desk, &staff, id, &named("Eurocodes")).await.unwrap();
        assert_eq!(desk.new_event().await, Event::ProductChanged { product: id, name: "Eurocodes".into() });
        let page = products::page(desk, &staff, id, &ProductQuery::default()).await.unwrap();
        assert_eq!((page.supplier, page.about.as_str(), page.suppliers.len()), (None, "", 1));
        products::save_supplier(desk, &staff, iso, &supplied_by("ISO Geneva")).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SupplierChanged { supplier: iso, name: "ISO Geneva".into() });
    }

    async fn what_can_not_be_a_product(desk) {
        let staff = desk.staff().await;
        let eurocodes = product(desk, &staff, "Eurocodes").await;
        let lead = product(desk, &staff, "Lead").await;
        let iso = products::create_supplier(desk, &staff, &supplied_by("Café ISO")).await.unwrap();
        let other = products::create_supplier(desk, &staff, &supplied_by("Other")).await.unwrap();
        let before = desk.dump().await;
        let taken = Refusal::field(FieldName::ProductName, Problem::NameTaken);
        assert_eq!(refused(products::create(desk, &staff, &named("EUROCODES")).await), taken);
        assert_eq!(refused(products::save(desk, &staff, lead, &named(" euroCodes")).await), taken);
        let taken = Refusal::field(FieldName::SupplierName, Problem::NameTaken);
        assert_eq!(refused(products::create_supplier(desk, &staff, &supplied_by("cafe iso")).await), taken);
        assert_eq!(refused(products::save_supplier(desk, &staff, other, &supplied_by("CAFÉ ISO")).await), taken);
        let no_choice = Refusal::field(FieldName::Supplier, Problem::NotAChoice);
        for supplier in ["x".to_owned(), Uuid::nil().to_string()] {
            let form = ProductForm { supplier, ..named("Another") };
            assert_eq!(refused(products::create(desk, &staff, &form).await), no_choice);
            assert_eq!(refused(products::save(desk, &staff, eurocodes, &form).await), no_choice);
        }
        let nobody = ProductId(Uuid::nil());
        assert!(matches!(products::save(desk, &staff, nobody, &named("X")).await, Err(Error::NotFound)));
        assert!(matches!(products::page(desk, &staff, nobody, &ProductQuery::default()).await, Err(Error::NotFound)));
        assert!(matches!(products::save_supplier(desk, &staff, shared::SupplierId(Uuid::nil()), &supplied_by("X")).await, Err(Error::NotFound)));
        assert_eq!(desk.dump().await, before);
        // Its own name is nobody else's.
        products::save(desk, &staff, eurocodes, &named("EuroCodes")).await.unwrap();
        products::save_supplier(desk, &staff, iso, &supplied_by("Cafe ISO")).await.unwrap();
    }

    /// Delete `ON CONFLICT` to see it fail.
    async fn one_of_several_at_once_gets_the_name(desk) {
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        let at = |turn: usize| if turn.is_multiple_of(2) { &**desk } else { &other };
        let forms = vec![named("Eurocodes"); 10];
        let made = futures::future::join_all(forms.iter().enumerate().map(|(turn, form)| products::create(at(turn), &staff, form))).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        let taken = Refusal::field(FieldName::ProductName, Problem::NameTaken);
        assert!(made.into_iter().filter(Result::is_err).all(|made| refused(made) == taken));
        other.db.close().await;
    }

    async fn a_file_is_looked_at_and_then_taken_in(desk) {
        let staff = desk.staff().await;
        let id = product(desk, &staff, "Eurocodes").await;
        let content = "\u{feff}Status;Number;Title;Language\r\ncurrent;NEN 1010:2020;Installaties, elektrische;nl\r\ncurrent;NEN-EN 1990;Basis;NLD\r\n\
                       withdrawn;NEN 2;Twee;nl\r\ncurrent;nen 2;Again;nl\r\ncurrent;;Nothing;nl\r\n";
        let import = products::stage(desk, &staff, id, "C:\\files\\my list.csv", content.into()).await.unwrap();
        desk.new_deeds().await;
        let before = desk.dump().await;
        let run = products::dry_run(desk, &staff, id, import, 1).await.unwrap();
        assert_eq!((figures(&run), run.file.as_str(), run.applied), ([2, 0, 0, 0, 3], "my list.csv", None));
        let bad: Vec<_> = run.bad.iter().map(|bad| (bad.line, bad.problem.clone())).collect();
        assert_eq!(bad, [(3, LineProblem::Language), (5, LineProblem::Again(4)), (6, LineProblem::Number(Problem::Missing))]);
        assert_eq!(desk.dump().await, before, "nothing is changed by looking");
        products::apply(desk, &staff, id, import).await.unwrap();
        assert_eq!(desk.new_event().await, Event::DocumentsImported { product: id, name: "Eurocodes".into(), new: 2, changed: 0, added: 0 });
        assert_eq!(numbers(desk, &staff, id, "").await, ["NEN 1010:2020", "NEN 2"]);
        let after = desk.dump().await;
        assert_eq!(refused(products::apply(desk, &staff, id, import).await), Refusal::Changed);
        assert_eq!(desk.dump().await, after);
        let run = products::dry_run(desk, &staff, id, import, 1).await.unwrap();
        assert!((figures(&run), run.applied.is_some()) == ([0, 0, 0, 2, 3], true));
    }

    /// Every line that can't be used is named, on one of the pages.
    async fn bad_lines_have_pages(desk) {
        let staff = desk.staff().await;
        let id = product(desk, &staff, "Eurocodes").await;
        let lines: Vec<String> = (0..150).map(|number| format!("NEN {number},Norm,dutch,current")).collect();
        let import = staged(desk, &staff, id, &lines).await;
        let mut seen = Vec::new();
        for page in [1, 2] {
            let run = products::dry_run(desk, &staff, id, import, page).await.unwrap();
            assert_eq!((run.bad_lines, run.page, run.pages), (150, page, 2));
            seen.extend(run.bad.into_iter().map(|bad| bad.line));
        }
        assert_eq!(seen, (2..152).collect::<Vec<_>>());
        assert_eq!(products::dry_run(desk, &staff, id, import, 9).await.unwrap().page, 2);
    }

    async fn a_second_file_changes_and_adds(desk) {
        let staff = desk.staff().await;
        let (first, second) = (product(desk, &staff, "First").await, product(desk, &staff, "Second").await);
        let import = staged(desk, &staff, first, &norms("NEN", 0..3)).await;
        products::apply(desk, &staff, first, import).await.unwrap();
        let ids: Vec<(i64, String)> = desk.db.all(sql!("SELECT id, number FROM document ORDER BY id")).await.unwrap();
        assert_eq!(ids, [(1, "NEN 0".to_owned()), (2, "NEN 1".to_owned()), (3, "NEN 2".to_owned())]);
        let lines = ["NEN-1,Norm 1,nl,current", "NEN 2,Another title,en,withdrawn", "NEN 0,Norm 0,nl,current", "NEN 9,New,nl,current"].map(str::to_owned);
        let import = staged(desk, &staff, second, &lines).await;
        assert_eq!(figures(&products::dry_run(desk, &staff, second, import, 1).await.unwrap()), [1, 2, 1, 0, 0]);
        desk.new_deeds().await;
        products::apply(desk, &staff, second, import).await.unwrap();
        assert_eq!(desk.new_event().await, Event::DocumentsImported { product: second, name: "Second".into(), new: 1, changed: 2, added: 1 });
        let documents: Vec<(i64, String, String, String, String)> =
            desk.db.all(sql!("SELECT id, number, title, status, words FROM document WHERE id > 1 ORDER BY id")).await.unwrap();
        assert_eq!(documents[0], (2, "NEN-1".into(), "Norm 1".into(), "current".into(), "nen 1 norm 1".into()));
        assert_eq!(documents[1], (3, "NEN 2".into(), "Another title".into(), "withdrawn".into(), "nen 2 another title".into()));
        assert_eq!(documents[2].1, "NEN 9");
        assert_eq!(numbers(desk, &staff, first, "").await, ["NEN 0", "NEN-1", "NEN 2"]);
        assert_eq!(numbers(desk, &staff, second, "").await, ["NEN 0", "NEN-1", "NEN 2", "NEN 9"]);
        // Once more: nothing is new, so nothing is done.
        let import = staged(desk, &staff, second, &lines).await;
        let before = desk.dump().await;
        products::apply(desk, &staff, second, import).await.unwrap();
        assert_eq!(desk.dump().await, before);
    }

    /// More than one statement takes.
    async fn a_long_file(desk) {
        let staff = desk.staff().await;
        let id = product(desk, &staff, "Eurocodes").await;
        let import = staged(desk, &staff, id, &norms("NEN", 1000..2234)).await;
        products::apply(desk, &staff, id, import).await.unwrap();
        let page = products::page(desk, &staff, id, &ProductQuery { search: String::new(), page: 25 }).await.unwrap();
        assert_eq!((page.found, page.pages, page.page, page.documents.len()), (1234, 25, 25, 34));
        assert_eq!((page.documents[0].number.as_str(), page.documents[33].number.as_str()), ("NEN 2200", "NEN 2233"));
        let beyond = products::page(desk, &staff, id, &ProductQuery { search: "norm 22".into(), page: 9 }).await.unwrap();
        assert_eq!((beyond.found, beyond.page), (34, 1));
        assert_eq!(numbers(desk, &staff, id, "2233 nen").await, ["NEN 2233"]);
        assert_eq!(numbers(desk, &staff, id, "233").await, Vec::<String>::new(), "words are found by their beginning");
        let mut lines = norms("NEN", 1000..2234);
        lines[1000] = "NEN 2000,Changed,nl,current".into();
        lines.extend(norms("NEN", 2234..2300));
        let import = staged(desk, &staff, id, &lines).await;
        assert_eq!(figures(&products::dry_run(desk, &staff, id, import, 1).await.unwrap()), [66, 1, 0, 1233, 0]);
        products::apply(desk, &staff, id, import).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT MAX(id) FROM document")).await, 1300, "ids without gaps");
    }

    /// Delete `lock_numbers` in `products/import.rs` to see it fail on PostgreSQL.
    async fn two_files_at_once(desk) {
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        let (first, second) = (product(desk, &staff, "First").await, product(desk, &staff, "Second").await);
        for round in 0..10 {
            let sign = format!("R{round}");
            let left = staged(desk, &staff, first, &norms(&sign, 0..60)).await;
            let mut lines = norms(&sign, 30..90);
            // In another order, so that without the lock each would wait for the other.
            lines.reverse();
            let right = staged(&other, &staff, second, &lines).await;
            let (left, right) = tokio::join!(products::apply(desk, &staff, first, left), products::apply(&other, &staff, second, right));
            left.unwrap();
            right.unwrap();
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM document")).await, 900);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM product_document")).await, 1200);
        let events: Vec<(String,)> = desk.db.all(sql!("SELECT event FROM history WHERE kind = 'documents_imported'")).await.unwrap();
        let new: u32 = events
            .iter()
            .map(|(event,)| match serde_json::from_str(event).unwrap() {
                Event::DocumentsImported { new, added, .. } => {
                    assert_eq!(new + added, 60);
                    new
                }
                other => panic!("{other:?}"),
            })
            .sum();
        assert_eq!(new, 900, "each is new once");
        other.db.close().await;
    }

    async fn one_file_is_taken_in_once(desk) {
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        let id = product(desk, &staff, "Eurocodes").await;
        for round in 0..10 {
            let import = staged(desk, &staff, id, &norms(&format!("R{round}"), 0..3)).await;
            let (left, right) = tokio::join!(products::apply(desk, &staff, id, import), products::apply(&other, &staff, id, import));
            let refusals: Vec<_> = [left, right].into_iter().filter(Result::is_err).map(refused).collect();
            assert_eq!(refusals, [Refusal::Changed]);
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'documents_imported'")).await, 10);
        other.db.close().await;
    }

    async fn what_is_no_table_is_not_kept(desk) {
        let staff = desk.staff().await;
        let (id, other) = (product(desk, &staff, "Eurocodes").await, product(desk, &staff, "Other").await);
        let import = staged(desk, &staff, id, &norms("NEN", 0..1)).await;
        let before = desk.dump().await;
        for content in ["", "%PDF-1.7", "number,title\nA,B", &format!("number,title,language,status\n{}", "x".repeat(products::LONGEST_FILE))] {
            let outcome = products::stage(desk, &staff, id, "x.csv", content.to_owned()).await;
            assert_eq!(refused(outcome), Refusal::NotATable);
        }
        let table = "number,title,language,status\n".to_owned();
        let nowhere = products::stage(desk, &staff, ProductId(Uuid::nil()), "x.csv", table).await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
        assert!(matches!(products::dry_run(desk, &staff, other, import, 1).await, Err(Error::NotFound)), "another product's");
        assert!(matches!(products::apply(desk, &staff, other, import).await, Err(Error::NotFound)));
        assert_eq!(desk.dump().await, before);
    }

    async fn files_are_forgotten_after_a_day(desk) {
        let staff = desk.staff().await;
        let id = product(desk, &staff, "Eurocodes").await;
        let import = staged(desk, &staff, id, &norms("NEN", 0..1)).await;
        products::sweep(desk).await.unwrap();
        products::dry_run(desk, &staff, id, import, 1).await.unwrap();
        desk.clock.advance_seconds(24 * 3600 + 1);
        products::sweep(desk).await.unwrap();
        assert!(matches!(products::dry_run(desk, &staff, id, import, 1).await, Err(Error::NotFound)));
    }

    /// The permit is asked again in the transaction.
    async fn who_is_staff_no_more_changes_nothing(desk) {
        let staff = desk.staff().await;
        let id = product(desk, &staff, "Eurocodes").await;
        let supplier = products::create_supplier(desk, &staff, &supplied_by("ISO")).await.unwrap();
        let import = staged(desk, &staff, id, &norms("NEN", 0..1)).await;
        desk.execute(sql!("UPDATE account SET staff = FALSE WHERE username = 'staff@balie.example'")).await;
        let before = desk.dump().await;
        assert_eq!(refused(products::create(desk, &staff, &named("X")).await), Refusal::NotAllowed);
        assert_eq!(refused(products::save(desk, &staff, id, &named("X")).await), Refusal::NotAllowed);
        assert_eq!(refused(products::create_supplier(desk, &staff, &supplied_by("X")).await), Refusal::NotAllowed);
        assert_eq!(refused(products::save_supplier(desk, &staff, supplier, &supplied_by("X")).await), Refusal::NotAllowed);
        assert_eq!(refused(products::apply(desk, &staff, id, import).await), Refusal::NotAllowed);
        assert_eq!(desk.dump().await, before);
    }
}
