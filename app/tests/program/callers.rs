//! Every server function and every file × every caller: who gets no answer, and how.

use crate::{
    functions::{
        Door::{self, Administrator, Member, Open, Own, Person, Staff},
        FILES, Ids, account, in_turn,
    },
    support::{ANNA, Place, Serving, on_both},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Nobody,
    User,
    Administrator,
    /// An administrator of a department with the same domain.
    Neighbour,
    /// With the session from before.
    Blocked,
    /// In this company, and a member of another.
    BlockedHere,
    /// To another company by themselves (P4), with the session that did it.
    Moved,
    /// Signed in, and in this company not yet.
    Invited,
    AwaitingApproval,
    /// The company's general account (G2).
    General,
    Staff,
}

const CALLERS: [Caller; 11] = [
    Caller::Nobody,
    Caller::User,
    Caller::Administrator,
    Caller::Neighbour,
    Caller::Blocked,
    Caller::BlockedHere,
    Caller::Moved,
    Caller::Invited,
    Caller::AwaitingApproval,
    Caller::General,
    Caller::Staff,
];

/// Where those who may pass still find nothing: it would have to be theirs, or to wait.
const NOTHING_THERE: [(&str, &str); 4] = [
    ("apply_import", "no file was uploaded"),
    ("leave_company", "company 0, since whoever left would be no caller any more"),
    ("read_import", "no file was uploaded"),
    ("withdraw_request", "the request is somebody else's"),
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

on_both! {
    async fn every_function_for_every_caller(place) {
        place.demo();
        let serving = Serving::at(place).await;
        // Whoever is a member may open what the forms name.
        let eurocodes = "company = 10001 AND product = (SELECT id FROM product WHERE name = 'Eurocodes')";
        place.execute(&format!("UPDATE licence SET company_wide_since = 1 WHERE {eurocodes}")).await;
        let ids = Ids::of_demo(place).await;
        for caller in CALLERS {
            let cookie = cookie_of(place, &serving, caller).await;
            for &(file, door) in FILES {
                let status = serving.get(file).header("cookie", &cookie).send().await.unwrap().status().as_u16();
                // A browser is led to signing in; and to whoever may not have it, there is no file.
                let expected = refusal(door, caller).map_or(200, |refusal| if refusal == 401 { 303 } else { 404 });
                assert_eq!(status, expected, "{file} for {caller:?}");
            }
            for &(endpoint, door, form) in in_turn() {
                let answer = serving.post_text(&format!("/api/{endpoint}"), ids.fill(form)).header("cookie", &cookie);
                let status = answer.send().await.unwrap().status().as_u16();
                let may_be_missing = NOTHING_THERE.iter().any(|(name, _)| *name == endpoint);
                match refusal(door, caller) {
                    Some(expected) => assert_eq!(status, expected, "{endpoint} for {caller:?}"),
                    // Their form may be refused, or their link unknown; they are not.
                    None if door == Open => assert!(status != 401 || endpoint.starts_with("sign_"), "{endpoint} for {caller:?}: {status}"),
                    None if status == 404 => assert!(may_be_missing, "{endpoint} for {caller:?}: a door that shuts out answers so, too"),
                    None => assert!(!matches!(status, 400 | 401 | 403 | 500), "{endpoint} for {caller:?}: {status}"),
                }
            }
        }
    }
}

async fn cookie_of(place: &Place, serving: &Serving, caller: Caller) -> String {
    let username = match caller {
        Caller::Nobody => return String::new(),
        Caller::User => "carla@vandijk.example",
        Caller::Administrator => ANNA,
        Caller::Neighbour => "dirk@vandijk.example",
        Caller::Blocked => "aisha@vandijk.example",
        Caller::BlockedHere => "koen@vandijk.example",
        Caller::Moved => "mila@vandijk.example",
        Caller::Invited => "bas@vandijk.example",
        Caller::AwaitingApproval => "eline@vandijk.example",
        Caller::General => "fatima@vandijk.example",
        Caller::Staff => "staff@balie.example",
    };
    let cookie = serving.session_of(username).await;
    let change = match caller {
        Caller::Blocked => "blocked_at = 1",
        Caller::BlockedHere => {
            let into = "INSERT INTO membership (company, account, role, state, mail_to_administrators, name_key, search_key, username, created_at)";
            let same = "SELECT 10002, account, 'user', 'active', FALSE, name_key, search_key, username, created_at FROM membership";
            place.execute(&format!("{into} {same} WHERE company = 10001 AND username = '{username}'")).await;
            place.execute(&format!("UPDATE membership SET blocked_at = 1 WHERE company = 10001 AND account = {}", account("koen"))).await;
            return cookie;
        }
        Caller::Moved => {
            let moving = serving.post("/api/change_company", &[("from", "10001"), ("company", "10002")]).header("cookie", &cookie);
            let status = moving.send().await.unwrap().status().as_u16();
            assert!(status < 400, "moving: {status}");
            return cookie;
        }
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
