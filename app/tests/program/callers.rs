//! Every server function × every caller: who gets no answer, and how. The table is held against the registered functions, so that a new one
//! can't be forgotten.

use crate::support::{ANNA, Place, Serving, on_both};
use server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

/// Who may pass, as `shared/src/permit.rs` has it, and how the others are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
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

/// Endpoint, door, and a form that gets past the parsing. `{id}` is somebody in the company.
const FUNCTIONS: &[(&str, Door, &str)] = &[
    ("add_user", Administrator, "company=10001&role=user&username=x&name=x&country=NL"),
    ("answer_standard", Administrator, "company=10001&id=00000000-0000-0000-0000-000000000000&choice="),
    ("apply", Open, "name=X&email=nobody@nowhere.example"),
    ("apply_import", Staff, "product=00000000-0000-0000-0000-000000000000&import=00000000-0000-0000-0000-000000000000"),
    ("appoint_administrator", Staff, "number=10001&name=&email="),
    ("ask_address_change", Administrator, "company=10001&id={id}&username="),
    ("ask_for_reset", Open, "username=nobody@nowhere.example"),
    ("ask_licence", Member, "company=10001&licence=00000000-0000-0000-0000-000000000000"),
    ("ask_standard", Member, "company=10001&document=0"),
    ("block_general_account", Staff, "number=10001&block=no"),
    ("change_chosen", Administrator, "company=10001&what=resend&ids[]={id}"),
    ("change_company", Person, "from=0&company=0"),
    ("change_password", Person, "current_password=&new_password=&repeat_password="),
    ("complete_registration", Open, "token=x"),
    ("conclude_standard", Staff, "id=00000000-0000-0000-0000-000000000000&product=00000000-0000-0000-0000-000000000000&confirmed=no"),
    ("confirm", Open, "token=x"),
    ("count_requests", Administrator, "company=10001"),
    ("create_company", Staff, "company_name="),
    ("create_general_account", Staff, "number=10001&username="),
    ("create_newsletter", Staff, "subject_en="),
    ("create_product", Staff, "product_name="),
    ("create_supplier", Staff, "supplier_name="),
    ("decide_requests", Administrator, "company=10001&what=accept&ids[]=00000000-0000-0000-0000-000000000000"),
    ("delete_account", Person, "password="),
    ("delete_newsletter", Staff, "id=00000000-0000-0000-0000-000000000000"),
    ("end_other_sessions", Person, ""),
    ("end_session", Person, "id=00000000-0000-0000-0000-000000000000"),
    ("give_access", Administrator, "company=10001&licence=00000000-0000-0000-0000-000000000000&ids[]={id}"),
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
    ("open_document", Member, "company=10001&id=0"),
    ("read_add_form", Administrator, "company=10001"),
    ("read_company", Staff, "company=10001"),
    ("read_deleting", Person, ""),
    ("read_document", Member, "company=10001&id=0"),
    ("read_ends", Administrator, "company=10001&ids[]={id}"),
    ("read_general", Administrator, "company=10001"),
    ("read_grant_form", Staff, "company=10001"),
    ("read_granted", Staff, "company=10001&id=00000000-0000-0000-0000-000000000000"),
    ("read_home", Member, "company=10001"),
    ("read_import", Staff, "product=00000000-0000-0000-0000-000000000000&import=00000000-0000-0000-0000-000000000000"),
    ("read_licence", Administrator, "company=10001&id=00000000-0000-0000-0000-000000000000"),
    ("read_me", Own, ""),
    ("read_mine", Person, ""),
    ("read_moving", Person, ""),
    ("read_newsletter", Staff, "id=00000000-0000-0000-0000-000000000000"),
    ("read_open_document", Member, "company=10001&id=0"),
    ("read_product", Staff, "product=00000000-0000-0000-0000-000000000000"),
    ("read_profile", Person, ""),
    ("read_report", Staff, ""),
    ("read_subscription", Person, ""),
    ("read_user", Administrator, "company=10001&id={id}"),
    ("refuse_confirmation", Open, "token=x"),
    ("remove_access", Administrator, "company=10001&licence=00000000-0000-0000-0000-000000000000&ids[]={id}"),
    ("remove_user", Administrator, "company=10001&id={id}"),
    ("resend_registration", Administrator, "company=10001&id={id}"),
    ("save_company", Staff, "number=10001&company_name="),
    ("save_contact", Administrator, "company=10001&contact_email=x"),
    ("save_granted", Staff, "number=10001&id=00000000-0000-0000-0000-000000000000&valid_from="),
    ("save_licence_settings", Administrator, "company=10001&id=00000000-0000-0000-0000-000000000000"),
    ("save_newsletter", Staff, "id=00000000-0000-0000-0000-000000000000&subject_en="),
    ("save_product", Staff, "id=00000000-0000-0000-0000-000000000000&product_name="),
    ("save_profile", Person, "name=&country=NL&language=en"),
    ("save_request_text", Administrator, "company=10001&request_text="),
    ("save_supplier", Staff, "id=00000000-0000-0000-0000-000000000000&supplier_name="),
    ("save_user", Administrator, "company=10001&id={id}&role=owner&name=x&country=NL"),
    ("search_documents", Member, "company=10001"),
    ("send_new_link", Open, "token=x"),
    ("send_newsletter", Staff, "id=00000000-0000-0000-0000-000000000000"),
    ("set_password", Open, "token=x"),
    ("sign_in", Open, "username=nobody@nowhere.example&password=x"),
    ("sign_out", Open, ""),
    ("sign_out_and_continue", Open, ""),
    ("subscribe", Person, ""),
    ("undo_decision", Administrator, "company=10001&id=00000000-0000-0000-0000-000000000000"),
    ("unlock_member", Staff, "company=10001&id={id}"),
    ("unlock_user", Administrator, "company=10001&id={id}"),
    ("unsubscribe", Person, ""),
    ("unsubscribe_by_link", Open, "token=x"),
    ("withdraw_address_change", Administrator, "company=10001&id={id}"),
    ("withdraw_request", Member, "company=10001&id=00000000-0000-0000-0000-000000000000"),
    ("withdraw_succession", Administrator, "company=10001"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Nobody,
    User,
    Administrator,
    /// An administrator of a department with the same domain.
    Neighbour,
    /// With the session from before.
    Blocked,
    /// Signed in, and in this company not yet.
    Invited,
    AwaitingApproval,
    /// The company's general account (G2).
    General,
    Staff,
}

const CALLERS: [Caller; 9] = [
    Caller::Nobody,
    Caller::User,
    Caller::Administrator,
    Caller::Neighbour,
    Caller::Blocked,
    Caller::Invited,
    Caller::AwaitingApproval,
    Caller::General,
    Caller::Staff,
];

/// The refusal that they must get; `None` for whom it is open. To whoever is no member, a company does not exist.
const fn refusal(door: Door, caller: Caller) -> Option<u16> {
    match (door, caller) {
        (Open, _) => None,
        (_, Caller::Nobody | Caller::Blocked) => Some(401),
        (Person, Caller::General) => Some(403),
        (Own | Person, _)
        | (Member | Administrator, Caller::Administrator)
        | (Member, Caller::User | Caller::General)
        | (Staff, Caller::Staff) => None,
        (Administrator, Caller::User | Caller::General) => Some(403),
        _ => Some(404),
    }
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

on_both! {
    async fn every_function_for_every_caller(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let id = id_of(&serving, "daan@vandijk.example").await;
        for caller in CALLERS {
            let cookie = cookie_of(place, &serving, caller).await;
            // What ends the session, or the person, comes last.
            let (last, first): (Vec<_>, Vec<_>) = FUNCTIONS.iter().partition(|(name, ..)| name.starts_with("sign_") || *name == "remove_user");
            for (endpoint, door, form) in first.into_iter().chain(last) {
                let answer = serving.post_text(&format!("/api/{endpoint}"), form.replace("{id}", &id)).header("cookie", &cookie);
                let status = answer.send().await.unwrap().status().as_u16();
                match refusal(door, caller) {
                    Some(expected) => assert_eq!(status, expected, "{endpoint} for {caller:?}"),
                    // Their form may be refused, or their link unknown; they are not.
                    None if door == Open => assert!(status != 401 || endpoint.starts_with("sign_"), "{endpoint} for {caller:?}: {status}"),
                    None => assert!(!matches!(status, 400 | 401 | 403 | 500), "{endpoint} for {caller:?}: {status}"),
                }
            }
        }
        for caller in [Caller::Nobody, Caller::User, Caller::Neighbour] {
            let cookie = cookie_of(place, &serving, caller).await;
            let expected = if caller == Caller::Nobody { 303 } else { 404 };
            for file in ["/company/10001/users.csv", "/company/10001/history.csv", "/provider/history.csv", "/provider/suppliers/report.csv"] {
                let status = serving.get(file).header("cookie", &cookie).send().await.unwrap().status().as_u16();
                let refused = status == expected || (caller == Caller::User && status == 403);
                assert!(refused, "{file} for {caller:?}: {status}");
            }
        }
    }
}

/// As the list has it in its link.
async fn id_of(serving: &Serving, username: &str) -> String {
    let cookie = serving.session_of(ANNA).await;
    let list = serving.get(&format!("/company/10001/users?search={username}")).header("cookie", cookie).send().await.unwrap();
    let list = list.text().await.unwrap();
    let id = list.split("/company/10001/users/").find_map(|rest| rest.get(..36).filter(|id| id.matches('-').count() == 4));
    id.unwrap_or_else(|| panic!("{username} is not in the list")).to_owned()
}

async fn cookie_of(place: &Place, serving: &Serving, caller: Caller) -> String {
    let username = match caller {
        Caller::Nobody => return String::new(),
        Caller::User => "carla@vandijk.example",
        Caller::Administrator => ANNA,
        Caller::Neighbour => "dirk@vandijk.example",
        Caller::Blocked => "aisha@vandijk.example",
        Caller::Invited => "bas@vandijk.example",
        Caller::AwaitingApproval => "eline@vandijk.example",
        Caller::General => "fatima@vandijk.example",
        Caller::Staff => "staff@balie.example",
    };
    let cookie = serving.session_of(username).await;
    let change = match caller {
        Caller::Blocked => "blocked_at = 1",
        Caller::Invited => "state = 'invited', invited_until = 9000000000000",
        Caller::AwaitingApproval => "state = 'awaiting_approval'",
        Caller::General => {
            place.execute(&format!("UPDATE account SET general_of = 10001 WHERE username = '{username}'")).await;
            return cookie;
        }
        _ => return cookie,
    };
    place.execute(&format!("UPDATE membership SET {change} WHERE account = (SELECT id FROM account WHERE username = '{username}')")).await;
    cookie
}
