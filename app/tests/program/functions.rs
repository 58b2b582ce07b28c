//! Every server function and every file, held against what is registered, so that a new one can't be forgotten; and what their forms name.

use crate::support::Place;
use server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

/// Who may pass, as `shared/src/permit.rs` has it, and how the others are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody: what is asked proves itself, by a password or a link.
    Open,
    /// Whoever is signed in.
    Own,
    /// Whoever is signed in with an account of their own, for what is theirs.
    Person,
    Member,
    Administrator,
    Staff,
}

use Door::{Administrator, Member, Open, Own, Person, Staff};

/// Endpoint, door, and a form that gets past the parsing. What stands in braces is there: [`Ids`].
pub const FUNCTIONS: &[(&str, Door, &str)] = &[
    ("add_user", Administrator, "company=10001&role=user&username=x&name=x&country=NL"),
    ("answer_standard", Administrator, "company=10001&id={standard}&choice="),
    ("apply", Open, "name=X&email=nobody@nowhere.example"),
    ("apply_import", Staff, "product={product}&import=00000000-0000-0000-0000-000000000000"),
    ("appoint_administrator", Staff, "number=10001&name=&email="),
    ("ask_address_change", Administrator, "company=10001&id={id}&username="),
    ("ask_for_reset", Open, "username=nobody@nowhere.example"),
    ("ask_licence", Member, "company=10001&licence={licence}"),
    ("ask_standard", Member, "company=10001&document={document}"),
    ("block_general_account", Staff, "number=10001&block=no"),
    ("change_chosen", Administrator, "company=10001&what=resend&ids[]={id}"),
    ("change_company", Person, "from=0&company=0"),
    ("change_password", Person, "current_password=&new_password=&repeat_password="),
    ("complete_registration", Open, "token=x"),
    ("conclude_standard", Staff, "id={standard}&product={product}&confirmed=no"),
    ("confirm", Open, "token=x"),
    ("count_requests", Administrator, "company=10001"),
    ("create_company", Staff, "company_name="),
    ("create_general_account", Staff, "number=10001&username="),
    ("create_newsletter", Staff, "subject_en="),
    ("create_product", Staff, "product_name="),
    ("create_supplier", Staff, "supplier_name="),
    ("decide_requests", Administrator, "company=10001&what=accept&ids[]={request}"),
    ("delete_account", Person, "password="),
    ("delete_newsletter", Staff, "id={newsletter}"),
    ("end_other_sessions", Person, ""),
    ("end_session", Person, "id=00000000-0000-0000-0000-000000000000"),
    ("give_access", Administrator, "company=10001&licence={licence}&ids[]={id}"),
    ("grant_licence", Staff, "number=10001&product="),
    ("hand_over", Administrator, "company=10001&successor="),
    ("is_hard_to_guess", Open, "token=x&password=x"),
    ("is_new_password_hard_to_guess", Person, "password=x"),
    ("is_reset_hard_to_guess", Open, "token=x&password=x"),
    ("join_company", Person, "company=0"),
    ("leave_company", Person, "company=0"),
    ("list_all_history", Staff, ""),
    ("list_companies", Staff, ""),
    ("list_history", Administrator, "company=10001"),
    ("list_licences", Administrator, "company=10001"),
    ("list_newsletters", Staff, ""),
    ("list_products", Staff, ""),
    ("list_requests", Member, "company=10001"),
    ("list_sessions", Person, ""),
    ("list_standards", Staff, ""),
    ("list_suppliers", Staff, ""),
    ("list_users", Administrator, "company=10001"),
    ("look_at_confirmation", Open, "token=x"),
    ("look_at_registration", Open, "token=x"),
    ("look_at_reset", Open, "token=x"),
    ("look_at_unsubscribe", Open, "token=x"),
    ("open_document", Member, "company=10001&id={document}"),
    ("read_add_form", Administrator, "company=10001"),
    ("read_company", Staff, "company=10001"),
    ("read_deleting", Person, ""),
    ("read_document", Member, "company=10001&id={document}"),
    ("read_ends", Administrator, "company=10001&ids[]={id}"),
    ("read_general", Administrator, "company=10001"),
    ("read_grant_form", Staff, "company=10001"),
    ("read_granted", Staff, "company=10001&id={licence}"),
    ("read_home", Member, "company=10001"),
    ("read_import", Staff, "product={product}&import=00000000-0000-0000-0000-000000000000"),
    ("read_licence", Administrator, "company=10001&id={licence}"),
    ("read_me", Own, ""),
    ("read_mine", Person, ""),
    ("read_moving", Person, ""),
    ("read_newsletter", Staff, "id={newsletter}"),
    ("read_open_document", Member, "company=10001&id={document}"),
    ("read_product", Staff, "product={product}"),
    ("read_profile", Person, ""),
    ("read_report", Staff, ""),
    ("read_subscription", Person, ""),
    ("read_user", Administrator, "company=10001&id={id}"),
    ("refuse_confirmation", Open, "token=x"),
    ("remove_access", Administrator, "company=10001&licence={licence}&ids[]={id}"),
    ("remove_user", Administrator, "company=10001&id={leaver}"),
    ("resend_registration", Administrator, "company=10001&id={id}"),
    ("save_company", Staff, "number=10001&company_name="),
    ("save_contact", Administrator, "company=10001&contact_email=x"),
    ("save_granted", Staff, "number=10001&id={licence}&valid_from="),
    ("save_licence_settings", Administrator, "company=10001&id={licence}"),
    ("save_newsletter", Staff, "id={newsletter}&subject_en="),
    ("save_product", Staff, "id={product}&product_name="),
    ("save_profile", Person, "name=&country=NL&language=en"),
    ("save_request_text", Administrator, "company=10001&request_text="),
    ("save_supplier", Staff, "id={supplier}&supplier_name="),
    ("save_user", Administrator, "company=10001&id={id}&role=owner&name=x&country=NL"),
    ("search_documents", Member, "company=10001"),
    ("send_new_link", Open, "token=x"),
    ("send_newsletter", Staff, "id={newsletter}"),
    ("set_password", Open, "token=x"),
    ("sign_in", Open, "username=nobody@nowhere.example&password=x"),
    ("sign_out", Open, ""),
    ("sign_out_and_continue", Open, ""),
    ("subscribe", Person, ""),
    ("undo_decision", Administrator, "company=10001&id={request}"),
    ("unlock_member", Staff, "company=10001&id={id}"),
    ("unlock_user", Administrator, "company=10001&id={id}"),
    ("unsubscribe", Person, ""),
    ("unsubscribe_by_link", Open, "token=x"),
    ("withdraw_address_change", Administrator, "company=10001&id={id}"),
    ("withdraw_request", Member, "company=10001&id={request}"),
    ("withdraw_succession", Administrator, "company=10001"),
];

/// Files that are no pages.
pub const FILES: &[(&str, Door)] = &[
    ("/company/10001/history.csv", Administrator),
    ("/company/10001/users.csv", Administrator),
    ("/profile/data.json", Person),
    ("/provider/history.csv", Staff),
    ("/provider/suppliers/report.csv", Staff),
];

/// In the order of the table; but what ends the session, or the person, comes last.
pub fn in_turn() -> impl Iterator<Item = &'static (&'static str, Door, &'static str)> {
    let (last, first): (Vec<_>, Vec<_>) = FUNCTIONS.iter().partition(|(name, ..)| name.starts_with("sign_") || *name == "remove_user");
    first.into_iter().chain(last)
}

/// What the forms of the table name, as the demo has it.
pub struct Ids(Vec<(&'static str, String)>);

impl Ids {
    pub async fn of_demo(place: &Place) -> Self {
        const EUROCODES: &str = "(SELECT id FROM product WHERE name = 'Eurocodes')";
        let asked_by = |first: &str| format!("FROM request WHERE state = 'open' AND account = {}", account(first));
        let licence = format!("FROM licence WHERE company = 10001 AND product = {EUROCODES}");
        let document = format!("SELECT CAST(MIN(document) AS TEXT) FROM product_document WHERE product = {EUROCODES}");
        Self(vec![
            ("{document}", place.text(&document).await),
            ("{id}", place.id("FROM account WHERE username = 'daan@vandijk.example'").await),
            ("{leaver}", place.id("FROM account WHERE username = 'vera@vandijk.example'").await),
            ("{licence}", place.id(&licence).await),
            ("{newsletter}", place.id("FROM newsletter WHERE sent_at IS NULL").await),
            ("{product}", place.id("FROM product WHERE name = 'Eurocodes'").await),
            ("{request}", place.id(&asked_by("sanne")).await),
            ("{standard}", place.id(&asked_by("quinten")).await),
            ("{supplier}", place.id("FROM supplier").await),
        ])
    }

    /// With another in the place of the demo's.
    pub fn with(mut self, name: &str, id: &str) -> Self {
        let (_, there) = self.0.iter_mut().find(|(known, _)| *known == name).unwrap();
        id.clone_into(there);
        self
    }

    pub fn fill(&self, form: &str) -> String {
        self.0.iter().fold(form.to_owned(), |form, (name, id)| form.replace(name, id))
    }
}

/// Somebody of the demo, in SQL.
pub fn account(first: &str) -> String {
    format!("(SELECT id FROM account WHERE username = '{first}@vandijk.example')")
}

#[test]
fn the_table_names_every_server_function() {
    // The functions are in the program only because its pages are.
    assert_ne!(app::pages as *const () as usize, 0);
    let registered: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect();
    let named: BTreeSet<String> = FUNCTIONS.iter().map(|(endpoint, ..)| (*endpoint).to_owned()).collect();
    assert!(registered.len() > 20, "{registered:?}");
    assert_eq!(registered, named);
}

#[test]
fn the_table_names_every_file() {
    let routes = include_str!("../../src/routes.rs");
    let (named, registered) = (FILES.len(), routes.matches("get(exports::").count());
    assert_eq!(named, registered);
    for (path, _) in FILES {
        assert!(routes.contains(&path.replace("10001", "{number}")), "{path}");
    }
}
